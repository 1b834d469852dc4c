"""Recompute (重新计算): what a claim of a store would be granted under another scheme file.

Only reading: the claims of the person that use up limits before it are computed anew under the
same terms, so that what was used before is that of the other scheme, and not of the store's.
"""

import datetime
from pathlib import Path

from mutualaid_core.domain.claims.claim import Claim
from mutualaid_core.domain.claims.decision import Decision
from mutualaid_core.domain.claims.settlement import Settlement
from mutualaid_core.domain.membership.contribution import Contribution
from mutualaid_core.domain.membership.enrolment import Enrolment
from mutualaid_core.domain.membership.member import Member
from mutualaid_core.domain.membership.unit import Admission
from mutualaid_core.domain.scheme.options import UseOrder
from mutualaid_core.domain.scheme.period import Period
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.money import ZERO, Money
from mutualaid_core.errors import IntakeError, VersionGapError
from mutualaid_core.intake.scheme_file import read_scheme_file
from mutualaid_core.ports.store import Store
from mutualaid_core.rules.claims.admission import ClaimFacts, event_day
from mutualaid_core.rules.claims.counters import Counters
from mutualaid_core.rules.claims.decision import decide
from mutualaid_core.rules.claims.plan.compile import compile_version
from mutualaid_core.serialization.records import key_of
from mutualaid_core.services.adjudication import expense_counter
from mutualaid_core.work import read_all, read_many, read_one


def versions_in(path: Path) -> tuple[SchemeVersion, ...]:
    """The versions of a scheme file.

    Raises:
        IntakeError: The file has faults.
    """
    file, problems = read_scheme_file(path)
    if file is None:
        raise IntakeError(problems)
    return file.versions


def recomputed(store: Store, decision: Decision, versions: tuple[SchemeVersion, ...]) -> Decision:
    """What the claim of *decision* would be granted under the version that holds on its day.

    Raises:
        VersionGapError: None of several versions holds on that day, or more than one.
        InvalidValueError: The store does not say what the other scheme asks for.
    """
    own = read_one(store, Claim, key_of(decision.scheme_id, decision.claim_id))
    version = _version_for(_facts(store, own, decision).settlement, versions)
    plan, counters, by = compile_version(version), Counters(), version.open_points.use_order
    made = decision
    for claim, judged in _up_to(store, own, by):
        facts = _facts(store, claim, judged)
        made = decide(
            facts,
            plan,
            counters.of("", claim.period_id),
            claim_id=claim.claim_id,
            member_id=claim.member_id,
            decided_on=judged.decided_on,
        )
        counters.add("", claim.period_id, dict(made.uses))
    return made


def _version_for(settlement: Settlement, versions: tuple[SchemeVersion, ...]) -> SchemeVersion:
    """The one version of a file, whenever it holds; of several the one that holds on the day."""
    if len(versions) == 1:
        return versions[0]
    holding = [each for each in versions if each.is_in_force(event_day(settlement, each.event.period_by))]
    if len(holding) != 1:
        found = tuple(version.version_id for version in holding)
        raise VersionGapError(versions[0].scheme_id, settlement.enddate.isoformat(), found)
    return holding[0]


def _up_to(store: Store, own: Claim, by: UseOrder) -> list[tuple[Claim, Decision]]:
    """The person's claims under the scheme in the order of use, up to the one that is asked for."""
    claims = [
        each for each in read_all(store, Claim, "member_id", own.member_id) if each.scheme_id == own.scheme_id
    ]
    keys = {each.claim_id: key_of(each.scheme_id, each.claim_id) for each in claims}
    decisions = read_many(store, Decision, tuple(keys.values()))
    days = {each.claim_id: _order_day(store, each, decisions[keys[each.claim_id]], by) for each in claims}
    ordered = sorted(claims, key=lambda claim: (days[claim.claim_id], claim.claim_id))
    return [(claim, decisions[keys[claim.claim_id]]) for claim in ordered[: ordered.index(own) + 1]]


def _order_day(store: Store, claim: Claim, decision: Decision, by: UseOrder) -> datetime.date:
    settlement = read_one(store, Settlement, claim.settlement_id)
    days = {
        UseOrder.ADMISSION: settlement.begndate,
        UseOrder.DISCHARGE: settlement.enddate,
        UseOrder.SETTLEMENT: settlement.settled_on,
        UseOrder.FILING: claim.filed_on,
        UseOrder.APPROVAL: decision.decided_on,
    }
    return days[by]


def _facts(store: Store, claim: Claim, decision: Decision) -> ClaimFacts:
    """What is known of a claim, as when it was judged but for what was granted for the stay since."""
    settlement = read_one(store, Settlement, claim.settlement_id)
    member_key = key_of(claim.scheme_id, claim.period_id, claim.member_id)
    enrolment = read_many(store, Enrolment, (member_key,)).get(member_key)
    if enrolment is not None and not enrolment.is_active:
        enrolment = None
    contribution = read_many(store, Contribution, (member_key,)).get(member_key)
    if contribution is not None and not contribution.is_settled:
        contribution = None
    unit_id = enrolment.unit_id if enrolment else settlement.unit_code
    admission_key = key_of(claim.scheme_id, claim.period_id, unit_id)
    admission = read_many(store, Admission, (admission_key,)).get(admission_key)
    expense = expense_counter(settlement)
    granted = Money(store.get((), (expense,)).counters[expense].value)
    return ClaimFacts(
        settlement=settlement,
        filed_on=claim.filed_on,
        period=read_one(store, Period, key_of(claim.scheme_id, claim.period_id)),
        unit_admitted=admission.judgement.admitted if admission else None,
        member=read_many(store, Member, (claim.member_id,)).get(claim.member_id),
        enrolment=enrolment,
        contribution=contribution,
        elsewhere=max(granted - decision.benefit, ZERO),
    )
