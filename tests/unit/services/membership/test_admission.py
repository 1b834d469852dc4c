"""Admission: confirmation and consultation first, then kind and place, then the gate of policy and scheme."""

from typing import Any

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.membership.unit import Admission, Unit, UnitKind
from mutualaid_core.domain.scheme.joining import GateBand, JoiningTerms
from mutualaid_core.domain.scheme.policy import EligibilityLimits
from mutualaid_core.domain.scheme.policy.membership import (
    MembershipMode,
    MembershipTerms,
    ParticipationGoal,
    UnitTerritory,
)
from mutualaid_core.domain.values.identifiers import DivisionCode, UnitId
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.services.membership.admission import AdmitUnit, UnitJudged, admit_unit
from mutualaid_core.testing.joining import IN_TIME, JOINING, joining_world
from mutualaid_core.testing.samples import PERIOD, POLICY, REGION, SCHEME, UNIT, member_id
from mutualaid_core.testing.world import World
from mutualaid_core.work import read_all

NEEDS_BOTH = attrs.evolve(JOINING, needs_confirmation=True, needs_consultation=True)
PLACED = EligibilityLimits(
    insurance_types=POLICY.eligibility.insurance_types,
    unit_kinds=(UnitKind.ORGAN, UnitKind.INSTITUTION, UnitKind.ENTERPRISE),
    unit_territory=UnitTerritory.REGISTERED_OR_WORKPLACE,
    source="HN-4.1.1a",
)


def unit(**changes: Any) -> Unit:  # noqa: ANN401  # any field of the unit
    """The sample unit, otherwise."""
    return Unit(unit_id=UNIT, name="单位", pool_id=REGION.pool_id, **changes)


def judged(world: World, eligible: int = 100, enrolled: int = 80, **changes: Any) -> UnitJudged:  # noqa: ANN401  # any field of the command
    """How a unit is judged in time."""
    command = AdmitUnit(
        scheme_id=SCHEME,
        period_id=PERIOD,
        unit=changes.pop("unit", unit()),
        eligible=eligible,
        enrolled=enrolled,
        counted_on=IN_TIME,
        **changes,
    )
    return admit_unit(world.host, world.act(IN_TIME), command).result


def told(done: UnitJudged) -> tuple[Outcome, list[str]]:
    """Outcome and clauses."""
    return done.outcome, [fault.clause for fault in done.faults]


@pytest.mark.parametrize(
    ("given", "clauses"),
    [
        ({}, ["HN-3.1.2a", "SN-2.1.4b"]),
        ({"confirmed": False, "consultation": "职代会决议"}, ["HN-3.1.2a"]),
        ({"confirmed": True}, ["SN-2.1.4b"]),
    ],
)
def test_a_list_that_lacks_something_is_held(given: dict[str, Any], clauses: list[str]) -> None:
    """It must be held with what it lacks, leave no record, and be judged once that is there."""
    world = joining_world(NEEDS_BOTH)
    assert told(judged(world, **given)) == (Outcome.HOLD, clauses)
    assert list(read_all(world.store, Admission)) == []
    assert judged(world, confirmed=True, consultation="职代会决议").outcome is Outcome.PASS


def test_what_was_shown_is_kept() -> None:
    """Confirmation, consultation and objections must stand in the record of the admission."""
    world = joining_world(NEEDS_BOTH)
    judged(world, confirmed=True, consultation="职代会决议", objections=(member_id(1),))
    judgement = next(read_all(world.store, Admission)).judgement
    assert (judgement.confirmed, judgement.consultation, judgement.objections) == (
        True,
        "职代会决议",
        (member_id(1),),
    )


@pytest.mark.parametrize(
    ("eligible", "enrolled", "objections", "joining", "outcome"),
    [
        (120, 120, 3, 117, Outcome.PASS),
        (100, 80, 20, 80, Outcome.PASS),
        (100, 80, 21, 79, Outcome.REJECT),
        (2, 2, 3, 0, Outcome.REJECT),
    ],
)
def test_who_objects_does_not_count(
    eligible: int, enrolled: int, objections: int, joining: int, outcome: Outcome
) -> None:
    """Those who object must be taken off what a unit is judged by."""
    world = joining_world(None)
    who = tuple(member_id(number) for number in range(1, objections + 1))
    assert judged(world, eligible, enrolled, objections=who).outcome is outcome
    assert next(read_all(world.store, Admission)).judgement.enrolled == joining


def test_an_objection_that_is_told_twice_is_one() -> None:
    """Objections must be counted by persons: 1 of 3 objects, so 2 join, and the record has one."""
    world = joining_world(None)
    twice = (member_id(1), member_id(1))
    refused = judged(world, 3, 3, objections=twice)
    assert [fault.found for fault in refused.faults] == ["2"]
    (admission,) = read_all(world.store, Admission)
    assert (admission.judgement.enrolled, admission.judgement.objections) == (2, (member_id(1),))


def test_a_roster_without_eligible_workers_says_so() -> None:
    """Nobody of nobody must be refused by a sentence that makes sense."""
    (fault,) = judged(joining_world(None), 0, 0).faults
    assert (fault.rule, fault.found) == ("must have an eligible worker on its roster", "0")


def test_a_wrong_count_is_refused_with_objections_too() -> None:
    """More joiners than workers must stay a mistake of the caller."""
    with pytest.raises(InvalidValueError, match="enrolled must be <= 2 eligible, got 3"):
        judged(joining_world(None), 2, 3, objections=(member_id(1),))


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({"division": DivisionCode("440100")}, Outcome.REJECT),
        ({"division": DivisionCode("440100"), "workplace": DivisionCode("430502")}, Outcome.PASS),
        ({"division": DivisionCode("430502"), "kind": UnitKind.ORGAN}, Outcome.PASS),
        ({"kind": UnitKind.SOCIAL}, Outcome.REJECT),
    ],
)
def test_kind_and_place_of_a_unit(changes: dict[str, Any], outcome: Outcome) -> None:
    """A unit outside the pool or of another kind must be refused without a record."""
    world = joining_world(None, attrs.evolve(POLICY, eligibility=PLACED))
    done = judged(world, unit=unit(**changes))
    assert told(done) == (outcome, ["HN-4.1.1a"] * (outcome is Outcome.REJECT))
    assert len(list(read_all(world.store, Admission))) == (outcome is Outcome.PASS)


def test_a_union_without_an_employer_needs_the_mode() -> None:
    """The union of a platform must be refused where only units bring members in."""
    platform = unit(kind=UnitKind.PLATFORM_UNION)
    only = MembershipTerms(mode=MembershipMode.UNIT_ONLY, source="HN-3.1.2c")
    world = joining_world(None, attrs.evolve(POLICY, membership=only))
    assert told(judged(world, unit=platform)) == (Outcome.REJECT, ["HN-3.1.2c"])
    both = MembershipTerms(mode=MembershipMode.UNIT_OR_PLATFORM, source="GD-2.3.1c")
    world = joining_world(None, attrs.evolve(POLICY, membership=both))
    assert judged(world, unit=platform).outcome is Outcome.PASS


def gated(*bands: GateBand) -> JoiningTerms:
    """The sample terms with a gate of the scheme."""
    return attrs.evolve(JOINING, gate=bands)


@pytest.mark.parametrize(
    ("enrolled", "outcome", "clauses"), [(90, Outcome.PASS, []), (89, Outcome.REJECT, ["HN-4.1.2a"])]
)
def test_the_gate_of_the_scheme_holds_too(enrolled: int, outcome: Outcome, clauses: list[str]) -> None:
    """Where the scheme asks 90 %, 90 of 100 must pass and 89 not, though the policy asks 80."""
    small = GateBand(eligible_below=30, ratio_min=Ratio(1, 1), source="HN-4.1.2b")
    world = joining_world(gated(small, GateBand(ratio_min=Ratio(9, 10), source="HN-4.1.2a")))
    done = judged(world, 100, enrolled)
    assert (*told(done), done.required) == (outcome, clauses, 90)


def test_the_goal_is_shown_and_refuses_nobody() -> None:
    """95 of 100 must pass the gate of 80 and be told that 5 are missing from the goal."""
    goal = ParticipationGoal(unit_ratio=Ratio(1, 1), source="SN-2.1.4a")
    world = joining_world(None, attrs.evolve(POLICY, goal=goal))
    done = judged(world, 100, 95)
    assert (done.outcome, done.required, done.goal_gap) == (Outcome.PASS, 80, 5)
    other = joining_world(None)
    assert judged(other, 100, 95).goal_gap is None


def test_a_unit_is_kept_as_it_was_told() -> None:
    """What a unit is and where must stand in its record."""
    world = joining_world(None)
    own = unit(kind=UnitKind.ENTERPRISE, division=DivisionCode("430502"))
    judged(world, unit=own)
    assert next(read_all(world.store, Unit)) == own
    assert own.unit_id == UnitId("U-1")
