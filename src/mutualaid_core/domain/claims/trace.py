"""Trace (计算过程): every step of a decision, so that anybody can follow the figure."""

import enum
from typing import Final

import attrs

from mutualaid_core.clauses import check_clause
from mutualaid_core.domain.values.checks import checked, not_blank, not_empty
from mutualaid_core.domain.values.money import Money
from mutualaid_core.errors import InvalidValueError

TRACE_FORM: Final = 2
"""Version of the trace's form. Form 1 told one benefit for a stay, its parameters under ``benefit``;
form 2 tells each benefit that applies, under ``benefits[0]`` and so on. Both are read and told."""


class Rule(enum.Enum):
    """Rule of a step (计算规则); sentences and docs are written per rule."""

    PERIOD = "period"
    ADMISSION = "admission"
    APPLIES = "applies"
    WAITING = "waiting"
    BASE = "base"
    DAYS = "days"
    EVENT = "event"
    ACCUMULATION = "accumulation"
    DEDUCTIBLE = "deductible"
    BAND = "band"
    BANDS = "bands"
    SLAB = "slab"
    FIXED_SUM_BY_BAND = "fixed_sum_by_band"
    SHARE = "share"
    AT_MOST = "at_most"
    TIMES_SHARES = "times_shares"
    DAY_TABLE = "day_table"
    DAYS_LIMIT = "days_limit"
    PER_DAY = "per_day"
    FIXED_SUM = "fixed_sum"
    ROUNDING = "rounding"
    MINIMUM = "minimum"
    LESS_EARLIER = "less_earlier"
    INDEMNITY = "indemnity"
    CLAIM_CAP = "claim_cap"
    PERIOD_CAP = "period_cap"
    LIFETIME_CAP = "lifetime_cap"
    PAYMENTS_LIMIT = "payments_limit"
    BENEFIT = "benefit"


@attrs.frozen(kw_only=True, field_transformer=checked)
class TraceStep:
    """One step (步骤).

    Attributes:
        rule: Which rule.
        before: Amount that came in; ``None`` where the step takes none.
        after: Amount that went out; ``None`` where the step gives none.
        amounts: Named amounts that the step used, in order.
        facts: Named facts that the step used, in order: days as ISO, ratios as percent,
            codes. Never personal data.
        parameter: Path of the scheme's parameter, for example ``benefits[0].steps[1].bands[1]``.
        source: Where that parameter is printed.
        clauses: Clauses that the rule carries out.
    """

    rule: Rule
    before: Money | None = None
    after: Money | None = None
    amounts: tuple[tuple[str, Money], ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    parameter: str = attrs.field(validator=not_blank)
    source: str = attrs.field(validator=not_blank)
    clauses: tuple[str, ...] = attrs.field(validator=not_empty)

    def __attrs_post_init__(self) -> None:
        """Refuse a clause that does not exist."""
        for clause in self.clauses:
            check_clause(clause)

    @classmethod
    def trusted(  # noqa: PLR0913, PLR0917  # one argument per attribute
        cls,
        rule: Rule,
        before: Money | None,
        after: Money | None,
        amounts: tuple[tuple[str, Money], ...],
        facts: tuple[tuple[str, str], ...],
        parameter: str,
        source: str,
        clauses: tuple[str, ...],
    ) -> "TraceStep":
        """A step whose parts need no check, since the engine made them from a checked version.

        Checking costs ten times as much as all else that is done for a step; a step that comes
        from outside is checked as it is built.
        """
        step = cls.__new__(cls)
        write = object.__setattr__
        write(step, "rule", rule)
        write(step, "before", before)
        write(step, "after", after)
        write(step, "amounts", amounts)
        write(step, "facts", facts)
        write(step, "parameter", parameter)
        write(step, "source", source)
        write(step, "clauses", clauses)
        return step

    def amount(self, name: str) -> Money:
        """The amount of that name.

        Raises:
            KeyError: The step has none.
        """
        return dict(self.amounts)[name]

    def fact(self, name: str) -> str:
        """The fact of that name.

        Raises:
            KeyError: The step has none.
        """
        return dict(self.facts)[name]


def _known_form(_owner: object, field: "attrs.Attribute[int]", value: int) -> None:
    if not 1 <= value <= TRACE_FORM:
        raise InvalidValueError(field.name, f"must be 1 to {TRACE_FORM}", value)


@attrs.frozen(kw_only=True, field_transformer=checked)
class Trace:
    """Trace (计算过程): the steps in the order in which they were taken.

    Attributes:
        form: Version of this form.
        version_id: Scheme version that was applied.
        policy_id: Policy above it.
        steps: The steps.
    """

    form: int = attrs.field(default=TRACE_FORM, validator=_known_form)
    version_id: str = attrs.field(validator=not_blank)
    policy_id: str = attrs.field(validator=not_blank)
    steps: tuple[TraceStep, ...] = attrs.field(validator=not_empty)
