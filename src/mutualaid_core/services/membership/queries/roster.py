"""Roster (单位参保名册查询): who is at a unit on a day, as known on another, page by page."""

import datetime
from collections.abc import Iterator
from itertools import islice

import attrs

from mutualaid_core.domain.membership.contribution import Contribution
from mutualaid_core.domain.membership.enrolment import Enrolment, EnrolmentState, JoinedAs
from mutualaid_core.domain.membership.transfer import TransferState
from mutualaid_core.domain.scheme.period import Period
from mutualaid_core.domain.values.identifiers import MemberId, PeriodId, SchemeId, UnitId
from mutualaid_core.ports.store import PAGE_ROWS_MAX, Store
from mutualaid_core.rules.membership.cover import CoverAnswer, cover_answer
from mutualaid_core.rules.membership.history import standing_of
from mutualaid_core.serialization.codec import decode
from mutualaid_core.serialization.records import REJOINED, key_of
from mutualaid_core.services.membership.queries.paging import By, RowPage, check_asked, keyed, page_of
from mutualaid_core.services.membership.queries.scheme import version_at, versions_read
from mutualaid_core.work import read_many, read_one, records_of


@attrs.frozen(kw_only=True)
class UnitMember:
    """Member at a unit (在册会员).

    Attributes:
        member_id: Pseudonym.
        shares: Shares held.
        parts: Parts of the scheme that are held.
        joined_as: On what occasion the member joined.
        answer: Whether the member is covered on the day, and why.
    """

    member_id: MemberId
    shares: int
    parts: tuple[str, ...]
    joined_as: JoinedAs
    answer: CoverAnswer


@attrs.frozen(kw_only=True)
class Asked:
    """What is asked about a unit (查询条件).

    Attributes:
        scheme_id: Scheme.
        period_id: Period.
        unit_id: Unit.
        on: Day that is asked about.
        known_at: Day of the knowledge.
    """

    scheme_id: SchemeId
    period_id: PeriodId
    unit_id: UnitId
    on: datetime.date
    known_at: datetime.date

    def has(self, enrolment: Enrolment) -> bool:
        """Whether the member stood at the unit on the day, by what was known then."""
        standing = standing_of(enrolment, on=self.on, known_at=self.known_at)
        return (
            standing is not None
            and standing.unit_id == self.unit_id
            and standing.state is EnrolmentState.ENROLLED
        )


def unit_roster(
    store: Store, asked: Asked, *, after: str | None = None, limit: int = PAGE_ROWS_MAX
) -> RowPage[UnitMember]:
    """Members at a unit on a day, each of them once.

    Order: by pseudonym, which is the token. Cost: that of ``ever_at`` from the token on until the
    page is full, and a read by key for each row.

    Args:
        store: Where to read.
        asked: Scheme, period, unit and days.
        after: Token of the page before.
        limit: Rows a page, 1 to 1,000.

    Raises:
        NotFoundError: There is no such period.
        InvalidValueError: *limit* or *after* cannot be.

    Clause:
        HN-3.1.2a, HN-4.3.5c
    """
    check_asked(after, limit)
    period = read_one(store, Period, key_of(asked.scheme_id, asked.period_id))
    ever = ever_at(store, asked, after or "", limit + 1)
    page = page_of(((each.member_id, each) for each in ever if asked.has(each)), limit)
    return RowPage(rows=_rows(store, asked, period, page.rows), next=page.next)


def whole_roster(store: Store, asked: Asked) -> Iterator[UnitMember]:
    """Every member of ``unit_roster``, page by page."""
    after: str | None = None
    while True:
        page = unit_roster(store, asked, after=after)
        yield from page.rows
        if page.next is None:
            return
        after = page.next


def ever_at(store: Store, asked: Asked, after: str = "", portion: int = PAGE_ROWS_MAX) -> Iterator[Enrolment]:
    """Enrolments of a period that stand or ever stood at a unit, each once, by pseudonym from a place on.

    Those that stand there are found by their unit, those that moved away or were to come by the
    transfers from and to the unit, and those that were void there and joined anew by the field that
    tells so. It may be more: whoever asks looks at the history. Cost: a portion reads so many
    enrolments of the unit, the transfers from it and to it, and those of the period that were
    joined anew.

    Args:
        store: Where to read.
        asked: Scheme, period and unit.
        after: Pseudonym after which to begin.
        portion: Enrolments of the unit that are put in order with those that are elsewhere now.
    """
    here = enrolments_at(store, asked, after)
    while True:
        found = {each.member_id: each for each in islice(here, portion)}
        last = max(found) if len(found) == portion else None
        # Read after the enrolments: who moves away in between is then found at least once.
        found |= {each.member_id: each for each in rejoined_from(store, asked, after, last)}
        moved = (each for each in _moved(store, asked) if each > after)
        missing = {each for each in moved if last is None or each <= last} - set(found)
        found |= {each.member_id: each for each in _enrolments_of(store, asked, sorted(missing))}
        yield from (found[member_id] for member_id in sorted(found))
        if last is None:
            return
        after = last


def rejoined_from(
    store: Store, asked: Asked, after: str = "", last: str | None = None
) -> Iterator[Enrolment]:
    """Enrolments that were joined anew and at some time stood at a unit, by pseudonym.

    Args:
        store: Where to read.
        asked: Scheme, period and unit.
        after: Pseudonym after which to begin.
        last: Pseudonym with which to end; ``None`` for none.
    """
    parts = (asked.scheme_id, asked.period_id)
    for record in keyed(store, "enrolment", parts, by=By(field="rejoined", value=REJOINED), after=after):
        if last is not None and str(record.index["member_id"]) > last:
            return
        enrolment = decode(record.body, Enrolment)
        if any(change.unit_id == asked.unit_id for change in enrolment.history):
            yield enrolment


def _moved(store: Store, asked: Asked) -> Iterator[str]:
    """Pseudonyms of those who ever moved from the unit or to it, in whatever period.

    A move takes the later periods of a member along, so that its own period is not asked. Who was
    to come and left work before that is found by the move, for the last unit is another.
    """
    wanted = {"scheme_id": asked.scheme_id, "state": TransferState.ACCEPTED.value}
    for side in ("from_unit", "to_unit"):
        for record in records_of(store, "transfer", side, asked.unit_id):
            if all(record.index[name] == value for name, value in wanted.items()):
                yield str(record.index["member_id"])


def enrolments_at(store: Store, asked: Asked, after: str = "") -> Iterator[Enrolment]:
    """Enrolments whose unit is that one now, by pseudonym from a place on."""
    parts = (asked.scheme_id, asked.period_id)
    for record in keyed(store, "enrolment", parts, by=By(field="unit_id", value=asked.unit_id), after=after):
        yield decode(record.body, Enrolment)


def _enrolments_of(store: Store, asked: Asked, member_ids: list[str]) -> Iterator[Enrolment]:
    keys = [key_of(asked.scheme_id, asked.period_id, member_id) for member_id in member_ids]
    for first in range(0, len(keys), PAGE_ROWS_MAX):
        yield from read_many(store, Enrolment, keys[first : first + PAGE_ROWS_MAX]).values()


def _rows(
    store: Store, asked: Asked, period: Period, enrolments: tuple[Enrolment, ...]
) -> tuple[UnitMember, ...]:
    keys = [key_of(asked.scheme_id, asked.period_id, each.member_id) for each in enrolments]
    paid = read_many(store, Contribution, keys)
    version = version_at(versions_read(store, asked.scheme_id), period.cover.first_day)
    return tuple(
        _row(each, asked, cover_answer(each, paid.get(key), version, on=asked.on, known_at=asked.known_at))
        for key, each in zip(keys, enrolments, strict=True)
    )


def _row(enrolment: Enrolment, asked: Asked, answer: CoverAnswer) -> UnitMember:
    standing = standing_of(enrolment, on=asked.on, known_at=asked.known_at)
    held = enrolment.held if standing is None else standing.held
    return UnitMember(
        member_id=enrolment.member_id,
        shares=held.shares,
        parts=held.parts,
        joined_as=held.joined_as,
        answer=answer,
    )


def enrolments_of_period(
    store: Store,
    scheme_id: SchemeId,
    period_id: PeriodId,
    *,
    after: str | None = None,
    limit: int = PAGE_ROWS_MAX,
) -> RowPage[Enrolment]:
    """Every enrolment of a period, whatever its state.

    Order: by pseudonym, which is the token. Cost: one scan by key of at most two pages.

    Args:
        store: Where to read.
        scheme_id: Scheme.
        period_id: Period.
        after: Token of the page before.
        limit: Rows a page, 1 to 1,000.

    Raises:
        InvalidValueError: *limit* or *after* cannot be.
    """
    check_asked(after, limit)
    records = keyed(store, "enrolment", (scheme_id, period_id), after=after or "")
    found = (decode(record.body, Enrolment) for record in records)
    return page_of(((each.member_id, each) for each in found), limit)
