"""``mutualaid remittance``: a unit's money and its list, booked, held, settled or given back."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from mutualaid_core.cli.membership.paying.planning import year_of
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.services.membership.contribution import LINES_MAX

Office = Any
SCHEME = ("--scheme", "hn-example-inpatient")
NAMED = (*SCHEME, "--period", "2014")
FIRST = "430529196807070665"


def receive(office: Office, *more: object, received: str = "150.00", unit: str = "EX102") -> Any:  # noqa: ANN401  # the fixture's own answer
    """Receive what EX102 sends with the roster as its list, on 18 December."""
    listed = ("R-1", office.roster(2014), "--unit", unit, "--received", received)
    return office("remittance", "receive", *listed, *NAMED, "--on", "2013-12-18", *more)


def test_a_preview_writes_nothing(joined: Office) -> None:
    """What a preview tells must be what happens then, and nothing is there before."""
    preview = receive(joined, "--preview", "--json")
    assert preview.document["preview"]
    assert joined("remittance", "show", "R-1", *SCHEME).status == 2
    done = receive(joined, "--json")
    assert done.document["remittances"] == preview.document["remittances"]
    assert done.document["remittances"]["R-1"]["booked"] == 15000


def test_a_repeat_books_once(joined: Office) -> None:
    """The same command again must change nothing; its id for other money is refused as taken."""
    assert [receive(joined).status for _ in range(2)] == [0, 0]
    assert receive(joined, "--json").document["replayed"]
    taken = receive(joined, received="250.00", unit="EX101")
    told = "must not be used yet: it is an entry of EX102 of 2013-12-18"
    assert (taken.status, told in taken.err) == (2, True)
    shown = joined("remittance", "show", *NAMED, "--unit", "EX102", "--json")
    assert [each["received"] for each in shown.document["remittances"]] == [15000]


@pytest.mark.clause("ACFTU-8.1e")
def test_an_id_that_the_books_make_is_refused(joined: Office) -> None:
    """A remittance named as the closing of the period must be refused, with what to do."""
    listed = ("close-2014", joined.roster(2014), "--unit", "EX102", "--received", "150.00")
    refused = joined("remittance", "receive", *listed, *NAMED, "--on", "2013-12-18", "--lang", "zh")
    assert (refused.status, "不应以 A-、P-、close-、Y- 或 YG- 开头" in refused.err) == (2, True)
    assert "请另用编号，例如以 R- 开头" in refused.err


@pytest.mark.clause("HN-3.1.2b")
def test_a_difference_is_held_until_it_is_settled(joined: Office) -> None:
    """Fifty yuan too little hold the batch; settled by another list of two it is booked as 100.00."""
    held = receive(joined, received="100.00")
    assert held.status == 1
    listed = joined("remittance", "show", *NAMED, "--lang", "zh")
    assert "差额 -50.00 元" in listed.out
    lines = joined.roster(2014).read_text("utf-8").splitlines()
    two = joined.put("two.csv", lines[0], *[each for each in lines if each.startswith("EX102")][:2])
    settle = ("remittance", "settle", "R-1", two, "--entry", "R-1-2", *SCHEME, "--on", "2013-12-20")
    assert "can be done" in joined(*settle, "--preview").out
    assert "100.00 yuan" in joined(*settle).out
    assert "none" in joined("remittance", "show", *NAMED).out
    told = joined("remittance", "show", "R-1", *SCHEME, "--lang", "zh").out
    assert "收据 R-1：2013-12-18 收到 100.00 元，2 人" in told


@pytest.mark.clause("HN-4.3.5b")
def test_only_an_error_goes_back(joined: Office) -> None:
    """Ten yuan too much go back out of the held money, and the rest is booked; leaving is no ground."""
    assert receive(joined, received="160.00").status == 1
    over = ("R-1", "--as", "overpaid", "--amount", "10.00", "--entry", "V-1", "--paper", "2014-3", *SCHEME)
    returned = joined("remittance", "return", *over, "--on", "2013-12-20", "--lang", "zh")
    assert (returned.status, "退回 10.00 元" in returned.out) == (0, True)
    settle = ("R-1", "--entry", "R-1-2", *SCHEME, "--on", "2013-12-20", "--json")
    assert joined("remittance", "settle", *settle).document["remittances"]["R-1"]["booked"] == 15000
    left = ("R-1", joined.member(FIRST), "--as", "left", "--amount", "50.00", "--entry", "V-2")
    refused = joined("remittance", "return", *left, "--paper", "2014-3", *SCHEME, "--on", "2014-02-12")
    assert (refused.status, "a contribution is not refunded" in refused.out) == (1, True)
    assert "10.00 yuan went back on 2013-12-20" in joined("remittance", "show", "R-1", *SCHEME).out


def test_a_list_may_name_pseudonyms(joined: Office) -> None:
    """A list by pseudonym and amount alone must book as that of the ID numbers, from the payer given."""
    members = [joined.member(each) for each in (FIRST, "430529198503190771", "430529199309020888")]
    listed = joined.put("list.csv", "会员编号,缴费金额", *(f"{member},50.00" for member in members))
    named = ("R-1", listed, "--unit", "EX102", "--received", "150.00", "--payer", "employer")
    assert joined("remittance", "receive", *named, *NAMED, "--on", "2013-12-18").status == 0
    shown = joined("remittance", "show", "R-1", *SCHEME, "--json").document["receipt"]
    assert shown["by_source"] == [{"payer": "employer", "amount": 15000}]


@pytest.mark.parametrize(
    ("head", "row", "code"),
    [
        ("id_number,contribution", f"{FIRST},", "IN011"),
        ("id_number,contribution", ",50.00", "IN011"),
        ("member_id,contribution", ",50.00", "IN011"),
        ("contribution,paid_by_member", "50.00,50.00", "IN006"),
        ("id_number,shares", f"{FIRST},1", "IN006"),
        ("id_number,contribution,paid_by_member,paid_by_unit", f"{FIRST},50.00,20.00,20.00", "IN018"),
        ("id_number,contribution,paid_by_member", f"{FIRST},50.00,much", "IN016"),
        ("id_number,contribution", "430529196807070666,50.00", "IN017"),
        ("unit_code,id_number,contribution", f"EX101,{FIRST},50.00", "IN116"),
        ("unit_code,id_number,joins,contribution", f"EX102,{FIRST},0,", "IN116"),
    ],
)
def test_a_faulty_list_is_refused_whole(joined: Office, head: str, row: str, code: str) -> None:
    """What is wrong with a list must be told by its code, masked, and nothing is booked."""
    listed = ("R-1", joined.put("list.csv", head, row), "--unit", "EX102", "--received", "50.00")
    answer = joined("remittance", "receive", *listed, *NAMED, "--on", "2013-12-18")
    assert answer.status == 2
    assert f"[{code}]" in answer.err
    assert FIRST not in answer.err


def _long(office: Office, path: Path, rows: Iterable[tuple[str, str]] | None = None) -> Path:
    """A list of more persons than one remittance takes, or these rows of it."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("member_id", "contribution"))
        writer.writerows(_rows(office) if rows is None else rows)
    return path


def _receive_long(office: Office, path: Path, received: str, *more: str, remittance: str = "R-9") -> Any:  # noqa: ANN401  # the fixture's own answer
    listed = (remittance, path, "--unit", "EX102", "--received", received)
    return office("remittance", "receive", *listed, *NAMED, *more)


@pytest.mark.clause("HN-3.1.2b")
def test_a_long_list_is_held_whole(joined: Office, tmp_path: Path) -> None:
    """More lines than one remittance takes are several; with persons unknown in one, all are held."""
    path = _long(joined, tmp_path / "long.csv")
    answer = _receive_long(joined, path, "20150.00", "--on", "2013-12-18", "--json")
    parts = answer.document["remittances"]
    assert (answer.status, answer.document["outcome"], set(parts)) == (1, "HOLD", {"R-9-1", "R-9-2"})
    assert {each["booked"] for each in parts.values()} == {0}
    assert [each["rule"] for each in parts["R-9-2"]["faults"]] == [
        "must be held with the other parts of its list"
    ]
    assert "R-9-2 held" in joined("remittance", "show", *NAMED, "--unit", "EX102").out


@pytest.mark.clause("HN-3.1.2b")
@pytest.mark.parametrize(
    ("received", "held"),
    [
        ("19000.00", ("19000.00 yuan for 400 persons", "0.00 yuan for 3 persons")),
        ("20100.00", ("20000.00 yuan for 400 persons", "100.00 yuan for 3 persons")),
        ("20250.00", ("20000.00 yuan for 400 persons", "250.00 yuan for 3 persons")),
    ],
)
def test_a_difference_of_a_long_list_is_told_by_its_true_sums(
    joined: Office, tmp_path: Path, received: str, held: tuple[str, str]
) -> None:
    """What the bank shows and what all the list adds up to must be told, and both parts be held."""
    answer = _receive_long(joined, _long(joined, tmp_path / "long.csv"), received, "--on", "2013-12-18")
    assert answer.status == 1
    assert f"must add up to the {received} received, got 20150.00" in answer.out
    assert all(each in answer.out for each in held)
    supplements = [
        line.partition("--supplement ")[2].split()[0]
        for line in answer.out.splitlines()
        if "--supplement" in line
    ]
    assert all("," not in each for each in supplements)


@pytest.mark.clause("HN-3.1.2b")
def test_a_long_list_that_was_broken_off_is_gone_on_with(joined: Office, tmp_path: Path) -> None:
    """With the first part on record, a run on the next day must say so and do the second part alone."""
    path = _long(joined, tmp_path / "long.csv")
    first = _long(joined, tmp_path / "first.csv", list(_rows(joined))[:LINES_MAX])
    _receive_long(joined, first, "20000.00", "--on", "2013-12-18", remittance="R-9-1")
    next_day = _receive_long(joined, path, "20150.00", "--on", "2013-12-19")
    assert "a part of the list was done before" in next_day.out
    shown = joined("remittance", "show", *NAMED, "--unit", "EX102").out
    assert "R-9-1 held: unit EX102, 20000.00 yuan received on 2013-12-18" in shown
    assert "R-9-2 held: unit EX102, 150.00 yuan received on 2013-12-19" in shown
    again = _receive_long(joined, path, "20150.00", "--on", "2013-12-20")
    assert "nothing changed" in again.out
    other = _receive_long(joined, path, "19000.00", "--on", "2013-12-20")
    assert (other.status, "must not be used yet" in other.err) == (2, True)


def _rows(office: Office) -> Iterator[tuple[str, str]]:
    for number in range(LINES_MAX):
        yield f"M{number:024}", "50.00"
    for id_number in (FIRST, "430529198503190771", "430529199309020888"):
        yield office.member(id_number), "50.00"


def test_a_plan_binds_what_a_unit_sends(joined: Office) -> None:
    """Once the unit bears all by its plan, what the member bears in the list is refused."""
    plan = ("remittance", "plan", "EX102", "--pattern", "employer_subsidy", *NAMED, "--on", "2013-12-13")
    assert joined(*plan, "--share", "2014:employer=3/5,member=rest").status == 0
    assert receive(joined).status == 0
    assert joined(*plan, "--share", "2014:donation=1/2,member=rest").status == 1
    bad = joined(*plan, "--share", "2014=1/2")
    assert (bad.status, "must be written" in bad.err) == (2, True)


@pytest.mark.clause("SN-2.3.4b")
def test_every_plan_of_a_unit_is_shown(joined: Office) -> None:
    """Three plans, the third as the first and of the day of the second, must all be shown with their days."""
    shown = ("remittance", "plans", "EX102", *SCHEME)
    assert joined(*shown).out == "there is none\n"
    plan = ("remittance", "plan", "EX102", "--resolution", "2013-3", *NAMED)
    bears = ("--pattern", "employer_subsidy", "--share", "2014:employer=3/5,member=rest")
    deducts = ("--pattern", "payroll_voluntary", "--share", "2014:member=rest")
    told = [
        joined(*plan, *how, "--on", f"2013-12-{day}", "--json").document["replayed"]
        for how, day in ((bears, 13), (deducts, 14), (bears, 14), (deducts, 14), (deducts, 14))
    ]
    assert told == [False, False, False, False, True]
    assert [each["made_on"] for each in joined(*shown, "--json").document["plans"]] == [
        "2013-12-13",
        *["2013-12-14"] * 3,
    ]
    lines = joined(*shown, "--lang", "zh").out.splitlines()
    assert lines[:2] == [
        "2013-12-13 起，至 2013-12-14 改定：行政补贴，决议 2013-3",
        "  2014 年起：单位 60%、个人 其余",
    ]
    last = ["from 2013-12-14: payroll_voluntary, resolution 2013-3", "  from 2014: member the rest"]
    assert joined(*shown).out.splitlines()[-2:] == last


@pytest.mark.clause("HN-3.1.2b", "HN-4.3.5c")
def test_money_for_the_dead_is_told_as_that(joined: Office) -> None:
    """Who died before cover began is named by pseudonym with the day, when the money comes and afterwards."""
    member = joined.member(FIRST)
    died = ("--as", "died", "--since", "2013-12-15", "--unit", "EX102", "--paper", "2013-9")
    assert joined("member", "leave", member, *died, *NAMED, "--on", "2013-12-16").status == 0
    held = receive(joined)
    rule = "must be alive when cover begins; leave the person out, and return the money"
    told = f"- {member} {rule}, got died 2013-12-15 in 2014 [HN-3.1.2b]"
    assert (held.status, told in held.out, FIRST in held.out) == (1, True, False)
    shown = joined("remittance", "show", "R-1", *SCHEME, "--lang", "zh").out
    assert (
        f"- {member} 保障开始时应在世；请将此人移出名单，并退回款项，实为 2013-12-15 死亡（2014 期）" in shown
    )


@pytest.mark.parametrize("text", ["2014", "2014:", "2014:nobody=1/2", "2014:member", "14:member=rest"])
def test_a_share_is_written_in_one_way(text: str) -> None:
    """Shares that are written otherwise must be refused, and never guessed."""
    with pytest.raises(InvalidValueError, match="must be"):
        year_of(text)


@pytest.mark.parametrize("arguments", [("R-1", "--period", "2014"), ()], ids=["both", "neither"])
def test_show_asks_for_one_thing(joined: Office, arguments: tuple[str, ...]) -> None:
    """A remittance and a period together, or none of them, are a wrong command line."""
    assert joined("remittance", "show", *arguments, *SCHEME).status == 2
    assert joined("remittance", "show", *SCHEME, "--period", "1999").status == 2
    assert joined("remittance", "show", *NAMED, "--unit", "NOPE").status == 2
