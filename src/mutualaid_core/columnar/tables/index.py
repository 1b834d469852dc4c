"""Index of covers (参保索引): in which cover a day of a person lies."""

from typing import Final

import attrs
import numpy

from mutualaid_core.columnar.arithmetic.exact import Array
from mutualaid_core.columnar.tables.columns import Claims, Covers
from mutualaid_core.columnar.tables.slots import Slots, are_sparse, of_covers
from mutualaid_core.errors import InvalidValueError

_FAR: Final = 2**31 - 1

_FEW: Final = 8
"""So many comparisons are faster than a binary search."""


@attrs.frozen(kw_only=True, eq=False)
class CoverIndex:
    """Where to find the cover in which a day of a person lies.

    Most files hold one cover a person and period, and periods that follow each other. Then the
    day tells the period and a table of persons and periods tells the cover; else covers are
    searched by person and day.

    Attributes:
        covers: All covers.
        slots: Numbers of persons and periods.
        starts: First day of any cover of each period but the earliest, rising; ``None`` where
            covers must be searched.
        table: Row of the cover by person and period, in the order of ``starts``; -1 for none.
            Or the rows by person and first day.
        keys: Person and first day of those rows in one number; empty where the table is asked.
        own: Slot of each cover, where slots are those of covers alone; else ``None``.
    """

    covers: Covers
    slots: Slots
    starts: Array | None
    table: Array
    keys: Array
    own: Array | None = None

    @property
    def persons(self) -> int:
        """Number of persons."""
        return self.slots.persons


def index_of(claims: Claims, covers: Covers) -> CoverIndex:
    """The index of *covers*.

    Raises:
        InvalidValueError: Two covers of one person share a day.
    """
    persons = 1 + max((int(part.person.max()) for part in (claims, covers) if len(part)), default=-1)
    periods = 1 + (int(covers.period.max()) if len(covers) else 0)
    if are_sparse(covers, persons, periods):
        slots, own = of_covers(covers, persons, periods)
        return _searched(covers, slots, own)
    starts, places = _windows(covers, periods)
    slots = Slots(persons=persons, periods=periods, places=places)
    if starts is not None:
        table = _table(covers, places, slots.size)
        # Fewer rows in the table than covers: one person has two of them in one period.
        if numpy.count_nonzero(table >= 0) == len(covers):
            none = numpy.empty(0, dtype=numpy.int64)
            return CoverIndex(covers=covers, slots=slots, starts=starts, table=table, keys=none)
    return _searched(covers, Slots(persons=persons, periods=periods, places=numpy.arange(periods)))


def _table(covers: Covers, places: Array, size: int) -> Array:
    slot = numpy.multiply(covers.person, len(places), dtype=numpy.int64)
    in_order = bool((places == numpy.arange(len(places))).all())
    slot += covers.period if in_order else places[covers.period]
    table = numpy.full(size, -1, dtype=numpy.int32)
    table[slot] = numpy.arange(len(covers), dtype=numpy.int32)
    return table


def _windows(covers: Covers, periods: int) -> tuple[Array | None, Array]:
    """First days of the periods but the earliest, if none begins before another ends; their places."""
    first = numpy.full(periods, _FAR, dtype=numpy.int32)
    last = numpy.full(periods, -_FAR, dtype=numpy.int32)
    numpy.minimum.at(first, covers.period, covers.first_day)
    numpy.maximum.at(last, covers.period, covers.last_day)
    order = numpy.argsort(first, kind="stable")
    apart = bool((last[order][:-1] < first[order][1:]).all())
    return (first[order][1:] if apart else None), numpy.argsort(order)


def _searched(covers: Covers, slots: Slots, own: Array | None = None) -> CoverIndex:
    keys = _key(covers.person, covers.first_day)
    rows = numpy.argsort(keys, kind="stable")
    keys, last = keys[rows], covers.last_day[rows]
    same = covers.person[rows][1:] == covers.person[rows][:-1]
    within = same & (covers.first_day[rows][1:] <= last[:-1])
    if within.any():
        rule = "must lie after the person's other covers have ended"
        raise InvalidValueError("first_day", rule, f"an earlier day in row {rows[1:][within].min()}")
    return CoverIndex(covers=covers, slots=slots, starts=None, table=rows, keys=keys, own=own)


def _key(person: Array, day: Array) -> Array:
    found: Array = (person.astype(numpy.int64) << 32) | (day.astype(numpy.int64) + 2**31)
    return found


def cover_on(index: CoverIndex, person: Array, day: Array) -> tuple[Array, Array, Array | None]:
    """The cover in which each *day* lies.

    Args:
        index: The covers.
        person: Number of the person of each claim.
        day: int32: its day.

    Returns:
        Row of the cover, any row where there is none; number of the person and period in one,
        int64; and where there is a cover at all that may hold the day, ``None`` for everywhere.
    """
    if index.starts is None:
        return _search(index, person, day)
    slot = numpy.multiply(person, index.slots.periods, dtype=numpy.int64)
    if len(index.starts) > _FEW:
        slot += numpy.searchsorted(index.starts, day, side="right")
    else:
        for start in index.starts:
            slot += day >= int(start)
    row = numpy.take(index.table, slot, mode="clip")
    return row, slot, row >= 0


def _search(index: CoverIndex, person: Array, day: Array) -> tuple[Array, Array, Array | None]:
    at = numpy.searchsorted(index.keys, _key(person, day), side="right") - 1
    if not len(index.keys):
        nothing = numpy.zeros(len(person), dtype=numpy.int64)
        return nothing, nothing, numpy.zeros(len(person), dtype=bool)
    row = numpy.take(index.table, at, mode="clip")
    found = (at >= 0) & (index.covers.person[row] == person)
    if index.own is not None:
        return row, numpy.where(found, index.own[row], index.slots.nowhere), found
    slot = person.astype(numpy.int64) * index.slots.periods + index.covers.period[row]
    return row, slot, found


def members(index: CoverIndex) -> Array:
    """Which persons have any cover: bool, one a person."""
    known = numpy.zeros(max(index.persons, 1), dtype=bool)
    known[index.covers.person] = True
    return known
