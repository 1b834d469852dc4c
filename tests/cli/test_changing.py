"""``mutualaid member leave|restore|withdraw|void|correct|enrol``: one enrolment at a time, each act once."""

from typing import Any

import pytest

Office = Any
NAMED = ("--scheme", "hn-example-inpatient", "--period", "2014")
FIRST, OTHER = "430529196807070665", "430529199309020888"
LEAVE = ("--as", "retired", "--since", "2014-09-01", "--paper", "2014-15", "--on", "2014-08-28")


def test_a_repeat_is_a_repeat(joined: Office) -> None:
    """The same command on the same day must answer the same, and say that nothing changed."""
    member = joined.member(FIRST)
    first, second = (
        joined("member", "leave", member, *LEAVE, "--unit", "EX102", *NAMED, "--json") for _ in range(2)
    )
    assert (first.status, second.status) == (0, 0)
    assert [first.document.pop("replayed"), second.document["replayed"]] == [False, True]
    told = joined("member", "leave", member, *LEAVE, "--unit", "EX102", *NAMED)
    assert "it was done before, nothing changed" in told.out
    assert "cover ends with 2014-12-31" in told.out


@pytest.mark.clause("HN-4.3.5c")
def test_another_unit_may_not_report_it(joined: Office) -> None:
    """A unit that is not the member's own is refused with status 1, and may mend it the same day."""
    member = joined.member(FIRST)
    refused = joined("member", "leave", member, *LEAVE, "--unit", "EX101", *NAMED)
    assert refused.status == 1
    assert "must be reported by the member's own unit" in refused.out
    assert joined("member", "leave", member, *LEAVE, "--unit", "EX102", *NAMED).status == 0


def test_what_was_refused_is_tried_anew(joined: Office) -> None:
    """A withdrawal that was refused while the person was enrolled elsewhere must be judged again."""
    acts = ("--unit", "EX102", "--paper", "2014-9", *NAMED)
    member = joined.member(FIRST)
    again = ("member", "withdraw", member, *acts, "--on", "2013-12-13")
    assert joined(*again).status == 0
    listed = joined.put("one.csv", *roster_lines(joined, FIRST))
    enrol = ("member", "enrol", listed, "--unit", "EX102", *NAMED, "--on", "2013-12-13")
    assert joined(*enrol, "--json").document["enrolled"] == [member]
    assert joined(*enrol, "--json").document["replayed"]


def roster_lines(office: Office, *id_numbers: str) -> list[str]:
    """Head and rows of the example's roster of 2014, for these persons."""
    lines = office.roster(2014).read_text("utf-8").splitlines()
    return [lines[0], *(line for line in lines if any(each in line for each in id_numbers))]


@pytest.mark.clause("HN-4.3.4c")
def test_a_list_enrols_nobody_twice(joined: Office) -> None:
    """Who is enrolled already is refused with the clause; a preview writes nothing."""
    listed = joined.put("one.csv", *roster_lines(joined, FIRST, OTHER))
    enrol = ("member", "enrol", listed, "--unit", "EX102", *NAMED, "--on", "2013-12-13")
    preview, answer = joined(*enrol, "--preview"), joined(*enrol)
    assert (preview.status, answer.status) == (1, 1)
    assert "nothing was written" in preview.out
    assert answer.out.count("[HN-4.3.4c]") == 2


def test_a_list_of_other_units_is_empty(joined: Office) -> None:
    """A list without anybody of the unit is bad input."""
    listed = joined.put("one.csv", *roster_lines(joined, FIRST))
    answer = joined("member", "enrol", listed, "--unit", "EX101", *NAMED, "--on", "2013-12-13")
    assert answer.status == 2
    assert "IN116" in answer.err


def test_faults_of_a_list_are_told_whole(joined: Office) -> None:
    """Every fault of a list must be told with its row, masked; nobody is enrolled."""
    head, row = roster_lines(joined, FIRST)
    listed = joined.put(
        "two.csv", head, row.replace(",1968-07-07,", ",1968-07-08,"), row.replace("310", "999")
    )
    answer = joined("member", "enrol", listed, "--unit", "EX102", *NAMED, "--on", "2013-12-13")
    assert answer.status == 2
    assert ":2:" in answer.err
    assert ":3:" in answer.err
    assert FIRST not in answer.err


@pytest.mark.clause("HN-3.1.2c")
def test_nobody_joins_alone_where_units_only_may(joined: Office) -> None:
    """The policy takes units only, so that a person is refused, whoever writes the list."""
    listed = joined.put("one.csv", *roster_lines(joined, FIRST))
    named = ("--unit", "EX102", "--way", "person", "--months", "12", *NAMED, "--on", "2013-12-13")
    answer = joined("member", "enrol", listed, *named)
    assert answer.status == 1
    assert "HN-3.1.2c" in answer.out


def test_a_correction_tells_what_it_may_not(joined: Office) -> None:
    """More shares than one may hold are refused; the right word of employment passes."""
    member = joined.member(FIRST)
    paper = ("--paper", "2014-9", *NAMED, "--on", "2013-12-20")
    refused = joined("member", "correct", member, "--shares", "2", *paper, "--lang", "zh")
    assert refused.status == 1
    assert "HN-4.3.4c" in refused.out
    right = ("--employment", "dispatched", "--insurance-type", "310", "--cover-from", "2014-01-01")
    assert joined("member", "correct", member, *right, *paper).status == 0


@pytest.mark.clause("HN-4.3.5b")
def test_a_void_place_without_money_owes_nothing(joined: Office) -> None:
    """Before anything was paid a void place is done with, and not there a second time."""
    member = joined.member(FIRST)
    void = ("member", "void", member, "--as", "not_eligible", "--paper", "2014-9", *NAMED)
    answer = joined(*void, "--on", "2013-12-20", "--key", "void/1", "--json")
    assert (answer.status, answer.document["to_return"]) == (0, None)
    assert joined(*void, "--on", "2013-12-21").status == 1


@pytest.mark.clause("ACFTU-11.2h")
@pytest.mark.parametrize(
    "arguments",
    [
        ("leave", FIRST, *LEAVE, "--unit", "EX102"),
        ("leave", "M1", *LEAVE, "--unit", FIRST),
        ("leave", "M1", *LEAVE[:4], "--paper", FIRST, "--unit", "EX102"),
        ("withdraw", "M1", "--unit", "EX102", "--paper", FIRST),
        ("void", "M1", "--as", "duplicate", "--paper", FIRST),
        ("correct", "M1", "--paper", FIRST),
    ],
    ids=["member", "unit", "paper", "withdraw", "void", "correct"],
)
def test_an_id_number_on_the_command_line_is_refused(joined: Office, arguments: tuple[str, ...]) -> None:
    """An ID number in any argument must be refused without coming back in the answer."""
    answer = joined("member", *arguments, *NAMED)
    assert answer.status == 2
    assert FIRST not in answer.out + answer.err


def test_a_refusal_of_a_unit_is_recorded_once(joined: Office) -> None:
    """A reason that the scheme bans is rejected, another stands, and an id is used once."""
    named = ("unit", "refuse", "EX103", *NAMED, "--on", "2013-12-20")
    stands = joined(*named, "--refusal", "REF-1", "--reason", "other")
    assert (stands.status, "stands" in stands.out) == (0, True)
    taken = joined(*named, "--refusal", "REF-1", "--reason", "illness")
    assert taken.status == 2
    assert "must not be used yet" in taken.err


def test_a_unit_is_judged_on_one_day(joined: Office) -> None:
    """Another business day, and another judgement of an admitted unit, must be told as such."""
    admit = ("unit", "admit", "EX103", *NAMED, "--counted-on", "2013-12-10")
    assert joined(*admit, "--on", "2013-12-12", "--json").document["units"][0]["outcome"] == "PASS"
    other_day = joined(*admit, "--on", "2013-12-14")
    assert (other_day.status, "must be the day on which" in other_day.err) == (2, True)
    other_act = joined(*admit, "--on", "2013-12-12", "--confirmed")
    assert (other_act.status, "must not have been judged" in other_act.err) == (2, True)


@pytest.mark.clause("HN-4.3.5b", "HN-4.3.5c")
def test_a_death_that_never_was_is_taken_back(joined: Office) -> None:
    """Cover must go on, both entries be told, earlier answers stay, and a repeat change nothing."""
    member = joined.member(FIRST)
    died = ("--as", "died", "--since", "2014-03-01", "--paper", "2014-15", "--unit", "EX102", *NAMED)
    assert joined("member", "leave", member, *died, "--on", "2014-03-05").status == 0
    back = ("member", "restore", member, "--as", "died", "--paper", "2014-16", *NAMED, "--on", "2014-03-20")
    first, second = (joined(*back, "--json") for _ in range(2))
    assert (first.status, first.document["state"], first.document["replayed"]) == (0, "enrolled", False)
    assert (second.status, second.document["replayed"]) == (0, True)
    shown = [
        joined("member", "show", member, "--on", "2014-06-01", "--known-at", day, "--json").document
        for day in ("2014-03-10", "2014-03-20")
    ]
    last = [each["schemes"][0]["periods"][0]["cover"]["last_day"] for each in shown]
    assert last == ["2014-03-01", "2014-12-31"]
    sentences = shown[1]["schemes"][0]["periods"][0]["sentences"]
    assert [("died on" in each, "taken back" in each) for each in sentences[-2:]] == [
        (True, False),
        (False, True),
    ]


def test_what_was_not_reported_is_not_taken_back(joined: Office) -> None:
    """A retirement that was never reported is refused with status 1, in Chinese too."""
    back = ("member", "restore", joined.member(FIRST), "--as", "retired", "--paper", "2014-16", *NAMED)
    refused = joined(*back, "--on", "2014-03-20", "--lang", "zh")
    assert refused.status == 1
    assert "应已登记为退休" in refused.out


def test_a_correction_of_what_stands_so_already_changes_nothing(joined: Office) -> None:
    """It must say that nothing changed, each time it is given, and leave the history as it was."""
    member = joined.member(FIRST)
    paper = ("--paper", "2014-9", *NAMED, "--on", "2013-12-20")
    shown = ("member", "show", member, *NAMED, "--json")
    before = joined(*shown).document
    same = ("member", "correct", member, "--shares", "1", "--employment", "regular", *paper)
    answer = joined(*same, "--lang", "zh")
    assert (answer.status, answer.out) == (0, "没有变化：所报内容与现有登记相同\n")
    assert joined(*same).out == "done (it was done before, nothing changed)\n"
    document = joined("member", "correct", member, "--shares", "1", *paper, "--json").document
    assert (document["outcome"], document["changed"], document["replayed"]) == ("PASS", False, False)
    assert joined(*shown).document == before


def test_a_correction_that_changes_something_says_so(joined: Office) -> None:
    """A correction that was right to be made must be told as done and as a change."""
    command = ("member", "correct", joined.member(FIRST), "--employment", "dispatched")
    paper = ("--paper", "2014-9", *NAMED, "--on", "2013-12-20", "--json")
    document = joined(*command, *paper).document
    assert (document["outcome"], document["changed"]) == ("PASS", True)


@pytest.mark.clause("HN-4.3.5b")
def test_a_correction_is_made_again_after_another_one(joined: Office) -> None:
    """Dispatched, regular, dispatched on one day with one paper are three corrections, a fourth none."""
    member = joined.member(FIRST)
    paper = ("--paper", "2014-9", *NAMED, "--on", "2013-12-20", "--json")
    told = [
        joined("member", "correct", member, "--employment", word, *paper).document
        for word in ("dispatched", "regular", "dispatched", "dispatched")
    ]
    assert [(each["changed"], each["replayed"]) for each in told] == [(True, False)] * 3 + [(False, True)]


DIED = ("--as", "died", "--since", "2014-03-01", "--unit", "EX102", *NAMED, "--on", "2014-03-05")


@pytest.mark.clause("HN-4.3.5c")
def test_a_report_that_was_taken_back_is_made_anew(joined: Office) -> None:
    """The same report of that day, once it was taken back, must be done and not told as done before."""
    member = joined.member(FIRST)
    report = ("member", "leave", member, *DIED, "--paper", "2014-15", "--json")
    back = ("member", "restore", member, "--as", "died", "--paper", "2014-16", *NAMED, "--on", "2014-03-05")
    replayed = [joined(*each).document["replayed"] for each in (report, (*back, "--json")) * 2]
    assert replayed == [False] * 4
    assert joined(*back, "--json").document["replayed"]
    shown = joined("member", "show", member, "--on", "2014-06-01", "--json").document
    assert shown["schemes"][0]["periods"][0]["cover"]["last_day"] == "2014-12-31"


def test_a_death_under_another_paper_changes_nothing(joined: Office) -> None:
    """It must be told that it stands so already, with the day on which cover ends."""
    member = joined.member(FIRST)
    assert joined("member", "leave", member, *DIED, "--paper", "2014-15").status == 0
    again = joined("member", "leave", member, *DIED, "--paper", "2014-17")
    assert again.out == "nothing changed: it stands so already\ncover ends with 2014-03-01\n"


@pytest.mark.clause("HN-4.3.5c")
def test_a_death_before_the_cover_is_told_without_a_day(joined: Office) -> None:
    """No text may say that cover ends with nothing, and none may be in English under zh."""
    member = joined.member(FIRST)
    early = ("--as", "died", "--since", "2013-12-25", "--unit", "EX102", *NAMED, "--on", "2014-01-05")
    told = joined("member", "leave", member, *early, "--paper", "2014-15", "--lang", "zh")
    assert (told.status, told.out) == (0, "已办理\n没有保障日\n")
    joined("member", "restore", member, "--as", "died", "--paper", "2014-16", *NAMED, "--on", "2014-01-06")
    shown = joined("member", "show", member, "--on", "2014-06-01", "--lang", "zh").out
    assert "2013年12月25日死亡，没有保障日" in shown
    assert "依据：2014-16，原登记2013年12月25日死亡" in shown
