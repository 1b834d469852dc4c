"""Later places (后续各期参加): what a death does to the places that a member holds after its period."""

import datetime

import attrs

from mutualaid_core.domain.claims.decision import Decision
from mutualaid_core.domain.claims.settlement import Settlement
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.change import Change, ChangeKind
from mutualaid_core.domain.membership.enrolment import Enrolment, EnrolmentState
from mutualaid_core.domain.scheme.period import Period
from mutualaid_core.domain.scheme.version import SchemeVersion, version_on
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.ports.store import Store
from mutualaid_core.rules.claims.admission import event_day
from mutualaid_core.rules.membership.history import with_change
from mutualaid_core.rules.membership.transfer import (
    cover_after_leaving,
    cover_before_death,
    cut_faults,
    death_of,
    known_faults,
)
from mutualaid_core.serialization.records import key_of
from mutualaid_core.services.membership.keeping import hold_limits
from mutualaid_core.services.standing import period_of, periods_of, posting_faults, versions_of
from mutualaid_core.work import Host, Work, read_all

_STANDING = (EnrolmentState.ENROLLED, EnrolmentState.ENDED)


@attrs.frozen(kw_only=True)
class Others:
    """Places of a member in other periods (其他各期参加), whatever became of them.

    Attributes:
        before: Those of earlier periods, in the order of the periods.
        after: Those of later ones.
    """

    before: tuple[Enrolment, ...] = ()
    after: tuple[Enrolment, ...] = ()

    @property
    def standing_after(self) -> tuple[Enrolment, ...]:
        """Later places that are neither taken back nor void; who left a later unit is in."""
        return tuple(each for each in self.after if each.state in _STANDING)


def other_places(work: Work, store: Store, enrolment: Enrolment | None) -> Others:
    """Places of the member in all other periods of the scheme.

    Each is read in the work by its key, so that a place that is taken meanwhile has the act
    decided anew.

    Args:
        work: The work of the act.
        store: Where the periods are listed.
        enrolment: Enrolment in this period; ``None`` where there is none, and so no other.
    """
    if enrolment is None:
        return Others()
    days = enrolment.cover
    periods = periods_of(work, store, enrolment.scheme_id)
    return Others(
        before=_places(work, enrolment, [each for each in periods if each.cover.last_day < days.first_day]),
        after=_places(work, enrolment, [each for each in periods if each.cover.first_day > days.last_day]),
    )


def later_places(work: Work, store: Store, enrolment: Enrolment) -> tuple[Enrolment, ...]:
    """Places of the member in periods of the scheme after this one, in the order of the periods.

    Places taken back or void are left out; who left a later unit is in.

    Args:
        work: The work of the act.
        store: Where the periods are listed.
        enrolment: Enrolment in this period.
    """
    return other_places(work, store, enrolment).standing_after


def _places(work: Work, enrolment: Enrolment, periods: list[Period]) -> tuple[Enrolment, ...]:
    """The places of the same member in some periods, in their order."""
    periods.sort(key=lambda each: each.cover.first_day)
    keys = [key_of(each.scheme_id, each.period_id, enrolment.member_id) for each in periods]
    found = work.find_many(Enrolment, keys)
    return tuple(found[key] for key in keys if key in found)


def places_until(work: Work, own: Enrolment, on: datetime.date, others: Others) -> tuple[Enrolment, ...]:
    """Earlier places of a member in periods that were not over on a day, in their order.

    Args:
        work: The work of the act.
        own: The place in this period.
        on: The day.
        others: Places in other periods.
    """
    standing = [each for each in others.before if each.state in _STANDING]
    periods = {each.period_id: period_of(work, own.scheme_id, each.period_id) for each in standing}
    return tuple(each for each in standing if periods[each.period_id].cover.last_day >= on)


def hold_joining(work: Work, store: Store, period: Period) -> None:
    """Put the open periods anew, unchanged, when a death is told for one that takes nothing more.

    Whoever joins looks at the period that is joined, and at places of stopped ones without a check
    of each: so that the joining is decided anew, and nobody joins who has died.

    Args:
        work: The work of the act.
        store: Where the periods are listed.
        period: The period for which the death is told.
    """
    if not posting_faults(period):
        return
    for each in periods_of(work, store, period.scheme_id):
        if not posting_faults(each):
            work.replace(each)


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


def ending_faults(act: Act, later: tuple[Enrolment, ...]) -> tuple[Fault, ...]:
    """Why a death cannot be noted in the later places: the day of the act is out of order.

    Args:
        act: The act that notes the death.
        later: Places in later periods.

    Clause:
        HN-4.3.5c
    """
    return tuple(fault for place in later for fault in known_faults(place, act.business_on))


def end_by_death(work: Work, host: Host, later: tuple[Enrolment, ...], death: Change) -> tuple[str, ...]:
    """Note a death in the later places, which give no day of cover any more.

    Money that was paid stays where it is: whether it goes back is for a person to decide.

    Args:
        work: The work of the act.
        host: Store, clock and keys.
        later: Places in later periods, against which ``ending_faults`` had nothing.
        death: The entry, without days of cover.

    Returns:
        Claims that were decided with a benefit for events after the death.

    Clause:
        HN-4.3.5c, SN-1.5
    """
    granted: list[str] = []
    for place in later:
        granted += granted_after(work, host, place, death.holds_from)
        if death_of(place) != death.holds_from or place.is_active:
            work.replace(with_change(place, death))
    return tuple(granted)


def granted_after(work: Work, host: Host, place: Enrolment, on: datetime.date) -> tuple[str, ...]:
    """Claims of a place that were decided with a benefit for events after a day.

    Args:
        work: The work of the act.
        host: Store, clock and keys.
        place: The place.
        on: The day, of a death.

    Raises:
        VersionGapError: Not exactly one version is in force on the day of an event.

    Clause:
        HN-4.3.5c, SN-1.5
    """
    versions = versions_of(work, host.store, place.scheme_id)
    return tuple(claim_id for claim_id, day in decided_on(work, host, place, versions) if day > on)


def cover_left(
    work: Work, host: Host, enrolment: Enrolment, kind: ChangeKind, on: datetime.date
) -> tuple[DayRange | None, tuple[Fault, ...]]:
    """Days of cover that are left to a member who leaves, and why they may not be cut so.

    A claim that is judged at the same time makes the work be decided anew, so that no benefit
    slips through for a day that is cut away. A death is as it was: nothing stands in its way.

    Args:
        work: The work of the act.
        host: Store, clock and keys.
        enrolment: Enrolment of the member.
        kind: How the member leaves.
        on: First day without the unit, or the day of death.

    Returns:
        The days that are left (``None`` for none), and the faults.

    Raises:
        VersionGapError: Not exactly one version is in force on the day.

    Clause:
        HN-4.3.5c
    """
    versions = versions_of(work, host.store, enrolment.scheme_id)
    # Who died before the first day of cover may have died before the scheme began.
    ruled_on = max(on, enrolment.cover.first_day)
    rule = version_on(versions, enrolment.scheme_id, ruled_on).open_points.cover_after
    cover = cover_before_death(enrolment) if kind is ChangeKind.DIED else enrolment.cover
    left = cover_after_leaving(kind, cover, on, rule)
    if kind is ChangeKind.DIED:
        return left, ()
    decided = () if left == enrolment.cover else decided_on(work, host, enrolment, versions)
    return left, cut_faults(enrolment.member_id, left, decided)
