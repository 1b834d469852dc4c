"""Answering a transfer (答复转移): accepted, rejected, withdrawn, or expired by the day."""

import attrs

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.change import Change, ChangeKind
from mutualaid_core.domain.membership.enrolment import Enrolment
from mutualaid_core.domain.membership.transfer import Transfer, TransferRefusal, TransferState
from mutualaid_core.domain.membership.workflow import Action
from mutualaid_core.domain.values.identifiers import SchemeId, UnitId
from mutualaid_core.domain.values.personal import pseudonym
from mutualaid_core.errors import NotFoundError
from mutualaid_core.rules.membership.history import with_change
from mutualaid_core.rules.membership.transfer import (
    answer_faults,
    left_change,
    move_faults,
    moved_change,
    pool_faults,
)
from mutualaid_core.services.membership.continuity.dependants import dependants, left_flags, replace_all
from mutualaid_core.services.membership.later import cover_left, later_places
from mutualaid_core.services.membership.transfer.judged import (
    TransferJudged,
    done,
    flags_of,
    move_of,
    pending_of,
    refused,
)
from mutualaid_core.services.membership.transfer.later import follow
from mutualaid_core.services.standing import period_of, posting_faults
from mutualaid_core.work import Done, Host, Purpose, Work, perform, read_all


@attrs.frozen(kw_only=True)
class AcceptTransfer:
    """Command: the receiving unit accepts a transfer."""

    scheme_id: SchemeId
    transfer_id: str = attrs.field(validator=pseudonym)
    by_unit: UnitId = attrs.field(validator=pseudonym)


@attrs.frozen(kw_only=True)
class RejectTransfer:
    """Command: the receiving unit rejects a transfer, and says why."""

    scheme_id: SchemeId
    transfer_id: str = attrs.field(validator=pseudonym)
    by_unit: UnitId = attrs.field(validator=pseudonym)
    refusal: TransferRefusal


@attrs.frozen(kw_only=True)
class WithdrawTransfer:
    """Command: the leaving unit takes its proposal back."""

    scheme_id: SchemeId
    transfer_id: str = attrs.field(validator=pseudonym)
    by_unit: UnitId = attrs.field(validator=pseudonym)


@attrs.frozen(kw_only=True)
class ExpireTransfer:
    """Command: note that nobody answered a transfer in time."""

    scheme_id: SchemeId
    transfer_id: str = attrs.field(validator=pseudonym)


def accept_transfer(host: Host, act: Act, command: AcceptTransfer) -> Done[TransferJudged]:
    """Accept a transfer.

    Inside the pool unit and history change and nothing else: cover, waiting served and used
    limits stay with the person, and places of later periods go along. Out of it, cover ends as
    the scheme says, and claims already decided must keep their ground.

    Raises:
        NotFoundError: There is no such transfer.
        VersionGapError: Not exactly one version is in force on the day of an outward transfer.

    Clause:
        HN-4.3.5c
    """

    def decide(work: Work) -> TransferJudged:
        transfer = _transfer(work, command)
        faults = answer_faults(transfer, Action.ACCEPT, command.by_unit, act.business_on)
        if faults:
            return refused(transfer, faults)
        move = move_of(work, transfer, act)
        closed = posting_faults(period_of(work, transfer.scheme_id, transfer.period_id))
        faults = (*closed, *pool_faults(transfer, move.receiving), *move_faults(move))
        if faults or move.enrolment is None:
            return refused(transfer, faults)
        change, faults = _change(work, host, act, transfer, move.enrolment)
        if change is None:
            return refused(transfer, faults)
        changed = with_change(move.enrolment, change)
        # Inside the pool no day of cover changes, and so nothing is counted anew.
        inside = transfer.is_inside
        moved, faults = ((), ()) if inside else dependants(work, host, act, move.enrolment, changed)
        if faults:
            return refused(transfer, faults)
        work.replace(changed)
        replace_all(work, moved)
        flags = (*flags_of(work, transfer), *_later(work, host, act, transfer, move.enrolment))
        return _close(work, _decided(transfer, TransferState.ACCEPTED, act), flags)

    return perform(host, act, _purpose("accept_transfer", command), command, decide)


def _later(work: Work, host: Host, act: Act, transfer: Transfer, enrolment: Enrolment) -> tuple[Fault, ...]:
    """What becomes of later periods: inside the pool they follow, out of it they are flagged."""
    if transfer.is_inside:
        return follow(work, host, act, transfer, enrolment)
    return left_flags(work, transfer.member_id, later_places(work, host.store, enrolment))


def _change(
    work: Work, host: Host, act: Act, transfer: Transfer, enrolment: Enrolment
) -> tuple[Change | None, tuple[Fault, ...]]:
    """The entry for an accepted transfer, or why there can be none."""
    if transfer.is_inside:
        return moved_change(transfer, enrolment.cover, act.business_on), ()
    kind, on = ChangeKind.LEFT_POOL, transfer.moves_on
    left, faults = cover_left(work, host, enrolment, kind, on)
    if faults or left is None:
        return None, faults
    cause = transfer.transfer_id
    return left_change(kind, on=on, known_on=act.business_on, left=left, cause=cause), ()


def reject_transfer(host: Host, act: Act, command: RejectTransfer) -> Done[TransferJudged]:
    """Reject a transfer; the member stays where he is, and another may be proposed.

    Raises:
        NotFoundError: There is no such transfer.

    Clause:
        HN-4.3.5c
    """

    def decide(work: Work) -> TransferJudged:
        transfer = _transfer(work, command)
        faults = answer_faults(transfer, Action.REJECT, command.by_unit, act.business_on)
        if faults:
            return refused(transfer, faults)
        return _close(work, _decided(transfer, TransferState.REJECTED, act, command.refusal))

    return perform(host, act, _purpose("reject_transfer", command), command, decide)


def withdraw_transfer(host: Host, act: Act, command: WithdrawTransfer) -> Done[TransferJudged]:
    """Take a proposal back before it is answered.

    Raises:
        NotFoundError: There is no such transfer.

    Clause:
        HN-4.3.5c
    """

    def decide(work: Work) -> TransferJudged:
        transfer = _transfer(work, command)
        faults = answer_faults(transfer, Action.WITHDRAW, command.by_unit, act.business_on)
        if faults:
            return refused(transfer, faults)
        return _close(work, _decided(transfer, TransferState.WITHDRAWN, act))

    return perform(host, act, _purpose("withdraw_transfer", command), command, decide)


def expire_transfer(host: Host, act: Act, command: ExpireTransfer) -> Done[TransferJudged]:
    """Note that the last day for an answer has passed.

    Raises:
        NotFoundError: There is no such transfer.

    Clause:
        HN-4.3.5c
    """

    def decide(work: Work) -> TransferJudged:
        transfer = _transfer(work, command)
        faults = answer_faults(transfer, Action.EXPIRE, None, act.business_on)
        if faults:
            return refused(transfer, faults)
        return _close(work, _decided(transfer, TransferState.EXPIRED, act))

    return perform(host, act, _purpose("expire_transfer", command), command, decide)


def expire_transfers(host: Host, act: Act, scheme_id: SchemeId) -> tuple[str, ...]:
    """Expire every transfer of a scheme whose last day lies before the business day.

    Each is an act of its own under a key made of the given one, so a run that was cut off goes
    on where it stopped. What others answer meanwhile is left alone.

    Args:
        host: Store, clock and keys.
        act: Head of the acts; its key starts theirs.
        scheme_id: Scheme.

    Returns:
        Ids of the transfers that expired now, in their order.

    Clause:
        HN-4.3.5c
    """
    late = [
        transfer.transfer_id
        for transfer in read_all(host.store, Transfer, "state", TransferState.PROPOSED.value)
        if transfer.scheme_id == scheme_id and transfer.expires_on < act.business_on
    ]
    expired = []
    for transfer_id in late:
        own = attrs.evolve(act, key=f"{act.key}/{transfer_id}")
        command = ExpireTransfer(scheme_id=scheme_id, transfer_id=transfer_id)
        if expire_transfer(host, own, command).result.outcome is Outcome.PASS:
            expired.append(transfer_id)
    return tuple(expired)


_Answer = AcceptTransfer | RejectTransfer | WithdrawTransfer | ExpireTransfer


def _purpose(name: str, command: _Answer) -> Purpose[TransferJudged]:
    return Purpose(name=name, subject=command.transfer_id, chain=command.scheme_id, answer=TransferJudged)


def _transfer(work: Work, command: _Answer) -> Transfer:
    """The transfer of the scheme that is named."""
    transfer = work.get(Transfer, command.transfer_id)
    if transfer.scheme_id != command.scheme_id:
        raise NotFoundError("transfer", command.transfer_id)
    return transfer


def _decided(
    transfer: Transfer, state: TransferState, act: Act, refusal: TransferRefusal | None = None
) -> Transfer:
    return attrs.evolve(transfer, state=state, decided_on=act.business_on, refusal=refusal)


def _close(work: Work, decided: Transfer, flags: tuple[Fault, ...] = ()) -> TransferJudged:
    """Write the answer, and let another transfer of the member be proposed."""
    work.replace(decided)
    work.count(pending_of(decided), -1, hi=1)
    return done(decided, flags)
