"""Referral (帮扶转介): whether a burden is heavy, and what may be done with a referral."""

import datetime

from mutualaid_core.clauses import implements
from mutualaid_core.domain.claims.referral import (
    REFERRAL_STEPS,
    BurdenThreshold,
    Consent,
    Ground,
    Referral,
    ReferralState,
)
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.values.money import Money


@implements("ACFTU-3.1b", "SN-2.1.6b")
def grounds_of(burden: Money, income: Money | None, threshold: BurdenThreshold) -> tuple[Ground, ...]:
    """Why a burden is heavy; empty where it is not.

    Args:
        burden: What is left to the member of the period, after all payers.
        income: Income of the year; ``None`` where it is not known, and then no share of it is
            judged.
        threshold: From where on it is heavy.

    Clause:
        ACFTU-3.1b, SN-2.1.6b
    """
    grounds = []
    if threshold.amount is not None and burden >= threshold.amount:
        grounds.append(Ground.AMOUNT)
    share = threshold.income_share
    if (
        share is not None
        and income is not None
        and burden.fen * share.denominator >= income.fen * share.numerator
    ):
        grounds.append(Ground.INCOME_SHARE)
    return tuple(grounds) if burden.fen > 0 else ()


@implements("GD-R.3c", "ACFTU-3.1b")
def step_faults(referral: Referral, to: ReferralState) -> tuple[Fault, ...]:
    """Why a referral may not go on to a state; empty where the table allows it.

    Clause:
        GD-R.3c, ACFTU-3.1b
    """
    if to in REFERRAL_STEPS[referral.state]:
        return ()
    before = " or ".join(state.value for state, after in REFERRAL_STEPS.items() if to in after)
    rule = f"must be {before or 'new'} to become {to.value}"
    return (Fault(subject=referral.member_id, rule=rule, found=referral.state.value, clause="GD-R.3c"),)


@implements("ACFTU-3.1b", "SN-2.1.6b")
def consent_faults(referral: Referral, consent: Consent | None, on: datetime.date) -> tuple[Fault, ...]:
    """Why a referral may not be shared: the member has not agreed, or not yet.

    Args:
        referral: The referral.
        consent: The member's consent.
        on: Business day of sharing.

    Clause:
        ACFTU-3.1b, SN-2.1.6b
    """
    if consent is not None and consent.given_on <= on:
        return ()
    rule = "must have agreed before it is shared"
    found = "none" if consent is None else consent.given_on.isoformat()
    return (Fault(subject=referral.member_id, rule=rule, found=found, clause="ACFTU-3.1b"),)
