"""``mutualaid unit enrol``: units join by their imported rosters, once, each person with a result."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Cli = Callable[..., Any]
Folder = Any
SCHEME, PERIOD, UNIT, DAY = "hn-chengbu-inpatient", "2014", "CB001", "2013-12-10"
ROSTER = f"""unit_code,name,id_number,sex,birth_date,insurance_type,employment,shares,joins
{UNIT},方洋鹏,430529195704159099,1,1957-04-15,310,regular,1,1
{UNIT},陈霞红,430529196907159034,1,1969-07-15,310,regular,1,{{joins}}
"""


@pytest.fixture
def imported(cli: Cli, small: Folder, url: str, tmp_path: Path) -> Callable[..., None]:
    """Founds the small year and imports a roster of two, of whom the second may not join."""

    def run(*, joins: int = 1) -> None:
        units, roster = tmp_path / "u.csv", tmp_path / "r.csv"
        units.write_text(f"unit_code,unit_name,pool_id\n{UNIT},城步县教育局001,430500\n", "utf-8")
        roster.write_text(ROSTER.format(joins=joins), "utf-8")
        assert cli("run", small.path, "--store", url, "--out", tmp_path / "o", "--until", "found").status == 0
        files = (roster, "--units", units, "--counted-on", DAY)
        assert cli("roster", "import", *files, "--store", url).status == 0

    return run


def enrol(cli: Cli, url: str, *more: str) -> Any:  # noqa: ANN401  # the fixture's own answer
    """Enrol the unit on 15 December 2013."""
    named = ("--scheme", SCHEME, "--period", PERIOD, "--counted-on", DAY, "--on", "2013-12-15")
    return cli("unit", "enrol", UNIT, *named, "--store", url, *more)


def test_a_unit_joins_by_its_roster_once(cli: Cli, url: str, imported: Callable[..., None]) -> None:
    """Two of two must be enrolled, and a second run must answer the same."""
    imported()
    answers = [enrol(cli, url, "--json") for _ in range(2)]
    assert [answer.status for answer in answers] == [0, 0]
    first, again = (answer.document for answer in answers)
    assert (first["replayed"], again) == (False, {**first, "replayed": True})
    (unit,) = first["units"]
    assert [person["outcome"] for person in unit["persons"]] == ["PASS", "PASS"]


def test_a_unit_with_too_few_is_refused(cli: Cli, url: str, imported: Callable[..., None]) -> None:
    """One of two eligible workers is not all of fewer than thirty: exit status 1, and the clause."""
    imported(joins=0)
    answer = enrol(cli, url)
    assert answer.status == 1
    assert "HN-4.1.2b" in answer.out


def test_a_roster_that_is_not_there_is_bad_input(cli: Cli, url: str, imported: Callable[..., None]) -> None:
    """A day without a roster must be told with the days that there are, and exit status 2."""
    imported()
    named = ("--scheme", SCHEME, "--period", PERIOD, "--counted-on", "2013-12-11", "--on", "2013-12-15")
    answer = cli("unit", "enrol", UNIT, *named, "--store", url)
    assert (answer.status, answer.out) == (2, "")
    assert f"counted_on must be a day of which {UNIT} has a roster: {DAY}, got '2013-12-11'" in answer.err


def test_another_day_of_the_act_is_told_the_first(cli: Cli, url: str, imported: Callable[..., None]) -> None:
    """A repeated run on another business day must be told the day of the first, in both languages."""
    imported()
    assert enrol(cli, url).status == 0
    named = ("--scheme", SCHEME, "--period", PERIOD, "--counted-on", DAY, "--on", "2013-12-16")
    answer = cli("unit", "enrol", UNIT, *named, "--store", url)
    assert (answer.status, answer.out) == (2, "")
    rule = f"on must be the day on which {UNIT} was judged by this roster: 2013-12-15, got '2013-12-16'"
    assert answer.err == f"MA001: {rule}\nhint: a repeated run is given the same --on\n"
    told = cli("unit", "enrol", UNIT, *named, "--store", url, "--lang", "zh").err
    assert f"on 应为 {UNIT} 按该名册判定准入的日期：2013-12-15" in told
