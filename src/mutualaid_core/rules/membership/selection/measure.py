"""Measure (选择性指标): one figure, its level, and why it may be missing."""

import enum
from decimal import Decimal
from fractions import Fraction
from typing import Final, TypeAlias

import attrs


class Level(enum.Enum):
    """Level (预警等级) of an indicator."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    UNKNOWN = "unknown"


class SelectionId(enum.Enum):
    """Indicator of selection (逆选择指标编号)."""

    CLAIM_LIFT = "SEL-1"
    MEAN_AGE = "SEL-2"
    AGE_MIX = "SEL-3"
    TAKE_UP = "SEL-4"
    RIDER_ONLY = "SEL-5"


Figure: TypeAlias = Fraction | Decimal
"""A figure: exact where it can be, else to forty digits."""


@attrs.frozen(kw_only=True)
class Threshold:
    """Threshold (阈值): above which a figure is yellow and red.

    Attributes:
        yellow: Above it the level is yellow.
        red: Above it the level is red.
    """

    yellow: Fraction
    red: Fraction

    def level(self, figure: Figure) -> Level:
        """Level of a figure, compared before any rounding."""
        if figure > self.red:
            return Level.RED
        return Level.YELLOW if figure > self.yellow else Level.GREEN


@attrs.frozen(kw_only=True)
class AgeBand:
    """Age band (年龄段) with the claim rate that is expected of it.

    Attributes:
        from_age: First age in years; the band ends before the next one.
        rate: Expected claims a person and year.
    """

    from_age: int
    rate: Fraction


@attrs.frozen(kw_only=True)
class SelectionTerms:
    """Thresholds and bands (选择性指标参数): data, for no document prints them.

    Attributes:
        claim_lift: Prior-claim lift.
        lift_p_max: A lift is red only with a chance below this.
        mean_age: Years by which joiners are older than the roster.
        age_mix: Expected claims of the joiners' ages to those of the roster's.
        stability: Population stability index.
        take_up: Highest take-up of a band to the lowest.
        rider_only: Share of riders held without a main item.
        bands: Age bands, the youngest first.
        single_red_p_max: One red measure is enough with a chance below this.
        persons_min: Smaller units are pooled by industry before they are judged.
        authority: Who set these values.
    """

    claim_lift: Threshold
    lift_p_max: Fraction
    mean_age: Threshold
    age_mix: Threshold
    stability: Threshold
    take_up: Threshold
    rider_only: Threshold
    bands: tuple[AgeBand, ...]
    single_red_p_max: Fraction
    persons_min: int
    authority: str


def _threshold(yellow: str, red: str) -> Threshold:
    return Threshold(yellow=Fraction(yellow), red=Fraction(red))


ASSUMED: Final = SelectionTerms(
    claim_lift=_threshold("1.25", "1.5"),
    lift_p_max=Fraction("0.05"),
    mean_age=_threshold("2", "4"),
    age_mix=_threshold("1.10", "1.20"),
    stability=_threshold("0.10", "0.20"),
    take_up=_threshold("2", "3"),
    rider_only=_threshold("0", "0.05"),
    bands=tuple(
        AgeBand(from_age=age, rate=Fraction(rate))
        for age, rate in ((0, "0.010"), (30, "0.015"), (40, "0.025"), (50, "0.045"))
    ),
    single_red_p_max=Fraction("0.01"),
    persons_min=20,
    authority="假定值，文件未规定，由统筹地区工会确定 (assumed; set by the union of the pool)",
)
"""The assumed values, which a pool replaces by its own."""


@attrs.frozen(kw_only=True)
class Measure:
    """Measure (选择性指标值).

    Attributes:
        id: Which one.
        value: The figure; ``None`` where it cannot be told, never 0 instead.
        level: Level by the thresholds; without a figure ``UNKNOWN``, or ``RED`` where it would be
            above every bound.
        p: Chance of so much or more if joiners were drawn at random; ``None`` without a test.
        why: Why there is no figure; empty where there is one.
        parts: Further figures of it by name.
    """

    id: SelectionId
    value: Figure | None
    level: Level
    p: Figure | None = None
    why: str = ""
    parts: tuple[tuple[str, Figure], ...] = ()

    def part(self, name: str) -> Figure | None:
        """A further figure by name; ``None`` where it cannot be told."""
        return dict(self.parts).get(name)


def unknown(measure_id: SelectionId, why: str) -> Measure:
    """A measure that cannot be told."""
    return Measure(id=measure_id, value=None, level=Level.UNKNOWN, why=why)
