"""总工发〔2018〕28号 四 and 指导意见 四（三）: what is asked before members join, and before dues change."""

import datetime

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.lifecycle import LifeAct, Paper
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.domain.values.identifiers import VersionId
from mutualaid_core.services.founding import Founded, open_period
from mutualaid_core.testing.acts.papers import Papers
from mutualaid_core.testing.samples import FOUNDING, PERIOD_RECORD, VERSION, joiner, rated
from mutualaid_core.testing.world import World

DAY = datetime.date
NEXT_YEAR = DayRange(DAY(2015, 1, 1), DAY(2015, 12, 31))


def later(amount: int) -> SchemeVersion:
    """The version of 2015 at so many yuan."""
    return attrs.evolve(
        VERSION,
        version_id=VersionId("V-2015"),
        first_day=NEXT_YEAR.first_day,
        last_day=NEXT_YEAR.last_day,
        dues=rated(amount=amount),
    )


def opened(world: World, version: SchemeVersion) -> Founded:
    """The period of 2015, opened under a version."""
    period = attrs.evolve(PERIOD_RECORD, period_id="2015", cover=NEXT_YEAR)
    founding = attrs.evolve(FOUNDING, version=version, period=period)
    return open_period(world.host, world.act(DAY(2014, 12, 1)), founding).result


@pytest.mark.clause("ACFTU-4.4b", "ACFTU-4.1")
def test_nobody_is_enrolled_before_the_start_is_approved() -> None:
    """A region that is not ready holds the start, and until it starts every enrolment must be refused."""
    papers = Papers(World())
    papers.approve()
    papers.world.found()
    papers.world.admit()
    assert papers.start(lives=9_999).outcome is Outcome.HOLD
    assert [fault.clause for fault in papers.world.enrol(joiner(1)).faults] == ["ACFTU-4.4b"]
    papers.start()
    assert papers.world.enrol(joiner(1)).outcome is Outcome.PASS


@pytest.mark.clause("ACFTU-4.4a")
def test_a_stopped_scheme_opens_no_period(world: World) -> None:
    """A suspended scheme must open no further period until it goes on."""
    papers = Papers(world)
    papers.move(LifeAct.SUSPEND, Paper.RESOLUTION)
    assert [fault.clause for fault in opened(world, later(50)).faults] == ["ACFTU-4.4a"]
    papers.move(LifeAct.RESUME, Paper.RESOLUTION)
    assert opened(world, later(50)).outcome is Outcome.PASS


@pytest.mark.clause("HN-4.3.4d")
def test_another_contribution_needs_its_memo_to_open_a_period(world: World) -> None:
    """50 to 58 from 2015 must be refused without memo, and pass once it is published with one."""
    refused = opened(world, later(58))
    assert [(fault.clause, fault.found) for fault in refused.faults] == [("HN-4.3.4d", "none")]
    assert Papers(world).adjust(later(58)).outcome is Outcome.PASS
    assert opened(world, later(58)).outcome is Outcome.PASS


@pytest.mark.clause("HN-4.3.4d")
def test_the_same_contribution_needs_none(world: World) -> None:
    """A version that asks the same, printed elsewhere, must open its period without a memo."""
    rate = attrs.evolve(VERSION.dues.rates[0], source="HN-4.3.4d")
    version = attrs.evolve(later(50), dues=attrs.evolve(VERSION.dues, rates=(rate,)))
    assert opened(world, version).outcome is Outcome.PASS


@pytest.mark.clause("HN-4.3.4d")
def test_a_contribution_does_not_change_inside_a_period(world: World) -> None:
    """58 from July 2014 must be refused even with a memo."""
    version = attrs.evolve(later(58), first_day=DAY(2014, 7, 1))
    clauses = {fault.clause for fault in Papers(world).adjust(version).faults}
    assert "HN-4.3.4d" in clauses
