"""Looking up (查询) organisations: the whole tree on a day, and children page by page."""

import datetime

import attrs

from mutualaid_core.domain.membership.organisation import Organisation
from mutualaid_core.ports.store import Cursor, Query, Store
from mutualaid_core.rules.membership.organisation.tree import Standing, Tree, organisation_on, tree_of
from mutualaid_core.serialization.codec import decode
from mutualaid_core.serialization.records import form_of
from mutualaid_core.work import read_all


def tree_on(store: Store, day: datetime.date) -> Tree:
    """The tree of all organisations that stand on *day*; each keeps its other terms."""
    return tree_of(each for each in read_all(store, Organisation) if organisation_on(each, day) is not None)


@attrs.frozen(kw_only=True)
class Children:
    """A page of organisations (下级组织).

    Attributes:
        children: Organisations as they stand on the day, in the order of their ids.
        next: What to pass as ``after`` for more; ``None`` where no more follow.
    """

    children: tuple[Standing, ...]
    next: Cursor | None


def children_of(
    store: Store,
    organisation_id: str,
    day: datetime.date,
    *,
    after: Cursor | None = None,
    limit: int = 100,
) -> Children:
    """One page of those directly below an organisation on *day*.

    Those that have moved elsewhere since are found by ``tree_on`` alone: the look-up is by the
    parent of the last term. A page may hold fewer than *limit* and still have a next one.

    Args:
        store: The store.
        organisation_id: The parent.
        day: The day.
        after: The ``next`` of the page before.
        limit: Most organisations, 1 to 1,000.

    Raises:
        InvalidValueError: *limit* is out of range.
    """
    kind = form_of(Organisation).kind
    query = Query(
        kind=kind, field="parent_id", low=organisation_id, high=organisation_id, after=after, limit=limit
    )
    page = store.scan(query)
    found = []
    for record in page.records:
        organisation = decode(record.body, Organisation)
        term = organisation_on(organisation, day)
        if term is not None and term.parent_id == organisation_id:
            found.append(Standing(organisation=organisation, term=term))
    return Children(children=tuple(found), next=page.next)
