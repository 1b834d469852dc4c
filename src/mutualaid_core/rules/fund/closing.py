"""Closing (期末结转): a surplus rolls into the reserve, a deficit is borne by it."""

import datetime

from mutualaid_core.clauses import implements
from mutualaid_core.domain.fund.closing import Closing
from mutualaid_core.domain.values.identifiers import PeriodId, SchemeId
from mutualaid_core.domain.values.money import ZERO, Money
from mutualaid_core.errors import InvalidValueError


@implements("HN-4.3.2", "HN-4.3.3", "ACFTU-10.4a")
def closing_figures(  # noqa: PLR0913  # the five figures and the three names of the result
    *,
    scheme_id: SchemeId,
    period_id: PeriodId,
    closed_on: datetime.date,
    reserve: Money,
    grant: Money,
    granted: Money,
    income: Money,
    benefits: Money,
) -> Closing:
    """Figures with which a period closes.

    The granted reserve is touched by a deficit only, and only after the rolled reserve.

    Args:
        scheme_id: Scheme.
        period_id: Period.
        closed_on: Business day.
        reserve: Reserve rolled forward from earlier periods.
        grant: Reserve granted from outside before the period.
        granted: Reserve granted from outside within the period.
        income: Contributions of the period.
        benefits: Benefits of the period.

    Raises:
        InvalidValueError: The deficit is above reserve and grant together.

    Clause:
        HN-4.3.2, HN-4.3.3, ACFTU-10.4a
    """
    surplus = income - benefits
    deficit = max(-surplus, ZERO)
    from_reserve = min(deficit, reserve)
    from_grant = deficit - from_reserve
    if from_grant > grant + granted:
        rule = f"must be covered by the reserve of {reserve + grant + granted}"
        raise InvalidValueError("deficit", rule, str(deficit), clause="ACFTU-10.4b")
    return Closing(
        scheme_id=scheme_id,
        period_id=period_id,
        closed_on=closed_on,
        reserve_before=reserve,
        grant_before=grant,
        granted=granted,
        income=income,
        benefits=benefits,
        surplus=surplus,
        from_reserve=from_reserve,
        from_grant=from_grant,
        reserve_after=reserve + max(surplus, ZERO) - from_reserve,
        grant_after=grant + granted - from_grant,
    )
