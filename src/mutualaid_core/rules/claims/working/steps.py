"""What a step of a plan tells of itself (步骤说明): rule, amounts and facts of the trace."""

from functools import singledispatch
from math import gcd
from typing import Final

import attrs

from mutualaid_core.domain.claims.trace import Rule
from mutualaid_core.domain.scheme.benefit.steps import (
    AtMost,
    ByClass,
    DayTable,
    Deductible,
    FixedSum,
    MarginalBands,
    MinimumPayment,
    PerDay,
    PlainStep,
    Share,
    SlabBands,
    SumBands,
    TimesShares,
)
from mutualaid_core.domain.scheme.facts import PERSONAL_FACTS
from mutualaid_core.domain.values.money import Money
from mutualaid_core.rules.claims.facts import EventFacts
from mutualaid_core.rules.claims.plan.steps import Env, Origin
from mutualaid_core.rules.claims.plan.terms import BenefitPlan

Amounts = tuple[tuple[str, Money], ...]
Facts = tuple[tuple[str, str], ...]


AS_TOLD: Final = "as_told"
"""How days are counted where the claim itself tells their number."""

TOLD_CLASSES: Final = frozenset(
    {"hosp_lv", "insutype", "med_type", "fixmedins_code", "stay_ordinal", "days", "shares", "cover_day"}
)
"""Facts whose value a trace may name as that of a class: they say nothing of body or household."""


@attrs.frozen
class Place:
    """Where the parameter of a step stands, and what made it the one that applies.

    Attributes:
        path: Path of the parameter.
        facts: Name of the fact by which a class was chosen, and its value where it may be told.
        hides: Whether the path ends before the choice, since the choice would tell a diagnosis.
    """

    path: str
    facts: Facts = ()
    hides: bool = False

    def within(self, part: str) -> str:
        """Path of a part of the parameter."""
        return self.path if self.hides else f"{self.path}.{part}"


def place_of(plan: BenefitPlan, origin: Origin, facts: EventFacts) -> Place:
    """Where the parameter of a step stands; of a personal fact neither value nor choice is told."""
    path, choice, _ = origin.path.partition(".choices[")
    if not choice:
        return Place(path)
    step = plan.terms.steps[int(path.rpartition("[")[2][:-1])]
    assert isinstance(step, ByClass)  # no other step has choices
    if step.fact in PERSONAL_FACTS:
        return Place(path, hides=True)
    if step.fact not in TOLD_CLASSES:
        return Place(origin.path, (("class", step.fact),))
    value = facts.codes.get(step.fact) or str(facts.count(step.fact))
    return Place(origin.path, (("class", step.fact), ("class_is", value)))


def outside_bands(step: MarginalBands, numerator: int, denominator: int) -> Amounts:
    """The edge of the table that an amount does not reach, or passes; nothing where it lies within."""
    first, last = step.bands[0].above, step.bands[-1].up_to
    if 0 < numerator <= first.fen * denominator:
        return (("below", first),)
    if last is not None and numerator > last.fen * denominator:
        return (("top", last),)
    return ()


@attrs.frozen(kw_only=True)
class Moved:
    """What a step took and gave: numerators with their denominators.

    Attributes:
        plan: The benefit.
        env: What the step knew besides.
        before: What came in.
        taken: Its denominator.
        after: What went out.
        given: Its denominator.
    """

    plan: BenefitPlan
    env: Env
    before: int
    taken: int
    after: int
    given: int

    @property
    def exact(self) -> Facts:
        """What came in and went out where it is no whole number of fen."""
        return (
            *exact("exact_before", self.before, self.taken),
            *exact("exact_fen", self.after, self.given),
        )


@attrs.frozen
class Told:
    """Rule, amounts and facts of a step.

    Attributes:
        rule: Its rule.
        amounts: Amounts that it used.
        facts: Facts that it used.
        in_days: Whether days come out of it.
    """

    rule: Rule
    amounts: Amounts = ()
    facts: Facts = ()
    in_days: bool = False


def fraction(numerator: int, denominator: int) -> str:
    """A fraction in lowest terms, a whole number without its denominator."""
    common = gcd(numerator, denominator)
    if denominator == common:
        return str(numerator // common)
    return f"{numerator // common}/{denominator // common}"


def exact(name: str, numerator: int, denominator: int) -> Facts:
    """The exact amount in fen where it is not whole."""
    return ((name, fraction(numerator, denominator)),) if numerator % denominator else ()


@singledispatch
def told(step: PlainStep, moved: Moved) -> Told:
    """What *step* tells of itself; one function for each kind."""
    assert isinstance(step, DayTable)  # every other kind has a function of its own
    days = (("days", str(moved.before)), ("paid_days", str(moved.after)))
    reached = [band for band in step.bands if band.first <= moved.before]
    if not reached:
        return Told(Rule.DAY_TABLE, (), days, in_days=True)
    names = ("first", "last", "pays", "most")
    row = ((name, getattr(reached[-1], name)) for name in names)
    facts = (*days, *((name, str(count)) for name, count in row if count is not None))
    return Told(Rule.DAY_TABLE, (), facts, in_days=True)


@told.register
def _(step: Deductible, _moved: Moved) -> Told:
    return Told(Rule.DEDUCTIBLE, (("deductible", step.amount),))


@told.register
def _(step: SlabBands, moved: Moved) -> Told:
    for band in step.bands:
        if _lies_in(moved, band.above, band.up_to):
            amounts: Amounts = (("above", band.above),)
            amounts = amounts if band.up_to is None else (*amounts, ("up_to", band.up_to))
            amounts = amounts if band.most is None else (*amounts, ("most", band.most))
            return Told(Rule.SLAB, amounts, (("ratio", str(band.ratio)),))
    return Told(Rule.SLAB, (("below", step.bands[0].above),))


@told.register
def _(step: SumBands, moved: Moved) -> Told:
    for band in step.bands:
        if _lies_in(moved, band.above, band.up_to):
            amounts: Amounts = (("above", band.above),)
            amounts = amounts if band.up_to is None else (*amounts, ("up_to", band.up_to))
            return Told(Rule.FIXED_SUM_BY_BAND, (*amounts, ("sum", band.pays)))
    return Told(Rule.FIXED_SUM_BY_BAND, (("below", step.bands[0].above),))


def _lies_in(moved: Moved, above: Money, up_to: Money | None) -> bool:
    over = moved.before > above.fen * moved.taken
    return over and (up_to is None or moved.before <= up_to.fen * moved.taken)


@told.register
def _(step: Share, _moved: Moved) -> Told:
    return Told(Rule.SHARE, (), (("ratio", str(step.ratio)),))


@told.register
def _(step: AtMost, _moved: Moved) -> Told:
    return Told(Rule.AT_MOST, (("at_most", step.amount),))


@told.register
def _(step: MinimumPayment, moved: Moved) -> Told:
    amounts: Amounts = (("minimum", step.amount), ("base", Money(moved.env.payable)))
    if step.base_up_to is not None:
        amounts = (*amounts, ("base_up_to", step.base_up_to))
    return Told(Rule.MINIMUM, amounts, (("may_exceed_base", "yes" if step.may_exceed_base else "no"),))


@told.register
def _(step: TimesShares, moved: Moved) -> Told:
    held = moved.env.facts.count("shares")
    return Told(Rule.TIMES_SHARES, (), (("shares", str(min(held, step.most))), ("held", str(held))))


@told.register
def _(step: PerDay, moved: Moved) -> Told:
    return Told(Rule.PER_DAY, (("per_day", step.amount),), (("days", str(moved.before)),))


@told.register
def _(step: FixedSum, _moved: Moved) -> Told:
    return Told(Rule.FIXED_SUM, (("sum", step.amount),))
