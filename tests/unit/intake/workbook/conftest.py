"""Workbooks made by hand: .xlsx through a library, .xls record by record."""

import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
import xlsxwriter

HEAD: Final = (
    *("unit_code", "name", "id_number", "sex", "birth_date"),
    *("insurance_type", "employment", "shares"),
)
ROW: Final = ("U1", "张三", "610103198503070014", "2", "1985-03-07", "310", "regular", "1")

SECTOR: Final = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


@pytest.fixture
def xlsx(tmp_path: Path) -> Callable[..., Path]:
    """Writes an .xlsx file; *change* gets the workbook and its first sheet, which has a head and a row."""

    def write(
        change: Callable[[Any, Any], object] = lambda _book, _sheet: None, name: str = "r.xlsx"
    ) -> Path:
        path = tmp_path / name
        with xlsxwriter.Workbook(str(path)) as book:
            sheet = book.add_worksheet("名册")
            sheet.write_row(0, 0, HEAD)
            sheet.write_row(1, 0, ROW)
            change(book, sheet)
        return path

    return write


@pytest.fixture
def repacked() -> Callable[..., Path]:
    """Puts further parts into an .xlsx file, or others in the place of its own."""

    def run(path: Path, **parts: bytes) -> Path:
        given = {
            name.replace("__", "/").replace("_x", ".x").replace("_bin", ".bin"): body
            for name, body in parts.items()
        }
        with zipfile.ZipFile(path) as old:
            kept = {name: old.read(name) for name in old.namelist()}
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
            for name, body in (kept | given).items():
                new.writestr(name, body)
        return path

    return run


def record(kind: int, body: bytes = b"") -> bytes:
    """One record of an .xls stream."""
    return struct.pack("<HH", kind, len(body)) + body


def label(row: int, column: int, text: str) -> bytes:
    """A cell with a text."""
    return record(0x0204, struct.pack("<HHHHB", row, column, 0, len(text), 1) + text.encode("utf-16-le"))


def short_text(text: str) -> bytes:
    """A text with its length in one byte."""
    return bytes((len(text), 1)) + text.encode("utf-16-le")


def stream_of(sheets: dict[str, tuple[int, bytes]], extra: bytes = b"") -> bytes:
    """An .xls stream: the sheets by name with their state and cells, and further global records."""
    begin, end = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0)), record(0x000A)
    size = len(begin) + len(extra) + len(end)
    size += sum(len(record(0x85, struct.pack("<IBB", 0, 0, 0) + short_text(name))) for name in sheets)
    listed, bodies = b"", b""
    for name, (state, cells) in sheets.items():
        listed += record(0x85, struct.pack("<IBB", size + len(bodies), state, 0) + short_text(name))
        bodies += record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0)) + cells + end
    return begin + extra + listed + end + bodies


def entry(name: str, kind: int, start: int, size: int, *links: int) -> bytes:
    """An entry of a compound file's directory; *links* are its child and the entry after it."""
    child, following = links
    text = name.encode("utf-16-le")
    head = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text) + 2, kind, 1, FREE, following, child)
    return head.ljust(116, b"\0") + struct.pack("<IQ", start, size)


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file with these streams, each padded so that it needs no small sectors."""
    padded = {
        name: body.ljust(max(4096, -(-len(body) // SECTOR) * SECTOR), b"\0") for name, body in streams.items()
    }
    counts = [len(body) // SECTOR for body in padded.values()]
    directory_sectors = -(-(len(padded) + 1) // 4)
    tables = 1
    while tables * SECTOR // 4 < sum(counts) + directory_sectors + tables:
        tables += 1
    following = [FAT] * tables + [at + 1 for at in range(tables, tables + directory_sectors - 1)] + [END]
    at = tables + directory_sectors
    entries = [entry("Root Entry", 5, END, 0, 1, FREE)]
    for number, (name, count) in enumerate(zip(padded, counts, strict=True), start=1):
        more = number + 1 if number < len(padded) else FREE
        entries.append(entry(name, 2, at, max(len(streams[name]), 4096), FREE, more))
        following += [at + step + 1 for step in range(count - 1)] + [END]
        at += count
    table = struct.pack(f"<{len(following)}I", *following).ljust(tables * SECTOR, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    head = head.ljust(44, b"\0") + struct.pack("<IIIIIIIII", tables, tables, 0, 4096, END, 0, END, 0, 0)
    head += struct.pack(f"<{tables - 1}I", *range(1, tables)) if tables > 1 else b""
    body = b"".join(entries).ljust(directory_sectors * SECTOR, b"\0")
    return head.ljust(SECTOR, b"\xff") + table + body + b"".join(padded.values())


@pytest.fixture
def xls(tmp_path: Path) -> Callable[..., Path]:
    """Writes an .xls file with a head and a row, further cells, sheets, records and streams."""

    def write(
        cells: bytes = b"",
        extra: bytes = b"",
        name: str = "r.xls",
        others: dict[str, tuple[int, bytes]] | None = None,
        **streams: bytes,
    ) -> Path:
        path = tmp_path / name
        rows = b"".join(label(0, at, text) for at, text in enumerate(HEAD))
        rows += b"".join(label(1, at, text) for at, text in enumerate(ROW))
        book = stream_of({"名册": (0, rows + cells), **(others or {})}, extra)
        path.write_bytes(compound({"Workbook": book, **streams}))
        return path

    return write


@pytest.fixture
def cell() -> Callable[[int, int, str], bytes]:
    """Makes a cell of an .xls file."""
    return label


@pytest.fixture
def raw() -> Callable[..., bytes]:
    """Makes any record of an .xls file."""
    return record


@pytest.fixture
def old() -> Callable[[bytes], bytes]:
    """Makes a compound file of a stream under its oldest name."""
    return lambda stream: compound({"Book": stream})
