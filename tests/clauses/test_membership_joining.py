"""Joining: the examples of the clauses on who joins, by which way, until when, and with how many."""

import datetime
from pathlib import Path

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.membership.enrolment import Enrolment
from mutualaid_core.domain.membership.unit import Unit, UnitKind
from mutualaid_core.domain.scheme.eligibility import Employment, InsuranceType
from mutualaid_core.domain.scheme.joining import JoiningTerms
from mutualaid_core.domain.scheme.parts import Part
from mutualaid_core.domain.scheme.policy import EffectivePolicy, ParticipationGate, Policy
from mutualaid_core.domain.scheme.policy.membership import (
    JoinedBy,
    MemberClass,
    MembershipMode,
    MembershipTerms,
    RefusalReason,
)
from mutualaid_core.domain.scheme.region import PoolingRegion, PoolLevel, PoolType
from mutualaid_core.domain.scheme.version import version_on
from mutualaid_core.domain.values.identifiers import DivisionCode, PoolId, UnitId, VersionId
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.intake.document import read_document
from mutualaid_core.intake.structure import structure
from mutualaid_core.rules.membership.eligibility import check_eligible, class_faults, unit_faults
from mutualaid_core.rules.membership.joining import (
    holding_faults,
    holding_outcome,
    refusal_reason_faults,
    way_faults,
    way_of,
)
from mutualaid_core.rules.membership.participation import gate_requirement
from mutualaid_core.rules.scheme.layers import effective_policy
from mutualaid_core.services.membership.admission import AdmitUnit, UnitJudged, admit_unit
from mutualaid_core.services.membership.enrolment import EnrolWorkers, WorkersEnrolled, enrol_workers
from mutualaid_core.services.membership.joiner import Joiner
from mutualaid_core.testing.joining import IN_TIME, JOINING, OPEN_JOINING, joining_world, open_policy
from mutualaid_core.testing.samples import (
    PERIOD,
    POLICY,
    REGION,
    SCHEME,
    UNIT,
    VERSION,
    dues,
    joiner,
    member_id,
)
from mutualaid_core.testing.world import World
from mutualaid_core.work import Purpose, Work, read_all

DAY = datetime.date
FOLDER = Path(__file__).parents[2] / "src" / "mutualaid_core" / "regulations"
NO_GATE = attrs.evolve(POLICY, participation=ParticipationGate())


def published(name: str) -> EffectivePolicy:
    """What one shipped regulation asks alone."""
    policy = structure(read_document(FOLDER / f"{name}.yaml"), Policy)
    assert policy is not None
    return effective_policy((policy,), policy.valid_from)


HUNAN, SHAANXI, GUANGDONG = map(published, ("HN-2013", "SN-2021", "GD-2022"))


def admitted(world: World, eligible: int, joining: int, **changes: object) -> UnitJudged:
    """How the sample unit is judged in time."""
    command = AdmitUnit(
        scheme_id=SCHEME,
        period_id=PERIOD,
        unit=Unit(unit_id=UNIT, name="单位", pool_id=REGION.pool_id),
        eligible=eligible,
        enrolled=joining,
        counted_on=IN_TIME,
        **changes,  # type: ignore[arg-type]  # any field of the command
    )
    return admit_unit(world.host, world.act(IN_TIME), command).result


def enrolled(
    world: World, *joiners: Joiner, on: datetime.date = IN_TIME, way: JoinedBy | None = None
) -> WorkersEnrolled:
    """What becomes of a list on that day."""
    command = EnrolWorkers(scheme_id=SCHEME, period_id=PERIOD, unit_id=UNIT, joiners=joiners, way=way)
    return enrol_workers(world.host, world.act(on), command).result


@pytest.mark.clause("HN-2.1a")
def test_an_objection_rejects_its_line_and_no_other() -> None:
    """A worker on the objection list appears in the batch: that line is rejected, the others continue."""
    world = joining_world(JOINING, NO_GATE)
    admitted(world, 3, 3, objections=(member_id(2),))
    done = enrolled(world, joiner(1), joiner(2), joiner(3))
    assert (done.outcome, done.enrolled) == (Outcome.FLAG, (member_id(1), member_id(3)))
    assert [(fault.subject, fault.clause) for fault in done.faults] == [(member_id(2), "HN-2.1a")]


@pytest.mark.clause("HN-3.1.2a")
@pytest.mark.parametrize(("confirmed", "outcome"), [(None, Outcome.HOLD), (True, Outcome.PASS)])
def test_a_batch_needs_the_confirmation_of_the_unit(confirmed: bool | None, outcome: Outcome) -> None:  # noqa: FBT001  # a row of the table
    """A batch without the confirmation of the unit's union must be held."""
    world = joining_world(attrs.evolve(JOINING, needs_confirmation=True))
    assert admitted(world, 100, 80, confirmed=confirmed).outcome is outcome


@pytest.mark.clause("SN-2.1.4b")
def test_a_batch_needs_the_record_of_the_consultation() -> None:
    """A batch of 120 without record is held; with 3 objections on the list those 3 are not enrolled."""
    world = joining_world(attrs.evolve(JOINING, needs_consultation=True))
    assert admitted(world, 120, 120).outcome is Outcome.HOLD
    against = tuple(member_id(number) for number in (7, 70, 100))
    judged = admitted(world, 120, 120, consultation="职代会决议", objections=against)
    assert judged.outcome is Outcome.PASS
    done = enrolled(world, *(joiner(number) for number in range(1, 121)))
    assert (len(done.enrolled), done.refused) == (117, against)


@pytest.mark.clause("HN-3.1.2c")
def test_persons_alone_join_where_the_policy_lets_them() -> None:
    """Without a unit the enrolment is rejected; under a policy that allows individuals it passes."""
    only_units = MembershipTerms(mode=MembershipMode.UNIT_ONLY, source="HN-3.1.2c")
    strict = joining_world(None, attrs.evolve(POLICY, membership=only_units))
    refused = enrolled(strict, joiner(1), way=JoinedBy.PERSON)
    assert (refused.outcome, [fault.clause for fault in refused.faults]) == (Outcome.REJECT, ["HN-3.1.2c"])
    loose = joining_world(OPEN_JOINING, open_policy())
    purpose = Purpose(name="other", subject=UNIT, chain=SCHEME, answer=WorkersEnrolled)
    with Work(loose.host, loose.act(), purpose) as work:
        work.add(Unit(unit_id=UNIT, name="窗口", pool_id=REGION.pool_id))
        work.commit(b"f")
    assert enrolled(loose, joiner(1), way=JoinedBy.PERSON).outcome is Outcome.PASS


@pytest.mark.clause("GD-2.3.1c")
def test_the_union_of_an_industry_needs_no_employer() -> None:
    """A rider through the union of his industry passes in Guangdong, and not in Hunan's first phase."""
    way = way_of(UnitKind.INDUSTRY_UNION)
    assert way_faults(way, GUANGDONG, None) == ()
    assert [fault.clause for fault in way_faults(way, HUNAN, None)] == ["HN-3.1.2c"]


@pytest.mark.clause("GD-2.3.1b")
def test_a_model_worker_who_retired_needs_a_listed_class() -> None:
    """He is eligible only if the policy lists retired model workers; as shipped he is rejected."""
    model = (MemberClass.MODEL_WORKER,)
    assert [fault.clause for fault in class_faults("M1", Employment.RETIRED, model, GUANGDONG)] == [
        "GD-2.3.1b"
    ]
    assert class_faults("M1", Employment.REGULAR, model, GUANGDONG) == ()
    listed = (MemberClass.ACTIVE, MemberClass.RETIRED_MODEL_WORKER)
    limits = attrs.evolve(GUANGDONG.policy.eligibility, classes=listed)
    wider = attrs.evolve(GUANGDONG, policy=attrs.evolve(GUANGDONG.policy, eligibility=limits))
    assert class_faults("M1", Employment.RETIRED, model, wider) == ()


@pytest.mark.clause("HN-4.1.1a")
def test_units_are_of_the_province() -> None:
    """A unit of 440100 is rejected; the branch of an outside firm in Changsha passes by workplace."""
    hunan = PoolingRegion(
        pool_id=PoolId("430000"),
        name="湖南省",
        type=PoolType.GEOGRAPHIC,
        level=PoolLevel.PROVINCE,
        division=DivisionCode("430000"),
    )
    outside = Unit(
        unit_id=UnitId("U-1"),
        name="单位",
        pool_id=hunan.pool_id,
        kind=UnitKind.ENTERPRISE,
        division=DivisionCode("440100"),
    )
    branch = attrs.evolve(outside, workplace=DivisionCode("430100"))
    assert [fault.clause for fault in unit_faults(outside, hunan, HUNAN)] == ["HN-4.1.1a"]
    assert unit_faults(branch, hunan, HUNAN) == ()
    social = attrs.evolve(branch, kind=UnitKind.SOCIAL)
    assert [fault.clause for fault in unit_faults(social, hunan, HUNAN)] == ["HN-4.1.1a"]


@pytest.mark.clause("HN-4.1.4")
def test_a_later_version_extends_who_may_join() -> None:
    """A migrant worker on residents' insurance is rejected in the first phase, and passes in the next."""
    first = attrs.evolve(VERSION, version_id=VersionId("V-1"))
    wider = attrs.evolve(
        VERSION.eligibility, insurance_types=(InsuranceType.EMPLOYEE, InsuranceType.RESIDENT)
    )
    later = attrs.evolve(
        VERSION,
        version_id=VersionId("V-2"),
        first_day=DAY(2015, 1, 1),
        last_day=None,
        eligibility=wider,
    )
    versions = (first, later)
    on_2014 = version_on(versions, SCHEME, DAY(2014, 1, 1)).eligibility
    on_2015 = version_on(versions, SCHEME, DAY(2015, 1, 1)).eligibility
    with pytest.raises(InvalidValueError) as caught:
        check_eligible(InsuranceType.RESIDENT, Employment.REGULAR, on_2014)
    assert caught.value.clause == "HN-4.1.1b"
    check_eligible(InsuranceType.RESIDENT, Employment.REGULAR, on_2015)


@pytest.mark.clause("HN-4.1.2a")
@pytest.mark.parametrize(
    ("eligible", "required"),
    [(30, 24), (31, 25), (33, 27), (34, 28), (35, 28), (99, 80), (100, 80), (101, 81), (126, 101)],
)
def test_the_gate_is_counted_in_whole_persons(eligible: int, required: int) -> None:
    """80 % must be the least n with 100 n >= 80 N."""
    asked = gate_requirement(eligible, HUNAN.policy.participation, ())
    assert (asked.persons, asked.clause) == (required, "HN-4.1.2a")


@pytest.mark.clause("HN-4.1.2b")
def test_all_of_twenty_nine_must_join_and_later_joiners_void_nothing() -> None:
    """29 of 29 must join; who is hired after the count must join without a new count."""
    assert gate_requirement(29, HUNAN.policy.participation, ()).persons == 29
    world = joining_world(OPEN_JOINING, open_policy())
    assert admitted(world, 2, 2).outcome is Outcome.PASS
    enrolled(world, joiner(1), joiner(2))
    hired = enrolled(world, joiner(3, hired_on=DAY(2014, 2, 1)), on=DAY(2014, 2, 10))
    assert hired.enrolled == (member_id(3),)


@pytest.mark.clause("SN-2.1.4a")
def test_gate_and_goal_are_shown_apart() -> None:
    """95 of 100 must pass the gate of 80 %, with 5 missing from the goal of all."""
    world = joining_world(None, attrs.evolve(POLICY, goal=SHAANXI.policy.goal))
    done = admitted(world, 100, 95)
    assert (done.outcome, done.required, done.goal_gap) == (Outcome.PASS, 80, 5)


@pytest.mark.clause("HN-4.3.5d")
@pytest.mark.parametrize(
    ("on", "outcome"), [(DAY(2013, 12, 31), Outcome.PASS), (DAY(2014, 1, 5), Outcome.REJECT)]
)
def test_the_window_counts_until_24_00_of_its_last_day(on: datetime.date, outcome: Outcome) -> None:
    """Within the window to 31 December that day passes, and 5 January is rejected."""
    world = joining_world(JOINING)
    admitted(world, 1, 1)
    done = enrolled(world, joiner(1), on=on)
    assert done.outcome is outcome
    assert {fault.clause for fault in done.faults} <= {"HN-4.3.5d"}


@pytest.mark.clause("HN-4.4.2b")
def test_where_nobody_waits_cover_starts_with_the_period() -> None:
    """Paid on 20 December, cover must start on 1 January and not with the payment."""
    world = joining_world(JOINING)
    admitted(world, 1, 1)
    enrolled(world, joiner(1))
    (each,) = read_all(world.store, Enrolment)
    assert each.cover.first_day == DAY(2014, 1, 1)


@pytest.mark.clause("SN-2.1.4c", "ACFTU-1.1c")
def test_illness_is_no_reason_to_refuse_whatever_the_scheme_says() -> None:
    """The reasons that Shaanxi bans, and illness for which the national opinions ask it, must be invalid."""
    assert all(refusal_reason_faults(each, SHAANXI, JOINING) for each in RefusalReason)
    (fault,) = refusal_reason_faults(RefusalReason.ILLNESS, SHAANXI, JOINING)
    assert fault.clause == "ACFTU-1.1c"


PARTS = (
    Part(part_id="main", name="主险", source="SN-2.2.3a"),
    Part(part_id="rider", name="副险", needs=("main",), source="SN-2.2.3a"),
)


def with_riders() -> World:
    """A scheme with a main item and a rider, whose unit of 200 is admitted."""
    rate = VERSION.dues.rates[0]
    rates = tuple(attrs.evolve(rate, part=part.part_id) for part in PARTS)
    world = joining_world(JOINING, parts=PARTS, dues=attrs.evolve(VERSION.dues, rates=rates))
    admitted(world, 200, 200)
    return world


@pytest.mark.clause("SN-2.2.2a")
def test_a_unit_in_the_rider_alone_is_rejected() -> None:
    """A unit that enrols 200 in the rider only must have all 200 rejected."""
    done = enrolled(with_riders(), *(joiner(number, parts=("rider",)) for number in range(1, 201)))
    assert (done.outcome, done.enrolled, len(done.refused)) == (Outcome.REJECT, (), 200)


@pytest.mark.clause("SN-2.2.2a")
def test_those_without_the_main_item_are_named() -> None:
    """With 150 in the main item and 200 in the rider, 50 must be named and rejected."""
    both = [joiner(number, parts=("main", "rider")) for number in range(1, 151)]
    alone = [joiner(number, parts=("rider",)) for number in range(151, 201)]
    done = enrolled(with_riders(), *both, *alone)
    assert (len(done.enrolled), len(done.refused)) == (150, 50)
    assert {fault.clause for fault in done.faults} == {"SN-2.2.3a"}


@pytest.mark.clause("SN-2.2.2a")
def test_a_rider_whose_main_item_was_cancelled_is_held() -> None:
    """What is left of a holding after the main item was cancelled must be held."""
    faults = holding_faults("M1", ("rider",), PARTS, SHAANXI)
    assert holding_outcome(faults, is_enrolled=True) is Outcome.HOLD
    assert [fault.subject for fault in faults] == ["M1"]


@pytest.mark.clause("HN-4.3.5d")
@pytest.mark.parametrize("joining", [None, JOINING], ids=["without terms", "with a window"])
def test_nobody_joins_on_the_way_to_hospital(joining: JoiningTerms | None) -> None:
    """Where nobody waits, who joins on 2 January or pays on 2 January has no cover of the year."""
    world = joining_world(joining)
    admitted(world, 2, 2)
    late = enrolled(world, joiner(1), on=DAY(2014, 1, 2))
    assert (late.outcome, {fault.clause for fault in late.faults}) == (Outcome.REJECT, {"HN-4.3.5d"})
    assert "or for the next period" in late.faults[0].rule or joining is not None
    assert enrolled(world, joiner(1), on=DAY(2013, 12, 31)).outcome is Outcome.PASS
    unpaid = world.remit(dues(1), on=DAY(2014, 1, 2))
    assert (unpaid.outcome, {fault.clause for fault in unpaid.faults}) == (Outcome.REJECT, {"HN-4.3.5d"})
    assert world.remit(dues(1), on=DAY(2013, 12, 31)).outcome is Outcome.PASS
