"""Corrections (缴费更正): a valid contribution is not refunded, money that came in error goes back."""

import datetime
from typing import Final

from mutualaid_core.clauses import implements
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.contribution import Contribution
from mutualaid_core.domain.membership.enrolment import Enrolment, EnrolmentState
from mutualaid_core.domain.membership.paying.remittance import (
    CorrectionKind,
    RefundGround,
    Remittance,
    RemittanceState,
)
from mutualaid_core.domain.values.identifiers import MemberId
from mutualaid_core.domain.values.money import ZERO, Money

_OF_WHO_OWES_NOTHING: Final = frozenset({"HN-3.1.2b", "HN-4.1.1c", "HN-4.3.5a", "HN-4.3.5c", "HN-4.3.5d"})
"""Clauses of places, of paying once, and of paying in time."""


def _fault(subject: str, rule: str, found: str) -> Fault:
    return Fault(subject=subject, rule=rule, found=found, clause="HN-4.3.5b")


@implements("HN-4.3.5b")
def ground_faults(subject: str, ground: RefundGround) -> tuple[Fault, ...]:
    """Why money may not be given back at all: only an error is a ground.

    Clause:
        HN-4.3.5b
    """
    if ground.correction is not None:
        return ()
    return (_fault(subject, "must be an error: a contribution is not refunded", ground.value),)


@implements("HN-4.3.5b")
def held_money_faults(held: Remittance, amount: Money, on: datetime.date) -> tuple[Fault, ...]:
    """Why so much may not go back out of the money that is held; empty where it may.

    Args:
        held: The remittance.
        amount: How much.
        on: Business day.

    Clause:
        HN-4.3.5b
    """
    if held.state is not RemittanceState.HELD:
        return (_fault(held.remittance_id, "must be held", held.state.value),)
    faults = []
    if not ZERO < amount <= held.balance:
        rule = f"must be above 0.00 and at most the {held.balance} held"
        faults.append(_fault(held.remittance_id, rule, str(amount)))
    if on < held.received_on:
        faults.append(_fault("business_on", f"must be >= {held.received_on.isoformat()}", on.isoformat()))
    return tuple(faults)


@implements("HN-4.3.5b", "HN-3.1.2b")
def owes_nothing(fault: Fault) -> bool:
    """Whether a listed person can be booked no more, whatever list comes: no place, paid, or too late.

    A split that keeps to another plan, or an amount, can be put right, so that the money is owed still.

    Args:
        fault: What stands against the person's line.

    Clause:
        HN-4.3.5b, HN-3.1.2b
    """
    return fault.clause in _OF_WHO_OWES_NOTHING


@implements("HN-4.3.5b", "HN-3.1.2b")
def overpaid_faults(
    held: Remittance, owed: Money, amount: Money, *, is_past: bool = False
) -> tuple[Fault, ...]:
    """Why so much was not overpaid: what the listed persons owe stays for them.

    Else a unit could first wait who falls ill, and then have back what it paid for the others. Who
    is to be paid for no more has the place taken back first. Where the money is too little and the
    rest would come too late, nobody can be covered by it any more, and all of it may go back.

    Args:
        held: The remittance.
        owed: What can be booked for those whom its lists named.
        amount: How much is to go back.
        is_past: Whether what is missing would come too late.

    Clause:
        HN-4.3.5b, HN-3.1.2b
    """
    above = held.balance - owed if held.balance > owed else ZERO
    if amount <= above or (is_past and amount == held.balance):
        return ()
    if is_past:
        return past_faults(held, str(amount))
    rule = f"must be at most {above}: whoever was listed owes {owed} of the {held.balance} held"
    return (_fault(held.remittance_id, rule, str(amount)),)


@implements("HN-4.3.5b", "HN-4.3.5d")
def past_faults(held: Remittance, found: str) -> tuple[Fault, ...]:
    """What is left for held money that is too little once the rest would come too late: it goes back.

    Args:
        held: The remittance.
        found: What was asked for instead.

    Clause:
        HN-4.3.5b, HN-4.3.5d
    """
    rule = f"must go back whole, as overpaid {held.balance}: what is missing would come too late"
    return (Fault(subject=held.remittance_id, rule=rule, found=found, clause="HN-4.3.5d"),)


@implements("HN-4.3.5b")
def duplicate_faults(held: Remittance, paid: Contribution | None, amount: Money) -> tuple[Fault, ...]:
    """Why money is no duplicate: the person must have paid just that, through the same unit.

    It goes back once, and out of a list that names the person; what came without any list is
    nobody else's either.

    Args:
        held: The remittance.
        paid: What was booked for the person before; ``None`` for nothing.
        amount: How much is to go back.

    Clause:
        HN-4.3.5b
    """
    if paid is None or not paid.is_settled:
        return (_fault(held.remittance_id, "must be of a person who has paid", "not paid"),)
    faults = []
    listed = {line.member_id for line in held.ever_listed}
    if listed and paid.member_id not in listed:
        faults.append(_fault(paid.member_id, "must be on the list of the remittance", "not listed"))
    if _is_returned(held, paid.member_id):
        faults.append(_fault(paid.member_id, "must go back once", "returned"))
    if paid.unit_id != held.unit_id:
        faults.append(_fault(paid.member_id, f"must have paid through {held.unit_id}", paid.unit_id))
    if amount != paid.amount:
        faults.append(_fault(paid.member_id, f"must be the {paid.amount} that was paid", str(amount)))
    return tuple(faults)


def _is_returned(held: Remittance, member_id: MemberId) -> bool:
    """Whether a duplicate of the person went back out of it before."""
    return any(
        each.kind is CorrectionKind.DUPLICATE and each.member_id == member_id for each in held.corrections
    )


@implements("HN-4.3.5b", "ACFTU-11.1b")
def contribution_faults(
    remittance: Remittance,
    paid: Contribution | None,
    enrolment: Enrolment | None,
    amount: Money,
    on: datetime.date,
) -> tuple[Fault, ...]:
    """Why a booked contribution may not go back; it may where its enrolment is void, as a whole.

    It goes back no earlier than the place was found void, so that nothing changes of what was
    known before.

    Args:
        remittance: The remittance that it is said to have come with.
        paid: The contribution; ``None`` where there is none.
        enrolment: The enrolment; ``None`` where there is none.
        amount: How much is to go back.
        on: Business day.

    Clause:
        HN-4.3.5b, ACFTU-11.1b
    """
    if paid is None or not paid.is_settled or paid.entry_id != remittance.remittance_id:
        rule = "must be of a person who has paid with it"
        return (_fault(remittance.remittance_id, rule, "not paid"),)
    faults = []
    if enrolment is None or enrolment.state is not EnrolmentState.VOIDED:
        found = enrolment.state.value if enrolment else "not enrolled"
        faults.append(_fault(paid.member_id, "must be void: a contribution is not refunded", found))
    if amount != paid.amount:
        faults.append(_fault(paid.member_id, f"must be the {paid.amount} that was paid", str(amount)))
    void_on = [] if enrolment is None else [each.known_on for each in enrolment.history[-1:]]
    if on < (first := max([paid.known_on, *void_on])):
        faults.append(_fault("business_on", f"must be >= {first.isoformat()}", on.isoformat()))
    return tuple(faults)
