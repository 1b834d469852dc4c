"""Ages (年龄结构, SEL-2 to SEL-4): whether the old join and the young stay away."""

from collections.abc import Iterable
from decimal import Decimal, localcontext
from fractions import Fraction

import attrs

from mutualaid_core.clauses import implements
from mutualaid_core.rules.membership.coverage.decimals import context, decimal_of, logarithm
from mutualaid_core.rules.membership.selection.chance import chi_square, chi_square_above
from mutualaid_core.rules.membership.selection.measure import (
    AgeBand,
    Figure,
    Level,
    Measure,
    SelectionId,
    SelectionTerms,
    unknown,
)
from mutualaid_core.rules.membership.selection.persons import Group, Worker


@attrs.frozen(kw_only=True)
class BandCount:
    """Head counts of one age band (年龄段人数).

    Attributes:
        from_age: First age of the band.
        rate: Expected claims a person and year.
        roster: Workers on the roster.
        joiners: Those of them who join.
    """

    from_age: int
    rate: Fraction
    roster: int
    joiners: int


def band_counts(workers: Iterable[Worker], bands: tuple[AgeBand, ...]) -> tuple[BandCount, ...]:
    """Head counts by age band, the youngest first; bands without anybody are left out.

    Args:
        workers: The roster.
        bands: Age bands, the youngest first; who is younger than the first belongs to it.
    """
    roster, joiners = [0] * len(bands), [0] * len(bands)
    for worker in workers:
        place = max(sum(band.from_age <= worker.age for band in bands) - 1, 0)
        roster[place] += 1
        joiners[place] += worker.joins
    return tuple(
        BandCount(from_age=band.from_age, rate=band.rate, roster=whole, joiners=joined)
        for band, whole, joined in zip(bands, roster, joiners, strict=True)
        if whole
    )


@implements("SN-2.2.2b")
def mean_age(group: Group, terms: SelectionTerms) -> Measure:
    """Mean age of the joiners less that of the whole roster, in years, with a test by bands.

    Args:
        group: Who is judged.
        terms: Thresholds and bands.

    Clause:
        SN-2.2.2b
    """
    joiners = [worker.age for worker in group.workers if worker.joins]
    others = [worker.age for worker in group.workers if not worker.joins]
    if not joiners:
        return unknown(SelectionId.MEAN_AGE, "no joiners")
    roster_mean = _mean(joiners + others)
    value = _mean(joiners) - roster_mean
    parts: list[tuple[str, Figure]] = [("joiners", _mean(joiners)), ("roster", roster_mean)]
    if others:
        parts.append(("non_joiners", _mean(others)))
    test = _band_test(band_counts(group.workers, terms.bands))
    if test is not None:
        parts += [("chi_square", test[0]), ("degrees", Fraction(test[1]))]
    return Measure(
        id=SelectionId.MEAN_AGE,
        value=value,
        level=terms.mean_age.level(value),
        p=None if test is None else chi_square_above(*test),
        parts=tuple(parts),
    )


def _mean(ages: list[int]) -> Fraction:
    return Fraction(sum(ages), len(ages))


def _band_test(counts: tuple[BandCount, ...]) -> tuple[Fraction, int] | None:
    """Chi-square of joiners against the others by band; ``None`` where there is nothing to compare."""
    joined = tuple(count.joiners for count in counts)
    others = tuple(count.roster - count.joiners for count in counts)
    if len(counts) < 2 or not any(joined) or not any(others):  # noqa: PLR2004  # one band compares nothing
        return None
    return chi_square((joined, others))


@implements("SN-2.2.2b")
def age_mix(group: Group, terms: SelectionTerms) -> Measure:
    """Expected claims by the ages of the joiners, to those by the ages of the roster.

    Beside it stands the population stability index; the level is the graver of the two.

    Args:
        group: Who is judged.
        terms: Thresholds and bands.

    Clause:
        SN-2.2.2b
    """
    counts = band_counts(group.workers, terms.bands)
    joined, whole = sum(count.joiners for count in counts), sum(count.roster for count in counts)
    expected = sum((count.roster * count.rate for count in counts), Fraction(0))
    if not joined or not expected:
        return unknown(SelectionId.AGE_MIX, "no expected claims" if joined else "no joiners")
    of_joiners = sum((count.joiners * count.rate for count in counts), Fraction(0))
    index = Fraction(of_joiners * whole, expected * joined)
    # Where nobody of a band joins there is no stability, but it is above what one of the band would make.
    is_told = all(count.joiners for count in counts)
    stability = _stability(counts if is_told else _with_one_of_each(counts))
    levels = (terms.age_mix.level(index), terms.stability.level(stability))
    return Measure(
        id=SelectionId.AGE_MIX,
        value=index,
        level=next(level for level in (Level.RED, Level.YELLOW, Level.GREEN) if level in levels),
        parts=(("stability", stability),) if is_told else (),
    )


def _with_one_of_each(counts: tuple[BandCount, ...]) -> tuple[BandCount, ...]:
    """Head counts as if one had joined of each band of which nobody does."""
    return tuple(attrs.evolve(count, joiners=max(count.joiners, 1)) for count in counts)


def _stability(counts: tuple[BandCount, ...]) -> Decimal:
    """Population stability index of bands of which somebody joins; it has no bound where nobody does."""
    joined, whole = sum(count.joiners for count in counts), sum(count.roster for count in counts)
    shares = [(Fraction(count.joiners, joined), Fraction(count.roster, whole)) for count in counts]
    with localcontext(context()):
        parts = [decimal_of(own - every) * logarithm(Fraction(own, every)) for own, every in shares]
        return sum(parts, Decimal(0))


@implements("SN-2.2.2b")
def take_up(group: Group, terms: SelectionTerms) -> Measure:
    """Highest take-up of an age band to the lowest; the take-up of each band stands beside it.

    Where nobody of a band joins while others do, there is no figure, but it would be above every
    bound: the level is red.

    Args:
        group: Who is judged.
        terms: Thresholds and bands.

    Clause:
        SN-2.2.2b
    """
    counts = band_counts(group.workers, terms.bands)
    rates = {count.from_age: Fraction(count.joiners, count.roster) for count in counts}
    if not rates:
        return unknown(SelectionId.TAKE_UP, "no workers")
    parts: tuple[tuple[str, Figure], ...] = tuple((str(age), rate) for age, rate in rates.items())
    if not max(rates.values()):
        return attrs.evolve(unknown(SelectionId.TAKE_UP, "no joiners"), parts=parts)
    if not min(rates.values()):
        why = "nobody of a band joins"
        return Measure(id=SelectionId.TAKE_UP, value=None, level=Level.RED, why=why, parts=parts)
    value = Fraction(max(rates.values()), min(rates.values()))
    return Measure(id=SelectionId.TAKE_UP, value=value, level=terms.take_up.level(value), parts=parts)
