"""C1: a batch takes effect whole or not at all."""

import pytest

from mutualaid_core.errors import BoundExceededError, ConflictError
from mutualaid_core.ports.batch import Add, Check
from mutualaid_core.ports.store import Store
from mutualaid_core.testing.builders import (
    CHAIN,
    FIXED_KIND,
    Part,
    batch,
    bound,
    event,
    held,
    put,
    ref,
    value_of,
)
from mutualaid_core.testing.storekit.base import Workbench

GOOD: tuple[Part, ...] = (
    put("new", body=b"1"),
    put("old", expect=1, body=b"2"),
    bound("fresh", 0, 9),
    Add("known", 3),
    event(b"e"),
)
"""Parts that fit the store that ``world`` makes."""

FAULTS: dict[str, Part] = {
    "a record that is there already": put("there"),
    "an append-only record that is there already": put("taken", FIXED_KIND),
    "a record that is not there": put("nowhere", expect=1),
    "an older version": put("there", expect=2),
    "a check of an older version": Check(ref("there"), 2),
    "a check of a record as absent": Check(ref("there"), 0),
    "a check of a record that is not there": Check(ref("nowhere"), 1),
    "a counter that is there already": bound("other", 0, 1),
    "bounds of another version": bound("other", 0, 1, expect=2),
    "bounds of a counter that is not there": bound("none", 0, 1, expect=1),
    "bounds that exclude the value": bound("full", 0, 1, expect=1),
    "an add above the bounds": Add("full", 1),
    "an add below the bounds": Add("other", -1),
    "an add to a counter that is not there": Add("none", 0),
}
"""A part that does not fit, by what is wrong with it."""


def world(store: Store) -> None:
    """What the store holds before the batch of each test."""
    store.commit(
        batch(
            "world",
            put("old"),
            put("there"),
            put("taken", FIXED_KIND),
            bound("known", 0, 9),
            bound("other", 0, 9),
            bound("full", 0, 5),
            Add("full", 5),
            event(b"first"),
        )
    )


class Atomic(Workbench):
    """C1 one by one."""

    def test_whole_batch_takes_effect(self, store: Store) -> None:
        """C1: Every part of a batch takes effect."""
        world(store)
        store.commit(batch("k", *GOOD))
        found = held(store, "new"), held(store, "old")
        assert [record and (record.version, record.body) for record in found] == [(1, b"1"), (2, b"2")]
        assert (value_of(store, "known"), store.get([], ["fresh"]).counters["fresh"].hi) == (3, 9)
        assert [sealed.body for sealed in store.feed(CHAIN)] == [b"first", b"e"]

    @pytest.mark.parametrize("fault", FAULTS)
    @pytest.mark.parametrize("is_first", [True, False], ids=["first", "last"])
    def test_refused_batch_leaves_no_trace(self, store: Store, fault: str, *, is_first: bool) -> None:
        """C1: One part that does not fit keeps every other part from taking effect."""
        world(store)
        before = _everything(store)
        parts = (FAULTS[fault], *GOOD) if is_first else (*GOOD, FAULTS[fault])
        with pytest.raises((ConflictError, BoundExceededError)):
            store.commit(batch("k", *parts))
        assert before == _everything(store)

    @pytest.mark.parametrize("fault", FAULTS)
    def test_store_works_on_after_a_refusal(self, store: Store, fault: str) -> None:
        """C1: After a refusal the same key may bring a batch that fits."""
        world(store)
        with pytest.raises((ConflictError, BoundExceededError)):
            store.commit(batch("k", FAULTS[fault], *GOOD))
        receipt = store.commit(batch("k", *GOOD, fingerprint=b"corrected"))
        assert (receipt.replayed, receipt.positions) == (False, {CHAIN: 2})

    def test_empty_batch_is_a_commit(self, store: Store) -> None:
        """C1: A batch with nothing but a key and an outcome is committed."""
        receipt = store.commit(batch("k", outcome=b"refused"))
        assert (receipt.outcome, receipt.positions) == (b"refused", {})
        assert store.verify(deep=True).is_whole

    def test_caller_cannot_reach_into_the_store(self, store: Store) -> None:
        """C1: What a caller does to a batch or an answer afterwards does not reach the store."""
        part = put("claim", state="open")
        store.commit(batch("k", part))
        part.index["state"] = "paid"  # type: ignore[index]  # what a careless caller might do
        found = held(store, "claim")
        assert found is not None
        found.index["period_id"] = "other"  # type: ignore[index]  # as above
        again = held(store, "claim")
        assert again is not None
        assert (again.index["state"], again.index["period_id"]) == ("open", None)


def _everything(store: Store) -> tuple[object, ...]:
    refs = [ref("new"), ref("old"), ref("there"), ref("nowhere"), ref("taken", FIXED_KIND)]
    snapshot = store.get(refs, ["known", "other", "full", "fresh", "none"])
    return snapshot, store.head(CHAIN), store.feed(CHAIN), store.receipt("k"), store.verify(deep=True)
