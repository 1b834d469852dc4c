"""Decision on a claim (审核): facts and version in, outcome with trace out."""

import datetime

import attrs

from mutualaid_core.clauses import implements
from mutualaid_core.domain.claims.decision import Decision
from mutualaid_core.domain.claims.reason import Reason, gravest, in_order
from mutualaid_core.domain.claims.trace import Rule, Trace, TraceStep
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.identifiers import ClaimId, MemberId
from mutualaid_core.domain.values.money import ZERO, Money
from mutualaid_core.rules.claims.admission import ClaimFacts, admission_reasons, event_day
from mutualaid_core.rules.claims.benefit import benefit_for_stay, benefit_step


@attrs.frozen(kw_only=True)
class Verdict:
    """A decision, and how much of the limits it proposes to use.

    Attributes:
        decision: Outcome, reasons, benefit, trace.
        cap_use: What is to be added to the person's cap counter of the period.
    """

    decision: Decision
    cap_use: Money


@implements("ACFTU-2.4b", "ACFTU-4.3c", "HN-4.4.1", "HN-4.4.3a")
def decide(  # noqa: PLR0913  # facts, terms, counter and the three names of the result
    facts: ClaimFacts,
    version: SchemeVersion,
    granted: Money,
    *,
    claim_id: ClaimId,
    member_id: MemberId,
    decided_on: datetime.date,
) -> Verdict:
    """Decide a claim: the same facts, version and counters give the same decision.

    Args:
        facts: Everything known of the claim.
        version: Version in force on the event day.
        granted: Benefits already granted to the person in the period.
        claim_id: Id of the claim.
        member_id: Pseudonym of the claimant.
        decided_on: Business day.

    Clause:
        ACFTU-2.4b, ACFTU-4.3c, HN-4.4.1, HN-4.4.3a
    """
    against = admission_reasons(facts, version)
    line = benefit_for_stay(facts.settlement, version.benefit, granted, facts.elsewhere)
    admitted = not against
    benefit = line.amount if admitted else ZERO
    reasons = in_order(against or line.reasons)
    steps = (_period_step(facts, version), _admission_step(facts, version, against))
    computed = line.steps if admitted else ()
    decision = Decision(
        claim_id=claim_id,
        scheme_id=version.scheme_id,
        period_id=facts.period.period_id,
        member_id=member_id,
        version_id=version.version_id,
        policy_id=version.policy_id,
        outcome=gravest(reasons),
        reasons=reasons,
        base=line.base,
        benefit=benefit,
        decided_on=decided_on,
        trace=Trace(
            version_id=version.version_id,
            policy_id=version.policy_id,
            steps=(*steps, *computed, benefit_step(benefit, reasons[0])),
        ),
    )
    return Verdict(decision=decision, cap_use=benefit)


def _period_step(facts: ClaimFacts, version: SchemeVersion) -> TraceStep:
    """Which day decided the period and the version."""
    return TraceStep(
        rule=Rule.PERIOD,
        facts=(
            ("period_by", version.event.period_by.value),
            ("event_day", event_day(facts.settlement, version.event.period_by).isoformat()),
            ("period", facts.period.period_id),
            ("first_day", facts.period.cover.first_day.isoformat()),
            ("last_day", facts.period.cover.last_day.isoformat()),
            ("version", version.version_id),
        ),
        parameter="event.period_by",
        source=version.event.source,
        clauses=("HN-4.2.1b", "ACFTU-4.3c"),
    )


def _admission_step(facts: ClaimFacts, version: SchemeVersion, against: tuple[Reason, ...]) -> TraceStep:
    """What was looked at to admit the claim, and every reason against it."""
    settlement = facts.settlement
    return TraceStep(
        rule=Rule.ADMISSION,
        facts=(
            ("result", "refused" if against else "passed"),
            ("reasons", ", ".join(reason.name for reason in against) or "none"),
            ("med_type", settlement.med_type),
            ("insutype", settlement.insutype.value),
            ("hospital", settlement.fixmedins_code),
            ("admitted_on", settlement.begndate.isoformat()),
            ("discharged_on", settlement.enddate.isoformat()),
            ("filed_on", facts.filed_on.isoformat()),
            ("filing_days_max", str(version.event.filing_days_max)),
        ),
        parameter="event",
        source=version.event.source,
        clauses=tuple(dict.fromkeys(reason.clause for reason in against)) or ("ACFTU-2.1a", "HN-4.2.1a"),
    )
