"""Division codes (行政区划代码): what held on which day, what lies in what, and what took whose place."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import attrs

from mutualaid_core.clauses import implements
from mutualaid_core.domain.values.divisions import Certainty, Division, ancestors_of_code
from mutualaid_core.domain.values.identifiers import DivisionCode


@attrs.frozen(kw_only=True)
class DivisionTable:
    """Table of division codes (行政区划代码表).

    Attributes:
        rows: The rows of each code, by their days.
        parents: Codes of the divisions of which it knows a part; ``None`` for the nation.
    """

    rows: Mapping[DivisionCode, tuple[Division, ...]]
    parents: frozenset[DivisionCode | None]


@attrs.frozen(kw_only=True)
class Located:
    """Answer: a division as it was on a day, and how sure that is."""

    division: Division
    certainty: Certainty


@attrs.frozen(kw_only=True)
class Within:
    """Answer: whether a division lies in another, and how sure that is."""

    is_so: bool
    certainty: Certainty


@attrs.frozen(kw_only=True)
class Doubt:
    """Answer: what a table has against a code on a day, and how sure that is."""

    found: str
    certainty: Certainty


@attrs.frozen(kw_only=True)
class Conflict:
    """A row that contradicts the others of its table.

    Attributes:
        at: Place of the row, counted from 0.
        field: Field that is wrong.
        value: What it holds.
        rule: What it must be.
    """

    at: int
    field: str
    value: str
    rule: str


def division_table(rows: Iterable[Division]) -> DivisionTable:
    """A table of *rows*, which should be free of conflicts."""
    by_code: dict[DivisionCode, list[Division]] = {}
    for row in rows:
        by_code.setdefault(row.code, []).append(row)
    return DivisionTable(
        rows={code: tuple(sorted(each, key=lambda row: row.valid_from)) for code, each in by_code.items()},
        parents=frozenset(each[0].parent for each in by_code.values()),
    )


def conflicts_of(rows: Sequence[Division]) -> tuple[Conflict, ...]:
    """Every place where *rows* contradict each other: days twice, parents and successors that miss."""
    table = division_table(rows)
    places = {id(row): at for at, row in enumerate(rows)}
    found = [*_overlaps(table, places)]
    for at, row in enumerate(rows):
        found += _parent_conflicts(table, at, row)
        found += _successor_conflicts(table, at, row)
    return tuple(sorted(found, key=lambda conflict: conflict.at))


def _overlaps(table: DivisionTable, places: Mapping[int, int]) -> Iterator[Conflict]:
    for rows in table.rows.values():
        for before, after in pairwise(rows):
            if before.valid_to is None or before.valid_to >= after.valid_from:
                rule = "must be after the last day of the row of the code before it"
                day = after.valid_from.isoformat()
                yield Conflict(at=places[id(after)], field="valid_from", value=day, rule=rule)


def _parent_conflicts(table: DivisionTable, at: int, row: Division) -> Iterator[Conflict]:
    if row.parent is None:
        return
    around = table.rows.get(row.parent, ())
    ends = (row.valid_from,) if row.valid_to is None else (row.valid_from, row.valid_to)
    if not all(any(each.is_valid_on(day) for each in around) for day in ends):
        rule = "must be in the table on the days of the row"
        yield Conflict(at=at, field="parent", value=row.parent, rule=rule)


def _successor_conflicts(table: DivisionTable, at: int, row: Division) -> Iterator[Conflict]:
    if row.successor is None or row.valid_to is None or row.valid_to == datetime.date.max:
        return
    next_day = row.valid_to + datetime.timedelta(days=1)
    if not any(each.is_valid_on(next_day) for each in table.rows.get(row.successor, ())):
        rule = "must be in the table from the day after valid_to on"
        yield Conflict(at=at, field="successor", value=row.successor, rule=rule)


def division_on(table: DivisionTable, code: DivisionCode, day: datetime.date) -> Located | None:
    """The division of that code on *day*; ``None`` where the table does not tell of one.

    A table need not be complete: that it is silent proves nothing.
    """
    row = _row_on(table, code, day)
    return None if row is None else Located(division=row, certainty=row.certainty_on(day))


def _row_on(table: DivisionTable, code: DivisionCode, day: datetime.date) -> Division | None:
    for row in table.rows.get(code, ()):
        if row.is_valid_on(day):
            return row
    return None


def doubt_of(table: DivisionTable, code: DivisionCode, day: datetime.date) -> Doubt | None:
    """What a table has against *code* on *day*; ``None`` where it has nothing against it.

    A code that has ended is as sure as its row. A code that the table does not know is a doubt
    only where the table does know others in the same division, and never more than a doubt:
    tables are not complete.
    """
    if _row_on(table, code, day) is not None:
        return None
    ended = _last_before(table, code, day)
    if ended is not None and ended.valid_to is not None:
        return Doubt(
            found=f"ended on {ended.valid_to.isoformat()}", certainty=ended.certainty_on(ended.valid_to)
        )
    if code in table.rows:
        # The rows may begin where their source begins, and the code be older.
        first = table.rows[code][0].valid_from
        return Doubt(found=f"known from {first.isoformat()} on", certainty=Certainty.FROM_MEMORY)
    parent = next(iter(ancestors_of_code(code)), None)
    if parent in table.parents:
        return Doubt(found="not in the table", certainty=Certainty.FROM_MEMORY)
    return None


def successors_of(table: DivisionTable, code: DivisionCode, day: datetime.date) -> tuple[Division, ...]:
    """The rows that lead from an abandoned code to the one that holds on *day*, that one last.

    Empty for a code that holds on *day*, that the table does not know, or whose way it does not
    know to the end.
    """
    chain: list[Division] = []
    seen = {code}
    while (present := _row_on(table, code, day)) is None:
        ended = _last_before(table, code, day)
        if ended is None or ended.successor is None or ended.successor in seen:
            return ()
        chain.append(ended)
        code = ended.successor
        seen.add(code)
    return (*chain, present) if chain else ()


def _last_before(table: DivisionTable, code: DivisionCode, day: datetime.date) -> Division | None:
    ended = [row for row in table.rows.get(code, ()) if row.valid_to is not None and row.valid_to < day]
    return ended[-1] if ended else None


def ancestors_on(table: DivisionTable, code: DivisionCode, day: datetime.date) -> tuple[Division, ...]:
    """The divisions around a code on *day*, the nearest first, as far as the table tells of them."""
    found = (_row_on(table, each, day) for each in ancestors_of_code(code))
    return tuple(each for each in found if each is not None)


@implements("HN-4.1.1a", "ACFTU-4.2a")
def is_within(table: DivisionTable, code: DivisionCode, of: DivisionCode, day: datetime.date) -> Within:
    """Whether the division *code* lies in the division *of*, or is that division, on *day*.

    The digits of a code tell what it lies in, which no table has to attest. A code that was
    abandoned stands for the one that took its place, and the answer is then as sure as the
    rows that say so.

    Args:
        table: Division codes.
        code: Code as it was registered, in any revision.
        of: Code of the territory, in any revision.
        day: The day.

    Clause:
        HN-4.1.1a, ACFTU-4.2a
    """
    inner, outer = successors_of(table, code, day), successors_of(table, of, day)
    last, around = (inner[-1].code if inner else code), (outer[-1].code if outer else of)
    is_so = last == around or around in ancestors_of_code(last)
    rows = (*inner, *outer)
    is_sure = all(row.certainty is Certainty.FOUND for row in rows)
    return Within(is_so=is_so, certainty=Certainty.FOUND if is_sure else Certainty.FROM_MEMORY)
