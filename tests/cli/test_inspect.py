"""``explain``, ``info`` and ``verify``: what they tell, and that they change nothing."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import attrs
import pytest

from mutualaid_core.ports.discovery import open_store
from mutualaid_core.services.adjudication import FileClaim, adjudicate
from mutualaid_core.testing.samples import FILED_ON, FOUNDING, PERIOD, stay
from mutualaid_core.testing.world import World

Cli = Callable[..., Any]
Folder = Any
Content = Callable[..., dict[str, bytes]]
CLAIM = "ST201400080"


@pytest.fixture
def store(cli: Cli, small: Folder, url: str, out: Path) -> str:
    """A store that holds the small year."""
    assert cli("run", small.path, "--store", url, "--out", out).status == 0
    return url


@pytest.mark.parametrize(("lang", "word"), [("zh", "申请"), ("en", "Claim")])
def test_explain(cli: Cli, store: str, lang: str, word: str) -> None:
    """A claim must be explained in sentences of the language asked for."""
    answer = cli("explain", CLAIM, "--store", store, "--lang", lang)
    assert answer.status == 0
    assert word in answer.out
    assert CLAIM in answer.out


def test_explain_as_json(cli: Cli, store: str) -> None:
    """With JSON, sentences and decision must be one document."""
    document = cli("explain", CLAIM, "--store", store, "--json").document
    assert document["claim"] == CLAIM
    (told,) = document["decisions"]
    assert told["sentences"]
    assert told["decision"]["claim_id"] == CLAIM
    assert [each["claim_id"] for each in told["payments"]] == [CLAIM]


@pytest.mark.parametrize(("lang", "paid"), [("zh", "已于2014年"), ("en", "Paid on ")])
def test_payment_is_the_last_line(cli: Cli, store: str, lang: str, paid: str) -> None:
    """Whether the money went out must stand in a line of its own, after the decision, with its day."""
    lines = cli("explain", CLAIM, "--store", store, "--lang", lang).out.splitlines()
    assert lines[-1].startswith(paid)
    assert not any(line.startswith(("Scheme ", "项目 ")) for line in lines)


def test_each_scheme_has_a_heading(cli: Cli, tmp_path: Path) -> None:
    """A claim that two schemes decided must be told under the heading of each, with its own payment."""
    url = f"sqlite:///{tmp_path}/two.db"
    second = attrs.evolve(
        FOUNDING,
        scheme=attrs.evolve(FOUNDING.scheme, scheme_id="HN-B"),
        version=attrs.evolve(FOUNDING.version, scheme_id="HN-B"),
        period=attrs.evolve(FOUNDING.period, scheme_id="HN-B"),
    )
    with closing(open_store(url)) as books:
        world = World(books)
        world.found()
        world.join(1)
        world.grant(60_000)
        world.file(stay(8_000))
        world.pay("S-1")
        other = World(books, second, name="other")
        other.found()
        command = FileClaim(scheme_id="HN-B", period_id=PERIOD, settlement=stay(8_000), filed_on=FILED_ON)
        adjudicate(other.host, other.act(), command)
    lines = cli("explain", "S-1", "--store", url, "--lang", "en").out.splitlines()
    headings = [line for line in lines if line.startswith("Scheme ")]
    assert (headings, lines[0]) == (["Scheme HN-A", "Scheme HN-B"], "Scheme HN-A")
    assert lines[lines.index("Scheme HN-B") - 1] == "Paid on 20 March 2014: 2,550.00 yuan."
    assert lines[-1].endswith("Conclusion: refused.")


@pytest.mark.parametrize("claim", ["NONE", "\x1b[31mred", "x" * 1_000, "a/b", ""])
def test_claim_that_is_none(cli: Cli, store: str, claim: str) -> None:
    """A claim that the store does not hold must be one clean line and a hint at most, with status 2."""
    answer = cli("explain", claim, "--store", store)
    assert (answer.status in {2, 3}, answer.out) == (True, "")
    assert answer.err.rstrip("\n").replace("\n", "").isprintable()
    assert answer.err.count("\n") <= 2


def test_unknown_claim_as_json(cli: Cli, store: str) -> None:
    """With JSON, an unknown claim must be one document too."""
    answer = cli("explain", "NONE", "--store", store, "--json")
    assert answer.document == {"error": "MA011", "message": "claim 'NONE' does not exist", "problems": []}


@pytest.mark.parametrize(("lang", "word"), [("zh", "存储后端"), ("en", "backends")])
def test_info(cli: Cli, store: str, lang: str, word: str) -> None:
    """Versions, backends and what the store holds must be told in the language asked for."""
    told = cli("info", "--store", store, "--lang", lang).out
    assert word in told
    assert "contribution 81" in told


def test_info_as_json(cli: Cli, store: str) -> None:
    """With JSON, what the store holds must be counted by kind."""
    document = cli("info", "--store", store, "--json").document
    assert document["store"]["records"]["member"] == 81
    assert {"file", "memory", "sqlite"} <= set(document["backends"])


def test_info_without_a_store(cli: Cli) -> None:
    """Without a store, versions and backends must be told alone."""
    assert set(cli("info", "--json").document) == {"version", "python", "backends"}


@pytest.mark.parametrize(("lang", "word"), [("zh", "完好"), ("en", "whole")])
def test_verify(cli: Cli, store: str, lang: str, word: str) -> None:
    """A sound store must be found whole."""
    answer = cli("verify", "--store", store, "--lang", lang)
    assert (answer.status, answer.out.splitlines()[-1]) == (0, word)


def test_verify_as_json(cli: Cli, store: str) -> None:
    """With JSON, the verdict must be one document."""
    document = cli("verify", "--store", store, "--json").document
    assert (document["whole"], document["faults"]) == (True, [])


def test_looking_changes_nothing(cli: Cli, store: str, content: Content) -> None:
    """Explaining, describing and verifying must leave every byte of the store."""
    before = {name: raw for name, raw in content("books").items() if not name.endswith(("-shm", "-wal"))}
    for command in (("explain", CLAIM), ("info",), ("verify",)):
        assert cli(*command, "--store", store).status == 0
    after = content("books")
    assert {name: after[name] for name in before} == before


@pytest.mark.parametrize("command", [["explain", CLAIM], ["info"], ["verify"]])
@pytest.mark.parametrize("scheme", ["sqlite", "file", "memory"])
def test_store_that_is_not_there(cli: Cli, tmp_path: Path, command: list[str], scheme: str) -> None:
    """A store that is not there must be told with status 3, and not be made."""
    at = "memory:" if scheme == "memory" else f"{scheme}:///{tmp_path}/none"
    answer = cli(*command, "--store", at)
    assert (answer.status, "there is no store" in answer.err) == (3, True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", [["explain", CLAIM], ["info"], ["verify"]])
def test_unknown_store(cli: Cli, command: list[str]) -> None:
    """A store of an unknown kind must be told with those that are known, with status 2."""
    answer = cli(*command, "--store", "oracle:x")
    assert (answer.status, "known: file, memory, sqlite" in answer.err) == (2, True)


def test_tampering_is_found(cli: Cli, small: Folder, tmp_path: Path, out: Path) -> None:
    """A store that was altered behind the library's back must be found faulty, with status 1."""
    url = f"sqlite:///{tmp_path}/year.db"
    cli("run", small.path, "--store", url, "--out", out)
    with sqlite3.connect(tmp_path / "year.db") as database:
        database.execute("UPDATE counter SET value = value + 1 WHERE CAST(key AS TEXT) LIKE 'use/%'")
    database.close()
    answer = cli("verify", "--store", url, "--json")
    assert (answer.status, answer.document["whole"]) == (1, False)
    assert cli("verify", "--store", url).out.count("fault: ") == len(answer.document["faults"])
