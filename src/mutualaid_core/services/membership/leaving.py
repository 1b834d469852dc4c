"""Leaving (离职、退休、死亡): a member leaves the unit; cover ends as the scheme says."""

import datetime
from typing import Final

import attrs

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.change import Change, ChangeKind
from mutualaid_core.domain.membership.enrolment import Enrolment, EnrolmentState
from mutualaid_core.domain.membership.workflow import ENROLMENTS, AllowedAction, allowed_actions
from mutualaid_core.domain.scheme.version import version_on
from mutualaid_core.domain.values.checks import Field
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.domain.values.identifiers import MemberId, PeriodId, SchemeId, UnitId
from mutualaid_core.domain.values.personal import paper_number, pseudonym
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.rules.membership.history import standing_of, with_change
from mutualaid_core.rules.membership.transfer import (
    CLAUSE,
    Leaving,
    cover_after_leaving,
    cover_before_death,
    cut_faults,
    death_of,
    later_flags,
    leaving_faults,
    left_change,
)
from mutualaid_core.serialization.records import key_of
from mutualaid_core.services.membership.later import decided_on, end_by_death, ending_faults, later_places
from mutualaid_core.services.standing import period_of, posting_faults, versions_of
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
        cover: Days of cover as they stand now; ``None`` where the member is not enrolled.
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
    same act, and a benefit that one of them had is named as a grave finding.

    Raises:
        NotFoundError: There is no such period.
        VersionGapError: Not exactly one version is in force on the day.

    Clause:
        HN-4.3.5b, HN-4.3.5c, SN-1.5
    """

    def decide(work: Work) -> WorkLeft:
        period = period_of(work, command.scheme_id, command.period_id)
        enrolment = work.find(Enrolment, key_of(command.scheme_id, command.period_id, command.member_id))
        side = _side_faults(command, enrolment, act)
        later = () if enrolment is None else later_places(work, host.store, enrolment)
        against_later = ending_faults(work, act, later) if command.kind is ChangeKind.DIED else ()
        if enrolment is not None and not (side or against_later) and _is_told(command, enrolment):
            return _left(work, host, enrolment, later, _death(command, act))
        told = Leaving(kind=command.kind, on=command.on, acted_on=act.business_on, period=period.cover)
        against = leaving_faults(command.member_id, enrolment, told)
        faults = (*posting_faults(period), *side, *against, *against_later)
        if faults or enrolment is None:
            return _judged(enrolment, faults)
        left, cut = cover_left(work, host, enrolment, command.kind, command.on)
        if cut or left is None:
            return _judged(enrolment, cut)
        change = left_change(
            command.kind, on=command.on, known_on=act.business_on, left=left, cause=command.paper
        )
        # A move that was still to come never came about: the last unit is that of the day.
        unit_id = _unit_on(enrolment, command.on, act)
        gone = with_change(attrs.evolve(enrolment, unit_id=unit_id), change)
        work.replace(gone)
        return _left(work, host, gone, later, _death(command, act))

    purpose = Purpose(name="leave_work", subject=command.member_id, chain=command.scheme_id, answer=WorkLeft)
    return perform(host, act, purpose, command, decide)


def _is_told(command: LeaveWork, enrolment: Enrolment) -> bool:
    """Whether just that death is on record already."""
    return command.kind is ChangeKind.DIED and death_of(enrolment) == command.on


def _death(command: LeaveWork, act: Act) -> Change | None:
    """The entry for the places of later periods: no day of cover; ``None`` for whoever lives."""
    if command.kind is not ChangeKind.DIED:
        return None
    return Change(
        kind=command.kind,
        holds_from=command.on,
        known_on=act.business_on,
        unit_id=None,
        cover=None,
        cause=command.paper,
    )


def _left(
    work: Work, host: Host, gone: Enrolment, later: tuple[Enrolment, ...], death: Change | None
) -> WorkLeft:
    """The answer for a member who left; a death ends the places of later periods with it."""
    granted = end_by_death(work, host, later, death) if death else ()
    told = [each.period_id for each in later if death or each.state is EnrolmentState.ENROLLED]
    flags = later_flags(gone.member_id, tuple(told), stays=False)
    return _judged(gone, (*granted, *flags), Outcome.CRITICAL if granted else Outcome.FLAG)


def _unit_on(enrolment: Enrolment, on: datetime.date, act: Act) -> UnitId:
    """The unit of the member on a day, by all that is known; the last one where there is none."""
    standing = standing_of(enrolment, on=on, known_at=act.business_on)
    return enrolment.unit_id if standing is None or standing.unit_id is None else standing.unit_id


def _side_faults(command: LeaveWork, enrolment: Enrolment | None, act: Act) -> tuple[Fault, ...]:
    """Who reports is the unit of that day; a death may be reported by the unit of today too."""
    if enrolment is None:
        return ()
    days = (command.on, act.business_on) if command.kind is ChangeKind.DIED else (command.on,)
    if command.by_unit in {_unit_on(enrolment, day, act) for day in days}:
        return ()
    rule = "must be reported by the member's own unit"
    return (Fault(subject=command.member_id, rule=rule, found="another unit", clause=CLAUSE),)


def _judged(
    enrolment: Enrolment | None, faults: tuple[Fault, ...], wrong: Outcome = Outcome.REJECT
) -> WorkLeft:
    return WorkLeft(
        outcome=wrong if faults else Outcome.PASS,
        faults=faults,
        cover=None if enrolment is None else enrolment.cover,
        allowed_actions=allowed_actions(ENROLMENTS, None if enrolment is None else enrolment.state),
    )


def cover_left(
    work: Work, host: Host, enrolment: Enrolment, kind: ChangeKind, on: datetime.date
) -> tuple[DayRange | None, tuple[Fault, ...]]:
    """Days of cover that are left to a member who leaves, and why they may not be cut so.

    A claim that is judged at the same time makes the work be decided anew, so that no benefit
    slips through for a day that is cut away.

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
    rule = version_on(versions, enrolment.scheme_id, on).open_points.cover_after
    cover = cover_before_death(enrolment) if kind is ChangeKind.DIED else enrolment.cover
    left = cover_after_leaving(kind, cover, on, rule)
    decided = () if left == enrolment.cover else decided_on(work, host, enrolment, versions)
    return left, cut_faults(enrolment.member_id, left, decided)
