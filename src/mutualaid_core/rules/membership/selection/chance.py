"""Chance (概率检验): tails of distributions, exact or to forty digits, without a float."""

import math
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Final

from mutualaid_core.rules.membership.coverage.decimals import PI, context, decimal_of

_STEPS: Final = 600
"""Steps of the continued fraction: from a half of 1 on its rest is below the digits kept."""

_SMALLEST: Final = Decimal("1e-45")


def drawn_at_least(found: int, *, population: int, marked: int, drawn: int) -> Fraction:
    """Chance that at least *found* of the drawn are marked: the hypergeometric tail, exact.

    Args:
        found: Marked ones among the drawn.
        population: All of them.
        marked: Marked ones among all.
        drawn: How many are drawn.
    """
    others = population - marked
    least, most = max(found, drawn - others), min(marked, drawn)
    if least > most:
        return Fraction(0)
    ways = term = math.comb(marked, least) * math.comb(others, drawn - least)
    for count in range(least, most):
        # Each term follows from the one before; the division leaves no rest.
        term = term * (marked - count) * (drawn - count) // ((count + 1) * (others - drawn + count + 1))
        ways += term
    return Fraction(ways, math.comb(population, drawn))


def chi_square_above(value: Fraction, degrees: int) -> Decimal:
    """Chance that chi-square with whole degrees of freedom is above *value*, by its finite sum.

    Args:
        value: Value of the statistic, 0 or more.
        degrees: Degrees of freedom, 1 or more.
    """
    with localcontext(context()) as exact:
        half = decimal_of(Fraction(value, 2))
        if degrees % 2:
            tail = _root_tail(half)
            # The first term is the root of the half by Gamma(3/2), which is half the root of pi.
            term, first = exact.divide(2 * half.sqrt(), PI.sqrt()), Fraction(3, 2)
        else:
            tail, term, first = Decimal(0), Decimal(1), Fraction(1)
        terms = Decimal(0)
        for step in range(degrees // 2):
            terms += term
            term *= exact.divide(half, decimal_of(first + step))
        return tail + (-half).exp() * terms


def _root_tail(half: Decimal) -> Decimal:
    """Chance of one degree of freedom: the complementary error function of the root of *half*."""
    with localcontext(context()) as exact:
        scale = (-half).exp() * exact.divide(half.sqrt(), PI.sqrt())
        if half < 1:
            term, terms, step = Decimal(2), Decimal(0), 0
            while abs(term) > _SMALLEST:
                terms += term
                step += 1
                term *= exact.divide(2 * half, Decimal(2 * step + 1))
            return 1 - scale * terms
        rest = Decimal(0)
        for step in range(_STEPS, 0, -1):
            above = Decimal(step * (2 * step - 1)) * Decimal("0.5")
            rest = exact.divide(above, half + 2 * step + Decimal("0.5") - rest)
        return exact.divide(scale, half + Decimal("0.5") - rest)


def chi_square(rows: tuple[tuple[int, ...], tuple[int, ...]]) -> tuple[Fraction, int]:
    """Chi-square of a table of two rows without correction, exact, and its degrees of freedom.

    Args:
        rows: Counts of two groups by class; each class has somebody in it, and each group too.
    """
    sizes = tuple(sum(row) for row in rows)
    whole = sum(sizes)
    found = Fraction(0)
    for column in zip(*rows, strict=True):
        for size, count in zip(sizes, column, strict=True):
            expected = Fraction(size * sum(column), whole)
            found += Fraction((count - expected) ** 2, expected)
    return found, len(rows[0]) - 1
