"""Passing on (上缴记账): the double entry of what an agency passed on."""

import datetime

from mutualaid_core.clauses import implements
from mutualaid_core.domain.fund.account import Side, Title
from mutualaid_core.domain.fund.ledger import EntryKind, LedgerEntry, Posting
from mutualaid_core.domain.values.identifiers import EntryId, PeriodId, SchemeId
from mutualaid_core.domain.values.money import Money


@implements("ACFTU-2.3b")
def passed_on_entry(  # noqa: PLR0913  # the fields of the entry
    *,
    entry_id: EntryId,
    scheme_id: SchemeId,
    period_id: PeriodId,
    booked_on: datetime.date,
    agency_id: str,
    amount: Money,
) -> LedgerEntry:
    """An agency passed on what it owed: it is at the bank now, and income of no day anew.

    Args:
        entry_id: Id of the entry.
        scheme_id: Scheme.
        period_id: Period whose contributions they were.
        booked_on: Business day.
        agency_id: The agency.
        amount: What came to the bank, above zero.

    Clause:
        ACFTU-2.3b
    """
    return LedgerEntry(
        entry_id=entry_id,
        scheme_id=scheme_id,
        period_id=period_id,
        booked_on=booked_on,
        kind=EntryKind.PASSED_ON,
        subject=agency_id,
        postings=(
            Posting(title=Title.BANK, side=Side.DEBIT, amount=amount),
            Posting(title=Title.AGENCY, side=Side.CREDIT, amount=amount),
        ),
    )
