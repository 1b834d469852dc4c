"""The file backend keeps the contract."""

from functools import partial
from pathlib import Path

import pytest

from mutualaid_backends.file import open_file
from mutualaid_core.testing.storekit import Bench, StoreContract


class TestFile(StoreContract):
    """The kit on a folder; a second writer is not kept waiting for long."""

    @pytest.fixture
    def bench(self, place: Path) -> Bench:
        """A folder per test."""
        return Bench(f"file:///{place}/year", partial(open_file, wait_ms=100))
