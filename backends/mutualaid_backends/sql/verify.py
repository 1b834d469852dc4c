"""The look-over: chains walked, heads and counters compared, seals computed again."""

from collections.abc import Iterator

from sqlalchemy import Connection, func, select, union

from mutualaid_backends.sql.rows import (
    counter_from,
    event_from,
    event_is_sealed,
    head_from,
    record_from,
    record_is_sealed,
)
from mutualaid_backends.sql.tables import COUNTER, EVENT, HEAD, RECEIPT, RECORDS
from mutualaid_backends.state import ChainWalk, is_within, orphan, out_of_bounds
from mutualaid_core.ports.chain import Head
from mutualaid_core.ports.kinds import KINDS, Kind
from mutualaid_core.ports.store import Report

ROWS_AT_ONCE = 1_000
"""Rows kept in memory while a table is read through."""


def look_over(connection: Connection, *, deep: bool) -> Report:
    """Everything that ``verify`` promises, inside the transaction that is open."""
    faults: list[str] = []
    for chain in connection.execute(union(select(EVENT.c.chain), select(HEAD.c.chain))).scalars().all():
        name = chain.decode(errors="replace")
        faults += _read_through(f"chain {name!r}", _chain_faults(connection, chain, deep=deep))
    faults += _counter_faults(connection)
    records = 0
    if deep:
        faults += _engine_faults(connection)
        for kind in KINDS:
            faults += _read_through(f"records of {kind.name}", _record_faults(connection, kind))
            records += connection.execute(select(func.count()).select_from(RECORDS[kind.name])).scalar_one()
    checked = {
        "events": connection.execute(select(func.count()).select_from(EVENT)).scalar_one(),
        "counters": connection.execute(select(func.count()).select_from(COUNTER)).scalar_one(),
        "records": records,
    }
    return Report(checked=checked, faults=tuple(faults))


def _read_through(what: str, faults: Iterator[str]) -> Iterator[str]:
    # What no commit could have written, a day that is none or a key that is no Unicode, is a fault too.
    try:
        yield from faults
    except ValueError:
        yield f"{what} hold what cannot be read"


def _chain_faults(connection: Connection, chain: bytes, *, deep: bool) -> Iterator[str]:
    walk = ChainWalk(Head(chain=chain.decode()))
    query = select(EVENT, RECEIPT.c.key).outerjoin(RECEIPT, RECEIPT.c.key == EVENT.c.batch_key)
    query = query.where(EVENT.c.chain == chain).order_by(EVENT.c.position)
    for row in connection.execute(query).yield_per(ROWS_AT_ONCE):
        event = event_from(row)
        yield from walk.step(event)
        if deep and row.key is None:
            yield orphan(event)
        if deep and not event_is_sealed(event, row.seal):
            yield f"event {event.position} of chain {event.chain!r} was altered"
    head = connection.execute(select(HEAD).where(HEAD.c.chain == chain)).first()
    yield from walk.end(Head(chain=chain.decode()) if head is None else head_from(head))


def _counter_faults(connection: Connection) -> Iterator[str]:
    for row in connection.execute(select(COUNTER)).yield_per(ROWS_AT_ONCE):
        counter = counter_from(row)
        if not is_within(counter):
            yield out_of_bounds(counter)


def _record_faults(connection: Connection, kind: Kind) -> Iterator[str]:
    for row in connection.execute(select(RECORDS[kind.name])).yield_per(ROWS_AT_ONCE):
        record = record_from(kind, row)
        if not record_is_sealed(record, row.seal):
            yield f"record {kind.name} {record.ref.key!r} was altered"


def _engine_faults(connection: Connection) -> Iterator[str]:
    if connection.dialect.name == "sqlite":
        for row in connection.exec_driver_sql("PRAGMA integrity_check"):
            if row[0] != "ok":
                yield f"the engine reports: {row[0]}"
