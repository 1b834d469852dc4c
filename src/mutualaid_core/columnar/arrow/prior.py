"""Prior use (已用限额) of a frame: what persons used of the limits before the claims at hand.

Nothing is passed over in silence: what names a counter or a period that is not there would pay
more than is left.
"""

from collections.abc import Mapping, Sequence
from typing import NoReturn

import numpy

from mutualaid_core.columnar.arithmetic.exact import Array
from mutualaid_core.columnar.arrow.ids import Numbers, ids_or_none, ids_told
from mutualaid_core.columnar.arrow.names import did_you_mean, words_of
from mutualaid_core.columnar.arrow.reading import Table, filled, first_row, refuse_gaps, whole_numbers
from mutualaid_core.columnar.arrow.reading import told as column_told
from mutualaid_core.columnar.arrow.words import code
from mutualaid_core.columnar.tables.columns import PERIODS_MAX, Prior
from mutualaid_core.columnar.turns.held import keys_of
from mutualaid_core.domain.values.money import FEN_MAX
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.rules.claims.counters import counters_beside, lasts
from mutualaid_core.rules.claims.plan.terms import Plan


def prior_of(table: Table, plan: Plan, persons: Numbers, periods: Numbers) -> dict[str, Prior]:
    """What was used before, by counter; of persons who have neither claim nor cover nothing.

    Args:
        table: One row a person, counter and period.
        plan: The scheme version, compiled.
        persons: Numbers of the persons of claims and covers.
        periods: Numbers of the periods of covers.

    Raises:
        InvalidValueError: A column is missing or of another type, or a row names no person, no
            counter of the version, or no period where its counter runs over one.
    """
    person = persons.of("person_id", ids_told(table, "person_id"))
    ids = ids_or_none(table, "period_id")
    period, dated = periods.of("period_id", ids), filled(ids.is_valid(), gap=False)
    used = _used(table)
    names, counter = _counters(table, plan)
    lasting = numpy.isin(counter, [place for place, name in names.items() if lasts(name)])
    _refuse("period_id", "must be given for a counter over a period", ~lasting & ~dated)
    _refuse("period_id", "must not be given for a counter over a lifetime", lasting & dated)
    strange = ~lasting & (person >= 0) & (period < 0)
    if strange.any():
        _refuse_period(ids, periods, strange)
    _refuse_twice(person, period, counter)
    found = {}
    for place, name in names.items():
        own = (counter == place) & (person >= 0)
        of_period = None if lasts(name) else period[own]
        found[name] = Prior(person=person[own], period=of_period, used=used[own])
    _refuse_halves(found)
    return found


def _refuse_halves(found: Mapping[str, Prior]) -> None:
    """Refuse what earlier claims came to without what it came of, and the other way round."""
    for name, told in found.items():
        for beside in counters_beside(name):
            other = found.get(beside)
            if other is None or not numpy.isin(_places(told), _places(other)).all():
                kind = beside.partition("/")[0]
                raise InvalidValueError("counter", f"must stand with a row of {kind}", name.partition("/")[0])


def _places(told: Prior) -> Array:
    """Person and period of each row in one number."""
    period = 0 if told.period is None else told.period.astype(numpy.int64)
    return numpy.asarray(told.person.astype(numpy.int64) * PERIODS_MAX + period)


def _refuse_twice(person: Array, period: Array, counter: Array) -> None:
    order = numpy.lexsort((period, counter, person))
    same = person[order][1:] >= 0
    for part in (person[order], period[order], counter[order]):
        same &= part[1:] == part[:-1]
    if same.any():
        row = int(order[1:][same].min())
        rule = "must be there once for each counter and period"
        raise InvalidValueError("person_id", rule, f"again in row {row}")


def _used(table: Table) -> Array:
    used = whole_numbers(table, "used", -1)
    refuse_gaps("used", column_told(table, "used"))
    _refuse("used", f"must be within 0 and {FEN_MAX:,}", (used < 0) | (used > FEN_MAX))
    return used


def _counters(table: Table, plan: Plan) -> tuple[dict[int, str], Array]:
    """The counters that rows name by their places, and the place of the one of each row."""
    codes = code(table, "counter")
    _refuse("counter", "must be given in every row", codes.values < 0)
    lists, keys = words_of(plan.version), keys_of(plan)
    whole = {name for name, fact in keys if fact is None}
    worded = [(f"{name}/", lists[fact]) for name, fact in keys if fact is not None]
    # A category may name words that no row has.
    names = {place: codes.words[place] for place in numpy.unique(codes.values).tolist()}
    for place, name in names.items():
        against = _said_against(name, whole, worded)
        if against is not None:
            # The end of it may be a diagnosis, which no text may quote.
            where, (rule, hint) = first_row(codes.values == place), against
            raise InvalidValueError("counter", rule, f"another in {where}", hint=hint)
    return names, codes.values


def _said_against(
    name: str, whole: set[str], worded: Sequence[tuple[str, tuple[str, ...]]]
) -> tuple[str, str] | None:
    """What is said of a name that is no counter of the version, and the question what was meant.

    Args:
        name: What a row says.
        whole: Counters that run for everything together.
        worded: How those begin that run for each word, with these words; an empty list for any.
    """
    begun = [(start, words) for start, words in worded if name.startswith(start) and name != start]
    if name in whole or any(not words or name.removeprefix(start) in words for start, words in begun):
        return None
    if not begun:
        written = (*whole, *(f"{start}…" for start, _ in worded))
        return "must be a counter of the scheme", did_you_mean(name, written)
    known = [word for _, words in begun for word in words]
    return f"must end with one of {', '.join(known)}", did_you_mean(name.removeprefix(begun[0][0]), known)


def _refuse_period(ids: object, periods: Numbers, strange: Array) -> NoReturn:
    row = int(numpy.argmax(strange))
    hint = did_you_mean(str(ids[row]), map(str, periods.ids.to_pylist()))  # type: ignore[index]  # Arrow has no types
    rule = "must be a period of the covers"
    raise InvalidValueError("period_id", rule, f"another in {first_row(strange)}", hint=hint)


def _refuse(name: str, rule: str, where: Array) -> None:
    if where.any():
        raise InvalidValueError(name, rule, f"otherwise in {first_row(where)}")
