"""The published workflows bind the services: every action in every state, allowed or refused alike."""

import datetime
from collections.abc import Callable
from typing import Final

import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.membership.change import ChangeKind
from mutualaid_core.domain.membership.enrolment import EnrolmentState
from mutualaid_core.domain.membership.transfer import TransferState
from mutualaid_core.domain.membership.workflow import ENROLMENTS, TRANSFERS, Action, Side
from mutualaid_core.domain.scheme.eligibility import Employment
from mutualaid_core.domain.values.identifiers import UnitId
from mutualaid_core.services.membership.transfer import TransferJudged
from mutualaid_core.testing.acts.moves import EXPIRES_ON, FAR, FAR_POOL, MOVES_ON, NEXT, PROPOSED_ON, Moves
from mutualaid_core.testing.acts.years import LATER, RENEWED_ON, Years
from mutualaid_core.testing.samples import UNIT, YEAR, dues, joiner
from mutualaid_core.testing.world import World

AFTER: Final = datetime.date(2014, 9, 1)
"""A day after everything else."""


def world() -> World:
    """A world whose unit may enrol, and which knows a unit inside the pool and one outside it."""
    made = World()
    made.found()
    made.admit(9, 9)
    moves = Moves(made)
    moves.know(NEXT)
    moves.know(FAR, FAR_POOL)
    return made


def enrolled(made: World) -> None:
    """Person 1 has joined."""
    made.enrol(joiner(1))


def ended(made: World) -> None:
    """Person 1 has joined and was dismissed, so that another unit may take the person up."""
    enrolled(made)
    Moves(made).leave(1, ChangeKind.DISMISSED)


def withdrawn(made: World) -> None:
    """Person 1 has joined and taken that back."""
    enrolled(made)
    Years(made).mend.withdraw(1)


def voided(made: World) -> None:
    """Person 1 was enrolled in error."""
    enrolled(made)
    Years(made).mend.void(1)


INTO: Final[dict[EnrolmentState | None, Callable[[World], None]]] = {
    None: lambda _made: None,
    EnrolmentState.ENROLLED: enrolled,
    EnrolmentState.ENDED: ended,
    EnrolmentState.WITHDRAWN: withdrawn,
    EnrolmentState.VOIDED: voided,
}
"""What brings person 1 into each state."""


def dead_and_voided(made: World) -> None:
    """Person 1 was said to have died, and the place was found void."""
    enrolled(made)
    left(made, ChangeKind.DIED)
    Years(made).mend.void(1, on=AFTER)


def given(made: World) -> Outcome:
    """Give person 1 a place."""
    years = Years(made)
    years.gifts.found()
    return years.gifts.give(1).outcome


def moved(made: World, to: UnitId) -> Outcome:
    """Propose and accept a move of person 1 to a unit."""
    moves = Moves(made)
    proposed = moves.propose(1, to=to, moves_on=AFTER, on=AFTER, expires_on=AFTER)
    if proposed.outcome is Outcome.REJECT:
        return proposed.outcome
    return moves.accept(by=to, on=AFTER).outcome


def left(made: World, kind: ChangeKind) -> Outcome:
    """Report that person 1 left."""
    return Moves(made).leave(1, kind, on=AFTER, told_on=AFTER).outcome


def restored(made: World) -> Outcome:
    """Take back that person 1 left, by dismissal or by death."""
    mend = Years(made).mend
    outcomes = [mend.restore(1, kind, on=AFTER).outcome for kind in (ChangeKind.DISMISSED, ChangeKind.DIED)]
    return next((each for each in outcomes if each is not Outcome.REJECT), Outcome.REJECT)


DO: Final[dict[Action, Callable[[World], Outcome]]] = {
    Action.JOIN: lambda made: made.enrol(joiner(1)).outcome,
    Action.GIFT: given,
    Action.PAY: lambda made: made.remit(dues(1), on=YEAR.first_day).outcome,
    Action.TRANSFER: lambda made: moved(made, NEXT),
    Action.LEAVE_POOL: lambda made: moved(made, FAR),
    Action.RETIRE: lambda made: left(made, ChangeKind.RETIRED),
    Action.DISMISS: lambda made: left(made, ChangeKind.DISMISSED),
    Action.DIE: lambda made: left(made, ChangeKind.DIED),
    Action.CORRECT: lambda made: Years(made).mend.correct(1, employment=Employment.REGULAR, on=AFTER).outcome,
    Action.RESTORE: restored,
    Action.WITHDRAW: lambda made: Years(made).mend.withdraw(1, on=AFTER).outcome,
    Action.VOID: lambda made: Years(made).mend.void(1, on=AFTER).outcome,
}
"""Each action but renewal, done to person 1."""


def test_every_action_of_an_enrolment_is_tried() -> None:
    """Beside renewal, which has its own test, no action of the table may be left out."""
    assert set(ENROLMENTS.actions) == set(DO) | {Action.RENEW}


@pytest.mark.parametrize("action", DO)
@pytest.mark.parametrize("state", INTO)
def test_an_enrolment_does_what_the_table_allows(state: EnrolmentState | None, action: Action) -> None:
    """A service must refuse exactly what the table refuses, in every state."""
    made = world()
    dies = action is Action.RESTORE and state is EnrolmentState.VOIDED
    (dead_and_voided if dies else INTO[state])(made)
    allowed = ENROLMENTS.step_from(state, action) is not None
    outcome = DO[action](made)
    assert (outcome in {Outcome.PASS, Outcome.FLAG}) == allowed


@pytest.mark.parametrize("state", INTO)
def test_a_renewal_leads_into_a_free_place_alone(state: EnrolmentState | None) -> None:
    """A member of the period before renews where the new place is free, or was taken back."""
    made = World()
    made.found()
    made.join(1)
    years = Years(made)
    years.open_later()
    years.admit_later(eligible=1, enrolled=1)
    new = years.named(1, LATER)
    if state is not None:
        years.renew(1)
    if state is EnrolmentState.WITHDRAWN:
        years.mend.withdraw_of(new, on=RENEWED_ON)
    if state is EnrolmentState.VOIDED:
        years.mend.void_of(new, on=RENEWED_ON)
    if state is EnrolmentState.ENDED:
        years.retire_later(1)
    allowed = ENROLMENTS.step_from(state, Action.RENEW) is not None
    assert (years.renew(1).outcome is Outcome.PASS) == allowed


def propose(moves: Moves) -> TransferJudged:
    """Propose the sample move."""
    return moves.propose(1)


REACHED: Final[dict[TransferState, Callable[[Moves], object]]] = {
    TransferState.PROPOSED: lambda _moves: None,
    TransferState.ACCEPTED: lambda moves: moves.accept(),
    TransferState.REJECTED: lambda moves: moves.reject(),
    TransferState.WITHDRAWN: lambda moves: moves.withdraw(),
    TransferState.EXPIRED: lambda moves: moves.expire(EXPIRES_ON.replace(month=7)),
}
"""What brings a proposed transfer into each state."""

SIDES: Final = {Side.FROM_UNIT: UNIT, Side.TO_UNIT: NEXT}
ANSWERS: Final[dict[Action, Callable[[Moves, UnitId], TransferJudged]]] = {
    Action.ACCEPT: lambda moves, by: moves.accept(by=by),
    Action.REJECT: lambda moves, by: moves.reject(by=by),
    Action.WITHDRAW: lambda moves, by: moves.withdraw(by=by),
}


@pytest.mark.parametrize("action", ANSWERS)
@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("state", REACHED)
def test_a_transfer_does_what_the_table_allows(state: TransferState, side: Side, action: Action) -> None:
    """An answer must pass exactly where the table allows it, by the side that it names."""
    made = world()
    enrolled(made)
    moves = Moves(made)
    assert propose(moves).outcome is not Outcome.REJECT
    REACHED[state](moves)
    step = TRANSFERS.step_from(state, action)
    allowed = step is not None and step.by is side
    outcome = ANSWERS[action](moves, SIDES[side]).outcome
    assert (outcome is not Outcome.REJECT) == allowed


def test_only_what_is_open_expires() -> None:
    """The day must end a proposal, and nothing that was answered before."""
    made = world()
    enrolled(made)
    moves = Moves(made)
    propose(moves)
    assert len(moves.expire(EXPIRES_ON.replace(month=7))) == 1
    assert moves.expire(EXPIRES_ON.replace(month=8)) == ()
    assert PROPOSED_ON < MOVES_ON < EXPIRES_ON
