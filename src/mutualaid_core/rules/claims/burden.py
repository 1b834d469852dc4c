"""Burden (个人负担): what is left to a member after all payers, and what mutual aid changed in it."""

from collections.abc import Iterable

import attrs

from mutualaid_core.clauses import implements
from mutualaid_core.domain.claims.settlement import FUND_FIELDS, Settlement
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.scheme.eligibility import InsuranceType
from mutualaid_core.domain.values.money import ZERO, Money, total


@attrs.frozen(kw_only=True)
class SelfPay:
    """Self-pay of one stay (个人自负变化).

    Attributes:
        before: What was left to the member after basic insurance and the payers behind it.
        benefit: What mutual aid adds.
        after: What is left then.
    """

    before: Money
    benefit: Money
    after: Money


@implements("HN-2.3")
def self_pay_of(settlement: Settlement, benefit: Money) -> SelfPay:
    """What mutual aid changed in what a member bears; it adds to basic insurance.

    Args:
        settlement: What the insurance said.
        benefit: What mutual aid grants for the stay, by all schemes.

    Clause:
        HN-2.3
    """
    before = settlement.psn_part_amt
    return SelfPay(before=before, benefit=benefit, after=max(before - benefit, ZERO))


@implements("HN-2.3", "ACFTU-3.1a")
def unsettled_faults(settlement: Settlement, insured: InsuranceType | None) -> tuple[Fault, ...]:
    """Why a stay waits: the member is insured, and the insurance has not paid anything yet.

    Mutual aid never replaces basic insurance. Where the cost in scope does not exceed the
    insurance's own deductible, there was nothing for it to pay, and the stay is settled.

    Args:
        settlement: What is known of the stay.
        insured: Basic insurance of the member; ``None`` for who has none.

    Clause:
        HN-2.3, ACFTU-3.1a
    """
    paid = total(settlement.amount(field) for field in FUND_FIELDS)
    if insured is None or paid or settlement.inscp_scp_amt <= settlement.act_pay_dedc:
        return ()
    rule = f"must be settled by the basic insurance {insured.value} first"
    return (Fault(subject=settlement.setl_id, rule=rule, found="nothing paid by it", clause="HN-2.3"),)


@implements("ACFTU-3.1b", "SN-2.1.6b")
def residual_burden(stays: Iterable[SelfPay]) -> Money:
    """What is left to a member of all stays of a period, after all payers.

    Clause:
        ACFTU-3.1b, SN-2.1.6b
    """
    return total(stay.after for stay in stays)
