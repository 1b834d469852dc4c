"""Dues: what an enrolment costs, who may bear it, and from when on it may come in."""

import datetime

import attrs
import pytest

from mutualaid_core.domain.membership.contribution import Contribution
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.rules.membership.dues import check_contribution, check_received_on, dues_for
from mutualaid_core.testing.samples import COLLECTED_ON, PERIOD, POLICY, SCHEME, UNIT, VERSION, dues, yuan

TERMS = POLICY.contribution


def contribution(**split: str | int) -> Contribution:
    """A contribution of 50 yuan, borne as told."""
    line = dues(1, **split)
    return Contribution(
        scheme_id=SCHEME,
        period_id=PERIOD,
        member_id=line.member_id,
        unit_id=UNIT,
        amount=line.amount,
        split=line.split,
        received_on=COLLECTED_ON,
        entry_id="R-1",
    )


def refusal(paid: Contribution) -> InvalidValueError:
    """The error with which a contribution is refused."""
    with pytest.raises(InvalidValueError) as caught:
        check_contribution(paid, 1, VERSION.dues, TERMS)
    return caught.value


def test_one_share_costs_the_dues() -> None:
    """One share must cost 50 yuan for the period."""
    assert dues_for(1, VERSION.dues) == yuan(50)


def test_several_shares_cost_as_many_times_the_dues() -> None:
    """Where a scheme allows three shares, three must cost 150."""
    assert dues_for(3, attrs.evolve(VERSION.dues, shares_max=3)) == yuan(150)


@pytest.mark.parametrize("shares", [0, -1, 2])
def test_no_other_number_of_shares_is_sold(shares: int) -> None:
    """No share, less than none and more than the scheme allows must be refused."""
    with pytest.raises(InvalidValueError, match=r"shares must be 1 to 1, got .* \[HN-4.3.4c\]"):
        dues_for(shares, VERSION.dues)


def test_the_dues_in_full_are_accepted() -> None:
    """50 yuan, of which 20 by the member and 30 by the employer, must be accepted."""
    check_contribution(contribution(member=20, employer=30), 1, VERSION.dues, TERMS)


def test_another_amount_is_refused() -> None:
    """49.99 instead of 50 must be refused with the clause of the dues."""
    line = dues(1, "49.99")
    short = attrs.evolve(contribution(), amount=line.amount, split=line.split)
    error = refusal(short)
    assert (error.field, error.value, error.clause) == ("contribution", "49.99", "HN-4.3.4b")


def test_a_payer_whom_the_scheme_does_not_name_is_refused() -> None:
    """A share borne by donations must be refused where the scheme does not name them."""
    error = refusal(contribution(member=20, donation=30))
    assert (error.field, error.value, error.clause) == ("split", "donation", "HN-4.3.1")


def test_money_that_came_too_early_is_refused() -> None:
    """A contribution of 14 November 2013 must be refused, a day before collection begins."""
    early = attrs.evolve(contribution(), received_on=datetime.date(2013, 11, 14))
    assert refusal(early).clause == "HN-5.2.2a"


def test_collection_begins_on_its_first_day() -> None:
    """Money of 15 November 2013 must be accepted."""
    check_received_on(datetime.date(2013, 11, 15), TERMS)
