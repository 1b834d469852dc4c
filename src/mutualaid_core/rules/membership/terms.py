"""Terms (参保期): the window of a period, the term somebody joins for, its fee and its days of cover."""

import datetime

from mutualaid_core.clauses import implements
from mutualaid_core.domain.scheme.joining import MONTHS_A_PERIOD, CoverStart, JoiningTerms, Term, Window
from mutualaid_core.domain.values.dates import DayRange, MonthEnd, add_days, add_months
from mutualaid_core.domain.values.money import Money
from mutualaid_core.errors import InvalidValueError


@implements("HN-4.3.5d")
def window_days(window: Window, period: DayRange) -> DayRange:
    """The days of a window in one period; the last one counts until its 24:00.

    Args:
        window: The window, counted from the first day of the period, which is day 0.
        period: Days of the period.

    Clause:
        HN-4.3.5d
    """
    first = period.first_day
    return DayRange(add_days(first, window.opens), add_days(first, window.closes))


def window_for(joining: JoiningTerms, *, renews: bool = False) -> Window | None:
    """The window that applies: for a renewal its own one where the notice sets one."""
    if renews and joining.renewal is not None and joining.renewal.window is not None:
        return joining.renewal.window
    return joining.window


@implements("HN-4.3.4a")
def term_days(term: Term, period: DayRange) -> DayRange:
    """The days of a term within one period; a term of several periods fills each of them.

    Args:
        term: The term.
        period: Days of the period, exactly one year.

    Clause:
        HN-4.3.4a
    """
    if term.months >= MONTHS_A_PERIOD:
        return period
    begins = term.starts_after_months
    after = add_months(period.first_day, begins + term.months, MonthEnd.NEXT_FIRST)
    return DayRange(add_months(period.first_day, begins, MonthEnd.NEXT_FIRST), add_days(after, -1))


@implements("HN-4.3.5d")
def term_for(
    joining: JoiningTerms, period: DayRange, on: datetime.date, *, is_late: bool, months: int | None = None
) -> Term | None:
    """The term for which somebody joins; ``None`` where there is none.

    Within the window it is the first one that starts with the period. After it, it is the one
    that has started last and has not ended: who comes in the second half takes the half term.
    Who asks for a length gets a term of that length if it has not ended.

    Args:
        joining: The joining terms.
        period: Days of the period.
        on: Day of joining.
        is_late: Whether that is after the window.
        months: Length that is asked for; ``None`` for whichever applies.

    Clause:
        HN-4.3.5d
    """
    days = {number: term_days(term, period) for number, term in enumerate(joining.terms)}
    left = [
        number
        for number, term in enumerate(joining.terms)
        if on <= days[number].last_day and months in {None, term.months}
    ]
    if not is_late:
        own = [number for number in left if joining.terms[number].starts_after_months == 0]
        return joining.terms[own[0]] if own else None
    begun = [number for number in left if days[number].first_day <= on]
    if begun:
        return joining.terms[max(begun, key=lambda number: (days[number].first_day, -number))]
    return joining.terms[left[0]] if left else None


@implements("HN-4.3.5d", "HN-4.4.2b")
def cover_of(start: CoverStart, days: DayRange, on: datetime.date, *, is_late: bool) -> DayRange | None:
    """Days of cover, from 00:00 of the first to 24:00 of the last; ``None`` where none is left.

    Cover never starts before the term. Where it starts with the term, the money may come at any
    time within the window; who comes later is covered from the payment on.

    Args:
        start: From which day there is cover.
        days: Days of the term within the period.
        on: Day of the payment, or of joining while nothing is paid.
        is_late: Whether that is after the window.

    Clause:
        HN-4.3.5d, HN-4.4.2b
    """
    first = max(days.first_day, _earliest(start, days, on, is_late=is_late))
    return DayRange(first, days.last_day) if first <= days.last_day else None


@implements("HN-4.3.5d", "ACFTU-2.3b")
def first_cover_day(
    joining: JoiningTerms, period: DayRange, on: datetime.date, *, months: int, renews: bool = False
) -> datetime.date:
    """The first day on which there can be cover at all, whatever is told later.

    A term that the version no longer has fills the period.

    Args:
        joining: The joining terms.
        period: Days of the period.
        on: Day of the payment, or of joining while nothing is paid.
        months: Length of the term.
        renews: Whether the window of renewal applies.

    Clause:
        HN-4.3.5d, ACFTU-2.3b
    """
    window = window_for(joining, renews=renews)
    is_late = window is not None and on > window_days(window, period).last_day
    own = [term_days(term, period) for term in joining.terms if term.months == months]
    days = min(own or [period], key=lambda each: each.first_day)
    return max(days.first_day, _earliest(joining.cover_start, days, on, is_late=is_late))


def _earliest(start: CoverStart, days: DayRange, on: datetime.date, *, is_late: bool) -> datetime.date:
    """The first day on which the payment allows cover."""
    if start is CoverStart.DAY_AFTER_PAYMENT:
        return add_days(on, 1)
    if start is CoverStart.MONTH_AFTER_PAYMENT:
        return add_months(on.replace(day=1), 1, MonthEnd.REFUSE)
    if start is CoverStart.PAYMENT_DAY or is_late:
        return on
    return days.first_day


def term_named(joining: JoiningTerms | None, months: int) -> Term | None:
    """The term of that length; ``None`` where the version has no terms, or none of that length.

    Terms of one length cost the same, which the check of a version sees to.
    """
    return next((term for term in (joining.terms if joining else ()) if term.months == months), None)


@implements("HN-4.3.4b", "HN-4.3.5a")
def fee_of(dues: Money, joining: JoiningTerms | None, months: int) -> Money:
    """What an enrolment for a term costs in one period, exactly.

    Args:
        dues: What the shares cost for a whole period.
        joining: The joining terms of the version; ``None`` where it has none.
        months: Length of the term.

    Raises:
        InvalidValueError: The fee of the term is no whole number of fen.

    Clause:
        HN-4.3.4b, HN-4.3.5a
    """
    term = term_named(joining, months)
    if term is None:
        return dues
    fen, rest = divmod(dues.fen * term.fee.numerator, term.fee.denominator)
    if rest:
        rule = f"must come to whole fen at {term.fee}"
        raise InvalidValueError("dues", rule, str(dues), clause="HN-4.3.4b")
    return Money(fen)
