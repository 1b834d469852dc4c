"""Rate (比率): a count out of a count, exact, and never a number where there is none."""

import itertools
from fractions import Fraction

import attrs

from mutualaid_core.clauses import implements

NOT_KNOWN = "n/a"
_HALF = Fraction(1, 2)


@attrs.frozen(kw_only=True)
class Rate:
    """Rate (比率) with both its counts, so that rates of parts can be added up.

    Attributes:
        count: Numerator, in persons or cells.
        of: Denominator; ``None`` where it is missing.
        why: Why there is no rate; empty where there is one.
    """

    count: int
    of: int | None
    why: str = ""

    @property
    def value(self) -> Fraction | None:
        """The exact rate; ``None`` where the denominator is missing or nothing."""
        return Fraction(self.count, self.of) if self.of else None

    def shown(self, decimals: int = 2) -> str:
        """In per cent, rounded half up for people; ``n/a`` where there is none."""
        return NOT_KNOWN if self.value is None else f"{percent(self.value, decimals)} %"


def percent(value: Fraction, decimals: int) -> str:
    """A share from 0 on in per cent, rounded half up.

    Args:
        value: The share, 1 for all.
        decimals: Decimals, 1 or more.
    """
    scaled = int(value * 100 * 10**decimals + _HALF)
    return f"{scaled // 10**decimals}.{scaled % 10**decimals:0{decimals}d}"


def rate(count: int, of: int | None) -> Rate:
    """A rate, or why there is none.

    Args:
        count: Numerator.
        of: Denominator; ``None`` where it is missing.
    """
    if of is None:
        return Rate(count=count, of=None, why="denominator missing")
    return Rate(count=count, of=of, why="" if of else "denominator 0")


@implements("ACFTU-2.2")
def participation_rate(enrolled: int, eligible: int | None) -> Rate:
    """Participation (参与率, COV-1) of a unit, region, scheme or period.

    Args:
        enrolled: Enrolled eligible workers.
        eligible: Eligible workers on the roster date, not all staff; ``None`` where not counted.

    Clause:
        ACFTU-2.2
    """
    return rate(enrolled, eligible)


@implements("GD-1.3f", "SN-2.1.2")
def trend(rates: tuple[Rate, ...]) -> tuple[Fraction | None, ...]:
    """Change from each rate to the next one, in points; ``None`` where either is missing.

    Args:
        rates: Rates in the order of their days.

    Clause:
        GD-1.3f, SN-2.1.2
    """
    values = [each.value for each in rates]
    return tuple(
        None if before is None or after is None else (after - before) * 100
        for before, after in itertools.pairwise(values)
    )


@implements("GD-2.2b")
def renewal_rate(
    before: frozenset[str], after: frozenset[str], still_eligible: frozenset[str]
) -> Rate:  # fmt: skip
    """Renewal (续保率, COV-4): persons of a period who are in the next one too.

    Who is no longer eligible, having retired or died, is in neither count.

    Args:
        before: Pseudonyms of the persons of the period.
        after: Those of the next period.
        still_eligible: Those who could have renewed.

    Clause:
        GD-2.2b
    """
    due = before & still_eligible
    return rate(len(due & after), len(due))
