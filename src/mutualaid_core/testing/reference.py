"""A second, plain reading of the scheme language in fractions, written from its documentation.

It shares no code with the engine beyond the terms of a scheme, keeps no denominators and no
plans, and takes one claim after the other: slow, and easy to compare with the printed rules.
"""

from fractions import Fraction
from functools import singledispatch
from math import floor

import attrs

from mutualaid_core.domain.scheme.benefit import conditions, limits, steps
from mutualaid_core.domain.scheme.benefit.base import AmountsBase, DayCount, DaysBase
from mutualaid_core.domain.scheme.benefit.rounding import RoundingPlace, RoundingRule
from mutualaid_core.domain.scheme.benefit.terms import Basis, Benefit, Over
from mutualaid_core.domain.scheme.benefit.waiting import WaitingGrade
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.dates import add_days, add_months
from mutualaid_core.domain.values.money import Rounding
from mutualaid_core.rules.claims.facts import EventFacts

Memory = dict[tuple[object, ...], int]
"""What a person used before, under names of this module's own."""


def rounded(value: Fraction, rule: RoundingRule) -> int:
    """*value* in whole units of the rule, in fen."""
    scaled = value / rule.unit.fen
    low = floor(scaled)
    rest = scaled - low
    up = {
        Rounding.DOWN: False,
        Rounding.UP: rest > 0,
        Rounding.HALF_UP: rest >= Fraction(1, 2),
        Rounding.HALF_EVEN: rest > Fraction(1, 2) or (rest == Fraction(1, 2) and low % 2 == 1),
    }[rule.mode]
    return (low + up) * rule.unit.fen


def is_met(condition: conditions.Condition, facts: EventFacts) -> bool:
    """Whether a condition is met."""
    if isinstance(condition, conditions.CodeIs):
        word = facts.codes[condition.fact]
        if condition.match is conditions.Match.EXACT:
            return word in condition.one_of
        return any(word.startswith(each) for each in condition.one_of)
    if isinstance(condition, conditions.FlagIs):
        return facts.flags[condition.fact] == condition.holds
    if isinstance(condition, conditions.CountWithin):
        value = facts.count(condition.fact)
        return (condition.least or 0) <= value and (condition.most is None or value <= condition.most)
    value = sum(facts.amounts[each] for each in condition.add)
    value = max(0, value - sum(facts.amounts[each] for each in condition.subtract))
    return (
        (condition.above is None or value > condition.above.fen)
        and (condition.at_least is None or value >= condition.at_least.fen)
        and (condition.below is None or value < condition.below.fen)
        and (condition.up_to is None or value <= condition.up_to.fen)
    )


def chosen(step: steps.Step, facts: EventFacts) -> steps.PlainStep:
    """The step itself, or that of the class."""
    if not isinstance(step, steps.ByClass):
        return step
    for choice in step.choices:
        if choice.takes_rest or facts.codes.get(step.fact) in choice.one_of:
            return choice.step
        count = facts.counts.get(step.fact)
        in_range = count is not None and (choice.least or 0) <= count
        if not choice.one_of and in_range and (choice.most is None or (count or 0) <= choice.most):
            return choice.step
    raise AssertionError(step.fact)


@attrs.frozen(kw_only=True)
class Around:
    """What a step may look at besides the value that it takes.

    Attributes:
        payable: Base after its leading deductibles.
        facts: Facts of the event.
        rule: Rounding of the benefit.
    """

    payable: Fraction
    facts: EventFacts
    rule: RoundingRule


@singledispatch
def taken(step: steps.PlainStep, value: Fraction, _around: Around) -> Fraction:
    """What a step makes of a value; a sum per day or per event multiplies it."""
    assert isinstance(step, steps.PerDay | steps.FixedSum)
    return value * step.amount.fen


@taken.register
def _(step: steps.Deductible, value: Fraction, _around: Around) -> Fraction:
    return max(Fraction(0), value - step.amount.fen)


@taken.register
def _(step: steps.MarginalBands, value: Fraction, around: Around) -> Fraction:
    paid = Fraction(0)
    for band in step.bands:
        top = value if band.up_to is None else min(value, Fraction(band.up_to.fen))
        part = max(Fraction(0), top - band.above.fen) * Fraction(band.ratio.numerator, band.ratio.denominator)
        part = part if band.most is None else min(part, Fraction(band.most.fen))
        by_band = around.rule.place is RoundingPlace.EACH_BAND
        paid += rounded(part, around.rule) if by_band else part
    return paid


@taken.register
def _(step: steps.SlabBands, value: Fraction, _around: Around) -> Fraction:
    for band in step.bands:
        if band.above.fen < value and (band.up_to is None or value <= band.up_to.fen):
            part = value * Fraction(band.ratio.numerator, band.ratio.denominator)
            return part if band.most is None else min(part, Fraction(band.most.fen))
    return Fraction(0)


@taken.register
def _(step: steps.SumBands, value: Fraction, _around: Around) -> Fraction:
    for band in step.bands:
        if band.above.fen < value and (band.up_to is None or value <= band.up_to.fen):
            return Fraction(band.pays.fen)
    return Fraction(0)


@taken.register
def _(step: steps.Share, value: Fraction, _around: Around) -> Fraction:
    return value * Fraction(step.ratio.numerator, step.ratio.denominator)


@taken.register
def _(step: steps.AtMost, value: Fraction, _around: Around) -> Fraction:
    return min(value, Fraction(step.amount.fen))


@taken.register
def _(step: steps.MinimumPayment, value: Fraction, around: Around) -> Fraction:
    reaches = step.base_up_to is None or around.payable <= step.base_up_to.fen
    if value <= 0 or not reaches:
        return value
    least = Fraction(step.amount.fen)
    return max(value, least if step.may_exceed_base else min(least, around.payable))


@taken.register
def _(step: steps.TimesShares, value: Fraction, around: Around) -> Fraction:
    return value * min(around.facts.count("shares"), step.most)


@taken.register
def _(step: steps.DayTable, value: Fraction, _around: Around) -> Fraction:
    for band in step.bands:
        if band.first <= value and (band.last is None or value <= band.last):
            if band.pays is not None:
                return Fraction(band.pays)
            return value if band.most is None else min(value, Fraction(band.most))
    return Fraction(0)


def place_of(limit: limits.Limit, benefit: Benefit, facts: EventFacts, period: str) -> tuple[object, ...]:
    """Where the use of a limit is remembered."""
    where = period if limit.per is limits.Per.PERIOD else ""
    word = None if limit.each is None else facts.codes[limit.each]
    return (type(limit), limit.counter or benefit.benefit_id, where, word)


class Reference:
    """Pays the events of one person under one version, one after the other."""

    def __init__(self, version: SchemeVersion) -> None:
        """Start with nothing used."""
        self.version = version
        self.memory: Memory = {}

    def pay(self, facts: EventFacts, period: str) -> int:
        """What an event is paid in all."""
        paid: dict[str, int] = {}
        for benefit in self.version.benefits:
            fits = benefit.event is facts.event and all(is_met(each, facts) for each in benefit.when)
            held = benefit.part is None or benefit.part in facts.parts
            if fits and held and not any(paid.get(each, 0) > 0 for each in benefit.excludes):
                paid[benefit.benefit_id] = self._benefit(benefit, facts, period, paid)
        return sum(paid.values())

    def _benefit(self, benefit: Benefit, facts: EventFacts, period: str, paid: dict[str, int]) -> int:
        base, joined = self._base(benefit, facts, paid), 0
        group: tuple[object, ...] | None = None
        days: Fraction | None = None
        grade = self._grade(benefit, facts)
        if grade is not None:
            result = grade.pays.fen * (self._shares(benefit, facts) if grade.times_shares else 1)
        elif benefit.accumulate.over is Over.CLAIM:
            result, days = self._steps(benefit, base, facts, period)
        else:
            group = self._group(benefit, facts, period)
            before, earlier, joined = (
                self.memory.get((*group, name), 0) for name in ("base", "result", "paid")
            )
            result = max(0, self._steps(benefit, before + base, facts, period)[0] - earlier)
        bounded = self._bounded(benefit, result, base, facts, paid)
        amount, places = self._limited(benefit, bounded, facts, period, joined=bool(joined))
        if amount:
            for place, counts in places:
                self._add(place, 1 if counts else amount)
            for limit in benefit.limits:
                if (
                    isinstance(limit, limits.DaysLimit)
                    and days is not None
                    and limit.per is not limits.Per.CLAIM
                ):
                    self._add(place_of(limit, benefit, facts, period), int(days))
        if group is not None:
            self._add((*group, "base"), base)
            self._add((*group, "result"), result)
            self.memory[*group, "paid"] = int(bool(joined) or amount > 0)
            self.memory[*group, "ended"] = max(self.memory.get((*group, "ended"), 0), facts.ended.toordinal())
        return amount

    def _add(self, place: tuple[object, ...], amount: int) -> None:
        self.memory[place] = self.memory.get(place, 0) + amount

    def _base(self, benefit: Benefit, facts: EventFacts, paid: dict[str, int]) -> int:
        base = benefit.base
        if isinstance(base, AmountsBase):
            amount = sum(facts.amounts[each] for each in base.add)
            amount -= sum(facts.amounts[each] for each in base.subtract)
            amount -= sum(paid.get(each, 0) for each in base.less_benefits)
            return max(0, amount - (facts.elsewhere if base.less_elsewhere else 0))
        if isinstance(base, DaysBase):
            nights = (facts.ended - facts.began).days
            return facts.counts.get("days", nights + (base.counted is DayCount.BOTH_DAYS))
        return 1

    @staticmethod
    def _shares(benefit: Benefit, facts: EventFacts) -> int:
        mosts = [step.most for step in benefit.flat_steps if isinstance(step, steps.TimesShares)]
        return min(facts.count("shares"), max(mosts)) if mosts else facts.count("shares")

    @staticmethod
    def _grade(benefit: Benefit, facts: EventFacts) -> WaitingGrade | None:
        waiting = benefit.waiting
        if waiting.waived_when and all(is_met(each, facts) for each in waiting.waived_when):
            return None
        for grade in waiting.grades:
            if facts.count("cover_day") - (0 if waiting.first_day_counts else 1) <= grade.through_day:
                return grade
        return None

    def _group(self, benefit: Benefit, facts: EventFacts, period: str) -> tuple[object, ...]:
        terms = benefit.accumulate
        if terms.over is Over.PERIOD:
            return (benefit.benefit_id, "sum", period)
        group = (benefit.benefit_id, "cause", facts.codes[terms.cause or ""])
        last = self.memory.get((*group, "ended"), 0)
        if last and not self._joins(benefit, facts, last):
            for name in ("base", "result", "paid", "ended"):
                self.memory.pop((*group, name), None)
        return group

    @staticmethod
    def _joins(benefit: Benefit, facts: EventFacts, last: int) -> bool:
        terms, ended = benefit.accumulate, facts.began.fromordinal(last)
        if terms.within_days is not None:
            return facts.began <= add_days(ended, terms.within_days)
        assert terms.within_months is not None
        assert terms.month_end is not None
        return facts.began <= add_months(ended, terms.within_months, terms.month_end)

    def _steps(
        self, benefit: Benefit, base: int, facts: EventFacts, period: str
    ) -> tuple[int, Fraction | None]:
        value = Fraction(base)
        if isinstance(benefit.base, DaysBase):
            value = max(Fraction(0), value - (benefit.base.first_payable_day - 1))
        payable, leading, days = value, True, None
        for each in benefit.steps:
            all_deductible = all(
                isinstance(choice.step, steps.Deductible)
                for choice in (each.choices if isinstance(each, steps.ByClass) else ())
            )
            leading = leading and (
                isinstance(each, steps.Deductible) or (isinstance(each, steps.ByClass) and all_deductible)
            )
            step = chosen(each, facts)
            if isinstance(step, steps.PerDay):
                value = days = self._limited_days(benefit, value, facts, period)
            value = taken(step, value, Around(payable=payable, facts=facts, rule=benefit.rounding))
            payable = value if leading else payable
            if benefit.rounding.place is RoundingPlace.EACH_STEP and not isinstance(step, steps.DayTable):
                value = Fraction(rounded(value, benefit.rounding))
        return rounded(value, benefit.rounding), days

    def _limited_days(self, benefit: Benefit, days: Fraction, facts: EventFacts, period: str) -> Fraction:
        for limit in benefit.limits:
            if isinstance(limit, limits.DaysLimit):
                used = 0
                if limit.per is not limits.Per.CLAIM:
                    used = self.memory.get(place_of(limit, benefit, facts, period), 0)
                days = min(days, Fraction(max(0, limit.most - used)))
        return days

    @staticmethod
    def _bounded(benefit: Benefit, result: int, base: int, facts: EventFacts, paid: dict[str, int]) -> int:
        if benefit.basis is Basis.FIXED:
            return result
        beyond = any(
            isinstance(step, steps.MinimumPayment) and step.may_exceed_base for step in benefit.flat_steps
        )
        if isinstance(benefit.base, AmountsBase) and not beyond:
            result = min(result, base)
        cost = facts.amounts.get("medfee_sumamt")
        expense = base
        if isinstance(benefit.base, AmountsBase):
            own = sum(facts.amounts[each] for each in benefit.base.add)
            expense = max(0, own - sum(facts.amounts[each] for each in benefit.base.subtract))
        if cost is not None:
            others = facts.amounts.get("fund_pay_sumamt", 0) + facts.amounts.get("hosp_part_amt", 0)
            expense = max(0, cost - others)
        return min(result, max(0, expense - facts.elsewhere - sum(paid.values())))

    def _limited(
        self, benefit: Benefit, amount: int, facts: EventFacts, period: str, *, joined: bool
    ) -> tuple[int, list[tuple[tuple[object, ...], bool]]]:
        places = []
        for limit in benefit.limits:
            if isinstance(limit, limits.DaysLimit) or (isinstance(limit, limits.PaymentsLimit) and joined):
                continue
            used = 0
            if limit.per is not limits.Per.CLAIM:
                place = place_of(limit, benefit, facts, period)
                used = self.memory.get(place, 0)
                places.append((place, isinstance(limit, limits.PaymentsLimit)))
            if isinstance(limit, limits.PaymentsLimit):
                amount = amount if used < limit.most else 0
                continue
            shares = self._shares(benefit, facts) if limit.times_shares else 1
            left = max(0, limit.most.fen * shares - used)
            refuses = limit.excess is limits.Excess.REFUSE and amount > left
            amount = 0 if refuses else min(amount, left)
        return amount, places
