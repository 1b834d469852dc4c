"""湖南省总工会 指导意见 2013, 四（一） 参加对象和范围."""

import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.scheme.eligibility import Employment, InsuranceType
from mutualaid_core.rules.membership.participation import participation_required
from mutualaid_core.testing.samples import POLICY, joiner
from mutualaid_core.testing.world import World


@pytest.mark.clause("HN-4.1.1b")
@pytest.mark.parametrize(
    ("insurance", "outcome"),
    [(InsuranceType.EMPLOYEE, Outcome.PASS), (InsuranceType.RESIDENT, Outcome.REJECT)],
)
def test_members_have_employees_insurance(world: World, insurance: InsuranceType, outcome: Outcome) -> None:
    """Insurance 310 must pass, 390 (residents) must be refused."""
    world.admit(1, 1)
    assert world.enrol(joiner(1, insurance_type=insurance)).outcome is outcome


@pytest.mark.clause("HN-4.1.1c")
def test_members_are_in_active_employment(world: World) -> None:
    """A retired worker must be refused."""
    world.admit(1, 1)
    assert world.enrol(joiner(1, employment=Employment.RETIRED)).outcome is Outcome.REJECT


@pytest.mark.clause("HN-4.1.2a")
@pytest.mark.parametrize(
    ("eligible", "enrolled", "outcome"),
    [
        (100, 80, Outcome.PASS),
        (100, 79, Outcome.REJECT),
        (33, 26, Outcome.REJECT),  # 78.8 %
        (33, 27, Outcome.PASS),  # 81.8 %
    ],
)
def test_eighty_percent_must_join(world: World, eligible: int, enrolled: int, outcome: Outcome) -> None:
    """A unit must be admitted from 80 % of its eligible workers on, and refused below."""
    assert world.admit(eligible, enrolled).outcome is outcome


@pytest.mark.clause("HN-4.1.2a")
def test_eighty_percent_are_whole_persons() -> None:
    """80 % of 101 must be 81 persons."""
    assert participation_required(101, POLICY.participation) == 81


@pytest.mark.clause("HN-4.1.2b")
@pytest.mark.parametrize(
    ("eligible", "enrolled", "outcome"),
    [(29, 28, Outcome.REJECT), (29, 29, Outcome.PASS), (30, 24, Outcome.PASS)],
)
def test_fewer_than_thirty_must_all_join(
    world: World, eligible: int, enrolled: int, outcome: Outcome
) -> None:
    """Below 30 eligible workers all must join; from 30 on 80 % are enough."""
    assert world.admit(eligible, enrolled).outcome is outcome
