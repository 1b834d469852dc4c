"""Days and ranges of days (日期): the only door to pendulum.

Fields are typed ``datetime.date``; pendulum does the month arithmetic, and every month
step says what happens when the day does not exist.
"""

import datetime
import enum
import re
from typing import Final

import attrs
import pendulum

from mutualaid_core.domain.values.checks import checked, quotable
from mutualaid_core.errors import InvalidValueError

_ISO_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


class MonthEnd(enum.Enum):
    """What a month step does when its day does not exist (31 January plus a month)."""

    LAST_DAY = "last_day"
    NEXT_FIRST = "next_first"
    REFUSE = "refuse"


def parse_day(text: str) -> datetime.date:
    """The day written as ``YYYY-MM-DD``; nothing else is accepted.

    Raises:
        InvalidValueError: *text* has another form, or the day does not exist.

    >>> parse_day("2014-02-28")
    datetime.date(2014, 2, 28)
    """
    if _ISO_DAY.fullmatch(text):
        try:
            return datetime.date.fromisoformat(text)
        except ValueError as error:
            raise InvalidValueError("day", "must exist in the calendar", text) from error
    raise InvalidValueError("day", "must be written YYYY-MM-DD", quotable(text), hint="write 2014-01-31")


def add_days(day: datetime.date, days: int) -> datetime.date:
    """*day* moved by *days*.

    Raises:
        InvalidValueError: The calendar (years 1 to 9999) does not reach so far.
    """
    try:
        return day + datetime.timedelta(days=days)
    except OverflowError as error:
        raise InvalidValueError("days", "must stay within the calendar", days) from error


def add_months(day: datetime.date, months: int, month_end: MonthEnd) -> datetime.date:
    """*day* moved by *months*, ending as *month_end* says where the day does not exist.

    Raises:
        InvalidValueError: The day does not exist and *month_end* is ``REFUSE``, or the
            calendar (years 1 to 9999) does not reach so far.

    >>> add_months(datetime.date(2014, 1, 31), 1, MonthEnd.LAST_DAY)
    datetime.date(2014, 2, 28)
    """
    try:
        moved = pendulum.date(day.year, day.month, day.day).add(months=months)
    except (ValueError, OverflowError) as error:
        raise InvalidValueError("months", "must stay within the calendar", months) from error
    plain = datetime.date(moved.year, moved.month, moved.day)
    if plain.day == day.day or month_end is MonthEnd.LAST_DAY:
        return plain
    if month_end is MonthEnd.NEXT_FIRST:
        return add_days(plain, 1)
    raise InvalidValueError("months", "must lead to a day that exists", f"{day.isoformat()} {months:+d}")


def age_on(born: datetime.date, day: datetime.date) -> int:
    """Age in whole years (周岁) on *day*; a birthday counts from its own day on.

    >>> age_on(datetime.date(1984, 2, 29), datetime.date(2023, 2, 28))
    38
    """
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


@attrs.frozen(order=False, field_transformer=checked)
class DayRange:
    """Days from ``first_day`` to ``last_day``, both included.

    >>> DayRange(datetime.date(2014, 1, 1), datetime.date(2014, 12, 31)).days
    365
    """

    first_day: datetime.date
    last_day: datetime.date

    def __attrs_post_init__(self) -> None:
        """Refuse a range that ends before it starts."""
        if self.last_day < self.first_day:
            rule = f"must be >= {self.first_day.isoformat()}"
            raise InvalidValueError("last_day", rule, self.last_day.isoformat())

    def __contains__(self, day: datetime.date) -> bool:
        """Whether *day* lies in the range."""
        return self.first_day <= day <= self.last_day

    @property
    def days(self) -> int:
        """Number of days, both ends counted."""
        return (self.last_day - self.first_day).days + 1

    def covers(self, other: "DayRange") -> bool:
        """Whether every day of *other* lies in this range."""
        return self.first_day <= other.first_day and other.last_day <= self.last_day

    def overlaps(self, other: "DayRange") -> bool:
        """Whether the ranges share a day."""
        return self.first_day <= other.last_day and other.first_day <= self.last_day

    def is_one_year(self) -> bool:
        """Whether the range is exactly one year, leap years included (HN-4.3.4a)."""
        return self.last_day == add_days(add_months(self.first_day, 12, MonthEnd.NEXT_FIRST), -1)
