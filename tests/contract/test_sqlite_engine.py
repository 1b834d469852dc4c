"""What is SQLite's own: settings, refusals, the schema, its migrations, and what tampering shows."""

import datetime
import os
import re
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from mutualaid_backends.place import KernelLock, file_system
from mutualaid_backends.sql import migrate, sqlite
from mutualaid_backends.sql.store import SqlStore, open_sql
from mutualaid_backends.sql.tables import METADATA
from mutualaid_core.errors import CommitUnknownError, InvalidValueError, StoreBrokenError, StoreBusyError
from mutualaid_core.ports.batch import Add
from mutualaid_core.ports.kinds import KINDS
from mutualaid_core.testing.builders import CHAIN, batch, bound, event, filled, put


@pytest.fixture
def path(place: Path) -> Path:
    """Where the database lies."""
    return place / "year.db"


@pytest.fixture
def store(path: Path) -> Iterator[SqlStore]:
    """A store with a claim, a counter and two events."""
    opened = open_sql(f"sqlite:///{path}")
    opened.commit(batch("one", put("claim/1", state="open"), bound("cap", 0, 9), Add("cap", 4), event(b"1")))
    opened.commit(batch("two", event(b"2")))
    yield opened
    opened.close()


def raw(path: Path) -> "closing[sqlite3.Connection]":
    """The database behind the store's back, without the triggers that guard it."""
    connection = sqlite3.connect(path, isolation_level=None)
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f'DROP TRIGGER "{name}"')
    return closing(connection)


def test_settings_are_read_back(store: SqlStore) -> None:
    """The store tells the settings that the engine gave back, and they are the safe ones."""
    settings = store.about().settings
    assert {name: settings[name] for name in sqlite.SETTINGS} == dict(sqlite.SETTINGS)
    assert settings["synchronous"] == "2"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("synchronous", "OFF"),
        ("synchronous", "NORMAL"),
        ("foreign_keys", "OFF"),
        ("busy_timeout", "0"),
        ("fullfsync", "OFF"),
        ("trusted_schema", "ON"),
        ("journal_mode", "DELETE"),
        ("journal_mode", "MEMORY"),
    ],
)
def test_dangerous_settings_are_refused(path: Path, name: str, value: str) -> None:
    """A connection whose engine answers another setting is refused by name."""
    connection = sqlite3.connect(path, isolation_level=None)
    for safe, wanted in sqlite.SETTINGS.items():
        connection.execute(f"PRAGMA {safe} = {wanted}")
    connection.execute(f"PRAGMA {name} = {value}")
    with closing(connection), pytest.raises(StoreBrokenError, match=name):
        sqlite.read_back(connection)


def test_foreign_database_is_refused(path: Path) -> None:
    """A database that holds something else is left alone."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE invoices (id INTEGER)")
    before = path.read_bytes()
    with pytest.raises(StoreBrokenError, match="something else"):
        open_sql(f"sqlite:///{path}")
    assert before == path.read_bytes()


def test_file_that_is_no_database_is_refused(path: Path) -> None:
    """A file of another form is refused and left alone."""
    path.write_bytes(b"name,amount\n" * 200)
    with pytest.raises(StoreBrokenError):
        open_sql(f"sqlite:///{path}")
    assert path.read_bytes().startswith(b"name,amount\n")


@pytest.mark.parametrize("url", ["sqlite:", "sqlite:year.db", "sqlite://year.db", "sqlite:///", "file:///a"])
def test_other_urls_are_refused(url: str) -> None:
    """A URL of another form is refused before anything is touched."""
    with pytest.raises(InvalidValueError):
        open_sql(url)


def test_three_slashes_are_relative(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``sqlite:///out/year.db`` lies below the working folder, which is made."""
    monkeypatch.chdir(place)
    open_sql("sqlite:///out/2014/year.db").close()
    assert (place / "out" / "2014" / "year.db").is_file()


def test_database_is_for_its_owner_alone(store: SqlStore, path: Path) -> None:
    """Nobody but the owner may read the database or its side files."""
    store.head(CHAIN)
    modes = {file.stat().st_mode & 0o077 for file in path.parent.glob("year.db*") if "gate" not in file.name}
    assert modes == {0}


@pytest.mark.parametrize(
    ("mounts", "expected"),
    [
        ("disk / ext4 rw\n", "ext4"),
        ("disk / ext4 rw\nserver:/x /srv nfs4 rw\n", "nfs4"),
        ("disk / ext4 rw\nserver:/x /srv/deep nfs4 rw\n", "ext4"),
        ("server:/x /srv nfs4 rw\ndisk /srv ext4 rw\n", "ext4"),
        ("disk / ext4 rw\n//server/x /srv cifs rw\ntmp /srv/a\\040b tmpfs rw\n", "cifs"),
        ("", ""),
    ],
)
def test_file_system_is_found_in_the_mount_table(mounts: str, expected: str) -> None:
    """The deepest, last mount above a path tells its file system."""
    assert file_system(Path("/srv/store"), mounts) == expected


def test_network_file_system_is_refused(path: Path, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store on a network file system is refused before anything is made."""
    table = place / "mounts"
    table.write_text(f"disk / ext4 rw\nserver:/x {place} nfs4 rw\n", encoding="utf-8")
    monkeypatch.setattr("mutualaid_backends.place._MOUNTS", table)
    with pytest.raises(StoreBrokenError, match="nfs4"):
        open_sql(f"sqlite:///{path}")
    assert not path.exists()


def test_threads_may_share_a_handle(store: SqlStore) -> None:
    """Each thread gets a connection of its own, and their commits do not mix."""

    def work(name: str) -> None:
        for number in range(20):
            store.commit(batch(f"{name}/{number}", put(f"{name}/{number}"), event(b"e")))

    threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    report = store.verify(deep=True)
    assert (report.checked["events"], report.checked["records"], report.faults) == (82, 81, ())


def test_forked_handle_is_refused(store: SqlStore) -> None:
    """A handle that was copied by a fork refuses."""
    store._pid = os.getpid() + 1
    with pytest.raises(StoreBrokenError, match="another process"):
        store.head(CHAIN)
    store._pid = os.getpid()


def test_waiting_writer_gives_up(store: SqlStore, path: Path) -> None:
    """A writer that waits for too long is told that the store is busy, and nothing happened."""
    patient = open_sql(f"sqlite:///{path}", wait_ms=50)
    other = KernelLock.at(path.with_name("year.db-gate"), wait_ms=1_000)
    with other.held("test"), pytest.raises(StoreBusyError):
        patient.commit(batch("three", put("claim/3")))
    assert patient.receipt("three") is None
    patient.close()
    assert store.commit(batch("three")).replayed is False


def test_failed_flush_leaves_doubt(store: SqlStore, path: Path) -> None:
    """A commit that fails in its last step is unknown, and the handle refuses until reopened."""
    connection = store._connected()
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    # The engine itself refuses the COMMIT: a deferred reference to nothing is open.
    driver.execute("CREATE TABLE parent (id INTEGER PRIMARY KEY)")
    driver.execute("CREATE TABLE child (id INTEGER REFERENCES parent DEFERRABLE INITIALLY DEFERRED)")
    driver.execute("CREATE TRIGGER doubt AFTER INSERT ON claim BEGIN INSERT INTO child VALUES (7); END")
    with pytest.raises(CommitUnknownError):
        store.commit(batch("three", put("claim/3")))
    with pytest.raises(StoreBrokenError):
        store.receipt("three")
    with closing(open_sql(f"sqlite:///{path}")) as again:
        assert again.receipt("three") is None


# ------------------------------------------------------------------------------ the schema


def described(path: Path) -> dict[str, object]:
    """Columns and indexes of every table, as the engine tells them."""
    with closing(sqlite3.connect(path)) as connection:
        tables = [row[1] for row in connection.execute("PRAGMA table_list") if row[2] == "table"]
        names = [name for name in tables if not name.startswith(("sqlite_", "alembic_"))]
        return {
            name: (
                connection.execute(f'PRAGMA table_xinfo("{name}")').fetchall(),
                sorted(
                    (row[3], row[2], connection.execute(f'PRAGMA index_xinfo("{row[1]}")').fetchall())
                    for row in connection.execute(f'PRAGMA index_list("{name}")')
                ),
            )
            for name in sorted(names)
        }


@pytest.mark.usefixtures("store")
def test_migrated_schema_is_the_declared_one(path: Path, place: Path) -> None:
    """The migrations make exactly the tables, columns and indexes that the kinds declare.

    After a change of ``KINDS``, ``migrations/0001_initial.sqlite.sql`` follows by hand until
    the first release, and a further migration from then on.
    """
    declared = place / "declared.db"
    METADATA.create_all(create_engine(f"sqlite:///{declared}"))
    assert described(path) == described(declared)
    assert set(described(path)) >= {kind.name for kind in KINDS}


@pytest.mark.usefixtures("store")
def test_every_table_is_strict(path: Path) -> None:
    """No column takes a value of another type."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("PRAGMA table_list").fetchall()
    ours = {
        row[1]: row[5] for row in rows if row[2] == "table" and not row[1].startswith(("sqlite_", "alembic_"))
    }
    assert set(ours.values()) == {1}


@pytest.mark.usefixtures("store")
def test_no_column_is_inexact(path: Path) -> None:
    """Money and counts are integers, everything else is text or bytes."""
    with closing(sqlite3.connect(path)) as connection:
        schema = "\n".join(row[0] or "" for row in connection.execute("SELECT sql FROM sqlite_master"))
    assert re.findall(r"\b(?:NUMERIC|FLOAT|REAL|DOUBLE|DECIMAL)\b", schema) == []


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET body = x'00'",
        "DELETE FROM event",
        "DELETE FROM receipt",
        "UPDATE receipt SET outcome = x'00'",
        "UPDATE counter SET value = hi + 1",
        "INSERT INTO claim (key, version, body, seal, state) VALUES (x'00', 1, x'00', x'00', x'00')",
    ],
)
def test_engine_is_a_second_wall(path: Path, statement: str) -> None:
    """The engine itself refuses to rewrite events and receipts, or to leave bounds and types."""
    with closing(sqlite3.connect(path)) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute(statement)


# -------------------------------------------------------------------------- the migrations


def test_newest_migration_is_the_known_one() -> None:
    """The form that the store writes is that of the newest migration."""
    assert ScriptDirectory(str(migrate.FOLDER)).get_current_head() == migrate.HEAD_REVISION


STATEMENTS = migrate.statements("0001", "sqlite")


@pytest.mark.parametrize("done", [0, 1, 2, 7, len(STATEMENTS) // 2, len(STATEMENTS) - 1, len(STATEMENTS)])
def test_interrupted_migration_is_repeated(path: Path, place: Path, done: int) -> None:
    """A migration that stopped after any statement is completed by the next opening."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA application_id = {sqlite.APPLICATION_ID}")
        for statement in STATEMENTS[:done]:
            connection.execute(statement)
    with closing(open_sql(f"sqlite:///{path}")) as store:
        store.commit(batch("k", put("a"), event(b"e")))
        assert store.verify(deep=True).is_whole
    open_sql(f"sqlite:///{place}/whole.db").close()
    assert described(path) == described(place / "whole.db")


def test_interrupted_transaction_leaves_nothing(path: Path) -> None:
    """On SQLite a migration is one transaction: what did not end did not happen."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        for statement in STATEMENTS[:20]:
            connection.execute(statement)
    open_sql(f"sqlite:///{path}").close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE alembic_version SET version_num = '9999'",
        "UPDATE meta SET value = 'altered'",
        "DELETE FROM meta",
    ],
)
def test_other_form_is_refused(store: SqlStore, path: Path, statement: str) -> None:
    """A store of a newer form, or made by an altered migration, is refused."""
    store.close()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(statement)
    for read_only in (False, True):
        with pytest.raises(StoreBrokenError):
            open_sql(f"sqlite:///{path}", read_only=read_only)


# ------------------------------------------------------------------------------ tampering


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE event SET body = x'31' WHERE position = 2", "event 2"),
        ("UPDATE event SET hash = zeroblob(32) WHERE position = 2", "event 2"),
        ("UPDATE event SET actor = 'somebody' WHERE position = 1", "event 1"),
        ("UPDATE event SET batch_key = x'31' WHERE position = 1", "event 1"),
        ("DELETE FROM event WHERE position = 1", "event 1"),
        ("DELETE FROM event WHERE position = 2", "head"),
        ("UPDATE head SET position = 1", "head"),
        ("UPDATE head SET frontier = zeroblob(32)", "head"),
        ("DELETE FROM head", "head"),
        ("DELETE FROM receipt WHERE key = CAST('two' AS BLOB)", "event 2"),
        ("UPDATE claim SET body = x'7b7d20'", "claim"),
        ("UPDATE claim SET state = 'paid'", "claim"),
        ("UPDATE claim SET version = 2", "claim"),
        ("UPDATE claim SET discharged_on = 'some day'", "claim"),
        ("UPDATE claim SET key = x'ff'", "claim"),
        ("UPDATE event SET batch_key = x'ff'", "chain"),
        ("UPDATE claim SET key = CAST('claim/2' AS BLOB)", "claim"),
    ],
)
def test_tampering_is_found(store: SqlStore, path: Path, statement: str, told: str) -> None:
    """A row that was edited or removed in the database is named by the deep look-over."""
    with raw(path) as connection:
        connection.execute(statement)
    faults = store.verify(deep=True).faults
    assert any(told in fault for fault in faults), faults


def test_damaged_pages_are_found(store: SqlStore, path: Path) -> None:
    """A page that was overwritten on the disk is refused or reported."""
    store.close()
    with path.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(b"\xff" * 4096)
    assert _faults_or_refusal(f"sqlite:///{path}")


def _faults_or_refusal(url: str) -> tuple[str, ...]:
    try:
        with closing(open_sql(url)) as again:
            return again.verify(deep=True).faults
    except StoreBrokenError as refusal:
        return (str(refusal),)


# --------------------------------------------------------------------------------- reports


def test_reports_add_up(store: SqlStore, path: Path) -> None:
    """The reports for accountants show exact sums, in fen and in yuan."""
    line = {
        "scheme_id": "s",
        "period_id": "p",
        "booked_on": None,
        "act": "pay",
        "source": "x",
        "subject": "m",
    }
    amounts = [(10_005, 0), (0, 7), (90_071_992_547_409_93, 0), (0, 100)]
    lines = [
        filled(f"e/{at}", "ledger_line", {**line, "entry_id": "e", "line": at, "title": "t", **money})
        for at, money in enumerate({"debit_fen": debit, "credit_fen": credit} for debit, credit in amounts)
    ]
    unit = put("u/1", "unit", name="一厂")
    dues = [
        filled(f"c/{at}", "contribution", {"unit_id": "u/1", "period_id": "p", "amount_fen": 1_050})
        for at in range(3)
    ]
    store.commit(batch("lines", *lines, unit, *dues))
    with closing(sqlite3.connect(path)) as connection:
        ledger = connection.execute("SELECT debit_yuan, credit_yuan FROM report_ledger").fetchall()
        (balance,) = connection.execute(
            "SELECT opening_fen, debit_fen, credit_fen, closing_fen, closing_yuan FROM report_trial_balance"
        ).fetchall()
        (dues_row,) = connection.execute(
            "SELECT unit_name, payments, amount_fen, amount_yuan FROM report_contributions"
        ).fetchall()
    assert ledger == [
        ("100.05", "0.00"),
        ("0.00", "0.07"),
        ("90071992547409.93", "0.00"),
        ("0.00", "1.00"),
    ]
    assert balance == (0, 9_007_199_254_750_998, 107, 9_007_199_254_750_891, "90071992547508.91")
    assert dues_row == ("一厂", 3, 3_150, "31.50")


@pytest.mark.parametrize(
    ("fen", "yuan"),
    [
        (0, "0.00"),
        (-1, "-0.01"),
        (-100, "-1.00"),
        (-12_345, "-123.45"),
        (2**63 - 1, "92233720368547758.07"),
        (-(2**63), "-92233720368547758.08"),
        (None, None),
    ],
)
def test_yuan_are_exact(store: SqlStore, path: Path, fen: int | None, yuan: str | None) -> None:
    """Yuan are made of whole numbers, over all 64 bits."""
    store.commit(batch("d", filled("d", "decision", {"benefit_fen": fen})))
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT benefit_yuan FROM report_benefits").fetchall() == [(yuan,)]


def rows(path: Path, statement: str) -> list[tuple[Any, ...]]:
    """What a statement finds."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(statement).fetchall()


def test_trial_balance_carries_forward(store: SqlStore, path: Path) -> None:
    """Balances must be carried into the next period by first days, income must begin with nothing."""
    # The id of the earlier period sorts behind that of the later one; 2016 has no lines yet.
    periods = [
        filled(f"s/{name}", "period", {"scheme_id": "s", "first_day": datetime.date(year, 1, 1)})
        for name, year in (("z", 2014), ("b", 2015), ("c", 2016))
    ]
    moves = [
        ("z", "bank", None, 100, 0),
        ("z", "contribution", "member", 0, 100),
        ("b", "bank", None, 7, 30),
        ("b", "contribution", "union", 0, 7),
        ("b", "benefit", None, 30, 0),
    ]
    lines = [
        filled(
            f"e/{at}",
            "ledger_line",
            {
                "scheme_id": "s",
                "period_id": period,
                "entry_id": "e",
                "line": at,
                "booked_on": None,
                "title": title,
                "source": source,
                "debit_fen": debit,
                "credit_fen": credit,
            },
        )
        for at, (period, title, source, debit, credit) in enumerate(moves)
    ]
    store.commit(batch("balance", *periods, *lines))
    assert rows(
        path,
        "SELECT period, title, source, opening_fen, debit_fen, credit_fen, closing_fen"
        " FROM report_trial_balance",
    ) == [
        ("z", "bank", None, 0, 100, 0, 100),
        ("z", "contribution", "member", 0, 0, 100, -100),
        ("b", "bank", None, 100, 7, 30, 77),
        ("b", "benefit", None, 0, 30, 0, 30),
        ("b", "contribution", "union", 0, 0, 7, -7),
        ("c", "bank", None, 77, 0, 0, 77),
    ]


def test_benefits_by_unit(store: SqlStore, path: Path) -> None:
    """Granted and paid must be summed by the member's unit, and persons counted, not named."""
    enrolments = [
        filled(f"s/p/m-{who}", "enrolment", {"scheme_id": "s", "unit_id": unit})
        for who, unit in ((1, "u/1"), (2, "u/1"), (3, "u/2"))
    ]
    granted = [("a", 1, 1_005), ("b", 1, 20), ("c", 2, 300), ("d", 3, 7), ("e", 3, 0)]
    decisions = [
        filled(
            f"s/{name}",
            "decision",
            {
                "scheme_id": "s",
                "period_id": "p",
                "member_id": f"m-{who}",
                "claim_id": name,
                "benefit_fen": fen,
            },
        )
        for name, who, fen in granted
    ]
    payments = [
        filled(f"s/{name}/{at}", "payment", {"scheme_id": "s", "claim_id": name, "amount_fen": fen})
        for name, at, fen in (("a", 1, 1_000), ("a", 2, 5), ("c", 1, 300))
    ]
    unit = put("u/1", "unit", name="一厂")
    store.commit(batch("units", unit, *enrolments, *decisions, *payments))
    assert rows(path, "SELECT * FROM report_benefits_by_unit") == [
        ("s", "p", "u/1", "一厂", 3, 2, 1_325, 1_305, "13.25", "13.05"),
        ("s", "p", "u/2", None, 1, 1, 7, 0, "0.07", "0.00"),
    ]
    assert rows(path, "SELECT claim, paid_fen FROM report_benefits ORDER BY claim") == [
        ("a", 1_005),
        ("b", 0),
        ("c", 300),
        ("d", 0),
        ("e", 0),
    ]


@pytest.mark.usefixtures("store")
def test_no_report_names_a_member(path: Path) -> None:
    """No report must have a column of members but their count."""
    views = [name for (name,) in rows(path, "SELECT name FROM sqlite_master WHERE type = 'view'")]
    columns = {(view, row[1]) for view in views for row in rows(path, f"PRAGMA table_info({view})")}
    assert len(views) == 6
    assert {(view, name) for view, name in columns if "member" in name} == {
        ("report_benefits_by_unit", "members")
    }


@pytest.mark.usefixtures("store")
def test_benefits_report_has_no_members(path: Path) -> None:
    """The report of benefits names the claim and the reason, and no person."""
    with closing(sqlite3.connect(path)) as connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(report_benefits)")]
    assert {"claim", "outcome", "reason", "base_fen", "benefit_fen", "paid_on", "paid_fen"} <= set(columns)
    assert [name for name in columns if "member" in name] == []


@pytest.mark.usefixtures("store")
def test_counters_report_shows_the_store(path: Path) -> None:
    """The report of counters shows keys as text."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT * FROM report_counters").fetchall() == [("cap", 4, 0, 9, 1)]
