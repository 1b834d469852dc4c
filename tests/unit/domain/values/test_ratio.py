"""Ratio: exact shares in lowest terms."""

import pickle

import attrs
import pytest

from mutualaid_core.domain.values.ratio import DENOMINATOR_MAX, Ratio, common_denominator, parse_ratio
from mutualaid_core.errors import InvalidValueError


@pytest.mark.parametrize("parts", [(0, 1), (1, 1), (1, DENOMINATOR_MAX), (0, 10**9), (10**9, 10**9)])
def test_shares_from_nothing_to_all_are_accepted(parts: tuple[int, int]) -> None:
    """Zero, one and the smallest share must be ratios, measured in lowest terms."""
    assert Ratio(*parts) == attrs.evolve(Ratio(*parts))


@pytest.mark.parametrize(
    "parts",
    [(-1, 2), (3, 2), (1, 0), (0, 0), (1, -2), (-1, -2), (1 << 20_000, 1)],
    ids=lambda parts: str(parts[0].bit_length()),
)
def test_what_is_no_share_is_refused(parts: tuple[int, int]) -> None:
    """Negative shares, shares above one and fractions over nothing must be refused."""
    with pytest.raises(InvalidValueError, match="ratio must be >= 0 and <= 1"):
        Ratio(*parts)


def test_a_large_denominator_is_refused() -> None:
    """A denominator above a million in lowest terms must be refused."""
    with pytest.raises(InvalidValueError, match="denominator <= 1000000, got 1000001"):
        Ratio(1, DENOMINATOR_MAX + 1)


@pytest.mark.parametrize("parts", [(True, 2), (1, 2.0), ("1", 2), (None, 2)])
def test_only_whole_numbers_make_a_ratio(parts: tuple[object, object]) -> None:
    """Truth values, floats and texts must not pass as parts of a ratio."""
    with pytest.raises(InvalidValueError, match="must be int"):
        Ratio(*parts)


def test_a_ratio_is_kept_in_lowest_terms() -> None:
    """60/100 must be kept as 3/5."""
    assert attrs.astuple(Ratio(60, 100)) == (3, 5)


def test_equal_shares_are_equal_and_hash_alike() -> None:
    """60/100 and 3/5 must be one ratio, also as keys."""
    assert {Ratio(60, 100): "kept"} == {Ratio(3, 5): "kept"}


def test_different_shares_are_not_equal() -> None:
    """1/2 and 1/3 must differ."""
    assert Ratio(1, 2) != Ratio(1, 3)


def test_a_ratio_is_not_its_tuple() -> None:
    """A ratio must not be equal to the pair of its parts."""
    assert Ratio(1, 2) != (1, 2)


def test_a_stranger_that_equals_everything_decides(always_equal: object) -> None:
    """Equality with a stranger must be left to the stranger that says yes."""
    assert Ratio(1, 2) == always_equal


def test_a_stranger_that_equals_nothing_decides(never_equal: object) -> None:
    """Equality with a stranger must be left to the stranger that says no."""
    assert Ratio(1, 2) != never_equal


def test_ratios_have_no_order() -> None:
    """Ratios must not be compared by accident of their parts."""
    with pytest.raises(TypeError):
        assert Ratio(1, 2) < Ratio(2, 3)


def test_a_ratio_is_frozen() -> None:
    """A ratio must not change."""
    ratio = Ratio(1, 2)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        ratio.numerator = 2


def test_a_changed_ratio_is_checked_again() -> None:
    """``evolve`` must pass the same checks as the constructor."""
    with pytest.raises(InvalidValueError):
        attrs.evolve(Ratio(1, 2), numerator=3)


def test_the_repr_can_be_pasted() -> None:
    """What ``repr`` shows must be code that gives the same ratio."""
    assert Ratio(1, 3) == eval(repr(Ratio(1, 3)))  # noqa: S307  # our own text


def test_a_ratio_survives_pickling() -> None:
    """A ratio must come back from another process unchanged."""
    assert Ratio(1, 3) == pickle.loads(pickle.dumps(Ratio(1, 3)))  # noqa: S301  # our own bytes


@pytest.mark.parametrize(
    ("ratio", "text"),
    [
        (Ratio(35, 100), "35%"),
        (Ratio(105, 1000), "10.5%"),
        (Ratio(1, 1), "100%"),
        (Ratio(0, 1), "0%"),
        (Ratio(1, 3), "1/3"),
        (Ratio(1, 10**6), "0.0001%"),
        (Ratio(1, 999_983), "1/999983"),
    ],
)
def test_the_text_is_exact(ratio: Ratio, text: str) -> None:
    """The text must be a percentage where four decimals are exact, otherwise a fraction."""
    assert text == str(ratio)


@pytest.mark.parametrize(
    ("text", "ratio"),
    [
        ("35%", Ratio(7, 20)),
        ("10.5%", Ratio(21, 200)),
        ("0%", Ratio(0, 1)),
        ("100%", Ratio(1, 1)),
        ("1/3", Ratio(1, 3)),
    ],
)
def test_percentages_and_fractions_are_parsed(text: str, ratio: Ratio) -> None:
    """Percentages and fractions must be read exactly."""
    assert ratio == parse_ratio(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "0.35",
            "35",
            "35 %",
            " 35%",
            "35%\n",
            "035%",
            "\uff13\uff15%",
            "35％",
            "+35%",
            "-35%",
            "1e1%",
            "NaN%",
            "1_0%",
        ),
        *(
            "35.%",
            ".5%",
            "10.12345%",
            "1/0",
            "1 / 3",
            "-1/3",
            "01/3",
            "1/03",
            "⅓",
            "1/3/5",
            "",
            "%",
            "/",
            "1000%",
        ),
    ],
)
def test_nothing_else_is_a_ratio(text: str) -> None:
    """A bare decimal is ambiguous, and tricks with digits are none; both must be refused."""
    with pytest.raises(InvalidValueError, match="ratio must be a percentage or a fraction"):
        parse_ratio(text)


@pytest.mark.parametrize("text", ["100.0001%", "101%", "999%", "4/3"])
def test_more_than_all_is_refused(text: str) -> None:
    """What is written well but above one must be refused as a share."""
    with pytest.raises(InvalidValueError, match="ratio must be >= 0 and <= 1"):
        parse_ratio(text)


@pytest.mark.clause("ACFTU-11.2h")
def test_a_slipped_column_is_not_quoted() -> None:
    """A name in the ratio's column must not reach the error's text."""
    with pytest.raises(InvalidValueError, match="got '2 characters'"):
        parse_ratio("张伟")


def test_no_ratios_share_one() -> None:
    """The common denominator of no ratios must be one."""
    assert common_denominator(()) == 1


def test_ratios_share_the_least_denominator() -> None:
    """Sixths and quarters must share twelfths."""
    assert common_denominator((Ratio(1, 6), Ratio(1, 4))) == 12


def test_a_large_common_denominator_is_refused() -> None:
    """Ratios whose common denominator passes a million must be refused."""
    with pytest.raises(InvalidValueError, match="common denominator <= 1000000"):
        common_denominator((Ratio(1, 999_983), Ratio(1, 2)))
