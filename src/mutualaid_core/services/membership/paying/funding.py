"""Funding (缴费分担): a unit's plan is recorded, sources are reported, the work subsidy is counted."""

import datetime
import heapq
from collections.abc import Iterator

import attrs

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.fund.ledger import EntryKind, LedgerLine
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.contribution import Contribution, PayerShare
from mutualaid_core.domain.membership.enrolment import Enrolment
from mutualaid_core.domain.membership.paying.funding import FundingPlan
from mutualaid_core.domain.membership.unit import Unit
from mutualaid_core.domain.scheme.dues import FundingSource
from mutualaid_core.domain.scheme.period import Period
from mutualaid_core.domain.scheme.policy import Policy
from mutualaid_core.domain.scheme.scheme import Scheme
from mutualaid_core.domain.values.identifiers import MemberId, PeriodId, PolicyId, PoolId, SchemeId
from mutualaid_core.domain.values.money import Money
from mutualaid_core.ports.store import Query, Store
from mutualaid_core.rules.membership.paying.funding import (
    SourceReport,
    is_for_a_person,
    plan_day_faults,
    plan_faults,
    source_report,
)
from mutualaid_core.rules.membership.paying.subsidy import WorkSubsidy, work_subsidy
from mutualaid_core.rules.scheme.layers import policy_chain, ruling_on
from mutualaid_core.serialization.codec import decode
from mutualaid_core.serialization.records import key_of, keys_below
from mutualaid_core.services.standing import policy_of, version_for
from mutualaid_core.work import Done, Host, Purpose, Work, perform, read_all, read_many, read_one


@attrs.frozen(kw_only=True)
class RecordFundingPlan:
    """Command: a unit says how it shares the dues from the plan's day on, until its next plan.

    Attributes:
        period_id: Period whose version names the payers.
        plan: The plan.
    """

    period_id: PeriodId
    plan: FundingPlan


@attrs.frozen(kw_only=True)
class PlanRecorded:
    """Result: ``PASS``; ``HOLD`` while a resolution is missing, ``REJECT`` else; then the old plan stays."""

    outcome: Outcome
    faults: tuple[Fault, ...]


def record_funding_plan(host: Host, act: Act, command: RecordFundingPlan) -> Done[PlanRecorded]:
    """Record how a unit shares the dues; its remittances must keep to it until it makes another.

    A remittance keeps to the plan that held on the day on which it is told. Plans that were made
    before stay on record, and one that was made later goes on to hold from its own day.

    Raises:
        NotFoundError: There is no such period, or no such unit.

    Clause:
        SN-2.3.4a, SN-2.3.4b, SN-2.3.5a, SN-2.3.5b, SN-2.3.5c, SN-2.3.5d
    """
    plan = command.plan

    def decide(work: Work) -> PlanRecorded:
        period = work.get(Period, key_of(plan.scheme_id, command.period_id))
        work.get(Unit, plan.unit_id)
        version = version_for(work, host.store, plan.scheme_id, period.cover.first_day)
        terms = policy_of(work, plan.scheme_id, act.business_on).contribution
        known = work.find(FundingPlan, key_of(plan.scheme_id, plan.unit_id))
        faults = (
            *plan_faults(plan, version.dues, terms, known),
            *plan_day_faults(plan, act.business_on),
        )
        if faults:
            outcome = Outcome.HOLD if is_for_a_person(faults) else Outcome.REJECT
            return PlanRecorded(outcome=outcome, faults=faults)
        if known is None:
            work.add(attrs.evolve(plan, earlier=()))
        else:
            work.replace(known.with_plan(plan))
        return PlanRecorded(outcome=Outcome.PASS, faults=())

    purpose = Purpose(
        name="record_funding_plan", subject=plan.unit_id, chain=plan.scheme_id, answer=PlanRecorded
    )
    return perform(host, act, purpose, command, decide)


def sources_of(store: Store, scheme_id: SchemeId, period_id: PeriodId) -> SourceReport:
    """What each source brought in a period, by the ledger, less what went back as an error.

    Clause:
        ACFTU-4.5, ACFTU-2.3a, HN-4.3.1
    """
    sums = dict.fromkeys(FundingSource, 0)
    for line in read_all(store, LedgerLine, "period_id", period_id):
        # The closing empties the accounts; it neither brings money nor gives any back.
        if line.scheme_id != scheme_id or line.kind is EntryKind.CLOSING or line.posting.source is None:
            continue
        sums[line.posting.source] += line.posting.change
    return source_report(PayerShare(payer=source, amount=Money(fen)) for source, fen in sums.items())


def subsidy_of(store: Store, pool_id: PoolId, policy_id: PolicyId, counted_on: datetime.date) -> WorkSubsidy:
    """The work subsidy of the year of the count date: by the head of those who take part on it.

    Args:
        store: Store.
        pool_id: Pooling region.
        policy_id: Policy nearest to the pool, which names the amount by the head.
        counted_on: Count date.

    Raises:
        NotFoundError: There is no such policy.

    Clause:
        HN-4.6.3
    """
    nearest = read_one(store, Policy, policy_id)
    chain, _ = policy_chain(nearest, lambda above: read_many(store, Policy, (above,)).get(above))
    policy = ruling_on(chain, counted_on).policy
    return work_subsidy(participants(store, pool_id, counted_on), counted_on.year, policy)


def participants(store: Store, pool_id: PoolId, counted_on: datetime.date) -> int:
    """Distinct persons who are covered on a day by a paid place in any scheme of a pool.

    The schemes are read beside each other in the order of the pseudonyms, a page of each at a
    time, so that nobody counts twice and little is kept in memory.

    Clause:
        HN-4.6.3
    """
    schemes = [scheme.scheme_id for scheme in read_all(store, Scheme, "pool_id", pool_id)]
    streams = [
        _covered(store, period, counted_on)
        for scheme_id in schemes
        for period in read_all(store, Period, "scheme_id", scheme_id)
        if counted_on in period.cover
    ]
    persons, last = 0, None
    for member_id in heapq.merge(*streams):
        persons += member_id != last
        last = member_id
    return persons


def _covered(store: Store, period: Period, on: datetime.date) -> Iterator[MemberId]:
    """Members who are covered on a day, in the order of their pseudonyms."""
    low, high = keys_below(period.scheme_id, period.period_id)
    query = Query(kind="enrolment", low=low, high=high)
    while True:
        page = store.scan(query)
        enrolments = {record.ref.key: decode(record.body, Enrolment) for record in page.records}
        paid = read_many(store, Contribution, tuple(enrolments))
        for key, enrolment in enrolments.items():
            is_paid = key in paid and paid[key].is_settled
            if is_paid and enrolment.is_active and on in enrolment.cover:
                yield enrolment.member_id
        if page.next is None:
            return
        query = attrs.evolve(query, after=page.next)
