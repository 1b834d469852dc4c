"""Pools of units (单位的统筹区域): a unit that has members stays in its pool, whatever a file tells of it."""

import datetime
from collections.abc import Iterator

from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.enrolment import Enrolment
from mutualaid_core.domain.membership.transfer import Transfer, TransferState
from mutualaid_core.domain.membership.unit import Unit
from mutualaid_core.ports.store import PAGE_ROWS_MAX, Store
from mutualaid_core.rules.membership.transfer import unit_on
from mutualaid_core.serialization.records import key_of
from mutualaid_core.services.membership.rosters.elsewhere import units_known
from mutualaid_core.work import read_all, read_many


def pool_faults(store: Store, units: tuple[Unit, ...], day: datetime.date) -> tuple[Fault, ...]:
    """Why units cannot be written as told: they would take their members to another pool without an act.

    Args:
        store: Where the units and their members are.
        units: The units as they are told.
        day: Roster date: who has a place on it or later is a member of the unit.

    Clause:
        HN-3.2.1a
    """
    known = units_known(store, tuple(unit.unit_id for unit in units))
    found = []
    for unit in units:
        before = known.get(unit.unit_id)
        if before is None or before.pool_id == unit.pool_id or not _has_members(store, unit.unit_id, day):
            continue
        rule = f"must stay {before.pool_id}: the unit {unit.unit_id} has members"
        found.append(Fault(subject=unit.unit_id, rule=rule, found=unit.pool_id, clause="HN-3.2.1a"))
    return tuple(found)


def _has_members(store: Store, unit_id: str, day: datetime.date) -> bool:
    """Whether anybody has a place at a unit on a day or later, whoever moves away after it too."""
    here = read_all(store, Enrolment, "unit_id", unit_id)
    return any(_has_days(each, day) for each in here) or any(
        _has_days(each, day) and unit_on(each, day, datetime.date.max) == unit_id
        for each in _moving_away(store, unit_id, day)
    )


def _has_days(enrolment: Enrolment, day: datetime.date) -> bool:
    return enrolment.is_active and day <= enrolment.cover.last_day


def _moving_away(store: Store, unit_id: str, day: datetime.date) -> Iterator[Enrolment]:
    """Enrolments that an accepted transfer takes away from a unit after a day."""
    keys = [
        key_of(each.scheme_id, each.period_id, each.member_id)
        for each in read_all(store, Transfer, "from_unit", unit_id)
        if each.state is TransferState.ACCEPTED and day < each.moves_on
    ]
    for first in range(0, len(keys), PAGE_ROWS_MAX):
        yield from read_many(store, Enrolment, keys[first : first + PAGE_ROWS_MAX]).values()
