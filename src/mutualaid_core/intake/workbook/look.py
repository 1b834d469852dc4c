"""A look at a workbook (工作簿检查): whether one plain table can be read from it, and from which sheet."""

from pathlib import Path
from typing import Final

from mutualaid_core.intake.problem import Problems, Trouble
from mutualaid_core.intake.workbook.bounds import BYTES_MAX, Noting
from mutualaid_core.intake.workbook.facts import SheetFacts, chosen_sheet
from mutualaid_core.intake.workbook.xls.container import MAGIC
from mutualaid_core.intake.workbook.xls.sheet import look_into_binary
from mutualaid_core.intake.workbook.xlsx.sheet import look_into_package

PACKAGE, BINARY = ".xlsx", ".xls"

_WITH_MACROS: Final = frozenset({".xlsm", ".xlsb", ".xltm", ".xlam", ".xla"})
_OTHERS: Final = frozenset({".ods", ".et", ".xlt", ".xltx", ".numbers"})
_ZIP: Final = b"PK\x03\x04"


def is_workbook_name(path: Path) -> bool:
    """Whether a file is a workbook by its name; some of those are refused."""
    return path.suffix.lower() in {PACKAGE, BINARY, *_WITH_MACROS, *_OTHERS}


def other_workbook(first: bytes) -> bool:
    """Whether the first bytes of a file are those of a workbook, whatever its name says."""
    return first.startswith((MAGIC, _ZIP))


def sheet_of(path: Path, log: Problems, wanted: str | None = None) -> str | None:
    """Name of the sheet that can be read; ``None`` where none can, which is noted.

    Args:
        path: The file.
        log: Takes every fault.
        wanted: Name of the sheet that is meant; ``None`` for the only one with rows.
    """
    found = look_at(path, log, wanted)
    return None if found is None else found.name


def look_at(path: Path, log: Problems, wanted: str | None = None) -> SheetFacts | None:
    """What a look shows of the sheet that can be read; ``None`` where none can, which is noted."""
    if not _may_be_read(path, log):
        return None
    look = look_into_package if path.suffix.lower() == PACKAGE else look_into_binary
    with Noting(log):
        return chosen_sheet(look(path), wanted, log)
    return None


def _may_be_read(path: Path, log: Problems) -> bool:
    """Whether the file is there, is of a form that is read, and is as its name says."""
    suffix = path.suffix.lower()
    try:
        with path.open("rb") as file:
            first, size = file.read(len(MAGIC)), path.stat().st_size
    except FileNotFoundError:
        log.add(0, "", Trouble.MISSING_FILE)
        return False
    except (OSError, ValueError) as error:
        log.add(0, "", Trouble.NOT_A_FILE, "", getattr(error, "strerror", "") or "")
        return False
    trouble, detail = None, ""
    if suffix in _WITH_MACROS:
        trouble = Trouble.MACROS
    elif suffix in _OTHERS:
        trouble = Trouble.WORKBOOK
    elif not size:
        trouble = Trouble.EMPTY_FILE
    elif size > BYTES_MAX:
        trouble, detail = Trouble.TOO_LARGE, f"limit {BYTES_MAX} bytes, found {size}"
    elif suffix == PACKAGE and first.startswith(MAGIC):
        trouble = _of_compound(path)
    elif not first.startswith(_ZIP if suffix == PACKAGE else MAGIC):
        trouble = Trouble.OTHER_FORM
    if trouble is not None:
        log.add(0, "", trouble, "", detail)
    return trouble is None


def _of_compound(path: Path) -> Trouble:
    """What is wrong with an .xlsx that is a compound file: a password, or another form."""
    found = Problems(file="")
    with Noting(found):
        look_into_binary(path)
    is_locked = any(problem.trouble is Trouble.ENCRYPTED for problem in found.found)
    return Trouble.ENCRYPTED if is_locked else Trouble.OTHER_FORM
