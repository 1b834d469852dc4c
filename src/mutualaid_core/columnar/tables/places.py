"""Places (位置) of ids in a table: equal ids get equal numbers, and different ids different ones.

A hash tells the place of each id in a table. All ids of a column are written at once, and read
back: who finds its own id there is done, and the few others try their next place. So each step is
one pass over a column, and nothing is sorted. Every id is compared in full with the one that is
found, so that nothing rests on hashes being different.
"""

from collections.abc import Callable, Iterator
from typing import Final, TypeVar

import attrs
import numpy

from mutualaid_core.columnar.arithmetic.exact import Array
from mutualaid_core.columnar.blocks import cut, in_turn
from mutualaid_core.columnar.tables.hashes import Ids, differ, mixed

Found = TypeVar("Found")

_BLOCK: Final = 32_768
"""Rows of a block: few enough for the cache, and enough that threads seldom wait for each other."""

_PIECE: Final = 4 * _BLOCK
"""Rows that a thread takes at a time."""

_ROUNDS: Final = 16
"""Places that an id may try: ids that were made to meet must not cost a round each."""

_NONE: Final = -1


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Numbered:
    """Two columns of ids in numbers.

    Attributes:
        first: int32: the number of each id of the first column; -1 where it found no place.
        second: int32: the number of each id of the second column; -1 where it was not found.
        firsts: int64: for each id that has a number, a row of the first column that holds it.
        numbers: int32: the number of each of these ids; they rise.
        count: All numbers are below this one.
    """

    first: Array
    second: Array
    firsts: Array
    numbers: Array
    count: int


@attrs.frozen(kw_only=True, eq=False, repr=False)
class _Search:
    """Rows on their way to the row of the first column that holds the same id.

    Attributes:
        ids: The first column.
        table: int32: its rows by place; -1 where a place is free.
        own: The column that is searched for.
        holder: int32: for each row of it what was found; -1 for nothing.
        threads: Threads that search side by side.
    """

    ids: Ids
    table: Array
    own: Ids
    holder: Array
    threads: int

    def look(self, slots: Array | None, rows: Array | None = None) -> tuple[Array, Array]:
        """Look in one place for each row.

        Args:
            slots: The places; ``None`` for the first place of each id.
            rows: The rows; ``None`` for all.

        Returns:
            The rows that met another id in their place, and those places.
        """
        block_of = self._read_back if self.own is self.ids else self._look_up

        def work(piece: slice) -> list[tuple[Array, Array]]:
            found = []
            for block in cut(piece, _BLOCK):
                which = block if rows is None else rows[block]
                found.append(block_of(which, None if slots is None else slots[block]))
            return found

        length = len(self.own) if rows is None else len(rows)
        met = [each for found in _pieces(length, work, self.threads) for each in found]
        none = (numpy.empty(0, dtype=numpy.int32), numpy.empty(0, dtype=numpy.uint32))
        others, places = (numpy.concatenate(each) for each in zip(none, *met, strict=True))
        return others, places

    def _look_up(self, rows: slice | Array, slots: Array | None) -> tuple[Array, Array]:
        own = self.own.among(rows).words()
        at = first_places(own, len(self.table)) if slots is None else slots
        holder = self.table.take(at, mode="clip")
        differs = differ(own, self.ids.among(holder).words())
        free = holder < 0
        # Minus one has every bit: this writes it where nothing was found.
        holder |= numpy.negative((differs | free).view(numpy.int8))
        self.holder[rows] = holder
        met = numpy.flatnonzero(differs > free)
        return _numbers(rows)[met], at[met]

    def _read_back(self, rows: slice | Array, slots: Array | None) -> tuple[Array, Array]:
        """As above where every row has written to its place, so that most find themselves."""
        at = self._first(rows) if slots is None else slots
        holder = self.table.take(at, mode="clip")
        own = _numbers(rows)
        asked = numpy.flatnonzero(holder != own)
        others = own[asked]
        differs = differ(self.ids.among(others).words(), self.ids.among(holder[asked]).words())
        met = asked[differs]
        holder[met] = _NONE
        self.holder[rows] = holder
        return own[met], at[met]

    def _first(self, rows: slice | Array) -> Array:
        return first_places(self.own.among(rows).words(), len(self.table))

    def write(self) -> Array:
        """Write each row into the first place of its id, and give these places."""
        slots = numpy.empty(len(self.own), dtype=numpy.uint32)

        def work(piece: slice) -> slice:
            for block in cut(piece, _BLOCK):
                slots[block] = self._first(block)
            return piece

        # Threads that wrote at once would leave it to chance whose row stays.
        for piece in _pieces(len(slots), work, self.threads):
            for block in cut(piece, _BLOCK):
                self.table[slots[block]] = _numbers(block)
        return slots


def numbered(first: Ids, second: Ids, *, threads: int = 1) -> Numbered:
    """Numbers for the ids of the first column, and the second column in these numbers.

    An id that stands in the second column only has no number. Nor has one that met others in
    every place that it tried: then it has none in any row of either column.

    Args:
        first: One column.
        second: The other.
        threads: Threads that search side by side; the numbers are the same for any number of them.
    """
    ids = first.copied()
    table = numpy.full(1 << (2 * len(ids) + 1).bit_length(), _NONE, dtype=numpy.int32)
    holder, found = (numpy.full(len(each), _NONE, dtype=numpy.int32) for each in (ids, second))
    _place(_Search(ids=ids, table=table, own=ids, holder=holder, threads=threads))
    if len(ids):
        _find(_Search(ids=ids, table=table, own=second, holder=found, threads=threads))
    del table, ids
    own = holder == _numbers(slice(0, len(holder)))
    firsts = numpy.flatnonzero(own)
    if 2 * len(firsts) >= len(own):
        # Few numbers stay unused, so that a row may be the number.
        numbers, count = firsts.astype(numpy.int32), len(own)
    else:
        numbers, count = numpy.arange(len(firsts), dtype=numpy.int32), len(firsts)
        _rename((holder, found), own, threads)
    return Numbered(first=holder, second=found, firsts=firsts, numbers=numbers, count=count)


def first_places(words: list[Array], size: int) -> Array:
    """The first place of each id in a table of *size* places, a power of 2 from 2 to 2**32."""
    hashes = mixed(words)
    hashes >>= numpy.uint64(65 - size.bit_length())
    return hashes.astype(numpy.uint32)


def _place(search: _Search) -> None:
    """Put the ids of a column into the empty table, and note the row that stands for each."""
    table = search.table
    rows, slots = search.look(search.write())
    for step in range(1, _ROUNDS):
        if not len(rows):
            return
        _go_on(slots, step, table)
        free = table.take(slots, mode="clip") < 0
        table[slots[free]] = rows[free]
        rows, slots = search.look(slots, rows)


def _find(search: _Search) -> None:
    """Look for the ids of a column in the table, and note the row that stands for each."""
    rows, slots = search.look(None)
    for step in range(1, _ROUNDS):
        if not len(rows):
            return
        _go_on(slots, step, search.table)
        rows, slots = search.look(slots, rows)


def _go_on(slots: Array, step: int, table: Array) -> None:
    """Go to the next places; steps that grow lead past each place of a table of this size."""
    slots += numpy.uint32(step)
    slots &= numpy.uint32(len(table) - 1)


def _numbers(rows: slice | Array) -> Array:
    return numpy.arange(rows.start, rows.stop, dtype=numpy.int32) if isinstance(rows, slice) else rows


def _rename(columns: tuple[Array, ...], own: Array, threads: int) -> None:
    """Put numbers without gaps into the place of rows; *own* says which rows stand for an id."""
    rank = numpy.empty(len(own) + 1, dtype=numpy.int32)
    numpy.cumsum(own, dtype=numpy.int32, out=rank[:-1])
    rank -= numpy.int32(1)
    # Row -1, which is nobody's, is the last one of it.
    rank[-1] = _NONE
    for column in columns:

        def work(piece: slice, rows: Array = column) -> None:
            for block in cut(piece, _BLOCK):
                rows[block] = rank.take(rows[block], mode="wrap")

        for _ in _pieces(len(column), work, threads):
            pass


def _pieces(length: int, work: Callable[[slice], Found], threads: int) -> Iterator[Found]:
    """What *work* gives for each piece of so many rows, in order."""
    whole = slice(0, length)
    return in_turn(cut(whole, _PIECE), work, threads if length > _PIECE else 1)
