"""Limits (限额): how much is paid at most, over what, and what becomes of the excess.

Each limit is a counter. Benefits that name the same counter use it up together.
"""

import enum
from typing import TypeAlias

import attrs

from mutualaid_core.domain.values.checks import checked, identifier, not_blank, optional, positive
from mutualaid_core.domain.values.money import Money


class Per(enum.Enum):
    """Over what a limit runs."""

    CLAIM = "claim"
    PERIOD = "period"
    LIFETIME = "lifetime"


class Excess(enum.Enum):
    """What becomes of an amount above what is left: cut to the rest, or refused as a whole."""

    CUT = "cut"
    REFUSE = "refuse"


@attrs.frozen(kw_only=True, field_transformer=checked)
class AmountLimit:
    """Cap (最高补助限额) on money.

    Attributes:
        most: The most that is paid.
        per: Over a claim, a period or a lifetime of one person.
        each: Name of a code: the cap runs for each of its words by itself; ``None`` for all.
        counter: Name that benefits share; ``None`` for the benefit's own.
        excess: What becomes of the excess.
        times_shares: Whether the cap is multiplied by the shares held.
        source: Where the rule is printed.

    Clause:
        HN-4.4.3c
    """

    most: Money = attrs.field(validator=positive)
    per: Per
    each: str | None = attrs.field(default=None, validator=optional(identifier))
    counter: str | None = attrs.field(default=None, validator=optional(identifier))
    excess: Excess = Excess.CUT
    times_shares: bool = False
    source: str = attrs.field(validator=not_blank)


@attrs.frozen(kw_only=True, field_transformer=checked)
class PaymentsLimit:
    """Number of payments (给付次数): further claims are paid nothing.

    Attributes:
        most: The most payments above nothing.
        per: Over a period or a lifetime of one person.
        each: Name of a code: for each of its words by itself; ``None`` for all.
        counter: Name that benefits share; ``None`` for the benefit's own.
        source: Where the rule is printed.
    """

    most: int = attrs.field(validator=positive)
    per: Per
    each: str | None = attrs.field(default=None, validator=optional(identifier))
    counter: str | None = attrs.field(default=None, validator=optional(identifier))
    source: str = attrs.field(validator=not_blank)


@attrs.frozen(kw_only=True, field_transformer=checked)
class DaysLimit:
    """Number of days (给付天数): days beyond it are not paid.

    Attributes:
        most: The most days that are paid.
        per: Over a claim, a period or a lifetime of one person.
        each: Name of a code: for each of its words by itself; ``None`` for all.
        counter: Name that benefits share; ``None`` for the benefit's own.
        source: Where the rule is printed.
    """

    most: int = attrs.field(validator=positive)
    per: Per
    each: str | None = attrs.field(default=None, validator=optional(identifier))
    counter: str | None = attrs.field(default=None, validator=optional(identifier))
    source: str = attrs.field(validator=not_blank)


Limit: TypeAlias = AmountLimit | PaymentsLimit | DaysLimit
"""One limit; limits are used in the order in which they stand."""
