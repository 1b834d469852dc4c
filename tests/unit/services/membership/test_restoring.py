"""Restoring: a leaving that never was is taken back by a further entry, and all is as before it."""

import datetime

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.membership.change import ChangeKind
from mutualaid_core.domain.membership.enrolment import Enrolment, EnrolmentState
from mutualaid_core.domain.scheme.eligibility import Employment
from mutualaid_core.domain.values.dates import DayRange, add_days
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.rules.membership.history import Standing, standing_of, stretches_of
from mutualaid_core.services.membership.correction.judged import EnrolmentJudged
from mutualaid_core.services.verification import verify
from mutualaid_core.testing.acts.mending import Mending
from mutualaid_core.testing.acts.moves import MOVES_ON, NEXT, PROPOSED_ON, Moves
from mutualaid_core.testing.samples import (
    CLOSED_ON,
    COLLECTED_ON,
    FOUNDING,
    UNIT,
    VERSION,
    YEAR,
    dues,
    joiner,
    stay,
)
from mutualaid_core.testing.world import World

DAY = datetime.date
TOLD, MENDED, AFTER = PROPOSED_ON, DAY(2014, 8, 1), DAY(2014, 9, 1)
LEFT = (ChangeKind.RETIRED, ChangeKind.DISMISSED, ChangeKind.DIED)


@pytest.fixture
def moves(world: World) -> Moves:
    """One member who paid, and a unit of the pool to which members may move."""
    return moves_in(world)


def moves_in(world: World) -> Moves:
    """The same in a world that is founded already."""
    world.admit(9, 9)
    world.enrol(joiner(1), joiner(2))
    world.remit(dues(1))
    made = Moves(world)
    made.know(NEXT, enrolled=1)
    return made


def restore(moves: Moves, kind: ChangeKind = ChangeKind.DIED, on: datetime.date = MENDED) -> EnrolmentJudged:
    """Take the leaving of person 1 back."""
    return Mending(moves.world).restore(1, kind, on)


def standings(enrolment: Enrolment, known_at: datetime.date) -> list[Standing | None]:
    """How an enrolment stood on each day of the year, as known on one."""
    days = (add_days(YEAR.first_day, number) for number in range(YEAR.days))
    return [standing_of(enrolment, on=day, known_at=known_at) for day in days]


@pytest.mark.clause("HN-4.3.5b", "HN-4.3.5c")
@pytest.mark.parametrize("kind", LEFT)
def test_all_is_as_before(moves: Moves, kind: ChangeKind) -> None:
    """Unit, cover and state of every day must be those before the report, and both entries stay."""
    before = moves.enrolment()
    moves.leave(kind=kind)
    left = moves.enrolment()
    done = restore(moves, kind)
    after = moves.enrolment()
    assert (done.outcome, done.faults, done.state) == (Outcome.PASS, (), EnrolmentState.ENROLLED)
    assert (after.unit_id, after.cover, after.state) == (UNIT, YEAR, EnrolmentState.ENROLLED)
    assert standings(after, MENDED) == standings(before, MENDED)
    assert standings(after, TOLD) == standings(left, TOLD)
    assert stretches_of(after, MENDED) == stretches_of(before, MENDED)
    assert [each.kind for each in after.history] == [ChangeKind.JOINED, kind, ChangeKind.CORRECTED]
    assert after.history[-1].cause == f"P-4: {kind.value} {MOVES_ON.isoformat()} -> none"
    assert verify(moves.world.host).faults == ()


@pytest.mark.clause("HN-4.3.5c")
def test_whoever_lives_may_claim_move_and_die(moves: Moves) -> None:
    """After a wrong death a claim must be paid, a move before that day be taken, and a death cut anew."""
    moves.leave(kind=ChangeKind.DIED, on=DAY(2014, 7, 1), told_on=DAY(2014, 7, 2))
    restore(moves)
    assert moves.world.file(stay(8_000)).outcome is Outcome.PASS
    assert moves.move(on=MENDED).outcome is Outcome.PASS
    died = moves.leave(kind=ChangeKind.DIED, by=NEXT, on=DAY(2014, 8, 20), told_on=AFTER)
    assert died.cover == DayRange(YEAR.first_day, DAY(2014, 8, 20))
    days = [(each.unit_id, each.days.first_day) for each in stretches_of(moves.enrolment(), AFTER)]
    assert days == [(UNIT, YEAR.first_day), (NEXT, MOVES_ON), (None, DAY(2014, 8, 20))]


def test_a_death_told_twice_is_taken_back_whole(moves: Moves) -> None:
    """Who lives has no day of death: neither the first nor the second that was told may stand."""
    moves.leave(kind=ChangeKind.DIED)
    moves.leave(kind=ChangeKind.DIED, on=DAY(2014, 6, 20), told_on=DAY(2014, 7, 2))
    restore(moves)
    assert (moves.enrolment().cover, moves.enrolment().state) == (YEAR, EnrolmentState.ENROLLED)
    again = moves.leave(kind=ChangeKind.DIED, on=DAY(2014, 6, 25), told_on=MENDED)
    assert again.cover == DayRange(YEAR.first_day, DAY(2014, 6, 25))
    restore(moves)
    assert moves.enrolment().cover == YEAR


def test_a_death_before_a_move_leaves_the_move(moves: Moves) -> None:
    """A wrong death on 14 June must leave who moved on 15 June at both units, each on its days."""
    moves.move()
    before = moves.enrolment()
    moves.leave(kind=ChangeKind.DIED, by=NEXT, on=DAY(2014, 6, 14))
    restore(moves)
    assert standings(moves.enrolment(), MENDED) == standings(before, MENDED)


def test_a_dismissal_stands_when_the_death_does_not(moves: Moves) -> None:
    """Who was dismissed and did not die must stand as dismissed, and be taken up by another unit."""
    moves.leave(kind=ChangeKind.DISMISSED)
    before = moves.enrolment()
    moves.leave(kind=ChangeKind.DIED, on=DAY(2014, 7, 1), told_on=DAY(2014, 7, 2))
    done = restore(moves)
    assert (done.outcome, done.state) == (Outcome.PASS, EnrolmentState.ENDED)
    assert standings(moves.enrolment(), MENDED) == standings(before, MENDED)
    assert moves.move(moves_on=AFTER, on=AFTER).outcome is Outcome.PASS


@pytest.mark.clause("HN-4.3.5b")
def test_a_later_act_stands_in_the_way(moves: Moves) -> None:
    """A dismissal on which a death or a move rests must be refused, and the act be named."""
    moves.leave(kind=ChangeKind.DISMISSED)
    moves.leave(kind=ChangeKind.DIED, on=DAY(2014, 7, 1), told_on=DAY(2014, 7, 2))
    first = restore(moves, ChangeKind.DISMISSED)
    assert (first.outcome, [fault.found for fault in first.faults]) == (
        Outcome.REJECT,
        ["died at 2014-07-01"],
    )
    restore(moves)
    moves.move(moves_on=DAY(2014, 8, 15), on=MENDED)
    second = restore(moves, ChangeKind.DISMISSED, AFTER)
    assert [fault.found for fault in second.faults] == ["enrolled", "transferred at 2014-08-15"]


def test_what_was_not_reported_is_not_taken_back(moves: Moves) -> None:
    """Another kind, a second time, and somebody who is not enrolled must be refused."""
    assert [fault.found for fault in restore(moves).faults] == ["enrolled", "enrolled"]
    moves.leave(kind=ChangeKind.RETIRED)
    (fault,) = restore(moves).faults
    assert (fault.rule, fault.found) == ("must have been reported as died", "retired")
    assert restore(moves, ChangeKind.RETIRED).outcome is Outcome.PASS
    assert restore(moves, ChangeKind.RETIRED).outcome is Outcome.REJECT
    stranger = Mending(moves.world).restore(5, on=MENDED)
    assert (stranger.outcome, stranger.state) == (Outcome.REJECT, None)
    with pytest.raises(InvalidValueError, match="must be one of retired, dismissed, died, left_pool"):
        restore(moves, ChangeKind.TRANSFERRED)


def test_it_keeps_the_order_of_days(moves: Moves) -> None:
    """A day before that of the report, and a closed period, must be refused."""
    moves.leave(kind=ChangeKind.DIED)
    early = restore(moves, on=TOLD - datetime.timedelta(days=1))
    assert [fault.clause for fault in early.faults] == ["ACFTU-11.1b"]
    moves.world.stop()
    assert [fault.clause for fault in restore(moves, on=CLOSED_ON).faults] == ["ACFTU-S4.2b"]


def test_a_correction_meanwhile_does_not_keep_the_member_away() -> None:
    """What was typed anew after the wrong report must stay in the history, and the member be back."""
    either = attrs.evolve(VERSION.eligibility, employments=(Employment.REGULAR, Employment.DISPATCHED))
    world = World(founding=attrs.evolve(FOUNDING, version=attrs.evolve(VERSION, eligibility=either)))
    world.found()
    moves = moves_in(world)
    moves.leave(kind=ChangeKind.DIED)
    Mending(moves.world).correct(1, on=DAY(2014, 7, 1), employment=Employment.DISPATCHED)
    restore(moves)
    after = moves.enrolment()
    assert (after.cover, after.state, len(after.history)) == (YEAR, EnrolmentState.ENROLLED, 4)
    standing = standing_of(after, on=AFTER, known_at=AFTER)
    assert standing is not None
    assert (standing.unit_id, standing.state) == (UNIT, EnrolmentState.ENROLLED)


def test_who_joins_anew_has_no_leaving(moves: Moves) -> None:
    """A leaving of a place that was found void must not be taken back in the place after it."""
    moves.leave(2, ChangeKind.RETIRED, told_on=COLLECTED_ON)
    Mending(moves.world).void(2)
    moves.world.enrol(joiner(2))
    assert moves.enrolment(2).state is EnrolmentState.ENROLLED
    done = Mending(moves.world).restore(2, ChangeKind.RETIRED, MENDED)
    assert [fault.rule for fault in done.faults][1:] == ["must have been reported as retired"]
