"""Adjusting: a changed contribution is a version of its own, and the memo stays on file."""

import datetime
from collections.abc import Callable

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.approval import PaperOnFile
from mutualaid_core.domain.governance.lifecycle import LifeAct, Paper
from mutualaid_core.domain.governance.pricing import BenefitBand, Experience, PricingMemo
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.services.founding import open_period
from mutualaid_core.services.governance.adjusting import AdjustContribution, adjust_contribution
from mutualaid_core.services.governance.approvals import MoveScheme, file_of_scheme, move_scheme
from mutualaid_core.services.governance.filing import Moved
from mutualaid_core.testing.samples import FOUNDING, PERIOD_RECORD, SCHEME, VERSION, rated, yuan
from mutualaid_core.testing.world import World
from mutualaid_core.work import read_all

DAY = datetime.date
LATER = attrs.evolve(
    VERSION,
    version_id="V-58",
    first_day=DAY(2015, 1, 1),
    last_day=DAY(2015, 12, 31),
    dues=rated(amount=58),
)
MEMO = PricingMemo(
    memo_id="定价2号",
    scheme_id=SCHEME,
    version_id="V-58",
    contribution=yuan(58),
    benefits=yuan(50_000),
    lives=1_000,
    band=BenefitBand(low=Ratio(70, 100), high=Ratio(95, 100), source="办法"),
    experience=(Experience(period_id="2014", contributions=yuan(50), benefits=yuan(52), lives=1),),
)


@pytest.fixture
def running(joined: World, with_unions: Callable[[World], World]) -> World:
    """The sample scheme with its unions."""
    return with_unions(joined)


def adjusted(world: World, **changes: object) -> Moved:
    """The contribution raised to 58 from 2015 on, but for changes."""
    command = AdjustContribution(union_id="市总工会", before=VERSION.version_id, version=LATER, memo=MEMO)
    own = attrs.evolve(command, **changes)  # type: ignore[arg-type]  # fields of the command
    return adjust_contribution(world.host, world.act(DAY(2014, 6, 1)), own).result


def test_the_next_period_opens_under_the_adjusted_version(running: World) -> None:
    """After the change the period of 2015 must open under the version that was published with it."""
    assert adjusted(running).outcome is Outcome.PASS
    period = attrs.evolve(PERIOD_RECORD, period_id="2015", cover=DayRange(DAY(2015, 1, 1), DAY(2015, 12, 31)))
    founding = attrs.evolve(FOUNDING, version=LATER, period=period)
    done = open_period(running.host, running.act(DAY(2015, 1, 1)), founding).result
    assert (done.outcome, done.faults) == (Outcome.PASS, ())
    file = file_of_scheme(running.store, SCHEME)
    assert file is not None
    assert file.approvals[-1].memo == MEMO


@pytest.mark.clause("ACFTU-4.3c")
def test_a_version_without_an_end_ends_before_the_adjusted_one(
    with_unions: Callable[[World], World],
) -> None:
    """A version that never ends must end with 2014 where 58 yuan hold from 2015 on."""
    world = World(founding=attrs.evolve(FOUNDING, version=attrs.evolve(VERSION, last_day=None)))
    world.found()
    running = with_unions(world)
    inside = attrs.evolve(LATER, first_day=DAY(2014, 7, 1))
    assert any(
        fault.rule.endswith("begin after 2014-12-31") for fault in adjusted(running, version=inside).faults
    )
    assert adjusted(running).outcome is Outcome.PASS
    known = {each.version_id: each.last_day for each in read_all(running.store, SchemeVersion)}
    assert known == {VERSION.version_id: DAY(2014, 12, 31), "V-58": DAY(2015, 12, 31)}


def test_without_a_memo_nothing_is_published(running: World) -> None:
    """A change without a memo must be refused by both rules that ask for one."""
    done = adjusted(running, memo=None)
    assert {fault.clause for fault in done.faults} == {"HN-4.3.4d", "ACFTU-3.2d"}
    assert file_of_scheme(running.store, SCHEME) is None


def test_above_the_range_of_the_policy_is_refused(running: World) -> None:
    """A contribution of 70 must be refused by the policy's range of 40 to 60."""
    version = attrs.evolve(LATER, dues=rated(amount=70))
    done = adjusted(running, version=version, memo=attrs.evolve(MEMO, contribution=yuan(70)))
    assert "HN-4.3.4b" in {fault.clause for fault in done.faults}


def test_another_union_does_not_adjust(running: World) -> None:
    """A change in the name of the county must be refused."""
    assert {fault.clause for fault in adjusted(running, union_id="县总工会").faults} == {"ACFTU-4.4b"}


def test_a_suspended_scheme_is_not_adjusted(running: World, paper: Callable[..., PaperOnFile]) -> None:
    """A scheme that is suspended must go on first."""
    suspended = MoveScheme(
        scheme_id=SCHEME, union_id="市总工会", act=LifeAct.SUSPEND, papers=(paper(Paper.RESOLUTION),)
    )
    move_scheme(running.host, running.act(DAY(2014, 1, 2)), suspended)
    assert [fault.clause for fault in adjusted(running).faults] == ["ACFTU-4.4a"]
