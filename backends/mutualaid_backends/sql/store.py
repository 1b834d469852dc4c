"""The SQL store: the nine methods of the port on one database."""

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError, IntegrityError

from mutualaid_backends.place import KernelLock, local_path, refuse_network
from mutualaid_backends.sql import migrate, sqlite
from mutualaid_backends.sql.commit import RefusedError, diagnose, write
from mutualaid_backends.sql.read import read_feed, read_page, read_snapshot
from mutualaid_backends.sql.rows import head_from, receipt_from
from mutualaid_backends.sql.tables import HEAD, RECEIPT
from mutualaid_backends.sql.translate import is_poison, translated
from mutualaid_backends.sql.verify import look_over
from mutualaid_core.errors import CommitUnknownError, ReadOnlyError, StoreBrokenError
from mutualaid_core.ports.batch import Batch, Ref, check_key
from mutualaid_core.ports.chain import Head, Sealed
from mutualaid_core.ports.store import (
    PAGE_ROWS_MAX,
    About,
    Durability,
    Page,
    Query,
    Receipt,
    Report,
    Snapshot,
    check_page,
)

TRIES: Final = 20
"""How often a batch is written that was refused though nothing speaks against it."""


def open_sql(url: str, *, read_only: bool = False, wait_ms: int = sqlite.BUSY_MS) -> "SqlStore":
    """Open ``sqlite:///relative.db`` or ``sqlite:////absolute.db``.

    Args:
        url: Where the database file is; it and its folders are made if they are not there.
        read_only: Whether ``commit`` shall refuse; the file must then exist.
        wait_ms: How long a commit waits for another writer, in milliseconds.

    Raises:
        InvalidValueError: *url* has another form.
        StoreBrokenError: The file is missing (for reading), none of ours, of another form,
            on a network file system, or the engine's settings are unsafe.
        StoreBusyError: Another process is making the store.
    """
    path = local_path(url, "sqlite")
    if read_only and not path.is_file():
        raise StoreBrokenError("open", f"there is no store at {url!r}", hint="open it for writing first")
    if not read_only:
        path.parent.mkdir(parents=True, exist_ok=True)
    refuse_network(path.parent)
    return SqlStore(path, read_only=read_only, wait_ms=wait_ms)


class SqlStore:
    """A store in one SQLite file; any thread may use it, each over a connection of its own."""

    def __init__(self, path: Path, *, read_only: bool, wait_ms: int) -> None:
        """Open the first connection and bring the database to the form that is known."""
        self._path, self._read_only = path, read_only
        self._engine = sqlite.make_engine(path, read_only=read_only)
        self._gate = KernelLock.at(path.with_name(path.name + "-gate"), wait_ms=wait_ms)
        self._threads = threading.local()
        self._connections: list[Connection] = []
        self._refusal = ""
        self._pid = os.getpid()
        try:
            self._settings = self._prepare()
        except BaseException:
            self.close()
            raise

    def _prepare(self) -> dict[str, str]:
        if self._read_only:
            with self._read("open") as connection:
                migrate.check(connection)
            return self._found
        # Two processes that make the same store at once would meet in the journal mode.
        with self._gate.held("open"), self._translating("open"):
            connection = self._connected()
            with sqlite.writing(connection):
                if migrate.current(connection) != migrate.HEAD_REVISION:
                    connection.exec_driver_sql(f"PRAGMA application_id = {sqlite.APPLICATION_ID}")
                    migrate.lift(connection)
                migrate.check(connection)
        return self._found

    def get(self, refs: Sequence[Ref], counters: Sequence[str] = ()) -> Snapshot:
        """Records and counters by key, all of one moment."""
        for key in counters:
            check_key("counter", key)
        with self._read("get") as connection:
            return read_snapshot(connection, refs, counters)

    def scan(self, query: Query) -> Page:
        """One page of records."""
        with self._read("scan") as connection:
            return read_page(connection, query)

    def feed(self, chain: str, after: int = 0, limit: int = PAGE_ROWS_MAX) -> tuple[Sealed, ...]:
        """Events of a chain above a position."""
        check_key("chain", chain)
        check_page(limit=limit, after=after)
        with self._read("feed") as connection:
            return read_feed(connection, chain, after, limit)

    def commit(self, batch: Batch) -> Receipt:
        """Apply *batch* whole, durably, once."""
        self._usable("commit")
        if self._read_only:
            raise ReadOnlyError
        with self._gate.held("commit"):
            for _ in range(TRIES):
                receipt = self._attempt(batch)
                if receipt is not None:
                    return receipt
        raise StoreBrokenError(
            "commit", "the database refuses what the rules allow", hint="run verify(deep=True)"
        )

    def _attempt(self, batch: Batch) -> Receipt | None:
        with self._translating("commit"):
            connection = self._connected()
            transaction = sqlite.writing(connection)
            try:
                receipt = write(connection, batch)
            except (RefusedError, IntegrityError):
                transaction.rollback()
                with sqlite.reading(connection):
                    return diagnose(connection, batch)
            except BaseException:
                transaction.rollback()
                raise
        try:
            transaction.commit()
        except BaseException as error:
            # The engine may have written the commit before it failed: nobody knows (C9, C10).
            self._refusal = "a commit ended in doubt; open the store again"
            self._let_go()
            raise CommitUnknownError(batch.key) from error
        return receipt

    def receipt(self, key: str) -> Receipt | None:
        """The receipt of a committed key."""
        check_key("key", key)
        with self._read("receipt") as connection:
            row = connection.execute(select(RECEIPT).where(RECEIPT.c.key == key.encode())).first()
        return None if row is None else receipt_from(row)

    def head(self, chain: str) -> Head:
        """Where a chain stands."""
        check_key("chain", chain)
        with self._read("head") as connection:
            row = connection.execute(select(HEAD).where(HEAD.c.chain == chain.encode())).first()
        return Head(chain=chain) if row is None else head_from(row)

    def verify(self, *, deep: bool = False) -> Report:
        """Look the database over."""
        with self._read("verify") as connection:
            return look_over(connection, deep=deep)

    def about(self) -> About:
        """Durability ``power``, and the settings as SQLite gave them back."""
        self._usable("about")
        return About(
            backend="sqlite",
            durability=Durability.POWER,
            read_only=self._read_only,
            concurrent_writers=True,
            settings=dict(self._settings),
        )

    def close(self) -> None:
        """Close every thread's connection."""
        self._refusal = self._refusal or "the store is closed"
        if self._pid == os.getpid():
            self._let_go()

    def _let_go(self) -> None:
        # A transaction that could not end would keep every other writer out.
        while self._connections:
            with suppress(DBAPIError):
                self._connections.pop().invalidate()
        self._engine.dispose()

    def _usable(self, operation: str) -> None:
        if self._refusal:
            raise StoreBrokenError(operation, self._refusal)
        if self._pid != os.getpid():
            # A connection that a fork copied damages the database of its origin.
            raise StoreBrokenError(operation, "the store was opened in another process")

    def _connected(self) -> Connection:
        connection: Connection | None = getattr(self._threads, "connection", None)
        if connection is None:
            connection, self._found = sqlite.connect(self._engine, self._path, read_only=self._read_only)
            self._threads.connection = connection
            self._connections.append(connection)
        return connection

    @contextmanager
    def _read(self, operation: str) -> Iterator[Connection]:
        self._usable(operation)
        with self._translating(operation):
            connection = self._connected()
            with sqlite.reading(connection):
                yield connection

    @contextmanager
    def _translating(self, operation: str) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            if is_poison(error):
                self._refusal = "the database failed; open the store again"
            raise translated(error, operation) from error
