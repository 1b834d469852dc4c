"""C7: what one call reads is of one moment; and the order of pages."""

import datetime
import threading

import pytest

from mutualaid_core.errors import InvalidValueError
from mutualaid_core.ports.batch import INT64_MAX, INT64_MIN, Add
from mutualaid_core.ports.kinds import KINDS, IndexType, IndexValue
from mutualaid_core.ports.store import Cursor, Page, Query, Snapshot, Store
from mutualaid_core.testing.builders import batch, bound, filled, held, pages, put, ref, rows
from mutualaid_core.testing.storekit.base import Bench, Workbench

FIELDS = [(kind.name, field) for kind in KINDS for field, _ in kind.index]

VALUES: dict[IndexType, tuple[IndexValue, ...]] = {
    IndexType.INT: (INT64_MIN, -1, 0, 1, 10, 9_999, INT64_MAX),
    IndexType.TEXT: ("", " ", "A", "A ", "a", "a1", "é", "中", "😀"),
    IndexType.DAY: (
        datetime.date.min,
        datetime.date(2014, 2, 28),
        datetime.date(2016, 2, 29),
        datetime.date.max,
    ),
}
"""Values of each type, in order."""


def values_of(kind: str, field: str) -> tuple[IndexValue, ...]:
    """Values of a field, in order."""
    (found,) = (known for known in KINDS if known.name == kind)
    return VALUES[found.field_type(field)]


class Reads(Workbench):
    """C7 one by one."""

    def test_asking_for_nothing_gives_nothing(self, store: Store) -> None:
        """C7: An empty question gets an empty answer."""
        assert store.get([]) == Snapshot(records={}, counters={})

    def test_missing_record_is_absent(self, store: Store) -> None:
        """C7: A record that does not exist is not in the answer."""
        store.commit(batch("k", put("a")))
        assert list(store.get([ref("a"), ref("b")]).records) == [ref("a")]

    def test_repeated_keys_count_once(self, store: Store) -> None:
        """C7: Asking twice for the same is asking once."""
        store.commit(batch("k", put("a"), bound("n", 0, 1)))
        once, twice = store.get([ref("a")], ["n"]), store.get([ref("a")] * 2, ["n"] * 2)
        assert once == twice

    def test_many_keys_are_answered_at_once(self, store: Store) -> None:
        """C7: A question for many more keys than a batch may name is answered whole."""
        for number in range(3):
            store.commit(batch(f"k{number}", *(put(f"{number}/{at}") for at in range(900))))
        refs = [ref(f"{number}/{at}") for number in range(4) for at in range(900)]
        assert len(store.get(refs, [str(at) for at in range(1200)]).records) == 2700

    def test_one_answer_is_of_one_moment(self, bench: Bench, store: Store) -> None:
        """C7: A reader beside a writer never sees half a batch."""
        store.commit(batch("first", put("a"), put("b", "unit"), bound("n", 0, 99)))
        torn: list[Snapshot] = []
        over = threading.Event()

        def read() -> None:
            reader = bench.opener(bench.url, read_only=True)
            while not over.is_set():
                seen = reader.get([ref("a"), ref("b", "unit")], ["n"])
                versions = {record.version for record in seen.records.values()}
                if versions != {seen.counters["n"].value + 1}:
                    torn.append(seen)
            reader.close()

        thread = threading.Thread(target=read)
        thread.start()
        for number in range(1, 40):
            parts = put("a", expect=number), put("b", "unit", expect=number), Add("n", 1)
            store.commit(batch(f"k{number}", *parts))
        over.set()
        thread.join(timeout=60)
        assert torn == []


class Pages(Workbench):
    """C7, the pages."""

    @pytest.mark.parametrize(("kind", "field"), FIELDS)
    def test_rows_come_in_order_of_the_field(self, store: Store, kind: str, field: str) -> None:
        """C7: Rows come by value, then by key, in pages of any size; empty fields are left out."""
        values = values_of(kind, field)
        keys = [f"{at}{twin}" for at in range(len(values)) for twin in "ba"]
        given = [filled(key, kind, {field: values[int(key[0])]}) for key in keys]
        store.commit(batch("k", put("none", kind), *reversed(given)))
        expected = sorted(keys)
        for limit in (1, 3, 1_000):
            query = Query(kind=kind, field=field, limit=limit)
            assert [record.ref.key for record in rows(store, query)] == expected

    @pytest.mark.parametrize(("kind", "field"), FIELDS)
    def test_bounds_are_inclusive(self, store: Store, kind: str, field: str) -> None:
        """C7: A page holds the rows from the low to the high bound, both included."""
        values = values_of(kind, field)
        store.commit(batch("k", *(filled(str(at), kind, {field: value}) for at, value in enumerate(values))))
        last = len(values) - 1
        for low, high in ((0, last), (1, last - 1), (1, 1), (2, 1)):
            query = Query(kind=kind, field=field, low=values[low], high=values[high])
            found = [record.ref.key for record in store.scan(query).records]
            assert found == [str(at) for at in range(low, high + 1)]

    @pytest.mark.parametrize("kind", [kind.name for kind in KINDS])
    def test_rows_come_in_order_of_the_key(self, store: Store, kind: str) -> None:
        """C7: Without a field, rows come by key, by code point, and the bounds are keys."""
        keys = ["\x00", " ", "A", "B", "a", "a ", "a\x00", "b", "é", "中", "\uffee", "😀"]
        store.commit(batch("k", *(put(key, kind) for key in reversed(keys))))
        found = [record.ref.key for record in rows(store, Query(kind=kind, limit=5))]
        assert found == sorted(keys)
        bounded = rows(store, Query(kind=kind, low="B", high="b", limit=2))
        assert [record.ref.key for record in bounded] == ["B", "a", "a\x00", "a ", "b"]

    def test_last_page_says_so(self, store: Store) -> None:
        """C7: A page that ends where the rows end has no cursor, even if it is full."""
        store.commit(batch("k", *(put(str(at), state="open") for at in range(4))))
        nexts = [page.next for page in pages(store, Query(kind="claim", field="state", limit=2))]
        assert nexts == [Cursor(value="open", key="1"), None]

    def test_empty_look_up_is_an_empty_page(self, store: Store) -> None:
        """C7: Where nothing fits, the page is empty."""
        assert store.scan(Query(kind="claim", field="state", low="open")) == Page(records=(), next=None)

    def test_replaced_record_moves(self, store: Store) -> None:
        """C7: A record is found by what its index holds now, and by nothing older."""
        store.commit(batch("j", put("a", state="open"), put("b", state="open")))
        store.scan(Query(kind="claim", field="state"))
        store.commit(batch("k", put("a", expect=1, state="paid"), put("b", expect=1)))
        found = [(row.ref.key, row.index["state"]) for row in rows(store, Query(kind="claim", field="state"))]
        assert found == [("a", "paid")]

    def test_page_goes_on_after_a_row_that_is_gone(self, store: Store) -> None:
        """C7: A cursor is a place in the order, whether or not its row is still there."""
        store.commit(batch("j", *(put(key, state="open") for key in "abc")))
        page = store.scan(Query(kind="claim", field="state", limit=1))
        store.commit(batch("k", put("a", expect=1, state="zz")))
        after = store.scan(Query(kind="claim", field="state", after=page.next, limit=1))
        assert [row.ref.key for row in after.records] == ["b"]

    @pytest.mark.parametrize(
        "wrong",
        [
            {"kind": "none"},
            {"kind": "claim", "field": "none"},
            {"kind": "claim", "field": "state", "low": 1},
            {"kind": "claim", "field": "discharged_on", "high": "2014-01-01"},
            {"kind": "claim", "low": 1},
            {"kind": "claim", "limit": 0},
            {"kind": "claim", "limit": 1_001},
            {"kind": "claim", "limit": True},
            {"kind": "claim", "after": Cursor(value="open", key="a")},
            {"kind": "claim", "field": "state", "after": Cursor(value=None, key="a")},
            {"kind": "claim", "field": "state", "after": Cursor(value=1, key="a")},
        ],
    )
    def test_senseless_look_up_is_refused(self, wrong: dict[str, object]) -> None:
        """C7: A look-up that makes no sense cannot be built."""
        with pytest.raises(InvalidValueError):
            Query(**wrong)  # type: ignore[arg-type]  # wrong on purpose

    @pytest.mark.parametrize(("after", "limit"), [(-1, 1), (0, 0), (0, 1_001), (0, -1)])
    def test_senseless_feed_is_refused(self, store: Store, after: int, limit: int) -> None:
        """C7: A page of the feed that makes no sense is refused."""
        with pytest.raises(InvalidValueError):
            store.feed("a", after, limit)

    def test_what_is_committed_is_seen(self, store: Store) -> None:
        """C7: A commit that returned is seen by the next read of the same handle."""
        for number in range(5):
            store.commit(batch(f"k{number}", put(f"{number}")))
            assert held(store, f"{number}") is not None
