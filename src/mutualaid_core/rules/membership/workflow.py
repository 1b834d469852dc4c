"""Workflow rules (流程规则): why an action may not be done in a state, by a side, or after others."""

import datetime

from mutualaid_core.clauses import implements
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.enrolment import Enrolment
from mutualaid_core.domain.membership.workflow import Action, Side, State, Workflow
from mutualaid_core.domain.values.identifiers import EntryId, MemberId, PeriodId
from mutualaid_core.domain.values.money import Money


@implements("HN-4.3.5b", "HN-4.3.5c", "HN-4.3.5d")
def step_faults(
    workflow: Workflow, state: State | None, action: Action, subject: str, by: Side | None = None
) -> tuple[Fault, ...]:
    """Why *action* may not be done; empty where the table allows it.

    Args:
        workflow: The table.
        state: Present state; ``None`` where there is nothing yet.
        action: What is to be done.
        subject: A member's pseudonym, or the id of a transfer.
        by: The side that does it; ``None`` where the caller holds the sides apart itself.

    Clause:
        HN-4.3.5b, HN-4.3.5c, HN-4.3.5d
    """
    step = workflow.step_from(state, action)
    if step is None:
        now = "none" if state is None else state.value
        before = " or ".join("none" if word is None else word for word in workflow.before(action))
        clause = next((each.clause for each in workflow.steps if each.action is action), "HN-4.3.5c")
        rule = f"must be {before or 'of another kind'} for {action.value}"
        return (Fault(subject=subject, rule=rule, found=now, clause=clause),)
    if by is None or by is step.by:
        return ()
    rule = f"must be done by {step.by.value}: {step.only_en}"
    return (Fault(subject=subject, rule=rule, found=by.value, clause=step.clause),)


@implements("HN-4.3.5b")
def withdrawal_faults(member_id: MemberId, paid_on: datetime.date | None) -> tuple[Fault, ...]:
    """Why a place may not be taken back; empty as long as nothing was paid for it.

    Args:
        member_id: Member.
        paid_on: Day on which the contribution came in; ``None`` where none is settled.

    Clause:
        HN-4.3.5b
    """
    if paid_on is None:
        return ()
    rule = "must be taken back before it is paid; a valid contribution is not refunded"
    return (Fault(subject=member_id, rule=rule, found=f"paid {paid_on.isoformat()}", clause="HN-4.3.5b"),)


@implements("HN-4.3.5b", "HN-3.1.2b")
def held_place_faults(place: Enrolment, held: EntryId | None, on: datetime.date) -> tuple[Fault, ...]:
    """Why a place may not be taken back once its cover has begun: money is held that lists it.

    Else a unit could wait who falls ill, and then take back the places of all the others to have
    their money returned.

    Args:
        place: The place.
        held: Remittance that is held and ever listed its member; ``None`` for none.
        on: Business day.

    Clause:
        HN-4.3.5b, HN-3.1.2b
    """
    first = place.cover.first_day
    if held is None or on < first:
        return ()
    rule = f"must be taken back before {first.isoformat()}, or once the money that is held for it is settled"
    return (Fault(subject=place.member_id, rule=rule, found=held, clause="HN-4.3.5b"),)


@implements("HN-4.3.5b")
def decided_faults(member_id: MemberId, claim_ids: tuple[str, ...]) -> tuple[Fault, ...]:
    """Why that on which claims rest may not be changed; empty where none does.

    Args:
        member_id: Member.
        claim_ids: Claims that were decided on the enrolment and not refused.

    Clause:
        HN-4.3.5b
    """
    if not claim_ids:
        return ()
    rule = "must have no claim that rests on it; settle these claims first"
    return (Fault(subject=member_id, rule=rule, found=", ".join(sorted(claim_ids)), clause="HN-4.3.5b"),)


@implements("HN-4.3.5b")
def return_faults(member_id: MemberId, paid: Money | None) -> tuple[Fault, ...]:
    """What is left to be done after an enrolment was found void: its contribution goes back.

    Args:
        member_id: Member.
        paid: Contribution that is settled; ``None`` where none is.

    Clause:
        HN-4.3.5b
    """
    if paid is None:
        return ()
    rule = "must get the contribution back as an error correction"
    return (Fault(subject=member_id, rule=rule, found=f"{paid} not returned", clause="HN-4.3.5b"),)


@implements("HN-4.3.5b", "HN-4.3.4b")
def fee_faults(member_id: MemberId, paid: Money | None, fee: Money) -> tuple[Fault, ...]:
    """Why facts may not be corrected: they cost something else than what was paid.

    Money is corrected by an entry of its own and never by the way.

    Args:
        member_id: Member.
        paid: Contribution that is settled; ``None`` where none is.
        fee: What the corrected facts cost.

    Clause:
        HN-4.3.5b, HN-4.3.4b
    """
    if paid is None or paid == fee:
        return ()
    rule = f"must cost the {paid} that was paid; void the enrolment and join anew"
    return (Fault(subject=member_id, rule=rule, found=str(fee), clause="HN-4.3.5b"),)


@implements("HN-4.3.4b", "HN-4.3.5b")
def first_fee_flags(member_id: MemberId, period_id: PeriodId, paid: Money, fee: Money) -> tuple[Fault, ...]:
    """What a person should look at: a later place became a first one, and those pay another fee.

    The place stands, and nothing is asked for or given back by the way: a person decides.

    Args:
        member_id: Member.
        period_id: Period of the later place.
        paid: What was paid for it.
        fee: What a first place costs.

    Clause:
        HN-4.3.4b, HN-4.3.5b
    """
    if paid == fee:
        return ()
    rule = f"should have cost {fee} in {period_id}, as the first place of the member; look at what was paid"
    return (Fault(subject=member_id, rule=rule, found=str(paid), clause="HN-4.3.4b"),)
