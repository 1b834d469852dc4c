"""Funding plan: years in order, a payer once, and which list of a policy a pattern stands under."""

import datetime

import attrs
import pytest

from mutualaid_core.domain.membership.paying.funding import Authorisation, FundingPlan, PlanPattern, PlanYear
from mutualaid_core.domain.scheme.dues import FundingSource, PayerShare
from mutualaid_core.domain.scheme.policy.product import FundingPattern
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.errors import InvalidValueError

DAY = datetime.date


def year(number: int, percent: int) -> PlanYear:
    """A year in which the member bears so much, and the employer the rest."""
    member = PayerShare(payer=FundingSource.MEMBER, ratio=Ratio(percent, 100))
    return PlanYear(year=number, split=(member, PayerShare(payer=FundingSource.EMPLOYER)))


def plan(*years: PlanYear) -> FundingPlan:
    """A glide path of a unit."""
    return FundingPlan(
        scheme_id="A",
        unit_id="U-1",
        pattern=PlanPattern.GIFT_THEN_INDIVIDUAL,
        years=years,
        made_on=DAY(2023, 12, 1),
    )


def test_shares_go_on_until_others_are_told() -> None:
    """A plan from 2024 with other shares from 2026 must say nothing of 2023, and go on after."""
    made = plan(year(2024, 0), year(2026, 30))
    assert [made.split_in(each) for each in (2023, 2024, 2025, 2026, 2030)] == [
        (),
        *[year(2024, 0).split] * 2,
        *[year(2026, 30).split] * 2,
    ]


def test_years_stand_in_order() -> None:
    """A year that is told twice must be refused."""
    with pytest.raises(InvalidValueError, match="years must go on after 2024, got 2024"):
        plan(year(2024, 0), year(2024, 30))


def test_a_payer_is_named_once() -> None:
    """A payer who is named twice must be refused."""
    member = PayerShare(payer=FundingSource.MEMBER, ratio=Ratio(1, 2))
    with pytest.raises(InvalidValueError, match="split must name each payer once"):
        PlanYear(year=2024, split=(member, member))


@pytest.mark.clause("SN-2.3.5a", "SN-2.3.5b", "SN-2.3.5c", "SN-2.3.5d")
def test_every_pattern_of_a_policy_can_be_planned() -> None:
    """Each pattern that a policy may list must be one of a plan; the two others need no list."""
    assert {pattern.allowed_as for pattern in PlanPattern} == {*FundingPattern, None}
    others = {pattern for pattern in PlanPattern if pattern.allowed_as is None}
    assert others == {PlanPattern.GIFT, PlanPattern.EMPLOYER_SUBSIDY}


def test_an_authorisation_is_not_withdrawn_before_it_is_given() -> None:
    """A withdrawal on the day before must be refused, one on the day must not."""
    given = DAY(2024, 1, 10)
    assert Authorisation(member_id="m-1", given_on=given, withdrawn_on=given).withdrawn_on == given
    with pytest.raises(InvalidValueError, match="withdrawn_on must be >= 2024-01-10"):
        Authorisation(member_id="m-1", given_on=given, withdrawn_on=DAY(2024, 1, 9))


@pytest.mark.clause("ACFTU-11.1b")
def test_each_plan_holds_until_the_next() -> None:
    """Plans of 1, 12 and 14 December, told in another order, must each hold from its day."""
    days = [DAY(2023, 12, each) for each in (12, 14, 1)]
    first, second, third = (attrs.evolve(plan(year(2024, day.day)), made_on=day) for day in days)
    kept = first.with_plan(second).with_plan(third)
    found = [kept.held_on(DAY(2023, 12, each)) for each in (1, 11, 12, 13, 14, 31)]
    assert found == [third, third, first, first, second, second]
    assert kept.held_on(DAY(2023, 11, 30)) is None
    assert [each.made_on for each in kept.plans] == sorted(days)


@pytest.mark.clause("SN-2.3.5c")
def test_a_plan_says_nothing_of_the_years_before_it() -> None:
    """A plan of the 12th that begins in 2025 must leave 2024 to the plan of the 1st."""
    first = plan(year(2024, 0))
    later = attrs.evolve(plan(year(2025, 0)), made_on=DAY(2023, 12, 12))
    kept = first.with_plan(later)
    day = DAY(2023, 12, 31)
    assert [kept.held_on(day, each) for each in (2023, 2024, 2025)] == [None, first, later]


@pytest.mark.clause("SN-2.3.5d")
def test_plans_that_held_since_a_day_are_found() -> None:
    """Of plans of the 1st, 12th and 14th, the one before the first day and all since must be found."""
    days = [DAY(2023, 12, each) for each in (1, 12, 14)]
    first, second, third = (attrs.evolve(plan(year(2024, day.day)), made_on=day) for day in days)
    kept = first.with_plan(second).with_plan(third)
    spans = [(10, 13), (12, 12), (15, 20), (1, 1)]
    found = [kept.held_since(DAY(2023, 12, a), DAY(2023, 12, b), 2024) for a, b in spans]
    assert found == [(second, first), (second, first), (third,), (first,)]
    assert kept.held_since(days[0], days[2], 2023) == ()


def test_of_one_day_the_newest_plan_holds() -> None:
    """Two plans of one day must both stay, and the one told last hold."""
    again = plan(year(2024, 30))
    kept = plan(year(2024, 0)).with_plan(again)
    assert (kept.held_on(DAY(2023, 12, 1)), len(kept.plans)) == (again, 2)


def test_plans_stand_in_order() -> None:
    """A plan before one of an earlier day must be refused."""
    kept = plan(year(2024, 0)).with_plan(plan(year(2024, 30)))
    with pytest.raises(InvalidValueError, match="earlier must be made by 2023-11-30"):
        attrs.evolve(kept, made_on=DAY(2023, 11, 30))
