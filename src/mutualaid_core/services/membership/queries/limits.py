"""Limits (限额使用) of one member: what was used and what is left, as decided by a day."""

from collections import Counter
from collections.abc import Iterable

import attrs

from mutualaid_core.domain.claims.decision import Decision
from mutualaid_core.domain.membership.change import Held
from mutualaid_core.domain.scheme.benefit.limits import AmountLimit
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.identifiers import PeriodId
from mutualaid_core.rules.claims.counters import lasts
from mutualaid_core.rules.claims.plan.compile import compile_version
from mutualaid_core.rules.claims.plan.terms import BenefitPlan, LimitPlan


@attrs.frozen(kw_only=True)
class LimitUse:
    """Use of a limit (限额使用情况).

    Attributes:
        counter: Name of the counter: what it counts, whose it is, over what it runs.
        most: The most that there may be: fen, days or payments.
        used: What was used.
        left: What is left.
    """

    counter: str
    most: int
    used: int
    left: int


def limits_of(
    period_id: PeriodId, held: Held, version: SchemeVersion, decisions: Iterable[Decision]
) -> tuple[LimitUse, ...]:
    """Limits of the benefits that a member holds, in the order of the version.

    Limits of one claim have no counter. Limits that run for each word of a code by itself are
    left out: the word may tell an illness.

    Args:
        period_id: Period.
        held: What the member holds.
        version: Version of the period.
        decisions: Decisions of the scheme on the member that count.
    """
    used = _used(period_id, version, decisions)
    most: dict[str, int] = {}
    for benefit in compile_version(version).benefits:
        if benefit.terms.part is None or benefit.terms.part in held.parts:
            most |= _most(benefit, held.shares)
    return tuple(
        LimitUse(counter=name, most=limit, used=used[name], left=max(limit - used[name], 0))
        for name, limit in most.items()
    )


def _used(period_id: PeriodId, version: SchemeVersion, decisions: Iterable[Decision]) -> Counter[str]:
    """What the decisions used up that count in the period."""
    used: Counter[str] = Counter()
    for decision in decisions:
        is_here = decision.period_id == period_id
        used.update({name: added for name, added in decision.uses if is_here or lasts(name)})
        if is_here and not decision.uses and decision.benefit:
            # A decision of the first form kept what it used in one counter for all benefits.
            used[f"amount/{version.benefits[0].benefit_id}/period"] += decision.benefit.fen
    return used


def _most(benefit: BenefitPlan, held: int) -> dict[str, int]:
    shares = held if benefit.shares_most is None else min(held, benefit.shares_most)
    limits = (*benefit.days_limits, *benefit.limits)
    return {
        plan.counter: _highest(plan, shares)
        for plan in limits
        if plan.counter is not None and plan.limit.each is None
    }


def _highest(plan: LimitPlan, shares: int) -> int:
    limit = plan.limit
    if isinstance(limit, AmountLimit):
        return limit.most.fen * (shares if limit.times_shares else 1)
    return limit.most
