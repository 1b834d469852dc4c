"""Limits (限额) on columns: what is left of a counter, and what becomes of the excess."""

from collections.abc import Mapping
from typing import TypeAlias

import attrs
import numpy

from mutualaid_core.clauses import implements
from mutualaid_core.columnar.arithmetic.exact import INT64_MAX, Array
from mutualaid_core.columnar.facts import EventFacts
from mutualaid_core.domain.claims.reason import Reason
from mutualaid_core.domain.scheme.benefit.limits import AmountLimit, Excess, Per
from mutualaid_core.rules.claims.plan.terms import BenefitPlan, LimitPlan

Key: TypeAlias = tuple[str, str | None]
"""A counter, and the name of the fact whose word ends its key; ``None`` for no word."""

Used: TypeAlias = Mapping[Key, Array]
"""What earlier claims of each row's person used, by counter: int64, shape (n,), fen, days or
payments. A counter that is not there is at zero."""


@attrs.frozen(eq=False)
class Cut:
    """What one limit did to amounts, or to days.

    Attributes:
        limit: The limit.
        key: Its counter; ``None`` for a limit of one claim.
        most: The most that is paid in all, with shares.
        used: What was used before.
        before: int64: what came in.
        after: int64: what went out.
        counts: Where the limit was looked at; ``None`` for everywhere.
    """

    limit: LimitPlan
    key: Key | None
    most: Array | int
    used: Array | int
    before: Array
    after: Array
    counts: Array | None = None


@implements("HN-4.4.3c")
def within_limit(plan: LimitPlan, amount: Array, shares: Array | int, facts: EventFacts, used: Used) -> Cut:
    """*amount* within one limit on amounts, payments or days.

    Args:
        plan: The limit.
        amount: int64: fen, or days for a limit on days.
        shares: Shares that count.
        facts: Facts of the events.
        used: What earlier claims used.

    Clause:
        HN-4.4.3c
    """
    limit, key = plan.limit, key_of(plan)
    if key is not None and key[1] is not None:
        facts.code(key[1])
    before: Array | int = 0 if key is None else used.get(key, 0)
    if plan.counts_payments:
        most = int(limit.most)  # type: ignore[arg-type]  # a number of payments
        after = amount if isinstance(before, int) else amount * (before < most)
        return Cut(plan, key, most, before, amount, after)
    if not isinstance(limit, AmountLimit):
        left = _left(limit.most, before)
        return Cut(plan, key, limit.most, before, amount, numpy.minimum(amount, left))
    most_fen = times(limit.most.fen, shares) if limit.times_shares else limit.most.fen
    left = _left(most_fen, before)
    after = amount * (amount <= left) if limit.excess is Excess.REFUSE else numpy.minimum(amount, left)
    return Cut(plan, key, most_fen, before, amount, after)


def key_of(plan: LimitPlan) -> Key | None:
    """The counter that a limit uses up; ``None`` for a limit of one claim."""
    return None if plan.counter is None else (plan.counter, plan.limit.each)


def times(fen: int, shares: Array | int) -> Array | int:
    """An amount times shares, int64."""
    # Shares beyond what 64 bits hold leave the limit where no amount can reach it.
    if isinstance(shares, int):
        return fen * shares
    return numpy.minimum(shares, INT64_MAX // fen).astype(numpy.int64) * fen


def _left(most: Array | int, used: Array | int) -> Array | int:
    if isinstance(most, int) and isinstance(used, int):
        return max(most - used, 0)
    left: Array = numpy.subtract(most, used)
    return numpy.maximum(left, 0, out=left)


def reason_of(cut: Cut) -> dict[Reason, Array]:
    """Why amounts are lower than what came in, and where."""
    lower = cut.after != cut.before
    nothing = cut.after == 0
    if cut.limit.counts_payments:
        return {Reason.PAYMENTS_USED_UP: lower}
    if cut.limit.counts_days:
        return {Reason.DAYS_USED_UP: lower & nothing, Reason.DAYS_REDUCED: lower & ~nothing}
    if cut.limit.limit.per is Per.CLAIM:
        return {Reason.CLAIM_CAP_REDUCED: lower & ~nothing, Reason.LIMIT_EXCEEDED: lower & nothing}
    spent = numpy.greater_equal(cut.used, cut.most)
    return {
        Reason.CAP_REDUCED: lower & ~nothing,
        Reason.CAP_EXHAUSTED: lower & nothing & spent,
        Reason.LIMIT_EXCEEDED: lower & nothing & ~spent,
    }


def shares_of(plan: BenefitPlan, facts: EventFacts) -> Array:
    """Shares that count; those above the scheme's highest number are void."""
    shares = facts.count("shares")
    return shares if plan.shares_most is None else numpy.minimum(shares, plan.shares_most)


@implements("ACFTU-3.2a")
def expense_of(facts: EventFacts, base: Array) -> Array:
    """What funds and hospital leave of the costs, in fen; zero where they leave nothing.

    Where the facts tell no cost, the base is all that is known of it.

    Clause:
        ACFTU-3.2a
    """
    cost = facts.told_amount("medfee_sumamt")
    if cost is None:
        return base
    left = cost.copy()
    for name in ("fund_pay_sumamt", "hosp_part_amt"):
        told = facts.told_amount(name)
        if told is not None:
            left -= numpy.maximum(told, 0) if name in facts.claims.gaps else told
    numpy.maximum(left, 0, out=left)
    return numpy.where(cost < 0, base, left) if "medfee_sumamt" in facts.claims.gaps else left
