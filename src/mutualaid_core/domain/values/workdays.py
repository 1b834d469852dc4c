"""Working days (工作日): weekends are off, and what differs from that is told by dated data.

Public holidays and the weekends worked instead are announced anew for each year. They come in
from the host; nothing is guessed for a year that has not been announced.
"""

import datetime
from typing import Final

import attrs

from mutualaid_core.domain.values.checks import checked, not_blank
from mutualaid_core.domain.values.dates import DayRange, add_days
from mutualaid_core.errors import InvalidValueError

_SATURDAY: Final = 5


@attrs.frozen(kw_only=True, field_transformer=checked)
class WorkCalendar:
    """Work calendar (工作日历) for some days.

    Attributes:
        days: Days for which the lists are complete.
        holidays: Days off besides the weekends.
        worked: Days of weekends on which work is done (调休上班).
        source: Where it is announced.
    """

    days: DayRange
    holidays: tuple[datetime.date, ...] = ()
    worked: tuple[datetime.date, ...] = ()
    source: str = attrs.field(validator=not_blank)

    def __attrs_post_init__(self) -> None:
        """Refuse days outside the range, a worked day that is no weekend, and a day on both lists."""
        for name, listed in (("holidays", self.holidays), ("worked", self.worked)):
            if strangers := [day.isoformat() for day in listed if day not in self.days]:
                raise InvalidValueError(name, "must lie in the days of the calendar", ", ".join(strangers))
        if plain := [day.isoformat() for day in self.worked if day.weekday() < _SATURDAY]:
            raise InvalidValueError("worked", "must be days of weekends", ", ".join(plain))
        if both := sorted(set(self.holidays) & set(self.worked)):
            raise InvalidValueError("worked", "must not be holidays", both[0].isoformat())

    def is_working(self, day: datetime.date) -> bool:
        """Whether *day* is a working day.

        Raises:
            InvalidValueError: The calendar does not tell of that day.
        """
        if day not in self.days:
            rule = f"must tell of {day.isoformat()}"
            hint = "give the calendar of that year too"
            raise InvalidValueError("calendar", rule, self.days.last_day.isoformat(), hint=hint)
        return day in self.worked or (day.weekday() < _SATURDAY and day not in self.holidays)

    def day_after(self, day: datetime.date, count: int) -> datetime.date:
        """The working day that is *count* working days after *day*, which itself does not count.

        Args:
            day: Any day.
            count: 1 or more.

        Raises:
            InvalidValueError: The calendar does not reach so far.

        >>> march = DayRange(datetime.date(2026, 3, 1), datetime.date(2026, 3, 31))
        >>> WorkCalendar(days=march, source="2026").day_after(datetime.date(2026, 3, 2), 15)
        datetime.date(2026, 3, 23)
        """
        left = count
        while left:
            day = add_days(day, 1)
            left -= self.is_working(day)
        return day
