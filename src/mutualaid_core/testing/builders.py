"""Short ways to write a batch in a test; index fields that are not named are empty."""

from collections.abc import Iterator, Mapping
from typing import Final, TypeAlias

from mutualaid_core.ports.batch import Add, Batch, Bound, Check, Event, Put, Ref
from mutualaid_core.ports.kinds import JOURNAL_INDEX, IndexValue, kind_named
from mutualaid_core.ports.store import Page, Query, Record, Store

CHAIN: Final = "HN-2014"
"""A chain for tests that need but one."""

FREE_KIND: Final = "claim"
"""A kind whose records can be replaced."""

FIXED_KIND: Final = "unique"
"""A kind whose records can only be added."""

Part: TypeAlias = Check | Put | Bound | Add | Event
"""One part of a batch."""


def ref(key: str, kind: str = FREE_KIND) -> Ref:
    """The reference of a record."""
    return Ref(kind, key)


def put(key: str, kind: str = FREE_KIND, *, expect: int = 0, body: bytes = b"{}", **index: IndexValue) -> Put:
    """A record to be written, version 0 expected unless told."""
    values = {name: index.pop(name, None) for name, _ in kind_named(kind).index}
    return Put(ref=Ref(kind, key), expect=expect, body=body, index={**values, **index})


def filled(key: str, kind: str, index: Mapping[str, IndexValue]) -> Put:
    """A new record with these index values."""
    given = {name: index.get(name) for name, _ in kind_named(kind).index}
    return Put(ref=Ref(kind, key), expect=0, body=b"{}", index=given)


def event(body: bytes = b"{}", chain: str = CHAIN, **index: IndexValue) -> Event:
    """An event to be appended."""
    values = {name: index.pop(name, None) for name, _ in JOURNAL_INDEX}
    return Event(chain=chain, body=body, index={**values, **index})


def bound(counter: str, lo: int, hi: int, *, expect: int = 0) -> Bound:
    """Bounds to be put on a counter, a new one unless told."""
    return Bound(counter=counter, expect=expect, lo=lo, hi=hi)


def batch(key: str, *parts: Part, fingerprint: bytes = b"content", outcome: bytes = b"") -> Batch:
    """A batch of *parts*, each kind of part in the order given."""
    return Batch(
        key=key,
        fingerprint=fingerprint,
        checks=tuple(part for part in parts if isinstance(part, Check)),
        puts=tuple(part for part in parts if isinstance(part, Put)),
        bounds=tuple(part for part in parts if isinstance(part, Bound)),
        adds=tuple(part for part in parts if isinstance(part, Add)),
        events=tuple(part for part in parts if isinstance(part, Event)),
        outcome=outcome,
    )


def pages(store: Store, query: Query) -> Iterator[Page]:
    """Every page of a query, to the last."""
    page = store.scan(query)
    yield page
    while page.next is not None:
        following = Query(
            kind=query.kind,
            field=query.field,
            low=query.low,
            high=query.high,
            after=page.next,
            limit=query.limit,
        )
        page = store.scan(following)
        yield page


def rows(store: Store, query: Query) -> list[Record]:
    """Every record of a query, over all its pages."""
    return [record for page in pages(store, query) for record in page.records]


def held(store: Store, key: str, kind: str = FREE_KIND) -> Record | None:
    """The record of that key, or ``None``."""
    wanted = Ref(kind, key)
    return store.get([wanted]).records.get(wanted)


def value_of(store: Store, counter: str) -> int:
    """Present value of a counter."""
    return store.get([], [counter]).counters[counter].value
