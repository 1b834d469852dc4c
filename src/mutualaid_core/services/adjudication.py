"""Adjudication (审核): a settlement becomes a claim with a decision and its trace."""

import datetime
from functools import partial

import attrs

from mutualaid_core.domain.claims.claim import Claim, ClaimState
from mutualaid_core.domain.claims.decision import Decision
from mutualaid_core.domain.claims.reason import Outcome, Reason, gravest
from mutualaid_core.domain.claims.settlement import Settlement
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.contribution import Contribution
from mutualaid_core.domain.membership.enrolment import Enrolment
from mutualaid_core.domain.membership.member import Member
from mutualaid_core.domain.membership.unit import Admission
from mutualaid_core.domain.scheme.period import Period
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.entries import approval_entry_id
from mutualaid_core.domain.values.identifiers import (
    ClaimId,
    MemberId,
    PeriodId,
    SchemeId,
    SettlementId,
)
from mutualaid_core.domain.values.money import FEN_MAX, ZERO, Money
from mutualaid_core.ports.keys import Keys
from mutualaid_core.ports.store import Store
from mutualaid_core.rules.claims.admission import (
    ClaimFacts,
    admission_reasons,
    facts_of,
    version_for_claim,
)
from mutualaid_core.rules.claims.counters import counters_of, lasts
from mutualaid_core.rules.claims.decision import decide as decide_claim
from mutualaid_core.rules.claims.limits import expense_of
from mutualaid_core.rules.claims.plan.compile import compile_version
from mutualaid_core.rules.fund.postings import approval_entry
from mutualaid_core.serialization.records import key_of
from mutualaid_core.services.identity import member_id_of
from mutualaid_core.services.standing import period_of, posting_faults, versions_of
from mutualaid_core.work import Done, Host, Purpose, Work, perform, read_one

_WORD, _WORD_DIGITS = "word of a limit", 32

_STATES = {
    Outcome.REJECT: ClaimState.REFUSED,
    Outcome.HOLD: ClaimState.HELD,
    Outcome.CRITICAL: ClaimState.APPROVED,
    Outcome.FLAG: ClaimState.APPROVED,
    Outcome.PASS: ClaimState.APPROVED,
}


@attrs.frozen(kw_only=True)
class FileClaim:
    """Command: a member applies with a settlement.

    Attributes:
        scheme_id: Scheme.
        period_id: Period under which the claim is filed.
        settlement: What the insurance said.
        filed_on: Day of filing.
    """

    scheme_id: SchemeId
    period_id: PeriodId
    settlement: Settlement
    filed_on: datetime.date


@attrs.frozen(kw_only=True)
class Adjudicated:
    """Result of an adjudication.

    Attributes:
        claim_id: Claim.
        outcome: Gravest outcome of the reasons.
        reasons: All reasons by precedence.
        base: Self-borne amount in scope.
        benefit: What is to be paid.
        faults: Why the claim could not be judged at all; else empty.
    """

    claim_id: ClaimId
    outcome: Outcome
    reasons: tuple[Reason, ...]
    base: Money
    benefit: Money
    faults: tuple[Fault, ...] = ()


def claim_id_of(settlement_id: SettlementId) -> ClaimId:
    """Id of the claim for a settlement: one settlement is one stay is one claim."""
    return ClaimId(settlement_id)


def use_counter(scheme_id: SchemeId, period_id: PeriodId, member_id: MemberId, counter: str) -> str:
    """Key of the counter that holds what a person used of a limit of a scheme (HN-4.4.3c).

    Args:
        scheme_id: Scheme.
        period_id: Period; a limit over a lifetime has its counter whatever the period.
        member_id: Pseudonym of the person.
        counter: Name of the counter within the scheme.
    """
    period = "" if lasts(counter) else period_id
    return f"use/{scheme_id}/{period}/{member_id}/{counter}"


def concealed(keys: Keys, counter: str) -> str:
    """Name of a counter as it is stored: a word of its own, which may tell an illness, is not shown.

    Args:
        keys: Keys with which the word is digested.
        counter: Name of the counter within the scheme.
    """
    kind, name, per, *word = counter.split("/", 3)
    digests = (keys.digest(_WORD, each.encode()).hex()[:_WORD_DIGITS] for each in word)
    return "/".join((kind, name, per, *digests))


def expense_counter(settlement: Settlement) -> str:
    """Key of the counter that holds what all schemes granted for a stay (ACFTU-3.2a)."""
    return f"expense/{settlement.setl_id}"


def adjudicate(host: Host, act: Act, command: FileClaim) -> Done[Adjudicated]:
    """Judge a claim, book the benefit as owed, and use up the person's cap, in one commit.

    A settlement that was judged before gives the same decision again; one that comes back
    with other figures is held for a person, and one that the scheme judged under another
    period is refused, since a scheme pays for a stay once. Each scheme judges for itself.

    Raises:
        NotFoundError: There is no such period.
        VersionGapError: Not exactly one version is in force on the day that decides.

    Clause:
        ACFTU-2.4b, ACFTU-8.1e, HN-4.4.1, HN-4.4.3c, GD-2.3.3c
    """
    claim_id = claim_id_of(command.settlement.setl_id)

    def decide(work: Work) -> Adjudicated:
        period = period_of(work, command.scheme_id, command.period_id)
        if faults := posting_faults(period):
            return _unjudged(claim_id, faults=faults)
        known = work.find(Settlement, command.settlement.setl_id)
        if known is not None and known != command.settlement:
            return _unjudged(claim_id, reasons=(Reason.SETTLEMENT_CONTRADICTED,))
        decision = work.find(Decision, key_of(command.scheme_id, claim_id))
        if decision is not None:
            return _repeated(command, decision)
        if known is None:
            work.add(command.settlement)
        return _judge(work, host, act, command, period)

    purpose = Purpose(name="adjudicate", subject=claim_id, chain=command.scheme_id, answer=Adjudicated)
    return perform(host, act, purpose, command, decide)


def _repeated(command: FileClaim, decision: Decision) -> Adjudicated:
    if decision.period_id == command.period_id:
        return _result(decision)
    rule, found = "must be filed where it was judged", decision.period_id
    fault = Fault(subject=decision.claim_id, rule=rule, found=found, clause="HN-4.4.3b")
    return _unjudged(decision.claim_id, faults=(fault,))


def decision_on(store: Store, scheme_id: SchemeId, claim_id: ClaimId) -> Decision:
    """The decision of a scheme on a claim, with its trace.

    Raises:
        NotFoundError: The scheme has decided no such claim.
    """
    return read_one(store, Decision, key_of(scheme_id, claim_id))


def _unjudged(
    claim_id: ClaimId, *, reasons: tuple[Reason, ...] = (), faults: tuple[Fault, ...] = ()
) -> Adjudicated:
    """The answer to a claim on which nothing is decided now."""
    outcome = Outcome.REJECT if faults else gravest(reasons)
    return Adjudicated(
        claim_id=claim_id, outcome=outcome, reasons=reasons, base=ZERO, benefit=ZERO, faults=faults
    )


def _judge(work: Work, host: Host, act: Act, command: FileClaim, period: Period) -> Adjudicated:
    settlement = command.settlement
    member_id = member_id_of(host.keys, settlement.certno)
    version = version_for_claim(versions_of(work, host.store, command.scheme_id), settlement, period)
    plan = compile_version(version)
    facts = _facts(work, command, period, member_id)
    event = facts_of(facts, version)
    name_of = partial(concealed, host.keys)
    counter = partial(use_counter, command.scheme_id, command.period_id, member_id)
    limits = {} if admission_reasons(facts, version) else counters_of(plan, event)
    before = _granted_before(work, command, version, member_id)
    used = {name: work.counter(counter(name_of(name))) + before.get(name, 0) for name in limits}
    decision = decide_claim(
        facts,
        plan,
        used,
        claim_id=claim_id_of(settlement.setl_id),
        member_id=member_id,
        decided_on=act.business_on,
    )
    for name, added in decision.uses:
        most = limits.get(name, FEN_MAX) - before.get(name, 0)
        work.consume(counter(name_of(name)), added, hi=most)
    decision = attrs.evolve(decision, uses=tuple((name_of(name), added) for name, added in decision.uses))
    work.add(_claim(command, decision))
    work.add(decision)
    if decision.benefit:
        expense = expense_of(event, decision.base.fen)
        work.consume(expense_counter(settlement), decision.benefit.fen, hi=expense)
        work.post(
            approval_entry(
                entry_id=approval_entry_id(decision.claim_id),
                scheme_id=command.scheme_id,
                period_id=command.period_id,
                booked_on=act.business_on,
                amount=decision.benefit,
                subject=decision.claim_id,
            )
        )
    return _result(decision)


def _granted_before(
    work: Work, command: FileClaim, version: SchemeVersion, member_id: MemberId
) -> dict[str, int]:
    """What a store of the first form granted in the period, under the one counter that it kept."""
    old = work.counter(f"cap/{command.scheme_id}/{command.period_id}/{member_id}")
    return {f"amount/{benefit.benefit_id}/period": old for benefit in version.benefits[:1] if old}


def _facts(work: Work, command: FileClaim, period: Period, member_id: MemberId) -> ClaimFacts:
    member_key = key_of(command.scheme_id, command.period_id, member_id)
    enrolment = _place_of(work.find(Enrolment, member_key))
    unit_id = enrolment.unit_id if enrolment else command.settlement.unit_code
    admission = work.find(Admission, key_of(command.scheme_id, command.period_id, unit_id))
    return ClaimFacts(
        settlement=command.settlement,
        filed_on=command.filed_on,
        period=period,
        unit_admitted=admission.judgement.admitted if admission else None,
        member=work.find(Member, member_id),
        enrolment=enrolment,
        contribution=_settled(work.find(Contribution, member_key)),
        elsewhere=Money(work.counter(expense_counter(command.settlement))),
    )


def _place_of(enrolment: Enrolment | None) -> Enrolment | None:
    """The enrolment, unless it was taken back or was an error: such a one gives no place."""
    return enrolment if enrolment is not None and enrolment.is_active else None


def _settled(contribution: Contribution | None) -> Contribution | None:
    """The contribution, unless it went back as an error: such a one gives no cover (ACFTU-2.3b)."""
    return contribution if contribution is not None and contribution.is_settled else None


def _claim(command: FileClaim, decision: Decision) -> Claim:
    return Claim(
        claim_id=decision.claim_id,
        scheme_id=command.scheme_id,
        period_id=command.period_id,
        member_id=decision.member_id,
        settlement_id=command.settlement.setl_id,
        filed_on=command.filed_on,
        discharged_on=command.settlement.enddate,
        state=_STATES[decision.outcome],
    )


def _result(decision: Decision) -> Adjudicated:
    return Adjudicated(
        claim_id=decision.claim_id,
        outcome=decision.outcome,
        reasons=decision.reasons,
        base=decision.base,
        benefit=decision.benefit,
    )
