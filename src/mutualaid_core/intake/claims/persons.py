"""Persons (人员): how files name them, alike in all of them, and never in what comes out."""

from typing import Final

from mutualaid_core.intake.claims.sheet import Sheet
from mutualaid_core.intake.problem import Trouble

PERSON_ID, CERTNO = "person_id", "certno"
PERSON_COLUMNS: Final = (PERSON_ID, CERTNO)


def person_column(sheet: Sheet, others: str | None = None) -> str:
    """The column by which a file names persons; what is wrong with it is noted.

    Args:
        sheet: The file.
        others: The column by which the file beside it does; ``None`` where there is none.
    """
    given = [name for name in PERSON_COLUMNS if name in sheet.given]
    if len(given) > 1:
        sheet.log.add(1, CERTNO, Trouble.DOUBLED_COLUMN, "", "person_id names the person already")
    wanted = others or (given[0] if given else PERSON_ID)
    if sheet.given and wanted not in given:
        detail = "the other file names persons so" if others else "or certno"
        sheet.log.add(1, wanted, Trouble.MISSING_COLUMN, "", detail)
    return wanted
