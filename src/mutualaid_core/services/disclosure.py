"""Disclosure (公示): figures of a closed period, equal to the ledger, fit for everybody."""

import datetime
from collections.abc import Iterator
from typing import TypeVar

import attrs

from mutualaid_core.domain.claims.claim import Claim
from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.claims.settlement import HospitalLevel, Settlement
from mutualaid_core.domain.fund.closing import Closing
from mutualaid_core.domain.fund.payment import Payment
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.contribution import Contribution
from mutualaid_core.domain.membership.unit import Admission
from mutualaid_core.domain.oversight.disclosure import Breakdown, Dimension, Disclosure
from mutualaid_core.domain.scheme.period import Period, PeriodState
from mutualaid_core.domain.scheme.policy import DisclosureTerms
from mutualaid_core.domain.scheme.region import PoolingRegion
from mutualaid_core.domain.scheme.scheme import Scheme
from mutualaid_core.domain.values.identifiers import PeriodId, SchemeId
from mutualaid_core.ports.store import Store
from mutualaid_core.rules.fund.postings import contribution_by_source
from mutualaid_core.rules.oversight.disclosure import (
    BENEFIT_EDGES,
    PaidClaim,
    benefit_group,
    breakdown,
    may_show,
    persons_min,
)
from mutualaid_core.serialization.records import key_of
from mutualaid_core.services.closing import ledger_faults
from mutualaid_core.services.standing import period_of, policy_of
from mutualaid_core.work import Done, Host, Purpose, Work, perform, read_all, read_each

Entity = TypeVar("Entity", Admission, Contribution, Payment)

MONTHS_A_QUARTER = 3


@attrs.frozen(kw_only=True)
class DisclosePeriod:
    """Command: disclose a closed period."""

    scheme_id: SchemeId
    period_id: PeriodId


@attrs.frozen(kw_only=True)
class Disclosed:
    """Result: ``PASS`` with the disclosure, or ``REJECT`` with the reason."""

    outcome: Outcome
    disclosure: Disclosure | None
    faults: tuple[Fault, ...]


def disclose_period(host: Host, act: Act, command: DisclosePeriod) -> Done[Disclosed]:
    """Publish a closed period's figures; refused where they differ from the ledger.

    Raises:
        NotFoundError: There is no such period.

    Clause:
        HN-4.5.5, ACFTU-14.2a, ACFTU-14.2c, ACFTU-11.3b
    """

    def decide(work: Work) -> Disclosed:
        period = period_of(work, command.scheme_id, command.period_id)
        if period.state is not PeriodState.CLOSED:
            found = period.state.value
            fault = Fault(subject=period.period_id, rule="must be closed", found=found, clause="ACFTU-14.2a")
            return Disclosed(outcome=Outcome.REJECT, disclosure=None, faults=(fault,))
        closing = work.get(Closing, key_of(command.scheme_id, command.period_id))
        if faults := ledger_faults(host.store, closing):
            return Disclosed(outcome=Outcome.REJECT, disclosure=None, faults=faults)
        disclosure = _disclosure(work, host, act, period, closing)
        work.add(disclosure)
        return Disclosed(outcome=Outcome.PASS, disclosure=disclosure, faults=())

    purpose = Purpose(
        name="disclose_period", subject=command.period_id, chain=command.scheme_id, answer=Disclosed
    )
    return perform(host, act, purpose, command, decide)


def _disclosure(work: Work, host: Host, act: Act, period: Period, closing: Closing) -> Disclosure:
    scheme = work.get(Scheme, period.scheme_id)
    terms = policy_of(work, period.scheme_id, act.business_on).disclosure
    claims = paid_claims(host.store, period)
    shown = not claims or may_show(claims, terms)
    head = host.store.head(period.scheme_id)
    paid = _of_period(host.store, Contribution, period)
    contributions = tuple(each for each in paid if each.is_settled)
    income = contribution_by_source(contributions)
    return Disclosure(
        scheme_id=period.scheme_id,
        period_id=period.period_id,
        scheme_name=scheme.name,
        region_name=work.get(PoolingRegion, scheme.pool_id).name,
        sponsor=scheme.sponsor,
        cover=period.cover,
        disclosed_on=act.business_on,
        units=sum(admission.judgement.admitted for admission in _of_period(host.store, Admission, period)),
        members=len({part.member_id for part in contributions}),
        income=tuple((part.payer, part.amount) for part in income),
        income_total=closing.income,
        opening=closing.opening_balance,
        grants=closing.grant_before,
        granted=closing.granted,
        benefits=closing.benefits,
        closing=closing.closing_balance,
        claims=len(claims) if shown else None,
        claimants=len({claim.member_id for claim in claims}) if shown else None,
        breakdowns=breakdowns(claims, period, terms),
        persons_min=persons_min(terms),
        head_position=head.position,
        head_root=head.root.hex(),
    )


def paid_claims(store: Store, period: Period) -> tuple[PaidClaim, ...]:
    """Every payment of the period with the groups it falls into."""
    payments = tuple(_of_period(store, Payment, period))
    keys = [key_of(payment.scheme_id, payment.claim_id) for payment in payments]
    claims = read_each(store, Claim, keys)
    stays = read_each(store, Settlement, [claim.settlement_id for claim in claims.values()])
    return tuple(
        PaidClaim(
            member_id=payment.member_id,
            amount=payment.amount,
            groups=_groups(payment, stays[claims[key].settlement_id]),
        )
        for key, payment in zip(keys, payments, strict=True)
    )


def _groups(payment: Payment, settlement: Settlement) -> tuple[tuple[Dimension, str], ...]:
    return (
        (Dimension.HOSPITAL_LEVEL, settlement.hosp_lv.value),
        (Dimension.DISCHARGE_QUARTER, quarter_of(settlement.enddate)),
        (Dimension.BENEFIT_BAND, benefit_group(payment.amount)),
    )


def quarter_of(day: datetime.date) -> str:
    """Calendar quarter of a day, for example ``2014Q1``."""
    return f"{day.year}Q{(day.month - 1) // MONTHS_A_QUARTER + 1}"


def breakdowns(
    claims: tuple[PaidClaim, ...], period: Period, terms: DisclosureTerms
) -> tuple[Breakdown, ...]:
    """Benefits by hospital level, quarter of discharge and size, with small groups hidden."""
    seen = {dimension: {dict(claim.groups)[dimension] for claim in claims} for dimension in Dimension}
    quarters = {quarter_of(period.cover.first_day), quarter_of(period.cover.last_day)}
    groups = {
        Dimension.HOSPITAL_LEVEL: tuple(level.value for level in HospitalLevel),
        Dimension.DISCHARGE_QUARTER: tuple(sorted(seen[Dimension.DISCHARGE_QUARTER] | quarters)),
        Dimension.BENEFIT_BAND: (*(str(edge.fen // 100) for edge in BENEFIT_EDGES), "above"),
    }
    return tuple(breakdown(dimension, groups[dimension], claims, terms) for dimension in Dimension)


def _of_period(store: Store, cls: type[Entity], period: Period) -> Iterator[Entity]:
    """Every entity of the period's own scheme."""
    prefix = key_of(period.scheme_id, period.period_id)
    for entity in read_all(store, cls, "period_id", period.period_id):
        if key_of(entity.scheme_id, entity.period_id) == prefix:
            yield entity
