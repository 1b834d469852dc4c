"""Limits that never bind (无效限额), for no claim can come up to them."""

from fractions import Fraction
from typing import Final

from mutualaid_core.domain.scheme.benefit import steps
from mutualaid_core.domain.scheme.benefit.limits import (
    AmountLimit,
    DaysLimit,
    Excess,
    Limit,
    PaymentsLimit,
    Per,
)
from mutualaid_core.domain.scheme.benefit.terms import Benefit, Over
from mutualaid_core.domain.values.money import Money
from mutualaid_core.rules.scheme.soundness.figures.bounds import Found, along, fen_of, start, yuan_of
from mutualaid_core.rules.scheme.soundness.finding import Flaw

_WIDTH: Final = (Per.CLAIM, Per.PERIOD, Per.LIFETIME)


def idle_limits(benefit: Benefit, shares: int) -> Found:
    """Limits that never bind."""
    *_, (_, _, _, after) = along(benefit, shares, start(benefit))
    most = _tidy(_with_waiting(benefit, shares, after.most), benefit.rounding.unit)
    for number, limit in enumerate(benefit.limits):
        place = f"limits[{number}].most"
        wider = _wider(limit, benefit.limits)
        if wider is not None:
            yield place, Flaw.NO_EFFECT, _within_wider(limit, wider), _text(limit)
        elif isinstance(limit, AmountLimit):
            own = fen_of(limit, shares)
            payments = _payments(limit, benefit)
            if most and payments is not None and _is_idle(limit, own, most * payments):
                paid = yuan_of(Fraction(most * payments, shares if limit.times_shares else 1))
                yield place, Flaw.NO_EFFECT, _within_paid(limit, paid), str(limit.most)
        elif isinstance(limit, DaysLimit) and limit.per is Per.CLAIM:
            yield from _days_limit(place, limit, benefit, shares)


def _within_wider(limit: Limit, wider: Limit) -> str:
    most, per = _text(wider), wider.per.value
    if _is_period_cap(limit):
        return f"must be <= {most}, which is the limit over a {per}"
    return f"must be < {most}, which is the limit over a {per}"


def _within_paid(limit: AmountLimit, paid: str) -> str:
    if _is_period_cap(limit):
        return f"must be <= {paid}, which is all that can be paid"
    return f"must be < {paid}, which is all that can be paid"


def _is_period_cap(limit: Limit) -> bool:
    """Whether it is the cap per person and period that policies ask for (HN-4.4.3c).

    A scheme that pays no more anyway states this sum itself as its cap; without it the policy would
    refuse the scheme.
    """
    return isinstance(limit, AmountLimit) and limit.per is Per.PERIOD and limit.each is None


def _is_idle(limit: Limit, own: int, most: int | Fraction) -> bool:
    """Whether a limit of *own* never cuts what comes to at most *most*."""
    return own > most or (own == most and not _is_period_cap(limit))


def _days_limit(place: str, limit: DaysLimit, benefit: Benefit, shares: int) -> Found:
    """A limit on the days of one claim that the table of days never lets through."""
    table = [
        after.most
        for _, step, _, after in along(benefit, shares, start(benefit))
        if isinstance(step, steps.DayTable)
    ]
    if table and table[-1] is not None and limit.most >= table[-1]:
        yield (
            place,
            Flaw.NO_EFFECT,
            f"must be < {table[-1]}, which is the most days that are paid",
            str(limit.most),
        )


def _with_waiting(benefit: Benefit, shares: int, most: Fraction | None) -> Fraction | None:
    """The most that is paid, also early in the cover."""
    sums = [grade.pays.fen * (shares if grade.times_shares else 1) for grade in benefit.waiting.grades]
    return None if most is None else max([most, *map(Fraction, sums)])


def _tidy(most: Fraction | None, unit: Money) -> Fraction | None:
    """*most* as it is at most after rounding."""
    return None if most is None else Fraction(-(-most // unit.fen) * unit.fen)


def _payments(limit: AmountLimit, benefit: Benefit) -> int | None:
    """How often what one claim gives can be paid under *limit*; ``None`` where that is not known."""
    if limit.counter is not None:
        return None
    if limit.per is Per.CLAIM:
        return 1
    if limit.each is None and benefit.accumulate.over is Over.PERIOD and limit.per is Per.PERIOD:
        return None if benefit.waiting.grades else 1
    counts = [
        each.most
        for each in benefit.limits
        if isinstance(each, PaymentsLimit)
        and each.each in {None, limit.each}
        and _WIDTH.index(each.per) >= _WIDTH.index(limit.per)
    ]
    # Claims for one cause are one payment, however many they are.
    return None if benefit.accumulate.over is Over.SAME_CAUSE else min(counts, default=None)


def _wider(limit: Limit, limits: tuple[Limit, ...]) -> Limit | None:
    """A limit over a longer time that is used up before *limit* can bind; ``None`` for none."""
    if limit.counter is not None or (isinstance(limit, AmountLimit) and limit.excess is Excess.REFUSE):
        return None
    for other in limits:
        is_wider = type(other) is type(limit) and _WIDTH.index(other.per) > _WIDTH.index(limit.per)
        scales = getattr(other, "times_shares", False) == getattr(limit, "times_shares", False)
        is_idle = _is_idle(limit, _size(limit), _size(other))
        if is_wider and scales and other.each in {None, limit.each} and is_idle:
            return other
    return None


def _size(limit: Limit) -> int:
    return limit.most.fen if isinstance(limit, AmountLimit) else limit.most


def _text(limit: Limit) -> str:
    return str(limit.most)
