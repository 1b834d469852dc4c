"""Frames (数据框): claims and covers of Polars, pandas, DuckDB or PyArrow in, an Arrow table out.

The door to other people's frames. Persons come with ids of any kind and get numbers; days are
dates, money is whole fen, words are texts. A fact stands in the column of its name; columns that
no scheme knows are left alone.
"""

from collections.abc import Mapping
from typing import Any, Final

import attrs
import narwhals
import numpy
import pyarrow
import pyarrow.compute

from mutualaid_core.columnar.arithmetic.exact import Array
from mutualaid_core.columnar.blocks import THREADS
from mutualaid_core.columnar.result import Result
from mutualaid_core.columnar.run import BLOCK, adjudicate_lines
from mutualaid_core.columnar.tables import hashes, places
from mutualaid_core.columnar.tables.columns import EVENTS, NO_DAY, Claims, Codes, Covers, Prior
from mutualaid_core.domain.scheme.facts import KNOWN_FACTS, EventKind, FactKind
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.rules.claims.plan.terms import Plan

Frame = Any  # a frame of whichever library the caller uses; narwhals refuses what is none
Column = Any  # a column of Arrow, which comes without types

HOLDS: Final = "holds_"
"""A column of covers that begins so tells whether the part of that id is held."""


@attrs.frozen(kw_only=True, eq=False)
class Numbers:
    """Ids and their numbers.

    Attributes:
        columns: Arrow arrays in which the ids stand.
        firsts: For each id a row of these arrays, one after the other, that holds it.
        numbers: The number of each of these ids.
    """

    columns: tuple[Column, ...] = attrs.field(repr=False)
    firsts: Array
    numbers: Array

    def of(self, column: Column) -> Array:
        """The number of each id; -1 for one that is not there."""
        ids = _taken(self.columns, self.firsts)
        places = pyarrow.compute.index_in(column, value_set=ids).fill_null(-1).to_numpy()
        found: Array = numpy.append(self.numbers, numpy.int32(-1))[places]
        return found


def adjudicate_frames(  # noqa: PLR0913  # what comes in, and how it is computed
    plan: Plan,
    claims: Frame,
    covers: Frame,
    prior: Frame | None = None,
    *,
    event: EventKind | None = None,
    breakdown: bool = False,
    block: int = BLOCK,
    threads: int = THREADS,
) -> pyarrow.Table:
    """Admit and compute the claims of a frame.

    Claims have the columns ``claim_id``, ``person_id``, ``began`` and ``ended``, and may have
    ``event``, ``settled``, ``filed``, ``elsewhere`` and ``is_reversed``; covers have
    ``person_id``, ``period_id``, ``first_day`` and ``last_day``, and may have ``born`` and
    ``holds_`` with the id of a part. Prior use has ``person_id``, ``period_id`` (null for a
    lifetime), ``counter`` and ``used``.

    Args:
        plan: The scheme version, compiled.
        claims: One row a claim, in any order.
        covers: One row a cover, in any order.
        prior: What earlier claims used; ``None`` for nothing.
        event: Kind of every event, where the frame does not say.
        breakdown: Whether to say how each amount came about.
        block: Rows that are computed together.
        threads: Threads that work side by side; the table is the same for any number of them.

    Returns:
        ``claim_id`` and ``paid`` (int64, fen) in the order of the claims. With the breakdown also
        ``reasons`` (int64, a bit for each number), and for each benefit its ``base``, ``result``,
        ``amount``, steps and cuts in columns that begin with its id.

    Raises:
        InvalidValueError: A column is missing or of another type, or the columns do not say what
            the scheme asks for.
    """
    rows, held = arrow_of(claims), arrow_of(covers)
    persons, of_claims, of_covers = numbered(rows["person_id"], held["person_id"], threads=threads)
    periods, of_periods = numbers_of_few(_told("period_id", held["period_id"]))
    kinds = {**KNOWN_FACTS, **{fact.name: fact.kind for fact in plan.version.facts}}
    table = _claims(rows, of_claims, kinds, event)
    known = _covers(held, of_covers, of_periods, kinds)
    earlier = {} if prior is None else _prior(arrow_of(prior), persons, periods)
    result = adjudicate_lines(plan, table, known, earlier, breakdown=breakdown, block=block, threads=threads)
    return _table(rows["claim_id"], result)


def arrow_of(frame: Frame) -> pyarrow.Table:
    """A frame as an Arrow table.

    Raises:
        InvalidValueError: It is no frame.
    """
    if isinstance(frame, pyarrow.Table):
        return frame
    try:
        known = narwhals.from_native(frame)
    except TypeError as error:
        raise InvalidValueError("frame", "must be a frame or a table", type(frame).__name__) from error
    eager = known.collect() if isinstance(known, narwhals.LazyFrame) else known
    return eager.to_arrow()


def numbered(first: Column, second: Column, *, threads: int = 1) -> tuple[Numbers, Array, Array]:
    """Numbers for the ids of two columns of one type, and both columns in numbers."""
    own, other = _told("person_id", first), _told("person_id", second)
    if own.type != other.type:
        own = _cast("person_id", own, other.type)
    numbers, of_other, of_own = numbers_of(other, own, threads=threads)
    return numbers, of_own, of_other


def numbers_of(first: Column, second: Column, *, threads: int = 1) -> tuple[Numbers, Array, Array]:
    """Numbers for the ids of two Arrow arrays of one type without nulls, and both in numbers."""
    columns = (first, second)
    ids = hashes.ids_of(columns)
    if ids is None:
        numbers, number = numbers_of_few(pyarrow.concat_arrays(columns))
        return numbers, number[: len(first)], number[len(first) :]
    found = places.numbered(*ids, threads=threads)
    # Few are left over: those that nobody knows in the first column, and those without a place.
    left = numpy.flatnonzero(found.first < 0)
    strange = numpy.flatnonzero(found.second < 0)
    rest = numpy.concatenate([left, strange + len(first)])
    firsts, own = found.firsts, found.numbers
    if len(rest):
        place = _taken(columns, rest).dictionary_encode().indices.to_numpy()
        place = place + numpy.int32(found.count)
        new, at = numpy.unique(place, return_index=True)
        found.first[left] = place[: len(left)]
        found.second[strange] = place[len(left) :]
        firsts, own = numpy.append(firsts, rest[at]), numpy.append(own, new)
    return Numbers(columns=columns, firsts=firsts, numbers=own), found.first, found.second


def numbers_of_few(column: Column) -> tuple[Numbers, Array]:
    """Numbers for the ids of an Arrow array without nulls, by a table, as is best for few of them."""
    encoded = column.dictionary_encode()
    ids = encoded.dictionary
    places = numpy.arange(len(ids), dtype=numpy.int32)
    return Numbers(columns=(ids,), firsts=places, numbers=places), encoded.indices.to_numpy()


def _taken(columns: tuple[Column, ...], rows: Array) -> Column:
    return pyarrow.chunked_array(columns).take(pyarrow.array(rows)).combine_chunks()


def _claims(
    table: pyarrow.Table, person: Array, kinds: Mapping[str, FactKind], event: EventKind | None
) -> Claims:
    return Claims(
        person=person,
        order=ranks(table["claim_id"]),
        event=_events(table) if event is None else event,
        began=_days(table, "began"),
        ended=_days(table, "ended"),
        settled=_days_told(table, "settled", -1),
        filed=_days_told(table, "filed", -1),
        amounts=_numbers(table, kinds, FactKind.AMOUNT),
        counts=_numbers(table, kinds, FactKind.COUNT),
        codes=_codes(table, kinds),
        flags=_flags(table, kinds),
        elsewhere=_whole_numbers(table, "elsewhere", 0) if "elsewhere" in table.column_names else None,
        is_reversed=_truths(table, "is_reversed") if "is_reversed" in table.column_names else None,
    )


def _covers(table: pyarrow.Table, person: Array, period: Array, kinds: Mapping[str, FactKind]) -> Covers:
    parts = [name for name in table.column_names if name.startswith(HOLDS)]
    return Covers(
        person=person,
        period=period,
        first_day=_days(table, "first_day"),
        last_day=_days(table, "last_day"),
        born=_days_told(table, "born", NO_DAY),
        counts=_numbers(table, kinds, FactKind.COUNT),
        codes=_codes(table, kinds),
        flags=_flags(table, kinds),
        parts={name.removeprefix(HOLDS): _truths(table, name) for name in parts},
    )


def _prior(table: pyarrow.Table, persons: Numbers, periods: Numbers) -> dict[str, Prior]:
    person, period = persons.of(_whole(table["person_id"])), periods.of(_whole(table["period_id"]))
    used, counters = _whole_numbers(table, "used", 0), _whole(table["counter"]).dictionary_encode()
    counter, lasting = counters.indices.to_numpy(), _filled(_whole(table["period_id"]).is_null(), 1)
    found = {}
    for place, name in enumerate(counters.dictionary.to_pylist()):
        own = (counter == place) & (person >= 0) & (lasting.astype(bool) | (period >= 0))
        lasts = bool(lasting[counter == place].all())
        found[name] = Prior(person=person[own], period=None if lasts else period[own], used=used[own])
    return found


def ranks(ids: Column) -> Array:
    """Ranks of claim ids: whole numbers are their own, texts go by their characters.

    Raises:
        InvalidValueError: An id is missing, or stands twice.
    """
    whole = _told("claim_id", ids)
    if pyarrow.types.is_integer(whole.type):
        found = whole.cast(pyarrow.int64()).to_numpy()
        order = None if bool((found[1:] > found[:-1]).all()) else numpy.sort(found)
    else:
        rising = len(whole) < 2 or pyarrow.compute.all(pyarrow.compute.less(whole[:-1], whole[1:])).as_py()  # noqa: PLR2004  # one id is in order
        found, order = numpy.arange(len(whole), dtype=numpy.int64), None
        if not rising:
            places = pyarrow.compute.sort_indices(whole).to_numpy()
            order = numpy.cumsum(_filled(_new(whole.take(pyarrow.array(places))), 1), dtype=numpy.int64)
            found[places] = order
    if order is not None and bool((order[1:] == order[:-1]).any()):
        raise InvalidValueError("claim_id", "must be there once", None)
    rank: Array = found
    return rank


def _new(ids: Column) -> Column:
    """Whether each of *ids*, which are in order, differs from the one before it."""
    differs = pyarrow.compute.not_equal(ids[1:], ids[:-1]).cast(pyarrow.int8())
    return pyarrow.concat_arrays([pyarrow.array([0], pyarrow.int8()), differs])


def _table(ids: Column, result: Result) -> pyarrow.Table:
    columns = {"claim_id": ids, "paid": pyarrow.array(result.paid)}
    if result.reasons is not None:
        columns["reasons"] = pyarrow.array(result.reasons)
    for benefit in result.benefits:
        name = benefit.benefit_id
        for part in ("fits", "base", "result", "amount"):
            columns[f"{name}/{part}"] = pyarrow.array(getattr(benefit, part))
        for place, step in enumerate(benefit.steps):
            columns[f"{name}/steps[{place}]/{step.denominator}"] = _wide(step.numerators)
        for place, cut in enumerate(benefit.cuts):
            columns[f"{name}/cuts[{place}]"] = pyarrow.array(cut.cut)
    return pyarrow.table(columns)


def _wide(numbers: Array) -> Column:
    """Whole numbers as they are, or as decimals where 64 bits do not hold them."""
    if numbers.dtype != object:
        return pyarrow.array(numbers)
    return pyarrow.array([str(number) for number in numbers])


# ------------------------------------------------------------------- single columns


def _column(table: pyarrow.Table, name: str) -> Column:
    if name not in table.column_names:
        raise InvalidValueError(name, "must be a column", ", ".join(table.column_names))
    return _whole(table[name])


def _whole(column: Column) -> Column:
    if not isinstance(column, pyarrow.ChunkedArray):
        return column
    # Arrow would copy a single chunk too.
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def _told(name: str, column: Column) -> Column:
    """The column in one piece, with a value in every row."""
    whole = _decoded(_whole(column))
    if whole.null_count:
        raise InvalidValueError(name, "must be given in every row", None)
    return whole


def _decoded(column: Column) -> Column:
    return column.dictionary_decode() if pyarrow.types.is_dictionary(column.type) else column


def _filled(column: Column, gap: int) -> Array:
    whole = column.fill_null(gap) if column.null_count else column
    found: Array = whole.to_numpy(zero_copy_only=False)
    return found


def _cast(name: str, column: Column, kind: pyarrow.DataType) -> Column:
    try:
        return _decoded(column).cast(kind)
    except (pyarrow.ArrowInvalid, pyarrow.ArrowNotImplementedError) as error:
        # Arrow quotes the value that it could not turn, which may be a person's.
        raise InvalidValueError(name, f"must be a column of {kind}", str(column.type)) from error


def _days(table: pyarrow.Table, name: str) -> Array:
    column = _column(table, name)
    if column.null_count:
        raise InvalidValueError(name, "must be given in every row", None)
    return _filled(_cast(name, column, pyarrow.date32()).cast(pyarrow.int32()), -1)


def _days_told(table: pyarrow.Table, name: str, gap: int) -> Array | None:
    if name not in table.column_names:
        return None
    return _filled(_cast(name, _column(table, name), pyarrow.date32()).cast(pyarrow.int32()), gap)


def _whole_numbers(table: pyarrow.Table, name: str, gap: int) -> Array:
    column = _column(table, name)
    if not pyarrow.types.is_integer(column.type):
        raise InvalidValueError(name, "must be a column of whole numbers (fen for money)", str(column.type))
    return _filled(_cast(name, column, pyarrow.int64()), gap)


def _truths(table: pyarrow.Table, name: str) -> Array:
    return _filled(_cast(name, _column(table, name), pyarrow.bool_()).cast(pyarrow.int8()), 0) > 0


def _named(table: pyarrow.Table, kinds: Mapping[str, FactKind], kind: FactKind) -> list[str]:
    return [name for name in table.column_names if kinds.get(name) is kind]


def _numbers(table: pyarrow.Table, kinds: Mapping[str, FactKind], kind: FactKind) -> dict[str, Array]:
    return {name: _whole_numbers(table, name, -1) for name in _named(table, kinds, kind)}


def _flags(table: pyarrow.Table, kinds: Mapping[str, FactKind]) -> dict[str, Array]:
    found = {}
    for name in _named(table, kinds, FactKind.FLAG):
        column = _cast(name, _column(table, name), pyarrow.bool_())
        gaps = column.null_count > 0
        found[name] = _filled(column.cast(pyarrow.int8()), -1) if gaps else _filled(column, 0)
    return found


def _codes(table: pyarrow.Table, kinds: Mapping[str, FactKind]) -> dict[str, Codes]:
    return {name: _code(name, _column(table, name)) for name in _named(table, kinds, FactKind.CODE)}


def _code(name: str, column: Column) -> Codes:
    if not pyarrow.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    words = _cast(name, column.dictionary, pyarrow.string()).to_pylist()
    return Codes(values=_filled(column.indices, -1), words=tuple(words))


def _events(table: pyarrow.Table) -> Array:
    codes = _code("event", _column(table, "event"))
    names = {kind.value: place for place, kind in enumerate(EVENTS)}
    if strangers := [word for word in codes.words if word not in names]:
        raise InvalidValueError("event", "must be a kind of event", strangers[0])
    if len(codes.values) and int(codes.values.min()) < 0:
        raise InvalidValueError("event", "must be given in every row", None)
    places = numpy.array([names[word] for word in codes.words] or [0], dtype=numpy.int8)
    return places[codes.values]
