"""Complaints: an appeal is about a claim, and each state has its facts."""

import datetime
from typing import Any

import attrs
import pytest

from mutualaid_core.domain.governance.complaint import (
    COMPLAINT_STEPS,
    Complaint,
    ComplaintAnswer,
    ComplaintKind,
    ComplaintState,
)
from mutualaid_core.errors import InvalidValueError

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


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": ComplaintKind.APPEAL}, "claim_id"),
        ({"due_on": DAY(2026, 3, 2)}, "due_on"),
        ({"state": ComplaintState.ASSIGNED}, "handler"),
        ({"state": ComplaintState.WITHDRAWN}, "closed_on"),
        ({"closed_on": DAY(2026, 3, 3)}, "closed_on"),
        (
            {"state": ComplaintState.ANSWERED, "handler": "other", "closed_on": DAY(2026, 3, 3)},
            "answer",
        ),
        ({"answer": ComplaintAnswer.UPHELD}, "answer"),
        ({"member_id": "110101199003070417"}, "member_id"),
    ],
)
def test_facts_that_do_not_fit_are_refused(changes: dict[str, Any], field: str) -> None:
    """An appeal about nothing, a last day that is over and facts of another state must be refused."""
    with pytest.raises(InvalidValueError, match=f"^{field} must"):
        attrs.evolve(RECEIVED, **changes)


def test_open_are_those_that_can_go_on() -> None:
    """Every state must have its steps, and the two ends none."""
    assert set(COMPLAINT_STEPS) == set(ComplaintState)
    ends = {state for state, after in COMPLAINT_STEPS.items() if not after}
    assert ends == {ComplaintState.ANSWERED, ComplaintState.WITHDRAWN}
    assert RECEIVED.is_open
