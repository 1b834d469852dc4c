"""Sheets (数据表): rows of a CSV file or of a workbook by column, with every problem of every cell.

Unlike the tables of a year, which columns a row must fill depends on its event. So a blank cell
is no problem here; whoever knows the event asks for what is missing.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import attrs

from mutualaid_core.errors import InvalidValueError
from mutualaid_core.intake.damage import LONG_CELL, damage_of, is_rounded_id
from mutualaid_core.intake.problem import Problems, Trouble
from mutualaid_core.intake.reading import read_text, table_lines
from mutualaid_core.intake.records import is_too_wide, records_of, separator_of
from mutualaid_core.intake.structure import did_you_mean
from mutualaid_core.intake.table import BYTES_MAX, Column, Row, shown
from mutualaid_core.intake.workbook import is_workbook_name, look_at, read_grid

_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_ ]{0,29}", re.ASCII)
_SOUND: Final = re.compile(
    r"[0-9]{1,10}(?:\.[0-9]{1,2})?|[A-Za-z][A-Za-z0-9_]{0,63}|[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII
)
"""Plain figures, words and days: what most cells are, and what no damage looks like."""

_KEPT_MAX: Final = 5_000
"""Different texts of one column whose values are kept; codes and days recur, amounts do not."""

Aliases = Mapping[str, str]
"""Other names of columns, each with the one by which they are known here."""


class _Damaged:
    """Stands for a cell whose problem is noted already."""


DAMAGED: Final = _Damaged()


@attrs.frozen(kw_only=True)
class Sheet:
    """What was read of a file.

    Attributes:
        log: Takes its problems.
        flags: What is to be looked at and stands against nothing: what a workbook hides.
        given: For each column that it has, by the name known here, the name in its head.
        rows: Its rows; a blank cell has no value, a damaged one has ``DAMAGED``.
    """

    log: Problems
    flags: Problems
    given: Mapping[str, str]
    rows: tuple[Row, ...]

    def name(self, column: str) -> str:
        """The name under which the file has a column, or would have it."""
        return self.given.get(column, column)


def read_sheet(path: Path, columns: tuple[Column, ...], aliases: Aliases, wanted: str | None = None) -> Sheet:
    """Read a file of rows, a workbook or CSV by its name; a workbook must be one plain table.

    Args:
        path: The file.
        columns: What it may hold; other columns are refused, since nothing is collected that is
            not needed (ACFTU-11.2c).
        aliases: Other names of these columns.
        wanted: Sheet of a workbook that is meant; ``None`` for the only one with rows.
    """
    log, flags = Problems(file=path.name), Problems(file=path.name)
    records = _workbook_rows(path, log, flags, wanted) if is_workbook_name(path) else _csv_rows(path, log)
    filled = _without_blank(records, log)
    number, head = next(filled, (0, None))
    if head is None:
        if not log.found:
            log.add(0, "", Trouble.EMPTY_FILE)
        return Sheet(log=log, flags=flags, given={}, rows=())
    places = _places(number, head, columns, aliases, log)
    rows = tuple(_read_rows(filled, head, places, log)) if places else ()
    if places and not rows and not log.found:
        log.add(0, "", Trouble.EMPTY_FILE)
    given = {column.name: head[at] for at, column in places.items()}
    return Sheet(log=log, flags=flags, given=given, rows=rows)


def _workbook_rows(
    path: Path, log: Problems, flags: Problems, wanted: str | None
) -> Iterator[tuple[int, list[str]]]:
    sheet = look_at(path, log, wanted)
    if sheet is None:
        return iter(())
    sheet.tell_hidden(flags)
    return read_grid(path, sheet.name, log)


def _csv_rows(path: Path, log: Problems) -> Iterator[tuple[int, list[str] | None]]:
    text = read_text(path, BYTES_MAX, log, or_workbook=True)
    if text is not None:
        lines = table_lines(text, log)
        head_line = next((line for line in lines if line.strip()), "")
        yield from records_of(lines, separator_of(head_line, log), log)


def _without_blank(
    records: Iterator[tuple[int, list[str] | None]] | Iterator[tuple[int, list[str]]], log: Problems
) -> Iterator[tuple[int, list[str] | None]]:
    """The records but the blank ones: those at the end are nothing, those between rows one problem."""
    waiting: list[int] = []
    between: list[int] = []
    for number, cells in records:
        if cells is None or any(cell.strip() for cell in cells):
            between += waiting
            waiting.clear()
            yield number, cells
        else:
            waiting.append(number)
    if between:
        more = f"and {len(between) - 1} more, up to row {between[-1]}" if len(between) > 1 else ""
        log.add(between[0], "", Trouble.BLANK_ROW, "", more)


def _places(
    number: int, head: list[str], columns: tuple[Column, ...], aliases: Aliases, log: Problems
) -> dict[int, Column]:
    """Which column stands at which place; empty where the head is none."""
    known = {column.name: column for column in columns}
    known |= {alias: known[name] for alias, name in aliases.items() if name in known}
    if is_too_wide(number, head, log):
        return {}
    if not any(name in known for name in head):
        log.add(number, "", Trouble.NO_HEAD)
        return {}
    found: dict[int, Column] = {}
    for at, name in enumerate(head):
        if name not in known:
            # A text that may be a person's is told by its place.
            field = name if _NAME.fullmatch(name) else f"column {at + 1}"
            log.add(number, field, Trouble.UNKNOWN_COLUMN, "", did_you_mean(name, known))
        elif known[name] in found.values():
            log.add(number, name, Trouble.DOUBLED_COLUMN)
        else:
            found[at] = known[name]
    return found


def _read_rows(
    records: Iterator[tuple[int, list[str] | None]], head: list[str], places: dict[int, Column], log: Problems
) -> Iterator[Row]:
    kept: dict[int, dict[str, Any]] = {at: {} for at in places}
    for number, cells in records:
        if cells is None:
            continue
        if len(cells) != len(head):
            log.add(number, "", Trouble.CELL_COUNT, f"{len(cells)} cells", f"the head has {len(head)}")
            continue
        values: dict[str, Any] = {}
        for at, column in places.items():
            cell = cells[at]
            if cell in kept[at]:
                values[column.name] = kept[at][cell]
            elif cell.strip():
                value = _value(number, head[at], column, cell, log)
                values[column.name] = value
                if value is not DAMAGED and len(kept[at]) < _KEPT_MAX:
                    kept[at][cell] = value
        yield Row(number=number, values=values)


def _value(number: int, field: str, column: Column, cell: str, log: Problems) -> Any:  # noqa: ANN401  # what the column makes
    """The value of a cell, or ``DAMAGED`` with its problem noted."""
    trouble = None if _SOUND.fullmatch(cell) else damage_of(cell, column.form)
    detail = LONG_CELL if trouble is Trouble.LONG_CELL else ""
    if trouble is None:
        try:
            return column.parse(cell)
        except InvalidValueError as error:
            trouble, detail = column.trouble, error.rule
            if trouble is Trouble.ID_NUMBER and is_rounded_id(cell):
                trouble, detail = Trouble.DAMAGED_NUMBER, ""
    log.add(number, field, trouble, shown(column, cell), detail)
    return DAMAGED
