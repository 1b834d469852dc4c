"""``member show`` and ``unit show``: what they tell of a store, and that they change nothing."""

import io
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import attrs
import pytest

from mutualaid_core.domain.membership.enrolment import Enrolment
from mutualaid_core.domain.membership.member import Member
from mutualaid_core.domain.scheme.benefit.waiting import Waiting, WaitingGrade
from mutualaid_core.domain.values.identifiers import MemberId
from mutualaid_core.domain.values.money import ZERO
from mutualaid_core.domain.values.personal import PersonName, Sex
from mutualaid_core.ports.discovery import open_store
from mutualaid_core.serialization.records import key_of
from mutualaid_core.testing.samples import (
    COLLECTED_ON,
    FOUNDING,
    PERIOD,
    POLICY,
    SCHEME,
    UNIT,
    YUEYANG_2014,
    dues,
    id_number,
    joiner,
    member_id,
    stay,
    version_with,
)
from mutualaid_core.testing.world import World
from mutualaid_core.work import Purpose, Work, perform, read_one

Cli = Callable[..., Any]
ON = ("--on", "2014-03-01", "--known-at", "2014-12-31")
OF_UNIT = (UNIT, "--scheme", SCHEME, "--period", PERIOD)


@pytest.fixture
def store(url: str) -> str:
    """Two members with paid cover, one of whom had a claim, and a third who has not paid."""
    with closing(open_store(url)) as books:
        world = World(books)
        world.found()
        world.admit(3, 3)
        world.enrol(joiner(1), joiner(2), joiner(3))
        world.remit(dues(1), dues(2))
        world.grant(60_000)
        world.file(stay(8_000))
    return url


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    """The keys with which the sample pseudonyms are made."""
    path = tmp_path / "key"
    path.write_bytes(b"k" * 32)
    return path


def test_a_member_is_covered(cli: Cli, store: str) -> None:
    """A paid member must be covered on a day of the period, with unit, limits and history."""
    answer = cli("member", "show", member_id(1), *ON, "--store", store, "--json")
    document = answer.document
    assert answer.status == 0
    assert (document["member"], document["on"], document["known_at"]) == (
        member_id(1),
        "2014-03-01",
        "2014-12-31",
    )
    (scheme,) = document["schemes"]
    assert (scheme["scheme"], scheme["covered"]) == (SCHEME, True)
    (period,) = scheme["periods"]
    assert (period["period"], period["covered"], period["unit"]) == (PERIOD, True, UNIT)
    assert [(reason["number"], reason["name"]) for reason in period["reasons"]] == [(1, "COVERED")]
    assert period["limits"][0]["used"] == 255_000
    assert period["history"][0]["kind"] == "joined"
    assert len(period["sentences"]) == 1


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ("covered on 2014-03-01, as known on 2014-12-31", "covered on that day", "47,450.00")),
        ("zh", ("2014-03-01 有保障（以截至 2014-12-31 的登记为准）", "在保障期内", "47,450.00")),
    ],
)
def test_a_member_is_told_in_words(cli: Cli, store: str, lang: str, words: tuple[str, ...]) -> None:
    """The answer must be told in the language asked for, with what is left of the cap."""
    answer = cli("member", "show", member_id(1), *ON, "--store", store, "--lang", lang)
    assert answer.status == 0
    assert [word for word in words if word not in answer.out.replace("47450.00", "47,450.00")] == []


@pytest.mark.parametrize(
    ("on", "told"), [("2014-01-30", "until 2014-01-30"), ("2014-01-31", "over"), ("2014-12-31", "over")]
)
def test_waiting_is_told_to_its_last_day(cli: Cli, tmp_path: Path, on: str, told: str) -> None:
    """Thirty days of waiting from 1 January must be told until the 30th, and be over on the 31st."""
    url = f"sqlite:///{tmp_path}/waiting.db"
    waiting = Waiting(grades=(WaitingGrade(through_day=30, pays=ZERO),), source="HN-4.4.2b")
    version = version_with(attrs.evolve(YUEYANG_2014, waiting=waiting))
    with closing(open_store(url)) as books:
        unbound = attrs.evolve(POLICY, benefit=attrs.evolve(POLICY.benefit, waiting_days_max=30))
        world = World(books, attrs.evolve(FOUNDING, policy=unbound, version=version))
        world.found()
        world.join(1)
    answer = cli("member", "show", member_id(1), "--on", on, "--known-at", on, "--store", url)
    (line,) = [line for line in answer.out.splitlines() if "waiting inpatient" in line]
    assert told in line


def test_what_was_not_known_is_not_told(cli: Cli, store: str) -> None:
    """By the knowledge of a day before the joining nobody must have that pseudonym, as was told then."""
    days = ("--on", "2014-03-01", "--known-at", "2013-12-01")
    then = cli("member", "show", member_id(9), *days, "--store", store)
    for scheme in ((), ("--scheme", SCHEME)):
        answer = cli("member", "show", member_id(1), *days, *scheme, "--store", store)
        assert (answer.status, answer.out) == (then.status, "")
        assert answer.err == then.err.replace(member_id(9), member_id(1))


def test_the_reason_of_no_cover_is_told(cli: Cli, store: str) -> None:
    """Who has not paid must be told so."""
    period = cli("member", "show", member_id(3), *ON, "--store", store, "--json").document["schemes"][0]
    assert not period["covered"]
    assert [each["name"] for each in period["periods"][0]["reasons"]] == ["NOT_PAID"]


def test_today_is_the_default(cli: Cli, store: str) -> None:
    """Without days the question must be about today, which lies after the sample period."""
    document = cli("member", "show", member_id(1), "--store", store, "--json").document
    assert document["on"] == document["known_at"]
    assert document["schemes"][0]["periods"][0]["reasons"][0]["name"] == "AFTER_COVER"


def test_a_person_is_named_by_a_file(
    cli: Cli, store: str, key_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An ID number from a file or from standard input must find the member, and never be printed."""
    number = id_number(1).reveal()
    (tmp_path / "id").write_text(f"{number}\n")
    rest = (*ON, "--store", store, "--key-file", key_file, "--json")
    from_file = cli("member", "show", "--id-file", tmp_path / "id", *rest)
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{number}\n"))
    from_input = cli("member", "show", "--id-file", "-", *rest)
    assert from_file.document == from_input.document
    assert from_file.document["member"] == member_id(1)
    assert number not in from_file.out + from_file.err


def test_an_id_number_is_no_argument(cli: Cli, store: str) -> None:
    """An ID number on the command line must be refused with advice, and not be repeated."""
    number = id_number(1).reveal()
    answer = cli("member", "show", number, *ON, "--store", store)
    assert answer.status == 2
    assert "--id-file" in answer.err
    assert number not in answer.out + answer.err


@pytest.mark.parametrize(
    "arguments",
    [
        (member_id(9), *ON),
        (member_id(1), *ON, "--scheme", "NONE"),
        (member_id(1), "--on", "2014-02-30"),
        (member_id(1), "--known-at", "yesterday"),
    ],
)
def test_bad_input_of_a_member(cli: Cli, store: str, arguments: tuple[str, ...]) -> None:
    """Nobody, no scheme, and days that do not exist must be bad input."""
    assert cli("member", "show", *arguments, "--store", store).status == 2


def test_a_store_that_is_not_there(cli: Cli, tmp_path: Path) -> None:
    """A store that does not exist must be trouble with a store, and not be made."""
    url = f"sqlite:///{tmp_path}/none.db"
    assert cli("member", "show", member_id(1), *ON, "--store", url).status == 3
    assert cli("unit", "show", *OF_UNIT, "--store", url).status == 3
    assert list(tmp_path.glob("none*")) == []


def test_who_joined_nothing(cli: Cli, store: str) -> None:
    """A member without any enrolment must be told so; with a scheme, that it was not joined."""
    person = member_id(7)
    number = id_number(7)
    with closing(open_store(store)) as books:
        world = World(books, name="later")

        def decide(work: Work) -> int:
            name, sex = PersonName("王小明"), Sex.UNKNOWN
            work.add(
                Member(member_id=person, name=name, id_number=number, sex=sex, birth_date=number.birth_date)
            )
            return 1

        purpose = Purpose(name="write", subject="test", chain=SCHEME, answer=int)
        perform(world.host, world.act(), purpose, "written", decide)
    assert "joined no scheme" in cli("member", "show", person, *ON, "--store", store).out
    answer = cli("member", "show", person, *ON, "--scheme", SCHEME, "--store", store)
    assert (answer.status, "not enrolled for this period" in answer.out) == (0, True)


def test_a_unit_is_told(cli: Cli, store: str) -> None:
    """A unit must be told with its gate, its members by page, and its differences."""
    answer = cli("unit", "show", *OF_UNIT, *ON, "--limit", "2", "--store", store, "--json")
    document = answer.document
    assert answer.status == 0
    assert (document["unit"], document["gate"]["present"], document["gate"]["covered"]) == (UNIT, 3, 2)
    assert document["gate"]["admission"]["judgement"]["required"] == 3
    assert (document["gate"]["missing"], document["gate"]["goal_gap"]) == (0, None)
    assert document["gate"]["differences"] == {"enrolled_not_paid": 1}
    assert document["differences"] == [
        {"kind": "enrolled_not_paid", "subject": member_id(3), "row": None, "clause": "ACFTU-2.3b"}
    ]
    first = [member["member"] for member in document["members"]]
    rest = cli(
        "unit", "show", *OF_UNIT, *ON, "--after", document["next"], "--store", store, "--json"
    ).document
    assert sorted(first + [member["member"] for member in rest["members"]]) == sorted(
        member_id(number) for number in (1, 2, 3)
    )
    assert rest["next"] is None


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ("admitted", "members now", "more: --after", "enrolled, not paid")),
        ("zh", ("准入", "现有会员", "续页：--after", "已登记未缴费")),
    ],
)
def test_a_unit_is_told_in_words(cli: Cli, store: str, lang: str, words: tuple[str, ...]) -> None:
    """The gate, the members and the differences must be told in the language asked for."""
    answer = cli("unit", "show", *OF_UNIT, *ON, "--limit", "1", "--store", store, "--lang", lang)
    assert (answer.status, [word for word in words if word not in answer.out]) == (0, [])


@pytest.mark.parametrize(
    "arguments",
    [
        ("NONE", "--scheme", SCHEME, "--period", PERIOD),
        (UNIT, "--scheme", "NONE", "--period", PERIOD),
        (UNIT, "--scheme", SCHEME, "--period", "1999"),
        (*OF_UNIT, "--limit", "0"),
        (*OF_UNIT, "--limit", "1001"),
        (*OF_UNIT, "--after-difference", "nonsense"),
    ],
)
def test_bad_input_of_a_unit(cli: Cli, store: str, arguments: tuple[str, ...]) -> None:
    """An unknown unit, scheme or period, and a page that cannot be, must be bad input."""
    assert cli("unit", "show", *arguments, "--store", store).status == 2


def test_no_name_is_told(cli: Cli, store: str) -> None:
    """Neither command may print a name or an ID number."""
    told = cli("member", "show", member_id(1), *ON, "--store", store, "--json").out
    told += cli("unit", "show", *OF_UNIT, *ON, "--store", store, "--json").out
    person = joiner(1)
    assert person.name.reveal() not in told
    assert person.id_number.reveal() not in told
    with closing(open_store(store)) as books:
        held = read_one(books, Enrolment, key_of(SCHEME, PERIOD, MemberId(member_id(1))))
    assert held.history[0].known_on == COLLECTED_ON
