"""C: a state machine sends generated histories to the store and to an oracle, reads included.

The oracle is a fresh ``memory:`` store, found by its entry point like any other. All
histories of a test go into the same two stores, each under keys of its own.
"""

import itertools
from collections.abc import Sequence
from functools import partial

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from mutualaid_core.ports.batch import Batch, Ref
from mutualaid_core.ports.discovery import open_store
from mutualaid_core.ports.kinds import kind_named
from mutualaid_core.ports.store import Query, Store
from mutualaid_core.testing.agreement import World, answer, picture
from mutualaid_core.testing.batches import CHAINS, COUNTERS, batches
from mutualaid_core.testing.storekit.base import Workbench

_KINDS = ("claim", "unique", "decision")
_NAMES = ("a", "A", "a ", "é")
_KEYS = tuple(f"k{number}" for number in range(12))

_STEPS_MIN = 15
"""Steps of a history in the fast profile; the full one has 100."""


class Model(RuleBasedStateMachine):
    """One history, on stores that are the same before it."""

    def __init__(self, stores: Sequence[Store], space: str) -> None:
        """Lay out the world of this history.

        Args:
            stores: The oracle and the store under test.
            space: Put before every key.
        """
        super().__init__()
        self._stores, self._space, self._last = stores, space, _KEYS[0]
        self._versions = {Ref(kind, space + name): 0 for kind in _KINDS for name in _NAMES}

    @rule(data=st.data(), key=st.sampled_from(_KEYS))
    def commit(self, data: st.DataObject, key: str) -> None:
        """The same batch, the same receipt or the same refusal."""
        self._last = key
        made: Batch = data.draw(batches(self._versions, key, self._space))
        one, other = [answer(partial(store.commit, made)) for store in self._stores]
        assert one == other
        records = self._stores[0].get(list(self._versions)).records
        self._versions = {ref: records[ref].version if ref in records else 0 for ref in self._versions}

    @rule(limit=st.integers(1, 4), kind=st.sampled_from(_KINDS), data=st.data())
    def scan(self, limit: int, kind: str, data: st.DataObject) -> None:
        """The same page."""
        field = data.draw(st.sampled_from([None, *(name for name, _ in kind_named(kind).index)]))
        query = Query(kind=kind, field=field, limit=limit)
        one, other = [store.scan(query) for store in self._stores]
        assert one == other

    @invariant()
    def agree(self) -> None:
        """Records, counters, chains, heads and the receipt of the last key are the same."""
        self._compare([self._last])

    def teardown(self) -> None:
        """Compare every receipt too."""
        self._compare(_KEYS)

    def _compare(self, keys: Sequence[str]) -> None:
        counters, chains, used = ([self._space + name for name in part] for part in (COUNTERS, CHAINS, keys))
        world = World(list(self._versions), counters, chains, used)
        one, other = [picture(store, world) for store in self._stores]
        assert one == other


class Modelled(Workbench):
    """Family C: the store is held against the oracle."""

    def test_store_agrees_with_the_oracle(self, store: Store) -> None:
        """C1: In any history the store answers as the oracle does."""
        oracle = open_store("memory:")
        spaces = itertools.count()
        steps = settings(stateful_step_count=max(_STEPS_MIN, settings().max_examples // 20))
        run_state_machine_as_test(
            lambda: Model((oracle, store), f"{next(spaces)}/"),  # type: ignore[arg-type]  # any maker will do
            settings=steps,
        )
        assert oracle.verify(deep=True) == store.verify(deep=True)
