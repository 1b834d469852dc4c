"""Packages (.xlsx 包): what a zip archive really unpacks to, and what stands in its sheets.

Every part is inflated here with a bound, whatever its declared size says, before any other
reader sees the file. The sheets' XML is searched as it comes and never held as a whole.
"""

import html
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from mutualaid_core.intake.problem import Problems, Trouble
from mutualaid_core.intake.workbook.facts import CELLS_MAX, SheetFacts, WorkbookFacts

UNPACKED_MAX: Final = 512 * 1024 * 1024
"""Largest content of a workbook; a small file may unpack to a very large one."""

RATIO_MAX: Final = 200
"""How many times its packed size a part may unpack to, once it is above a mebibyte."""

PARTS_MAX: Final = 5_000
"""Most parts of a workbook."""

_CHUNK: Final = 1 << 18
_TAIL: Final = 1 << 16
_HEAD_BYTES: Final = 30
_SMALL: Final = 1 << 20
_INDEX_MAX: Final = 4 << 20

_ROOT_WITHIN: Final = 4096
_ROOT: Final = re.compile(rb"<(?:\w+:)?(?:work|chart|dialog)sheet\b")
_SHEET: Final = re.compile(rb"<(?:\w+:)?sheet\s([^>]*)>")
_RELATION: Final = re.compile(rb"<(?:\w+:)?Relationship\s([^>]*)>")
_ATTRIBUTE: Final = re.compile(rb"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_CELL: Final = re.compile(
    rb"""<(?:\w+:)?c\b([^>]*?\br=["']([A-Z]{1,3})([0-9]{1,7})["'][^>]*)(?<!/)>\s*<(?:\w+:)?(v|is|f)\b"""
)
_MERGED: Final = re.compile(rb"""<(?:\w+:)?mergeCell\s[^>]*?ref=["']([A-Z0-9:]+)["']""")
_ERROR: Final = re.compile(rb"""\bt=["']e["']""")
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[\s/>]")
_STRANGE: Final = re.compile(
    rb"""<(?:\w+:)?(?:c|row)\s(?:[^>]*?\s)?r=["'](?!(?:[A-Z]{1,3})?[1-9][0-9]{0,6}["'])"""
)
"""A cell or row whose name no spreadsheet gives; a reader that believed it would take all memory."""

_STRINGS: Final = re.compile(rb"""\b(?:uniqueCount|count)=["']([0-9]+)["']""")
_NAMELESS: Final = re.compile(rb"<(?:\w+:)?c(?:\s(?![^>]*\br=)[^>]*)?>\s*<(?:\w+:)?(?:v|is|f)\b")


class BombError(Exception):
    """A part unpacks to more than is allowed."""


def look_into_package(path: Path, log: Problems) -> WorkbookFacts | None:
    """What a look into an .xlsx file shows; ``None`` where it cannot be read, which is noted.

    Args:
        path: The file, which is a zip archive.
        log: Takes what is wrong.
    """
    try:
        with zipfile.ZipFile(path) as package, path.open("rb") as file:
            return _Package(package, file, path.stat().st_size).facts()
    except BombError as error:
        limits = f"limit {UNPACKED_MAX} bytes, {RATIO_MAX} times its size, {PARTS_MAX} parts"
        log.add(0, str(error), Trouble.BOMB, "", limits)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, LookupError, RuntimeError):
        log.add(0, "", Trouble.WORKBOOK)
    return None


class _Package:
    """An archive whose parts are inflated one after the other."""

    def __init__(self, package: zipfile.ZipFile, file: BinaryIO, size: int) -> None:
        self._parts = {each.filename: each for each in package.infolist()}
        self._file, self._left = file, UNPACKED_MAX
        packed = sum(each.compress_size for each in package.infolist())
        # Parts that lie over each other would let a small file unpack to a large one.
        if len(package.infolist()) > PARTS_MAX or packed > size:
            raise BombError

    def facts(self) -> WorkbookFacts:
        """Every part inflated once; sheets are searched."""
        found = WorkbookFacts()
        for name in self._parts:
            lower = name.lower()
            if lower.endswith("vbaproject.bin") or "/macrosheets/" in lower:
                found.macros = found.macros or name
            if "/externallinks/" in lower or lower.endswith("xl/connections.xml"):
                found.links = found.links or name
        index = self._whole("xl/workbook.xml")
        paths = self._relations("xl/_rels/workbook.xml.rels")
        sheets: dict[str, SheetFacts] = {}
        for told in map(_attributes, _SHEET.findall(index)):
            sheet = SheetFacts(name=told["name"], is_hidden=told.get("state", "visible") != "visible")
            found.sheets.append(sheet)
            sheets[paths[told["r:id"]]] = sheet
        if not sheets or not sheets.keys() <= self._parts.keys():
            raise ValueError
        for name in self._parts:
            if name in sheets:
                _search(self._inflated(name), sheets[name])
            elif name != "xl/workbook.xml":
                self._pass_over(name)
        return found

    def _pass_over(self, name: str) -> None:
        """Inflate a part that is not searched; a table of texts must not promise more than may be read."""
        for number, piece in enumerate(self._inflated(name)):
            promised = () if number else _STRINGS.findall(piece[:_ROOT_WITHIN])
            if name.lower().endswith("sharedstrings.xml") and any(int(each) > CELLS_MAX for each in promised):
                raise ValueError

    def _relations(self, name: str) -> dict[str, str]:
        told = map(_attributes, _RELATION.findall(self._whole(name)))
        return {each["Id"]: _path_of(each["Target"]) for each in told if each.get("TargetMode") != "External"}

    def _whole(self, name: str) -> bytes:
        if name not in self._parts:
            raise ValueError
        whole = b"".join(self._inflated(name))
        if len(whole) > _INDEX_MAX or b"<!DOCTYPE" in whole:
            raise ValueError
        return whole

    def _inflated(self, name: str) -> Iterator[bytes]:
        """The content of a part, counted as it comes.

        Raises:
            BombError: It is more than is allowed, or than the archive tells.
        """
        told = self._parts[name]
        whole = 0
        for piece in self._pieces(told):
            whole += len(piece)
            self._left -= len(piece)
            too_tight = whole > _SMALL and whole > RATIO_MAX * max(told.compress_size, 1)
            if self._left < 0 or too_tight or whole > told.file_size:
                raise BombError(name)
            yield piece

    def _pieces(self, told: zipfile.ZipInfo) -> Iterator[bytes]:
        self._file.seek(told.header_offset)
        head = self._file.read(_HEAD_BYTES)
        names = int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
        start, left = told.header_offset + _HEAD_BYTES + names, told.compress_size
        unpack = zlib.decompressobj(-zlib.MAX_WBITS) if told.compress_type == zipfile.ZIP_DEFLATED else None
        if told.compress_type not in {zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED} or told.flag_bits & 1:
            raise ValueError
        while left:
            # Others may have moved the file's place between two pieces.
            self._file.seek(start)
            packed = self._file.read(min(_CHUNK, left))
            if not packed:
                raise ValueError
            start, left = start + len(packed), left - len(packed)
            if unpack is None:
                yield packed
                continue
            while packed:
                yield unpack.decompress(packed, _CHUNK)
                packed = unpack.unconsumed_tail
        if unpack is not None:
            yield unpack.flush()


def _attributes(text: bytes) -> dict[str, str]:
    return {
        name.decode(): html.unescape((double or single).decode())
        for name, double, single in _ATTRIBUTE.findall(text)
    }


def _path_of(target: str) -> str:
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}".replace("xl/../", "")


def _search(pieces: Iterator[bytes], sheet: SheetFacts) -> None:
    """Look through a sheet's XML, piece by piece, with an overlap that holds a whole cell.

    Raises:
        ValueError: It is no sheet in plain UTF-8, or holds declarations of its own.
    """
    rest, is_first = b"", True
    for piece in pieces:
        text = rest + piece
        if len(text) < _TAIL:
            rest = text
            continue
        is_first = _search_text(text, sheet, is_first=is_first)
        at = text.rfind(b"<c", 0, len(text) - _TAIL // 2)
        rest = text[max(at, len(text) - _TAIL) :]
    _search_text(rest, sheet, is_first=is_first)


def _search_text(text: bytes, sheet: SheetFacts, *, is_first: bool) -> bool:
    if is_first and (not _ROOT.search(text[:_ROOT_WITHIN]) or b"\0" in text[:_ROOT_WITHIN]):
        raise ValueError
    if b"<!DOCTYPE" in text or _STRANGE.search(text):
        raise ValueError
    for told, letters, row, child in _CELL.findall(text):
        sheet.meet(int(row), _column_of(letters))
        if child == b"f" and not sheet.formula:
            sheet.formula = (letters + row).decode()
        if not sheet.error and _ERROR.search(told):
            sheet.error = (letters + row).decode()
    if not sheet.formula and _FORMULA.search(text):
        sheet.formula = "?"
    if not sheet.rows and _NAMELESS.search(text):
        sheet.meet(1, 1)
    if not sheet.merged and (merged := _MERGED.search(text)):
        sheet.merged = merged[1].decode()
    return False


def _column_of(letters: bytes) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + letter - 64
    return column
