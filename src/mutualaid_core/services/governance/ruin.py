"""Ruin (偿付不足概率): how likely the benefits of a period are above what is there to pay them.

Small pools are worked out exactly, by the recursion for compound Poisson sums; the normal
formula understates them by up to three times, so it serves only pools that expect a thousand
claims or more. Figures of a model in floats, never booked: so they stand beside the rules, in
which every figure is exact.
"""

import math
from fractions import Fraction
from itertools import pairwise
from operator import mul
from typing import Final

import attrs

from mutualaid_core.clauses import implements
from mutualaid_core.errors import InvalidValueError

NORMAL_FROM: Final = 1_000
"""Expected claims from which on the normal formula is used."""
_STEPS: Final = 500
"""Steps into which what is there is cut for the exact sum; twice as many the second time."""
_MONTHS: Final = 12


@attrs.frozen(kw_only=True)
class PoolModel:
    """Model (测算模型) of a pool for one period: Poisson claims with lognormal amounts.

    Attributes:
        lives: Members.
        frequency: Expected claims a member and period.
        severity: Mean amount of a claim, in yuan, above zero.
        severity_cv: Its coefficient of variation, above zero.
        contribution: Contribution a member and period, in yuan.
        reserve: Reserve at the beginning, in yuan.
    """

    lives: int
    frequency: Fraction
    severity: float
    severity_cv: float
    contribution: float
    reserve: float = 0.0

    @property
    def claims(self) -> float:
        """Claims that are expected."""
        return float(self.lives * self.frequency)

    @property
    def at_hand(self) -> float:
        """What is there to pay benefits, in yuan."""
        return self.lives * self.contribution + self.reserve


@attrs.frozen(kw_only=True)
class Ruin:
    """What a pool risks (偿付能力测算).

    Attributes:
        expected: Expected benefits, in yuan.
        deviation: Their standard deviation, in yuan.
        probability: Chance that they are above what is there.
        is_exact: Whether that is the exact sum and not the normal formula.
        reserve_months: Months of expected benefits in the reserve; ``None`` where none are
            expected.
    """

    expected: float
    deviation: float
    probability: float
    is_exact: bool
    reserve_months: float | None


@attrs.frozen(kw_only=True)
class RaisedPool:
    """Pools before and after raising the level of pooling (提高统筹层次前后对比).

    Attributes:
        before: Each pool by itself.
        after: All of them together.
    """

    before: tuple[Ruin, ...]
    after: Ruin


@implements("ACFTU-4.2b")
def ruin_of(model: PoolModel) -> Ruin:
    """Chance of ruin and months of reserve of a pool.

    Clause:
        ACFTU-4.2b
    """
    expected = model.claims * model.severity
    deviation = math.sqrt(model.claims * (1 + model.severity_cv**2)) * model.severity
    is_exact = model.claims < NORMAL_FROM
    return Ruin(
        expected=expected,
        deviation=deviation,
        probability=_exact(model) if is_exact else _normal(model.at_hand - expected, deviation),
        is_exact=is_exact,
        reserve_months=model.reserve / expected * _MONTHS if expected else None,
    )


@implements("ACFTU-4.2b")
def raised_pool(pools: tuple[PoolModel, ...]) -> RaisedPool:
    """What pools risk each by itself and all together.

    Args:
        pools: At least one, alike but for lives and reserve.

    Raises:
        InvalidValueError: They differ in claims or contribution, so that no one model is of all.

    Clause:
        ACFTU-4.2b
    """
    kinds = {attrs.evolve(pool, lives=0, reserve=0.0) for pool in pools}
    if len(kinds) != 1:
        raise InvalidValueError("pools", "must be alike but for lives and reserve", f"{len(kinds)} kinds")
    merged = attrs.evolve(
        pools[0],
        lives=sum(pool.lives for pool in pools),
        reserve=math.fsum(pool.reserve for pool in pools),
    )
    return RaisedPool(before=tuple(ruin_of(pool) for pool in pools), after=ruin_of(merged))


def _normal(margin: float, deviation: float) -> float:
    """Chance of more than *margin* above the mean."""
    return _below(-margin / deviation)


def _exact(model: PoolModel) -> float:
    """Chance that the sum is above what is there, from two grids.

    Halving the step leaves a quarter of the error, so a third of what the two grids differ by
    is what is still left of it (Richardson).
    """
    if not model.at_hand:
        return 1.0 - math.exp(-model.claims)
    coarse, fine = _summed(model, _STEPS), _summed(model, 2 * _STEPS)
    return min(1.0, max(0.0, fine + (fine - coarse) / 3))


def _summed(model: PoolModel, steps: int) -> float:
    """Chance that the sum is above what is there, by Panjer's recursion on equal steps.

    It starts from the square root of the chance of nothing, so that neither end of the sum
    leaves the range of floats, and is scaled by that root again at the end. Half of what falls
    on the last step is counted as above it, since a step stands for half a step on each side.
    """
    nothing, *amounts = _severity(model, steps)
    weights = [place * part for place, part in enumerate(amounts, start=1)]
    root = math.exp(-model.claims * (1 - nothing) / 2)
    sums = [root]
    for place in range(1, steps + 1):
        # By how much the last claim brought the sum to here, from the nearest step to the first.
        found = math.fsum(map(mul, weights, reversed(sums)))
        sums.append(model.claims / place * found)
    return 1.0 - (math.fsum(sums[:-1]) + sums[-1] / 2) * root


def _severity(model: PoolModel, steps: int) -> list[float]:
    """Chance of an amount of 0, 1, 2, 3 … steps, spread between steps so that the mean is kept."""
    step = model.at_hand / steps
    spread = math.sqrt(math.log1p(model.severity_cv**2))
    middle = math.log(model.severity) - spread**2 / 2

    def capped(bound: float) -> float:
        """Mean of what a claim costs up to a bound."""
        away = (math.log(bound) - middle) / spread
        return model.severity * _below(away - spread) + bound * _below(-away)

    means = [0.0, *(capped(place * step) / step for place in range(1, steps + 2))]
    slopes = [1.0, *(after - before for before, after in pairwise(means))]
    return [before - after for before, after in pairwise(slopes)]


def _below(value: float) -> float:
    """Standard normal distribution."""
    return math.erfc(-value / math.sqrt(2)) / 2
