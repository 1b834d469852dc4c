"""Claim: which state may follow which."""

import attrs
import pytest

from mutualaid_core.domain.claims.claim import TRANSITIONS, Claim, ClaimState
from mutualaid_core.errors import InvalidValueError

ALLOWED = {
    (ClaimState.HELD, ClaimState.APPROVED),
    (ClaimState.HELD, ClaimState.REFUSED),
    (ClaimState.APPROVED, ClaimState.PAID),
}
EVERY_PAIR = [(first, second) for first in ClaimState for second in ClaimState]


@pytest.mark.clause("ACFTU-8.1d")
@pytest.mark.parametrize(("first", "second"), [pair for pair in EVERY_PAIR if pair in ALLOWED])
def test_a_claim_moves_to_the_next_state(claim: Claim, first: ClaimState, second: ClaimState) -> None:
    """A claim must move along the steps, and nothing but its state must change."""
    start = attrs.evolve(claim, state=first)
    assert attrs.evolve(claim, state=second) == start.moved_to(second)


@pytest.mark.clause("ACFTU-8.1d")
@pytest.mark.parametrize(("first", "second"), [pair for pair in EVERY_PAIR if pair not in ALLOWED])
def test_a_claim_does_not_jump(claim: Claim, first: ClaimState, second: ClaimState) -> None:
    """A claim must not jump from held to paid, go back, or stay (ACFTU-8.1d)."""
    with pytest.raises(InvalidValueError, match=f"state must follow {first.value} by"):
        attrs.evolve(claim, state=first).moved_to(second)


def test_an_end_says_that_nothing_follows(claim: Claim) -> None:
    """The error at an end must say that nothing follows."""
    with pytest.raises(InvalidValueError, match=r"must follow paid by nothing, got 'held' \[ACFTU-8\.1d\]"):
        attrs.evolve(claim, state=ClaimState.PAID).moved_to(ClaimState.HELD)


def test_every_state_has_its_transitions() -> None:
    """No state may be forgotten in the table."""
    assert set(ClaimState) == set(TRANSITIONS)
