"""Tables from rows (逐行转列): the lines of the one-by-one evaluator as columns.

For small files and for comparing both evaluators; a large file never becomes rows.
"""

import datetime
from collections.abc import Mapping, Sequence

import numpy

from mutualaid_core.columnar.arithmetic.exact import Array
from mutualaid_core.columnar.tables.columns import EPOCH, EVENTS, NO_DAY, Claims, Codes, Covers, Prior
from mutualaid_core.rules.claims.given.rows import ClaimLine, Cover


def tables_of(
    lines: Sequence[ClaimLine], covers: Mapping[str, Sequence[Cover]]
) -> tuple[Claims, Covers, dict[str, int]]:
    """Claims and covers as columns, rows in the order given.

    Returns:
        The claims, the covers, and the number of each person.
    """
    persons = {person: number for number, person in enumerate(dict.fromkeys([*covers, *_persons(lines)]))}
    own = [cover for person in covers for cover in covers[person]]
    periods = periods_of(covers)
    parts = sorted({part for cover in own for part in cover.parts})
    table = Covers(
        person=numpy.array([persons[cover.person_id] for cover in own], dtype=numpy.int64),
        period=numpy.array([periods[cover.period_id] for cover in own], dtype=numpy.int64),
        first_day=_days([cover.days.first_day for cover in own]),
        last_day=_days([cover.days.last_day for cover in own]),
        born=_days([cover.born for cover in own], NO_DAY),
        counts=_numbers([cover.counts for cover in own], numpy.int64),
        codes=_codes([cover.codes for cover in own]),
        flags=_numbers([cover.flags for cover in own], numpy.int8),
        parts={part: numpy.array([part in cover.parts for cover in own], dtype=bool) for part in parts},
    )
    return _claims(lines, persons), table, persons


def _persons(lines: Sequence[ClaimLine]) -> list[str]:
    return [line.person_id for line in lines]


def periods_of(covers: Mapping[str, Sequence[Cover]]) -> dict[str, int]:
    """The number of each period that a cover names."""
    named = sorted({cover.period_id for own in covers.values() for cover in own})
    return {period: number for number, period in enumerate(named)}


def _claims(lines: Sequence[ClaimLine], persons: Mapping[str, int]) -> Claims:
    ranks = {claim: rank for rank, claim in enumerate(sorted(line.claim_id for line in lines))}
    return Claims(
        person=numpy.array([persons[line.person_id] for line in lines], dtype=numpy.int64),
        order=numpy.array([ranks[line.claim_id] for line in lines], dtype=numpy.int64),
        event=numpy.array([EVENTS.index(line.event) for line in lines], dtype=numpy.int8),
        began=_days([line.began for line in lines]),
        ended=_days([line.ended for line in lines]),
        settled=_days([line.settled for line in lines]),
        filed=_days([line.filed for line in lines]),
        amounts=_numbers([line.amounts for line in lines], numpy.int64),
        counts=_numbers([line.counts for line in lines], numpy.int64),
        codes=_codes([line.codes for line in lines]),
        flags=_numbers([line.flags for line in lines], numpy.int8),
        elsewhere=numpy.array([line.elsewhere for line in lines], dtype=numpy.int64),
        is_reversed=numpy.array([line.is_reversed for line in lines], dtype=bool),
    )


def prior_of(
    values: Mapping[tuple[str, str], Mapping[str, int]],
    persons: Mapping[str, int],
    periods: Mapping[str, int],
) -> dict[str, Prior]:
    """What persons used before, as the one-by-one evaluator keeps it: by person and period, and counter.

    Args:
        values: Used by person and period (empty for a lifetime), and by counter.
        persons: Number of each person.
        periods: Number of each period.
    """
    found: dict[str, list[tuple[int, int | None, int]]] = {}
    for (person, period), used in values.items():
        for counter, value in used.items():
            row = (persons[person], periods[period] if period else None, value)
            found.setdefault(counter, []).append(row)
    return {counter: _prior(rows) for counter, rows in found.items()}


def _prior(rows: Sequence[tuple[int, int | None, int]]) -> Prior:
    persons, periods, values = zip(*rows, strict=True)
    return Prior(
        person=numpy.array(persons, dtype=numpy.int64),
        period=None if periods[0] is None else numpy.array(periods, dtype=numpy.int64),
        used=numpy.array(values, dtype=numpy.int64),
    )


def _days(days: Sequence[datetime.date | None], gap: int = -1) -> Array:
    return numpy.array([gap if day is None else day.toordinal() - EPOCH for day in days], dtype=numpy.int32)


def _names(facts: Sequence[Mapping[str, object]]) -> list[str]:
    return sorted({name for each in facts for name in each})


def _numbers(facts: Sequence[Mapping[str, int]], kind: type) -> dict[str, Array]:
    return {name: numpy.array([each.get(name, -1) for each in facts], dtype=kind) for name in _names(facts)}


def _codes(facts: Sequence[Mapping[str, str]]) -> dict[str, Codes]:
    return {name: code_column([each.get(name) for each in facts]) for name in _names(facts)}


def code_column(words: Sequence[str | None]) -> Codes:
    """Words as a column with its list of words."""
    known = sorted({word for word in words if word is not None})
    places: dict[str | None, int] = {word: place for place, word in enumerate(known)}
    values = numpy.array([places.get(word, -1) for word in words], dtype=numpy.int64)
    return Codes(values=values, words=tuple(known))
