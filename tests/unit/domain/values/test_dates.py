"""Days: strict parsing, month steps that say what they do, ranges with both ends."""

import datetime
import pickle

import attrs
import pendulum
import pytest

from mutualaid_core.domain.values.dates import DayRange, MonthEnd, add_days, add_months, parse_day
from mutualaid_core.errors import InvalidValueError

Day = datetime.date


@pytest.mark.parametrize("text", ["2014-02-28", "2012-02-29", "0001-01-01", "9999-12-31"])
def test_iso_days_are_parsed(text: str) -> None:
    """A day written as year, month and day must be read, and be a plain day."""
    assert (Day, text) == (type(parse_day(text)), parse_day(text).isoformat())


@pytest.mark.parametrize(
    "text",
    [
        *(
            "now",
            "2014",
            "2014-1-1",
            "20140101",
            "2014/01/01",
            "2014-W01-1",
            "2014-01-01T00:00",
            "",
            " 2014-01-01",
        ),
        *("2014-01-01\n", "\uff12\uff10\uff11\uff14-01-01", "12014-01-01", "-014-01-01", "2014年1月1日"),
    ],
)
def test_no_other_form_is_a_day(text: str) -> None:
    """Forms that date libraries would also take must be refused."""
    with pytest.raises(InvalidValueError, match="day must be written YYYY-MM-DD"):
        parse_day(text)


@pytest.mark.parametrize("text", ["2014-02-29", "1900-02-29", "2014-13-01", "2014-00-10", "0000-01-01"])
def test_a_day_that_does_not_exist_is_refused(text: str) -> None:
    """A day outside the calendar must be refused with itself in the text."""
    with pytest.raises(InvalidValueError, match=f"day must exist in the calendar, got '{text}'"):
        parse_day(text)


@pytest.mark.clause("ACFTU-11.2h")
@pytest.mark.parametrize("text", ["张伟", "13800000000", "610103850307001"])
def test_a_slipped_column_is_not_quoted(text: str) -> None:
    """A name or number in a day's column must not reach the error's text."""
    with pytest.raises(InvalidValueError) as caught:
        parse_day(text)
    assert text not in str(caught.value)


def test_days_are_added() -> None:
    """Steps of days must cross the leap day."""
    assert Day(2012, 3, 1) == add_days(Day(2012, 2, 28), 2)


@pytest.mark.parametrize("days", [1, 10**30])
def test_days_stay_within_the_calendar(days: int) -> None:
    """A step beyond the year 9999 must be refused."""
    with pytest.raises(InvalidValueError, match="days must stay within the calendar"):
        add_days(Day(9999, 12, 31), days)


@pytest.mark.parametrize(
    ("day", "months", "month_end", "expected"),
    [
        (Day(2014, 1, 15), 1, MonthEnd.REFUSE, Day(2014, 2, 15)),
        (Day(2014, 1, 31), 1, MonthEnd.LAST_DAY, Day(2014, 2, 28)),
        (Day(2012, 1, 31), 1, MonthEnd.LAST_DAY, Day(2012, 2, 29)),
        (Day(2014, 1, 31), 1, MonthEnd.NEXT_FIRST, Day(2014, 3, 1)),
        (Day(2014, 3, 31), -1, MonthEnd.LAST_DAY, Day(2014, 2, 28)),
        (Day(2012, 2, 29), 12, MonthEnd.NEXT_FIRST, Day(2013, 3, 1)),
        (Day(2014, 2, 28), 1, MonthEnd.REFUSE, Day(2014, 3, 28)),
    ],
)
def test_month_steps_end_as_stated(day: Day, months: int, month_end: MonthEnd, expected: Day) -> None:
    """A month step to a day that does not exist must end as its rounding says."""
    assert expected == add_months(day, months, month_end)


def test_a_month_step_may_refuse() -> None:
    """31 January plus a month must be refused where no rounding is allowed."""
    with pytest.raises(
        InvalidValueError, match=r"months must lead to a day that exists, got '2014-01-31 \+1'"
    ):
        add_months(Day(2014, 1, 31), 1, MonthEnd.REFUSE)


@pytest.mark.parametrize("months", [12, 10**9, -(10**30)])
def test_months_stay_within_the_calendar(months: int) -> None:
    """A step beyond the years 1 to 9999 must be refused."""
    with pytest.raises(InvalidValueError, match="months must stay within the calendar"):
        add_months(Day(9999, 12, 31), months, MonthEnd.LAST_DAY)


def test_a_range_of_one_day_has_one_day() -> None:
    """Both ends count, so a range from a day to itself must have one."""
    assert DayRange(Day(2014, 1, 1), Day(2014, 1, 1)).days == 1


def test_a_range_must_not_end_before_it_starts() -> None:
    """A range that ends the day before must be refused."""
    with pytest.raises(InvalidValueError, match="last_day must be >= 2014-01-02, got '2014-01-01'"):
        DayRange(Day(2014, 1, 2), Day(2014, 1, 1))


@pytest.mark.parametrize(
    "end",
    [
        datetime.datetime(2014, 1, 1, tzinfo=datetime.UTC),
        pendulum.date(2014, 1, 1),
        pendulum.datetime(2014, 1, 1),
        "2014-01-01",
        None,
        20140101,
    ],
)
def test_only_plain_days_bound_a_range(end: object) -> None:
    """Instants, days of another library and texts must not bound a range."""
    with pytest.raises(InvalidValueError, match="last_day must be date"):
        DayRange(Day(2014, 1, 1), end)


def test_both_ends_lie_in_the_range() -> None:
    """The first and the last day must lie in the range, their neighbours must not."""
    year = DayRange(Day(2014, 1, 1), Day(2014, 12, 31))
    asked = (Day(2013, 12, 31), Day(2014, 1, 1), Day(2014, 12, 31), Day(2015, 1, 1))
    assert tuple(day in year for day in asked) == (False, True, True, False)


def test_a_range_covers_itself() -> None:
    """A range must cover itself and whatever lies inside."""
    year = DayRange(Day(2014, 1, 1), Day(2014, 12, 31))
    assert (year.covers(year), year.covers(DayRange(Day(2014, 2, 1), Day(2014, 2, 1)))) == (True, True)


@pytest.mark.parametrize(
    ("first", "last"), [(Day(2013, 12, 31), Day(2014, 2, 1)), (Day(2014, 2, 1), Day(2015, 1, 1))]
)
def test_a_range_does_not_cover_what_sticks_out(first: Day, last: Day) -> None:
    """A range must not cover one that starts earlier or ends later."""
    assert not DayRange(Day(2014, 1, 1), Day(2014, 12, 31)).covers(DayRange(first, last))


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (Day(2013, 1, 1), Day(2014, 1, 1), True),
        (Day(2014, 12, 31), Day(2015, 5, 1), True),
        (Day(2013, 1, 1), Day(2013, 12, 31), False),
        (Day(2015, 1, 1), Day(2015, 5, 1), False),
    ],
)
def test_ranges_overlap_in_a_shared_day(first: Day, last: Day, *, expected: bool) -> None:
    """Ranges must overlap exactly if one day is in both."""
    assert expected == DayRange(Day(2014, 1, 1), Day(2014, 12, 31)).overlaps(DayRange(first, last))


@pytest.mark.clause("HN-4.3.4a")
@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (Day(2014, 1, 1), Day(2014, 12, 31), True),
        (Day(2012, 1, 1), Day(2012, 12, 31), True),
        (Day(2011, 3, 1), Day(2012, 2, 29), True),
        (Day(2012, 2, 29), Day(2013, 2, 28), True),
        (Day(2011, 7, 1), Day(2012, 6, 30), True),
        (Day(2011, 3, 1), Day(2012, 2, 28), False),
        (Day(2012, 2, 29), Day(2013, 2, 27), False),
        (Day(2014, 1, 1), Day(2015, 1, 31), False),
        (Day(2014, 1, 1), Day(2014, 12, 30), False),
        (Day(2014, 1, 1), Day(2015, 12, 31), False),
    ],
)
def test_a_year_is_exactly_one_year(first: Day, last: Day, *, expected: bool) -> None:
    """A range must be one year by the calendar, with or without a leap day (HN-4.3.4a)."""
    assert expected == DayRange(first, last).is_one_year()


def test_equal_ranges_are_equal_and_hash_alike() -> None:
    """Ranges of the same days must be interchangeable as keys."""
    days = (Day(2014, 1, 1), Day(2014, 1, 2))
    assert {DayRange(*days): "kept"} == {DayRange(*days): "kept"}


def test_a_stranger_that_equals_everything_decides(always_equal: object) -> None:
    """Equality with a stranger must be left to the stranger that says yes."""
    assert DayRange(Day(2014, 1, 1), Day(2014, 1, 2)) == always_equal


def test_a_stranger_that_equals_nothing_decides(never_equal: object) -> None:
    """Equality with a stranger must be left to the stranger that says no."""
    assert DayRange(Day(2014, 1, 1), Day(2014, 1, 2)) != never_equal


def test_ranges_have_no_order() -> None:
    """Ranges must not be compared by accident of their first day."""
    with pytest.raises(TypeError):
        assert DayRange(Day(2014, 1, 1), Day(2014, 1, 2)) < DayRange(Day(2015, 1, 1), Day(2015, 1, 2))


def test_a_range_is_frozen() -> None:
    """A range must not change."""
    year = DayRange(Day(2014, 1, 1), Day(2014, 12, 31))
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        year.last_day = Day(2015, 1, 1)


def test_the_repr_can_be_pasted() -> None:
    """What ``repr`` shows must be code that gives the same range."""
    year = DayRange(Day(2014, 1, 1), Day(2014, 12, 31))
    assert year == eval(repr(year))  # noqa: S307  # our own text


def test_a_range_survives_pickling() -> None:
    """A range must come back from another process unchanged."""
    year = DayRange(Day(2014, 1, 1), Day(2014, 12, 31))
    assert year == pickle.loads(pickle.dumps(year))  # noqa: S301  # our own bytes
