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


def anew(contribution: Contribution) -> Contribution:
    """What was paid on 5 January and returned on the 20th, paid anew on the 25th through another unit."""
    back = attrs.evolve(contribution, returned_on=datetime.date(2014, 1, 20))
    second = attrs.evolve(contribution, received_on=datetime.date(2014, 1, 25), unit_id="U-2", entry_id="R-2")
    return second.after(back)


@pytest.mark.clause("HN-4.3.5b", "ACFTU-2.3b")
def test_what_was_paid_before_is_not_forgotten(contribution: Contribution) -> None:
    """Paid, returned and paid anew must stand from the 5th to the 19th and from the 25th on."""
    paid = anew(contribution)
    known = {day: paid.paid_as_known(datetime.date(2014, 1, day)) for day in (4, 5, 19, 20, 24, 25)}
    units = {day: None if span is None else span.unit_id for day, span in known.items()}
    assert units == {
        4: None,
        5: contribution.unit_id,
        19: contribution.unit_id,
        20: None,
        24: None,
        25: "U-2",
    }
    assert [span.entry_id for span in paid.spans] == [contribution.entry_id, "R-2"]
    third = attrs.evolve(contribution, received_on=datetime.date(2014, 3, 1))
    gone = attrs.evolve(paid, returned_on=datetime.date(2014, 2, 1))
    assert [span.entry_id for span in third.after(gone).earlier] == [contribution.entry_id, "R-2"]
    assert contribution.after(None) is contribution


@pytest.mark.parametrize("returned_on", [None, datetime.date(2014, 1, 26)])
def test_nobody_pays_anew_before_the_money_went_back(
    contribution: Contribution, returned_on: datetime.date | None
) -> None:
    """What is paid anew must not be known before the day on which the first money went back."""
    (before,) = anew(contribution).earlier
    with pytest.raises(InvalidValueError, match="known_on must be paid anew on or after"):
        attrs.evolve(anew(contribution), earlier=(attrs.evolve(before, returned_on=returned_on),))


def test_a_span_does_not_end_before_it_begins(contribution: Contribution) -> None:
    """Money that went back before it came must be refused in what was paid before, too."""
    (before,) = anew(contribution).earlier
    with pytest.raises(InvalidValueError, match="returned_on must be >= 2014-01-05"):
        attrs.evolve(before, returned_on=datetime.date(2014, 1, 4))
