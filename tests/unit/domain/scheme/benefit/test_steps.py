"""Steps: what each takes and gives, what it refuses, and how a step varies by class."""

import pytest

from mutualaid_core.domain.scheme.benefit.base import Unit
from mutualaid_core.domain.scheme.benefit.steps import (
    AtMost,
    ByClass,
    Choice,
    DayTable,
    Deductible,
    FixedSum,
    MarginalBands,
    MinimumPayment,
    PerDay,
    PlainStep,
    Share,
    SlabBands,
    SumBands,
    TimesShares,
)
from mutualaid_core.domain.values.money import ZERO, Money
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.errors import InvalidValueError

SOURCE = "HN-4.4.2c"
HALF = Share(ratio=Ratio(1, 2), source=SOURCE)
THIRD = Share(ratio=Ratio(1, 3), source=SOURCE)
FIXED = FixedSum(amount=Money(500_000), source=SOURCE)


def by_class(*choices: Choice, fact: str = "hosp_lv") -> ByClass:
    """A step by class."""
    return ByClass(fact=fact, choices=choices, source=SOURCE)


@pytest.mark.parametrize(
    ("kinds", "takes", "gives"),
    [
        ((Deductible, MarginalBands, SlabBands, SumBands, Share), Unit.MONEY, Unit.MONEY),
        ((AtMost, MinimumPayment, TimesShares), Unit.MONEY, Unit.MONEY),
        ((DayTable,), Unit.DAYS, Unit.DAYS),
        ((PerDay,), Unit.DAYS, Unit.MONEY),
        ((FixedSum,), Unit.EVENT, Unit.MONEY),
    ],
    ids=str,
)
def test_every_step_tells_its_units(kinds: tuple[type[PlainStep], ...], takes: Unit, gives: Unit) -> None:
    """Money, days and the event must be told apart at both ends of a step."""
    assert {(kind.TAKES, kind.GIVES) for kind in kinds} == {(takes, gives)}


@pytest.mark.parametrize(
    ("kind", "field", "values", "wrong"),
    [
        (Deductible, "amount", {}, Money(-1)),
        (AtMost, "amount", {}, ZERO),
        (PerDay, "amount", {}, ZERO),
        (FixedSum, "amount", {}, Money(-1)),
        (TimesShares, "most", {}, 0),
        (MinimumPayment, "amount", {"base_up_to": None, "may_exceed_base": True}, ZERO),
        (MinimumPayment, "base_up_to", {"amount": Money(1), "may_exceed_base": True}, ZERO),
    ],
)
def test_a_step_does_something(
    kind: type[PlainStep], field: str, values: dict[str, object], wrong: object
) -> None:
    """An amount, a bound or a number of shares that means nothing must be refused under its name."""
    with pytest.raises(InvalidValueError, match=f"^{field} must be >= "):
        kind(**{**values, field: wrong, "source": SOURCE})


def test_a_class_may_be_paid_nothing() -> None:
    """No deductible and no fixed sum for a class must be allowed."""
    steps = (Deductible(amount=ZERO, source=SOURCE), FixedSum(amount=ZERO, source=SOURCE))
    assert {step.amount for step in steps} == {ZERO}


def test_a_choice_is_of_words_or_of_numbers() -> None:
    """Words beside ends must be refused."""
    with pytest.raises(InvalidValueError, match="one_of must not stand beside least and most, got '1'"):
        Choice(one_of=("1",), least=1, step=HALF)


def test_a_choice_leaves_a_number() -> None:
    """Ends without a number between them must be refused."""
    with pytest.raises(InvalidValueError, match="most must be >= 3, got 2"):
        Choice(least=3, most=2, step=HALF)


@pytest.mark.parametrize(
    ("ends", "rest"), [({}, True), ({"one_of": ("1",)}, False), ({"least": 0}, False), ({"most": 3}, False)]
)
def test_a_choice_without_words_and_ends_takes_the_rest(ends: dict[str, object], *, rest: bool) -> None:
    """Only a choice that names nothing must take what no other takes."""
    assert Choice(**ends, step=HALF).takes_rest is rest


def test_a_step_by_class_has_the_units_of_its_choices() -> None:
    """A fixed sum by class must take an event and give money."""
    step = by_class(Choice(one_of=("1",), step=FIXED), Choice(step=FIXED))
    assert (step.TAKES, step.GIVES) == (Unit.EVENT, Unit.MONEY)


def test_a_step_by_class_has_a_choice() -> None:
    """A variation without classes must be refused."""
    with pytest.raises(InvalidValueError, match="choices must not be empty"):
        by_class()


def test_a_word_is_of_one_class() -> None:
    """A word told twice must be refused."""
    with pytest.raises(InvalidValueError, match="choices must name each word once, got '1, 2, 1'"):
        by_class(Choice(one_of=("1", "2"), step=HALF), Choice(one_of=("1",), step=THIRD))


def test_the_rest_stands_last() -> None:
    """A choice of the rest before another one must be refused."""
    with pytest.raises(InvalidValueError, match="choices must name the rest last, got 'hosp_lv'"):
        by_class(Choice(step=HALF), Choice(one_of=("1",), step=THIRD))


def test_classes_have_the_same_units() -> None:
    """A share for some and a fixed sum for others must be refused."""
    with pytest.raises(InvalidValueError, match="choices must all be steps of the same units"):
        by_class(Choice(one_of=("1",), step=HALF), Choice(step=FIXED))
