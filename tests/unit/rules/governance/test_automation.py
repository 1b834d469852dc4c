"""Automation: who is a machine, and which refusals a person must confirm."""

import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.actor import Role
from mutualaid_core.rules.governance.automation import JudgedBy, automatic_share, confirmation_faults


@pytest.mark.parametrize(
    ("outcome", "roles", "count"),
    [
        (Outcome.REJECT, (Role.SYSTEM,), 1),
        (Outcome.REJECT, (Role.SYSTEM, Role.SYSTEM), 1),
        (Outcome.REJECT, (Role.SYSTEM, Role.REVIEWER), 0),
        (Outcome.REJECT, (Role.REVIEWER,), 0),
        (Outcome.PASS, (Role.SYSTEM,), 0),
    ],
)
def test_a_person_confirms_a_machine_that_refuses(
    outcome: Outcome, roles: tuple[Role, ...], count: int
) -> None:
    """Only a refusal that no person has looked at must be found."""
    assert len(confirmation_faults(JudgedBy(claim_id="S", outcome=outcome, roles=roles))) == count


def test_no_claim_has_no_share() -> None:
    """Without claims there must be no share, and not 0 or 100 %."""
    assert automatic_share(()).shown() == "n/a"
