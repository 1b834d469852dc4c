"""Base: each amount once, and its unit."""

import pytest

from mutualaid_core.domain.scheme.benefit.base import AmountsBase, DayCount, DaysBase, EventBase, Unit
from mutualaid_core.errors import InvalidValueError


@pytest.mark.parametrize(
    ("add", "subtract"), [(("a", "a"), ()), (("a",), ("a",)), (("a",), ("b", "b"))], ids=str
)
def test_a_base_names_each_field_once(add: tuple[str, ...], subtract: tuple[str, ...]) -> None:
    """A field that counts twice, or is added and subtracted, must be refused."""
    with pytest.raises(InvalidValueError, match="base must name each settlement field once"):
        AmountsBase(add=add, subtract=subtract, source="HN-4.2.1f")


def test_a_base_names_each_benefit_once() -> None:
    """An earlier benefit that is taken off twice must be refused."""
    with pytest.raises(
        InvalidValueError, match="base must name each settlement field once, got 'first, first'"
    ):
        AmountsBase(add=("a",), subtract=(), less_benefits=("first", "first"), source="HN-4.2.1f")


def test_a_base_has_an_amount() -> None:
    """A base of nothing must be refused."""
    with pytest.raises(InvalidValueError, match="add must not be empty"):
        AmountsBase(add=(), subtract=(), source="HN-4.2.1f")


def test_days_count_from_the_first() -> None:
    """A first payable day of zero must be refused."""
    with pytest.raises(InvalidValueError, match="first_payable_day must be >= 1"):
        DaysBase(counted=DayCount.NIGHTS, first_payable_day=0, source="HN-4.2.1f")


def test_every_base_has_its_unit() -> None:
    """Amounts must be money, days days, and the event itself an event."""
    bases = (
        AmountsBase(add=("a",), subtract=(), source="HN-4.2.1f"),
        DaysBase(counted=DayCount.BOTH_DAYS, first_payable_day=1, source="HN-4.2.1f"),
        EventBase(source="HN-4.2.1f"),
    )
    assert [base.unit for base in bases] == [Unit.MONEY, Unit.DAYS, Unit.EVENT]
