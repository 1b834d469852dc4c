"""Days (日期) of a question: about which day, and by the knowledge of which."""

import datetime

import attrs

from mutualaid_core.cli.host import today
from mutualaid_core.domain.values.dates import parse_day
from mutualaid_core.ports.clock import SystemClock


@attrs.frozen
class Days:
    """Days of a question (查询日期).

    Attributes:
        on: Day that is asked about.
        known_at: Day of the knowledge.
    """

    on: datetime.date
    known_at: datetime.date


def days_of(on: str | None, known_at: str | None) -> Days:
    """The days as written; today in China Standard Time where none is.

    Raises:
        InvalidValueError: A day cannot be read.
    """
    now = today(SystemClock())
    return Days(*(now if day is None else parse_day(day) for day in (on, known_at)))
