"""Reading (查询) outside any work: nothing is checked at a commit."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

import attrs

from mutualaid_core.errors import NotFoundError
from mutualaid_core.ports.batch import Ref
from mutualaid_core.ports.kinds import IndexValue
from mutualaid_core.ports.store import Query, Record, Store
from mutualaid_core.serialization.codec import decode
from mutualaid_core.serialization.records import form_of

Entity = TypeVar("Entity")


def read_one(store: Store, cls: type[Entity], key: str) -> Entity:
    """An entity by key.

    Raises:
        NotFoundError: There is none.
    """
    found = read_many(store, cls, (key,))
    if not found:
        raise NotFoundError(form_of(cls).kind, key)
    return found[key]


def read_many(store: Store, cls: type[Entity], keys: Sequence[str]) -> dict[str, Entity]:
    """Entities by key, in the order asked for; a missing one is absent."""
    refs = [Ref(form_of(cls).kind, key) for key in dict.fromkeys(keys)]
    records = store.get(refs).records
    return {ref.key: decode(records[ref].body, cls) for ref in refs if ref in records}


def read_each(store: Store, cls: type[Entity], keys: Sequence[str]) -> dict[str, Entity]:
    """Entities by key, in the order asked for, every one of them.

    Raises:
        NotFoundError: One is missing.
    """
    found = read_many(store, cls, keys)
    for key in keys:
        if key not in found:
            raise NotFoundError(form_of(cls).kind, key)
    return found


def read_all(
    store: Store, cls: type[Entity], field: str | None = None, value: IndexValue = None
) -> Iterator[Entity]:
    """Every entity of a class whose index *field* equals *value*, in the order of the key."""
    for record in records_of(store, form_of(cls).kind, field, value):
        yield decode(record.body, cls)


def records_of(
    store: Store, kind: str, field: str | None = None, value: IndexValue = None
) -> Iterator[Record]:
    """Every record of a kind whose index *field* equals *value*, page by page."""
    query = Query(kind=kind, field=field, low=value, high=value)
    while True:
        page = store.scan(query)
        yield from page.records
        if page.next is None:
            return
        query = attrs.evolve(query, after=page.next)
