"""Conditions (适用条件) in words."""

from typing import assert_never

from mutualaid_core.domain.scheme.benefit.conditions import (
    AmountWithin,
    CodeIs,
    Condition,
    CountWithin,
    FlagIs,
    Match,
)
from mutualaid_core.publication.schemes.telling import Telling


def conditions_text(telling: Telling, conditions: tuple[Condition, ...]) -> str:
    """Conditions that must all hold, in a row."""
    return telling.say("and").join(condition_text(telling, each) for each in conditions)


def condition_text(telling: Telling, condition: Condition) -> str:
    """One condition."""
    match condition:
        case CodeIs():
            key = "code_begins" if condition.match is Match.PREFIX else "code_is"
            codes = telling.codes(condition.fact, condition.one_of)
            return telling.say(key, fact=telling.fact(condition.fact), codes=codes)
        case FlagIs():
            return telling.say(
                "flag", fact=telling.fact(condition.fact), holds=telling.truth(condition.holds)
            )
        case CountWithin():
            return _count(telling, condition)
        case AmountWithin():
            return _amount(telling, condition)
        case _:
            assert_never(condition)


def _count(telling: Telling, condition: CountWithin) -> str:
    key = "between"
    if condition.least is None:
        key = "at_most"
    elif condition.most is None:
        key = "at_least"
    elif condition.least == condition.most:
        key = "exactly"
    return telling.say(key, fact=telling.fact(condition.fact), least=condition.least, most=condition.most)


def _amount(telling: Telling, condition: AmountWithin) -> str:
    total = telling.sum(condition.add, condition.subtract)
    ends = (
        ("sum_above", condition.above),
        ("sum_at_least", condition.at_least),
        ("sum_below", condition.below),
        ("sum_up_to", condition.up_to),
    )
    told = [telling.say(key, sum=total, amount=telling.amount(end)) for key, end in ends if end is not None]
    return telling.say("and").join(told)
