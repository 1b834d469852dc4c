"""Frames of several libraries come in, an Arrow table goes out, with ids as they were."""

import datetime
from importlib import import_module
from typing import Any, Final

import pytest

from mutualaid_core.columnar import reasons_of
from mutualaid_core.domain.claims.reason import Reason
from mutualaid_core.domain.scheme.facts import EventKind
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.rules.claims.plan.compile import compile_version
from mutualaid_core.testing.samples import VERSION, YUEYANG_2014

pyarrow = pytest.importorskip("pyarrow")
pytest.importorskip("narwhals")
frames = import_module("mutualaid_core.columnar.frames")

DAY: Final = datetime.date(2014, 3, 3)
PLAN: Final = compile_version(VERSION)
NAMES: Final = (*YUEYANG_2014.base.add, *YUEYANG_2014.base.subtract)  # type: ignore[union-attr]  # a base of amounts
PAID: Final = [30_000, 0, 30_000]
"""Of a base of 1,000 yuan 30 % up to 5,000 yuan are paid; nothing to who has no cover."""


def claims(**changes: Any) -> dict[str, Any]:  # noqa: ANN401  # any column
    """Three claims of 1,000 yuan each; of the person of the second one no cover is known."""
    amounts = {name: [0, 0, 0] for name in NAMES} | {NAMES[0]: [100_000] * 3}
    ids = {"claim_id": ["C-3", "C-2", "C-1"], "person_id": ["乙", "丙", "甲"]}
    return {**ids, "began": [DAY] * 3, "ended": [DAY] * 3, **amounts, **changes}


def covers(**changes: Any) -> dict[str, Any]:  # noqa: ANN401  # any column
    """Covers of two persons for the sample year."""
    days = {"first_day": [VERSION.first_day] * 2, "last_day": [VERSION.last_day] * 2}
    return {"person_id": ["甲", "乙"], "period_id": ["2014", "2014"], **days, **changes}


def made(library: str, columns: dict[str, Any]) -> Any:  # noqa: ANN401  # a frame of that library
    """The columns as a frame of one library."""
    table = pyarrow.table(columns)
    if library == "pyarrow":
        return table
    found = pytest.importorskip(library)
    if library == "duckdb":
        return found.from_arrow(table)
    return found.from_arrow(table) if library == "polars" else table.to_pandas()


def paid(first: Any, second: Any, **more: Any) -> Any:  # noqa: ANN401  # frames of any library
    """The table that comes out for stays."""
    return frames.adjudicate_frames(PLAN, first, second, event=EventKind.INPATIENT_STAY, **more)


@pytest.mark.parametrize("library", ["pyarrow", "polars", "pandas", "duckdb"])
def test_frames_of_any_library_are_paid(library: str) -> None:
    """The same claims must be paid the same from whichever library they come."""
    table = paid(made(library, claims()), made(library, covers()))
    assert {"claim_id": ["C-3", "C-2", "C-1"], "paid": PAID} == table.to_pydict()


def test_a_lazy_frame_is_collected() -> None:
    """A lazy Polars frame must be taken as its rows."""
    polars = pytest.importorskip("polars")
    table = paid(polars.from_dict(claims()).lazy(), polars.from_dict(covers()).lazy())
    assert table["paid"].to_pylist() == PAID


def test_numbers_and_words_of_a_dictionary_are_ids_too() -> None:
    """Persons numbered by whole numbers, and encoded texts, must be told apart as texts are."""
    numbered = paid(pyarrow.table(claims(person_id=[7, 8, 9])), pyarrow.table(covers(person_id=[9, 7])))
    words = pyarrow.array(["乙", "丙", "甲"]).dictionary_encode()
    encoded = paid(pyarrow.table(claims(person_id=words)), pyarrow.table(covers()))
    assert numbered["paid"].to_pylist() == encoded["paid"].to_pylist() == PAID


def test_the_breakdown_has_a_column_for_everything() -> None:
    """With the breakdown there must be reasons, and base, result and amount of each benefit."""
    table = paid(pyarrow.table(claims()), pyarrow.table(covers()), breakdown=True)
    assert [reasons_of(bits) for bits in table["reasons"].to_pylist()][1] == (Reason.NOT_A_MEMBER,)
    name = YUEYANG_2014.benefit_id
    assert [100_000, 0, 100_000] == table[f"{name}/base"].to_pylist()
    assert table[f"{name}/amount"].to_pylist() == PAID


def test_the_kind_of_event_may_stand_in_a_column() -> None:
    """Claims of several kinds must name them, and only those that exist."""
    kinds = ["inpatient_stay", "inpatient_stay", "death"]
    mixed = frames.adjudicate_frames(PLAN, pyarrow.table(claims(event=kinds)), pyarrow.table(covers()))
    assert mixed["paid"].to_pylist() == [30_000, 0, 0]
    with pytest.raises(InvalidValueError) as refusal:
        frames.adjudicate_frames(PLAN, pyarrow.table(claims(event=["stay"] * 3)), pyarrow.table(covers()))
    assert refusal.value.field == "event"


def test_what_was_used_before_comes_as_a_frame() -> None:
    """Prior use must be taken off the cap of the person and period, and off nobody else's."""
    (limit,) = PLAN.benefits[0].limits
    most = limit.limit.most.fen  # type: ignore[union-attr]  # the sample's cap is on amounts
    columns = {"person_id": ["甲", "丁"], "period_id": ["2014", "2014"], "counter": [limit.counter] * 2}
    prior = pyarrow.table({**columns, "used": [most - 100, most]})
    table = paid(pyarrow.table(claims()), pyarrow.table(covers()), prior=prior)
    assert table["paid"].to_pylist() == [30_000, 0, 100]


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("claim_id", {"claim_id": ["C-1", "C-1", "C-2"]}),
        ("claim_id", {"claim_id": [2, 1, 1]}),
        ("claim_id", {"claim_id": ["C-1", None, "C-2"]}),
        ("person_id", {"person_id": ["甲", None, "乙"]}),
        ("began", {"began": ["soon", "later", "then"]}),
        ("began", {"began": [DAY, None, DAY]}),
        (NAMES[0], {NAMES[0]: [1.5, 2.5, 3.5]}),
        ("filed", {"filed": [True, False, True]}),
    ],
)
def test_wrong_columns_are_named(field: str, changes: dict[str, Any]) -> None:
    """A column that is wrong must be refused by its name, without a value of a person."""
    with pytest.raises(InvalidValueError) as refusal:
        paid(pyarrow.table(claims(**changes)), pyarrow.table(covers()))
    assert refusal.value.field == field
    assert "甲" not in str(refusal.value)


def test_a_missing_column_is_named() -> None:
    """A column that must be there must be named, and those that are there."""
    with pytest.raises(InvalidValueError) as refusal:
        paid(pyarrow.table(claims()).drop_columns(["ended"]), pyarrow.table(covers()))
    assert refusal.value.field == "ended"


def test_what_is_no_frame_is_refused() -> None:
    """A list of rows is no frame."""
    with pytest.raises(InvalidValueError) as refusal:
        paid([claims()], pyarrow.table(covers()))
    assert refusal.value.field == "frame"
