"""Cells of a sheet (工作表单元格): rows of text, as a CSV file would hold them."""

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Final, TypeAlias

from python_calamine import CalamineError, CalamineWorkbook

from mutualaid_core.intake.problem import Problems, Trouble
from mutualaid_core.intake.workbook.facts import CELLS_MAX
from mutualaid_core.intake.workbook.package import look_into_package

BYTES_MAX: Final = 32 * 1024 * 1024
"""Largest workbook that is read."""

_EXACT_MAX: Final = 10**11
"""A number of twelve digits and more is an id; a spreadsheet keeps fifteen of them."""

Cell: TypeAlias = (
    int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta
)


def workbook_rows(path: Path, problems: Problems) -> Iterator[tuple[int, list[str]]]:
    """Number, as the spreadsheet shows it, and cells of each row of the first sheet.

    Rows without any text at the end of the sheet are left out: spreadsheets keep them for their
    format alone.

    Args:
        path: The file.
        problems: Takes what is wrong with it.
    """
    rows = _rows(path, problems)
    while rows and not any(rows[-1]):
        rows.pop()
    yield from enumerate(rows, start=1)


def _rows(path: Path, problems: Problems) -> list[list[str]]:
    try:
        if not path.is_file():
            trouble = Trouble.NOT_A_FILE if path.exists() else Trouble.MISSING_FILE
            problems.add(0, "", trouble)
            return []
        if path.stat().st_size > BYTES_MAX:
            problems.add(0, "", Trouble.TOO_LARGE, "", f"limit {BYTES_MAX} bytes")
            return []
        facts = look_into_package(path, problems)
        if facts is None:
            return []
        if facts.sheets[0].rows * facts.sheets[0].columns > CELLS_MAX:
            problems.add(0, "", Trouble.TOO_MANY_ROWS, "", f"limit {CELLS_MAX} cells")
            return []
        with CalamineWorkbook.from_path(path) as workbook:
            sheet = workbook.get_sheet_by_index(0)
            return [[_text(cell) for cell in row] for row in sheet.iter_rows()]
    except (CalamineError, OSError, ValueError):
        problems.add(0, "", Trouble.WORKBOOK)
        return []


def read_grid(path: Path, sheet: str, problems: Problems) -> Iterator[tuple[int, list[str]]]:
    """Number and cells of each row of a sheet, of a workbook that has been looked at.

    Blank rows at either end are left out: spreadsheets keep them for their format alone.

    Args:
        path: The file.
        sheet: Name of the sheet.
        problems: Takes what is wrong with it.
    """
    blank: list[tuple[int, list[str]]] = []
    has_begun = False
    try:
        with CalamineWorkbook.from_path(path) as workbook:
            for number, row in enumerate(workbook.get_sheet_by_name(sheet).iter_rows(), start=1):
                cells = [_text(cell) for cell in row]
                if not any(cells):
                    blank.append((number, cells))
                    continue
                yield from blank if has_begun else ()
                blank, has_begun = [], True
                yield number, cells
    except (CalamineError, OSError, ValueError):
        problems.add(0, "", Trouble.WORKBOOK)


def _text(cell: Cell) -> str:
    """What a person would have typed; a rounded id stays recognisable as one."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, datetime.datetime):
        at_midnight = cell.time() == datetime.time()
        return cell.date().isoformat() if at_midnight else cell.isoformat(timespec="seconds")
    if isinstance(cell, int | float):
        return _number(cell)
    return str(cell)


def _number(cell: float) -> str:
    """Fifteen digits, which is what a spreadsheet shows; a float's tail beyond them is none of its own."""
    return f"{cell:.5E}" if abs(cell) >= _EXACT_MAX else f"{cell:.15g}"
