"""The file backend keeps the contract."""

from mutualaid_core.testing.storekit import StoreContract


class TestFile(StoreContract):
    """The kit on a folder."""

    url = "file:///{place}/year"
