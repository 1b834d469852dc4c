"""湖南省总工会 指导意见 2013, 引言 and 三: programme, group membership, pooling."""

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.fund.account import Title
from mutualaid_core.domain.scheme.benefit.steps import Deductible
from mutualaid_core.domain.values.money import ZERO
from mutualaid_core.testing.samples import (
    EXAMPLE_BANDS,
    FOUNDING,
    SCHEME_RECORD,
    UNIT,
    YUEYANG_2014,
    dues,
    joiner,
    member_id,
    version_with,
    yuan,
)
from mutualaid_core.testing.world import World, balance


@pytest.mark.clause("HN-0.3")
def test_a_scheme_needs_its_parent_programme() -> None:
    """A municipal scheme that is not under the programme HN-2013 must be refused."""
    scheme = attrs.evolve(SCHEME_RECORD, policy_id="NONE")
    done = World(founding=attrs.evolve(FOUNDING, scheme=scheme)).found()
    assert (done.outcome, [fault.clause for fault in done.faults]) == (Outcome.REJECT, ["HN-0.3"])


@pytest.mark.clause("HN-3.1.2a")
def test_membership_runs_through_the_unit(world: World) -> None:
    """A batch of a unit that has not been judged by its roster must enrol nobody."""
    done = world.enrol(joiner(1))
    assert (done.enrolled, [fault.subject for fault in done.faults]) == ((), [UNIT])


@pytest.mark.clause("HN-3.1.2b")
def test_a_remittance_that_does_not_agree_is_held(world: World) -> None:
    """100 x 50 = 5,000 listed with 4,950 at the bank must hold the batch, and cover nobody."""
    numbers = range(1, 101)
    world.admit(100, 100)
    world.enrol(*(joiner(number) for number in numbers))
    done = world.remit(*(dues(number) for number in numbers), received=yuan(4_950))
    assert (done.outcome, str(done.faults[0])) == (
        Outcome.HOLD,
        "U-1 must add up to the 4950.00 received, got 5000.00 [HN-3.1.2b]",
    )
    assert balance(world.store, Title.BANK) == ZERO


@pytest.mark.clause("HN-3.1.2b")
def test_nobody_is_covered_twice(world: World) -> None:
    """A person listed twice in a remittance must have it refused and be named."""
    world.admit(1, 1)
    world.enrol(joiner(1))
    done = world.remit(dues(1), dues(1))
    assert (done.outcome, [fault.subject for fault in done.faults]) == (Outcome.REJECT, [member_id(1)])


@pytest.mark.clause("HN-3.2.1a")
def test_a_city_may_change_ratios() -> None:
    """A city that sets its own ratios must pass."""
    version = version_with(attrs.evolve(YUEYANG_2014, steps=(EXAMPLE_BANDS,)))
    assert World(founding=attrs.evolve(FOUNDING, version=version)).found().outcome is Outcome.PASS


@pytest.mark.clause("HN-3.2.1a")
def test_a_city_may_not_change_what_the_province_fixed() -> None:
    """A city that sets a deductible above 0 must be refused."""
    deductible = Deductible(amount=yuan(1), source="HN-4.4.2a")
    version = version_with(attrs.evolve(YUEYANG_2014, steps=(deductible, EXAMPLE_BANDS)))
    assert World(founding=attrs.evolve(FOUNDING, version=version)).found().outcome is Outcome.REJECT
