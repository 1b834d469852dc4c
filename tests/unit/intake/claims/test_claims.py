"""Files of claims: what they become, and every fault with its place."""

import datetime
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from mutualaid_core.domain.scheme.facts import EventKind
from mutualaid_core.errors import IntakeError
from mutualaid_core.intake.claims.batch import read_batch

Files = Any
CLAIMS = "claims.csv"
ILLNESS = {
    "claim_id": "c2",
    "person_id": "p1",
    "event": "critical_illness",
    "began": "2015-05-01",
    "parts": "main",
    "age": "50",
    "grade": "a",
}


def without(cells: Mapping[str, str], *names: str) -> dict[str, str]:
    """Cells but those of some columns."""
    return {name: cell for name, cell in cells.items() if name not in names}


def test_claims_of_both_versions(files: Files) -> None:
    """Each claim must go to the version in force on the day that this version names."""
    files.put(CLAIMS, files.stay(), files.stay(claim_id="c2", began="2015-12-28", ended="2016-01-03"))
    (scheme,) = files.read().schemes
    assert [[line.claim_id for line in version.lines] for version in scheme.versions] == [["c1"], ["c2"]]


def test_day_outside_all_versions(files: Files) -> None:
    """A claim before the first version must go to that one, which refuses it."""
    files.put(CLAIMS, files.stay(began="2014-03-01", ended="2014-03-08"))
    (scheme,) = files.read().schemes
    assert [len(version.lines) for version in scheme.versions] == [1, 0]


def test_what_a_row_tells(files: Files) -> None:
    """Cells must become days, fen, whole numbers, words and flags; blanks must become nothing."""
    told = {
        "filed": "2015-04-01",
        "elsewhere": "12.50",
        "refd_setl_flag": "1",
        "days": "6",
        "insutype": "310",
    }
    files.put(CLAIMS, files.stay(**told, med_type=""))
    line = files.read().schemes[0].versions[0].lines[0]
    assert (line.event, line.began, line.ended) == (
        EventKind.INPATIENT_STAY,
        datetime.date(2015, 3, 1),
        datetime.date(2015, 3, 8),
    )
    assert line.amounts == {"inscp_scp_amt": 2_000_000, "hifp_pay": 900_000}
    assert (line.counts, line.codes) == ({"days": 6}, {"insutype": "310"})
    assert (line.filed, line.elsewhere, line.is_reversed) == (datetime.date(2015, 4, 1), 1250, True)


def test_national_names(files: Files) -> None:
    """The national names of a settlement must be taken, a moment of settlement for its day."""
    cells = without(files.stay(), "claim_id", "began", "ended")
    named = {"setl_id": "s1", "begndate": "2015-03-01", "enddate": "2015-03-08"}
    files.put(CLAIMS, cells | named | {"setl_time": "2015-03-09T10:00:00+08:00"})
    line = files.read().schemes[0].versions[0].lines[0]
    assert (line.claim_id, line.settled) == ("s1", datetime.date(2015, 3, 9))


def test_id_number_appears_nowhere(files: Files) -> None:
    """A person named by ID number must be matched by it, in the old form too, and never be shown."""
    number = "430529198001010013"
    cells = without(files.stay(certno=number), "person_id")
    files.put(CLAIMS, cells, cells | {"claim_id": "c2", "certno": "430529800101001"})
    batch = files.read()
    first, second = batch.schemes[0].versions[0].lines
    assert first.person_id == second.person_id
    assert number not in repr(batch)


def test_without_members_everybody_is_covered(files: Files) -> None:
    """Without a file of members the version's days must be the cover, and the version the period."""
    files.put(CLAIMS, files.stay())
    covers = files.read().schemes[0].covers["p1"]
    assert [(cover.period_id, cover.days.first_day.year, cover.days.last_day.year) for cover in covers] == [
        ("2015", 2015, 2015),
        ("2016", 2016, 9999),
    ]
    assert [cover.parts for cover in covers] == [frozenset({"main"}), frozenset()]


@pytest.mark.parametrize(
    ("changes", "field", "kind"),
    [
        ({"claim_id": ""}, "claim_id", "BLANK"),
        ({"claim_id": "4.3E+17"}, "claim_id", "DAMAGED_NUMBER"),
        ({"person_id": ""}, "person_id", "BLANK"),
        ({"event": ""}, "event", "BLANK"),
        ({"event": "inpatient_sty"}, "event", "VALUE"),
        ({"began": "2015-02-30"}, "began", "DAY"),
        ({"ended": "2015-02-28"}, "ended", "VALUE"),
        ({"ended": ""}, "ended", "BLANK"),
        ({"parts": ""}, "parts", "BLANK"),
        ({"parts": "main;ridr"}, "parts", "VALUE"),
        ({"parts": "main;rider"}, "cover_day", "MISSING_COLUMN"),
        ({"inscp_scp_amt": ""}, "inscp_scp_amt", "BLANK"),
        ({"inscp_scp_amt": "1,000.00"}, "inscp_scp_amt", "AMOUNT"),
        ({"hifp_pay": "\uff11"}, "hifp_pay", "WIDE_CHARACTERS"),
        ({"insutype": "311"}, "insutype", "VALUE"),
        ({"shares": "0"}, "shares", "VALUE"),
        ({"shares": "10000"}, "shares", "VALUE"),
        ({"refd_setl_flag": "N"}, "refd_setl_flag", "VALUE"),
        ({"psn_name": "王小明"}, "psn_name", "UNKNOWN_COLUMN"),
        ({"medfee_sumamt": "25000.00"}, "fund_pay_sumamt", "MISSING_COLUMN"),
    ],
)
def test_one_fault(files: Files, changes: dict[str, str], field: str, kind: str) -> None:
    """A fault must be told by its row, its column and its kind, and bring no other with it."""
    files.put(CLAIMS, files.stay(claim_id="c0", person_id="p0"), files.stay(**changes))
    row = 1 if kind in {"MISSING_COLUMN", "UNKNOWN_COLUMN"} else 3
    assert files.places() == [(CLAIMS, row, field, kind)]


def test_all_faults_at_once(files: Files) -> None:
    """Faults of different rows must all be told, in the order of the rows."""
    files.put(CLAIMS, files.stay(hifp_pay="x"), files.stay(claim_id="c2", ended=""), ILLNESS | {"age": ""})
    assert files.places() == [
        (CLAIMS, 2, "hifp_pay", "AMOUNT"),
        (CLAIMS, 3, "ended", "BLANK"),
        (CLAIMS, 4, "claim_id", "DOUBLED_ROW"),
    ]


def test_blank_where_another_event_needs_it(files: Files) -> None:
    """Cells that only other events need may be blank."""
    files.put(CLAIMS, files.stay(), ILLNESS)
    assert files.places() == []


def test_column_that_no_row_needs(files: Files) -> None:
    """A column must be missed once, by the first row whose event needs it."""
    later = without(ILLNESS, "grade")
    files.put(CLAIMS, files.stay(), later, later | {"claim_id": "c3"})
    (problem,) = files.problems()
    assert (problem.row, problem.field, problem.trouble.name) == (1, "grade", "MISSING_COLUMN")
    assert "first in row 3" in problem.detail


def test_unknown_column_with_a_suggestion(files: Files) -> None:
    """A column whose name is misspelt must be told with the nearest known name."""
    files.put(CLAIMS, files.stay(inscp_scp_amnt="1"))
    (problem,) = files.problems()
    assert problem.detail == "did you mean inscp_scp_amt?"


def test_parts_that_differ(files: Files) -> None:
    """Claims of one person and version that tell different parts must be a fault."""
    files.put(CLAIMS, files.stay(), files.stay(claim_id="c2", parts="main;rider", cover_day="60"))
    assert files.places() == [(CLAIMS, 3, "parts", "PARTS_DIFFER")]


def test_parts_that_differ_between_versions(files: Files) -> None:
    """In another version the same person may hold other parts."""
    later = files.stay(claim_id="c2", began="2016-02-01", ended="2016-02-03", parts="")
    files.put(CLAIMS, files.stay(), later)
    assert files.places() == []


@pytest.mark.parametrize(
    ("text", "kind", "row"),
    [
        ("", "EMPTY_FILE", 0),
        ("claim_id,person_id,event,began\n", "EMPTY_FILE", 0),
        ("a,b\n1,2\n", "NO_HEAD", 1),
    ],
)
def test_no_claims(files: Files, text: str, kind: str, row: int) -> None:
    """A file without rows, or without a head, must be told."""
    (files.path / CLAIMS).write_text(text, "utf-8")
    assert [(place[1], place[3]) for place in files.places()] == [(row, kind)]


def test_missing_file(files: Files) -> None:
    """A file that is not there must be told, a workbook too."""
    assert files.places() == [(CLAIMS, 0, "", "MISSING_FILE")]
    assert files.places(claims="claims.xlsx") == [("claims.xlsx", 0, "", "MISSING_FILE")]


def workbook(path: Path, *rows: tuple[object, ...]) -> None:
    """Write a workbook with days as spreadsheets keep them."""
    with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        sheet.set_row(len(rows) + 3, 20, book.add_format({"bold": True}))


HEAD = ("claim_id", "person_id", "event", "began", "ended", "parts", "inscp_scp_amt", "hifp_pay")
FIRST, LAST = datetime.date(2015, 3, 1), datetime.date(2015, 3, 8)
MOMENT = datetime.datetime(2015, 3, 8, 10, 30)  # noqa: DTZ001  # a spreadsheet knows no zones


def test_workbook(files: Files) -> None:
    """A workbook must give the same claim as a CSV file."""
    files.put(CLAIMS, files.stay())
    workbook(
        files.path / "claims.xlsx", HEAD, ("c1", "p1", "inpatient_stay", FIRST, LAST, "main", 20000, 9000.0)
    )
    from_workbook, from_csv = files.read(claims="claims.xlsx"), files.read()
    assert from_workbook.schemes[0].versions[0].lines == from_csv.schemes[0].versions[0].lines


def test_long_number_in_a_workbook(files: Files) -> None:
    """An id that a spreadsheet keeps as a number must be refused, for it may have lost its last digits."""
    row = (430102199001011234, 17, "inpatient_stay", FIRST, LAST, "main", 20000, 9000)
    workbook(files.path / "claims.xlsx", HEAD, row)
    assert files.places(claims="claims.xlsx") == [("claims.xlsx", 2, "claim_id", "DAMAGED_NUMBER")]


@pytest.mark.parametrize(
    ("name", "kind"),
    [("claims.xlsx", "OTHER_FORM"), ("claims.xls", "OTHER_FORM"), ("claims.ods", "WORKBOOK")],
)
def test_file_that_is_no_workbook(files: Files, name: str, kind: str) -> None:
    """A text with the name of a workbook, and a workbook of another kind, must be told."""
    (files.path / name).write_text("claim_id\n1\n", "utf-8")
    assert files.places(claims=name) == [(name, 0, "", kind)]


@pytest.mark.parametrize(
    ("spoil", "place"),
    [
        (lambda _, sheet: sheet.write_formula(1, 6, "=1+1", None, 2), (2, "G2", "FORMULA")),
        (lambda _, sheet: sheet.merge_range("A5:B5", "x"), (5, "A5:B5", "MERGED")),
        (lambda book, _: book.add_worksheet("old").write(0, 0, "x"), (0, "", "SHEETS")),
    ],
)
@pytest.mark.parametrize("part", ["claims", "members", "prior"])
def test_workbook_that_is_no_plain_table(
    files: Files, part: str, spoil: Callable[[Any, Any], object], place: tuple[int, str, str]
) -> None:
    """Claims, members and prior use must be refused like rosters where a workbook is no plain table."""
    files.put(CLAIMS, files.stay())
    name = f"{part}.xlsx"
    with xlsxwriter.Workbook(str(files.path / name)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEAD)
        spoil(book, sheet)
    paths = {"claims": files.path / CLAIMS, part: files.path / name}
    with pytest.raises(IntakeError) as caught:
        read_batch(files.versions, **paths)
    found = [(each.file, each.row, each.field, each.trouble.name) for each in caught.value.problems]
    assert [each for each in found if each[0] == name] == [(name, *place)]


def test_moment_and_truth_in_a_workbook(files: Files) -> None:
    """A moment with its time must become its day, and a truth value a flag."""
    head = (*HEAD, "settled", "refd_setl_flag")
    row = ("c1", "p1", "inpatient_stay", FIRST, LAST, "main", 20000, 3.3, MOMENT, True)
    workbook(files.path / "claims.xlsx", head, row)
    line = files.read(claims="claims.xlsx").schemes[0].versions[0].lines[0]
    assert (line.settled, line.is_reversed, line.amounts["hifp_pay"]) == (LAST, True, 330)
