"""Leaving (离职、退休、死亡、转出): who may leave, and what becomes of the cover."""

import datetime
from collections.abc import Iterable
from collections.abc import Set as AbstractSet

import attrs

from mutualaid_core.clauses import implements
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.change import Change, ChangeKind
from mutualaid_core.domain.membership.enrolment import Enrolment, EnrolmentState
from mutualaid_core.domain.scheme.options import CoverAfter, CoverEnd
from mutualaid_core.domain.values.dates import DayRange, add_days
from mutualaid_core.domain.values.identifiers import MemberId
from mutualaid_core.rules.membership.history import history_of
from mutualaid_core.rules.membership.transfer.order import CLAUSE, day_faults, standing_word


@attrs.frozen(kw_only=True)
class Leaving:
    """What is told of a member who left (离职申报).

    Attributes:
        kind: How the member left.
        on: First day without the unit, or the day of death.
        acted_on: Business day of the act.
        period: Days of the period.
    """

    kind: ChangeKind
    on: datetime.date
    acted_on: datetime.date
    period: DayRange


@implements("HN-4.3.5c", "SN-1.5")
def leaving_faults(member_id: MemberId, enrolment: Enrolment | None, told: Leaving) -> tuple[Fault, ...]:
    """Everything against noting that a member left.

    Somebody who left may still die, while cover goes on or after it; nobody leaves otherwise
    twice. A day of death that was told wrongly is corrected by telling the death anew. Who joined
    and died before the first day of cover has a death on record and no day of cover.

    Args:
        member_id: Member.
        enrolment: Enrolment in the period; ``None`` where there is none.
        told: What is told.

    Clause:
        HN-4.3.5c, SN-1.5
    """
    if enrolment is None:
        rule, found = "must be enrolled in the period", "not enrolled"
        return (Fault(subject=member_id, rule=rule, found=found, clause=CLAUSE),)
    dies = told.kind is ChangeKind.DIED
    # Cover may not have begun, be over, or be cut by a day of death that was wrong: a death is as it was.
    death = DayRange(_joined_by(enrolment), told.period.last_day) if dies else None
    days = tuple(day_faults(enrolment, told.on, told.acted_on, death=death, leaves=True))
    if enrolment.state is EnrolmentState.ENROLLED or (dies and enrolment.state is EnrolmentState.ENDED):
        return days
    found = standing_word(enrolment)
    return (Fault(subject=member_id, rule="must be at a unit", found=found, clause=CLAUSE), *days)


def _joined_by(enrolment: Enrolment) -> datetime.date:
    """The day on which the member had joined: of the act, or the first of cover where that is before."""
    joined = [each.known_on for each in history_of(enrolment) if each.kind is ChangeKind.JOINED]
    return min(joined[-1], enrolment.cover.first_day)


@implements("HN-4.3.5c", "SN-1.5")
def cover_after_leaving(
    kind: ChangeKind, cover: DayRange, on: datetime.date, rule: CoverAfter
) -> DayRange | None:
    """What is left of the cover of a member who left.

    Death always ends it with its own day; for the rest the scheme says whether it runs to the end
    of the period or ends on the day before.

    Args:
        kind: How the member left.
        cover: Days of cover so far.
        on: First day without the unit, or the day of death.
        rule: What the scheme says.

    Returns:
        The days of cover that are left; ``None`` for none at all.

    Clause:
        HN-4.3.5c, SN-1.5
    """
    ends = {
        ChangeKind.RETIRED: rule.retirement,
        ChangeKind.DISMISSED: rule.dismissal,
        ChangeKind.LEFT_POOL: rule.transfer_out,
    }
    if ends.get(kind) is CoverEnd.PERIOD_END:
        return cover
    last = min(on if kind is ChangeKind.DIED else add_days(on, -1), cover.last_day)
    return DayRange(cover.first_day, last) if last >= cover.first_day else None


@implements("HN-4.3.5c")
def cut_faults(
    member_id: MemberId, left: DayRange | None, decided: tuple[tuple[str, datetime.date], ...]
) -> tuple[Fault, ...]:
    """Why cover may not be cut: nothing would be left, or a benefit rests on what is cut away.

    Args:
        member_id: Member.
        left: Days of cover that are left; ``None`` for none.
        decided: Claims decided with a benefit, each with the day of its event.

    Clause:
        HN-4.3.5c, HN-4.3.5b
    """
    if left is None:
        rule = "must leave after the first day of cover; a place never used is withdrawn or voided"
        return (Fault(subject=member_id, rule=rule, found="no day of cover left", clause=CLAUSE),)
    above = sorted(claim_id for claim_id, day in decided if day > left.last_day)
    if not above:
        return ()
    rule = (
        f"must have no benefit granted for an event after {left.last_day.isoformat()};"
        " settle these claims first, or name a later day"
    )
    return (Fault(subject=member_id, rule=rule, found=", ".join(above), clause=CLAUSE),)


@implements("HN-4.3.5c")
def left_change(
    kind: ChangeKind, *, on: datetime.date, known_on: datetime.date, left: DayRange | None, cause: str
) -> Change:
    """The entry for a member who left: no unit from that day on, and what is left of the cover.

    Args:
        kind: How the member left.
        on: First day without the unit, or the day of death.
        known_on: Business day of the act.
        left: Days of cover that are left; ``None`` for none, after a death before the first of them.
        cause: Transfer or paper that it rests on.

    Clause:
        HN-4.3.5c, SN-1.5
    """
    return Change(kind=kind, holds_from=on, known_on=known_on, unit_id=None, cover=left, cause=cause)


@implements("HN-4.3.5c")
def later_flags(
    member_id: MemberId, later: tuple[str, ...], *, stays: bool, paid: AbstractSet[str] = frozenset()
) -> tuple[Fault, ...]:
    """What a person should look at: the member is enrolled for later periods already.

    A change is one of its own period. Whoever moved must move in the later ones too, and whoever
    left has no place there: one that was not paid for is withdrawn, and one that was is found void,
    so that the contribution goes back as that of an error.

    Args:
        member_id: Member.
        later: Periods after this one in which the member holds a place.
        stays: Whether the member stays in the pool.
        paid: Those of them that were paid for.

    Clause:
        HN-4.3.5c
    """
    if not later:
        return ()
    rule = "should not be left as it is in later periods"
    if stays:
        return (_later_flag(member_id, f"{rule}; propose the transfer there too", later),)
    flags = (
        (f"{rule}; withdraw it", [each for each in later if each not in paid]),
        (
            f"{rule}; void it as not eligible and give the contribution back",
            [each for each in later if each in paid],
        ),
    )
    return tuple(_later_flag(member_id, told, periods) for told, periods in flags if periods)


def _later_flag(member_id: MemberId, rule: str, periods: Iterable[str]) -> Fault:
    return Fault(subject=member_id, rule=rule, found=", ".join(periods), clause=CLAUSE)
