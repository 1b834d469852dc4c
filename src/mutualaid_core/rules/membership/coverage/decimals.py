"""Decimals (小数): logarithms, roots and quotients of exact figures, the same on every machine.

Each figure is worked out in a context of its own, so that a host's decimal settings change nothing.
"""

from decimal import Context, Decimal
from fractions import Fraction
from typing import Final

DIGITS: Final = 40
"""Significant digits of what is worked out; far more than anybody is shown."""

PI: Final = Decimal("3.14159265358979323846264338327950288419716939937510")


def context() -> Context:
    """A fresh context with those digits."""
    return Context(prec=DIGITS)


def decimal_of(value: Fraction) -> Decimal:
    """A fraction as a decimal, rounded to those digits."""
    return context().divide(Decimal(value.numerator), Decimal(value.denominator))


def logarithm(value: Fraction) -> Decimal:
    """Natural logarithm of a fraction above 0."""
    return decimal_of(value).ln(context())


def root(value: Fraction) -> Decimal:
    """Square root of a fraction from 0 on."""
    return decimal_of(value).sqrt(context())


def quotient(value: Decimal, by: Decimal) -> Decimal:
    """A decimal by another one that is not 0."""
    return context().divide(value, by)
