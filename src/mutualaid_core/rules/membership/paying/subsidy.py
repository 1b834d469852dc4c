"""Work subsidy (工作经费补助): by the head of those who take part, in the years that a policy names."""

import enum

import attrs

from mutualaid_core.clauses import implements
from mutualaid_core.domain.scheme.policy import Policy
from mutualaid_core.domain.values.checks import not_negative
from mutualaid_core.domain.values.money import Money


class SubsidyReason(enum.Enum):
    """Why no subsidy is due (不予补助原因)."""

    OUTSIDE_YEARS = "outside years"
    NOBODY = "nobody takes part"


@attrs.frozen(kw_only=True)
class WorkSubsidy:
    """Work subsidy (工作经费补助) of one year.

    Attributes:
        year: Year.
        persons: Distinct persons who take part on the count date.
        amount: What is due.
        reason: Why nothing is; ``None`` where something is.
        sources: Where the amounts by the head are printed.
    """

    year: int
    persons: int = attrs.field(validator=not_negative)
    amount: Money
    reason: SubsidyReason | None
    sources: tuple[str, ...]


@implements("HN-4.6.3")
def work_subsidy(persons: int, year: int, policy: Policy) -> WorkSubsidy:
    """The subsidy of a year: so much for each distinct person, nothing outside the years.

    Args:
        persons: Distinct persons who take part on the count date.
        year: Year for which it is asked.
        policy: What the layers above the scheme ask together.

    Clause:
        HN-4.6.3
    """
    rows = [row for row in policy.subsidies if row.first_year <= year <= row.last_year]
    reason = None
    if not rows:
        reason = SubsidyReason.OUTSIDE_YEARS
    elif persons == 0:
        reason = SubsidyReason.NOBODY
    return WorkSubsidy(
        year=year,
        persons=persons,
        amount=Money(sum(row.per_head.fen for row in rows) * persons),
        reason=reason,
        sources=tuple(row.source for row in rows),
    )
