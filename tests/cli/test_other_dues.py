"""A second year with other dues: the run says what comes first, and goes on once that was done."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Folder = Any
UNIONS = """organisation_id,level,kind,name,parent_id,division,first_day,last_day
hunan,province,geographic,湖南省总工会,,430000,2000-01-01,
shaoyang,pool,geographic,城步苗族自治县总工会,hunan,430500,2000-01-01,
"""
MEMO = """memo:
  memo_id: 定价-2
  scheme_id: hn-chengbu-inpatient
  version_id: hn-chengbu-2015
  contribution: 58.00
  benefits: 46400.00
  lives: 1000
  band: {low: 70%, high: 95%, source: 市总工会定价办法}
  experience:
    - {period_id: "2014", contributions: 4050.00, benefits: 3300.00, lives: 81}
"""


@pytest.mark.clause("HN-4.3.4d")
def test_a_run_of_a_year_with_other_dues_goes_on_after_the_memo(
    cli: Callable[..., Any], small: Folder, url: str, out: Path
) -> None:
    """The run is refused with the command to use; once that was given, the same run opens the period."""
    run = ("run", small.path, "--store", url, "--out", out, "--until", "found")
    assert cli(*run).status == 0
    next_year(small)
    refused = cli(*run)
    assert (refused.status, "[HN-4.3.4d]" in refused.out) == (1, True), refused
    assert f"mutualaid approval adjust hn-chengbu-2015 {small.path}/scheme.yaml PAPERS.yaml" in refused.out
    table = small.path.parent / "organisations.csv"
    table.write_text(UNIONS, "utf-8")
    assert cli("organisation", "import", table, "--store", url, "--on", "2014-11-01").status == 0
    papers = small.path.parent / "memo.yaml"
    papers.write_text(MEMO, "utf-8")
    named = (
        "hn-chengbu-2015",
        small.path / "scheme.yaml",
        papers,
        "--union",
        "shaoyang",
        "--on",
        "2014-11-18",
    )
    assert cli("approval", "adjust", *named, "--store", url).status == 0
    assert [cli(*run).status for _ in range(2)] == [0, 0]
    assert "nothing changed" in cli(*run).out


@pytest.mark.clause("ACFTU-4.3c")
def test_a_version_without_an_end_is_followed_by_other_dues(
    cli: Callable[..., Any], small: Folder, url: str, out: Path
) -> None:
    """Where the first version has no last day, the adjustment ends it and says so; the run goes on."""
    run = ("run", small.path, "--store", url, "--out", out, "--until", "found")
    small.edit("scheme.yaml", "last_day: 2014-12-31", "last_day: null")
    assert cli(*run).status == 0
    small.edit("scheme.yaml", "last_day: null", "last_day: 2014-12-31")
    next_year(small)
    assert cli(*run).status == 1
    table = small.path.parent / "organisations.csv"
    table.write_text(UNIONS, "utf-8")
    assert cli("organisation", "import", table, "--store", url, "--on", "2014-11-01").status == 0
    papers = small.path.parent / "memo.yaml"
    papers.write_text(MEMO, "utf-8")
    named = ("hn-chengbu-2015", small.path / "scheme.yaml", papers, "--union", "shaoyang")
    adjusted = cli("approval", "adjust", *named, "--on", "2014-11-18", "--store", url)
    told = "the version before, hn-chengbu-2014, ends on 2014-12-31"
    assert (adjusted.status, told in adjusted.out) == (0, True), adjusted
    assert cli(*run).status == 0
    assert cli("verify", "--store", url).status == 0


def next_year(small: Folder) -> None:
    """Make the folder that of 2015, with 58 yuan."""
    for old, new in (
        ("version_id: hn-chengbu-2014", "version_id: hn-chengbu-2015"),
        ("first_day: 2014-01-01", "first_day: 2015-01-01"),
        ("last_day: 2014-12-31", "last_day: 2015-12-31"),
        ("amount: 50.00", "amount: 58.00"),
    ):
        small.edit("scheme.yaml", old, new)
    for old, new in (
        ('period_id: "2014"', 'period_id: "2015"'),
        ("first_day: 2014-01-01, last_day: 2014-12-31", "first_day: 2015-01-01, last_day: 2015-12-31"),
        ("counted_on: 2013-12-10", "counted_on: 2014-12-10"),
        ("received_on: 2013-12-20", "received_on: 2014-12-20"),
        ("closed_on: 2015-01-31", "closed_on: 2016-01-31"),
        ("received_on: 2013-12-31", "received_on: 2014-12-31"),
    ):
        small.edit("year.yaml", old, new)
    roster = (small.path / "roster.csv").read_text("utf-8")
    dearer = roster.replace(",50.00,20.00,30.00", ",58.00,28.00,30.00")
    (small.path / "roster.csv").write_text(dearer, "utf-8")
    stays = (small.path / "settlements.csv").read_text("utf-8")
    later = stays.replace("2015-", "2016-").replace("2014-", "2015-")
    (small.path / "settlements.csv").write_text(later, "utf-8")


@pytest.mark.clause("HN-4.3.4d")
def test_a_run_that_was_refused_may_come_with_other_terms(
    cli: Callable[..., Any], small: Folder, url: str, out: Path
) -> None:
    """A refused year must not hold the terms: with those of the year before the same run opens it."""
    run = ("run", small.path, "--store", url, "--out", out, "--until", "found")
    assert cli(*run).status == 0
    next_year(small)
    assert [cli(*run).status for _ in range(2)] == [1, 1]
    small.edit("scheme.yaml", "amount: 58.00", "amount: 50.00")
    roster = (small.path / "roster.csv").read_text("utf-8")
    (small.path / "roster.csv").write_text(roster.replace(",58.00,28.00,", ",50.00,20.00,"), "utf-8")
    assert cli(*run).status == 0
    small.edit("scheme.yaml", "last_day: 2015-12-31", "last_day: 2016-12-31")
    opened = cli(*run)
    assert (opened.status, "the store holds this year from other files" in opened.err) == (2, True)
