"""Payroll lists (代扣名单): from whose pay the dues are deducted, and who declared what by which paper."""

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import attrs

from mutualaid_core.domain.values.numbers import personal_number_in
from mutualaid_core.domain.values.personal import ResidentId
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.intake import cells
from mutualaid_core.intake.claims.sheet import DAMAGED, Sheet
from mutualaid_core.intake.damage import Form
from mutualaid_core.intake.membership.listed import Person, is_of_unit, person_of, read_list, refuse_faulty
from mutualaid_core.intake.membership.remittances import DIRECTLY
from mutualaid_core.intake.problem import Problem, Trouble
from mutualaid_core.intake.table import Column, Row


def _paper(cell: str) -> str:
    """Number of a paper, without a number of a person.

    Raises:
        InvalidValueError: It cannot be printed, or holds one.
    """
    kind = personal_number_in(cell)
    if kind is not None:
        raise InvalidValueError("paper", f"must not hold {kind}", f"{len(cell)} characters")
    return cells.text(cell)


CONSENT_COLUMNS: Final = (
    Column(name="declared_on", parse=cells.day, form=Form.FIGURES, trouble=Trouble.DAY),
    Column(name="paper", parse=_paper, mask=cells.mask_all),
)
"""Columns of a list of consents (授权名单) beside those of the persons."""

CONSENT_ALIASES: Final[Mapping[str, str]] = {
    "声明日期": "declared_on",
    "授权日期": "declared_on",
    "撤回日期": "declared_on",
    "授权书编号": "paper",
    "撤回书编号": "paper",
    "依据文号": "paper",
}
"""Chinese names of these columns."""


@attrs.frozen(kw_only=True)
class Stated:
    """What holds for the rows that do not tell it (统一填写).

    Attributes:
        on: Day of the declaration; ``None`` where every row must tell its own.
        paper: Number of the paper; ``None`` likewise.
    """

    on: datetime.date | None = None
    paper: str | None = None


@attrs.frozen(kw_only=True)
class DeclaredRow:
    """Row (声明行): one worker with what was declared.

    Attributes:
        row: Row of the file.
        person: The worker, by pseudonym or by ID number.
        on: Day of the declaration.
        paper: Number of the paper that the worker signed.
    """

    row: int
    person: Person
    on: datetime.date
    paper: str


@attrs.frozen(kw_only=True)
class ConsentList:
    """List of consents or withdrawals (授权名单) that was read.

    Attributes:
        rows: Rows of the unit.
        others: Rows of other units, which were left alone.
        not_joining: Rows of the unit of people who do not join, likewise.
        flags: What is to be looked at and stands against nothing: what a workbook hides.
    """

    rows: tuple[DeclaredRow, ...]
    others: int
    not_joining: int
    flags: tuple[Problem, ...]


@attrs.frozen(kw_only=True)
class PayrollList:
    """List of those whose pay is to be deducted (代扣名单) that was read.

    Attributes:
        persons: The workers of the unit, in the order of the file.
        others: Rows of other units, which were left alone.
        not_joining: Rows of the unit of people who do not join, likewise.
        direct: Rows of the unit of people who pay by hand, likewise.
        flags: What is to be looked at and stands against nothing: what a workbook hides.
    """

    persons: tuple[Person, ...]
    others: int
    not_joining: int
    direct: int
    flags: tuple[Problem, ...]


def read_consent_list(path: Path, unit_id: str, stated: Stated) -> ConsentList:
    """Read what workers of a unit declared, CSV or a workbook, with every problem of every cell.

    Args:
        path: The file.
        unit_id: The unit; where the file names units, the rows of others are left alone.
        stated: Day and paper of the rows that tell none.

    Raises:
        IntakeError: With every problem of the file.

    Clause:
        SN-2.3.5d
    """
    sheet = read_list(path, CONSENT_COLUMNS, CONSENT_ALIASES)
    for name, general in (("declared_on", stated.on), ("paper", stated.paper)):
        if sheet.given and general is None and name not in sheet.given:
            sheet.log.add(1, name, Trouble.MISSING_COLUMN)
    own, listed = _listed(sheet, unit_id)
    made = [_declared(sheet, row, person, stated) for row, person in _persons(sheet, listed)]
    rows = tuple(row for row in made if row is not None)
    refuse_faulty(sheet, is_empty=not rows)
    return ConsentList(
        rows=rows,
        others=len(sheet.rows) - len(own),
        not_joining=len(own) - len(listed),
        flags=tuple(sheet.flags.found),
    )


def read_payroll_list(path: Path, unit_id: str) -> PayrollList:
    """Read whose pay a unit wants to deduct, CSV or a workbook, with every problem of every cell.

    The list of a remittance and that of consents will do; only the persons count, and of them
    those whom the list does not tell to pay by hand.

    Args:
        path: The file.
        unit_id: The unit; where the file names units, the rows of others are left alone.

    Raises:
        IntakeError: With every problem of the file.

    Clause:
        SN-2.3.5d
    """
    sheet = read_list(path, (*CONSENT_COLUMNS, DIRECTLY), CONSENT_ALIASES)
    own, listed = _listed(sheet, unit_id)
    told = [(row, person) for row, person in _persons(sheet, listed) if person is not None]
    persons = tuple(person for row, person in told if row.values.get(DIRECTLY.name) is not True)
    refuse_faulty(sheet, is_empty=not persons)
    return PayrollList(
        persons=persons,
        others=len(sheet.rows) - len(own),
        not_joining=len(own) - len(listed),
        direct=len(told) - len(persons),
        flags=tuple(sheet.flags.found),
    )


def _listed(sheet: Sheet, unit_id: str) -> tuple[list[Row], list[Row]]:
    """The rows of the unit, and those of them that count."""
    own = [row for row in sheet.rows if is_of_unit(row, unit_id)]
    return own, [row for row in own if row.values.get("joins") is not False]


def _persons(sheet: Sheet, rows: list[Row]) -> list[tuple[Row, Person | None]]:
    """Each row with its person; one who stands there twice is noted."""
    told = [(row, person_of(sheet, row)) for row in rows]
    first: dict[Person, int] = {}
    for row, person in told:
        if person is None:
            continue
        if person in first:
            name = "id_number" if isinstance(person, ResidentId) else "member_id"
            sheet.log.add(row.number, sheet.name(name), Trouble.DOUBLED_ROW, "", f"see row {first[person]}")
        first.setdefault(person, row.number)
    return told


def _declared(sheet: Sheet, row: Row, person: Person | None, stated: Stated) -> DeclaredRow | None:
    """What a row tells; ``None`` where something is wrong with it, which is noted."""
    general = {"declared_on": stated.on, "paper": stated.paper}
    told: dict[str, Any] = {name: row.values.get(name, value) for name, value in general.items()}
    for name, value in told.items():
        if value is None and name in sheet.given:
            sheet.log.add(row.number, sheet.name(name), Trouble.BLANK)
    if person is None or any(value is None or value is DAMAGED for value in told.values()):
        return None
    return DeclaredRow(row=row.number, person=person, on=told["declared_on"], paper=told["paper"])
