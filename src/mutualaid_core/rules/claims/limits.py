"""Limits (限额): what is left of a counter, and what becomes of the excess."""

from collections.abc import Mapping

import attrs

from mutualaid_core.clauses import implements
from mutualaid_core.domain.claims.reason import Reason
from mutualaid_core.domain.scheme.benefit.limits import AmountLimit, Excess, Per
from mutualaid_core.rules.claims.facts import EventFacts
from mutualaid_core.rules.claims.plan.terms import BenefitPlan, LimitPlan

Used = Mapping[str, int]
"""What earlier claims of the person used, by counter: fen, days or payments."""


@attrs.frozen
class Cut:
    """What one limit did to an amount, or to days.

    Attributes:
        limit: The limit.
        key: Key of its counter; ``None`` for a limit of one claim.
        most: The most that is paid in all, with shares.
        used: What was used before.
        before: What came in.
        after: What went out.
    """

    limit: LimitPlan
    key: str | None
    most: int
    used: int
    before: int
    after: int


@implements("HN-4.4.3c")
def within_limit(plan: LimitPlan, amount: int, shares: int, facts: EventFacts, used: Used) -> Cut:
    """*amount* within one limit on amounts, payments or days.

    Args:
        plan: The limit.
        amount: Fen, or days for a limit on days.
        shares: Shares that count.
        facts: Facts of the event.
        used: What earlier claims used.

    Clause:
        HN-4.4.3c
    """
    limit, key = plan.limit, plan.key(facts)
    before = 0 if key is None else used.get(key, 0)
    if isinstance(limit, AmountLimit):
        most = limit.most.fen * shares if limit.times_shares else limit.most.fen
        left = max(most - before, 0)
        refused = amount > left and limit.excess is Excess.REFUSE
        after = 0 if refused else min(amount, left)
        return Cut(plan, key, most, before, amount, after)
    if plan.counts_payments:
        return Cut(plan, key, limit.most, before, amount, amount if before < limit.most else 0)
    return Cut(plan, key, limit.most, before, amount, min(amount, max(limit.most - before, 0)))


def reason_of(cut: Cut) -> Reason | None:
    """Why the amount is lower than what came in; ``None`` where it is not."""
    if cut.after == cut.before:
        return None
    if cut.limit.counts_payments:
        return Reason.PAYMENTS_USED_UP
    if cut.limit.counts_days:
        return Reason.DAYS_USED_UP if cut.after == 0 else Reason.DAYS_REDUCED
    if cut.limit.limit.per is Per.CLAIM:
        return Reason.CLAIM_CAP_REDUCED if cut.after else Reason.LIMIT_EXCEEDED
    if cut.after:
        return Reason.CAP_REDUCED
    return Reason.CAP_EXHAUSTED if cut.used >= cut.most else Reason.LIMIT_EXCEEDED


def shares_of(plan: BenefitPlan, facts: EventFacts) -> int:
    """Shares that count; those above the scheme's highest number are void."""
    shares = facts.count("shares")
    return shares if plan.shares_most is None else min(shares, plan.shares_most)


@implements("ACFTU-3.2a")
def expense_of(facts: EventFacts, base: int) -> int:
    """What funds and hospital leave of the cost of the event, in fen; zero where they leave nothing.

    Where the facts tell no cost, the base is all that is known of it.

    Clause:
        ACFTU-3.2a
    """
    cost = facts.amounts.get("medfee_sumamt")
    if cost is None:
        return base
    paid = facts.amounts.get("fund_pay_sumamt", 0) + facts.amounts.get("hosp_part_amt", 0)
    return max(cost - paid, 0)
