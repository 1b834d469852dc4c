"""Sheets of an .xls (工作表): a look at all of them, and the rows of one."""

import struct
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from mutualaid_core.intake.problem import Trouble
from mutualaid_core.intake.workbook.bounds import COLUMNS_MAX, RefusedError
from mutualaid_core.intake.workbook.facts import HiddenColumns, SheetFacts, WorkbookFacts, cell_name
from mutualaid_core.intake.workbook.numbers import Shape, number_text, shape_of
from mutualaid_core.intake.workbook.xls.container import Compound
from mutualaid_core.intake.workbook.xls.records import Book, book_of, records
from mutualaid_core.intake.workbook.xls.texts import cell_text, text_table

_NUMBER, _LABEL, _TRUTH, _SMALL = 0x0203, 0x0204, 0x0205, 0x027E
_SHARED, _MANY, _RICH = 0x00FD, 0x00BD, 0x00D6
_ROW, _MERGED, _COLUMNS = 0x0208, 0x00E5, 0x007D
_FORMULAS: Final = frozenset({0x0006, 0x0206, 0x0406})
_VALUES: Final = frozenset({_NUMBER, _LABEL, _TRUTH, _SMALL, _SHARED, _MANY, _RICH})
_HIDDEN_ROW, _HIDDEN_COLUMNS = 0x20, 0x01
_STREAMS: Final = ("Workbook", "Book", "WORKBOOK", "BOOK")
_MACROS: Final = ("_VBA_PROJECT_CUR", "_VBA_PROJECT", "VBA", "Macros")


def look_into_binary(path: Path) -> WorkbookFacts:
    """What a look into a compound file shows.

    Raises:
        RefusedError: It is under a password.
    """
    compound = Compound(path.read_bytes())
    if "EncryptedPackage" in compound.names:
        raise RefusedError(Trouble.ENCRYPTED)
    stream = _stream(compound)
    book = book_of(stream)
    found = WorkbookFacts(macros=book.macros, links=book.links)
    found.macros = found.macros or next((each for each in _MACROS if each in compound.names), "")
    left = len(stream)
    for bound in book.sheets:
        sheet = SheetFacts(name=bound.name, is_hidden=bound.is_hidden)
        found.sheets.append(sheet)
        if bound.has_cells:
            left -= _look(stream, bound.place, sheet)
        # Sheets that lie over each other would let a small file be read very often.
        if left < 0:
            raise ValueError
    if len({sheet.name for sheet in found.sheets}) != len(found.sheets):
        raise ValueError
    text_table(book.texts)
    return found


def _stream(compound: Compound) -> bytes:
    # The streams of older programs have other names; without any it is no workbook.
    return compound.stream(next((each for each in _STREAMS if each in compound.names), ""))


def _look(stream: bytes, place: int, sheet: SheetFacts) -> int:
    """Take note of a sheet; answers how many bytes it takes."""
    hidden: set[int] = set()
    met: set[int] = set()
    columns = HiddenColumns()
    end = place
    for kind, at, body in records(stream, place):
        end = at + len(body)
        if kind == _ROW and body[12] & _HIDDEN_ROW:
            hidden.add(struct.unpack_from("<H", body)[0])
        elif kind in _VALUES or kind in _FORMULAS:
            met.add(_note(kind, body, sheet, columns))
        elif kind == _COLUMNS:
            first, last, _, _, state = struct.unpack_from("<HHHHH", body)
            if state & _HIDDEN_COLUMNS:
                columns.hide(first + 1, last + 1)
        elif kind == _MERGED and not sheet.merged and len(body) >= 10:  # noqa: PLR2004  # a count and one range
            first, last, left, right = struct.unpack_from("<HHHH", body, 2)
            sheet.merged = f"{cell_name(first + 1, left + 1)}:{cell_name(last + 1, right + 1)}"
    sheet.hidden_rows, sheet.hidden_columns = len(hidden & met), columns.count
    return end - place


def _note(kind: int, body: bytes, sheet: SheetFacts, columns: HiddenColumns) -> int:
    """Take note of a cell with a value; answers its row."""
    row, column = struct.unpack_from("<HH", body)
    last = struct.unpack_from("<H", body, len(body) - 2)[0] if kind == _MANY else column
    sheet.meet(row + 1, max(column, last) + 1)
    for each in range(column, min(max(column, last), COLUMNS_MAX) + 1):
        columns.meet(each + 1)
    if kind in _FORMULAS and not sheet.formula:
        sheet.formula = cell_name(row + 1, column + 1)
    if kind == _TRUTH and body[7] and not sheet.error:
        sheet.error = cell_name(row + 1, column + 1)
    return int(row)


def binary_rows(path: Path, sheet: str) -> Iterator[tuple[int, list[str]]]:
    """Number and cells of each row that the file holds of a sheet, by their numbers.

    A row is as wide as the widest so far, so a value beyond the head is found in its own row.

    Args:
        path: The file.
        sheet: Name of the sheet.
    """
    stream = _stream(Compound(path.read_bytes()))
    book = book_of(stream)
    (bound,) = (each for each in book.sheets if each.name == sheet)
    cells = _Cells(book)
    places: dict[int, array[int]] = {}
    for kind, at, body in records(stream, bound.place):
        if kind in _VALUES:
            places.setdefault(struct.unpack_from("<H", body)[0], array("L")).append(at)
    width = 0
    for row in sorted(places):
        found = {column: text for at in places[row] for column, text in cells.read(stream, at) if text}
        width = max(width, *found, 0)
        yield row + 1, [found.get(column, "") for column in range(1, width + 1)]


class _Cells:
    """Reads the records of cells."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._texts = text_table(book.texts)
        self._shapes = [shape_of(number, book.formats) for number in book.numbers]

    def read(self, stream: bytes, at: int) -> Iterator[tuple[int, str]]:
        """Column, counted from 1, and text of each cell of the record whose body begins at *at*."""
        kind, size = struct.unpack_from("<HH", stream, at - 4)
        body = stream[at : at + size]
        column, form = struct.unpack_from("<HH", body, 2)
        column += 1
        if kind == _SHARED:
            yield column, self._texts[struct.unpack_from("<I", body, 6)[0]]
        elif kind in {_LABEL, _RICH}:
            yield column, cell_text(body[6:], self._book.codec, is_wide=self._book.is_wide)
        elif kind == _NUMBER:
            yield column, self._number(struct.unpack_from("<d", body, 6)[0], form)
        elif kind == _SMALL:
            yield column, self._number(_unpacked(body, 6), form)
        elif kind == _MANY:
            for number, place in enumerate(range(4, size - 2, 6)):
                (form,) = struct.unpack_from("<H", body, place)
                yield column + number, self._number(_unpacked(body, place + 2), form)
        else:
            yield column, str(body[6])

    def _number(self, value: float, form: int) -> str:
        shape = self._shapes[form] if form < len(self._shapes) else Shape.NUMBER
        return number_text(value, shape, is_1904=self._book.is_1904)


def _unpacked(body: bytes, at: int) -> float:
    """A number of four bytes: two flags, and the upper bits of a float or a whole number."""
    (bits,) = struct.unpack_from("<I", body, at)
    value: float
    if bits & 2:
        (whole,) = struct.unpack_from("<i", body, at)
        value = whole >> 2
    else:
        (value,) = struct.unpack("<d", struct.pack("<II", 0, bits & ~3))
    return value / 100 if bits & 1 else value
