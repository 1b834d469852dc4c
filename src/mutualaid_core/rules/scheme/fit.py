"""Fit (适用): whether conditions hold for the facts of an event or of a member."""

from typing import Protocol, assert_never

from mutualaid_core.domain.scheme.benefit.conditions import (
    AmountWithin,
    CodeIs,
    Condition,
    CountWithin,
    FlagIs,
    Match,
)


class Facts(Protocol):
    """What conditions may ask; each question raises ``InvalidValueError`` where nothing is known."""

    def amount(self, name: str) -> int:
        """Fen of one amount."""
        ...

    def count(self, name: str) -> int:
        """One whole number."""
        ...

    def code(self, name: str) -> str:
        """One word."""
        ...

    def flag(self, name: str) -> bool:
        """Whether it is so."""
        ...


def holds(condition: Condition, facts: Facts) -> bool:
    """Whether *condition* holds for *facts*.

    Raises:
        InvalidValueError: The facts do not say what it asks for.
    """
    match condition:
        case CodeIs(fact=fact, one_of=words, match=match):
            word = facts.code(fact)
            return word in words if match is Match.EXACT else word.startswith(words)
        case FlagIs(fact=fact, holds=wanted):
            return facts.flag(fact) is wanted
        case CountWithin(fact=fact, least=least, most=most):
            return within(facts.count(fact), least, most)
        case AmountWithin():
            return within(amount_of(condition, facts), condition.least_fen, condition.most_fen)
        case _:
            assert_never(condition)


def all_hold(conditions: tuple[Condition, ...], facts: Facts) -> bool:
    """Whether every one of *conditions* holds; true for none.

    Raises:
        InvalidValueError: The facts do not say what one of them asks for.
    """
    return all(holds(condition, facts) for condition in conditions)


def amount_of(condition: AmountWithin, facts: Facts) -> int:
    """The sum that a condition on amounts looks at, never below zero.

    Raises:
        InvalidValueError: The facts do not say one of the amounts.
    """
    added = sum(facts.amount(name) for name in condition.add)
    return max(added - sum(facts.amount(name) for name in condition.subtract), 0)


def within(value: int, least: int | None, most: int | None) -> bool:
    """Whether *value* lies between two ends, both included, of which either may be open."""
    return (least is None or value >= least) and (most is None or value <= most)
