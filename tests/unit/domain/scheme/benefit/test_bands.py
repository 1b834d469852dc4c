"""Bands: a width, edges that meet, and days that are all told."""

import pytest

from mutualaid_core.domain.scheme.benefit.bands import Band, DayBand, SumBand
from mutualaid_core.domain.scheme.benefit.base import Unit
from mutualaid_core.domain.scheme.benefit.steps import DayTable, MarginalBands, SlabBands, SumBands
from mutualaid_core.domain.values.money import ZERO, Money
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.errors import InvalidValueError

HALF = Ratio(1, 2)
SOURCE = "HN-4.4.2c"
Edges = tuple[int, int | None]


def band(above: int, up_to: int | None, ratio: Ratio = HALF) -> Band:
    """A band of ratios between two edges in fen."""
    return Band(above=Money(above), up_to=None if up_to is None else Money(up_to), ratio=ratio)


def sum_band(above: int, up_to: int | None) -> SumBand:
    """A band of fixed sums between two edges in fen."""
    return SumBand(above=Money(above), up_to=None if up_to is None else Money(up_to), pays=Money(100))


def marginal(*edges: Edges) -> MarginalBands:
    """Marginal tiers between edges in fen."""
    return MarginalBands(bands=tuple(band(*each) for each in edges), source=SOURCE)


def slab(*edges: Edges) -> SlabBands:
    """A slab table between edges in fen."""
    return SlabBands(bands=tuple(band(*each) for each in edges), source=SOURCE)


def sums(*edges: Edges) -> SumBands:
    """A table of fixed sums between edges in fen."""
    return SumBands(bands=tuple(sum_band(*each) for each in edges), source=SOURCE)


def day_table(*bands: DayBand) -> DayTable:
    """A table of days."""
    return DayTable(bands=bands, source=SOURCE)


every_table = pytest.mark.parametrize("table", [marginal, slab, sums])


@pytest.mark.parametrize("make", [band, sum_band])
@pytest.mark.parametrize("up_to", [499_999, 500_000])
def test_a_band_has_a_width(make: object, up_to: int) -> None:
    """A band that ends where it starts, or before, must be refused."""
    with pytest.raises(InvalidValueError, match=r"up_to must be > 5000\.00, got .* \[HN-4\.4\.2c\]"):
        make(500_000, up_to)


@pytest.mark.parametrize("make", [band, sum_band])
def test_a_band_starts_at_nothing_or_above(make: object) -> None:
    """A negative lower edge must be refused."""
    with pytest.raises(InvalidValueError, match="above must be >= 0"):
        make(-1, 5)


def test_the_most_of_a_band_is_above_nothing() -> None:
    """A band that may pay nothing at most must be refused."""
    with pytest.raises(InvalidValueError, match=r"most must be >= 0\.01"):
        Band(above=ZERO, up_to=None, ratio=HALF, most=ZERO)


def test_a_band_may_pay_no_sum() -> None:
    """A class of amounts for which nothing is paid must be allowed."""
    assert SumBand(above=ZERO, up_to=None, pays=ZERO).pays == ZERO


@pytest.mark.clause("HN-4.4.2c")
@every_table
@pytest.mark.parametrize(
    "edges",
    [((0, 500), (501, None)), ((0, 500), (499, None)), ((0, None), (500, None))],
    ids=["gap", "overlap", "open inside"],
)
def test_tiers_follow_without_gap_or_overlap(table: object, edges: tuple[Edges, ...]) -> None:
    """Tiers with a gap or an overlap, and an open tier that is not the last, must be refused."""
    with pytest.raises(InvalidValueError, match="bands must follow without gap or overlap"):
        table(*edges)


@every_table
def test_a_table_has_a_tier(table: object) -> None:
    """A table without tiers must be refused."""
    with pytest.raises(InvalidValueError, match="bands must not be empty"):
        table()


@pytest.mark.parametrize("kind", [MarginalBands, SlabBands])
def test_tiers_have_a_small_common_denominator(kind: type) -> None:
    """Ratios that cannot be summed over a denominator up to a million must be refused."""
    rows = (band(0, 500, Ratio(1, 999_983)), band(500, None))
    with pytest.raises(InvalidValueError, match="ratios must have a common denominator"):
        kind(bands=rows, source=SOURCE)


def test_marginal_tiers_may_end() -> None:
    """Marginal tiers with an upper edge must be allowed, since what lies above it then pays nothing."""
    assert marginal((80_000, 1_000_000)).bands[-1].up_to == Money(1_000_000)


@pytest.mark.parametrize("table", [slab, sums])
def test_other_tables_do_not_end(table: object) -> None:
    """A table that does not say what the highest amounts are paid must be refused."""
    with pytest.raises(InvalidValueError, match=r"bands must end with a band without an upper edge.*5\.00"):
        table((0, 500))


def test_a_day_band_has_days() -> None:
    """A band of days that ends before it starts must be refused."""
    with pytest.raises(InvalidValueError, match="last must be >= 5, got 4"):
        DayBand(first=5, last=4)


def test_a_day_band_is_of_one_kind() -> None:
    """A number of days and a most of the actual days must not stand together."""
    with pytest.raises(InvalidValueError, match="most must stand only where the actual days are paid"):
        DayBand(first=1, last=None, pays=7, most=5)


@pytest.mark.parametrize("change", [{"first": 0}, {"pays": -1}, {"most": 0}], ids=str)
def test_a_day_band_counts_days(change: dict[str, int]) -> None:
    """Day zero, fewer days than none and a most of none must be refused."""
    with pytest.raises(InvalidValueError, match=f"{next(iter(change))} must be >= "):
        DayBand(**({"first": 1, "last": None} | change))


def test_a_table_of_days_says_all() -> None:
    """Actual days up to 5, then 7, then 10, as printed in Zhangjiakou, must be a table of days to days."""
    table = day_table(
        DayBand(first=1, last=10, most=5),
        DayBand(first=11, last=20, pays=7),
        DayBand(first=21, last=None, pays=10),
    )
    assert (table.TAKES, table.GIVES, len(table.bands)) == (Unit.DAYS, Unit.DAYS, 3)


def test_a_table_of_days_begins_with_the_first() -> None:
    """A table that says nothing of one day must be refused."""
    with pytest.raises(InvalidValueError, match="bands must begin with day 1, got 2"):
        day_table(DayBand(first=2, last=None))


@pytest.mark.parametrize(
    ("lower", "upper"), [((1, 10), (10, None)), ((1, 10), (12, None)), ((1, None), (11, None))]
)
def test_days_follow_without_gap_or_overlap(lower: Edges, upper: Edges) -> None:
    """A day told twice or not at all must be refused."""
    bands = (DayBand(first=first, last=last) for first, last in (lower, upper))
    with pytest.raises(InvalidValueError, match="bands must follow without gap or overlap"):
        day_table(*bands)


def test_a_table_of_days_has_no_end() -> None:
    """A table that says nothing of the longest stays must be refused."""
    with pytest.raises(InvalidValueError, match="bands must end with a band without a last day, got 10"):
        day_table(DayBand(first=1, last=10))
