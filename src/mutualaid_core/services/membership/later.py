"""Later places (后续各期参加): what a death does to the places that a member holds after its period."""

import datetime

from mutualaid_core.domain.claims.decision import Decision
from mutualaid_core.domain.claims.settlement import Settlement
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.change import Change
from mutualaid_core.domain.membership.enrolment import Enrolment, EnrolmentState
from mutualaid_core.domain.scheme.period import Period
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.ports.store import Store
from mutualaid_core.rules.claims.admission import event_day
from mutualaid_core.rules.membership.history import with_change
from mutualaid_core.rules.membership.transfer import death_of, granted_flags, known_faults
from mutualaid_core.serialization.records import key_of
from mutualaid_core.services.membership.keeping import hold_limits
from mutualaid_core.services.standing import period_of, periods_of, posting_faults, versions_of
from mutualaid_core.work import Host, Work, read_all

_STANDING = (EnrolmentState.ENROLLED, EnrolmentState.ENDED)


def later_places(work: Work, store: Store, enrolment: Enrolment) -> tuple[Enrolment, ...]:
    """Places of the member in periods of the scheme after this one, in the order of the periods.

    Each is read in the work by its key, so that a place that is taken meanwhile has the act
    decided anew. Places taken back or void are left out; who left a later unit is in.

    Args:
        work: The work of the act.
        store: Where the periods are listed.
        enrolment: Enrolment in this period.
    """
    last = enrolment.cover.last_day
    return _places(
        work,
        enrolment,
        [each for each in periods_of(work, store, enrolment.scheme_id) if each.cover.first_day > last],
    )


def alive_faults(work: Work, store: Store, enrolment: Enrolment) -> tuple[Fault, ...]:
    """Why nobody is alive in a later period: the death in an earlier one still stands.

    Args:
        work: The work of the act.
        store: Where the periods are listed.
        enrolment: Enrolment in the later period.

    Clause:
        HN-4.3.5c
    """
    first = enrolment.cover.first_day
    before = [each for each in periods_of(work, store, enrolment.scheme_id) if each.cover.last_day < first]
    if all(death_of(place) is None for place in _places(work, enrolment, before)):
        return ()
    rule, found = "must be alive", "died in the period before"
    return (Fault(subject=enrolment.member_id, rule=rule, found=found, clause="HN-4.3.5c"),)


def _places(work: Work, enrolment: Enrolment, periods: list[Period]) -> tuple[Enrolment, ...]:
    """The places of the same member in some periods, in their order."""
    periods.sort(key=lambda each: each.cover.first_day)
    keys = [key_of(each.scheme_id, each.period_id, enrolment.member_id) for each in periods]
    found = work.find_many(Enrolment, keys)
    return tuple(found[key] for key in keys if key in found and found[key].state in _STANDING)


def decided_on(
    work: Work, host: Host, enrolment: Enrolment, versions: tuple[SchemeVersion, ...]
) -> tuple[tuple[str, datetime.date], ...]:
    """Claims of the enrolment decided with a benefit, each with the day of its event.

    Args:
        work: The work of the act.
        host: Store, clock and keys.
        enrolment: The enrolment.
        versions: Versions of the scheme.
    """
    hold_limits(work, host, enrolment, versions)
    by = {version.version_id: version.event.period_by for version in versions}
    granted = [
        decision
        for decision in read_all(host.store, Decision, "member_id", enrolment.member_id)
        if (decision.scheme_id, decision.period_id) == (enrolment.scheme_id, enrolment.period_id)
        and decision.benefit
    ]
    settlements = work.find_many(Settlement, [decision.claim_id for decision in granted])
    return tuple(
        (decision.claim_id, event_day(settlements[decision.claim_id], by[decision.version_id]))
        for decision in granted
    )


def ending_faults(work: Work, act: Act, later: tuple[Enrolment, ...]) -> tuple[Fault, ...]:
    """Why a death cannot be noted in the later places: a period is closed, or the day out of order.

    Args:
        work: The work of the act.
        act: The act that notes the death.
        later: Places in later periods.

    Clause:
        HN-4.3.5c, ACFTU-S4.2b
    """
    faults: list[Fault] = []
    for place in later:
        faults += posting_faults(period_of(work, place.scheme_id, place.period_id))
        faults += known_faults(place, act.business_on)
    return tuple(faults)


def end_by_death(work: Work, host: Host, later: tuple[Enrolment, ...], death: Change) -> tuple[Fault, ...]:
    """Note a death in the later places, which give no day of cover any more.

    Money that was paid stays where it is: whether it goes back is for a person to decide.

    Args:
        work: The work of the act.
        host: Store, clock and keys.
        later: Places in later periods, against which ``ending_faults`` had nothing.
        death: The entry, without days of cover.

    Returns:
        Benefits that were granted for events after the death.

    Clause:
        HN-4.3.5c, SN-1.5
    """
    granted: list[str] = []
    for place in later:
        versions = versions_of(work, host.store, place.scheme_id)
        granted += [claim_id for claim_id, _ in decided_on(work, host, place, versions)]
        if death_of(place) != death.holds_from or place.is_active:
            work.replace(with_change(place, death))
    return granted_flags(tuple(granted), death.holds_from)
