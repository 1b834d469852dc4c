"""Elsewhere (他处): who stands on another unit's roster of the day, or is covered through another unit."""

import datetime
import json
from collections.abc import Mapping
from typing import Any, Final

import attrs

from mutualaid_core.domain.membership.enrolment import Enrolment, EnrolmentState
from mutualaid_core.domain.membership.roster import RosterPage
from mutualaid_core.domain.membership.unit import Unit
from mutualaid_core.errors import StoreBrokenError
from mutualaid_core.ports.store import Query, Record, Store
from mutualaid_core.serialization.records import form_of
from mutualaid_core.work import read_many, records_of

_ACTIVE: Final = frozenset({EnrolmentState.ENROLLED.value, EnrolmentState.ENDED.value})
"""States that give a place in the scheme, as ``Enrolment.is_active`` says."""


@attrs.frozen(kw_only=True)
class Elsewhere:
    """What a store already holds for the day of a roster (已有记录).

    Attributes:
        rosters: Of units that have a roster of that day, the import that brought it.
        listed: By ID number, the unit on whose roster of that day the person stands.
        covered: By pseudonym, the unit through which the person has cover on that day.
    """

    rosters: Mapping[str, str]
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
    return Elsewhere(rosters=rosters, listed=listed, covered=_covered(store, counted_on))


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
            has_begun = isinstance(first, datetime.date) and first <= day
            # Records of the first form tell no state: everybody in them was enrolled.
            if has_begun and _value(record).get("state", EnrolmentState.ENROLLED.value) in _ACTIVE:
                found[str(record.index["member_id"])] = str(record.index["unit_id"])
        if page.next is None:
            return found
        query = attrs.evolve(query, after=page.next)


def units_known(store: Store, unit_ids: tuple[str, ...]) -> dict[str, Unit]:
    """The units of these ids that the store has."""
    found: dict[str, Unit] = {}
    for start in range(0, len(unit_ids), 500):
        found |= read_many(store, Unit, unit_ids[start : start + 500])
    return found
