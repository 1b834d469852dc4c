"""Coverage indicators: exact rates, ranges of printed rates, targets, cells, pool sizes."""

import datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.scheme.eligibility import Employment
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.rules.membership.coverage.cells import HeadCount, cell_coverage, employment_coverage
from mutualaid_core.rules.membership.coverage.pool_size import (
    BURDEN_10_AT_90,
    FREQUENCY_5_AT_90,
    pool_credibility,
)
from mutualaid_core.rules.membership.coverage.rate import (
    Rate,
    participation_rate,
    percent,
    rate,
    renewal_rate,
    trend,
)
from mutualaid_core.rules.membership.coverage.region import (
    Workforce,
    implied_workforce,
    programme_target,
    rate_target,
    region_coverage,
)

FREQUENCY = Fraction(825, 40363)


@pytest.mark.parametrize(("of", "why"), [(None, "denominator missing"), (0, "denominator 0")])
def test_no_denominator_gives_no_rate(of: int | None, why: str) -> None:
    """A missing denominator and one of 0 must give a reason, and neither 0 nor a number."""
    found = rate(5, of)
    assert (found.value, found.shown(), found.why) == (None, "n/a", why)


def test_a_rate_is_exact_and_shown_rounded() -> None:
    """Two of three must be 2/3 and be shown as 66.67 %."""
    found = participation_rate(2, 3)
    assert (found.value, found.shown(), found.shown(1)) == (Fraction(2, 3), "66.67 %", "66.7 %")


@pytest.mark.parametrize(
    ("value", "text"),
    [(Fraction(0), "0.00"), (Fraction(1, 800), "0.13"), (Fraction(1), "100.00"), (Fraction(3, 2), "150.00")],
)
def test_per_cent_is_rounded_half_up(value: Fraction, text: str) -> None:
    """An eighth of a per cent must be 0.13."""
    assert percent(value, 2) == text


def test_a_trend_skips_what_is_missing() -> None:
    """Between rates of which one is missing there must be no change."""
    assert trend((rate(144, 1_000), rate(151, 1_000), rate(1, None))) == (Fraction(7, 10), None)
    assert trend((rate(1, 2),)) == ()


def test_renewal_leaves_out_who_could_not_renew() -> None:
    """Of four persons one retired; two of the other three renewed, and a new one is not counted."""
    found = renewal_rate(frozenset("abcd"), frozenset("abx"), frozenset("abcx"))
    assert (found.count, found.of) == (2, 3)


def test_a_region_without_count_has_no_coverage() -> None:
    """Without a workforce the coverage must be n/a; with one it must name day and source."""
    assert region_coverage(1_260_000, None).rate.shown() == "n/a"
    workforce = Workforce(workers=8_750_000, counted_on=datetime.date(2020, 12, 31), source="SN-2.1.2")
    found = region_coverage(1_260_000, workforce)
    assert (found.rate.shown(1), found.workforce) == ("14.4 %", workforce)


@settings(max_examples=100)
@given(st.integers(1, 10**7), st.integers(1, 1_000))
def test_the_implied_range_is_that_of_the_rounding(insured: int, printed: int) -> None:
    """Both ends must round to the printed rate, and one beyond each end must not."""
    found = implied_workforce(insured, Ratio(printed, 1_000), decimals=1)
    assert found is not None
    if found.low > found.high:
        return  # no whole number of workers gives that rate

    def shown(workers: int) -> int:
        return int(Fraction(insured * 1_000, workers) + Fraction(1, 2))

    assert shown(found.low) == printed
    assert found.low == 1 or shown(found.low - 1) > printed
    # At the lower edge of the rate, which still rounds up, the number of workers is the highest.
    assert shown(found.high) == printed
    assert shown(found.high + 1) < printed


def test_a_rate_that_rounds_to_nothing_implies_nothing() -> None:
    """0.0 % must imply no number of workers."""
    assert implied_workforce(5, Ratio(0, 1_000), decimals=1) is None


def test_targets_know_the_way_or_say_nothing() -> None:
    """A reached target must take 0 years, and one without growth must have no years."""
    assert programme_target(10, 10, None).years == 0
    assert (programme_target(12, 10).gap, programme_target(12, 10).reached.shown()) == (0, "120.00 %")
    assert programme_target(5, 10).years is None
    assert programme_target(5, 10, Fraction(0)).years is None
    assert programme_target(0, 10, Fraction(1, 10)).years is None
    assert programme_target(5, 10, Fraction(1)).years == 1


def test_a_target_rate_is_in_whole_persons() -> None:
    """A third of 100 workers must be 34 persons."""
    assert rate_target(10, 100, Ratio(1, 3)).target == 34


def test_cells_without_persons_have_no_rate() -> None:
    """Without workers or schemes there must be no rate; schemes that are not asked for do not count."""
    assert cell_coverage((), frozenset("A")).cells.value is None
    found = cell_coverage((frozenset("AX"), frozenset("X")), frozenset("AB"))
    assert (found.cells, found.persons, found.all_schemes) == (
        Rate(count=1, of=4),
        Rate(count=1, of=2),
        Rate(count=0, of=2),
    )


def test_forms_of_employment_are_added_up() -> None:
    """The overall rate must come from the sums, and a form that is not told must have no row."""
    found = employment_coverage(
        {
            Employment.FLEXIBLE: HeadCount(enrolled=0, eligible=0),
            Employment.REGULAR: HeadCount(enrolled=9, eligible=10),
        }
    )
    assert [(form, each.shown()) for form, each in found.rows] == [
        (Employment.REGULAR, "90.00 %"),
        (Employment.FLEXIBLE, "n/a"),
    ]
    assert found.overall.shown() == "90.00 %"


def test_full_credibility_is_not_exceeded() -> None:
    """A million lives must be fully credible and pass; without a frequency nothing is credible."""
    full = pool_credibility(1_000_000, FREQUENCY, FREQUENCY_5_AT_90)
    assert (full.z, full.outcome) == (Decimal(1), Outcome.PASS)
    none = pool_credibility(1_000_000, Fraction(0), FREQUENCY_5_AT_90)
    assert (none.z, none.full_lives, none.outcome) == (Decimal(0), None, Outcome.FLAG)


def test_a_burden_needs_more_claims_than_a_frequency() -> None:
    """At a severity of coefficient 2, 10 per cent at 90 per cent must need 1,352.77 claims."""
    found = pool_credibility(1, FREQUENCY, BURDEN_10_AT_90)
    assert f"{float(found.full_claims):.2f}" == "1352.77"
    assert found.full_lives is not None
    assert f"{float(found.full_lives):.1f}" == "66184.2"
