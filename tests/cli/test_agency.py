"""``mutualaid agency``: an agency collects for the fund, passes on, and is flagged for what it still has."""

import csv
from pathlib import Path
from typing import Any

import pytest

from mutualaid_core.services.membership.contribution import LINES_MAX

Office = Any
SCHEME = ("--scheme", "hn-example-inpatient")
NAMED = (*SCHEME, "--period", "2014")
HEAD = "organisation_id,level,kind,name,parent_id,division,first_day,last_day"
ROWS = (
    "hunan,province,geographic,湖南省总工会,,430000,2000-01-01,",
    "shaoyang,pool,geographic,示例县总工会,hunan,430500,2000-01-01,",
    "AG-1,agency,agent,城步代办处,shaoyang,,2010-01-01,",
    "AG-2,agency,agent,绥宁代办处,shaoyang,,2014-03-01,",
)
FIRST = "430529196807070665"
UNCHANGED = "nothing changed"


@pytest.fixture
def desk(joined: Office) -> Office:
    """A clerk whose units joined 2014, with the city's union and two agencies in the tree."""
    table = joined.put("organisations.csv", HEAD, *ROWS)
    assert joined("organisation", "import", table, "--on", "2013-12-12").status == 0
    return joined


def collect(  # noqa: PLR0913  # the facts of a collection
    office: Office,
    *more: object,
    remittance: str = "R-1",
    agency: str = "AG-1",
    received: str = "150.00",
    day: str = "2013-12-18",
    on: str = "2013-12-23",
) -> Any:  # noqa: ANN401  # the fixture's own answer
    """AG-1 took the money of EX102 on 18 December and tells of it on the 23rd."""
    listed = (remittance, office.roster(2014), "--unit", "EX102", "--agency", agency)
    told = ("--received", received, "--collected-on", day, "--paper", "票据-7", "--on", on)
    return office("agency", "collect", *listed, *told, *NAMED, *more)


def pass_on(office: Office, *parts: str, entry: str = "T-1", received: str, on: str = "2014-01-20") -> Any:  # noqa: ANN401  # as above
    """AG-1 passes on what it collected."""
    named = (entry, "--agency", "AG-1", "--received", received, "--part", *parts)
    return office("agency", "pass-on", *named, *NAMED, "--on", on)


@pytest.mark.clause("ACFTU-2.3b")
def test_the_members_have_paid_and_the_agency_is_flagged(desk: Office) -> None:
    """Cover must stand from the day on which the agency had the money, and the agency owe it."""
    done = collect(desk)
    assert (done.status, "R-1 booked, 150.00 yuan" in done.out) == (0, True)
    assert "the agency AG-1 owes 150.00 yuan" in done.out
    member = desk("member", "show", desk.member(FIRST), "--on", "2014-02-01")
    assert "hn-example-inpatient: covered on 2014-02-01" in member.out
    shown = desk("agency", "show", *SCHEME, "--on", "2014-01-17")
    assert (shown.status, "AG-1: 150.00 yuan due, the oldest since 2013-12-18, 30 days" in shown.out) == (
        0,
        True,
    )
    plain = desk("agency", "show", *SCHEME, "--on", "2014-01-17", "--json").document
    assert (plain["outcome"], plain["due"], plain["agencies"][0]["days"]) == ("FLAG", 15000, 30)
    assert plain["faults"][0]["clause"] == "ACFTU-2.3b"


@pytest.mark.clause("ACFTU-2.3b")
def test_what_is_passed_on_is_no_longer_due(desk: Office) -> None:
    """A part leaves the rest due, the rest clears it, and the ledger stays balanced."""
    collect(desk)
    part = pass_on(desk, "R-1=100.00", received="100.00")
    assert (part.status, "R-1: 50.00 yuan still due" in part.out) == (0, True)
    assert desk("agency", "show", "R-1", *SCHEME, "--json").document["due"] == 5000
    rest = pass_on(desk, "R-1=50.00", entry="T-2", received="50.00", on="2014-02-20")
    assert rest.status == 0
    told = desk("agency", "show", "R-1", *SCHEME, "--lang", "zh").out
    assert ("2014-01-20 上缴 100.00 元（T-1）" in told, "应上缴 0.00 元" in told) == (True, True)
    assert "no agency has money" in desk("agency", "show", *SCHEME).out
    assert "没有未上缴的代收款" in desk("agency", "show", "--agency", "AG-1", *SCHEME, "--lang", "zh").out
    assert desk("verify").status == 0


def test_what_went_back_is_shown(desk: Office) -> None:
    """What the agency gave back of an error must be told with its day, and no longer be due."""
    collect(desk)
    member = desk.member(FIRST)
    void = (member, "--as", "duplicate", "--paper", "P-1", *NAMED, "--on", "2013-12-24")
    assert desk("member", "void", *void).status == 0
    back = ("R-1", member, "--as", "voided_enrolment", "--amount", "50.00", "--entry", "V-1")
    returned = desk("remittance", "return", *back, "--paper", "P-2", *SCHEME, "--on", "2013-12-24")
    assert returned.status == 0
    assert "2013-12-24: 50.00 yuan went back (V-1)" in desk("agency", "show", "R-1", *SCHEME).out
    assert "100.00 yuan due" in desk("agency", "show", "R-1", *SCHEME).out


def test_the_answer_names_the_next_command(desk: Office) -> None:
    """The command that is told must be one that can be given, with an id in the place of ENTRY."""
    told = collect(desk).out.partition("passed on: ")[2].replace("\\\n", "").strip()
    assert told.startswith("mutualaid agency pass-on ENTRY ")
    words = told.replace("ENTRY", "T-1").split()[1:]
    assert desk.run(*words, "--on", "2014-01-20").status == 0


@pytest.mark.parametrize(
    ("changes", "clause"),
    [
        ({"received": "100.00"}, "HN-3.1.2b"),
        ({"agency": "AG-2"}, "SN-1.1"),
        ({"agency": "shaoyang"}, "SN-1.1"),
        ({"day": "2013-12-24"}, "ACFTU-2.3b"),
    ],
)
def test_a_refusal_names_its_clause(desk: Office, changes: dict[str, str], clause: str) -> None:
    """Other money than listed, no agency on the day, none at all, and a day to come must be refused."""
    refused = collect(desk, **changes)
    assert (refused.status, f"[{clause}]" in refused.out) == (1, True)
    told = collect(desk, "--lang", "zh", **changes).out
    assert ("must" in told, "实为" in told) == (False, True)
    assert "no agency has money" in desk("agency", "show", *SCHEME).out


def test_all_faults_are_told_at_once(desk: Office) -> None:
    """An agency that did not stand and a day to come must be told together."""
    clauses = [
        fault["clause"]
        for fault in collect(desk, "--json", agency="AG-2", day="2013-12-24").document["remittances"]["R-1"][
            "faults"
        ]
    ]
    assert clauses == ["SN-1.1", "ACFTU-2.3b"]


@pytest.mark.clause("ACFTU-2.3b")
@pytest.mark.parametrize(
    ("parts", "received"),
    [(("R-1=200.00",), "200.00"), (("R-1=50.00",), "60.00"), (("R-1=50.00", "R-1=50.00"), "100.00")],
)
def test_more_than_is_due_is_not_passed_on(desk: Office, parts: tuple[str, ...], received: str) -> None:
    """More than is due, parts that do not add up and a part named twice must be refused."""
    collect(desk)
    refused = pass_on(desk, *parts, received=received)
    assert (refused.status, "[ACFTU-2.3b]" in refused.out) == (1, True)
    assert desk("agency", "show", "R-1", *SCHEME, "--json").document["due"] == 15000
    named = ("T-1", "--agency", "AG-1", "--received", received, "--part", *parts)
    told = desk("agency", "pass-on", *named, *NAMED, "--on", "2014-01-20", "--lang", "zh").out
    assert "must" not in told


def test_who_is_not_there_is_told_so(desk: Office) -> None:
    """Status 2, the missing one is named, in both languages, and nothing is written."""
    before = desk.run("info", "--store", desk.store, "--json").document["store"]
    paper = ("--collected-on", "2013-12-18", "--paper", "P-1", "--received", "150.00", "--on", "2013-12-23")
    roster = desk.roster(2014)
    for arguments, missing in (
        (
            ("collect", "R-1", roster, "--unit", "EX102", "--agency", "NO", *paper, *NAMED),
            "organisation 'NO'",
        ),
        (("collect", "R-1", roster, "--unit", "EX9", "--agency", "AG-1", *paper, *NAMED), "unit 'EX9'"),
        (
            (
                "collect",
                "R-1",
                roster,
                "--unit",
                "EX102",
                "--agency",
                "AG-1",
                *paper,
                *SCHEME,
                "--period",
                "1999",
            ),
            "period 'hn-example-inpatient/1999'",
        ),
        (
            ("pass-on", "T-1", "--agency", "AG-1", "--received", "1.00", "--part", "R-9=1.00", *NAMED),
            "agency_collection 'R-9'",
        ),
        (("show", "R-9", *SCHEME), "agency_collection 'R-9'"),
        (("show", "--agency", "NO", *SCHEME), "organisation 'NO'"),
        (("show", "--scheme", "other"), "scheme 'other'"),
    ):
        answer = desk("agency", *arguments)
        assert (answer.status, f"{missing} does not exist" in answer.err) == (2, True)
    assert "没有该代收款：R-9" in desk("agency", "show", "R-9", *SCHEME, "--lang", "zh").err
    assert desk.run("info", "--store", desk.store, "--json").document["store"] == before


def test_a_preview_writes_nothing(desk: Office) -> None:
    """What a preview tells must be what happens then, and nothing is there before."""
    preview = collect(desk, "--preview", "--json").document
    assert (preview["preview"], desk("agency", "show", "R-1", *SCHEME).status) == (True, 2)
    assert "would be booked, 150.00 yuan" in collect(desk, "--preview").out
    done = collect(desk, "--json").document
    assert done["remittances"] == preview["remittances"]
    named = ("T-1", "--agency", "AG-1", "--received", "150.00", "--part", "R-1=150.00", "--on", "2014-01-20")
    told = desk("agency", "pass-on", *named, *NAMED, "--preview")
    assert (told.status, "would be booked, 150.00 yuan" in told.out) == (0, True)
    assert desk("agency", "show", "R-1", *SCHEME, "--json").document["due"] == 15000


def test_a_repeat_books_once(desk: Office) -> None:
    """The same commands again must change nothing; an id for other money is refused as taken."""
    assert UNCHANGED not in collect(desk).out
    again = collect(desk)
    assert (again.status, UNCHANGED in again.out) == (0, True)
    taken = collect(desk, received="100.00", on="2013-12-24")
    assert taken.status == 1
    first = pass_on(desk, "R-1=100.00", received="100.00")
    repeated = pass_on(desk, "R-1=100.00", received="100.00")
    assert (first.status, repeated.status, UNCHANGED in repeated.out) == (0, 0, True)
    other = pass_on(desk, "R-1=50.00", received="50.00")
    assert (other.status, "must not be used yet" in other.err) == (2, True)
    assert desk("agency", "show", "R-1", *SCHEME, "--json").document["due"] == 5000


def test_what_cannot_be_read_is_bad_input(desk: Office) -> None:
    """A part without a collection, an amount and a day that are none, must end with status 2."""
    collect(desk)
    for part in ("150.00", "=150.00", "R-1=much"):
        assert pass_on(desk, part, received="150.00").status == 2
    assert collect(desk, received="much").status == 2
    assert collect(desk, day="18.12.2013").status == 2
    assert desk("agency", "show", *SCHEME, "--on", "soon").status == 2


@pytest.mark.clause("ACFTU-11.2h")
def test_no_number_of_a_person_is_taken_or_shown(desk: Office) -> None:
    """A mobile number as a paper must be refused unquoted; a list by ID numbers shows none of them."""
    done = collect(desk, "--json")
    assert FIRST not in done.out
    listed = ("R-2", desk.roster(2014), "--unit", "EX101", "--agency", "AG-1", "--received", "250.00")
    paper = ("--collected-on", "2013-12-18", "--paper", "13800138000", "--on", "2013-12-23")
    refused = desk("agency", "collect", *listed, *paper, *NAMED)
    assert (refused.status, "13800138000" in refused.out + refused.err) == (2, False)


def test_a_long_list_is_booked_whole_or_not_at_all(desk: Office, tmp_path: Path) -> None:
    """More lines than one remittance takes are several; with one at fault none of them is booked."""
    path = tmp_path / "long.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("member_id", "contribution"))
        writer.writerows((f"M{number:024}", "50.00") for number in range(LINES_MAX + 3))
    listed = ("R-9", path, "--unit", "EX102", "--agency", "AG-1", "--received", f"{50 * (LINES_MAX + 3)}.00")
    told = ("--collected-on", "2013-12-18", "--paper", "P-1", "--on", "2013-12-23", "--json")
    answer = desk("agency", "collect", *listed, *told, *NAMED)
    assert (answer.status, set(answer.document["remittances"])) == (1, {"R-9-1", "R-9-2"})
    assert {each["booked"] for each in answer.document["remittances"].values()} == {0}
    little = ("R-9", path, "--unit", "EX102", "--agency", "AG-1", "--received", "19000.00")
    refused = desk("agency", "collect", *little, *told[:-1], *NAMED)
    assert (refused.status, "must add up to the 19000.00 received, got 20150.00" in refused.out) == (1, True)
