"""Proposing a transfer (提出转移): the act of the unit that is left."""

import datetime

import attrs

from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.enrolment import Enrolment
from mutualaid_core.domain.membership.transfer import Transfer, TransferState
from mutualaid_core.domain.membership.unit import Unit
from mutualaid_core.domain.scheme.scheme import Scheme
from mutualaid_core.domain.values.identifiers import MemberId, PeriodId, PoolId, SchemeId, UnitId
from mutualaid_core.domain.values.personal import pseudonym
from mutualaid_core.rules.membership.transfer import CLAUSE, Move, is_inside, place_of, proposal_faults
from mutualaid_core.serialization.records import key_of
from mutualaid_core.services.membership.transfer.judged import (
    TransferJudged,
    done,
    flags_of,
    pending_counter,
    refused,
)
from mutualaid_core.services.standing import period_of, posting_faults
from mutualaid_core.work import Done, Host, Purpose, Work, perform, read_all


@attrs.frozen(kw_only=True)
class ProposeTransfer:
    """Command: the unit that a member leaves proposes the transfer.

    Attributes:
        transfer_id: Id of the new transfer.
        by_unit: Unit that proposes it: the one that is left.
        scheme_id: Scheme.
        period_id: Period.
        member_id: Member.
        to_unit: Unit that receives the member.
        moves_on: First day there.
        expires_on: Last day on which it can be answered.
    """

    transfer_id: str = attrs.field(validator=pseudonym)
    by_unit: UnitId = attrs.field(validator=pseudonym)
    scheme_id: SchemeId
    period_id: PeriodId
    member_id: MemberId = attrs.field(validator=pseudonym)
    to_unit: UnitId = attrs.field(validator=pseudonym)
    moves_on: datetime.date
    expires_on: datetime.date


def propose_transfer(host: Host, act: Act, command: ProposeTransfer) -> Done[TransferJudged]:
    """Propose a transfer; the member's cover changes only when the other unit accepts.

    One proposal of a member may wait at a time: of two made at once, one is refused. One that has
    expired meanwhile, or was made for a place that the member has no more, is closed by the new one.

    Raises:
        NotFoundError: There is no such scheme or period.

    Clause:
        HN-4.3.5c
    """

    def decide(work: Work) -> TransferJudged:
        closed = posting_faults(period_of(work, command.scheme_id, command.period_id))
        pool_id = work.get(Scheme, command.scheme_id).pool_id
        known = work.find(Transfer, command.transfer_id)
        waiting = _waiting(work, host, command)
        move = _move(work, command, act, pool_id)
        is_open = waiting is not None and _is_open(waiting, move)
        pending = waiting.transfer_id if waiting is not None and is_open else None
        faults = (*closed, *_id_faults(known), *proposal_faults(move, command.expires_on, pending))
        if faults or move.receiving is None:
            return refused(None, faults)
        transfer = _proposed(command, move, move.receiving)
        work.add(transfer)
        _take_place(work, act, transfer, waiting)
        return done(transfer, flags_of(work, transfer))

    purpose = Purpose(
        name="propose_transfer", subject=command.transfer_id, chain=command.scheme_id, answer=TransferJudged
    )
    return perform(host, act, purpose, command, decide)


def _id_faults(known: Transfer | None) -> tuple[Fault, ...]:
    if known is None:
        return ()
    rule, found = "must be a new transfer of its own", known.state.value
    return (Fault(subject=known.transfer_id, rule=rule, found=found, clause=CLAUSE),)


def _waiting(work: Work, host: Host, command: ProposeTransfer) -> Transfer | None:
    """The transfer of the member that was not answered yet; ``None`` where there is none."""
    place = (command.scheme_id, command.period_id, TransferState.PROPOSED)
    if not work.counter(pending_counter(command.scheme_id, command.period_id, command.member_id)):
        return None
    for found in read_all(host.store, Transfer, "member_id", command.member_id):
        if (found.scheme_id, found.period_id, found.state) == place:
            return work.get(Transfer, found.transfer_id)
    return None


def _take_place(work: Work, act: Act, transfer: Transfer, late: Transfer | None) -> None:
    """Take the one place for a waiting transfer, which may be that of one that is open no more."""
    if late is None:
        counter = pending_counter(transfer.scheme_id, transfer.period_id, transfer.member_id)
        work.count(counter, 1, hi=1)
    else:
        work.replace(attrs.evolve(late, state=TransferState.EXPIRED, decided_on=act.business_on))


def _is_open(waiting: Transfer, move: Move) -> bool:
    """Whether a transfer may still be answered: on the day, and for the place of today."""
    own = move.enrolment is None or place_of(move.enrolment) == waiting.place
    return own and move.acted_on <= waiting.expires_on


def _move(work: Work, command: ProposeTransfer, act: Act, pool_id: PoolId) -> Move:
    key = key_of(command.scheme_id, command.period_id, command.member_id)
    receiving = work.find(Unit, command.to_unit)
    return Move(
        is_inside=receiving is not None and is_inside(receiving, pool_id),
        member_id=command.member_id,
        enrolment=work.find(Enrolment, key),
        from_unit=command.by_unit,
        to_unit=command.to_unit,
        receiving=receiving,
        moves_on=command.moves_on,
        acted_on=act.business_on,
    )


def _proposed(command: ProposeTransfer, move: Move, receiving: Unit) -> Transfer:
    return Transfer(
        transfer_id=command.transfer_id,
        scheme_id=command.scheme_id,
        period_id=command.period_id,
        member_id=command.member_id,
        from_unit=command.by_unit,
        to_unit=command.to_unit,
        to_pool=receiving.pool_id,
        is_inside=move.is_inside,
        moves_on=command.moves_on,
        proposed_on=move.acted_on,
        expires_on=command.expires_on,
        place=1 if move.enrolment is None else place_of(move.enrolment),
    )
