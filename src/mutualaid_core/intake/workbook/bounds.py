"""Bounds (限度) of workbooks, and how a workbook that is beyond them, or damaged, is told."""

import struct
import zipfile
import zlib
from typing import Final
from xml.parsers.expat import ExpatError

from mutualaid_core.intake.problem import Problems, Trouble

BYTES_MAX: Final = 32 * 1024 * 1024
"""Largest workbook that is read."""

CELLS_MAX: Final = 6_000_000
"""Most cells of a sheet, blank ones within the table too."""

COLUMNS_MAX: Final = 256
"""Most columns of a sheet."""

TEXTS_MAX: Final = 2_000_000
"""Most texts of a workbook's table of texts, which is held in memory; equal texts stand there once."""

CHARACTERS_MAX: Final = 64 * 1024 * 1024
"""Most characters of all those texts together."""

_DAMAGE: Final = (
    ValueError,
    LookupError,
    OSError,
    EOFError,
    RuntimeError,
    OverflowError,
    struct.error,
    zlib.error,
    zipfile.BadZipFile,
    ExpatError,
)
"""What reading bytes by their form raises where they have another one."""


class RefusedError(Exception):
    """A workbook is of the right form and none that is read."""

    def __init__(self, trouble: Trouble, field: str = "", detail: str = "", row: int = 0) -> None:
        """Keep what is told."""
        super().__init__(trouble.en)
        self.trouble, self.field, self.detail, self.row = trouble, field, detail, row


def refuse_beyond(limit: int, of: str, found: int, trouble: Trouble = Trouble.BOMB) -> None:
    """Refuse what is counted while it is read, and so is at least so much.

    Args:
        limit: The most.
        of: What is counted.
        found: How much there was so far.
        trouble: What it is told as.

    Raises:
        RefusedError: There is more; with the limit and what was found.
    """
    if found > limit:
        raise RefusedError(trouble, "", f"limit {limit} {of}, found at least {found}")


class Noting:
    """Notes why a workbook is not read, as one problem; nothing that its bytes cause goes further."""

    def __init__(self, log: Problems) -> None:
        """Keep what takes the problem."""
        self._log = log

    def __enter__(self) -> None:
        """Begin to read."""

    def __exit__(self, _: object, error: BaseException | None, __: object) -> bool:
        """Answer whether reading ended for a reason that was noted."""
        if isinstance(error, RefusedError):
            self._log.add(error.row, error.field, error.trouble, "", error.detail)
        elif isinstance(error, _DAMAGE):
            self._log.add(0, "", Trouble.WORKBOOK)
        return isinstance(error, (RefusedError, *_DAMAGE))


class Texts:
    """Table of texts (文本表) that is filled within its bounds."""

    def __init__(self) -> None:
        """Begin without texts."""
        self.found: list[str] = []
        self._left = CHARACTERS_MAX

    def add(self, text: str) -> None:
        """Take a text.

        Raises:
            RefusedError: There are more than are held in memory.
        """
        self.found.append(text)
        self._left -= len(text)
        if self._left < 0 or len(self.found) > TEXTS_MAX:
            limit = f"limit {TEXTS_MAX} texts and {CHARACTERS_MAX} characters"
            found = f"at least {len(self.found)} and {CHARACTERS_MAX - self._left}"
            raise RefusedError(Trouble.TOO_LARGE, "", f"{limit}, found {found}")
