"""Leaving (离职、退休、死亡): a member leaves the unit; cover ends as the scheme says."""

import datetime
from typing import Final

import attrs

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.change import ChangeKind
from mutualaid_core.domain.membership.enrolment import Enrolment
from mutualaid_core.domain.membership.workflow import ENROLMENTS, AllowedAction, allowed_actions
from mutualaid_core.domain.scheme.period import Period
from mutualaid_core.domain.values.checks import Field
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.domain.values.identifiers import MemberId, PeriodId, SchemeId, UnitId
from mutualaid_core.domain.values.personal import paper_number, pseudonym
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.rules.membership.history import standing_of, with_change
from mutualaid_core.rules.membership.transfer import (
    CLAUSE,
    Leaving,
    death_of,
    ended_flags,
    first_place_faults,
    granted_flags,
    leaving_faults,
    left_change,
    other_death_faults,
    past_flags,
    without_death,
)
from mutualaid_core.serialization.records import key_of
from mutualaid_core.services.membership.continuity.dependants import dependants, left_flags, replace_all
from mutualaid_core.services.membership.later import (
    Others,
    cover_left,
    end_by_death,
    ending_faults,
    granted_after,
    hold_joining,
    other_places,
    places_until,
)
from mutualaid_core.services.standing import period_of, posting_faults
from mutualaid_core.work import Done, Host, Purpose, Work, perform

REPORTED: Final = (ChangeKind.RETIRED, ChangeKind.DISMISSED, ChangeKind.DIED)
"""Ways of leaving that a unit reports; who leaves the pool does so by a transfer."""


def reported(_owner: object, _field: Field, kind: ChangeKind) -> None:
    """Refuse (离开申报方式) a way of leaving that no unit reports.

    Raises:
        InvalidValueError: It is another kind of change.
    """
    if kind not in REPORTED:
        ways = ", ".join(each.value for each in REPORTED)
        raise InvalidValueError("kind", f"must be one of {ways}", kind.value, clause=CLAUSE)


@attrs.frozen(kw_only=True)
class LeaveWork:
    """Command: a unit reports that a member retired, was dismissed or resigned, or died.

    Attributes:
        scheme_id: Scheme.
        period_id: Period.
        member_id: Member.
        by_unit: Unit that reports it: the member's own.
        kind: ``RETIRED``, ``DISMISSED`` or ``DIED``.
        on: First day without work, or the day of death.
        paper: Number of the paper that it rests on; no name and no ID number.
    """

    scheme_id: SchemeId
    period_id: PeriodId
    member_id: MemberId = attrs.field(validator=pseudonym)
    by_unit: UnitId = attrs.field(validator=pseudonym)
    kind: ChangeKind = attrs.field(validator=reported)
    on: datetime.date
    paper: str = attrs.field(validator=paper_number)


@attrs.frozen(kw_only=True)
class WorkLeft:
    """Result of a report.

    Attributes:
        outcome: ``PASS``; ``FLAG`` where it was done and a person should look at something,
            ``CRITICAL`` where a benefit was granted for an event after the death; ``REJECT``
            where nothing was done.
        faults: Why it was refused, or what to look at; else empty.
        cover: Days of cover as they stand now; ``None`` where there is none, or no enrolment.
        allowed_actions: What may be done with the enrolment next, and why not the rest.
    """

    outcome: Outcome
    faults: tuple[Fault, ...]
    cover: DayRange | None
    allowed_actions: tuple[AllowedAction, ...]


def leave_work(host: Host, act: Act, command: LeaveWork) -> Done[WorkLeft]:
    """Note that a member left work. Nothing is refunded, and nothing decided is undone.

    Retirement and dismissal leave the cover as the scheme says; death ends it with its day, and
    events up to that day may still be claimed. A death that is told again changes nothing; with
    another day it corrects the day, and cover ends with the new one. Places of later periods are
    flagged: whether money must go back is for a person to decide. A death ends them all in the
    same act. A benefit that was granted for an event after it is named as a grave finding, for the
    death is as it was. It books nothing, and so it is told for a period that was stopped too.

    Raises:
        NotFoundError: There is no such period.
        VersionGapError: Not exactly one version is in force on the day.

    Clause:
        HN-4.3.5b, HN-4.3.5c, SN-1.5
    """

    def decide(work: Work) -> WorkLeft:
        period = period_of(work, command.scheme_id, command.period_id)
        enrolment = work.find(Enrolment, key_of(command.scheme_id, command.period_id, command.member_id))
        told = Leaving(kind=command.kind, on=command.on, acted_on=act.business_on, period=period.cover)
        posting = () if command.kind is ChangeKind.DIED else posting_faults(period)
        against = leaving_faults(command.member_id, enrolment, told)
        if enrolment is None:
            return _judged(None, (*posting, *against))
        others = other_places(work, host.store, enrolment)
        report = _Report(act=act, command=command, period=period, place=enrolment, others=others)
        side, ending = _side_faults(report), _ending_faults(report)
        if report.is_told and not (side or ending):
            return _left(work, host, report, enrolment)
        # Who names another place first is told that alone: the rest would be of no use there.
        faults = _misplaced_faults(work, report) or (
            *posting,
            *side,
            *against,
            *ending,
            *_dead_faults(report),
        )
        return _judged(enrolment, faults) if faults else _noted(work, host, report)

    purpose = Purpose(name="leave_work", subject=command.member_id, chain=command.scheme_id, answer=WorkLeft)
    return perform(host, act, purpose, command, decide)


@attrs.frozen(kw_only=True)
class _Report:
    """A report with what is on record of the member.

    Attributes:
        act: The act.
        command: What is told.
        period: The period for which it is told.
        place: The place in it, as it was before.
        others: Places in other periods.
    """

    act: Act
    command: LeaveWork
    period: Period
    place: Enrolment
    others: Others

    @property
    def is_death(self) -> bool:
        """Whether it is told that the member died."""
        return self.command.kind is ChangeKind.DIED

    @property
    def is_told(self) -> bool:
        """Whether just that death is on record already."""
        return self.is_death and death_of(self.place) == self.command.on


def _ending_faults(report: _Report) -> tuple[Fault, ...]:
    """Why a death cannot be noted in the later places."""
    return ending_faults(report.act, report.others.standing_after) if report.is_death else ()


def _misplaced_faults(work: Work, report: _Report) -> tuple[Fault, ...]:
    """Why a death is not told for this place: an earlier one was held on that day."""
    place, on = report.place, report.command.on
    return first_place_faults(place, places_until(work, place, on, report.others)) if report.is_death else ()


def _dead_faults(report: _Report) -> tuple[Fault, ...]:
    """What another death on record has against it."""
    command, others = report.command, report.others
    return other_death_faults(report.place, command.kind, command.on, (*others.before, *others.after))


def _noted(work: Work, host: Host, report: _Report) -> WorkLeft:
    """Write the report down where nothing is against it but what the cover says."""
    act, command, place = report.act, report.command, report.place
    left, cut = cover_left(work, host, place, command.kind, command.on)
    if cut:
        return _judged(place, cut)
    change = left_change(
        command.kind, on=command.on, known_on=act.business_on, left=left, cause=command.paper
    )
    # A move that was still to come never came about: the last unit is that of the day.
    gone = with_change(attrs.evolve(place, unit_id=_unit_on(place, command.on, act)), change)
    # Whose death is told is covered in no later place, so that nothing is counted there.
    moved, unmoved = ((), ()) if report.is_death else dependants(work, host, act, place, gone)
    if unmoved:
        return _judged(place, unmoved)
    work.replace(gone)
    replace_all(work, moved)
    if report.is_death:
        hold_joining(work, host.store, report.period)
    return _left(work, host, report, gone)


def _left(work: Work, host: Host, report: _Report, gone: Enrolment) -> WorkLeft:
    """The answer for a member who left; a death ends the places of later periods with it."""
    command, later = report.command, report.others.standing_after
    if not report.is_death:
        return _judged(gone, left_flags(work, gone.member_id, later), Outcome.FLAG)
    # No day of cover and no unit, in the places of later periods.
    death = left_change(
        command.kind, on=command.on, known_on=report.act.business_on, left=None, cause=command.paper
    )
    granted = (
        *granted_after(work, host, gone, command.on),
        *end_by_death(work, host, later, death),
    )
    flags = (
        *granted_flags(granted, command.on),
        *ended_flags(gone.member_id, tuple(each.period_id for each in later)),
        *past_flags(report.period),
    )
    return _judged(gone, flags, Outcome.CRITICAL if granted else Outcome.FLAG)


def _unit_on(enrolment: Enrolment, on: datetime.date, act: Act) -> UnitId:
    """The unit of the member on a day, by all that is known; the last one where there is none.

    A death that is told anew has no say in where the member was.
    """
    place = without_death(enrolment)
    standing = standing_of(place, on=on, known_at=act.business_on)
    return place.unit_id if standing is None or standing.unit_id is None else standing.unit_id


def _side_faults(report: _Report) -> tuple[Fault, ...]:
    """Who reports is the unit of that day; a death may be reported by the unit of today too."""
    act, command = report.act, report.command
    days = (command.on, act.business_on) if report.is_death else (command.on,)
    if command.by_unit in {_unit_on(report.place, day, act) for day in days}:
        return ()
    rule = "must be reported by the member's own unit"
    return (Fault(subject=command.member_id, rule=rule, found="another unit", clause=CLAUSE),)


def _judged(
    enrolment: Enrolment | None, faults: tuple[Fault, ...], wrong: Outcome = Outcome.REJECT
) -> WorkLeft:
    return WorkLeft(
        outcome=wrong if faults else Outcome.PASS,
        faults=faults,
        cover=enrolment.cover if enrolment is not None and enrolment.is_active else None,
        allowed_actions=allowed_actions(ENROLMENTS, None if enrolment is None else enrolment.state),
    )
