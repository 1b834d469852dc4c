"""Trace: steps with their amounts and facts, resting on clauses that exist."""

import attrs
import pytest

from mutualaid_core.domain.claims.trace import TraceStep
from mutualaid_core.domain.values.money import Money
from mutualaid_core.errors import InvalidValueError


def test_an_amount_is_found_by_its_name(step: TraceStep) -> None:
    """A named amount must be readable."""
    assert Money(2_750_000) == step.amount("inscp_scp_amt")


def test_a_fact_is_found_by_its_name(step: TraceStep) -> None:
    """A named fact must be readable."""
    assert step.fact("med_type") == "21"


@pytest.mark.parametrize("read", [TraceStep.amount, TraceStep.fact])
def test_an_unknown_name_is_told(step: TraceStep, read: object) -> None:
    """A name that the step does not have must raise, and not give nothing."""
    with pytest.raises(KeyError, match=r"no_such_name"):
        read(step, "no_such_name")


def test_a_step_rests_on_clauses_that_exist(step: TraceStep) -> None:
    """A clause that no document has must be refused."""
    with pytest.raises(InvalidValueError, match=r"clause must be an id of a source document, got 'HN-9\.9'"):
        attrs.evolve(step, clauses=("HN-4.4.1", "HN-9.9"))


def test_a_step_rests_on_a_clause(step: TraceStep) -> None:
    """A step without clauses must be refused."""
    with pytest.raises(InvalidValueError, match="clauses must not be empty"):
        attrs.evolve(step, clauses=())
