"""Keeping (登记) enrolments: put where there is none or one was taken back, and counted by unit."""

import datetime
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import Final

import attrs

from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.change import Change, ChangeKind
from mutualaid_core.domain.membership.contribution import Contribution
from mutualaid_core.domain.membership.enrolment import Enrolment, EnrolmentState, JoinedAs
from mutualaid_core.domain.membership.unit import Admission
from mutualaid_core.domain.scheme.policy.membership import JoinedBy
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.identifiers import MemberId, PeriodId, SchemeId, UnitId
from mutualaid_core.domain.values.money import FEN_MAX
from mutualaid_core.rules.membership.history import joined_anew
from mutualaid_core.serialization.records import key_of
from mutualaid_core.services.adjudication import use_counter
from mutualaid_core.work import Host, Work

UNCOUNTED: Final = frozenset({JoinedAs.LATE, JoinedAs.NEW_HIRE})
"""Occasions of those who were not on the roster by which their unit was judged."""


def counter_of(scheme_id: SchemeId, period_id: PeriodId, unit_id: UnitId) -> str:
    """Key of the counter of a unit's workers who joined in a period, bounded by the admission.

    New hires and late joiners are not in it: they were not on the roster of the admission.

    Args:
        scheme_id: Scheme.
        period_id: Period.
        unit_id: Unit through which they joined.
    """
    return f"joined/{scheme_id}/{period_id}/{unit_id}"


def admission_faults(
    work: Work, scheme_id: SchemeId, period_id: PeriodId, unit_id: UnitId, joining: int
) -> tuple[Fault, ...]:
    """Why so many more cannot join through a unit: not admitted, or more than it was judged by.

    Args:
        work: The work of the act.
        scheme_id: Scheme.
        period_id: Period.
        unit_id: Unit.
        joining: How many more.

    Clause:
        HN-4.1.2a
    """
    admission = work.find(Admission, key_of(scheme_id, period_id, unit_id))
    if admission is None or not admission.judgement.admitted:
        found = "refused" if admission else "not judged"
        return (Fault(subject=unit_id, rule="must be admitted first", found=found, clause="HN-4.1.2a"),)
    together = work.counter(counter_of(scheme_id, period_id, unit_id)) + joining
    if together <= admission.judgement.enrolled:
        return ()
    most = admission.judgement.enrolled
    rule = f"must enrol at most the {most} that it was judged by; a later hire needs hired_on"
    return (Fault(subject=unit_id, rule=rule, found=str(together), clause="HN-4.1.2a"),)


@attrs.frozen(kw_only=True)
class Places:
    """What stands under the keys of the places that are asked for (已有参加记录).

    Attributes:
        present: Enrolments by their keys, those that were taken back or void too.
        unreturned: Keys of those that give no place, and whose contribution still stands.
    """

    present: Mapping[str, Enrolment]
    unreturned: frozenset[str]

    def any_taken(self, keys: Iterable[str]) -> bool:
        """Whether one of them is a place in the scheme that somebody has."""
        return any(key in self.present and self.present[key].is_active for key in keys)

    def is_at(self, unit_id: UnitId, key: str) -> bool:
        """Whether under a key somebody is enrolled at a unit, and has not left it."""
        place = self.present.get(key)
        return place is not None and (place.state, place.unit_id) == (EnrolmentState.ENROLLED, unit_id)


def places_at(work: Work, keys: Iterable[str]) -> Places:
    """What stands under the keys of places; read in the work, so that it is checked at commit.

    Args:
        work: The work of the act.
        keys: Keys of the places that are asked for.

    Clause:
        HN-4.3.5b, ACFTU-2.3b
    """
    present = work.find_many(Enrolment, list(keys))
    gone = [key for key, each in present.items() if not each.is_active]
    paid = work.find_many(Contribution, gone)
    unreturned = frozenset(key for key, each in paid.items() if each.is_settled)
    return Places(present=present, unreturned=unreturned)


def place_faults(
    member_id: MemberId,
    keys: Iterable[str],
    places: Places,
    on: datetime.date,
    given: AbstractSet[str] = frozenset(),
) -> tuple[Fault, ...]:
    """Why places are not free; whoever joins, renews or is given a place is asked the same.

    A place that was taken back or void is free again, but not before the day on which that became
    known, nor while money that was paid for it stands: it would pay for the new one unseen.

    Args:
        member_id: The member.
        keys: Keys of the places, one for each period.
        places: What stands under them.
        on: Business day of the act.
        given: Keys of places that the same act gives to others on its list.

    Clause:
        HN-4.3.4c, HN-4.3.5b, ACFTU-2.3b
    """
    own = set(keys)
    if own & given or places.any_taken(own):
        return (taken_fault(member_id),)
    faults = []
    before = (places.present[key] for key in own if key in places.present)
    last = max((change.known_on for each in before for change in each.history), default=on)
    if on < last:
        rule = f"must join anew on or after {last.isoformat()}"
        faults.append(Fault(subject=member_id, rule=rule, found=on.isoformat(), clause="HN-4.3.4c"))
    if own & places.unreturned:
        rule, found = "must get the contribution of the void place back first", "not returned"
        faults.append(Fault(subject=member_id, rule=rule, found=found, clause="HN-4.3.5b"))
    return tuple(faults)


def taken_fault(member_id: MemberId) -> Fault:
    """The finding against somebody who has a place of the period already.

    Args:
        member_id: The member.

    Clause:
        HN-4.3.4c
    """
    rule = "must join a period once, whatever the unit"
    return Fault(subject=member_id, rule=rule, found="enrolled already", clause="HN-4.3.4c")


def keep(work: Work, enrolment: Enrolment, places: Places) -> None:
    """Add an enrolment, or put it where one was taken back, whose history goes on.

    Args:
        work: The work of the act.
        enrolment: The new enrolment, against which ``place_faults`` had nothing.
        places: What stands under its key.
    """
    key = key_of(enrolment.scheme_id, enrolment.period_id, enrolment.member_id)
    before = places.present.get(key)
    if before is None:
        work.add(enrolment)
    else:
        work.replace(joined_anew(enrolment, before))


def is_counted(enrolment: Enrolment) -> bool:
    """Whether an enrolment stands in the counter of the unit through which the member joined.

    New hires, late joiners and persons who join alone do not, and a term of several periods
    stands in that of its first period alone: the entry of the others names that period as cause.

    Args:
        enrolment: The enrolment.
    """
    entry = _joining_of(enrolment)
    is_first = entry is None or entry.cause is None
    by_unit = enrolment.joined_by is not JoinedBy.PERSON
    return by_unit and is_first and enrolment.joined_as not in UNCOUNTED


def unit_joined(enrolment: Enrolment) -> UnitId:
    """The unit through which a member joined last, whatever the unit is now.

    Args:
        enrolment: The enrolment.
    """
    entry = _joining_of(enrolment)
    return enrolment.unit_id if entry is None or entry.unit_id is None else entry.unit_id


def _joining_of(enrolment: Enrolment) -> Change | None:
    """The entry with which the member joined last; ``None`` in records of older forms."""
    entries = (change for change in reversed(enrolment.history) if change.kind is ChangeKind.JOINED)
    return next(entries, None)


def count_out(work: Work, enrolment: Enrolment) -> None:
    """Take an enrolment that no longer gives a place out of the counter of its unit.

    Args:
        work: The work of the act.
        enrolment: The enrolment as it was before.
    """
    if is_counted(enrolment):
        unit_id = unit_joined(enrolment)
        work.count(counter_of(enrolment.scheme_id, enrolment.period_id, unit_id), -1)


def hold_limits(work: Work, host: Host, enrolment: Enrolment, versions: tuple[SchemeVersion, ...]) -> None:
    """Put the bounds of the member's limits anew, unchanged, before anything decided is read.

    Whoever grants a benefit meanwhile puts them too, so that one of the two decides anew.

    Args:
        work: The work of the act.
        host: Store, clock and keys.
        enrolment: The enrolment on which claims may rest.
        versions: Versions of the scheme, whose benefits name the limits.
    """
    names = {f"amount/{benefit.benefit_id}/period" for each in versions for benefit in each.benefits}
    for name in sorted(names):
        key = use_counter(enrolment.scheme_id, enrolment.period_id, enrolment.member_id, name)
        work.counter(key)
        found = host.store.get((), (key,)).counters[key]
        work.consume(key, 0, hi=found.hi if found.version else FEN_MAX)
