"""Hashes (散列) of ids: equal ids get equal numbers, and different ids different ones.

Each id comes as some words of 64 bits. They are mixed into a hash, and the hashes are sorted,
which is several times as fast as looking each id up in a table. Then each id is compared with the
first one of its hash, so that nothing rests on hashes being different.
"""

from typing import Any, Final

import numpy

from mutualaid_core.columnar.arithmetic.exact import Array

Column = Any  # a column of Arrow, which comes without types

WORD: Final = 8
"""Bytes of a word."""

_FACTORS: Final = tuple(
    numpy.uint64(each) for each in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)
)
_SHIFT: Final = numpy.uint64(29)

_BLOCK: Final = 65_536


def by_hash(words: tuple[list[Array], list[Array]]) -> tuple[Array, Array]:
    """A number for the hash of each row, and the first row of each number."""
    lengths = [len(each[0]) for each in words]
    total = sum(lengths)
    bits = max(total - 1, 1).bit_length()
    low = (1 << bits) - 1
    packed = numpy.empty(total, dtype=numpy.uint64)
    _pack(words[0], packed[: lengths[0]], 0, low)
    _pack(words[1], packed[lengths[0] :], lengths[0], low)
    packed.sort()
    rows = numpy.empty(total, dtype=numpy.int32)
    numpy.bitwise_and(packed, numpy.uint64(low), out=rows, casting="unsafe")
    packed >>= numpy.uint64(bits)
    new = numpy.ones(total, dtype=bool)
    numpy.not_equal(packed[1:], packed[:-1], out=new[1:])
    del packed
    number = numpy.empty(total, dtype=numpy.int32)
    places = numpy.cumsum(new, dtype=numpy.int32)
    places -= numpy.int32(1)
    number[rows] = places
    return number, rows[new]


def _pack(words: list[Array], into: Array, first: int, low: int) -> None:
    """Write the hash of each row and, into the bits of *low*, its number from *first* on.

    Hash and row in one number: sorting values is much faster than sorting places.
    """
    upper = numpy.uint64(~low & (2**64 - 1))
    for start in range(0, len(into), _BLOCK):
        part = into[start : start + _BLOCK]
        _mix([word[start : start + _BLOCK] for word in words], part)
        part &= upper
        part |= numpy.arange(first + start, first + start + len(part), dtype=numpy.uint64)


def _mix(words: list[Array], into: Array) -> None:
    """Write a hash of the words of each row, whose upper bits hang on every bit of them."""
    into[:] = 0
    for at, word in enumerate(words):
        into ^= word
        into *= _FACTORS[at % len(_FACTORS)]
        into ^= into >> _SHIFT
    into *= _FACTORS[-1]


def strange_among(words: tuple[list[Array], list[Array]], number: Array, firsts: Array) -> Array:
    """The rows whose id is not that of the first row of their number."""
    length = len(words[0][0])
    differs = numpy.zeros(len(number), dtype=bool)
    # Rows are in order within a hash, so that few first rows stand in the second column.
    later = numpy.flatnonzero(firsts >= length)
    for own, other in zip(*words, strict=True):
        first = numpy.take(own, firsts, mode="clip") if length else numpy.empty_like(firsts, numpy.uint64)
        first[later] = other[firsts[later] - length]
        differs[:length] |= numpy.take(first, number[:length]) != own
        differs[length:] |= numpy.take(first, number[length:]) != other
    return numpy.flatnonzero(differs)


def words_of_texts(column: Column, width: int) -> list[Array]:
    """Words of texts that are all *width* bytes long, read where they stand; the last two may overlap."""
    starts = [*range(0, width - WORD, WORD), width - WORD]
    if not len(column):
        return [numpy.empty(0, dtype=numpy.uint64) for _ in starts]
    _, offsets, data = column.buffers()
    kind = numpy.int64 if str(column.type) == "large_string" else numpy.int32
    begin = int(numpy.frombuffer(offsets, dtype=kind)[column.offset])
    return [
        numpy.ndarray((len(column),), numpy.uint64, data, offset=begin + start, strides=(width,))
        for start in starts
    ]
