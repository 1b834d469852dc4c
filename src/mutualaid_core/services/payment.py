"""Payment (给付): an approved benefit leaves the fund, once."""

import attrs

from mutualaid_core.domain.claims.claim import Claim, ClaimState
from mutualaid_core.domain.claims.decision import Decision
from mutualaid_core.domain.claims.reason import Outcome, Reason
from mutualaid_core.domain.fund.account import FundAccount, Title
from mutualaid_core.domain.fund.payment import Payment
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.scheme.policy import Policy
from mutualaid_core.domain.values.entries import payment_entry_id
from mutualaid_core.domain.values.identifiers import ClaimId, SchemeId
from mutualaid_core.domain.values.money import ZERO, Money
from mutualaid_core.rules.fund.postings import payment_entry
from mutualaid_core.serialization.records import key_of
from mutualaid_core.services.standing import paying_faults, period_of, policy_of
from mutualaid_core.work import Done, Host, Purpose, Work, perform

FIRST_INSTALMENT = 1


@attrs.frozen(kw_only=True)
class PayClaim:
    """Command: pay what was approved for a claim."""

    scheme_id: SchemeId
    claim_id: ClaimId


@attrs.frozen(kw_only=True)
class Paid:
    """Result: ``PASS`` with what was paid, else nothing was and the faults say why."""

    outcome: Outcome
    amount: Money
    faults: tuple[Fault, ...]


def pay_claim(host: Host, act: Act, command: PayClaim) -> Done[Paid]:
    """Pay an approved claim in full, if the fund has the money; never twice.

    A claim approved at zero is settled without a payment. What was approved is paid also
    while the period is closing: a payment changes neither its income nor its benefits.

    Raises:
        NotFoundError: There is no such claim.

    Clause:
        ACFTU-8.1d, ACFTU-12.1b, HN-5.2.2b
    """

    def decide(work: Work) -> Paid:
        claim = work.get(Claim, key_of(command.scheme_id, command.claim_id))
        period = period_of(work, claim.scheme_id, claim.period_id)
        policy = policy_of(work, claim.scheme_id, act.business_on)
        faults = _state_faults(claim) or paying_faults(period) or _day_faults(act, policy)
        if faults:
            return Paid(outcome=Outcome.REJECT, amount=ZERO, faults=faults)
        benefit = work.get(Decision, key_of(claim.scheme_id, claim.claim_id)).benefit
        bank = FundAccount(scheme_id=claim.scheme_id, title=Title.BANK).counter
        if work.counter(bank) < benefit.fen:
            return Paid(
                outcome=Outcome.HOLD,
                amount=ZERO,
                faults=(_shortfall(claim, benefit, Money(work.counter(bank))),),
            )
        work.replace(claim.moved_to(ClaimState.PAID))
        if benefit:
            _pay(work, claim, benefit, act)
        return Paid(outcome=Outcome.PASS, amount=benefit, faults=())

    purpose = Purpose(name="pay_claim", subject=command.claim_id, chain=command.scheme_id, answer=Paid)
    return perform(host, act, purpose, command, decide)


def _pay(work: Work, claim: Claim, benefit: Money, act: Act) -> None:
    payment = Payment(
        scheme_id=claim.scheme_id,
        period_id=claim.period_id,
        claim_id=claim.claim_id,
        member_id=claim.member_id,
        instalment=FIRST_INSTALMENT,
        amount=benefit,
        paid_on=act.business_on,
        entry_id=payment_entry_id(claim.claim_id),
    )
    work.add(payment)
    # A second wall beside the claim's state: the sum of all instalments is bounded too.
    work.count(f"claim-paid/{claim.scheme_id}/{claim.claim_id}", benefit.fen, hi=benefit.fen)
    work.post(payment_entry(payment))


def _state_faults(claim: Claim) -> tuple[Fault, ...]:
    if claim.state is ClaimState.APPROVED:
        return ()
    return (
        Fault(subject=claim.claim_id, rule="must be approved", found=claim.state.value, clause="ACFTU-8.1d"),
    )


def _day_faults(act: Act, policy: Policy) -> tuple[Fault, ...]:
    first = policy.benefit.pay_from
    if first is None or act.business_on >= first:
        return ()
    rule = f"must be >= {first.isoformat()}"
    found = act.business_on.isoformat()
    return (Fault(subject="business_on", rule=rule, found=found, clause="HN-5.2.2b"),)


def _shortfall(claim: Claim, benefit: Money, balance: Money) -> Fault:
    rule = f"must be covered by the {balance} in the account"
    return Fault(
        subject=claim.claim_id, rule=rule, found=str(benefit), clause=Reason.FUND_INSUFFICIENT.clause
    )
