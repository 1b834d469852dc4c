"""Rows (明细): claims and covers as plain rows, for whom no store is known."""

import datetime
from collections.abc import Mapping

import attrs

from mutualaid_core.domain.scheme.facts import EventKind
from mutualaid_core.domain.scheme.options import UseOrder
from mutualaid_core.domain.scheme.version import EventDate
from mutualaid_core.domain.values.dates import DayRange


@attrs.frozen(kw_only=True)
class ClaimLine:
    """One claim as a row (理赔明细).

    Attributes:
        claim_id: Id of the claim.
        person_id: Id of the person, any text that is the same for the same person.
        event: Kind of the event.
        began: First day: admission, visit, diagnosis, accident or death.
        ended: Last day: discharge; the first day again for what has no length.
        settled: Day of settlement; ``None`` where there is none.
        filed: Day of filing; ``None`` where it is not looked at.
        amounts: Amounts in fen by their national or declared names.
        counts: Whole numbers by name; what is told here goes before what the cover tells.
        codes: Words by name.
        flags: Yes and no by name.
        is_reversed: Whether the settlement was reversed (退费结算标志).
        elsewhere: What other schemes paid for the event, in fen.
    """

    claim_id: str
    person_id: str = attrs.field(repr=False)
    event: EventKind
    began: datetime.date
    ended: datetime.date
    settled: datetime.date | None = None
    filed: datetime.date | None = None
    amounts: Mapping[str, int] = attrs.field(factory=dict)
    counts: Mapping[str, int] = attrs.field(factory=dict)
    codes: Mapping[str, str] = attrs.field(factory=dict, repr=False)
    flags: Mapping[str, bool] = attrs.field(factory=dict)
    is_reversed: bool = False
    elsewhere: int = 0

    def day(self, by: EventDate) -> datetime.date:
        """The day that decides the period; the last day where no day of settlement is told."""
        if by is EventDate.ADMISSION:
            return self.began
        return self.ended if by is EventDate.DISCHARGE else self.settled or self.ended

    def order_day(self, by: UseOrder) -> datetime.date:
        """The day by which the claim uses up limits; the last day where its own is not told."""
        days = {
            UseOrder.ADMISSION: self.began,
            UseOrder.SETTLEMENT: self.settled,
            UseOrder.FILING: self.filed,
        }
        return days.get(by) or self.ended


@attrs.frozen(kw_only=True)
class Cover:
    """Cover of one person for one period as a row (参保明细).

    Attributes:
        person_id: Id of the person.
        period_id: Id of the period, whose limits are used up.
        days: Days of cover, both ends included.
        born: Day of birth; ``None`` where no age is asked for.
        parts: Parts of the scheme that the person holds.
        counts: Whole numbers by name, such as shares.
        codes: Words by name.
        flags: Yes and no by name, such as first_time.
    """

    person_id: str = attrs.field(repr=False)
    period_id: str
    days: DayRange
    born: datetime.date | None = attrs.field(default=None, repr=False)
    parts: frozenset[str] = frozenset()
    counts: Mapping[str, int] = attrs.field(factory=dict)
    codes: Mapping[str, str] = attrs.field(factory=dict, repr=False)
    flags: Mapping[str, bool] = attrs.field(factory=dict)
