"""Exact arithmetic on columns: whole numbers in 64 bits where they fit, in Python's where not.

A column is an array of whole numbers together with a bound that none of them exceeds. Before
a step the bound says whether 64 bits hold every number on the way; where they do not, the same
functions run on Python's own whole numbers. Nothing overflows, and nothing is a float but the
one division below, which is exact.
"""

from typing import Any, Final, TypeAlias

import attrs
import numpy
import numpy.typing

from mutualaid_core.domain.scheme.benefit.rounding import RoundingRule
from mutualaid_core.domain.values.money import Rounding
from mutualaid_core.errors import InvalidValueError

Array: TypeAlias = numpy.typing.NDArray[Any]  # an array's element type is checked when it comes in

INT64_MAX: Final = 2**63 - 1
"""Largest whole number of 64 bits."""

FLOAT_EXACT: Final = 2**53
"""Below it, a whole number and the floor of a quotient by a whole number are exact in a double."""


@attrs.frozen(eq=False)
class Column:
    """Whole numbers that are not below zero, and a bound on them.

    Attributes:
        values: int64, or Python's whole numbers in an object array; shape (n,).
        bound: No value is above it.
    """

    values: Array
    bound: int


def column(values: Array) -> Column:
    """*values* with the largest of them as the bound; 0 for none."""
    return Column(values, int(values.max()) if len(values) else 0)


def wide_enough(number: Column, reach: int) -> Array:
    """The values in a form that holds whole numbers up to *reach*."""
    return number.values if reach <= INT64_MAX else number.values.astype(object)


def narrow(values: Array, bound: int) -> Column:
    """*values* in 64 bits again.

    Raises:
        InvalidValueError: 64 bits do not hold them.
    """
    if values.dtype != object:
        return Column(values, min(bound, INT64_MAX))
    if any(int(value) > INT64_MAX for value in values[values > INT64_MAX]):
        raise InvalidValueError("amounts", "must give a result of 64 bits", None)
    return Column(values.astype(numpy.int64), min(bound, INT64_MAX))


def floor_divide(values: Array, divisor: int, bound: int) -> Array:
    """Floor of *values* over *divisor*; the values are not below zero and not above *bound*.

    The quotient of whole numbers below 2**53 is rounded by less than its distance to the next
    whole number, so that cutting it off is exact; and it is the one division that runs on
    vectors.
    """
    if values.dtype == object or bound >= FLOAT_EXACT:
        found: Array = values // divisor
        return found
    quotients = values.astype(numpy.float64)
    quotients /= divisor
    return quotients.astype(numpy.int64)


def rounded(number: Column, denominator: int, rule: RoundingRule) -> Column:
    """Whole fen nearest to ``number / denominator`` in the mode and unit of *rule*."""
    unit = rule.unit.fen
    divisor = denominator * unit
    if divisor == 1:
        return number
    reach = max(2 * number.bound + divisor, 2 * divisor)
    whole = _quotient(wide_enough(number, reach), divisor, number.bound + divisor, rule.mode)
    bound = -(-number.bound // divisor) * unit
    if unit > 1:
        whole = whole.astype(object) * unit if bound > INT64_MAX else whole * unit
    return narrow(whole, bound)


def _quotient(values: Array, divisor: int, bound: int, mode: Rounding) -> Array:
    if mode is Rounding.DOWN:
        return floor_divide(values, divisor, bound)
    if mode is Rounding.UP:
        return floor_divide(values + (divisor - 1), divisor, bound)
    if mode is Rounding.HALF_UP and divisor % 2 == 0:
        return floor_divide(values + divisor // 2, divisor, bound)
    if mode is Rounding.HALF_UP:
        return floor_divide(2 * values + divisor, 2 * divisor, 2 * bound)
    whole = floor_divide(values, divisor, bound)
    twice = 2 * (values - whole * divisor)
    odd = (whole % 2).astype(bool)
    up = (twice > divisor) | ((twice == divisor) & odd)
    raised: Array = whole + up.astype(numpy.int64)
    return raised
