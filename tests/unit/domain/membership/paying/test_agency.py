"""Agency money: a collection never passes on more than there was, nor before it was told."""

import datetime
from typing import Any

import attrs
import pytest

from mutualaid_core.domain.membership.paying.agency import (
    AgencyCollection,
    CollectionState,
    GivenBack,
    PassedOn,
)
from mutualaid_core.domain.values.identifiers import EntryId, PeriodId, SchemeId, UnitId
from mutualaid_core.domain.values.money import ZERO, Money
from mutualaid_core.errors import InvalidValueError

DAY = datetime.date
LATER = DAY(2014, 1, 10)


def passed(amount: int, on: datetime.date = LATER) -> PassedOn:
    """A part that was passed on, in fen."""
    return PassedOn(entry_id=EntryId("A-1"), amount=Money(amount), on=on)


def collection(**changes: Any) -> AgencyCollection:  # noqa: ANN401  # any field
    """100 yuan that an agency had on 20 December and told of on the 23rd."""
    made = AgencyCollection(
        remittance_id=EntryId("R-1"),
        scheme_id=SchemeId("HN-A"),
        period_id=PeriodId("2014"),
        unit_id=UnitId("U-1"),
        agency_id="AG-1",
        paper="收据1号",
        amount=Money(10_000),
        collected_on=DAY(2013, 12, 20),
        told_on=DAY(2013, 12, 23),
    )
    return attrs.evolve(made, **changes)


@pytest.mark.clause("ACFTU-2.3b")
@pytest.mark.parametrize(
    ("parts", "due", "state"),
    [
        ((), Money(10_000), CollectionState.DUE),
        ((passed(4_000),), Money(6_000), CollectionState.DUE),
        ((passed(4_000), passed(6_000)), ZERO, CollectionState.PASSED_ON),
    ],
    ids=["none", "part", "all"],
)
def test_what_is_due_is_what_was_not_passed_on(
    parts: tuple[PassedOn, ...], due: Money, state: CollectionState
) -> None:
    """Of 100.00 with 40.00 passed on 60.00 must be due; nothing once all is."""
    made = collection(parts=parts)
    assert (made.due, made.state) == (due, state)


def test_no_more_is_passed_on_than_was_collected() -> None:
    """Parts of 100.01 out of 100.00 must be refused, since what is due never falls below zero."""
    with pytest.raises(InvalidValueError, match=r"parts must be <= 100\.00 collected, got '100\.01'"):
        collection(parts=(passed(4_000), passed(6_001)))


def test_nothing_is_told_before_it_is_collected() -> None:
    """A collection of a day to come must be refused."""
    with pytest.raises(InvalidValueError, match="told_on must be >= 2013-12-20"):
        collection(told_on=DAY(2013, 12, 19))


def test_nothing_is_passed_on_before_it_is_told() -> None:
    """A part of a day before the fund knew of the collection must be refused."""
    with pytest.raises(InvalidValueError, match="on must be >= 2013-12-23"):
        collection(parts=(passed(1, DAY(2013, 12, 22)),))


@pytest.mark.clause("HN-4.3.5b")
def test_what_went_back_is_not_due() -> None:
    """Of 100.00 with 40.00 passed on and 50.00 given back 10.00 must be due, and 60.01 is too much."""
    back = GivenBack(entry_id=EntryId("C-1"), amount=Money(5_000), on=LATER)
    assert collection(parts=(passed(4_000),), given_back=(back,)).due == Money(1_000)
    with pytest.raises(InvalidValueError, match=r"must be <= 100\.00 collected"):
        collection(parts=(passed(4_000),), given_back=(attrs.evolve(back, amount=Money(6_001)),))
    with pytest.raises(InvalidValueError, match="on must be >= 2013-12-23"):
        collection(given_back=(attrs.evolve(back, on=DAY(2013, 12, 22)),))
