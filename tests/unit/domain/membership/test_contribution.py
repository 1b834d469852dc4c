"""Contribution: who bore it, to the fen."""

import datetime

import attrs
import pytest

from mutualaid_core.domain.membership.contribution import Contribution, PayerShare
from mutualaid_core.domain.scheme.dues import FundingSource
from mutualaid_core.domain.values.money import ZERO, Money
from mutualaid_core.errors import InvalidValueError


def share(payer: FundingSource, fen: int) -> PayerShare:
    """What a source bears."""
    return PayerShare(payer=payer, amount=Money(fen))


@pytest.fixture
def contribution() -> Contribution:
    """ACFTU-2.3a: 60.00 = individual 20 + union 20 + employer 20."""
    sources = (FundingSource.MEMBER, FundingSource.UNION, FundingSource.EMPLOYER)
    return Contribution(
        scheme_id="A",
        period_id="2014",
        member_id="M-1",
        unit_id="U-1",
        amount=Money(6_000),
        split=tuple(share(source, 2_000) for source in sources),
        received_on=datetime.date(2014, 1, 5),
        entry_id="E-1",
    )


@pytest.mark.clause("ACFTU-2.3a")
def test_a_split_adds_up(contribution: Contribution) -> None:
    """A split that does not add to 60.00 must be refused (ACFTU-2.3a)."""
    short = (*contribution.split[:2], share(FundingSource.EMPLOYER, 1_999))
    with pytest.raises(InvalidValueError, match=r"split must add up to 60\.00, got '59\.99' \[ACFTU-2\.3a\]"):
        attrs.evolve(contribution, split=short)


@pytest.mark.clause("ACFTU-2.3a")
def test_a_payer_is_named_once(contribution: Contribution) -> None:
    """A payer named twice must be refused."""
    twice = (share(FundingSource.MEMBER, 3_000), share(FundingSource.MEMBER, 3_000))
    with pytest.raises(InvalidValueError, match="split must name each payer once"):
        attrs.evolve(contribution, split=twice)


def test_a_source_may_bear_nothing(contribution: Contribution) -> None:
    """A part of zero must be kept, since it says that the source bore nothing."""
    split = (share(FundingSource.MEMBER, 6_000), share(FundingSource.UNION, 0))
    assert split == attrs.evolve(contribution, split=split).split


@pytest.mark.parametrize("change", [{"amount": ZERO}, {"split": ()}], ids=str)
def test_a_contribution_of_nothing_is_refused(contribution: Contribution, change: dict[str, object]) -> None:
    """A contribution must be above zero and borne by somebody."""
    with pytest.raises(InvalidValueError, match=f"{next(iter(change))} must"):
        attrs.evolve(contribution, **change)


def test_a_share_is_not_negative() -> None:
    """Nobody may bear less than nothing."""
    with pytest.raises(InvalidValueError, match="amount must be >= 0"):
        share(FundingSource.MEMBER, -1)


@pytest.mark.clause("HN-4.3.5b", "ACFTU-2.3b")
def test_what_went_back_is_not_settled(contribution: Contribution) -> None:
    """A contribution must be settled until it goes back, and never go back before it came."""
    back = attrs.evolve(contribution, returned_on=contribution.received_on)
    assert (contribution.is_settled, back.is_settled) == (True, False)
    with pytest.raises(InvalidValueError, match="returned_on must be >= 2014-01-05"):
        attrs.evolve(contribution, returned_on=datetime.date(2014, 1, 4))


@pytest.mark.clause("ACFTU-2.3b")
def test_a_contribution_stands_as_it_was_known(contribution: Contribution) -> None:
    """Money of 5 January, booked on the 8th and returned on the 20th, must stand from the 8th to the 19th."""
    late = attrs.evolve(
        contribution, booked_on=datetime.date(2014, 1, 8), returned_on=datetime.date(2014, 1, 20)
    )
    days = {day: late.is_settled_as_known(datetime.date(2014, 1, day)) for day in (5, 7, 8, 19, 20)}
    assert days == {5: False, 7: False, 8: True, 19: True, 20: False}
    assert contribution.is_settled_as_known(contribution.received_on)
    assert (late.known_on, contribution.known_on) == (datetime.date(2014, 1, 8), contribution.received_on)


def test_what_was_booked_at_once_has_no_day_of_booking(contribution: Contribution) -> None:
    """A day of booking that is not after the day of receipt must be refused."""
    with pytest.raises(InvalidValueError, match="booked_on must be after 2014-01-05"):
        attrs.evolve(contribution, booked_on=contribution.received_on)
