"""The SQL backend keeps the contract on SQLite."""

from pathlib import Path

import pytest

from mutualaid_core.testing.storekit import Bench, StoreContract


class TestSqlite(StoreContract):
    """The kit on a database file."""

    @pytest.fixture
    def bench(self, place: Path) -> Bench:
        """A file per test."""
        return Bench(f"sqlite:///{place}/year.db")
