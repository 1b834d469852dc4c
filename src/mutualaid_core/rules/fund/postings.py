"""Postings (记账): the double entry of each business event, per scheme's book."""

import datetime

from mutualaid_core.clauses import implements
from mutualaid_core.domain.fund.account import Side, Title
from mutualaid_core.domain.fund.closing import Closing
from mutualaid_core.domain.fund.ledger import EntryKind, LedgerEntry, Posting
from mutualaid_core.domain.fund.payment import Payment
from mutualaid_core.domain.membership.contribution import Contribution, PayerShare
from mutualaid_core.domain.scheme.dues import FundingSource
from mutualaid_core.domain.values.identifiers import EntryId, PeriodId, SchemeId
from mutualaid_core.domain.values.money import Money, total
from mutualaid_core.errors import InvalidValueError


@implements("HN-4.3.3")
def grant_entry(  # noqa: PLR0913  # the fields of the entry
    *,
    entry_id: EntryId,
    scheme_id: SchemeId,
    period_id: PeriodId,
    booked_on: datetime.date,
    amount: Money,
    giver: str,
) -> LedgerEntry:
    """Seed money or a reserve grant came in; it is kept apart from contributions.

    Clause:
        HN-4.3.3
    """
    return LedgerEntry(
        entry_id=entry_id,
        scheme_id=scheme_id,
        period_id=period_id,
        booked_on=booked_on,
        kind=EntryKind.GRANT,
        subject=giver,
        postings=(
            Posting(title=Title.BANK, side=Side.DEBIT, amount=amount),
            Posting(title=Title.GRANT, side=Side.CREDIT, amount=amount),
        ),
    )


@implements("HN-3.1.2b", "HN-4.3.1")
def remittance_entry(entry_id: EntryId, contributions: tuple[Contribution, ...]) -> LedgerEntry:
    """One unit's remittance came in: one debit, a credit per funding source.

    Raises:
        InvalidValueError: No contribution, or several units, periods or days in one remittance.

    Clause:
        HN-3.1.2b, HN-4.3.1
    """
    heads = {(part.scheme_id, part.period_id, part.unit_id, part.received_on) for part in contributions}
    if len(heads) != 1:
        rule = "must be of one unit, period and day"
        raise InvalidValueError("remittance", rule, f"{len(heads)} of them", clause="HN-3.1.2b")
    first = contributions[0]
    by_source = contribution_by_source(contributions)
    return LedgerEntry(
        entry_id=entry_id,
        scheme_id=first.scheme_id,
        period_id=first.period_id,
        booked_on=first.received_on,
        kind=EntryKind.CONTRIBUTION,
        subject=first.unit_id,
        postings=(
            Posting(title=Title.BANK, side=Side.DEBIT, amount=total(part.amount for part in by_source)),
            *(
                Posting(title=Title.CONTRIBUTION, side=Side.CREDIT, amount=part.amount, source=part.payer)
                for part in by_source
            ),
        ),
    )


@implements("ACFTU-2.3a", "HN-4.3.1")
def contribution_by_source(contributions: tuple[Contribution, ...]) -> tuple[PayerShare, ...]:
    """What each source bore of *contributions*, in the order of ``FundingSource``; no zeros.

    Clause:
        ACFTU-2.3a, HN-4.3.1
    """
    sums = dict.fromkeys(FundingSource, 0)
    for contribution in contributions:
        for part in contribution.split:
            sums[part.payer] += part.amount.fen
    return tuple(PayerShare(payer=source, amount=Money(fen)) for source, fen in sums.items() if fen)


@implements("ACFTU-8.1e")
def approval_entry(  # noqa: PLR0913  # the fields of the entry
    *,
    entry_id: EntryId,
    scheme_id: SchemeId,
    period_id: PeriodId,
    booked_on: datetime.date,
    amount: Money,
    subject: str,
) -> LedgerEntry:
    """A benefit was approved: it is cost of the period and owed to the member.

    Clause:
        ACFTU-8.1e
    """
    return LedgerEntry(
        entry_id=entry_id,
        scheme_id=scheme_id,
        period_id=period_id,
        booked_on=booked_on,
        kind=EntryKind.APPROVAL,
        subject=subject,
        postings=(
            Posting(title=Title.BENEFIT, side=Side.DEBIT, amount=amount),
            Posting(title=Title.PAYABLE, side=Side.CREDIT, amount=amount),
        ),
    )


@implements("ACFTU-8.1e", "ACFTU-12.1b")
def payment_entry(payment: Payment) -> LedgerEntry:
    """What was owed left the bank.

    Clause:
        ACFTU-8.1e, ACFTU-12.1b
    """
    return LedgerEntry(
        entry_id=payment.entry_id,
        scheme_id=payment.scheme_id,
        period_id=payment.period_id,
        booked_on=payment.paid_on,
        kind=EntryKind.PAYMENT,
        subject=payment.claim_id,
        postings=(
            Posting(title=Title.PAYABLE, side=Side.DEBIT, amount=payment.amount),
            Posting(title=Title.BANK, side=Side.CREDIT, amount=payment.amount),
        ),
    )


@implements("HN-4.3.2", "HN-4.3.3", "ACFTU-1.2a")
def closing_entry(entry_id: EntryId, closing: Closing, income: tuple[PayerShare, ...]) -> LedgerEntry | None:
    """The period's income and benefits go into the reserve; ``None`` where there were none.

    A deficit is borne by the rolled reserve, what that cannot bear by the grant.

    Args:
        entry_id: Id of the entry.
        closing: Figures of the closing.
        income: Contributions of the period by source, which add up to the closing's income.

    Clause:
        HN-4.3.2, HN-4.3.3, ACFTU-1.2a
    """
    lines = [
        Posting(title=Title.CONTRIBUTION, side=Side.DEBIT, amount=part.amount, source=part.payer)
        for part in income
    ]
    if closing.benefits:
        lines.append(Posting(title=Title.BENEFIT, side=Side.CREDIT, amount=closing.benefits))
    change = closing.reserve_after - closing.reserve_before
    if change:
        side = Side.CREDIT if change.fen > 0 else Side.DEBIT
        lines.append(Posting(title=Title.RESERVE, side=side, amount=Money(abs(change.fen))))
    if closing.from_grant:
        lines.append(Posting(title=Title.GRANT, side=Side.DEBIT, amount=closing.from_grant))
    if not lines:
        return None
    return LedgerEntry(
        entry_id=entry_id,
        scheme_id=closing.scheme_id,
        period_id=closing.period_id,
        booked_on=closing.closed_on,
        kind=EntryKind.CLOSING,
        subject=closing.period_id,
        postings=tuple(lines),
    )
