"""Benefit terms: bands without gap, steps in order, one cap, every source told."""

import attrs
import pytest

from mutualaid_core.domain.scheme.benefit import (
    Band,
    Base,
    BenefitTerms,
    MarginalBands,
    MinimumPayment,
    PeriodCap,
)
from mutualaid_core.domain.values.money import ZERO, Money
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.errors import InvalidValueError

HALF = Ratio(1, 2)


def band(above: int, up_to: int | None, ratio: Ratio = HALF) -> Band:
    """A band between two edges in fen."""
    return Band(above=Money(above), up_to=None if up_to is None else Money(up_to), ratio=ratio)


@pytest.fixture
def minimum() -> MinimumPayment:
    """A minimum of 50.00 for every base."""
    return MinimumPayment(amount=Money(5_000), base_up_to=None, may_exceed_base=False, source="HN-4.4.2c")


@pytest.mark.parametrize("up_to", [499_999, 500_000])
def test_a_band_has_a_width(up_to: int) -> None:
    """A band that ends where it starts, or before, must be refused."""
    with pytest.raises(InvalidValueError, match=r"up_to must be > 5000\.00, got .* \[HN-4\.4\.2c\]"):
        band(500_000, up_to)


def test_a_band_starts_at_nothing_or_above() -> None:
    """A negative lower edge must be refused."""
    with pytest.raises(InvalidValueError, match="above must be >= 0"):
        band(-1, 5)


@pytest.mark.clause("HN-4.4.2c")
@pytest.mark.parametrize(
    ("lower", "upper"),
    [(band(0, 500), band(501, None)), (band(0, 500), band(499, None)), (band(0, None), band(500, None))],
    ids=["gap", "overlap", "open inside"],
)
def test_tiers_follow_without_gap_or_overlap(bands: MarginalBands, lower: Band, upper: Band) -> None:
    """Tiers with a gap or an overlap, and an open tier that is not the last, must be refused."""
    with pytest.raises(InvalidValueError, match="bands must follow without gap or overlap"):
        attrs.evolve(bands, bands=(lower, upper))


def test_tiers_have_a_small_common_denominator(bands: MarginalBands) -> None:
    """Ratios that cannot be summed over a denominator up to a million must be refused."""
    rows = (band(0, 500, Ratio(1, 999_983)), band(500, None, HALF))
    with pytest.raises(InvalidValueError, match="ratios must have a common denominator"):
        attrs.evolve(bands, bands=rows)


def test_a_table_has_a_tier(bands: MarginalBands) -> None:
    """A table without tiers must be refused."""
    with pytest.raises(InvalidValueError, match="bands must not be empty"):
        attrs.evolve(bands, bands=())


@pytest.mark.parametrize(
    ("add", "subtract"), [(("a", "a"), ()), (("a",), ("a",)), (("a",), ("b", "b"))], ids=str
)
def test_a_base_names_each_field_once(add: tuple[str, ...], subtract: tuple[str, ...]) -> None:
    """A field that counts twice, or is added and subtracted, must be refused."""
    with pytest.raises(InvalidValueError, match="base must name each settlement field once"):
        Base(add=add, subtract=subtract, source="HN-4.2.1f")


@pytest.mark.parametrize("edge", [ZERO, Money(-1)])
def test_a_minimum_applies_to_a_base(minimum: MinimumPayment, edge: Money) -> None:
    """A minimum up to a base of nothing must be refused."""
    with pytest.raises(InvalidValueError, match="base_up_to must be >= 1"):
        attrs.evolve(minimum, base_up_to=edge)


def test_terms_without_minimum_have_none(terms: BenefitTerms, bands: MarginalBands) -> None:
    """Terms of a tier table alone must have that table and no minimum."""
    assert (bands, None) == (terms.bands, terms.minimum)


def test_a_minimum_follows_the_tiers(
    terms: BenefitTerms, bands: MarginalBands, minimum: MinimumPayment
) -> None:
    """Terms with a minimum after the tiers must have both."""
    both = attrs.evolve(terms, steps=(bands, minimum))
    assert (bands, minimum) == (both.bands, both.minimum)


@pytest.mark.parametrize("order", ["m", "mb", "bb", "bmm"])
def test_steps_in_another_order_are_refused(
    terms: BenefitTerms, bands: MarginalBands, minimum: MinimumPayment, order: str
) -> None:
    """A minimum alone or first, and a step twice, must be refused."""
    steps = tuple({"b": bands, "m": minimum}[each] for each in order)
    with pytest.raises(InvalidValueError, match="steps must be marginal bands, then at most a minimum"):
        attrs.evolve(terms, steps=steps)


@pytest.mark.clause("HN-4.4.3c")
def test_the_cap_is_the_limit(terms: BenefitTerms) -> None:
    """The period cap must be found among the limits."""
    assert PeriodCap(amount=Money(2_000_000), source="HN-4.4.3c") == terms.period_cap


def test_terms_may_have_no_cap(terms: BenefitTerms) -> None:
    """Terms without limits must have no cap."""
    assert attrs.evolve(terms, limits=()).period_cap is None


def test_two_caps_are_refused(terms: BenefitTerms) -> None:
    """A second period cap must be refused."""
    with pytest.raises(InvalidValueError, match="limits must hold at most one period cap, got 2"):
        attrs.evolve(terms, limits=terms.limits * 2)


def test_every_source_is_told(terms: BenefitTerms) -> None:
    """The sources of all parameters must be told, the deductible's first."""
    expected = ("HN-4.4.2a", "HN-4.2.1f", "HN-4.4.2c", "HN-4.4.3c", "ACFTU-2.4b")
    assert expected == terms.sources
