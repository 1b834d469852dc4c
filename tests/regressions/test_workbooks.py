"""Faults that were found in the reading of workbooks: each by the smallest case that showed it."""

import zipfile
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from mutualaid_core.intake.problem import Problems
from mutualaid_core.intake.workbook import look_at, read_grid, sheet_of


def package(path: Path, sheet: str, **parts: str) -> Path:
    """A workbook with one sheet, and with further parts."""
    relation = '<Relationship Id="r1" Target="worksheets/sheet1.xml"/>'
    index = '<workbook><sheets><sheet name="a" r:id="r1"/></sheets></workbook>'
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("xl/workbook.xml", parts.get("index", index))
        made.writestr("xl/_rels/workbook.xml.rels", f"<Relationships>{relation}</Relationships>")
        made.writestr("xl/worksheets/sheet1.xml", f"<worksheet><sheetData>{sheet}</sheetData></worksheet>")
    return path


def test_a_large_sheet_is_not_refused_for_where_its_pieces_end(tmp_path: Path) -> None:
    """A sound sheet above 64 KiB was refused where a piece ended within the name of a cell."""
    path = tmp_path / "r.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet: Any = book.add_worksheet()
        for row in range(9_000):
            sheet.write_row(row, 0, ["U1", row, row, row])
    log = Problems(file="")
    name = sheet_of(path, log)
    assert name is not None, log.found
    assert sum(1 for _ in read_grid(path, name, log)) == 9_000


@pytest.mark.parametrize(
    "sheet",
    [
        '<row r="1"><c r="IU1"><v>1</v></c></row><row r="1048576"><c><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r = "XFD1048576"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><x/><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><a-b:c r="XFD1048576"><v/></a-b:c></row>',
    ],
)
def test_a_cell_far_out_is_seen_however_it_is_written(tmp_path: Path, sheet: str) -> None:
    """A far cell that the look missed made the reader allocate the whole sheet."""
    log = Problems(file="")
    assert look_at(package(tmp_path / "r.xlsx", sheet), log) is None
    assert [each.trouble.code for each in log.found] == ["IN099"]


def test_a_sheet_with_two_parts_is_refused(tmp_path: Path) -> None:
    """A sheet that named two parts was looked at in one and read in the other."""
    index = '<workbook><sheets><sheet name="a" r:id="r1" relationships:id="r2"/></sheets></workbook>'
    log = Problems(file="")
    path = package(tmp_path / "r.xlsx", '<row r="1"><c r="A1"><v>1</v></c></row>', index=index)
    assert look_at(path, log) is None
    assert [each.trouble.code for each in log.found] == ["IN084"]


def test_a_part_with_two_contents_is_refused(tmp_path: Path) -> None:
    """A part that stood twice in the archive was looked at in one and could be read in the other."""
    path = package(tmp_path / "r.xlsx", '<row r="1"><c r="A1"><v>1</v></c></row>')
    with zipfile.ZipFile(path, "a") as made:
        made.writestr("xl/Worksheets/sheet1.xml", "<worksheet/>")
    log = Problems(file="")
    assert look_at(path, log) is None
    assert [each.trouble.code for each in log.found] == ["IN084"]
