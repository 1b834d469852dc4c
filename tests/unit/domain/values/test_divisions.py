"""Divisions: what the digits of a code tell, and which rows cannot be."""

import datetime
from typing import Any

import attrs
import pytest

from mutualaid_core.domain.values.divisions import (
    Certainty,
    Division,
    DivisionLevel,
    ancestors_of_code,
    level_of_code,
)
from mutualaid_core.errors import InvalidValueError

DAY = datetime.date


@pytest.fixture
def changsha() -> Division:
    """Changsha county until it would have ended in 2020, seen until 2019."""
    return Division(
        code="430121",
        name="长沙县",
        level=DivisionLevel.COUNTY,
        parent="430100",
        valid_from=DAY(2003, 1, 1),
        valid_to=DAY(2020, 12, 31),
        successor="430112",
        seen_to=DAY(2019, 4, 30),
        certainty=Certainty.FOUND,
        source="made up",
    )


@pytest.mark.parametrize(
    ("code", "level", "ancestors"),
    [
        ("430000", DivisionLevel.PROVINCE, ()),
        ("430100", DivisionLevel.PREFECTURE, ("430000",)),
        ("430529", DivisionLevel.COUNTY, ("430500", "430000")),
        ("429004", DivisionLevel.COUNTY, ("420000",)),
        ("469001", DivisionLevel.COUNTY, ("460000",)),
        ("659001", DivisionLevel.COUNTY, ("650000",)),
        ("110101", DivisionLevel.COUNTY, ("110000",)),
        ("500101", DivisionLevel.COUNTY, ("500000",)),
    ],
)
def test_digits_tell_level_and_place(code: str, level: DivisionLevel, ancestors: tuple[str, ...]) -> None:
    """Province and prefecture must follow from the digits, save where a county has no prefecture."""
    assert (level_of_code(code), ancestors_of_code(code)) == (level, ancestors)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"code": "43012"}, "division_code"),
        ({"level": DivisionLevel.PREFECTURE}, "level"),
        ({"parent": "430200"}, "parent"),
        ({"parent": None}, "parent"),
        ({"valid_to": DAY(2002, 12, 31)}, "valid_to"),
        ({"valid_to": None}, "successor"),
        ({"successor": "430121"}, "successor"),
        ({"successor": "4301"}, "division_code"),
        ({"name": ""}, "name"),
    ],
)
def test_a_row_that_cannot_be_is_refused(changsha: Division, changes: dict[str, Any], field: str) -> None:
    """What contradicts the code or itself must be refused by the name of its field."""
    with pytest.raises(InvalidValueError) as caught:
        attrs.evolve(changsha, **changes)
    assert caught.value.field == field


def test_a_province_has_no_parent(changsha: Division) -> None:
    """A province must stand without a parent, and be refused with one."""
    changes: dict[str, Any] = {"code": "430000", "level": DivisionLevel.PROVINCE}
    assert attrs.evolve(changsha, **changes, parent=None).parent is None
    with pytest.raises(InvalidValueError, match="parent must be blank by its code"):
        attrs.evolve(changsha, **changes)


@pytest.mark.parametrize(
    ("day", "valid"),
    [
        (DAY(2002, 12, 31), False),
        (DAY(2003, 1, 1), True),
        (DAY(2020, 12, 31), True),
        (DAY(2021, 1, 1), False),
    ],
)
def test_a_row_speaks_of_its_days(changsha: Division, day: datetime.date, valid: bool) -> None:  # noqa: FBT001  # the fact
    """Both ends must count, and no day beyond them."""
    assert changsha.is_valid_on(day) is valid


def test_a_row_without_an_end_goes_on(changsha: Division) -> None:
    """A code that holds must hold on every later day."""
    assert attrs.evolve(changsha, valid_to=None, successor=None).is_valid_on(DAY(2999, 1, 1))


def test_certainty_ends_where_the_source_does(changsha: Division) -> None:
    """Up to the last day that the source shows a row must be as sure as it is, and then remembered."""
    assert changsha.certainty_on(DAY(2019, 4, 30)) is Certainty.FOUND
    assert changsha.certainty_on(DAY(2019, 5, 1)) is Certainty.FROM_MEMORY
    assert attrs.evolve(changsha, seen_to=None).certainty_on(DAY(2019, 5, 1)) is Certainty.FOUND
