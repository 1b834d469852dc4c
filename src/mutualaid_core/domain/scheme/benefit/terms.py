"""Benefit (补助项目): one thing that a scheme pays for, with everything that decides how much."""

import enum

import attrs

from mutualaid_core.domain.scheme.benefit.base import Base, Unit
from mutualaid_core.domain.scheme.benefit.conditions import Condition
from mutualaid_core.domain.scheme.benefit.limits import DaysLimit, Limit, PaymentsLimit, Per
from mutualaid_core.domain.scheme.benefit.rounding import RoundingPlace, RoundingRule
from mutualaid_core.domain.scheme.benefit.steps import (
    ByClass,
    MarginalBands,
    MinimumPayment,
    PerDay,
    PlainStep,
    Step,
)
from mutualaid_core.domain.scheme.benefit.waiting import Waiting
from mutualaid_core.domain.scheme.facts import EventKind
from mutualaid_core.domain.values.checks import checked, identifier, not_blank, not_empty, optional, positive
from mutualaid_core.domain.values.dates import MonthEnd
from mutualaid_core.errors import InvalidValueError


class Basis(enum.Enum):
    """Basis of a benefit (给付性质)."""

    INDEMNITY = "indemnity"
    """Compensation (补偿): all payers together never pay more than the cost (ACFTU-3.2a)."""
    FIXED = "fixed"
    """A fixed sum (定额): it does not hang on a cost, and one event is paid once."""


class Over(enum.Enum):
    """Over what bases are added up before the steps are applied (累计方式)."""

    CLAIM = "claim"
    PERIOD = "period"
    SAME_CAUSE = "same_cause"


@attrs.frozen(kw_only=True, field_transformer=checked)
class Accumulation:
    """Accumulation (累计方式): each claim on its own, or claims added up.

    Where claims add up, the steps are applied to the sum of the bases, and what the earlier
    claims came to before limits is taken off.

    Attributes:
        over: Each claim; all claims of the period; or the claims for the same cause of which
            each begins within a time after the one before it ended.
        cause: Name of the fact that tells the cause; for ``same_cause`` only.
        within_days: Days from the end of a stay to the next; for ``same_cause`` only.
        within_months: Months instead of days.
        month_end: What a month after the 31st is; required with ``within_months``.
        source: Where the rule is printed, or who decided it.

    Clause:
        HN-4.4.3b
    """

    over: Over
    cause: str | None = attrs.field(default=None, validator=optional(identifier))
    within_days: int | None = attrs.field(default=None, validator=optional(positive))
    within_months: int | None = attrs.field(default=None, validator=optional(positive))
    month_end: MonthEnd | None = None
    source: str = attrs.field(validator=not_blank)

    def __attrs_post_init__(self) -> None:
        """Refuse a time for claims that do not hang on a cause, and a cause without one time."""
        merges = self.over is Over.SAME_CAUSE
        if merges != (self.cause is not None):
            raise InvalidValueError("cause", "must be given for same_cause, and only for it", self.cause)
        times = (self.within_days is not None) + (self.within_months is not None)
        if times != merges:
            raise InvalidValueError("within_days", "must be given, or within_months, for same_cause", times)
        if (self.month_end is not None) != (self.within_months is not None):
            raise InvalidValueError("month_end", "must be given with within_months", None)
        if self.month_end is MonthEnd.REFUSE:
            raise InvalidValueError("month_end", "must say which day it is instead", self.month_end.value)


@attrs.frozen(kw_only=True, field_transformer=checked)
class Benefit:
    """Benefit (补助项目).

    Attributes:
        benefit_id: Id within the scheme.
        name: Name as printed.
        event: Kind of event for which it is paid.
        basis: Whether it compensates a cost.
        part: Part of the scheme that the member must hold; ``None`` where all hold it.
        when: Conditions, all of which must hold; empty for none.
        excludes: Benefits of the same event beside which this one is not paid.
        waiting: What is paid early in the cover.
        base: Where the steps start.
        accumulate: Whether claims add up.
        steps: In the order in which they apply.
        limits: In the order in which they are used.
        rounding: The rounding.

    Clause:
        HN-4.4.1, HN-4.4.2a, HN-4.4.2b, HN-4.4.2c, HN-4.4.3b, HN-4.4.3c
    """

    benefit_id: str = attrs.field(validator=identifier)
    name: str = attrs.field(validator=not_blank)
    event: EventKind
    basis: Basis
    part: str | None = attrs.field(default=None, validator=optional(identifier))
    when: tuple[Condition, ...] = ()
    excludes: tuple[str, ...] = ()
    waiting: Waiting
    base: Base
    accumulate: Accumulation
    steps: tuple[Step, ...] = attrs.field(validator=not_empty)
    limits: tuple[Limit, ...]
    rounding: RoundingRule

    def __attrs_post_init__(self) -> None:
        """Refuse steps that do not fit together, and parts that say nothing about each other."""
        self._refuse_wrong_units()
        self._refuse_wrong_steps()
        self._refuse_wrong_limits()

    def _refuse_wrong_units(self) -> None:
        unit = self.base.unit
        for number, step in enumerate(self.steps):
            if step.TAKES is not unit:
                place, rule = f"steps[{number}]", f"must take {unit.value}, which is what comes before it"
                raise InvalidValueError(place, rule, step.TAKES.value)
            unit = step.GIVES
        if unit is not Unit.MONEY:
            raise InvalidValueError("steps", "must end with money", unit.value)

    def _refuse_wrong_steps(self) -> None:
        flat = self.flat_steps
        if self.rounding.place is RoundingPlace.EACH_BAND and not any(
            isinstance(step, MarginalBands) for step in flat
        ):
            raise InvalidValueError("rounding", "must not be each_band without marginal bands", None)
        tied = [
            step
            for step in flat
            if isinstance(step, MinimumPayment) and (step.base_up_to is not None or not step.may_exceed_base)
        ]
        if tied and self.base.unit is not Unit.MONEY:
            raise InvalidValueError("steps", "must not tie a minimum to a base that is not money", None)
        if self.basis is Basis.INDEMNITY and self.base.unit is Unit.EVENT:
            raise InvalidValueError("basis", "must be fixed for a benefit that has no cost", self.basis.value)

    def _refuse_wrong_limits(self) -> None:
        pays_days = any(isinstance(step, PerDay) for step in self.flat_steps)
        for number, limit in enumerate(self.limits):
            place = f"limits[{number}]"
            if isinstance(limit, DaysLimit) and not pays_days:
                raise InvalidValueError(place, "must not limit days without a sum per day", None)
            if isinstance(limit, DaysLimit) and self.accumulate.over is not Over.CLAIM:
                rule = "must not limit days of claims that add up; a table of days does"
                raise InvalidValueError(place, rule, None)
            if isinstance(limit, PaymentsLimit) and limit.per is Per.CLAIM:
                raise InvalidValueError(place, "must count payments over more than a claim", None)
            if limit.per is Per.CLAIM and (limit.each is not None or limit.counter is not None):
                raise InvalidValueError(place, "must not share what one claim uses up", None)

    @property
    def pays_event(self) -> bool:
        """Whether it is a sum for the event itself, of which a claim beyond the payments is refused.

        What compensates a cost, or pays days, is computed again and comes to nothing (GD-2.3.2b).
        """
        return self.base.unit is Unit.EVENT

    @property
    def flat_steps(self) -> tuple[PlainStep, ...]:
        """Every step, those of each class in the place of the choice."""
        flat: list[PlainStep] = []
        for step in self.steps:
            flat.extend([choice.step for choice in step.choices] if isinstance(step, ByClass) else [step])
        return tuple(flat)

    @property
    def sources(self) -> tuple[str, ...]:
        """Every source that the terms cite."""
        steps = (*(step.source for step in self.steps), *(step.source for step in self.flat_steps))
        limits = tuple(limit.source for limit in self.limits)
        around = (self.waiting.source, self.base.source, self.accumulate.source, self.rounding.source)
        return (*around, *steps, *limits)
