"""Binary workbooks (.xls): what a look at the records shows; external references stand there too."""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from mutualaid_core.intake.problem import Problems, Trouble
from mutualaid_core.intake.workbook.container import Compound
from mutualaid_core.intake.workbook.facts import SheetFacts, WorkbookFacts, cell_name

_SHEET, _LOCKED, _BOOK, _VBA = 0x0085, 0x002F, 0x01AE, 0x00D3
_BEGIN, _END = 0x0809, 0x000A
_FORMULAS: Final = frozenset({0x0006, 0x0206, 0x0406})
_VALUES: Final = frozenset({0x0203, 0x0204, 0x0205, 0x027E, 0x00FD, 0x00BD, 0x00D6}) | _FORMULAS
_BOOL_OR_ERROR, _MERGED, _MANY = 0x0205, 0x00E5, 0x00BD
_OWN_BOOK, _ADD_IN = 0x0401, 0x3A01
_MACRO_SHEET, _MODULE = 1, 6
_STREAMS: Final = ("Workbook", "Book")
_MACROS: Final = ("_VBA_PROJECT_CUR", "_VBA_PROJECT", "VBA", "Macros")


class LockedError(Exception):
    """The workbook is under a password."""


def look_into_binary(path: Path, log: Problems) -> WorkbookFacts | None:
    """What a look into a compound file shows; ``None`` where it is no sound .xls, which is noted."""
    try:
        return _looked(Compound(path.read_bytes()))
    except LockedError:
        log.add(0, "", Trouble.ENCRYPTED)
    except (ValueError, struct.error, OSError, IndexError):
        log.add(0, "", Trouble.WORKBOOK)
    return None


def _looked(compound: Compound) -> WorkbookFacts:
    if "EncryptedPackage" in compound.names:
        raise LockedError
    # The streams of older programs have the other name; without either it is no workbook.
    facts = _facts(compound.stream(next((each for each in _STREAMS if each in compound.names), "")))
    facts.macros = facts.macros or next((each for each in _MACROS if each in compound.names), "")
    return facts


def _facts(stream: bytes) -> WorkbookFacts:
    found = WorkbookFacts()
    places: list[int] = []
    for kind, body in _records(stream, 0):
        if kind == _LOCKED:
            raise LockedError
        if kind == _SHEET:
            (place, state, sort) = struct.unpack_from("<IBB", body)
            found.sheets.append(SheetFacts(name=_name(body[6:]), is_hidden=bool(state & 3)))
            places.append(place)
            if sort in {_MACRO_SHEET, _MODULE}:
                found.macros = found.macros or found.sheets[-1].name
        if kind == _VBA:
            found.macros = found.macros or "VBA"
        if kind == _BOOK and struct.unpack_from("<H", body, 2)[0] not in {_OWN_BOOK, _ADD_IN}:
            found.links = found.links or "SUPBOOK"
    for sheet, place in zip(found.sheets, places, strict=True):
        for kind, body in _records(stream, place):
            _note(kind, body, sheet)
    return found


def _note(kind: int, body: bytes, sheet: SheetFacts) -> None:
    if kind in _VALUES:
        row, column = struct.unpack_from("<HH", body)
        last = struct.unpack_from("<H", body, len(body) - 2)[0] if kind == _MANY else column
        sheet.meet(row + 1, max(column, last) + 1)
        if kind in _FORMULAS and not sheet.formula:
            sheet.formula = cell_name(row + 1, column + 1)
        if kind == _BOOL_OR_ERROR and body[7] and not sheet.error:
            sheet.error = cell_name(row + 1, column + 1)
    elif kind == _MERGED and not sheet.merged and len(body) >= 10:  # noqa: PLR2004  # a count and one range
        first, last, left, right = struct.unpack_from("<HHHH", body, 2)
        sheet.merged = f"{cell_name(first + 1, left + 1)}:{cell_name(last + 1, right + 1)}"


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records of one part of the stream, from its beginning to its own end."""
    depth = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        body = stream[at + 4 : at + 4 + size]
        if len(body) < size:
            raise ValueError
        yield kind, body
        depth += (kind == _BEGIN) - (kind == _END)
        if depth <= 0:
            return
        at += 4 + size
    raise ValueError


def _name(body: bytes) -> str:
    """A short text: its length, whether its characters take two bytes, the characters."""
    length, is_wide = body[0], body[1] & 1
    if is_wide:
        return body[2 : 2 + 2 * length].decode("utf-16-le", errors="replace")
    return body[2 : 2 + length].decode("latin-1")
