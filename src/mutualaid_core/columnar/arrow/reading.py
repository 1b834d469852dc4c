"""Reading (读列): single columns of frames as arrays; what a column cannot hold is refused by its name."""

from typing import Any, Final

import narwhals
import numpy
import pyarrow
import pyarrow.compute

from mutualaid_core.columnar.arithmetic.exact import Array
from mutualaid_core.errors import InvalidValueError

Frame = Any  # a frame of whichever library the caller uses; narwhals refuses what is none
Column = Any  # a column of Arrow, which comes without types
Table = Any  # a table of Arrow, likewise

TOLD: Final = "must be given in every row"


def arrow_of(frame: Frame) -> Table:
    """A frame as an Arrow table; a batch of records is a frame too.

    Raises:
        InvalidValueError: It is no frame, a column stands twice, or mixes types.
    """
    table = _arrow_of(frame)
    names = table.column_names
    if len(set(names)) < len(names):
        doubled = next(name for name in names if names.count(name) > 1)
        raise InvalidValueError(doubled, "must be a column once", names.count(doubled))
    return table


def _arrow_of(frame: Frame) -> Table:
    if isinstance(frame, pyarrow.Table):
        return frame
    if isinstance(frame, pyarrow.RecordBatch):
        return pyarrow.Table.from_batches([frame])
    try:
        known = narwhals.from_native(frame)
    except TypeError as error:
        raise InvalidValueError("frame", "must be a frame or a table", type(frame).__name__) from error
    eager = known.collect() if isinstance(known, narwhals.LazyFrame) else known
    try:
        return eager.to_arrow()
    except pyarrow.ArrowException as error:
        # Arrow quotes the value that it could not turn, which may be a person's.
        raise InvalidValueError("frame", "must hold one type in each column", type(frame).__name__) from error


def column_of(table: Table, name: str) -> Column:
    """A column in one piece.

    Raises:
        InvalidValueError: It is not there.
    """
    if name not in table.column_names:
        raise InvalidValueError(name, "must be a column", ", ".join(table.column_names))
    return whole(table[name])


def whole(column: Column) -> Column:
    """A column in one piece."""
    if not isinstance(column, pyarrow.ChunkedArray):
        return column
    # Arrow would copy a single chunk too.
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def told(table: Table, name: str) -> Column:
    """A column in one piece, without a dictionary, and with a value in every row.

    Raises:
        InvalidValueError: It is not there, or has a gap.
    """
    column = decoded(column_of(table, name))
    refuse_gaps(name, column)
    return column


def refuse_gaps(name: str, column: Column) -> None:
    """Refuse a column with a gap.

    Raises:
        InvalidValueError: A row has no value.
    """
    if column.null_count:
        raise InvalidValueError(name, TOLD, f"none in {first_row(filled(column.is_null(), gap=True))}")


def first_row(where: Array) -> str:
    """How the first row of some is named; rows are counted from 0."""
    return f"row {int(numpy.argmax(where))}"


def decoded(column: Column) -> Column:
    """A column without a dictionary."""
    return column.dictionary_decode() if pyarrow.types.is_dictionary(column.type) else column


def filled(column: Column, gap: int) -> Array:
    """A column as an array, with *gap* where it has no value."""
    full = column.fill_null(gap) if column.null_count else column
    found: Array = full.to_numpy(zero_copy_only=False)
    return found


def cast(name: str, column: Column, kind: pyarrow.DataType) -> Column:
    """A column in another type.

    Raises:
        InvalidValueError: A value has no place in it.
    """
    try:
        return decoded(column).cast(kind)
    except (pyarrow.ArrowInvalid, pyarrow.ArrowNotImplementedError) as error:
        # Arrow quotes the value that it could not turn, which may be a person's.
        raise InvalidValueError(name, f"must be a column of {kind}", str(column.type)) from error


def days(table: Table, name: str) -> Array:
    """A column of days, int32.

    Raises:
        InvalidValueError: It is not there, has a gap, or holds no days.
    """
    column = column_of(table, name)
    refuse_gaps(name, column)
    return filled(_dates(name, column), -1)


def days_told(table: Table, name: str, gap: int) -> Array | None:
    """A column of days, int32, with *gap* where none is told; ``None`` where it is not there.

    Raises:
        InvalidValueError: It holds no days.
    """
    if name not in table.column_names:
        return None
    return filled(_dates(name, column_of(table, name)), gap)


def _dates(name: str, column: Column) -> Column:
    """Days since 1970-01-01; bare numbers are none, for nobody says from when they count."""
    if pyarrow.types.is_integer(decoded(column).type):
        raise InvalidValueError(name, "must be a column of dates", str(column.type))
    return cast(name, column, pyarrow.date32()).cast(pyarrow.int32())


def whole_numbers(table: Table, name: str, gap: int) -> Array:
    """A column of whole numbers that are not below zero, int64, with *gap* where none is told.

    Where the column has no gap, whoever takes it refuses those below zero.

    Raises:
        InvalidValueError: It holds others.
    """
    column = column_of(table, name)
    if not (pyarrow.types.is_integer(column.type) or pyarrow.types.is_null(column.type)):
        raise InvalidValueError(name, "must be a column of whole numbers (fen for money)", str(column.type))
    numbers = cast(name, column, pyarrow.int64())
    if numbers.null_count:
        low = pyarrow.compute.less(numbers, 0)
        if pyarrow.compute.any(low).as_py():
            raise InvalidValueError(
                name, "must not be negative", f"one in {first_row(filled(low, gap=False))}"
            )
    return filled(numbers, gap)


def truths(table: Table, name: str) -> Array:
    """A column of yes and no, bool; no where nothing is told.

    Raises:
        InvalidValueError: It holds anything else.
    """
    return filled(_yes_and_no(name, column_of(table, name)).cast(pyarrow.int8()), 0) > 0


def flag(table: Table, name: str) -> Array:
    """A column of yes and no, bool; with gaps int8, and -1 where nothing is told.

    Raises:
        InvalidValueError: It holds anything else.
    """
    column = _yes_and_no(name, column_of(table, name))
    return filled(column.cast(pyarrow.int8()), -1) if column.null_count else filled(column, 0)


def _yes_and_no(name: str, column: Column) -> Column:
    plain = decoded(column)
    if pyarrow.types.is_integer(plain.type) or pyarrow.types.is_floating(plain.type):
        plain = cast(name, plain, pyarrow.int64())
        strange = filled(plain, 0)
        strange = (strange < 0) | (strange > 1)
        if strange.any():
            raise InvalidValueError(name, "must be 0 or 1", f"another number in {first_row(strange)}")
    return cast(name, plain, pyarrow.bool_())
