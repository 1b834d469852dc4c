"""Renewal lists (续保名单): who renews, with which parts and shares."""

from pathlib import Path
from typing import Any, Final

import attrs

from mutualaid_core.intake.claims.sheet import DAMAGED, Sheet
from mutualaid_core.intake.membership.listed import Person, is_of_unit, person_of, read_list, refuse_faulty
from mutualaid_core.intake.problem import Problem
from mutualaid_core.intake.rosters.columns import ROSTER_COLUMNS
from mutualaid_core.intake.table import Row

RENEWAL_COLUMNS: Final = tuple(column for column in ROSTER_COLUMNS if column.name in {"shares", "parts"})
"""Columns of a renewal list (续保名单) beside those of the persons, as on a roster."""


@attrs.frozen(kw_only=True)
class RenewingRow:
    """Row (续保行): one member who renews.

    Attributes:
        row: Row of the file.
        person: The person, by pseudonym or by ID number.
        parts: Parts wanted; ``None`` for those of the period before.
        shares: Shares wanted; ``None`` for those of the period before.
    """

    row: int
    person: Person
    parts: tuple[str, ...] | None
    shares: int | None


@attrs.frozen(kw_only=True)
class RenewalList:
    """Renewal list (续保名单) that was read.

    Attributes:
        rows: Rows of the unit.
        flags: What is to be looked at and stands against nothing: what a workbook hides.
    """

    rows: tuple[RenewingRow, ...]
    flags: tuple[Problem, ...] = ()


def read_renewal_list(path: Path, unit_id: str) -> RenewalList:
    """Read the list of a unit, CSV or a workbook, with every problem of every cell.

    Whoever does not join by the list is left out.

    Args:
        path: The file.
        unit_id: The unit; where the file names units, the rows of others are left alone.

    Raises:
        IntakeError: With every problem of the file.

    Clause:
        HN-4.3.5d
    """
    sheet = read_list(path, RENEWAL_COLUMNS)
    joining = [row for row in sheet.rows if row.values.get("joins") is not False]
    made = [_row(sheet, row) for row in joining if is_of_unit(row, unit_id)]
    rows = tuple(row for row in made if row is not None)
    refuse_faulty(sheet, is_empty=not rows)
    return RenewalList(rows=rows, flags=tuple(sheet.flags.found))


def _row(sheet: Sheet, row: Row) -> RenewingRow | None:
    person = person_of(sheet, row)
    values: dict[str, Any] = {name: row.values.get(name) for name in ("parts", "shares")}
    if person is None or DAMAGED in values.values():
        return None
    return RenewingRow(row=row.number, person=person, **values)
