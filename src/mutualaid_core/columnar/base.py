"""Base (补助基数) on columns, and what earlier claims add to it (累计)."""

from collections.abc import Mapping
from typing import assert_never

import attrs
import numpy

from mutualaid_core.clauses import implements
from mutualaid_core.columnar.arithmetic.exact import Array, Column, column
from mutualaid_core.columnar.facts import EventFacts
from mutualaid_core.columnar.limits import Key, Used
from mutualaid_core.columnar.tables.columns import EPOCH
from mutualaid_core.domain.scheme.benefit.base import AmountsBase, Base, DayCount, DaysBase, EventBase
from mutualaid_core.domain.scheme.benefit.terms import Accumulation, Over
from mutualaid_core.domain.values.dates import MonthEnd
from mutualaid_core.domain.values.money import FEN_MAX
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.rules.claims.plan.terms import BenefitPlan


@implements("HN-4.2.1d", "HN-4.2.1e", "HN-4.2.1f", "HN-4.4.1", "ACFTU-3.1a", "SN-2.1.6a")
def base_of(base: Base, facts: EventFacts, paid: Mapping[str, Array]) -> Column:
    """The bases: fen, days, or one event; never below zero.

    Args:
        base: Base of the scheme.
        facts: Facts of the events.
        paid: int64, shape (n,), fen: what earlier benefits of the same events paid, by their ids.

    Raises:
        InvalidValueError: The facts of an active row do not say what the base asks for.

    Clause:
        HN-4.2.1d, HN-4.2.1e, HN-4.2.1f, HN-4.4.1, ACFTU-3.1a, SN-2.1.6a
    """
    match base:
        case AmountsBase():
            fen = own_fen(base, facts)
            for benefit_id in base.less_benefits:
                fen = fen - paid[benefit_id] if benefit_id in paid else fen
            if base.less_elsewhere and facts.elsewhere is not None:
                fen = fen - facts.elsewhere
            return column(numpy.maximum(fen, 0))
        case DaysBase():
            return column(days_of_stay(base, facts))
        case EventBase():
            return Column(numpy.ones(len(facts), dtype=numpy.int64), 1)
        case _:
            assert_never(base)


def reach_of(plan: BenefitPlan) -> int:
    """No base of a benefit is above it, with what is added up, as long as amounts are what they may be."""
    base = plan.terms.base
    if isinstance(base, EventBase):
        most = 1
    else:
        most = FEN_MAX * (len(base.add) if isinstance(base, AmountsBase) else 1)
    return most if plan.terms.accumulate.over is Over.CLAIM else most + FEN_MAX


def payable_of(base: Base, quantity: Column) -> Column:
    """From what the steps start: of days in hospital only those from the first payable day on."""
    if not isinstance(base, DaysBase) or base.first_payable_day == 1:
        return quantity
    days = numpy.maximum(quantity.values - (base.first_payable_day - 1), 0)
    return Column(days, quantity.bound)


def cost_known(base: Base, quantity: Array, facts: EventFacts) -> Array:
    """What is known of the cost where the facts tell none: the base before earlier benefits are taken off.

    Those are taken off again where the benefit is held against the cost. Days tell nothing of
    it, so what compensates them needs the cost.

    Raises:
        InvalidValueError: The facts of an active row tell no cost, and the base is no amount.
    """
    if not isinstance(base, AmountsBase):
        return facts.amount("medfee_sumamt")
    if base.less_benefits or base.less_elsewhere:
        return numpy.maximum(own_fen(base, facts), 0)
    return quantity


@implements("HN-4.2.1f")
def own_fen(base: AmountsBase, facts: EventFacts) -> Array:
    """What counts less what insurance paid, in fen; below zero where it paid more than counts.

    Raises:
        InvalidValueError: The facts of an active row do not say one of the amounts.

    Clause:
        HN-4.2.1f
    """
    names = (*base.add, "-", *base.subtract)
    # Whether an amount is given is asked anew for other rows; where all are, the sum is the same.
    told = facts.claims.amounts
    known = all(name in told and name not in facts.claims.gaps for name in (*base.add, *base.subtract))
    if known and names in facts.derived:
        return facts.derived[names]
    fen = facts.amount(base.add[0])
    own = False
    for name in base.add[1:]:
        fen, own = _into(numpy.add, fen, facts.amount(name), own=own), True
    for name in base.subtract:
        fen, own = _into(numpy.subtract, fen, facts.amount(name), own=own), True
    if known:
        facts.derived[names] = fen
    return fen


def _into(ufunc: numpy.ufunc, fen: Array, other: Array, *, own: bool) -> Array:
    """The sum or difference, in the place of *fen* once that is no column of the caller's."""
    found: Array = ufunc(fen, other, out=fen) if own else ufunc(fen, other)
    return found


@implements("HN-4.2.1f")
def is_below_zero(base: Base, facts: EventFacts) -> Array | None:
    """Where insurance paid more than counts, which no right settlement can say; ``None``: nowhere.

    Clause:
        HN-4.2.1f
    """
    if not isinstance(base, AmountsBase):
        return None
    fen = own_fen(base, facts)
    return fen < 0 if base.subtract and len(fen) and int(fen.min()) < 0 else None


def days_of_stay(base: DaysBase, facts: EventFacts) -> Array:
    """Days of the stays: as the facts say, or else counted from the first and last day, int64."""
    counted = facts.ended.astype(numpy.int64) - facts.began
    counted += base.counted is DayCount.BOTH_DAYS
    told = facts.told_count("days")
    return counted if told is None else numpy.where(told >= 0, told, counted).astype(numpy.int64)


@attrs.frozen(kw_only=True, eq=False)
class Earlier:
    """What earlier claims came to that are added up with these.

    Attributes:
        base: int64: sums of their bases.
        result: int64: sums of what their steps came to, before bounds and limits, in fen.
        was_paid: bool: whether one of them was paid as part of the same stay; ``None``: none.
        keys: Counters for base and result, or for those and for the payment and the last day
            of the group of a cause.
        held: Present values of these counters.
        ended: Last days of the present claims, as ``date.toordinal`` counts.
    """

    base: Array
    result: Array
    was_paid: Array | None
    keys: tuple[Key, ...]
    held: tuple[Array, ...]
    ended: Array | None

    def uses(self, base: Array, result: Array, *, paid: Array) -> dict[Key, Array]:
        """What brings the counters to their new values.

        Args:
            base: Bases of the present claims.
            result: What their steps came to beyond the earlier ones.
            paid: Where something is paid.
        """
        new = [self.base + base, self.result + result]
        if self.was_paid is not None and self.ended is not None:
            new += [(self.was_paid | paid).astype(numpy.int64), self.ended]
        return {key: value - held for key, held, value in zip(self.keys, self.held, new, strict=True)}


@implements("HN-4.4.3b")
def earlier_of(plan: BenefitPlan, facts: EventFacts, used: Used) -> Earlier:
    """What the earlier claims came to that the scheme adds up with these.

    Clause:
        HN-4.4.3b
    """
    keys = accumulating(plan)
    nothing = numpy.zeros(len(facts), dtype=numpy.int64)
    held = tuple(used.get(key, nothing) for key in keys)
    terms = plan.terms.accumulate
    if terms.over is Over.PERIOD:
        return Earlier(base=held[0], result=held[1], was_paid=None, keys=keys, held=held, ended=None)
    facts.code(terms.cause or "")
    joined = joins(terms, facts, held[3])
    base, result, paid, last = (numpy.where(joined, part, 0) for part in held)
    ended = numpy.maximum(facts.ended.astype(numpy.int64) + EPOCH, last)
    return Earlier(base=base, result=result, was_paid=paid > 0, keys=keys, held=held, ended=ended)


def accumulating(plan: BenefitPlan) -> tuple[Key, ...]:
    """The counters in which a benefit adds up claims; none where each claim stands alone."""
    name, terms = plan.terms.benefit_id, plan.terms.accumulate
    match terms.over:
        case Over.CLAIM:
            return ()
        case Over.PERIOD:
            return ((f"base/{name}/period", None), (f"result/{name}/period", None))
        case Over.SAME_CAUSE:
            parts = ("base", "result", "paid", "ended")
            return tuple((f"cause-{part}/{name}/lifetime", terms.cause) for part in parts)
        case _:
            assert_never(terms.over)


@implements("HN-4.4.3b")
def joins(terms: Accumulation, facts: EventFacts, last: Array) -> Array:
    """Which claims belong to the stay that ended on day number *last* (zero for none).

    Clause:
        HN-4.4.3b
    """
    asked = last > 0 if facts.active is None else (last > 0) & facts.active
    ended = numpy.where(asked, last - EPOCH, 0)
    if terms.within_months is not None and terms.month_end is not None:
        latest = add_months(ended, terms.within_months, terms.month_end)
    else:
        latest = ended + (terms.within_days or 0)
    found: Array = asked & (facts.began <= latest)
    return found


def add_months(days: Array, months: int, month_end: MonthEnd) -> Array:
    """*days* moved by *months*, ending as *month_end* says where the day does not exist.

    Raises:
        InvalidValueError: A day does not exist and *month_end* is ``REFUSE``.
    """
    dates = days.astype("datetime64[D]")
    month = dates.astype("datetime64[M]")
    day = (dates - month.astype("datetime64[D]")).astype(numpy.int64)
    first = (month + months).astype("datetime64[D]").astype(numpy.int64)
    length = (month + months + 1).astype("datetime64[D]").astype(numpy.int64) - first
    short = day >= length
    if month_end is MonthEnd.REFUSE and bool(short.any()):
        raise InvalidValueError("months", "must lead to a day that exists", f"{months:+d} months")
    found: Array = first + numpy.minimum(day, length - 1)
    return found + short if month_end is MonthEnd.NEXT_FIRST else found
