"""Tables (表格): CSV files, read strictly, with every problem of every cell."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

import attrs

from mutualaid_core.errors import InvalidValueError
from mutualaid_core.intake.damage import LONG_CELL, Form, damage_of, is_rounded_id, shown_day, shown_figures
from mutualaid_core.intake.problem import Problem, Problems, Trouble
from mutualaid_core.intake.reading import read_text, table_lines
from mutualaid_core.intake.records import is_too_wide, records_of, separator_of

BYTES_MAX: Final = 64 * 1024 * 1024
"""Largest table that is read; seven hundred thousand roster rows are below."""

_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_ ]{0,29}", re.ASCII)
_HINT_CHARS_MAX: Final = 40
_NOT_READ: Final = frozenset({Trouble.TOO_MANY_ROWS, Trouble.LONG_CELL})
"""Why a file with rows may show none."""

Parse = Callable[[str], Any]


@attrs.frozen(kw_only=True)
class Column:
    """A column of a table.

    Attributes:
        name: Name in the head, exactly.
        parse: Makes the value; raises ``InvalidValueError``.
        form: How its cells are written.
        trouble: Kind of problem when ``parse`` refuses.
        default: Text that stands for a column that is absent; ``None`` where it must be there.
        blank_is_default: Whether the default stands for a blank cell too.
        mask: Masks a personal text for a problem; ``None`` for a column that is not personal.
    """

    name: str
    parse: Parse = str
    form: Form = Form.TEXT
    trouble: Trouble = Trouble.VALUE
    default: str | None = None
    blank_is_default: bool = False
    mask: Callable[[str], str] | None = None


@attrs.frozen(kw_only=True)
class Row:
    """A row that was read: its number as an editor counts, and the values that could be read."""

    number: int
    values: Mapping[str, Any]


@attrs.define(kw_only=True)
class Table:
    """What was read of a table.

    Attributes:
        file: Name of the file.
        rows: The rows without problems.
        partial: The others, with those of their values that could be read.
        is_read: Whether rows were read at all.
    """

    file: str
    rows: list[Row] = attrs.field(factory=list)
    partial: list[Row] = attrs.field(factory=list)
    is_read: bool = False
    _problems: Problems = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        """Start without problems."""
        self._problems = Problems(file=self.file)

    @property
    def problems(self) -> list[Problem]:
        """Everything wrong."""
        return self._problems.found

    @property
    def log(self) -> Problems:
        """Where problems are noted."""
        return self._problems

    def add(self, row: int, field: str, trouble: Trouble, value: str = "", detail: str = "") -> None:
        """Note a problem."""
        self._problems.add(row, field, trouble, value, detail)

    def every_row(self) -> list[Row]:
        """Whole and partial rows, as they stand in the file."""
        return sorted((*self.rows, *self.partial), key=lambda row: row.number)


def read_table(path: Path, columns: tuple[Column, ...], *, key: str | None) -> Table:
    """Read a CSV file; every problem of every cell is kept.

    Args:
        path: The file.
        columns: What it must hold; other columns are refused, since nothing is collected
            that is not needed (ACFTU-11.2c).
        key: Column whose values must differ from row to row; ``None`` where rows are told apart otherwise.
    """
    table = Table(file=path.name)
    text = read_text(path, BYTES_MAX, table.log)
    if text is not None:
        lines = table_lines(text, table.log)
        head_line = next((line for line in lines if line.strip()), "")
        records = _without_blank(records_of(lines, separator_of(head_line, table.log), table.log), table)
        _, head = next(records, (0, None))
        if head is None and not any(each.trouble in _NOT_READ for each in table.problems):
            table.add(0, "", Trouble.EMPTY_FILE)
        elif head is not None and _check_head(table, columns, head):
            _read_rows(table, columns, head, records)
            if key is not None:
                _refuse_doubles(table, columns, key)
    return table


def _without_blank(
    records: Iterator[tuple[int, list[str] | None]], table: Table
) -> Iterator[tuple[int, list[str] | None]]:
    for number, cells in records:
        if cells is None or any(cell.strip() for cell in cells):
            yield number, cells
        else:
            table.add(number, "", Trouble.BLANK_ROW)


def _check_head(table: Table, columns: tuple[Column, ...], head: list[str]) -> bool:
    """Note what is wrong with the head; false where it is none."""
    names = [column.name for column in columns]
    if is_too_wide(1, head, table.log):
        return False
    if not any(name in names for name in head):
        table.add(1, "", Trouble.NO_HEAD)
        return False
    for column in columns:
        if column.name not in head and column.default is None:
            table.add(1, column.name, Trouble.MISSING_COLUMN)
    for name, times in Counter(head).items():
        if name not in names:
            _note_unknown(table, name, head.index(name) + 1, names)
        elif times > 1:
            table.add(1, name, Trouble.DOUBLED_COLUMN)
    return True


def _note_unknown(table: Table, name: str, place: int, names: list[str]) -> None:
    """A name that is none of ours; a text that may be a person's is told by its place."""
    close = get_close_matches(name.strip().lower()[:_HINT_CHARS_MAX], names, n=1)
    field = name if _NAME.fullmatch(name) else f"column {place}"
    table.add(1, field, Trouble.UNKNOWN_COLUMN, "", f"did you mean {close[0]}?" if close else "")


def _read_rows(
    table: Table,
    columns: tuple[Column, ...],
    head: list[str],
    records: Iterator[tuple[int, list[str] | None]],
) -> None:
    known = {column.name: column for column in columns}
    absent = [column for column in columns if column.name not in head and column.default is not None]
    defaults = {column.name: column.parse(column.default or "") for column in absent}
    for number, cells in records:
        table.is_read = True
        values: dict[str, Any] = {}
        if cells is not None and len(cells) == len(head):
            values |= defaults
            for name, cell in zip(head, cells, strict=True):
                if name in known:
                    _read_cell(table, number, known[name], cell, values)
        elif cells is not None:
            table.add(number, "", Trouble.CELL_COUNT, f"{len(cells)} cells", f"the head has {len(head)}")
        row = Row(number=number, values=values)
        (table.rows if len(values) == len(columns) else table.partial).append(row)
    if not table.is_read:
        table.add(0, "", Trouble.EMPTY_FILE)


def _read_cell(table: Table, number: int, column: Column, cell: str, values: dict[str, Any]) -> None:
    """Put the value of a cell to the others, or note why there is none."""
    detail = ""
    if column.blank_is_default and not cell.strip():
        cell = column.default or ""
    trouble = damage_of(cell, column.form) if cell.strip() else Trouble.BLANK
    if trouble is Trouble.LONG_CELL:
        detail = LONG_CELL
    if trouble is None:
        try:
            values[column.name] = column.parse(cell)
        except InvalidValueError as error:
            trouble, detail = column.trouble, error.rule
            if trouble is Trouble.ID_NUMBER and is_rounded_id(cell):
                trouble, detail = Trouble.DAMAGED_NUMBER, ""
    if trouble is not None:
        table.add(number, column.name, trouble, shown(column, cell), detail)


def shown(column: Column, cell: str) -> str:
    """What a problem may show of a cell: masked where personal, short figures otherwise."""
    if not cell.strip():
        return ""
    if column.mask is not None:
        return column.mask(cell)
    return shown_day(cell) if column.trouble is Trouble.DAY else shown_figures(cell)


def _refuse_doubles(table: Table, columns: tuple[Column, ...], key: str) -> None:
    """Note every row whose key stood before; the later one is no row any more."""
    column = next(column for column in columns if column.name == key)
    first: dict[Any, int] = {}
    doubled = set()
    for row in table.every_row():
        if (value := row.values.get(key)) is None:
            continue
        if value in first:
            text = value.reveal() if hasattr(value, "reveal") else str(value)
            table.add(row.number, key, Trouble.DOUBLED_ROW, shown(column, text), f"see row {first[value]}")
            doubled.add(row.number)
        first.setdefault(value, row.number)
    table.rows[:] = [row for row in table.rows if row.number not in doubled]
    table.partial[:] = [row for row in table.partial if row.number not in doubled]
