"""Workflow rules: the table refuses what it does not allow, and money and claims stand in the way."""

import datetime

import pytest

from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.enrolment import Enrolment, EnrolmentState
from mutualaid_core.domain.membership.transfer import TransferState
from mutualaid_core.domain.membership.workflow import ENROLMENTS, TRANSFERS, Action, Side, State, Workflow
from mutualaid_core.domain.scheme.eligibility import Employment, InsuranceType
from mutualaid_core.domain.values.identifiers import EntryId, MemberId, PeriodId
from mutualaid_core.rules.membership.workflow import (
    decided_faults,
    fee_faults,
    first_fee_flags,
    held_place_faults,
    return_faults,
    step_faults,
    withdrawal_faults,
)
from mutualaid_core.testing.samples import PERIOD, SCHEME, UNIT, YEAR, yuan

WHO = MemberId("M1")
PLACE = Enrolment(
    scheme_id=SCHEME,
    period_id=PERIOD,
    member_id=WHO,
    unit_id=UNIT,
    insurance_type=InsuranceType.EMPLOYEE,
    employment=Employment.REGULAR,
    shares=1,
    cover=YEAR,
)


def test_what_the_table_allows_has_no_faults() -> None:
    """The receiving unit may accept what was proposed, whether it says who it is or not."""
    assert step_faults(TRANSFERS, TransferState.PROPOSED, Action.ACCEPT, "T-1") == ()
    assert step_faults(TRANSFERS, TransferState.PROPOSED, Action.ACCEPT, "T-1", Side.TO_UNIT) == ()


@pytest.mark.parametrize(
    ("state", "found"),
    [(None, "none"), (TransferState.ACCEPTED, "accepted"), (TransferState.EXPIRED, "expired")],
)
def test_a_state_that_does_not_allow_it_is_named(state: TransferState | None, found: str) -> None:
    """Accepting what is not open must be refused with the state in which it is."""
    (fault,) = step_faults(TRANSFERS, state, Action.ACCEPT, "T-1")
    assert fault == Fault(subject="T-1", rule="must be proposed for accept", found=found, clause="HN-4.3.5c")


def test_states_from_nothing_are_told_too() -> None:
    """Joining twice must name the states from which one joins, the beginning among them."""
    (fault,) = step_faults(ENROLMENTS, EnrolmentState.ENROLLED, Action.JOIN, WHO)
    assert (fault.rule, fault.clause) == ("must be none or withdrawn or voided for join", "HN-3.1.2a")


def test_an_action_of_another_workflow_is_refused() -> None:
    """An enrolment can never be accepted, whatever its state."""
    (fault,) = step_faults(ENROLMENTS, EnrolmentState.ENROLLED, Action.ACCEPT, WHO)
    assert (fault.rule, fault.found) == ("must be of another kind for accept", "enrolled")


def test_another_side_is_refused_with_the_reason() -> None:
    """The leaving unit must not accept its own proposal."""
    (fault,) = step_faults(TRANSFERS, TransferState.PROPOSED, Action.ACCEPT, "T-1", Side.FROM_UNIT)
    assert (fault.rule, fault.found, fault.clause) == (
        "must be done by to_unit: the receiving unit decides",
        "from_unit",
        "HN-4.3.5c",
    )


@pytest.mark.parametrize(
    ("workflow", "states"),
    [(ENROLMENTS, (None, *EnrolmentState)), (TRANSFERS, (None, *TransferState))],
)
def test_rule_and_table_agree_everywhere(workflow: Workflow, states: tuple[State | None, ...]) -> None:
    """For every state, action and side, there must be a fault exactly where the table has no step."""
    for state in states:
        for action in Action:
            step = workflow.step_from(state, action)
            assert bool(step_faults(workflow, state, action, "x")) == (step is None)
            for side in Side:
                allowed = step is not None and step.by is side
                assert bool(step_faults(workflow, state, action, "x", side)) != allowed


def test_a_paid_place_is_not_taken_back() -> None:
    """Before the money came a place may be taken back, afterwards not (HN-4.3.5b)."""
    assert withdrawal_faults(WHO, None) == ()
    (fault,) = withdrawal_faults(WHO, datetime.date(2013, 12, 20))
    assert (fault.found, fault.clause) == ("paid 2013-12-20", "HN-4.3.5b")


@pytest.mark.clause("HN-4.3.5b", "HN-3.1.2b")
def test_held_money_keeps_a_place_once_cover_began() -> None:
    """From the first day of cover on the held remittance must be named; before it, and without one, not."""
    first = PLACE.cover.first_day
    assert held_place_faults(PLACE, None, first) == ()
    assert held_place_faults(PLACE, EntryId("R-1"), first - datetime.timedelta(days=1)) == ()
    (fault,) = held_place_faults(PLACE, EntryId("R-1"), first)
    assert (fault.subject, fault.found, fault.clause) == (PLACE.member_id, "R-1", "HN-4.3.5b")


def test_claims_that_rest_on_it_are_named() -> None:
    """The claims in the way must be named in order; without any there is no fault."""
    assert decided_faults(WHO, ()) == ()
    (fault,) = decided_faults(WHO, ("S-2", "S-1"))
    assert fault.found == "S-1, S-2"


def test_money_of_a_void_enrolment_is_left_to_be_returned() -> None:
    """What was paid must be told as not returned; where nothing was paid nothing is left."""
    assert return_faults(WHO, None) == ()
    (fault,) = return_faults(WHO, yuan(50))
    assert (fault.found, fault.clause) == ("50.00 not returned", "HN-4.3.5b")


@pytest.mark.parametrize(("paid", "fee", "count"), [(None, 60, 0), (50, 50, 0), (50, 60, 1), (50, 40, 1)])
def test_corrected_facts_cost_what_was_paid(paid: int | None, fee: int, count: int) -> None:
    """Nothing paid, or the same fee, must pass; a fee above or below must not."""
    faults = fee_faults(WHO, None if paid is None else yuan(paid), yuan(fee))
    assert [fault.clause for fault in faults] == ["HN-4.3.5b"] * count


@pytest.mark.parametrize(("paid", "told"), [(50, []), (40, ["40.00"]), (60, ["60.00"])])
def test_a_later_place_that_became_the_first_tells_its_fee(paid: int, told: list[str]) -> None:
    """What was paid must be told where a first place costs 50 and something else was paid."""
    faults = first_fee_flags(WHO, PeriodId("2015"), yuan(paid), yuan(50))
    assert [fault.found for fault in faults] == told
