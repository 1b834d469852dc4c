"""Ratio (比例): an exact fraction between 0 and 1."""

import math
import re
from typing import Final

import attrs

from mutualaid_core.domain.values.checks import checked, quotable
from mutualaid_core.errors import InvalidValueError

DENOMINATOR_MAX: Final = 10**6
"""A weighted sum of amounts over one denominator then stays within 64 bits."""

_PERCENT: Final = re.compile(r"(0|[1-9][0-9]{0,2})(?:\.([0-9]{1,4}))?%", re.ASCII)
_FRACTION: Final = re.compile(r"(0|[1-9][0-9]{0,6})/([1-9][0-9]{0,6})", re.ASCII)


@attrs.frozen(order=False, field_transformer=checked)
class Ratio:
    """An exact share (比例) in lowest terms, from 0 to 1.

    >>> Ratio(60, 100)
    Ratio(numerator=3, denominator=5)
    """

    numerator: int
    denominator: int

    def __attrs_post_init__(self) -> None:
        """Refuse what is not a share, then reduce, so that equal shares are equal."""
        if self.denominator <= 0 or not 0 <= self.numerator <= self.denominator:
            found = (self.numerator, self.denominator)
            raise InvalidValueError("ratio", "must be >= 0 and <= 1", found, hint="60% is Ratio(60, 100)")
        common = math.gcd(self.numerator, self.denominator)
        object.__setattr__(self, "numerator", self.numerator // common)
        object.__setattr__(self, "denominator", self.denominator // common)
        if self.denominator > DENOMINATOR_MAX:
            rule = f"must have a denominator <= {DENOMINATOR_MAX}"
            raise InvalidValueError("ratio", rule, self.denominator)

    def __str__(self) -> str:
        """As a percentage where it is exact with four decimals, else as a fraction."""
        scaled, rest = divmod(self.numerator * 10**6, self.denominator)
        if rest:
            return f"{self.numerator}/{self.denominator}"
        decimals = f"{scaled % 10**4:04d}".rstrip("0")
        return f"{scaled // 10**4}.{decimals}%" if decimals else f"{scaled // 10**4}%"


def parse_ratio(text: str) -> Ratio:
    """Ratio from ``35%``, ``10.5%`` or ``1/3``; a bare decimal is refused as ambiguous.

    Raises:
        InvalidValueError: *text* is neither form, or not between 0 and 1.

    >>> parse_ratio("35%")
    Ratio(numerator=7, denominator=20)
    """
    if match := _PERCENT.fullmatch(text):
        whole, decimals = match[1], match[2] or ""
        return Ratio(int(whole + decimals), 100 * 10 ** len(decimals))
    if match := _FRACTION.fullmatch(text):
        return Ratio(int(match[1]), int(match[2]))
    rule = "must be a percentage or a fraction"
    raise InvalidValueError("ratio", rule, quotable(text), hint="write 35% or 7/20")


def common_denominator(ratios: tuple[Ratio, ...]) -> int:
    """Least common denominator of *ratios*; 1 for none.

    Raises:
        InvalidValueError: It is above ``DENOMINATOR_MAX``.
    """
    common = math.lcm(*(ratio.denominator for ratio in ratios))
    if common > DENOMINATOR_MAX:
        raise InvalidValueError("ratios", f"must have a common denominator <= {DENOMINATOR_MAX}", common)
    return common
