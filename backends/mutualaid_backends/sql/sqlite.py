"""What is SQLite's own: how a connection is opened, set and checked, and who may write.

The driver's transaction control is off: every transaction begins by our own ``BEGIN``, a
writing one by ``BEGIN IMMEDIATE``. A lock on a side file is taken before it, because
SQLite's own waiting is unfair.
"""

import os
import sqlite3
from functools import partial
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from sqlalchemy import Connection, Engine, NullPool, create_engine, event
from sqlalchemy.exc import DBAPIError

from mutualaid_backends.place import refuse_network, sync_folder
from mutualaid_backends.sql.translate import translated
from mutualaid_core.errors import StoreBrokenError

APPLICATION_ID: Final = 0x4D416964
"""Marks the file as a store of this library (``MAid``)."""

BUSY_MS: Final = 30_000
STRICT_SINCE: Final = (3, 37, 0)
_FILE_MODE: Final = 0o600
_BEGIN: Final = "mutualaid_begin"

SETTINGS: Final = {
    "journal_mode": "wal",
    "synchronous": "2",
    "foreign_keys": "1",
    "busy_timeout": str(BUSY_MS),
    "fullfsync": "1",
    "checkpoint_fullfsync": "1",
    "trusted_schema": "0",
    "cell_size_check": "1",
    "wal_autocheckpoint": "4000",
    "cache_size": "-65536",
}
"""What each connection is set to and must answer when asked; ``synchronous`` 2 is FULL."""


def make_engine(path: Path, *, read_only: bool) -> Engine:
    """An engine on the database file; its connections are opened, set and checked.

    Raises:
        StoreBrokenError: SQLite is too old for strict tables.
    """
    if sqlite3.sqlite_version_info < STRICT_SINCE:
        raise StoreBrokenError("open", f"SQLite {sqlite3.sqlite_version} is too old", hint="3.37 or later")
    engine = create_engine(
        "sqlite+pysqlite://",
        creator=partial(_driver_connection, path, read_only=read_only),
        poolclass=NullPool,
        # A statement's values may be personal; they must not stand in a traceback.
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin)
    return engine


def _driver_connection(path: Path, *, read_only: bool) -> sqlite3.Connection:
    if not read_only and not path.exists():
        # For its owner alone: what it will hold is personal. The side files take the mode over.
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_CLOEXEC, _FILE_MODE))
    uri = f"file:{quote(str(path.absolute()))}?mode={'ro' if read_only else 'rwc'}"
    return sqlite3.connect(
        uri,
        uri=True,
        isolation_level=None,
        timeout=BUSY_MS / 1000,
        check_same_thread=False,
        cached_statements=512,
    )


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.info.get(_BEGIN, "BEGIN"))


def writing(connection: Connection) -> Any:  # noqa: ANN401 - SQLAlchemy's own transaction type
    """Begin a transaction that holds the write lock from its start."""
    connection.info[_BEGIN] = "BEGIN IMMEDIATE"
    return connection.begin()


def reading(connection: Connection) -> Any:  # noqa: ANN401 - SQLAlchemy's own transaction type
    """Begin a transaction that sees one moment."""
    connection.info[_BEGIN] = "BEGIN"
    return connection.begin()


def connect(engine: Engine, path: Path, *, read_only: bool) -> tuple[Connection, dict[str, str]]:
    """A connection with its settings made, and as the engine gives them back.

    Raises:
        StoreBrokenError: The file cannot be opened or is none of ours, a setting did not
            take, or the file system is not of this machine.
    """
    settings = {"file_system": refuse_network(path.parent), "sqlite": sqlite3.sqlite_version}
    try:
        connection = engine.connect()
        try:
            settings |= _set(connection, read_only=read_only)
        except BaseException:
            connection.close()
            raise
    except (DBAPIError, sqlite3.Error) as error:
        raise translated(error, "open") from error
    if not read_only:
        # SQLite makes its own side files durable by name, but not the database itself.
        sync_folder(path.parent)
    return connection, settings


def _set(connection: Connection, *, read_only: bool) -> dict[str, str]:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    _refuse_foreign(driver)
    if not read_only:
        driver.execute("PRAGMA journal_mode = WAL")
    for name, value in SETTINGS.items():
        if name != "journal_mode":
            driver.execute(f"PRAGMA {name} = {value}")
    driver.execute(f"PRAGMA query_only = {int(read_only)}")
    return read_back(driver)


def read_back(driver: sqlite3.Connection) -> dict[str, str]:
    """The settings as the engine gives them.

    Raises:
        StoreBrokenError: One differs from what is needed.
    """
    found = {name: str(driver.execute(f"PRAGMA {name}").fetchone()[0]) for name in SETTINGS}
    wrong = {name: value for name, value in found.items() if value != SETTINGS[name]}
    if wrong:
        told = ", ".join(f"{name} is {value}, must be {SETTINGS[name]}" for name, value in wrong.items())
        raise StoreBrokenError("open", f"unsafe engine settings: {told}")
    return found


def _refuse_foreign(driver: sqlite3.Connection) -> None:
    tables = driver.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    mark = driver.execute("PRAGMA application_id").fetchone()[0]
    if tables and mark != APPLICATION_ID:
        raise StoreBrokenError("open", "the database holds something else", hint="name a file of its own")
