"""Purposes: what is left is kept, and for purposes of the policy alone."""

import datetime

import attrs
import pytest

from mutualaid_core.domain.fund.inflow import SurplusDisposal
from mutualaid_core.domain.scheme.policy.fund import FundTerms, SurplusUse
from mutualaid_core.rules.fund.purposes import disposal_faults
from mutualaid_core.rules.scheme.layers import effective_policy
from mutualaid_core.testing.samples import POLICY

TERMS = FundTerms(purposes=("medical_benefit",), source="HN-4.5.2")
RULING = effective_policy((attrs.evolve(POLICY, fund=TERMS),), datetime.date(2014, 6, 1))


@pytest.mark.parametrize(
    ("use", "purpose", "clauses"),
    [
        (SurplusUse.ROLL_FORWARD, "medical_benefit", []),
        (SurplusUse.ROLL_FORWARD, "festival", ["HN-4.5.2"]),
        (SurplusUse.REFUND, None, ["HN-4.3.2"]),
        (SurplusUse.DISTRIBUTE, None, ["HN-2.1b", "HN-4.3.2"]),
    ],
)
def test_a_surplus_stays_with_the_workers(use: SurplusUse, purpose: str | None, clauses: list[str]) -> None:
    """A surplus must be kept, for a purpose of the fund; sharing it out breaks two rules."""
    disposal = SurplusDisposal(use=use, purpose=purpose, document="方案")
    assert [fault.clause for fault in disposal_faults(disposal, RULING)] == clauses
