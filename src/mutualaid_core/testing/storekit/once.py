"""C3: exactly once per idempotency key."""

import pytest

from mutualaid_core.errors import ConflictError, KeyReusedError
from mutualaid_core.ports.batch import Add
from mutualaid_core.ports.store import Store
from mutualaid_core.testing.builders import CHAIN, Part, batch, bound, event, held, put, value_of
from mutualaid_core.testing.storekit.atomic import FAULTS, world
from mutualaid_core.testing.storekit.base import Bench, Workbench

EFFECTS: dict[str, tuple[Part, ...]] = {
    "nothing": (),
    "a put": (put("a"),),
    "an add": (Add("known", 1),),
    "bounds": (bound("fresh", 0, 1),),
    "an event": (event(b"e"),),
    "all of them": (put("a"), Add("known", 1), bound("fresh", 0, 1), event(b"e"), event(b"f")),
}
"""What a batch may bring, by name."""


class Once(Workbench):
    """C3 one by one."""

    @pytest.mark.parametrize("effect", EFFECTS)
    def test_repetition_answers_the_first_receipt(self, store: Store, effect: str) -> None:
        """C3: A repeated key with the same fingerprint gets the first receipt, marked as a repetition."""
        world(store)
        first = store.commit(batch("k", *EFFECTS[effect], outcome=b"done"))
        again = store.commit(batch("k", *EFFECTS[effect], outcome=b"done"))
        assert (first, first.replayed, again.replayed) == (again, False, True)

    @pytest.mark.parametrize("effect", EFFECTS)
    def test_repetition_has_no_effect(self, store: Store, effect: str) -> None:
        """C3: A repeated key changes nothing."""
        world(store)
        store.commit(batch("k", *EFFECTS[effect]))
        before = value_of(store, "known"), store.head(CHAIN), held(store, "a")
        store.commit(batch("k", *EFFECTS[effect]))
        assert before == (value_of(store, "known"), store.head(CHAIN), held(store, "a"))

    @pytest.mark.parametrize("effect", EFFECTS)
    def test_other_content_is_refused(self, store: Store, effect: str) -> None:
        """C3: A known key with another fingerprint is refused by name and changes nothing."""
        world(store)
        store.commit(batch("k", *EFFECTS[effect]))
        before = value_of(store, "known"), store.head(CHAIN), held(store, "a")
        with pytest.raises(KeyReusedError) as refusal:
            store.commit(batch("k", *EFFECTS[effect], fingerprint=b"other"))
        assert refusal.value.key == "k"
        assert before == (value_of(store, "known"), store.head(CHAIN), held(store, "a"))

    @pytest.mark.parametrize("fault", FAULTS)
    def test_key_is_looked_at_before_anything_else(self, store: Store, fault: str) -> None:
        """C3: A repeated key is answered even where its batch would be refused today."""
        world(store)
        first = store.commit(batch("k", outcome=b"first"))
        assert first == store.commit(batch("k", FAULTS[fault]))

    @pytest.mark.parametrize("fault", FAULTS)
    def test_reused_key_wins_over_other_faults(self, store: Store, fault: str) -> None:
        """C3: A reused key is the fault that is raised, whatever else is wrong."""
        world(store)
        store.commit(batch("k"))
        with pytest.raises(KeyReusedError):
            store.commit(batch("k", FAULTS[fault], fingerprint=b"other"))

    def test_decided_refusal_burns_its_key(self, store: Store) -> None:
        """C3: A refusal committed under a key cannot become a yes by trying again."""
        store.commit(batch("k", outcome=b"refused"))
        again = store.commit(batch("k", put("a"), outcome=b"granted"))
        assert (again.outcome, held(store, "a")) == (b"refused", None)

    def test_refused_batch_burns_nothing(self, store: Store) -> None:
        """C3: A batch that the store refused leaves its key free."""
        store.commit(batch("one", put("a")))
        with pytest.raises(ConflictError):
            store.commit(batch("k", put("a")))
        assert store.receipt("k") is None


class Receipts(Workbench):
    """C3, the receipts."""

    def test_receipt_is_found_by_key(self, store: Store) -> None:
        """C3: ``receipt`` answers what the commit answered, marked as a repetition."""
        receipt = store.commit(batch("k", event(b"1"), event(b"2", chain="b"), outcome=b"done"))
        found = store.receipt("k")
        assert (found, found and found.replayed) == (receipt, True)

    def test_positions_name_the_last_event_of_each_chain(self, store: Store) -> None:
        """C3: The receipt names the last position in each chain that the batch appended to."""
        store.commit(batch("j", event(b"0", chain="b")))
        receipt = store.commit(batch("k", event(b"1"), event(b"2", chain="b"), event(b"3")))
        assert receipt.positions == {CHAIN: 2, "b": 2}

    def test_unknown_key_has_no_receipt(self, store: Store) -> None:
        """C3: An unknown key has no receipt."""
        assert store.receipt("k") is None

    @pytest.mark.parametrize("twin", ["K", "k ", " k", "\uff4b", "k\u0301", "k\x00"])
    def test_keys_are_not_folded(self, store: Store, twin: str) -> None:
        """C3: A key that merely looks alike is another key."""
        store.commit(batch("k", outcome=b"first"))
        assert store.commit(batch(twin, outcome=b"second")).outcome == b"second"

    def test_key_is_kept_over_reopening(self, bench: Bench, store: Store, *, durable: bool) -> None:
        """C3: A reopened durable store still knows its keys; any other has forgotten them."""
        store.commit(batch("k", outcome=b"first"))
        again = bench.reopen().commit(batch("k", outcome=b"second"))
        assert (again.replayed, again.outcome) == ((True, b"first") if durable else (False, b"second"))

    def test_fingerprint_is_kept_over_reopening(self, bench: Bench, store: Store, *, durable: bool) -> None:
        """C3: A reopened durable store still refuses other content under a known key."""
        store.commit(batch("k"))
        reopened = bench.reopen()
        if durable:
            with pytest.raises(KeyReusedError):
                reopened.commit(batch("k", fingerprint=b"other"))
        else:
            assert not reopened.commit(batch("k", fingerprint=b"other")).replayed
