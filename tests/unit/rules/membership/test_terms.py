"""Terms: the window, the term that applies, its days of cover and its fee."""

import datetime

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutualaid_core.domain.scheme.joining import CoverStart, JoiningTerms, RenewalTerms, Term, Window
from mutualaid_core.domain.values.dates import DayRange, add_days
from mutualaid_core.domain.values.money import Money
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.rules.membership.terms import (
    cover_of,
    fee_of,
    term_days,
    term_for,
    term_named,
    window_days,
    window_for,
)
from mutualaid_core.testing.joining import JOINING, SECOND_HALF, WHOLE, WINDOW
from mutualaid_core.testing.samples import YEAR, yuan

DAY = datetime.date
LEAP = DayRange(DAY(2016, 1, 1), DAY(2016, 12, 31))
FIRST_HALF = Term(starts_after_months=0, months=6, fee=Ratio(1, 2), source="HN-4.3.4a")
THREE_YEARS = Term(starts_after_months=0, months=36, fee=Ratio(9, 10), source="HN-4.3.4a")


def of_terms(*terms: Term) -> JoiningTerms:
    """The sample terms with these lengths."""
    return attrs.evolve(JOINING, terms=terms)


def test_a_window_is_counted_from_the_first_day_of_the_period() -> None:
    """Day -1 must be the day before a period, and day -47 of a year be 15 November."""
    assert window_days(WINDOW, YEAR) == DayRange(DAY(2013, 11, 15), DAY(2013, 12, 31))


def test_a_renewal_may_have_a_window_of_its_own() -> None:
    """A renewal must take its own window where there is one, and the general one elsewhere."""
    own = Window(opens=-90, closes=0, source="HN-4.3.5d")
    with_own = attrs.evolve(JOINING, renewal=RenewalTerms(window=own, gap_days_max=30, source="HN-4.3.5d"))
    without = attrs.evolve(JOINING, renewal=RenewalTerms(gap_days_max=30, source="HN-4.3.5d"))
    assert window_for(with_own, renews=True) == own
    assert {window_for(with_own), window_for(without, renews=True), window_for(JOINING, renews=True)} == {
        WINDOW
    }


@pytest.mark.parametrize(
    ("term", "period", "days"),
    [
        (WHOLE, YEAR, YEAR),
        (THREE_YEARS, YEAR, YEAR),
        (FIRST_HALF, YEAR, DayRange(DAY(2014, 1, 1), DAY(2014, 6, 30))),
        (SECOND_HALF, YEAR, DayRange(DAY(2014, 7, 1), DAY(2014, 12, 31))),
        (FIRST_HALF, LEAP, DayRange(DAY(2016, 1, 1), DAY(2016, 6, 30))),
        (
            SECOND_HALF,
            DayRange(DAY(2014, 9, 1), DAY(2015, 8, 31)),
            DayRange(DAY(2015, 3, 1), DAY(2015, 8, 31)),
        ),
    ],
)
def test_days_of_a_term(term: Term, period: DayRange, days: DayRange) -> None:
    """A half must end with its sixth month, a longer term must fill each of its periods."""
    assert term_days(term, period) == days


@given(st.dates(DAY(1990, 1, 1), DAY(2090, 12, 31)))
def test_two_halves_are_the_whole(first: datetime.date) -> None:
    """Whatever the first day, the halves of a period must meet without gap and overlap."""
    try:
        last = first.replace(year=first.year + 1)
    except ValueError:
        last = DAY(first.year + 1, 3, 1)
    period = DayRange(first, add_days(last, -1))
    early, late = term_days(FIRST_HALF, period), term_days(SECOND_HALF, period)
    assert (early.first_day, late.last_day) == (period.first_day, period.last_day)
    assert add_days(early.last_day, 1) == late.first_day


@pytest.mark.parametrize(
    ("on", "is_late", "months", "wanted"),
    [
        (DAY(2013, 12, 20), False, None, WHOLE),
        (DAY(2013, 12, 20), False, 36, THREE_YEARS),
        (DAY(2013, 12, 20), False, 6, None),
        (DAY(2014, 3, 1), True, None, WHOLE),
        (DAY(2014, 6, 30), True, None, WHOLE),
        (DAY(2014, 7, 1), True, None, SECOND_HALF),
        (DAY(2014, 12, 31), True, None, SECOND_HALF),
        (DAY(2014, 3, 1), True, 6, SECOND_HALF),
        (DAY(2014, 8, 1), True, 12, WHOLE),
        (DAY(2015, 1, 1), True, None, None),
        (DAY(2015, 1, 1), False, None, None),
    ],
)
def test_the_term_that_applies(
    on: datetime.date,
    is_late: bool,  # noqa: FBT001  # a row of the table
    months: int | None,
    wanted: Term | None,
) -> None:
    """In the window the whole period, after it what has started last, or the length asked for."""
    joining = of_terms(WHOLE, SECOND_HALF, THREE_YEARS)
    assert term_for(joining, YEAR, on, is_late=is_late, months=months) == wanted


@pytest.mark.parametrize(
    ("start", "on", "is_late", "first"),
    [
        (CoverStart.TERM_START, DAY(2013, 12, 20), False, DAY(2014, 1, 1)),
        (CoverStart.TERM_START, DAY(2014, 1, 20), False, DAY(2014, 1, 1)),
        (CoverStart.TERM_START, DAY(2014, 3, 5), True, DAY(2014, 3, 5)),
        (CoverStart.PAYMENT_DAY, DAY(2013, 12, 20), False, DAY(2014, 1, 1)),
        (CoverStart.PAYMENT_DAY, DAY(2014, 3, 5), False, DAY(2014, 3, 5)),
        (CoverStart.DAY_AFTER_PAYMENT, DAY(2013, 12, 31), False, DAY(2014, 1, 1)),
        (CoverStart.DAY_AFTER_PAYMENT, DAY(2014, 3, 5), True, DAY(2014, 3, 6)),
        (CoverStart.MONTH_AFTER_PAYMENT, DAY(2013, 12, 31), False, DAY(2014, 1, 1)),
        (CoverStart.MONTH_AFTER_PAYMENT, DAY(2014, 1, 31), False, DAY(2014, 2, 1)),
        (CoverStart.MONTH_AFTER_PAYMENT, DAY(2014, 11, 30), True, DAY(2014, 12, 1)),
    ],
)
def test_the_first_day_of_cover(
    start: CoverStart,
    on: datetime.date,
    is_late: bool,  # noqa: FBT001  # a row of the table
    first: datetime.date,
) -> None:
    """Cover must start with the term or the payment, never before the term, and last to its end."""
    assert cover_of(start, YEAR, on, is_late=is_late) == DayRange(first, YEAR.last_day)


@pytest.mark.parametrize(
    ("start", "on"),
    [
        (CoverStart.DAY_AFTER_PAYMENT, DAY(2014, 12, 31)),
        (CoverStart.MONTH_AFTER_PAYMENT, DAY(2014, 12, 1)),
    ],
)
def test_nothing_is_left_of_a_term(start: CoverStart, on: datetime.date) -> None:
    """Where the first day of cover lies after the term there must be none."""
    assert cover_of(start, YEAR, on, is_late=True) is None


@pytest.mark.parametrize(
    ("dues", "months", "fee"), [("50", 12, "50"), ("50", 6, "25"), ("60", 36, "54"), ("0.02", 6, "0.01")]
)
def test_the_fee_of_a_term_is_exact(dues: str, months: int, fee: str) -> None:
    """Half a term must cost half the dues, and three years at 90 % that much in each."""
    joining = of_terms(WHOLE, SECOND_HALF, THREE_YEARS)
    assert fee_of(yuan(dues), joining, months) == yuan(fee)


def test_a_fee_in_parts_of_a_fen_is_refused() -> None:
    """Half of 0.01 must be refused, since nobody can pay it."""
    with pytest.raises(InvalidValueError, match="must come to whole fen at 50%") as caught:
        fee_of(Money(1), of_terms(WHOLE, SECOND_HALF), 6)
    assert caught.value.clause == "HN-4.3.4b"


def test_without_terms_the_dues_are_the_fee() -> None:
    """A version without joining terms must ask the whole dues, whatever the length."""
    assert (fee_of(yuan(50), None, 12), term_named(None, 12), term_named(JOINING, 6)) == (
        yuan(50),
        None,
        None,
    )
