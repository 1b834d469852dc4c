"""Steps (计算步骤) on columns: each step of a plan for many claims at once.

The numbers come from the same plan that computes single claims. Steps that are broken lines
run as one table; the others have a function each.
"""

from collections.abc import Sequence
from typing import Final

import attrs
import numpy

from mutualaid_core.columnar.arithmetic import linear
from mutualaid_core.columnar.arithmetic.exact import Array, Column, column, rounded, wide_enough
from mutualaid_core.columnar.base import reach_of
from mutualaid_core.columnar.facts import EventFacts, is_given
from mutualaid_core.rules.claims.plan import steps as plans
from mutualaid_core.rules.claims.plan.steps import ByCode, ByCount, StepPlan
from mutualaid_core.rules.claims.plan.terms import BenefitPlan


@attrs.define(kw_only=True, eq=False)
class Env:
    """What steps know besides the running quantity.

    Attributes:
        facts: Facts of the events.
        payable: Bases after their leading deductibles, in fen.
    """

    facts: EventFacts
    payable: Column


@attrs.frozen(kw_only=True, eq=False)
class Chosen:
    """The steps of all classes, and which of them applies to each row.

    Attributes:
        steps: One for each class.
        classes: Position of its step for each row, intp; ``None`` where there is one for all.
    """

    steps: tuple[plans.PlainPlan, ...]
    classes: Array | None


def chosen(step: StepPlan, env: Env) -> Chosen:
    """The step that applies to each row.

    Raises:
        InvalidValueError: The scheme has none for a row, or the facts do not say.
    """
    match step:
        case ByCode():
            return _by_code(step, env)
        case ByCount():
            return _by_count(step, env)
        case _:
            return Chosen(steps=(step,), classes=None)


def classes_of(step: StepPlan) -> tuple[plans.PlainPlan, ...]:
    """The steps of all classes; the step itself where it is the same for everybody."""
    match step:
        case ByCode():
            return _once((*step.table.values(), *([] if step.rest is None else [step.rest])))
        case ByCount():
            kinds = tuple(plan for _, _, plan in step.ranges)
            return kinds if step.rest is None else (*kinds, step.rest)
        case _:
            return (step,)


def given(step: StepPlan) -> int:
    """Denominator of what comes out of a step, the same for every class."""
    return classes_of(step)[0].origin.given


def reaches(plan: BenefitPlan) -> tuple[int, ...]:
    """For each step what none of its numerators is above, whatever the claims say."""
    reach, found = reach_of(plan), []
    for step in plan.steps:
        reach = max(_reach(each, reach) for each in classes_of(step))
        found.append(reach)
    return tuple(found)


def _reach(step: plans.PlainPlan, bound: int) -> int:
    """The largest numerator after a step for numbers up to *bound*."""
    line = linear.line_of(step)
    if line is not None:
        return linear.peak(linear.table([line]), bound)
    match step:
        case plans.Minimum(amount=amount, lift=lift):
            return max(bound, amount) * lift
        case plans.Shares(most=most, lift=lift):
            return bound * most * lift
        case plans.Days(pays=pays):
            return max([bound, *(each or 0 for each in pays)])
        case plans.MarginalByBand(lift=lift):
            return sum(row.bound for row in parts(step, _none(bound))) * lift
        case plans.Round(rule=rule, taken=taken):
            return rounded(_none(bound), taken, rule).bound
        case _:
            message = f"no function for {type(step).__name__}"
            raise TypeError(message)


def _none(bound: int) -> Column:
    """No number, up to *bound*."""
    return Column(numpy.empty(0, dtype=numpy.int64), bound)


def _by_code(step: ByCode, env: Env) -> Chosen:
    codes = env.facts.code(step.fact)
    kinds = classes_of(step)
    places = {id(kind): at for at, kind in enumerate(kinds)}
    rest = -1 if step.rest is None else places[id(step.rest)]
    wanted = [places[id(step.table[word])] if word in step.table else rest for word in codes.words]
    classes = numpy.take(numpy.array([*wanted, rest], dtype=numpy.intp), codes.values, mode="wrap")
    if min([*wanted, 0]) < 0 or (rest < 0 and not is_given(env.facts, step.fact)):
        _refuse_strangers(step.fact, classes, env)
    return Chosen(steps=kinds, classes=classes)


def _by_count(step: ByCount, env: Env) -> Chosen:
    counts = env.facts.count(step.fact)
    rest = -1 if step.rest is None else len(step.ranges)
    classes = numpy.full(len(counts), rest, dtype=numpy.intp)
    for at, (least, most, _) in reversed(list(enumerate(step.ranges))):
        inside = counts >= least
        if most is not None:
            inside &= counts <= most
        classes[inside] = at
    _refuse_strangers(step.fact, classes, env)
    return Chosen(steps=classes_of(step), classes=classes)


def _once(steps: Sequence[plans.PlainPlan]) -> tuple[plans.PlainPlan, ...]:
    return tuple({id(step): step for step in steps}.values())


def _refuse_strangers(fact: str, classes: Array, env: Env) -> None:
    strange = classes < 0
    if env.facts.active is not None:
        strange &= env.facts.active
    if strange.any():
        env.facts.refuse(fact, int(numpy.flatnonzero(strange)[0]))


def apply(these: Chosen, number: Column, env: Env) -> Column:
    """The numerators after the step; every row of its own class."""
    if these.classes is None and isinstance(these.steps[0], _PLAIN):
        return apply_plain(these.steps[0], number, env)
    table = _table(these, env)
    if table is not None:
        return linear.apply(table, number, these.classes)
    if these.classes is None:
        return apply_plain(these.steps[0], number, env)
    return _class_by_class(these, number, env)


def _table(these: Chosen, env: Env) -> linear.Table | None:
    """The steps as broken lines, worked out once for all blocks; ``None`` where one is none."""
    tables = env.facts.tables
    if these.steps not in tables:
        lines = [linear.line_of(step) for step in these.steps]
        known = [line for line in lines if line is not None]
        tables[these.steps] = linear.table(known) if len(known) == len(lines) else None
    return tables[these.steps]


def _class_by_class(these: Chosen, number: Column, env: Env) -> Column:
    """Each class by itself, for steps that ask for more than the running number."""
    whole = [apply(Chosen(steps=(step,), classes=None), number, env) for step in these.steps]
    wide = any(each.values.dtype == object for each in whole)
    result = numpy.zeros(len(number.values), dtype=object if wide else numpy.int64)
    for at, each in enumerate(whole):
        mine = these.classes == at
        result[mine] = each.values[mine]
    return Column(result, max(each.bound for each in whole))


_PLAIN: Final = (plans.Subtract, plans.Bound, plans.Round)
"""Steps for which a function of their own is faster than a table."""


def apply_plain(  # noqa: PLR0911  # one kind of step each
    step: plans.PlainPlan, number: Column, env: Env
) -> Column:
    """The numerators after one of the steps that are computed without a table.

    Raises:
        TypeError: It is none of them.
    """
    match step:
        case plans.Subtract(amount=amount, lift=lift):
            values = wide_enough(number, max(number.bound * lift, amount))
            left = numpy.maximum(values, amount) - amount
            return Column(left if lift == 1 else left * lift, max(number.bound - amount, 0) * lift)
        case plans.Bound(amount=amount, lift=lift):
            bound = min(number.bound, amount)
            values = numpy.minimum(wide_enough(number, max(bound * lift, amount)), amount)
            return Column(values if lift == 1 else values * lift, bound * lift)
        case plans.Round(rule=rule, taken=taken):
            return rounded(number, taken, rule)
        case plans.Minimum():
            return minimum(step, number, env)
        case plans.Shares(most=most, lift=lift):
            held = numpy.minimum(env.facts.count("shares"), most) * lift
            reach = number.bound * most * lift
            return Column(wide_enough(number, reach) * held, reach)
        case plans.Days():
            return days(step, number)
        case plans.MarginalByBand():
            return by_band(step, number)
        case _:
            message = f"no function for {type(step).__name__}"
            raise TypeError(message)


def minimum(step: plans.Minimum, number: Column, env: Env) -> Column:
    """Raise what is above nothing to the minimum, where the payable base is in its reach."""
    payable, amount = env.payable, step.amount
    bound = max(number.bound, amount)
    reach = max(bound * step.lift, payable.bound * step.taken)
    values = wide_enough(number, reach)
    raised: Array | int = amount
    if step.within_base:
        raised = numpy.minimum(wide_enough(payable, reach) * step.taken, amount)
    applies = (values > 0) & (values < amount)
    if step.reach is not None:
        applies &= payable.values <= step.reach
    lifted = numpy.where(applies, numpy.maximum(values, raised), values)
    return Column(lifted * step.lift, bound * step.lift)


def days(step: plans.Days, number: Column) -> Column:
    """Days that are paid for stays of so many days."""
    values = number.values
    at = numpy.searchsorted(numpy.array(step.firsts), values, side="right") - 1
    told = numpy.array([-1 if pays is None else pays for pays in step.pays])
    mosts = numpy.array([number.bound if most is None else most for most in step.mosts])
    paid = numpy.where(told[at] >= 0, told[at], numpy.minimum(values, mosts[at]))
    return column(numpy.where(values > 0, paid, 0))


def by_band(step: plans.MarginalByBand, number: Column) -> Column:
    """Marginal bands of which each is rounded, or limited, by itself."""
    rows = parts(step, number)
    bound = sum(row.bound for row in rows)
    first, *others = (wide_enough(row, bound * step.lift) for row in rows)
    whole = first.copy()
    for row in others:
        whole = whole + row
    return Column(whole * step.lift, bound * step.lift)


def parts(step: plans.MarginalByBand, number: Column) -> list[Column]:
    """What each band pays, over the denominator that goes out before the lift."""
    found = []
    for at, lower in enumerate(step.edges):
        upper = step.edges[at + 1] if at + 1 < len(step.edges) else step.top
        bound = max((number.bound if upper is None else min(number.bound, upper)) - lower, 0)
        values = wide_enough(number, max(bound * step.ratios[at], lower, upper or 0))
        width = numpy.maximum((values if upper is None else numpy.minimum(values, upper)) - lower, 0)
        part = Column(width * step.ratios[at], bound * step.ratios[at])
        most = step.mosts[at]
        if most is not None and most < part.bound:
            part = Column(numpy.minimum(part.values, most), most)
        found.append(part if step.rounding is None else rounded(part, step.taken, step.rounding))
    return found
