"""Period: exactly one year."""

import datetime

import pytest

from mutualaid_core.domain.scheme.period import Period, PeriodState
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.errors import InvalidValueError


def period(first: str, last: str) -> Period:
    """A period between two days."""
    days = DayRange(datetime.date.fromisoformat(first), datetime.date.fromisoformat(last))
    return Period(scheme_id="A", period_id="2014", cover=days)


@pytest.mark.clause("HN-4.3.4a")
@pytest.mark.parametrize(
    ("first", "last"),
    [("2014-01-01", "2014-12-31"), ("2012-01-01", "2012-12-31"), ("2011-07-01", "2012-06-30")],
)
def test_a_period_is_one_year(first: str, last: str) -> None:
    """A year, a leap year of 366 days and a year across New Year must pass (HN-4.3.4a)."""
    assert PeriodState.OPEN is period(first, last).state


@pytest.mark.clause("HN-4.3.4a")
@pytest.mark.parametrize(
    ("first", "last", "days"), [("2014-01-01", "2015-01-31", 396), ("2014-01-01", "2014-12-30", 364)]
)
def test_another_length_is_refused(first: str, last: str, days: int) -> None:
    """Thirteen months, and a year less a day, must be refused (HN-4.3.4a)."""
    with pytest.raises(
        InvalidValueError, match=rf"cover must be exactly one year, got '{days} days' \[HN-4\.3\.4a\]"
    ):
        period(first, last)


def test_the_last_year_of_the_calendar_is_refused() -> None:
    """A period whose end the calendar cannot compute must be refused, not fail."""
    with pytest.raises(InvalidValueError, match="months must stay within the calendar"):
        period("9999-01-01", "9999-12-31")
