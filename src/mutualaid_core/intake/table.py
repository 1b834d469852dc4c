"""Tables (表格): CSV files, read strictly, with every problem of every cell."""

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

import attrs

from mutualaid_core.domain.values.checks import quotable
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.intake.problem import Problem, Trouble

BYTES_MAX: Final = 200 * 1024 * 1024
"""Largest table that is read; a million roster rows are well below."""

_MARK: Final = b"\xef\xbb\xbf"
_FORMULA: Final = re.compile(r"[=+@\t\r＝＋＠]|[-－](?![0-9])")
_FLOATED: Final = re.compile(r"[0-9](\.[0-9]+)?[eE]\+?[0-9]+|[0-9]{11,}\.0*", re.ASCII)
_SEPARATORS: Final = {";": "semicolons", "\t": "tabs", "|": "bars", ",": "full-width commas"}

Parse = Callable[[str], Any]


@attrs.frozen(kw_only=True)
class Column:
    """A column of a table.

    Attributes:
        name: Name in the head, exactly.
        parse: Makes the value; raises ``InvalidValueError``.
        trouble: Kind of problem when it does.
        default: Text that stands for a column that is absent; ``None`` where it must be there.
        mask: Masks a personal text for a problem; ``None`` for a column that is not personal.
    """

    name: str
    parse: Parse = str
    trouble: Trouble = Trouble.VALUE
    default: str | None = None
    mask: Callable[[str], str] | None = None


@attrs.frozen(kw_only=True)
class Row:
    """A row that was read: its number as an editor counts, and the values by column."""

    number: int
    values: Mapping[str, Any]


@attrs.define(kw_only=True)
class Table:
    """What was read of a table.

    Attributes:
        file: Name of the file.
        rows: The rows without problems.
        problems: Everything wrong.
    """

    file: str
    rows: list[Row] = attrs.field(factory=list)
    problems: list[Problem] = attrs.field(factory=list)

    def add(self, row: int, field: str, trouble: Trouble, value: str = "", detail: str = "") -> None:
        """Note a problem."""
        problem = Problem(file=self.file, row=row, field=field, trouble=trouble, value=value, detail=detail)
        self.problems.append(problem)


def read_table(path: Path, columns: tuple[Column, ...], *, key: str) -> Table:
    """Read a CSV file; rows with a problem are left out and the problems kept.

    Args:
        path: The file.
        columns: What it must hold; other columns are refused, since nothing is collected
            that is not needed (ACFTU-11.2c).
        key: Column whose values must differ from row to row.
    """
    table = Table(file=path.name)
    text = _read_text(path, table)
    if text is not None:
        lines = _records(text, table)
        head = next(lines, None)
        if head is None:
            table.add(0, "", Trouble.EMPTY_FILE)
        else:
            _read_rows(table, columns, head[1], lines)
            _refuse_doubles(table, columns, key)
    return table


def _read_text(path: Path, table: Table) -> str | None:
    """The file's text; ``None`` where there is none to go on with."""
    if not path.is_file():
        table.add(0, "", Trouble.MISSING_FILE)
        return None
    if (size := path.stat().st_size) > BYTES_MAX:
        table.add(0, "", Trouble.TOO_LARGE, f"{size} bytes", f"limit {BYTES_MAX}")
        return None
    raw = path.read_bytes()
    if raw.startswith(_MARK):
        table.add(1, "", Trouble.BYTE_ORDER_MARK)
        raw = raw.removeprefix(_MARK)
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        row = raw.count(b"\n", 0, error.start) + 1
        guess = "UTF-16" if raw[:2] in {b"\xff\xfe", b"\xfe\xff"} else "GB18030"
        table.add(row, "", Trouble.ENCODING, "", f"it may be {guess}")
        return _decoded_anyway(raw, guess)


def _decoded_anyway(raw: bytes, guess: str) -> str | None:
    """The text in the encoding that it may be in, so that its other problems show as well."""
    try:
        return raw.decode(guess)
    except UnicodeDecodeError:
        return None


def _records(text: str, table: Table) -> Iterator[tuple[int, list[str]]]:
    """Row number and cells of each record; rows are counted in lines, as an editor does."""
    separator = _separator(text, table)
    lines = text.splitlines(keepends=True)
    reader = csv.reader(lines, delimiter=separator, strict=True)
    number = 1
    try:
        for cells in reader:
            yield number, cells
            number = reader.line_num + 1
    except csv.Error as error:
        table.add(reader.line_num, "", Trouble.QUOTING, "", str(error))


def _separator(text: str, table: Table) -> str:
    head = text.partition("\n")[0]
    if "," not in head:
        for separator, name in _SEPARATORS.items():
            if separator in head:
                table.add(1, "", Trouble.SEPARATOR, "", f"found {name}")
                return separator
    return ","


def _read_rows(
    table: Table, columns: tuple[Column, ...], head: list[str], lines: Iterator[tuple[int, list[str]]]
) -> None:
    _check_head(table, columns, head)
    known = {column.name: column for column in columns}
    number = 0
    for number, cells in lines:
        if len(cells) != len(head):
            table.add(number, "", Trouble.CELL_COUNT, f"{len(cells)} cells", f"the head has {len(head)}")
            continue
        row = dict(zip(head, cells, strict=True))
        before = len(table.problems)
        values = {name: _value(table, number, known[name], text) for name, text in row.items() if name in known}
        for column in columns:
            if column.name not in row and column.default is not None:
                values[column.name] = column.parse(column.default)
        if len(table.problems) == before and len(values) == len(columns):
            table.rows.append(Row(number=number, values=values))
    if number == 0:
        table.add(0, "", Trouble.EMPTY_FILE)


def _check_head(table: Table, columns: tuple[Column, ...], head: list[str]) -> None:
    names = [column.name for column in columns]
    for column in columns:
        if column.name not in head and column.default is None:
            table.add(1, column.name, Trouble.MISSING_COLUMN)
    for name, times in Counter(head).items():
        if name not in names:
            close = get_close_matches(name, names, n=1)
            shown = name if name.isascii() and name.isidentifier() else quotable(name)
            table.add(1, shown, Trouble.UNKNOWN_COLUMN, "", f"did you mean {close[0]}?" if close else "")
        elif times > 1:
            table.add(1, name, Trouble.DOUBLED_COLUMN)


def _value(table: Table, number: int, column: Column, text: str) -> Any:  # noqa: ANN401  # as the column parses
    """The value of a cell, or ``None`` with a problem noted."""
    trouble = _damage(column, text)
    if trouble is None:
        try:
            return column.parse(text)
        except InvalidValueError as error:
            trouble, detail = column.trouble, error.rule
    else:
        detail = ""
    table.add(number, column.name, trouble, shown(column, text), detail)
    return None


def _damage(column: Column, text: str) -> Trouble | None:
    """What went wrong on the way into the file, before any meaning."""
    if not text.strip():
        return Trouble.BLANK
    if _FORMULA.match(text.lstrip()):
        return Trouble.FORMULA
    if column.trouble is not Trouble.VALUE and _FLOATED.fullmatch(text):
        return Trouble.DAMAGED_NUMBER
    if text != text.strip() or not text.isprintable() or _is_wide(column, text):
        return Trouble.WIDE_CHARACTERS
    return None


def _is_wide(column: Column, text: str) -> bool:
    """Whether the text holds full-width forms, or in a column of figures anything but ASCII."""
    if column.parse is not str and column.trouble is not Trouble.VALUE and not text.isascii():
        return True
    return any(unicodedata.east_asian_width(char) == "F" and char.isalnum() for char in text)


def shown(column: Column, text: str) -> str:
    """What a problem may show of a cell: masked where personal, short figures otherwise."""
    if not text.strip():
        return ""
    if column.mask is not None:
        return column.mask(text)
    return quotable(text)


def _refuse_doubles(table: Table, columns: tuple[Column, ...], key: str) -> None:
    column = next(column for column in columns if column.name == key)
    first: dict[Any, int] = {}
    kept = []
    for row in table.rows:
        value = row.values[key]
        if value in first:
            text = value.reveal() if hasattr(value, "reveal") else str(value)
            table.add(row.number, key, Trouble.DOUBLED_ROW, shown(column, text), f"see row {first[value]}")
        else:
            first[value] = row.number
            kept.append(row)
    table.rows[:] = kept
