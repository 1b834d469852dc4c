"""Period (互助期): the year for which members pay once and are covered."""

import datetime
import enum

import attrs

from mutualaid_core.domain.values.checks import checked, identifier
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.domain.values.identifiers import PeriodId, SchemeId
from mutualaid_core.domain.values.personal import pseudonym
from mutualaid_core.errors import InvalidValueError


class PeriodState(enum.Enum):
    """Where a period stands.

    A closing period takes no income and no benefits: its figures stand still, so that the
    closing entry is made on figures that nobody can change meanwhile. What was approved
    before is still paid, which changes neither.
    """

    OPEN = "open"
    CLOSING = "closing"
    CLOSED = "closed"


@attrs.frozen(kw_only=True, field_transformer=checked)
class Period:
    """Period (互助期) of exactly one year.

    Attributes:
        scheme_id: Scheme.
        period_id: Id within the scheme, for example ``2014``.
        cover: Days on which an event is covered, both ends included.
        state: Where it stands.
        opened_on: Business day of the act that opened it, from which on it was known; ``None`` in
            records of older forms.

    Clause:
        HN-4.3.4a
    """

    scheme_id: SchemeId = attrs.field(validator=identifier)
    period_id: PeriodId = attrs.field(validator=pseudonym)
    cover: DayRange
    state: PeriodState = PeriodState.OPEN
    opened_on: datetime.date | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse a period that is not exactly one year."""
        if not self.cover.is_one_year():
            raise InvalidValueError(
                "cover", "must be exactly one year", f"{self.cover.days} days", clause="HN-4.3.4a"
            )

    def is_known_on(self, day: datetime.date) -> bool:
        """Whether it had been opened by the end of *day*."""
        return self.opened_on is None or self.opened_on <= day
