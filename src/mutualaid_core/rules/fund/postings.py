"""Postings (记账): the double entry of each business event, per scheme's book."""

import datetime

from mutualaid_core.clauses import implements
from mutualaid_core.domain.fund.account import Side, Title
from mutualaid_core.domain.fund.closing import Closing
from mutualaid_core.domain.fund.ledger import EntryKind, LedgerEntry, Posting
from mutualaid_core.domain.fund.payment import Payment
from mutualaid_core.domain.membership.contribution import Contribution, PayerShare
from mutualaid_core.domain.membership.paying.remittance import Correction, Remittance
from mutualaid_core.domain.scheme.dues import FundingSource
from mutualaid_core.domain.values.identifiers import EntryId, PeriodId, SchemeId
from mutualaid_core.domain.values.money import ZERO, Money, total
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
def remittance_entry(
    entry_id: EntryId,
    contributions: tuple[Contribution, ...],
    *,
    booked_on: datetime.date | None = None,
    released: Money = ZERO,
    into: Title = Title.BANK,
) -> LedgerEntry:
    """One unit's remittance came in: one debit, a credit per funding source.

    Args:
        entry_id: Id of the entry.
        contributions: What was paid for whom.
        booked_on: Business day, where it is another than that of the payment.
        released: What of it was held until now, and leaves the accounts for held money.
        into: Where the money is: at the bank, or still with an agency that owes it to the fund.

    Raises:
        InvalidValueError: No contribution, or several units, periods or days in one remittance.

    Clause:
        HN-3.1.2b, HN-4.3.1
    """
    # Held money may be paid on several days, as its persons were named; it is booked on one.
    days = {booked_on or part.received_on for part in contributions}
    heads = {(part.scheme_id, part.period_id, part.unit_id, day) for part in contributions for day in days}
    if len(heads) != 1:
        rule = "must be of one unit, period and day"
        raise InvalidValueError("remittance", rule, f"{len(heads)} of them", clause="HN-3.1.2b")
    first = contributions[0]
    by_source = contribution_by_source(contributions)
    return LedgerEntry(
        entry_id=entry_id,
        scheme_id=first.scheme_id,
        period_id=first.period_id,
        booked_on=booked_on or first.received_on,
        kind=EntryKind.CONTRIBUTION,
        subject=first.unit_id,
        postings=(
            Posting(title=into, side=Side.DEBIT, amount=total(part.amount for part in by_source)),
            *(
                Posting(title=Title.CONTRIBUTION, side=Side.CREDIT, amount=part.amount, source=part.payer)
                for part in by_source
            ),
            *(_held(Side.DEBIT, released) if released else ()),
        ),
    )


def _held(side: Side, amount: Money) -> tuple[Posting, ...]:
    """Both accounts for held money; *side* is that of what is owed to the unit.

    They are a pair of their own, so that no benefit is paid, and no period closed, with money
    that may have to go back.
    """
    other = Side.DEBIT if side is Side.CREDIT else Side.CREDIT
    return (
        Posting(title=Title.HELD_BANK, side=other, amount=amount),
        Posting(title=Title.HELD, side=side, amount=amount),
    )


@implements("HN-3.1.2b")
def holding_entry(
    entry_id: EntryId, remittance: Remittance, amount: Money, booked_on: datetime.date
) -> LedgerEntry:
    """Money came in that does not agree with its list: it is at the bank, and owed to the unit.

    Args:
        entry_id: Id of the entry.
        remittance: The remittance that is held.
        amount: What came in now, above zero.
        booked_on: Business day.

    Clause:
        HN-3.1.2b
    """
    return _entry_of(entry_id, remittance, booked_on, EntryKind.HOLDING, _held(Side.CREDIT, amount))


@implements("HN-4.3.5b")
def return_entry(entry_id: EntryId, remittance: Remittance, correction: Correction) -> LedgerEntry:
    """Held money that came in error went back to the unit.

    Clause:
        HN-4.3.5b
    """
    postings = _held(Side.DEBIT, correction.amount)
    return _entry_of(entry_id, remittance, correction.corrected_on, EntryKind.CORRECTION, postings)


def _entry_of(
    entry_id: EntryId,
    remittance: Remittance,
    booked_on: datetime.date,
    kind: EntryKind,
    postings: tuple[Posting, ...],
) -> LedgerEntry:
    return LedgerEntry(
        entry_id=entry_id,
        scheme_id=remittance.scheme_id,
        period_id=remittance.period_id,
        booked_on=booked_on,
        kind=kind,
        subject=remittance.unit_id,
        postings=postings,
    )


@implements("HN-4.3.5b")
def reversal_entry(
    entry_id: EntryId, contribution: Contribution, booked_on: datetime.date, *, by_agency: Money = ZERO
) -> LedgerEntry:
    """The contribution of a void enrolment went back: income by source is taken back, line by line.

    Args:
        entry_id: Id of the entry.
        contribution: What was paid.
        booked_on: Business day.
        by_agency: What of it an agency gives back, which still had it; the bank gives the rest.

    Clause:
        HN-4.3.5b
    """
    by_source = contribution_by_source((contribution,))
    givers = ((Title.AGENCY, by_agency), (Title.BANK, contribution.amount - by_agency))
    return LedgerEntry(
        entry_id=entry_id,
        scheme_id=contribution.scheme_id,
        period_id=contribution.period_id,
        booked_on=booked_on,
        kind=EntryKind.CORRECTION,
        subject=contribution.unit_id,
        postings=(
            *(
                Posting(title=Title.CONTRIBUTION, side=Side.DEBIT, amount=part.amount, source=part.payer)
                for part in by_source
            ),
            *(Posting(title=title, side=Side.CREDIT, amount=amount) for title, amount in givers if amount),
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
