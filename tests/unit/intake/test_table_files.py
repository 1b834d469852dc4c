"""Tables with one fault: its place, its kind, and no other."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mutualaid_core.intake.problem import PROBLEMS_MAX
from mutualaid_core.intake.records import BROKEN_MAX

Folder = Any
ROSTER, UNITS, STAYS = "roster.csv", "units.csv", "settlements.csv"


@pytest.mark.parametrize(
    ("name", "row", "column", "text", "kind"),
    [
        (ROSTER, 5, "id_number", "430529198405206216", "ID_NUMBER"),
        (ROSTER, 5, "id_number", "4.30529E+17", "DAMAGED_NUMBER"),
        (ROSTER, 5, "id_number", "430529198405206000", "DAMAGED_NUMBER"),
        (ROSTER, 5, "id_number", "\uff14\uff13\uff10529198405206215", "WIDE_CHARACTERS"),
        (ROSTER, 5, "id_number", "'430529198405206215", "APOSTROPHE"),
        (ROSTER, 5, "name", "", "BLANK"),
        (ROSTER, 5, "name", " 张三", "BLANKS_AROUND"),
        (ROSTER, 5, "name", "张三1", "VALUE"),
        (ROSTER, 5, "name", "=HYPERLINK(1)", "FORMULA"),
        (ROSTER, 5, "birth_date", "1957-02-30", "DAY"),
        (ROSTER, 5, "birth_date", "1957/02/03", "DAY"),
        (ROSTER, 5, "birth_date", "1957-02-03", "VALUE"),
        (ROSTER, 5, "insurance_type", "311", "VALUE"),
        (ROSTER, 5, "employment", "Regular", "VALUE"),
        (ROSTER, 5, "shares", "0", "VALUE"),
        (ROSTER, 5, "contribution", "-50.00", "AMOUNT"),
        (ROSTER, 5, "contribution", "50.001", "AMOUNT"),
        (ROSTER, 5, "contribution", "1,050.00", "AMOUNT"),
        (ROSTER, 5, "contribution", "0.00", "AMOUNT"),
        (ROSTER, 5, "contribution", "51.00", "VALUE"),
        (ROSTER, 5, "paid_by_unit", "30.01", "VALUE"),
        (ROSTER, 5, "unit_code", "CB999", "UNKNOWN_UNIT"),
        (UNITS, 3, "unit_name", "x" * 300, "LONG_CELL"),
        (UNITS, 3, "unit_name", "\x1b[31mred", "WIDE_CHARACTERS"),
        (UNITS, 3, "eligible_workers", "0", "VALUE"),
        (UNITS, 3, "eligible_workers", "11", "VALUE"),
        (UNITS, 3, "enrolled_workers", "12.0", "VALUE"),
        (UNITS, 3, "enrolled_workers", "11", "COUNT"),
        (STAYS, 3, "setl_id", "4.3E+17", "DAMAGED_NUMBER"),
        (STAYS, 3, "setl_id", "a/b", "VALUE"),
        (STAYS, 3, "certno", "43052919850307001X", "ID_NUMBER"),
        (STAYS, 3, "unit_code", "CB999", "UNKNOWN_UNIT"),
        (STAYS, 3, "fixmedins_code", "H4305290000", "VALUE"),
        (STAYS, 3, "hosp_lv", "4", "VALUE"),
        (STAYS, 3, "begndate", "2014-02-30", "DAY"),
        (STAYS, 3, "begndate", "2099-01-01", "VALUE"),
        (STAYS, 3, "setl_time", "2014-01-26T25:00:00", "DAY"),
        (STAYS, 3, "dise_code", "S82\n200", "WIDE_CHARACTERS"),
        (STAYS, 3, "hifp_pay", "-1.00", "AMOUNT"),
        (STAYS, 3, "hifp_pay", "1E+5", "DAMAGED_NUMBER"),
        (STAYS, 3, "refd_setl_flag", "N", "VALUE"),
    ],
)
def test_cell(  # noqa: PLR0913, PLR0917  # a row of the table above
    folder: Folder, name: str, row: int, column: str, text: str, kind: str
) -> None:
    """A wrong cell must be told by file, row and column, and first of all by its own kind."""
    folder.cell(name, row, column, text)
    field = "enddate" if text == "2099-01-01" else "enrolled_workers" if text == "11" else column
    field = "contribution" if column == "paid_by_unit" else field
    assert (name, row, field, kind) in folder.places()
    assert {place[:2] for place in folder.places()} - {(UNITS, n) for n in range(2, 6)} <= {(name, row)}


@pytest.mark.parametrize(
    ("text", "kind", "row"),
    [
        ("", "EMPTY_FILE", 0),
        ("\n \n", "EMPTY_FILE", 0),
        ("unit_code,unit_name,eligible_workers,enrolled_workers\n", "EMPTY_FILE", 0),
        ("CB003,城步县财政局003,15,15\n", "NO_HEAD", 1),
    ],
)
def test_file_without_rows(folder: Folder, text: str, kind: str, row: int) -> None:
    """A file without a head or without rows must be told as a whole."""
    folder.write(UNITS, text)
    assert (UNITS, row, "", kind) in folder.places()


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("sex,", "", ("sex", "MISSING_COLUMN")),
        ("sex,", "Sex,", ("Sex", "UNKNOWN_COLUMN")),
        ("sex,", "sex,phone,", ("phone", "UNKNOWN_COLUMN")),
        ("sex,", "sex,电话,", ("column 5", "UNKNOWN_COLUMN")),
        ("sex,", "sex,sex,", ("sex", "DOUBLED_COLUMN")),
        ("paid_by_unit", "paid_by_unit,", ("column 12", "UNKNOWN_COLUMN")),
    ],
)
def test_head(folder: Folder, old: str, new: str, place: tuple[str, str]) -> None:
    """A wrong head must be told in row 1, by the name of the column where it can be no person's."""
    folder.edit(ROSTER, old, new)
    assert (ROSTER, 1, *place) in folder.places()


def test_misspelt_column_is_recognised(folder: Folder) -> None:
    """A column that is nearly known must be told with the name that was meant."""
    folder.edit(ROSTER, "birth_date", "birthdate")
    assert "did you mean birth_date?" in {each.detail for each in folder.problems()}


@pytest.mark.parametrize(
    ("change", "row", "kind"),
    [
        (lambda raw: b"\xef\xbb\xbf" + raw, 1, "BYTE_ORDER_MARK"),
        (lambda raw: raw.decode().encode("utf-16"), 1, "ENCODING"),
        (lambda raw: raw.decode().encode("utf-16-le"), 1, "ENCODING"),
        (lambda raw: raw.decode().encode("utf-16-be"), 1, "ENCODING"),
        (lambda raw: raw.decode().encode("gb18030"), 2, "ENCODING"),
        (lambda raw: raw.replace(b",", b";"), 1, "SEPARATOR"),
        (lambda raw: raw.replace(b",", b"\t"), 1, "SEPARATOR"),
        (lambda raw: raw.replace(b",", "，".encode()), 1, "SEPARATOR"),
    ],
)
def test_form_of_the_file(folder: Folder, change: Callable[[bytes], bytes], row: int, kind: str) -> None:
    """A wrong encoding or separator must be the one problem, and all else be read in spite of it."""
    folder.write(ROSTER, change((folder.path / ROSTER).read_bytes()))
    assert folder.places() == [(ROSTER, row, "", kind)]


def test_damaged_bytes_are_told_by_their_cell(folder: Folder) -> None:
    """A file in which a few bytes are lost must be told by row, and the lost ones by their cell."""
    raw = (folder.path / ROSTER).read_bytes().splitlines(keepends=True)
    raw[3] = raw[3].replace(raw[3].split(b",")[1][:3], b"\xe5\x88", 1)
    folder.write(ROSTER, b"".join(raw))
    assert folder.places() == [(ROSTER, 4, "", "ENCODING"), (ROSTER, 4, "name", "DAMAGED_TEXT")]


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_other_systems_are_taken(folder: Folder, end: str) -> None:
    """A table must be read with the line ends of any system."""
    folder.write(ROSTER, folder.text(ROSTER).replace("\n", end))
    assert folder.places() == []


def test_last_line_end_may_be_missing(folder: Folder) -> None:
    """A last row without a line end must be whole."""
    folder.write(ROSTER, folder.text(ROSTER).rstrip("\n"))
    assert folder.places() == []


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_rows_are_an_editors(folder: Folder, end: str) -> None:
    """Below a cell with a line break, rows must be counted as lines."""
    rows = folder.rows(ROSTER)
    rows[2][1], rows[4][8] = '"张\n三"', "x"
    text = "\n".join(",".join(row) for row in rows)
    folder.write(ROSTER, text.replace("\n", end))
    assert folder.places() == [(ROSTER, 3, "name", "WIDE_CHARACTERS"), (ROSTER, 6, "contribution", "AMOUNT")]


@pytest.mark.parametrize("row", ["", " ", ",,,,,,,,,,"])
def test_blank_row(folder: Folder, row: str) -> None:
    """A blank row must be one problem, also with its commas."""
    lines = folder.text(ROSTER).splitlines()
    folder.write(ROSTER, "\n".join([*lines[:3], row, *lines[3:]]))
    assert folder.places() == [(ROSTER, 4, "", "BLANK_ROW")]


@pytest.mark.parametrize("change", [lambda line: line + ",", lambda line: line.rpartition(",")[0]])
def test_row_of_another_width(folder: Folder, change: Callable[[str], str]) -> None:
    """A row with a cell too many or too few must be told as a row, and not counted as missing."""
    lines = folder.text(ROSTER).splitlines()
    folder.write(ROSTER, "\n".join([*lines[:3], change(lines[3]), *lines[4:]]))
    assert folder.places() == [(ROSTER, 4, "", "CELL_COUNT")]


@pytest.mark.parametrize("name", ['"张三', '张"三"', '"张"三'])
def test_broken_quotation_hides_nothing_else(folder: Folder, name: str) -> None:
    """A broken quotation mark must be told in its row, and the rows below it be read."""
    rows = folder.rows(ROSTER)
    rows[2][1], rows[40][8] = name, "x"
    folder.write(ROSTER, "\n".join(",".join(row) for row in rows))
    places = folder.places()
    assert places[0][:2] == (ROSTER, 3)
    assert places[0][3] in {"QUOTING", "VALUE"}
    assert (ROSTER, 41, "contribution", "AMOUNT") in places


def test_mark_that_another_row_closes(folder: Folder) -> None:
    """A mark that swallows rows up to the next one must be told where it stands, and they be read."""
    rows = folder.rows(ROSTER)
    rows[2][1], rows[3][8], rows[5][1] = '"张三', "x", '李四"'
    folder.write(ROSTER, "\n".join(",".join(row) for row in rows))
    assert folder.places() == [
        (ROSTER, 3, "", "QUOTING"),
        (ROSTER, 4, "contribution", "AMOUNT"),
        (ROSTER, 6, "name", "VALUE"),
    ]


def test_bytes_of_no_encoding(folder: Folder) -> None:
    """A file whose bytes are in no known encoding must be told, and read as far as it goes."""
    folder.write(UNITS, folder.text(UNITS).encode("gb18030").replace(b",30", b"\xff\xff,30"))
    assert (UNITS, 2, "", "ENCODING") in folder.places()


def test_very_long_cell_is_one_problem(folder: Folder) -> None:
    """A cell beyond every limit must be told in its row, and the others be read."""
    folder.cell(ROSTER, 3, "name", "三" * 200_000)
    assert folder.places() == [(ROSTER, 3, "", "LONG_CELL")]


def test_reading_stops_after_many_broken_rows(folder: Folder) -> None:
    """A file of nothing but broken marks must not be read for ever."""
    lines = folder.text(ROSTER).splitlines()
    folder.write(ROSTER, "\n".join([lines[0], *['a"b,"c"d'] * 5_000]))
    quoting = [place for place in folder.places() if place[3] == "QUOTING"]
    assert len(quoting) <= BROKEN_MAX


def test_problems_are_limited(folder: Folder) -> None:
    """Of a file that is wrong throughout, a limited number of problems must be kept, and said so."""
    folder.write(ROSTER, folder.text(ROSTER) + "x\n" * (PROBLEMS_MAX + 100))
    kinds = [kind for name, _, _, kind in folder.places() if name == ROSTER]
    assert kinds == [*["CELL_COUNT"] * PROBLEMS_MAX, "MORE"]


def test_doubled_row(folder: Folder) -> None:
    """A row that stands twice must be told where it stands the second time, and counted once."""
    folder.put(ROSTER, [*folder.rows(ROSTER), folder.rows(ROSTER)[1]])
    assert folder.places() == [(ROSTER, 83, "id_number", "DOUBLED_ROW")]
    assert folder.problems()[0].detail == "see row 2"


def test_doubled_settlement(folder: Folder) -> None:
    """A settlement id that comes twice must be told, whatever else its row says."""
    rows = folder.rows(STAYS)
    folder.put(STAYS, [*rows, [rows[1][0], *rows[2][1:]]])
    assert folder.places() == [(STAYS, 6, "setl_id", "DOUBLED_ROW")]


def test_credit_code_may_be_blank(folder: Folder) -> None:
    """A unit without a credit code must be taken, with the column there."""
    rows = folder.rows(UNITS)
    folder.put(UNITS, [[*rows[0], "credit_code"], *([*row, ""] for row in rows[1:])])
    assert folder.places() == []


def test_hundred_megabytes_are_too_much(folder: Folder) -> None:
    """A file of a hundred megabytes must be refused before it is read as a table."""
    with (folder.path / ROSTER).open("wb") as file:
        file.truncate(100_000_000)
    assert [place for place in folder.places() if place[0] == ROSTER] == [(ROSTER, 0, "", "TOO_LARGE")]


@pytest.mark.parametrize("name", [ROSTER, UNITS, STAYS, "policy.yaml", "scheme.yaml", "year.yaml"])
def test_missing_file(folder: Folder, name: str) -> None:
    """A file that is not there must be the one problem."""
    (folder.path / name).unlink()
    assert folder.places() == [(name, 0, "", "MISSING_FILE")]


@pytest.mark.parametrize("name", [ROSTER, "scheme.yaml"])
@pytest.mark.parametrize("make", [Path.mkdir, lambda path: path.symlink_to(path)])
def test_no_plain_file(folder: Folder, name: str, make: Callable[[Path], None]) -> None:
    """A folder or a link to itself in the place of a file must be told."""
    (folder.path / name).unlink()
    make(folder.path / name)
    assert folder.places() == [(name, 0, "", "NOT_A_FILE")]
