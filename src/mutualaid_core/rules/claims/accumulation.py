"""Accumulation (累计): what earlier claims of the period, or for the same cause, came to."""

import datetime

import attrs

from mutualaid_core.clauses import implements
from mutualaid_core.domain.scheme.benefit.terms import Accumulation, Over
from mutualaid_core.domain.values.dates import add_days, add_months
from mutualaid_core.rules.claims.facts import EventFacts
from mutualaid_core.rules.claims.limits import Used
from mutualaid_core.rules.claims.plan.terms import BenefitPlan


@attrs.frozen(kw_only=True)
class Earlier:
    """What earlier claims came to that are added up with this one.

    Attributes:
        base: Sum of their bases.
        result: Sum of what their steps came to, before bounds and limits, in fen.
        was_paid: Whether one of them was paid as part of the same stay, so that this claim is
            no further payment.
        keys: Keys of the counters for base and result, or of those and of the payment and
            the last day of the group of a cause.
        held: Present values of these counters.
        ended: Last day of the present claim, as the number of the day.
    """

    base: int
    result: int
    was_paid: bool
    keys: tuple[str, ...]
    held: tuple[int, ...]
    ended: int

    def uses(self, base: int, result: int, *, paid: bool) -> tuple[tuple[str, int], ...]:
        """What brings the counters to their new values.

        Args:
            base: Base of the present claim.
            result: What its steps came to beyond the earlier ones.
            paid: Whether something is paid for it.
        """
        new = (self.base + base, self.result + result, int(self.was_paid or paid), self.ended)
        moved = zip(self.keys, self.held, new, strict=False)
        return tuple((key, value - held) for key, held, value in moved if value != held)


@implements("HN-4.4.3b")
def earlier_of(plan: BenefitPlan, facts: EventFacts, used: Used) -> Earlier:
    """What the earlier claims came to that the scheme adds up with this one.

    Clause:
        HN-4.4.3b
    """
    name, terms = plan.terms.benefit_id, plan.terms.accumulate
    if terms.over is Over.PERIOD or terms.cause is None:
        keys: tuple[str, ...] = (f"base/{name}/period", f"result/{name}/period")
        base, result = (used.get(key, 0) for key in keys)
        return Earlier(base=base, result=result, was_paid=False, keys=keys, held=(base, result), ended=0)
    cause = facts.code(terms.cause)
    keys = tuple(f"cause-{part}/{name}/lifetime/{cause}" for part in ("base", "result", "paid", "ended"))
    held = tuple(used.get(key, 0) for key in keys)
    base, result, paid, last = held if joins(terms, facts.began, held[3]) else (0, 0, 0, 0)
    return Earlier(
        base=base,
        result=result,
        was_paid=bool(paid),
        keys=keys,
        held=held,
        ended=max(facts.ended.toordinal(), last),
    )


@implements("HN-4.4.3b")
def joins(terms: Accumulation, began: datetime.date, last: int) -> bool:
    """Whether a claim belongs to the stay that ended on day number *last* (zero for none).

    Clause:
        HN-4.4.3b
    """
    if not last:
        return False
    ended = datetime.date.fromordinal(last)
    if terms.within_months is not None and terms.month_end is not None:
        return began <= add_months(ended, terms.within_months, terms.month_end)
    return terms.within_days is not None and began <= add_days(ended, terms.within_days)
