"""How a benefit is computed (补助计算): base, ordered steps, limits, rounding.

The kinds of step and limit are a closed set, told apart by their class; the kind is
declared in the scheme file, never guessed from the figures.
"""

import enum

import attrs

from mutualaid_core.domain.values.checks import at_least, checked, not_blank, not_empty, optional, positive
from mutualaid_core.domain.values.money import Money, Rounding
from mutualaid_core.domain.values.ratio import Ratio, common_denominator
from mutualaid_core.errors import InvalidValueError


@attrs.frozen(kw_only=True, field_transformer=checked)
class Base:
    """Base of the benefit (补助基数): amounts of the settlement, added and subtracted.

    Attributes:
        add: Settlement amounts that count, by their national field names.
        subtract: What was paid before, by the same names.
        source: Where the rule is printed.

    Clause:
        HN-4.2.1d, HN-4.2.1e, HN-4.2.1f, ACFTU-3.1a
    """

    add: tuple[str, ...] = attrs.field(validator=not_empty)
    subtract: tuple[str, ...]
    source: str = attrs.field(validator=not_blank)

    def __attrs_post_init__(self) -> None:
        """Refuse a field that is named twice."""
        names = self.add + self.subtract
        if len(set(names)) != len(names):
            raise InvalidValueError("base", "must name each settlement field once", ", ".join(names))


@attrs.frozen(kw_only=True, field_transformer=checked)
class Band:
    """One band (分段) of a tier table: the slice above ``above`` up to ``up_to``.

    Attributes:
        above: Lower edge, not included.
        up_to: Upper edge, included; ``None`` for the last band without an upper edge.
        ratio: Share of the slice that is paid.
    """

    above: Money = attrs.field(validator=at_least(0))
    up_to: Money | None
    ratio: Ratio

    def __attrs_post_init__(self) -> None:
        """Refuse a band without width."""
        if self.up_to is not None and self.up_to <= self.above:
            raise InvalidValueError("up_to", f"must be > {self.above}", str(self.up_to), clause="HN-4.4.2c")


@attrs.frozen(kw_only=True, field_transformer=checked)
class MarginalBands:
    """Marginal tiers (分段累加): each band pays its ratio on its own slice.

    Attributes:
        bands: In ascending order, without gap or overlap; only the last may be open.
        source: Where the rule is printed.

    Clause:
        HN-4.4.2c, HN-4.4.3b
    """

    bands: tuple[Band, ...] = attrs.field(validator=not_empty)
    source: str = attrs.field(validator=not_blank)

    def __attrs_post_init__(self) -> None:
        """Refuse gaps, overlaps, and ratios without a small common denominator."""
        for lower, upper in zip(self.bands, self.bands[1:], strict=False):
            if lower.up_to != upper.above:
                edge = "no upper edge" if lower.up_to is None else str(lower.up_to)
                rule = f"must follow without gap or overlap on a band with {edge}"
                raise InvalidValueError("bands", rule, str(upper.above), clause="HN-4.4.2c")
        common_denominator(tuple(band.ratio for band in self.bands))


@attrs.frozen(kw_only=True, field_transformer=checked)
class MinimumPayment:
    """Minimum (最低补助额): a benefit above nothing is raised to it.

    Attributes:
        amount: The least that is paid.
        base_up_to: Applies where the base is not above this; ``None`` for every base.
        may_exceed_base: Whether more than the base may be paid; the scheme must say.
        source: Where the rule is printed.
    """

    amount: Money = attrs.field(validator=positive)
    base_up_to: Money | None = attrs.field(validator=optional(positive))
    may_exceed_base: bool
    source: str = attrs.field(validator=not_blank)


@attrs.frozen(kw_only=True, field_transformer=checked)
class PeriodCap:
    """Cap (最高补助限额) per person and period, over all stays and units.

    Attributes:
        amount: The most that one person is paid in one period; the excess is cut.
        source: Where the rule is printed.

    Clause:
        HN-4.4.3c
    """

    amount: Money = attrs.field(validator=positive)
    source: str = attrs.field(validator=not_blank)


class RoundingPlace(enum.Enum):
    """Where the fraction of a fen is rounded (舍入位置)."""

    EACH_BAND = "each_band"
    END_OF_BENEFIT = "end_of_benefit"


@attrs.frozen(kw_only=True, field_transformer=checked)
class RoundingRule:
    """The one rounding of a benefit (舍入规则).

    Attributes:
        mode: How.
        place: Where.
        source: Where the rule is printed, or who decided it.
    """

    mode: Rounding
    place: RoundingPlace
    source: str = attrs.field(validator=not_blank)


@attrs.frozen(kw_only=True, field_transformer=checked)
class BenefitTerms:
    """Everything that turns a base into a benefit (补助标准).

    Attributes:
        base: What the steps start from.
        deductible: What is left to the member first (起付线); zero under HN-2013.
        deductible_source: Where that is printed.
        steps: In the order in which they apply; one tier table first.
        limits: In the order in which they apply.
        rounding: The one rounding.

    Clause:
        HN-4.4.1, HN-4.4.2a, HN-4.4.2c, HN-4.4.3b, HN-4.4.3c
    """

    base: Base
    deductible: Money = attrs.field(validator=at_least(0))
    deductible_source: str = attrs.field(validator=not_blank)
    steps: tuple[MarginalBands | MinimumPayment, ...] = attrs.field(validator=not_empty)
    limits: tuple[PeriodCap, ...]
    rounding: RoundingRule

    def __attrs_post_init__(self) -> None:
        """Refuse steps in an order that says nothing, and two caps of one kind."""
        kinds = tuple(type(step) for step in self.steps)
        if kinds not in {(MarginalBands,), (MarginalBands, MinimumPayment)}:
            found = ", ".join(kind.__name__ for kind in kinds)
            raise InvalidValueError("steps", "must be marginal bands, then at most a minimum", found)
        if len(self.limits) > 1:
            raise InvalidValueError("limits", "must hold at most one period cap", len(self.limits))

    @property
    def bands(self) -> MarginalBands:
        """The tier table."""
        return next(step for step in self.steps if isinstance(step, MarginalBands))

    @property
    def minimum(self) -> MinimumPayment | None:
        """The minimum payment, if the scheme has one."""
        return next((step for step in self.steps if isinstance(step, MinimumPayment)), None)

    @property
    def period_cap(self) -> PeriodCap | None:
        """The cap per person and period, if the scheme has one."""
        return self.limits[0] if self.limits else None

    @property
    def sources(self) -> tuple[str, ...]:
        """Every source that the terms cite."""
        parts = (self.base, *self.steps, *self.limits, self.rounding)
        return (self.deductible_source, *(part.source for part in parts))
