"""Whoever is not there is told as not there; what was done before is told as done before."""

from typing import Any

import pytest

Office = Any
SCHEME = ("--scheme", "hn-example-inpatient")
PLACE = (*SCHEME, "--period", "2014")
ON = ("--on", "2014-03-03")
NOBODY = "M" + "0" * 24
PAPER = ("--paper", "P-1")
MOVE = ("--moves-on", "2014-03-10", "--expires-on", "2014-03-20")
UNCHANGED = "nothing changed"


def whose(office: Office) -> str:
    """Somebody of EX101, by the roster's first row."""
    first = office.roster(2014).read_text("utf-8-sig").splitlines()
    head = first[0].split(",")
    at = head.index("id_number") if "id_number" in head else 2
    return str(office.member(first[1].split(",")[at]))


def heads(office: Office) -> object:
    """What the store counts."""
    return office.run("info", "--store", office.store, "--json").document["store"]


@pytest.mark.parametrize(
    ("arguments", "missing"),
    [
        (("member", "correct", NOBODY, "--shares", "1", *PAPER), "member"),
        (
            ("member", "leave", NOBODY, "--as", "died", "--since", "2014-03-01", "--unit", "EX101", *PAPER),
            "member",
        ),
        (("member", "withdraw", NOBODY, "--unit", "EX101", *PAPER), "member"),
        (("member", "void", NOBODY, "--as", "duplicate", *PAPER), "member"),
        (
            ("transfer", "propose", "T1", NOBODY, "--from-unit", "EX101", "--to-unit", "EX102", *MOVE),
            "member",
        ),
    ],
)
def test_an_unknown_member_is_told_so(joined: Office, arguments: tuple[str, ...], missing: str) -> None:
    """Status 2, the member is named, and nothing is written."""
    before = heads(joined)
    answer = joined(*arguments, *PLACE, *ON)
    assert (answer.status, f"{missing} '{NOBODY}' does not exist" in answer.err) == (2, True)
    assert heads(joined) == before


def test_an_unknown_unit_is_told_so(joined: Office) -> None:
    """The same of units, also where a list of the unit is to be read."""
    member, roster = whose(joined), joined.roster(2014)
    left = ("--as", "retired", "--since", "2014-03-01", *PAPER)
    before = heads(joined)
    for arguments in (
        ("member", "leave", member, *left, "--unit", "EX999"),
        ("member", "withdraw", member, "--unit", "EX999", *PAPER),
        ("transfer", "propose", "T1", member, "--from-unit", "EX101", "--to-unit", "EX999", *MOVE),
        ("remittance", "receive", "R1", roster, "--unit", "EX999", "--received", "250.00"),
        ("member", "enrol", roster, "--unit", "EX999"),
    ):
        answer = joined(*arguments, *PLACE, *ON)
        assert (answer.status, "unit 'EX999' does not exist" in answer.err) == (2, True)
    assert heads(joined) == before


@pytest.mark.clause("HN-4.3.5d")
@pytest.mark.parametrize(("old", "new"), [("2015", "2014"), ("2014", "2014")])
def test_periods_of_a_renewal_follow_each_other(joined: Office, old: str, new: str) -> None:
    """Reversed or the same, they are refused with status 2, by the list and by the act."""
    assert joined.open(2015).status == 0
    periods = (*SCHEME, "--from-period", old, "--to-period", new)
    for arguments in (("renewal", "renew", "EX101"), ("renewal", "due")):
        answer = joined(*arguments, *periods, "--on", "2014-12-12")
        assert (answer.status, "must begin after" in answer.err) == (2, True)


@pytest.mark.clause("HN-4.3.4c")
def test_a_repeat_of_judging_says_that_nothing_changed(joined: Office) -> None:
    """Enrolling, admitting and refusing: the same command of the same day answers the same, and says so."""
    days = ("--counted-on", "2013-12-10", "--on", "2013-12-12")
    refusal = ("--refusal", "F1", "--reason", "illness", "--on", "2013-12-13")
    first = joined("unit", "refuse", "EX103", *refusal, *PLACE)
    again = joined("unit", "refuse", "EX103", *refusal, *PLACE)
    assert (UNCHANGED in first.out, UNCHANGED in again.out) == (False, True)
    for act, unit in (("enrol", "EX101"), ("admit", "EX103")):
        repeated = joined("unit", act, unit, *PLACE, *days)
        assert (repeated.status, UNCHANGED in repeated.out) == (0, True)
        assert "没有变化" in joined("unit", act, unit, *PLACE, *days, "--lang", "zh").out


@pytest.mark.clause("HN-4.3.5c")
def test_a_repeat_of_a_transfer_says_that_nothing_changed(joined: Office) -> None:
    """Proposing and accepting; a repeated proposal shows the transfer as it stands by then."""
    propose = ("propose", "T1", whose(joined), "--from-unit", "EX101", "--to-unit", "EX102", *MOVE, *PLACE)
    accept = ("accept", "T1", "--unit", "EX102")
    for arguments in (propose, accept):
        first = joined("transfer", *arguments, *ON)
        again = joined("transfer", *arguments, *ON)
        assert (first.status, UNCHANGED in first.out) == (0, False)
        assert (again.status, UNCHANGED in again.out) == (0, True)
    late = joined("transfer", *propose, *ON)
    assert (UNCHANGED in late.out, "accepted on 3 March 2014" in late.out) == (True, True)


@pytest.mark.clause("SN-2.1.5")
def test_a_repeat_of_giving_says_that_nothing_changed(joined: Office) -> None:
    """Once both couriers have their places, a further run says so."""
    paid = ("--payer", "union", "--groups", "courier", "--source", "HN-4.3.1", "--resolution", "2013-7")
    found = joined("gift", "found", "G1", *paid, "--quota", 2, *PLACE, "--on", "2013-12-13")
    assert found.status == 0
    give = (
        "gift",
        "give",
        "G1",
        "--unit",
        "EX103",
        "--counted-on",
        "2013-12-10",
        *SCHEME,
        "--on",
        "2013-12-14",
    )
    early = joined(*give[:-1], "2013-12-09")
    assert (early.status, "must be counted on or before" in early.err) == (2, True)
    first, again = joined(*give), joined(*give)
    assert (first.status, UNCHANGED in first.out) == (0, False)
    assert (again.status, UNCHANGED in again.out) == (0, True)
