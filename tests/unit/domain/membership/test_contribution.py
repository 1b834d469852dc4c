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
