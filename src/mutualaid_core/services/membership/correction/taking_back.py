"""Taking back (撤回、作废): an enrolment that was never paid for, or that was an error."""

import enum

import attrs

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.change import Change, ChangeKind
from mutualaid_core.domain.membership.enrolment import Enrolment
from mutualaid_core.domain.membership.workflow import Action, Side
from mutualaid_core.domain.values.identifiers import UnitId
from mutualaid_core.domain.values.personal import paper_number
from mutualaid_core.rules.membership.history import with_change
from mutualaid_core.rules.membership.transfer import unit_on
from mutualaid_core.rules.membership.workflow import (
    decided_faults,
    held_place_faults,
    return_faults,
    withdrawal_faults,
)
from mutualaid_core.services.membership.continuity.dependants import dependants, replace_all
from mutualaid_core.services.membership.continuity.resting import claims_on, order_faults
from mutualaid_core.services.membership.correction.fees import fee_flags
from mutualaid_core.services.membership.correction.judged import (
    EnrolmentJudged,
    Known,
    Named,
    ReturnDue,
    judged,
    known_of,
    release,
    table_faults,
)
from mutualaid_core.services.membership.paying.owed import held_for, tell_owed
from mutualaid_core.work import Done, Host, Purpose, Work, perform


@attrs.frozen(kw_only=True)
class WithdrawEnrolment:
    """Command: a unit takes a place back before anything was paid for it.

    Attributes:
        named: Which enrolment.
        by_unit: Unit that takes it back: the member's own.
        cause: Paper on which it rests; no name and no ID number.
    """

    named: Named
    by_unit: UnitId
    cause: str = attrs.field(validator=paper_number)


def withdraw_enrolment(host: Host, act: Act, command: WithdrawEnrolment) -> Done[EnrolmentJudged]:
    """Take a place back; once a contribution is settled nobody does, and nothing is refunded.

    The place in the unit, and that of a gift, become free, and the person may join anew. Once cover
    has begun, money that is held for the place is settled first, or goes back.

    Raises:
        NotFoundError: There is no such period.

    Clause:
        HN-4.3.5b
    """
    named = command.named

    def decide(work: Work) -> EnrolmentJudged:
        known = known_of(work, named)
        enrolment = known.enrolment
        paid_on = known.paid.received_on if known.paid else None
        faults = (
            *table_faults(known, named, Action.WITHDRAW, Side.UNIT),
            *_side_faults(command, enrolment, act),
            *order_faults(act, enrolment),
            *withdrawal_faults(named.member_id, paid_on),
        )
        if enrolment is not None and not faults:
            faults = held_place_faults(enrolment, held_for(host.store, enrolment), act.business_on)
        if faults or enrolment is None:
            return judged(enrolment, faults)
        later, unmoved = dependants(work, host, act, enrolment, None)
        if unmoved:
            return judged(enrolment, unmoved)
        replace_all(work, later)
        return judged(_taken_back(work, act, enrolment, ChangeKind.WITHDRAWN, command.cause), ())

    purpose = Purpose(
        name="withdraw_enrolment", subject=named.member_id, chain=named.scheme_id, answer=EnrolmentJudged
    )
    return perform(host, act, purpose, command, decide)


class VoidCause(enum.Enum):
    """Why an enrolment was an error (作废原因)."""

    WRONG_PERSON = "wrong_person"
    """认错人"""
    DUPLICATE = "duplicate"
    """重复参加"""
    NOT_ELIGIBLE = "not_eligible"
    """本不符合参加条件"""


@attrs.frozen(kw_only=True)
class VoidEnrolment:
    """Command: an enrolment is found to be an error.

    Attributes:
        named: Which enrolment.
        cause: What kind of error.
        paper: Paper on which that rests; no name and no ID number.
    """

    named: Named
    cause: VoidCause
    paper: str = attrs.field(validator=paper_number)


def void_enrolment(host: Host, act: Act, command: VoidEnrolment) -> Done[EnrolmentJudged]:
    """Find an enrolment void: there never was cover. Nobody does while claims rest on it.

    A contribution that is settled must then go back as an error correction; the enrolment is void
    already, and the outcome is ``HOLD`` to say that this is left to be done. A later place that was
    a renewal is the first one now: where that costs another fee, it is flagged.

    Raises:
        NotFoundError: There is no such period.

    Clause:
        HN-4.3.5b, HN-4.3.4c
    """
    named = command.named

    def decide(work: Work) -> EnrolmentJudged:
        known = known_of(work, named)
        enrolment = known.enrolment
        faults = (
            *table_faults(known, named, Action.VOID, Side.OFFICE),
            *order_faults(act, enrolment, known.paid),
        )
        if enrolment is not None and not faults:
            faults = decided_faults(named.member_id, claims_on(work, host, enrolment))
        if faults or enrolment is None:
            return judged(enrolment, faults)
        later, unmoved = dependants(work, host, act, enrolment, None)
        if unmoved:
            return judged(enrolment, unmoved)
        replace_all(work, later)
        flags = fee_flags(work, host, later)
        if known.paid is not None:
            tell_owed(work, named.scheme_id, named.period_id)
        cause = f"{command.cause.value}: {command.paper}"
        return _voided(_taken_back(work, act, enrolment, ChangeKind.VOIDED, cause), known, flags)

    purpose = Purpose(
        name="void_enrolment", subject=named.member_id, chain=named.scheme_id, answer=EnrolmentJudged
    )
    return perform(host, act, purpose, command, decide)


def _voided(enrolment: Enrolment, known: Known, flags: tuple[Fault, ...]) -> EnrolmentJudged:
    """The answer; money that was paid is left to be returned, and later places may cost another fee."""
    paid = known.paid
    if paid is None:
        return judged(enrolment, flags, outcome=Outcome.FLAG if flags else Outcome.PASS)
    due = ReturnDue(entry_id=paid.entry_id, amount=paid.amount)
    left = return_faults(enrolment.member_id, paid.amount)
    return judged(enrolment, (*left, *flags), outcome=Outcome.HOLD, to_return=due)


def _taken_back(work: Work, act: Act, enrolment: Enrolment, kind: ChangeKind, cause: str) -> Enrolment:
    """The enrolment with the entry that leaves it without cover; what it took is given free."""
    change = Change(
        kind=kind,
        holds_from=enrolment.cover.first_day,
        known_on=act.business_on,
        unit_id=None,
        cover=None,
        cause=cause,
    )
    gone = with_change(enrolment, change)
    work.replace(gone)
    release(work, enrolment)
    return gone


def _side_faults(command: WithdrawEnrolment, enrolment: Enrolment | None, act: Act) -> tuple[Fault, ...]:
    """Who takes back is the unit of that day; a move that is still to come gives no right to it."""
    day = act.business_on
    if enrolment is None or unit_on(enrolment, day, day) == command.by_unit:
        return ()
    rule, who = "must be taken back by the member's own unit", command.named.member_id
    return (Fault(subject=who, rule=rule, found="another unit", clause="HN-3.1.2a"),)
