"""Division codes (行政区划代码) from a CSV file: the one that is shipped, or one of the host's own."""

import datetime
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, Final, TypeVar

from mutualaid_core.domain.values.divisions import Certainty, Division, DivisionLevel
from mutualaid_core.domain.values.identifiers import DivisionCode, parse_division_code
from mutualaid_core.errors import IntakeError, InvalidValueError
from mutualaid_core.intake import cells
from mutualaid_core.intake.damage import Form
from mutualaid_core.intake.problem import Trouble, in_file_order
from mutualaid_core.intake.table import Column, Table, read_table
from mutualaid_core.rules.scheme.divisions import DivisionTable, conflicts_of, division_table

SHIPPED_FILE: Final = "gbt2260.csv"

NOTHING: Final = "none"
"""What a blank cell is read as."""

Choice = TypeVar("Choice", DivisionLevel, Certainty)


def _level(cell: str) -> DivisionLevel:
    return _choice(DivisionLevel, cell)


def _certainty(cell: str) -> Certainty:
    return _choice(Certainty, cell)


def _choice(kind: type[Choice], cell: str) -> Choice:
    for member in kind:
        if member.value == cell:
            return member
    known = ", ".join(str(member.value) for member in kind)
    raise InvalidValueError(kind.__name__, f"must be one of {known}", f"{len(cell)} characters")


def code_or_none(cell: str) -> DivisionCode | None:
    """A division code; ``none``, as a blank cell is read, says that there is none.

    Raises:
        InvalidValueError: *cell* is no code.
    """
    return None if cell == NOTHING else parse_division_code(cell)


def day_or_none(cell: str) -> datetime.date | None:
    """A day; ``none``, as a blank cell is read, says that there is none.

    Raises:
        InvalidValueError: *cell* is no day.
    """
    return None if cell == NOTHING else cells.day(cell)


def _code(name: str) -> Column:
    return Column(name=name, parse=code_or_none, form=Form.FIGURES, default=NOTHING, blank_is_default=True)


def last_day_column(name: str) -> Column:
    """A column of days of which any cell may be blank."""
    return Column(
        name=name,
        parse=day_or_none,
        form=Form.FIGURES,
        trouble=Trouble.DAY,
        default=NOTHING,
        blank_is_default=True,
    )


DIVISION_COLUMNS: Final = (
    Column(name="code", parse=parse_division_code, form=Form.FIGURES),
    Column(name="name", parse=cells.text),
    Column(name="level", parse=_level, form=Form.CODE),
    _code("parent"),
    Column(name="valid_from", parse=cells.day, form=Form.FIGURES, trouble=Trouble.DAY),
    last_day_column("valid_to"),
    _code("successor"),
    last_day_column("seen_to"),
    Column(name="certainty", parse=_certainty, form=Form.CODE),
    Column(name="source", parse=cells.text),
)
"""Columns of a table of division codes (行政区划代码表)."""


def read_divisions(path: Path) -> DivisionTable:
    """Read a table of division codes.

    Args:
        path: A CSV file with ``DIVISION_COLUMNS``, a row for each stretch of days of a code.

    Raises:
        IntakeError: With every problem of every row.
    """
    table = read_table(path, DIVISION_COLUMNS, key=None)
    built = [(row.number, made) for row in table.rows if (made := _division(table, row.number, row.values))]
    if not table.problems:
        for conflict in conflicts_of([made for _, made in built]):
            number = built[conflict.at][0]
            table.add(number, conflict.field, Trouble.VALUE, conflict.value, conflict.rule)
    if table.problems:
        raise IntakeError(in_file_order(table.problems))
    return division_table(made for _, made in built)


def _division(table: Table, number: int, values: Any) -> Division | None:  # noqa: ANN401  # cells of any kind
    try:
        return Division(**values)
    except InvalidValueError as error:
        table.add(number, error.field, Trouble.VALUE, "", error.rule)
        return None


def shipped_divisions() -> DivisionTable:
    """The table that is shipped; the page of the folder ``divisions`` says what it holds."""
    with as_file(files("mutualaid_core") / "divisions" / SHIPPED_FILE) as path:
        return read_divisions(path)
