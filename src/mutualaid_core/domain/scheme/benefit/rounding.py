"""Rounding (舍入): the one place, mode and unit by which a scheme rounds."""

import enum
from typing import Final

import attrs

from mutualaid_core.domain.values.checks import Field, checked, not_blank, positive, public_name
from mutualaid_core.domain.values.money import Money, Rounding
from mutualaid_core.errors import InvalidValueError

FEN: Money = Money(1)
"""The smallest unit of money."""

UNITS: Final = (FEN, Money(10), Money(100), Money(1_000), Money(10_000))
"""The units to which an amount is rounded: a fen, ten fen, and one, ten and a hundred yuan."""


def _is_unit(_owner: object, field: Field, value: Money) -> None:
    if value not in UNITS:
        rule = f"must be one of {', '.join(map(str, UNITS))}"
        raise InvalidValueError(public_name(field), rule, str(value))


class RoundingPlace(enum.Enum):
    """Where the fraction of a unit is rounded (舍入位置)."""

    EACH_BAND = "each_band"
    EACH_STEP = "each_step"
    END_OF_BENEFIT = "end_of_benefit"


@attrs.frozen(kw_only=True, field_transformer=checked)
class RoundingRule:
    """The rounding of a benefit (舍入规则).

    Attributes:
        mode: How.
        place: After each band, after each step, or once after the last step. What is rounded
            earlier is still rounded after the last step.
        unit: To what: 0.01, 0.10, 1.00, 10.00 or 100.00 yuan.
        source: Where the rule is printed, or who decided it.
    """

    mode: Rounding
    place: RoundingPlace
    unit: Money = attrs.field(default=FEN, validator=[positive, _is_unit])
    source: str = attrs.field(validator=not_blank)
