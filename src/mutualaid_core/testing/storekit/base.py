"""The bench of a contract test: opens the store under test, again and again, and closes it."""

from collections.abc import Callable, Iterator

import attrs
import pytest

from mutualaid_core.ports.discovery import open_store
from mutualaid_core.ports.store import Store


@attrs.define
class Bench:
    """A place where no store was yet, and the way to open one there.

    Attributes:
        url: What is opened.
        opener: Called with *url* and ``read_only``; ``open_store`` unless told.
    """

    url: str
    opener: Callable[..., Store] = open_store
    _handles: list[Store] = attrs.field(factory=list)

    def open(self, *, read_only: bool = False) -> Store:
        """A further handle on the store; the first one makes it."""
        store = self.opener(self.url, read_only=read_only)
        self._handles.append(store)
        return store

    def close(self) -> None:
        """Close every handle."""
        while self._handles:
            self._handles.pop().close()

    def reopen(self) -> Store:
        """Close every handle and open the store again."""
        self.close()
        return self.open()


class Workbench:
    """The fixtures of the kit; a backend's test class overrides ``bench`` and what it cannot do."""

    @pytest.fixture
    def bench(self) -> Bench:
        """Where the store of one test lies; to be overridden, with a place of its own per test."""
        raise NotImplementedError

    @pytest.fixture
    def durable(self) -> bool:
        """Whether a store that was closed is the same when it is opened again."""
        return True

    @pytest.fixture
    def read_only(self) -> bool:
        """Whether a store can be opened for reading alone."""
        return True

    @pytest.fixture
    def concurrent_writers(self, store: Store) -> bool:
        """Whether a second handle may write beside the first; what the store says of itself."""
        return store.about().concurrent_writers

    @pytest.fixture
    def store(self, bench: Bench) -> Iterator[Store]:
        """A fresh store, closed after the test with every other handle on it."""
        yield bench.open()
        bench.close()
