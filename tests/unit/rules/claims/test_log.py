"""Log: what is noted of each step of a computation, complete enough to be computed again."""

import datetime
from typing import Any

import attrs
import pytest

from mutualaid_core.domain.claims.trace import Rule, TraceStep
from mutualaid_core.domain.scheme.benefit.bands import Band, DayBand, SumBand
from mutualaid_core.domain.scheme.benefit.base import DayCount, DaysBase, EventBase
from mutualaid_core.domain.scheme.benefit.limits import AmountLimit, DaysLimit, Excess, PaymentsLimit, Per
from mutualaid_core.domain.scheme.benefit.rounding import RoundingPlace, RoundingRule
from mutualaid_core.domain.scheme.benefit.steps import (
    AtMost,
    ByClass,
    Choice,
    DayTable,
    FixedSum,
    MarginalBands,
    MinimumPayment,
    PerDay,
    Share,
    SlabBands,
    SumBands,
    TimesShares,
)
from mutualaid_core.domain.scheme.benefit.terms import Accumulation, Basis, Benefit, Over
from mutualaid_core.domain.scheme.benefit.waiting import Waiting, WaitingGrade
from mutualaid_core.domain.scheme.facts import EventKind
from mutualaid_core.domain.values.money import Money, Rounding, parse_yuan
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.rules.claims.benefit import benefit_line
from mutualaid_core.rules.claims.facts import EventFacts
from mutualaid_core.rules.claims.plan.compile import compile_benefit
from mutualaid_core.rules.claims.working.log import Log
from mutualaid_core.testing.samples import YUEYANG_2014, yuan

COUNTS = frozenset({"age", "stay_ordinal", "degree", "days", "shares"})
SOURCE = "HN-4.4.2c"
STAY = EventFacts(
    event=EventKind.INPATIENT_STAY,
    began=datetime.date(2014, 3, 1),
    ended=datetime.date(2014, 3, 10),
    amounts={"inscp_scp_amt": 1_000_000},
    counts={"shares": 3, "cover_day": 20, "age": 41},
    codes={"hosp_lv": "3", "dise_code": "C50.900", "insutype": "310"},
)
DAYS = DaysBase(counted=DayCount.NIGHTS, first_payable_day=4, source=SOURCE)
BY_DAY = attrs.evolve(
    YUEYANG_2014,
    basis=Basis.FIXED,
    base=DAYS,
    steps=(PerDay(amount=yuan(50), source=SOURCE),),
    limits=(),
)
AT_ONCE = attrs.evolve(
    BY_DAY, base=EventBase(source=SOURCE), steps=(FixedSum(amount=yuan(500), source=SOURCE),)
)


def plain(*steps: Any, **changes: Any) -> Benefit:  # noqa: ANN401  # any step, any field of a benefit
    """A benefit on what is in scope, with these steps and no limits."""
    base = attrs.evolve(YUEYANG_2014.base, subtract=())
    return attrs.evolve(YUEYANG_2014, base=base, steps=steps, limits=(), **changes)


def noted(benefit: Benefit, used: dict[str, int] | None = None, **facts: Any) -> dict[Rule, TraceStep]:  # noqa: ANN401
    """The last step of each rule that is noted for the stay under *benefit*."""
    log, paid = Log(), facts.pop("paid", {})
    plan = compile_benefit(benefit, "benefits[0]", COUNTS)
    benefit_line(plan, attrs.evolve(STAY, **facts), used or {}, paid, log)
    return {step.rule: step for step in log.steps}


@pytest.mark.parametrize(
    ("benefit", "facts"),
    [
        # 9 nights, of which the first three are the member's own.
        (
            BY_DAY,
            (("stay_days", "9"), ("counted", "nights"), ("first_payable_day", "4"), ("days", "6")),
        ),
        # Stays that are added up leave out the first days once, after the sum.
        (
            attrs.evolve(BY_DAY, accumulate=Accumulation(over=Over.PERIOD, source=SOURCE)),
            (("stay_days", "9"), ("counted", "nights")),
        ),
    ],
)
def test_days_are_noted(benefit: Benefit, facts: tuple[tuple[str, str], ...]) -> None:
    """The days of the stay and those that count must be noted, with how they are counted."""
    assert noted(benefit)[Rule.DAYS].facts == facts


def test_days_that_the_claim_tells_are_noted_as_told() -> None:
    """Days that the claim itself tells must not be said to be counted."""
    step = noted(BY_DAY, counts={"days": 5})[Rule.DAYS]
    assert (step.fact("counted"), step.fact("days")) == ("as_told", "2")


def test_an_event_is_noted() -> None:
    """An event must be noted as once, and its sum without an amount that came in."""
    steps = noted(AT_ONCE)
    assert steps[Rule.EVENT].facts == (("times", "1"),)
    assert (steps[Rule.FIXED_SUM].before, steps[Rule.FIXED_SUM].after) == (None, yuan(500))


def test_bases_that_are_added_up_are_noted() -> None:
    """What earlier claims brought and came to must be noted, and the days that count of all."""
    over = attrs.evolve(BY_DAY, accumulate=Accumulation(over=Over.PERIOD, source=SOURCE))
    # 5 earlier days, of which 2 counted for 100.00; 14 less 3 are 11 days, 550.00 less 100.00.
    steps = noted(over, {"base/inpatient/period": 5, "result/inpatient/period": 10_000})
    assert dict(steps[Rule.ACCUMULATION].facts) == {
        "over": "period",
        "base": "9",
        "earlier": "5",
        "sum": "14",
        "unit": "days",
        "first_payable_day": "4",
        "days": "11",
    }
    less = steps[Rule.LESS_EARLIER]
    assert (less.before, less.amount("earlier"), less.after) == (yuan(550), yuan(100), yuan(450))


def test_money_that_is_added_up_names_no_days() -> None:
    """Bases in money must be noted without a first day."""
    over = plain(
        Share(ratio=Ratio(1, 2), source=SOURCE), accumulate=Accumulation(over=Over.PERIOD, source=SOURCE)
    )
    assert noted(over)[Rule.ACCUMULATION].facts[-1] == ("unit", "money")


@pytest.mark.parametrize(
    ("by_share", "facts", "after"),
    [
        (False, {"cover_day": "20", "through_day": "30", "times_shares": "no"}, "100"),
        (True, {"cover_day": "20", "through_day": "30", "times_shares": "yes", "shares": "3"}, "300"),
    ],
)
def test_the_waiting_period_is_noted(*, by_share: bool, facts: dict[str, str], after: str) -> None:
    """The day, the end of the grade and the shares must be noted beside the sum that is paid."""
    grade = WaitingGrade(through_day=30, pays=yuan(100), times_shares=by_share)
    step = noted(
        plain(AtMost(amount=yuan(9), source=SOURCE), waiting=Waiting(grades=(grade,), source=SOURCE))
    )
    found = step[Rule.WAITING]
    assert (dict(found.facts), found.after) == (facts, parse_yuan(after))


def table(*edges: int | None, above: int = 0) -> MarginalBands:
    """Half of each band up to edges in yuan."""
    lowers = (above, *(edge for edge in edges if edge is not None))
    uppers = [None if edge is None else yuan(edge) for edge in edges]
    pairs = zip(lowers, uppers, strict=False)
    bands = tuple(Band(above=yuan(low), up_to=up, ratio=Ratio(1, 2)) for low, up in pairs)
    return MarginalBands(bands=bands, source=SOURCE)


@pytest.mark.parametrize(
    ("bands", "amounts", "after"),
    [
        (table(None, above=10_000), {"below": yuan(10_000)}, "0"),
        # Half of 4,000 and half of 5,000; nothing above 9,000.
        (table(4_000, 9_000), {"top": yuan(9_000)}, "4500"),
    ],
)
def test_what_lies_in_no_band_is_noted(bands: MarginalBands, amounts: dict[str, Money], after: str) -> None:
    """An amount of 10,000 that reaches no band, or goes beyond all, must be noted with the edge."""
    step = noted(plain(bands))[Rule.BANDS]
    assert (dict(step.amounts), step.before, step.after) == (amounts, yuan(10_000), parse_yuan(after))


def test_a_band_with_a_limit_of_its_own_is_noted() -> None:
    """The most that a band pays must be noted beside its edges."""
    open_band = Band(above=Money(0), up_to=None, ratio=Ratio(1, 2), most=yuan(300))
    step = noted(plain(MarginalBands(bands=(open_band,), source=SOURCE)))[Rule.BAND]
    assert (step.amount("most"), step.after) == (yuan(300), yuan(300))


def test_bands_that_hold_the_whole_amount_are_noted_alone() -> None:
    """Where every part lies in a band there must be no further step, and none for a base of nothing."""
    assert Rule.BANDS not in noted(plain(table(None)))
    assert Rule.BANDS not in noted(plain(table(None, above=1)), amounts={"inscp_scp_amt": 0})


@pytest.mark.parametrize(
    ("days", "facts"),
    [
        (0, {"days": "0", "paid_days": "0"}),
        (3, {"days": "3", "paid_days": "7", "first": "1", "last": "7", "pays": "7"}),
        (9, {"days": "9", "paid_days": "9", "first": "8", "last": "14"}),
        (40, {"days": "40", "paid_days": "30", "first": "15", "most": "30"}),
    ],
)
def test_the_row_of_a_table_of_days_is_noted(days: int, facts: dict[str, str]) -> None:
    """The row in which the days lie must be noted with what it pays."""
    rows = (
        DayBand(first=1, last=7, pays=7),
        DayBand(first=8, last=14),
        DayBand(first=15, last=None, most=30),
    )
    steps = (DayTable(bands=rows, source=SOURCE), *BY_DAY.steps)
    benefit = attrs.evolve(BY_DAY, base=attrs.evolve(DAYS, first_payable_day=1), steps=steps)
    assert dict(noted(benefit, counts={"days": days})[Rule.DAY_TABLE].facts) == facts


@pytest.mark.parametrize("reach", [None, "20000"])
def test_a_minimum_notes_the_bases_it_holds_for(reach: str | None) -> None:
    """The highest base of a minimum must be noted where it has one."""
    upper = None if reach is None else parse_yuan(reach)
    least = MinimumPayment(amount=yuan(6_000), base_up_to=upper, may_exceed_base=False, source=SOURCE)
    step = noted(plain(Share(ratio=Ratio(1, 2), source=SOURCE), least))[Rule.MINIMUM]
    assert dict(step.amounts).get("base_up_to") == upper
    assert (step.before, step.after) == (yuan(5_000), yuan(6_000))


def test_a_minimum_that_changes_nothing_is_not_noted() -> None:
    """An amount above the minimum must bring no step."""
    least = MinimumPayment(amount=yuan(1), base_up_to=None, may_exceed_base=False, source=SOURCE)
    assert Rule.MINIMUM not in noted(plain(least))


def test_a_rounding_to_more_than_a_fen_notes_its_unit() -> None:
    """A unit of a yuan must be noted in fen; that of a fen is not."""
    rule = RoundingRule(
        mode=Rounding.DOWN, place=RoundingPlace.END_OF_BENEFIT, unit=yuan(1), source="HN-4.4.3b"
    )
    third = Share(ratio=Ratio(1, 3), source=SOURCE)
    assert noted(plain(third, rounding=rule))[Rule.ROUNDING].fact("unit_fen") == "100"
    assert "unit_fen" not in dict(noted(plain(third))[Rule.ROUNDING].facts)


@pytest.mark.parametrize(
    ("edges", "amounts"),
    [
        (((10_000, None),), {"below": "10000"}),
        (((0, 10_000), (10_000, None)), {"above": "0", "up_to": "10000"}),
        (((5_000, None),), {"above": "5000"}),
    ],
)
def test_the_band_of_a_table_is_noted(
    edges: tuple[tuple[int, int | None], ...], amounts: dict[str, str]
) -> None:
    """The band in which 10,000 lies must be noted with its edges, or the edge that it does not pass."""
    pairs = [(yuan(low), None if up is None else yuan(up)) for low, up in edges]
    slab = SlabBands(
        bands=tuple(Band(above=low, up_to=up, ratio=Ratio(1, 2), most=yuan(300)) for low, up in pairs),
        source=SOURCE,
    )
    sums = SumBands(
        bands=tuple(SumBand(above=low, up_to=up, pays=yuan(200)) for low, up in pairs), source=SOURCE
    )
    found = {name: parse_yuan(amount) for name, amount in amounts.items()}
    reached = "below" not in amounts
    step = noted(plain(slab))[Rule.SLAB]
    assert dict(step.amounts) == found | ({"most": yuan(300)} if reached else {})
    other = noted(plain(sums))[Rule.FIXED_SUM_BY_BAND]
    assert dict(other.amounts) == found | ({"sum": yuan(200)} if reached else {})


# ----------------------------------------------------------------- classes


def by_class(fact: str, *choices: Choice) -> Benefit:
    """A sum that varies by a fact."""
    return attrs.evolve(AT_ONCE, steps=(ByClass(fact=fact, choices=choices, source=SOURCE),))


def gives(amount: int, **which: Any) -> Choice:  # noqa: ANN401  # words, or ends of a range
    """A choice that gives a sum in yuan."""
    return Choice(**which, step=FixedSum(amount=yuan(amount), source=SOURCE))


@pytest.mark.parametrize(
    ("benefit", "facts", "path"),
    [
        (
            by_class("hosp_lv", gives(1, one_of=("1", "2", "9")), gives(2, one_of=("3",))),
            (("class", "hosp_lv"), ("class_is", "3")),
            "benefits[0].steps[0].choices[1].step",
        ),
        (
            by_class("shares", gives(1, least=0, most=2), gives(2, least=3)),
            (("class", "shares"), ("class_is", "3")),
            "benefits[0].steps[0].choices[1].step",
        ),
        # The age of a person is not told, though the terms that it chose are.
        (
            by_class("age", gives(1, least=0, most=40), gives(2, least=41)),
            (("class", "age"),),
            "benefits[0].steps[0].choices[1].step",
        ),
        # Which choice a diagnosis took would tell the diagnosis.
        (by_class("dise_code", gives(1, one_of=("C50.900",)), gives(2)), (), "benefits[0].steps[0]"),
    ],
)
def test_the_class_is_noted_unless_it_tells_of_the_person(
    benefit: Benefit, facts: tuple[tuple[str, str], ...], path: str
) -> None:
    """A class must be noted by its fact, its value only where it says nothing of body or household."""
    step = noted(benefit)[Rule.FIXED_SUM]
    assert (step.facts, step.parameter) == (facts, path)


def test_bands_chosen_by_a_diagnosis_do_not_name_the_choice() -> None:
    """The path of a band must end before the choice where a diagnosis made it."""
    choice = Choice(one_of=("C50.900",), step=table(4_000, 9_000))
    steps = noted(plain(ByClass(fact="dise_code", choices=(choice,), source=SOURCE)))
    assert {steps[rule].parameter for rule in (Rule.BAND, Rule.BANDS)} == {"benefits[0].steps[0]"}


# ------------------------------------------------------------------ limits


@pytest.mark.parametrize(
    ("amounts", "elsewhere", "paid", "noted_amounts"),
    [
        # 3,000 of cost less 2,500 of funds leaves 500 for a base of 10,000.
        (
            {"medfee_sumamt": 300_000, "fund_pay_sumamt": 250_000},
            0,
            {},
            {"expense": "3000", "funds": "2500", "hospital": "0"},
        ),
        (
            {"medfee_sumamt": 300_000, "hosp_part_amt": 100},
            500,
            {"first": 700},
            {"expense": "3000", "funds": "0", "hospital": "1", "elsewhere": "5", "benefits": "7"},
        ),
        # Where no cost is told, the base is what is known of it.
        ({}, 500, {}, {"known_cost": "10000", "elsewhere": "5"}),
    ],
)
def test_an_indemnity_notes_each_payer(
    amounts: dict[str, int], elsewhere: int, paid: dict[str, int], noted_amounts: dict[str, str]
) -> None:
    """What bounds a benefit must be noted by who paid it."""
    whole = plain(Share(ratio=Ratio(1, 1), source=SOURCE))
    step = noted(whole, amounts=STAY.amounts | amounts, elsewhere=elsewhere, paid=paid)[Rule.INDEMNITY]
    assert dict(step.amounts) == {name: parse_yuan(amount) for name, amount in noted_amounts.items()}


def test_a_base_and_a_bound_note_their_amounts() -> None:
    """What others paid must be noted in the base, and the upper bound with what came in."""
    base = attrs.evolve(YUEYANG_2014.base, subtract=(), less_benefits=("first",), less_elsewhere=True)
    benefit = attrs.evolve(plain(AtMost(amount=yuan(9), source=SOURCE)), base=base)
    steps = noted(benefit, elsewhere=500, paid={"first": 700})
    assert steps[Rule.BASE].amounts == (
        ("inscp_scp_amt", yuan(10_000)),
        ("-benefit:first", yuan(7)),
        ("-elsewhere", yuan(5)),
    )
    bound = steps[Rule.AT_MOST]
    assert (bound.before, bound.amount("at_most"), bound.after) == (yuan(9_988), yuan(9), yuan(9))


def test_a_benefit_above_its_base_notes_the_base() -> None:
    """Three shares of 10,000 must be cut to the base of 10,000, which is noted beside the cost."""
    amounts = STAY.amounts | {"medfee_sumamt": 2_000_000}
    step = noted(plain(TimesShares(most=3, source=SOURCE)), amounts=amounts)[Rule.INDEMNITY]
    assert (step.before, step.after, step.amount("base")) == (yuan(30_000), yuan(10_000), yuan(10_000))


def limited(*limits: Any) -> Benefit:  # noqa: ANN401  # any limit
    """50 yuan for each of 9 days, times the shares, within limits."""
    steps = (*BY_DAY.steps, TimesShares(most=3, source=SOURCE))
    return attrs.evolve(BY_DAY, base=attrs.evolve(DAYS, first_payable_day=1), steps=steps, limits=limits)


@pytest.mark.parametrize(
    ("per", "rule", "left"),
    # 9 x 50 x 3 = 1,350 of 2,000; a cap of a claim has nothing that later claims find used.
    [
        (Per.CLAIM, Rule.CLAIM_CAP, "2000"),
        (Per.PERIOD, Rule.PERIOD_CAP, "650"),
        (Per.LIFETIME, Rule.LIFETIME_CAP, "650"),
    ],
)
def test_a_cap_is_noted_by_what_it_runs_over(per: Per, rule: Rule, left: str) -> None:
    """A cap must be noted under its own rule, with what it leaves."""
    step = noted(limited(AmountLimit(most=yuan(2_000), per=per, source=SOURCE)))[rule]
    assert dict(step.amounts) == {"cap": yuan(2_000), "granted": yuan(0), "left": parse_yuan(left)}
    assert step.facts == ()


@pytest.mark.parametrize(("excess", "after"), [(Excess.CUT, "1200"), (Excess.REFUSE, "0")])
def test_what_becomes_of_the_excess_is_noted(excess: Excess, after: str) -> None:
    """A cap of 400 a share for three must be noted with the shares, and with what it does to 1,350."""
    limit = AmountLimit(most=yuan(400), per=Per.PERIOD, excess=excess, times_shares=True, source=SOURCE)
    step = noted(limited(limit))[Rule.PERIOD_CAP]
    assert step.facts == (("excess", excess.value), ("shares", "3"))
    assert (step.amount("cap"), step.amount("per_share"), step.after) == (
        yuan(1_200),
        yuan(400),
        parse_yuan(after),
    )


def test_limits_on_days_and_payments_are_noted() -> None:
    """Days and payments must be noted with the most, what was used and over what the limit runs."""
    days = DaysLimit(most=90, per=Per.PERIOD, source=SOURCE)
    payments = PaymentsLimit(most=2, per=Per.LIFETIME, source=SOURCE)
    used = {"days/inpatient/period": 85, "payments/inpatient/lifetime": 2}
    steps = noted(limited(days, payments), used)
    assert dict(steps[Rule.DAYS_LIMIT].facts) == {
        "days": "9",
        "paid_days": "5",
        "most": "90",
        "used": "85",
        "per": "period",
    }
    paid = steps[Rule.PAYMENTS_LIMIT]
    assert (dict(paid.facts), paid.before, paid.after) == (
        {"most": "2", "used": "2", "per": "lifetime"},
        yuan(750),
        yuan(0),
    )


def test_a_slab_after_a_fraction_is_told_with_its_own_band() -> None:
    """A third of 100.00 lies above 33.33 and below 33.34: the band is told by the exact amount."""
    bands = (
        Band(above=Money(0), up_to=yuan("33.33"), ratio=Ratio(1, 10)),
        Band(above=yuan("33.33"), up_to=yuan("33.34"), ratio=Ratio(2, 10)),
        Band(above=yuan("33.34"), up_to=None, ratio=Ratio(3, 10)),
    )
    third = Share(ratio=Ratio(1, 3), source=SOURCE)
    steps = noted(plain(third, SlabBands(bands=bands, source=SOURCE)), amounts={"inscp_scp_amt": 10_000})
    assert steps[Rule.SLAB].fact("ratio") == "20%"


def test_what_applies_is_noted_with_its_words() -> None:
    """A benefit that applies must be noted with its id, name, event, basis, place and source."""
    log = Log()
    log.applies(compile_benefit(YUEYANG_2014, "benefits[0]", COUNTS))
    assert log.steps == [
        TraceStep(
            rule=Rule.APPLIES,
            before=None,
            after=None,
            amounts=(),
            facts=(
                ("benefit", YUEYANG_2014.benefit_id),
                ("name", YUEYANG_2014.name),
                ("event", "inpatient_stay"),
                ("basis", "indemnity"),
            ),
            parameter="benefits[0]",
            source=YUEYANG_2014.base.source,
            clauses=("HN-4.4.1",),
        )
    ]


def test_bands_of_no_whole_fen_are_noted_exactly() -> None:
    """A third of 10,000.00 less 1,000.00 leaves 233,333 1/3 fen for the second band, and nothing is lost.

    1/3 of 10,000.00 is 3,333.33 1/3; the first 1,000.00 at 50 % is 500.00, the next 1,000.00 at 60 %
    600.00, and what lies above the closed last band pays nothing.
    """
    bands = MarginalBands(
        bands=(
            Band(above=yuan(0), up_to=yuan(1_000), ratio=Ratio(1, 2)),
            Band(above=yuan(1_000), up_to=yuan(2_000), ratio=Ratio(3, 5)),
            Band(above=yuan(2_000), up_to=yuan(5_000), ratio=Ratio(1, 7)),
        ),
        source=SOURCE,
    )
    log = Log()
    plan = compile_benefit(plain(Share(ratio=Ratio(1, 3), source=SOURCE), bands), "benefits[0]", COUNTS)
    benefit_line(plan, STAY, {}, {}, log)
    first, second, third = (step for step in log.steps if step.rule is Rule.BAND)
    assert (first.after, second.after) == (yuan(500), yuan(600))
    # 3,333.33 1/3 less 2,000.00, and a seventh of it.
    assert dict(third.facts) == {
        "ratio": str(Ratio(1, 7)),
        "exact_before": "400000/3",
        "exact_fen": "400000/21",
    }
    assert (third.before, third.after) == (Money(133_333), Money(19_047))


def test_the_top_of_inexact_bands_is_noted_exactly() -> None:
    """What lies above a closed last band must be noted with the exact amount and the exact sum."""
    bands = MarginalBands(bands=(Band(above=yuan(0), up_to=yuan(1_000), ratio=Ratio(1, 3)),), source=SOURCE)
    step = noted(plain(Share(ratio=Ratio(1, 3), source=SOURCE), bands))[Rule.BANDS]
    # 10,000.00 / 3 comes in; a third of 1,000.00 goes out.
    assert dict(step.facts) == {"exact_before": "1000000/3", "exact_fen": "100000/3"}
    assert (step.before, step.after) == (Money(333_333), Money(33_333))


def test_a_used_up_limit_leaves_nothing() -> None:
    """A cap of which everything was used must be noted with nothing left before and after."""
    limit = AmountLimit(per=Per.PERIOD, most=yuan(100), excess=Excess.CUT, source=SOURCE)
    benefit = attrs.evolve(plain(Share(ratio=Ratio(1, 2), source=SOURCE)), limits=(limit,))
    used = {f"amount/{benefit.benefit_id}/period": 10_000}
    step = noted(benefit, used)[Rule.PERIOD_CAP]
    assert dict(step.amounts) == {"cap": yuan(100), "granted": yuan(100), "left": Money(0)}
    assert step.after == Money(0)
