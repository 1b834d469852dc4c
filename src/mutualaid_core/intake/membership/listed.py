"""Listed persons (人员名单): by pseudonym or ID number, also where the list is a unit's roster.

What a list needs of a roster is read; the other columns may stand there and are not looked at.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from mutualaid_core.domain.values.identifiers import MemberId
from mutualaid_core.domain.values.personal import ResidentId
from mutualaid_core.errors import IntakeError
from mutualaid_core.intake import cells
from mutualaid_core.intake.claims.sheet import DAMAGED, Sheet, read_sheet
from mutualaid_core.intake.damage import Form
from mutualaid_core.intake.problem import Problem, Trouble, in_file_order
from mutualaid_core.intake.rosters import codes
from mutualaid_core.intake.rosters.columns import LEFT_ALONE, ROSTER_ALIASES, ROSTER_COLUMNS
from mutualaid_core.intake.table import Column, Row

Person = MemberId | ResidentId
"""A person as a list names one."""

PERSON_COLUMNS: Final = (
    Column(name="unit_code", parse=cells.unit_code, form=Form.CODE),
    Column(name="member_id", parse=cells.unit_code, form=Form.CODE),
    Column(
        name="id_number",
        parse=cells.resident_id,
        form=Form.FIGURES,
        trouble=Trouble.ID_NUMBER,
        mask=cells.mask_id,
    ),
    Column(name="joins", parse=codes.flag, form=Form.CODE),
)
"""Columns that tell of whom a row is, and whether it counts."""

ALIASES: Final = {**ROSTER_ALIASES, "会员编号": "member_id"}
"""Chinese names of the columns."""

_NO_ALIASES: Final[Mapping[str, str]] = {}


def _nothing(_cell: str) -> None:
    """Nothing of a cell that is not looked at."""


def read_list(path: Path, own: tuple[Column, ...], aliases: Mapping[str, str] = _NO_ALIASES) -> Sheet:
    """Read a list of persons, CSV or a workbook; problems stay in its log.

    Args:
        path: The file.
        own: What the list holds beside the persons; columns of a roster are left alone.
        aliases: Other names of these columns.
    """
    named = (*PERSON_COLUMNS, *own)
    names = {column.name for column in named}
    of_roster = (*(column.name for column in ROSTER_COLUMNS), *sorted(LEFT_ALONE))
    left = (Column(name=name, parse=_nothing, mask=cells.mask_all) for name in of_roster if name not in names)
    sheet = read_sheet(path, (*named, *left), {**ALIASES, **aliases})
    if sheet.given and not {"member_id", "id_number"} & sheet.given.keys():
        sheet.log.add(1, "id_number", Trouble.MISSING_COLUMN)
    return sheet


def is_of_unit(row: Row, unit_id: str) -> bool:
    """Whether a row is of a unit: it names it, or none."""
    return row.values.get("unit_code", unit_id) in {unit_id, DAMAGED}


def person_of(sheet: Sheet, row: Row) -> Person | None:
    """Of whom a row is: by the pseudonym where there is one, else by the ID number.

    Args:
        sheet: The list, whose log takes what is wrong.
        row: The row.

    Returns:
        The person; ``None`` where nobody is named, or in damaged writing.
    """
    found: Any = row.values.get("member_id", row.values.get("id_number"))
    if found is None:
        name = "id_number" if "id_number" in sheet.given else "member_id"
        sheet.log.add(row.number, sheet.name(name), Trouble.BLANK)
    if found is None or found is DAMAGED:
        return None
    return found if isinstance(found, ResidentId) else MemberId(str(found))


def refuse_faulty(sheet: Sheet, *, is_empty: bool) -> None:
    """Raise where something is wrong with a list, or nobody of the unit who joins stands on it.

    Raises:
        IntakeError: With every problem of the file.
    """
    if sheet.log.found:
        raise IntakeError(in_file_order(sheet.log.found))
    if is_empty:
        raise nobody_listed(sheet.log.file)


def nobody_listed(file: str) -> IntakeError:
    """What is raised where rows there are, but none of somebody of the unit who joins.

    Args:
        file: Name of the file.
    """
    return IntakeError((Problem(file=file, row=0, field="", trouble=Trouble.NOBODY_LISTED),))
