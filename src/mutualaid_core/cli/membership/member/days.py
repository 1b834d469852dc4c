"""Days (日期) of a question: about which day, and by the knowledge of which."""

import datetime
from typing import Final

import attrs

from mutualaid_core.domain.values.dates import parse_day

_CHINA: Final = datetime.timezone(datetime.timedelta(hours=8))


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
    today = datetime.datetime.now(_CHINA).date()
    return Days(*(today if day is None else parse_day(day) for day in (on, known_at)))
