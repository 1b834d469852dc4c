"""The memory backend: one lock, the rules of ``commit`` and nothing else.

It checks everything that any backend checks, and is the oracle that the others are held
against. What it holds ends with the process.
"""

import os
import threading
from collections.abc import Sequence
from typing import Final

import attrs

from mutualaid_backends.state import State, repeated
from mutualaid_core.errors import InvalidValueError, ReadOnlyError, StoreBrokenError
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

PREFIX: Final = "memory:"


@attrs.define
class _Shared:
    """A state with the lock that guards it."""

    state: State = attrs.field(factory=State)
    lock: threading.Lock = attrs.field(factory=threading.Lock)


_NAMED: Final[dict[str, _Shared]] = {}
_NAMES: Final = threading.Lock()


def open_memory(url: str, *, read_only: bool = False) -> "MemoryStore":
    """Open ``memory:`` (a fresh store each time) or ``memory:NAME`` (shared in the process).

    Args:
        url: ``memory:``, with a name for a store that several handles share and that is
            still there after the last one was closed, until the process ends.
        read_only: Whether ``commit`` shall refuse.

    Raises:
        InvalidValueError: *url* is no memory URL.
        StoreBrokenError: There is no store of that name, and *read_only* forbids to make it.
    """
    if not url.startswith(PREFIX):
        raise InvalidValueError("url", f"must begin with {PREFIX}", url)
    name = url.removeprefix(PREFIX)
    with _NAMES:
        if read_only and name not in _NAMED:
            raise StoreBrokenError("open", f"there is no store {url!r}", hint="open it for writing first")
        shared = _NAMED.setdefault(name, _Shared()) if name else _Shared()
    return MemoryStore(shared, read_only=read_only)


class MemoryStore:
    """A store in the memory of this process; any thread may use it."""

    def __init__(self, shared: _Shared, *, read_only: bool) -> None:
        """Keep the shared state; a handle of its own may be closed by itself."""
        self._shared = shared
        self._read_only = read_only
        self._closed = False
        self._pid = os.getpid()

    def get(self, refs: Sequence[Ref], counters: Sequence[str] = ()) -> Snapshot:
        """Records and counters by key, all of one moment."""
        with self._open("get").lock:
            return self._shared.state.get(refs, counters)

    def scan(self, query: Query) -> Page:
        """One page of records."""
        with self._open("scan").lock:
            return self._shared.state.scan(query)

    def feed(self, chain: str, after: int = 0, limit: int = PAGE_ROWS_MAX) -> tuple[Sealed, ...]:
        """Events of a chain above a position."""
        with self._open("feed").lock:
            return self._shared.state.feed(chain, after, limit)

    def commit(self, batch: Batch) -> Receipt:
        """Apply *batch* whole, once."""
        shared = self._open("commit")
        if self._read_only:
            raise ReadOnlyError
        with shared.lock:
            known = repeated(shared.state.receipts.get(batch.key), batch)
            return known or shared.state.install(shared.state.prepare(batch))

    def receipt(self, key: str) -> Receipt | None:
        """The receipt of a committed key."""
        with self._open("receipt").lock:
            return self._shared.state.receipt(key)

    def head(self, chain: str) -> Head:
        """Where a chain stands."""
        with self._open("head").lock:
            return self._shared.state.head(chain)

    def verify(self, *, deep: bool = False) -> Report:
        """Look the state over."""
        with self._open("verify").lock:
            return self._shared.state.report(deep=deep)

    def about(self) -> About:
        """Durability ``memory``; other processes never see it."""
        self._open("about")
        return About(
            backend="memory",
            durability=Durability.MEMORY,
            read_only=self._read_only,
            concurrent_writers=False,
            settings={},
        )

    def close(self) -> None:
        """Release the handle; a named store stays for others."""
        self._closed = True

    def _open(self, operation: str) -> _Shared:
        if self._closed:
            raise StoreBrokenError(operation, "the store is closed")
        if self._pid != os.getpid():
            # A copy that a fork made would diverge from its origin without a word.
            raise StoreBrokenError(operation, "the store was opened in another process")
        return self._shared
