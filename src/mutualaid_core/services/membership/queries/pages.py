"""Roster (名册) of a unit that counts: that by which it was judged, else its newest one."""

import datetime

from mutualaid_core.domain.membership.unit import Admission
from mutualaid_core.ports.store import Store
from mutualaid_core.serialization.records import key_of
from mutualaid_core.services.membership.queries.roster import Asked
from mutualaid_core.services.membership.rosters.reading import latest_roster_day
from mutualaid_core.work import read_many


def admission_of(store: Store, asked: Asked) -> Admission | None:
    """How a unit was judged, by what was known on the day asked; ``None`` where it was not."""
    key = key_of(asked.scheme_id, asked.period_id, asked.unit_id)
    found = read_many(store, Admission, (key,)).get(key)
    return None if found is None else found.as_known(asked.known_at)


def roster_day(store: Store, asked: Asked) -> datetime.date | None:
    """Day of the roster by which the unit was judged, else that of its newest one that was known."""
    admission = admission_of(store, asked)
    if admission is not None:
        return admission.judgement.counted_on
    return latest_roster_day(store, asked.unit_id, asked.known_at, asked.known_at)
