"""Deaths (死亡登记): what of a death is on record, and what it does to the places of a member.

A death is told once, for one place; the later places of the member end with it. It is knowledge
about a person and no posting, so it may be told, and taken back, whatever became of the period.
"""

import datetime
from itertools import pairwise
from typing import Final

from mutualaid_core.clauses import implements
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.change import ChangeKind
from mutualaid_core.domain.membership.enrolment import Enrolment
from mutualaid_core.domain.scheme.period import Period, PeriodState
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.domain.values.identifiers import MemberId, PeriodId
from mutualaid_core.rules.membership.history import in_force
from mutualaid_core.rules.membership.transfer.order import CLAUSE, gone_as

WRONG_PERSON: Final = "wrong_person"
"""How the cause of a voiding begins where the place was that of another person (认错人)."""


@implements("HN-4.3.5c", "HN-4.3.5d")
def deaths_told(enrolment: Enrolment) -> tuple[datetime.date, ...]:
    """The days of death that a place tells of, whatever became of it, the last one told last.

    A death that was taken back is none. A place that was void because it was that of another
    person takes its death along: it was told of that person. With every other error the person is
    the same, and so stays dead.

    Args:
        enrolment: An enrolment of any period and state.

    Clause:
        HN-4.3.5c, HN-4.3.5d
    """
    days: list[datetime.date] = []
    for change in in_force(enrolment.history).values():
        if change.kind is ChangeKind.DIED:
            days.append(change.holds_from)
        elif change.kind is ChangeKind.VOIDED and (change.cause or "").startswith(WRONG_PERSON):
            days.clear()
    return tuple(days)


def death_of(enrolment: Enrolment) -> datetime.date | None:
    """The day of death that ended a place, by what was told last; ``None`` where none did.

    Args:
        enrolment: The enrolment.
    """
    if gone_as(enrolment) is not ChangeKind.DIED:
        return None
    told = in_force(enrolment.history).values()
    return [change.holds_from for change in told if change.kind is ChangeKind.DIED][-1]


@implements("HN-4.3.5c", "SN-1.5")
def cover_before_death(enrolment: Enrolment) -> DayRange:
    """The days of cover as they would be without the death on record, from which a day is told anew.

    Args:
        enrolment: The enrolment.

    Clause:
        HN-4.3.5c, SN-1.5
    """
    if death_of(enrolment) is None:
        return enrolment.cover
    last = enrolment.cover.last_day
    for change, following in pairwise(reversed(in_force(enrolment.history).values())):
        if change.kind is ChangeKind.JOINED:
            break
        if change.kind is ChangeKind.DIED and following.cover is not None:
            last = following.cover.last_day
    return DayRange(enrolment.cover.first_day, last)


def _fault(subject: str, rule: str, found: str, clause: str = CLAUSE) -> Fault:
    return Fault(subject=subject, rule=rule, found=found, clause=clause)


def _named(place: Enrolment) -> str:
    """The death on record in a place, by its day and period."""
    return f"died {deaths_told(place)[-1].isoformat()} in {place.period_id}"


@implements("HN-4.3.5c", "SN-1.5")
def living_faults(member_id: MemberId, before: tuple[Enrolment, ...]) -> tuple[Fault, ...]:
    """Why nobody is alive in a later period: a death in an earlier one is on record.

    Args:
        member_id: Member.
        before: Places of the member in earlier periods, of every state.

    Clause:
        HN-4.3.5c, SN-1.5
    """
    return tuple(_fault(member_id, "must be alive", _named(each)) for each in before if deaths_told(each))


@implements("HN-4.3.5c", "SN-1.5")
def other_death_faults(
    own: Enrolment, kind: ChangeKind, on: datetime.date, others: tuple[Enrolment, ...]
) -> tuple[Fault, ...]:
    """Why a leaving cannot be: a death of the member is on record in another period.

    Nobody dies twice, and nobody leaves after death. A place that ended by the death of the own
    place follows it, so that its day may be told anew there.

    Args:
        own: The place for which the leaving is told.
        kind: How the member is said to have left.
        on: First day without the unit, or the day of death.
        others: Places of the member in other periods, of every state; the later ones after.

    Clause:
        HN-4.3.5c, SN-1.5
    """
    faults = []
    for place in others:
        told = deaths_told(place)
        follows = bool(told) and place.cover.first_day > own.cover.first_day and told[-1] in deaths_told(own)
        if not told or follows or (kind is not ChangeKind.DIED and on < told[-1]):
            continue
        rule = "must have no death on record in another period; take that report back first if it is wrong"
        faults.append(_fault(own.member_id, rule, _named(place)))
    return tuple(faults)


@implements("HN-4.3.5c", "SN-1.5")
def first_place_faults(own: Enrolment, earlier: tuple[Enrolment, ...]) -> tuple[Fault, ...]:
    """Why a death is not told for a place: the member held an earlier one on that day or after it.

    Args:
        own: The place for which the death is told.
        earlier: Places between the day of death and the own one.

    Clause:
        HN-4.3.5c, SN-1.5
    """
    if not earlier:
        return ()
    rule = f"must be told for {earlier[0].period_id}, the first place of the member from that day on"
    return (_fault(own.member_id, rule, own.period_id),)


@implements("HN-4.3.5c", "SN-1.5")
def granted_flags(claim_ids: tuple[str, ...], died_on: datetime.date) -> tuple[Fault, ...]:
    """What is gravely wrong: benefits were granted for events after a death.

    Args:
        claim_ids: Claims that were decided with a benefit for such an event.
        died_on: Day of death.

    Clause:
        HN-4.3.5c, SN-1.5
    """
    rule = f"must be for an event by {died_on.isoformat()}, the day of death; look into the benefit granted"
    return tuple(_fault(claim_id, rule, "granted") for claim_id in sorted(claim_ids))


@implements("HN-4.3.5c", "HN-4.3.5b")
def ended_flags(member_id: MemberId, later: tuple[PeriodId, ...]) -> tuple[Fault, ...]:
    """What a person should look at: a death ended places of later periods, and their money stands.

    Args:
        member_id: Member.
        later: Periods whose places ended by the death.

    Clause:
        HN-4.3.5c, HN-4.3.5b
    """
    if not later:
        return ()
    rule = "should be looked at: the death ended the places of later periods, and what they were paid stands"
    return (_fault(member_id, rule, ", ".join(later)),)


@implements("HN-4.3.5c", "ACFTU-S4.2b")
def past_flags(period: Period) -> tuple[Fault, ...]:
    """What a person should know: the period was stopped, and its figures stay as they are.

    Args:
        period: The period for which a death is told or taken back.

    Clause:
        HN-4.3.5c, ACFTU-S4.2b
    """
    if period.state is PeriodState.OPEN:
        return ()
    rule = "should keep the figures with which it was stopped; a report of a death changes none of them"
    return (_fault(period.period_id, rule, f"{period.state.value} already", "ACFTU-S4.2b"),)


@implements("HN-4.3.5b", "HN-4.3.5c")
def lives_flags(member_id: MemberId, after: tuple[Enrolment, ...]) -> tuple[Fault, ...]:
    """What is left to be done for a member who lives after all, in places of later periods.

    Args:
        member_id: Member.
        after: Later places as they are now, of every state: those that are void because of the
            report, and those in which another death is on record still.

    Clause:
        HN-4.3.5b, HN-4.3.5c
    """
    flags = []
    for place in after:
        if deaths_told(place):
            rule = "should have no death on record; take that report back too if it is wrong"
            flags.append(_fault(member_id, rule, _named(place), "HN-4.3.5b"))
        else:
            rule = "should be joined anew where the place was voided because of the report"
            flags.append(_fault(member_id, rule, place.period_id, "HN-4.3.5b"))
    return tuple(flags)
