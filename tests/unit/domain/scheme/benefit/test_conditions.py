"""Conditions: each says something that a claim can meet."""

import pytest

from mutualaid_core.domain.scheme.benefit.conditions import AmountWithin, CodeIs, CountWithin, FlagIs, Match
from mutualaid_core.domain.values.money import ZERO, Money
from mutualaid_core.errors import InvalidValueError

TWO, FIVE = Money(2), Money(5)


def test_a_code_is_compared_as_a_whole_unless_told() -> None:
    """Words must be compared as a whole where nothing is said."""
    assert CodeIs(fact="grade", one_of=("A",)).match is Match.EXACT


def test_a_code_has_words() -> None:
    """A code that may be no word must be refused."""
    with pytest.raises(InvalidValueError, match="one_of must not be empty"):
        CodeIs(fact="grade", one_of=())


@pytest.mark.parametrize("fact", ["", "two words", "a/b"])
def test_a_fact_has_a_name(fact: str) -> None:
    """A fact whose name is none must be refused."""
    with pytest.raises(InvalidValueError, match="fact must be 1 to 64 bytes"):
        FlagIs(fact=fact, holds=True)


def test_a_count_has_an_end() -> None:
    """A count without ends says nothing and must be refused."""
    with pytest.raises(InvalidValueError, match="least must be given, or most"):
        CountWithin(fact="age")


@pytest.mark.parametrize("end", ["least", "most"])
def test_a_count_has_one_end_or_two(end: str) -> None:
    """One end must be enough, and both may be the same."""
    one, both = CountWithin(fact="age", **{end: 18}), CountWithin(fact="age", least=18, most=18)
    assert (getattr(one, end), both.least, both.most) == (18, 18, 18)


def test_a_count_leaves_a_number() -> None:
    """Ends without a number between them must be refused."""
    with pytest.raises(InvalidValueError, match="most must be >= 60, got 18"):
        CountWithin(fact="age", least=60, most=18)


@pytest.mark.parametrize("end", ["least", "most"])
def test_a_count_is_not_below_zero(end: str) -> None:
    """An end below zero must be refused."""
    with pytest.raises(InvalidValueError, match=f"{end} must be >= 0"):
        CountWithin(fact="age", **{end: -1})


@pytest.mark.parametrize(
    ("ends", "least", "most"),
    [
        ({"above": TWO}, 3, None),
        ({"at_least": TWO}, 2, None),
        ({"below": FIVE}, None, 4),
        ({"up_to": FIVE}, None, 5),
        ({"above": TWO, "below": FIVE}, 3, 4),
        ({"at_least": FIVE, "up_to": FIVE}, 5, 5),
        ({"above": ZERO}, 1, None),
    ],
)
def test_ends_are_told_to_the_fen(ends: dict[str, Money], least: int | None, most: int | None) -> None:
    """An end that is not included must lie a fen further in."""
    condition = AmountWithin(add=("medfee_sumamt",), **ends)
    assert (condition.least_fen, condition.most_fen) == (least, most)


@pytest.mark.parametrize(
    ("ends", "rule"),
    [
        ({"above": TWO, "at_least": TWO}, "above must not stand beside at_least, got '0.02'"),
        ({"below": TWO, "up_to": TWO}, "below must not stand beside up_to, got '0.02'"),
        ({}, "above must be given, or at_least, below or up_to"),
        ({"above": TWO, "up_to": TWO}, "up_to must leave an amount between both ends, got 2"),
        ({"at_least": FIVE, "below": FIVE}, "up_to must leave an amount between both ends, got 4"),
        ({"below": ZERO}, r"below must be >= 0\.01"),
        ({"above": Money(-1)}, "above must be >= 0"),
    ],
)
def test_ends_that_no_amount_meets_are_refused(ends: dict[str, Money], rule: str) -> None:
    """Two ends on one side, none at all, and ends without an amount between them must be refused."""
    with pytest.raises(InvalidValueError, match=rule):
        AmountWithin(add=("medfee_sumamt",), **ends)
