"""Money (金额): whole fen, and the one place where fractions of a fen are rounded."""

import enum
import re
from collections.abc import Iterable
from typing import Final, assert_never

import attrs

from mutualaid_core.domain.values.checks import checked, quotable
from mutualaid_core.errors import InvalidValueError

FEN_MAX: Final = 10**12
"""No amount is above ten thousand million yuan, so that 64-bit sums cannot overflow."""

_YUAN: Final = re.compile(r"(-?)(0|[1-9][0-9]{0,10})(?:\.([0-9]{1,2}))?", re.ASCII)


def _within_limit(_owner: object, field: "attrs.Attribute[int]", value: int) -> None:
    if abs(value) > FEN_MAX:
        raise InvalidValueError(field.name, f"must be within +-{FEN_MAX:,}", value)


@attrs.frozen(order=True, field_transformer=checked)
class Money:
    """An amount (金额) in whole fen; may be negative (a deficit, a correction).

    Money adds, subtracts and negates; it has no product with money and no division:
    shares go through ``Ratio`` and end in one named ``round_fen``.

    >>> Money(250) + Money(5)
    Money(fen=255)
    """

    fen: int = attrs.field(validator=_within_limit)

    def __add__(self, other: "Money") -> "Money":
        """Sum of two amounts."""
        return Money(self.fen + other.fen) if isinstance(other, Money) else NotImplemented

    def __sub__(self, other: "Money") -> "Money":
        """Difference of two amounts."""
        return Money(self.fen - other.fen) if isinstance(other, Money) else NotImplemented

    def __neg__(self) -> "Money":
        """The amount with the other sign."""
        return Money(-self.fen)

    def __bool__(self) -> bool:
        """Whether the amount is not zero."""
        return self.fen != 0

    def __str__(self) -> str:
        """Yuan with two decimals, without thousands marks: ``2550.00``."""
        sign = "-" if self.fen < 0 else ""
        return f"{sign}{abs(self.fen) // 100}.{abs(self.fen) % 100:02d}"

    def to_text(self) -> str:
        """Yuan with thousands marks, for reading: ``2,550.00``."""
        sign = "-" if self.fen < 0 else ""
        return f"{sign}{abs(self.fen) // 100:,}.{abs(self.fen) % 100:02d}"


ZERO: Final = Money(0)
"""Nothing."""


def total(amounts: Iterable[Money]) -> Money:
    """Sum of *amounts*; zero for none."""
    return Money(sum(amount.fen for amount in amounts))


def parse_yuan(text: str) -> Money:
    """Money from yuan in plain ASCII digits with at most two decimals.

    ``Decimal`` would also take ``NaN``, ``1_000``, ``1E3`` and full-width digits; this does not.
    ``-0.00``, as spreadsheets write it, is nothing.

    Raises:
        InvalidValueError: *text* is not an amount, or is above the limit.

    >>> parse_yuan("50.00")
    Money(fen=5000)
    """
    if match := _YUAN.fullmatch(text):
        sign, whole, cents = match.groups(default="")
        fen = int(whole) * 100 + int(cents.ljust(2, "0"))
        if fen <= FEN_MAX:
            return Money(-fen if sign else fen)
    rule = f"must be yuan in digits with at most two decimals, up to {Money(FEN_MAX).to_text()}"
    raise InvalidValueError("amount", rule, quotable(text), hint="write 1234.50")


class Rounding(enum.Enum):
    """How a fraction of a fen is rounded (舍入方式); a scheme version names one."""

    HALF_UP = "half_up"
    HALF_EVEN = "half_even"
    DOWN = "down"
    UP = "up"


def round_fen(numerator: int, denominator: int, rounding: Rounding) -> int:
    """Whole fen nearest to ``numerator / denominator`` in the way that *rounding* names.

    Args:
        numerator: Not negative.
        denominator: Above zero.
        rounding: The scheme version's own way.

    Raises:
        InvalidValueError: The fraction is negative or has no value.

    >>> round_fen(5, 10, Rounding.HALF_UP)
    1
    """
    if numerator < 0 or denominator <= 0:
        raise InvalidValueError("fraction", "must be >= 0 with a denominator > 0", (numerator, denominator))
    whole, rest = divmod(numerator, denominator)
    match rounding:
        case Rounding.HALF_UP:
            return whole + (2 * rest >= denominator)
        case Rounding.HALF_EVEN:
            return whole + (2 * rest > denominator or (2 * rest == denominator and whole % 2 == 1))
        case Rounding.DOWN:
            return whole
        case Rounding.UP:
            return whole + (rest > 0)
        case _:
            assert_never(rounding)


def split_by_weights(amount: Money, weights: tuple[int, ...]) -> tuple[Money, ...]:
    """Split *amount* in proportion to *weights* so that the parts add up (最大余额法).

    Each part is floored, and the fen left over go to the largest remainders; equal
    remainders are served in the order given.

    Raises:
        InvalidValueError: *amount* is negative, or the weights are not positive in sum.

    >>> split_by_weights(Money(5000), (1, 1, 1))
    (Money(fen=1667), Money(fen=1667), Money(fen=1666))
    """
    whole = sum(weights)
    if amount.fen < 0 or whole <= 0 or min(weights) < 0:
        raise InvalidValueError("split", "needs an amount >= 0 and weights >= 0 that are not all 0", weights)
    floors = [amount.fen * weight // whole for weight in weights]
    remainders = [amount.fen * weight % whole for weight in weights]
    left = amount.fen - sum(floors)
    served = sorted(range(len(weights)), key=lambda index: (-remainders[index], index))[:left]
    return tuple(Money(floor + (index in served)) for index, floor in enumerate(floors))
