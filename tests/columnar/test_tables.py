"""Columns of wrong length, type or content are refused before anything is computed."""

from typing import Any

import numpy
import pytest

from mutualaid_core.columnar import Claims, Codes, Covers, Prior, adjudicate_lines
from mutualaid_core.domain.scheme.facts import EventKind
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.rules.claims.plan.compile import compile_version
from mutualaid_core.testing.samples import VERSION

TWO = numpy.array([0, 1])
DAYS = numpy.array([16_100, 16_110], dtype=numpy.int32)


def claims(**changes: Any) -> Claims:  # noqa: ANN401  # any column
    """Two claims of two persons."""
    columns = {"person": TWO, "order": TWO, "event": EventKind.INPATIENT_STAY, "began": DAYS, "ended": DAYS}
    return Claims(**{**columns, **changes})


def covers(**changes: Any) -> Covers:  # noqa: ANN401  # any column
    """Two covers of two persons in one period."""
    columns = {"person": TWO, "period": TWO * 0, "first_day": DAYS - 50, "last_day": DAYS + 50}
    return Covers(**{**columns, **changes})


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("ended", {"ended": DAYS[:1]}),
        ("began", {"began": DAYS.reshape(1, 2)}),
        ("began", {"began": DAYS.astype(numpy.int64)}),
        ("order", {"order": TWO.astype(numpy.int32)}),
        ("person", {"person": TWO - 1}),
        ("person", {"person": TWO.astype(numpy.float64)}),
        ("event", {"event": TWO}),
        ("event", {"event": numpy.array([0, 99], dtype=numpy.int8)}),
        ("is_reversed", {"is_reversed": TWO}),
        ("elsewhere", {"elsewhere": TWO - 5}),
        ("inscp_scp_amt", {"amounts": {"inscp_scp_amt": TWO.astype(numpy.float64)}}),
        ("inscp_scp_amt", {"amounts": {"inscp_scp_amt": TWO - 2}}),
        ("inscp_scp_amt", {"amounts": {"inscp_scp_amt": TWO + 10**12}}),
        ("inscp_scp_amt", {"amounts": {"inscp_scp_amt": TWO[:1]}}),
        ("shares", {"counts": {"shares": TWO.astype(numpy.float64)}}),
        ("hosp_lv", {"codes": {"hosp_lv": Codes(values=TWO, words=("1",))}}),
        ("first_time", {"flags": {"first_time": TWO.astype(numpy.float64)}}),
    ],
)
def test_wrong_columns_of_claims_are_named(field: str, changes: dict[str, object]) -> None:
    """A column of claims that is wrong must be refused by its name."""
    with pytest.raises(InvalidValueError) as refusal:
        claims(**changes)
    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("last_day", {"last_day": DAYS[:1]}),
        ("first_day", {"first_day": TWO}),
        ("period", {"period": TWO + 255}),
        ("born", {"born": TWO}),
        ("main", {"parts": {"main": TWO}}),
    ],
)
def test_wrong_columns_of_covers_are_named(field: str, changes: dict[str, object]) -> None:
    """A column of covers that is wrong must be refused by its name."""
    with pytest.raises(InvalidValueError) as refusal:
        covers(**changes)
    assert refusal.value.field == field


def test_covers_of_one_person_may_not_overlap() -> None:
    """Two covers that share a day must be refused, for a claim would lie in both."""
    both = covers(person=TWO * 0)
    with pytest.raises(InvalidValueError) as refusal:
        adjudicate_lines(compile_version(VERSION), claims(), both)
    assert refusal.value.field == "first_day"


@pytest.mark.parametrize(("block", "threads", "field"), [(0, 1, "block"), (1, 0, "threads")])
def test_a_block_holds_a_row_and_a_thread_works_on_it(block: int, threads: int, field: str) -> None:
    """A block without rows and work without a thread must be refused."""
    with pytest.raises(InvalidValueError) as refusal:
        adjudicate_lines(compile_version(VERSION), claims(), covers(), block=block, threads=threads)
    assert refusal.value.field == field


@pytest.mark.parametrize(("counter", "period"), [("amount/x/period", None), ("amount/x/lifetime", TWO)])
def test_prior_use_tells_the_period_where_the_counter_has_one(counter: str, period: Any) -> None:  # noqa: ANN401  # a column
    """Prior use must name periods for counters over periods, and for no others."""
    prior = {counter: Prior(person=TWO, used=TWO, period=period)}
    with pytest.raises(InvalidValueError) as refusal:
        adjudicate_lines(compile_version(VERSION), claims(), covers(), prior)
    assert refusal.value.field == "period"


def test_what_the_scheme_asks_for_must_be_there() -> None:
    """A missing amount must be refused by its name."""
    with pytest.raises(InvalidValueError) as refusal:
        adjudicate_lines(
            compile_version(VERSION), claims(), covers(first_day=DAYS - 500, last_day=DAYS + 500)
        )
    assert refusal.value.rule == "must be given, for the scheme asks for it"


def test_nothing_of_a_person_stands_in_the_text_of_tables() -> None:
    """A table must show no values, for they are those of persons."""
    assert "16100" not in repr(claims()) + repr(covers())
