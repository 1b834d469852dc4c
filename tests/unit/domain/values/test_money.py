"""Money: whole fen, strict parsing, one rounding, splits that add up."""

import pickle

import attrs
import pytest

from mutualaid_core.domain.values.money import (
    FEN_MAX,
    ZERO,
    Money,
    Rounding,
    parse_yuan,
    round_fen,
    split_by_weights,
    total,
)
from mutualaid_core.errors import InvalidValueError


@pytest.mark.parametrize("fen", [FEN_MAX, -FEN_MAX, 0])
def test_amounts_up_to_the_limit_are_accepted(fen: int) -> None:
    """Ten thousand million yuan, the same as a deficit, and nothing must be amounts."""
    assert fen == Money(fen).fen


@pytest.mark.parametrize("fen", [FEN_MAX + 1, -FEN_MAX - 1, 1 << 20_000], ids=["above", "below", "huge"])
def test_amounts_beyond_the_limit_are_refused(fen: int) -> None:
    """A single fen more than the limit must be refused, however large."""
    with pytest.raises(InvalidValueError, match="fen must be within"):
        Money(fen)


@pytest.mark.parametrize("fen", [True, 1.0, "1", None, Money(1)])
def test_only_whole_numbers_are_fen(fen: object) -> None:
    """Truth values, floats, texts and amounts must not pass as fen."""
    with pytest.raises(InvalidValueError, match="fen must be int"):
        Money(fen)


def test_a_refused_number_is_not_quoted() -> None:
    """A number beyond the limit may be an ID number, so the error must not quote it."""
    with pytest.raises(InvalidValueError) as caught:
        Money(610103198503070014)
    assert str(caught.value) == "fen must be within +-1,000,000,000,000, got …"


def test_equal_amounts_are_equal_and_hash_alike() -> None:
    """Amounts of the same fen must be equal and interchangeable as keys."""
    assert {Money(5): "kept"} == {Money(5): "kept"}


def test_different_amounts_are_not_equal() -> None:
    """Amounts of different fen must differ."""
    assert Money(5) != Money(6)


def test_an_amount_is_not_its_number() -> None:
    """An amount must not be equal to the bare number of its fen."""
    assert Money(5) != 5


def test_a_stranger_that_equals_everything_decides(always_equal: object) -> None:
    """Equality with a stranger must be left to the stranger that says yes."""
    assert Money(5) == always_equal


def test_a_stranger_that_equals_nothing_decides(never_equal: object) -> None:
    """Equality with a stranger must be left to the stranger that says no."""
    assert Money(5) != never_equal


def test_amounts_are_ordered() -> None:
    """Amounts must sort by their fen."""
    assert [Money(-1), ZERO, Money(2)] == sorted([Money(2), Money(-1), ZERO])


def test_amounts_have_no_order_with_numbers() -> None:
    """An amount must not be compared with a bare number."""
    with pytest.raises(TypeError):
        assert Money(5) < 6


def test_an_amount_is_frozen() -> None:
    """An amount must not change."""
    amount = Money(5)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        amount.fen = 6


def test_the_repr_can_be_pasted() -> None:
    """What ``repr`` shows must be code that gives the same amount."""
    assert Money(-255) == eval(repr(Money(-255)))  # noqa: S307  # our own text


def test_an_amount_survives_pickling() -> None:
    """An amount must come back from another process unchanged."""
    assert Money(255) == pickle.loads(pickle.dumps(Money(255)))  # noqa: S301  # our own bytes


@pytest.mark.parametrize(
    ("fen", "text"), [(255_000, "2550.00"), (5, "0.05"), (-5, "-0.05"), (0, "0.00"), (-12_345, "-123.45")]
)
def test_the_plain_text_is_yuan(fen: int, text: str) -> None:
    """The plain text must be yuan with two decimals and without thousands marks."""
    assert text == str(Money(fen))


@pytest.mark.parametrize(
    ("fen", "text"), [(255_000, "2,550.00"), (-100_000_000, "-1,000,000.00"), (7, "0.07")]
)
def test_the_reading_text_has_thousands_marks(fen: int, text: str) -> None:
    """The text for readers must carry thousands marks."""
    assert text == Money(fen).to_text()


def test_amounts_add() -> None:
    """The sum of amounts must be the sum of their fen."""
    assert Money(255) == Money(250) + Money(5)


def test_amounts_subtract() -> None:
    """A difference may be negative."""
    assert Money(-5) == Money(250) - Money(255)


def test_an_amount_negates() -> None:
    """The negative of an amount must have the other sign."""
    assert Money(-5) == -Money(5)


@pytest.mark.parametrize("other", [5, 5.0, "5", None])
def test_an_amount_does_not_add_to_anything_else(other: object) -> None:
    """Adding a bare number to an amount must fail."""
    with pytest.raises(TypeError):
        Money(5) + other


@pytest.mark.parametrize("other", [5, 5.0, "5", None])
def test_nothing_else_is_subtracted_from_an_amount(other: object) -> None:
    """Subtracting a bare number from an amount must fail."""
    with pytest.raises(TypeError):
        Money(5) - other


def test_amounts_do_not_multiply() -> None:
    """Money times money must not exist."""
    with pytest.raises(TypeError):
        Money(5) * Money(5)


def test_a_sum_beyond_the_limit_is_refused() -> None:
    """A sum must keep to the limit like any amount."""
    with pytest.raises(InvalidValueError):
        Money(FEN_MAX) + Money(1)


def test_only_zero_is_false() -> None:
    """An amount must be true unless it is zero."""
    assert (bool(Money(-1)), bool(ZERO), bool(Money(1))) == (True, False, True)


def test_the_total_of_nothing_is_zero() -> None:
    """The sum of no amounts must be zero."""
    assert total([]) == ZERO


def test_a_total_adds_all() -> None:
    """The total must add every amount."""
    assert Money(6) == total(Money(fen) for fen in (1, 2, 3))


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("50", 5_000),
        ("50.5", 5_050),
        ("50.05", 5_005),
        ("0", 0),
        ("0.00", 0),
        ("-0.00", 0),
        ("-1.20", -120),
        ("10000000000.00", FEN_MAX),
    ],
)
def test_yuan_are_parsed(text: str, fen: int) -> None:
    """Plain digits with at most two decimals must be read exactly, up to the limit."""
    assert Money(fen) == parse_yuan(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "NaN",
            "Infinity",
            "1_000",
            "1,000",
            "\uff11\uff12\uff13",
            "٣",
            "1e3",
            "1E3",
            "+5",
            "--5",
            "00.5",
            "01",
            ".5",
            "5.",
        ),
        *(
            "",
            " ",
            "5 ",
            " 5",
            "5\n",
            "\u00a05",
            "1.234",
            "0x10",
            "½",
            "¥5",
            "5元",
            "-",
            "\u22125",
            "1 000",
            "5\x00",
        ),
        *("10000000000.01", "99999999999", "9" * 5000),
    ],
)
def test_nothing_else_is_yuan(text: str) -> None:
    """Whatever ``Decimal`` or a spreadsheet would also take must be refused."""
    with pytest.raises(InvalidValueError, match="amount must be yuan in digits"):
        parse_yuan(text)


@pytest.mark.clause("ACFTU-11.2h")
@pytest.mark.parametrize("text", ["张伟", "13800000000", "610103198503070014", "J18.9", "84123456元"])
def test_a_slipped_column_is_not_quoted(text: str) -> None:
    """A name or number in the amount's column must not reach the error's text."""
    with pytest.raises(InvalidValueError) as caught:
        parse_yuan(text)
    assert text not in str(caught.value)


def test_a_short_wrong_figure_is_quoted() -> None:
    """A wrong figure that cannot be personal must be shown, so that it is found."""
    with pytest.raises(InvalidValueError, match=r"got '1,234\.5'"):
        parse_yuan("1,234.5")


@pytest.mark.parametrize("fen", [0, 5, -5, 123_456, FEN_MAX, -FEN_MAX])
def test_the_text_of_an_amount_parses_back(fen: int) -> None:
    """The plain text of any amount must be read as the same amount."""
    assert Money(fen) == parse_yuan(str(Money(fen)))


@pytest.mark.parametrize(
    ("rounding", "fens"),
    [
        # 0.4, 0.5, 0.6, 1.5, 2.5, 3 by hand
        (Rounding.HALF_UP, (0, 1, 1, 2, 3, 3)),
        (Rounding.HALF_EVEN, (0, 0, 1, 2, 2, 3)),
        (Rounding.DOWN, (0, 0, 0, 1, 2, 3)),
        (Rounding.UP, (1, 1, 1, 2, 3, 3)),
    ],
)
def test_each_rounding_goes_its_way(rounding: Rounding, fens: tuple[int, ...]) -> None:
    """Every rounding must decide below, at and above the half as its name says."""
    assert fens == tuple(round_fen(tenths, 10, rounding) for tenths in (4, 5, 6, 15, 25, 30))


@pytest.mark.parametrize("fraction", [(-1, 10), (1, 0), (1, -10)])
def test_a_fraction_without_value_is_refused(fraction: tuple[int, int]) -> None:
    """A negative fraction, and one over nothing, must be refused."""
    with pytest.raises(InvalidValueError, match="fraction must be >= 0"):
        round_fen(*fraction, Rounding.HALF_UP)


def test_an_unknown_rounding_is_a_mistake() -> None:
    """A rounding that is none must fail instead of giving nothing."""
    with pytest.raises(AssertionError):
        round_fen(1, 2, "half_up")


def test_rounding_stays_exact_for_large_figures() -> None:
    """A fraction beyond the precision of floats must be rounded exactly."""
    assert round_fen(2 * 10**17 + 1, 2, Rounding.HALF_UP) == 10**17 + 1


@pytest.mark.clause("ACFTU-2.3a")
def test_a_split_keeps_the_sum() -> None:
    """60.00 in three equal parts must be 20.00 each (ACFTU-2.3a)."""
    assert (Money(2_000),) * 3 == split_by_weights(Money(6_000), (20, 20, 20))


def test_left_over_fen_go_to_the_largest_remainders() -> None:
    """1.00 by 1 : 2 : 4 must give the fen left over to the part with the remainder 4/7."""
    # 100/7 = 14 2/7, 200/7 = 28 4/7, 400/7 = 57 1/7: floors add to 99, one fen is left.
    assert (Money(14), Money(29), Money(57)) == split_by_weights(Money(100), (1, 2, 4))


def test_equal_remainders_are_served_in_order() -> None:
    """Two left over fen of three equal remainders must go to the first two."""
    assert (Money(1_667), Money(1_667), Money(1_666)) == split_by_weights(Money(5_000), (1, 1, 1))


def test_a_weight_of_zero_gets_nothing() -> None:
    """Who bears nothing must get nothing, also of what is left over."""
    assert (ZERO, Money(1)) == split_by_weights(Money(1), (0, 3))


@pytest.mark.parametrize(
    ("amount", "weights"),
    [(Money(-1), (1,)), (Money(1), ()), (Money(1), (0, 0)), (Money(1), (2, -1))],
)
def test_a_split_without_sense_is_refused(amount: Money, weights: tuple[int, ...]) -> None:
    """A negative amount, and weights that are none, must be refused."""
    with pytest.raises(InvalidValueError, match="split needs"):
        split_by_weights(amount, weights)
