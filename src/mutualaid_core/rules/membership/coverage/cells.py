"""Cells (职工与险种覆盖): persons by schemes, and persons by form of employment."""

from collections.abc import Iterable, Mapping

import attrs

from mutualaid_core.clauses import implements
from mutualaid_core.domain.scheme.eligibility import Employment
from mutualaid_core.rules.membership.coverage.rate import Rate, rate


@attrs.frozen(kw_only=True)
class CellCoverage:
    """Coverage of persons and schemes (职工和险种覆盖率, COV-3).

    Attributes:
        cells: Filled cells of persons times schemes.
        persons: Persons with any scheme.
        all_schemes: Persons with every scheme.
    """

    cells: Rate
    persons: Rate
    all_schemes: Rate


@implements("SN-2.2.3b")
def cell_coverage(held: Iterable[frozenset[str]], schemes: frozenset[str]) -> CellCoverage:
    """How many of the cells persons times schemes are filled, and beside it how many persons.

    Args:
        held: Schemes of each worker; empty for none. Schemes that are not asked for do not count.
        schemes: Schemes that are asked for.

    Clause:
        SN-2.2.3b
    """
    own = [each & schemes for each in held]
    return CellCoverage(
        cells=rate(sum(map(len, own)), len(own) * len(schemes)),
        persons=rate(sum(bool(each) for each in own), len(own)),
        all_schemes=rate(sum(each == schemes for each in own), len(own)),
    )


@attrs.frozen(kw_only=True)
class HeadCount:
    """Head count (人数) of one form of employment.

    Attributes:
        enrolled: Enrolled workers.
        eligible: Eligible workers.
    """

    enrolled: int
    eligible: int


@attrs.frozen(kw_only=True)
class EmploymentCoverage:
    """Coverage by form of employment (分用工形式覆盖率).

    Attributes:
        rows: Rate of each form, in the order of the forms.
        overall: Rate of all of them from the sums; never the mean of the rates.
    """

    rows: tuple[tuple[Employment, Rate], ...]
    overall: Rate


@implements("HN-3.1.1")
def employment_coverage(counts: Mapping[Employment, HeadCount]) -> EmploymentCoverage:
    """Coverage of each form of employment with its head counts, and of all together.

    Args:
        counts: Head counts; a form that is not told has no row.

    Clause:
        HN-3.1.1
    """
    told = [(form, counts[form]) for form in Employment if form in counts]
    enrolled, eligible = (
        sum(count.enrolled for _, count in told),
        sum(count.eligible for _, count in told),
    )
    return EmploymentCoverage(
        rows=tuple((form, rate(count.enrolled, count.eligible)) for form, count in told),
        overall=rate(enrolled, eligible),
    )
