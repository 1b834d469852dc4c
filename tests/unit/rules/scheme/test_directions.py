"""Directions: what a lower layer may do with a parameter, for each direction there is."""

import datetime

import pytest

from mutualaid_core.domain.scheme.policy import Direction, Ruling
from mutualaid_core.domain.scheme.policy.fund import PlacementType, SideSpending
from mutualaid_core.domain.scheme.policy.governance import BannedWord, Term
from mutualaid_core.domain.values.money import Money
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.rules.scheme.directions import binding, demand, is_loosened, value_text

DEPOSIT, BOND = PlacementType.DEMAND_DEPOSIT, PlacementType.SAVINGS_BOND
WEALTH = PlacementType.WEALTH_PRODUCT
ORDERS = {Direction.TIGHTEN_ONLY: tuple(SideSpending)}


def ruling(direction: Direction) -> Ruling:
    """A ruling of that direction; where there is an order, that of side spending."""
    return Ruling(direction=direction, clause="ACFTU-18.1", order=ORDERS.get(direction, ()))


@pytest.mark.parametrize(
    ("direction", "upper", "lower", "loosened"),
    [
        (Direction.MIN, Ratio(80, 100), Ratio(79, 100), True),
        (Direction.MIN, Ratio(80, 100), Ratio(80, 100), False),
        (Direction.MIN, 30, 31, False),
        (Direction.MIN, datetime.date(2013, 11, 15), datetime.date(2013, 11, 14), True),
        (Direction.MAX, Money(6_000), Money(6_001), True),
        (Direction.MAX, Money(6_000), Money(6_000), False),
        (Direction.MAX, Ratio(0, 1), Ratio(1, 100), True),
        (Direction.SUBSET, (DEPOSIT, BOND), (DEPOSIT,), False),
        (Direction.SUBSET, (DEPOSIT, BOND), (WEALTH,), True),
        (Direction.SUBSET, (DEPOSIT, BOND), (), False),
        (Direction.SUPERSET, (DEPOSIT,), (BOND,), False),
        (Direction.FIXED, Money(0), Money(0), False),
        (Direction.FIXED, Money(0), Money(1), True),
        (Direction.TIGHTEN_ONLY, SideSpending.NONE, SideSpending.WITH_APPROVAL, True),
        (Direction.TIGHTEN_ONLY, SideSpending.WITH_APPROVAL, SideSpending.NONE, False),
        (Direction.FREE, 1, 2, False),
        (Direction.DATED, 1, 2, False),
    ],
)
@pytest.mark.clause("ACFTU-18.1")
def test_each_direction_says_what_loosens(
    direction: Direction,
    upper: object,
    lower: object,
    loosened: bool,  # noqa: FBT001  # the expected truth
) -> None:
    """A lower layer may tighten or choose inside what is allowed, and never loosen."""
    assert is_loosened(ruling(direction), upper, lower) is loosened


@pytest.mark.parametrize(
    ("direction", "upper", "lower", "held"),
    [
        (Direction.MAX, Money(6_000), Money(5_000), Money(5_000)),
        (Direction.MAX, Money(6_000), Money(7_000), Money(6_000)),
        (Direction.SUPERSET, (DEPOSIT, BOND), (BOND, WEALTH), (DEPOSIT, BOND, WEALTH)),
        (Direction.FREE, 1, 2, 2),
    ],
)
def test_what_loosens_does_not_hold(direction: Direction, upper: object, lower: object, held: object) -> None:
    """Of two layers the stricter must hold, and lists of what is asked must add up."""
    assert held == binding(ruling(direction), upper, lower)


@pytest.mark.parametrize(
    ("direction", "value", "text"),
    [
        (Direction.MIN, Ratio(80, 100), "must be >= 80%"),
        (Direction.MAX, Money(6_000), "must be <= 60.00"),
        (Direction.SUBSET, (DEPOSIT, BOND), "must be within demand_deposit, savings_bond"),
        (Direction.FIXED, 0, "must be 0"),
        (Direction.TIGHTEN_ONLY, SideSpending.NONE, "must be as strict as none"),
    ],
)
def test_a_demand_reads_as_a_sentence(direction: Direction, value: object, text: str) -> None:
    """A fault must say what the layer above asks, as its file writes it."""
    assert demand(ruling(direction), value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ((), "nothing"),
        (True, "true"),
        (datetime.date(2014, 1, 1), "2014-01-01"),
        (Term(code="join", word="参加"), "参加"),
        (BannedWord(word="保费"), "保费"),
    ],
)
def test_values_are_written_as_in_a_file(value: object, text: str) -> None:
    """Every kind of value must be told as the file has it."""
    assert value_text(value) == text
