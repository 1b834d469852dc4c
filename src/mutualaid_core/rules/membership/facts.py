"""Facts of a member (会员事实): what the conditions of dues and eligibility may ask when somebody joins."""

import datetime
from collections.abc import Mapping
from typing import Final, NoReturn, assert_never

import attrs

from mutualaid_core.domain.scheme.benefit.conditions import (
    AmountWithin,
    CodeIs,
    Condition,
    CountWithin,
    FlagIs,
    Match,
)
from mutualaid_core.domain.scheme.eligibility import InsuranceType
from mutualaid_core.domain.values.dates import age_on
from mutualaid_core.domain.values.personal import Sex
from mutualaid_core.errors import InvalidValueError


@attrs.frozen(kw_only=True)
class MemberFacts:
    """Facts of a member on the first day of cover, by their known or declared names.

    Attributes:
        amounts: Amounts in fen.
        counts: Whole numbers, such as the age in years.
        codes: Words.
        flags: Yes and no.
    """

    amounts: Mapping[str, int] = attrs.field(factory=dict, repr=False)
    counts: Mapping[str, int] = attrs.field(factory=dict, repr=False)
    codes: Mapping[str, str] = attrs.field(factory=dict, repr=False)
    flags: Mapping[str, bool] = attrs.field(factory=dict, repr=False)


NO_FACTS: Final = MemberFacts()
"""Nothing is known; enough for a scheme whose dues are the same for everybody."""


def facts_of(
    sex: Sex, birth_date: datetime.date, insurance_type: InsuranceType, shares: int, on: datetime.date
) -> MemberFacts:
    """What is known of everybody who joins, on the day *on*. A sex that is not stated is not known."""
    codes = {"insutype": insurance_type.value}
    if sex in {Sex.MALE, Sex.FEMALE}:
        codes["sex"] = str(sex.value)
    return MemberFacts(counts={"age": age_on(birth_date, on), "shares": shares}, codes=codes)


def all_hold(conditions: tuple[Condition, ...], facts: MemberFacts) -> bool:
    """Whether every one of *conditions* holds; true for none.

    Raises:
        InvalidValueError: The facts do not say what one of them asks for.
    """
    return all(_holds(condition, facts) for condition in conditions)


def _holds(condition: Condition, facts: MemberFacts) -> bool:
    match condition:
        case CodeIs(fact=fact, one_of=words, match=match):
            word = facts.codes[fact] if fact in facts.codes else _refuse(fact)
            return word in words if match is Match.EXACT else word.startswith(words)
        case FlagIs(fact=fact, holds=wanted):
            return (facts.flags[fact] if fact in facts.flags else _refuse(fact)) is wanted
        case CountWithin(fact=fact, least=least, most=most):
            return _within(facts.counts[fact] if fact in facts.counts else _refuse(fact), least, most)
        case AmountWithin(least_fen=least, most_fen=most):
            return _within(max(_sum(condition.add, facts) - _sum(condition.subtract, facts), 0), least, most)
        case _:
            assert_never(condition)


def _sum(names: tuple[str, ...], facts: MemberFacts) -> int:
    return sum(facts.amounts[name] if name in facts.amounts else _refuse(name) for name in names)


def _within(value: int, least: int | None, most: int | None) -> bool:
    return (least is None or value >= least) and (most is None or value <= most)


def _refuse(name: str) -> NoReturn:
    raise InvalidValueError(name, "must be known, for the scheme asks for it", None)
