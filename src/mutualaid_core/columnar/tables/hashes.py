"""Hashes (散列) of ids: ids as records of one length, and a number mixed from all their bytes.

A hash says where to look for an id, and no more: ids are always compared in full.
"""

from typing import Any, Final

import attrs
import numpy
import pyarrow
import pyarrow.compute

from mutualaid_core.columnar.arithmetic.exact import Array

Column = Any  # a column of Arrow, which comes without types

WORD: Final = 8
"""Bytes of a word."""

LENGTH_MAX: Final = 64
"""Longer ids have no records, for filling shorter ones up to them would cost more than it saves."""

_FACTORS: Final = tuple(
    numpy.uint64((0x9E3779B97F4A7C15 + place * 0x84A5B3DC4FA97E2E) % 2**64)
    for place in range(LENGTH_MAX // WORD + 1)
)
"""One for each word, so that ids in which words change places have different hashes."""

_LAST: Final = numpy.uint64(0x165667B19E3779F9)
_SHIFT: Final = numpy.uint64(29)


@attrs.frozen(eq=False, repr=False)
class Ids:
    """Ids as records of one length.

    Attributes:
        records: The bytes of each id, at least a word of them; shape (n,).
        lengths: int32: how many bytes the id has; ``None`` where no record is filled up.
    """

    records: Array
    lengths: Array | None = None

    def __len__(self) -> int:
        """Number of ids."""
        return len(self.records)

    def among(self, rows: slice | Array) -> "Ids":
        """The ids of some rows, each of which must be there."""
        if isinstance(rows, slice):
            return Ids(self.records[rows], None if self.lengths is None else self.lengths[rows])
        lengths = None if self.lengths is None else self.lengths.take(rows, mode="clip")
        return Ids(self.records.take(rows, mode="clip"), lengths)

    def copied(self) -> "Ids":
        """The same ids in memory of their own.

        For large arrays NumPy asks the system for large pages, which halves the time of reading
        here and there.
        """
        return Ids(self.records.copy(), self.lengths)

    def words(self) -> list[Array]:
        """The records as words of 64 bits, one array a word; the last two may overlap."""
        width = self.records.dtype.itemsize
        shape, starts = (len(self),), [*range(0, width - WORD, WORD), width - WORD]
        if not len(self):
            words = [numpy.empty(0, dtype=numpy.uint64) for _ in starts]
        else:
            # Copied, for every further step is slower on words that stand apart.
            words = [
                numpy.ndarray(shape, numpy.uint64, self.records, start, (width,)).copy() for start in starts
            ]
        return words if self.lengths is None else [*words, self.lengths.astype(numpy.uint64)]


def mixed(words: list[Array]) -> Array:
    """A hash of the words of each id, uint64, whose upper bits hang on every bit of them."""
    found = words[0] * _FACTORS[0]
    part = numpy.empty_like(found)
    for word, factor in zip(words[1:], _FACTORS[1:], strict=False):
        found += numpy.multiply(word, factor, out=part)
    found ^= numpy.right_shift(found, _SHIFT, out=part)
    found *= _LAST
    return found


def differ(first: list[Array], second: list[Array]) -> Array:
    """Where the words of two columns of as many ids differ: bool."""
    found: Array = first[0] != second[0]
    for own, other in zip(first[1:], second[1:], strict=True):
        found |= own != other
    return found


def ids_of(columns: tuple[Column, Column]) -> tuple[Ids, Ids] | None:
    """Two Arrow arrays of one type, without nulls, as records of one length; ``None`` for other ids."""
    kind = columns[0].type
    if pyarrow.types.is_integer(kind):
        first, second = (_of_numbers(column) for column in columns)
        return first, second
    if not (pyarrow.types.is_string(kind) or pyarrow.types.is_large_string(kind)):
        return None
    lengths = [pyarrow.compute.binary_length(column).to_numpy() for column in columns]
    told = [each for each in lengths if len(each)]
    width = max((int(each.max()) for each in told), default=0)
    if width > LENGTH_MAX:
        return None
    if width >= WORD and min(int(each.min()) for each in told) == width:
        first, second = (Ids(_records(column, width)) for column in columns)
        return first, second
    width = max(width, WORD)
    first, second = (
        Ids(_records(pyarrow.compute.ascii_rpad(column, width=width, padding="\0"), width), length)
        for column, length in zip(columns, lengths, strict=True)
    )
    return first, second


def _of_numbers(column: Column) -> Ids:
    numbers = numpy.ascontiguousarray(column.cast(pyarrow.int64(), safe=False).to_numpy())
    return Ids(numbers.view(f"V{WORD}"))


def _records(column: Column, width: int) -> Array:
    """The bytes of texts that are all *width* bytes long, read where they stand."""
    kind = numpy.dtype(f"V{width}")
    if not len(column):
        return numpy.empty(0, dtype=kind)
    _, offsets, data = column.buffers()
    place = numpy.int64 if pyarrow.types.is_large_string(column.type) else numpy.int32
    begin = int(numpy.frombuffer(offsets, dtype=place)[column.offset])
    return numpy.frombuffer(data, dtype=kind, count=len(column), offset=begin)
