"""Indicators of membership with the figures of the clause map: selection, coverage, pool size."""

import datetime
from decimal import Decimal
from fractions import Fraction

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.scheme.eligibility import Employment
from mutualaid_core.domain.scheme.parts import Part
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.rules.membership.coverage.cells import HeadCount, cell_coverage, employment_coverage
from mutualaid_core.rules.membership.coverage.pool_size import (
    BURDEN_10_AT_90,
    FREQUENCY_5_AT_90,
    pool_credibility,
)
from mutualaid_core.rules.membership.coverage.rate import participation_rate, rate, renewal_rate, trend
from mutualaid_core.rules.membership.coverage.region import (
    Workforce,
    implied_workforce,
    programme_target,
    rate_target,
    region_coverage,
)
from mutualaid_core.rules.membership.selection.ages import age_mix, mean_age, take_up
from mutualaid_core.rules.membership.selection.claims import claim_lift
from mutualaid_core.rules.membership.selection.judgement import selection_finding
from mutualaid_core.rules.membership.selection.measure import ASSUMED, Level
from mutualaid_core.rules.membership.selection.persons import Group, Worker
from mutualaid_core.rules.membership.selection.riders import riders_alone

# Age, workers on the roster, joiners, earlier claimants among joiners and among the others.
ROSTER = ((25, 40, 10, 0, 0), (35, 50, 18, 0, 0), (45, 60, 27, 0, 1), (55, 50, 45, 11, 0))
MAIN = Part(part_id="main", name="主险", source="SN-2.2.3a")
RIDER = Part(part_id="rider", name="副险", needs=("main",), source="SN-2.2.3a")
FREQUENCY = Fraction(825, 40363)


@pytest.fixture
def unit() -> Group:
    """The roster of 200 with 100 joiners, 12 earlier claimants and 11 of them joining."""
    workers = tuple(
        Worker(
            age=age,
            joins=number < joiners,
            claimed=number < claimed if number < joiners else number - joiners < others,
        )
        for age, whole, joiners, claimed, others in ROSTER
        for number in range(whole)
    )
    return Group(name="U", unit_ids=("U",), was_covered=True, workers=workers)


@pytest.mark.clause("SN-2.2.2b")
def test_earlier_claimants_join_more_often(unit: Group) -> None:
    """11 of 12 claimants among 100 of 200 must be a lift of 11/6 with p = 0.0024909, and red."""
    found = claim_lift(unit, ASSUMED)
    assert found.value == Fraction(11, 6)
    assert found.p is not None
    assert f"{float(found.p):.7f}" == "0.0024909"
    assert f"{float(found.p):.10f}" == "0.0024908586"
    assert found.level is Level.RED


@pytest.mark.clause("SN-2.2.2b")
def test_joiners_are_older_than_the_roster(unit: Group) -> None:
    """Means must be 45.7, 41.0 and 36.3, so 4.7 years more; chi-square 46.52 with p = 4.4e-10."""
    found = mean_age(unit, ASSUMED)
    assert found.value == Fraction("4.7")
    assert [found.part(name) for name in ("joiners", "roster", "non_joiners")] == [
        Fraction("45.7"),
        Fraction("41"),
        Fraction("36.3"),
    ]
    square = found.part("chi_square")
    assert square is not None
    assert (f"{float(square):.2f}", found.part("degrees")) == ("46.52", Fraction(3))
    assert found.p is not None
    assert f"{float(found.p):.1e}" == "4.4e-10"
    assert found.level is Level.RED


@pytest.mark.clause("SN-2.2.2b")
def test_the_ages_of_joiners_expect_more_claims(unit: Group) -> None:
    """The index must be 0.03070/0.02450 = 1.25306, the stability index 0.21303; both are red."""
    found = age_mix(unit, ASSUMED)
    assert found.value == Fraction("0.03070") / Fraction("0.02450")
    assert f"{float(found.value):.5f}" == "1.25306"
    stability = found.part("stability")
    assert stability is not None
    assert f"{stability:.5f}" == "0.21303"
    assert found.level is Level.RED


@pytest.mark.clause("SN-2.2.2b")
def test_take_up_rises_with_age(unit: Group) -> None:
    """Take-up by band must be 25, 36, 45 and 90 %, the highest 3.6 times the lowest."""
    found = take_up(unit, ASSUMED)
    assert [share for _, share in found.parts] == [Fraction(each, 100) for each in (25, 36, 45, 90)]
    assert (found.value, found.level) == (Fraction("3.6"), Level.RED)


@pytest.mark.clause("SN-2.2.2b")
def test_the_unit_is_a_finding_and_no_refusal(unit: Group) -> None:
    """All of it together must be red, and a matter for talk: a flag, never a refusal."""
    found = selection_finding(unit, (), ASSUMED)
    assert (found.level, found.outcome) == (Level.RED, Outcome.FLAG)


@pytest.mark.clause("SN-2.2.2a")
@pytest.mark.clause("SN-2.2.2b")
def test_fifty_of_two_hundred_hold_the_rider_alone(unit: Group) -> None:
    """200 with the rider of whom 150 hold the main item must be 25.0 %, which is red."""
    workers = tuple(
        attrs.evolve(worker, parts=("main", "rider") if number < 150 else ("rider",))
        for number, worker in enumerate(unit.workers)
    )
    found = riders_alone(attrs.evolve(unit, workers=workers), (MAIN, RIDER), ASSUMED)
    assert (found.value, found.level) == (Fraction(1, 4), Level.RED)


@pytest.mark.clause("SN-2.1.2")
def test_a_printed_rate_implies_the_workforce() -> None:
    """1,260,000 at 14.4 % must be 8,750,000 workers, from 8,719,724 to 8,780,487 by the rounding."""
    found = implied_workforce(1_260_000, Ratio(144, 1_000), decimals=1)
    assert found is not None
    assert (found.workers, found.low, found.high) == (Fraction(8_750_000), 8_719_724, 8_780_487)


@pytest.mark.clause("SN-2.1.2")
def test_coverage_without_a_denominator_is_not_a_number() -> None:
    """Without a count of the workers coverage must be n/a; with one 14.4 % and its source."""
    assert region_coverage(1_260_000, None).rate.shown() == "n/a"
    workforce = Workforce(workers=8_750_000, counted_on=datetime.date(2020, 12, 31), source="SN-2.1.2")
    found = region_coverage(1_260_000, workforce)
    assert (found.rate.shown(1), found.workforce) == ("14.4 %", workforce)


@pytest.mark.clause("SN-2.1.3")
def test_a_target_of_twenty_per_cent_is_490_000_away() -> None:
    """20 % of 8,750,000 must be 1,750,000, the gap 490,000, and 2.69 years at 13 % a year."""
    found = rate_target(1_260_000, 8_750_000, Ratio(20, 100), Fraction(13, 100))
    assert (found.target, found.gap) == (1_750_000, 490_000)
    assert f"{found.years:.2f}" == "2.69"


@pytest.mark.clause("SN-2.2.3b")
def test_persons_by_schemes() -> None:
    """100 workers by 3 schemes with 240 of 300 cells must be 80.0 %, beside 95 % and 60 %."""
    schemes = frozenset("ABC")
    two, one, none = frozenset("AB"), frozenset("A"), frozenset("")
    held = [*[schemes] * 60, *[two] * 25, *[one] * 10, *[none] * 5]
    found = cell_coverage(held, schemes)
    assert (found.cells.count, found.cells.of, found.cells.shown(1)) == (240, 300, "80.0 %")
    assert (found.persons.shown(1), found.all_schemes.shown(1)) == ("95.0 %", "60.0 %")


@pytest.mark.clause("HN-3.1.1")
def test_coverage_by_employment_comes_from_sums() -> None:
    """85, 40 and 5 % must be shown with head counts; overall 1,785 of 2,300 and not the mean 43.33 %."""
    found = employment_coverage(
        {
            Employment.REGULAR: HeadCount(enrolled=1_700, eligible=2_000),
            Employment.DISPATCHED: HeadCount(enrolled=80, eligible=200),
            Employment.FLEXIBLE: HeadCount(enrolled=5, eligible=100),
        }
    )
    assert [(form, each.shown(1), each.count, each.of) for form, each in found.rows] == [
        (Employment.REGULAR, "85.0 %", 1_700, 2_000),
        (Employment.DISPATCHED, "40.0 %", 80, 200),
        (Employment.FLEXIBLE, "5.0 %", 5, 100),
    ]
    assert (found.overall.count, found.overall.of, found.overall.shown()) == (1_785, 2_300, "77.61 %")


@pytest.mark.clause("HN-4.1.3")
def test_the_first_period_aims_at_a_million() -> None:
    """713,010 of 1,000,000 must be 71.3 %, with a gap of 286,990."""
    found = programme_target(713_010, 1_000_000)
    assert (found.reached.shown(1), found.gap) == ("71.3 %", 286_990)


@pytest.mark.clause("ACFTU-2.2")
def test_participation_is_of_the_eligible() -> None:
    """80 of 100 eligible must be 80.00 %."""
    assert participation_rate(80, 100).shown() == "80.00 %"


@pytest.mark.clause("GD-1.3f")
def test_the_trend_is_told_in_points() -> None:
    """From 14.4 % to 15.1 % must be 0.7 points more."""
    assert trend((rate(144, 1_000), rate(151, 1_000))) == (Fraction("0.7"),)


@pytest.mark.clause("GD-2.2b")
def test_renewal_counts_the_same_persons() -> None:
    """8,600 of 10,000 persons of the year before must be 86.0 %, whoever else joined."""
    before = frozenset(f"M{number}" for number in range(10_000))
    after = frozenset(f"M{number}" for number in range(1_400, 12_000))
    assert renewal_rate(before, after, before).shown(1) == "86.0 %"


@pytest.mark.clause("ACFTU-2.1b")
def test_a_pool_of_500_is_too_small() -> None:
    """500 lives at 2.04395 % must expect 10.22 claims with Z = 0.0972 and be flagged."""
    found = pool_credibility(500, FREQUENCY, FREQUENCY_5_AT_90)
    assert f"{float(found.expected_claims):.4f}" == "10.2198"
    assert f"{float(found.full_claims):.2f}" == "1082.22"
    assert (f"{found.z:.4f}", found.outcome) == ("0.0972", Outcome.FLAG)
    assert pool_credibility(1_000_000, FREQUENCY, FREQUENCY_5_AT_90).z == 1


@pytest.mark.clause("GD-R.2a")
def test_a_burden_needs_66_185_lives() -> None:
    """At a severity of coefficient 2, 10 % at 90 % must need 1,352.8 claims, which 66,185 lives give."""
    found = pool_credibility(66_185, FREQUENCY, BURDEN_10_AT_90)
    assert f"{float(found.full_claims):.1f}" == "1352.8"
    assert (found.z, found.outcome) == (Decimal(1), Outcome.PASS)
    assert pool_credibility(66_184, FREQUENCY, BURDEN_10_AT_90).outcome is Outcome.FLAG
