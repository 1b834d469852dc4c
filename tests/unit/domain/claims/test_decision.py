"""Decision: reasons in order, the outcome they lead to, money only where it flows."""

from typing import Any

import attrs
import pytest

from mutualaid_core.domain.claims.decision import Decision
from mutualaid_core.domain.claims.reason import Outcome, Reason
from mutualaid_core.domain.claims.trace import Trace
from mutualaid_core.domain.values.money import ZERO, Money
from mutualaid_core.errors import InvalidValueError


def test_a_decision_keeps_all_reasons(decision: Decision) -> None:
    """Several reasons must be kept, the first one leading."""
    reasons = (Reason.CAP_REDUCED, Reason.COMPUTED)
    assert reasons == attrs.evolve(decision, reasons=reasons).reasons


@pytest.mark.parametrize(
    "reasons",
    [(Reason.COMPUTED, Reason.CAP_REDUCED), (Reason.COMPUTED, Reason.COMPUTED)],
    ids=["order", "twice"],
)
def test_reasons_stand_once_each_by_precedence(decision: Decision, reasons: tuple[Reason, ...]) -> None:
    """Reasons out of order, and a reason named twice, must be refused."""
    with pytest.raises(InvalidValueError, match="reasons must be once each, by precedence"):
        attrs.evolve(decision, reasons=reasons)


def test_a_decision_has_a_reason(decision: Decision) -> None:
    """A decision without a reason must be refused."""
    with pytest.raises(InvalidValueError, match="reasons must not be empty"):
        attrs.evolve(decision, reasons=())


@pytest.mark.parametrize("outcome", [each for each in Outcome if each is not Outcome.PASS])
def test_the_outcome_follows_from_the_reasons(decision: Decision, outcome: Outcome) -> None:
    """An outcome that the reasons do not lead to must be refused."""
    with pytest.raises(InvalidValueError, match=f"outcome must be PASS, got '{outcome.value}'"):
        attrs.evolve(decision, outcome=outcome)


@pytest.mark.parametrize("reason", [Reason.NO_PAID_COVER, Reason.IDENTITIES_BROKEN])
def test_no_money_flows_without_a_pass(decision: Decision, reason: Reason) -> None:
    """A benefit must be refused where the claim is refused or held."""
    with pytest.raises(InvalidValueError, match=f"benefit must be 0 with {reason.outcome.value}"):
        attrs.evolve(decision, reasons=(reason,), outcome=reason.outcome)


@pytest.mark.parametrize("reason", [Reason.NO_PAID_COVER, Reason.IDENTITIES_BROKEN])
def test_a_refusal_without_money_is_a_decision(decision: Decision, reason: Reason) -> None:
    """A refused or held claim must be a decision with nothing to pay."""
    refused = attrs.evolve(decision, reasons=(reason,), outcome=reason.outcome, benefit=ZERO)
    assert reason.outcome is refused.outcome


@pytest.mark.clause("ACFTU-2.4b")
@pytest.mark.parametrize("change", [{"version_id": "V-2015"}, {"policy_id": "GD-2022"}], ids=str)
def test_the_trace_is_of_the_same_terms(decision: Decision, change: dict[str, Any]) -> None:
    """A trace of another version or policy must be refused."""
    with pytest.raises(InvalidValueError, match="trace must be of the decision's own version and policy"):
        attrs.evolve(decision, trace=attrs.evolve(decision.trace, **change))


@pytest.mark.parametrize("field", ["base", "benefit"])
def test_amounts_are_not_negative(decision: Decision, field: str) -> None:
    """Neither base nor benefit may be below zero."""
    with pytest.raises(InvalidValueError, match=f"{field} must be >= 0"):
        attrs.evolve(decision, **{field: Money(-1)})


def test_a_trace_has_a_step() -> None:
    """A trace without steps must be refused."""
    with pytest.raises(InvalidValueError, match="steps must not be empty"):
        Trace(version_id="V-2014", policy_id="HN-2013", steps=())
