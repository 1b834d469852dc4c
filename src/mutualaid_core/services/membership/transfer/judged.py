"""What every act on a transfer (转移接续) reads and answers."""

import attrs

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.enrolment import Enrolment
from mutualaid_core.domain.membership.transfer import Transfer
from mutualaid_core.domain.membership.unit import Admission, Unit
from mutualaid_core.domain.membership.workflow import TRANSFERS, AllowedAction, allowed_actions
from mutualaid_core.domain.values.identifiers import MemberId, PeriodId, SchemeId
from mutualaid_core.rules.membership.transfer import Move, receiving_flags
from mutualaid_core.serialization.records import key_of
from mutualaid_core.work import Work


@attrs.frozen(kw_only=True)
class TransferJudged:
    """Result of every act on a transfer.

    Attributes:
        outcome: ``PASS``; ``FLAG`` where it was done and a person should look at something;
            ``REJECT`` where nothing was done.
        faults: Why it was refused, or what to look at; else empty.
        transfer: The transfer as it stands now; ``None`` where there is none.
        allowed_actions: What may be done with it next, and by whom; why not the rest.
    """

    outcome: Outcome
    faults: tuple[Fault, ...]
    transfer: Transfer | None
    allowed_actions: tuple[AllowedAction, ...]


def refused(transfer: Transfer | None, faults: tuple[Fault, ...]) -> TransferJudged:
    """Nothing was done, and why."""
    return _told(Outcome.REJECT, transfer, faults)


def done(transfer: Transfer, flags: tuple[Fault, ...] = ()) -> TransferJudged:
    """It was done; *flags* say what a person should look at."""
    return _told(Outcome.FLAG if flags else Outcome.PASS, transfer, flags)


def _told(outcome: Outcome, transfer: Transfer | None, faults: tuple[Fault, ...]) -> TransferJudged:
    state = None if transfer is None else transfer.state
    return TransferJudged(
        outcome=outcome,
        faults=faults,
        transfer=transfer,
        allowed_actions=allowed_actions(TRANSFERS, state),
    )


def pending_counter(scheme_id: SchemeId, period_id: PeriodId, member_id: MemberId) -> str:
    """Key of the counter of a member's transfers that wait for an answer: 0 or 1."""
    return f"move/{scheme_id}/{period_id}/{member_id}"


def pending_of(transfer: Transfer) -> str:
    """Key of that counter for the member of a transfer."""
    return pending_counter(transfer.scheme_id, transfer.period_id, transfer.member_id)


def move_of(work: Work, transfer: Transfer, act: Act) -> Move:
    """What a transfer asks, with what is known of member and receiving unit."""
    key = key_of(transfer.scheme_id, transfer.period_id, transfer.member_id)
    return Move(
        is_inside=transfer.is_inside,
        member_id=transfer.member_id,
        enrolment=work.find(Enrolment, key),
        from_unit=transfer.from_unit,
        to_unit=transfer.to_unit,
        receiving=work.find(Unit, transfer.to_unit),
        moves_on=transfer.moves_on,
        acted_on=act.business_on,
        place=transfer.place,
    )


def flags_of(work: Work, transfer: Transfer) -> tuple[Fault, ...]:
    """What to look at: inside the pool, a receiving unit that takes no part in the period."""
    if not transfer.is_inside:
        return ()
    admission = work.find(Admission, key_of(transfer.scheme_id, transfer.period_id, transfer.to_unit))
    return receiving_flags(
        transfer.to_unit, takes_part=admission is not None and admission.judgement.admitted
    )
