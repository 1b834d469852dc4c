"""Terms of a plan (方案内容): benefits and limits with the keys of their counters."""

import attrs

from mutualaid_core.domain.scheme.benefit.limits import AmountLimit, DaysLimit, Limit, PaymentsLimit, Per
from mutualaid_core.domain.scheme.benefit.terms import Benefit
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.rules.claims.facts import EventFacts
from mutualaid_core.rules.claims.plan.steps import StepPlan


@attrs.frozen(kw_only=True, eq=False)
class LimitPlan:
    """A limit and its counter.

    Attributes:
        limit: The limit of the scheme.
        path: Path of its parameter in the scheme version.
        counter: Key of its counter, without the word of ``each``; ``None`` for a limit that
            runs over one claim only.
    """

    limit: Limit
    path: str
    counter: str | None

    @property
    def counts_payments(self) -> bool:
        """Whether it counts payments."""
        return isinstance(self.limit, PaymentsLimit)

    @property
    def counts_days(self) -> bool:
        """Whether it counts days."""
        return isinstance(self.limit, DaysLimit)

    def key(self, facts: EventFacts) -> str | None:
        """Key of the counter that an event uses up; ``None`` for a limit of one claim.

        Raises:
            InvalidValueError: The facts do not say the word of ``each``.
        """
        if self.limit.each is None or self.counter is None:
            return self.counter
        return f"{self.counter}/{facts.code(self.limit.each)}"


@attrs.frozen(kw_only=True, eq=False)
class BenefitPlan:
    """A benefit, ready to be computed.

    Attributes:
        terms: The benefit of the scheme.
        path: Path of its parameter in the scheme version.
        steps: Its steps; a rounding ends them.
        leading: How many of them are deductibles before anything else.
        per_day: Place of the step that turns days into money; ``None`` where none does.
        shares_most: Shares that count at most; ``None`` where shares do not multiply.
        may_exceed_base: Whether a minimum may pay more than the base.
        days_limits: Limits on days.
        limits: Limits on payments and amounts, in the order in which they are used.
    """

    terms: Benefit
    path: str
    steps: tuple[StepPlan, ...]
    leading: int
    per_day: int | None
    shares_most: int | None
    may_exceed_base: bool
    days_limits: tuple[LimitPlan, ...]
    limits: tuple[LimitPlan, ...]


@attrs.frozen(kw_only=True, eq=False)
class Plan:
    """A scheme version, ready to compute any number of claims.

    Attributes:
        version: The version.
        benefits: Its benefits in the order in which they are computed.
        insurances: National codes of the insurances that qualify; a claim that names none passes.
        cares: National codes of the kinds of care that are covered, likewise.
    """

    version: SchemeVersion
    benefits: tuple[BenefitPlan, ...]
    insurances: frozenset[str | None]
    cares: frozenset[str | None]


def limit_plan(limit: Limit, benefit: Benefit, path: str) -> LimitPlan:
    """The limit with the key of its counter.

    Benefits that name the same counter share it; a benefit that names none has its own.
    """
    if limit.per is Per.CLAIM:
        return LimitPlan(limit=limit, path=path, counter=None)
    name = limit.counter or benefit.benefit_id
    return LimitPlan(limit=limit, path=path, counter=f"{_kind_of(limit)}/{name}/{limit.per.value}")


def _kind_of(limit: Limit) -> str:
    if isinstance(limit, AmountLimit):
        return "amount"
    return "payments" if isinstance(limit, PaymentsLimit) else "days"
