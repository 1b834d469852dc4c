"""Units of a roster (单位表): read from their file, completed from what a store knows of them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import attrs

from mutualaid_core.domain.membership.unit import Unit
from mutualaid_core.domain.values.identifiers import PoolId
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.intake.claims.sheet import DAMAGED, read_sheet
from mutualaid_core.intake.problem import Problems, Trouble
from mutualaid_core.intake.rosters.columns import UNIT_ALIASES, UNIT_COLUMNS
from mutualaid_core.intake.table import Row

_OF_UNIT: Final = ("credit_code", "kind", "division", "workplace", "parent_id")


@attrs.frozen(kw_only=True)
class UnitRow:
    """What a row tells of a unit; what it leaves blank is as it was.

    Attributes:
        unit_id: Unit.
        row: Its row.
        name: Name; ``None`` where it is not told.
        pool_id: Pooling region; ``None`` where it is not told.
        others: The other fields that are told.
        eligible: Workers that the unit should have; ``None`` where it is not told.
        enrolled: Those of them who should join.
    """

    unit_id: str
    row: int
    name: str | None
    pool_id: str | None
    others: Mapping[str, Any]
    eligible: int | None
    enrolled: int | None


@attrs.frozen(kw_only=True)
class UnitFile:
    """A file of units that was read.

    Attributes:
        log: Its problems.
        flags: What is to be looked at and stands against nothing.
        rows: Its units, by id.
    """

    log: Problems
    flags: Problems
    rows: Mapping[str, UnitRow]


def read_units(path: Path) -> UnitFile:
    """Read a file of units, CSV or a workbook; every problem is kept."""
    sheet = read_sheet(path, UNIT_COLUMNS, UNIT_ALIASES)
    found: dict[str, UnitRow] = {}
    if sheet.rows and "unit_code" not in sheet.given:
        sheet.log.add(1, "unit_code", Trouble.MISSING_COLUMN)
        return UnitFile(log=sheet.log, flags=sheet.flags, rows={})
    for row in sheet.rows:
        told = _row(row)
        if told is None:
            if "unit_code" not in row.values:
                sheet.log.add(row.number, sheet.name("unit_code"), Trouble.BLANK)
        elif told.unit_id in found:
            detail = f"see row {found[told.unit_id].row}"
            sheet.log.add(row.number, sheet.name("unit_code"), Trouble.DOUBLED_ROW, "", detail)
        else:
            found[told.unit_id] = told
    return UnitFile(log=sheet.log, flags=sheet.flags, rows=found)


def _row(row: Row) -> UnitRow | None:
    values = {name: value for name, value in row.values.items() if value is not DAMAGED}
    if "unit_code" not in values:
        return None
    return UnitRow(
        unit_id=values["unit_code"],
        row=row.number,
        name=values.get("unit_name"),
        pool_id=values.get("pool_id"),
        others={name: values[name] for name in _OF_UNIT if name in values},
        eligible=values.get("eligible_workers"),
        enrolled=values.get("enrolled_workers"),
    )


def unit_of(row: UnitRow, known: Unit | None, pool_id: str | None, log: Problems) -> Unit | None:
    """The unit that a row describes; ``None`` where it does not tell enough, which is noted.

    Args:
        row: The row.
        known: The unit as a store has it.
        pool_id: Pooling region of rows that name none.
        log: Takes what is missing.
    """
    told: dict[str, Any] = {"unit_id": row.unit_id, **row.others}
    told |= {} if row.name is None else {"name": row.name}
    pool = row.pool_id or (pool_id if known is None else None)
    told |= {} if pool is None else {"pool_id": PoolId(pool)}
    if known is None:
        missing = [name for name in ("name", "pool_id") if name not in told]
        for name in missing:
            log.add(row.row, "unit_name" if name == "name" else name, Trouble.BLANK)
        if missing:
            return None
    try:
        return Unit(**told) if known is None else attrs.evolve(known, **told)
    except InvalidValueError as error:
        log.add(row.row, error.field, Trouble.VALUE, "", error.rule)
        return None
