"""Workflows: the published tables hold together, and say what may be done next and why not the rest."""

import enum

import attrs
import pytest

from mutualaid_core.domain.membership.enrolment import EnrolmentState
from mutualaid_core.domain.membership.transfer import TransferState
from mutualaid_core.domain.membership.workflow import (
    ENROLMENTS,
    TRANSFERS,
    WORKFLOWS,
    Action,
    Side,
    State,
    Workflow,
    allowed_actions,
)
from mutualaid_core.errors import InvalidValueError

STATES: tuple[tuple[Workflow, type[enum.Enum]], ...] = (
    (ENROLMENTS, EnrolmentState),
    (TRANSFERS, TransferState),
)


@pytest.mark.parametrize(("workflow", "states"), STATES)
def test_a_workflow_names_exactly_the_states_of_its_record(
    workflow: Workflow, states: type[enum.Enum]
) -> None:
    """No state may be missing from the published table, and none may be made up."""
    assert {word for word, _ in workflow.states} == {state.value for state in states}


@pytest.mark.parametrize("workflow", WORKFLOWS)
def test_every_state_can_be_reached(workflow: Workflow) -> None:
    """From the beginning, steps must lead to each state."""
    reached: set[str | None] = {None}
    for _ in workflow.states:
        reached |= {step.to_state for step in workflow.steps if step.from_state in reached}
    assert reached == {None, *(word for word, _ in workflow.states)}


def test_a_transfer_that_is_decided_stays_so() -> None:
    """No step may lead out of the four ends of a transfer."""
    ends = {state.value for state in TransferState} - {"proposed"}
    assert not [step for step in TRANSFERS.steps if step.from_state in ends]


@pytest.mark.parametrize(
    ("state", "by", "allowed"),
    [
        (None, Side.FROM_UNIT, {Action.PROPOSE}),
        (TransferState.PROPOSED, Side.TO_UNIT, {Action.ACCEPT, Action.REJECT}),
        (TransferState.PROPOSED, Side.FROM_UNIT, {Action.WITHDRAW}),
        (TransferState.PROPOSED, Side.CALENDAR, {Action.EXPIRE}),
        (TransferState.ACCEPTED, Side.TO_UNIT, set()),
    ],
)
def test_each_side_may_do_its_own_part(state: TransferState | None, by: Side, allowed: set[Action]) -> None:
    """The receiving unit decides, the leaving unit takes back, the day alone lets a proposal expire."""
    actions = allowed_actions(TRANSFERS, state, by)
    assert {each.action for each in actions if each.is_allowed} == allowed


def test_without_a_side_whoever_may_is_told() -> None:
    """Asked for nobody in particular, the answer must be who may, and what follows."""
    accept = next(
        each for each in allowed_actions(TRANSFERS, TransferState.PROPOSED) if each.action is Action.ACCEPT
    )
    assert (accept.is_allowed, accept.by, accept.to_state) == (True, Side.TO_UNIT, "accepted")
    assert accept.reason_en == "the receiving unit decides; until the day on which it expires"
    assert accept.reason_zh == "由接收单位确认；在有效期内"


@pytest.mark.parametrize(
    ("state", "en", "zh"),
    [
        (
            EnrolmentState.VOIDED,
            "only from enrolled, not from voided",
            "仅可在“已参加”时办理，现为“已作废”",
        ),
        (None, "only from enrolled, not from nothing", "仅可在“已参加”时办理，现为“尚无记录”"),
    ],
)
def test_what_is_not_allowed_says_from_where_it_would_be(state: State | None, en: str, zh: str) -> None:
    """An action that the state does not allow must name the states that do."""
    retire = next(each for each in allowed_actions(ENROLMENTS, state) if each.action is Action.RETIRE)
    assert (retire.is_allowed, retire.by, retire.to_state) == (False, None, None)
    assert (retire.reason_en, retire.reason_zh) == (en, zh)


@pytest.mark.parametrize("state", [None, EnrolmentState.WITHDRAWN, EnrolmentState.VOIDED])
def test_one_may_join_anew_after_a_withdrawal_or_an_error(state: EnrolmentState | None) -> None:
    """Whoever has no place, or no longer one, may join in each of the three ways.

    A death that was reported in error comes off the record of a void place, too.
    """
    ways = {each.action for each in allowed_actions(ENROLMENTS, state) if each.is_allowed}
    mended = {Action.RESTORE} if state is EnrolmentState.VOIDED else set()
    assert ways == {Action.JOIN, Action.GIFT, Action.RENEW} | mended


def test_a_step_between_unknown_states_is_refused() -> None:
    """A table must not lead to a state that it does not name."""
    astray = attrs.evolve(TRANSFERS.steps[0], to_state="nowhere")
    with pytest.raises(InvalidValueError, match="steps must lead between the states"):
        attrs.evolve(TRANSFERS, steps=(astray,))


def test_two_steps_of_one_action_from_one_state_are_refused() -> None:
    """What an action leads to must never be open."""
    twice = (TRANSFERS.steps[0], TRANSFERS.steps[0])
    with pytest.raises(InvalidValueError, match="steps must be one for each state and action"):
        attrs.evolve(TRANSFERS, steps=twice)


def test_a_step_without_a_known_clause_is_refused() -> None:
    """Each step must rest on a clause that exists."""
    with pytest.raises(InvalidValueError, match="clause"):
        attrs.evolve(TRANSFERS.steps[0], clause="HN-9.9")
