"""Ids get numbers: equal ids the same, different ids different ones, whatever their hashes."""

from collections.abc import Sequence
from importlib import import_module
from typing import Any

import numpy
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mutualaid_core.columnar.tables import hashes

pyarrow = pytest.importorskip("pyarrow")
pytest.importorskip("narwhals")
frames = import_module("mutualaid_core.columnar.frames")

EVEN = st.integers(0, 30).map("ID-{:017d}".format)
UNEVEN = st.text(st.sampled_from("A\0甲"), max_size=12)
LONG = st.integers(0, 9).map("{:0100d}".format)
NUMBERS = st.integers(-5, 20)


def columns(ids: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[list[Any], list[Any]]]:
    """Ids of two columns."""
    return st.tuples(st.lists(ids), st.lists(ids))


@pytest.fixture(params=["good", "all alike"])
def hashing(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes as they are, and hashes of which none differs from another."""
    if request.param == "all alike":
        monkeypatch.setattr(hashes, "_FACTORS", (numpy.uint64(0),))


@pytest.mark.usefixtures("hashing")
@pytest.mark.parametrize("kind", [pyarrow.string(), pyarrow.large_string()])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(both=st.one_of(columns(EVEN), columns(UNEVEN), columns(LONG)))
def test_texts_are_told_apart(kind: Any, both: tuple[list[str], list[str]]) -> None:  # noqa: ANN401  # Arrow has no types
    """Texts of one length, of several and of great length must be told apart."""
    assert_told_apart(*both, kind)


@pytest.mark.usefixtures("hashing")
@pytest.mark.parametrize("kind", [pyarrow.int64(), pyarrow.int8()])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(both=columns(NUMBERS))
def test_whole_numbers_are_told_apart(kind: Any, both: tuple[list[int], list[int]]) -> None:  # noqa: ANN401  # Arrow has no types
    """Whole numbers must be told apart, those below zero too."""
    assert_told_apart(*both, kind)


def assert_told_apart(first: Sequence[Any], second: Sequence[Any], kind: Any) -> None:  # noqa: ANN401  # Arrow has no types
    """Each id must have one number of its own, from 0, and be found again by it."""
    one, other = pyarrow.array(first, kind), pyarrow.array(second, kind)
    numbers, of_first, of_second = frames.numbers_of(one, other)
    told = [*zip(first, of_first.tolist(), strict=True), *zip(second, of_second.tolist(), strict=True)]
    found = dict(told)
    assert [found[each] for each, _ in told] == [number for _, number in told]
    assert sorted(found.values()) == list(range(len(found)))
    asked = pyarrow.array(list(found), kind)
    assert numbers.of(asked).tolist() == list(found.values())


def test_a_part_of_an_array_is_read_from_where_it_starts() -> None:
    """A slice of a column must have the numbers of its own ids."""
    ids = pyarrow.array([f"ID-{number:05d}" for number in (1, 2, 3, 2)])
    _, of_first, of_second = frames.numbers_of(ids[1:], ids[:1])
    assert of_first[0] == of_first[2]
    assert len({*of_first.tolist(), *of_second.tolist()}) == len({1, 2, 3})


def test_an_id_of_neither_column_has_no_number() -> None:
    """What nobody is called must be told as such."""
    numbers, _, _ = frames.numbers_of(pyarrow.array(["a"]), pyarrow.array(["b"]))
    assert numbers.of(pyarrow.array(["c"])).tolist() == [-1]
