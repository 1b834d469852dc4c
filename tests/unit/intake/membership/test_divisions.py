"""Division codes from a file: the shipped table is sound, and every fault of another is told."""

import datetime
from pathlib import Path

import pytest

from mutualaid_core.domain.values.divisions import Certainty, DivisionLevel
from mutualaid_core.errors import IntakeError
from mutualaid_core.intake.membership.divisions import read_divisions, shipped_divisions
from mutualaid_core.intake.problem import Problem
from mutualaid_core.rules.scheme.divisions import DivisionTable, division_on, is_within

DAY = datetime.date
HEAD = "code,name,level,parent,valid_from,valid_to,successor,seen_to,certainty,source"
PROVINCE = "430000,湖南省,province,,2003-01-01,,,,found,memo"
CITY = "430100,长沙市,prefecture,430000,2003-01-01,,,,from_memory,memo"


@pytest.fixture(scope="module")
def table() -> DivisionTable:
    """The shipped table."""
    return shipped_divisions()


def of_level(table: DivisionTable, level: DivisionLevel, start: str = "") -> list[str]:
    """Codes of a level that begin so and hold at the end of 2014."""
    codes = [code for code in table.rows if code.startswith(start)]
    found = [division_on(table, code, DAY(2014, 12, 31)) for code in codes]
    return [each.division.code for each in found if each is not None and each.division.level is level]


@pytest.mark.parametrize(
    ("level", "start", "count"),
    [
        (DivisionLevel.PROVINCE, "", 34),
        (DivisionLevel.PREFECTURE, "43", 14),
        (DivisionLevel.PREFECTURE, "44", 21),
        (DivisionLevel.PREFECTURE, "61", 10),
        (DivisionLevel.COUNTY, "4301", 9),
        (DivisionLevel.COUNTY, "4305", 12),
    ],
)
def test_the_shipped_table_holds_what_it_says(
    table: DivisionTable, level: DivisionLevel, start: str, count: int
) -> None:
    """34 provinces, 14, 21 and 10 prefectures, 9 and 12 counties must hold in 2014."""
    assert len(of_level(table, level, start)) == count


@pytest.mark.parametrize(
    ("old", "new", "last"),
    [
        ("430122", "430112", DAY(2011, 5, 19)),
        ("430124", "430182", DAY(2017, 4, 9)),
        ("430521", "430582", DAY(2019, 7, 14)),
    ],
)
def test_the_shipped_table_tells_of_changes(
    table: DivisionTable, old: str, new: str, last: datetime.date
) -> None:
    """Wangcheng, Ningxiang and Shaodong must change their codes on their days."""
    next_day = last + datetime.timedelta(days=1)
    days = [(code, day) for code in (old, new) for day in (last, next_day)]
    assert [division_on(table, *each) is not None for each in days] == [True, False, False, True]
    assert is_within(table, old, "430000", DAY(2022, 1, 1)).is_so


def test_the_shipped_table_says_how_sure_it_is(table: DivisionTable) -> None:
    """Chengbu must be sure in 2014, remembered today; Shaodong's new code is remembered."""
    cases = [("430529", DAY(2014, 1, 1)), ("430529", DAY(2026, 1, 1)), ("430582", DAY(2020, 1, 1))]
    found = [division_on(table, *case) for case in cases]
    assert [each.certainty for each in found if each] == [
        Certainty.FOUND,
        Certainty.FROM_MEMORY,
        Certainty.FROM_MEMORY,
    ]
    assert table.rows["430529"][0].name == "城步苗族自治县"


def problems(folder: Path, *rows: str) -> list[tuple[int, str]]:
    """Row and field of every problem of a table."""
    path = folder / "divisions.csv"
    path.write_text("\n".join((HEAD, *rows, "")), encoding="utf-8")
    try:
        read_divisions(path)
    except IntakeError as error:
        return [(each.row, each.field) for each in error.problems if isinstance(each, Problem)]
    return []


def test_another_table_is_read(tmp_path: Path) -> None:
    """A sound table in the same form must be read."""
    assert problems(tmp_path, PROVINCE, CITY) == []


def test_every_fault_of_a_row_is_told(tmp_path: Path) -> None:
    """Cells that cannot be, and cells that contradict each other, must all be told by row and field."""
    rows = (
        "43000,湖南省,state,,2003-01-32,,,,sure,memo",
        "430100,长沙市,county,430000,2003-01-01,,,,found,memo",
        "430200,株洲市,prefecture,440000,2003-01-01,,,,found,memo",
        "430300,,prefecture,430000,2003-01-01,2002-01-01,430400,,found,memo",
    )
    assert problems(tmp_path, *rows) == [
        (2, "code"),
        (2, "level"),
        (2, "valid_from"),
        (2, "certainty"),
        (3, "level"),
        (4, "parent"),
        (5, "name"),
    ]


def test_rows_that_contradict_each_other_are_told(tmp_path: Path) -> None:
    """A code twice, a missing parent and a missing successor must be told by their rows."""
    rows = (
        PROVINCE,
        CITY,
        CITY,
        "440100,广州市,prefecture,440000,2003-01-01,,,,found,memo",
        "430200,株洲市,prefecture,430000,2003-01-01,2010-01-01,430300,,found,memo",
    )
    assert problems(tmp_path, *rows) == [(4, "valid_from"), (5, "parent"), (6, "successor")]


def test_a_missing_table_is_told(tmp_path: Path) -> None:
    """A file that is not there must be told as such."""
    with pytest.raises(IntakeError, match="IN001"):
        read_divisions(tmp_path / "none.csv")
