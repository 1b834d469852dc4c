"""Benefit of one stay (单次住院补助): base, deductible, tiers, minimum, limits."""

import attrs

from mutualaid_core.clauses import implements
from mutualaid_core.domain.claims.reason import Reason
from mutualaid_core.domain.claims.settlement import Settlement
from mutualaid_core.domain.claims.trace import Rule, TraceStep
from mutualaid_core.domain.scheme.benefit import BenefitTerms
from mutualaid_core.domain.values.money import ZERO, Money
from mutualaid_core.rules.claims.base import self_borne_base
from mutualaid_core.rules.claims.limits import (
    after_deductible,
    raised_to_minimum,
    within_expense,
    within_period_cap,
)
from mutualaid_core.rules.claims.tiers import has_share, marginal_benefit


@attrs.frozen(kw_only=True)
class BenefitLine:
    """What one stay comes to.

    Attributes:
        base: Self-borne amount in scope.
        amount: Benefit, never above the base unless the scheme's minimum says so, never
            above what the cap leaves.
        reasons: What shaped the amount, by precedence.
        steps: Every step with its amounts.
    """

    base: Money
    amount: Money
    reasons: tuple[Reason, ...]
    steps: tuple[TraceStep, ...]


@implements("HN-4.4.1", "HN-4.4.2a", "HN-4.4.2c", "HN-4.4.3b", "HN-4.4.3c", "ACFTU-3.2a", "ACFTU-2.4b")
def benefit_for_stay(
    settlement: Settlement, terms: BenefitTerms, granted: Money, elsewhere: Money = ZERO
) -> BenefitLine:
    """Benefit (补助金) for one hospital stay.

    Tiers start afresh with each stay. Their shares are summed exactly, rounded once as the
    terms say, raised to the minimum, cut to the expense and to what is left of the cap.

    Args:
        settlement: Figures of the stay.
        terms: Terms of the version in force.
        granted: Benefits already granted to the person in the period.
        elsewhere: Benefits that other schemes granted for the same stay.

    Clause:
        HN-4.4.1, HN-4.4.2a, HN-4.4.2c, HN-4.4.3b, HN-4.4.3c, ACFTU-3.2a, ACFTU-2.4b
    """
    base, base_step = self_borne_base(settlement, terms.base)
    payable, deductible_step = after_deductible(base, terms)
    tiers, tier_steps = marginal_benefit(payable, terms.bands, terms.rounding)
    raised, minimum_step = tiers, None
    if terms.minimum is not None and has_share(payable, terms.bands):
        raised, minimum_step = raised_to_minimum(tiers, payable, terms.minimum)
    moderate, indemnity_step = within_expense(raised, settlement, elsewhere)
    amount, cap_step = moderate, None
    if terms.period_cap is not None:
        amount, cap_step = within_period_cap(moderate, granted, terms.period_cap)
    steps = (base_step, deductible_step, *tier_steps, minimum_step, indemnity_step, cap_step)
    reasons = _reasons(
        base, moderate, amount, raised=minimum_step is not None, limited=indemnity_step is not None
    )
    return BenefitLine(base=base, amount=amount, reasons=reasons, steps=tuple(step for step in steps if step))


def _reasons(
    base: Money, uncapped: Money, amount: Money, *, raised: bool, limited: bool
) -> tuple[Reason, ...]:
    """What shaped the amount, by precedence; ``COMPUTED`` where nothing special did."""
    if not base:
        return (Reason.NOTHING_SELF_BORNE,)
    found = []
    if uncapped and not amount:
        found.append(Reason.CAP_EXHAUSTED)
    elif amount < uncapped:
        found.append(Reason.CAP_REDUCED)
    if limited:
        found.append(Reason.INDEMNITY_LIMIT)
    if raised and amount:
        found.append(Reason.MINIMUM_APPLIED)
    return (*found, Reason.COMPUTED)


def benefit_step(amount: Money, reason: Reason) -> TraceStep:
    """The last step of a trace: what is paid, and the reason that leads."""
    return TraceStep(
        rule=Rule.BENEFIT,
        after=amount,
        facts=(("reason", reason.name), ("outcome", reason.outcome.value)),
        parameter="benefit",
        source=reason.clause,
        clauses=(reason.clause,),
    )
