"""Doing an act once: repetitions answer the same, losers decide anew, true conflicts come out."""

from collections.abc import Callable

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.membership.unit import Unit
from mutualaid_core.domain.scheme.period import Period, PeriodState
from mutualaid_core.errors import (
    AlreadyExistsError,
    BoundExceededError,
    KeyReusedError,
    NotFoundError,
    StoreBusyError,
)
from mutualaid_core.services.founding import Founded
from mutualaid_core.testing.samples import PERIOD, SCHEME
from mutualaid_core.testing.world import World
from mutualaid_core.work import TRIES_MAX, Done, Purpose, Work, perform, read_all

UNIT = Unit(unit_id="U-9", name="第九中学", pool_id="430500")
PASSED = Founded(outcome=Outcome.PASS, faults=())
Decide = Callable[[Work], Founded]
Try = Callable[..., Done[Founded]]


@pytest.fixture
def attempt(world: World, purpose: Purpose[Founded]) -> Try:
    """Performs an act under a key, with a command and a decision."""

    def perform_one(decide: Decide, key: str = "K", command: object = UNIT) -> Done[Founded]:
        return perform(world.host, world.act(key=key), purpose, command, decide)

    return perform_one


def add_unit(work: Work) -> Founded:
    """Add a unit without looking whether it is there."""
    work.add(UNIT)
    return PASSED


def changing(world: World, purpose: Purpose[Founded], times: int) -> Decide:
    """Reads the period; others change it in the same moment, as often as told."""
    left = [times]

    def decide(work: Work) -> Founded:
        period = work.get(Period, f"{SCHEME}/{PERIOD}")
        if left[0]:
            left[0] -= 1
            with Work(world.host, world.act(), purpose) as other:
                other.get(Period, f"{SCHEME}/{PERIOD}")
                state = PeriodState.OPEN if period.state is PeriodState.CLOSING else PeriodState.CLOSING
                other.replace(attrs.evolve(period, state=state))
                other.commit(b"other")
        return PASSED

    return decide


def test_an_act_answers_its_result(attempt: Try) -> None:
    """The first time an act must answer its result as done now."""
    assert attempt(add_unit) == Done(result=PASSED, replayed=False)


def test_a_repetition_changes_nothing(attempt: Try, world: World) -> None:
    """The same key with the same content must answer the same result and write nothing."""
    attempt(add_unit)
    before = world.store.head(SCHEME)
    assert attempt(add_unit) == Done(result=PASSED, replayed=True)
    assert world.store.head(SCHEME) == before


def test_a_repetition_does_not_decide_again(attempt: Try) -> None:
    """A repetition must not even look at the state of now."""
    attempt(add_unit)

    def never(_work: Work) -> Founded:
        raise AssertionError

    assert attempt(never).replayed


def test_a_key_with_other_content_is_refused(attempt: Try) -> None:
    """The same key with another command must be refused."""
    attempt(add_unit)
    with pytest.raises(KeyReusedError, match="key 'K' was used before"):
        attempt(add_unit, command=attrs.evolve(UNIT, name="第十中学"))


def test_a_key_of_another_day_is_refused(attempt: Try, world: World, purpose: Purpose[Founded]) -> None:
    """The same key with another business day must be refused."""
    attempt(add_unit)
    act = attrs.evolve(world.act(key="K"), business_on=world.act().business_on.replace(year=2015))
    with pytest.raises(KeyReusedError):
        perform(world.host, act, purpose, UNIT, add_unit)


def test_a_key_of_another_act_is_refused(attempt: Try, world: World, purpose: Purpose[Founded]) -> None:
    """The same key with the same command for another act must be refused."""
    attempt(add_unit)
    with pytest.raises(KeyReusedError):
        perform(world.host, world.act(key="K"), attrs.evolve(purpose, name="other"), UNIT, add_unit)


def test_a_loser_decides_anew(attempt: Try, world: World, purpose: Purpose[Founded]) -> None:
    """Where others were faster a few times, the act must still be done."""
    assert attempt(changing(world, purpose, times=3)).result == PASSED


def test_a_constant_loser_gives_up(attempt: Try, world: World, purpose: Purpose[Founded]) -> None:
    """Where others are faster each time, the act must end with an error that says so."""
    with pytest.raises(StoreBusyError, match=f"others were faster {TRIES_MAX} times"):
        attempt(changing(world, purpose, times=TRIES_MAX))


def test_a_conflict_that_stays_comes_out(attempt: Try) -> None:
    """Adding what is there, without reading it, must end with the conflict itself and at once."""
    attempt(add_unit)
    tries = []

    def decide(work: Work) -> Founded:
        tries.append(1)
        return add_unit(work)

    with pytest.raises(AlreadyExistsError, match="unit 'U-9' already exists"):
        attempt(decide, key="K-2")
    assert len(tries) == 2


def test_a_bound_that_stays_is_told_at_once(attempt: Try) -> None:
    """An act that always leaves a bound must be told of the counter, not that others were busy."""

    def decide(work: Work) -> Founded:
        work.count("c", 6, hi=5)
        return PASSED

    with pytest.raises(BoundExceededError, match="counter 'c' at 0"):
        attempt(decide)


def test_an_error_of_the_decision_comes_out(attempt: Try, world: World) -> None:
    """What the decision raises must come out, with nothing written and the key still free."""

    def decide(work: Work) -> Founded:
        work.add(UNIT)
        work.get(Unit, "U-0")
        return PASSED

    with pytest.raises(NotFoundError):
        attempt(decide)
    assert (list(read_all(world.store, Unit)), attempt(add_unit).replayed) == ([], False)
