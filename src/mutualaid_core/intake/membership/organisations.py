"""Organisations (工会组织) from a CSV file: a row for each term of each organisation."""

from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Final, TypeVar

from mutualaid_core.domain.membership.organisation import (
    Organisation,
    OrganisationKind,
    OrganisationLevel,
    OrganisationTerm,
)
from mutualaid_core.errors import IntakeError, InvalidValueError
from mutualaid_core.intake import cells
from mutualaid_core.intake.damage import Form
from mutualaid_core.intake.membership.divisions import NOTHING, code_or_none, last_day_column
from mutualaid_core.intake.problem import Trouble, in_file_order
from mutualaid_core.intake.table import Column, Row, Table, read_table

Choice = TypeVar("Choice", OrganisationLevel, OrganisationKind)
Line = tuple[Row, OrganisationTerm]


def _level(cell: str) -> OrganisationLevel:
    return _choice(OrganisationLevel, cell)


def _kind(cell: str) -> OrganisationKind:
    return _choice(OrganisationKind, cell)


def _choice(kind: type[Choice], cell: str) -> Choice:
    for member in kind:
        if member.value == cell:
            return member
    known = ", ".join(str(member.value) for member in kind)
    raise InvalidValueError(kind.__name__, f"must be one of {known}", f"{len(cell)} characters")


def _parent(cell: str) -> str | None:
    return None if cell == NOTHING else cells.opaque_id(cell)


ORGANISATION_COLUMNS: Final = (
    Column(name="organisation_id", parse=cells.opaque_id, form=Form.CODE),
    Column(name="level", parse=_level, form=Form.CODE),
    Column(name="kind", parse=_kind, form=Form.CODE),
    Column(name="name", parse=cells.text),
    Column(name="parent_id", parse=_parent, form=Form.CODE, default=NOTHING, blank_is_default=True),
    Column(name="division", parse=code_or_none, form=Form.FIGURES, default=NOTHING, blank_is_default=True),
    Column(name="first_day", parse=cells.day, form=Form.FIGURES, trouble=Trouble.DAY),
    last_day_column("last_day"),
)
"""Columns of a table of organisations (组织表)."""


def read_organisations(path: Path) -> tuple[Organisation, ...]:
    """Read organisations; rows of one id are its terms, in any order.

    Parents and division codes are not looked at: the tree is judged as a whole, with what is in
    the store already.

    Args:
        path: A CSV file with ``ORGANISATION_COLUMNS``.

    Raises:
        IntakeError: With every problem of every row.
    """
    table = read_table(path, ORGANISATION_COLUMNS, key=None)
    groups: dict[str, list[Line]] = {}
    for row in table.rows:
        term = _term(table, row)
        if term is not None:
            groups.setdefault(row.values["organisation_id"], []).append((row, term))
    made = [_organisation(table, lines) for lines in groups.values()]
    if table.problems:
        raise IntakeError(in_file_order(table.problems))
    return tuple(each for each in made if each is not None)


def _term(table: Table, row: Row) -> OrganisationTerm | None:
    values = {name: row.values[name] for name in ("name", "parent_id", "division", "first_day", "last_day")}
    try:
        return OrganisationTerm(**values)
    except InvalidValueError as error:
        table.add(row.number, error.field, Trouble.VALUE, "", error.rule)
        return None


def _organisation(table: Table, lines: list[Line]) -> Organisation | None:
    """The organisation of these rows; ``None`` where they contradict each other."""
    lines.sort(key=lambda line: line[1].first_day)
    first = min((row for row, _ in lines), key=lambda row: row.number)
    if _note_contradictions(table, first, lines):
        return None
    try:
        return Organisation(
            organisation_id=first.values["organisation_id"],
            level=first.values["level"],
            kind=first.values["kind"],
            terms=tuple(term for _, term in lines),
        )
    except InvalidValueError as error:
        table.add(first.number, error.field, Trouble.VALUE, "", error.rule)
        return None


def _note_contradictions(table: Table, first: Row, lines: Iterable[Line]) -> bool:
    """Note rows that differ in what stays the same, and terms that overlap; whether there are any."""
    before = len(table.problems)
    ordered = list(lines)
    for row, _ in ordered:
        for field in ("level", "kind"):
            if row.values[field] is not first.values[field]:
                value = row.values[field].value
                table.add(row.number, field, Trouble.VALUE, value, f"differs from row {first.number}")
    for (row, term), (later_row, later) in pairwise(ordered):
        if term == later:
            table.add(later_row.number, "", Trouble.DOUBLED_ROW, "", f"see row {row.number}")
        elif term.last_day is None or term.last_day >= later.first_day:
            day, rule = (
                later.first_day.isoformat(),
                f"must be after the last day of the term in row {row.number}",
            )
            table.add(later_row.number, "first_day", Trouble.VALUE, day, rule)
    return len(table.problems) > before
