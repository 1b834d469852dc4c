"""Dues: above zero, at least one share, somebody who pays, and shares that are one whole."""

import attrs
import pytest

from mutualaid_core.domain.scheme.dues import Dues, FundingSource, PayerShare
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.money import ZERO
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.errors import InvalidValueError

MEMBER, UNION, EMPLOYER = FundingSource.MEMBER, FundingSource.UNION, FundingSource.EMPLOYER
Parts = tuple[tuple[FundingSource, Ratio | None], ...]


@pytest.fixture
def dues(version: SchemeVersion) -> Dues:
    """The dues of the sample version, borne by the member and the union."""
    return version.dues


def shared(dues: Dues, parts: Parts) -> Dues:
    """The dues, borne so."""
    return attrs.evolve(dues, split=tuple(PayerShare(payer=payer, ratio=ratio) for payer, ratio in parts))


@pytest.mark.parametrize("change", [{"rates": ()}, {"payers": ()}, {"source": ""}], ids=str)
def test_dues_that_ask_nothing_are_refused(dues: Dues, change: dict[str, object]) -> None:
    """Dues without a rate, of nobody or from nowhere must be refused."""
    with pytest.raises(InvalidValueError, match=f"{next(iter(change))} must"):
        attrs.evolve(dues, **change)


@pytest.mark.parametrize(
    "change", [{"amount": ZERO}, {"shares_max": 0}, {"part": "a/b"}, {"source": ""}], ids=str
)
def test_a_rate_that_asks_nothing_is_refused(dues: Dues, change: dict[str, object]) -> None:
    """A rate of nothing, for no share, of a part without a name or from nowhere must be refused."""
    with pytest.raises(InvalidValueError, match=f"{next(iter(change))} must"):
        attrs.evolve(dues.rates[0], **change)


@pytest.mark.clause("ACFTU-2.3a")
@pytest.mark.parametrize(
    "parts",
    [
        (),
        ((MEMBER, Ratio(1, 1)),),
        ((MEMBER, Ratio(1, 3)), (UNION, Ratio(2, 3))),
        ((UNION, Ratio(30, 100)), (MEMBER, None)),
        ((MEMBER, None),),
        ((UNION, Ratio(1, 1)), (MEMBER, None)),
    ],
)
def test_shares_are_one_whole(dues: Dues, parts: Parts) -> None:
    """Ratios that add up to 1, and ratios with one payer of the rest, must be taken."""
    assert len(shared(dues, parts).split) == len(parts)


@pytest.mark.clause("ACFTU-2.3a")
@pytest.mark.parametrize(
    ("parts", "found"),
    [
        (((MEMBER, Ratio(1, 3)), (UNION, Ratio(1, 3))), "6/9"),
        (((MEMBER, Ratio(2, 3)), (UNION, Ratio(1, 2))), "7/6"),
        (((MEMBER, None), (UNION, None)), "0/1"),
    ],
)
def test_shares_that_are_no_whole_are_refused(dues: Dues, parts: Parts, found: str) -> None:
    """Less than the whole, more than it, and two payers of the rest must be refused."""
    with pytest.raises(InvalidValueError, match=f"split must add up to 1, or leave the rest .*'{found}'"):
        shared(dues, parts)


def test_only_payers_of_the_list_bear_a_share(dues: Dues) -> None:
    """A share of an employer whom the scheme does not name must be refused."""
    with pytest.raises(InvalidValueError, match="split must name payers of the list, got 'employer'"):
        shared(dues, ((MEMBER, Ratio(1, 2)), (EMPLOYER, Ratio(1, 2))))


def test_a_payer_bears_one_share(dues: Dues) -> None:
    """A payer who is named twice must be refused."""
    with pytest.raises(InvalidValueError, match="split must name each payer once, got 2"):
        shared(dues, ((MEMBER, Ratio(1, 2)), (MEMBER, Ratio(1, 2))))


def test_every_source_is_told(dues: Dues) -> None:
    """The source of the payers and those of all rates must be told."""
    assert dues.sources == ("HN-4.3.1", "HN-4.3.4b")


@pytest.mark.clause("HN-4.3.1")
def test_every_source_of_the_document_has_its_name() -> None:
    """Members, union, government, employer, donations, interest and others must be told apart (HN-4.3.1)."""
    expected = ["member", "union", "employer", "government", "donation", "interest", "other"]
    assert expected == [source.value for source in FundingSource]
