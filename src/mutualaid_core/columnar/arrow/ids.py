"""Ids (编号) of frames: texts or whole numbers, as numbers from 0 and as ranks."""

from typing import Final

import attrs
import numpy
import pyarrow
import pyarrow.compute

from mutualaid_core.columnar.arithmetic.exact import Array
from mutualaid_core.columnar.arrow.reading import (
    Column,
    Table,
    cast,
    column_of,
    decoded,
    filled,
    refuse_gaps,
    told,
    whole,
)
from mutualaid_core.columnar.tables import hashes, places
from mutualaid_core.errors import InvalidValueError

_SIGN: Final = numpy.uint64(1 << 63)


@attrs.frozen(kw_only=True, eq=False)
class Numbers:
    """Ids and their numbers.

    Attributes:
        columns: Arrow arrays in which the ids stand.
        firsts: For each id a row of these arrays, one after the other, that holds it.
        numbers: The number of each of these ids.
    """

    columns: tuple[Column, ...] = attrs.field(repr=False)
    firsts: Array
    numbers: Array

    @property
    def ids(self) -> Column:
        """Each id once."""
        return _taken(self.columns, self.firsts)

    def of(self, name: str, column: Column) -> Array:
        """The number of each id of a column of that name; -1 for one that is not there.

        Raises:
            InvalidValueError: The ids are of another kind.
        """
        own, ids = alike(name, column, self.ids)
        at = pyarrow.compute.index_in(own, value_set=ids).fill_null(-1).to_numpy()
        found: Array = numpy.append(self.numbers, numpy.int32(-1))[at]
        return found


def ids_told(table: Table, name: str) -> Column:
    """A column of ids with one in every row.

    Raises:
        InvalidValueError: It is not there, has a gap, or holds neither texts nor whole numbers.
    """
    return _plain(name, told(table, name))


def ids_or_none(table: Table, name: str) -> Column:
    """A column of ids that may have gaps.

    Raises:
        InvalidValueError: It is not there, or holds neither texts nor whole numbers.
    """
    return _plain(name, decoded(column_of(table, name)))


def _plain(name: str, column: Column) -> Column:
    """Ids in a type with which Arrow can do everything; without any id the type says nothing."""
    kind = column.type
    if pyarrow.types.is_string_view(kind):
        return cast(name, column, pyarrow.large_string())
    if pyarrow.types.is_binary_view(kind):
        return cast(name, column, pyarrow.large_binary())
    if not (pyarrow.types.is_integer(kind) or _is_text(kind) or pyarrow.types.is_null(kind)):
        raise InvalidValueError(name, "must be a column of texts or of whole numbers", str(kind))
    return column


def _is_text(kind: pyarrow.DataType) -> bool:
    types = pyarrow.types
    return any(
        is_kind(kind)
        for is_kind in (
            types.is_string,
            types.is_large_string,
            types.is_binary,
            types.is_large_binary,
            types.is_fixed_size_binary,
        )
    )


def alike(name: str, own: Column, other: Column) -> tuple[Column, Column]:
    """Two columns of ids in one type; a text is never taken for a number.

    Raises:
        InvalidValueError: One holds texts and the other numbers, or numbers that have no type in common.
    """
    if own.type == other.type:
        return own, other
    if _is_empty(other):
        return own, _without_ids(own, len(other))
    if _is_empty(own):
        return _without_ids(other, len(own)), other
    if pyarrow.types.is_integer(own.type) and pyarrow.types.is_integer(other.type):
        return cast(name, own, pyarrow.int64()), cast(name, other, pyarrow.int64())
    if not (_is_text(own.type) and _is_text(other.type)):
        rule = "must be of one kind in all frames, texts or whole numbers"
        raise InvalidValueError(name, rule, f"{own.type} and {other.type}")
    if pyarrow.types.is_large_string(own.type):
        return own, cast(name, other, own.type)
    return cast(name, own, other.type), other


def _is_empty(column: Column) -> bool:
    return bool(column.null_count == len(column))


def _without_ids(like: Column, length: int) -> Column:
    return pyarrow.nulls(length, like.type)


def numbered(first: Column, second: Column, *, threads: int = 1) -> tuple[Numbers, Array, Array]:
    """Numbers for the person ids of two columns, and both columns in numbers.

    Raises:
        InvalidValueError: The ids of one are texts, and of the other numbers.
    """
    own, other = alike("person_id", _ids_of("person_id", first), _ids_of("person_id", second))
    numbers, of_other, of_own = numbers_of(other, own, threads=threads)
    return numbers, of_own, of_other


def _ids_of(name: str, column: Column) -> Column:
    plain = decoded(whole(column))
    refuse_gaps(name, plain)
    return _plain(name, plain)


def numbers_of(first: Column, second: Column, *, threads: int = 1) -> tuple[Numbers, Array, Array]:
    """Numbers for the ids of two Arrow arrays of one type without nulls, and both in numbers."""
    columns = (first, second)
    ids = hashes.ids_of(columns)
    if ids is None:
        numbers, number = numbers_of_few(pyarrow.concat_arrays(columns))
        return numbers, number[: len(first)], number[len(first) :]
    found = places.numbered(*ids, threads=threads)
    # Few are left over: those that nobody knows in the first column, and those without a place.
    left = numpy.flatnonzero(found.first < 0)
    strange = numpy.flatnonzero(found.second < 0)
    rest = numpy.concatenate([left, strange + len(first)])
    firsts, own = found.firsts, found.numbers
    if len(rest):
        place = _taken(columns, rest).dictionary_encode().indices.to_numpy()
        place = place + numpy.int32(found.count)
        new, at = numpy.unique(place, return_index=True)
        found.first[left] = place[: len(left)]
        found.second[strange] = place[len(left) :]
        firsts, own = numpy.append(firsts, rest[at]), numpy.append(own, new)
    return Numbers(columns=columns, firsts=firsts, numbers=own), found.first, found.second


def numbers_of_few(column: Column) -> tuple[Numbers, Array]:
    """Numbers for the ids of an Arrow array without nulls, by a table, as is best for few of them."""
    encoded = column.dictionary_encode()
    ids = encoded.dictionary
    rows = numpy.arange(len(ids), dtype=numpy.int32)
    return Numbers(columns=(ids,), firsts=rows, numbers=rows), encoded.indices.to_numpy()


def _taken(columns: tuple[Column, ...], rows: Array) -> Column:
    return pyarrow.chunked_array(columns).take(pyarrow.array(rows)).combine_chunks()


def ranks(table: Table, name: str) -> Array:
    """Ranks of the ids of a column: whole numbers go by their size, texts by their characters; int64.

    Raises:
        InvalidValueError: An id is missing, stands twice, or is neither text nor whole number.
    """
    column = ids_told(table, name)
    found, order = _by_size(column) if pyarrow.types.is_integer(column.type) else _by_characters(column)
    if order is not None and bool((order[1:] == order[:-1]).any()):
        again = numpy.ones(len(found), dtype=bool)
        again[numpy.unique(found, return_index=True)[1]] = False
        raise InvalidValueError(name, "must be there once", f"again in row {numpy.argmax(again)}")
    return found


def _by_size(numbers: Column) -> tuple[Array, Array | None]:
    """Ranks of whole numbers, and in order; ``None`` where they rise already."""
    found = _signed(numbers.to_numpy())
    return found, None if bool((found[1:] > found[:-1]).all()) else numpy.sort(found)


def _by_characters(texts: Column) -> tuple[Array, Array | None]:
    """Ranks of texts, and in order; ``None`` where they rise already."""
    found = numpy.arange(len(texts), dtype=numpy.int64)
    if len(texts) < 2 or _rises(texts):  # noqa: PLR2004  # one id is in order
        return found, None
    rows = pyarrow.compute.sort_indices(texts).to_numpy()
    order = numpy.cumsum(filled(_new(texts.take(pyarrow.array(rows))), 1), dtype=numpy.int64)
    found[rows] = order
    return found, order


def _signed(numbers: Array) -> Array:
    """Whole numbers in 64 bits with a sign, in the same order."""
    if numbers.dtype == numpy.uint64:
        return (numbers ^ _SIGN).view(numpy.int64)
    return numbers.astype(numpy.int64, copy=False)


def _rises(ids: Column) -> bool:
    return bool(pyarrow.compute.all(pyarrow.compute.less(ids[:-1], ids[1:])).as_py())


def _new(ids: Column) -> Column:
    """Whether each of *ids*, which are in order, differs from the one before it."""
    differs = pyarrow.compute.not_equal(ids[1:], ids[:-1]).cast(pyarrow.int8())
    return pyarrow.concat_arrays([pyarrow.array([0], pyarrow.int8()), differs])
