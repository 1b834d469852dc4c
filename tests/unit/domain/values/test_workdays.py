"""Working days: weekends, announced holidays, weekends worked, and the edge of what is announced."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.domain.values.workdays import WorkCalendar
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.testing.entities import entity

DAY = datetime.date
SPRING = DayRange(DAY(2026, 2, 1), DAY(2026, 3, 31))
FESTIVAL = WorkCalendar(
    days=SPRING,
    holidays=tuple(DAY(2026, 2, day) for day in (16, 17, 18, 19, 20)),
    worked=(DAY(2026, 2, 14), DAY(2026, 2, 28)),
    source="made up",
)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (DAY(2026, 2, 13), True),
        (DAY(2026, 2, 14), True),
        (DAY(2026, 2, 15), False),
        (DAY(2026, 2, 16), False),
    ],
    ids=["Friday", "worked Saturday", "Sunday", "holiday"],
)
def test_a_day_is_a_working_day_or_not(day: datetime.date, works: bool) -> None:  # noqa: FBT001  # the fact itself
    """Weekdays and worked weekends must count; weekends and holidays must not."""
    assert FESTIVAL.is_working(day) is works


def test_holidays_move_the_last_day() -> None:
    """Five working days after 13 February must be 26 February, across the holiday."""
    # 14 (worked), then 23, 24, 25, 26 of February.
    assert FESTIVAL.day_after(DAY(2026, 2, 13), 5) == DAY(2026, 2, 26)


def test_nothing_is_guessed_beyond_the_announcement() -> None:
    """A day of a year that is not announced must be refused, with what to do."""
    with pytest.raises(InvalidValueError, match="calendar must tell of 2026-04-01"):
        FESTIVAL.day_after(DAY(2026, 3, 31), 1)


@pytest.mark.parametrize(
    ("holidays", "worked", "field"),
    [
        ((DAY(2026, 4, 4),), (), "holidays"),
        ((), (DAY(2026, 4, 4),), "worked"),
        ((), (DAY(2026, 2, 16),), "worked must be days of weekends"),
        ((DAY(2026, 2, 14),), (DAY(2026, 2, 14),), "worked must not be holidays"),
    ],
)
def test_a_calendar_that_contradicts_itself_is_refused(
    holidays: tuple[datetime.date, ...], worked: tuple[datetime.date, ...], field: str
) -> None:
    """Days outside the range, worked weekdays and days on both lists must be refused."""
    with pytest.raises(InvalidValueError, match=f"^{field}"):
        WorkCalendar(days=SPRING, holidays=holidays, worked=worked, source="made up")


@given(calendar=entity(WorkCalendar), first=st.integers(1, 4), second=st.integers(1, 4))
def test_counting_on_is_counting_together(calendar: WorkCalendar, first: int, second: int) -> None:
    """So many working days after so many must be as many together, and end on a working day."""
    start = calendar.days.first_day
    together = calendar.day_after(start, first + second)
    assert calendar.day_after(calendar.day_after(start, first), second) == together
    assert calendar.is_working(together)
