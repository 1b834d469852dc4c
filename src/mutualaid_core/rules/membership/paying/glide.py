"""Glide path (个人逐步承担): the member's share by year, which never falls, by whatever plans it is told."""

import itertools
from collections.abc import Iterator
from fractions import Fraction

from mutualaid_core.clauses import implements
from mutualaid_core.domain.membership.paying.funding import EarlierPlan, FundingPlan

Path = list[tuple[int, Fraction]]
"""The member's share from each year on (个人分担), in rising order."""


@implements("SN-2.3.5a")
def falls(path: Path) -> Iterator[tuple[int, Fraction, Fraction]]:
    """The years in which a path falls, each with the share and the one before.

    Clause:
        SN-2.3.5a
    """
    for (_, before), (year, after) in itertools.pairwise(path):
        if after < before:
            yield year, after, before


@implements("SN-2.3.5a")
def falls_after(
    plan: FundingPlan, path: Path, before: list[tuple[EarlierPlan, Path]]
) -> Iterator[tuple[int, Fraction, Fraction]]:
    """The years in which a plan's path falls below that of the plans before it.

    Theirs goes on until the plan begins. For a year that has begun what they said stands; a year
    to come may be planned anew.

    Args:
        plan: The plan.
        path: The member's share by it.
        before: The glide paths of the unit that were planned before, in the order of their days.

    Clause:
        SN-2.3.5a
    """
    first, begun = path[0][0], plan.made_on.year
    told = [own for each, own in before if each.made_on <= plan.made_on]
    named = {year for own in (path, *told) for year, _ in own}
    years = {first} if first > begun else {year for year in named if first <= year <= begun}
    for year in sorted(years):
        stood = _share(told, year - 1 if year > begun else year)
        after = _share([path], year)
        if stood is not None and after is not None and after < stood:
            yield year, after, stood


def _share(paths: list[Path], year: int) -> Fraction | None:
    """The share in a year by the last of the paths that has begun; ``None`` where none has."""
    begun = [[share for first, share in path if first <= year] for path in paths]
    return next((shares[-1] for shares in reversed(begun) if shares), None)
