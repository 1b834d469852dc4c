"""Remittances (汇缴): those that are held are settled by a further act, those booked get a receipt."""

from collections.abc import Iterator

import attrs

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.fund.ledger import LedgerLine
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.contribution import Contribution, PayerShare
from mutualaid_core.domain.membership.paying.receipt import Receipt, ReceiptLine
from mutualaid_core.domain.membership.paying.remittance import (
    CorrectionKind,
    Remittance,
    RemittanceLine,
    RemittanceState,
)
from mutualaid_core.domain.values.entries import given_entry
from mutualaid_core.domain.values.identifiers import EntryId, MemberId, SchemeId
from mutualaid_core.domain.values.money import ZERO, Money, total
from mutualaid_core.domain.values.personal import pseudonym
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.ports.store import Query, Store
from mutualaid_core.rules.fund.postings import holding_entry, remittance_entry
from mutualaid_core.rules.membership.paying.consent import booking_outcome
from mutualaid_core.rules.membership.paying.naming import held_payment, left_out_faults
from mutualaid_core.rules.membership.paying.remittance import list_faults
from mutualaid_core.serialization.codec import decode
from mutualaid_core.serialization.records import key_of, keys_below
from mutualaid_core.services.membership.contribution import (
    Judged,
    RemittanceReceived,
    check_lines,
    judge,
    refused,
    settle,
    tell_held,
)
from mutualaid_core.services.membership.paying.owing import left_out, past_findings
from mutualaid_core.services.standing import period_of, posting_faults
from mutualaid_core.work import Done, Host, Purpose, Work, perform, read_all, read_one


@attrs.frozen(kw_only=True)
class SettleRemittance:
    """Command: resolve a remittance that is held, by more money, by another list, or by both.

    Attributes:
        scheme_id: Scheme.
        remittance_id: The remittance.
        entry_id: Id of the ledger entry that books it, or that holds the further money.
        supplement: Money that came in since; nothing if it is zero.
        lines: The list as corrected; the one that was held if ``None``.
    """

    scheme_id: SchemeId
    remittance_id: EntryId = attrs.field(validator=pseudonym)
    entry_id: EntryId = attrs.field(validator=given_entry)
    supplement: Money = ZERO
    lines: tuple[RemittanceLine, ...] | None = None


def settle_remittance(host: Host, act: Act, command: SettleRemittance) -> Done[RemittanceReceived]:
    """Book a held remittance once bank and list agree and every line is what that person owes.

    The money counts as paid on the day on which the last of it came; for whoever only a further
    list names, on the day of that list. So it does for everybody of a list that leaves out somebody
    who could be booked, for that list chooses among them. Whoever was listed and is so no more is
    named, and every list stays on record. What still does not agree stays held, with the further
    money and the further list; what may not be taken is refused and leaves the remittance as it was.
    Deductions from the pay are judged again, by the consents that are on record now and held on the
    day of the payment. Money that is too little once the rest would come too late is told to go back.

    Raises:
        NotFoundError: There is no such remittance.
        InvalidValueError: The supplement is below zero.
        TooLargeError: More lines than one act can take.
        AlreadyExistsError: The ledger has an entry of that id.

    Clause:
        HN-3.1.2b, HN-4.3.5a, HN-4.3.5d, ACFTU-2.3b, SN-2.3.5d
    """
    check_lines(command.lines or ())
    if command.supplement < ZERO:
        raise InvalidValueError("supplement", "must be >= 0", str(command.supplement))

    def decide(work: Work) -> RemittanceReceived:
        held = work.get(Remittance, key_of(command.scheme_id, command.remittance_id))
        period = period_of(work, held.scheme_id, held.period_id)
        if faults := _held_faults(held, act) or posting_faults(period):
            return refused(faults)
        told = _told(held, command, act)
        payment = held_payment(told, act.business_on)
        gone = left_out(host, act, period, payment, told)
        payment = held_payment(told, act.business_on, gone.owing, gone.late)
        judged = judge(work, host, period, payment, told.lines)
        faults = (*list_faults(told.unit_id, told.lines, told.balance), *judged.faults)
        outcome, left = booking_outcome(faults, judged.unauthorised), left_out_faults(held, told.lines)
        if outcome is Outcome.PASS:
            _book(work, host, told, judged, command, act)
            done = Outcome.FLAG if left else Outcome.PASS
            return RemittanceReceived(outcome=done, booked=told.listed, faults=left)
        if outcome is Outcome.HOLD:
            _keep(work, held, told, command, act)
        past = past_findings(host, act, held)
        return RemittanceReceived(outcome=outcome, booked=ZERO, faults=(*faults, *left, *past))

    purpose = Purpose(
        name="settle_remittance",
        subject=command.remittance_id,
        chain=command.scheme_id,
        answer=RemittanceReceived,
    )
    return perform(host, act, purpose, command, decide)


def _held_faults(held: Remittance, act: Act) -> tuple[Fault, ...]:
    if held.state is not RemittanceState.HELD:
        found = held.state.value
        return (Fault(subject=held.remittance_id, rule="must be held", found=found, clause="HN-3.1.2b"),)
    days = (held.received_on, held.listed_on or held.received_on)
    last = max((*days, *(each.corrected_on for each in held.corrections)))
    if act.business_on < last:
        rule, found = f"must be >= {last.isoformat()}", act.business_on.isoformat()
        return (Fault(subject="business_on", rule=rule, found=found, clause="HN-3.1.2b"),)
    return ()


def _told(held: Remittance, command: SettleRemittance, act: Act) -> Remittance:
    """The remittance with what this act brings."""
    listed = held if command.lines is None else held.with_list(command.lines, act.business_on)
    received_on = act.business_on if command.supplement else held.received_on
    came_on = held.came_on or held.received_on
    return attrs.evolve(
        listed,
        received=held.received + command.supplement,
        received_on=received_on,
        came_on=came_on if came_on < received_on else None,
    )


def _book(  # noqa: PLR0913, PLR0917  # what a settlement is made of
    work: Work, host: Host, told: Remittance, judged: Judged, command: SettleRemittance, act: Act
) -> None:
    contributions = settle(work, host, act, judged)
    released = told.balance - command.supplement
    day = act.business_on
    work.post(remittance_entry(command.entry_id, contributions, booked_on=day, released=released))
    booked = attrs.evolve(
        told, state=RemittanceState.BOOKED, settled_on=day, settled_by=command.entry_id, lines=()
    )
    work.replace(booked)


def _keep(work: Work, held: Remittance, told: Remittance, command: SettleRemittance, act: Act) -> None:
    if command.supplement:
        work.post(holding_entry(command.entry_id, told, command.supplement, act.business_on))
        if not held.balance:
            tell_held(work, held)
    work.replace(told)


def receipt_of(store: Store, scheme_id: SchemeId, remittance_id: EntryId) -> Receipt | None:
    """Receipt (收据) for a remittance; ``None`` while it is held, and where it went back.

    A member whose payment went back as an error is listed with what was returned.

    Args:
        store: Store.
        scheme_id: Scheme.
        remittance_id: The remittance.

    Raises:
        NotFoundError: There is no such remittance.

    Clause:
        HN-3.1.2b, ACFTU-2.3a, HN-4.3.1
    """
    remittance = read_one(store, Remittance, key_of(scheme_id, remittance_id))
    if remittance.settled_by is None:
        return None
    paid = [
        each
        for each in read_all(store, Contribution, "unit_id", remittance.unit_id)
        if (each.scheme_id, each.entry_id) == (scheme_id, remittance_id)
    ]
    by_source = tuple(_by_source(store, scheme_id, remittance.settled_by))
    # Who paid anew after a correction has another contribution now; the correction still tells.
    lines = _corrected_lines(remittance) | {each.member_id: _receipt_line(each) for each in paid}
    return Receipt(
        receipt_id=remittance_id,
        scheme_id=scheme_id,
        period_id=remittance.period_id,
        unit_id=remittance.unit_id,
        received_on=remittance.received_on,
        amount=total(part.amount for part in by_source),
        by_source=by_source,
        lines=tuple(lines[member_id] for member_id in sorted(lines)),
    )


def _by_source(store: Store, scheme_id: SchemeId, entry_id: EntryId) -> Iterator[PayerShare]:
    """What each source bore by the ledger entry that booked the remittance."""
    low, high = keys_below(scheme_id, entry_id)
    page = store.scan(Query(kind="ledger_line", low=low, high=high))
    lines = [decode(record.body, LedgerLine) for record in page.records]
    for line in sorted(lines, key=lambda line: line.line):
        if line.posting.source is not None:
            yield PayerShare(payer=line.posting.source, amount=line.posting.amount)


def _receipt_line(contribution: Contribution) -> ReceiptLine:
    returned = ZERO if contribution.is_settled else contribution.amount
    return ReceiptLine(member_id=contribution.member_id, amount=contribution.amount, returned=returned)


def _corrected_lines(remittance: Remittance) -> dict[MemberId, ReceiptLine]:
    """Lines of those whose payment went back out of the fund, by member."""
    return {
        each.member_id: ReceiptLine(member_id=each.member_id, amount=each.amount, returned=each.amount)
        for each in remittance.corrections
        if each.kind is CorrectionKind.VOIDED_ENROLMENT and each.member_id is not None
    }
