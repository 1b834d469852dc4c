"""The reading methods as statements; each runs inside one transaction, so in one moment."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Select, select, tuple_

from mutualaid_backends.sql.commit import IN_MAX, counters_of
from mutualaid_backends.sql.rows import event_from, record_from
from mutualaid_backends.sql.tables import EVENT, RECORDS
from mutualaid_backends.state import no_counter
from mutualaid_core.ports.batch import Ref
from mutualaid_core.ports.chain import Sealed
from mutualaid_core.ports.kinds import kind_named
from mutualaid_core.ports.store import Cursor, Page, Query, Record, Snapshot


def read_snapshot(connection: Connection, refs: Sequence[Ref], counters: Sequence[str]) -> Snapshot:
    """Records and counters by key."""
    by_kind: dict[str, list[bytes]] = {}
    for ref in dict.fromkeys(refs):
        by_kind.setdefault(ref.kind, []).append(ref.key.encode())
    records: dict[Ref, Record] = {}
    for name, keys in by_kind.items():
        for at in range(0, len(keys), IN_MAX):
            query = select(RECORDS[name]).where(RECORDS[name].c.key.in_(keys[at : at + IN_MAX]))
            for row in connection.execute(query):
                record = record_from(kind_named(name), row)
                records[record.ref] = record
    held = counters_of(connection, set(counters))
    return Snapshot(records=records, counters={key: held.get(key) or no_counter(key) for key in counters})


def read_page(connection: Connection, query: Query) -> Page:
    """One page, by one look into the index of the field."""
    kind = kind_named(query.kind)
    rows = connection.execute(_page_query(query).limit(query.limit + 1)).all()
    records = tuple(record_from(kind, row) for row in rows[: query.limit])
    if len(rows) <= query.limit:
        return Page(records=records, next=None)
    last = records[-1]
    value = None if query.field is None else last.index[query.field]
    return Page(records=records, next=Cursor(value=value, key=last.ref.key))


def _page_query(query: Query) -> Select[Any]:
    table = RECORDS[query.kind]
    if query.field is None:
        column, convert = table.c.key, _key_bytes
    else:
        column, convert = table.c[query.field], _as_is
    statement = select(table).order_by(column, table.c.key)
    if query.field is not None:
        statement = statement.where(column.is_not(None))
    if query.low is not None:
        statement = statement.where(column >= convert(query.low))
    if query.high is not None:
        statement = statement.where(column <= convert(query.high))
    if query.after is not None:
        key = query.after.key.encode()
        if query.field is None:
            return statement.where(column > key)
        return statement.where(tuple_(column, table.c.key) > tuple_(query.after.value, key))
    return statement


def _key_bytes(value: object) -> object:
    return str(value).encode()


def _as_is(value: object) -> object:
    return value


def read_feed(connection: Connection, chain: str, after: int, limit: int) -> tuple[Sealed, ...]:
    """Events of a chain in order."""
    query = select(EVENT).where(EVENT.c.chain == chain.encode(), EVENT.c.position > after)
    return tuple(event_from(row) for row in connection.execute(query.order_by(EVENT.c.position).limit(limit)))
