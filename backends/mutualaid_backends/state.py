"""The rules of ``commit`` as a pure engine on a store's state in memory.

``judge`` says whether a batch may take effect, ``State.prepare`` computes what it would
change without changing anything, ``State.install`` takes that over and cannot fail. The
memory backend is these three under a lock; the file backend writes between the second and
the third; the SQL backend asks ``judge`` which error to raise once a guarded statement has
refused. Nothing here does any I/O.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import attrs

from mutualaid_core.errors import (
    BoundExceededError,
    ConflictError,
    KeyReusedError,
    conflict,
)
from mutualaid_core.ports.batch import Add, Batch, Bound, Event, Put, Ref, check_key
from mutualaid_core.ports.chain import Head, Sealed
from mutualaid_core.ports.store import (
    Counter,
    Cursor,
    Page,
    Query,
    Receipt,
    Record,
    Report,
    Snapshot,
    check_page,
)

COUNTER_KIND: Final = "counter"
"""What a conflict over a counter's bounds names as its kind."""

_Row = tuple[Any, str]


def no_counter(key: str) -> Counter:
    """What is shown for a counter that does not exist."""
    return Counter(key=key, value=0, lo=0, hi=0, version=0)


def repeated(known: Receipt | None, batch: Batch) -> Receipt | None:
    """The answer to a repeated key, or ``None`` for a new one.

    Raises:
        KeyReusedError: The key came with another fingerprint.
    """
    if known is None:
        return None
    if known.fingerprint != batch.fingerprint:
        raise KeyReusedError(batch.key)
    return attrs.evolve(known, positions=dict(known.positions), replayed=True)


def judge(batch: Batch, versions: Mapping[Ref, int], counters: Mapping[str, Counter]) -> dict[str, Counter]:
    """The counters as *batch* would leave them, or the first fault in the order that ``Batch`` states.

    Args:
        batch: What is to be committed.
        versions: Version of every record that the batch names; missing means 0.
        counters: Every counter that the batch names; missing means that it does not exist.

    Raises:
        ConflictError: A check, a put or bounds name another version.
        BoundExceededError: Bounds or an add do not fit the counter.
    """
    named = [(check.ref, check.version) for check in batch.checks]
    named += [(put.ref, put.expect) for put in batch.puts]
    for ref, expected in named:
        if (actual := versions.get(ref, 0)) != expected:
            raise conflict(ref.kind, ref.key, expected=expected, actual=actual)
    after: dict[str, Counter] = {}
    for bound in batch.bounds:
        after[bound.counter] = _bounded(counters.get(bound.counter) or no_counter(bound.counter), bound)
    for add in batch.adds:
        before = after.get(add.counter) or counters.get(add.counter) or no_counter(add.counter)
        after[add.counter] = _added(before, add)
    return after


def _bounded(counter: Counter, bound: Bound) -> Counter:
    if counter.version != bound.expect:
        raise _bound_conflict(counter, bound)
    if not bound.lo <= counter.value <= bound.hi:
        raise BoundExceededError(counter.key, value=counter.value, delta=0, lo=bound.lo, hi=bound.hi)
    return attrs.evolve(counter, lo=bound.lo, hi=bound.hi, version=counter.version + 1)


def _bound_conflict(counter: Counter, bound: Bound) -> ConflictError:
    return conflict(COUNTER_KIND, counter.key, expected=bound.expect, actual=counter.version)


def _added(counter: Counter, add: Add) -> Counter:
    value = counter.value + add.delta
    if not counter.version or not counter.lo <= value <= counter.hi:
        raise BoundExceededError(
            counter.key, value=counter.value, delta=add.delta, lo=counter.lo, hi=counter.hi
        )
    return attrs.evolve(counter, value=value)


def seal(
    events: Sequence[Event], heads: Mapping[str, Head], batch_key: str
) -> tuple[list[Sealed], dict[str, Head]]:
    """The events in their places, and the heads after them.

    Args:
        events: Events in the order given.
        heads: Head of every chain that they name; missing means an empty chain.
        batch_key: Idempotency key of their batch.
    """
    sealed: list[Sealed] = []
    after: dict[str, Head] = {}
    for event in events:
        before = after.get(event.chain) or heads.get(event.chain) or Head(chain=event.chain)
        head = before.sealing(event.body)
        after[event.chain] = head
        sealed.append(
            Sealed(
                chain=event.chain,
                position=head.position,
                prev=before.hash,
                hash=head.hash,
                batch_key=batch_key,
                body=event.body,
                index=dict(event.index),
            )
        )
    return sealed, after


@attrs.frozen(kw_only=True)
class Change:
    """What a batch that was judged good changes, ready to be taken over.

    Attributes:
        receipt: What the commit answers.
        records: Records as they will stand.
        counters: Counters as they will stand.
        events: Events in their places.
        heads: Heads after them.
    """

    receipt: Receipt
    records: tuple[Record, ...]
    counters: Mapping[str, Counter]
    events: Sequence[Sealed]
    heads: Mapping[str, Head]


@attrs.define
class State:
    """Everything a store holds, in memory.

    Attributes:
        receipts: By idempotency key.
        records: By kind, then by key.
        counters: By key.
        chains: Events by chain, in order.
        heads: By chain.
    """

    receipts: dict[str, Receipt] = attrs.field(factory=dict)
    records: dict[str, dict[str, Record]] = attrs.field(factory=dict)
    counters: dict[str, Counter] = attrs.field(factory=dict)
    chains: dict[str, list[Sealed]] = attrs.field(factory=dict)
    heads: dict[str, Head] = attrs.field(factory=dict)
    _orders: dict[tuple[str, str | None], list[_Row]] = attrs.field(factory=dict, eq=False)

    def prepare(self, batch: Batch) -> Change:
        """What *batch* would change; nothing is changed yet.

        Raises:
            ConflictError: A check, a put or bounds name another version.
            BoundExceededError: Bounds or an add do not fit the counter.
        """
        refs = [check.ref for check in batch.checks] + [put.ref for put in batch.puts]
        versions = {ref: record.version for ref in refs if (record := self._record(ref))}
        counters = judge(batch, versions, self.counters)
        events, heads = seal(batch.events, self.heads, batch.key)
        receipt = Receipt(
            key=batch.key,
            fingerprint=batch.fingerprint,
            outcome=batch.outcome,
            positions={chain: head.position for chain, head in heads.items()},
        )
        records = tuple(_written(put) for put in batch.puts)
        return Change(receipt=receipt, records=records, counters=counters, events=events, heads=heads)

    def install(self, change: Change) -> Receipt:
        """Take *change* over and answer its receipt."""
        for record in change.records:
            self._put(record)
        self.counters.update(change.counters)
        for event in change.events:
            self.chains.setdefault(event.chain, []).append(event)
        self.heads.update(change.heads)
        self.receipts[change.receipt.key] = change.receipt
        return attrs.evolve(change.receipt, positions=dict(change.receipt.positions))

    def get(self, refs: Sequence[Ref], counters: Sequence[str]) -> Snapshot:
        """Copies of the records and counters asked for.

        Raises:
            InvalidValueError: A counter's key could not be kept.
        """
        for key in counters:
            check_key("counter", key)
        found = {ref: _copy(record) for ref in refs if (record := self._record(ref))}
        shown = {key: self.counters.get(key) or no_counter(key) for key in counters}
        return Snapshot(records=found, counters=shown)

    def scan(self, query: Query) -> Page:
        """One page of copies, in the order that ``Query`` states."""
        order = self._order(query.kind, query.field)
        start, stop = 0, len(order)
        if query.low is not None:
            start = bisect_left(order, query.low, key=_value)
        if query.high is not None:
            stop = bisect_right(order, query.high, key=_value)
        if query.after is not None:
            value = query.after.key if query.field is None else query.after.value
            start = max(start, bisect_right(order, (value, query.after.key)))
        rows = order[start : min(stop, start + query.limit)]
        held = self.records.get(query.kind, {})
        records = tuple(_copy(held[key]) for _, key in rows)
        if not rows or start + len(rows) >= stop:
            return Page(records=records, next=None)
        value, key = rows[-1]
        return Page(records=records, next=Cursor(value=None if query.field is None else value, key=key))

    def feed(self, chain: str, after: int, limit: int) -> tuple[Sealed, ...]:
        """Copies of the events above *after*.

        Raises:
            InvalidValueError: The chain's name, the limit or the position makes no sense.
        """
        check_key("chain", chain)
        check_page(limit=limit, after=after)
        events = self.chains.get(chain, [])[after : after + limit]
        return tuple(attrs.evolve(event, index=dict(event.index)) for event in events)

    def receipt(self, key: str) -> Receipt | None:
        """A copy of the receipt of *key*, marked as a repetition.

        Raises:
            InvalidValueError: The key could not be kept.
        """
        check_key("key", key)
        known = self.receipts.get(key)
        return known and attrs.evolve(known, positions=dict(known.positions), replayed=True)

    def head(self, chain: str) -> Head:
        """Where *chain* stands.

        Raises:
            InvalidValueError: The chain's name could not be kept.
        """
        check_key("chain", chain)
        return self.heads.get(chain) or Head(chain=chain)

    def report(self, *, deep: bool) -> Report:
        """What ``verify`` answers for a state in memory."""
        faults: list[str] = []
        for chain in sorted(self.chains.keys() | self.heads.keys()):
            walk = ChainWalk(Head(chain=chain))
            for event in self.chains.get(chain, []):
                faults += walk.step(event)
                if deep and event.batch_key not in self.receipts:
                    faults.append(orphan(event))
            faults += walk.end(self.head(chain))
        faults += [out_of_bounds(counter) for counter in self.counters.values() if not is_within(counter)]
        return Report(checked=self._checked(deep=deep), faults=tuple(faults))

    def _checked(self, *, deep: bool) -> dict[str, int]:
        return {
            "events": sum(len(events) for events in self.chains.values()),
            "counters": len(self.counters),
            "records": sum(len(held) for held in self.records.values()) if deep else 0,
        }

    def _record(self, ref: Ref) -> Record | None:
        return self.records.get(ref.kind, {}).get(ref.key)

    def _order(self, kind: str, field: str | None) -> list[_Row]:
        # Sorted once at the first look-up by a field, then kept in order: most fields are never asked for.
        if (kind, field) not in self._orders:
            rows = (_row(record, field) for record in self.records.get(kind, {}).values())
            self._orders[kind, field] = sorted(row for row in rows if row is not None)
        return self._orders[kind, field]

    def _put(self, record: Record) -> None:
        held = self.records.setdefault(record.ref.kind, {})
        before = held.get(record.ref.key)
        for field in (None, *record.index):
            order = self._orders.get((record.ref.kind, field))
            if order is not None:
                _move(order, None if before is None else _row(before, field), _row(record, field))
        held[record.ref.key] = record


def _value(row: _Row) -> Any:  # noqa: ANN401 - the values of one field are of one type, which has an order
    return row[0]


def _row(record: Record, field: str | None) -> _Row | None:
    if field is None:
        return record.ref.key, record.ref.key
    value = record.index[field]
    return None if value is None else (value, record.ref.key)


def _move(order: list[_Row], before: _Row | None, after: _Row | None) -> None:
    if before == after:
        return
    if before is not None:
        del order[bisect_left(order, before)]
    if after is not None:
        insort(order, after)


def _written(put: Put) -> Record:
    return Record(ref=put.ref, version=put.expect + 1, body=put.body, index=dict(put.index))


def _copy(record: Record) -> Record:
    # What a caller does to the mapping it got must not reach the store.
    return attrs.evolve(record, index=dict(record.index))


def is_within(counter: Counter) -> bool:
    """Whether a counter's value is within its bounds."""
    return counter.lo <= counter.value <= counter.hi


def out_of_bounds(counter: Counter) -> str:
    """The fault of a counter outside its bounds."""
    return f"counter {counter.key!r} has {counter.value}, outside [{counter.lo}, {counter.hi}]"


def orphan(event: Sealed) -> str:
    """The fault of an event whose batch left no receipt."""
    return f"event {event.position} of chain {event.chain!r} belongs to no receipt"


@attrs.define
class ChainWalk:
    """Recomputes a chain event by event and says where the stored one differs."""

    _at: Head
    _is_whole: bool = True

    def step(self, event: Sealed) -> Iterator[str]:
        """The fault of the next stored event; after a first one in a chain the rest says nothing."""
        head = self._at.sealing(event.body)
        stored = event.position, event.prev, event.hash
        if self._is_whole and stored != (head.position, self._at.hash, head.hash):
            self._is_whole = False
            yield f"event {head.position} of chain {head.chain!r} does not continue the chain"
        self._at = head

    def end(self, head: Head) -> Iterator[str]:
        """The fault of a stored head that is not where the events lead."""
        if self._is_whole and head != self._at:
            yield f"head of chain {head.chain!r} does not fit its {self._at.position} events"
