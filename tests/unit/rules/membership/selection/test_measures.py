"""Selection measures: each figure, each level, and each case in which there is none."""

import math
from decimal import Decimal
from fractions import Fraction

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mutualaid_core.domain.scheme.parts import Part
from mutualaid_core.rules.membership.selection.ages import age_mix, band_counts, mean_age, take_up
from mutualaid_core.rules.membership.selection.chance import chi_square, chi_square_above, drawn_at_least
from mutualaid_core.rules.membership.selection.claims import claim_lift
from mutualaid_core.rules.membership.selection.measure import ASSUMED, Level
from mutualaid_core.rules.membership.selection.persons import Group, Worker
from mutualaid_core.rules.membership.selection.riders import riders_alone

MAIN = Part(part_id="main", name="主险", source="SN-2.2.3a")
RIDER = Part(part_id="rider", name="副险", needs=("main",), source="SN-2.2.3a")


def group(*workers: Worker, was_covered: bool = True) -> Group:
    """A group of workers."""
    return Group(name="U", unit_ids=("U",), was_covered=was_covered, workers=workers)


def workers(age: int, joiners: int, others: int) -> tuple[Worker, ...]:
    """Workers of one age."""
    return (Worker(age=age, joins=True),) * joiners + (Worker(age=age, joins=False),) * others


@settings(max_examples=50)
@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 30))
def test_chances_of_all_counts_add_up(population: int, marked: int, drawn: int) -> None:
    """Each chance must be the sum of the ways; of at least none 1, of more than there are 0."""
    marked, drawn = min(marked, population), min(drawn, population)
    whole = math.comb(population, drawn)
    ways = [math.comb(marked, k) * math.comb(population - marked, drawn - k) for k in range(drawn + 1)]
    chances = [
        drawn_at_least(found, population=population, marked=marked, drawn=drawn)
        for found in range(min(marked, drawn) + 2)
    ]
    assert (chances[0], chances[-1]) == (Fraction(1), Fraction(0))
    assert chances == [Fraction(sum(ways[found:]), whole) for found in range(len(chances))]


@pytest.mark.parametrize(
    ("value", "degrees"),
    [("3.841459", 1), ("5.991465", 2), ("7.814728", 3), ("9.487729", 4), ("11.070498", 5)],
)
def test_chi_square_has_its_printed_bounds(value: str, degrees: int) -> None:
    """The bounds at 5 per cent of every printed table must have that chance."""
    assert float(chi_square_above(Fraction(value), degrees)) == pytest.approx(0.05, abs=1e-7)


@pytest.mark.parametrize("value", ["0.001", "0.5", "1.999", "2", "2.001", "9", "46.52", "700"])
def test_one_degree_is_the_error_function(value: str) -> None:
    """With one degree of freedom the chance must be that of the normal distribution, near and far."""
    found = chi_square_above(Fraction(value), 1)
    assert float(found) == pytest.approx(math.erfc(math.sqrt(float(value) / 2)), rel=1e-13)


@pytest.mark.parametrize(("low", "high"), [("1.99999999999999999999", "2.00000000000000000001")])
def test_both_ways_of_reckoning_meet(low: str, high: str) -> None:
    """Where one way of reckoning gives way to the other, both must give the same twenty digits."""
    below, above = (chi_square_above(Fraction(each), 1) for each in (low, high))
    assert 0 <= below - above < Decimal("1e-19")


@settings(max_examples=30)
@given(st.integers(0, 200), st.integers(1, 12))
def test_more_degrees_make_a_value_likelier(value: int, degrees: int) -> None:
    """The chance must lie between 0 and 1, and rise with the degrees of freedom."""
    fewer, more = chi_square_above(Fraction(value), degrees), chi_square_above(Fraction(value), degrees + 1)
    assert 0 <= fewer <= more <= 1


def test_chi_square_of_equal_shares_is_nothing() -> None:
    """Groups with the same shares must give 0, whose chance is 1."""
    found, degrees = chi_square(((2, 4), (3, 6)))
    assert (found, degrees) == (Fraction(0), 1)
    assert chi_square_above(found, degrees) == 1


def test_a_lift_needs_past_cover_joiners_and_claimants() -> None:
    """Without one of them there must be no lift, and the reason why."""
    some = (*workers(40, 5, 5), Worker(age=40, joins=True, claimed=True))
    assert claim_lift(group(*some, was_covered=False), ASSUMED).why == "no past cover"
    assert claim_lift(group(*workers(40, 5, 5)), ASSUMED).why == "no earlier claimants"
    alone = Worker(age=40, joins=False, claimed=True)
    missing = claim_lift(group(alone, *workers(40, 0, 5)), ASSUMED)
    assert (missing.value, missing.level, missing.why) == (None, Level.UNKNOWN, "no joiners")


def test_a_high_lift_that_may_be_chance_is_not_red() -> None:
    """One claimant among one joiner of two workers must be a lift of 2 with chance 1/2: yellow."""
    found = claim_lift(group(Worker(age=40, joins=True, claimed=True), *workers(40, 0, 1)), ASSUMED)
    assert (found.value, found.p, found.level) == (Fraction(2), Fraction(1, 2), Level.YELLOW)


def test_mean_age_without_joiners_or_others() -> None:
    """Without joiners there must be no figure; with joiners alone it must be 0 without a test."""
    assert mean_age(group(*workers(40, 0, 3)), ASSUMED).why == "no joiners"
    found = mean_age(group(*workers(40, 3, 0), *workers(25, 1, 0)), ASSUMED)
    assert (found.value, found.level, found.p) == (Fraction(0), Level.GREEN, None)
    assert found.part("non_joiners") is None


@pytest.mark.parametrize(("age", "level"), [(44, Level.GREEN), (45, Level.YELLOW), (49, Level.RED)])
def test_thresholds_are_passed_and_not_reached(age: int, level: Level) -> None:
    """Two years above the roster must be green, more than 2 yellow, more than 4 red."""
    assert mean_age(group(*workers(age, 1, 0), *workers(40, 0, 1)), ASSUMED).level is level


def test_bands_take_everybody_in() -> None:
    """Whoever is on the edge must be in the band that begins there, and empty bands be left out."""
    counts = band_counts((*workers(29, 1, 0), *workers(30, 0, 1), *workers(70, 1, 1)), ASSUMED.bands)
    assert [(count.from_age, count.roster, count.joiners) for count in counts] == [
        (0, 1, 1),
        (30, 1, 0),
        (50, 2, 1),
    ]
    late = tuple(attrs.evolve(band, from_age=band.from_age + 18) for band in ASSUMED.bands)
    assert band_counts(workers(16, 1, 0), late)[0].from_age == 18


def test_an_age_mix_needs_joiners_and_expected_claims() -> None:
    """Without joiners, and without expected claims, there must be no index."""
    assert age_mix(group(*workers(40, 0, 3)), ASSUMED).why == "no joiners"
    free = attrs.evolve(ASSUMED, bands=tuple(attrs.evolve(band, rate=Fraction(0)) for band in ASSUMED.bands))
    assert age_mix(group(*workers(40, 3, 0)), free).why == "no expected claims"


def test_stability_is_not_told_where_a_band_stays_away() -> None:
    """Where nobody of a band joins there must be no stability index, rather than an infinite one."""
    found = age_mix(group(*workers(55, 5, 0), *workers(25, 0, 5)), ASSUMED)
    assert found.part("stability") is None
    assert found.value == Fraction(45, 1) / Fraction(55, 2)
    assert found.level is Level.RED


def test_the_graver_of_index_and_stability_is_the_level() -> None:
    """Where the young join more, a low index must not hide that the shares differ."""
    found = age_mix(group(*workers(25, 9, 1), *workers(55, 1, 9)), ASSUMED)
    assert found.value is not None
    assert found.value < 1
    stability = found.part("stability")
    assert stability is not None
    assert float(stability) == pytest.approx(0.4 * math.log(1.8) - 0.4 * math.log(0.2))
    assert found.level is Level.RED


def test_take_up_needs_somebody_in_each_band() -> None:
    """Nobody of a band must give no figure, but the take-up of each band; nobody at all none."""
    found = take_up(group(*workers(55, 5, 0), *workers(25, 0, 5)), ASSUMED)
    assert (found.value, found.why, found.level) == (None, "nobody of a band joins", Level.RED)
    assert (found.part("0"), found.part("50")) == (Fraction(0), Fraction(1))
    nobody = take_up(group(*workers(55, 0, 5)), ASSUMED)
    assert (nobody.why, nobody.level, nobody.part("50")) == ("no joiners", Level.UNKNOWN, Fraction(0))
    assert take_up(group(), ASSUMED).why == "no workers"
    assert take_up(group(*workers(55, 4, 0), *workers(25, 1, 1)), ASSUMED).level is Level.GREEN


def test_riders_without_a_main_item() -> None:
    """One of 20 riders alone must be yellow, two red, and no riders no figure."""
    whole = Worker(age=40, joins=True, parts=("main", "rider"))
    alone = Worker(age=40, joins=True, parts=("rider",))
    main = Worker(age=40, joins=True, parts=("main",))
    parts = (MAIN, RIDER)
    assert riders_alone(group(main), parts, ASSUMED).why == "nobody holds a rider"
    one = riders_alone(group(main, alone, *(whole,) * 19), parts, ASSUMED)
    assert (one.value, one.level) == (Fraction(1, 20), Level.YELLOW)
    assert riders_alone(group(alone, alone, *(whole,) * 18), parts, ASSUMED).level is Level.RED
    assert riders_alone(group(whole), parts, ASSUMED).level is Level.GREEN
