"""Steps of a plan: what each kind gives, exactly, and how classes choose among them."""

import datetime

import attrs
import pytest

from mutualaid_core.domain.scheme.benefit import steps as terms
from mutualaid_core.domain.scheme.benefit.bands import Band, DayBand, SumBand
from mutualaid_core.domain.scheme.benefit.base import DayCount, DaysBase, EventBase
from mutualaid_core.domain.scheme.benefit.rounding import RoundingPlace, RoundingRule
from mutualaid_core.domain.scheme.benefit.terms import Basis, Benefit
from mutualaid_core.domain.scheme.facts import EventKind
from mutualaid_core.domain.values.money import Money, Rounding
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.rules.claims.benefit import benefit_line
from mutualaid_core.rules.claims.facts import EventFacts
from mutualaid_core.rules.claims.plan.compile import compile_benefit
from mutualaid_core.testing.samples import YUEYANG_2014, YUEYANG_BANDS, bands, yuan

SOURCE = "HN-4.4.2c"
COUNTS = frozenset({"stay_ordinal"})
DAYS = DaysBase(counted=DayCount.NIGHTS, first_payable_day=1, source=SOURCE)
PER_DAY = terms.PerDay(amount=yuan(80), source=SOURCE)


def half(ratio: str = "1/2") -> terms.Share:
    """A share, one half unless told."""
    numerator, denominator = ratio.split("/")
    return terms.Share(ratio=Ratio(int(numerator), int(denominator)), source=SOURCE)


def at_most(amount: int | str) -> terms.AtMost:
    """An upper bound in yuan."""
    return terms.AtMost(amount=yuan(amount), source=SOURCE)


def minimum(amount: int, *, up_to: int | None = None, beyond: bool = False) -> terms.MinimumPayment:
    """A minimum in yuan."""
    reach = None if up_to is None else yuan(up_to)
    return terms.MinimumPayment(amount=yuan(amount), base_up_to=reach, may_exceed_base=beyond, source=SOURCE)


def paying(*steps: terms.Step, **changes: object) -> Benefit:
    """A benefit of these steps that nothing else bounds."""
    free = {"steps": steps, "limits": (), "basis": Basis.FIXED, **changes}
    return attrs.evolve(YUEYANG_2014, **free)


def fen(benefit: Benefit, base: int, **facts: object) -> int:
    """What a benefit pays for a base in fen (or so many days)."""
    told = EventFacts(
        event=EventKind.INPATIENT_STAY,
        began=datetime.date(2014, 3, 1),
        ended=datetime.date(2014, 3, 1),
        amounts=dict.fromkeys(benefit.base.subtract, 0) | {"inscp_scp_amt": base}
        if hasattr(benefit.base, "subtract")
        else {},
        **{"counts": {"days": base}, **facts},
    )
    return benefit_line(compile_benefit(benefit, "benefits[0]", COUNTS), told, {}, {}).amount


def slabs(*rows: tuple[int | None, int]) -> terms.SlabBands:
    """A slab from upper edges in yuan and percentages."""
    return terms.SlabBands(bands=bands(*rows).bands, source=SOURCE)


@pytest.mark.parametrize(
    ("base", "paid"),
    [
        (0, 0),
        (500_000, 150_000),  # 5,000 x 30 %
        (500_001, 150_000),  # 0.35 of a fen more
        (1_000_000, 325_000),
        (2_000_000, 725_000),
        (3_000_000, 1_175_000),
        (5_610_000, 2_480_000),  # 11,750 + 26,100 x 50 %, the largest benefit of Chengbu 2014
    ],
)
def test_marginal_bands_pay_on_their_own_slice(base: int, paid: int) -> None:
    """Each part of the base must be paid at the ratio of its own band."""
    assert fen(paying(YUEYANG_BANDS), base) == paid


def test_what_lies_above_a_closed_last_band_pays_nothing() -> None:
    """A table with an upper end must pay nothing beyond it: 60 % of 100 for a base of 500."""
    assert fen(paying(bands((100, 60))), 50_000) == 6_000


def test_what_lies_below_the_first_band_pays_nothing() -> None:
    """800 of 5,000 lie below a first band of 30 %: 1,260 (Yunnan, 8th period)."""
    first = Band(above=yuan(800), up_to=yuan(10_000), ratio=Ratio(3, 10))
    step = terms.MarginalBands(bands=(first,), source=SOURCE)
    assert (fen(paying(step), 500_000), fen(paying(step), 80_000)) == (126_000, 0)


def test_a_band_pays_no_more_than_its_own_limit() -> None:
    """60 % of 5,000, limited to 2,000, and 50 % of 1,000 must be 2,500."""
    first = Band(above=Money(0), up_to=yuan(5_000), ratio=Ratio(3, 5), most=yuan(2_000))
    second = Band(above=yuan(5_000), up_to=None, ratio=Ratio(1, 2))
    step = terms.MarginalBands(bands=(first, second), source=SOURCE)
    assert (fen(paying(step), 600_000), fen(paying(step), 100_000)) == (250_000, 60_000)


@pytest.mark.parametrize(
    ("base", "paid"),
    [(0, 0), (500_000, 200_000), (500_001, 250_001), (2_000_000, 1_000_000), (2_000_001, 1_200_001)],
)
def test_a_slab_pays_the_whole_amount_at_the_ratio_of_its_band(base: int, paid: int) -> None:
    """An amount up to and including 5,000 pays 40 %, up to 20,000 50 % of all of it, above it 60 %."""
    assert fen(paying(slabs((5_000, 40), (20_000, 50), (None, 60))), base) == paid


def test_a_slab_that_begins_higher_pays_nothing_below() -> None:
    """What lies below the first band of a slab must pay nothing, and its band is limited."""
    only = Band(above=yuan(100), up_to=None, ratio=Ratio(1, 2), most=yuan(60))
    step = terms.SlabBands(bands=(only,), source=SOURCE)
    assert [fen(paying(step), base) for base in (10_000, 10_002, 20_000)] == [0, 5_001, 6_000]


@pytest.mark.parametrize(
    ("base", "paid"), [(3_000_000, 0), (3_000_001, 400_000), (5_000_000, 400_000), (5_000_001, 1_000_000)]
)
def test_a_fixed_sum_goes_by_the_band(base: int, paid: int) -> None:
    """Above 30,000 must give 4,000, above 50,000 must give 10,000, and 30,000 itself nothing."""
    sums = (
        SumBand(above=yuan(30_000), up_to=yuan(50_000), pays=yuan(4_000)),
        SumBand(above=yuan(50_000), up_to=None, pays=yuan(10_000)),
    )
    assert fen(paying(terms.SumBands(bands=sums, source=SOURCE)), base) == paid


def test_shares_of_shares_multiply_exactly() -> None:
    """A third of a seventh of 1,000 is 47.619047… yuan: rounded once to 47.62."""
    assert fen(paying(half("1/3"), half("1/7")), 100_000) == 4_762


def test_an_upper_bound_stands_where_it_stands() -> None:
    """At most 100 before one half gives 50, after it 100."""
    assert fen(paying(at_most(100), half()), 100_000) == 5_000
    assert fen(paying(half(), at_most(100)), 100_000) == 10_000


def test_an_upper_bound_after_a_third_is_exact() -> None:
    """A third of 0.10 yuan is 3.33 fen, below a bound of 4 and above a bound of 3."""
    assert fen(paying(half("1/3"), at_most("0.03")), 10) == 3
    assert fen(paying(half("1/3"), at_most("0.04")), 11) == 4


def test_the_order_of_a_deductible_and_a_share_matters() -> None:
    """(1,000 - 300) / 2 is 350; 1,000 / 2 - 300 is 200."""
    deductible = terms.Deductible(amount=yuan(300), source=SOURCE)
    assert fen(paying(deductible, half()), 100_000) == 35_000
    assert fen(paying(half(), deductible), 100_000) == 20_000


@pytest.mark.parametrize(("base", "paid"), [(0, 0), (20_000, 10_000), (60_000, 10_000), (60_001, 10_000)])
def test_a_minimum_raises_what_is_above_nothing(base: int, paid: int) -> None:
    """A sixth raised to 100 must be 100 from 200 to 600 yuan and nothing from nothing."""
    assert fen(paying(half("1/6"), minimum(100)), base) == paid


@pytest.mark.parametrize(
    ("base", "within", "beyond"),
    [
        (12_000, 5_000, 5_000),  # 30 % of 120, raised to the printed minimum of 50
        (2_000, 2_000, 5_000),  # 50 would be more than the member bore
        (1, 1, 5_000),  # 0.3 of a fen is above nothing
        (16_667, 5_000, 5_000),
        (16_670, 5_001, 5_001),
    ],
)
def test_a_minimum_keeps_to_the_base_unless_the_scheme_says_otherwise(
    base: int, within: int, beyond: int
) -> None:
    """A minimum of 50 must not exceed the base where it may not, and must where it may."""
    assert fen(paying(half("3/10"), minimum(50)), base) == within
    assert fen(paying(half("3/10"), minimum(50, beyond=True)), base) == beyond


@pytest.mark.parametrize(("base", "paid"), [(100_000, 5_000), (100_001, 1_000)])
def test_a_minimum_ends_with_its_base(base: int, paid: int) -> None:
    """A minimum for bases up to 1,000 must hold at 1,000 and no fen above."""
    assert fen(paying(half("1/100"), minimum(50, up_to=1_000)), base) == paid


def test_the_base_of_a_minimum_is_what_the_deductible_leaves() -> None:
    """Of 320 a deductible of 300 leaves 20: the minimum of 50 keeps to 20, and ends at 20."""
    deductible = terms.Deductible(amount=yuan(300), source=SOURCE)
    assert fen(paying(deductible, half(), minimum(50)), 32_000) == 2_000
    assert fen(paying(deductible, half(), minimum(50, up_to=19, beyond=True)), 32_000) == 1_000


def test_a_band_that_pays_nothing_brings_no_minimum() -> None:
    """A base of 120 in a band of 0 % must bring nothing, not the minimum."""
    assert fen(paying(bands((5_000, 0), (None, 50)), minimum(50)), 12_000) == 0


@pytest.mark.parametrize(("held", "paid"), [(1, 10_000), (3, 30_000), (4, 30_000), (99, 30_000)])
def test_surplus_shares_are_void(held: int, paid: int) -> None:
    """100 a share, at most three of which count."""
    step = terms.TimesShares(most=3, source=SOURCE)
    assert fen(paying(half(), step), 20_000, counts={"shares": held}) == paid


def test_one_share_is_held_where_nothing_is_said() -> None:
    """A claim that says nothing of shares must be paid for one."""
    assert fen(paying(terms.TimesShares(most=3, source=SOURCE)), 20_000, counts={}) == 20_000


DAY_TABLE = terms.DayTable(
    bands=(
        DayBand(first=1, last=10, most=5),
        DayBand(first=11, last=20, pays=7),
        DayBand(first=21, last=None, pays=10),
    ),
    source=SOURCE,
)


@pytest.mark.parametrize(
    ("days", "paid"), [(0, 0), (4, 4), (8, 5), (10, 5), (11, 7), (15, 7), (20, 7), (21, 10), (300, 10)]
)
def test_a_table_of_days_pays_by_band(days: int, paid: int) -> None:
    """Up to 10 days the actual days, at most 5; 11 to 20 days 7; above 10 (Zhangjiakou, 6th period)."""
    assert fen(paying(DAY_TABLE, PER_DAY, base=DAYS), days) == paid * 8_000


def test_actual_days_are_all_paid_where_no_number_is_said() -> None:
    """A band that pays the actual days without a most must pay all of them."""
    table = terms.DayTable(bands=(DayBand(first=1, last=None),), source=SOURCE)
    assert fen(paying(table, PER_DAY, base=DAYS), 42) == 42 * 8_000


def test_an_event_gives_its_sum() -> None:
    """An event must give the printed sum."""
    sums = terms.FixedSum(amount=yuan(15_000), source=SOURCE)
    assert fen(paying(sums, base=EventBase(source=SOURCE)), 0) == 1_500_000


def by(fact: str, *choices: terms.Choice) -> terms.ByClass:
    """A choice by a fact."""
    return terms.ByClass(fact=fact, choices=choices, source=SOURCE)


LEVELS = by(
    "hosp_lv",
    terms.Choice(one_of=("1", "2"), step=half("1/3")),
    terms.Choice(one_of=("3",), step=half("1/4")),
    terms.Choice(step=terms.Deductible(amount=yuan(10), source=SOURCE)),
)


@pytest.mark.parametrize(("level", "paid"), [("1", 33), ("2", 33), ("3", 25), ("9", 0)])
def test_a_class_chooses_its_step(level: str, paid: int) -> None:
    """A third for levels 1 and 2, a quarter for level 3, less 10 yuan for the rest: each exact."""
    assert fen(paying(LEVELS), 100, codes={"hosp_lv": level}) == paid


def test_classes_of_unlike_denominators_go_on_alike() -> None:
    """Half of what each class gives must be a sixth, an eighth, and half of what is above 10 yuan."""
    paid = [fen(paying(LEVELS, half()), 2_400, codes={"hosp_lv": level}) for level in ("1", "3", "9")]
    assert paid == [400, 300, 700]


@pytest.mark.parametrize(
    "step",
    [
        bands((None, 50)),
        slabs((None, 50)),
        terms.SumBands(bands=(SumBand(above=Money(0), up_to=None, pays=Money(500)),), source=SOURCE),
        at_most(5),
        minimum(10, beyond=True),
        terms.TimesShares(most=9, source=SOURCE),
    ],
    ids=lambda step: type(step).__name__,
)
def test_every_step_can_stand_beside_a_third(step: terms.PlainStep) -> None:
    """A step chosen beside one of another denominator must give what it gives alone."""
    beside = by("hosp_lv", terms.Choice(one_of=("1",), step=half("1/3")), terms.Choice(step=step))
    alone = fen(paying(step), 1_000, codes={"hosp_lv": "9"})
    assert fen(paying(beside), 1_000, codes={"hosp_lv": "9"}) == alone > 0


@pytest.mark.parametrize(("ordinal", "left"), [(1, 20_000), (2, 60_000), (3, 80_000), (9, 80_000)])
def test_a_count_chooses_by_its_range(ordinal: int, left: int) -> None:
    """The deductible falls from 800 to 400 with the second stay and to 200 from the third."""
    choices = (
        terms.Choice(least=1, most=1, step=terms.Deductible(amount=yuan(800), source=SOURCE)),
        terms.Choice(least=2, most=2, step=terms.Deductible(amount=yuan(400), source=SOURCE)),
        terms.Choice(least=3, step=terms.Deductible(amount=yuan(200), source=SOURCE)),
    )
    paid = fen(paying(by("stay_ordinal", *choices)), 100_000, counts={"stay_ordinal": ordinal})
    assert paid == left


def test_a_range_may_leave_the_rest_to_a_last_choice() -> None:
    """Numbers that no range takes must go to the choice of the rest."""
    choices = (
        terms.Choice(most=1, step=half()),
        terms.Choice(step=half("1/4")),
    )
    paid = [
        fen(paying(by("stay_ordinal", *choices)), 100, counts={"stay_ordinal": number})
        for number in (0, 1, 2)
    ]
    assert paid == [50, 50, 25]


def test_a_word_without_a_class_is_refused() -> None:
    """A word that no choice takes must be refused with its fact and the word."""
    choices = by("hosp_lv", terms.Choice(one_of=("1",), step=half()))
    told = r"^hosp_lv must be of a class that the scheme names, got '3'$"
    with pytest.raises(InvalidValueError, match=told):
        fen(paying(choices), 100, codes={"hosp_lv": "3"})


def test_a_diagnosis_without_a_class_is_not_quoted() -> None:
    """A refusal must not quote a diagnosis."""
    choices = by("dise_code", terms.Choice(one_of=("C50",), step=half()))
    with pytest.raises(InvalidValueError) as refused:
        fen(paying(choices), 100, codes={"dise_code": "B20.1"})
    assert str(refused.value) == "dise_code must be of a class that the scheme names, got '5 characters'"


def test_a_number_without_a_class_is_refused() -> None:
    """A number that no range takes must be refused."""
    choices = by("stay_ordinal", terms.Choice(least=1, most=2, step=half()))
    with pytest.raises(
        InvalidValueError, match=r"^stay_ordinal must be of a class that the scheme names, got 3$"
    ):
        fen(paying(choices), 100, counts={"stay_ordinal": 3})


def rounding(
    place: RoundingPlace = RoundingPlace.END_OF_BENEFIT,
    mode: Rounding = Rounding.HALF_UP,
    unit: int = 1,
) -> RoundingRule:
    """A rounding, to the fen half up at the end unless told."""
    return RoundingRule(mode=mode, place=place, unit=Money(unit), source=SOURCE)


@pytest.mark.parametrize(
    ("mode", "paid"),
    [
        (Rounding.HALF_UP, [2, 2, 3]),
        (Rounding.HALF_EVEN, [2, 2, 2]),
        (Rounding.DOWN, [1, 1, 2]),
        (Rounding.UP, [2, 2, 3]),
    ],
)
def test_the_scheme_chooses_the_rounding(mode: Rounding, paid: list[int]) -> None:
    """Half of 3, and 4 after thirds, and half of 5 fen, in each mode."""
    halved = paying(half(), rounding=rounding(mode=mode))
    thirds = paying(half("5/12"), rounding=rounding(mode=mode))
    assert [fen(halved, 3), fen(thirds, 4), fen(halved, 5)] == paid


def test_a_scheme_may_round_to_whole_yuan() -> None:
    """30 % of 1,235 yuan is 370.50: 371 to the yuan half up, 370 down."""
    up = paying(half("3/10"), rounding=rounding(unit=100))
    down = paying(half("3/10"), rounding=rounding(unit=100, mode=Rounding.DOWN))
    assert (fen(up, 123_500), fen(down, 123_500)) == (37_100, 37_000)


THIRDS = terms.MarginalBands(
    bands=(
        Band(above=Money(0), up_to=Money(2), ratio=Ratio(1, 3)),
        Band(above=Money(2), up_to=None, ratio=Ratio(1, 4)),
    ),
    source=SOURCE,
)


def test_shares_are_added_before_they_are_rounded() -> None:
    """2/3 of a fen and 3/4 of a fen must be 17/12, rounded once to 1 fen, not to 1 + 1."""
    assert fen(paying(THIRDS), 5) == 1


def test_bands_are_rounded_each_where_the_scheme_says_so() -> None:
    """2/3 of a fen and 3/4 of a fen must be 1 + 1 where each band is rounded."""
    assert fen(paying(THIRDS, rounding=rounding(RoundingPlace.EACH_BAND)), 5) == 2


def test_steps_are_rounded_each_where_the_scheme_says_so() -> None:
    """Half of 3 fen is 2, half of that 1; rounded once it is 0.75, which is 1; of 5 it is 2 and 1."""
    each = paying(half(), half(), rounding=rounding(RoundingPlace.EACH_STEP))
    once = paying(half(), half())
    assert [fen(each, 5), fen(once, 5), fen(each, 3), fen(once, 3)] == [2, 1, 1, 1]


def test_steps_are_rounded_each_to_the_unit_of_the_scheme() -> None:
    """Of 1,000.40 two deductibles of 0.30 leave 1,000 and 1,000 again, each to the yuan; half is 500."""
    cents = terms.Deductible(amount=yuan("0.30"), source=SOURCE)
    each = paying(cents, cents, half(), rounding=rounding(RoundingPlace.EACH_STEP, unit=100))
    assert fen(each, 100_040) == 50_000


def test_the_payable_base_comes_before_the_roundings_between_steps() -> None:
    """Of 320.40 two deductibles leave 20 and 19.80 before rounding: a minimum within it is 19.80, or 20."""
    deductibles = (
        terms.Deductible(amount=yuan(300), source=SOURCE),
        terms.Deductible(amount=yuan("0.20"), source=SOURCE),
    )
    each = paying(
        *deductibles, half("1/10"), minimum(50), rounding=rounding(RoundingPlace.EACH_STEP, unit=100)
    )
    assert fen(each, 32_040) == 2_000


def test_days_in_yuan_are_rounded_after_they_are_paid() -> None:
    """3 days of 80.50 are 241.50, to the yuan 242; rounding must not move the place of the sum per day."""
    table = terms.DayTable(bands=(DayBand(first=1, last=None),), source=SOURCE)
    odd = terms.PerDay(amount=yuan("80.50"), source=SOURCE)
    each = paying(table, odd, half(), base=DAYS, rounding=rounding(RoundingPlace.EACH_STEP, unit=100))
    assert fen(each, 3) == 12_100


def test_a_minimum_raises_a_single_fen() -> None:
    """One fen that is paid in full must be raised too."""
    assert fen(paying(half("1/1"), minimum(50, beyond=True)), 1) == 5_000


def test_a_table_of_days_begins_with_the_first_day() -> None:
    """A stay of one day must be paid what the first band says, and a stay of none nothing."""
    table = terms.DayTable(bands=(DayBand(first=1, last=None, pays=3),), source=SOURCE)
    assert [fen(paying(table, PER_DAY, base=DAYS), days) for days in (0, 1)] == [0, 24_000]
