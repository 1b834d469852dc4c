"""Organisations from a file: rows of one id are its terms, and every fault is told by its row."""

import datetime
from pathlib import Path

import pytest

from mutualaid_core.domain.membership.organisation import Organisation, OrganisationLevel
from mutualaid_core.errors import IntakeError
from mutualaid_core.intake.membership.organisations import read_organisations
from mutualaid_core.intake.problem import Problem
from mutualaid_core.intake.problem.wording import chinese

HEAD = "organisation_id,level,kind,name,parent_id,division,first_day,last_day"
PROVINCE = "hunan,province,geographic,湖南省总工会,,430000,2014-01-01,"
CITY = "ningxiang,county,geographic,宁乡市总工会,changsha,430182,2017-04-10,"
COUNTY = "ningxiang,county,geographic,宁乡县总工会,changsha,430124,2014-01-01,2017-04-09"


def read(folder: Path, *rows: str) -> tuple[Organisation, ...]:
    """What a file with these rows holds."""
    path = folder / "organisations.csv"
    path.write_text("\n".join((HEAD, *rows, "")), encoding="utf-8")
    return read_organisations(path)


def problems(folder: Path, *rows: str) -> list[tuple[int, str]]:
    """Row and field of every problem of such a file."""
    with pytest.raises(IntakeError) as caught:
        read(folder, *rows)
    return [(each.row, each.field) for each in caught.value.problems if isinstance(each, Problem)]


def test_rows_of_one_id_are_terms(tmp_path: Path) -> None:
    """Terms must be put in order, whatever the order of the rows, and blank cells be none."""
    hunan, ningxiang = read(tmp_path, PROVINCE, CITY, COUNTY)
    assert (hunan.level, hunan.terms[0].parent_id, hunan.terms[0].last_day) == (
        OrganisationLevel.PROVINCE,
        None,
        None,
    )
    assert [each.division for each in ningxiang.terms] == ["430124", "430182"]
    assert ningxiang.terms[0].last_day == datetime.date(2017, 4, 9)


def test_every_fault_is_told(tmp_path: Path) -> None:
    """Cells that cannot be must all be told by row and field."""
    rows = (
        "a/b,city,union,,x y,4301,2014-13-01,soon",
        "c,county,geographic,县总工会,changsha,430121,2014-01-01,2013-01-01",
        "d,county,organs,县总工会,changsha,430121,2014-01-01,",
        "e,unit,basic,工会,,,2014-01-01,",
    )
    assert problems(tmp_path, *rows) == [
        (2, "organisation_id"),
        (2, "level"),
        (2, "kind"),
        (2, "name"),
        (2, "parent_id"),
        (2, "division"),
        (2, "first_day"),
        (2, "last_day"),
        (3, "last_day"),
        (4, "kind"),
        (5, "parent_id"),
    ]


def test_rows_of_one_id_agree(tmp_path: Path) -> None:
    """Another level or kind, and terms that overlap, must be told by the later row."""
    other = "ningxiang,pool,industry,宁乡总工会,changsha,430182,2017-04-09,"
    assert problems(tmp_path, COUNTY, other) == [(3, "level"), (3, "kind"), (3, "first_day")]


def test_an_open_term_is_the_last(tmp_path: Path) -> None:
    """A term after one that goes on must be told."""
    opened = COUNTY.replace("2017-04-09", "")
    assert problems(tmp_path, opened, CITY) == [(3, "first_day")]


@pytest.mark.parametrize(
    ("detail", "expected"),
    [
        ("must be given below a province", "省级以下须填写"),
        ("must be blank for the nation", "全国一级须留空"),
        ("must be another organisation", "应为另一组织"),
        ("must be after the last day of the term before it", "应晚于前一行的最后一日"),
        ("must be county by its code", "按代码应为 county"),
        ("must be blank by its code", "按代码须留空"),
        ("must be in the table on the days of the row", "在该行的有效期内应在表中"),
        ("must be in the table from the day after valid_to on", "自 valid_to 次日起应在表中"),
    ],
)
def test_what_is_asked_is_told_in_chinese(detail: str, expected: str) -> None:
    """The rules of organisations and codes must have Chinese words."""
    assert chinese(detail) == expected
