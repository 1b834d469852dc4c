"""Continuity (衔接): periods follow each other, and exactly one version holds on any day."""

import datetime

from mutualaid_core.clauses import implements
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.scheme.period import Period, PeriodState
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.dates import add_days


@implements("HN-4.3.4a")
def period_faults(period: Period, earlier: tuple[Period, ...]) -> tuple[Fault, ...]:
    """Why *period* cannot follow the *earlier* ones of its scheme; empty where it can.

    It begins on the day after the last one ends: no gap, no overlap.

    Clause:
        HN-4.3.4a
    """
    if not earlier:
        return ()
    due = add_days(max(each.cover.last_day for each in earlier), 1)
    if period.cover.first_day == due:
        return ()
    rule, found = f"must begin on {due.isoformat()}", period.cover.first_day.isoformat()
    return (Fault(subject="period.cover", rule=rule, found=found, clause="HN-4.3.4a"),)


@implements("ACFTU-4.3c")
def version_faults(version: SchemeVersion, others: tuple[SchemeVersion, ...]) -> tuple[Fault, ...]:
    """The versions that would be in force on the same day as *version*; empty where none is.

    Clause:
        ACFTU-4.3c
    """
    return tuple(
        Fault(
            subject="first_day",
            rule=f"must not be in force together with {other.version_id}",
            found=version.first_day.isoformat(),
            clause="ACFTU-4.3c",
        )
        for other in others
        if other.version_id != version.version_id and _meet(version, other)
    )


@implements("HN-4.3.2")
def closing_order_faults(period: Period, others: tuple[Period, ...]) -> tuple[Fault, ...]:
    """The earlier periods that must be closed before *period*; empty where all are.

    A period opens with what the one before rolled forward, so they close in their order.

    Clause:
        HN-4.3.2
    """
    return tuple(
        Fault(
            subject=other.period_id,
            rule=f"must be closed before {period.period_id}",
            found=other.state.value,
            clause="HN-4.3.2",
        )
        for other in others
        if other.cover.last_day < period.cover.first_day and other.state is not PeriodState.CLOSED
    )


def _meet(one: SchemeVersion, other: SchemeVersion) -> bool:
    """Whether both are in force on some day."""
    last = datetime.date.max
    return one.first_day <= (other.last_day or last) and other.first_day <= (one.last_day or last)
