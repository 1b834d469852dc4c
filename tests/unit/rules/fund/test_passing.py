"""Passing on: money of an agency moves to the bank, and is no income anew."""

import datetime

import pytest

from mutualaid_core.domain.fund.account import Side, Title
from mutualaid_core.domain.fund.ledger import EntryKind
from mutualaid_core.domain.values.identifiers import EntryId
from mutualaid_core.rules.fund.passing import passed_on_entry
from mutualaid_core.testing.samples import PERIOD, SCHEME, yuan


@pytest.mark.clause("ACFTU-2.3b")
def test_what_an_agency_passes_on_moves_to_the_bank() -> None:
    """70 passed on must be a debit of the bank and a credit of what agencies owe, and nothing else."""
    entry = passed_on_entry(
        entry_id=EntryId("A-1"),
        scheme_id=SCHEME,
        period_id=PERIOD,
        booked_on=datetime.date(2014, 1, 10),
        agency_id="AG-1",
        amount=yuan(70),
    )
    assert (entry.kind, entry.subject) == (EntryKind.PASSED_ON, "AG-1")
    assert [(line.title, line.side, line.amount) for line in entry.postings] == [
        (Title.BANK, Side.DEBIT, yuan(70)),
        (Title.AGENCY, Side.CREDIT, yuan(70)),
    ]
