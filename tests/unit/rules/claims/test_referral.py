"""Referral: when a burden is heavy, and what may follow."""

import datetime

import attrs
import pytest

from mutualaid_core.domain.claims.referral import BurdenThreshold, Consent, Ground, Referral, ReferralState
from mutualaid_core.domain.values.money import ZERO, Money
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.rules.claims.referral import consent_faults, grounds_of, step_faults
from mutualaid_core.testing.samples import yuan

DAY = datetime.date(2014, 3, 20)
BOTH = BurdenThreshold(amount=yuan(30_000), income_share=Ratio(50, 100), source="办法")
LISTED = Referral(
    scheme_id="HN-A",
    period_id="2014",
    member_id="M-1",
    burden=yuan(40_000),
    grounds=(Ground.AMOUNT,),
    source="办法",
    listed_on=DAY,
)


@pytest.mark.parametrize(
    ("burden", "income", "grounds"),
    [
        (yuan(30_000), yuan(60_000), (Ground.AMOUNT, Ground.INCOME_SHARE)),
        (yuan(30_000), yuan(60_001), (Ground.AMOUNT,)),
        (yuan(29_999), yuan(10_000), (Ground.INCOME_SHARE,)),
        (yuan(29_999), None, ()),
        (ZERO, ZERO, ()),
    ],
)
def test_a_burden_is_heavy_by_either_measure(
    burden: Money, income: Money | None, grounds: tuple[Ground, ...]
) -> None:
    """Amount and share must be judged apart; an unknown income judges nothing, no burden is heavy."""
    assert grounds_of(burden, income, BOTH) == grounds


def test_an_amount_alone_asks_for_no_income() -> None:
    """A threshold by amount alone must not look at the income."""
    by_amount = attrs.evolve(BOTH, income_share=None)
    by_share = attrs.evolve(BOTH, amount=None)
    assert grounds_of(yuan(29_999), yuan(1), by_amount) == ()
    assert grounds_of(yuan(40_000), yuan(1), by_share) == (Ground.INCOME_SHARE,)


@pytest.mark.parametrize(
    ("to", "found"),
    [
        (ReferralState.SHARED, []),
        (ReferralState.DECLINED, []),
        (ReferralState.CLOSED, ["must be shared to become closed"]),
        (ReferralState.LISTED, ["must be new to become listed"]),
    ],
)
def test_steps_follow_the_table(to: ReferralState, found: list[str]) -> None:
    """A step that the table does not have must be refused, with what would lead there."""
    assert [fault.rule for fault in step_faults(LISTED, to)] == found


@pytest.mark.parametrize(("days", "count"), [(None, 1), (0, 0), (-1, 0), (1, 1)])
def test_consent_comes_first(days: int | None, count: int) -> None:
    """No consent, or one of a later day, must not let a referral be shared."""
    consent = None
    if days is not None:
        consent = Consent(given_on=DAY + datetime.timedelta(days=days), record="同意-1")
    assert len(consent_faults(LISTED, consent, DAY)) == count
