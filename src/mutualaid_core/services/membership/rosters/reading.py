"""Reading rosters (查询名册): who stood on a unit's roster, and on which days it has one."""

import datetime
from collections.abc import Iterator

import attrs

from mutualaid_core.domain.membership.roster import ImportState, RosterImport, RosterPage, RosterPerson
from mutualaid_core.domain.values.dates import parse_day
from mutualaid_core.domain.values.identifiers import UnitId
from mutualaid_core.ports.store import Query, Record, Store
from mutualaid_core.serialization.codec import decode
from mutualaid_core.serialization.records import form_of, keys_below
from mutualaid_core.work import read_many


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
    for page in roster_pages(store, unit_id, counted_on):
        yield from page.persons


def roster_counts(store: Store, unit_id: UnitId, counted_on: datetime.date) -> RosterCounts:
    """How many stand on a unit's roster of one day; zero where there is none."""
    persons = joining = 0
    for page in roster_pages(store, unit_id, counted_on):
        persons += len(page.persons)
        joining += sum(person.joins for person in page.persons)
    return RosterCounts(persons=persons, joining=joining)


def latest_roster_day(
    store: Store, unit_id: UnitId, on: datetime.date, known_at: datetime.date = datetime.date.max
) -> datetime.date | None:
    """The latest day, not after *on*, of which the unit has a whole roster; ``None`` for none.

    Args:
        store: Where to read.
        unit_id: Unit.
        on: Last roster date that counts.
        known_at: Day of the knowledge: what was imported later is left out.
    """
    days = [day for day in roster_days(store, unit_id, known_at) if day <= on]
    return days[-1] if days else None


def roster_days(
    store: Store, unit_id: UnitId, known_at: datetime.date = datetime.date.max
) -> tuple[datetime.date, ...]:
    """The days of which a unit has a whole roster that was known on a day, in their order."""
    days = []
    low, high = keys_below(unit_id)
    while found := store.scan(_query(low, high, limit=1)).records:
        day = found[0].ref.key.split("/")[1]
        if _is_whole(store, found[0], known_at):
            days.append(parse_day(day))
        _, low = keys_below(unit_id, day)
    return tuple(days)


def roster_pages(
    store: Store,
    unit_id: UnitId,
    counted_on: datetime.date,
    after: str = "",
    known_at: datetime.date = datetime.date.max,
) -> Iterator[RosterPage]:
    """Pages of a unit's roster of one day, in their order; none where its import goes on yet.

    Args:
        store: Where to read.
        unit_id: Unit.
        counted_on: Roster date.
        after: Beginning of a page number, behind which to begin.
        known_at: Day of the knowledge: a roster that was imported later has no pages.
    """
    low, high = keys_below(unit_id, counted_on.isoformat())
    query = _query(low + after, high, limit=10)
    while True:
        page = store.scan(query)
        if page.records and query.after is None and not _is_whole(store, page.records[0], known_at):
            return
        yield from (decode(record.body, RosterPage) for record in page.records)
        if page.next is None:
            return
        query = attrs.evolve(query, after=page.next)


def _is_whole(store: Store, record: Record, known_at: datetime.date) -> bool:
    """Whether the import of a page has ended and was known; a page that nobody imported is whole."""
    found = read_many(store, RosterImport, (str(record.index["import_id"]),))
    return all(each.state is ImportState.DONE and each.known_from <= known_at for each in found.values())


def _query(low: str, high: str, *, limit: int) -> Query:
    return Query(kind=form_of(RosterPage).kind, low=low, high=high, limit=limit)
