"""Workbooks (工作簿): rows of a sheet as a CSV file would hold them, after a look at the whole file.

``xlsx`` and ``xls`` look into the two forms and read them: what they unpack to, and what in them
is no plain table. Both read within the limits of ``bounds``, in steps, and believe no size that a
file tells. ``facts`` judges what a look shows, ``grid`` gives the rows.
"""

from mutualaid_core.intake.workbook.bounds import BYTES_MAX
from mutualaid_core.intake.workbook.facts import SheetFacts, WorkbookFacts
from mutualaid_core.intake.workbook.grid import read_grid
from mutualaid_core.intake.workbook.look import is_workbook_name, look_at, other_workbook, sheet_of

__all__ = [
    "BYTES_MAX",
    "SheetFacts",
    "WorkbookFacts",
    "is_workbook_name",
    "look_at",
    "other_workbook",
    "read_grid",
    "sheet_of",
]
