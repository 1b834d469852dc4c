"""Sources (名册来源): the rows of a CSV file or a workbook, as often as they are asked for.

A file is looked at once before its rows are read. One that is plain UTF-8 with commas then
streams through the standard reader; any other goes to the careful reader, which notes what is
wrong and reads on so that other problems show as well.
"""

import csv
import hashlib
from codecs import IncrementalDecoder, getincrementaldecoder
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import attrs

from mutualaid_core.errors import IntakeError
from mutualaid_core.intake.problem import Problem, Problems, Trouble
from mutualaid_core.intake.reading import MARK, read_text, table_lines
from mutualaid_core.intake.records import records_of, separator_of
from mutualaid_core.intake.table import BYTES_MAX
from mutualaid_core.intake.workbook import is_workbook_name, look_at, other_workbook, read_grid

ROWS_MAX: Final = 2_000_000
"""Most rows of a roster; a province has fewer workers in one scheme."""

STREAM_BYTES_MAX: Final = 512 * 1024 * 1024
"""Largest file that is streamed."""

_CHUNK: Final = 1 << 20
_BLOCK: Final = 1 << 16
_LOOK_EVERY: Final = 5_000

Rows = Iterator[tuple[int, list[str] | None]]
"""Number and cells of each row; no cells where a row is broken, which has been noted."""


@attrs.define(kw_only=True)
class Source:
    """A file of rows that has been looked at.

    Attributes:
        path: The file.
        log: Takes its problems.
        sheet: Name of the sheet to be read; ``None`` for the only one with rows.
        digest: SHA-256 of its bytes, hexadecimal.
        is_plain: Whether it streams.
        is_read: Whether it can be read at all.
        lines: Its lines, for whoever watches; 0 where that is not known.
        flags: Takes what is to be looked at and stands against nothing.
    """

    path: Path
    log: Problems
    flags: Problems
    sheet: str | None = None
    digest: str = ""
    is_plain: bool = False
    is_read: bool = False
    lines: int = 0
    _mark: tuple[int, ...] = ()

    def look(self) -> None:
        """Look at the file as a whole: its form, its size, and what it is made of."""
        self._mark = _mark_of(self.path)
        if is_workbook_name(self.path):
            sheet = look_at(self.path, self.log, self.sheet)
            self.is_read = sheet is not None
            self.sheet = None if sheet is None else sheet.name
            if sheet is not None:
                sheet.tell_hidden(self.flags)
            self.digest = _digest_of(self.path) if self.is_read else ""
            return
        # A file of text has no sheets, whatever the workbooks beside it have.
        self.sheet = None
        look = _look(self.path) if self._mark else _Look()
        self.digest, self.is_plain, self.lines = look.digest, look.is_plain, look.rows
        if other_workbook(look.first):
            self.log.add(0, "", Trouble.OTHER_FORM)
        elif look.rows > ROWS_MAX + 1:
            limit = f"limit {ROWS_MAX} rows, found at least {look.rows - 1}"
            self.log.add(0, "", Trouble.TOO_MANY_ROWS, "", limit)
        elif look.bytes_read > STREAM_BYTES_MAX:
            limit = f"limit {STREAM_BYTES_MAX} bytes, found {self.path.stat().st_size}"
            self.log.add(0, "", Trouble.TOO_LARGE, "", limit)
        else:
            self.is_read = True

    def rows(self) -> Rows:
        """The rows, the head first; problems of the file are noted each time they are met."""
        if self.sheet is not None:
            yield from read_grid(self.path, self.sheet, self.log)
        elif self.is_plain:
            yield from _plain_rows(self.path)
        else:
            yield from _careful_rows(self.path, self.log)

    def watched(self) -> Rows:
        """The rows once more, as long as the file is as it was.

        Raises:
            IntakeError: It has changed.
        """
        self.refuse_change()
        for number, cells in self.rows():
            if number % _LOOK_EVERY == 0:
                self.refuse_change()
            yield number, cells
        self.refuse_change()

    def refuse_change(self) -> None:
        """Raise where the file is not the one that was looked at.

        Raises:
            IntakeError: It has changed.
        """
        if _mark_of(self.path) != self._mark:
            raise IntakeError((Problem(file=self.log.file, row=0, field="", trouble=Trouble.CHANGED),))


def source_of(path: Path, sheet: str | None = None) -> Source:
    """A file that has been looked at."""
    source = Source(path=path, log=Problems(file=path.name), flags=Problems(file=path.name), sheet=sheet)
    source.look()
    return source


def _mark_of(path: Path) -> tuple[int, ...]:
    """What changes when the file does; empty where there is none."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return ()
    return (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns) if path.is_file() else ()


def _digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@attrs.define
class _Look:
    """What a first look at a file of text shows."""

    digest: str = ""
    rows: int = 0
    bytes_read: int = 0
    first: bytes = b""
    is_plain: bool = False


def _look(path: Path) -> _Look:
    """Read the bytes once; whether quotation marks are whole is asked of the reader itself."""
    look, digest = _Look(), hashlib.sha256()
    decoder = getincrementaldecoder("utf-8")("strict")
    is_plain, has_quotes, last = True, False, b""
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                look.first = look.first or chunk
                look.bytes_read += len(chunk)
                digest.update(chunk)
                look.rows += chunk.count(b"\n")
                has_quotes = has_quotes or b'"' in chunk
                is_plain = is_plain and _has_lines(chunk) and _decodes(decoder, chunk)
                last = chunk[-1:]
                if look.bytes_read > STREAM_BYTES_MAX or look.rows > ROWS_MAX + 1:
                    break
    except OSError:
        return look
    look.rows += last not in {b"\n", b""}
    look.digest = digest.hexdigest()
    head = look.first.splitlines()[0].decode(errors="replace") if look.first.strip() else ""
    is_plain = is_plain and _decodes(decoder, b"", final=True) and not look.first.startswith(MARK)
    is_plain = is_plain and bool(head.strip()) and separator_of(head, Problems(file="")) == ","
    look.is_plain = is_plain and _is_whole(path, has_quotes=has_quotes)
    return look


def _has_lines(chunk: bytes) -> bool:
    """Whether no line is so long that the standard reader would refuse it, and no byte is zero."""
    starts = range(0, len(chunk) - _BLOCK + 1, _BLOCK)
    return b"\0" not in chunk and all(chunk.find(b"\n", at, at + _BLOCK) >= 0 for at in starts)


def _decodes(decoder: IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _is_whole(path: Path, *, has_quotes: bool) -> bool:
    """Whether the standard reader takes every line as a row of its own."""
    if not has_quotes:
        return True
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file, strict=True)
            return sum(1 for _ in reader) == reader.line_num
    except csv.Error:
        return False


def _plain_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    with path.open(encoding="utf-8", newline="", buffering=_CHUNK) as file:
        yield from enumerate(csv.reader(file, strict=True), start=1)


def _careful_rows(path: Path, log: Problems) -> Rows:
    text = read_text(path, BYTES_MAX, log, or_workbook=True)
    if text is None:
        return
    lines = table_lines(text, log)
    head_line = next((line for line in lines if line.strip()), "")
    for number, cells in records_of(lines, separator_of(head_line, log), log):
        for at, cell in enumerate(cells or ()):
            if "\0" in cell:
                log.add(number, f"column {at + 1}", Trouble.WIDE_CHARACTERS)
        yield number, cells


def is_blank(cells: list[str]) -> bool:
    """Whether a row has no text at all."""
    return not any(cell.strip() for cell in cells)
