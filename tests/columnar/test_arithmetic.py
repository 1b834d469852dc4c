"""Arithmetic on columns is that of whole numbers, in 64 bits, at their edge and beyond."""

import datetime

import numpy
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mutualaid_core.columnar.arithmetic.exact import (
    FLOAT_EXACT,
    INT64_MAX,
    Column,
    column,
    floor_divide,
    narrow,
    rounded,
)
from mutualaid_core.columnar.base import add_months
from mutualaid_core.columnar.facts import age_on
from mutualaid_core.columnar.tables.columns import EPOCH
from mutualaid_core.columnar.turns.order import in_order, within_cap
from mutualaid_core.domain.scheme.benefit.rounding import RoundingPlace, RoundingRule
from mutualaid_core.domain.values import dates
from mutualaid_core.domain.values.dates import MonthEnd
from mutualaid_core.domain.values.money import Money, Rounding, round_fen
from mutualaid_core.errors import InvalidValueError

DAYS = st.dates(datetime.date(1930, 1, 1), datetime.date(2090, 12, 31))
NEAR = st.integers(0, 400).map(lambda below: FLOAT_EXACT - 200 + below)


@given(st.integers(0, FLOAT_EXACT * 2) | NEAR, st.integers(1, 10**6))
@example(FLOAT_EXACT - 1, 3)
def test_the_one_division_is_exact(value: int, divisor: int) -> None:
    """The floor of a quotient must be that of whole numbers on both sides of 2**53."""
    found = floor_divide(numpy.array([value]), divisor, value)
    assert [value // divisor] == found.tolist()


@pytest.mark.parametrize("mode", Rounding)
@pytest.mark.parametrize("unit", [1, 10, 100])
@given(
    values=st.lists(st.integers(0, 10**21) | st.integers(0, 10**6), min_size=1),
    denominator=st.integers(1, 10**6),
)
def test_every_rounding_is_that_of_money(
    mode: Rounding, unit: int, values: list[int], denominator: int
) -> None:
    """Each mode and unit must round a column as it rounds one amount."""
    kept = [value for value in values if value // denominator < 10**17] or [0]
    rule = RoundingRule(mode=mode, place=RoundingPlace.END_OF_BENEFIT, unit=Money(unit), source="HN-4.4.3b")
    wide = numpy.array(kept, dtype=numpy.int64 if max(kept) <= INT64_MAX else object)
    found = rounded(Column(wide, max(kept)), denominator, rule)
    assert [round_fen(value, denominator * unit, mode) * unit for value in kept] == found.values.tolist()


def test_what_64_bits_do_not_hold_is_refused() -> None:
    """A result above the largest whole number of 64 bits must be an error, never another number."""
    with pytest.raises(InvalidValueError):
        narrow(numpy.array([1, INT64_MAX + 1], dtype=object), INT64_MAX + 1)


def test_the_bound_of_no_rows_is_nothing() -> None:
    """An empty column must have the bound zero."""
    assert column(numpy.empty(0, dtype=numpy.int64)).bound == 0


@given(DAYS, DAYS)
def test_ages_are_those_of_the_calendar(born: datetime.date, day: datetime.date) -> None:
    """Ages on columns must be those of single persons, birthdays on 29 February too."""
    columns = [numpy.array([each.toordinal() - EPOCH]) for each in (born, day)]
    assert [dates.age_on(born, day)] == age_on(*columns).tolist()


@given(DAYS, st.integers(1, 30), st.sampled_from([MonthEnd.LAST_DAY, MonthEnd.NEXT_FIRST]))
def test_months_are_those_of_the_calendar(day: datetime.date, months: int, end: MonthEnd) -> None:
    """A month on columns must end where a month of a single day ends."""
    found = add_months(numpy.array([day.toordinal() - EPOCH]), months, end)
    assert [dates.add_months(day, months, end).toordinal() - EPOCH] == found.tolist()


def test_a_day_that_does_not_exist_is_refused_where_the_scheme_says_so() -> None:
    """A month after 31 January must be refused where the scheme refuses it."""
    day = datetime.date(2014, 1, 31).toordinal() - EPOCH
    with pytest.raises(InvalidValueError) as refusal:
        add_months(numpy.array([day]), 1, MonthEnd.REFUSE)
    assert refusal.value.field == "months"


@given(
    st.lists(st.tuples(st.integers(0, 2**40), st.integers(0, 9), st.integers()), unique_by=lambda row: row[2])
)
def test_claims_stand_by_group_day_and_id(rows: list[tuple[int, int, int]]) -> None:
    """The order must be that of sorting, however large the numbers are."""
    kept = [row for row in rows if abs(row[2]) < 2**62]
    group, day, order = (numpy.array([row[place] for row in kept], dtype=numpy.int64) for place in range(3))
    found = in_order(group, day.astype(numpy.int32), order)
    assert sorted(kept) == [kept[int(place)] for place in found]


def test_running_sums_beyond_64_bits_are_exact() -> None:
    """A cap must hold where the sum of what is asked for does not fit into 64 bits."""
    amounts = numpy.full(4, 2**62, dtype=numpy.int64)
    found = within_cap(numpy.array([1, 1, 1, 2]), amounts, 2**62 + 5)
    assert [2**62, 5, 0, 2**62] == found.tolist()
