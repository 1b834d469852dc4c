"""Records (记录) of an .xls stream, and what its first part tells of the whole workbook."""

import codecs
import struct
from collections.abc import Iterator
from typing import Final

import attrs

from mutualaid_core.intake.problem import Trouble
from mutualaid_core.intake.workbook.bounds import RefusedError
from mutualaid_core.intake.workbook.xls.texts import short_text

Record = tuple[int, int, bytes]
"""Kind, place of the body in the stream, and body."""

_BEGIN, _END = 0x0809, 0x000A
_SHEET, _LOCKED, _BOOK, _VBA = 0x0085, 0x002F, 0x01AE, 0x00D3
_CODE_PAGE, _FROM_1904, _FORMAT, _CELL_FORMAT = 0x0042, 0x0022, 0x041E, 0x00E0
_TEXTS, _MORE = 0x00FC, 0x003C
_OWN_BOOK, _ADD_IN = 0x0401, 0x3A01
_NEW_VERSION: Final = 0x0600
_WORKSHEET, _MACRO_SHEET, _MODULE = 0, 1, 6
_SHEETS_MAX: Final = 1_000
_PAGES: Final = {1200: "utf-16-le", 10000: "mac-roman", 32768: "mac-roman", 32769: "cp1252"}


@attrs.frozen(kw_only=True)
class Bound:
    """A sheet as the first part tells it.

    Attributes:
        name: Its name.
        place: Where its own part begins.
        is_hidden: Whether it is hidden.
        has_cells: Whether it is a sheet of cells; others are charts.
    """

    name: str
    place: int
    is_hidden: bool
    has_cells: bool


@attrs.define
class Book:
    """What the first part tells.

    Attributes:
        is_wide: Whether texts say themselves how they are written, as in newer files.
        codec: How texts of older files are written.
        sheets: Its sheets, in their order.
        is_1904: Whether its days are counted from 1904.
        formats: Formats that it declares, by number.
        numbers: Number of the format of each cell format.
        texts: Bodies of the table of texts.
        macros: Where macros are; empty where there are none.
        links: Where links to other files are.
    """

    is_wide: bool = True
    codec: str = "latin-1"
    sheets: list[Bound] = attrs.field(factory=list)
    is_1904: bool = False
    formats: dict[int, str] = attrs.field(factory=dict)
    numbers: list[int] = attrs.field(factory=list)
    texts: list[bytes] = attrs.field(factory=list)
    macros: str = ""
    links: str = ""


def records(stream: bytes, at: int) -> Iterator[Record]:
    """The records of one part of the stream, from its beginning to its own end; charts within are left out.

    Raises:
        ValueError: The part has no end.
    """
    depth = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        at += 4
        if at + size > len(stream):
            raise ValueError
        depth += (kind == _BEGIN) - (kind == _END)
        if depth <= 0:
            return
        if depth == 1:
            yield kind, at, stream[at : at + size]
        at += size
    raise ValueError


def book_of(stream: bytes) -> Book:
    """Read the first part.

    Raises:
        RefusedError: It is under a password.
        ValueError: It is damaged.
    """
    book = Book()
    before = 0
    for kind, _, body in records(stream, 0):
        if kind == _MORE and before == _TEXTS:
            book.texts.append(body)
            continue
        _take(book, kind, body)
        before = kind
    return book


def _take(book: Book, kind: int, body: bytes) -> None:
    """Take what a record tells."""
    if kind == _LOCKED:
        raise RefusedError(Trouble.ENCRYPTED)
    if kind == _SHEET:
        _take_sheet(book, body)
    elif kind == _TEXTS:
        book.texts = [body]
    elif kind in {_BEGIN, _CODE_PAGE, _FROM_1904}:
        _take_manner(book, kind, body)
    elif kind in {_FORMAT, _CELL_FORMAT}:
        _take_format(book, kind, body)
    elif kind == _VBA:
        book.macros = book.macros or "VBA"
    elif kind == _BOOK and struct.unpack_from("<H", body, 2)[0] not in {_OWN_BOOK, _ADD_IN}:
        book.links = book.links or "SUPBOOK"


def _take_manner(book: Book, kind: int, body: bytes) -> None:
    """Take how texts and days are written."""
    (number,) = struct.unpack_from("<H", body)
    if kind == _BEGIN:
        book.is_wide = number >= _NEW_VERSION
    elif kind == _CODE_PAGE:
        book.codec = _codec_of(number)
    else:
        book.is_1904 = number == 1


def _take_format(book: Book, kind: int, body: bytes) -> None:
    """Take a format, or which format the next kind of cell has."""
    if kind == _CELL_FORMAT:
        book.numbers.append(struct.unpack_from("<H", body, 2)[0])
        return
    (number,) = struct.unpack_from("<H", body)
    # Newer files count the characters of a format in two bytes, older ones in one.
    text = body[2:3] + body[4:] if book.is_wide else body[2:]
    book.formats[number] = short_text(text, book.codec, is_wide=book.is_wide)


def _take_sheet(book: Book, body: bytes) -> None:
    place, state, sort = struct.unpack_from("<IBB", body)
    name = short_text(body[6:], book.codec, is_wide=book.is_wide)
    if sort in {_MACRO_SHEET, _MODULE}:
        book.macros = book.macros or name
    book.sheets.append(Bound(name=name, place=place, is_hidden=bool(state & 3), has_cells=sort == _WORKSHEET))
    if len(book.sheets) > _SHEETS_MAX:
        raise ValueError


def _codec_of(page: int) -> str:
    name = _PAGES.get(page, f"cp{page}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "latin-1"
