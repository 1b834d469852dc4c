"""Deductible, minimum, indemnity limit and cap."""

import attrs
import pytest

from mutualaid_core.domain.scheme.benefit import MinimumPayment, PeriodCap
from mutualaid_core.domain.values.money import FEN_MAX, ZERO, Money
from mutualaid_core.rules.claims.limits import (
    after_deductible,
    raised_to_minimum,
    within_expense,
    within_period_cap,
)
from mutualaid_core.testing.samples import YUEYANG_2014, stay, yuan

MINIMUM = MinimumPayment(amount=yuan(50), base_up_to=yuan(5_000), may_exceed_base=False, source="HN-4.4.2c")
CAP = PeriodCap(amount=yuan(20_000), source="HN-4.4.3c")


@pytest.mark.parametrize(("base", "left"), [("300", "0"), ("300.01", "0.01"), ("299.99", "0"), ("0", "0")])
def test_a_deductible_is_left_to_the_member(base: str, left: str) -> None:
    """With a deductible of 300 only what is above it must count, never less than nothing."""
    terms = attrs.evolve(YUEYANG_2014, deductible=yuan(300))
    assert after_deductible(yuan(base), terms)[0] == yuan(left)


def test_the_deductible_is_shown() -> None:
    """The step must show base, deductible and what is left."""
    step = after_deductible(yuan(500), attrs.evolve(YUEYANG_2014, deductible=yuan(300)))[1]
    assert (step.before, step.amount("deductible"), step.after) == (yuan(500), yuan(300), yuan(200))


@pytest.mark.parametrize(
    ("amount", "base", "raised"),
    [
        ("36", "120", "50"),  # 30 % of 120, raised to the printed minimum
        ("6", "20", "20"),  # 30 % of 20; 50 would be more than the member bore
        ("0", "0.01", "0.01"),  # 0.3 fen, rounded to nothing, raised to what the member bore
        ("49.99", "166.63", "50"),
        ("50", "166.67", "50"),
        ("60", "200", "60"),
        ("0", "0", "0"),
    ],
)
def test_a_small_benefit_is_raised_within_the_base(amount: str, base: str, raised: str) -> None:
    """A benefit under 50 must be raised to 50, but not above what the member bore."""
    assert raised_to_minimum(yuan(amount), yuan(base), MINIMUM)[0] == yuan(raised)


def test_a_minimum_may_exceed_the_base_where_the_scheme_says_so() -> None:
    """A scheme that lets the minimum exceed the base must pay 50 on a base of 20."""
    minimum = attrs.evolve(MINIMUM, may_exceed_base=True)
    assert raised_to_minimum(yuan(6), yuan(20), minimum)[0] == yuan(50)


@pytest.mark.parametrize(("base", "raised"), [("5000", "50"), ("5000.01", "10")])
def test_a_minimum_ends_with_its_base(base: str, raised: str) -> None:
    """A minimum for bases up to 5,000 must hold at 5,000 and no fen above."""
    assert raised_to_minimum(yuan(10), yuan(base), MINIMUM)[0] == yuan(raised)


def test_a_minimum_without_an_end_holds_for_every_base() -> None:
    """A minimum that names no base must hold for a large one too."""
    minimum = attrs.evolve(MINIMUM, base_up_to=None)
    assert raised_to_minimum(yuan(10), yuan(90_000), minimum)[0] == yuan(50)


def test_a_benefit_that_is_the_whole_base_is_not_raised() -> None:
    """A benefit of 20 on a base of 20 must stay, without a step."""
    assert raised_to_minimum(yuan(20), yuan(20), MINIMUM) == (yuan(20), None)


def test_the_minimum_is_shown_where_it_changes_something() -> None:
    """The step must show the amounts before and after, the minimum, the base and the limit."""
    step = raised_to_minimum(yuan(36), yuan(120), MINIMUM)[1]
    assert step is not None
    assert (step.before, step.after, step.amount("base"), step.fact("may_exceed_base")) == (
        yuan(36),
        yuan(50),
        yuan(120),
        "no",
    )


def test_all_payers_together_keep_to_the_expense() -> None:
    """With 10,000 of cost and 9,500 paid, a benefit of 1,000 must be cut to 500 (ACFTU-3.2a)."""
    paid = stay(medfee_sumamt=yuan(10_000), fund_pay_sumamt=yuan(9_500))
    assert within_expense(yuan(1_000), paid)[0] == yuan(500)


def test_what_the_hospital_bears_is_no_expense() -> None:
    """With 10,000 of cost, 9,000 paid and 900 borne by the hospital, 100 must be the most."""
    paid = stay(medfee_sumamt=yuan(10_000), fund_pay_sumamt=yuan(9_000), hosp_part_amt=yuan(900))
    assert within_expense(yuan(1_000), paid)[0] == yuan(100)


def test_nothing_is_paid_where_others_paid_too_much() -> None:
    """With 10,100 paid on 10,000 of cost nothing must be left to pay."""
    paid = stay(medfee_sumamt=yuan(10_000), fund_pay_sumamt=yuan(10_100))
    assert within_expense(yuan(1), paid)[0] == ZERO


def test_contradictory_figures_do_not_overflow() -> None:
    """Payers who together claim twice the greatest amount must leave nothing, without an error."""
    most = Money(FEN_MAX)
    assert within_expense(yuan(1), stay(fund_pay_sumamt=most, hosp_part_amt=most))[0] == ZERO


def test_a_benefit_within_the_expense_has_no_step() -> None:
    """A benefit of exactly what is left must stay, without a step."""
    paid = stay(medfee_sumamt=yuan(10_000), fund_pay_sumamt=yuan(9_500))
    assert within_expense(yuan(500), paid) == (yuan(500), None)


@pytest.mark.parametrize(
    ("granted", "paid"),
    [("0", "15500"), ("4500", "15500"), ("5500", "14500"), ("20000", "0"), ("21000", "0")],
)
def test_the_cap_leaves_what_was_not_granted_before(granted: str, paid: str) -> None:
    """With a cap of 20,000 a benefit of 15,500 must be cut to what is left (HN-4.4.3c)."""
    assert within_period_cap(yuan(15_500), yuan(granted), CAP)[0] == yuan(paid)


def test_the_cap_is_always_shown() -> None:
    """The step must show the cap, what was granted before and what is left after."""
    step = within_period_cap(yuan(5_500), yuan(1_000), CAP)[1]
    assert dict(step.amounts) == {"cap": yuan(20_000), "granted": yuan(1_000), "left": yuan(13_500)}
