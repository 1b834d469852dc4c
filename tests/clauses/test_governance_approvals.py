"""总工发〔2018〕28号, 三 and 四: what a scheme shows before it starts, changes and stops."""

import datetime

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.fund.inflow import SurplusDisposal
from mutualaid_core.domain.governance.approval import PaperOnFile
from mutualaid_core.domain.governance.lifecycle import LifeAct, Paper, Stage
from mutualaid_core.domain.governance.pricing import (
    BenefitBand,
    Experience,
    PricingMemo,
    TakeUpRisk,
    WillingnessSurvey,
)
from mutualaid_core.domain.governance.readiness import Checklist, ItemShown, ParameterBasis, ReadinessItem
from mutualaid_core.domain.membership.organisation import (
    Organisation,
    OrganisationKind,
    OrganisationLevel,
    OrganisationTerm,
)
from mutualaid_core.domain.scheme.policy.fund import SurplusUse
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.identifiers import PeriodId, VersionId
from mutualaid_core.domain.values.money import Money
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.rules.governance.approval import stop_faults
from mutualaid_core.rules.governance.pricing import joiners_at_most, loaded_contributions, pricing_faults
from mutualaid_core.rules.governance.readiness import readiness
from mutualaid_core.rules.scheme.layers import effective_policy
from mutualaid_core.services.governance.access import AskAccess, ask_access
from mutualaid_core.services.governance.adjusting import AdjustContribution, adjust_contribution
from mutualaid_core.services.governance.approvals import MoveScheme, file_of_scheme, move_scheme
from mutualaid_core.services.governance.establishing import ApproveOrganisation, approve_organisation
from mutualaid_core.services.governance.filing import Moved
from mutualaid_core.testing.samples import (
    PERIOD,
    POLICY,
    REGION,
    SCHEME,
    SCHEME_RECORD,
    VERSION,
    rated,
    stay,
    yuan,
)
from mutualaid_core.testing.world import World
from mutualaid_core.work import Purpose, Work, perform, read_all

DAY = datetime.date
START = DAY(2014, 1, 2)
STOP = DAY(2014, 12, 31)


def organisation(name: str, level: OrganisationLevel, kind: OrganisationKind, parent: str) -> Organisation:
    """An organisation under another one."""
    term = OrganisationTerm(
        first_day=DAY(2000, 1, 1), last_day=None, name=name, parent_id=parent, division=None
    )
    return Organisation(organisation_id=name, level=level, kind=kind, terms=(term,))


CITY_UNION = organisation("市总工会", OrganisationLevel.POOL, OrganisationKind.GEOGRAPHIC, "省总工会")
COUNTY_UNION = organisation("县总工会", OrganisationLevel.COUNTY, OrganisationKind.GEOGRAPHIC, "市总工会")
OPERATOR = organisation("帮扶中心", OrganisationLevel.AGENCY, OrganisationKind.OPERATOR, "市总工会")


def with_unions(world: World) -> World:
    """The world with its tree of organisations."""

    def decide(work: Work) -> int:
        for each in (CITY_UNION, COUNTY_UNION, OPERATOR):
            work.add(each)
        return 0

    purpose = Purpose(name="set_up", subject="unions", chain="system", answer=int)
    perform(world.host, world.act(START), purpose, "unions", decide)
    return world


@pytest.fixture
def unfounded() -> World:
    """Unions, and no scheme yet."""
    return with_unions(World())


@pytest.fixture
def running(joined: World) -> World:
    """The sample scheme with two members, founded before it had a file, and its unions."""
    return with_unions(joined)


def paper(kind: Paper, document: str = "批复1号", issuer: str = "市总工会") -> PaperOnFile:
    """A paper of the first day."""
    return PaperOnFile(paper=kind, document=document, issued_on=START, issuer_id=issuer)


def moved(
    world: World, act: LifeAct, *papers: PaperOnFile, on: datetime.date = START, **more: object
) -> Moved:
    """A step of the sample scheme."""
    command = MoveScheme(scheme_id=SCHEME, union_id="市总工会", act=act, papers=papers)
    return move_scheme(world.host, world.act(on), attrs.evolve(command, **more)).result  # type: ignore[arg-type]  # fields of the command


BAND = BenefitBand(low=Ratio(70, 100), high=Ratio(95, 100), source="市总工会定价办法")
MEMO = PricingMemo(
    memo_id="定价1号",
    scheme_id=SCHEME,
    version_id=VERSION.version_id,
    contribution=yuan(50),
    benefits=yuan(40_000),
    lives=1_000,
    band=BAND,
)
BASIS = ParameterBasis(
    pool_id=REGION.pool_id,
    policy_id=POLICY.policy_id,
    economy="统计公报",
    protection="医保公报",
    workforce="工会统计",
)
CHECKLIST = Checklist(
    pool_id=REGION.pool_id,
    shown=tuple(
        ItemShown(item=item, document=f"附件-{item.value}")
        for item in ReadinessItem
        if item is not ReadinessItem.POOL_SIZE
    ),
    lives=12_000,
    lives_min=10_000,
    lives_source="市总工会",
)
START_PAPERS = tuple(
    paper(kind) for kind in (Paper.APPROVAL, Paper.BASIS, Paper.PRICING_MEMO, Paper.CHECKLIST)
)


def filed(world: World) -> World:
    """A scheme that was drafted, proposed, approved and filed, and then founded."""
    moved(world, LifeAct.DRAFT)
    moved(world, LifeAct.PROPOSE)
    moved(world, LifeAct.APPROVE, paper(Paper.APPROVAL))
    assert moved(world, LifeAct.FILE, paper(Paper.FILING)).stage is Stage.FILED
    world.found()
    return world


def started(world: World, **more: object) -> Moved:
    """The start of the scheme with everything that it needs, but for changes."""
    facts = {"memo": MEMO, "basis": BASIS, "checklist": CHECKLIST} | more
    return moved(world, LifeAct.ACTIVATE, *START_PAPERS, **facts)


@pytest.mark.clause("ACFTU-4.1")
@pytest.mark.parametrize("missing", list(ReadinessItem))
def test_a_region_that_lacks_one_item_is_held(missing: ReadinessItem) -> None:
    """With 5 of 6 items done a region must be held, and the missing item named."""
    shown = tuple(each for each in CHECKLIST.shown if each.item is not missing)
    lives = 9_999 if missing is ReadinessItem.POOL_SIZE else 10_000
    done = readiness(attrs.evolve(CHECKLIST, shown=shown, lives=lives))
    assert (done.outcome, done.done, done.of) == (Outcome.HOLD, 5, 6)
    named = "10000 persons" if missing is ReadinessItem.POOL_SIZE else missing.value
    assert [named in fault.rule for fault in done.faults] == [True]


@pytest.mark.clause("ACFTU-4.1")
def test_a_scheme_does_not_start_where_the_region_is_not_ready(unfounded: World) -> None:
    """A start in a region without staff must be held, and go through once staff is shown."""
    world = filed(unfounded)
    without = tuple(each for each in CHECKLIST.shown if each.item is not ReadinessItem.STAFF)
    held = started(world, checklist=attrs.evolve(CHECKLIST, shown=without))
    assert (held.outcome, held.stage) == (Outcome.HOLD, Stage.FILED)
    assert started(world).stage is Stage.ACTIVE


@pytest.mark.clause("ACFTU-4.4a")
def test_a_draft_does_not_start(unfounded: World) -> None:
    """A draft must not become active at once."""
    moved(unfounded, LifeAct.DRAFT)
    done = started(unfounded)
    assert (done.outcome, done.stage) == (Outcome.REJECT, Stage.DRAFT)
    assert [fault.clause for fault in done.faults] == ["ACFTU-4.4a"]


@pytest.mark.clause("ACFTU-4.4a")
def test_a_suspended_scheme_goes_on_with_a_resolution(running: World) -> None:
    """From suspended to active must need a resolution, and pass with one."""
    moved(running, LifeAct.SUSPEND, paper(Paper.RESOLUTION))
    assert moved(running, LifeAct.RESUME).outcome is Outcome.REJECT
    done = moved(running, LifeAct.RESUME, paper(Paper.RESOLUTION))
    assert (done.outcome, done.stage) == (Outcome.PASS, Stage.ACTIVE)
    file = file_of_scheme(running.store, SCHEME)
    assert file is not None
    assert [entry.act for entry in file.approvals] == [LifeAct.SUSPEND, LifeAct.RESUME]


@pytest.mark.clause("ACFTU-4.4b")
def test_a_start_names_its_approval(unfounded: World) -> None:
    """A start without the number of its approval must be refused, and one with another number too."""
    world = filed(unfounded)
    without = moved(world, LifeAct.ACTIVATE, *START_PAPERS[1:], memo=MEMO, basis=BASIS, checklist=CHECKLIST)
    other = (paper(Paper.APPROVAL, "批复2号"), *START_PAPERS[1:])
    wrong = moved(world, LifeAct.ACTIVATE, *other, memo=MEMO, basis=BASIS, checklist=CHECKLIST)
    assert [fault.clause for fault in without.faults] == ["ACFTU-4.4b"]
    assert [fault.clause for fault in wrong.faults] == ["ACFTU-4.4b"]


KEPT = SurplusDisposal(use=SurplusUse.ROLL_FORWARD, purpose="medical_benefit", document="方案1号")
STOP_PAPERS = tuple(paper(kind) for kind in (Paper.APPROVAL, Paper.RUN_OFF_PLAN, Paper.SURPLUS_DISPOSAL))


@pytest.mark.clause("ACFTU-4.4b")
def test_a_stop_needs_a_plan_for_what_is_owed() -> None:
    """A stop with 37 open claims and 1,724,000 not yet reported must be refused without a plan for both."""
    policy = effective_policy((POLICY,), STOP)
    owed = (37, yuan(1_724_000))
    faults = stop_faults(SCHEME_RECORD, STOP_PAPERS[:1], None, owed, policy)
    assert [fault.clause for fault in faults] == ["ACFTU-4.4b"] * 2
    assert "37 open claims and 1724000.00" in faults[0].rule
    assert stop_faults(SCHEME_RECORD, STOP_PAPERS, KEPT, owed, policy) == ()


@pytest.mark.clause("ACFTU-4.4b")
def test_a_stop_is_refused_until_the_surplus_stays_with_the_workers(running: World) -> None:
    """A stop that gives the surplus away must be refused; one that keeps it runs off its open claims."""
    running.file(stay(8_000))
    give = attrs.evolve(KEPT, use=SurplusUse.TRANSFER)
    refused = moved(running, LifeAct.STOP, *STOP_PAPERS, on=STOP, unreported=yuan(10), disposal=give)
    done = moved(running, LifeAct.STOP, *STOP_PAPERS, on=STOP, unreported=yuan(10), disposal=KEPT)
    early = moved(running, LifeAct.CLOSE, paper(Paper.RESOLUTION), on=STOP)
    assert (refused.outcome, done.stage) == (Outcome.REJECT, Stage.RUN_OFF)
    assert [fault.found for fault in early.faults] == ["1"]


@pytest.mark.clause("ACFTU-4.4b")
def test_another_union_does_not_approve_a_scheme(running: World) -> None:
    """An approval of the county must be refused for a scheme of the city."""
    papers = (paper(Paper.APPROVAL, issuer="县总工会"), *STOP_PAPERS[1:])
    done = moved(running, LifeAct.STOP, *papers, on=STOP, unreported=yuan(10), disposal=KEPT)
    assert [(fault.clause, fault.found) for fault in done.faults] == [("ACFTU-4.4b", "县总工会")]


@pytest.mark.clause("ACFTU-4.4c")
def test_an_organisation_is_approved_by_the_union_at_its_level(running: World) -> None:
    """An approval of another level must be refused for the organisation itself."""
    found = [
        approve_organisation(
            running.host,
            running.act(START),
            ApproveOrganisation(
                organisation_id="帮扶中心",
                act=LifeAct.ESTABLISH,
                papers=(paper(Paper.APPROVAL, issuer=issuer),),
            ),
        ).result
        for issuer in ("县总工会", "市总工会")
    ]
    assert [each.outcome for each in found] == [Outcome.REJECT, Outcome.PASS]
    assert [fault.clause for fault in found[0].faults] == ["ACFTU-4.4c"]


@pytest.mark.clause("ACFTU-3.1c")
@pytest.mark.parametrize("basis", [None, attrs.evolve(BASIS, pool_id="430600")])
def test_a_scheme_does_not_start_on_parameters_without_basis(
    unfounded: World, basis: ParameterBasis | None
) -> None:
    """A start without a note on what the region's own parameters rest on must be refused."""
    done = started(filed(unfounded), basis=basis)
    assert (done.outcome, [fault.clause for fault in done.faults]) == (Outcome.REJECT, ["ACFTU-3.1c"])


@pytest.mark.clause("ACFTU-3.2d")
def test_a_price_outside_the_band_is_refused(unfounded: World) -> None:
    """Benefits of 60.15 a head at 50 must be told as 120.3 %, outside 70 to 95 %, and not published."""
    memo = attrs.evolve(MEMO, benefits=yuan(60_150))
    done = started(filed(unfounded), memo=memo)
    assert [(fault.clause, fault.found) for fault in done.faults] == [("ACFTU-3.2d", "120.3 %")]
    assert [fault.found for fault in pricing_faults(None, VERSION)] == ["none"]


@pytest.mark.clause("GD-2.3.2c")
def test_the_willingness_to_join_enters_the_price() -> None:
    """62 % of 8,750,000 must be at most 5,425,000; fewer joiners must need 95.54, 83.51 and 75.02."""
    survey = WillingnessSurvey(
        survey_id="问卷1号", closed_on=START, eligible=8_750_000, willing=Ratio(62, 100)
    )
    risks = tuple(
        TakeUpRisk(take_up=Ratio(share, 100), percent=percent)
        for share, percent in ((40, 135), (60, 118), (80, 106))
    )
    # Benefits a head as in Guangdong: 1,214,000,000 for 20,181,500.
    memo = attrs.evolve(MEMO, benefits=yuan(1_214_000_000), lives=20_181_500, survey=survey, risks=risks)
    assert joiners_at_most(memo) == 5_425_000
    found = [str(amount) for _, amount in loaded_contributions(memo, Ratio(85, 100))]
    assert found == ["95.54", "83.51", "75.02"]


def adjusted(world: World, first_day: datetime.date, *experience: Experience) -> Moved:
    """The contribution raised from 50 to 58 from a day on."""
    version: SchemeVersion = attrs.evolve(
        VERSION,
        version_id=VersionId("V-58"),
        dues=rated(amount=58),
        first_day=first_day,
        last_day=DAY(2015, 12, 31),
    )
    memo = attrs.evolve(
        MEMO,
        version_id=version.version_id,
        contribution=yuan(58),
        benefits=yuan(50_000),
        experience=experience,
    )
    command = AdjustContribution(union_id="市总工会", before=VERSION.version_id, version=version, memo=memo)
    return adjust_contribution(world.host, world.act(DAY(2014, 6, 1)), command).result


EXPERIENCE = Experience(
    period_id=PeriodId(PERIOD), contributions=yuan(50_000), benefits=Money(5_200_000), lives=1_000
)


@pytest.mark.clause("HN-4.3.4d")
def test_a_contribution_changes_with_a_later_period(running: World) -> None:
    """50 to 58 from 2015 with experience must pass as a new version; without experience it is refused."""
    bare, done = adjusted(running, DAY(2015, 1, 1)), adjusted(running, DAY(2015, 1, 1), EXPERIENCE)
    assert [fault.clause for fault in bare.faults] == ["HN-4.3.4d"]
    assert (done.outcome, done.faults) == (Outcome.PASS, ())
    assert [each.version_id for each in read_all(running.store, SchemeVersion)] == ["V-2014", "V-58"]


@pytest.mark.clause("HN-4.3.4d")
def test_a_contribution_does_not_change_inside_a_period(running: World) -> None:
    """50 to 58 inside 2014 must be refused."""
    done = adjusted(running, DAY(2014, 7, 1), EXPERIENCE)
    assert done.outcome is Outcome.REJECT
    assert "HN-4.3.4d" in [fault.clause for fault in done.faults]


@pytest.mark.clause("ACFTU-S2.1")
@pytest.mark.parametrize(
    ("own", "outcome"), [("610100", Outcome.REJECT), ("610000", Outcome.PASS), ("610300", Outcome.PASS)]
)
def test_each_level_acts_on_its_own_subtree(own: str, outcome: Outcome) -> None:
    """A user of 610100 must be denied the data of 610300, one of 610000 must not, and both are logged."""
    world = World()
    province = OrganisationTerm(
        first_day=DAY(2000, 1, 1), last_day=None, name="陕西省总工会", parent_id=None, division=None
    )
    geographic = OrganisationKind.GEOGRAPHIC

    def decide(work: Work) -> int:
        work.add(
            Organisation(
                organisation_id="610000",
                level=OrganisationLevel.PROVINCE,
                kind=geographic,
                terms=(province,),
            )
        )
        for city in ("610100", "610300"):
            work.add(organisation(city, OrganisationLevel.POOL, geographic, "610000"))
        return 0

    purpose = Purpose(name="set_up", subject="unions", chain="system", answer=int)
    perform(world.host, world.act(START), purpose, "unions", decide)
    command = AskAccess(own_id=own, wanted_id="610300", about="roster")
    assert ask_access(world.host, world.act(START), command).result.outcome is outcome
    assert world.store.head("system").position == 2
