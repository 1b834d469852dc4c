"""Joiner (参加人员): one line of a list, and everything that it is held against."""

import datetime
from collections.abc import Mapping
from collections.abc import Set as AbstractSet

import attrs

from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.enrolment import Enrolment, JoinedAs
from mutualaid_core.domain.scheme.eligibility import Employment, InsuranceType
from mutualaid_core.domain.scheme.period import Period
from mutualaid_core.domain.scheme.policy import EffectivePolicy
from mutualaid_core.domain.scheme.policy.membership import MemberClass
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.domain.values.identifiers import MemberId
from mutualaid_core.domain.values.personal import PersonName, ResidentId, Sex
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.rules.membership.dues import dues_of, holdings_of
from mutualaid_core.rules.membership.eligibility import check_eligible, class_faults
from mutualaid_core.rules.membership.facts import MemberFacts, facts_of
from mutualaid_core.rules.membership.joining import (
    Asked,
    Place,
    age_day,
    holding_faults,
    objection_faults,
    place_for,
)
from mutualaid_core.rules.membership.renewal import continuity_of, facts_at_entry, first_time_at
from mutualaid_core.rules.membership.terms import fee_of


@attrs.frozen(kw_only=True)
class Joiner:
    """A worker on the roster who joins (参加人员).

    Attributes:
        name: Name.
        id_number: Resident ID number.
        sex: Sex.
        birth_date: Day of birth.
        insurance_type: Basic insurance.
        employment: Form of employment.
        shares: Shares wanted.
        parts: Parts of the scheme wanted; empty where it has none.
        hired_on: First day of work, where it is told.
        classes: Classes of members that the worker belongs to.
        objected: Whether the worker objects to joining.
        term_months: Length of the term wanted; ``None`` for the one that applies.
    """

    name: PersonName
    id_number: ResidentId
    sex: Sex
    birth_date: datetime.date
    insurance_type: InsuranceType
    employment: Employment
    shares: int
    parts: tuple[str, ...] = ()
    hired_on: datetime.date | None = None
    classes: tuple[MemberClass, ...] = ()
    objected: bool = False
    term_months: int | None = None


@attrs.frozen(kw_only=True)
class Judging:
    """What every line of a list is held against (审核依据).

    Attributes:
        on: Business day of the act.
        counted_on: Roster date of the unit; ``None`` for persons who join alone.
        period: First period.
        version: Terms in force when it begins.
        policy: What the policies ask on the day of the act.
        objections: Workers who object.
        earlier: Paid cover of members in the period before.
        dead: Members whose death is on record.
    """

    on: datetime.date
    counted_on: datetime.date | None
    period: Period
    version: SchemeVersion
    policy: EffectivePolicy
    objections: frozenset[MemberId] = frozenset()
    earlier: Mapping[MemberId, Enrolment] = attrs.field(factory=dict)
    dead: frozenset[MemberId] = frozenset()


@attrs.frozen(kw_only=True)
class JudgedLine:
    """One line with its place, or with all its faults (名单行).

    Attributes:
        member_id: Pseudonym.
        joiner: The line.
        place: Place that it gets; ``None`` where there is none.
        faults: What is wrong with it.
        waits_from: Day from which waiting is counted where cover goes on; else ``None``.
    """

    member_id: MemberId
    joiner: Joiner
    place: Place | None
    faults: tuple[Fault, ...]
    waits_from: datetime.date | None


def judged_line(member_id: MemberId, joiner: Joiner, judging: Judging) -> JudgedLine:
    """Hold one line against everything but the other lines and records; all faults at once."""
    version, cover = judging.version, judging.period.cover
    objects = joiner.objected or member_id in judging.objections
    asked = Asked(
        on=judging.on,
        hired_on=joiner.hired_on,
        counted_on=judging.counted_on,
        months=joiner.term_months,
        renews=member_id in judging.earlier,
    )
    place, misplaced = place_for(asked, version.joining, cover, judging.policy)
    if place is not None and asked.renews and place.joined_as is JoinedAs.NEW:
        place = attrs.evolve(place, joined_as=JoinedAs.RENEWAL)
    days = place.cover if place else cover
    waits_from = waits_from_of(judging.earlier.get(member_id), judging.version, days)
    usual = JoinedAs.RENEWAL if asked.renews else JoinedAs.NEW
    is_first = first_time_at(place.joined_as if place else usual, waits_from, days.first_day)
    facts = _facts(joiner, judging, days, is_first=is_first)
    faults = (
        *objection_faults(member_id, objects=objects),
        *alive_faults(member_id, judging.dead),
        *(_of_member(member_id, each) for each in misplaced),
        *_person_faults(member_id, joiner, judging, facts),
        *class_faults(member_id, joiner.employment, joiner.classes, judging.policy),
        *_due_faults(member_id, joiner, judging, place, facts),
    )
    return JudgedLine(member_id=member_id, joiner=joiner, place=place, faults=faults, waits_from=waits_from)


@attrs.frozen(kw_only=True)
class Counted:
    """How somebody of a roster counts for the gate (准入计数).

    Attributes:
        is_eligible: Whether the person counts among those who could join.
        faults: Why somebody who is eligible cannot join as the roster has it.
    """

    is_eligible: bool
    faults: tuple[Fault, ...] = ()


def counted_line(member_id: MemberId, joiner: Joiner, judging: Judging) -> Counted:
    """How somebody counts for the gate: by the same terms, on the same day, as whoever joins then.

    Whoever cannot be enrolled as the roster has it is no joiner, whatever the roster says. It does not
    tell whether somebody joins for the first time; what one of the two allows counts.

    Args:
        member_id: The worker.
        joiner: The line of the roster, whether the worker joins or not.
        judging: What it is held against.

    Clause:
        HN-4.1.2a, HN-4.1.2b
    """
    asked = Asked(on=judging.on, hired_on=joiner.hired_on, counted_on=judging.counted_on)
    place, _ = place_for(asked, judging.version.joining, judging.period.cover, judging.policy)
    days = place.cover if place else judging.period.cover
    both = [_facts(joiner, judging, days, is_first=is_first) for is_first in (True, False)]
    facts = [each for each in both if not _person_faults(member_id, joiner, judging, each)]
    if not facts or class_faults(member_id, joiner.employment, joiner.classes, judging.policy):
        return Counted(is_eligible=False)
    wrong = [_due_faults(member_id, joiner, judging, place, each) for each in facts]
    return Counted(is_eligible=True, faults=wrong[0] if all(wrong) else ())


def waits_from_of(earlier: Enrolment | None, version: SchemeVersion, cover: DayRange) -> datetime.date | None:
    """Day from which waiting goes on; ``None`` where it starts with the cover.

    Args:
        earlier: Paid place of the period before; ``None`` where there was none.
        version: Version of the new period.
        cover: Cover in it.

    Clause:
        HN-4.3.5d
    """
    renewal = version.joining.renewal if version.joining else None
    continuity = continuity_of(earlier, cover.first_day, renewal)
    return continuity.waits_from if continuity.is_kept else None


def alive_faults(member_id: MemberId, dead: AbstractSet[MemberId]) -> tuple[Fault, ...]:
    """Why nobody of that number joins: the death of the member is on record.

    Args:
        member_id: The member.
        dead: Members whose death is on record, in a place of any period.

    Clause:
        HN-4.3.5c
    """
    if member_id not in dead:
        return ()
    found = "a death on record"
    return (Fault(subject=member_id, rule="must be alive", found=found, clause="HN-4.3.5c"),)


def _of_member(member_id: MemberId, fault: Fault) -> Fault:
    return attrs.evolve(fault, subject=member_id, rule=f"{fault.subject} {fault.rule}")


def _facts(joiner: Joiner, judging: Judging, cover: DayRange, *, is_first: bool) -> MemberFacts:
    day = age_day(judging.version.joining, cover=cover, period=judging.period.cover, joined_on=judging.on)
    facts = facts_of(joiner.sex, joiner.birth_date, joiner.insurance_type, joiner.shares, day)
    return facts_at_entry(facts, first_time=is_first)


def _person_faults(
    member_id: MemberId, joiner: Joiner, judging: Judging, facts: MemberFacts
) -> tuple[Fault, ...]:
    try:
        check_eligible(joiner.insurance_type, joiner.employment, judging.version.eligibility, facts)
    except InvalidValueError as error:
        return (_fault(member_id, error),)
    return ()


def _due_faults(
    member_id: MemberId, joiner: Joiner, judging: Judging, place: Place | None, facts: MemberFacts
) -> tuple[Fault, ...]:
    """What is wrong with the parts and shares wanted, and with their price."""
    version = judging.version
    if apart := holding_faults(member_id, joiner.parts, version.parts, judging.policy):
        return apart
    try:
        due = dues_of(holdings_of(joiner.parts, joiner.shares), version.dues, facts)
        if place is not None:
            fee_of(due, version.joining, place.months)
    except InvalidValueError as error:
        return (_fault(member_id, error),)
    return ()


def _fault(member_id: MemberId, error: InvalidValueError) -> Fault:
    return Fault(
        subject=member_id,
        rule=f"{error.field} {error.rule}",
        found=str(error.value),
        clause=error.clause or "ACFTU-2.1a",
    )
