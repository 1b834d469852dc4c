"""Demand (限额占用): whose claims together may reach a limit."""

from collections.abc import Mapping

import attrs
import numpy

from mutualaid_core.columnar.arithmetic.exact import INT64_MAX, Array
from mutualaid_core.columnar.award import Award
from mutualaid_core.columnar.base import accumulating
from mutualaid_core.columnar.tables.columns import Claims, Prior
from mutualaid_core.columnar.tables.index import CoverIndex
from mutualaid_core.domain.scheme.benefit.limits import AmountLimit, Excess
from mutualaid_core.rules.claims.counters import lasts
from mutualaid_core.rules.claims.plan.terms import LimitPlan, Plan


@attrs.define(kw_only=True, eq=False)
class Tally:
    """What all claims together would use of one counter, whatever the words of ``each``.

    Attributes:
        least: No limit on the counter is lower, in fen, days or payments.
        over_period: Whether it is counted by person and period, or by person.
        sums: int64: the sums.
        reach: No sum is above it.
    """

    least: int
    over_period: bool
    sums: Array
    reach: int = 0

    def add(self, used: Array, slot: Array, person: Array) -> None:
        """Add what some claims would use."""
        if len(used):
            self.reach += int(used.max()) * len(used)
            numpy.add.at(self.sums, slot if self.over_period else person, used)


@attrs.define(kw_only=True, eq=False)
class Demand:
    """What all claims would use if none of them came before another.

    Attributes:
        tallies: By counter, and by benefit for claims that add up.
        index: The covers.
        prior: What claims before this batch used.
        unclear: bool: whose claims cannot be computed without those before them.
    """

    tallies: dict[str, Tally]
    index: CoverIndex
    prior: Mapping[str, Prior]
    unclear: Array

    def add(self, made: Award, slot: Array, person: Array) -> None:
        """Add what some claims would use.

        Args:
            made: What they are paid as if nothing was used.
            slot: Person and period of each in one number.
            person: Person of each.
        """
        for (counter, _), used in made.uses.items():
            if counter in self.tallies:
                self.tallies[counter].add(used, slot, person)
        for share in made.shares:
            tally = self.tallies.get(_adding_up(share.line.benefit_id))
            if tally is not None:
                ones = numpy.ones(len(slot), dtype=numpy.int64) if share.fits is None else share.fits
                tally.add(ones.astype(numpy.int64), slot, person)

    @property
    def is_beyond(self) -> bool:
        """Whether a sum may have left 64 bits, so that it says nothing."""
        return any(tally.reach > INT64_MAX for tally in self.tallies.values())

    def of_concern(self) -> Array:
        """Whose limits may bind, or for whom something was used before: bool, one a person."""
        index = self.index
        found = self.unclear | self.is_beyond
        for tally in self.tallies.values():
            over = tally.sums > tally.least
            found |= index.slots.whose(over) if tally.over_period else over
        for used in self.prior.values():
            within = used.person < index.persons
            found[used.person[within]] = True
        return found

    def left(self, counter: str) -> Array | int:
        """What is left of a counter, by person and period or by person, less what was used before."""
        tally, used = self.tallies[counter], self.prior.get(counter)
        if used is None:
            return tally.least
        left = numpy.full(len(tally.sums), tally.least, dtype=numpy.int64)
        if used.period is None:
            place, within = used.person, used.person < self.index.persons
        else:
            place, within = self.index.slots.of(used.person, used.period)
        numpy.subtract.at(left, place[within], used.used[within])
        return numpy.maximum(left, 0)


def demand_of(plan: Plan, claims: Claims, index: CoverIndex, prior: Mapping[str, Prior]) -> Demand:
    """An empty tally for each counter of the plan that more than one claim may use."""
    shares = _least_shares(claims, index)
    tallies: dict[str, Tally] = {}
    for benefit in plan.benefits:
        for limit in (*benefit.days_limits, *benefit.limits):
            if limit.counter is not None:
                _open(tallies, limit.counter, _least(limit, shares), index)
        keys = accumulating(benefit)
        if keys:
            _open(tallies, _adding_up(benefit.terms.benefit_id), 1, index, keys[0][0])
    unclear = numpy.zeros(index.persons, dtype=bool)
    if any(_refuses(limit) for benefit in plan.benefits for limit in benefit.limits):
        # A claim that is refused by itself uses nothing, and may be paid once others have cut it.
        unclear |= numpy.bincount(claims.person, minlength=index.persons)[: index.persons] > 1
    return Demand(tallies=tallies, index=index, prior=prior, unclear=unclear)


def _refuses(plan: LimitPlan) -> bool:
    return isinstance(plan.limit, AmountLimit) and plan.limit.excess is Excess.REFUSE


def _adding_up(benefit_id: str) -> str:
    return f"claims/{benefit_id}"


def _open(
    tallies: dict[str, Tally], name: str, least: int, index: CoverIndex, counter: str | None = None
) -> None:
    if name in tallies:
        tallies[name].least = min(tallies[name].least, least)
        return
    over_period = not lasts(counter or name)
    size = index.slots.size if over_period else index.persons
    tallies[name] = Tally(least=least, over_period=over_period, sums=numpy.zeros(size, dtype=numpy.int64))


def _least(plan: LimitPlan, shares: int) -> int:
    limit = plan.limit
    if isinstance(limit, AmountLimit):
        return limit.most.fen * shares if limit.times_shares else limit.most.fen
    return limit.most


def _least_shares(claims: Claims, index: CoverIndex) -> int:
    """One share, or none where somebody holds none: no claim counts with fewer."""
    told = [table.counts["shares"] for table in (claims, index.covers) if "shares" in table.counts]
    return 0 if any(bool((shares == 0).any()) for shares in told) else 1
