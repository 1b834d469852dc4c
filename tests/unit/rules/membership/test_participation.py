"""Participation gate: whole persons, all of a small unit, nobody of an empty one."""

import attrs
import pytest

from mutualaid_core.domain.scheme.policy import ParticipationGate
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.rules.membership.participation import participation_reached, participation_required
from mutualaid_core.testing.samples import POLICY

GATE = POLICY.participation


@pytest.mark.parametrize(
    ("eligible", "required"), [(0, 0), (1, 1), (29, 29), (30, 24), (31, 25), (33, 27), (100, 80), (101, 81)]
)
def test_the_least_number_is_in_whole_persons(eligible: int, required: int) -> None:
    """80 % must be rounded up to whole persons, and below 30 everybody must join."""
    assert participation_required(eligible, GATE) == required


@pytest.mark.parametrize(
    ("eligible", "enrolled", "reached"),
    [(100, 80, True), (100, 79, False), (29, 28, False), (29, 29, True), (30, 24, True), (0, 0, False)],
)
def test_the_gate_opens_at_the_least_number(
    eligible: int,
    enrolled: int,
    reached: bool,  # noqa: FBT001  # the expected answer
) -> None:
    """One person below the least number must be too few; an empty unit must not pass."""
    assert participation_reached(eligible, enrolled, GATE) == reached


def test_a_gate_without_a_small_group_asks_its_ratio_of_all() -> None:
    """Without the rule for small units, 4 of 5 must be enough."""
    assert participation_required(5, attrs.evolve(GATE, all_below=0)) == 4


def test_a_third_is_counted_exactly() -> None:
    """Two thirds of 3 must be 2 and of 4 must be 3, without a float in between."""
    gate = attrs.evolve(GATE, ratio_min=Ratio(2, 3), all_below=0)
    assert (participation_required(3, gate), participation_required(4, gate)) == (2, 3)


def test_no_gate_asks_nothing() -> None:
    """Where policies are silent, one worker of a hundred must be enough."""
    gate = ParticipationGate()
    assert (participation_required(100, gate), participation_reached(100, 1, gate)) == (0, True)
