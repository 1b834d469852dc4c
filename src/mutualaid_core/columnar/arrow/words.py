"""Words (代码列) of frames: columns of codes and of kinds of events, each word once in its list."""

import numpy
import pyarrow

from mutualaid_core.columnar.arithmetic.exact import Array
from mutualaid_core.columnar.arrow.names import did_you_mean
from mutualaid_core.columnar.arrow.reading import (
    TOLD,
    Column,
    Table,
    cast,
    column_of,
    decoded,
    filled,
    first_row,
)
from mutualaid_core.columnar.tables.columns import EVENTS, Codes, merged
from mutualaid_core.domain.scheme.facts import PERSONAL_FACTS
from mutualaid_core.errors import InvalidValueError


def code(table: Table, name: str) -> Codes:
    """A column of words; a category may hold a word twice, and its rows have one word all the same.

    Raises:
        InvalidValueError: It holds what is none.
    """
    column = _encoded(name, column_of(table, name))
    words = cast(name, column.dictionary, pyarrow.string()).to_pylist()
    # Indices of some libraries have no sign, and so no place for a gap.
    indices = cast(name, column.indices, pyarrow.int64()) if column.null_count else column.indices
    return merged(filled(indices, -1), tuple(words))


def _encoded(name: str, column: Column) -> Column:
    """A column as a category without a gap among its words."""
    if pyarrow.types.is_dictionary(column.type) and column.dictionary.null_count:
        column = decoded(column)
    if pyarrow.types.is_dictionary(column.type):
        return column
    try:
        return column.dictionary_encode()
    except pyarrow.ArrowNotImplementedError as error:
        raise InvalidValueError(name, "must be a column of words", str(column.type)) from error


def code_among(table: Table, name: str, known: tuple[str, ...]) -> Codes:
    """A column of words of a list, as a file of claims has them; an empty list takes any word.

    Raises:
        InvalidValueError: It holds what is none, or a row has another word.
    """
    codes = code(table, name)
    strange = _strange(codes, known) if known else numpy.zeros(0, dtype=bool)
    if strange.any():
        row = int(numpy.argmax(strange))
        word = codes.words[int(codes.values[row])]
        hint = did_you_mean(word, known) or did_you_mean(word.strip().lower(), known)
        # What is like no word of the list may be of another column, and a person's.
        is_quoted = hint and name not in PERSONAL_FACTS
        shown = repr(word) if is_quoted else f"{len(word)} characters"
        raise InvalidValueError(
            name, f"must be one of {', '.join(known)}", f"{shown} in row {row}", hint=hint
        )
    return codes


def _strange(codes: Codes, known: tuple[str, ...]) -> Array:
    """Rows with a word that is not known; a category may name words that no row has."""
    strangers = [place for place, word in enumerate(codes.words) if word not in known]
    return numpy.isin(codes.values, strangers) if strangers else numpy.zeros(0, dtype=bool)


def events(table: Table) -> Array:
    """The kind of each event, as its place among all kinds, int8.

    Raises:
        InvalidValueError: A row names none, or one that is unknown.
    """
    codes = code(table, "event")
    names = {kind.value: place for place, kind in enumerate(EVENTS)}
    strange = _strange(codes, tuple(names))
    if strange.any():
        raise InvalidValueError("event", "must be a kind of event", f"another in {first_row(strange)}")
    if len(codes.values) and int(codes.values.min()) < 0:
        raise InvalidValueError("event", TOLD, f"none in {first_row(codes.values < 0)}")
    places = numpy.array([names.get(word, 0) for word in codes.words] or [0], dtype=numpy.int8)
    return places[codes.values]
