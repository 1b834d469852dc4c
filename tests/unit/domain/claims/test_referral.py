"""Referrals: nothing is shared without consent, and each state has its facts."""

import datetime
from typing import Any

import attrs
import pytest

from mutualaid_core.domain.claims.referral import (
    REFERRAL_STEPS,
    BurdenThreshold,
    Consent,
    Ground,
    Referral,
    ReferralResult,
    ReferralState,
)
from mutualaid_core.domain.values.money import Money
from mutualaid_core.errors import InvalidValueError

DAY = datetime.date(2014, 3, 20)
CONSENT = Consent(given_on=DAY, record="同意-1")
LISTED = Referral(
    scheme_id="HN-A",
    period_id="2014",
    member_id="M-1",
    burden=Money(4_000_000),
    grounds=(Ground.AMOUNT,),
    source="办法",
    listed_on=DAY,
)


def test_a_threshold_says_something() -> None:
    """A threshold without amount and share must be refused."""
    with pytest.raises(InvalidValueError, match="threshold must have"):
        BurdenThreshold(source="办法")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"state": ReferralState.SHARED, "shared_on": DAY}, "consent"),
        ({"state": ReferralState.SHARED, "consent": CONSENT}, "shared_on"),
        ({"shared_on": DAY}, "shared_on"),
        ({"state": ReferralState.DECLINED}, "closed_on"),
        ({"closed_on": DAY}, "closed_on"),
        ({"result": ReferralResult.HELPED}, "result"),
        (
            {"state": ReferralState.CLOSED, "consent": CONSENT, "shared_on": DAY, "closed_on": DAY},
            "result",
        ),
    ],
)
def test_facts_of_another_state_are_refused(changes: dict[str, Any], field: str) -> None:
    """Sharing without consent, and facts that the state does not have, must be refused."""
    with pytest.raises(InvalidValueError, match=f"^{field} must"):
        attrs.evolve(LISTED, **changes)


def test_a_referral_ends_by_a_result_or_a_no() -> None:
    """Every state must have its steps, and the two ends none."""
    ends = {state for state, after in REFERRAL_STEPS.items() if not after}
    assert (set(REFERRAL_STEPS), ends) == (
        set(ReferralState),
        {ReferralState.DECLINED, ReferralState.CLOSED},
    )
