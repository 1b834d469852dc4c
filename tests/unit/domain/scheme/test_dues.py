"""Dues: above zero, at least one share, somebody who pays."""

import attrs
import pytest

from mutualaid_core.domain.scheme.dues import Dues, FundingSource
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.money import ZERO
from mutualaid_core.errors import InvalidValueError


@pytest.fixture
def dues(version: SchemeVersion) -> Dues:
    """The dues of the sample version."""
    return version.dues


@pytest.mark.parametrize(
    "change", [{"amount": ZERO}, {"shares_max": 0}, {"payers": ()}, {"source": ""}], ids=str
)
def test_dues_that_ask_nothing_are_refused(dues: Dues, change: dict[str, object]) -> None:
    """Dues of nothing, for no share, of nobody or from nowhere must be refused."""
    with pytest.raises(InvalidValueError, match=f"{next(iter(change))} must"):
        attrs.evolve(dues, **change)


@pytest.mark.clause("HN-4.3.1")
def test_every_source_of_the_document_has_its_name() -> None:
    """Members, union, government, employer, donations, interest and others must be told apart (HN-4.3.1)."""
    expected = ["member", "union", "employer", "government", "donation", "interest", "other"]
    assert expected == [source.value for source in FundingSource]
