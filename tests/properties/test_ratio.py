"""What holds for every ratio: lowest terms, exact texts, equality by value."""

import math
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from mutualaid_core.domain.values.ratio import DENOMINATOR_MAX, Ratio, common_denominator, parse_ratio
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.testing.strategies import ratios


@given(ratios())
def test_a_ratio_is_in_lowest_terms(ratio: Ratio) -> None:
    """Numerator and denominator must have no common divisor."""
    assert math.gcd(ratio.numerator, ratio.denominator) == 1


@given(ratios(1_000), st.integers(1, 1_000))
def test_a_multiple_is_the_same_ratio(ratio: Ratio, factor: int) -> None:
    """A fraction and its multiple must be equal and hash alike."""
    assert {ratio} == {Ratio(ratio.numerator * factor, ratio.denominator * factor)}


@given(ratios(1_000), ratios(1_000))
def test_equality_is_that_of_fractions(first: Ratio, second: Ratio) -> None:
    """Ratios must be equal exactly if their exact values are."""
    exact = [Fraction(each.numerator, each.denominator) for each in (first, second)]
    assert (first == second) == (exact[0] == exact[1])


@given(ratios())
def test_the_text_of_a_ratio_parses_back(ratio: Ratio) -> None:
    """Any ratio must be read from its text unchanged."""
    assert ratio == parse_ratio(str(ratio))


@given(st.text(max_size=12) | st.from_regex(r"[0-9./% ]{1,8}", fullmatch=True))
def test_any_text_is_a_ratio_or_refused(text: str) -> None:
    """Parsing must give the exact value of the text, or refuse."""
    try:
        ratio = parse_ratio(text)
    except InvalidValueError:
        return
    exact = Fraction(text.rstrip("%")) / (100 if text.endswith("%") else 1)
    assert exact == Fraction(ratio.numerator, ratio.denominator)


@given(st.lists(ratios(100), max_size=4).map(tuple))
def test_every_ratio_is_whole_over_the_common_denominator(parts: tuple[Ratio, ...]) -> None:
    """Over the common denominator every numerator must be whole."""
    try:
        common = common_denominator(parts)
    except InvalidValueError:
        assert math.lcm(*(ratio.denominator for ratio in parts)) > DENOMINATOR_MAX
        return
    assert not [ratio for ratio in parts if common % ratio.denominator]
