"""``mutualaid payroll``: consents of workers, payroll lists judged by them, and what is booked then."""

from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from mutualaid_core.services.membership.paying.consents import WORKERS_MAX

Office = Any
SCHEME = ("--scheme", "hn-example-inpatient")
NAMED = (*SCHEME, "--period", "2014")
FIRST, SECOND, THIRD = "430529196807070665", "430529198503190771", "430529199309020888"
HEAD = "id_number,declared_on,paper"
ON = ("--on", "2013-12-14")


def declare(office: Office, command: str, *more: object) -> Any:  # noqa: ANN401  # the fixture's own answer
    """Workers of EX102 declare, recorded on 14 December unless told."""
    days = () if "--on" in more else ON
    return office("payroll", command, "EX102", *more, *SCHEME, *days)


def listed(office: Office, *rows: str, head: str = HEAD) -> Path:
    """A list of the office's own."""
    return Path(office.put("list.csv", head, *rows))


def consent(office: Office, *persons: str) -> Any:  # noqa: ANN401  # the fixture's own answer
    """These consent on 13 December, by papers of their own."""
    rows = (f"{person},2013-12-13,2013-{number}" for number, person in enumerate(persons, start=1))
    return declare(office, "consent", listed(office, *rows), "--json")


def judge(office: Office, *more: object) -> Any:  # noqa: ANN401  # the fixture's own answer
    """EX102 wants to deduct from all of its roster on 18 December."""
    named = ("EX102", office.roster(2014), "--cut-off", "2013-12-18", *SCHEME, *ON)
    return office("payroll", "judge", *named, *more)


def receive(office: Office, *more: object, received: str = "150.00") -> Any:  # noqa: ANN401  # the fixture's own answer
    """What EX102 deducted comes in on 18 December, with the roster as its list."""
    named = ("R-1", office.roster(2014), "--unit", "EX102", "--received", received)
    return office("remittance", "receive", *named, *NAMED, "--on", "2013-12-18", *more)


@pytest.fixture
def payroll(joined: Office) -> Office:
    """A clerk whose unit EX102 deducts the members' part from the pay; it has three workers."""
    plan = ("remittance", "plan", "EX102", "--pattern", "payroll_voluntary", *NAMED, "--on", "2013-12-13")
    assert joined(*plan, "--share", "2014:employer=3/5,member=rest").status == 0
    return joined


@pytest.mark.clause("SN-2.3.5d")
def test_what_was_deducted_without_consent_is_held(payroll: Office) -> None:
    """With two consents of three the money is held and the third named by pseudonym; all three book it."""
    assert len(consent(payroll, FIRST, SECOND).document["recorded"]) == 2
    third = payroll.member(THIRD)
    held = receive(payroll)
    assert (held.status, f"- {third} must have authorised the deduction" in held.out) == (1, True)
    assert THIRD not in held.out
    shown = payroll("remittance", "show", *NAMED, "--json").document["remittances"]
    assert [(each["state"], each["difference"]) for each in shown] == [("held", 0)]
    one = payroll("remittance", "show", "R-1", *SCHEME)
    assert f"- {third} must have authorised the deduction, got none [SN-2.3.5d]" in one.out
    told = payroll("remittance", "show", "R-1", *SCHEME, "--json").document["faults"]
    assert [each["subject"] for each in told] == [third]
    settle = ("remittance", "settle", "R-1", "--entry", "R-1-2", *SCHEME, "--on", "2013-12-20")
    assert payroll(*settle).status == 1
    one = ("--member", third, "--declared-on", "2013-12-13", "--paper", "2013-3", "--on", "2013-12-20")
    assert declare(payroll, "consent", *one).status == 0
    assert "150.00 yuan" in payroll(*settle).out
    assert payroll("verify").status == 0


@pytest.mark.clause("SN-2.3.5d")
@pytest.mark.parametrize("column", ["paid_directly", "直接缴纳"])
def test_the_list_tells_who_paid_by_hand(payroll: Office, column: str) -> None:
    """Who paid the union in cash needs no consent, neither before the deduction nor when it is booked."""
    consent(payroll, FIRST, SECOND)
    rows = (f"{FIRST},50,", f"{SECOND},50,0", f"{THIRD},50,是")
    listed_ = listed(payroll, *rows, head=f"id_number,contribution,{column}")
    judged = payroll("payroll", "judge", "EX102", listed_, "--cut-off", "2013-12-18", *SCHEME, *ON)
    assert (judged.status, "rows of who pays by hand, left alone: 1" in judged.out) == (0, True)
    shares = ("--payer", "member")
    plan = ("remittance", "plan", "EX102", "--pattern", "payroll_voluntary", *NAMED, "--on", "2013-12-14")
    assert payroll(*plan, "--share", "2014:member=rest").status == 0
    named = ("R-1", listed_, "--unit", "EX102", "--received", "150.00", *shares)
    booked = payroll("remittance", "receive", *named, *NAMED, "--on", "2013-12-18")
    assert (booked.status, "R-1 booked, 150.00 yuan" in booked.out) == (0, True)


@pytest.mark.clause("SN-2.3.5d")
def test_a_list_is_judged_before_anything_is_deducted(payroll: Office) -> None:
    """A withdrawal counts in the next run of the same day, and everybody who may not be is told."""
    consent(payroll, FIRST, SECOND, THIRD)
    first = judge(payroll, "--json")
    assert (first.status, len(first.document["deducted"]), first.document["listed"]) == (0, 3, [])
    back = listed(payroll, f"{FIRST},2013-12-14,2013-9")
    assert declare(payroll, "withdraw", back).status == 0
    second = judge(payroll, "--json")
    assert (second.status, second.document["outcome"]) == (1, "FLAG")
    assert second.document["listed"] == [payroll.member(FIRST)]
    told = judge(payroll, "--lang", "zh").out
    assert "可代扣 2 人，不可代扣 1 人" in told
    assert "应已授权代扣" in told
    assert "rows of other units, left alone: 7" in judge(payroll).out


def test_the_key_of_a_person_repeats_a_judgement(payroll: Office) -> None:
    """With a key the same run answers as before, whatever was declared since."""
    before = judge(payroll, "--key", "J-1", "--json").document
    consent(payroll, FIRST)
    again = judge(payroll, "--key", "J-1", "--json").document
    assert (before["outcome"], before["replayed"]) == ("REJECT", False)
    assert again == {**before, "replayed": True}


@pytest.mark.parametrize("command", ["consent", "judge"])
def test_a_preview_writes_nothing(payroll: Office, command: str) -> None:
    """What a preview tells is not on record afterwards."""
    if command == "judge":
        assert judge(payroll, "--preview", "--json").document["preview"]
    else:
        one = listed(payroll, f"{FIRST},2013-12-13,2013-1")
        preview = declare(payroll, "consent", one, "--preview")
        assert (preview.status, "preview: it can be done; nothing was written" in preview.out) == (0, True)
    assert judge(payroll, "--json").document["deducted"] == []


@pytest.mark.clause("SN-2.3.5d")
def test_whoever_may_not_declare_is_told_beside_the_others(payroll: Office) -> None:
    """A second consent and a day to come are faults of their own; a repeated run changes nothing."""
    assert consent(payroll, FIRST).status == 0
    repeated = consent(payroll, FIRST)
    assert (repeated.status, repeated.document["replayed"]) == (0, True)
    rows = (f"{FIRST},2013-12-14,2013-5", f"{SECOND},2013-12-15,2013-6", f"{THIRD},2013-12-14,2013-7")
    some = declare(payroll, "consent", listed(payroll, *rows), "--lang", "zh")
    assert some.status == 1
    for told in ("不应已有授权", "应最迟于 2013-12-14 声明", "授权 1 人"):
        assert told in some.out
    none = declare(payroll, "withdraw", listed(payroll, f"{SECOND},2013-12-14,2013-8"), "--lang", "zh")
    assert (none.status, "应已有授权才可撤销" in none.out, "撤回 0 人" in none.out) == (1, True, True)


def test_the_list_may_leave_day_and_paper_to_the_options(payroll: Office) -> None:
    """A plain list takes day and paper from the command line; a cell that is filled goes before."""
    lines = (f"{FIRST},", f"{SECOND},2013-12-15")
    plain = listed(payroll, *lines, head="身份证号,授权日期")
    options = ("--declared-on", "2013-12-13", "--paper", "名册2013-1", "--json")
    done = declare(payroll, "consent", plain, *options).document
    assert [fault["found"] for fault in done["faults"]] == ["2013-12-15"]
    assert len(done["recorded"]) == 1


def test_a_workbook_does_as_well(payroll: Office, tmp_path: Path) -> None:
    """The same list as .xlsx must be read alike."""
    path = tmp_path / "consents.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([HEAD.split(","), [FIRST, "2013-12-13", "2013-1"]]):
            sheet.write_row(number, 0, row)
    assert declare(payroll, "consent", path, "--json").document["recorded"] == [payroll.member(FIRST)]


@pytest.mark.parametrize(
    ("head", "rows", "codes"),
    [
        ("id_number", (FIRST,), ["IN006", "IN006"]),
        (HEAD, (f"{FIRST},2013-13-01,2013-1", f"{SECOND},,"), ["IN015", "IN011", "IN011"]),
        (HEAD, (f"{FIRST},2013-12-13,2013-1", f"{FIRST},2013-12-13,2013-2"), ["IN010"]),
        (HEAD, (f"{FIRST},2013-12-13,{SECOND}",), ["IN018"]),
        (HEAD, ("430529196807070666,2013-12-13,2013-1", ",2013-12-13,2013-2"), ["IN017", "IN011"]),
        (f"joins,{HEAD}", (f"0,{FIRST},2013-12-13,2013-1",), ["IN116"]),
    ],
    ids=["columns", "cells", "twice", "number", "person", "nobody"],
)
def test_a_faulty_list_is_refused_whole(
    payroll: Office, head: str, rows: tuple[str, ...], codes: list[str]
) -> None:
    """Everything wrong must be told at once by file, row and code, masked, and nothing be recorded."""
    answer = declare(payroll, "consent", listed(payroll, *rows, head=head))
    assert answer.status == 2
    assert [code for code in codes if answer.err.count(f"[{code}]") != codes.count(code)] == []
    assert not any(number in answer.err for number in (FIRST, SECOND))
    assert judge(payroll, "--json").document["deducted"] == []


def test_a_person_in_two_writings_is_listed_twice(payroll: Office) -> None:
    """Pseudonym and ID number of one person must be found out, and nobody be declared or deducted."""
    member = payroll.member(FIRST)
    both = listed(payroll, f"{member},", f",{FIRST}", head="member_id,id_number")
    options = ("--declared-on", "2013-12-13", "--paper", "2013-1", "--lang", "zh")
    answer = declare(payroll, "consent", both, *options)
    assert (answer.status, "应只列一次" in answer.out) == (1, True)
    judged = payroll("payroll", "judge", "EX102", both, "--cut-off", "2013-12-18", *SCHEME, *ON)
    assert (judged.status, "must be listed once" in judged.out) == (1, True)


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (("--member", "m-1", "--paper", "2013-1"), "declared_on must be given"),
        (("--member", "m-1", "--declared-on", "2013-12-13"), "paper must be given"),
        (("--declared-on", "2013-12-13", "--paper", "2013-1"), "member must be given"),
        (("--member", FIRST, "--declared-on", "2013-12-13", "--paper", "2013-1"), "must not be an ID number"),
        (("--member", "m-1", "--declared-on", "2013-12-13", "--paper", "13800138000"), "a mobile number"),
    ],
    ids=["day", "paper", "person", "number", "mobile"],
)
def test_one_worker_needs_a_name_a_day_and_a_paper(payroll: Office, more: tuple[str, ...], told: str) -> None:
    """What is missing or personal on the command line must be told, and nothing be recorded."""
    answer = declare(payroll, "consent", *more)
    assert (answer.status, told in answer.err) == (2, True)
    assert FIRST not in answer.err


def test_a_list_and_one_worker_exclude_each_other(payroll: Office) -> None:
    """Both at once must be refused as a mistake of the command line."""
    answer = declare(payroll, "consent", listed(payroll, f"{FIRST},2013-12-13,2013-1"), "--member", "m-1")
    assert (answer.status, "one of FILE, --member and --id-file" in answer.err) == (2, True)


def test_unit_and_scheme_must_be_there(payroll: Office) -> None:
    """A unit or a scheme that nobody knows must be told, also before the faults of the list."""
    one = listed(payroll, f"{FIRST},2013-12-13,2013-1")
    for command, more in (("consent", ()), ("judge", ("--cut-off", "2013-12-18"))):
        unit = payroll("payroll", command, "NOPE", one, *more, *SCHEME, *ON)
        scheme = payroll("payroll", command, "EX102", one, *more, "--scheme", "NOPE", *ON)
        faulty = payroll("payroll", command, "NOPE", payroll.roster(2014), *more, *SCHEME, *ON)
        assert [each.status for each in (unit, scheme, faulty)] == [2, 2, 2]
        assert ["NOPE" in each.err for each in (unit, scheme, faulty)] == [True, True, True]


def test_a_long_list_comes_in_several_acts(payroll: Office) -> None:
    """More workers than one act can take must all be recorded and judged, by one key."""
    rows = [f"m-{number},2013-12-13,2013-{number}" for number in range(WORKERS_MAX + 2)]
    many = listed(payroll, *rows, head="member_id,declared_on,paper")
    done = declare(payroll, "consent", many, "--key", "C-1", "--json").document
    assert len(done["recorded"]) == WORKERS_MAX + 2
    assert declare(payroll, "consent", many, "--key", "C-1", "--json").document == {**done, "replayed": True}
    named = ("payroll", "judge", "EX102", many, "--cut-off", "2013-12-18", *SCHEME, *ON)
    assert len(payroll(*named, "--json").document["deducted"]) == WORKERS_MAX + 2
