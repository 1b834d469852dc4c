"""Decision: facts, version and counter in; outcome, reasons, benefit and trace out."""

import attrs
import pytest

from mutualaid_core.domain.claims.decision import Decision
from mutualaid_core.domain.claims.reason import Outcome, Reason
from mutualaid_core.domain.claims.trace import Rule, TraceStep
from mutualaid_core.domain.scheme.benefit.base import EventBase
from mutualaid_core.domain.scheme.benefit.steps import FixedSum
from mutualaid_core.domain.scheme.benefit.terms import Basis
from mutualaid_core.domain.values.money import ZERO
from mutualaid_core.domain.values.personal import PersonName
from mutualaid_core.rules.claims.admission import ClaimFacts
from mutualaid_core.rules.claims.decision import benefit_step, decide
from mutualaid_core.rules.claims.plan.compile import compile_version
from mutualaid_core.testing.samples import (
    FILED_ON,
    VERSION,
    YUEYANG_2014,
    member_id,
    version_with,
    yuan,
)

CAP = "amount/inpatient/period"
PLAN = compile_version(VERSION)


def judged(facts: ClaimFacts, granted: int | str = 0) -> Decision:
    """The decision under the sample version, so many yuan having been granted before."""
    used = {CAP: yuan(granted).fen}
    return decide(facts, PLAN, used, claim_id="S-1", member_id=member_id(1), decided_on=FILED_ON)


@pytest.fixture
def late(facts: ClaimFacts) -> ClaimFacts:
    """Facts that are refused: filed a year late."""
    return attrs.evolve(facts, filed_on=FILED_ON.replace(year=2016))


@pytest.fixture
def held(facts: ClaimFacts) -> ClaimFacts:
    """Facts that are held: the name differs."""
    return attrs.evolve(facts, settlement=attrs.evolve(facts.settlement, psn_name=PersonName("李四")))


def test_a_claim_with_nothing_against_it_passes(facts: ClaimFacts) -> None:
    """8,000 self-borne must pass with 1,500 + 35 % of 3,000 = 2,550."""
    decision = judged(facts)
    assert (decision.outcome, decision.base, decision.benefit) == (Outcome.PASS, yuan(8_000), yuan(2_550))


def test_what_is_paid_is_what_the_cap_loses(facts: ClaimFacts) -> None:
    """The proposed use of the cap must be the benefit."""
    assert judged(facts, 49_000).uses == ((CAP, 100_000),)


def test_a_refused_claim_uses_nothing_of_the_cap(late: ClaimFacts) -> None:
    """A refused claim must bring no benefit and use nothing of the cap."""
    decision = judged(late)
    assert (decision.outcome, decision.benefit, decision.uses) == (Outcome.REJECT, ZERO, ())


def test_a_held_claim_uses_nothing_of_the_cap(held: ClaimFacts) -> None:
    """A held claim must bring no benefit yet and use nothing of the cap."""
    decision = judged(held)
    assert (decision.outcome, decision.benefit, decision.uses) == (Outcome.HOLD, ZERO, ())


def test_a_refused_claim_still_shows_its_base(late: ClaimFacts) -> None:
    """A refused claim must keep the base, so that one can see what was at stake."""
    assert judged(late).base == yuan(8_000)


def test_a_refusal_outweighs_a_hold(late: ClaimFacts) -> None:
    """A claim that is late and under another name must be refused, for both reasons."""
    both = attrs.evolve(late, settlement=attrs.evolve(late.settlement, psn_name=PersonName("李四")))
    decision = judged(both)
    assert (decision.outcome, decision.reasons) == (
        Outcome.REJECT,
        (Reason.FILED_TOO_LATE, Reason.NAME_DIFFERS),
    )


def test_the_trace_begins_with_period_and_admission_and_ends_with_the_benefit(facts: ClaimFacts) -> None:
    """The trace must tell the day, the admission, the computation and the result, in this order."""
    rules = [step.rule for step in judged(facts).trace.steps]
    assert (rules[:3], rules[-1]) == ([Rule.PERIOD, Rule.ADMISSION, Rule.APPLIES], Rule.BENEFIT)


def test_the_trace_of_a_refusal_computes_nothing(late: ClaimFacts) -> None:
    """The trace of a refusal must hold the day, the admission and the result alone."""
    rules = [step.rule for step in judged(late).trace.steps]
    assert rules == [Rule.PERIOD, Rule.ADMISSION, Rule.BENEFIT]


def test_the_admission_step_names_reasons_and_clauses(late: ClaimFacts) -> None:
    """The step of the admission must name every reason against the claim, and its clause."""
    step = judged(late).trace.steps[1]
    assert (step.fact("result"), step.fact("reasons"), step.clauses) == (
        "refused",
        "FILED_TOO_LATE",
        ("HN-4.5.3a",),
    )


def test_the_period_step_names_the_day_that_decided(facts: ClaimFacts) -> None:
    """The step of the period must name the kind of day, the day, and the version."""
    step = judged(facts).trace.steps[0]
    assert (step.fact("period_by"), step.fact("event_day"), step.fact("version")) == (
        "discharge",
        "2014-03-10",
        "V-2014",
    )


def test_the_trace_names_no_person(facts: ClaimFacts) -> None:
    """Neither name nor ID number nor diagnosis may stand in a trace."""
    settlement = facts.settlement
    text = repr(judged(facts).trace)
    secrets = (settlement.psn_name, settlement.certno, settlement.dise_code)
    assert [each for each in secrets if each.reveal() in text] == []


def test_the_last_step_names_the_leading_reason() -> None:
    """The last step of a trace must show the amount, the reason, its outcome and its clause."""
    step = benefit_step(yuan(10), Reason.CAP_REDUCED)
    assert (step.after, step.fact("reason"), step.fact("outcome"), step.clauses) == (
        yuan(10),
        "CAP_REDUCED",
        "PASS",
        ("HN-4.4.3c",),
    )


def test_a_version_without_a_cost_has_no_base(facts: ClaimFacts) -> None:
    """Where a stay is paid a fixed sum, the decision must show no base."""
    fixed = attrs.evolve(
        YUEYANG_2014,
        basis=Basis.FIXED,
        base=EventBase(source="HN-4.2.1b"),
        steps=(FixedSum(amount=yuan(500), source="HN-4.2.1b"),),
    )
    plan = compile_version(version_with(fixed))
    decision = decide(facts, plan, {}, claim_id="S-1", member_id=member_id(1), decided_on=FILED_ON)
    assert (decision.base, decision.benefit) == (ZERO, yuan(500))


def test_the_period_step_tells_all_that_decided(facts: ClaimFacts) -> None:
    """Day, period, its ends, version, parameter, source and clauses must stand in the first step."""
    assert judged(facts).trace.steps[0] == TraceStep(
        rule=Rule.PERIOD,
        facts=(
            ("period_by", "discharge"),
            ("event_day", "2014-03-10"),
            ("period", "2014"),
            ("first_day", "2014-01-01"),
            ("last_day", "2014-12-31"),
            ("version", "V-2014"),
        ),
        parameter="event.period_by",
        source="HN-4.2.1b",
        clauses=("HN-4.2.1b", "ACFTU-4.3c"),
    )


def test_the_admission_step_tells_all_that_was_looked_at(facts: ClaimFacts) -> None:
    """Care, insurance, hospital, days and limit of filing must stand in the second step."""
    assert judged(facts).trace.steps[1] == TraceStep(
        rule=Rule.ADMISSION,
        facts=(
            ("result", "passed"),
            ("reasons", "none"),
            ("med_type", "21"),
            ("insutype", "310"),
            ("hospital", "H43050000001"),
            ("admitted_on", "2014-03-01"),
            ("discharged_on", "2014-03-10"),
            ("filed_on", FILED_ON.isoformat()),
            ("filing_days_max", "180"),
        ),
        parameter="event",
        source="HN-4.2.1b",
        clauses=("ACFTU-2.1a", "HN-4.2.1a"),
    )


def test_the_reasons_of_a_refusal_are_listed(late: ClaimFacts) -> None:
    """Two reasons must stand in the step with a comma between, and their clauses once each."""
    both = attrs.evolve(late, settlement=attrs.evolve(late.settlement, psn_name=PersonName("李四")))
    step = judged(both).trace.steps[1]
    assert (step.fact("reasons"), step.clauses) == (
        "FILED_TOO_LATE, NAME_DIFFERS",
        ("HN-4.5.3a", "ACFTU-12.1c"),
    )


def test_the_last_step_is_whole() -> None:
    """Rule, parameter and source of the last step must be the benefits and the clause of the reason."""
    step = benefit_step(yuan(10), Reason.COMPUTED)
    assert (step.rule, step.parameter, step.source) == (Rule.BENEFIT, "benefits", "HN-4.4.1")


def test_what_a_decision_names_is_what_it_was_given(facts: ClaimFacts) -> None:
    """Claim, scheme, period, member, version, policy and day must be those of the claim."""
    made = judged(facts)
    assert (made.claim_id, made.scheme_id, made.period_id, made.member_id) == (
        "S-1",
        "HN-A",
        "2014",
        member_id(1),
    )
    assert (made.version_id, made.policy_id, made.decided_on) == ("V-2014", "HN-2013", FILED_ON)


def test_a_base_below_zero_is_shown_as_nothing(facts: ClaimFacts) -> None:
    """Where insurance paid more than counts, the refusal must show a base of nothing."""
    outside = facts.settlement.inscp_scp_amt + facts.settlement.fulamt_ownpay_amt
    wrong = attrs.evolve(facts.settlement, inscp_scp_amt=ZERO, fulamt_ownpay_amt=outside)
    decision = judged(attrs.evolve(facts, settlement=wrong))
    assert (decision.reasons, decision.base) == ((Reason.BASE_BELOW_ZERO,), ZERO)
