"""Disposal of a surplus: what is kept is kept for something."""

import pytest

from mutualaid_core.domain.fund.inflow import SurplusDisposal
from mutualaid_core.domain.scheme.policy.fund import SurplusUse
from mutualaid_core.errors import InvalidValueError


def test_what_is_kept_has_a_purpose() -> None:
    """A plan that keeps a surplus for nothing must be refused; one that gives it back needs none."""
    assert SurplusDisposal(use=SurplusUse.REFUND, document="方案").purpose is None
    with pytest.raises(InvalidValueError, match=r"purpose must be given.*\[ACFTU-4.4b\]"):
        SurplusDisposal(use=SurplusUse.ROLL_FORWARD, document="方案")
