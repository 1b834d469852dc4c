"""Continuity (衔接): periods follow each other, and exactly one version holds on any day."""

import datetime

import attrs

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
def as_published(version: SchemeVersion, published: tuple[SchemeVersion, ...]) -> SchemeVersion:
    """A version as it stands: one that was told without a last day keeps the end that was set since.

    Args:
        version: The version, as a file tells it.
        published: Every published version of the scheme.

    Clause:
        ACFTU-4.3c
    """
    for known in published:
        if known.version_id == version.version_id and version == attrs.evolve(known, last_day=None):
            return known
    return version


@implements("ACFTU-4.3c")
def ended_by(
    version: SchemeVersion, others: tuple[SchemeVersion, ...], periods: tuple[Period, ...]
) -> SchemeVersion | None:
    """The version without a last day as it ends when a further one begins; ``None`` where none does.

    It ends on the day before, and never before a period is over that was opened so far.

    Args:
        version: The further version.
        others: Every published version of the scheme.
        periods: Every period of the scheme that is open or over.

    Clause:
        ACFTU-4.3c
    """
    if any(version.first_day <= each.cover.last_day for each in periods):
        return None
    for other in others:
        if other.last_day is None and _follows(version, other):
            return attrs.evolve(other, last_day=add_days(version.first_day, -1))
    return None


@implements("ACFTU-4.3c")
def version_faults(
    version: SchemeVersion, others: tuple[SchemeVersion, ...], periods: tuple[Period, ...]
) -> tuple[Fault, ...]:
    """The versions that would be in force on the same day as *version*; empty where none is.

    Args:
        version: The version.
        others: Every published version of the scheme.
        periods: Every period of the scheme that is open or over.

    Clause:
        ACFTU-4.3c
    """
    ended = ended_by(version, others, periods)
    standing = (ended if ended and ended.version_id == each.version_id else each for each in others)
    found = version.first_day.isoformat()
    return tuple(
        Fault(subject="first_day", rule=_apart(version, other, periods), found=found, clause="ACFTU-4.3c")
        for other in standing
        if other.version_id != version.version_id and _meet(version, other)
    )


def _apart(version: SchemeVersion, other: SchemeVersion, periods: tuple[Period, ...]) -> str:
    """What must be, and how, so that two versions are not in force together."""
    if version.first_day < other.first_day:
        return (
            f"must not be in force together with {other.version_id}; end before {other.first_day.isoformat()}"
        )
    days = [each.cover.last_day for each in periods]
    last = other.last_day or max(days, default=other.first_day)
    return f"must not be in force together with {other.version_id}; begin after {last.isoformat()}"


def _follows(version: SchemeVersion, other: SchemeVersion) -> bool:
    return other.version_id != version.version_id and other.first_day < version.first_day


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
