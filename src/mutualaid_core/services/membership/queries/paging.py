"""Paging (分页): rows in a stated order, and the token of the last one."""

from collections.abc import Iterator
from itertools import islice
from typing import Generic, TypeVar

import attrs

from mutualaid_core.ports.batch import check_key
from mutualaid_core.ports.store import Cursor, Query, Record, Store, check_page
from mutualaid_core.serialization.records import key_of

Row_co = TypeVar("Row_co", covariant=True)
Row = TypeVar("Row")


@attrs.frozen(kw_only=True)
class RowPage(Generic[Row_co]):
    """Page (页) of an answer.

    Attributes:
        rows: The rows, in the order that the query states.
        next: What to pass as ``after`` for the rows that follow; ``None`` where none do.
    """

    rows: tuple[Row_co, ...]
    next: str | None


def page_of(placed: Iterator[tuple[str, Row]], limit: int) -> RowPage[Row]:
    """The first rows of an ordered stream.

    Args:
        placed: Rows with their tokens; one more than *limit* is taken.
        limit: Rows a page.
    """
    taken = list(islice(placed, limit + 1))
    rows = tuple(row for _, row in taken[:limit])
    return RowPage(rows=rows, next=taken[limit - 1][0] if len(taken) > limit else None)


def check_asked(after: str | None, limit: int) -> None:
    """Refuse a page that cannot be asked for.

    Raises:
        InvalidValueError: *limit* is not 1 to 1,000, or *after* is no token.
        TooLargeError: *after* is longer than any token.
    """
    check_page(limit=limit)
    if after is not None:
        check_key("after", after)


@attrs.frozen(kw_only=True)
class By:
    """Index field (索引字段) by which records are found.

    Attributes:
        field: Name of the field.
        value: What it equals.
    """

    field: str
    value: str | int


def keyed(
    store: Store, kind: str, parts: tuple[str, ...], *, by: By | None = None, after: str = ""
) -> Iterator[Record]:
    """Records whose keys begin with *parts*, in the order of the key, from a place on.

    Args:
        store: Where to read.
        kind: Kind of the records.
        parts: First parts of the key.
        by: Index field that they have besides; ``None`` for the key alone.
        after: Rest of the key behind *parts*, after which to begin.
    """
    prefix = key_of(*parts, "")
    value = by.value if by else None
    query = Query(
        kind=kind,
        field=by.field if by else None,
        low=value,
        high=value,
        after=Cursor(value=value, key=prefix + after),
    )
    while True:
        page = store.scan(query)
        for record in page.records:
            if not record.ref.key.startswith(prefix):
                return
            yield record
        if page.next is None:
            return
        query = attrs.evolve(query, after=page.next)
