"""C2, C9, C10 and C12: closing, reopening, reading alone, and honest answers about itself."""

from collections.abc import Callable

import pytest

from mutualaid_core.errors import MutualAidError, ReadOnlyError, StoreBrokenError, StoreBusyError
from mutualaid_core.ports.batch import Add
from mutualaid_core.ports.store import Durability, Query, Store
from mutualaid_core.testing.builders import CHAIN, batch, bound, event, held, put, ref, rows
from mutualaid_core.testing.storekit.atomic import GOOD, world
from mutualaid_core.testing.storekit.base import Bench, Workbench

CALLS: dict[str, Callable[[Store], object]] = {
    "get": lambda store: store.get([]),
    "scan": lambda store: store.scan(Query(kind="claim")),
    "feed": lambda store: store.feed(CHAIN),
    "commit": lambda store: store.commit(batch("k")),
    "receipt": lambda store: store.receipt("k"),
    "head": lambda store: store.head(CHAIN),
    "verify": lambda store: store.verify(),
    "about": lambda store: store.about(),
}
"""Every method but ``close``."""


def picture(store: Store) -> tuple[object, ...]:
    """Everything that ``world`` and ``GOOD`` leave in a store."""
    snapshot = store.get([ref("new"), ref("old"), ref("there")], ["known", "fresh", "full"])
    listed = rows(store, Query(kind="claim"))
    return snapshot, listed, store.feed(CHAIN), store.head(CHAIN), store.receipt("k"), store.verify(deep=True)


class Lifecycle(Workbench):
    """C2, C9, C10 and C12 one by one."""

    def test_reopened_store_is_the_same(self, bench: Bench, store: Store, *, durable: bool) -> None:
        """C2: A durable store that is opened again answers as before; any other is empty."""
        world(store)
        store.commit(batch("k", *GOOD, outcome=b"done"))
        before = picture(store)
        again = bench.reopen()
        assert (before == picture(again)) is durable
        assert durable or again.verify(deep=True).checked == {"events": 0, "counters": 0, "records": 0}

    def test_reopened_store_goes_on(self, bench: Bench, store: Store, *, durable: bool) -> None:
        """C2: A reopened store takes further commits where the first handle stopped."""
        world(store)
        again = bench.reopen()
        if not durable:
            world(again)
        receipt = again.commit(batch("k", *GOOD))
        assert (receipt.positions, again.verify(deep=True).is_whole) == ({CHAIN: 2}, True)

    def test_many_reopenings_lose_nothing(self, bench: Bench, store: Store, *, durable: bool) -> None:
        """C2: Commits over many openings add up."""
        store.commit(batch("first", bound("n", 0, 99)))
        if not durable:
            return
        for number in range(5):
            bench.reopen().commit(batch(f"k{number}", Add("n", 1), event(b"e"), put(f"{number}")))
        last = bench.reopen()
        assert (last.get([], ["n"]).counters["n"].value, last.head(CHAIN).position) == (5, 5)

    @pytest.mark.parametrize("call", CALLS)
    def test_closed_handle_refuses(self, store: Store, call: str) -> None:
        """C10: Every method of a closed handle refuses, under its own name."""
        store.close()
        with pytest.raises(StoreBrokenError) as refusal:
            CALLS[call](store)
        assert refusal.value.operation == call

    def test_closing_twice_does_nothing(self, store: Store) -> None:
        """C10: Closing a closed handle does nothing."""
        store.close()
        store.close()

    def test_second_handle(
        self, bench: Bench, store: Store, *, concurrent_writers: bool, durable: bool
    ) -> None:
        """C6: A second writer sees the first one's commits, or is told that the store is busy."""
        store.commit(batch("j", put("a"), event(b"e")))
        if not durable or store.about().durability is Durability.MEMORY:
            assert not concurrent_writers
            return
        if not concurrent_writers:
            with pytest.raises(StoreBusyError):
                bench.open()
            return
        second = bench.open()
        second.commit(batch("k", put("a", expect=1, body=b"2"), event(b"f")))
        found = held(store, "a")
        assert (found and found.body, store.head(CHAIN).position) == (b"2", 2)


class Honesty(Workbench):
    """C9 and C12 one by one."""

    def test_reader_refuses_to_write(self, bench: Bench, store: Store, *, read_only: bool) -> None:
        """C12: A handle opened for reading refuses every commit, even a repeated one."""
        store.commit(batch("k", put("a")))
        if not read_only:
            with pytest.raises(MutualAidError):
                bench.open(read_only=True)
            return
        reader = bench.open(read_only=True)
        for key in ("k", "l"):
            with pytest.raises(ReadOnlyError):
                reader.commit(batch(key, put("a")))
        assert (reader.about().read_only, store.about().read_only) == (True, False)

    def test_reader_answers_like_the_writer(self, bench: Bench, store: Store, *, read_only: bool) -> None:
        """C12: A handle opened for reading answers what the writer answers, later commits too."""
        world(store)
        if not read_only:
            return
        reader = bench.open(read_only=True)
        assert picture(reader) == picture(store)
        store.commit(batch("k", *GOOD))
        assert picture(reader) == picture(store)

    def test_missing_store_cannot_be_read(self, bench: Bench) -> None:
        """C12: A store that does not exist is not made by a reader."""
        for _ in range(2):
            with pytest.raises(StoreBrokenError):
                bench.open(read_only=True)

    def test_fresh_store_is_whole(self, store: Store) -> None:
        """C12: A fresh store holds nothing and has no faults."""
        report = store.verify(deep=True)
        assert (report.checked, report.faults) == ({"events": 0, "counters": 0, "records": 0}, ())

    def test_report_counts_what_there_is(self, store: Store) -> None:
        """C12: The report says how much was looked at; records are counted in the deep look alone."""
        world(store)
        assert store.verify().checked == {"events": 1, "counters": 3, "records": 0}
        assert store.verify(deep=True).checked == {"events": 1, "counters": 3, "records": 3}

    def test_about_is_filled(self, store: Store) -> None:
        """C12: A store names its backend, its durability class and its settings."""
        about = store.about()
        assert about.backend
        assert isinstance(about.durability, Durability)
        assert all(isinstance(value, str) for value in about.settings.values())

    def test_refusals_decide_nothing(self, store: Store) -> None:
        """C9: After any refusal the receipt says that nothing happened."""
        world(store)
        with pytest.raises(MutualAidError):
            store.commit(batch("k", put("there"), event(b"e")))
        assert (store.receipt("k"), store.head(CHAIN).position) == (None, 1)

    def test_bodies_stay_out_of_reprs(self, store: Store) -> None:
        """C12: The text of a record, a receipt or an event tells a body's size, never its content."""
        store.commit(batch("k", put("a", body=b"canary"), event(b"canary"), outcome=b"canary"))
        shown = repr((store.get([ref("a")]), store.receipt("k"), store.feed(CHAIN)))
        assert "canary" not in shown
