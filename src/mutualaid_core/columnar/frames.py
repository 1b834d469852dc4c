"""Frames (数据框): claims and covers of Polars, pandas, DuckDB or PyArrow in, an Arrow table out.

The door to other people's frames. Persons come with ids, texts or whole numbers, and get numbers;
days are dates, money is whole fen, words are texts. A fact stands in the column of its name;
columns that no scheme knows are left alone, but one that is nearly known is refused.
"""

from collections.abc import Collection, Mapping
from typing import NoReturn

import numpy
import pyarrow

from mutualaid_core.columnar.arithmetic.exact import INT64_MAX, Array, narrow
from mutualaid_core.columnar.arrow import reading, words
from mutualaid_core.columnar.arrow.ids import ids_told, numbered, numbers_of_few, ranks
from mutualaid_core.columnar.arrow.names import (
    kinds_of,
    own_names,
    refuse_misspelt_claims,
    refuse_misspelt_covers,
    words_of,
)
from mutualaid_core.columnar.arrow.prior import prior_of
from mutualaid_core.columnar.arrow.reading import Column, Frame, arrow_of, first_row
from mutualaid_core.columnar.blocks import THREADS, refuse_sizes
from mutualaid_core.columnar.result import Result, StepColumn
from mutualaid_core.columnar.run import BLOCK, adjudicate_lines
from mutualaid_core.columnar.tables.columns import NO_DAY, Claims, Codes, Covers
from mutualaid_core.domain.scheme.facts import COLUMN_OF_PART, EventKind, FactKind
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.rules.claims.plan.terms import Plan


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
    ``event``, ``settled``, ``filed``, ``elsewhere`` and ``is_reversed``; the national names
    ``setl_id``, ``begndate``, ``enddate``, ``setl_time`` and ``refd_setl_flag`` stand for theirs,
    as in a file of claims. Covers have ``person_id``, ``period_id``, ``first_day`` and
    ``last_day``, and may have ``born`` and ``holds_`` with the id of a part. Prior use has
    ``person_id``, ``period_id`` (null for a lifetime), ``counter`` and ``used``.

    A frame may also be a batch of records of Arrow. Ids of one kind are texts in all frames, or
    whole numbers in all of them: ``"007"`` and 7 are never the same person. Errors count rows
    from 0.

    Args:
        plan: The scheme version, compiled.
        claims: One row a claim, in any order.
        covers: One row a cover, in any order.
        prior: What earlier claims used; ``None`` for nothing.
        event: Kind of every event, where the claims have no column ``event``; where they have one,
            it alone says.
        breakdown: Whether to say how each amount came about.
        block: Rows that are computed together.
        threads: Threads that work side by side; the table is the same for any number of them.

    Returns:
        ``claim_id`` (of the type that came) and ``paid`` (int64, fen) in the order of the claims.
        With the breakdown also ``reasons`` (int64, a bit for each number), and for each benefit in
        columns that begin with its id: ``fits`` (bool), ``base``, ``result`` and ``amount``
        (int64), ``steps[k]`` with the denominator of the step after a slash (int64, or texts of
        decimal digits), and ``cuts[k]`` (int64). Names and types of the columns follow from the
        plan alone, so that tables of parts of a file can be put together. A step comes in texts
        where the plan can give numbers that 64 bits do not hold.

    Raises:
        InvalidValueError: A column is missing, misspelt or of another type, or the columns do not
            say what the scheme asks for.
    """
    refuse_sizes(block=block, threads=threads)
    rows, held = own_names(arrow_of(claims)), arrow_of(covers)
    refuse_misspelt_claims(rows.column_names, plan.version)
    refuse_misspelt_covers(held.column_names, plan.version)
    persons, of_claims, of_covers = numbered(
        reading.column_of(rows, "person_id"), reading.column_of(held, "person_id"), threads=threads
    )
    periods, of_periods = numbers_of_few(ids_told(held, "period_id"))
    table = _claims(rows, of_claims, plan.version, event)
    known = _covers(held, of_covers, of_periods, plan.version)
    earlier = {} if prior is None else prior_of(arrow_of(prior), plan, persons, periods)
    result = adjudicate_lines(plan, table, known, earlier, breakdown=breakdown, block=block, threads=threads)
    return _table(rows["claim_id"], result)


def _claims(table: pyarrow.Table, person: Array, version: SchemeVersion, event: EventKind | None) -> Claims:
    names, kinds = table.column_names, kinds_of(version)
    made = Claims(
        person=person,
        order=ranks(table, "claim_id"),
        event=_event(table, event),
        began=reading.days(table, "began"),
        ended=reading.days(table, "ended"),
        settled=reading.days_told(table, "settled", -1),
        filed=reading.days_told(table, "filed", -1),
        amounts=_numbers(table, kinds, FactKind.AMOUNT),
        counts=_numbers(table, kinds, FactKind.COUNT),
        codes=_codes(table, version),
        flags=_flags(table, kinds),
        elsewhere=reading.whole_numbers(table, "elsewhere", 0) if "elsewhere" in names else None,
        is_reversed=reading.truths(table, "is_reversed") if "is_reversed" in names else None,
    )
    _refuse_negative(table, {**made.amounts, **made.counts}, made.gaps)
    return made


def _event(table: pyarrow.Table, event: EventKind | None) -> Array | EventKind:
    """The kind of each event, or of all of them."""
    if event is not None and not isinstance(event, EventKind):
        raise InvalidValueError("event", "must be an EventKind", type(event).__name__)
    return words.events(table) if event is None or "event" in table.column_names else event


def _covers(table: pyarrow.Table, person: Array, period: Array, version: SchemeVersion) -> Covers:
    kinds = kinds_of(version)
    parts = [name for name in table.column_names if name.startswith(COLUMN_OF_PART)]
    made = Covers(
        person=person,
        period=period,
        first_day=reading.days(table, "first_day"),
        last_day=reading.days(table, "last_day"),
        born=reading.days_told(table, "born", NO_DAY),
        counts=_numbers(table, kinds, FactKind.COUNT),
        codes=_codes(table, version),
        flags=_flags(table, kinds),
        parts={name.removeprefix(COLUMN_OF_PART): reading.truths(table, name) for name in parts},
    )
    _refuse_negative(table, made.counts, made.gaps)
    _refuse_parts(version, made.parts)
    return made


def _refuse_parts(version: SchemeVersion, held: Mapping[str, Array]) -> None:
    """Refuse covers with a part but without one that it needs, or beside one that it excludes."""
    for part in version.parts:
        own = held.get(part.part_id)
        if own is None:
            continue
        for name in part.needs:
            without = own if name not in held else own & ~held[name]
            if without.any():
                _refuse_part("must hold", name, part.part_id, without)
        for name in part.excludes:
            if name in held and (own & held[name]).any():
                _refuse_part("must not hold", name, part.part_id, own & held[name])


def _refuse_part(rule: str, name: str, part_id: str, where: Array) -> NoReturn:
    found = f"one in {first_row(where)}"
    raise InvalidValueError("parts", f"{rule} {name} with {part_id}", found, clause="SN-2.2.3a")


def _refuse_negative(table: pyarrow.Table, numbers: Mapping[str, Array], gaps: Collection[str]) -> None:
    """Refuse -1 in a column without gaps, where it would pass for one."""
    for name, values in numbers.items():
        if name in gaps and not table[name].null_count and (values < 0).any():
            raise InvalidValueError(name, "must not be negative", f"one in {first_row(values < 0)}")


def _numbers(table: pyarrow.Table, kinds: Mapping[str, FactKind], kind: FactKind) -> dict[str, Array]:
    return {name: reading.whole_numbers(table, name, -1) for name in _named(table, kinds, kind)}


def _codes(table: pyarrow.Table, version: SchemeVersion) -> dict[str, Codes]:
    known = words_of(version)
    return {
        name: words.code_among(table, name, known[name])
        for name in _named(table, kinds_of(version), FactKind.CODE)
    }


def _flags(table: pyarrow.Table, kinds: Mapping[str, FactKind]) -> dict[str, Array]:
    return {name: reading.flag(table, name) for name in _named(table, kinds, FactKind.FLAG)}


def _named(table: pyarrow.Table, kinds: Mapping[str, FactKind], kind: FactKind) -> list[str]:
    return [name for name in table.column_names if kinds.get(name) is kind]


def _table(ids: Column, result: Result) -> pyarrow.Table:
    columns = {"claim_id": ids, "paid": pyarrow.array(result.paid)}
    if result.reasons is not None:
        columns["reasons"] = pyarrow.array(result.reasons)
    for benefit in result.benefits:
        name = benefit.benefit_id
        for part in ("fits", "base", "result", "amount"):
            columns[f"{name}/{part}"] = pyarrow.array(getattr(benefit, part))
        for place, step in enumerate(benefit.steps):
            columns[f"{name}/steps[{place}]/{step.denominator}"] = _step(step)
        for place, cut in enumerate(benefit.cuts):
            columns[f"{name}/cuts[{place}]"] = pyarrow.array(cut.cut)
    return pyarrow.table(columns)


def _step(step: StepColumn) -> Column:
    """Whole numbers as they are, or as decimal digits where 64 bits may not hold them."""
    if not step.is_wide:
        return pyarrow.array(narrow(step.numerators, INT64_MAX).values)
    if step.numerators.dtype != numpy.int64:
        return pyarrow.array([str(number) for number in step.numerators], pyarrow.string())
    return pyarrow.array(step.numerators).cast(pyarrow.string())
