"""Steps of a plan (计算步骤): each takes a whole number over a known denominator and gives one.

The running quantity of a benefit is an exact fraction. Its denominator at each step depends on
the scheme alone and is worked out when the plan is made; what runs is the numerator. Both
evaluators, of one claim and of columns, read the same numbers from here.
"""

from bisect import bisect_left
from typing import TypeAlias

import attrs

from mutualaid_core.domain.scheme.benefit.rounding import RoundingRule
from mutualaid_core.domain.scheme.benefit.steps import PlainStep
from mutualaid_core.domain.values.money import Rounding, round_fen
from mutualaid_core.rules.claims.facts import EventFacts


@attrs.frozen(kw_only=True, eq=False)
class Origin:
    """Where a step of a plan comes from.

    Attributes:
        step: The step of the scheme; ``None`` for a rounding.
        path: Path of its parameter in the scheme version.
        source: Where it is printed.
        given: Denominator of what it gives.
    """

    step: PlainStep | None
    path: str
    source: str
    given: int


@attrs.frozen(kw_only=True, eq=False)
class Subtract:
    """Take off a deductible; what is left is not below zero.

    Attributes:
        amount: The deductible, over the denominator that comes in.
        lift: What the result is multiplied by to have the denominator that goes out.
    """

    origin: Origin
    amount: int
    lift: int

    def apply(self, value: int, _env: "Env") -> int:
        """The numerator after the step."""
        return (value - self.amount) * self.lift if value > self.amount else 0


@attrs.frozen(kw_only=True, eq=False)
class Marginal:
    """Marginal bands: the sum over the bands of their ratio on their slice.

    Attributes:
        edges: Lower edges over the denominator that comes in.
        top: Upper edge of a closed last band; ``None`` for an open one.
        ratios: Numerators over one common denominator.
        offsets: What all lower bands pay in full, over the denominator that goes out.
        mosts: The most that each band pays, over the denominator that goes out.
        rounding: How each band is rounded; ``None`` where bands are not rounded.
        taken: Denominator of what comes in times that of the ratios.
        lift: What the result is multiplied by to have the denominator that goes out.
    """

    origin: Origin
    edges: tuple[int, ...]
    top: int | None
    ratios: tuple[int, ...]
    offsets: tuple[int, ...]
    mosts: tuple[int | None, ...]
    rounding: RoundingRule | None
    taken: int
    lift: int

    def apply(self, value: int, _env: "Env") -> int:
        """The numerator after the step."""
        if self.top is not None and value > self.top:
            value = self.top
        at = bisect_left(self.edges, value) - 1
        if at < 0:
            return 0
        return (self.offsets[at] + (value - self.edges[at]) * self.ratios[at]) * self.lift

    def parts(self, value: int) -> list[int]:
        """What each band pays, over the denominator that goes out before the lift."""
        parts = []
        for at, lower in enumerate(self.edges):
            upper = self.edges[at + 1] if at + 1 < len(self.edges) else self.top
            width = (value if upper is None else min(value, upper)) - lower
            part = max(width, 0) * self.ratios[at]
            most = self.mosts[at]
            if most is not None and part > most:
                part = most
            parts.append(part if self.rounding is None else rounded(part, self.taken, self.rounding))
        return parts


@attrs.frozen(kw_only=True, eq=False)
class MarginalByBand(Marginal):
    """Marginal bands of which each is rounded, or limited, by itself."""

    def apply(self, value: int, _env: "Env") -> int:
        """The numerator after the step."""
        return sum(self.parts(value)) * self.lift


@attrs.frozen(kw_only=True, eq=False)
class Slab:
    """The whole amount at the ratio of its band.

    Attributes:
        edges: Lower edges, not included, over the denominator that comes in.
        ratios: Numerators over one common denominator.
        mosts: The most that each band pays, over the denominator that goes out before the lift.
        lift: As for marginal bands.
    """

    origin: Origin
    edges: tuple[int, ...]
    ratios: tuple[int, ...]
    mosts: tuple[int | None, ...]
    lift: int

    def apply(self, value: int, _env: "Env") -> int:
        """The numerator after the step."""
        at = bisect_left(self.edges, value) - 1
        if at < 0:
            return 0
        part, most = value * self.ratios[at], self.mosts[at]
        return (part if most is None or part < most else most) * self.lift


@attrs.frozen(kw_only=True, eq=False)
class Sums:
    """The fixed sum of the band in which the amount lies.

    Attributes:
        edges: Lower edges, not included, over the denominator that comes in.
        sums: What each band pays, over the denominator that goes out.
    """

    origin: Origin
    edges: tuple[int, ...]
    sums: tuple[int, ...]

    def apply(self, value: int, _env: "Env") -> int:
        """The numerator after the step."""
        at = bisect_left(self.edges, value) - 1
        return self.sums[at] if at >= 0 else 0


@attrs.frozen(kw_only=True, eq=False)
class Times:
    """Times a whole number: the numerator of a share, or the fen of a day."""

    origin: Origin
    factor: int

    def apply(self, value: int, _env: "Env") -> int:
        """The numerator after the step."""
        return value * self.factor


@attrs.frozen(kw_only=True, eq=False)
class Bound:
    """At most an amount, over the denominator that comes in.

    Attributes:
        lift: What the result is multiplied by to have the denominator that goes out.
    """

    origin: Origin
    amount: int
    lift: int

    def apply(self, value: int, _env: "Env") -> int:
        """The numerator after the step."""
        return min(value, self.amount) * self.lift


@attrs.frozen(kw_only=True, eq=False)
class Minimum:
    """Raise what is above nothing to a minimum.

    Attributes:
        amount: The minimum, over the denominator that comes in.
        reach: Highest payable fen for which it applies; ``None`` for all.
        within_base: Whether no more than the payable base may be paid.
        taken: Denominator of what comes in.
        lift: What the result is multiplied by to have the denominator that goes out.
    """

    origin: Origin
    amount: int
    reach: int | None
    within_base: bool
    taken: int
    lift: int

    def apply(self, value: int, env: "Env") -> int:
        """The numerator after the step."""
        if 0 < value < self.amount and (self.reach is None or env.payable <= self.reach):
            raised = min(self.amount, env.payable * self.taken) if self.within_base else self.amount
            value = max(value, raised)
        return value * self.lift


@attrs.frozen(kw_only=True, eq=False)
class Shares:
    """Times the shares held, those above the highest number being void.

    Attributes:
        most: Shares that count at most.
        lift: What the result is multiplied by to have the denominator that goes out.
    """

    origin: Origin
    most: int
    lift: int

    def apply(self, value: int, env: "Env") -> int:
        """The numerator after the step."""
        return value * min(env.facts.count("shares"), self.most) * self.lift


@attrs.frozen(kw_only=True, eq=False)
class Days:
    """Days that are paid for a stay of so many days.

    Attributes:
        firsts: First day of each band.
        pays: Days that are paid; ``None`` for the actual days.
        mosts: The most actual days that are paid; ``None`` for all.
    """

    origin: Origin
    firsts: tuple[int, ...]
    pays: tuple[int | None, ...]
    mosts: tuple[int | None, ...]

    def apply(self, value: int, _env: "Env") -> int:
        """The days after the step."""
        if value <= 0:
            return 0
        at = bisect_left(self.firsts, value + 1) - 1
        pays, most = self.pays[at], self.mosts[at]
        if pays is not None:
            return pays
        return value if most is None else min(value, most)


@attrs.frozen(kw_only=True, eq=False)
class Give:
    """A fixed sum for each event.

    Attributes:
        amount: The sum, over the denominator that goes out.
    """

    origin: Origin
    amount: int

    def apply(self, value: int, _env: "Env") -> int:
        """The numerator after the step."""
        return value * self.amount


@attrs.frozen(kw_only=True, eq=False)
class Round:
    """Round to the scheme's unit; what goes out is whole fen.

    Attributes:
        rule: The rounding of the scheme.
        taken: Denominator of what comes in.
    """

    origin: Origin
    rule: RoundingRule
    taken: int

    def apply(self, value: int, _env: "Env") -> int:
        """Whole fen."""
        return rounded(value, self.taken, self.rule)


PlainPlan: TypeAlias = (
    Subtract
    | Marginal
    | MarginalByBand
    | Slab
    | Sums
    | Times
    | Bound
    | Minimum
    | Shares
    | Days
    | Give
    | Round
)
"""A step that is the same for everybody."""


@attrs.frozen(kw_only=True, eq=False)
class ByCode:
    """One of several steps, by the word of a code.

    Attributes:
        fact: Name of the code.
        table: Step of each word that is named.
        rest: Step of every other word; ``None`` where there is none.
    """

    fact: str
    table: dict[str, PlainPlan]
    rest: PlainPlan | None

    def chosen(self, facts: EventFacts) -> PlainPlan:
        """The step that applies.

        Raises:
            InvalidValueError: The scheme has none for that word.
        """
        found = self.table.get(facts.code(self.fact), self.rest)
        return found if found is not None else facts.refuse(self.fact)


@attrs.frozen(kw_only=True, eq=False)
class ByCount:
    """One of several steps, by a whole number.

    Attributes:
        fact: Name of the count.
        ranges: Lowest and highest number, both included, and their step.
        rest: Step of every other number; ``None`` where there is none.
    """

    fact: str
    ranges: tuple[tuple[int, int | None, PlainPlan], ...]
    rest: PlainPlan | None

    def chosen(self, facts: EventFacts) -> PlainPlan:
        """The step that applies.

        Raises:
            InvalidValueError: The scheme has none for that number.
        """
        count = facts.count(self.fact)
        for least, most, step in self.ranges:
            if least <= count and (most is None or count <= most):
                return step
        return self.rest if self.rest is not None else facts.refuse(self.fact)


StepPlan: TypeAlias = PlainPlan | ByCode | ByCount
"""A step, the same for everybody or by class."""


@attrs.define(kw_only=True)
class Env:
    """What steps know besides the running quantity.

    Attributes:
        facts: Facts of the event.
        payable: Base after its leading deductibles, in fen.
    """

    facts: EventFacts
    payable: int = 0


def rounded(numerator: int, denominator: int, rule: RoundingRule) -> int:
    """Whole fen nearest to ``numerator / denominator`` in the mode and unit of *rule*."""
    unit = rule.unit.fen
    if rule.mode is Rounding.HALF_UP and unit == 1:
        return (2 * numerator + denominator) // (2 * denominator)
    return round_fen(numerator, denominator * unit, rule.mode) * unit
