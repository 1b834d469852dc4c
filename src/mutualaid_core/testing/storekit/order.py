"""C6 and C11: chains without gap, in the order of commits, never rewritten."""

import threading

import pytest

from mutualaid_core.errors import AlreadyExistsError
from mutualaid_core.ports.chain import ORIGIN, Head, link_hash
from mutualaid_core.ports.store import Store
from mutualaid_core.testing.builders import CHAIN, batch, event, put
from mutualaid_core.testing.storekit.base import Bench, Workbench


class Order(Workbench):
    """C6 and C11 one by one."""

    @pytest.mark.parametrize("sizes", [(1,), (1, 1, 1), (3,), (2, 3, 1), (7, 1, 8), (0, 2, 0, 1)])
    def test_positions_have_no_gap(self, store: Store, sizes: tuple[int, ...]) -> None:
        """C6: Positions are 1, 2, 3 … over any batches."""
        for number, size in enumerate(sizes):
            store.commit(batch(f"k{number}", *(event(b"%d" % at) for at in range(size))))
        assert [sealed.position for sealed in store.feed(CHAIN)] == list(range(1, sum(sizes) + 1))

    def test_events_keep_the_order_given(self, store: Store) -> None:
        """C6: Events of one batch come in the order given, over any chains."""
        store.commit(batch("k", event(b"1", "b"), event(b"2", "a"), event(b"3", "b"), event(b"4", "a")))
        assert [sealed.body for sealed in store.feed("a")] == [b"2", b"4"]
        assert [sealed.body for sealed in store.feed("b")] == [b"1", b"3"]

    def test_refusal_leaves_no_gap(self, store: Store) -> None:
        """C6: A refused batch uses no position up."""
        store.commit(batch("j", put("a"), event(b"1")))
        for number in range(3):
            with pytest.raises(AlreadyExistsError):
                store.commit(batch(f"no{number}", put("a"), event(b"lost")))
        store.commit(batch("k", event(b"2")))
        assert [(sealed.position, sealed.body) for sealed in store.feed(CHAIN)] == [(1, b"1"), (2, b"2")]

    def test_repetition_leaves_no_gap(self, store: Store) -> None:
        """C6: A repeated key uses no position up."""
        for _ in range(3):
            store.commit(batch("k", event(b"1")))
        assert store.head(CHAIN).position == 1

    def test_each_event_is_linked_to_the_one_before(self, store: Store) -> None:
        """C6: An event's hash covers its place, its body and the event before."""
        for number in range(3):
            store.commit(batch(f"k{number}", event(b"%d" % number)))
        prev = ORIGIN
        for sealed in store.feed(CHAIN):
            assert sealed.prev == prev
            prev = link_hash(chain=CHAIN, position=sealed.position, prev=prev, body=sealed.body)
            assert sealed.hash == prev

    @pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 5, 8, 15, 16, 17])
    def test_head_fits_the_events(self, store: Store, count: int) -> None:
        """C6: The head stands where its events lead, tree and all."""
        head = Head(chain=CHAIN)
        for number in range(count):
            store.commit(batch(f"k{number}", event(b"%d" % number)))
            head = head.sealing(b"%d" % number)
        assert store.head(CHAIN) == head

    def test_event_tells_its_batch_and_index(self, store: Store) -> None:
        """C6: An event comes back with the key of its batch and its index fields."""
        given = event(b"body", act="pay", actor="clerk", recorded_at_us=7, subject="claim/1")
        store.commit(batch("k", given))
        (sealed,) = store.feed(CHAIN)
        assert (sealed.batch_key, sealed.body, sealed.index) == ("k", b"body", given.index)

    @pytest.mark.parametrize(
        ("after", "limit", "expected"),
        [(0, 1, [1]), (0, 3, [1, 2, 3]), (2, 2, [3, 4]), (4, 10, [5]), (5, 10, []), (99, 1, [])],
    )
    def test_feed_is_read_in_pages(self, store: Store, after: int, limit: int, expected: list[int]) -> None:
        """C6: The feed gives the events above a position, no more than the limit."""
        store.commit(batch("k", *(event(b"e") for _ in range(5))))
        assert [sealed.position for sealed in store.feed(CHAIN, after, limit)] == expected

    def test_unknown_chain_is_empty(self, store: Store) -> None:
        """C6: An unknown chain has no events and a head at position 0."""
        assert (list(store.feed("none")), store.head("none")) == ([], Head(chain="none"))

    def test_reader_sees_no_gap_beside_a_writer(self, bench: Bench, store: Store) -> None:
        """C6: A reader beside a writer that sees an event has seen all before it."""
        seen: list[int] = []

        def read() -> None:
            reader = bench.opener(bench.url, read_only=True)
            while len(seen) < events:
                seen.extend(sealed.position for sealed in reader.feed(CHAIN, after=len(seen)))
            reader.close()

        events = 40
        store.commit(batch("first", event(b"e")))
        thread = threading.Thread(target=read)
        thread.start()
        for number in range(1, events):
            store.commit(batch(f"k{number}", event(b"e")))
        thread.join(timeout=60)
        assert seen == list(range(1, events + 1))

    def test_no_verb_touches_an_event(self, store: Store) -> None:
        """C11: Whatever is committed later, an event stays as it was."""
        store.commit(batch("k", event(b"1"), put("a")))
        before = list(store.feed(CHAIN))
        store.commit(batch("l", event(b"2"), put("a", expect=1)))
        store.commit(batch("k", event(b"3")))
        assert before == list(store.feed(CHAIN, limit=1))
