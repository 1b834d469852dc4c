"""Deductible, minimum, indemnity and cap (起付线、最低额、补偿上限、封顶线)."""

from mutualaid_core.clauses import implements
from mutualaid_core.domain.claims.settlement import Settlement
from mutualaid_core.domain.claims.trace import Rule, TraceStep
from mutualaid_core.domain.scheme.benefit import BenefitTerms, MinimumPayment, PeriodCap
from mutualaid_core.domain.values.money import ZERO, Money


@implements("HN-4.4.2a")
def after_deductible(base: Money, terms: BenefitTerms) -> tuple[Money, TraceStep]:
    """What the deductible leaves of *base*.

    Clause:
        HN-4.4.2a
    """
    left = max(base - terms.deductible, ZERO)
    step = TraceStep(
        rule=Rule.DEDUCTIBLE,
        before=base,
        after=left,
        amounts=(("deductible", terms.deductible),),
        parameter="benefit.deductible",
        source=terms.deductible_source,
        clauses=("HN-4.4.2a",),
    )
    return left, step


@implements("HN-4.4.2c")
def raised_to_minimum(amount: Money, base: Money, minimum: MinimumPayment) -> tuple[Money, TraceStep | None]:
    """*amount* raised to the scheme's minimum payment; from no base comes no payment.

    A share that is rounded to nothing is raised like any other.

    Args:
        amount: Benefit so far.
        base: What the tiers started from, which decides whether the minimum applies.
        minimum: The scheme's minimum.

    Returns:
        The benefit, and a step where the minimum changed it.

    Clause:
        HN-4.4.2c
    """
    in_reach = minimum.base_up_to is None or base <= minimum.base_up_to
    if not base or not in_reach or amount >= minimum.amount:
        return amount, None
    raised = minimum.amount if minimum.may_exceed_base else max(amount, min(minimum.amount, base))
    if raised == amount:
        return amount, None
    step = TraceStep(
        rule=Rule.MINIMUM,
        before=amount,
        after=raised,
        amounts=(("minimum", minimum.amount), ("base", base)),
        facts=(("may_exceed_base", "yes" if minimum.may_exceed_base else "no"),),
        parameter="benefit.steps[1]",
        source=minimum.source,
        clauses=("HN-4.4.2c",),
    )
    return raised, step


@implements("ACFTU-3.2a")
def expense_left(settlement: Settlement) -> Money:
    """What funds and hospital leave of the cost of a stay; zero where they leave nothing.

    Clause:
        ACFTU-3.2a
    """
    # In bare fen: contradictory figures may add up beyond the limit of an amount.
    paid = settlement.fund_pay_sumamt.fen + settlement.hosp_part_amt.fen
    return Money(max(settlement.medfee_sumamt.fen - paid, 0))


@implements("ACFTU-3.2a")
def within_expense(
    amount: Money, settlement: Settlement, elsewhere: Money = ZERO
) -> tuple[Money, TraceStep | None]:
    """*amount* cut so that all payers together never pay more than the stay cost.

    Args:
        amount: Benefit so far.
        settlement: Figures of the stay.
        elsewhere: What other schemes granted for the same stay; shown with the funds.

    Returns:
        The benefit, and a step where it was cut.

    Clause:
        ACFTU-3.2a
    """
    left = max(expense_left(settlement) - elsewhere, ZERO)
    if amount <= left:
        return amount, None
    step = TraceStep(
        rule=Rule.INDEMNITY,
        before=amount,
        after=left,
        amounts=(
            ("expense", settlement.medfee_sumamt),
            ("funds", settlement.fund_pay_sumamt + elsewhere),
            ("hospital", settlement.hosp_part_amt),
        ),
        parameter="benefit",
        source="ACFTU-3.2a",
        clauses=("ACFTU-3.2a",),
    )
    return left, step


@implements("HN-4.4.3c")
def within_period_cap(amount: Money, granted: Money, cap: PeriodCap) -> tuple[Money, TraceStep]:
    """*amount* cut to what earlier benefits of the period leave of the cap.

    Args:
        amount: Benefit so far.
        granted: Benefits already granted to the person in the period.
        cap: The scheme's cap.

    Clause:
        HN-4.4.3c
    """
    left = max(cap.amount - granted, ZERO)
    result = min(amount, left)
    step = TraceStep(
        rule=Rule.PERIOD_CAP,
        before=amount,
        after=result,
        amounts=(("cap", cap.amount), ("granted", granted), ("left", left - result)),
        parameter="benefit.limits[0]",
        source=cap.source,
        clauses=("HN-4.4.3c",),
    )
    return result, step
