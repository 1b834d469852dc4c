"""Joining (参加办法): by which way, until when, from which day, and with how many of a unit.

A notice counts these days from the first day of a period, so they hold for each of its periods.
"""

import enum
from typing import Final, NewType

import attrs

from mutualaid_core.domain.scheme.policy.membership import JoinedBy, RefusalReason
from mutualaid_core.domain.values.checks import (
    checked,
    not_blank,
    not_empty,
    not_negative,
    optional,
    positive,
)
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.errors import InvalidValueError

MONTHS_A_PERIOD: Final = 12
"""A period is one year (HN-4.3.4a)."""

PeriodDay = NewType("PeriodDay", int)
"""Day of a period (互助期日序): 0 is its first day, -1 the day before it."""


class CoverStart(enum.Enum):
    """From which day there is cover (生效日); never before the first day of the term."""

    TERM_START = "term_start"
    """With the term, whenever the money came within the window (HN-4.3.5d)."""
    PAYMENT_DAY = "payment_day"
    DAY_AFTER_PAYMENT = "day_after_payment"
    MONTH_AFTER_PAYMENT = "month_after_payment"
    """On the first day of the month after the payment."""


class LateJoining(enum.Enum):
    """What becomes of who comes after the window (逾期参加)."""

    REFUSE = "refuse"
    NEXT_PERIOD = "next_period"
    """Refused for this period, and told to join the next one."""
    ACCEPT = "accept"
    """Taken in for what is left of the term, covered from the payment on."""


class AgeDay(enum.Enum):
    """The day on which an age is counted (年龄计算日)."""

    COVER_START = "cover_start"
    PERIOD_START = "period_start"
    JOINING = "joining"


@attrs.frozen(kw_only=True, field_transformer=checked)
class Window:
    """Window (缴费窗口): days counted from the first day of the period, which is day 0.

    Attributes:
        opens: First day; -60 is sixty days before the period begins.
        closes: Last day, included until its 24:00; -1 is the day before the period begins.
        source: Where it is printed.

    Clause:
        HN-4.3.5d
    """

    opens: PeriodDay
    closes: PeriodDay
    source: str = attrs.field(validator=not_blank)

    def __attrs_post_init__(self) -> None:
        """Refuse a window that closes before it opens."""
        if self.closes < self.opens:
            raise InvalidValueError("closes", f"must be >= {self.opens}", self.closes)


@attrs.frozen(kw_only=True, field_transformer=checked)
class Term:
    """Term (参保期): one of the stretches for which somebody may join.

    Attributes:
        starts_after_months: Months of the period that have passed when it starts: 0, or 6 for the
            second half.
        months: How long it lasts: 12, 6 for a half, 36 for three periods at once.
        fee: Part of the dues of a period that it costs in each period: 1, or 1/2 for half the fee.
        source: Where it is printed.
    """

    starts_after_months: int = attrs.field(validator=not_negative)
    months: int = attrs.field(validator=positive)
    fee: Ratio
    source: str = attrs.field(validator=not_blank)

    def __attrs_post_init__(self) -> None:
        """Refuse a term that crosses the end of a period other than by whole periods."""
        within = self.starts_after_months + self.months <= MONTHS_A_PERIOD
        whole = self.starts_after_months == 0 and self.months % MONTHS_A_PERIOD == 0
        if not within and not whole:
            rule = "must end with a period, or be whole periods"
            raise InvalidValueError("months", rule, f"{self.starts_after_months}+{self.months}")

    @property
    def periods(self) -> int:
        """Periods that it touches."""
        return max(self.months // MONTHS_A_PERIOD, 1)


@attrs.frozen(kw_only=True, field_transformer=checked)
class GateBand:
    """Gate (参与率要求) for units of a size; the first band that fits is the one that applies.

    Attributes:
        eligible_below: For units with fewer eligible workers than this; ``None`` for all others.
        ratio_min: Least part of the eligible workers that must join.
        persons_min: Least number of persons that must join.
        source: Where it is printed.

    Clause:
        HN-4.1.2a, HN-4.1.2b
    """

    eligible_below: int | None = attrs.field(default=None, validator=optional(positive))
    ratio_min: Ratio
    persons_min: int = attrs.field(default=0, validator=not_negative)
    source: str = attrs.field(validator=not_blank)


@attrs.frozen(kw_only=True, field_transformer=checked)
class RenewalTerms:
    """Renewal (续保): until when, and what is kept.

    Attributes:
        window: Window for those who were covered by the period before; the general one if ``None``.
        gap_days_max: Days without cover between two periods up to which cover counts as unbroken.
        source: Where it is printed.

    Clause:
        HN-4.3.5d
    """

    window: Window | None = None
    gap_days_max: int = attrs.field(validator=not_negative)
    source: str = attrs.field(validator=not_blank)


@attrs.frozen(kw_only=True, field_transformer=checked)
class NewHires:
    """New hires (新入职职工), who may join after the window.

    Attributes:
        days_max: Days after the first day of work within which they join.
        source: Where it is printed.
    """

    days_max: int = attrs.field(validator=positive)
    source: str = attrs.field(validator=not_blank)


@attrs.frozen(kw_only=True, field_transformer=checked)
class JoiningTerms:
    """Joining (参加办法) of a scheme version.

    Attributes:
        ways: Who may bring a member in, within what the policy allows.
        window: When one joins; ``None`` where the notice sets none.
        late: What becomes of who comes after the window.
        new_hires: New hires after the window; ``None`` where nothing is said of them.
        terms: For how long one joins. Within the window the first one that starts with the period
            applies, after it the one that has started last; unless another is asked for.
        cover_start: From which day there is cover.
        gate: How many of a unit must join, where the scheme asks more than the policy.
        needs_confirmation: Whether the unit's union confirms each list (HN-3.1.2a).
        needs_consultation: Whether the workers were asked first (SN-2.1.4b).
        age_on: The day on which ages are counted.
        renewal: Renewal; ``None`` where nothing is said of it.
        refusals_banned: Reasons for which no unit may refuse, besides those of the policy.
        source: Where the rest is printed.

    Clause:
        HN-3.1.2a, HN-4.1.2a, HN-4.3.5d, SN-2.1.4b, SN-2.1.4c
    """

    ways: tuple[JoinedBy, ...] = attrs.field(validator=not_empty)
    window: Window | None = None
    late: LateJoining
    new_hires: NewHires | None = None
    terms: tuple[Term, ...] = attrs.field(validator=not_empty)
    cover_start: CoverStart
    gate: tuple[GateBand, ...] = ()
    needs_confirmation: bool = False
    needs_consultation: bool = False
    age_on: AgeDay = AgeDay.COVER_START
    renewal: RenewalTerms | None = None
    refusals_banned: tuple[RefusalReason, ...] = ()
    source: str = attrs.field(validator=not_blank)

    @property
    def sources(self) -> tuple[str, ...]:
        """Every source that the joining terms cite."""
        parts = (self.window, self.new_hires, self.renewal, *self.terms, *self.gate)
        own = tuple(part.source for part in parts if part is not None)
        inner = self.renewal.window if self.renewal else None
        return (self.source, *own, *((inner.source,) if inner else ()))
