"""Complaints: who may handle and answer them, what may follow, and what is late."""

import datetime

import attrs
import pytest

from mutualaid_core.domain.governance.complaint import Complaint, ComplaintKind, ComplaintState
from mutualaid_core.rules.governance.complaint import (
    answering_faults,
    handler_faults,
    late_findings,
    step_faults,
)

DAY = datetime.date
RECEIVED = Complaint(
    complaint_id="C-1",
    scheme_id="HN-A",
    member_id="M-1",
    kind=ComplaintKind.COMPLAINT,
    received_on=DAY(2026, 3, 2),
    limit_days=15,
    limit_source="办法",
    due_on=DAY(2026, 3, 23),
)
ASSIGNED = attrs.evolve(RECEIVED, state=ComplaintState.ASSIGNED, handler="one")
WITHDRAWN = attrs.evolve(RECEIVED, state=ComplaintState.WITHDRAWN, closed_on=DAY(2026, 3, 3))


@pytest.mark.parametrize(
    ("complaint", "day", "count"),
    [(RECEIVED, 23, 0), (RECEIVED, 24, 1), (ASSIGNED, 24, 1), (WITHDRAWN, 24, 0)],
)
def test_open_after_the_last_day_is_late(complaint: Complaint, day: int, count: int) -> None:
    """Only what is open after its last day must be found."""
    assert len(late_findings(complaint, DAY(2026, 3, day))) == count


@pytest.mark.parametrize(
    ("complaint", "to", "rules"),
    [
        (RECEIVED, ComplaintState.ASSIGNED, []),
        (ASSIGNED, ComplaintState.ASSIGNED, []),
        (RECEIVED, ComplaintState.ANSWERED, ["must be assigned to become answered"]),
        (WITHDRAWN, ComplaintState.ASSIGNED, ["must be received or assigned to become assigned"]),
        (RECEIVED, ComplaintState.RECEIVED, ["must be new to become received"]),
    ],
)
def test_steps_follow_the_table(complaint: Complaint, to: ComplaintState, rules: list[str]) -> None:
    """A step that the table does not have must be refused, with what would lead there."""
    assert [fault.rule for fault in step_faults(complaint, to)] == rules


@pytest.mark.parametrize(("handler", "count"), [("judge", 1), ("other", 0)])
def test_a_judge_does_not_handle_the_complaint(handler: str, count: int) -> None:
    """Whoever judged the claim must not handle the complaint about it."""
    assert len(handler_faults(RECEIVED, handler, frozenset({"judge"}))) == count


@pytest.mark.parametrize(
    ("complaint", "actor", "count"), [(ASSIGNED, "one", 0), (ASSIGNED, "two", 1), (RECEIVED, "two", 0)]
)
def test_the_handler_answers(complaint: Complaint, actor: str, count: int) -> None:
    """Only who handles a complaint may answer it."""
    assert len(answering_faults(complaint, actor)) == count
