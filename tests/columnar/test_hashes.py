"""Ids get numbers: equal ids the same, different ids different ones, whatever their hashes."""

from collections.abc import Sequence
from importlib import import_module
from typing import Any

import numpy
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pyarrow = pytest.importorskip("pyarrow")
pytest.importorskip("narwhals")
arrow_ids = import_module("mutualaid_core.columnar.arrow.ids")
hashes = import_module("mutualaid_core.columnar.tables.hashes")
places = import_module("mutualaid_core.columnar.tables.places")

EVEN = st.integers(0, 30).map("ID-{:017d}".format)
UNEVEN = st.text(st.sampled_from("A\0甲"), max_size=12)
LONG = st.integers(0, 9).map("{:0100d}".format)
NUMBERS = st.integers(-5, 20)


def columns(ids: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[list[Any], list[Any]]]:
    """Ids of two columns."""
    return st.tuples(st.lists(ids), st.lists(ids))


def in_few(words: list[Any]) -> Any:  # noqa: ANN401  # an array
    """Hashes of which there are three, so that nearly all ids meet others."""
    return (words[0] % numpy.uint64(3)) << numpy.uint64(61)


def all_alike(words: list[Any]) -> Any:  # noqa: ANN401  # an array
    """Hashes of which none differs from another."""
    return numpy.zeros(len(words[0]), dtype=numpy.uint64)


@pytest.fixture(params=["good", "few", "all alike"])
def hashing(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes as they are, and such that ids meet in one place; columns in many blocks and threads."""
    if request.param != "good":
        monkeypatch.setattr(places, "mixed", in_few if request.param == "few" else all_alike)
    monkeypatch.setattr(places, "_BLOCK", 3)
    monkeypatch.setattr(places, "_PIECE", 6)


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
    """Each id must have one number of its own, among few from 0 on, and be found again by it."""
    one, other = pyarrow.array(first, kind), pyarrow.array(second, kind)
    numbers, of_first, of_second = arrow_ids.numbers_of(one, other, threads=2)
    told = [*zip(first, of_first.tolist(), strict=True), *zip(second, of_second.tolist(), strict=True)]
    found = dict(told)
    assert [found[each] for each, _ in told] == [number for _, number in told]
    assert len(set(found.values())) == len(found)
    assert all(0 <= number < 2 * len(found) for number in found.values())
    asked = pyarrow.array(list(found), kind)
    assert numbers.of("person_id", asked).tolist() == list(found.values())


def test_a_part_of_an_array_is_read_from_where_it_starts() -> None:
    """A slice of a column must have the numbers of its own ids."""
    ids = pyarrow.array([f"ID-{number:05d}" for number in (1, 2, 3, 2)])
    _, of_first, of_second = arrow_ids.numbers_of(ids[1:], ids[:1])
    assert of_first[0] == of_first[2]
    assert len({*of_first.tolist(), *of_second.tolist()}) == len({1, 2, 3})


def test_an_id_of_neither_column_has_no_number() -> None:
    """What nobody is called must be told as such."""
    numbers, _, _ = arrow_ids.numbers_of(pyarrow.array(["a"]), pyarrow.array(["b"]))
    assert numbers.of("person_id", pyarrow.array(["c"])).tolist() == [-1]


@pytest.mark.parametrize(("ids", "most"), [(["a"] * 9 + ["b"], 2), (["a", "b", "b", "c"], 4)])
def test_many_rows_of_few_ids_have_numbers_without_gaps(ids: list[str], most: int) -> None:
    """Where few rows stand for an id, a number must be no row, lest tables by number grow with the rows."""
    _, of_ids, _ = arrow_ids.numbers_of(pyarrow.array(ids), pyarrow.array([], pyarrow.string()))
    assert int(of_ids.max()) < most


def texts(numbers: Any) -> Any:  # noqa: ANN401  # Arrow has no types
    """Ids of 20 characters."""
    return pyarrow.array([f"M{number:019d}" for number in numbers.tolist()])


def renamed(numbers: Any) -> list[int]:  # noqa: ANN401  # an array
    """Numbers in the order in which each first stands, so that only what is alike counts."""
    _, first, places_of = numpy.unique(numbers, return_index=True, return_inverse=True)
    return list(numpy.argsort(numpy.argsort(first))[places_of])


def test_many_ids_are_told_apart_whatever_the_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Columns of many blocks must have the same numbers for any block, piece and number of threads."""
    rng = numpy.random.default_rng(7)
    whole = rng.integers(0, 3000, 8000)
    first, second = texts(whole[:5000]), texts(whole[5000:])
    found = []
    for block, piece, threads in ((64, 640, 2), (1000, 1000, 3), (10_000, 10_000, 1)):
        monkeypatch.setattr(places, "_BLOCK", block)
        monkeypatch.setattr(places, "_PIECE", piece)
        found.append(numpy.concatenate(arrow_ids.numbers_of(first, second, threads=threads)[1:]))
    assert renamed(found[0]) == renamed(whole)
    assert all((each == found[0]).all() for each in found)


def test_another_order_of_the_rows_tells_the_same_apart() -> None:
    """Rows in another order must be alike where they were."""
    rng = numpy.random.default_rng(11)
    own, other = rng.integers(0, 900, 1000), rng.integers(0, 900, 1200)
    mixed, also = rng.permutation(len(own)), rng.permutation(len(other))
    _, of_own, of_other = arrow_ids.numbers_of(texts(own), texts(other))
    _, of_mixed, of_also = arrow_ids.numbers_of(texts(own[mixed]), texts(other[also]))
    plain = numpy.concatenate([of_own[mixed], of_other[also]])
    assert renamed(plain) == renamed(numpy.concatenate([of_mixed, of_also]))


def test_ids_made_to_meet_cost_so_many_rounds_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ids of one hash must be looked at once a round, and all others at last by a table of Arrow."""
    monkeypatch.setattr(places, "mixed", all_alike)
    asked = 0
    among = hashes.Ids.among

    def counted(ids: Any, rows: Any) -> Any:  # noqa: ANN401  # as the method has it
        nonlocal asked
        found = among(ids, rows)
        asked += len(found)
        return found

    monkeypatch.setattr(hashes.Ids, "among", counted)
    ids = numpy.arange(2000)
    _, of_first, of_second = arrow_ids.numbers_of(texts(ids), texts(ids))
    assert of_first.tolist() == of_second.tolist()
    assert len(set(of_first.tolist())) == len(ids)
    assert asked <= (4 * places._ROUNDS + 2) * len(ids)


@pytest.mark.parametrize("ids", [["甲", "乙"], [7, -7]])
def test_a_column_in_chunks_is_read_as_a_whole(ids: list[Any]) -> None:
    """Ids must have the same numbers whether their column has one chunk, several or none."""
    chunks = pyarrow.chunked_array([ids[:1], ids[1:], ids])
    _, of_first, of_second = arrow_ids.numbered(chunks, pyarrow.chunked_array([ids]))
    assert of_first.tolist() == [*of_second.tolist()] * 2
    none = pyarrow.chunked_array([], chunks.type)
    _, of_none, of_ids = arrow_ids.numbered(none, chunks)
    assert (of_none.tolist(), renamed(of_ids)) == ([], [0, 1, 0, 1])


@pytest.mark.parametrize(
    "ids",
    [
        [f"{number:08d}" for number in range(4096)],
        [f"{number:08d}{0:012d}" for number in range(4096)],
        [f"{number % 64:08d}{number // 64:08d}" for number in range(4096)],
        [str(number) for number in range(4096)],
        list(range(4096)),
    ],
)
def test_ids_as_systems_give_them_rarely_meet(ids: list[Any]) -> None:
    """Ids that are counted on must stand in about as many places as ids by chance."""
    column = pyarrow.array(ids)
    whole, _ = hashes.ids_of((column, column[:0]))
    size = 8192
    by_chance = size * (1 - (1 - 1 / size) ** len(ids))
    assert len(numpy.unique(places.first_places(whole.words(), size))) > 0.8 * by_chance
