"""Wrong backends, each with one fault that a real one has had; ``test_mutants`` lets the kit loose on them.

Not collected by name: this file is only run by ``test_mutants``, which expects failures.
"""

import unicodedata
from collections.abc import Callable, Sequence
from typing import ClassVar

import attrs
import pytest

from mutualaid_backends.memory import MemoryStore, _Shared
from mutualaid_backends.state import no_counter, seal
from mutualaid_core.errors import MutualAidError, StoreBrokenError
from mutualaid_core.ports.batch import Batch, Put, Ref
from mutualaid_core.ports.chain import Head, Sealed
from mutualaid_core.ports.store import Page, Query, Receipt, Snapshot
from mutualaid_core.testing.storekit import Bench, StoreContract


def changed_puts(batch: Batch, change: Callable[[Put], Put]) -> Batch:
    """The batch with every put changed."""
    return attrs.evolve(batch, puts=tuple(change(put) for put in batch.puts))


class ForgetsKeys(MemoryStore):
    """Idempotency keys live as long as the handle."""

    def __init__(self, shared: _Shared, *, read_only: bool) -> None:
        """Begin without receipts."""
        super().__init__(shared, read_only=read_only)
        shared.state.receipts.clear()


class ForgetsFingerprints(MemoryStore):
    """A known key is answered whatever it brings."""

    def commit(self, batch: Batch) -> Receipt:
        """Answer by the key alone."""
        return self.receipt(batch.key) or super().commit(batch)


class ForgetsRefusals(MemoryStore):
    """A batch without effect is not worth a receipt."""

    def commit(self, batch: Batch) -> Receipt:
        """Drop the receipt of a batch that changes nothing."""
        receipt = super().commit(batch)
        if not (batch.puts or batch.adds or batch.events or batch.bounds):
            self._shared.state.receipts.pop(batch.key)
        return receipt


class LooksAtKeyLast(MemoryStore):
    """The batch is judged before its key is looked up."""

    def commit(self, batch: Batch) -> Receipt:
        """Judge first."""
        self._shared.state.prepare(batch)
        return super().commit(batch)


class AcceptsOlderVersions(MemoryStore):
    """Versions are compared with ``>=``."""

    def commit(self, batch: Batch) -> Receipt:
        """Take a put of an older version for one of the present version."""

        def lift(put: Put) -> Put:
            held = self._shared.state.records.get(put.ref.kind, {}).get(put.ref.key)
            later = held is not None and 0 < put.expect < held.version
            return attrs.evolve(put, expect=held.version) if held and later else put

        return super().commit(changed_puts(batch, lift))


class IgnoresChecks(MemoryStore):
    """What was read and not written is not looked at."""

    def commit(self, batch: Batch) -> Receipt:
        """Drop the checks."""
        return super().commit(attrs.evolve(batch, checks=()))


class OverwritesInserts(MemoryStore):
    """A put at version 0 replaces what is there."""

    def commit(self, batch: Batch) -> Receipt:
        """Forget the record that is in the way."""
        for put in batch.puts:
            if put.expect == 0:
                self._shared.state.records.get(put.ref.kind, {}).pop(put.ref.key, None)
        return super().commit(batch)


class KeepsHalfABatch(MemoryStore):
    """Puts are kept though an add of the same batch fails."""

    def commit(self, batch: Batch) -> Receipt:
        """Commit the puts by themselves first."""
        super().commit(Batch(key=batch.key + "!", fingerprint=b"", puts=batch.puts))
        return super().commit(attrs.evolve(batch, puts=()))


class ForgetsFloors(MemoryStore):
    """The lower bound is not enforced."""

    def commit(self, batch: Batch) -> Receipt:
        """Push every lower bound out of the way."""
        bounds = tuple(attrs.evolve(bound, lo=-(2**63)) for bound in batch.bounds)
        return super().commit(attrs.evolve(batch, bounds=bounds))


class ForgetsCeilings(MemoryStore):
    """The upper bound is not enforced."""

    def commit(self, batch: Batch) -> Receipt:
        """Push every upper bound out of the way."""
        bounds = tuple(attrs.evolve(bound, hi=2**63 - 1) for bound in batch.bounds)
        return super().commit(attrs.evolve(batch, bounds=bounds))


class SumsAddsFirst(MemoryStore):
    """Only the sum of a counter's adds is judged."""

    def commit(self, batch: Batch) -> Receipt:
        """Merge the adds of each counter."""
        sums: dict[str, int] = {}
        for add in batch.adds:
            sums[add.counter] = sums.get(add.counter, 0) + add.delta
        merged = tuple(attrs.evolve(batch.adds[0], counter=name, delta=sums[name]) for name in sums)
        return super().commit(attrs.evolve(batch, adds=merged))


class MakesCounters(MemoryStore):
    """An add to a counter that does not exist makes it."""

    def commit(self, batch: Batch) -> Receipt:
        """Make what is missing, without bounds."""
        for add in batch.adds:
            free = attrs.evolve(no_counter(add.counter), lo=-(2**63), hi=2**63 - 1, version=1)
            if add.counter not in {bound.counter for bound in batch.bounds}:
                self._shared.state.counters.setdefault(add.counter, free)
        return super().commit(batch)


class LeavesGaps(MemoryStore):
    """A refused batch uses positions up."""

    def commit(self, batch: Batch) -> Receipt:
        """Move the heads on though nothing is committed."""
        try:
            return super().commit(batch)
        except MutualAidError:
            state = self._shared.state
            state.heads.update(seal(batch.events, state.heads, batch.key)[1])
            raise


class NamesFirstPositions(MemoryStore):
    """The receipt names the first event of a batch."""

    def commit(self, batch: Batch) -> Receipt:
        """Answer the position of the first event."""
        receipt = super().commit(batch)
        counts = {chain: sum(event.chain == chain for event in batch.events) for chain in receipt.positions}
        first = {chain: last - counts[chain] + 1 for chain, last in receipt.positions.items()}
        return attrs.evolve(receipt, positions=first)


class ForgetsTheTree(MemoryStore):
    """The head has no tree."""

    def head(self, chain: str) -> Head:
        """Answer without the frontier."""
        return attrs.evolve(super().head(chain), frontier=())


class FeedsFromTheStart(MemoryStore):
    """The feed takes the position for inclusive."""

    def feed(self, chain: str, after: int = 0, limit: int = 1_000) -> tuple[Sealed, ...]:
        """Begin one event early."""
        return super().feed(chain, max(0, after - 1), limit)


class Folding(MemoryStore):
    """Keys are folded by ``fold``."""

    fold: ClassVar[Callable[[str], str]] = str.casefold

    def commit(self, batch: Batch) -> Receipt:
        """Fold the keys of all puts."""
        fold = type(self).fold
        return super().commit(
            changed_puts(
                batch, lambda put: attrs.evolve(put, ref=Ref(put.ref.kind, fold(put.ref.key) or "?"))
            )
        )

    def get(self, refs: Sequence[Ref], counters: Sequence[str] = ()) -> Snapshot:
        """Look the folded keys up."""
        folded = {ref: Ref(ref.kind, type(self).fold(ref.key) or "?") for ref in refs}
        found = super().get(list(folded.values()), counters)
        records = {ref: found.records[short] for ref, short in folded.items() if short in found.records}
        return Snapshot(records=records, counters=found.counters)


class FoldsCase(Folding):
    """Keys are compared without case."""


class TrimsSpaces(Folding):
    """Keys are compared without trailing spaces."""

    fold = staticmethod(str.rstrip)


class Normalises(Folding):
    """Keys are brought to composed form."""

    @staticmethod
    def fold(key: str) -> str:
        """The composed form."""
        return unicodedata.normalize("NFC", key)


class CutsAtZero(Folding):
    """Keys end at their first zero byte."""

    @staticmethod
    def fold(key: str) -> str:
        """What is before the first zero byte."""
        return key.partition("\x00")[0]


class RoundsMoney(MemoryStore):
    """Numbers pass through a float."""

    def commit(self, batch: Batch) -> Receipt:
        """Round as a float column does."""

        def rounded(put: Put) -> Put:
            index = {name: self._float(value) for name, value in put.index.items()}
            return attrs.evolve(put, index=index)

        return super().commit(changed_puts(batch, rounded))

    @staticmethod
    def _float(value: object) -> object:
        return max(-(2**63), min(2**63 - 1, int(float(value)))) if isinstance(value, int) else value


class DecodesBodies(MemoryStore):
    """Bodies are taken for text."""

    def commit(self, batch: Batch) -> Receipt:
        """Replace what is no UTF-8."""
        return super().commit(
            changed_puts(
                batch, lambda put: attrs.evolve(put, body=put.body.decode(errors="replace").encode()[: 2**20])
            )
        )


class ExcludesHighs(MemoryStore):
    """The high bound of a look-up is taken for exclusive."""

    def scan(self, query: Query) -> Page:
        """Drop the rows at the high bound."""
        page = super().scan(query)
        if query.field is None or query.high is None:
            return page
        kept = tuple(row for row in page.records if row.index[query.field] != query.high)
        return attrs.evolve(page, records=kept)


class PagesByValue(MemoryStore):
    """The next page begins after the last value, not after the last row."""

    def scan(self, query: Query) -> Page:
        """Skip the rows that share the last page's value."""
        if query.after is None or query.field is None:
            return super().scan(query)
        cursor = attrs.evolve(query.after, key="\U0010ffff")
        return super().scan(attrs.evolve(query, after=cursor))


class ReadersWrite(MemoryStore):
    """``read_only`` is not looked at."""

    def __init__(self, shared: _Shared, *, read_only: bool) -> None:
        """Open for writing whatever was asked."""
        super().__init__(shared, read_only=read_only and False)


class WorksOnAfterClosing(MemoryStore):
    """A closed handle goes on working."""

    def close(self) -> None:
        """Do nothing."""


class LendsItsState(MemoryStore):
    """Answers are the store's own objects."""

    def get(self, refs: Sequence[Ref], counters: Sequence[str] = ()) -> Snapshot:
        """Answer without copying."""
        found = super().get(refs, counters)
        records = self._shared.state.records
        return attrs.evolve(found, records={ref: records[ref.kind][ref.key] for ref in found.records})


def opener(store: type[MemoryStore]) -> Callable[..., MemoryStore]:
    """Opens the mutant, keeping what it holds between two openings."""
    kept = _Shared()
    made: list[bool] = []

    def open_mutant(_: str, *, read_only: bool = False) -> MemoryStore:
        if read_only and not made:
            raise StoreBrokenError("open", "there is no store")
        made.append(True)
        return store(kept, read_only=read_only)

    return open_mutant


class Mutant(StoreContract):
    """The kit on one mutant."""

    store_class: ClassVar[type[MemoryStore]] = MemoryStore

    @pytest.fixture
    def bench(self) -> Bench:
        """A fresh mutant per test."""
        return Bench("mutant:", opener(self.store_class))


def _suite(store: type[MemoryStore]) -> type[Mutant]:
    return type(f"Test{store.__name__}", (Mutant,), {"store_class": store, "__doc__": store.__doc__})


KILLED_BY: dict[type[MemoryStore], str] = {
    ForgetsKeys: "test_key_is_kept_over_reopening",
    ForgetsFingerprints: "test_other_content_is_refused[nothing]",
    ForgetsRefusals: "test_decided_refusal_burns_its_key",
    LooksAtKeyLast: "test_key_is_looked_at_before_anything_else[an older version]",
    AcceptsOlderVersions: "test_put_with_another_version_is_refused[2]",
    IgnoresChecks: "test_check_of_another_version_is_refused[2]",
    OverwritesInserts: "test_second_put_at_version_0_is_refused[unique]",
    KeepsHalfABatch: "test_refused_batch_leaves_no_trace[last-an add above the bounds]",
    ForgetsFloors: "test_add_is_judged_by_the_bounds[0-100-60--61-False]",
    ForgetsCeilings: "test_add_is_judged_by_the_bounds[0-100-60-41-False]",
    SumsAddsFirst: "test_adds_are_judged_one_after_the_other[deltas3-0]",
    MakesCounters: "test_missing_counter_takes_nothing[1]",
    LeavesGaps: "test_refusal_leaves_no_gap",
    NamesFirstPositions: "test_positions_name_the_last_event_of_each_chain",
    ForgetsTheTree: "test_head_fits_the_events[3]",
    FeedsFromTheStart: "test_feed_is_read_in_pages[2-2-expected2]",
    FoldsCase: "test_record_keys_are_not_folded[case]",
    TrimsSpaces: "test_record_keys_are_not_folded[trailing space]",
    Normalises: "test_record_keys_are_not_folded[composed or not]",
    CutsAtZero: "test_record_keys_are_not_folded[zero inside]",
    RoundsMoney: "test_numbers_are_exact[9007199254740993]",
    DecodesBodies: "test_bodies_come_back_byte_for_byte[no UTF-8]",
    ExcludesHighs: "test_bounds_are_inclusive[claim-state]",
    PagesByValue: "test_rows_come_in_order_of_the_field[claim-state]",
    ReadersWrite: "test_reader_refuses_to_write",
    WorksOnAfterClosing: "test_closed_handle_refuses[get]",
    LendsItsState: "test_caller_cannot_reach_into_the_store",
}
"""The test of the kit that must fail, by mutant."""

for _store in (MemoryStore, *KILLED_BY):
    globals()[f"Test{_store.__name__}"] = _suite(_store)
