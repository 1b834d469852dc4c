"""``organisation``: a table is checked, imported once, and shown on a day."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Cli = Callable[..., Any]

HEAD = "organisation_id,level,kind,name,parent_id,division,first_day,last_day"
ROWS = (
    "CB001,unit,basic,第一小学工会,chengbu,430529,2014-01-01,",
    "chengbu,county,geographic,城步苗族自治县总工会,shaoyang,430529,2014-01-01,",
    "shaoyang,pool,geographic,邵阳市总工会,hunan,430500,2014-01-01,",
    "organs,pool,organs,省直工会,hunan,,2014-01-01,",
    "hunan,province,geographic,湖南省总工会,,430000,2014-01-01,",
)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A sound table."""
    return written(tmp_path / "organisations.csv", *ROWS)


def written(path: Path, *rows: str) -> Path:
    """A table with these rows."""
    path.write_text("\n".join((HEAD, *rows, "")), encoding="utf-8")
    return path


@pytest.mark.parametrize(("lang", "word"), [("zh", "通过"), ("en", "sound: 5 organisations")])
def test_a_sound_table_is_told_so(cli: Cli, table: Path, lang: str, word: str) -> None:
    """A sound table must pass in the language asked for."""
    answer = cli("organisation", "check", table, "--lang", lang)
    assert (answer.status, word in answer.out) == (0, True)


def test_every_fault_is_told(cli: Cli, tmp_path: Path) -> None:
    """A county that pools and a unit without a parent must both be told, and be refused."""
    wrong = (
        "x,pool,geographic,长沙县总工会,hunan,430121,2014-01-01,",
        "y,unit,basic,工会,nobody,,2014-01-01,",
    )
    answer = cli("organisation", "check", written(tmp_path / "a.csv", *ROWS, *wrong), "--json")
    faults = answer.document["faults"]
    assert (answer.status, answer.document["outcome"], len(faults)) == (1, "REJECT", 2)
    assert "ACFTU-4.2a" in faults[0]


def test_a_table_that_cannot_be_read_is_bad_input(cli: Cli, tmp_path: Path) -> None:
    """Cells that cannot be must be told by row, with the status of bad input."""
    answer = cli("organisation", "check", written(tmp_path / "a.csv", ROWS[0].replace("unit", "team")))
    assert (answer.status, "a.csv:2:level" in answer.err) == (2, True)


def test_a_table_is_imported_once(cli: Cli, table: Path, url: str) -> None:
    """A second import must write nothing, and a store must not come to be by a mistyped name."""
    assert cli("organisation", "import", table, "--store", url).status == 3
    first = cli("organisation", "import", table, "--store", url, "--new", "--json")
    again = cli("organisation", "import", table, "--store", url, "--json")
    assert [each.document["put"] for each in (first, again)] == [5, 0]
    assert cli("organisation", "check", table, "--store", url).status == 0
    assert cli("verify", "--store", url).status == 0


def test_a_wrong_table_is_not_imported(cli: Cli, tmp_path: Path, url: str) -> None:
    """Nothing of a table with a fault must be written."""
    wrong = written(tmp_path / "a.csv", *ROWS, "y,unit,basic,工会,nobody,,2014-01-01,")
    assert cli("organisation", "import", wrong, "--store", url, "--new").status == 1
    assert cli("organisation", "show", "hunan", "--store", url, "--json").status == 2


def test_a_place_in_the_tree_is_shown(cli: Cli, table: Path, url: str) -> None:
    """The path to the root, those directly below and the counts must be told on a day."""
    cli("organisation", "import", table, "--store", url, "--new")
    shown = cli("organisation", "show", "hunan", "--store", url, "--on", "2014-06-01", "--json").document
    assert [each["organisation_id"] for each in shown["children"]] == ["organs", "shaoyang"]
    assert (shown["units"], len(shown["pools"]["pools"]), shown["faults"]) == (1, 2, [])
    answer = cli("organisation", "show", "CB001", "--store", url, "--on", "2014-06-01", "--lang", "zh")
    assert (answer.status, "邵阳市总工会" in answer.out) == (0, True)


def test_a_leaf_says_that_nothing_stands_below(cli: Cli, table: Path, url: str) -> None:
    """A unit has nothing below it: one table, and a sentence in the language asked for."""
    cli("organisation", "import", table, "--store", url, "--new")
    shown = ("organisation", "show", "CB001", "--store", url, "--on", "2014-06-01")
    answer = cli(*shown)
    assert (answer.out.count("┌"), answer.out.splitlines()[-1]) == (1, "nothing stands below")
    told = cli(*shown, "--lang", "zh").out
    assert ("没有下级组织" in told, "统筹区 邵阳市总工会" in told) == (True, True)
    below = cli("organisation", "show", "shaoyang", "--store", url, "--on", "2014-06-01").out
    assert below.splitlines()[-1] == "0 pools, 1 unit below"


def test_an_organisation_that_is_not_there(cli: Cli, table: Path, url: str) -> None:
    """An unknown organisation must be told with exit status 2, and nothing be shown."""
    cli("organisation", "import", table, "--store", url, "--new")
    answer = cli("organisation", "show", "NOPE", "--store", url, "--lang", "zh")
    assert (answer.status, answer.out, answer.err) == (2, "", "MA011: 没有该组织：NOPE\n")


def test_nothing_stands_before_its_first_day(cli: Cli, table: Path, url: str) -> None:
    """On a day before all terms the organisation must be told as not there."""
    cli("organisation", "import", table, "--store", url, "--new")
    answer = cli("organisation", "show", "CB001", "--store", url, "--on", "2013-12-31")
    assert (answer.status, "must stand on 2013-12-31" in answer.out) == (1, True)


def test_codes_of_ones_own_may_be_given(cli: Cli, table: Path, tmp_path: Path) -> None:
    """A table of division codes must take the place of the shipped one."""
    codes = tmp_path / "codes.csv"
    codes.write_text(
        "code,name,level,parent,valid_from,valid_to,successor,seen_to,certainty,source\n"
        "430000,湖南省,province,,2003-01-01,,,,found,memo\n"
        "430500,邵阳市,prefecture,430000,2003-01-01,2013-12-31,,,found,memo\n",
        encoding="utf-8",
    )
    answer = cli("organisation", "check", table, "--divisions", codes, "--json")
    assert (answer.status, answer.document["outcome"]) == (1, "REJECT")
    assert "430500 ended on 2013-12-31" in answer.document["faults"][0]
