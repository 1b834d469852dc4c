"""The memory backend keeps the contract."""

from mutualaid_core.testing.storekit import StoreContract


class TestMemory(StoreContract):
    """The kit on a store named by the place, so that a further handle finds it again."""

    url = "memory:{place}"
