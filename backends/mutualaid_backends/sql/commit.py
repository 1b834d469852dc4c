"""The one writer: a batch as guarded statements inside one transaction.

Order: idempotency key, counters, checks and puts, each group by key, the heads of the
chains last; so two writers never wait for each other in a circle. No statement decides
from what a plain ``SELECT`` saw: a guard that does not hold changes fewer rows than it
should, and that is a refusal. Which error it is, ``judge`` finds out afterwards.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import (
    Connection,
    Table,
    Update,
    bindparam,
    case,
    false,
    insert,
    select,
    update,
)

from mutualaid_backends.sql.rows import (
    Values,
    counter_from,
    event_values,
    head_from,
    head_values,
    receipt_from,
    record_values,
)
from mutualaid_backends.sql.tables import COUNTER, EVENT, HEAD, RECEIPT, RECORDS
from mutualaid_backends.state import judge, repeated, seal
from mutualaid_core.ports.batch import INT64_MAX, INT64_MIN, Add, Batch, Bound, Check, Event, Put, Ref
from mutualaid_core.ports.store import Counter, Receipt

IN_MAX: Final = 500
"""Most values in one ``IN``; every engine takes that many."""


class RefusedError(Exception):
    """A guard did not hold; the transaction must be rolled back."""


_INSERT: Final = {name: insert(table) for name, table in RECORDS.items()}
_UPDATE: Final = {
    name: update(table).where(table.c.key == bindparam("at"), table.c.version == bindparam("expect"))
    for name, table in RECORDS.items()
}

_KEEP: Final = insert(RECEIPT)
_PLACE: Final = update(RECEIPT).where(RECEIPT.c.key == bindparam("at"))
_COUNT: Final = insert(COUNTER)
_APPEND: Final = insert(EVENT)
_BEGIN: Final = insert(HEAD)
_MOVE: Final = update(HEAD).where(HEAD.c.chain == bindparam("at"), HEAD.c.position == bindparam("from"))
_HEADS: Final = select(HEAD).where(HEAD.c.chain.in_(bindparam("chains", expanding=True))).with_for_update()

_BOUND: Final = (
    update(COUNTER)
    .where(
        COUNTER.c.key == bindparam("at"),
        COUNTER.c.version == bindparam("expect"),
        COUNTER.c.value.between(bindparam("low"), bindparam("high")),
    )
    .values(lo=bindparam("low"), hi=bindparam("high"), version=COUNTER.c.version + 1)
)

# Both differences are only taken where they cannot leave 64 bits: an engine would otherwise
# turn them into a float (SQLite) or fail the statement (PostgreSQL).
_ADD: Final = (
    update(COUNTER)
    .where(
        COUNTER.c.key == bindparam("at"),
        case(
            (COUNTER.c.hi >= bindparam("floor"), COUNTER.c.value <= COUNTER.c.hi - bindparam("most")),
            else_=false(),
        ),
        case(
            (COUNTER.c.lo <= bindparam("ceiling"), COUNTER.c.value >= COUNTER.c.lo - bindparam("least")),
            else_=false(),
        ),
    )
    .values(value=COUNTER.c.value + bindparam("total"))
)


def write(connection: Connection, batch: Batch) -> Receipt:
    """Write *batch* inside the transaction that is open.

    Raises:
        RefusedError: A guard did not hold.
        IntegrityError: A key was there already; the same as a refusal.
    """
    key = batch.key.encode()
    row = {"key": key, "fingerprint": batch.fingerprint, "outcome": batch.outcome, "positions": "{}"}
    connection.execute(_KEEP, row)
    _write_bounds(connection, batch.bounds)
    _write_adds(connection, batch.adds)
    _hold_checks(connection, batch.checks)
    _write_puts(connection, batch.puts)
    positions = _write_events(connection, batch.events, batch.key)
    if positions:
        connection.execute(_PLACE, {"at": key, "positions": json.dumps(positions)})
    return Receipt(key=batch.key, fingerprint=batch.fingerprint, outcome=batch.outcome, positions=positions)


def _guarded(connection: Connection, statement: Update, rows: Sequence[Values]) -> None:
    if rows and connection.execute(statement, rows).rowcount != len(rows):
        raise RefusedError


def _write_bounds(connection: Connection, bounds: Sequence[Bound]) -> None:
    ordered = sorted(bounds, key=lambda bound: bound.counter.encode())
    new = [
        {"key": bound.counter.encode(), "value": 0, "lo": bound.lo, "hi": bound.hi, "version": 1}
        for bound in ordered
        if bound.expect == 0
    ]
    if new:
        connection.execute(_COUNT, new)
    changed = [
        {"at": bound.counter.encode(), "expect": bound.expect, "low": bound.lo, "high": bound.hi}
        for bound in ordered
        if bound.expect
    ]
    _guarded(connection, _BOUND, changed)


def _write_adds(connection: Connection, adds: Sequence[Add]) -> None:
    by_counter: dict[bytes, list[int]] = {}
    for add in adds:
        by_counter.setdefault(add.counter.encode(), []).append(add.delta)
    rows = [
        {
            "at": key,
            "total": total,
            "most": most,
            "least": least,
            "floor": INT64_MIN + most,
            "ceiling": INT64_MAX + least,
        }
        for key in sorted(by_counter)
        for total, least, most in runs(by_counter[key])
    ]
    _guarded(connection, _ADD, rows)


def runs(deltas: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Adds to one counter as few guarded steps: total, least and greatest sum on the way.

    A step's sums stay within 64 bits; the least is at most 0 and the greatest at least 0,
    because the counter was within its bounds before.
    """
    total = least = most = 0
    for delta in deltas:
        if not INT64_MIN < total + delta <= INT64_MAX:
            yield total, least, most
            total = least = most = 0
        total += delta
        least, most = min(least, total), max(most, total)
    yield total, least, most


def _hold_checks(connection: Connection, checks: Sequence[Check]) -> None:
    wanted = {check.ref: check.version for check in checks}
    if wanted and dict.fromkeys(wanted, 0) | _versions(connection, list(wanted), lock=True) != wanted:
        raise RefusedError


def _versions(connection: Connection, refs: Sequence[Ref], *, lock: bool) -> dict[Ref, int]:
    found: dict[Ref, int] = {}
    by_kind: dict[str, list[bytes]] = {}
    for ref in sorted(refs, key=lambda ref: (ref.kind, ref.key)):
        by_kind.setdefault(ref.kind, []).append(ref.key.encode())
    for kind, keys in by_kind.items():
        for row in _rows_of(connection, RECORDS[kind], ("key", "version"), keys, lock=lock):
            found[Ref(kind, row.key.decode())] = row.version
    return found


def _rows_of(
    connection: Connection, table: Table, columns: Sequence[str], keys: Sequence[bytes], *, lock: bool
) -> Iterator[Any]:
    for at in range(0, len(keys), IN_MAX):
        part = list(keys[at : at + IN_MAX])
        query = select(*(table.c[name] for name in columns)).where(table.c.key.in_(part))
        # SQLite leaves the lock clause out; there the whole transaction holds the write lock.
        yield from connection.execute(query.with_for_update() if lock else query)


def _write_puts(connection: Connection, puts: Sequence[Put]) -> None:
    new: dict[str, list[Values]] = {}
    changed: dict[str, list[Values]] = {}
    for put in sorted(puts, key=lambda put: (put.ref.kind, put.ref.key)):
        values = record_values(put)
        if put.expect:
            values["at"] = values.pop("key")
            values["expect"] = put.expect
            changed.setdefault(put.ref.kind, []).append(values)
        else:
            new.setdefault(put.ref.kind, []).append(values)
    for kind, rows in new.items():
        connection.execute(_INSERT[kind], rows)
    for kind, rows in changed.items():
        _guarded(connection, _UPDATE[kind], rows)


def _write_events(connection: Connection, events: Sequence[Event], batch_key: str) -> dict[str, int]:
    if not events:
        return {}
    chains = sorted({event.chain.encode() for event in events})
    found = connection.execute(_HEADS, {"chains": chains})
    before = {head.chain: head for head in map(head_from, found)}
    sealed, after = seal(events, before, batch_key)
    connection.execute(_APPEND, [event_values(event) for event in sealed])
    new = [head_values(head) for chain, head in sorted(after.items()) if chain not in before]
    if new:
        connection.execute(_BEGIN, new)
    moved = [
        head_values(after[chain]) | {"at": chain.encode(), "from": before[chain].position}
        for chain in sorted(before)
    ]
    _guarded(connection, _MOVE, moved)
    return {chain: head.position for chain, head in after.items()}


def diagnose(connection: Connection, batch: Batch) -> Receipt | None:
    """What a refused *batch* is answered: its first receipt, its first fault, or ``None`` to try again.

    Raises:
        KeyReusedError: The key is known with another fingerprint.
        ConflictError: A check, a put or bounds name another version.
        BoundExceededError: Bounds or an add do not fit the counter.
    """
    row = connection.execute(select(RECEIPT).where(RECEIPT.c.key == batch.key.encode())).first()
    if row is not None:
        return repeated(receipt_from(row), batch)
    refs = [check.ref for check in batch.checks] + [put.ref for put in batch.puts]
    keys = {bound.counter for bound in batch.bounds} | {add.counter for add in batch.adds}
    judge(batch, _versions(connection, refs, lock=False), counters_of(connection, keys))
    return None


def counters_of(connection: Connection, keys: set[str]) -> Mapping[str, Counter]:
    """The counters that exist, by key."""
    names = [column.name for column in COUNTER.c]
    rows = _rows_of(connection, COUNTER, names, sorted(key.encode() for key in keys), lock=False)
    return {counter.key: counter for counter in map(counter_from, rows)}
