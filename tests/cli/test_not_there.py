"""What is not there is said to be not there, in the language asked for, with exit status 2."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from mutualaid_core.ports.discovery import open_store
from mutualaid_core.testing.acts.moves import NEXT, Moves
from mutualaid_core.testing.samples import member_id
from mutualaid_core.testing.world import World

Cli = Callable[..., Any]
PLACE = ("--scheme", "HN-A", "--period", "2014")
DAYS = ("--moves-on", "2014-06-15", "--expires-on", "2014-06-30")
ASKED = ("transfer", "propose", "T-1", member_id(1), *DAYS)
PROPOSE = (*ASKED, *PLACE)


@pytest.fixture
def call(cli: Cli, tmp_path: Path) -> Cli:
    """Runs a command on a store with two members at U-1 and an admitted U-2."""
    url, keys = f"sqlite:///{tmp_path}/year.db", tmp_path / "keys"
    keys.write_bytes(b"k" * 32)
    with closing(open_store(url)) as books:
        world = World(books)
        world.found()
        world.join(1, 2)
        Moves(world).know(NEXT, enrolled=1)

    def run(*arguments: object, on: str | None = "2014-06-01") -> Any:  # noqa: ANN401  # an answer
        acts = arguments[1] != "show"
        more = (*(("--on", on) if on else ()), *(("--key-file", keys) if acts else ()))
        return cli(*arguments, *more, "--store", url)

    return run


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("transfer", "show", "--unit", "NOPE"), "unit 'NOPE'"),
        (("transfer", "expire", "nope"), "scheme 'nope'"),
        ((*PROPOSE, "--from-unit", "NOPE", "--to-unit", NEXT), "unit 'NOPE'"),
        (
            (*ASKED, "--from-unit", "U-1", "--to-unit", NEXT, "--scheme", "nope", "--period", "1"),
            "scheme 'nope'",
        ),
        (
            (*ASKED, "--from-unit", "U-1", "--to-unit", NEXT, "--scheme", "HN-A", "--period", "2099"),
            "period 'HN-A/2099'",
        ),
        (("unit", "show", "NOPE", *PLACE), "unit 'NOPE'"),
        (("unit", "show", "U-1", "--scheme", "nope", "--period", "2014"), "scheme 'nope'"),
        (("unit", "show", "U-1", "--scheme", "HN-A", "--period", "2099"), "period 'HN-A/2099'"),
        (("unit", "enrol", "NOPE", *PLACE, "--counted-on", "2014-01-01"), "unit 'NOPE'"),
        (
            ("unit", "enrol", "U-1", "--scheme", "nope", "--period", "1", "--counted-on", "2014-01-01"),
            "scheme 'nope'",
        ),
        (("member", "show", member_id(1), "--scheme", "nope"), "scheme 'nope'"),
    ],
)
def test_what_is_not_there(call: Cli, arguments: tuple[str, ...], told: str) -> None:
    """A unit, scheme or period that is not there must be named, with exit status 2 and no other answer."""
    on = None if arguments[:2] == ("transfer", "show") else "2014-06-01"
    answer = call(*arguments, on=on)
    assert (answer.status, answer.out) == (2, "")
    assert answer.err == f"MA011: {told} does not exist\n"


def test_a_unit_that_is_no_party_is_not_there(call: Cli) -> None:
    """The unit that acts on a transfer must be there."""
    assert call(*PROPOSE, "--from-unit", "U-1", "--to-unit", NEXT).status == 0
    answer = call("transfer", "accept", "T-1", "--unit", "NOPE", "--lang", "zh")
    assert (answer.status, answer.err) == (2, "MA011: 没有该单位：NOPE\n")


def test_a_unit_without_transfers_says_so(call: Cli) -> None:
    """A page without transfers must say so in the language asked for."""
    shown = ("transfer", "show", "--unit", NEXT)
    assert call(*shown, on=None).out == "no transfers\n"
    assert call(*shown, "--lang", "zh", on=None).out == "没有转移\n"


def test_a_day_without_a_roster_is_told_with_the_others(call: Cli) -> None:
    """Where a unit has no roster at all, this must be said."""
    answer = call("unit", "enrol", "U-1", *PLACE, "--counted-on", "2014-01-01")
    assert answer.status == 2
    assert "counted_on must be a day of which U-1 has a roster: there is none, got '2014-01-01'" in answer.err


def test_chinese_says_chinese_words(call: Cli) -> None:
    """A refusal, its reason and what may be done next must be told in Chinese."""
    lines = call(*PROPOSE, "--from-unit", "U-1", "--to-unit", "U-1", "--lang", "zh").out.splitlines()
    assert lines[0] == "未办理"
    assert "- U-1 接收单位应与转出单位不同，实为 同一单位 [HN-4.3.5c]" in lines
    assert not [line for line in lines if line.startswith("可办理：提出转移")]
    done = call(*PROPOSE, "--from-unit", "U-1", "--to-unit", NEXT, "--lang", "zh").out.splitlines()
    next_acts = [line.partition("：")[2][:2] for line in done if line.startswith("可办理")]
    assert next_acts == ["接收", "拒绝", "撤回"]


def test_what_the_calendar_does_is_said_on_its_day(call: Cli) -> None:
    """Expiring must be offered after the last day alone, and then nobody is asked to accept."""
    first = call(*PROPOSE, "--from-unit", "U-1", "--to-unit", NEXT)
    assert [line for line in first.out.splitlines() if "expire by calendar" in line] == []
    late = call("transfer", "accept", "T-1", "--unit", NEXT, on="2014-07-01")
    assert (late.status, "next: accept" in late.out) == (1, False)
    assert "next: expire by calendar" in late.out
    shown = call("transfer", "show", "T-1", on=None).out
    assert ("next: expire by calendar" in shown, "next: withdraw by from_unit" in shown) == (True, True)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (("unit", "show", "U-1", *PLACE, "--limit", "0"), "limit 应在 1 到 1000 之间"),
        (("member", "show", "4" * 18), "member 不得为身份证号码，实为 '18 characters' [ACFTU-11.2h]"),
        (("unit", "enrol", "U-1", *PLACE, "--counted-on", "2014"), "day 应写成 YYYY-MM-DD"),
    ],
)
def test_errors_in_chinese(call: Cli, wrong: tuple[str, ...], told: str) -> None:
    """A wrong value must be told in Chinese too."""
    answer = call(*wrong, "--lang", "zh")
    assert (answer.status, told in answer.err) == (2, True)
