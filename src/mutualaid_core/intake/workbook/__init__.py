"""Workbooks (工作簿): rows of a sheet as a CSV file would hold them, after a look at the whole file.

``package`` looks into .xlsx files and ``binary`` into .xls files: what they unpack to, and
what in them is no plain table. ``facts`` judges that, ``grid`` reads the cells.
"""

from mutualaid_core.intake.workbook.facts import SheetFacts, WorkbookFacts
from mutualaid_core.intake.workbook.grid import BYTES_MAX, read_grid, workbook_rows
from mutualaid_core.intake.workbook.look import is_workbook_name, other_workbook, sheet_of

__all__ = [
    "BYTES_MAX",
    "SheetFacts",
    "WorkbookFacts",
    "is_workbook_name",
    "other_workbook",
    "read_grid",
    "sheet_of",
    "workbook_rows",
]
