"""On record (已有登记): what stands in other periods and schemes against those who join."""

from collections.abc import Iterable

from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.enrolment import Enrolment
from mutualaid_core.domain.scheme.period import Period
from mutualaid_core.domain.values.identifiers import MemberId
from mutualaid_core.ports.store import PAGE_ROWS_MAX, Store
from mutualaid_core.rules.membership.recorded import recorded_flags
from mutualaid_core.serialization.records import key_of
from mutualaid_core.work import read_all, read_many


def flags_on_record(store: Store, period: Period, member_ids: Iterable[MemberId]) -> tuple[Fault, ...]:
    """What a person should look at of those who join a period, in their order.

    Read outside the work: it refuses nobody, and a list has no room for it beside what it writes.

    Args:
        store: The store.
        period: Period that is joined.
        member_ids: Those who join.

    Clause:
        HN-4.3.5c, HN-4.1.1c
    """
    members = tuple(dict.fromkeys(member_ids))
    periods = [each for each in read_all(store, Period) if each != period]
    keys = [key_of(each.scheme_id, each.period_id, member) for member in members for each in periods]
    places: dict[MemberId, list[Enrolment]] = {member: [] for member in members}
    for first in range(0, len(keys), PAGE_ROWS_MAX):
        for place in read_many(store, Enrolment, keys[first : first + PAGE_ROWS_MAX]).values():
            places[place.member_id].append(place)
    return tuple(
        flag for member in members for flag in recorded_flags(member, period.scheme_id, places[member])
    )
