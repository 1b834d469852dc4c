"""Launching: members join a scheme only while it runs, and what its start rested on is asked for."""

import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.lifecycle import LifeAct, Paper, Stage
from mutualaid_core.domain.membership.enrolment import Enrolment
from mutualaid_core.domain.scheme.scheme import Scheme
from mutualaid_core.services.governance.approvals import MoveScheme, launch_of, move_scheme
from mutualaid_core.testing.acts.papers import CITY_UNION, Papers, paper
from mutualaid_core.testing.acts.years import two_years
from mutualaid_core.testing.samples import COLLECTED_ON, SCHEME, joiner
from mutualaid_core.testing.world import World
from mutualaid_core.work import read_all


@pytest.fixture
def approved() -> Papers:
    """The sample scheme with a file, approved and filed, and not founded yet."""
    made = Papers(World())
    made.approve()
    return made


def test_nobody_joins_before_the_start(approved: Papers) -> None:
    """A scheme that is filed and founded must enrol nobody until it has started."""
    world = approved.world
    done = world.found()
    assert (done.outcome, done.findings) == (Outcome.PASS, ())
    world.admit()
    early = world.enrol(joiner(1))
    assert (early.outcome, [(fault.clause, fault.found) for fault in early.faults]) == (
        Outcome.REJECT,
        [("ACFTU-4.4b", "filed")],
    )
    assert list(read_all(world.store, Enrolment)) == []
    assert approved.start().stage is Stage.ACTIVE
    assert world.enrol(joiner(1)).outcome is Outcome.PASS
    assert launch_of(world.store, SCHEME).outcome is Outcome.PASS


def test_a_draft_is_not_founded() -> None:
    """A scheme whose file is a draft, or proposed, must not be founded."""
    papers = Papers(World())
    for act, found in ((LifeAct.DRAFT, "draft"), (LifeAct.PROPOSE, "proposed")):
        papers.move(act)
        done = papers.world.found()
        assert [(fault.clause, fault.found) for fault in done.faults] == [("ACFTU-4.4b", found)]
    assert list(read_all(papers.world.store, Scheme)) == []
    papers.move(LifeAct.APPROVE, Paper.APPROVAL)
    assert papers.world.found().outcome is Outcome.PASS


def test_a_suspended_scheme_takes_nobody() -> None:
    """Enrolling, renewing, giving and opening a period must wait until the scheme goes on."""
    years = two_years()
    years.admit_later()
    years.gifts.found()
    papers = Papers(years.world)
    papers.move(LifeAct.SUSPEND, Paper.RESOLUTION)
    refused = [
        years.world.enrol(joiner(3)).faults,
        years.renew(1).faults,
        years.open_later().faults,
        years.gifts.give(3).faults,
    ]
    assert all("ACFTU-4.4a" in {fault.clause for fault in faults} for faults in refused)
    papers.move(LifeAct.RESUME, Paper.RESOLUTION)
    assert years.renew(1).outcome is Outcome.PASS


def test_a_scheme_without_a_file_owes_its_papers(world: World) -> None:
    """It must run, and the four papers of its start be a finding until they are filed."""
    papers = Papers(world)
    owed = launch_of(world.store, SCHEME)
    assert (owed.outcome, len(owed.faults)) == (Outcome.FLAG, 4)
    assert {fault.clause for fault in owed.faults} == {"ACFTU-4.4b"}
    world.join(1)
    papers.move(LifeAct.SUSPEND, Paper.RESOLUTION)
    papers.move(LifeAct.RESUME, Paper.RESOLUTION)
    assert launch_of(world.store, SCHEME) == owed
    assert papers.start(LifeAct.REGISTER).outcome is Outcome.PASS
    assert launch_of(world.store, SCHEME).faults == ()


def test_the_finding_is_told_at_the_founding() -> None:
    """Founding a scheme without a file must pass and tell the same papers."""
    world = World()
    done = world.found()
    assert done.outcome is Outcome.PASS
    assert done.findings == launch_of(world.store, SCHEME).faults


def test_papers_filed_afterwards_are_judged_as_any(world: World) -> None:
    """Without evidence they must be refused, while the region is not ready be held, and be filed once."""
    papers = Papers(world)
    papers.put_union()
    kinds = (Paper.APPROVAL, Paper.BASIS, Paper.PRICING_MEMO, Paper.CHECKLIST)
    bare = MoveScheme(
        scheme_id=SCHEME,
        union_id=CITY_UNION.organisation_id,
        act=LifeAct.REGISTER,
        papers=tuple(paper(kind) for kind in kinds),
    )
    done = move_scheme(world.host, world.act(COLLECTED_ON), bare).result
    assert {fault.clause for fault in done.faults} == {"ACFTU-3.1c", "ACFTU-3.2d", "ACFTU-4.1"}
    assert papers.start(LifeAct.REGISTER, lives=9_999).outcome is Outcome.HOLD
    assert papers.start(LifeAct.REGISTER).outcome is Outcome.PASS
    again = papers.start(LifeAct.REGISTER)
    assert [fault.found for fault in again.faults] == ["on file"]


def test_a_started_scheme_registers_nothing(approved: Papers) -> None:
    """Who showed its papers at the start must not show others afterwards."""
    approved.world.found()
    approved.start()
    assert [fault.found for fault in approved.start(LifeAct.REGISTER).faults] == ["on file"]
