"""Marginal tiers: slices without gap, one rounding at the place that the terms name."""

import attrs
import pytest

from mutualaid_core.domain.claims.trace import Rule
from mutualaid_core.domain.scheme.benefit import Band, MarginalBands, RoundingPlace
from mutualaid_core.domain.values.money import ZERO, Money, Rounding
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.rules.claims.tiers import has_share, marginal_benefit, slice_of
from mutualaid_core.testing.samples import EXAMPLE_BANDS, YUEYANG_2014, YUEYANG_BANDS, bands, yuan

ROUNDING = YUEYANG_2014.rounding
THIRDS = MarginalBands(
    bands=(
        Band(above=ZERO, up_to=Money(2), ratio=Ratio(1, 3)),
        Band(above=Money(2), up_to=None, ratio=Ratio(1, 4)),
    ),
    source="HN-4.4.2c",
)


@pytest.mark.parametrize(
    ("base", "slices"),
    [
        ("0", ["0", "0", "0"]),
        ("0.01", ["0.01", "0", "0"]),
        ("5000", ["5000", "0", "0"]),
        ("5000.01", ["5000", "0.01", "0"]),
        ("20000", ["5000", "15000", "0"]),
        ("24000", ["5000", "15000", "4000"]),
    ],
)
def test_slices_leave_no_gap(base: str, slices: list[str]) -> None:
    """Each part of the base must lie in exactly one band, an edge in the band below it."""
    assert [slice_of(yuan(base), band) for band in EXAMPLE_BANDS.bands] == [yuan(part) for part in slices]


def test_bands_pay_on_their_own_slice() -> None:
    """12,000 at 40, 50 and 60 percent must come to 2,000 + 3,500 = 5,500 (HN-4.4.2c)."""
    assert marginal_benefit(yuan(12_000), EXAMPLE_BANDS, ROUNDING)[0] == yuan(5_500)


def test_the_trace_has_a_step_per_band_reached() -> None:
    """12,000 must show 5,000 giving 2,000 and 7,000 giving 3,500, then the rounding."""
    steps = marginal_benefit(yuan(12_000), EXAMPLE_BANDS, ROUNDING)[1]
    assert [(step.rule, step.before, step.after) for step in steps] == [
        (Rule.BAND, yuan(5_000), yuan(2_000)),
        (Rule.BAND, yuan(7_000), yuan(3_500)),
        (Rule.ROUNDING, None, yuan(5_500)),
    ]


def test_a_band_names_its_edges_and_parameter() -> None:
    """The step of the second band must say from where to where it goes and where that is set."""
    step = marginal_benefit(yuan(12_000), EXAMPLE_BANDS, ROUNDING)[1][1]
    assert (step.amount("above"), step.amount("up_to"), step.fact("ratio"), step.parameter) == (
        yuan(5_000),
        yuan(20_000),
        "50%",
        "benefit.steps[0].bands[1]",
    )


def test_the_last_band_has_no_upper_edge() -> None:
    """The step of an open band must show no upper edge."""
    step = marginal_benefit(yuan(30_000), EXAMPLE_BANDS, ROUNDING)[1][2]
    assert dict(step.amounts) == {"above": yuan(20_000)}


def test_what_lies_above_the_last_edge_pays_nothing() -> None:
    """A table with an upper end must pay nothing beyond it: 60 % of 100 for a base of 500."""
    assert marginal_benefit(yuan(500), bands((100, 60)), ROUNDING)[0] == yuan(60)


def test_shares_are_added_before_they_are_rounded() -> None:
    """2/3 of a fen and 3/4 of a fen must be 17/12, rounded once to 1 fen, not to 1 + 1."""
    assert marginal_benefit(Money(5), THIRDS, ROUNDING)[0] == Money(1)


def test_shares_are_rounded_in_each_band_where_the_terms_say_so() -> None:
    """2/3 of a fen and 3/4 of a fen must be 1 + 1 where each band is rounded."""
    each = attrs.evolve(ROUNDING, place=RoundingPlace.EACH_BAND)
    assert marginal_benefit(Money(5), THIRDS, each)[0] == Money(2)


@pytest.mark.parametrize(
    ("mode", "fen"),
    [(Rounding.HALF_UP, 2), (Rounding.HALF_EVEN, 2), (Rounding.DOWN, 1), (Rounding.UP, 2)],
)
def test_the_terms_choose_the_rounding(mode: Rounding, fen: int) -> None:
    """30 % of 5 fen is 1.5 fen: half up and half even give 2, down gives 1, up gives 2."""
    assert marginal_benefit(Money(5), YUEYANG_BANDS, attrs.evolve(ROUNDING, mode=mode))[0] == Money(fen)


def test_a_fraction_is_shown_as_it_is() -> None:
    """The step of the rounding must show the exact sum: 30 % of 0.05 yuan is 3/2 of a fen."""
    assert marginal_benefit(Money(5), bands((None, 30)), ROUNDING)[1][-1].fact("exact_fen") == "15/10"


def test_a_whole_sum_is_shown_whole() -> None:
    """The step of the rounding must show a whole sum without a denominator."""
    assert marginal_benefit(Money(10), bands((None, 30)), ROUNDING)[1][-1].fact("exact_fen") == "3"


@pytest.mark.parametrize(("base", "shared"), [(0, False), (100, False), (101, True)])
def test_a_band_without_a_ratio_shares_nothing(base: int, shared: bool) -> None:  # noqa: FBT001  # the expected answer
    """A base within a band of 0 % must have no share, one fen above it must have one."""
    table = bands((1, 0), (None, 50))
    assert has_share(Money(base), table) == shared
