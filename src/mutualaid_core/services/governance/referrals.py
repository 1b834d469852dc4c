"""Referrals (帮扶转介): who bears much is listed once, shared with consent, and closed by the result."""

from collections.abc import Callable, Iterator

import attrs

from mutualaid_core.domain.claims.claim import Claim, ClaimState
from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.claims.referral import (
    BurdenThreshold,
    Consent,
    Referral,
    ReferralResult,
    ReferralState,
)
from mutualaid_core.domain.claims.settlement import Settlement
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.values.identifiers import MemberId, PeriodId, SchemeId
from mutualaid_core.domain.values.money import Money
from mutualaid_core.ports.store import Store
from mutualaid_core.rules.claims.burden import residual_burden, self_pay_of
from mutualaid_core.rules.claims.referral import consent_faults, grounds_of, step_faults
from mutualaid_core.serialization.records import key_of
from mutualaid_core.services.adjudication import expense_counter
from mutualaid_core.services.standing import period_of
from mutualaid_core.work import Done, Host, Purpose, Work, perform, read_all, records_of


@attrs.frozen(kw_only=True)
class ReferMember:
    """Command: look whether a member's burden is heavy, and list the member if it is.

    Attributes:
        scheme_id: Scheme.
        period_id: Period.
        member_id: Member.
        threshold: From where on a burden is heavy.
        income: Income of the year, for a share of it; it is not kept.
    """

    scheme_id: SchemeId
    period_id: PeriodId
    member_id: MemberId
    threshold: BurdenThreshold
    income: Money | None = None


@attrs.frozen(kw_only=True)
class ShareReferral:
    """Command: tell the register of a listed member, with the member's consent."""

    scheme_id: SchemeId
    period_id: PeriodId
    member_id: MemberId
    consent: Consent | None


@attrs.frozen(kw_only=True)
class DeclineReferral:
    """Command: the member does not agree; nothing is shared."""

    scheme_id: SchemeId
    period_id: PeriodId
    member_id: MemberId


@attrs.frozen(kw_only=True)
class CloseReferral:
    """Command: the register returned its result."""

    scheme_id: SchemeId
    period_id: PeriodId
    member_id: MemberId
    result: ReferralResult


@attrs.frozen(kw_only=True)
class ReferralMoved:
    """Result of an act on a referral.

    Attributes:
        outcome: ``PASS``, or ``REJECT`` with the reasons.
        burden: What is left to the member of the period; only where that was looked at.
        is_new: Whether the member was listed by this act.
        referral: The referral as it stands; ``None`` where there is none.
        faults: Why the act was refused.
    """

    outcome: Outcome
    burden: Money | None = None
    is_new: bool = False
    referral: Referral | None
    faults: tuple[Fault, ...] = ()


def refer_member(host: Host, act: Act, command: ReferMember) -> Done[ReferralMoved]:
    """List a member whose burden of the period is heavy after all payers, once and never twice.

    Every decided stay counts, also one that was refused; a held one does not, for nobody knows
    yet what will be left of it.

    Raises:
        NotFoundError: There is no such period.

    Clause:
        ACFTU-3.1b, SN-2.1.6b
    """

    def decide(work: Work) -> ReferralMoved:
        period_of(work, command.scheme_id, command.period_id)
        known = work.find(Referral, _key(command))
        burden = _burden(work, host, command)
        grounds = grounds_of(burden, command.income, command.threshold)
        if known is not None or not grounds:
            return ReferralMoved(outcome=Outcome.PASS, burden=burden, referral=known)
        referral = Referral(
            scheme_id=command.scheme_id,
            period_id=command.period_id,
            member_id=command.member_id,
            burden=burden,
            grounds=grounds,
            source=command.threshold.source,
            listed_on=act.business_on,
        )
        work.add(referral)
        return ReferralMoved(outcome=Outcome.PASS, burden=burden, is_new=True, referral=referral)

    return perform(host, act, _purpose("refer_member", command), command, decide)


def _burden(work: Work, host: Host, command: ReferMember) -> Money:
    """What is left to the member of all decided stays of the period, whatever scheme paid for them."""
    keys = [record.ref.key for record in records_of(host.store, "claim", "member_id", command.member_id)]
    claims = [
        claim
        for claim in work.find_many(Claim, keys).values()
        if (claim.scheme_id, claim.period_id) == (command.scheme_id, command.period_id)
        and claim.state is not ClaimState.HELD
    ]
    stays = work.find_many(Settlement, [claim.settlement_id for claim in claims]).values()
    return residual_burden(
        self_pay_of(stay, Money(work.counter(expense_counter(stay))))
        for stay in stays
        if not stay.refd_setl_flag
    )


def share_referral(host: Host, act: Act, command: ShareReferral) -> Done[ReferralMoved]:
    """Record that the register was told; without the member's consent that is refused.

    Raises:
        NotFoundError: The member is not listed for the period.

    Clause:
        ACFTU-3.1b, SN-2.1.6b, GD-R.3c
    """

    def judged(referral: Referral) -> tuple[Fault, ...]:
        return (
            *step_faults(referral, ReferralState.SHARED),
            *consent_faults(referral, command.consent, act.business_on),
        )

    def moved(referral: Referral) -> Referral:
        return attrs.evolve(
            referral, state=ReferralState.SHARED, consent=command.consent, shared_on=act.business_on
        )

    return _move(host, act, _purpose("share_referral", command), command, judged, moved)


def decline_referral(host: Host, act: Act, command: DeclineReferral) -> Done[ReferralMoved]:
    """Record that the member does not agree; the referral ends and stays on record.

    Raises:
        NotFoundError: The member is not listed for the period.

    Clause:
        ACFTU-3.1b, SN-2.1.6b
    """

    def judged(referral: Referral) -> tuple[Fault, ...]:
        return step_faults(referral, ReferralState.DECLINED)

    def moved(referral: Referral) -> Referral:
        return attrs.evolve(referral, state=ReferralState.DECLINED, closed_on=act.business_on)

    return _move(host, act, _purpose("decline_referral", command), command, judged, moved)


def close_referral(host: Host, act: Act, command: CloseReferral) -> Done[ReferralMoved]:
    """Close a referral by the result that the register returned.

    Raises:
        NotFoundError: The member is not listed for the period.

    Clause:
        GD-R.3c
    """

    def judged(referral: Referral) -> tuple[Fault, ...]:
        return step_faults(referral, ReferralState.CLOSED)

    def moved(referral: Referral) -> Referral:
        return attrs.evolve(
            referral, state=ReferralState.CLOSED, closed_on=act.business_on, result=command.result
        )

    return _move(host, act, _purpose("close_referral", command), command, judged, moved)


_Step = ShareReferral | DeclineReferral | CloseReferral


def _key(command: ReferMember | _Step) -> str:
    return key_of(command.scheme_id, command.period_id, command.member_id)


def _purpose(name: str, command: ReferMember | _Step) -> Purpose[ReferralMoved]:
    return Purpose(name=name, subject=command.member_id, chain=command.scheme_id, answer=ReferralMoved)


def _move(  # noqa: PLR0913, PLR0917  # an act and its two halves
    host: Host,
    act: Act,
    purpose: Purpose[ReferralMoved],
    command: _Step,
    judged: Callable[[Referral], tuple[Fault, ...]],
    moved: Callable[[Referral], Referral],
) -> Done[ReferralMoved]:
    def decide(work: Work) -> ReferralMoved:
        referral = work.get(Referral, _key(command))
        if faults := judged(referral):
            return ReferralMoved(outcome=Outcome.REJECT, referral=referral, faults=faults)
        after = moved(referral)
        work.replace(after)
        return ReferralMoved(outcome=Outcome.PASS, referral=after)

    return perform(host, act, purpose, command, decide)


def watch_list(store: Store, scheme_id: SchemeId, period_id: PeriodId) -> Iterator[Referral]:
    """Every member listed for a period of a scheme, in the order of the pseudonyms.

    Args:
        store: Where records are kept.
        scheme_id: Scheme.
        period_id: Period.

    Clause:
        SN-2.1.6b
    """
    for referral in read_all(store, Referral, "scheme_id", scheme_id):
        if referral.period_id == period_id:
            yield referral
