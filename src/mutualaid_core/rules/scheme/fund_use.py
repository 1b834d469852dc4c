"""Use of the fund under a policy (资金使用规则): cost, fee, surplus, purposes, subsidy, account maps."""

import datetime

from mutualaid_core.clauses import implements
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.scheme.policy import EffectivePolicy
from mutualaid_core.domain.scheme.policy.fund import AccountMap, CostPayer, SurplusUse
from mutualaid_core.domain.values.money import ZERO, Money
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.rules.scheme.allowed import asked, strangers
from mutualaid_core.rules.scheme.layers import Chain, account_maps_of


@implements("ACFTU-12.5a", "HN-3.1.4c")
def fee_limit(base: Money, policy: EffectivePolicy) -> Money:
    """The most that the management fee may come to in a year.

    Where the union bears the cost it is nothing, and so it is where no layer says of what
    which share may be taken.

    Args:
        base: What came in of the base that the policy names.
        policy: What holds.

    Clause:
        ACFTU-12.5a, HN-3.1.4c
    """
    terms = policy.policy.fund
    rate = terms.fee_rate_max
    if terms.cost_payer is CostPayer.UNION or rate is None or terms.fee_base is None:
        return ZERO
    # Rounded down: a fee of a fen more would be above the rate.
    return Money(base.fen * rate.numerator // rate.denominator)


@implements("ACFTU-12.5a", "HN-3.1.4c")
def fee_faults(request: Money, taken: Money, base: Money, policy: EffectivePolicy) -> tuple[Fault, ...]:
    """Why a management fee may not be taken; empty where it may.

    Args:
        request: What is to be taken.
        taken: What was taken in the year before.
        base: What came in of the base that the policy names.
        policy: What holds.

    Clause:
        ACFTU-12.5a, HN-3.1.4c
    """
    left = max(fee_limit(base, policy) - taken, ZERO)
    if request <= left:
        return ()
    return (
        asked(
            policy.cited("fund.fee_rate_max"),
            "management_fee",
            f"must be <= {left} that are left",
            str(request),
        ),
    )


@implements("HN-3.1.4c")
def expense_faults(amount: Money, policy: EffectivePolicy) -> tuple[Fault, ...]:
    """Why the cost of the work may not be posted to the fund's ledger; empty where it may.

    Where the union bears the cost, every such voucher is refused; elsewhere it is paid from
    the management fee, whose limit is another rule.

    Clause:
        HN-3.1.4c
    """
    if policy.policy.fund.cost_payer is not CostPayer.UNION:
        return ()
    rule = "must be borne by the union"
    return (asked(policy.cited("fund.cost_payer"), "expense", rule, str(amount)),)


@implements("HN-3.1.4d", "HN-2.2b")
def leakage(inflow: Money, benefits: Money, pool_increase: Money) -> Money:
    """What came in and neither was paid as benefits nor stayed in the pool.

    Clause:
        HN-3.1.4d, HN-2.2b
    """
    return inflow - benefits - pool_increase


@implements("HN-3.1.4d")
def identity_faults(
    inflow: Money, benefits: Money, pool_increase: Money, policy: EffectivePolicy
) -> tuple[Fault, ...]:
    """Why a period does not close: all money is for the workers, and some of it is not there.

    Clause:
        HN-3.1.4d
    """
    lost = leakage(inflow, benefits, pool_increase)
    if policy.policy.fund.cost_payer is not CostPayer.UNION or lost == ZERO:
        return ()
    rule = "must be 0.00 of what came in"
    return (Fault(subject="leakage", rule=rule, found=str(lost), clause="HN-3.1.4d"),)


@implements("ACFTU-13.1b")
def surplus_findings(balance: Money, contributions: Money, policy: EffectivePolicy) -> tuple[Fault, ...]:
    """The finding that a closing balance lies outside the region's band; empty where it does not.

    It is answered by a new version for the next period. Without contributions there is no
    ratio, and so no finding.

    Clause:
        ACFTU-13.1b
    """
    terms = policy.policy.fund
    least, most = terms.surplus_ratio_min, terms.surplus_ratio_max
    if contributions <= ZERO:
        return ()
    found = f"{balance} of {contributions}"
    if least is not None and _compared(balance, contributions, least) < 0:
        return (asked(policy.cited("fund.surplus_ratio_min"), "surplus", f"must be >= {least}", found),)
    if most is not None and _compared(balance, contributions, most) > 0:
        return (asked(policy.cited("fund.surplus_ratio_max"), "surplus", f"must be <= {most}", found),)
    return ()


def _compared(part: Money, whole: Money, ratio: Ratio) -> int:
    """Below, at or above zero as *part* is below, at or above *ratio* of *whole*."""
    return part.fen * ratio.denominator - whole.fen * ratio.numerator


@implements("ACFTU-1.2a", "HN-4.3.2")
def surplus_use_faults(use: SurplusUse, policy: EffectivePolicy) -> tuple[Fault, ...]:
    """Why a surplus may not be used so: it stays in the fund, under any policy.

    Clause:
        ACFTU-1.2a, HN-4.3.2
    """
    if use is SurplusUse.ROLL_FORWARD:
        return ()
    return (asked(policy.cited("fund.surplus"), "surplus", "must be rolled forward", use.value),)


@implements("HN-4.5.2")
def purpose_faults(purpose: str, policy: EffectivePolicy) -> tuple[Fault, ...]:
    """Why the fund may not be spent on *purpose*; empty where it may.

    Clause:
        HN-4.5.2
    """
    return tuple(strangers(policy, "fund.purposes", "purpose", (purpose,), policy.policy.fund.purposes))


@implements("HN-4.6.3")
def subsidy_for(persons: int, year: int, policy: EffectivePolicy) -> Money:
    """The subsidy by the head for a year; nothing outside the years of a subsidy.

    Clause:
        HN-4.6.3
    """
    rows = [row for row in policy.policy.subsidies if row.first_year <= year <= row.last_year]
    return Money(sum(row.per_head.fen * persons for row in rows))


@implements("SN-2.3.2", "SN-2.3.3")
def account_map_for(
    spending: str, voucher_on: datetime.date, chain: Chain
) -> tuple[AccountMap | None, tuple[Fault, ...]]:
    """The one account map for a voucher, or why there is not exactly one.

    A map has days of its own, so a policy may tell the map of a time before it.

    Args:
        spending: Code of the spending.
        voucher_on: Date of the voucher.
        chain: The policies, the nearest first.

    Clause:
        SN-2.3.2, SN-2.3.3
    """
    rows = account_maps_of(chain)
    holding = [row for row in rows if row.spending == spending and row.holds_on(voucher_on)]
    if len(holding) == 1:
        return holding[0], ()
    rule = f"must have one account on {voucher_on.isoformat()}"
    found = ", ".join(row.account for row in holding) or "none"
    return None, (Fault(subject=spending, rule=rule, found=found, clause="SN-2.3.3"),)
