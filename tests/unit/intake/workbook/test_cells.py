"""Cells of workbooks in every form that spreadsheets write them."""

import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mutualaid_core.intake.problem import Problems
from mutualaid_core.intake.workbook import look_at, read_grid
from mutualaid_core.intake.workbook.numbers import Shape, number_text, shape_of

Xlsx = Callable[..., Path]
Raw = Callable[..., bytes]
Repacked = Callable[..., Path]

SHEET = "xl__worksheets__sheet1_xml"


def rows_of(path: Path) -> list[list[str]]:
    """The rows of a workbook that is sound."""
    log = Problems(file=path.name)
    sheet = look_at(path, log)
    assert sheet is not None, log.found
    rows = [cells for _, cells in read_grid(path, sheet.name, log)]
    assert log.found == []
    return rows


def sheet_of_cells(cells: str) -> bytes:
    """A sheet with one row of cells."""
    return f'<worksheet><sheetData><row r="1">{cells}</row></sheetData></worksheet>'.encode()


def test_a_sheet_of_many_pieces_is_read(xlsx: Xlsx) -> None:
    """A sheet that is inflated in many pieces must be read, wherever they end."""

    def change(_book: Any, sheet: Any) -> None:  # noqa: ANN401  # a library without types
        for row in range(2, 4_000):
            sheet.write_row(row, 0, [f"U{row}", "x" * (row % 7), row, *"abcdef"])

    rows = rows_of(xlsx(change))
    assert (len(rows), rows[-1][:3]) == (4_000, ["U3999", "xx", "3999"])


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('<c r="A1" t="inlineStr"><is><r><t>U</t></r><r><t xml:space="preserve"> 1</t></r></is></c>', "U 1"),
        ('<c r="A1" t="inlineStr"><is><t>张<![CDATA[三]]></t><rPh><t>Z</t></rPh></is></c>', "张三"),
        ('<c r="A1" t="inlineStr"><is><t> U </t></is><v>9</v></c>', "U"),
        ('<c r="A1" t="str"><v>a &amp; b</v></c>', "a & b"),
        ('<c r="A1" t="b"><v>1</v></c>', "1"),
        ('<c r="A1" t="d"><v>2014-03-01T00:00:00Z</v></c>', "2014-03-01"),
        ('<c r="A1"><v>1.5E3</v></c>', "1500"),
        ("<c><v>12</v></c>", "12"),
        ('<x:c xmlns:x="u" r="A1"><x:v>7</x:v></x:c>', "7"),
        ('<c r="A1" t="inlineStr"><is><t>a_x000A_b_xD800_</t></is></c>', "a\nb_xD800_"),
    ],
)
def test_forms_of_a_cell(xlsx: Xlsx, repacked: Repacked, cell: str, text: str) -> None:
    """Whatever form a program gives to a cell, it must be read as a person sees it."""
    assert rows_of(repacked(xlsx(), **{SHEET: sheet_of_cells(cell)})) == [[text]]


@pytest.mark.parametrize(
    "cells",
    [
        '<c r="A1" t="s"><v>99</v></c>',
        '<c r="A1" t="s"><v>-1</v></c>',
        '<c r="A1"><v>nan</v></c>',
        '<c r="A1" t="b"><v>2</v></c>',
        '<c r="A1" t="z"><v>2</v></c>',
        '<c r="A2"><v>2</v></c>',
        '<c r="B1"><v>2</v></c><c r="A1"><v>2</v></c>',
        '<c r="a1"><v>2</v></c>',
        '</row><row r="1"><c r="A1"><v>2</v></c>',
        '</row><row r="01"><c><v>2</v></c>',
        '</row><row r="-1"><c><v>2</v></c>',
        '</row></sheetData><mergeCells><mergeCell ref="张三"/></mergeCells><sheetData><row r="9">',
    ],
)
def test_cells_that_cannot_be_are_refused(xlsx: Xlsx, repacked: Repacked, cells: str) -> None:
    """A cell out of its place, without its text, or with a value of no form must be told, not guessed."""
    path = repacked(xlsx(), **{SHEET: sheet_of_cells(cells)})
    log = Problems(file=path.name)
    sheet = look_at(path, log)
    if sheet is not None:
        assert list(read_grid(path, sheet.name, log)) == []
    assert [each.trouble.code for each in log.found] == ["IN084"]


def test_a_value_beyond_the_head_is_in_its_own_row(xlsx: Xlsx) -> None:
    """A row must be as wide as the widest so far, so that a stray value is found where it is."""
    rows = rows_of(xlsx(lambda _, sheet: sheet.write(5, 11, "stray")))
    assert [len(cells) for cells in rows] == [8, 8, 8, 8, 8, 12]


def test_hidden_rows_are_counted(xlsx: Xlsx) -> None:
    """Rows with values that the spreadsheet does not show must be counted, blank ones not."""

    def change(_book: Any, sheet: Any) -> None:  # noqa: ANN401  # a library without types
        sheet.write(3, 0, "U1")
        sheet.set_row(1, None, None, {"hidden": True})
        sheet.set_row(3, None, None, {"hidden": True})
        sheet.set_row(9, None, None, {"hidden": True})

    sheet = look_at(xlsx(change), Problems(file=""))
    assert sheet is not None
    assert sheet.hidden_rows == 2


def test_days_from_1904(xlsx: Xlsx, repacked: Repacked) -> None:
    """A workbook that counts its days from 1904 must give the same days."""
    path = xlsx(
        lambda book, sheet: sheet.write_number(2, 0, 29641, book.add_format({"num_format": "yyyy/m/d"}))
    )
    with zipfile.ZipFile(path) as package:
        index = package.read("xl/workbook.xml").replace(b"<workbookPr ", b'<workbookPr date1904="1" ')
    assert rows_of(repacked(path, xl__workbook_xml=index))[2][0] == "1985-02-25"


@pytest.mark.parametrize(
    ("number", "formats", "shape"),
    [
        (14, {}, Shape.DAY),
        (31, {}, Shape.DAY),
        (57, {}, Shape.DAY),
        (46, {}, Shape.SPAN),
        (0, {}, Shape.NUMBER),
        (164, {164: 'yyyy"年"m"月"d"日"'}, Shape.DAY),
        (164, {164: "[$-804]yyyy/m/d;@"}, Shape.DAY),
        (164, {164: '0.00_ ;[Red]\\-0.00\\ "days"'}, Shape.NUMBER),
        (164, {164: "G/通用格式"}, Shape.NUMBER),
        (164, {164: "General"}, Shape.NUMBER),
        (164, {164: "[h]:mm"}, Shape.SPAN),
        (14, {14: "0"}, Shape.NUMBER),
    ],
)
def test_formats_tell_what_numbers_are(number: int, formats: dict[int, str], shape: Shape) -> None:
    """Formats of days, of spans and of numbers must be told apart, Chinese ones too."""
    assert shape_of(number, formats) is shape


@pytest.mark.parametrize(
    ("value", "shape", "text"),
    [
        (1, Shape.DAY, "1900-01-01"),
        (59, Shape.DAY, "1900-02-28"),
        (60, Shape.DAY, "60"),
        (61, Shape.DAY, "1900-03-01"),
        (0.5, Shape.DAY, "12:00:00"),
        (41699.75, Shape.DAY, "2014-03-01T18:00:00"),
        (-1, Shape.DAY, "-1"),
        (2_958_466, Shape.DAY, "2958466"),
        (1.5, Shape.SPAN, "1 day, 12:00:00"),
        (610103198503070014, Shape.NUMBER, "6.10103E+17"),
        (float("inf"), Shape.SPAN, "INF"),
    ],
)
def test_numbers_become_what_was_typed(value: float, shape: Shape, text: str) -> None:
    """Days that exist must become days, and whatever is none stay a number."""
    assert number_text(value, shape, is_1904=False) == text


def table(*bodies: bytes) -> bytes:
    """The records of a table of texts: counts, and what they hold."""
    head = struct.pack("<HH", 0x00FC, len(bodies[0]) + 8) + struct.pack("<II", 9, 9) + bodies[0]
    return head + b"".join(struct.pack("<HH", 0x003C, len(body)) + body for body in bodies[1:])


def shared(row: int, number: int) -> bytes:
    """A cell of an old workbook that names a text of the table."""
    return struct.pack("<HHHHHI", 0x00FD, 10, row, 0, 0, number)


@pytest.mark.parametrize(
    ("bodies", "text"),
    [
        ([b"\x02\x00\x00U7"], "U7"),
        ([b"\x04\x00\x00U7", b"\x00ab"], "U7ab"),
        ([b"\x04\x00\x00U7", b"\x01" + "张三".encode("utf-16-le")], "U7张三"),
        ([b"\x02\x00\x08\x01\x00U7", b"ffff"], "U7"),
        ([b"\x02\x00\x04\x03\x00\x00\x00U7", b"", b"sss"], "U7"),
    ],
)
def test_texts_over_the_ends_of_records(xls: Callable[..., Path], bodies: list[bytes], text: str) -> None:
    """A text of an old workbook must be whole though records end within it, its fonts or its sound."""
    after = b"\x01\x00\x00Z"
    path = xls(cells=shared(2, 0) + shared(3, 1), extra=table(*bodies[:-1], bodies[-1] + after))
    assert [cells[0] for cells in rows_of(path)[2:]] == [text, "Z"]


@pytest.mark.parametrize("body", [b"\x02", b"\x09\x00\x00U7", b"\x02\x00\x0c\xff\xffU7"])
def test_a_table_that_ends_within_a_text_is_refused(xls: Callable[..., Path], body: bytes) -> None:
    """A text that is longer than the table must be told."""
    log = Problems(file="")
    assert look_at(xls(extra=table(body)), log) is None
    assert [each.trouble.code for each in log.found] == ["IN084"]


def test_numbers_of_an_old_workbook(xls: Callable[..., Path], raw: Raw) -> None:
    """Short numbers, rows of them, truth values and days must be read; cells may come in any order."""
    day = raw(0x0203, struct.pack("<HHHd", 4, 0, 1, 31103.0))
    short = raw(0x027E, struct.pack("<HHHi", 3, 0, 0, 12345 << 2 | 3))
    many = raw(0x00BD, struct.pack("<HHHiHiH", 2, 1, 0, 7 << 2 | 2, 0, 0x3FF80000, 2))
    truth = raw(0x0205, struct.pack("<HHHBB", 2, 0, 0, 1, 0))
    forms = raw(0x00E0, struct.pack("<HH", 0, 0)) + raw(0x00E0, struct.pack("<HH", 0, 31))
    rows = rows_of(xls(cells=day + short + many + truth, extra=forms))
    assert [cells[:3] for cells in rows[2:]] == [
        ["1", "7", "1.5"],
        ["123.45", "", ""],
        ["1985-02-25", "", ""],
    ]


def test_hidden_rows_of_an_old_workbook_are_counted(xls: Callable[..., Path], raw: Raw) -> None:
    """A row that is marked as hidden counts where it has a value."""
    rows = [raw(0x0208, struct.pack("<HHHHHHI", row, 0, 8, 255, 0, 0, 0x20)) for row in (1, 7)]
    sheet = look_at(xls(cells=b"".join(rows)), Problems(file=""))
    assert sheet is not None
    assert sheet.hidden_rows == 1


def test_texts_of_the_oldest_workbooks(tmp_path: Path, raw: Raw, old: Callable[[bytes], bytes]) -> None:
    """Texts in a national encoding must be read by the code page that the workbook names."""
    texts = [text.encode("gbk") for text in ("单位", "姓名")]
    cells = [raw(0x0204, struct.pack("<HHHH", 0, at, 0, len(text)) + text) for at, text in enumerate(texts)]
    begin = raw(0x0809, struct.pack("<HHHH", 0x0500, 5, 0, 0)) + raw(0x0042, struct.pack("<H", 936))
    begin += raw(0x041E, struct.pack("<HB", 164, 8) + b"yyyy/m/d")
    name = "名册".encode("gbk")
    listed = struct.pack("<BB", 0, 0) + bytes((len(name),)) + name
    end = raw(0x000A)
    place = len(begin) + 4 + 4 + len(listed) + len(end)
    stream = begin + raw(0x0085, struct.pack("<I", place) + listed) + end
    stream += raw(0x0809, struct.pack("<HHHH", 0x0500, 16, 0, 0)) + b"".join(cells) + end
    path = tmp_path / "old.xls"
    path.write_bytes(old(stream))
    sheet = look_at(path, Problems(file=""))
    assert sheet is not None
    assert (sheet.name, rows_of(path)) == ("名册", [["单位", "姓名"]])


def test_hidden_columns_are_counted(xlsx: Xlsx) -> None:
    """Columns with values that the spreadsheet does not show must be counted once, blank ones not."""

    def change(_book: Any, sheet: Any) -> None:  # noqa: ANN401  # a library without types
        sheet.write(3, 0, "U1")
        sheet.set_column(0, 1, None, None, {"hidden": True})
        sheet.set_column(5, 5, None, None, {"hidden": True})
        sheet.set_column(20, 16_000, None, None, {"hidden": True})

    sheet = look_at(xlsx(change), Problems(file=""))
    assert sheet is not None
    assert (sheet.hidden_columns, sheet.hidden_rows) == (3, 0)


def test_a_wide_sheet_with_hidden_columns(xlsx: Xlsx) -> None:
    """Columns beyond those that are read must be passed over."""

    def change(_book: Any, sheet: Any) -> None:  # noqa: ANN401  # a library without types
        sheet.set_column(2, 2, None, None, {"hidden": True})
        sheet.write(3, 300, "x")

    log = Problems(file="")
    assert look_at(xlsx(change), log) is None
    assert [each.trouble.code for each in log.found] == ["IN099"]


def test_hidden_columns_without_a_number_are_damage(xlsx: Xlsx, repacked: Repacked) -> None:
    """What is told of columns must be of columns."""
    path = xlsx(lambda _, sheet: sheet.set_column(0, 1, None, None, {"hidden": True}))
    with zipfile.ZipFile(path) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").replace(b'<col min="1"', b'<col min="-1"')
    log = Problems(file="")
    assert look_at(repacked(path, xl__worksheets__sheet1_xml=sheet), log) is None
    assert [each.trouble.code for each in log.found] == ["IN084"]


def test_hidden_columns_of_an_old_workbook_are_counted(xls: Callable[..., Path], raw: Raw) -> None:
    """A column that is marked as hidden counts where it has a value, whatever stands first in the file."""
    spans = ((0, 1, 1), (3, 3, 0), (5, 5, 1), (40, 255, 1))
    columns = [
        raw(0x007D, struct.pack("<HHHHHH", first, last, 0, 0, state, 0)) for first, last, state in spans
    ]
    many = raw(0x00BD, struct.pack("<HH", 2, 5) + struct.pack("<HI", 0, 0) * 2 + struct.pack("<H", 6))
    sheet = look_at(xls(cells=b"".join(columns) + many), Problems(file=""))
    assert sheet is not None
    assert sheet.hidden_columns == 3
