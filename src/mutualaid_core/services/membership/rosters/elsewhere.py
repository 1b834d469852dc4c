"""Elsewhere (他处): who stands on another unit's roster of the day, or is covered through another unit."""

import datetime
import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

import attrs

from mutualaid_core.domain.membership.enrolment import Enrolment, EnrolmentState
from mutualaid_core.domain.membership.roster import ImportState, RosterImport, RosterPage
from mutualaid_core.domain.membership.unit import Unit
from mutualaid_core.errors import StoreBrokenError
from mutualaid_core.ports.store import PAGE_ROWS_MAX, Query, Record, Store
from mutualaid_core.rules.membership.transfer import unit_on
from mutualaid_core.serialization.codec import decode
from mutualaid_core.serialization.records import form_of
from mutualaid_core.work import read_many, records_of

_ACTIVE: Final = frozenset({EnrolmentState.ENROLLED.value, EnrolmentState.ENDED.value})
"""States that give a place in the scheme, as ``Enrolment.is_active`` says."""


@attrs.frozen(kw_only=True)
class Elsewhere:
    """What a store already holds for the day of a roster (已有记录).

    Attributes:
        rosters: Of units that have a roster of that day, the import that brought it.
        unfinished: Of imports of that day that were cut off, or still run, the name of the file.
        listed: By ID number, the unit on whose roster of that day the person stands.
        covered: By pseudonym, the unit through which the person has cover on that day.
    """

    rosters: Mapping[str, str]
    unfinished: Mapping[str, str]
    listed: Mapping[str, str] = attrs.field(repr=False)
    covered: Mapping[str, str] = attrs.field(repr=False)


def elsewhere(store: Store, counted_on: datetime.date, own: str) -> Elsewhere:
    """What the store holds for that day, the pages of the import *own* left out.

    Clause:
        HN-4.3.4c
    """
    rosters: dict[str, str] = {}
    listed: dict[str, str] = {}
    for record in records_of(store, form_of(RosterPage).kind, "counted_on", counted_on):
        if record.index["import_id"] == own:
            continue
        unit_id = str(record.index["unit_id"])
        rosters[unit_id] = str(record.index["import_id"])
        listed.update((number, unit_id) for number in _numbers(record))
    return Elsewhere(
        rosters=rosters,
        unfinished=_unfinished(store, rosters.values()),
        listed=listed,
        covered=_covered(store, counted_on),
    )


def _unfinished(store: Store, import_ids: Iterable[str]) -> dict[str, str]:
    """Those of some imports that have not come to their end, with the names of their files."""
    found: dict[str, str] = {}
    own = tuple(dict.fromkeys(import_ids))
    for first in range(0, len(own), PAGE_ROWS_MAX):
        for import_id, each in read_many(store, RosterImport, own[first : first + PAGE_ROWS_MAX]).items():
            if each.state is not ImportState.DONE:
                found[import_id] = each.file
    return found


def _value(record: Record) -> Any:  # noqa: ANN401  # plain data has no common type
    """The plain value of a record; the entity behind it would cost a hundred times as much."""
    try:
        return json.loads(record.body)["value"]
    except (ValueError, KeyError, TypeError) as error:
        raise StoreBrokenError("decode", f"a {record.ref.kind} is no document") from error


def _numbers(record: Record) -> list[str]:
    return [person["id_number"] for person in _value(record)["persons"]]


def _covered(store: Store, day: datetime.date) -> dict[str, str]:
    found: dict[str, str] = {}
    query = Query(kind=form_of(Enrolment).kind, field="last_day", low=day)
    while True:
        page = store.scan(query)
        for record in page.records:
            first = record.index["first_day"]
            if not isinstance(first, datetime.date) or first > day:
                continue
            value = _value(record)
            # Records of the first form tell no state: everybody in them was enrolled.
            if value.get("state", EnrolmentState.ENROLLED.value) in _ACTIVE:
                found[str(record.index["member_id"])] = _unit_on(record, value, day)
        if page.next is None:
            return found
        query = attrs.evolve(query, after=page.next)


def _unit_on(record: Record, value: Any, day: datetime.date) -> str:  # noqa: ANN401  # plain data
    """The unit of a member on a day; only of whoever moved is the history built."""
    unit_id = str(record.index["unit_id"])
    if all(change.get("unit_id") in {None, unit_id} for change in value.get("history", ())):
        return unit_id
    return unit_on(decode(record.body, Enrolment), day, datetime.date.max)


def units_known(store: Store, unit_ids: tuple[str, ...]) -> dict[str, Unit]:
    """The units of these ids that the store has."""
    found: dict[str, Unit] = {}
    for start in range(0, len(unit_ids), 500):
        found |= read_many(store, Unit, unit_ids[start : start + 500])
    return found
