"""Meanwhile (同时): a store in which somebody else acts between the reading and the commit of an act."""

from collections.abc import Callable
from typing import Any

from mutualaid_core.ports.batch import Batch
from mutualaid_core.ports.store import Receipt, Store


class Meanwhile:
    """A store in which another acts once, just before the first commit of the act under test.

    Args:
        store: The real store, on which both act.
        act: What the other does.
    """

    def __init__(self, store: Store, act: Callable[[], object]) -> None:
        """Take the store and the act of the other."""
        self._store = store
        self._act: Callable[[], object] | None = act

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # whatever the store has
        """What the store itself does."""
        return getattr(self._store, name)

    def commit(self, batch: Batch) -> Receipt:
        """Commit after the other has acted."""
        act, self._act = self._act, None
        if act is not None:
            act()
        return self._store.commit(batch)
