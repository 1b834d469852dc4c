"""Use of the fund: cost and fee, surplus, purposes, subsidy, account maps."""

import datetime

import attrs
import pytest

from mutualaid_core.domain.scheme.policy import EffectivePolicy, Policy
from mutualaid_core.domain.scheme.policy.fund import (
    AccountMap,
    CostPayer,
    FeeBase,
    FundTerms,
    SurplusUse,
)
from mutualaid_core.domain.values.money import ZERO, Money, parse_yuan
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.rules.scheme.fund_use import (
    account_map_for,
    expense_faults,
    fee_faults,
    fee_limit,
    identity_faults,
    leakage,
    purpose_faults,
    subsidy_for,
    surplus_findings,
    surplus_use_faults,
)
from mutualaid_core.rules.scheme.layers import effective_policy

DAY = datetime.date
M = 100_000_000
"""A million yuan in fen."""


def under(policy: Policy) -> EffectivePolicy:
    """What one policy asks alone."""
    return effective_policy((policy,), DAY(2020, 1, 1))


@pytest.fixture
def region(floor: Policy) -> Policy:
    """The floor with a region's rate of 5 % of the contributions, and a band of 10 to 100 %."""
    terms = attrs.evolve(
        floor.fund,
        fee_rate_max=Ratio(5, 100),
        fee_base=FeeBase.CONTRIBUTIONS_RECEIVED,
        surplus_ratio_min=Ratio(10, 100),
        surplus_ratio_max=Ratio(1, 1),
    )
    return attrs.evolve(floor, fund=terms)


@pytest.mark.parametrize(
    ("request_yuan", "passes"), [("100000", True), ("100000.01", False), ("150000", False)]
)
@pytest.mark.clause("ACFTU-12.5a")
def test_the_fee_of_a_year_keeps_to_its_rate(region: Policy, request_yuan: str, passes: bool) -> None:  # noqa: FBT001  # the expected truth
    """5 % of 50,000,000 is 2,500,000: after 2,400,000 there must be 100,000 left."""
    taken, base = parse_yuan("2400000"), Money(50 * M)
    assert (fee_faults(parse_yuan(request_yuan), taken, base, under(region)) == ()) is passes


@pytest.mark.clause("ACFTU-12.5a")
def test_a_fee_without_a_rate_is_nothing(floor: Policy, region: Policy) -> None:
    """A region that sets no rate, or no base, must behave as one with a rate of 0."""
    no_base = attrs.evolve(region, fund=attrs.evolve(region.fund, fee_base=None))
    assert [fee_limit(Money(50 * M), under(each)) for each in (floor, no_base)] == [ZERO, ZERO]
    (fault,) = fee_faults(Money(1), ZERO, Money(50 * M), under(floor))
    assert str(fault) == "management_fee must be <= 0.00 that are left, got 0.01 [ACFTU-12.5a]"


def test_a_fee_above_its_limit_leaves_nothing(region: Policy) -> None:
    """Where more was taken than the rate allows there must be nothing left, not less."""
    (fault,) = fee_faults(Money(1), Money(3 * M), Money(50 * M), under(region))
    assert "<= 0.00 that are left" in fault.rule


def test_a_fee_is_rounded_down(region: Policy) -> None:
    """5 % of 0.39 is 0.0195, so the fee must be 0.01."""
    assert fee_limit(Money(39), under(region)) == Money(1)


@pytest.mark.clause("HN-3.1.4c")
def test_the_union_bears_the_cost_in_hunan(hunan: Policy, region: Policy) -> None:
    """Printing for 8,000 must not be paid from the fund in Hunan, and may elsewhere."""
    (fault,) = expense_faults(parse_yuan("8000"), under(hunan))
    assert str(fault) == "expense must be borne by the union, got 8000.00 [HN-3.1.4c]"
    assert expense_faults(parse_yuan("8000"), under(region)) == ()


def test_a_rate_does_not_help_where_the_union_pays(region: Policy) -> None:
    """A union that bears the cost must take no fee, whatever rate stands beside."""
    terms = attrs.evolve(region.fund, cost_payer=CostPayer.UNION)
    assert fee_limit(Money(50 * M), under(attrs.evolve(region, fund=terms))) == ZERO


@pytest.mark.clause("HN-3.1.4d")
def test_all_money_is_for_the_workers(hunan: Policy, region: Policy) -> None:
    """50.3 m in, 41.0 m paid and 9.3 m kept must leak nothing; charges of 120.00 must be told."""
    inflow, benefits = Money(50 * M + 3 * M // 10), Money(41 * M)
    pool = inflow - benefits
    charged = pool - parse_yuan("120")
    assert leakage(inflow, benefits, pool) == ZERO
    assert identity_faults(inflow, benefits, pool, under(hunan)) == ()
    assert [str(fault) for fault in identity_faults(inflow, benefits, charged, under(hunan))] == [
        "leakage must be 0.00 of what came in, got 120.00 [HN-3.1.4d]"
    ]
    assert identity_faults(inflow, benefits, charged, under(region)) == ()


@pytest.mark.parametrize(
    ("balance", "rule"),
    [(65, "must be <= 100%"), (50, None), (5, None), (4, "must be >= 10%")],
)
@pytest.mark.clause("ACFTU-13.1b")
def test_a_surplus_outside_the_band_is_found(region: Policy, balance: int, rule: str | None) -> None:
    """65 m of 50 m is above 100 %, 4 m is below 10 %; both ends of the band lie inside."""
    found = surplus_findings(Money(balance * M), Money(50 * M), under(region))
    assert [fault.rule for fault in found] == ([] if rule is None else [rule])


def test_without_contributions_or_a_band_there_is_no_finding(region: Policy, floor: Policy) -> None:
    """A ratio of nothing must be no finding, and neither must a region without a band."""
    assert surplus_findings(Money(M), ZERO, under(region)) == ()
    assert surplus_findings(Money(M), Money(1), under(floor)) == ()


@pytest.mark.parametrize("use", list(SurplusUse))
@pytest.mark.clause("ACFTU-1.2a", "HN-4.3.2")
def test_a_surplus_is_rolled_forward_only(hunan: Policy, use: SurplusUse) -> None:
    """A refund, a transfer and a distribution must be refused; the roll-forward must pass."""
    found = [fault.clause for fault in surplus_use_faults(use, under(hunan))]
    assert found == ([] if use is SurplusUse.ROLL_FORWARD else ["HN-4.3.2"])


@pytest.mark.clause("HN-4.5.2")
def test_the_list_of_purposes_is_closed(hunan: Policy, floor: Policy) -> None:
    """Publicity must be refused in Hunan; a layer without a list must leave it to others."""
    (fault,) = purpose_faults("publicity", under(hunan))
    assert (fault.found, fault.clause) == ("publicity", "HN-4.5.2")
    assert purpose_faults("medical_benefit", under(hunan)) + purpose_faults("publicity", under(floor)) == ()


@pytest.mark.parametrize(
    ("persons", "year", "amount"),
    [
        (1_000_000, 2014, "500000"),
        (71_301, 2016, "35650.50"),
        (1_000_000, 2013, "0"),
        (1_000_000, 2017, "0"),
    ],
)
@pytest.mark.clause("HN-4.6.3")
def test_the_subsidy_is_half_a_yuan_a_head(hunan: Policy, persons: int, year: int, amount: str) -> None:
    """0.5 yuan for each participant of 2014 to 2016, and nothing outside of these years."""
    assert subsidy_for(persons, year, under(hunan)) == parse_yuan(amount)


def test_a_voucher_has_exactly_one_map(hunan: Policy) -> None:
    """A spending with one map must have it; one without and one with two must both be told."""
    one, faults = account_map_for("work_expense", DAY(2020, 1, 1), (hunan,))
    assert (one, faults) == (hunan.account_maps[0], ())
    none, faults = account_map_for("unknown", DAY(2020, 1, 1), (hunan,))
    assert (none, [fault.found for fault in faults]) == (None, ["none"])
    again = AccountMap(spending="work_expense", account="其他", first_day=DAY(2014, 1, 1), source="HN-3.1.4c")
    twice = attrs.evolve(hunan, account_maps=(*hunan.account_maps, again))
    none, faults = account_map_for("work_expense", DAY(2020, 1, 1), (twice,))
    assert (none, [fault.found for fault in faults]) == (None, ["工会经费, 其他"])


def test_silent_fund_terms_leave_the_cost_open(floor: Policy) -> None:
    """A policy that says nothing of the fund must refuse no expense here."""
    assert expense_faults(Money(1), under(attrs.evolve(floor, fund=FundTerms()))) == ()
