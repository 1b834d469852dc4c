"""C5: counters stay within their bounds, judged at commit."""

import pytest

from mutualaid_core.errors import AlreadyExistsError, BoundExceededError, InvalidValueError, StaleVersionError
from mutualaid_core.ports.batch import INT64_MAX, INT64_MIN, Add
from mutualaid_core.ports.store import Counter, Store
from mutualaid_core.testing.builders import batch, bound, put, value_of
from mutualaid_core.testing.storekit.base import Workbench

# Bounds, what is in the counter before, what is added, and whether that may be.
EDGES = [
    (0, 100, 60, 40, True),
    (0, 100, 60, 41, False),
    (0, 100, 60, -60, True),
    (0, 100, 60, -61, False),
    (-5, 5, 0, 5, True),
    (-5, 5, 0, 6, False),
    (-5, 5, 0, -5, True),
    (-5, 5, 0, -6, False),
    (0, 0, 0, 0, True),
    (0, 0, 0, 1, False),
    (0, 0, 0, -1, False),
    (0, INT64_MAX, 0, INT64_MAX, True),
    (0, INT64_MAX, 1, INT64_MAX, False),
    (0, INT64_MAX, INT64_MAX, 0, True),
    (0, INT64_MAX, INT64_MAX, 1, False),
    (0, INT64_MAX, INT64_MAX, INT64_MAX, False),
    (0, INT64_MAX, INT64_MAX, -INT64_MAX, True),
    (0, INT64_MAX, INT64_MAX, INT64_MIN, False),
    (0, INT64_MAX, 0, INT64_MIN, False),
    (INT64_MIN, 0, 0, INT64_MIN, True),
    (INT64_MIN, 0, -1, INT64_MIN, False),
    (INT64_MIN, 0, INT64_MIN, -1, False),
    (INT64_MIN, 0, INT64_MIN, INT64_MIN, False),
    (INT64_MIN, 0, INT64_MIN, INT64_MAX, True),
    (INT64_MIN, 0, 0, INT64_MAX, False),
    (INT64_MIN, INT64_MAX, INT64_MAX, 1, False),
    (INT64_MIN, INT64_MAX, INT64_MAX, INT64_MAX, False),
    (INT64_MIN, INT64_MAX, INT64_MIN, -1, False),
    (INT64_MIN, INT64_MAX, INT64_MIN, INT64_MIN, False),
    (INT64_MIN, INT64_MAX, INT64_MIN, INT64_MAX, True),
    (INT64_MIN, INT64_MAX, INT64_MAX, INT64_MIN, True),
    (INT64_MIN, INT64_MAX, -1, INT64_MIN, False),
    (-1, INT64_MAX, -1, INT64_MIN, False),
    (INT64_MIN, 1, 1, INT64_MAX, False),
]

# Adds to one counter in one batch, bounds 0 to 10, value 5 before; the index of the one that fails.
SERIES = [
    ((5, -5, 5), None),
    ((6, -6), 0),
    ((-5, 10, -10), None),
    ((-6, 6), 0),
    ((1, 1, 1, 1, 1), None),
    ((1, 1, 1, 1, 1, 1), 5),
    ((-1,) * 5, None),
    ((-1,) * 6, 5),
    ((5, 1, -6), 1),
    ((0, 0, 0), None),
]

# Adds whose sum on the way does not fit 64 bits, on a counter with all bounds open.
LONG_SERIES = [
    ((INT64_MAX, INT64_MIN, INT64_MAX, INT64_MIN), None),
    ((INT64_MAX, 1), 1),
    ((INT64_MIN, -1), 1),
    ((INT64_MIN, INT64_MAX, INT64_MAX, -INT64_MAX), None),
    ((INT64_MIN, INT64_MAX, INT64_MAX, 2), 3),
    ((INT64_MIN, INT64_MAX, 1, INT64_MAX, INT64_MIN, INT64_MIN), 5),
]


def fill(store: Store, lo: int, hi: int, value: int) -> None:
    """A counter ``n`` with these bounds and this value."""
    store.commit(batch("fill", bound("n", lo, hi), Add("n", value)))


class Counters(Workbench):
    """C5 one by one."""

    @pytest.mark.parametrize(("lo", "hi", "value", "delta", "fits"), EDGES)
    def test_add_is_judged_by_the_bounds(  # noqa: PLR0913 - a row of the table
        self, store: Store, lo: int, hi: int, value: int, delta: int, *, fits: bool
    ) -> None:
        """C5: An add takes effect exactly if the sum stays within the bounds, up to the edge of 64 bits."""
        fill(store, lo, hi, value)
        if fits:
            store.commit(batch("k", Add("n", delta)))
        else:
            with pytest.raises(BoundExceededError) as refusal:
                store.commit(batch("k", Add("n", delta)))
            error = refusal.value
            assert (error.counter, error.value, error.delta, error.lo, error.hi) == (
                "n",
                value,
                delta,
                lo,
                hi,
            )
        assert value_of(store, "n") == (value + delta if fits else value)

    @pytest.mark.parametrize(("deltas", "failing"), SERIES)
    def test_adds_are_judged_one_after_the_other(
        self, store: Store, deltas: tuple[int, ...], failing: int | None
    ) -> None:
        """C5: Several adds to one counter are judged in the order given, each with what is before it."""
        fill(store, 0, 10, 5)
        self._add_all(store, deltas, failing, 5)

    @pytest.mark.parametrize(("deltas", "failing"), LONG_SERIES)
    def test_sums_on_the_way_do_not_overflow(
        self, store: Store, deltas: tuple[int, ...], failing: int | None
    ) -> None:
        """C5: Adds whose plain sum leaves 64 bits are judged all the same."""
        fill(store, INT64_MIN, INT64_MAX, 0)
        self._add_all(store, deltas, failing, 0)

    def _add_all(self, store: Store, deltas: tuple[int, ...], failing: int | None, before: int) -> None:
        adds = [Add("n", delta) for delta in deltas]
        if failing is None:
            store.commit(batch("k", *adds))
            assert value_of(store, "n") == before + sum(deltas)
            return
        with pytest.raises(BoundExceededError) as refusal:
            store.commit(batch("k", *adds))
        reached = before + sum(deltas[:failing])
        assert (refusal.value.value, refusal.value.delta) == (reached, deltas[failing])
        assert value_of(store, "n") == before

    def test_adds_to_two_counters_may_alternate(self, store: Store) -> None:
        """C5: Adds to several counters in any order come to the same sums."""
        store.commit(batch("j", bound("a", 0, 9), bound("b", 0, 9)))
        store.commit(batch("k", Add("b", 4), Add("a", 3), Add("b", -1), Add("a", 2)))
        assert (value_of(store, "a"), value_of(store, "b")) == (5, 3)

    def test_first_failing_add_is_raised(self, store: Store) -> None:
        """C5: Of two adds that do not fit, the one given first is raised, whatever its key."""
        store.commit(batch("j", bound("a", 0, 1), bound("b", 0, 1)))
        with pytest.raises(BoundExceededError) as refusal:
            store.commit(batch("k", Add("b", 2), Add("a", 2)))
        assert refusal.value.counter == "b"

    def test_conflict_is_raised_before_a_bound(self, store: Store) -> None:
        """C5: A stale put is raised before an add that does not fit."""
        store.commit(batch("j", bound("a", 0, 1)))
        with pytest.raises(StaleVersionError):
            store.commit(batch("k", Add("a", 2), put("claim", expect=3)))


class Bounds(Workbench):
    """C5, the bounds."""

    def test_missing_counter_shows_as_nothing(self, store: Store) -> None:
        """C5: A counter that does not exist shows with version 0, value 0 and bounds 0 to 0."""
        shown = store.get([], ["n"]).counters
        assert shown == {"n": Counter(key="n", value=0, lo=0, hi=0, version=0)}

    @pytest.mark.parametrize("delta", [0, 1, -1])
    def test_missing_counter_takes_nothing(self, store: Store, delta: int) -> None:
        """C5: Nothing can be added to a counter that does not exist."""
        with pytest.raises(BoundExceededError) as refusal:
            store.commit(batch("k", Add("n", delta)))
        error = refusal.value
        assert (error.value, error.delta, error.lo, error.hi) == (0, delta, 0, 0)

    def test_new_counter_starts_at_0(self, store: Store) -> None:
        """C5: A new counter has value 0 and version 1."""
        store.commit(batch("k", bound("n", -3, 7)))
        assert store.get([], ["n"]).counters["n"] == Counter(key="n", value=0, lo=-3, hi=7, version=1)

    @pytest.mark.parametrize(("lo", "hi"), [(1, 5), (-5, -1), (INT64_MAX, INT64_MAX)])
    def test_new_counter_must_allow_its_start(self, lo: int, hi: int) -> None:
        """C5: Bounds of a new counter that exclude 0 cannot be built."""
        with pytest.raises(InvalidValueError):
            bound("n", lo, hi)

    def test_bounds_take_effect_before_adds(self, store: Store) -> None:
        """C5: An add in the same batch is judged by the new bounds."""
        fill(store, 0, 10, 10)
        store.commit(batch("k", Add("n", 5), bound("n", 0, 15, expect=1)))
        assert store.get([], ["n"]).counters["n"] == Counter(key="n", value=15, lo=0, hi=15, version=2)

    @pytest.mark.parametrize(("lo", "hi"), [(0, 4), (6, 10), (INT64_MIN, 4), (6, INT64_MAX)])
    def test_bounds_that_exclude_the_value_are_refused(self, store: Store, lo: int, hi: int) -> None:
        """C5: New bounds that exclude the present value are refused, even if an add would mend it."""
        fill(store, 0, 10, 5)
        with pytest.raises(BoundExceededError) as refusal:
            store.commit(batch("k", bound("n", lo, hi, expect=1), Add("n", 1)))
        error = refusal.value
        assert (error.value, error.delta, error.lo, error.hi) == (5, 0, lo, hi)

    @pytest.mark.parametrize(("lo", "hi"), [(5, 5), (0, 5), (5, 10), (INT64_MIN, INT64_MAX)])
    def test_bounds_may_touch_the_value(self, store: Store, lo: int, hi: int) -> None:
        """C5: New bounds that include the present value are taken."""
        fill(store, 0, 10, 5)
        store.commit(batch("k", bound("n", lo, hi, expect=1)))
        assert store.get([], ["n"]).counters["n"] == Counter(key="n", value=5, lo=lo, hi=hi, version=2)

    @pytest.mark.parametrize(("expect", "error"), [(0, AlreadyExistsError), (2, StaleVersionError)])
    def test_bounds_are_versioned(self, store: Store, expect: int, error: type[Exception]) -> None:
        """C5: Bounds that name another version are refused, as a conflict over the counter."""
        fill(store, 0, 10, 5)
        with pytest.raises(error) as refusal:
            store.commit(batch("k", bound("n", 0, 10, expect=expect)))
        told = refusal.value
        assert isinstance(told, AlreadyExistsError | StaleVersionError)
        assert (told.kind, told.key, told.expected, told.actual) == ("counter", "n", expect, 1)

    def test_bounds_of_a_missing_counter_are_refused(self, store: Store) -> None:
        """C5: Bounds that replace those of a counter that does not exist are refused."""
        with pytest.raises(StaleVersionError) as refusal:
            store.commit(batch("k", bound("n", 0, 1, expect=1)))
        assert (refusal.value.expected, refusal.value.actual) == (1, 0)

    def test_counter_is_bounded_once_in_a_batch(self) -> None:
        """C5: A batch that bounds a counter twice cannot be built."""
        with pytest.raises(InvalidValueError):
            batch("k", bound("n", 0, 1), bound("n", 0, 2))

    def test_adds_do_not_raise_the_version(self, store: Store) -> None:
        """C5: The version of a counter counts its bounds, not its adds."""
        fill(store, 0, 10, 5)
        store.commit(batch("k", Add("n", 1)))
        assert store.get([], ["n"]).counters["n"].version == 1
