"""Workbooks: what is a plain table is read, and what is none is refused with its place."""

import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mutualaid_core.intake.problem import Problems
from mutualaid_core.intake.workbook import read_grid, sheet_of

Xlsx = Callable[..., Path]
Cell = Callable[[int, int, str], bytes]
Raw = Callable[..., bytes]


def read(
    path: Path, sheet: str | None = None
) -> tuple[list[tuple[int, list[str]]], list[tuple[int, str, str]]]:
    """The rows of a workbook, and row, field and code of every fault."""
    log = Problems(file=path.name)
    found = sheet_of(path, log, sheet)
    rows = [] if found is None else list(read_grid(path, found, log))
    return rows, [(problem.row, problem.field, problem.trouble.code) for problem in log.found]


@pytest.mark.parametrize("form", ["xlsx", "xls"])
def test_a_plain_sheet_is_read(request: pytest.FixtureRequest, form: str) -> None:
    """Rows must come with the numbers that the spreadsheet shows, as text."""
    rows, faults = read(request.getfixturevalue(form)())
    assert ([number for number, _ in rows], rows[1][1][:2], faults) == ([1, 2], ["U1", "张三"], [])


def test_blank_rows_at_the_ends_are_left_out(xlsx: Xlsx) -> None:
    """Rows that a spreadsheet keeps for their format must not show, those between rows must."""

    def change(book: Any, sheet: Any) -> None:  # noqa: ANN401  # a library without types
        sheet.write_row(3, 0, ["U2"])
        sheet.write_blank(9, 0, None, book.add_format({"bold": True}))

    rows, _ = read(xlsx(change))
    assert [number for number, _ in rows] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda _, sheet: sheet.write_formula(4, 1, "=1+1", None, 2), (5, "B5", "IN012")),
        (lambda _, sheet: sheet.write_formula(4, 27, "=A1", None, "x"), (5, "AB5", "IN012")),
        (lambda _, sheet: sheet.merge_range("C3:D4", "x"), (3, "C3:D4", "IN092")),
        (lambda book, _: book.add_worksheet("二").write(0, 0, "x"), (0, "", "IN093")),
    ],
)
def test_what_is_no_plain_table_is_refused(
    xlsx: Xlsx, change: Callable[[Any, Any], object], fault: tuple[int, str, str]
) -> None:
    """Formulas with values too, merged cells and a second sheet must be named with their cell."""
    assert read(xlsx(change)) == ([], [fault])


def test_errors_of_the_spreadsheet_are_named(xlsx: Xlsx) -> None:
    """A cell with #N/A must be named, the formula that gave it as well."""
    path = xlsx(lambda _, sheet: sheet.write_formula(2, 3, "=NA()", None, "#N/A"))
    assert read(path)[1] == [(3, "D3", "IN012"), (3, "D3", "IN096")]


def test_a_hidden_sheet_with_rows_is_refused(xlsx: Xlsx) -> None:
    """Rows that nobody sees must not be left out silently."""

    def change(book: Any, _sheet: Any) -> None:  # noqa: ANN401  # a library without types
        hidden = book.add_worksheet("旧")
        hidden.hide()
        hidden.write(0, 0, "x")

    assert read(xlsx(change)) == ([], [(0, "旧", "IN094")])


def test_empty_sheets_are_no_trouble(xlsx: Xlsx) -> None:
    """Sheets without any value must be passed over, hidden ones too."""
    assert read(xlsx(lambda book, _: book.add_worksheet("空").hide()))[1] == []


def test_a_sheet_may_be_named(xlsx: Xlsx) -> None:
    """Of several sheets the named one must be read; an unknown name is refused with the known ones."""
    path = xlsx(lambda book, _: book.add_worksheet("二").write(0, 0, "x"))
    assert read(path, "二")[0] == [(1, ["x"])]
    assert read(path, "三")[1] == [(0, "--sheet", "IN050")]


def test_dates_and_long_numbers_become_text(xlsx: Xlsx) -> None:
    """A day must become an ISO day, and a rounded long number stay recognisable as one."""

    def change(book: Any, sheet: Any) -> None:  # noqa: ANN401  # a library without types
        sheet.write_number(2, 0, 31103, book.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write_number(2, 1, 610103198503070014)
        sheet.write_number(2, 2, 310)

    assert read(xlsx(change))[0][2][1][:3] == ["1985-02-25", "6.10103E+17", "310"]


@pytest.mark.parametrize(
    ("part", "code"),
    [
        ("xl__vbaProject_bin", "IN090"),
        ("xl__macrosheets__sheet1_xml", "IN090"),
        ("xl__externalLinks__externalLink1_xml", "IN091"),
        ("xl__connections_xml", "IN091"),
    ],
)
def test_macros_and_links_are_refused(
    xlsx: Xlsx, repacked: Callable[..., Path], part: str, code: str
) -> None:
    """Macros and links to other files must be refused though the file's name hides them."""
    assert [fault[2] for fault in read(repacked(xlsx(), **{part: b"<x/>"}))[1]] == [code]


@pytest.mark.parametrize(
    ("name", "code"), [("r.xlsm", "IN090"), ("r.xlsb", "IN090"), ("r.ods", "IN084"), ("r.xls", "IN098")]
)
def test_other_names_are_refused(xlsx: Xlsx, name: str, code: str) -> None:
    """Workbooks with macros by their name, of other programs, and in disguise must be refused."""
    assert [fault[2] for fault in read(xlsx().rename(xlsx().with_name(name)))[1]] == [code]


def test_a_bomb_is_refused_by_what_it_really_unpacks_to(xlsx: Xlsx, repacked: Callable[..., Path]) -> None:
    """A part that unpacks to very much more than its size must be refused before anybody reads it."""
    path = repacked(xlsx(), xl__media__a_xml=bytes(64 * 1024 * 1024))
    assert path.stat().st_size < 200_000
    assert read(path)[1] == [(0, "xl/media/a.xml", "IN100")]


def test_a_part_that_lies_about_its_size_is_refused(xlsx: Xlsx, repacked: Callable[..., Path]) -> None:
    """A declared size below the real one must not let a part through."""
    path = repacked(xlsx(), xl__media__a_xml=b"0123456789" * 400_000)
    raw = path.read_bytes()
    true, told = (4_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little")
    assert raw.count(true) == 2
    path.write_bytes(raw.replace(true, told))
    assert [fault[2] for fault in read(path)[1]] == ["IN100"]


def test_parts_over_each_other_are_refused(xlsx: Xlsx) -> None:
    """Parts that share their packed bytes must be refused: their sum is more than the file."""
    path = xlsx()
    with zipfile.ZipFile(path, "a", zipfile.ZIP_STORED) as package:
        package.writestr("xl/media/a.xml", b"x" * 50_000)
        package.writestr("xl/media/b.xml", b"x")
        first, second = package.getinfo("xl/media/a.xml"), package.getinfo("xl/media/b.xml")
        second.header_offset, second.compress_size = first.header_offset, first.compress_size
        second.file_size, second.CRC = first.file_size, first.CRC
        package.filelist += [second]
    assert [fault[2] for fault in read(path)[1]] == ["IN100"]


def test_a_sheet_that_claims_the_last_cell_is_refused(xlsx: Xlsx) -> None:
    """A cell in the last row and column must not make anybody allocate the whole sheet."""
    path = xlsx(lambda _, sheet: sheet.write(1_048_575, 16_383, "x"))
    assert [fault[2] for fault in read(path)[1]] == ["IN099"]


def test_declarations_of_their_own_are_refused(xlsx: Xlsx, repacked: Callable[..., Path]) -> None:
    """Entities that grow must not be read."""
    evil = b'<?xml version="1.0"?><!DOCTYPE worksheet [<!ENTITY a "b">]><worksheet><sheetData/></worksheet>'
    assert read(repacked(xlsx(), xl__worksheets__sheet1_xml=evil))[1] == [(0, "", "IN084")]


@pytest.mark.parametrize("body", [b"", b"PK\x03\x04", b"PK\x03\x04" + bytes(5000)])
def test_what_is_no_archive_is_refused(tmp_path: Path, body: bytes) -> None:
    """Empty and cut-off files must be told, never raise."""
    path = tmp_path / "r.xlsx"
    path.write_bytes(body)
    assert [fault[2] for fault in read(path)[1]] == ["IN084" if body else "IN002"]


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/_rels/workbook.xml.rels", b"Target=", b"Targ="),
        ("xl/_rels/workbook.xml.rels", b"rId1", b"rId9"),
        ("xl/_rels/workbook.xml.rels", b"worksheets/sheet1", b"worksheets/none"),
        ("xl/workbook.xml", b"name=", b"nam="),
        ("xl/workbook.xml", b"<sheet ", b"<shoot "),
        ("xl/worksheets/sheet1.xml", b"worksheet", b"something"),
        ("xl/worksheets/sheet1.xml", b"<sheetData>", b"\0<sheetData>"),
    ],
)
def test_parts_that_do_not_fit_together_are_refused(
    xlsx: Xlsx, repacked: Callable[..., Path], part: str, old: bytes, new: bytes
) -> None:
    """A sheet without a name or a place, and a part that is none, must be told and not raise."""
    path = xlsx()
    with zipfile.ZipFile(path) as package:
        body = package.read(part)
    assert old in body
    assert [fault[2] for fault in read(repacked(path, **{part: body.replace(old, new)}))[1]] == ["IN084"]


def test_an_archive_that_is_cut_off_anywhere_is_refused(xlsx: Xlsx) -> None:
    """Whatever is missing at the end, nothing is read of it."""
    path = xlsx()
    raw = path.read_bytes()
    for size in range(1, len(raw), 97):
        path.write_bytes(raw[:size])
        assert [fault[2] for fault in read(path)[1]] in (["IN084"], ["IN098"])


def test_the_first_formula_of_an_old_workbook_is_named(xls: Xlsx, raw: Raw) -> None:
    """A formula record must be named by its cell."""
    formula = raw(0x0006, struct.pack("<HHH", 4, 27, 0) + bytes(14) + struct.pack("<H", 0))
    assert read(xls(cells=formula)) == ([], [(5, "AB5", "IN012")])


def test_merged_cells_and_errors_of_an_old_workbook_are_named(xls: Xlsx, raw: Raw) -> None:
    """Merged cells and error values must be named by their cells."""
    cells = raw(0x0205, struct.pack("<HHHBB", 2, 0, 0, 42, 1))
    cells += raw(0x00E5, struct.pack("<HHHHH", 1, 2, 3, 2, 3))
    assert read(xls(cells=cells)) == ([], [(3, "A3", "IN096"), (3, "C3:D4", "IN092")])


def test_links_of_an_old_workbook_are_found(xls: Xlsx, raw: Raw) -> None:
    """A reference to another workbook must be found, one to the workbook itself is none."""
    own = raw(0x01AE, struct.pack("<HH", 1, 0x0401))
    other = raw(0x01AE, struct.pack("<HH", 1, 5) + b"\x00\x01b.xls")
    assert read(xls(extra=own))[1] == []
    assert read(xls(extra=other))[1] == [(0, "SUPBOOK", "IN091")]


@pytest.mark.parametrize("name", ["_VBA_PROJECT_CUR", "Macros", "VBA"])
def test_macros_of_an_old_workbook_are_found(xls: Xlsx, name: str) -> None:
    """A storage of macros must be found whatever the file's name says."""
    assert read(xls(**{name: b"x"}))[1] == [(0, name, "IN090")]


def test_a_project_record_tells_of_macros(xls: Xlsx, raw: Raw) -> None:
    """The record that announces a project must be found too."""
    assert read(xls(extra=raw(0x00D3)))[1] == [(0, "VBA", "IN090")]


def test_passwords_are_found(xls: Xlsx, raw: Raw, tmp_path: Path) -> None:
    """A password must be told as such in both forms."""
    assert read(xls(extra=raw(0x002F, bytes(6))))[1] == [(0, "", "IN097")]
    locked = xls(EncryptedPackage=b"x").rename(tmp_path / "r.xlsx")
    assert read(locked)[1] == [(0, "", "IN097")]


def test_an_old_workbook_with_a_new_name_is_told(xls: Xlsx, tmp_path: Path) -> None:
    """An .xls file under the name of an .xlsx file must be told as of another form."""
    assert read(xls().rename(tmp_path / "r.xlsx"))[1] == [(0, "", "IN098")]


def test_hidden_and_further_sheets_of_an_old_workbook_are_told(xls: Xlsx, cell: Cell) -> None:
    """Hidden rows and a second sheet with rows must be refused."""
    assert read(xls(others={"旧": (1, cell(0, 0, "x"))}))[1] == [(0, "旧", "IN094")]
    assert read(xls(others={"二": (0, cell(0, 0, "x"))}))[1] == [(0, "", "IN093")]


def test_an_old_workbook_that_is_cut_off_anywhere_is_refused(xls: Xlsx) -> None:
    """Whatever is missing at the end, it is told and nothing raises."""
    path = xls()
    whole = path.read_bytes()
    for size in range(8, 4096, 211):
        path.write_bytes(whole[:size])
        assert read(path)[1] == [(0, "", "IN084")]


def test_a_chain_that_bites_its_tail_is_refused(xls: Xlsx) -> None:
    """A damaged table must not make anybody read for ever."""
    path = xls()
    whole = bytearray(path.read_bytes())
    whole[512 + 4 : 512 + 8] = struct.pack("<I", 1)
    path.write_bytes(bytes(whole))
    assert read(path)[1] == [(0, "", "IN084")]


def test_a_missing_workbook_and_a_folder_are_told(tmp_path: Path) -> None:
    """A file that is not there, and a folder with the name of a workbook, must be told."""
    (tmp_path / "d.xlsx").mkdir()
    assert read(tmp_path / "none.xlsx")[1] == [(0, "", "IN001")]
    assert read(tmp_path / "d.xlsx")[1] == [(0, "", "IN033")]
