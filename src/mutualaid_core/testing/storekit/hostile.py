"""B: hostile values go in and come out, by the thousand.

How many is set by the Hypothesis profile: some 1,500 values of records in the fast one,
60,000 in the full one.
"""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mutualaid_core.ports.batch import Event, Put
from mutualaid_core.ports.store import Query, Store
from mutualaid_core.testing.batches import bodies, events, keys, puts
from mutualaid_core.testing.builders import batch, event, rows
from mutualaid_core.testing.storekit.base import Workbench

_ONE_STORE = settings(
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.differing_executors,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ]
)
"""All examples of a test go into one store, under keys of their own."""


class Hostile(Workbench):
    """Family B: generated values round trip, each example in a store that holds those before it."""

    @_ONE_STORE
    @given(given_puts=st.lists(puts(), min_size=1, max_size=30, unique_by=lambda one: one.ref))
    def test_records_round_trip(self, store: Store, given_puts: list[Put]) -> None:
        """C8: Generated records come back equal, and a scan by each field finds them."""
        held = store.get([one.ref for one in given_puts]).records
        fresh = [one for one in given_puts if one.ref not in held]
        store.commit(batch(f"k{store.head('count').position}", *fresh, event(chain="count")))
        found = store.get([one.ref for one in fresh]).records
        assert {one.ref: (one.body, one.index) for one in fresh} == {
            ref: (record.body, record.index) for ref, record in found.items()
        }
        for one in fresh[:2]:
            for field, value in one.index.items():
                query = Query(kind=one.ref.kind, field=field, low=value, high=value)
                assert value is None or one.ref in [record.ref for record in rows(store, query)]

    @_ONE_STORE
    @given(key=keys(), appended=events(), outcome=bodies())
    def test_events_and_receipts_round_trip(
        self, store: Store, key: str, appended: Event, outcome: bytes
    ) -> None:
        """C8: Generated keys, chains, events and outcomes come back equal."""
        if store.receipt(key) is None:
            position = store.commit(batch(key, appended, outcome=outcome)).positions[appended.chain]
            (sealed,) = store.feed(appended.chain, position - 1)
            assert (sealed.batch_key, sealed.body, sealed.index) == (key, appended.body, appended.index)
            again = store.receipt(key)
            assert again is not None
            assert (again.outcome, again.positions) == (outcome, {appended.chain: position})
