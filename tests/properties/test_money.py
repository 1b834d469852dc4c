"""What holds for every amount: exact texts, sums in any order, splits and roundings without loss."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutualaid_core.domain.values.money import (
    FEN_MAX,
    Money,
    Rounding,
    parse_yuan,
    round_fen,
    split_by_weights,
    total,
)
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.testing.strategies import money

small = money(-(10**9), 10**9)
weights = st.lists(st.integers(0, 10**6), min_size=1, max_size=8).filter(any).map(tuple)
fractions = st.tuples(st.integers(0, 10**18), st.integers(1, 10**6))


@given(money())
def test_the_text_of_an_amount_parses_back(amount: Money) -> None:
    """Any amount must be read from its text unchanged."""
    assert amount == parse_yuan(str(amount))


@given(st.text(max_size=20))
def test_any_text_is_an_amount_or_refused(text: str) -> None:
    """Parsing must give an amount whose plain digits are those of the text, or refuse."""
    try:
        amount = parse_yuan(text)
    except InvalidValueError:
        return
    assert Fraction(text) * 100 == amount.fen


@given(st.lists(small, max_size=20))
def test_a_sum_does_not_depend_on_the_order(amounts: list[Money]) -> None:
    """The total must be the same from either end."""
    assert total(amounts) == total(reversed(amounts))


@given(small, small)
def test_subtracting_undoes_adding(first: Money, second: Money) -> None:
    """What is added and taken away again must leave the first amount."""
    assert first == first + second - second


@given(small, small)
def test_the_order_is_that_of_the_difference(first: Money, second: Money) -> None:
    """An amount must be less exactly if the difference is above zero."""
    assert (first < second) == ((second - first).fen > 0)


@pytest.mark.clause("ACFTU-2.3a")
@given(money(0, FEN_MAX), weights)
def test_a_split_keeps_the_sum(amount: Money, parts: tuple[int, ...]) -> None:
    """The parts must add up to the amount, whatever the weights."""
    assert amount == total(split_by_weights(amount, parts))


@given(money(0, FEN_MAX), weights)
def test_a_part_is_off_by_less_than_a_fen(amount: Money, parts: tuple[int, ...]) -> None:
    """No part may differ by a whole fen from its exact share."""
    exact = [Fraction(amount.fen * weight, sum(parts)) for weight in parts]
    split = split_by_weights(amount, parts)
    assert all(abs(part.fen - share) < 1 for part, share in zip(split, exact, strict=True))


@given(fractions)
def test_rounding_down_and_up_enclose_the_fraction(fraction: tuple[int, int]) -> None:
    """The exact value must lie between the two, which are a fen apart at most."""
    down, up = (round_fen(*fraction, way) for way in (Rounding.DOWN, Rounding.UP))
    assert down <= Fraction(*fraction) <= up <= down + 1


@given(fractions)
def test_rounding_to_the_nearest_is_off_by_half_a_fen_at_most(fraction: tuple[int, int]) -> None:
    """Neither way of rounding a half may be further off than a half."""
    for way in (Rounding.HALF_UP, Rounding.HALF_EVEN):
        assert abs(round_fen(*fraction, way) - Fraction(*fraction)) <= Fraction(1, 2)


@given(fractions)
def test_rounding_half_even_is_that_of_fractions(fraction: tuple[int, int]) -> None:
    """Half even must agree with the rounding of exact fractions in the standard library."""
    assert round(Fraction(*fraction)) == round_fen(*fraction, Rounding.HALF_EVEN)
