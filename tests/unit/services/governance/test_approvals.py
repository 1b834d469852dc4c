"""Approvals: the whole life of a scheme on file, and every way in which a step is refused."""

import datetime
from collections.abc import Callable

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.fund.inflow import SurplusDisposal
from mutualaid_core.domain.governance.approval import PaperOnFile
from mutualaid_core.domain.governance.lifecycle import LifeAct, Paper, Stage
from mutualaid_core.domain.governance.pricing import BenefitBand, PricingMemo
from mutualaid_core.domain.governance.readiness import Checklist, ItemShown, ParameterBasis, ReadinessItem
from mutualaid_core.domain.scheme.policy.fund import SurplusUse
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.services.governance.approvals import MoveScheme, file_of_scheme, move_scheme
from mutualaid_core.services.governance.filing import Moved
from mutualaid_core.testing.samples import POLICY, REGION, SCHEME, VERSION, stay, yuan
from mutualaid_core.testing.world import World

Papers = Callable[..., PaperOnFile]
START, STOP = datetime.date(2014, 1, 2), datetime.date(2014, 12, 31)
MEMO = PricingMemo(
    memo_id="定价1号",
    scheme_id=SCHEME,
    version_id=VERSION.version_id,
    contribution=yuan(50),
    benefits=yuan(40_000),
    lives=1_000,
    band=BenefitBand(low=Ratio(70, 100), high=Ratio(95, 100), source="办法"),
)
BASIS = ParameterBasis(
    pool_id=REGION.pool_id, policy_id=POLICY.policy_id, economy="甲", protection="乙", workforce="丙"
)
CHECKLIST = Checklist(
    pool_id=REGION.pool_id,
    shown=tuple(ItemShown(item=item, document="附件") for item in ReadinessItem),
    lives=10_000,
    lives_min=10_000,
    lives_source="市总工会",
)
KEPT = SurplusDisposal(use=SurplusUse.ROLL_FORWARD, purpose="medical_benefit", document="方案")


def moved(world: World, act: LifeAct, *papers: PaperOnFile, union: str = "市总工会", **more: object) -> Moved:
    """A step of the sample scheme."""
    command = MoveScheme(scheme_id=SCHEME, union_id=union, act=act, papers=papers)
    on = STOP if act in {LifeAct.STOP, LifeAct.CLOSE} else START
    return move_scheme(world.host, world.act(on), attrs.evolve(command, **more)).result  # type: ignore[arg-type]  # fields of the command


def start(world: World, paper: Papers, **changes: object) -> Moved:
    """The start of the sample scheme, but for changes."""
    kinds = (Paper.APPROVAL, Paper.BASIS, Paper.PRICING_MEMO, Paper.CHECKLIST)
    facts = {"memo": MEMO, "basis": BASIS, "checklist": CHECKLIST} | changes
    return moved(world, LifeAct.ACTIVATE, *map(paper, kinds), **facts)


@pytest.fixture
def filed(with_unions: Callable[[World], World], paper: Papers) -> World:
    """A scheme that was approved, filed and then founded."""
    world = with_unions(World())
    for act, papers in (
        (LifeAct.DRAFT, ()),
        (LifeAct.PROPOSE, ()),
        (LifeAct.APPROVE, (Paper.APPROVAL,)),
        (LifeAct.FILE, (Paper.FILING,)),
    ):
        moved(world, act, *map(paper, papers))
    world.found()
    return world


@pytest.fixture
def running(joined: World, with_unions: Callable[[World], World]) -> World:
    """The sample scheme with two members, founded before it had a file."""
    return with_unions(joined)


def test_a_whole_life_is_on_file(filed: World, paper: Papers) -> None:
    """Every step from draft to closed must be on file, with its papers and its memo."""
    start(filed, paper)
    stop = map(paper, (Paper.APPROVAL, Paper.RUN_OFF_PLAN, Paper.SURPLUS_DISPOSAL))
    moved(filed, LifeAct.STOP, *stop, unreported=yuan(0), disposal=KEPT)
    done = moved(filed, LifeAct.CLOSE, paper(Paper.RESOLUTION))
    file = file_of_scheme(filed.store, SCHEME)
    assert file is not None
    assert (done.stage, file.stage) == (Stage.CLOSED, Stage.CLOSED)
    assert [entry.act.value for entry in file.approvals] == [
        *("draft", "propose", "approve", "file"),
        *("activate", "stop", "close"),
    ]
    assert [entry.memo for entry in file.approvals if entry.memo] == [MEMO]


def test_a_scheme_without_a_file_has_none(world: World) -> None:
    """A scheme that was founded without steps must have no file."""
    assert file_of_scheme(world.store, SCHEME) is None


@pytest.mark.parametrize(
    ("checklist", "found"),
    [(None, "none"), (attrs.evolve(CHECKLIST, pool_id="X"), "X")],
    ids=["none", "other"],
)
def test_a_start_needs_the_regions_own_checklist(
    filed: World, paper: Papers, checklist: Checklist | None, found: str
) -> None:
    """A start without a checklist, or with that of another region, must be refused."""
    done = start(filed, paper, checklist=checklist)
    assert [(fault.clause, fault.found) for fault in done.faults] == [("ACFTU-4.1", found)]


def test_all_faults_of_a_start_come_at_once(filed: World, paper: Papers) -> None:
    """A start without basis, memo and checklist must name the three."""
    done = start(filed, paper, memo=None, basis=None, checklist=None)
    assert (done.outcome, done.stage) == (Outcome.REJECT, Stage.FILED)
    assert [fault.clause for fault in done.faults] == ["ACFTU-3.1c", "ACFTU-3.2d", "ACFTU-4.1"]


@pytest.mark.parametrize("union", ["省总工会", "县总工会"])
def test_a_union_that_is_not_the_sponsor_is_refused(running: World, paper: Papers, union: str) -> None:
    """An unknown union and one of another level must be refused, and no file is begun."""
    done = moved(running, LifeAct.SUSPEND, paper(Paper.RESOLUTION), union=union)
    assert {fault.clause for fault in done.faults} == {"ACFTU-4.4b"}
    assert file_of_scheme(running.store, SCHEME) is None


def test_the_union_of_a_file_does_not_change(filed: World, paper: Papers) -> None:
    """A step in the name of another union than that on file must be refused."""
    done = moved(filed, LifeAct.ACTIVATE, paper(Paper.APPROVAL), union="县总工会", basis=BASIS, memo=MEMO)
    assert "must be 市总工会, as on file" in [fault.rule for fault in done.faults]


def test_a_contribution_is_not_adjusted_by_the_way(running: World, paper: Papers) -> None:
    """A change of contribution without its version must be refused."""
    done = moved(running, LifeAct.ADJUST, paper(Paper.PRICING_MEMO))
    assert [fault.clause for fault in done.faults] == ["HN-4.3.4d"]


def test_paid_claims_are_not_open(running: World, paper: Papers) -> None:
    """A scheme that runs off must close once its claims are paid."""
    running.grant(60_000)
    running.file(stay(8_000))
    stop = map(paper, (Paper.APPROVAL, Paper.RUN_OFF_PLAN, Paper.SURPLUS_DISPOSAL))
    moved(running, LifeAct.STOP, *stop, unreported=yuan(0), disposal=KEPT)
    held = moved(running, LifeAct.CLOSE, paper(Paper.RESOLUTION))
    running.pay("S-1")
    done = moved(running, LifeAct.CLOSE, paper(Paper.RESOLUTION))
    assert (held.outcome, done.outcome) == (Outcome.REJECT, Outcome.PASS)
