"""Going on (缴费与连续计算): what a payment, or the want of one, does to the waiting of the periods after."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Final

import attrs

from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.membership.contribution import Contribution
from mutualaid_core.domain.membership.enrolment import Enrolment
from mutualaid_core.domain.scheme.period import Period, PeriodState
from mutualaid_core.domain.values.identifiers import MemberId
from mutualaid_core.errors import TooLargeError
from mutualaid_core.ports.store import Store
from mutualaid_core.serialization.records import key_of
from mutualaid_core.services.membership.continuity.dependants import dependants, period_before, replace_all
from mutualaid_core.services.standing import periods_of
from mutualaid_core.work import Host, Work, read_many

_CHECKED_MAX: Final = 900
"""Records that the lines of one remittance may read and write; the rest of an act is for its money."""


@attrs.frozen(kw_only=True)
class UnpaidBefore:
    """Members whose place goes on from one that was never paid for (上期未缴费).

    Attributes:
        members: The members.
        places: Their places in the period before. They are written again unchanged with the
            payment, so that who pays for them at the same time has it decided anew.
        until: Last day of cover in the period before, of everybody who goes on from it.
    """

    members: frozenset[MemberId] = frozenset()
    places: tuple[Enrolment, ...] = ()
    until: Mapping[MemberId, datetime.date] = attrs.field(factory=dict)


def places_before(
    work: Work, store: Store, period: Period, members: Iterable[MemberId]
) -> dict[MemberId, tuple[Enrolment, ...]]:
    """Places of members in all earlier periods, by which a payment tells who has left meanwhile.

    Read outside the work, which has no room for them: a leaving that is told at the same time names
    the later place to whoever tells it.

    Args:
        work: The work of the act.
        store: The store.
        period: Period that is paid for.
        members: The members, each once.

    Clause:
        HN-4.1.1c, HN-4.3.5c
    """
    own = list(members)
    periods = [
        each
        for each in periods_of(work, store, period.scheme_id)
        if each.cover.last_day < period.cover.first_day
    ]
    keys = [key_of(each.scheme_id, each.period_id, member) for each in periods for member in own]
    found: dict[MemberId, tuple[Enrolment, ...]] = {}
    for each in read_many(store, Enrolment, keys).values():
        found[each.member_id] = (*found.get(each.member_id, ()), each)
    return found


def unpaid_before(work: Work, host: Host, period: Period, enrolments: Iterable[Enrolment]) -> UnpaidBefore:
    """Who of a list goes on from a place in the period before that was not paid for.

    A term of several periods foresees that each of them is paid; waiting is served by cover alone.
    A contribution that was paid stays so while its place stands: it is looked up outside the work,
    and only those that are missing take a check.

    Args:
        work: The work of the act.
        host: Store, clock and keys.
        period: Period that is paid for.
        enrolments: Enrolments in it.

    Raises:
        TooLargeError: More of them than one act can take.

    Clause:
        ACFTU-2.3b, HN-4.3.5d
    """
    first = period.cover.first_day
    own = list(enrolments)
    members = [each.member_id for each in own if each.waits_from is not None and each.waits_from < first]
    before = period_before(periods_of(work, host.store, period.scheme_id), period) if members else None
    if before is None:
        return UnpaidBefore()
    keys = {key_of(before.scheme_id, before.period_id, each): each for each in members}
    missing = _unpaid(keys, read_many(host.store, Contribution, list(keys)))
    _refuse_too_large(len(own), 2 * len(missing))
    missing = _unpaid(missing, work.find_many(Contribution, missing))
    places = work.find_many(Enrolment, missing).values() if before.state is PeriodState.OPEN else ()
    held = read_many(host.store, Enrolment, list(keys)).values()
    return UnpaidBefore(
        members=frozenset(missing.values()),
        places=tuple(places),
        until={each.member_id: each.cover.last_day for each in held if each.is_active},
    )


def _unpaid(keys: Mapping[str, MemberId], paid: Mapping[str, Contribution]) -> dict[str, MemberId]:
    return {key: each for key, each in keys.items() if key not in paid or not paid[key].is_settled}


def carry_on(work: Work, host: Host, act: Act, period: Period, paid: Mapping[MemberId, Enrolment]) -> None:
    """Have the places of the period after go on from those that were paid for now.

    Somebody may pay for an earlier period after the later one, or so late that its cover begins
    later. A place on which claims rest stays as it was.

    Args:
        work: The work of the act, which has written the contributions.
        host: Store, clock and keys.
        act: The payment.
        period: Period that was paid for.
        paid: Enrolments in it as the payment leaves them, by member.

    Raises:
        TooLargeError: More of them than one act can take.

    Clause:
        ACFTU-2.3b, HN-4.3.5d
    """
    periods = periods_of(work, host.store, period.scheme_id)
    before = {each.period_id: period_before(periods, each) for each in periods}
    after = [each for each in periods if before[each.period_id] == period]
    keys = [key_of(each.scheme_id, each.period_id, member_id) for each in after for member_id in paid]
    # Read outside the work: who pays for a later place at the same time writes the earlier one too.
    places = read_many(host.store, Enrolment, keys).values()
    moved = [each for each in places if each.is_active and _start(each) != _start(paid[each.member_id])]
    _refuse_too_large(len(paid), 4 * len(moved))
    for each in moved:
        own = paid[each.member_id]
        later, _ = dependants(work, host, act, own, own)
        replace_all(work, later)


def _start(place: Enrolment) -> datetime.date:
    return place.waits_from or place.cover.first_day


def _refuse_too_large(lines: int, more: int) -> None:
    if 2 * lines + more > _CHECKED_MAX:
        raise TooLargeError("remittance", size=2 * lines + more, limit=_CHECKED_MAX)
