"""Rounding (舍入): the one place, mode and unit by which a scheme rounds."""

import enum

import attrs

from mutualaid_core.domain.values.checks import checked, not_blank, positive
from mutualaid_core.domain.values.money import Money, Rounding

FEN: Money = Money(1)
"""The smallest unit of money."""


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
        unit: To what: a fen, or a whole yuan, for example.
        source: Where the rule is printed, or who decided it.
    """

    mode: Rounding
    place: RoundingPlace
    unit: Money = attrs.field(default=FEN, validator=positive)
    source: str = attrs.field(validator=not_blank)
