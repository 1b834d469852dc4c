"""Benefit (补助): one benefit of a scheme for one event: base, steps, bounds, limits."""

from collections.abc import Mapping

import attrs

from mutualaid_core.clauses import implements
from mutualaid_core.domain.claims.reason import Reason
from mutualaid_core.domain.scheme.benefit.base import Unit
from mutualaid_core.domain.scheme.benefit.terms import Basis, Over
from mutualaid_core.domain.scheme.benefit.waiting import WaitingGrade
from mutualaid_core.rules.claims.accumulation import Earlier, earlier_of
from mutualaid_core.rules.claims.base import base_of, cost_known, payable_of
from mutualaid_core.rules.claims.facts import EventFacts
from mutualaid_core.rules.claims.limits import Cut, Used, expense_of, reason_of, shares_of, within_limit
from mutualaid_core.rules.claims.plan.steps import ByCode, ByCount, Env, Minimum
from mutualaid_core.rules.claims.plan.terms import BenefitPlan
from mutualaid_core.rules.claims.working.log import Log
from mutualaid_core.rules.scheme.fit import all_hold


@attrs.frozen
class Line:
    """What one benefit comes to.

    Attributes:
        benefit_id: The benefit.
        base: Base of this claim alone in fen, in days of the stay, or 1 for an event.
        result: What the steps came to, before bounds and limits, in fen.
        amount: What is paid, in fen.
        reasons: What shaped the amount.
        uses: What is to be added to each counter.
    """

    benefit_id: str
    base: int
    result: int
    amount: int
    reasons: tuple[Reason, ...]
    uses: tuple[tuple[str, int], ...]


@implements("HN-4.4.1", "HN-4.4.2a", "HN-4.4.2c", "HN-4.4.3b", "HN-4.4.3c", "ACFTU-3.2a", "ACFTU-2.4b")
def benefit_line(
    plan: BenefitPlan, facts: EventFacts, used: Used, paid: Mapping[str, int], log: Log | None = None
) -> Line:
    """One benefit for one event that it fits.

    Args:
        plan: The benefit.
        facts: Facts of the event.
        used: What earlier claims of the person used of each counter.
        paid: What earlier benefits of this event paid, by their ids.
        log: Takes note of every step; ``None`` for none.

    Raises:
        InvalidValueError: The facts do not say what the benefit asks for.

    Clause:
        HN-4.4.1, HN-4.4.2a, HN-4.4.2c, HN-4.4.3b, HN-4.4.3c, ACFTU-3.2a, ACFTU-2.4b
    """
    found: list[Reason] = []
    days: list[Cut] = []
    terms = plan.terms
    base = base_of(terms.base, facts, paid)
    if log is not None:
        log.base(plan, base, facts, paid)
    earlier = None
    grade = waiting_grade(plan, facts)
    if grade is not None:
        result = _paid_in_waiting(plan, grade, facts, found)
        if log is not None:
            log.waiting(plan, grade, facts, result)
    elif terms.accumulate.over is Over.CLAIM:
        result = _run(plan, base, facts, used, days, found, log)
    else:
        earlier = earlier_of(plan, facts, used)
        if log is not None:
            log.accumulation(plan, earlier, base)
        whole = _run(plan, earlier.base + base, facts, used, days, found, log)
        result = max(whole - earlier.result, 0)
        if log is not None:
            log.less_earlier(plan, earlier, whole, result)
    bounded = result
    if terms.basis is Basis.INDEMNITY:
        bounded = _indemnity(plan, base, result, facts, paid, found, log)
    amount, cuts = _limited(plan, bounded, facts, used, earlier, found, log)
    if terms.base.unit is Unit.MONEY and base == 0:
        found.append(Reason.NOTHING_SELF_BORNE)
    uses = _uses(amount, result, base, days, cuts, earlier)
    return Line(terms.benefit_id, base, result, amount, tuple(found), uses)


@implements("HN-4.4.2b")
def waiting_grade(plan: BenefitPlan, facts: EventFacts) -> WaitingGrade | None:
    """The grade of the waiting period in which the event falls; ``None`` where in none.

    Clause:
        HN-4.4.2b
    """
    waiting = plan.terms.waiting
    if not waiting.grades or (waiting.waived_when and all_hold(waiting.waived_when, facts)):
        return None
    day = facts.count("cover_day") - (not waiting.first_day_counts)
    return next((grade for grade in waiting.grades if day <= grade.through_day), None)


def _paid_in_waiting(plan: BenefitPlan, grade: WaitingGrade, facts: EventFacts, found: list[Reason]) -> int:
    found.append(Reason.WAITING_GRADE if grade.pays else Reason.IN_WAITING_PERIOD)
    return grade.pays.fen * (shares_of(plan, facts) if grade.times_shares else 1)


def _run(  # noqa: PLR0913, PLR0917  # what the steps know, and what they note
    plan: BenefitPlan,
    base: int,
    facts: EventFacts,
    used: Used,
    days: list[Cut],
    found: list[Reason],
    log: Log | None,
) -> int:
    """The steps, one after the other, on an exact fraction; whole fen come out."""
    value, taken = payable_of(plan.terms.base, base), 1
    env = Env(facts=facts, payable=value)
    for number, step in enumerate(plan.steps):
        if number == plan.per_day:
            value = _limited_days(plan, value, facts, used, days, found, log)
        chosen = step.chosen(facts) if isinstance(step, ByCode | ByCount) else step
        before, value = value, chosen.apply(value, env)
        if number + 1 == plan.leading:
            env.payable = value
        if isinstance(chosen, Minimum) and value > before * chosen.lift:
            found.append(Reason.MINIMUM_APPLIED)
        if log is not None:
            log.step(plan, chosen, before, taken, value, env)
        taken = chosen.origin.given
    return value


def _limited_days(  # noqa: PLR0913, PLR0917  # as for the steps
    plan: BenefitPlan,
    value: int,
    facts: EventFacts,
    used: Used,
    days: list[Cut],
    found: list[Reason],
    log: Log | None,
) -> int:
    for limit in plan.days_limits:
        cut = within_limit(limit, value, 1, facts, used)
        days.append(cut)
        value = cut.after
        _note(cut, found)
        if log is not None:
            log.limit(cut)
    # What a wider limit lets through is not used where a narrower one cuts it later.
    days[:] = [attrs.evolve(cut, after=value) for cut in days]
    return value


@implements("ACFTU-3.2a")
def _indemnity(  # noqa: PLR0913, PLR0917  # as for the steps
    plan: BenefitPlan,
    base: int,
    result: int,
    facts: EventFacts,
    paid: Mapping[str, int],
    found: list[Reason],
    log: Log | None,
) -> int:
    """*result* cut to the base, and so that all payers together never pay more than the cost.

    Clause:
        ACFTU-3.2a
    """
    bounded = result
    if plan.terms.base.unit is Unit.MONEY and not plan.may_exceed_base:
        bounded = min(bounded, base)
    known = 0 if "medfee_sumamt" in facts.amounts else cost_known(plan.terms.base, facts)
    expense = expense_of(facts, known)
    left = max(expense - facts.elsewhere - sum(paid.values()), 0)
    bounded = min(bounded, left)
    if bounded < result:
        found.append(Reason.INDEMNITY_LIMIT)
        if log is not None:
            log.indemnity(plan, result, bounded, facts, paid)
    return bounded


def _limited(  # noqa: PLR0913, PLR0917  # as for the steps
    plan: BenefitPlan,
    amount: int,
    facts: EventFacts,
    used: Used,
    earlier: Earlier | None,
    found: list[Reason],
    log: Log | None,
) -> tuple[int, list[Cut]]:
    """*amount* within the limits, in their order."""
    cuts = []
    shares = shares_of(plan, facts) if plan.limits else 1
    for limit in plan.limits:
        if limit.counts_payments and earlier is not None and earlier.was_paid:
            continue
        cut = within_limit(limit, amount, shares, facts, used)
        cuts.append(cut)
        amount = cut.after
        _note(cut, found, pays_event=plan.terms.pays_event)
        if log is not None:
            log.limit(cut)
    return amount, cuts


def _note(cut: Cut, found: list[Reason], *, pays_event: bool = False) -> None:
    reason = reason_of(cut)
    if reason is not None:
        was_paid = pays_event and reason is Reason.PAYMENTS_USED_UP
        found.append(Reason.SUM_PAID_BEFORE if was_paid else reason)


def _uses(  # noqa: PLR0913, PLR0917  # all that a line used
    amount: int, result: int, base: int, days: list[Cut], cuts: list[Cut], earlier: Earlier | None
) -> tuple[tuple[str, int], ...]:
    """What is to be added to each counter: limits only where something is paid."""
    uses: list[tuple[str, int]] = []
    if amount:
        uses.extend((cut.key, cut.after) for cut in days if cut.key is not None)
        uses.extend(
            (cut.key, 1 if cut.limit.counts_payments else amount) for cut in cuts if cut.key is not None
        )
    if earlier is not None:
        uses.extend(earlier.uses(base, result, paid=amount > 0))
    return tuple(uses)
