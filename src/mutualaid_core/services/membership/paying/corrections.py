"""Corrections (缴费更正): money that came in error goes back; a valid contribution never does."""

import attrs

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.fund.account import FundAccount, Title
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.contribution import Contribution
from mutualaid_core.domain.membership.enrolment import Enrolment
from mutualaid_core.domain.membership.paying.agency import AgencyCollection, GivenBack
from mutualaid_core.domain.membership.paying.remittance import (
    Correction,
    CorrectionKind,
    RefundGround,
    Remittance,
    RemittanceState,
)
from mutualaid_core.domain.values.checks import optional
from mutualaid_core.domain.values.entries import given_entry
from mutualaid_core.domain.values.identifiers import EntryId, MemberId, SchemeId
from mutualaid_core.domain.values.money import ZERO, Money
from mutualaid_core.domain.values.personal import pseudonym
from mutualaid_core.rules.fund.postings import return_entry, reversal_entry
from mutualaid_core.rules.membership.paying.agency import giving_back_faults, share_of_agency
from mutualaid_core.rules.membership.paying.correction import (
    contribution_faults,
    duplicate_faults,
    ground_faults,
    held_money_faults,
    overpaid_faults,
)
from mutualaid_core.serialization.records import key_of
from mutualaid_core.services.membership.paying.owing import owing_of
from mutualaid_core.services.standing import period_of, posting_faults
from mutualaid_core.work import Done, Host, Purpose, Work, perform


@attrs.frozen(kw_only=True)
class CorrectContribution:
    """Command: give money back.

    Attributes:
        scheme_id: Scheme.
        remittance_id: Remittance with which the money came.
        entry_id: Id of the ledger entry by which it goes back.
        ground: Why it is asked for.
        amount: How much.
        member_id: Whose payment it is; needed for all but an overpayment.
        cause: What it rests on: a paper, a number; no person's name.
    """

    scheme_id: SchemeId
    remittance_id: EntryId = attrs.field(validator=pseudonym)
    entry_id: EntryId = attrs.field(validator=given_entry)
    ground: RefundGround
    amount: Money
    member_id: MemberId | None = attrs.field(default=None, validator=optional(pseudonym))
    cause: str


@attrs.frozen(kw_only=True)
class Corrected:
    """Result: ``PASS`` with what went back, else nothing did and the faults say why."""

    outcome: Outcome
    returned: Money
    faults: tuple[Fault, ...]


def correct_contribution(host: Host, act: Act, command: CorrectContribution) -> Done[Corrected]:
    """Give back what came in error, by an entry of its own kind; cover stays as it is.

    A duplicate and an overpayment go back out of the money that is held; what the persons of its
    lists owe was not overpaid. Held money that is too little goes back whole, once the rest would
    come too late: nobody can be covered by it. The contribution of an enrolment that is void goes
    back out of the fund, and the income with it: out of what an agency still has of it, which then
    owes so much less, and for the rest out of the bank. Leaving, or a change of mind, is no error:
    the contribution was valid and is not refunded.

    Raises:
        NotFoundError: There is no such remittance.
        AlreadyExistsError: The ledger has an entry of that id.
        TooLargeError: The lists of a held remittance name more persons than one act can judge.

    Clause:
        HN-4.3.5b, HN-3.1.2b
    """

    def decide(work: Work) -> Corrected:
        remittance = work.get(Remittance, key_of(command.scheme_id, command.remittance_id))
        kind = command.ground.correction
        if kind is None:
            return _refused(ground_faults(command.remittance_id, command.ground))
        if kind is CorrectionKind.VOIDED_ENROLMENT:
            return _reverse(work, act, command, remittance)
        return _return_held(work, host, act, command, remittance, kind)

    purpose = Purpose(
        name="correct_contribution",
        subject=command.remittance_id,
        chain=command.scheme_id,
        answer=Corrected,
    )
    return perform(host, act, purpose, command, decide)


def _refused(faults: tuple[Fault, ...], outcome: Outcome = Outcome.REJECT) -> Corrected:
    return Corrected(outcome=outcome, returned=ZERO, faults=faults)


def _correction(act: Act, command: CorrectContribution, kind: CorrectionKind) -> Correction:
    return Correction(
        entry_id=command.entry_id,
        kind=kind,
        amount=command.amount,
        corrected_on=act.business_on,
        member_id=command.member_id,
        cause=command.cause,
    )


def _return_held(  # noqa: PLR0913, PLR0917  # what a return is made of
    work: Work, host: Host, act: Act, command: CorrectContribution, held: Remittance, kind: CorrectionKind
) -> Corrected:
    """Give back held money; it is no income of the period, so that may be closed meanwhile."""
    faults = held_money_faults(held, command.amount, act.business_on)
    if kind is CorrectionKind.DUPLICATE:
        faults += duplicate_faults(held, _paid(work, held, command), command.amount)
    if not faults:
        owing = owing_of(work, host, act, held)
        faults = overpaid_faults(held, owing.owed, command.amount, is_past=owing.is_past)
    if faults:
        return _refused(faults)
    correction = _correction(act, command, kind)
    work.post(return_entry(command.entry_id, held, correction))
    corrections = (*held.corrections, correction)
    if command.amount == held.balance:
        returned = attrs.evolve(
            held,
            state=RemittanceState.RETURNED,
            settled_on=act.business_on,
            lines=(),
            corrections=corrections,
        )
        work.replace(returned)
    else:
        work.replace(attrs.evolve(held, corrections=corrections))
    return Corrected(outcome=Outcome.PASS, returned=command.amount, faults=())


def _paid(work: Work, remittance: Remittance, command: CorrectContribution) -> Contribution | None:
    if command.member_id is None:
        return None
    return work.find(Contribution, key_of(remittance.scheme_id, remittance.period_id, command.member_id))


def _reverse(work: Work, act: Act, command: CorrectContribution, remittance: Remittance) -> Corrected:
    """Give back the contribution of a void enrolment."""
    if faults := posting_faults(period_of(work, remittance.scheme_id, remittance.period_id)):
        return _refused(faults)
    paid = _paid(work, remittance, command)
    enrolment = None
    if command.member_id is not None:
        key = key_of(remittance.scheme_id, remittance.period_id, command.member_id)
        enrolment = work.find(Enrolment, key)
    collection = work.find(AgencyCollection, key_of(remittance.scheme_id, remittance.remittance_id))
    faults = (
        *contribution_faults(remittance, paid, enrolment, command.amount, act.business_on),
        *giving_back_faults(collection, act.business_on),
    )
    if paid is None or faults:
        return _refused(faults)
    by_agency = share_of_agency(collection, paid.amount)
    if short := _shortfall(work, paid, paid.amount - by_agency):
        return _refused((short,), Outcome.HOLD)
    if collection is not None and by_agency:
        back = GivenBack(entry_id=command.entry_id, amount=by_agency, on=act.business_on)
        work.replace(attrs.evolve(collection, given_back=(*collection.given_back, back)))
    work.replace(attrs.evolve(paid, returned_on=act.business_on))
    work.post(reversal_entry(command.entry_id, paid, act.business_on, by_agency=by_agency))
    correction = _correction(act, command, CorrectionKind.VOIDED_ENROLMENT)
    work.replace(attrs.evolve(remittance, corrections=(*remittance.corrections, correction)))
    return Corrected(outcome=Outcome.PASS, returned=command.amount, faults=())


def _shortfall(work: Work, paid: Contribution, needed: Money) -> Fault | None:
    """Held until the bank has what it must give, as any payment out of it."""
    bank = FundAccount(scheme_id=paid.scheme_id, title=Title.BANK).counter
    balance = Money(work.counter(bank))
    if balance >= needed:
        return None
    rule = f"must be covered by the {balance} in the account"
    return Fault(subject=paid.member_id, rule=rule, found=str(needed), clause="HN-4.3.5b")
