"""The SQL backend keeps the contract on SQLite."""

from mutualaid_core.testing.storekit import StoreContract


class TestSqlite(StoreContract):
    """The kit on a database file."""

    url = "sqlite:///{place}/year.db"
