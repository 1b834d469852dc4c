"""Held counters (计数器): what persons of concern used, one array a counter."""

from collections.abc import Mapping

import attrs
import numpy

from mutualaid_core.columnar.arithmetic.exact import INT64_MAX, Array
from mutualaid_core.columnar.base import accumulating
from mutualaid_core.columnar.facts import EventFacts
from mutualaid_core.columnar.limits import Key, Used, key_of
from mutualaid_core.columnar.tables.columns import Prior
from mutualaid_core.columnar.tables.index import CoverIndex
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.rules.claims.counters import lasts
from mutualaid_core.rules.claims.plan.terms import Plan


@attrs.frozen(kw_only=True, eq=False)
class Held:
    """One counter of all persons of concern.

    Attributes:
        place: Place of the counter of each row in ``values``, intp.
        values: int64: what was used so far.
    """

    place: Array
    values: Array


def held_of(
    plan: Plan, facts: EventFacts, whose: tuple[Array, Array], index: CoverIndex, prior: Mapping[str, Prior]
) -> dict[Key, Held]:
    """The counters of *plan* for some claims, with what was used before.

    Args:
        plan: The scheme version, compiled.
        facts: Facts of all claims that take turns.
        whose: Slot of each, and its person.
        index: The covers.
        prior: What claims before this batch used, by the key of the counter.
    """
    slot, person = whose
    return {key: _held(key, facts, person if lasts(key[0]) else slot, index, prior) for key in keys_of(plan)}


def keys_of(plan: Plan) -> tuple[Key, ...]:
    """Every counter that a claim may find used, once."""
    found: list[Key] = []
    for benefit in plan.benefits:
        keys = (key_of(limit) for limit in (*benefit.days_limits, *benefit.limits))
        found.extend(key for key in keys if key is not None)
        found.extend(accumulating(benefit))
    return tuple(dict.fromkeys(found))


def _held(key: Key, facts: EventFacts, group: Array, index: CoverIndex, prior: Mapping[str, Prior]) -> Held:
    counter, fact = key
    told = None if fact is None else facts.told_code(fact)
    words = () if told is None else told.words
    width = len(words) + 1
    number = group.astype(numpy.int64)
    if told is not None:
        # The last place is that of claims without a word, which are refused if the word is asked.
        number = number * width + numpy.where(told.values < 0, len(words), told.values)
    known, place = numpy.unique(number, return_inverse=True)
    values = numpy.zeros(len(known), dtype=numpy.int64)
    if fact is None:
        _fill(values, known, prior.get(counter), index, 1, 0)
    for at, word in enumerate(words):
        _fill(values, known, prior.get(f"{counter}/{word}"), index, width, at)
    return Held(place=place.reshape(-1), values=values)


def _fill(  # noqa: PLR0913, PLR0917  # where a value is kept, and how its number is made
    values: Array, known: Array, prior: Prior | None, index: CoverIndex, width: int, at: int
) -> None:
    """Add what was used before to the counters that stand in *known*."""
    if prior is None or not len(known):
        return
    number, used = prior.person.astype(numpy.int64), prior.used
    if prior.period is not None:
        number, within = index.slots.of(prior.person, prior.period)
        number, used = number[within], used[within]
    number = number * width + at
    place = numpy.minimum(numpy.searchsorted(known, number), len(known) - 1)
    found = known[place] == number
    numpy.add.at(values, place[found], used[found])


def used_by(held: Mapping[Key, Held], rows: slice | Array) -> Used:
    """What was used so far, for some of the rows that take turns."""
    return {key: each.values[each.place[rows]] for key, each in held.items()}


def use(held: Mapping[Key, Held], rows: slice | Array, uses: Used) -> None:
    """Add what these rows use; no two of them share a counter.

    Raises:
        InvalidValueError: 64 bits do not hold a sum.
    """
    for key, used in uses.items():
        place, values = held[key].place[rows], held[key].values
        before = values[place]
        if len(used) and int(before.max()) + int(used.max()) > INT64_MAX:
            raise InvalidValueError("amounts", "must give sums of 64 bits", None)
        values[place] = before + used
