"""Ids (编号): numbers for the ids of persons, equal where and only where the ids are.

Ids come as rows of whole numbers of 64 bits: a number is one, a text of equal length a few. A
table with open places finds equal rows, all rows at once: each writes its number into the place
that its hash names, reads who stands there, and those who find a stranger try the next place.
"""

from typing import Final

import numpy

from mutualaid_core.columnar.arithmetic.exact import Array

_ODD: Final = 0x9E3779B97F4A7C15
_MIX: Final = 0xBF58476D1CE4E5B9


def numbers_of_ids(known: Array, asked: Array) -> tuple[Array, Array]:
    """Numbers for two lists of ids.

    Args:
        known: uint64, shape (n, w): ids that get numbers.
        asked: uint64, shape (m, w): ids that are looked up among them.

    Returns:
        For each known id the row of one that is equal, the same for all of these; for each
        asked id that row, or n where it is not known. int64.
    """
    bits = max((2 * len(known)).bit_length(), 1)
    hashes = _hashes(known) >> numpy.uint64(64 - bits)
    table = numpy.full(1 << bits, -1, dtype=numpy.int32)
    found = _settle(known, hashes.astype(numpy.intp), table)
    return found, _look_up(known, asked, (_hashes(asked) >> numpy.uint64(64 - bits)).astype(numpy.intp), table)


def _hashes(ids: Array) -> Array:
    mixed = ids[:, 0] * numpy.uint64(_ODD)
    for place in range(1, ids.shape[1]):
        mixed ^= mixed >> numpy.uint64(29)
        mixed *= numpy.uint64(_MIX)
        mixed += ids[:, place]
        mixed *= numpy.uint64(_ODD)
    mixed ^= mixed >> numpy.uint64(32)
    mixed *= numpy.uint64(_MIX)
    return mixed


def _settle(ids: Array, place: Array, table: Array) -> Array:
    """Let every id find its place in *table*, which then holds the row of one of its equals."""
    found = numpy.empty(len(ids), dtype=numpy.int64)
    rows = numpy.arange(len(ids))
    while len(rows):
        held = table[place]
        free = held < 0
        table[place[free]] = rows[free]
        held = table[place].astype(numpy.int64)
        same = _equal(ids, held, ids, rows)
        found[rows[same]] = held[same]
        rows, place = rows[~same], (place[~same] + 1) & (len(table) - 1)
    return found


def _look_up(ids: Array, asked: Array, place: Array, table: Array) -> Array:
    """The row that *table* holds for each asked id; the number of rows where it holds none."""
    found = numpy.full(len(asked), len(ids), dtype=numpy.int64)
    rows = numpy.arange(len(asked))
    while len(rows):
        held = table[place].astype(numpy.int64)
        there = held >= 0
        rows, place, held = rows[there], place[there], held[there]
        same = _equal(ids, held, asked, rows)
        found[rows[same]] = held[same]
        rows, place = rows[~same], (place[~same] + 1) & (len(table) - 1)
    return found


def _equal(first: Array, first_rows: Array, second: Array, second_rows: Array) -> Array:
    same = first[first_rows, 0] == second[second_rows, 0]
    for place in range(1, first.shape[1]):
        same &= first[first_rows, place] == second[second_rows, place]
    return same
