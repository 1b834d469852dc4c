"""Benefit (补助) on columns: one benefit of a scheme for many events: base, steps, bounds, limits."""

from collections.abc import Mapping

import attrs
import numpy

from mutualaid_core.clauses import implements
from mutualaid_core.columnar.arithmetic.exact import Array, Column, narrow
from mutualaid_core.columnar.base import Earlier, base_of, cost_known, earlier_of, payable_of
from mutualaid_core.columnar.facts import EventFacts
from mutualaid_core.columnar.fit import all_hold
from mutualaid_core.columnar.limits import (
    Cut,
    Key,
    Used,
    expense_of,
    reason_of,
    shares_of,
    times,
    within_limit,
)
from mutualaid_core.columnar.steps import Chosen, Env, apply, chosen
from mutualaid_core.domain.claims.reason import Reason
from mutualaid_core.domain.scheme.benefit.base import Unit
from mutualaid_core.domain.scheme.benefit.limits import AmountLimit
from mutualaid_core.domain.scheme.benefit.terms import Basis, Over
from mutualaid_core.rules.claims.plan.steps import Minimum
from mutualaid_core.rules.claims.plan.terms import BenefitPlan


@attrs.define(kw_only=True, eq=False)
class Log:
    """What happened on the way, for the breakdown.

    Attributes:
        reasons: int64: a bit for each reason, by its number.
        steps: Numerators after each step of the plan; zero in rows that the waiting period pays.
        cuts: The cuts of the limits, those on days first.
    """

    reasons: Array
    steps: list[Array] = attrs.field(factory=list)
    cuts: list[Cut] = attrs.field(factory=list)

    def note(self, reason: Reason, where: Array) -> None:
        """Note a reason for some rows."""
        self.reasons |= where.astype(numpy.int64) << reason.number


@attrs.frozen(kw_only=True, eq=False)
class Line:
    """What one benefit comes to; it says something of active rows only.

    Attributes:
        benefit_id: The benefit.
        base: int64: bases in fen, in days, or 1 for an event.
        result: int64: what the steps came to, before bounds and limits, in fen.
        amount: int64: what is paid, in fen.
        uses: int64: what is to be added to each counter.
    """

    benefit_id: str
    base: Array
    result: Array
    amount: Array
    uses: dict[Key, Array]


@implements("HN-4.4.1", "HN-4.4.2a", "HN-4.4.2c", "HN-4.4.3b", "HN-4.4.3c", "ACFTU-3.2a", "ACFTU-2.4b")
def benefit_line(
    plan: BenefitPlan, facts: EventFacts, used: Used, paid: Mapping[str, Array], log: Log | None = None
) -> Line:
    """One benefit for the events that it fits.

    Args:
        plan: The benefit.
        facts: Facts of the events; the active rows are those that it fits.
        used: What earlier claims of each person used of each counter.
        paid: What earlier benefits of these events paid, by their ids.
        log: Takes note of every step; ``None`` for none.

    Raises:
        InvalidValueError: The facts do not say what the benefit asks for.

    Clause:
        HN-4.4.1, HN-4.4.2a, HN-4.4.2c, HN-4.4.3b, HN-4.4.3c, ACFTU-3.2a, ACFTU-2.4b
    """
    terms, days = plan.terms, list[Cut]()
    base = base_of(terms.base, facts, paid)
    waits = waiting_grade(plan, facts)
    runs = None if waits is None else waits >= len(terms.waiting.grades)
    running = facts if runs is None else facts.among(runs)
    earlier = None
    if terms.accumulate.over is Over.CLAIM:
        result = _run(plan, base, running, used, days, log)
    else:
        earlier = earlier_of(plan, running, used)
        whole = _run(plan, _added(earlier.base, base), running, used, days, log)
        result = numpy.maximum(whole - earlier.result, 0)
    if waits is not None and runs is not None:
        if log is not None:
            # Where the waiting period decides, the steps have nothing to say.
            log.steps = [values * runs for values in log.steps]
            log.reasons *= runs
        result = _paid_in_waiting(plan, waits, result * runs, facts, log)
    bounded = result
    if terms.basis is Basis.INDEMNITY:
        bounded = _indemnity(plan, base.values, result, facts, paid, log)
    stands = _stands(earlier, runs)
    amount, cuts = _limited(plan, bounded, facts, used, stands, log)
    if log is not None and terms.base.unit is Unit.MONEY:
        log.note(Reason.NOTHING_SELF_BORNE, base.values == 0)
    uses = _uses(amount, days, cuts, runs)
    if earlier is not None:
        _add_earlier(uses, earlier.uses(base.values, result, paid=amount > 0), runs)
    return Line(benefit_id=terms.benefit_id, base=base.values, result=result, amount=amount, uses=uses)


def _added(earlier: Array, base: Column) -> Column:
    top = int(earlier.max()) if len(earlier) else 0
    return Column(base.values + earlier, base.bound + top)


@implements("HN-4.4.2b")
def waiting_grade(plan: BenefitPlan, facts: EventFacts) -> Array | None:
    """Place of the grade of the waiting period in which each event falls.

    Returns:
        int8, shape (n,); as many as there are grades, or more, where it falls in none. ``None``
        where there are no grades.

    Clause:
        HN-4.4.2b
    """
    waiting = plan.terms.waiting
    if not waiting.grades:
        return None
    waived = all_hold(waiting.waived_when, facts)
    asked = facts if waived is None else facts.among(~waived)
    day = asked.count("cover_day")
    passed = numpy.zeros(len(facts), dtype=numpy.int8)
    for grade in waiting.grades:
        passed += day > grade.through_day + (not waiting.first_day_counts)
    if waived is not None:
        passed += waived * numpy.int8(len(waiting.grades))
    return passed


def _paid_in_waiting(
    plan: BenefitPlan, waits: Array, result: Array, facts: EventFacts, log: Log | None
) -> Array:
    """*result*, which is zero in the waiting period, with what its grades pay."""
    for at, grade in enumerate(plan.terms.waiting.grades):
        if log is not None:
            log.note(Reason.WAITING_GRADE if grade.pays else Reason.IN_WAITING_PERIOD, waits == at)
        if grade.pays:
            shares = shares_of(plan, facts) if grade.times_shares else 1
            result = result + times(grade.pays.fen, shares) * (waits == at)
    return result


def _run(  # noqa: PLR0913, PLR0917  # what the steps know, and what they note
    plan: BenefitPlan, base: Column, facts: EventFacts, used: Used, days: list[Cut], log: Log | None
) -> Array:
    """The steps, one after the other, on exact fractions; whole fen come out."""
    number = payable_of(plan.terms.base, base)
    env = Env(facts=facts, payable=number)
    for place, step in enumerate(plan.steps):
        if place == plan.per_day:
            number = _limited_days(plan, number, facts, used, days, log)
        these = chosen(step, env)
        before, number = number, apply(these, number, env)
        if place + 1 == plan.leading:
            env.payable = number
        if log is not None:
            _note_minimum(these, before, number, log)
            log.steps.append(number.values)
    return narrow(number.values, number.bound).values


def _note_minimum(these: Chosen, before: Column, after: Column, log: Log) -> None:
    for at, step in enumerate(these.steps):
        if isinstance(step, Minimum):
            raised = after.values > before.values * step.lift
            log.note(
                Reason.MINIMUM_APPLIED, raised if these.classes is None else raised & (these.classes == at)
            )


def _limited_days(  # noqa: PLR0913, PLR0917  # as for the steps
    plan: BenefitPlan, number: Column, facts: EventFacts, used: Used, days: list[Cut], log: Log | None
) -> Column:
    values = number.values
    for limit in plan.days_limits:
        cut = within_limit(limit, values, 1, facts, used)
        days.append(cut)
        values = cut.after
        _note(cut, log)
    # What a wider limit lets through is not used where a narrower one cuts it later.
    days[:] = [attrs.evolve(cut, after=values) for cut in days]
    return Column(values, number.bound)


@implements("ACFTU-3.2a")
def _indemnity(  # noqa: PLR0913, PLR0917  # as for the steps
    plan: BenefitPlan,
    base: Array,
    result: Array,
    facts: EventFacts,
    paid: Mapping[str, Array],
    log: Log | None,
) -> Array:
    """*result* cut to the base, and so that all payers together never pay more than the cost.

    Clause:
        ACFTU-3.2a
    """
    left = expense_of(facts, cost_known(plan.terms.base, base, facts))
    own = left is not base
    for other in (*paid.values(), *([] if facts.elsewhere is None else [facts.elsewhere])):
        left = numpy.subtract(left, other, out=left) if own else left - other
        own = True
    if own:
        numpy.maximum(left, 0, out=left)
    bounded = numpy.minimum(result, left)
    if own and plan.terms.base.unit is Unit.MONEY and not plan.may_exceed_base:
        numpy.minimum(bounded, base, out=bounded)
    if log is not None:
        log.note(Reason.INDEMNITY_LIMIT, bounded < result)
    return bounded


def _stands(earlier: Earlier | None, runs: Array | None) -> Array | None:
    """Where a claim is a payment of its own; ``None`` for everywhere."""
    if earlier is None or earlier.was_paid is None:
        return None
    own = ~earlier.was_paid
    return own if runs is None else own | ~runs


def _limited(  # noqa: PLR0913, PLR0917  # as for the steps
    plan: BenefitPlan, amount: Array, facts: EventFacts, used: Used, stands: Array | None, log: Log | None
) -> tuple[Array, list[Cut]]:
    """*amount* within the limits, in their order."""
    cuts = []
    times = any(isinstance(limit.limit, AmountLimit) and limit.limit.times_shares for limit in plan.limits)
    shares = shares_of(plan, facts) if times else 1
    for limit in plan.limits:
        own = stands if limit.counts_payments else None
        cut = within_limit(limit, amount, shares, facts if own is None else facts.among(own), used)
        if own is not None:
            cut = attrs.evolve(cut, after=numpy.where(own, cut.after, amount), counts=own)
        cuts.append(cut)
        amount = cut.after
        _note(cut, log, pays_event=plan.terms.pays_event)
    return amount, cuts


def _note(cut: Cut, log: Log | None, *, pays_event: bool = False) -> None:
    if log is not None:
        log.cuts.append(cut)
        for reason, where in reason_of(cut).items():
            was_paid = pays_event and reason is Reason.PAYMENTS_USED_UP
            log.note(Reason.SUM_PAID_BEFORE if was_paid else reason, where)


def _uses(amount: Array, days: list[Cut], cuts: list[Cut], runs: Array | None) -> dict[Key, Array]:
    """What is to be added to each counter: limits only where something is paid."""
    uses: dict[Key, Array] = {}
    for cut in days:
        if cut.key is not None:
            spent = cut.after * (amount > 0)
            _add(uses, cut.key, spent if runs is None else spent * runs)
    for cut in cuts:
        if cut.key is not None:
            one = (amount > 0).astype(numpy.int64) if cut.limit.counts_payments else amount
            _add(uses, cut.key, one if cut.counts is None else one * cut.counts)
    return uses


def _add(uses: dict[Key, Array], key: Key, added: Array) -> None:
    uses[key] = uses[key] + added if key in uses else added


def _add_earlier(uses: dict[Key, Array], moved: dict[Key, Array], runs: Array | None) -> None:
    for key, added in moved.items():
        _add(uses, key, added if runs is None else added * runs)
