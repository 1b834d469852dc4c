"""The memory backend keeps the contract."""

import pytest

from mutualaid_core.testing.storekit import Bench, StoreContract


class TestMemory(StoreContract):
    """The kit on a named store, so that a further handle finds it again."""

    @pytest.fixture
    def bench(self, request: pytest.FixtureRequest) -> Bench:
        """A name per test."""
        return Bench(f"memory:{request.node.nodeid}")
