"""Fit (适用) on columns: whether conditions hold for events."""

from typing import assert_never

import numpy

from mutualaid_core.columnar.arithmetic.exact import Array
from mutualaid_core.columnar.facts import EventFacts
from mutualaid_core.domain.scheme.benefit.conditions import (
    AmountWithin,
    CodeIs,
    Condition,
    CountWithin,
    FlagIs,
    Match,
)


def holds(condition: Condition, facts: EventFacts) -> Array:
    """For which rows *condition* holds.

    Raises:
        InvalidValueError: The facts of an active row do not say what it asks for.
    """
    match condition:
        case CodeIs(fact=fact, one_of=words, match=match):
            codes = facts.code(fact)
            exact = match is Match.EXACT
            meets = [word in words if exact else word.startswith(words) for word in codes.words]
            return numpy.take(numpy.array([*meets, False], dtype=bool), codes.values, mode="wrap")
        case FlagIs(fact=fact, holds=wanted):
            flags = facts.flag(fact)
            return flags if wanted else ~flags
        case CountWithin(fact=fact, least=least, most=most):
            return within(facts.count(fact), least, most)
        case AmountWithin():
            return within(amount_of(condition, facts), condition.least_fen, condition.most_fen)
        case _:
            assert_never(condition)


def all_hold(conditions: tuple[Condition, ...], facts: EventFacts) -> Array | None:
    """For which rows every one of *conditions* holds; ``None`` for all rows.

    A condition is asked only where those before it hold.

    Raises:
        InvalidValueError: The facts of an active row do not say what one of them asks for.
    """
    found = None
    for condition in conditions:
        one = holds(condition, facts if found is None else facts.among(found))
        found = one if found is None else found & one
    return found


def amount_of(condition: AmountWithin, facts: EventFacts) -> Array:
    """The sums that a condition on amounts looks at, never below zero, int64.

    Raises:
        InvalidValueError: The facts of an active row do not say one of the amounts.
    """
    fen = numpy.zeros(len(facts), dtype=numpy.int64)
    for name in condition.add:
        fen += facts.amount(name)
    for name in condition.subtract:
        fen -= facts.amount(name)
    return numpy.maximum(fen, 0)


def within(values: Array, least: int | None, most: int | None) -> Array:
    """Which *values* lie between two ends, both included, of which either may be open."""
    found: Array = numpy.ones(len(values), dtype=bool) if least is None else values >= least
    return found if most is None else found & (values <= most)
