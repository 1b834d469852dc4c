"""Decision on a claim (审核): facts and version in, outcome with trace out."""

import datetime

from mutualaid_core.clauses import implements
from mutualaid_core.domain.claims.decision import Decision
from mutualaid_core.domain.claims.reason import Reason, gravest
from mutualaid_core.domain.claims.trace import Rule, Trace, TraceStep
from mutualaid_core.domain.scheme.benefit.base import AmountsBase
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.identifiers import ClaimId, MemberId
from mutualaid_core.domain.values.money import ZERO, Money
from mutualaid_core.rules.claims.admission import ClaimFacts, admission_reasons, event_day, facts_of
from mutualaid_core.rules.claims.award import Award, award
from mutualaid_core.rules.claims.base import own_fen
from mutualaid_core.rules.claims.facts import EventFacts
from mutualaid_core.rules.claims.limits import Used
from mutualaid_core.rules.claims.plan.terms import Plan
from mutualaid_core.rules.claims.working.log import Log


@implements("ACFTU-2.4b", "ACFTU-4.3c", "HN-4.4.1", "HN-4.4.3a")
def decide(  # noqa: PLR0913  # facts, terms, counter and the three names of the result
    facts: ClaimFacts,
    plan: Plan,
    used: Used,
    *,
    claim_id: ClaimId,
    member_id: MemberId,
    decided_on: datetime.date,
) -> Decision:
    """Decide a claim: the same facts, version and counters give the same decision.

    Args:
        facts: Everything known of the claim.
        plan: Version in force on the event day, compiled.
        used: What earlier claims of the person used of each counter.
        claim_id: Id of the claim.
        member_id: Pseudonym of the claimant.
        decided_on: Business day.

    Clause:
        ACFTU-2.4b, ACFTU-4.3c, HN-4.4.1, HN-4.4.3a
    """
    version, log = plan.version, Log()
    event = facts_of(facts, version)
    against = admission_reasons(facts, version)
    made = None if against else award(plan, event, used, log)
    reasons = against if made is None else made.reasons
    benefit = ZERO if made is None else Money(made.amount)
    steps = (_period_step(facts, version), _admission_step(facts, version, against))
    return Decision(
        claim_id=claim_id,
        scheme_id=version.scheme_id,
        period_id=facts.period.period_id,
        member_id=member_id,
        version_id=version.version_id,
        policy_id=version.policy_id,
        outcome=gravest(reasons),
        reasons=reasons,
        base=base_in_scope(version, event),
        benefit=benefit,
        decided_on=decided_on,
        trace=Trace(
            version_id=version.version_id,
            policy_id=version.policy_id,
            steps=(*steps, *log.steps, benefit_step(benefit, reasons[0])),
        ),
        uses=() if made is None else _uses(made),
    )


def _uses(made: Award) -> tuple[tuple[str, int], ...]:
    """What is added to each counter, and what each benefit paid in the period.

    The latter is counted where no limit asks for it too: a version that sets a limit within
    the period must find what was granted before it.
    """
    paid = {f"amount/{line.benefit_id}/period": line.amount for line in made.lines if line.amount}
    return tuple({**paid, **made.uses}.items())


def base_in_scope(version: SchemeVersion, event: EventFacts) -> Money:
    """What of the cost is in scope under the first benefit for such an event, paid or not."""
    bases = (benefit.base for benefit in version.benefits if benefit.event is event.event)
    found = next((base for base in bases if isinstance(base, AmountsBase)), None)
    return ZERO if found is None else Money(max(own_fen(found, event), 0))


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


def benefit_step(amount: Money, reason: Reason) -> TraceStep:
    """The last step of a trace: what is paid, and the reason that leads."""
    return TraceStep(
        rule=Rule.BENEFIT,
        after=amount,
        facts=(("reason", reason.name), ("outcome", reason.outcome.value)),
        parameter="benefits",
        source=reason.clause,
        clauses=(reason.clause,),
    )
