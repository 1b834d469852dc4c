"""The contract kit: proves that a backend keeps the rules C1 to C12.

A backend's test file is a class with one line::

    class TestMine(StoreContract):
        url = "mine:///{place}/store"

What a backend cannot do is said by a further fixture (``durable``, ``read_only``,
``concurrent_writers``); the kit then tests that it says so honestly. Every test names its
rule in its first sentence.
"""

import pytest

_PARTS = (
    "atomic",
    "base",
    "counters",
    "hostile",
    "lifecycle",
    "model",
    "once",
    "opaque",
    "order",
    "reads",
    "versions",
)
pytest.register_assert_rewrite(*(f"{__name__}.{part}" for part in _PARTS))

from mutualaid_core.testing.storekit.atomic import Atomic  # noqa: E402 - after the rewriting is asked for
from mutualaid_core.testing.storekit.base import Bench, Workbench  # noqa: E402 - as above
from mutualaid_core.testing.storekit.counters import Bounds, Counters  # noqa: E402 - as above
from mutualaid_core.testing.storekit.hostile import Hostile  # noqa: E402 - as above
from mutualaid_core.testing.storekit.lifecycle import Honesty, Lifecycle  # noqa: E402 - as above
from mutualaid_core.testing.storekit.model import Modelled  # noqa: E402 - as above
from mutualaid_core.testing.storekit.once import Once, Receipts  # noqa: E402 - as above
from mutualaid_core.testing.storekit.opaque import Limits, Opaque  # noqa: E402 - as above
from mutualaid_core.testing.storekit.order import Order  # noqa: E402 - as above
from mutualaid_core.testing.storekit.reads import Pages, Reads  # noqa: E402 - as above
from mutualaid_core.testing.storekit.versions import Checks, Versions  # noqa: E402 - as above


class StoreContract(
    Atomic,
    Once,
    Receipts,
    Versions,
    Checks,
    Counters,
    Bounds,
    Order,
    Reads,
    Pages,
    Opaque,
    Limits,
    Lifecycle,
    Honesty,
    Hostile,
    Modelled,
    Workbench,
):
    """Families A, B and C; a backend's test class inherits from it and says its ``url``."""


__all__ = ["Bench", "StoreContract"]
