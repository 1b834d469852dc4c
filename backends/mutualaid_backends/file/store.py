"""The file store: the log on the disk, the rules and the index in memory.

One process writes at a time and holds the folder's lock as long as its handle is open.
Readers take no lock: before each answer they read on in the log, so they may see a batch in
the moment between its write and its flush.

Limits: one machine; everything is held in memory; whole lines that are cut off the end are
only found by a head that was kept elsewhere.
"""

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from mutualaid_backends.file import log
from mutualaid_backends.file.operations import FileOperations, RealFolder
from mutualaid_backends.place import KernelLock, local_path, refuse_network, sync_folder
from mutualaid_backends.state import State, repeated
from mutualaid_core.errors import MutualAidError, ReadOnlyError, StoreBrokenError
from mutualaid_core.ports.batch import Batch, Ref
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
)

WAIT_MS: Final = 10_000
_FOLDER_MODE: Final = 0o700


def open_file(
    url: str, *, read_only: bool = False, wait_ms: int = WAIT_MS, segment_bytes: int = log.SEGMENT_BYTES
) -> "FileStore":
    """Open ``file:///relative/folder`` or ``file:////absolute/folder``.

    Args:
        url: Where the folder is; it and those above it are made if they are not there.
        read_only: Whether ``commit`` shall refuse; the folder must then exist.
        wait_ms: How long to wait for another writer to close, in milliseconds.
        segment_bytes: Size from which on a further segment is begun.

    Raises:
        InvalidValueError: *url* has another form.
        StoreBrokenError: The folder is missing (for reading), holds something else, or is
            damaged, or lies on a network file system.
        StoreBusyError: Another writer has the store open.
    """
    path = local_path(url, "file")
    if read_only:
        if not (path / log.FORMAT).is_file():
            raise _missing(url)
        return FileStore(RealFolder(path), None, log.Log(RealFolder(path)), refuse_network(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.mkdir(mode=_FOLDER_MODE, exist_ok=True)
    sync_folder(path.parent)
    file_system = refuse_network(path)
    lock = KernelLock.at(path / log.LOCK, wait_ms=wait_ms)
    lock.take("open")
    folder = RealFolder(path)
    return FileStore(folder, lock, log.Log(folder, segment_bytes), file_system)


class FileStore:
    """A store in a folder; any thread may use it."""

    def __init__(
        self, folder: FileOperations, lock: KernelLock | None, lines: log.Log, file_system: str
    ) -> None:
        """Read the log; a writer settles it before anything is answered.

        Args:
            folder: The disk below.
            lock: The folder's lock, taken; ``None`` for a reader.
            lines: The log on that folder, not read yet.
            file_system: What the folder lies on.
        """
        self._folder, self._lock, self._log, self._file_system = folder, lock, lines, file_system
        self._state = State()
        self._thread = threading.RLock()
        self._closed = False
        self._pid = os.getpid()
        try:
            self._open()
        except BaseException:
            self.close()
            raise

    def _open(self) -> None:
        try:
            if not log.is_made(self._folder):
                if self._lock is None:
                    raise _missing(log.FORMAT)
                log.make(self._folder)
            _replay(self._log, self._state)
            if self._lock is not None:
                self._log.settle()
        except OSError as error:
            raise StoreBrokenError("open", "the disk refused") from error

    def get(self, refs: Sequence[Ref], counters: Sequence[str] = ()) -> Snapshot:
        """Records and counters by key, all of one moment."""
        with self._read("get") as state:
            return state.get(refs, counters)

    def scan(self, query: Query) -> Page:
        """One page of records."""
        with self._read("scan") as state:
            return state.scan(query)

    def feed(self, chain: str, after: int = 0, limit: int = PAGE_ROWS_MAX) -> tuple[Sealed, ...]:
        """Events of a chain above a position."""
        with self._read("feed") as state:
            return state.feed(chain, after, limit)

    def commit(self, batch: Batch) -> Receipt:
        """Apply *batch* whole, durably, once."""
        with self._thread:
            self._usable("commit")
            if self._lock is None:
                raise ReadOnlyError
            known = repeated(self._state.receipts.get(batch.key), batch)
            if known is not None:
                return known
            change = self._state.prepare(batch)
            self._log.append(batch)
            return self._state.install(change)

    def receipt(self, key: str) -> Receipt | None:
        """The receipt of a committed key."""
        with self._read("receipt") as state:
            return state.receipt(key)

    def head(self, chain: str) -> Head:
        """Where a chain stands."""
        with self._read("head") as state:
            return state.head(chain)

    def verify(self, *, deep: bool = False) -> Report:
        """Look the state over; with *deep* the whole log is read again and compared."""
        with self._read("verify") as state:
            report = state.report(deep=deep)
            faults = self._log_faults() if deep else ()
        return Report(checked=report.checked, faults=(*report.faults, *faults))

    def _log_faults(self) -> Iterator[str]:
        again, lines = State(), log.Log(self._folder)
        try:
            _replay(lines, again)
        except StoreBrokenError as error:
            yield str(error)
        else:
            if again != self._state:
                yield "the log on the disk is not the one that was read"
            if lines.torn_bytes:
                yield f"{lines.torn_bytes} bytes at the end of the log make up no whole line"

    def about(self) -> About:
        """Durability ``power``; one writer at a time."""
        self._usable("about")
        return About(
            backend="file",
            durability=Durability.POWER,
            read_only=self._lock is None,
            concurrent_writers=False,
            settings={"file_system": self._file_system, "segment_bytes": str(self._log.segment_bytes)},
        )

    def close(self) -> None:
        """Let go of the folder and let the next writer in."""
        if not self._closed and self._pid == os.getpid():
            self._folder.close()
            if self._lock is not None:
                self._lock.free()
        self._closed = True

    @contextmanager
    def _read(self, operation: str) -> Iterator[State]:
        with self._thread:
            self._usable(operation)
            if self._lock is None:
                _replay(self._log, self._state)
            yield self._state

    def _usable(self, operation: str) -> None:
        if self._closed or self._log.refusal:
            raise StoreBrokenError(operation, self._log.refusal or "the store is closed")
        if self._pid != os.getpid():
            # The lock belongs to the process that opened the store.
            raise StoreBrokenError(operation, "the store was opened in another process")


def _missing(where: str) -> StoreBrokenError:
    return StoreBrokenError(
        "open", f"there is no store: {where} is missing", hint="open it for writing first"
    )


def _replay(lines: log.Log, state: State) -> None:
    for batch in lines.read():
        try:
            state.install(state.prepare(batch))
        except MutualAidError as error:
            raise StoreBrokenError("open", f"the batch {batch.key!r} in the log breaks the rules") from error
