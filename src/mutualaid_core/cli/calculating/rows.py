"""Rows (结果行) from what an evaluator says: the claim, its lines, and what is left of each limit."""

from collections.abc import Iterable, Iterator, Mapping

from mutualaid_core.domain.claims.reason import Reason, in_order
from mutualaid_core.domain.claims.trace import TraceStep
from mutualaid_core.domain.scheme.benefit.limits import AmountLimit
from mutualaid_core.domain.scheme.facts import PERSONAL_FACTS
from mutualaid_core.publication.calculation.rows import Calculated, LimitLeft, Measure
from mutualaid_core.rules.claims.facts import EventFacts
from mutualaid_core.rules.claims.limits import shares_of
from mutualaid_core.rules.claims.plan.terms import BenefitPlan, LimitPlan, Plan

MASK = "***"
"""Stands for the word of a counter that runs for each word of a personal fact."""


def row_of(  # noqa: PLR0913, PLR0917  # the parts of a row
    plan: Plan,
    claim_id: str,
    amount: int,
    reasons: tuple[Reason, ...],
    lines: Iterable[tuple[str, int]] = (),
    left: Iterable[LimitLeft] = (),
    steps: Iterable[TraceStep] = (),
) -> Calculated:
    """The row of one claim."""
    version = plan.version
    return Calculated(
        claim_id=claim_id,
        scheme_id=version.scheme_id,
        version_id=version.version_id,
        policy_id=version.policy_id,
        amount=amount,
        reasons=in_order(reasons),
        lines=tuple(lines),
        left=tuple(left),
        steps=tuple(steps),
    )


def limits_left(
    benefits: Iterable[BenefitPlan], facts: EventFacts, used: Mapping[str, int]
) -> Iterator[LimitLeft]:
    """What is left of the limits of some benefits; limits of one claim leave nothing to later ones.

    Args:
        benefits: The benefits that fit the event.
        facts: Facts of the event.
        used: What is used of each counter with this claim.
    """
    for benefit in benefits:
        shares = shares_of(benefit, facts) if benefit.limits else 1
        for limit in (*benefit.days_limits, *benefit.limits):
            key = limit.key(facts)
            if key is not None:
                yield LimitLeft(
                    limit=limit.path,
                    counter=_shown(limit, key),
                    measure=_measure(limit),
                    most=_most(limit, shares),
                    used=used.get(key, 0),
                )


def _shown(plan: LimitPlan, key: str) -> str:
    return f"{plan.counter}/{MASK}" if plan.limit.each in PERSONAL_FACTS else key


def _measure(plan: LimitPlan) -> Measure:
    if plan.counts_payments:
        return Measure.PAYMENTS
    return Measure.DAYS if plan.counts_days else Measure.FEN


def _most(plan: LimitPlan, shares: int) -> int:
    limit = plan.limit
    if isinstance(limit, AmountLimit):
        return limit.most.fen * shares if limit.times_shares else limit.most.fen
    return limit.most
