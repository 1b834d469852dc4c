"""Cells of a sheet (工作表单元格): rows of text, as a CSV file would hold them."""

from collections.abc import Iterator
from pathlib import Path

from mutualaid_core.intake.problem import Problems
from mutualaid_core.intake.workbook.bounds import Noting
from mutualaid_core.intake.workbook.look import BINARY
from mutualaid_core.intake.workbook.xls.sheet import binary_rows
from mutualaid_core.intake.workbook.xlsx.sheet import package_rows


def read_grid(path: Path, sheet: str, problems: Problems) -> Iterator[tuple[int, list[str]]]:
    """Number and cells of each row of a sheet, of a workbook that has been looked at.

    Blank rows at either end and blank columns before the first row's are left out: spreadsheets
    keep them for their format alone. A row is as wide as the widest before it.

    Args:
        path: The file.
        sheet: Name of the sheet.
        problems: Takes what is wrong with it.
    """
    rows = binary_rows if path.suffix.lower() == BINARY else package_rows
    last = left = width = 0
    with Noting(problems):
        for number, cells in rows(path, sheet):
            if not any(cells):
                continue
            if not last:
                left = next(at for at, cell in enumerate(cells) if cell)
            # A value before the first column stays, so that its row does not fit the head.
            cells = cells if any(cells[:left]) else cells[left:]  # noqa: PLW2901  # the same row
            # Rows that the file leaves out are blank, and so are those of format alone.
            yield from ((blank, [""] * width) for blank in range(last + 1, number) if last)
            yield number, cells
            last, width = number, len(cells)
