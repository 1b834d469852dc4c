"""Suspended schemes (暂停的项目): nobody and no unit comes in, and those who are in may still pay."""

import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.approval import Paper
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.governance.lifecycle import LifeAct
from mutualaid_core.domain.membership.gift import GiftProgramme
from mutualaid_core.domain.membership.unit import Admission
from mutualaid_core.domain.values.identifiers import UnitId
from mutualaid_core.testing.acts.mending import Gifts
from mutualaid_core.testing.acts.papers import Papers
from mutualaid_core.testing.samples import dues, joiner
from mutualaid_core.testing.world import World
from mutualaid_core.work import read_all

NEXT = UnitId("U-NEXT")
SUSPENDED = [("must be active", "suspended", "ACFTU-4.4a")]


@pytest.fixture
def world() -> World:
    """A world with two enrolled workers who have not paid, whose scheme is then suspended."""
    made = World()
    made.found()
    made.admit(5, 5)
    made.enrol(joiner(1), joiner(2))
    papers = Papers(made)
    papers.start(LifeAct.REGISTER)
    papers.move(LifeAct.SUSPEND, Paper.APPROVAL, Paper.RESOLUTION)
    return made


def told(faults: tuple[Fault, ...]) -> list[tuple[str, str, str]]:
    """Rule, value and clause of each fault."""
    return [(fault.rule, fault.found, fault.clause) for fault in faults]


@pytest.mark.clause("ACFTU-4.4a")
def test_a_suspended_scheme_admits_no_unit(world: World) -> None:
    """A unit must be refused without a record, so that it can be judged once the scheme goes on."""
    done = world.admit(5, 5, NEXT)
    assert (done.outcome, told(done.faults)) == (Outcome.REJECT, SUSPENDED)
    assert [each.unit_id for each in read_all(world.store, Admission) if each.unit_id == NEXT] == []


@pytest.mark.clause("ACFTU-4.4a")
def test_a_suspended_scheme_founds_no_gift_programme(world: World) -> None:
    """A programme of gifts must be refused, and not be kept."""
    done = Gifts(world).found()
    assert (done.outcome, told(done.faults)) == (Outcome.REJECT, SUSPENDED)
    assert list(read_all(world.store, GiftProgramme)) == []


@pytest.mark.clause("ACFTU-4.4a", "ACFTU-2.3b")
def test_who_was_enrolled_before_may_still_pay(world: World) -> None:
    """Dues owed since before the suspension must be taken, while a new worker is refused."""
    assert world.enrol(joiner(3)).outcome is Outcome.REJECT
    assert world.remit(dues(1), dues(2)).outcome is Outcome.PASS
