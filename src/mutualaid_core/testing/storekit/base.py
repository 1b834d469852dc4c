"""The bench of a contract test: opens the store under test, again and again, and closes it."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar, Final

import attrs
import pytest

from mutualaid_core.ports.discovery import open_store
from mutualaid_core.ports.store import Store

RAM: Final = Path("/dev/shm")  # noqa: S108 - a folder in memory, where there is one


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


@contextmanager
def quick_folder(otherwise: Path) -> Iterator[Path]:
    """A folder in memory where there is one, else *otherwise*: the flushes stay, and cost nothing."""
    if not RAM.is_dir():
        yield otherwise
        return
    with tempfile.TemporaryDirectory(dir=RAM) as name:
        yield Path(name)


class Workbench:
    """The fixtures of the kit; a backend's test class says its ``url`` and what it cannot do.

    Attributes:
        url: Where the store of one test lies; ``{place}`` stands for a folder of its own.
        opener: What opens it; ``open_store`` unless told.
    """

    url: ClassVar[str]
    opener: Callable[..., Store] = staticmethod(open_store)

    @pytest.fixture
    def bench(self, tmp_path: Path) -> Iterator[Bench]:
        """Where the store of one test lies, with a place of its own; may be overridden."""
        with quick_folder(tmp_path) as place:
            yield Bench(self.url.format(place=place), self.opener)

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
