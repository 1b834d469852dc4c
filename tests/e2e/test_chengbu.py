"""The year 2014 of Chengbu county, run from its folder to its disclosure on every kind of store.

The figures are the published ones (workercn.cn, 2014-12-06): 4,730 members of 75 units paid
236,500 yuan; 102 persons were helped with some 247,000 yuan, the largest benefit being 24,800.
The reserve of 60,000 yuan is the example's own.
"""

import csv
import io
import json
import re
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from mutualaid_core.cli.app import run

Ran = Any
Capture = pytest.CaptureFixture[str]
OF_THE_STORE = re.compile(r"[0-9a-f]{64}")


def test_year_is_closed(year: Ran) -> None:
    """The year must end closed and disclosed, with its four files."""
    assert year.status == 0
    assert set(year.files) == {"ledger.beancount", "decisions.csv", "summary.json", "disclosure.html"}


def test_published_figures(year: Ran) -> None:
    """The figures must be those that were published."""
    expected = {
        "units": 75,
        "members": 4_730,
        "contributions_fen": 23_650_000,
        "claims": 112,
        "claimants": 102,
        "largest_benefit_fen": 2_480_000,
        "opening_fen": 6_000_000,
    }
    assert expected.items() <= year.summary.items()


def test_paid_is_near_the_published_sum(year: Ran) -> None:
    """Some 247,000 yuan must have been paid."""
    assert 24_695_000 <= year.summary["paid_fen"] <= 24_705_000


def test_closing_follows_to_the_fen(year: Ran) -> None:
    """The closing balance must be the opening with what came in, less what was paid."""
    found = year.summary
    assert found["closing_fen"] == 6_000_000 + found["contributions_fen"] - found["paid_fen"]


def test_decisions_add_up(year: Ran) -> None:
    """There must be a decision for each settlement, and together they must be what was paid."""
    rows = list(csv.DictReader(io.StringIO(year.files["decisions.csv"].decode())))
    assert len({row["settlement_id"] for row in rows}) == 112
    assert sum(int(row["benefit_fen"]) for row in rows) == year.summary["paid_fen"]
    assert all(row["outcome"] and row["reasons"] for row in rows)


def test_stores_give_the_same_files(years: dict[str, Ran]) -> None:
    """All kinds of store must give the same files, but for the root of each one's journal."""
    memory, *others = ({name: _plain(raw) for name, raw in ran.files.items()} for ran in years.values())
    assert [other == memory for other in others] == [True, True]


def _plain(raw: bytes) -> str:
    """A file without the root of the journal, which tells when each act was recorded."""
    return OF_THE_STORE.sub("root", raw.decode())


def test_nobody_is_named(year: Ran) -> None:
    """No file may hold a name or an ID number of the roster."""
    roster = (Path(__file__).parents[2] / "examples/chengbu_2014/roster.csv").read_text("utf-8")
    numbers = {row["id_number"] for row in csv.DictReader(io.StringIO(roster))}
    found = {each for raw in year.files.values() for each in re.findall(r"\d{17}[\dX]", raw.decode())}
    assert found & numbers == set()


def test_second_run_changes_nothing(year: Ran, tmp_path: Path, capsys: Capture) -> None:
    """A second run must change nothing, say so, and write the same files."""
    assert run(["demo", "--store", year.url, "--out", str(tmp_path), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["changed"], told["acts"]) == (False, told["replayed"])
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == year.files


def test_store_is_whole(year: Ran, capsys: Capture) -> None:
    """The store must be found whole: chain, ledger and counters."""
    assert run(["verify", "--store", year.url, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["whole"], found["faults"]) == (True, [])
    assert found["checked"]["ledger lines"] > 400


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_claim_is_explained(year: Ran, capsys: Capture, lang: str) -> None:
    """A claim must be explained with its benefit, in either language."""
    row = next(csv.DictReader(io.StringIO(year.files["decisions.csv"].decode())))
    assert run(["explain", row["claim_id"], "--store", year.url, "--lang", lang]) == 0
    assert f"{int(row['benefit_fen']) / 100:,.2f}" in capsys.readouterr().out


TAMPERINGS = {
    "benefit of a decision": """
        UPDATE decision SET body = CAST(replace(CAST(body AS TEXT), '298728', '998728') AS BLOB)
        WHERE CAST(key AS TEXT) LIKE '%ST201400076'
    """,
    "amount of a ledger line": """
        UPDATE ledger_line SET body = CAST(replace(CAST(body AS TEXT), '298728', '298729') AS BLOB)
        WHERE CAST(key AS TEXT) LIKE '%/P-ST201400076/1'
    """,
    "record deleted": "DELETE FROM payment WHERE key = (SELECT min(key) FROM payment)",
    "record added": """
        INSERT INTO unit SELECT CAST('CB999' AS BLOB), version, pool_id, name, body, seal FROM unit LIMIT 1
    """,
    "counter": "UPDATE counter SET value = value - 1 WHERE CAST(key AS TEXT) LIKE '%/bank'",
    "cap counter": "UPDATE counter SET value = value - 1 WHERE CAST(key AS TEXT) LIKE 'use/%'",
    "event deleted": "DELETE FROM event WHERE position = 200",
    "last event deleted": "DELETE FROM event WHERE position = (SELECT max(position) FROM event)",
    "event changed": """
        UPDATE event SET body = CAST(replace(CAST(body AS TEXT), '"act":', '"akt":') AS BLOB)
        WHERE position = 300
    """,
}


@pytest.mark.parametrize("sql", TAMPERINGS.values(), ids=TAMPERINGS)
def test_tampering_is_found(years: dict[str, Ran], tmp_path: Path, capsys: Capture, sql: str) -> None:
    """A store that was altered behind the library's back must not be found whole."""
    shutil.copy(years["sqlite"].store, tmp_path / "year.db")
    tamper(tmp_path / "year.db", sql)
    assert run(["verify", "--store", f"sqlite:///{tmp_path}/year.db", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["faults"]


def test_untouched_copy_is_whole(years: dict[str, Ran], tmp_path: Path, capsys: Capture) -> None:
    """A copy in which nothing was altered must be found whole, so that the tests above mean something."""
    shutil.copy(years["sqlite"].store, tmp_path / "year.db")
    tamper(tmp_path / "year.db", "UPDATE counter SET value = value WHERE version > 0")
    assert run(["verify", "--store", f"sqlite:///{tmp_path}/year.db", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["whole"]


def tamper(path: Path, sql: str) -> None:
    """Alter a database as somebody would who owns the file: its guards are taken off and put back."""
    database = sqlite3.connect(path)
    guards = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in guards:
        database.execute(f'DROP TRIGGER "{name}"')
    assert database.execute(sql).rowcount >= 1
    for _, again in guards:
        database.execute(again)
    database.commit()
    database.close()
