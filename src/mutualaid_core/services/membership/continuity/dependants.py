"""Dependants (后续各期的连续计算): later places that go on from an earlier one follow what becomes of it."""

import datetime
from collections.abc import Iterable

import attrs

from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.change import Change, ChangeKind, Held, JoinedAs
from mutualaid_core.domain.membership.contribution import Contribution
from mutualaid_core.domain.membership.enrolment import Enrolment, EnrolmentState
from mutualaid_core.domain.scheme.period import Period
from mutualaid_core.domain.values.identifiers import MemberId
from mutualaid_core.rules.membership.history import history_of, with_change
from mutualaid_core.rules.membership.renewal import continuity_of, is_of_term
from mutualaid_core.rules.membership.transfer import later_flags
from mutualaid_core.rules.membership.workflow import decided_faults
from mutualaid_core.serialization.records import key_of
from mutualaid_core.services.membership.continuity.resting import claims_on, order_faults
from mutualaid_core.services.membership.later import later_places
from mutualaid_core.services.standing import period_of, periods_of, posting_faults, version_for
from mutualaid_core.work import Host, Work


def dependants(
    work: Work, host: Host, act: Act, before: Enrolment, after: Enrolment | None
) -> tuple[tuple[Enrolment, ...], tuple[Fault, ...]]:
    """The later places whose waiting is counted anew, and why that may not be.

    A later place goes on from the one of the period before, if that was paid for and no more days
    are missing than allowed; else it waits from its own first day. Where the earlier one is void,
    the later one is no renewal either. Nobody changes it while claims rest on it.

    Every act that changes days, waiting or payment of a place asks this.

    Args:
        work: The work of the act.
        host: Store, clock and keys.
        act: The act that changes the earlier place.
        before: The earlier place as it was.
        after: As it is now; ``None`` where it never gave cover.

    Returns:
        The later places as they are after it, in the order of the periods, and every fault.

    Clause:
        HN-4.3.5d, HN-4.3.5b, ACFTU-2.3b
    """
    changed: list[Enrolment] = []
    periods = periods_of(work, host.store, before.scheme_id)
    previous, earlier = before, after
    for place in later_places(work, host.store, before):
        period = period_of(work, place.scheme_id, place.period_id)
        own = period_before(periods, period)
        if not place.is_active or own is None or own.period_id != previous.period_id:
            break
        held = _held(work, host, place, earlier)
        if held == place.held:
            break
        if faults := _faults(work, host, act, place, period):
            return (), faults
        previous, earlier = place, _noted(act, place, held)
        changed.append(earlier)
    return tuple(changed), ()


def replace_all(work: Work, places: tuple[Enrolment, ...]) -> None:
    """Write places as they are now."""
    for each in places:
        work.replace(each)


def own_waiting(work: Work, host: Host, place: Enrolment, first_day: datetime.date) -> datetime.date | None:
    """Day from which a place waits if its cover begins on a day, by the place before it.

    Args:
        work: The work of the act.
        host: Store, clock and keys.
        place: The place.
        first_day: First day of its cover.

    Returns:
        The day, as the enrolment keeps it: ``None`` for the first day of cover.

    Clause:
        HN-4.3.5d, ACFTU-2.3b
    """
    period = period_of(work, place.scheme_id, place.period_id)
    before = period_before(periods_of(work, host.store, place.scheme_id), period)
    earlier = None
    if before is not None:
        earlier = work.find(Enrolment, key_of(place.scheme_id, before.period_id, place.member_id))
    return _waits_from(work, host, place, first_day, earlier)


def left_flags(work: Work, member_id: MemberId, later: Iterable[Enrolment]) -> tuple[Fault, ...]:
    """What to do with the later places of a member who left, by whether they were paid for.

    Args:
        work: The work of the act.
        member_id: Member.
        later: Places in later periods.

    Clause:
        HN-4.3.5b, HN-4.3.5c
    """
    standing = [each for each in later if each.state is EnrolmentState.ENROLLED]
    paid = {each.period_id for each in standing if _is_paid(work, each)}
    return later_flags(member_id, tuple(each.period_id for each in standing), stays=False, paid=paid)


def period_before(periods: tuple[Period, ...], period: Period) -> Period | None:
    """The last period that is over when another begins; ``None`` before the first one.

    Args:
        periods: Periods of the scheme.
        period: The period that begins.
    """
    over = [each for each in periods if each.cover.last_day < period.cover.first_day]
    return max(over, key=lambda each: each.cover.last_day, default=None)


def _held(work: Work, host: Host, place: Enrolment, earlier: Enrolment | None) -> Held:
    """What a later place holds, by the place before it."""
    first_day = place.cover.first_day
    waits_from = _waits_from(work, host, place, first_day, earlier)
    if (waits_from or first_day) == (place.waits_from or first_day):
        # Two ways to say that it waits from its first day are no difference.
        waits_from = place.waits_from
    is_first = earlier is None and place.joined_as is JoinedAs.RENEWAL
    return attrs.evolve(
        place.held, waits_from=waits_from, joined_as=JoinedAs.NEW if is_first else place.joined_as
    )


def _waits_from(
    work: Work, host: Host, place: Enrolment, first_day: datetime.date, earlier: Enrolment | None
) -> datetime.date | None:
    """Day from which a place waits, as it keeps it; ``None`` for the first day of its cover."""
    period = period_of(work, place.scheme_id, place.period_id)
    joining = version_for(work, host.store, place.scheme_id, period.cover.first_day).joining
    served = earlier if earlier is not None and _counts(work, earlier, place) else None
    goes_on = continuity_of(served, first_day, joining.renewal if joining else None)
    return goes_on.waits_from if goes_on.is_kept else None


def _counts(work: Work, earlier: Enrolment, place: Enrolment) -> bool:
    """Whether what was waited before counts: it was paid for, or both of a term are still to be paid."""
    return _is_paid(work, earlier) or (is_of_term(place) and not _is_paid(work, place))


def _is_paid(work: Work, place: Enrolment) -> bool:
    paid = work.find(Contribution, key_of(place.scheme_id, place.period_id, place.member_id))
    return paid is not None and paid.is_settled


def _faults(work: Work, host: Host, act: Act, place: Enrolment, period: Period) -> tuple[Fault, ...]:
    """Why a later place may not be changed; the period is named with it."""
    found = (
        *posting_faults(period),
        *order_faults(act, place),
        *decided_faults(place.member_id, claims_on(work, host, place)),
    )
    return tuple(attrs.evolve(each, found=f"{each.found} at {place.period_id}") for each in found)


def _noted(act: Act, place: Enrolment, held: Held) -> Enrolment:
    """The later place with the entry that tells from which day it waits."""
    old = place.waits_from.isoformat() if place.waits_from else "none"
    new = held.waits_from.isoformat() if held.waits_from else place.cover.first_day.isoformat()
    change = Change(
        kind=ChangeKind.CORRECTED,
        holds_from=max(each.holds_from for each in history_of(place)),
        known_on=act.business_on,
        unit_id=None if place.state is EnrolmentState.ENDED else place.unit_id,
        cover=place.cover,
        cause=f"earlier place corrected: waits_from {old} -> {new}",
        held=held,
    )
    return with_change(place, change)
