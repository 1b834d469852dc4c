"""Waiting, limits and rounding: what each of them refuses by itself."""

import pytest

from mutualaid_core.domain.scheme.benefit.limits import AmountLimit, DaysLimit, Excess, PaymentsLimit, Per
from mutualaid_core.domain.scheme.benefit.rounding import FEN, RoundingPlace, RoundingRule
from mutualaid_core.domain.scheme.benefit.waiting import Waiting, WaitingGrade
from mutualaid_core.domain.values.money import ZERO, Money, Rounding
from mutualaid_core.errors import InvalidValueError


def grade(through_day: int, pays: Money = ZERO) -> WaitingGrade:
    """A grade up to a day of cover."""
    return WaitingGrade(through_day=through_day, pays=pays)


@pytest.mark.clause("HN-4.4.2b")
def test_no_waiting_is_said_by_no_grade() -> None:
    """Without grades the full benefit must be paid from the first day of cover."""
    assert Waiting(grades=(), source="HN-4.4.2b").days == 0


def test_waiting_lasts_to_its_last_grade() -> None:
    """Nothing through day 30 and a sum through day 60 must be 60 days of waiting."""
    assert Waiting(grades=(grade(30), grade(60, Money(50_000))), source="HN-4.4.2b").days == 60


@pytest.mark.parametrize("second", [30, 29])
def test_the_days_of_grades_rise(second: int) -> None:
    """A grade that ends with the one before it, or earlier, must be refused."""
    with pytest.raises(InvalidValueError, match=f"through_day must be > 30, got {second}"):
        Waiting(grades=(grade(30), grade(second)), source="HN-4.4.2b")


def test_a_grade_has_a_day() -> None:
    """A grade through day zero must be refused."""
    with pytest.raises(InvalidValueError, match="through_day must be >= 1"):
        grade(0)


def test_a_grade_takes_nothing_away() -> None:
    """A sum below nothing must be refused."""
    with pytest.raises(InvalidValueError, match="pays must be >= 0"):
        grade(30, Money(-1))


@pytest.mark.clause("HN-4.4.3c")
def test_a_cap_cuts_unless_told() -> None:
    """A cap must be one's own, for all events together, for any number of shares, and cut the excess."""
    cap = AmountLimit(most=Money(5_000_000), per=Per.PERIOD, source="HN-4.4.3c")
    assert (cap.excess, cap.each, cap.counter, cap.times_shares) == (Excess.CUT, None, None, False)


@pytest.mark.parametrize("kind", [AmountLimit, PaymentsLimit, DaysLimit])
def test_a_limit_leaves_something(kind: type) -> None:
    """A limit of nothing must be refused: a benefit that pays nothing is none."""
    nothing, least = (ZERO, r"0\.01") if kind is AmountLimit else (0, "1")
    with pytest.raises(InvalidValueError, match=f"most must be >= {least}"):
        kind(most=nothing, per=Per.PERIOD, source="HN-4.4.3c")


@pytest.mark.parametrize("kind", [AmountLimit, PaymentsLimit, DaysLimit])
@pytest.mark.parametrize("name", ["each", "counter"])
def test_a_limit_names_counters_by_ids(kind: type, name: str) -> None:
    """A fact or a counter whose name cannot be part of a key must be refused."""
    most = Money(1) if kind is AmountLimit else 1
    with pytest.raises(InvalidValueError, match=f"{name} must be 1 to 64 bytes"):
        kind(most=most, per=Per.PERIOD, source="HN-4.4.3c", **{name: "a/b"})


def test_rounding_is_to_the_fen_unless_told() -> None:
    """Where no unit is named, a fen must be it."""
    rule = RoundingRule(mode=Rounding.DOWN, place=RoundingPlace.EACH_STEP, source="ACFTU-2.4b")
    assert rule.unit == FEN == Money(1)


@pytest.mark.parametrize(
    ("unit", "rule"),
    [
        (ZERO, r"must be >= 0\.01"),
        (Money(7), "must be one of 0.01, 0.10, 1.00, 10.00, 100.00"),
        (Money(50), "must be one of 0.01, 0.10, 1.00, 10.00, 100.00"),
        (Money(100_000), "must be one of 0.01, 0.10, 1.00, 10.00, 100.00"),
    ],
)
def test_a_unit_is_one_to_which_money_is_rounded(unit: Money, rule: str) -> None:
    """Rounding to multiples of nothing, or of seven fen, must be refused."""
    with pytest.raises(InvalidValueError, match=f"unit {rule}"):
        RoundingRule(mode=Rounding.DOWN, place=RoundingPlace.END_OF_BENEFIT, unit=unit, source="ACFTU-2.4b")
