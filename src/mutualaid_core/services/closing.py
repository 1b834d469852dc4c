"""Closing (期末结转): a period stops taking postings, then rolls into the reserve."""

from collections import Counter
from typing import Final

import attrs

from mutualaid_core.domain.claims.claim import Claim, ClaimState
from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.fund.account import FundAccount, Side, Title
from mutualaid_core.domain.fund.closing import Closing
from mutualaid_core.domain.fund.ledger import EntryKind, LedgerLine
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.contribution import PayerShare
from mutualaid_core.domain.scheme.dues import FundingSource
from mutualaid_core.domain.scheme.period import Period, PeriodState
from mutualaid_core.domain.values.entries import closing_entry_id
from mutualaid_core.domain.values.identifiers import PeriodId, SchemeId
from mutualaid_core.domain.values.money import Money, total
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.ports.store import Store
from mutualaid_core.rules.fund.closing import closing_figures
from mutualaid_core.rules.fund.postings import closing_entry
from mutualaid_core.rules.scheme.continuity import closing_order_faults
from mutualaid_core.services.membership.paying.owed import agency_flags, held_faults, unreturned_faults
from mutualaid_core.services.standing import period_of, periods_of, posting_faults
from mutualaid_core.work import Done, Host, Purpose, Work, perform, read_all

UNPAID_SHOWN = 5
"""Unpaid claims that a refusal names."""


@attrs.frozen(kw_only=True)
class ClosePeriod:
    """Command: stop, or close, a period."""

    scheme_id: SchemeId
    period_id: PeriodId


@attrs.frozen(kw_only=True)
class PeriodStopped:
    """Result: ``PASS``, ``FLAG`` with what agencies still owe, or ``REJECT`` with the reasons."""

    outcome: Outcome
    faults: tuple[Fault, ...]


@attrs.frozen(kw_only=True)
class PeriodClosed:
    """Result: ``PASS`` with the figures, or ``REJECT`` with the reasons."""

    outcome: Outcome
    closing: Closing | None
    faults: tuple[Fault, ...]


def stop_postings(host: Host, act: Act, command: ClosePeriod) -> Done[PeriodStopped]:
    """Let nothing more be posted to a period, so that its figures stand still.

    Every posting checks the period at commit: one that was under way when this act was
    committed is refused, so the figures read afterwards are final. Only payments of what was
    approved before still go out, since they change neither income nor benefits. What is still to
    be returned for void places must go back first: afterwards it would be reserve for good. Held
    remittances must be settled or go back first: afterwards they would cover nobody. What an agency
    still has of the period is told, and can be passed on later.

    Raises:
        NotFoundError: There is no such period.

    Clause:
        ACFTU-S4.2b, ACFTU-8.1e, HN-4.3.5b, HN-3.1.2b, ACFTU-2.3b
    """

    def decide(work: Work) -> PeriodStopped:
        period = period_of(work, command.scheme_id, command.period_id)
        faults = _stop_faults(work, host, act, period) or closing_order_faults(
            period, periods_of(work, host.store, period.scheme_id)
        )
        if faults:
            return PeriodStopped(outcome=Outcome.REJECT, faults=faults)
        work.replace(attrs.evolve(period, state=PeriodState.CLOSING))
        flags = agency_flags(host.store, period)
        return PeriodStopped(outcome=Outcome.FLAG if flags else Outcome.PASS, faults=flags)

    purpose = Purpose(
        name="stop_postings", subject=command.period_id, chain=command.scheme_id, answer=PeriodStopped
    )
    return perform(host, act, purpose, command, decide)


def _stop_faults(work: Work, host: Host, act: Act, period: Period) -> tuple[Fault, ...]:
    if faults := posting_faults(period):
        return faults
    if act.business_on <= period.cover.last_day:
        rule = f"must be after {period.cover.last_day.isoformat()}"
        found = act.business_on.isoformat()
        return (Fault(subject="business_on", rule=rule, found=found, clause="HN-4.3.2"),)
    # Only here, not at the closing: a stopped period lets no place be found void, and returns nothing.
    return (
        _unpaid_faults(host, period)
        or (*unreturned_faults(work, host.store, period), *held_faults(work, host.store, period))
        or _later_entry_faults(host, act, period)
    )


def _unpaid_faults(host: Host, period: Period) -> tuple[Fault, ...]:
    """Refuse while something approved is unpaid; lists the first few claims."""
    unpaid = [
        claim.claim_id
        for claim in read_all(host.store, Claim, "period_id", period.period_id)
        if claim.scheme_id == period.scheme_id and claim.state is ClaimState.APPROVED
    ]
    if not unpaid:
        return ()
    rule, found = "must have no approved claim that is unpaid", ", ".join(unpaid[:UNPAID_SHOWN])
    return (Fault(subject=period.period_id, rule=rule, found=found, clause="ACFTU-8.1e"),)


def close_period(host: Host, act: Act, command: ClosePeriod) -> Done[PeriodClosed]:
    """Roll a stopped period's surplus or deficit into the reserve, and close it for ever.

    A claim that was approved while the period was being stopped must be paid first.

    Raises:
        NotFoundError: There is no such period.

    Clause:
        HN-4.3.2, HN-4.3.3, ACFTU-S4.2b, ACFTU-1.2a
    """

    def decide(work: Work) -> PeriodClosed:
        period = period_of(work, command.scheme_id, command.period_id)
        if faults := _close_faults(host, act, period):
            return PeriodClosed(outcome=Outcome.REJECT, closing=None, faults=faults)
        income = income_by_source(work, period)
        try:
            closing = _figures(work, host, act, period, income)
        except InvalidValueError as error:
            found, clause = str(error.value), error.clause or "HN-4.3.2"
            fault = Fault(subject=error.field, rule=error.rule, found=found, clause=clause)
            return PeriodClosed(outcome=Outcome.REJECT, closing=None, faults=(fault,))
        # Before anything is rolled: a balance that the ledger does not bear out never becomes reserve.
        if faults := ledger_faults(host.store, closing):
            return PeriodClosed(outcome=Outcome.REJECT, closing=None, faults=faults)
        _book(work, closing, income)
        work.replace(attrs.evolve(period, state=PeriodState.CLOSED))
        return PeriodClosed(outcome=Outcome.PASS, closing=closing, faults=())

    purpose = Purpose(
        name="close_period", subject=command.period_id, chain=command.scheme_id, answer=PeriodClosed
    )
    return perform(host, act, purpose, command, decide)


def _close_faults(host: Host, act: Act, period: Period) -> tuple[Fault, ...]:
    if period.state is PeriodState.CLOSING:
        return _unpaid_faults(host, period) or _later_entry_faults(host, act, period)
    rule, found = "must have stopped taking postings", period.state.value
    return (Fault(subject=period.period_id, rule=rule, found=found, clause="ACFTU-S4.2b"),)


def _later_entry_faults(host: Host, act: Act, period: Period) -> tuple[Fault, ...]:
    """Refuse a day before the period's last entry: nothing may be booked after its closing."""
    lines = read_all(host.store, LedgerLine, "scheme_id", period.scheme_id)
    booked = [line.booked_on for line in lines if line.period_id == period.period_id]
    if not booked or max(booked) <= act.business_on:
        return ()
    rule, found = (
        f"must be >= {max(booked).isoformat()}, the day of the last entry",
        act.business_on.isoformat(),
    )
    return (Fault(subject="business_on", rule=rule, found=found, clause="ACFTU-8.1e"),)


def _figures(work: Work, host: Host, act: Act, period: Period, income: tuple[PayerShare, ...]) -> Closing:
    grant, granted = grants_of(host.store, period, periods_of(work, host.store, period.scheme_id))
    return closing_figures(
        scheme_id=period.scheme_id,
        period_id=period.period_id,
        closed_on=act.business_on,
        reserve=balance(work, period, Title.RESERVE),
        grant=grant,
        granted=granted,
        income=total(part.amount for part in income),
        benefits=balance(work, period, Title.BENEFIT),
    )


def _book(work: Work, closing: Closing, income: tuple[PayerShare, ...]) -> None:
    work.add(closing)
    entry = closing_entry(closing_entry_id(closing.period_id), closing, income)
    if entry is not None:
        work.post(entry)


_COUNTED: Final = {
    (EntryKind.CONTRIBUTION, Title.CONTRIBUTION, Side.CREDIT): "income",
    (EntryKind.APPROVAL, Title.BENEFIT, Side.DEBIT): "benefits",
    (EntryKind.PAYMENT, Title.BANK, Side.CREDIT): "payments",
}
"""Which line of which business event makes up which figure of the disclosure."""

_TAKEN_BACK: Final = (EntryKind.CORRECTION, Title.CONTRIBUTION, Side.DEBIT)
"""Contributions that went back as an error; they are no income (HN-4.3.5b)."""


def ledger_faults(store: Store, closing: Closing) -> tuple[Fault, ...]:
    """Where the closing's figures differ from a recount of the ledger (ACFTU-14.2a)."""
    stated = {"income": closing.income, "benefits": closing.benefits, "payments": closing.benefits}
    counted: Counter[str] = Counter()
    for line in read_all(store, LedgerLine, "scheme_id", closing.scheme_id):
        if line.period_id != closing.period_id:
            continue
        place = (line.kind, line.posting.title, line.posting.side)
        if place == _TAKEN_BACK:
            counted["income"] -= line.posting.amount.fen
        elif place in _COUNTED:
            counted[_COUNTED[place]] += line.posting.amount.fen
    return tuple(
        Fault(
            subject=name,
            rule=f"must equal the ledger's {Money(counted[name])}",
            found=str(amount),
            clause="ACFTU-14.2a",
        )
        for name, amount in stated.items()
        if amount.fen != counted[name]
    )


def grants_of(store: Store, period: Period, periods: tuple[Period, ...]) -> tuple[Money, Money]:
    """Granted reserve with which the period opened, and what was granted within it.

    Within it are grants booked on or after its first day. One that came in for a later period is
    counted where its day lies: up to this period's last day here, afterwards not at all. So the
    next period opens with what this one closes with.

    Args:
        store: Store with the ledger.
        period: Period that is not closed yet; every earlier one is.
        periods: Periods of its scheme.

    Clause:
        HN-4.3.2, HN-4.3.3
    """
    later = {each.period_id for each in periods if each.cover.first_day > period.cover.last_day}
    before, within = 0, 0
    for line in read_all(store, LedgerLine, "title", Title.GRANT.code):
        if line.scheme_id != period.scheme_id:
            continue
        is_later = line.period_id in later
        if is_later and line.booked_on > period.cover.last_day:
            continue
        is_ours = line.kind is EntryKind.GRANT and (is_later or line.period_id == period.period_id)
        if is_ours and line.booked_on >= period.cover.first_day:
            within += line.posting.change
        else:
            before += line.posting.change
    return Money(before), Money(within)


def balance(work: Work, period: Period, title: Title) -> Money:
    """Present balance of a title in the period's book, on its normal side."""
    own_period = period.period_id if title.per_period else None
    account = FundAccount(scheme_id=period.scheme_id, title=title, period_id=own_period)
    return Money(work.counter(account.counter))


def income_by_source(work: Work, period: Period) -> tuple[PayerShare, ...]:
    """Contributions of the period by funding source; sources without any are left out."""
    found = []
    for source in FundingSource:
        account = FundAccount(
            scheme_id=period.scheme_id, title=Title.CONTRIBUTION, period_id=period.period_id, source=source
        )
        amount = Money(work.counter(account.counter))
        if amount:
            found.append(PayerShare(payer=source, amount=amount))
    return tuple(found)
