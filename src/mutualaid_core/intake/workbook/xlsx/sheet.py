"""Sheets of an .xlsx (工作表): a look at one, and its rows as they come.

Both go by the same places, so what was looked at is what is read.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

from mutualaid_core.intake.problem import Trouble
from mutualaid_core.intake.workbook.bounds import COLUMNS_MAX, RefusedError, refuse_beyond
from mutualaid_core.intake.workbook.facts import HiddenColumns, SheetFacts, WorkbookFacts, cell_name
from mutualaid_core.intake.workbook.numbers import Shape, number_text
from mutualaid_core.intake.workbook.xlsx.index import (
    BOOK,
    RELATIONS,
    index_of,
    shapes_of,
    texts_of,
    unescaped,
)
from mutualaid_core.intake.workbook.xlsx.markup import Elements, Text, Told, parsed, read_whole
from mutualaid_core.intake.workbook.xlsx.package import Package

_ROWS_MAX: Final = 1_048_576
_COLUMNS_MAX: Final = 16_384
_ROOTS: Final = frozenset({"worksheet", "chartsheet", "dialogsheet"})
_LETTERS: Final = re.compile(r"[A-Z]+", re.ASCII)
_LETTERS_MAX: Final = 4
"""Letters of a column that are read: one more than the last column has."""

_DIGITS: Final = "0123456789"
_NUMBER: Final = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?", re.ASCII)
_RANGE: Final = re.compile(r"[A-Z]{1,3}[0-9]{1,7}(?::[A-Z]{1,3}[0-9]{1,7})?", re.ASCII)
_ROW_DIGITS_MAX: Final = 7
_WHOLE: Final = re.compile(r"[0-9]{1,7}", re.ASCII)
_MIDNIGHT: Final = re.compile(r"T00:00:00(?:\.0+)?Z?")


def look_into_package(path: Path) -> WorkbookFacts:
    """What a look into an .xlsx file shows; every part is inflated once.

    Args:
        path: The file, which is a zip archive.

    Raises:
        RefusedError: It unpacks to too much.
    """
    found = WorkbookFacts()
    with Package(path) as package:
        for name in package.names:
            if name.endswith("vbaproject.bin") or "/macrosheets/" in name:
                found.macros = found.macros or name
            if "/externallinks/" in name or name.endswith("xl/connections.xml"):
                found.links = found.links or name
        index = index_of(package)
        read = {BOOK.lower(), RELATIONS.lower(), index.texts.lower()}
        texts_of(package, index)
        for listed in index.sheets:
            sheet = SheetFacts(name=listed.name, is_hidden=listed.is_hidden)
            look = _Look(sheet)
            read_whole(package.pieces(listed.part), look)
            if not look.is_sheet:
                raise ValueError
            found.sheets.append(sheet)
            read.add(listed.part.lower())
        for name in package.names:
            if name not in read:
                package.pass_over(name)
    return found


def package_rows(path: Path, sheet: str) -> Iterator[tuple[int, list[str]]]:
    """Number and cells of each row that the file holds of a sheet.

    A row is as wide as the widest so far, so a value beyond the head is found in its own row.

    Args:
        path: The file.
        sheet: Name of the sheet.
    """
    with Package(path) as package:
        index = index_of(package)
        (listed,) = (each for each in index.sheets if each.name == sheet)
        shapes = shapes_of(package, index)
        reader = _Rows(texts_of(package, index), shapes, is_1904=index.is_1904)
        for _ in parsed(package.pieces(listed.part), reader, with_text=True):
            yield from reader.found
            reader.found.clear()


@lru_cache(maxsize=_COLUMNS_MAX)
def _column_of(letters: str) -> int:
    """Number of a column by its letters.

    Raises:
        RefusedError: No spreadsheet has so many.
        ValueError: These are no letters of a column.
    """
    if not _LETTERS.fullmatch(letters):
        raise ValueError
    column = 0
    for letter in letters[:_LETTERS_MAX]:
        column = column * 26 + ord(letter) - 64
    if column > _COLUMNS_MAX:
        found = column if len(letters) < _LETTERS_MAX else f"at least {column}"
        raise RefusedError(Trouble.TOO_MANY_ROWS, "", f"limit {_COLUMNS_MAX} columns, found {found}")
    return column


_FIRST: Final = tuple(cell_name(0, column).removesuffix("0") for column in range(COLUMNS_MAX + 1))
"""Letters of the columns that are read, by their numbers."""


class _Place:
    """Where in a sheet a reader is: rows and columns go up, or it is no sheet."""

    def __init__(self) -> None:
        self.row = self.column = 0
        self._row_text = ""

    def to_row(self, told: Told) -> None:
        """Go to a row, by its own number or the next one.

        Raises:
            RefusedError: It lies beyond the last row that a spreadsheet has, or not behind the one before.
            ValueError: It has no number.
        """
        text = told.get("r", "")
        if len(text) > _ROW_DIGITS_MAX and text.isascii() and text.isdecimal():
            refuse_beyond(_ROWS_MAX, "rows", 10**_ROW_DIGITS_MAX, Trouble.TOO_MANY_ROWS)
        row = int(text) if _WHOLE.fullmatch(text) else self.row + 1
        if "r" in told and text != str(row):
            raise ValueError
        if row <= self.row:
            raise RefusedError(Trouble.WORKBOOK, "", "the row stands twice, or out of order", row)
        if row > _ROWS_MAX:
            raise RefusedError(Trouble.TOO_MANY_ROWS, "", f"limit {_ROWS_MAX} rows, found {row}")
        self.row, self.column, self._row_text = row, 0, str(row)

    def to_cell(self, told: Told) -> None:
        """Go to a cell of the row, by its own name or the next one.

        Raises:
            RefusedError: It lies beyond the last column, or not behind the one before.
            ValueError: It is named as one of another row.
        """
        name = told.get("r")
        column = self.column + 1
        if name is not None and (column > COLUMNS_MAX or name != _FIRST[column] + self._row_text):
            letters = name.rstrip(_DIGITS)
            column = _column_of(letters)
            if name[len(letters) :] != self._row_text:
                raise ValueError
            if column <= self.column:
                detail = "the cell stands twice, or out of order"
                raise RefusedError(Trouble.WORKBOOK, name, detail, self.row)
        self.column = column


class _Look(Elements):
    """Notes what makes a sheet no plain table.

    Attributes:
        is_sheet: Whether it is a sheet at all.
    """

    def __init__(self, facts: SheetFacts) -> None:
        super().__init__(dict.fromkeys(_ROOTS, self._begin_sheet))
        self.begins |= {
            "sheetData": self._begin_data,
            "col": self._begin_columns,
            "row": self._begin_row,
            "c": self._begin_cell,
            "v": self._meet,
            "is": self._meet,
            "f": self._meet_formula,
            "mergeCell": self._take_merged,
        }
        self.ends = {"c": self._end_cell, "sheetData": self._end_data}
        self.is_sheet = False
        self._facts, self._place = facts, _Place()
        self._is_inside = self._is_cell = self._is_error = self._is_hidden = False
        self._hidden = HiddenColumns()

    def _begin_sheet(self, _: Told) -> None:
        self.is_sheet = True

    def _begin_data(self, _: Told) -> None:
        self._is_inside = True

    def _end_data(self) -> None:
        self._is_inside = False

    def _begin_columns(self, told: Told) -> None:
        # What is told of columns stands before the first cell.
        if told.get("hidden") in {"1", "true"}:
            first, last = told["min"], told["max"]
            if not (_WHOLE.fullmatch(first) and _WHOLE.fullmatch(last)):
                raise ValueError
            self._hidden.hide(int(first), int(last))

    def _begin_row(self, told: Told) -> None:
        # Drawings tell their rows in elements of that name.
        if self._is_inside:
            self._place.to_row(told)
            self._is_hidden = told.get("hidden") in {"1", "true"}

    def _begin_cell(self, told: Told) -> None:
        if self._is_inside:
            self._place.to_cell(told)
            self._is_cell, self._is_error = True, told.get("t") == "e"

    def _end_cell(self) -> None:
        self._is_cell = False

    def _meet(self, _: Told) -> None:
        if not self._is_cell:
            return
        facts, row, column = self._facts, self._place.row, self._place.column
        if self._is_hidden:
            facts.hidden_rows, self._is_hidden = facts.hidden_rows + 1, False
        facts.rows = row
        facts.columns = max(facts.columns, column)
        if self._hidden.any:
            self._hidden.meet(column)
            facts.hidden_columns = self._hidden.count
        if self._is_error and not facts.error:
            facts.error = cell_name(row, column)

    def _meet_formula(self, told: Told) -> None:
        self._meet(told)
        if self._is_cell and not self._facts.formula:
            self._facts.formula = cell_name(self._place.row, self._place.column)

    def _take_merged(self, told: Told) -> None:
        if not _RANGE.fullmatch(told["ref"]):
            raise ValueError
        self._facts.merged = self._facts.merged or told["ref"]


class _Rows(Elements):
    """Collects the texts of cells, row by row.

    Attributes:
        found: Number and cells of each row since somebody emptied it.
    """

    def __init__(self, texts: list[str], shapes: list[Shape], *, is_1904: bool) -> None:
        super().__init__({"sheetData": self._begin_data, "row": self._begin_row, "c": self._begin_cell})
        self._text = Text(self.pieces)
        self.begins |= {"v": self._begin_value, "t": self._text.begin, "rPh": self._text.begin_aside}
        self.ends = {
            "v": self._end_value,
            "t": self._text.end,
            "rPh": self._text.end_aside,
            "c": self._end_cell,
            "row": self._end_row,
            "sheetData": self._end_data,
        }
        self.found: list[tuple[int, list[str]]] = []
        self._texts, self._shapes, self._is_1904 = texts, shapes, is_1904
        self._place, self._is_inside = _Place(), False
        self._width = 0
        self._cells: list[str] = []
        self._told: Told = {}

    def _begin_data(self, _: Told) -> None:
        self._is_inside = True

    def _end_data(self) -> None:
        self._is_inside = False

    def _begin_row(self, told: Told) -> None:
        if self._is_inside:
            self._place.to_row(told)
            self._cells = [""] * self._width

    def _end_row(self) -> None:
        if self._is_inside:
            self.found.append((self._place.row, self._cells))

    def _begin_cell(self, told: Told) -> None:
        if self._is_inside:
            self._place.to_cell(told)
            self._told = told
            self._text.take()

    def _begin_value(self, _: Told) -> None:
        self.pieces.clear()

    def _end_value(self) -> None:
        # A cell that holds its own text may hold its value beside it.
        if self._told.get("t") != "inlineStr":
            self._text.end_value()

    def _end_cell(self) -> None:
        text = self._text.take()
        if self._is_inside and text and (value := self._value(text)):
            column = self._place.column
            if column > self._width:
                self._cells += [""] * (column - self._width)
                self._width = column
            self._cells[column - 1] = value

    def _value(self, text: str) -> str:
        kind = self._told.get("t", "n")
        if kind == "s" and text.isascii() and text.isdecimal():
            return self._texts[int(text)]
        if kind == "n" and _NUMBER.fullmatch(text):
            return number_text(float(text), self._shape(), is_1904=self._is_1904)
        if kind in {"str", "inlineStr"}:
            return unescaped(text)
        if kind == "d":
            return _MIDNIGHT.sub("", text)
        if kind == "b" and text in {"0", "1"}:
            return text
        raise ValueError

    def _shape(self) -> Shape:
        style = self._told.get("s", "0")
        at = int(style) if _WHOLE.fullmatch(style) else 0
        return self._shapes[at] if at < len(self._shapes) else Shape.NUMBER
