"""Purposes (资金用途): what is left stays with the workers, and for what it may be kept."""

from mutualaid_core.clauses import implements
from mutualaid_core.domain.fund.inflow import SurplusDisposal
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.scheme.policy import EffectivePolicy
from mutualaid_core.domain.scheme.policy.fund import SurplusUse
from mutualaid_core.rules.scheme.fund_use import purpose_faults, surplus_use_faults


@implements("HN-2.1b")
def distribution_faults(use: SurplusUse, subject: str) -> tuple[Fault, ...]:
    """Why a surplus may not go to anybody: the aid makes no profit, so there is none to share out.

    Args:
        use: What is to become of the surplus.
        subject: The scheme, or the plan.

    Clause:
        HN-2.1b
    """
    if use is not SurplusUse.DISTRIBUTE:
        return ()
    rule = "must not be distributed to a sponsor, an operator or a person"
    return (Fault(subject=subject, rule=rule, found=use.value, clause="HN-2.1b"),)


@implements("ACFTU-4.4b", "ACFTU-1.2a", "HN-2.1b", "HN-4.5.2")
def disposal_faults(disposal: SurplusDisposal, policy: EffectivePolicy) -> tuple[Fault, ...]:
    """Why a surplus may not be disposed of so: it is kept, for purposes of the fund alone.

    Args:
        disposal: The plan.
        policy: What the policies above the scheme ask.

    Clause:
        ACFTU-4.4b, ACFTU-1.2a, HN-2.1b, HN-4.5.2
    """
    purpose = () if disposal.purpose is None else purpose_faults(disposal.purpose, policy)
    return (
        *distribution_faults(disposal.use, disposal.document),
        *surplus_use_faults(disposal.use, policy),
        *purpose,
    )
