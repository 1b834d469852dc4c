"""What a newcomer stumbled over in the membership commands: dead ends, wrong hints, foreign words."""

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest

from mutualaid_core.cli.membership.faults import fault_in_chinese
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.change import Change, ChangeKind
from mutualaid_core.intake.rosters import codes
from mutualaid_core.publication.labels import CODES, Language
from mutualaid_core.publication.membership.history import explain_changes
from mutualaid_core.publication.schemes.labels import WORDS

EXAMPLES = Path(__file__).parents[2] / "examples"
YEAR = EXAMPLES / "clerks_year"
SCHEME = ("--scheme", "hn-example-inpatient")
IN_2014 = (*SCHEME, "--period", "2014")


@attrs.frozen
class Desk:
    """A clerk's store, and the command on it."""

    run: Callable[..., Any]
    store: str
    path: Path

    def __call__(self, *arguments: object) -> Any:  # noqa: ANN401  # the fixture's own answer
        """Run a command on the store."""
        return self.run(*arguments, "--store", self.store)

    def open(self, *more: object) -> Any:  # noqa: ANN401  # the fixture's own answer
        """Open the period 2014."""
        files = ("--scheme", YEAR / "scheme.yaml", "--policy", EXAMPLES / "chengbu_2014" / "policy.yaml")
        return self(
            "period", "open", "2014", *files, "--first-day", "2014-01-01", "--on", "2013-11-20", *more
        )

    def put(self, name: str, text: str) -> Path:
        """Write a file of its own."""
        (self.path / name).write_text(text, "utf-8")
        return self.path / name


@pytest.fixture
def desk(cli: Callable[..., Any], tmp_path: Path) -> Desk:
    """A clerk whose store is not made yet."""
    return Desk(cli, f"sqlite:///{tmp_path}/clerk.db", tmp_path)


@pytest.fixture
def listed(desk: Desk) -> Desk:
    """A clerk with the period 2014 and the roster of 10 December 2013."""
    assert desk.open("--new").status == 0
    roster = (YEAR / "roster-2013-12-10.csv", "--units", YEAR / "units.csv", "--counted-on", "2013-12-10")
    assert desk("roster", "import", *roster).status == 0
    return desk


@pytest.mark.clause("HN-4.1.2a")
@pytest.mark.parametrize("act", ["enrol", "admit"])
def test_a_judgement_without_a_record_does_not_block_the_unit(listed: Desk, act: str) -> None:
    """A day before the roster is refused; the right day must pass, and repeat, and be named to others."""
    named = ("unit", act, "EX101", *IN_2014, "--counted-on", "2013-12-10", "--on")
    early = [listed(*named, "2013-12-01") for _ in range(2)]
    assert [(each.status, "must be counted on or before 2013-12-01" in each.out) for each in early] == [
        (1, True),
        (1, True),
    ]
    assert [listed(*named, "2013-12-12").status for _ in range(2)] == [0, 0]
    for other in ("2013-12-01", "2013-12-13"):
        late = listed(*named, other)
        assert (late.status, "judged by this roster: 2013-12-12" in late.err) == (2, True)


@pytest.mark.clause("HN-4.3.4c")
@pytest.mark.parametrize("language", ["en", "zh"])
def test_money_for_a_held_remittance_is_not_booked_twice(listed: Desk, language: str) -> None:
    """The rest of the money given as the same remittance anew must be told the command that settles."""
    judged = ("--counted-on", "2013-12-10", "--on", "2013-12-12")
    assert listed("unit", "enrol", "EX101", *IN_2014, *judged).status == 0
    named = ("remittance", "receive", "R2", YEAR / "roster-2013-12-10.csv", "--unit", "EX101", *IN_2014)
    days = ("--on", "2013-12-18", "--lang", language)
    short = listed(*named, "--received", "200.00", *days)
    again = listed(*named, "--received", "250.00", *days)
    command = "mutualaid remittance settle R2 --entry R2-settled --supplement 50.00"
    assert (short.status, again.status) == (1, 2)
    assert command in short.out
    assert command in again.err
    told = short.out.partition(command)[2].replace("\\", "").split()
    settled = listed.run("remittance", "settle", *command.split()[3:], *told[:4], *days)
    assert settled.status == 0
    assert "give another id" not in again.err


@pytest.mark.parametrize(("language", "told"), [("en", "--scheme must be given"), ("zh", "须给出 --scheme")])
def test_a_missing_option_is_named(cli: Callable[..., Any], language: str, told: str) -> None:
    """An option that is not given must not be said to lack an argument; one without its value is."""
    answer = cli("remittance", "settle", "R2", "--entry", "E", "--store", "memory:", "--lang", language)
    assert (answer.status, told in answer.err) == (2, True)
    assert "mutualaid remittance settle --help" in answer.err
    assert "requires an argument" in cli("remittance", "settle", "R2", "--store", "memory:", "--scheme").err


HEAD = "单位编号,姓名,身份证号,性别,出生日期,险种类型,用工形式,份数,是否参加\n"
BOTH = ("en", "zh")


@pytest.mark.clause("HN-3.1.2a")
def test_a_roster_may_name_its_codes(desk: Desk) -> None:
    """Chinese names must mean the same as the codes, joining included."""
    named = "EX101,例一甲,430529197002110118,男,1970-02-11,职工基本医疗保险,在编在岗,1,是\n"
    other = "EX101,例二乙,430529195408200229,女,1954-08-20,城乡居民基本医疗保险,退休,1,否\n"
    answer = desk.run("roster", "check", desk.put("r.csv", HEAD + named + other), "--json")
    assert (answer.status, '"joining": 1' in answer.out) == (0, True)


@pytest.mark.clause("HN-3.1.2a")
@pytest.mark.parametrize("language", BOTH)
def test_a_wrong_code_is_told_the_list(desk: Desk, language: str) -> None:
    """A word that is no code is told every code with its name; nothing is said of its characters."""
    row = "EX101,例一甲,430529197002110118,男性,1970-02-11,职工,在职,1,要\n"
    told = desk.run("roster", "check", desk.put("r.csv", HEAD + row), "--lang", language)
    lists = ("1 (男), 2 (女)", "310 (职工基本医疗保险)", "regular (在编在岗)", "1 (是), 0 (否)")
    assert (told.status, [each for each in lists if each not in told.err]) == (2, [])
    assert "IN013" not in told.err


def test_names_of_codes_are_those_of_explanations() -> None:
    """A roster and the sentences of the library must name a code alike."""
    names: dict[object, str] = dict(codes.INSURANCES.items())
    names.update(codes.EMPLOYMENTS.items())
    labels = {each: label for each, label in {**WORDS, **CODES}.items() if each in names}
    assert {each: label.zh for each, label in labels.items()} == names


@pytest.mark.parametrize(
    ("before", "after", "advice"),
    [
        ("", "\ufeff", "(or save it as .xlsx): save it as UTF-8 without BOM"),
        ("性别", "性 别", "(did you mean 性别?): rename it"),
        (",男,", ",女,", "compare both with the identity card"),
        ("1970-02-11", "1970-02-12", "compare both with the identity card"),
    ],
)
def test_advice_fits_the_fault(desk: Desk, before: str, after: str, advice: str) -> None:
    """A mark at the start, a column nearly named, and a person told otherwise each have their advice."""
    row = "EX101,例一甲,430529197002110118,男,1970-02-11,310,regular,1,1\n"
    path = desk.put("r.csv", (HEAD + row).replace(before, after, 1))
    assert advice in desk.run("roster", "check", path).err


def test_a_store_that_is_not_there_is_made_with_new(desk: Desk) -> None:
    """Without ``--new`` nothing must be made, and the hint must name the option."""
    answer = desk.open()
    assert (answer.status, "--new" in answer.err, list(desk.path.iterdir())) == (3, True, [])


@pytest.mark.clause("HN-4.3.5d")
@pytest.mark.parametrize("more", [(), ("--preview",)])
def test_a_business_day_to_come_is_refused(listed: Desk, more: tuple[str, ...]) -> None:
    """No act is done on a day that has not come, and none is rehearsed on one."""
    named = ("gift", "give", "G", "--unit", "EX101", "--counted-on", "2013-12-10", *SCHEME)
    answer = listed(*named, "--on", "2199-01-01", *more)
    assert (answer.status, "on must not be after 2" in answer.err) == (2, True)


@pytest.mark.clause("HN-4.3.5c")
def test_a_correction_of_nothing_is_refused(listed: Desk) -> None:
    """A paper alone corrects nothing: bad input, and nothing is written."""
    answer = listed("member", "correct", "M1", "--paper", "2026-9", *IN_2014)
    assert (answer.status, "--cover-from must be given" in answer.err) == (2, True)


@pytest.mark.clause("HN-4.3.5c")
def test_a_refused_proposal_is_not_offered_again(listed: Desk) -> None:
    """Nobody is transferred to the unit where they are; no next step may be told."""
    days = ("--moves-on", "2014-03-01", "--expires-on", "2014-03-31", "--on", "2014-02-20")
    units = ("--from-unit", "EX101", "--to-unit", "EX101")
    judged = ("--counted-on", "2013-12-10", "--on", "2013-12-12")
    assert listed("unit", "enrol", "EX101", *IN_2014, *judged).status == 0
    person = listed.put("id.txt", "430529197002110118\n")
    answer = listed("transfer", "propose", "T1", "--id-file", person, *units, *days, *IN_2014)
    assert (answer.status, "next: propose" in answer.out) == (1, False)


@pytest.mark.clause("HN-3.1.2a")
def test_a_check_says_how_many_rows_are_wrong(desk: Desk) -> None:
    """Two of three rows have faults: all are counted, and an import is ruled out, in both languages."""
    rows = (
        "EX101,例一甲,430529197002110118,男,1970-02-11,310,regular,1,1\n"
        "EX101,例一甲,430529197002110118,男,1970-02-11,310,regular,1,1\n"
        "EX101,例二乙,430529195408200229,男,1954-08-20,310,regular,,1\n"
    )
    path = desk.put("r.csv", HEAD + rows)
    answer = desk.run("roster", "check", path)
    assert (answer.status, "3 rows in all, 2 with faults: it cannot be imported" in answer.out) == (2, True)
    assert "共 3 行，2 行有问题：不能导入" in desk.run("roster", "check", path, "--lang", "zh").out


def test_a_check_of_no_file_counts_nothing(desk: Desk) -> None:
    """A file that is missing is bad input, without a table of noughts."""
    answer = desk.run("roster", "check", desk.path / "none.csv")
    assert (answer.status, "│" in answer.out) == (2, False)


@pytest.mark.parametrize(
    ("rule", "found", "told"),
    [
        (
            "must be <= 2014-03-31, or for the next period",
            "died",
            "参加日期 应不晚于 2014-03-31，或参加下一期",
        ),
        ("must be an error: a contribution is not refunded", "left", "现为 已离职、退休或转出"),
    ],
)
def test_faults_are_told_in_chinese(rule: str, found: str, told: str) -> None:
    """Rule and finding must both be Chinese."""
    fault = Fault(subject="joined_on", rule=rule, found=found, clause="HN-4.3.5b")
    text = fault_in_chinese(fault)
    assert told in text
    assert not set("abcdefghijklmnopqrstuvwxyz") & set(text.partition(" [")[0])


@pytest.mark.clause("ACFTU-11.1b")
@pytest.mark.parametrize(
    ("language", "told"), [("en", "by not eligible: 2014-9"), ("zh", "依据：不符合参加条件，2014-9")]
)
def test_a_history_names_the_kind_of_an_error(language: Language, told: str) -> None:
    """A voided place must say why in words."""
    day = datetime.date(2014, 2, 1)
    change = Change(
        kind=ChangeKind.VOIDED,
        holds_from=day,
        known_on=day,
        unit_id=None,
        cover=None,
        cause="not_eligible: 2014-9",
    )
    (sentence,) = explain_changes((change,), {}, language)
    assert told in sentence


def test_a_programme_names_its_giver_in_chinese(listed: Desk) -> None:
    """Who gives is told by name."""
    named = ("--payer", "union", "--groups", "courier", "--source", "HN-4.3.1", "--quota", "1")
    days = ("--resolution", "2013-7", "--on", "2013-12-13")
    assert listed("gift", "found", "G", *named, *IN_2014, *days).status == 0
    assert "赠送方 工会" in listed("gift", "show", "G", *SCHEME, "--lang", "zh").out
