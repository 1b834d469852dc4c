"""Reading rosters (查询名册): who stood on a unit's roster, and on which days it has one."""

import datetime
from collections.abc import Iterator

import attrs

from mutualaid_core.domain.membership.roster import ImportState, RosterImport, RosterPage, RosterPerson
from mutualaid_core.domain.values.dates import parse_day
from mutualaid_core.domain.values.identifiers import UnitId
from mutualaid_core.ports.store import Query, Record, Store
from mutualaid_core.serialization.codec import decode
from mutualaid_core.serialization.records import form_of, key_of
from mutualaid_core.work import read_many

_AFTER_SLASH = "0"
"""The character that follows the slash, so that a range of keys ends behind everything below one."""


@attrs.frozen(kw_only=True)
class RosterCounts:
    """How many stand on a roster (名册人数).

    Attributes:
        persons: Workers.
        joining: Those of them who join.
    """

    persons: int
    joining: int


def roster_of(store: Store, unit_id: UnitId, counted_on: datetime.date) -> Iterator[RosterPerson]:
    """The workers on a unit's roster of one day, in the order of the file; none where there is none.

    A roster whose import has not come to its end is no roster yet.
    """
    for page in _pages(store, unit_id, counted_on):
        yield from page.persons


def roster_counts(store: Store, unit_id: UnitId, counted_on: datetime.date) -> RosterCounts:
    """How many stand on a unit's roster of one day; zero where there is none."""
    persons = joining = 0
    for page in _pages(store, unit_id, counted_on):
        persons += len(page.persons)
        joining += sum(person.joins for person in page.persons)
    return RosterCounts(persons=persons, joining=joining)


def latest_roster_day(store: Store, unit_id: UnitId, on: datetime.date) -> datetime.date | None:
    """The latest day, not after *on*, of which the unit has a whole roster; ``None`` for none."""
    latest = None
    low, high = key_of(unit_id, ""), key_of(unit_id, on.isoformat() + _AFTER_SLASH)
    while True:
        found = store.scan(_query(low, high, limit=1)).records
        if not found:
            return latest
        day = found[0].ref.key.split("/")[1]
        latest = parse_day(day) if _is_whole(store, found[0]) else latest
        low = key_of(unit_id, day + _AFTER_SLASH)


def _pages(store: Store, unit_id: UnitId, counted_on: datetime.date) -> Iterator[RosterPage]:
    day = counted_on.isoformat()
    query = _query(key_of(unit_id, day, ""), key_of(unit_id, day + _AFTER_SLASH), limit=10)
    while True:
        page = store.scan(query)
        if page.records and query.after is None and not _is_whole(store, page.records[0]):
            return
        yield from (decode(record.body, RosterPage) for record in page.records)
        if page.next is None:
            return
        query = attrs.evolve(query, after=page.next)


def _is_whole(store: Store, record: Record) -> bool:
    """Whether the import of a page has come to its end; a page that nobody imported is whole."""
    found = read_many(store, RosterImport, (str(record.index["import_id"]),))
    return all(each.state is ImportState.DONE for each in found.values())


def _query(low: str, high: str, *, limit: int) -> Query:
    return Query(kind=form_of(RosterPage).kind, low=low, high=high, limit=limit)
