"""Fund accounts: titles, their balances, the keys of their counters."""

import pytest

from mutualaid_core.domain.fund.account import FundAccount, Side, Title
from mutualaid_core.domain.scheme.dues import FundingSource
from mutualaid_core.errors import InvalidValueError

CODES = {
    "BANK": ("bank", Side.DEBIT, False),
    "CONTRIBUTION": ("contribution", Side.CREDIT, True),
    "BENEFIT": ("benefit", Side.DEBIT, True),
    "PAYABLE": ("payable", Side.CREDIT, False),
    "RESERVE": ("reserve", Side.CREDIT, False),
    "GRANT": ("grant", Side.CREDIT, False),
    "HELD_BANK": ("held_bank", Side.DEBIT, False),
    "HELD": ("held", Side.CREDIT, False),
    "AGENCY": ("agency", Side.DEBIT, False),
}
"""Titles as they are stored; a line here is never changed, only added."""


def test_codes_never_change() -> None:
    """Stored codes must keep their meaning for ever."""
    assert {title.name: (title.code, title.side, title.per_period) for title in Title} == CODES


def test_codes_are_used_once() -> None:
    """No two titles may share a code."""
    assert len({title.code for title in Title}) == len(Title)


@pytest.mark.parametrize("title", Title, ids=lambda title: title.code)
def test_a_title_is_found_by_its_code(title: Title) -> None:
    """A stored code must lead back to its title, whose repr is what one writes in code."""
    assert (title, f"Title.{title.name}") == (Title.coded(title.code), repr(title))


def test_an_unknown_code_is_refused() -> None:
    """A code that no title has must be refused."""
    with pytest.raises(
        InvalidValueError, match="code must be that of a title of account, got '4 characters'"
    ):
        Title.coded("cash")


@pytest.mark.parametrize("title", Title, ids=lambda title: title.code)
def test_a_title_has_names(title: Title) -> None:
    """Every title must be named in Chinese and in English."""
    assert title.zh
    assert title.en


@pytest.mark.clause("ACFTU-13.3b", "HN-4.3.1")
@pytest.mark.parametrize(
    ("title", "period", "source", "counter"),
    [
        (Title.BANK, None, None, "fund/A/bank"),
        (Title.BENEFIT, "2014", None, "fund/A/2014/benefit"),
        (Title.CONTRIBUTION, "2014", FundingSource.UNION, "fund/A/2014/contribution/union"),
    ],
    ids=["bank", "benefit", "contribution"],
)
def test_each_balance_has_its_counter(
    title: Title, period: str | None, source: FundingSource | None, counter: str
) -> None:
    """Every line must carry its scheme, and each source be a sub-account (ACFTU-13.3b, HN-4.3.1)."""
    assert counter == FundAccount(scheme_id="A", title=title, period_id=period, source=source).counter


@pytest.mark.parametrize(
    ("title", "period"), [(Title.BANK, "2014"), (Title.BENEFIT, None)], ids=["too many", "too few"]
)
def test_the_period_fits_the_title(title: Title, period: str | None) -> None:
    """A period must be given exactly for titles with a balance per period."""
    with pytest.raises(InvalidValueError, match=f"period_id must fit the title {title.code}"):
        FundAccount(scheme_id="A", title=title, period_id=period)


@pytest.mark.clause("HN-4.3.1")
@pytest.mark.parametrize(
    ("title", "source"),
    [(Title.BENEFIT, FundingSource.UNION), (Title.CONTRIBUTION, None)],
    ids=["too many", "too few"],
)
def test_the_source_fits_the_title(title: Title, source: FundingSource | None) -> None:
    """An inflow without a source must be refused, and so must a source elsewhere (HN-4.3.1)."""
    with pytest.raises(InvalidValueError, match=f"source must fit the title {title.code}"):
        FundAccount(scheme_id="A", title=title, period_id="2014", source=source)


def test_a_period_must_not_break_the_key() -> None:
    """A slash in a period's id must be refused, since slashes join the parts of the key."""
    with pytest.raises(InvalidValueError, match="period_id must be 1 to 64 bytes"):
        FundAccount(scheme_id="A", title=Title.BENEFIT, period_id="2014/benefit")
