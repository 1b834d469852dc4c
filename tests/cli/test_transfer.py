"""``transfer``: two units agree from two command lines, and no ID number is ever shown."""

import io
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from mutualaid_core.domain.membership.change import ChangeKind
from mutualaid_core.domain.membership.member import Member
from mutualaid_core.ports.discovery import open_store
from mutualaid_core.testing.acts.moves import FAR, NEXT, Moves
from mutualaid_core.testing.samples import id_number, member_id
from mutualaid_core.testing.world import World
from mutualaid_core.work import read_all

Cli = Callable[..., Any]
WHO = member_id(1)
PLACE = ("--scheme", "HN-A", "--period", "2014", "--from-unit", "U-1")
DAYS = ("--moves-on", "2014-06-15", "--expires-on", "2014-06-30")


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    """A file with the keys of the sample world."""
    file = tmp_path / "keys"
    file.write_bytes(b"k" * 32)
    return file


@pytest.fixture
def store(url: str) -> str:
    """A store with two members at U-1 and an admitted U-2."""
    with closing(open_store(url)) as books:
        world = World(books)
        world.found()
        world.join(1, 2)
        Moves(world).know(NEXT, enrolled=1)
    return url


@pytest.fixture
def call(cli: Cli, store: str, keys: Path) -> Cli:
    """Runs a command of the group on that store, on 1 June 2014 unless told otherwise."""

    def run(command: str, *arguments: object, on: str | None = "2014-06-01") -> Any:  # noqa: ANN401  # an answer
        day = () if on is None else ("--on", on)
        return cli("transfer", command, *arguments, *day, "--store", store, "--key-file", keys)

    return run


def proposed(call: Cli, *more: object, member: object = WHO, to: str = NEXT, transfer: str = "T-1") -> Any:  # noqa: ANN401  # an answer
    """A proposal for person 1."""
    named = () if member is None else (member,)
    return call("propose", transfer, *named, *PLACE, "--to-unit", to, *DAYS, *more)


def test_propose_and_accept(call: Cli) -> None:
    """A proposal must tell who may do what next, its acceptance that it is done."""
    first = proposed(call)
    assert (first.status, first.err) == (0, "")
    assert "waiting for an answer until 30 June 2014" in first.out
    assert "next: accept by to_unit" in first.out
    second = call("accept", "T-1", "--unit", NEXT)
    assert (second.status, second.out.splitlines()[0]) == (0, "done")
    assert "accepted on 1 June 2014" in second.out


def test_in_chinese(call: Cli) -> None:
    """The same must be told in Chinese."""
    assert "待接收" in proposed(call, "--lang", "zh").out
    assert "已接收" in call("accept", "T-1", "--unit", NEXT, "--lang", "zh").out


def test_as_json(call: Cli) -> None:
    """With JSON the answer must be one document with outcome, transfer and next actions."""
    document = proposed(call, "--json").document
    assert (document["outcome"], document["transfer"]["state"]) == ("PASS", "proposed")
    allowed = [each["action"] for each in document["allowed_actions"] if each["is_allowed"]]
    assert allowed == ["accept", "reject", "withdraw", "expire"]
    assert document["replayed"] is False


def test_a_refusal_has_status_1(call: Cli) -> None:
    """What is refused must be told with its reason and status 1."""
    answer = proposed(call, to="U-1")
    assert (answer.status, answer.out.splitlines()[0]) == (1, "refused")
    assert "must be another unit than the one that is left, got the same unit [HN-4.3.5c]" in answer.out


def test_the_second_answer_is_told_the_first(call: Cli) -> None:
    """Whoever comes second must learn what was decided."""
    proposed(call)
    assert call("reject", "T-1", "--unit", NEXT, "--why", "wrong_day").status == 0
    answer = call("accept", "T-1", "--unit", NEXT)
    assert (answer.status, "got rejected" in answer.out) == (1, True)


def test_a_key_is_done_once(call: Cli) -> None:
    """The same command under the same key must give the same answer, and say that it is one."""
    proposed(call)
    first = call("accept", "T-1", "--unit", NEXT, "--key", "mine", "--json").document
    second = call("accept", "T-1", "--unit", NEXT, "--key", "mine", "--json").document
    assert (first["outcome"], second["outcome"], second["replayed"]) == ("PASS", "PASS", True)


def test_withdraw(call: Cli) -> None:
    """The leaving unit must be able to take its proposal back."""
    proposed(call)
    assert "withdrawn on 1 June 2014" in call("withdraw", "T-1", "--unit", "U-1").out


def test_expire(call: Cli) -> None:
    """What nobody answered must be listed once."""
    proposed(call)
    first = call("expire", "HN-A", on="2014-07-01")
    assert (first.status, first.out.splitlines()) == (0, ["1 expired", "T-1"])
    assert call("expire", "HN-A", "--json", on="2014-07-02").document == {"expired": []}


def test_a_flag_is_done_with_a_word(cli: Cli, store: str, keys: Path) -> None:
    """A receiving unit that takes no part must be told, with status 0."""
    with closing(open_store(store)) as books:
        Moves(World(books, name="more")).know(FAR)
    answer = cli(
        *("transfer", "propose", "T-1", WHO, *PLACE, "--to-unit", FAR, *DAYS),
        *("--on", "2014-06-01", "--store", store, "--key-file", keys),
    )
    assert (answer.status, answer.out.splitlines()[0]) == (0, "done, but look at this")


@pytest.mark.parametrize("written", [id_number(1).reveal(), "430502800101001", "4" * 17 + "x"])
def test_an_id_number_is_no_argument(call: Cli, written: str) -> None:
    """An ID number on the command line must be refused with advice, and not be shown."""
    answer = proposed(call, member=written)
    assert (answer.status, answer.out) == (2, "")
    assert "--id-file" in answer.err
    assert written not in answer.err


def test_an_id_number_from_a_file(call: Cli, tmp_path: Path) -> None:
    """A file must name the same person as the pseudonym."""
    file = tmp_path / "id"
    file.write_text(id_number(1).reveal() + "\n", "utf-8")
    document = proposed(call, "--id-file", file, "--json", member=None).document
    assert document["transfer"]["member_id"] == WHO
    assert id_number(1).reveal() not in str(document)


def test_an_id_number_from_standard_input(call: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """Standard input must name the same person too."""
    monkeypatch.setattr("sys.stdin", io.StringIO(id_number(1).reveal() + "\n"))
    assert proposed(call, "--id-file", "-", "--json", member=None).document["transfer"]["member_id"] == WHO


def test_an_id_number_from_a_prompt(call: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """At a terminal the number must be asked for without echo."""
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("getpass.getpass", lambda _prompt: id_number(1).reveal())
    assert proposed(call, "--json", member=None).document["transfer"]["member_id"] == WHO


@pytest.mark.parametrize("content", [b"", b"not a number", b"\xff\xfe", b"4" * 400])
def test_a_file_without_an_id_number(call: Cli, tmp_path: Path, content: bytes) -> None:
    """A file that holds something else must be refused without being quoted."""
    file = tmp_path / "id"
    file.write_bytes(content)
    answer = proposed(call, "--id-file", file, member=None)
    assert (answer.status, answer.out) == (2, "")
    assert "not a number" not in answer.err


def test_somebody_must_be_named(call: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither and both must be refused, and so must a file that is not there."""
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert proposed(call, member=None).status == 2
    assert proposed(call, "--id-file", tmp_path / "none").status == 2
    assert proposed(call, "--id-file", tmp_path / "none", member=None).status == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ("accept", "T-0", "--unit", "U-2"),
        ("accept", id_number(1).reveal(), "--unit", "U-2"),
        ("reject", "T-1", "--unit", "U-2", "--why", "nothing"),
        ("accept", "T-1"),
        ("show", "T-0"),
        ("show",),
        ("show", "T-1", "--unit", "U-2"),
        ("show", "--unit", "U-2", "--limit", "0"),
        ("show", "--member", "M-0"),
    ],
)
def test_bad_input_has_status_2(cli: Cli, store: str, keys: Path, arguments: tuple[str, ...]) -> None:
    """What does not exist or does not go together must be one word on standard error."""
    answer = cli("transfer", *arguments, "--store", store, "--key-file", keys)
    assert (answer.status, answer.out) == (2, "")
    assert id_number(1).reveal() not in answer.err


@pytest.mark.parametrize("day", ["2014-6-1", "1 June", "2014-02-30"])
def test_days_are_written_one_way(call: Cli, day: str) -> None:
    """A day in another form, or one that does not exist, must be refused."""
    assert call("expire", "HN-A", on=day).status == 2


def test_a_store_that_is_not_there_is_not_made(cli: Cli, tmp_path: Path, keys: Path) -> None:
    """A mistyped store must be trouble, and leave nothing behind."""
    url = f"sqlite:///{tmp_path}/none.db"
    answer = cli("transfer", "accept", "T-1", "--unit", "U-2", "--store", url, "--key-file", keys)
    assert (answer.status, answer.out) == (3, "")
    assert not (tmp_path / "none.db").exists()


def test_without_keys_nothing_is_done(cli: Cli, store: str) -> None:
    """A store whose keys are elsewhere must ask for them."""
    answer = cli("transfer", "accept", "T-1", "--unit", "U-2", "--store", store)
    assert (answer.status, "key_file" in answer.err) == (2, True)


def test_a_store_that_keeps_its_keys_needs_no_file(cli: Cli, small: Any, url: str, out: Path) -> None:  # noqa: ANN401  # a folder
    """After a whole year, whose store has its own keys, the answer must be that the period is closed."""
    assert cli("run", small.path, "--store", url, "--out", out).status == 0
    with closing(open_store(url, read_only=True)) as books:
        who = next(read_all(books, Member)).member_id
    answer = cli(
        *("transfer", "propose", "T-1", who, "--scheme", "hn-chengbu-inpatient", "--period", "2014"),
        *("--from-unit", "CB003", "--to-unit", "CB065", *DAYS, "--on", "2014-06-01", "--store", url),
    )
    assert (answer.status, answer.err) == (1, "")
    assert "must be open, got closed" in answer.out


def test_today_is_the_business_day(call: Cli) -> None:
    """Without a day the act must be of today, long after the last day for an answer."""
    proposed(call)
    answer = call("accept", "T-1", "--unit", NEXT, on=None)
    assert (answer.status, "must be answered until 2014-06-30" in answer.out) == (1, True)


def test_show_one(call: Cli, cli: Cli, store: str) -> None:
    """A transfer must be shown with what may be done next, without any keys."""
    proposed(call)
    answer = cli("transfer", "show", "T-1", "--store", store)
    assert (answer.status, answer.out.startswith("transfer T-1: from 单位U-1 to 单位U-2")) == (0, True)
    assert "next: withdraw by from_unit" in answer.out
    document = cli("transfer", "show", "T-1", "--store", store, "--json").document
    assert document["transfer"]["transfer_id"] == "T-1"


def test_show_a_unit_in_pages(call: Cli, cli: Cli, store: str) -> None:
    """The transfers of a unit must come page by page, from either side."""
    proposed(call)
    proposed(call, member=member_id(2), transfer="T-2")
    first = cli("transfer", "show", "--unit", NEXT, "--limit", 1, "--store", store)
    assert first.out.splitlines()[-1] == "more: --after T-1"
    second = cli("transfer", "show", "--unit", NEXT, "--after", "T-1", "--store", store, "--json").document
    assert ([each["transfer_id"] for each in second["transfers"]], second["next"]) == (["T-2"], None)
    other = cli("transfer", "show", "--unit", NEXT, "--side", "from_unit", "--store", store)
    assert (other.status, other.out) == (0, "no transfers\n")


def test_show_a_member(call: Cli, cli: Cli, store: str) -> None:
    """A member must read what happened, in sentences, by pseudonym and without keys."""
    proposed(call)
    call("accept", "T-1", "--unit", NEXT)
    lines = cli("transfer", "show", "--member", WHO, "--store", store, "--lang", "zh").out.splitlines()
    assert lines[0] == "项目 HN-A，互助期 2014"
    assert lines[2].startswith("2014年6月15日起由单位U-1转入单位U-2，保障不间断")
    assert lines[3].endswith("2014年6月1日已接收。")


def test_show_a_member_by_id_number(cli: Cli, store: str, keys: Path, tmp_path: Path) -> None:
    """With keys an ID number from a file must do as well."""
    file = tmp_path / "id"
    file.write_text(id_number(1).reveal(), "utf-8")
    document = cli(
        *("transfer", "show", "--id-file", file, "--store", store, "--key-file", keys, "--json")
    ).document
    assert document["member"] == WHO
    assert document["periods"][0]["changes"][0]["kind"] == ChangeKind.JOINED.value


def test_no_id_number_is_kept_outside_the_member(call: Cli, store: str, tmp_path: Path) -> None:
    """Neither transfers nor the journal must hold the number that a file brought."""
    if not store.startswith("sqlite"):
        return
    file = tmp_path / "id"
    file.write_text(id_number(1).reveal(), "utf-8")
    proposed(call, "--id-file", file, member=None)
    with closing(sqlite3.connect(store.removeprefix("sqlite:///"))) as database:
        (bodies,) = database.execute("SELECT group_concat(body) FROM transfer").fetchone()
    assert id_number(1).reveal() not in str(bodies)
