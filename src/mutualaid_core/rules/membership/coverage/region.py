"""Region (地区覆盖率): persons of a region against its workers, targets, and the way there."""

import datetime
import math
from decimal import Decimal
from fractions import Fraction

import attrs

from mutualaid_core.clauses import implements
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.rules.membership.coverage.decimals import logarithm, quotient
from mutualaid_core.rules.membership.coverage.rate import Rate, rate


@attrs.frozen(kw_only=True)
class Workforce:
    """Workforce (应参保职工数) of a region: a count with its day and its source.

    Attributes:
        workers: Eligible workers.
        counted_on: Day of the count.
        source: Where it is printed.
    """

    workers: int
    counted_on: datetime.date
    source: str


@attrs.frozen(kw_only=True)
class RegionCoverage:
    """Coverage of a region (地区覆盖率, COV-2).

    Attributes:
        rate: Insured persons of all eligible workers.
        workforce: The denominator; ``None`` where it is missing, so that the rate is ``n/a``.
    """

    rate: Rate
    workforce: Workforce | None


@implements("SN-2.1.2")
def region_coverage(insured: int, workforce: Workforce | None) -> RegionCoverage:
    """Insured persons of a region, of its eligible workers.

    Args:
        insured: Distinct persons (人, not 人次).
        workforce: Eligible workers with day and source; ``None`` where nobody counted them.

    Clause:
        SN-2.1.2
    """
    return RegionCoverage(rate=rate(insured, workforce.workers if workforce else None), workforce=workforce)


@attrs.frozen(kw_only=True)
class Implied:
    """Workforce that follows from a printed rate (推算职工数).

    Attributes:
        workers: What the rate as printed gives.
        low: Fewest workers with which the rate rounds to what is printed.
        high: Most workers with which it does.
    """

    workers: Fraction
    low: int
    high: int


@implements("SN-2.1.2")
def implied_workforce(insured: int, printed: Ratio, *, decimals: int) -> Implied | None:
    """Workers that a number of persons and a printed rate imply, with the range of the rounding.

    Args:
        insured: Persons, exact.
        printed: The rate as printed.
        decimals: Decimals of the per cent that is printed; 1 for 14.4 %.

    Returns:
        The workers; ``None`` where the rate could round down to nothing.

    Clause:
        SN-2.1.2
    """
    value = Fraction(printed.numerator, printed.denominator)
    half = Fraction(1, 2 * 100 * 10**decimals)
    if value <= half:
        return None
    # The upper edge of the rate rounds up to the next one, so it lies outside.
    low = math.floor(Fraction(insured, value + half)) + 1
    return Implied(
        workers=Fraction(insured, value), low=low, high=math.floor(Fraction(insured, value - half))
    )


@attrs.frozen(kw_only=True)
class TargetPath:
    """Way to a target (目标差距).

    Attributes:
        target: Persons that make the target.
        reached: How much of the target is reached.
        gap: Persons who are missing; 0 where it is reached.
        years: Years until then at the growth assumed, with the workforce as it is; 0 where it is
            reached, ``None`` where it is never reached or nothing is assumed.
    """

    target: int
    reached: Rate
    gap: int
    years: Decimal | None


@implements("SN-2.1.3")
def rate_target(insured: int, workers: int, target: Ratio, growth: Fraction | None = None) -> TargetPath:
    """How far a region is from a target rate, in whole persons rounded up.

    Args:
        insured: Persons now.
        workers: Eligible workers.
        target: Rate that is aimed at.
        growth: Growth of the persons a year; ``None`` where none is assumed.

    Clause:
        SN-2.1.3
    """
    return programme_target(insured, -(-workers * target.numerator // target.denominator), growth)


@implements("HN-4.1.3", "SN-2.1.3")
def programme_target(insured: int, target: int, growth: Fraction | None = None) -> TargetPath:
    """How far a programme is from a number of persons.

    Args:
        insured: Persons now.
        target: Persons aimed at.
        growth: Growth of the persons a year; ``None`` where none is assumed.

    Clause:
        HN-4.1.3, SN-2.1.3
    """
    return TargetPath(
        target=target,
        reached=rate(insured, target),
        gap=max(target - insured, 0),
        years=_years(insured, target, growth),
    )


def _years(insured: int, target: int, growth: Fraction | None) -> Decimal | None:
    if insured >= target:
        return Decimal(0)
    if growth is None or growth <= 0 or insured <= 0:
        return None
    return quotient(logarithm(Fraction(target, insured)), logarithm(1 + growth))
