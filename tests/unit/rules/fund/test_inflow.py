"""Inflows: every kind has exactly the books in which it may be put down."""

import datetime

import pytest

from mutualaid_core.domain.fund.inflow import Book, Inflow, InflowKind
from mutualaid_core.domain.values.money import Money
from mutualaid_core.rules.fund.inflow import inflow_faults


@pytest.mark.parametrize("book", list(Book))
@pytest.mark.parametrize("kind", list(InflowKind))
def test_each_kind_has_one_book(kind: InflowKind, book: Book) -> None:
    """What is given for mutual aid must go to the fund, a premium to the commercial book, once each."""
    inflow = Inflow(
        scheme_id="HN-A",
        period_id="2014",
        kind=kind,
        book=book,
        amount=Money(1),
        giver="某公司",
        received_on=datetime.date(2014, 1, 1),
    )
    own = Book.COMMERCIAL if kind is InflowKind.COMMERCIAL_PREMIUM else Book.FUND
    assert len(inflow_faults(inflow)) == (book is not own)
