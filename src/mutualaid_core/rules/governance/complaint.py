"""Complaints (投诉、申诉): the day by which one is answered, who may handle it, and what is late."""

import datetime

from mutualaid_core.clauses import implements
from mutualaid_core.domain.governance.complaint import COMPLAINT_STEPS, Complaint, ComplaintState
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.values.identifiers import ActorId
from mutualaid_core.domain.values.workdays import WorkCalendar


@implements("ACFTU-2.4c")
def due_day(received_on: datetime.date, limit_days: int, calendar: WorkCalendar) -> datetime.date:
    """The last day for an answer; the day on which the complaint came in does not count.

    Args:
        received_on: Business day on which it came in.
        limit_days: Limit in working days, 1 or more.
        calendar: Public holidays as announced.

    Raises:
        InvalidValueError: The calendar does not reach so far.

    Clause:
        ACFTU-2.4c
    """
    return calendar.day_after(received_on, limit_days)


@implements("ACFTU-2.4c")
def late_findings(complaint: Complaint, on: datetime.date) -> tuple[Fault, ...]:
    """The finding that a complaint is open after its last day; empty where it is not.

    Args:
        complaint: The complaint.
        on: Day on which it is looked at.

    Clause:
        ACFTU-2.4c
    """
    if not complaint.is_open or on <= complaint.due_on:
        return ()
    rule = f"must be answered by {complaint.due_on.isoformat()}"
    found = f"{complaint.state.value} on {on.isoformat()}"
    return (Fault(subject=complaint.complaint_id, rule=rule, found=found, clause="ACFTU-2.4c"),)


@implements("ACFTU-2.4c")
def step_faults(complaint: Complaint, to: ComplaintState) -> tuple[Fault, ...]:
    """Why a complaint may not go on to a state; empty where the table allows it.

    Clause:
        ACFTU-2.4c
    """
    if to in COMPLAINT_STEPS[complaint.state]:
        return ()
    before = " or ".join(state.value for state, after in COMPLAINT_STEPS.items() if to in after)
    rule = f"must be {before or 'new'} to become {to.value}"
    return (
        Fault(subject=complaint.complaint_id, rule=rule, found=complaint.state.value, clause="ACFTU-2.4c"),
    )


@implements("ACFTU-2.4c")
def handler_faults(complaint: Complaint, handler: ActorId, deciders: frozenset[ActorId]) -> tuple[Fault, ...]:
    """Why somebody may not handle a complaint; empty for who had no part in the decision.

    Args:
        complaint: The complaint.
        handler: Who is to handle it.
        deciders: Who judged the claim that it is about; empty where it is about none.

    Clause:
        ACFTU-2.4c
    """
    if handler not in deciders:
        return ()
    rule = "must be handled by somebody who did not judge the claim"
    return (Fault(subject=complaint.complaint_id, rule=rule, found=handler, clause="ACFTU-2.4c"),)


@implements("ACFTU-2.4c")
def answering_faults(complaint: Complaint, actor: ActorId) -> tuple[Fault, ...]:
    """Why somebody may not answer a complaint; empty for who handles it.

    Clause:
        ACFTU-2.4c
    """
    if complaint.handler is None or actor == complaint.handler:
        return ()
    rule = f"must be answered by {complaint.handler}, who handles it"
    return (Fault(subject=complaint.complaint_id, rule=rule, found=actor, clause="ACFTU-2.4c"),)
