"""Facts of a member: what is known of everybody, and what conditions make of it."""

import datetime

import pytest

from mutualaid_core.domain.scheme.benefit.conditions import (
    AmountWithin,
    CodeIs,
    Condition,
    CountWithin,
    FlagIs,
    Match,
)
from mutualaid_core.domain.scheme.eligibility import InsuranceType
from mutualaid_core.domain.values.money import Money
from mutualaid_core.domain.values.personal import Sex
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.rules.membership.facts import NO_FACTS, MemberFacts, facts_of
from mutualaid_core.rules.scheme.fit import all_hold

BORN = datetime.date(1980, 1, 1)
ON = datetime.date(2014, 1, 1)
FACTS = MemberFacts(
    amounts={"wage": 500_000, "allowance": 100_000},
    counts={"age": 34},
    codes={"sex": "2", "grade": "A12"},
    flags={"first_time": True},
)
CONDITIONS: list[tuple[Condition, bool]] = [
    (CodeIs(fact="sex", one_of=("2",)), True),
    (CodeIs(fact="sex", one_of=("1",)), False),
    (CodeIs(fact="grade", one_of=("A1",), match=Match.PREFIX), True),
    (CodeIs(fact="grade", one_of=("A1",)), False),
    (FlagIs(fact="first_time", holds=True), True),
    (FlagIs(fact="first_time", holds=False), False),
    (CountWithin(fact="age", least=34), True),
    (CountWithin(fact="age", most=33), False),
    (CountWithin(fact="age", least=35), False),
    (AmountWithin(add=("wage",), subtract=("allowance",), up_to=Money(400_000)), True),
    (AmountWithin(add=("wage",), above=Money(500_000)), False),
    (AmountWithin(add=("allowance",), subtract=("wage",), up_to=Money(0)), True),
]


@pytest.mark.parametrize(("condition", "expected"), CONDITIONS)
def test_a_condition_holds_or_not(condition: Condition, *, expected: bool) -> None:
    """Whole words and beginnings, flags, numbers and sums must be compared to the unit."""
    assert all_hold((condition,), FACTS) is expected


def test_no_condition_always_holds() -> None:
    """Without conditions everybody must be meant, whatever is known."""
    assert all_hold((), NO_FACTS)


def test_every_condition_must_hold() -> None:
    """One of two conditions must not be enough."""
    assert not all_hold((CONDITIONS[0][0], CONDITIONS[1][0]), FACTS)


@pytest.mark.parametrize("condition", [each for each, _ in CONDITIONS])
def test_what_is_not_known_is_not_guessed(condition: Condition) -> None:
    """A condition on what nobody told must be refused with its name, not be taken for unmet."""
    with pytest.raises(InvalidValueError, match="must be known, for the scheme asks for it"):
        all_hold((condition,), NO_FACTS)


def test_everybody_has_an_age_shares_and_an_insurance() -> None:
    """Age on the first day of cover, shares, sex and basic insurance must be known of a worker."""
    facts = facts_of(Sex.FEMALE, BORN, InsuranceType.EMPLOYEE, 2, ON)
    assert (facts.counts, facts.codes) == ({"age": 34, "shares": 2}, {"insutype": "310", "sex": "2"})


@pytest.mark.parametrize("sex", [Sex.UNKNOWN, Sex.NOT_STATED])
def test_a_sex_that_is_not_stated_is_not_known(sex: Sex) -> None:
    """What a roster leaves open must not be taken for an answer."""
    assert "sex" not in facts_of(sex, BORN, InsuranceType.EMPLOYEE, 1, ON).codes


def test_no_text_shows_what_is_known_of_a_member() -> None:
    """The text of the facts must hold none of their values."""
    assert repr(FACTS) == "MemberFacts()"
