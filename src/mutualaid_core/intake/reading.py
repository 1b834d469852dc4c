"""Reading (读取): a file becomes text, with everything that is wrong with its bytes.

Line ends of every kind are taken as they come, and a last line without one is whole. Rows are
counted as an editor counts lines: at LF, CR and CR LF, and nowhere else.
"""

import io
import re
import stat
from pathlib import Path
from typing import Final

from mutualaid_core.intake.problem import Problems, Trouble
from mutualaid_core.intake.workbook import other_workbook

MARK: Final = b"\xef\xbb\xbf"
REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"
"""What stands for bytes that are no character; a text that holds it has been damaged."""

LINES_MAX: Final = 2_000_000
"""Most lines of a table that is read as a whole."""

LINE_MAX: Final = 1 << 20
"""Most characters of a row of a table."""

_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_HEAD_BYTES: Final = 4096
_UTF16_MARKS: Final = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_DAMAGE_SHARE: Final = 4
"""A file is damaged UTF-8, and no other encoding, while its good characters outweigh the bad so far."""


def read_text(path: Path, bytes_max: int, problems: Problems, *, or_workbook: bool = False) -> str | None:
    """The file's text; ``None`` where there is none to go on with.

    A text in another encoding is a problem, but it is answered in the encoding that it may
    be in, so that its other problems show as well.

    Args:
        path: The file; it is not read beyond the limit.
        bytes_max: Largest size, in bytes.
        problems: Takes what is wrong.
        or_workbook: Whether the table may come as a workbook too, in which no encoding can be wrong.
    """
    also = "or save it as .xlsx" if or_workbook else ""
    raw = _read_bytes(path, bytes_max, problems)
    if raw is None:
        return None
    if raw.startswith(MARK):
        problems.add(1, "", Trouble.BYTE_ORDER_MARK, "", also)
        raw = raw.removeprefix(MARK)
    if (utf16 := _utf16(raw)) is not None:
        problems.add(1, "", Trouble.ENCODING, "", _joined("it may be UTF-16", also))
        return raw.decode(utf16, errors="replace").removeprefix("\ufeff")
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        return _other_text(raw, error.start, problems, also)


def _joined(detail: str, also: str) -> str:
    return f"{detail}; {also}" if also else detail


def _read_bytes(path: Path, bytes_max: int, problems: Problems) -> bytes | None:
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            problems.add(0, "", Trouble.NOT_A_FILE, "", "a folder" if stat.S_ISDIR(mode) else "no plain file")
            return None
        with path.open("rb") as file:
            raw = file.read(bytes_max + 1)
            size = file.seek(0, io.SEEK_END) if len(raw) > bytes_max else len(raw)
    except FileNotFoundError:
        problems.add(0, "", Trouble.MISSING_FILE)
        return None
    except (OSError, ValueError) as error:
        problems.add(0, "", Trouble.NOT_A_FILE, "", getattr(error, "strerror", "") or "")
        return None
    if other_workbook(raw):
        problems.add(0, "", Trouble.OTHER_FORM)
        return None
    if size > bytes_max:
        problems.add(0, "", Trouble.TOO_LARGE, "", f"limit {bytes_max} bytes, found {size}")
        return None
    return raw


def _utf16(raw: bytes) -> str | None:
    """The UTF-16 that the bytes are in; ``None`` where they are in none."""
    if (marked := _UTF16_MARKS.get(raw[:2])) is not None:
        return marked
    head = raw[:_HEAD_BYTES]
    if head.count(0) * _DAMAGE_SHARE < max(len(head), 1):
        return None
    return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"


def _other_text(raw: bytes, start: int, problems: Problems, also: str) -> str:
    """The text of bytes that are no UTF-8: damaged, or in the national encoding."""
    row = raw.count(b"\n", 0, start) + raw.count(b"\r", 0, start) - raw.count(b"\r\n", 0, start) + 1
    damaged = raw.decode(errors="replace")
    bad = damaged.count(REPLACEMENT)
    if bad * _DAMAGE_SHARE < sum(not char.isascii() for char in damaged) - bad:
        problems.add(row, "", Trouble.ENCODING, "", _joined("damaged from here on", also))
        return damaged
    problems.add(row, "", Trouble.ENCODING, "", _joined("it may be GB18030", also))
    try:
        return raw.decode("gb18030")
    except UnicodeDecodeError:
        return damaged


def lines_of(text: str) -> list[str]:
    r"""The lines of a text with their line ends, as an editor counts them.

    >>> lines_of("a\r\nb\rc")
    ['a\r\n', 'b\r', 'c']
    """
    return _LINE.findall(text)


def table_lines(text: str, problems: Problems) -> list[str]:
    """The lines of a table; those up to the first that is longer than any row is.

    Args:
        text: The text.
        problems: Takes what is beyond the limits: where there are too many lines, none is answered.
    """
    count = text.count("\n") + text.count("\r") - text.count("\r\n")
    if count > LINES_MAX:
        problems.add(0, "", Trouble.TOO_MANY_ROWS, "", f"limit {LINES_MAX} rows, found {count}")
        return []
    lines = lines_of(text)
    long = next((at for at, line in enumerate(lines) if len(line) > LINE_MAX), None)
    if long is None:
        return lines
    found = f"limit {LINE_MAX} characters in a row, found {len(lines[long])}"
    problems.add(long + 1, "", Trouble.LONG_CELL, "", found)
    return lines[:long]
