"""Roster pages (名册页) of a unit: those by which it was judged, as they were imported."""

from collections.abc import Iterator

from mutualaid_core.domain.membership.roster import RosterPage
from mutualaid_core.domain.membership.unit import Admission
from mutualaid_core.ports.store import Store
from mutualaid_core.serialization.codec import decode
from mutualaid_core.serialization.records import key_of
from mutualaid_core.services.membership.queries.paging import keyed
from mutualaid_core.services.membership.queries.roster import Asked
from mutualaid_core.work import read_many, records_of


def admission_of(store: Store, asked: Asked) -> Admission | None:
    """How a unit was judged; ``None`` where it was not."""
    key = key_of(asked.scheme_id, asked.period_id, asked.unit_id)
    return read_many(store, Admission, (key,)).get(key)


def roster_day(store: Store, asked: Asked) -> str | None:
    """Day of the roster by which the unit was judged, else that of its newest one, as text."""
    admission = admission_of(store, asked)
    if admission is not None:
        return admission.counted_on.isoformat()
    pages = records_of(store, "roster", "unit_id", asked.unit_id)
    return max((str(page.index["counted_on"]) for page in pages), default=None)


def roster_pages(store: Store, asked: Asked, day: str, after: str = "") -> Iterator[RosterPage]:
    """Pages of a unit's roster of a day, in their order.

    Args:
        store: Where to read.
        asked: The unit.
        day: Roster date as text.
        after: Beginning of a page number, behind which to begin.
    """
    for record in keyed(store, "roster", (asked.unit_id, day), after=after):
        yield decode(record.body, RosterPage)
