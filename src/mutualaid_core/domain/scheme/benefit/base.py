"""Base (补助基数): the quantity from which the steps of a benefit start."""

import enum
from typing import TypeAlias

import attrs

from mutualaid_core.domain.values.checks import checked, not_blank, not_empty, positive
from mutualaid_core.errors import InvalidValueError


class Unit(enum.Enum):
    """What the running quantity of a benefit is measured in."""

    MONEY = "money"
    DAYS = "days"
    EVENT = "event"


@attrs.frozen(kw_only=True, field_transformer=checked)
class AmountsBase:
    """Amounts of the settlement, added and subtracted; never below zero.

    Attributes:
        add: Amounts that count, by their national or declared names.
        subtract: What was paid before, by the same names.
        less_benefits: Earlier benefits of the same scheme on the same event whose payment is
            subtracted too (second layer, 二次互助).
        less_elsewhere: Whether what other schemes paid for the event is subtracted too.
        source: Where the rule is printed.

    Clause:
        HN-4.2.1d, HN-4.2.1e, HN-4.2.1f, ACFTU-3.1a
    """

    add: tuple[str, ...] = attrs.field(validator=not_empty)
    subtract: tuple[str, ...]
    less_benefits: tuple[str, ...] = ()
    less_elsewhere: bool = False
    source: str = attrs.field(validator=not_blank)

    def __attrs_post_init__(self) -> None:
        """Refuse a name that is told twice."""
        for names in (self.add + self.subtract, self.less_benefits):
            if len(set(names)) != len(names):
                raise InvalidValueError("base", "must name each settlement field once", ", ".join(names))

    @property
    def unit(self) -> Unit:
        """Money."""
        return Unit.MONEY


class DayCount(enum.Enum):
    """How the days of a stay are counted (住院天数)."""

    NIGHTS = "nights"
    """Discharge less admission: the day of discharge does not count."""
    BOTH_DAYS = "both_days"
    """The days of admission and of discharge both count."""


@attrs.frozen(kw_only=True, field_transformer=checked)
class DaysBase:
    """Days in hospital (住院天数).

    Attributes:
        counted: How days are counted.
        first_payable_day: First day that counts, from 1; the days before it are left out.
        source: Where the rule is printed.
    """

    counted: DayCount
    first_payable_day: int = attrs.field(validator=positive)
    source: str = attrs.field(validator=not_blank)

    @property
    def unit(self) -> Unit:
        """Days."""
        return Unit.DAYS


@attrs.frozen(kw_only=True, field_transformer=checked)
class EventBase:
    """The event itself (定额给付): what is paid does not hang on a cost.

    Attributes:
        source: Where the rule is printed.
    """

    source: str = attrs.field(validator=not_blank)

    @property
    def unit(self) -> Unit:
        """The event, once."""
        return Unit.EVENT


Base: TypeAlias = AmountsBase | DaysBase | EventBase
"""Where the steps start."""
