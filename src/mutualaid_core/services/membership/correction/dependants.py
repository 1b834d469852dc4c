"""Dependants (后续各期的连续计算): later places that go on from an earlier one follow its correction."""

import attrs

from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.change import Change, ChangeKind, Held, JoinedAs
from mutualaid_core.domain.membership.enrolment import Enrolment, EnrolmentState
from mutualaid_core.rules.membership.history import history_of, with_change
from mutualaid_core.rules.membership.renewal import continuity_of
from mutualaid_core.rules.membership.workflow import decided_faults
from mutualaid_core.services.membership.correction.judged import claims_on, order_faults
from mutualaid_core.services.membership.later import later_places
from mutualaid_core.services.standing import period_of, posting_faults, version_for
from mutualaid_core.work import Host, Work


def dependants(
    work: Work, host: Host, act: Act, before: Enrolment, after: Enrolment | None
) -> tuple[tuple[Enrolment, ...], tuple[Fault, ...]]:
    """The later places whose waiting is counted anew, and why that may not be.

    A later place goes on from the one before it. Where that is void, nothing goes on: the later
    place waits from its own first day, and is no renewal. Nobody changes it while claims rest on it.

    Args:
        work: The work of the act.
        host: Store, clock and keys.
        act: The act that corrects the earlier place.
        before: The earlier place as it was.
        after: As it is right; ``None`` where it never gave cover.

    Returns:
        The later places as they are after it, in the order of the periods, and every fault.

    Clause:
        HN-4.3.5d, HN-4.3.5b
    """
    changed: list[Enrolment] = []
    faults: list[Fault] = []
    earlier = after
    for place in later_places(work, host.store, before):
        waits_from = place.waits_from or place.cover.first_day
        if not place.is_active or waits_from == place.cover.first_day:
            break
        held = _held(work, host, place, earlier)
        if held == place.held:
            break
        faults += _faults(work, host, act, place)
        if faults:
            break
        earlier = _noted(act, place, held)
        changed.append(earlier)
    return tuple(changed), tuple(faults)


def replace_all(work: Work, places: tuple[Enrolment, ...]) -> None:
    """Write places as they are now."""
    for each in places:
        work.replace(each)


def _held(work: Work, host: Host, place: Enrolment, earlier: Enrolment | None) -> Held:
    """What a later place holds, by the place before it."""
    period = period_of(work, place.scheme_id, place.period_id)
    joining = version_for(work, host.store, place.scheme_id, period.cover.first_day).joining
    goes_on = continuity_of(earlier, place.cover.first_day, joining.renewal if joining else None)
    is_first = earlier is None and place.joined_as is JoinedAs.RENEWAL
    return attrs.evolve(
        place.held,
        waits_from=goes_on.waits_from if goes_on.is_kept else None,
        joined_as=JoinedAs.NEW if is_first else place.joined_as,
    )


def _faults(work: Work, host: Host, act: Act, place: Enrolment) -> tuple[Fault, ...]:
    """Why a later place may not be changed; the period is named with it."""
    found = (
        *posting_faults(period_of(work, place.scheme_id, place.period_id)),
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
