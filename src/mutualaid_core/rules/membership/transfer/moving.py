"""Moving (转移接续): when a member may move to another unit, and who may answer.

Used part of limits and waiting served belong to the person, not to the unit, so nothing is said
of them here: they stay where they are.
"""

import datetime
from collections.abc import Iterator
from typing import Final

import attrs

from mutualaid_core.clauses import implements
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.change import Change, ChangeKind
from mutualaid_core.domain.membership.enrolment import Enrolment, EnrolmentState
from mutualaid_core.domain.membership.transfer import Transfer
from mutualaid_core.domain.membership.unit import Unit
from mutualaid_core.domain.membership.workflow import TRANSFERS, Action, Side
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.domain.values.identifiers import MemberId, PeriodId, PoolId, UnitId
from mutualaid_core.rules.membership.history import history_of, in_force
from mutualaid_core.rules.membership.transfer.order import (
    CLAUSE,
    day_faults,
    gone_as,
    known_faults,
    place_of,
    standing_word,
)
from mutualaid_core.rules.membership.workflow import step_faults


@attrs.frozen(kw_only=True)
class Move:
    """What is asked of a transfer (转移申请), with what is known of member and units.

    Attributes:
        is_inside: Whether the receiving unit is of the pool of the scheme.
        member_id: Member.
        enrolment: Enrolment in the period; ``None`` where there is none.
        from_unit: Unit that is left.
        to_unit: Unit that is gone to.
        receiving: That unit; ``None`` where nobody knows it.
        moves_on: First day at that unit.
        acted_on: Business day of the act.
        place: Which place of the member it was proposed for; ``None`` for the present one.
    """

    is_inside: bool
    member_id: MemberId
    enrolment: Enrolment | None
    from_unit: UnitId
    to_unit: UnitId
    receiving: Unit | None
    moves_on: datetime.date
    acted_on: datetime.date
    place: int | None = None


_TAKEN_UP: Final = frozenset({ChangeKind.DISMISSED, ChangeKind.LEFT_POOL})
"""Ways of leaving after which another unit of the pool may take the member up."""


@implements("HN-4.3.5c")
def move_faults(move: Move) -> tuple[Fault, ...]:
    """Everything against a transfer, when it is proposed and once more when it is accepted.

    The place goes along with the employment inside the pool. So whoever was dismissed, or left
    the pool and comes back, may be taken up by a unit of the pool while cover runs on: it was
    paid for, and only the unit is missing. Retirement and death end the employment for good.

    A leaving that was noted ahead is refused with what to do: it was reported by the unit that is
    left, and the member leaves another one if the move comes before it.

    A transfer is for the place for which it was proposed. One that was taken back or void takes
    its proposals along, and they do not hold for the place that the member got after it.

    Args:
        move: What is asked, and what is known.

    Clause:
        HN-4.3.5c
    """
    return (*_unit_faults(move), *_member_faults(move))


def _unit_faults(move: Move) -> Iterator[Fault]:
    if move.from_unit == move.to_unit:
        rule = "must be another unit than the one that is left"
        yield Fault(subject=move.to_unit, rule=rule, found="the same unit", clause=CLAUSE)
    if move.receiving is None:
        yield Fault(subject=move.to_unit, rule="must be a known unit", found="unknown", clause=CLAUSE)


def _member_faults(move: Move) -> Iterator[Fault]:
    who, enrolment = move.member_id, move.enrolment
    if enrolment is None:
        yield Fault(subject=who, rule="must be enrolled in the period", found="not enrolled", clause=CLAUSE)
        return
    if move.place is not None and place_of(enrolment) != move.place:
        rule = "must be for the place that the member has now; it may be proposed anew"
        yield Fault(subject=who, rule=rule, found="an earlier place", clause=CLAUSE)
    elif (ahead := _leaves_after(move, enrolment)) is not None:
        day = ahead.isoformat()
        rule = f"must move on or after {day}, the day of a leaving; else take it back: the new unit tells it"
        yield Fault(subject=who, rule=rule, found=standing_word(enrolment), clause=CLAUSE)
        yield from known_faults(enrolment, move.acted_on)
        return
    elif not _may_go(move, enrolment):
        found = standing_word(enrolment)
        yield Fault(subject=who, rule="must be at a unit", found=found, clause=CLAUSE)
    elif enrolment.unit_id != move.from_unit:
        yield Fault(
            subject=who, rule="must be at the unit that is left", found="at another unit", clause=CLAUSE
        )
    yield from day_faults(enrolment, move.moves_on, move.acted_on)


def _leaves_after(move: Move, enrolment: Enrolment) -> datetime.date | None:
    """The day of the leaving that is noted for a day after the move; ``None`` where there is none.

    Of a death nothing is advised: whoever died is at no unit, and no other unit would report it.
    """
    kind = gone_as(enrolment)
    if kind is None or kind is ChangeKind.DIED:
        return None
    told = in_force(history_of(enrolment)).values()
    left_on = [change.holds_from for change in told if change.kind is kind][-1]
    return left_on if move.moves_on < left_on else None


def _may_go(move: Move, enrolment: Enrolment) -> bool:
    """Whether a member is at a unit, or between two units of the pool."""
    is_between = move.is_inside and gone_as(enrolment) in _TAKEN_UP
    return enrolment.state is EnrolmentState.ENROLLED or is_between


@implements("HN-4.3.5c")
def is_inside(receiving: Unit, pool_id: PoolId) -> bool:
    """Whether a unit is of the pool of the scheme, so that cover goes along.

    Args:
        receiving: Unit that is gone to.
        pool_id: Pooling region of the scheme.

    Clause:
        HN-4.3.5c
    """
    return receiving.pool_id == pool_id


@implements("HN-4.3.5c", "HN-3.2.1a")
def pool_faults(transfer: Transfer, receiving: Unit | None) -> tuple[Fault, ...]:
    """Why a transfer cannot be accepted as it was proposed: the receiving unit is of another pool since.

    Whether cover goes along or ends hangs on the pool. Both units agreed to the one that the
    proposal names, so another one is not put in its place; a new proposal says what it means.

    Args:
        transfer: The transfer as it was proposed.
        receiving: Unit that is gone to, as it is known now; ``None`` where nobody knows it.

    Clause:
        HN-4.3.5c, HN-3.2.1a
    """
    if receiving is None or receiving.pool_id == transfer.to_pool:
        return ()
    rule = f"must be of the pool {transfer.to_pool}, as when it was proposed; withdraw it and propose again"
    return (Fault(subject=transfer.to_unit, rule=rule, found=receiving.pool_id, clause=CLAUSE),)


@implements("HN-4.3.5c")
def receiving_flags(to_unit: UnitId, *, takes_part: bool) -> tuple[Fault, ...]:
    """What a person should look at: the receiving unit takes no part. The member is not harmed.

    Args:
        to_unit: Unit that is gone to.
        takes_part: Whether it was admitted to the period.

    Clause:
        HN-4.3.5c, HN-4.1.2a
    """
    if takes_part:
        return ()
    rule = "should take part in the period; the cover of the member stands"
    return (Fault(subject=to_unit, rule=rule, found="not admitted to the period", clause=CLAUSE),)


@implements("HN-4.3.5c")
def receiving_later_flags(to_unit: UnitId, periods: tuple[PeriodId, ...]) -> tuple[Fault, ...]:
    """What a person should look at: places of later periods went along to a unit that takes no part.

    Args:
        to_unit: Unit that is gone to.
        periods: Those of the later periods to which it was not admitted, or not yet.

    Clause:
        HN-4.3.5c, HN-4.1.2a
    """
    if not periods:
        return ()
    rule = "should take part in the later periods too; the cover of the member stands"
    return (Fault(subject=to_unit, rule=rule, found=", ".join(periods), clause=CLAUSE),)


@implements("HN-4.3.5c")
def moved_change(transfer: Transfer, cover: DayRange, known_on: datetime.date) -> Change:
    """The entry for an accepted transfer inside the pool: another unit, the same days of cover.

    Args:
        transfer: The transfer.
        cover: Days of cover, which stay.
        known_on: Business day of the acceptance.

    Clause:
        HN-4.3.5c
    """
    return Change(
        kind=ChangeKind.TRANSFERRED,
        holds_from=transfer.moves_on,
        known_on=known_on,
        unit_id=transfer.to_unit,
        cover=cover,
        cause=transfer.transfer_id,
    )


@implements("HN-4.3.5c")
def proposal_faults(move: Move, expires_on: datetime.date, pending: str | None) -> tuple[Fault, ...]:
    """Everything against proposing a transfer.

    Args:
        move: What is asked, and what is known; the unit that is left is the one that proposes.
        expires_on: Last day on which it could be answered.
        pending: Another transfer of the member that still waits for an answer, or ``None``.

    Clause:
        HN-4.3.5c
    """
    faults = list(move_faults(move))
    if expires_on < move.acted_on:
        rule = f"must stay open until {move.acted_on.isoformat()} or later"
        faults.append(Fault(subject=move.member_id, rule=rule, found=expires_on.isoformat(), clause=CLAUSE))
    if pending is not None:
        rule = "must have no other transfer open; withdraw it or wait for the answer"
        faults.append(Fault(subject=move.member_id, rule=rule, found=pending, clause=CLAUSE))
    return tuple(faults)


@implements("HN-4.3.5c")
def answer_faults(
    transfer: Transfer, action: Action, by_unit: UnitId | None, acted_on: datetime.date
) -> tuple[Fault, ...]:
    """Everything against accepting, rejecting, withdrawing or expiring a transfer.

    Args:
        transfer: The transfer as it stands.
        action: What is to be done with it.
        by_unit: The unit that does it; ``None`` for the day alone.
        acted_on: Business day of the act.

    Clause:
        HN-4.3.5c
    """
    return (*_side_faults(transfer, action, by_unit), *_deadline_faults(transfer, action, acted_on))


def _side_faults(transfer: Transfer, action: Action, by_unit: UnitId | None) -> tuple[Fault, ...]:
    """What the published table has against the state and the side."""
    sides = {None: Side.CALENDAR, transfer.from_unit: Side.FROM_UNIT, transfer.to_unit: Side.TO_UNIT}
    faults = step_faults(TRANSFERS, transfer.state, action, transfer.transfer_id, sides.get(by_unit))
    if by_unit in sides:
        return faults
    rule = "must be done by one of its two units"
    return (*faults, Fault(subject=transfer.transfer_id, rule=rule, found="another unit", clause=CLAUSE))


def _deadline_faults(transfer: Transfer, action: Action, acted_on: datetime.date) -> Iterator[Fault]:
    who, last = transfer.transfer_id, transfer.expires_on
    if acted_on < transfer.proposed_on:
        rule = f"must be acted on from {transfer.proposed_on.isoformat()} on, when it was proposed"
        yield Fault(subject=who, rule=rule, found=acted_on.isoformat(), clause=CLAUSE)
    if action in {Action.ACCEPT, Action.REJECT} and acted_on > last:
        rule = f"must be answered until {last.isoformat()}; a new proposal may be made"
        yield Fault(subject=who, rule=rule, found=acted_on.isoformat(), clause=CLAUSE)
    if action is Action.EXPIRE and acted_on <= last:
        rule = f"must not expire before {last.isoformat()} is over"
        yield Fault(subject=who, rule=rule, found=acted_on.isoformat(), clause=CLAUSE)
