"""Complaints: known members, own claims, working days, and one answer."""

import datetime

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.complaint import ComplaintAnswer, ComplaintKind, ComplaintState
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.domain.values.identifiers import ActorId, ClaimId
from mutualaid_core.domain.values.workdays import WorkCalendar
from mutualaid_core.errors import InvalidValueError, NotFoundError
from mutualaid_core.services.governance.complaints import (
    AnswerComplaint,
    AssignComplaint,
    ComplaintMoved,
    ReceiveComplaint,
    WithdrawComplaint,
    answer_complaint,
    assign_complaint,
    late_complaints,
    receive_complaint,
    withdraw_complaint,
)
from mutualaid_core.testing.samples import SCHEME, member_id, stay
from mutualaid_core.testing.world import World

DAY = datetime.date
TOLD = ReceiveComplaint(
    complaint_id="C-1",
    scheme_id=SCHEME,
    member_id=member_id(1),
    kind=ComplaintKind.COMPLAINT,
    limit_days=15,
    limit_source="办法",
    calendar=WorkCalendar(days=DayRange(DAY(2026, 1, 1), DAY(2026, 12, 31)), source="made up"),
)


def received(world: World, on: datetime.date = DAY(2026, 3, 2), **changes: object) -> ComplaintMoved:  # noqa: B008  # a constant day
    """A complaint of the first member, but for changes."""
    command = attrs.evolve(TOLD, **changes)  # type: ignore[arg-type]  # fields of the command
    return receive_complaint(world.host, world.act(on), command).result


def test_a_complaint_about_nothing_special_may_go_to_anybody(joined: World) -> None:
    """Without a claim nobody is a judge, so whoever is named must be able to answer in time."""
    received(joined)
    assign = AssignComplaint(scheme_id=SCHEME, complaint_id="C-1", handler=ActorId("tester"))
    answer = AnswerComplaint(scheme_id=SCHEME, complaint_id="C-1", answer=ComplaintAnswer.UPHELD)
    assign_complaint(joined.host, joined.act(DAY(2026, 3, 3)), assign)
    done = answer_complaint(joined.host, joined.act(DAY(2026, 3, 23)), answer).result
    assert done.complaint is not None
    assert (done.outcome, done.complaint.answer) == (Outcome.PASS, ComplaintAnswer.UPHELD)


@pytest.mark.parametrize(
    ("changes", "rules"),
    [
        ({"member_id": "nobody"}, ["must be a known member"]),
        ({"kind": ComplaintKind.APPEAL}, ["must name the claim that it is about"]),
        ({"claim_id": ClaimId("S-9")}, ["must be a claim of the member"]),
        ({"claim_id": ClaimId("S-2")}, ["must be a claim of the member"]),
        (
            {"member_id": "nobody", "claim_id": ClaimId("S-2")},
            ["must be a known member", "must be a claim of the member"],
        ),
    ],
)
def test_a_complaint_is_of_a_member_about_an_own_claim(
    joined: World, changes: dict[str, object], rules: list[str]
) -> None:
    """Strangers, appeals about nothing and claims of others must be refused, all at once."""
    joined.file(stay(8_000, 2))
    done = received(joined, **changes)
    assert (done.outcome, [fault.rule for fault in done.faults]) == (Outcome.REJECT, rules)


def test_a_complaint_that_is_withdrawn_is_over(joined: World) -> None:
    """Once withdrawn it must not be late, nor be given to anybody."""
    received(joined)
    command = WithdrawComplaint(scheme_id=SCHEME, complaint_id="C-1")
    done = withdraw_complaint(joined.host, joined.act(DAY(2026, 3, 4)), command).result
    assert done.complaint is not None
    assert done.complaint.state is ComplaintState.WITHDRAWN
    assert list(late_complaints(joined.store, SCHEME, DAY(2026, 12, 31))) == []
    assign = AssignComplaint(scheme_id=SCHEME, complaint_id="C-1", handler=ActorId("other"))
    assert assign_complaint(joined.host, joined.act(DAY(2026, 3, 5)), assign).result.outcome is Outcome.REJECT


def test_a_calendar_that_ends_too_early_is_refused(joined: World) -> None:
    """Where the last day lies in a year that is not announced, nothing must be recorded."""
    with pytest.raises(InvalidValueError, match="calendar must tell of 2027-01-01"):
        received(joined, on=DAY(2026, 12, 30))
    with pytest.raises(NotFoundError):
        withdraw_complaint(
            joined.host,
            joined.act(DAY(2026, 12, 31)),
            WithdrawComplaint(scheme_id=SCHEME, complaint_id="C-1"),
        )
