"""A workbook that is refused by a limit says which, and what was found; one out of order says where."""

import io
import zipfile
from pathlib import Path

import pytest

from mutualaid_core.intake.problem import Problem, Problems, Trouble
from mutualaid_core.intake.problem.wording import chinese
from mutualaid_core.intake.workbook.look import look_at

MEGA = 1 << 20
CELL = b'<c r="%s"><v>1</v></c>'


def book(sheet: bytes, texts: bytes = b"<sst/>") -> bytes:
    """A workbook with one sheet, which is not packed so that no ratio betrays it."""
    index = b'<sheets><sheet name="a" r:id="r1"/></sheets>'
    parts = {
        "xl/workbook.xml": b'<workbook xmlns:r="r">' + index + b"</workbook>",
        "xl/_rels/workbook.xml.rels": b'<R><Relationship Id="r1" Target="worksheets/sheet1.xml"/></R>',
        "xl/worksheets/sheet1.xml": b"<worksheet>" + sheet + b"</worksheet>",
        "xl/sharedStrings.xml": texts,
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as package:
        for name, body in parts.items():
            package.writestr(name, body)
    return made.getvalue()


def rows(*told: bytes) -> bytes:
    """A sheet with these rows."""
    return b"<sheetData>" + b"".join(told) + b"</sheetData>"


def problem_of(folder: Path, content: bytes) -> Problem:
    """The one problem of a workbook."""
    path = folder / "r.xlsx"
    path.write_bytes(content)
    log = Problems(file=path.name)
    assert look_at(path, log) is None
    (problem,) = log.found
    return problem


@pytest.mark.parametrize(
    ("content", "trouble", "limit"),
    [
        (book(b"<!--" + b"a" * MEGA + b"-->"), Trouble.BOMB, "limit 262144 bytes of one tag or comment"),
        (
            book(b'<a b="' + b"x" * MEGA + b'"/>'),
            Trouble.BOMB,
            "limit 262144 bytes of one tag or comment",
        ),
        (book(b"<a>" * MEGA + b"</a>" * MEGA), Trouble.BOMB, "limit 64 levels of elements"),
        (
            book(b"", b"<sst><si><t>" + b"x" * 2 * MEGA + b"</t></si></sst>"),
            Trouble.LONG_CELL,
            "limit 1048576 characters of one text",
        ),
        (
            book(b"", b"<sst><si>" + b"<r><t>x</t></r>" * 501 + b"</si></sst>"),
            Trouble.BOMB,
            "limit 500 runs of one text",
        ),
        (book(b"", b'<sst uniqueCount="2000001"/>'), Trouble.TOO_LARGE, "limit 2000000 texts"),
        (book(rows(b'<row r="1">', CELL % b"XFE1", b"</row>")), Trouble.TOO_MANY_ROWS, "limit 16384 columns"),
        (
            book(rows(b'<row r="1">', CELL % b"AAAA1", b"</row>")),
            Trouble.TOO_MANY_ROWS,
            "limit 16384 columns",
        ),
    ],
    ids=["comment", "attribute", "nested", "text", "runs", "table", "column", "letters"],
)
def test_a_limit_is_told_with_what_was_found(
    tmp_path: Path, content: bytes, trouble: Trouble, limit: str
) -> None:
    """Each refusal must name its limit and a figure beyond it, in Chinese too."""
    problem = problem_of(tmp_path, content)
    told, _, found = problem.detail.partition(", found ")
    assert (problem.trouble, told) == (trouble, limit)
    assert int(found.removeprefix("at least ")) > int(limit.split()[1])
    assert "limit" not in chinese(problem.detail)


@pytest.mark.parametrize(
    ("sheet", "place", "what"),
    [
        (
            rows(b'<row r="2">', CELL % b"A2", CELL % b"A2", b"</row>"),
            (2, "A2"),
            "the cell stands twice, or out of order",
        ),
        (rows(b'<row r="2"/>', b'<row r="2"/>'), (2, ""), "the row stands twice, or out of order"),
        (rows(b'<row r="2"/>', b'<row r="1"/>'), (1, ""), "the row stands twice, or out of order"),
    ],
    ids=["cell", "row", "order"],
)
def test_what_stands_twice_is_told_by_its_place(
    tmp_path: Path, sheet: bytes, place: tuple[int, str], what: str
) -> None:
    """A cell or a row that a file holds twice, or out of order, must be told by name."""
    problem = problem_of(tmp_path, book(sheet))
    assert (problem.row, problem.field) == place
    assert (problem.trouble, problem.detail) == (Trouble.WORKBOOK, what)
    assert chinese(what) != what


def test_a_declaration_is_told(tmp_path: Path) -> None:
    """A table of texts that declares entities must be refused as such."""
    problem = problem_of(tmp_path, book(b"", b"<!DOCTYPE a [<!ENTITY b 'c'>]><sst/>"))
    assert problem.detail == "declares a document type, as no spreadsheet does"
    assert chinese(problem.detail) != problem.detail
