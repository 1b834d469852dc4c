"""Slots (人期编号): one number for each person and period, by which limits are counted."""

import attrs
import numpy

from mutualaid_core.columnar.arithmetic.exact import Array
from mutualaid_core.columnar.tables.columns import Covers

_ROOM = 4
"""So many numbers without a cover beside each with one take less room than telling them apart."""


@attrs.frozen(kw_only=True, eq=False)
class Slots:
    """How persons and periods are numbered.

    Where most persons have a cover in most periods, every pair has its number, and none need be
    looked up. Else only pairs with a cover have one, so that room is taken by covers alone.

    Attributes:
        persons: Number of persons.
        periods: Number of periods.
        places: Place of each period in the order in which they are numbered.
        pairs: Pairs with a cover, rising, each as person times periods plus place; ``None`` where
            every pair has a number. The number behind the last is that of all pairs without.
    """

    persons: int
    periods: int
    places: Array
    pairs: Array | None = None

    @property
    def size(self) -> int:
        """Numbers in all."""
        return self.persons * self.periods if self.pairs is None else len(self.pairs) + 1

    @property
    def nowhere(self) -> int:
        """The number of pairs without a cover, where those have none of their own."""
        return self.size - 1

    def of(self, person: Array, period: Array) -> tuple[Array, Array]:
        """Number of each pair, int64, and whether it has one of its own."""
        known = (person < self.persons) & (period < self.periods)
        pair = person.astype(numpy.int64) * self.periods + self.places[numpy.where(known, period, 0)]
        if self.pairs is None:
            return pair, known
        place = numpy.minimum(numpy.searchsorted(self.pairs, pair), len(self.pairs) - 1)
        known &= self.pairs[place] == pair
        return numpy.where(known, place, self.nowhere), known

    def whose(self, told: Array) -> Array:
        """Which persons have a number for which something is *told*: bool, one a person."""
        if self.pairs is None:
            return numpy.asarray(told.reshape(self.persons, self.periods).any(axis=1))
        found = numpy.zeros(self.persons, dtype=bool)
        found[self.pairs[told[:-1]] // self.periods] = True
        return found


def are_sparse(covers: Covers, persons: int, periods: int) -> bool:
    """Whether pairs with a cover are so few that they alone should have numbers."""
    return persons * periods > _ROOM * (len(covers) + persons)


def of_covers(covers: Covers, persons: int, periods: int) -> tuple[Slots, Array]:
    """Numbers of the pairs with a cover alone, and the number of each cover."""
    pair = covers.person.astype(numpy.int64) * periods + covers.period
    pairs, own = numpy.unique(pair, return_inverse=True)
    slots = Slots(persons=persons, periods=periods, places=numpy.arange(periods), pairs=pairs)
    return slots, own.reshape(-1)
