"""Ruin: the figures of the actuarial specification, and what must hold of any pool."""

import math
from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutualaid_core.errors import InvalidValueError
from mutualaid_core.services.governance.ruin import PoolModel, raised_pool, ruin_of

POOL = PoolModel(
    lives=10_000, frequency=Fraction(825, 40_363), severity=97_120 / 33, severity_cv=2, contribution=75
)
"""RUIN-2a: benefits as in Guangdong."""


@pytest.mark.parametrize(
    ("lives", "reserve", "contribution", "probability", "within"),
    [
        (10_000, 0, 75, 0.0648, 2e-4),
        (10_000, 100_000, 75, 0.0127, 2e-4),
        (500, 0, 75, 0.2571, 2e-4),
        (100_000, 0, 75, 3.0e-7, 1e-8),
        (1_000_000, 1_500_000, 60, 0.07628, 1e-5),
        (1_000_000, 2_500_000, 60, 0.00633, 1e-5),
    ],
    ids=["RUIN-2a", "RUIN-2b", "RUIN-5", "RUIN-2c", "RUIN-1b", "RUIN-1c"],
)
def test_the_figures_of_the_specification(
    lives: int, reserve: float, contribution: float, probability: float, within: float
) -> None:
    """Small pools must meet the exact figures, large ones those of the normal formula."""
    found = ruin_of(attrs.evolve(POOL, lives=lives, reserve=reserve, contribution=contribution))
    assert found.probability == pytest.approx(probability, abs=within)
    assert found.is_exact is (lives <= 10_000)


def test_expected_benefits_and_deviation() -> None:
    """Expected benefits and their deviation must be those of RUIN-2a, and the reserve in months."""
    found = ruin_of(attrs.evolve(POOL, reserve=601_541.02))
    assert (round(found.expected, 2), round(found.deviation, 2)) == (601_541.02, 94_083.83)
    assert found.reserve_months == pytest.approx(12, abs=1e-4)


def test_without_claims_nothing_is_risked() -> None:
    """A pool of nobody must have no risk and no months."""
    found = ruin_of(attrs.evolve(POOL, lives=0, reserve=100.0))
    assert (found.probability, found.reserve_months) == (0.0, None)


def test_without_money_any_claim_is_ruin() -> None:
    """A pool that has nothing must be ruined by the first claim."""
    found = ruin_of(attrs.evolve(POOL, lives=100, contribution=0.0))
    assert found.probability == pytest.approx(1 - math.exp(-100 * 825 / 40_363))


def test_pools_that_differ_are_not_merged() -> None:
    """Pools with other claims must be refused: no one model is of all."""
    with pytest.raises(InvalidValueError, match="pools must be alike"):
        raised_pool((POOL, attrs.evolve(POOL, severity_cv=1)))


@given(lives=st.integers(50, 3_000), reserve=st.integers(0, 200_000))
def test_more_reserve_is_never_more_risk(lives: int, reserve: int) -> None:
    """A chance must lie from 0 to 1, and more reserve must not raise it."""
    poor = ruin_of(attrs.evolve(POOL, lives=lives)).probability
    rich = ruin_of(attrs.evolve(POOL, lives=lives, reserve=float(reserve))).probability
    assert 0 <= rich <= poor + 1e-6 <= 1 + 1e-6
