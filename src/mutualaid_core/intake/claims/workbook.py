"""Workbooks (工作簿): the first sheet of an .xlsx file as rows of text, as a CSV file would hold it."""

import datetime
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final, TypeAlias

from python_calamine import CalamineError, CalamineWorkbook

from mutualaid_core.intake.problem import Problems, Trouble

BYTES_MAX: Final = 32 * 1024 * 1024
"""Largest workbook that is read."""

UNPACKED_MAX: Final = 512 * 1024 * 1024
"""Largest content of a workbook; a small file may unpack to a very large one."""

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
        if path.stat().st_size > BYTES_MAX or _unpacked(path) > UNPACKED_MAX:
            problems.add(0, "", Trouble.TOO_LARGE, "", f"limit {BYTES_MAX} bytes")
            return []
        with CalamineWorkbook.from_path(path) as workbook:
            sheet = workbook.get_sheet_by_index(0)
            return [[_text(cell) for cell in row] for row in sheet.iter_rows()]
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError):
        problems.add(0, "", Trouble.WORKBOOK)
        return []


def _unpacked(path: Path) -> int:
    with zipfile.ZipFile(path) as parts:
        return sum(part.file_size for part in parts.infolist())


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
