"""Participation gate (参与率): a unit is admitted as a whole or not at all."""

import datetime

import attrs

from mutualaid_core.clauses import CLAUSES, implements
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.scheme.joining import GateBand
from mutualaid_core.domain.scheme.policy import ParticipationGate
from mutualaid_core.domain.values.dates import DayRange, MonthEnd, add_months
from mutualaid_core.domain.values.identifiers import UnitId
from mutualaid_core.domain.values.ratio import Ratio


@attrs.frozen(kw_only=True)
class Requirement:
    """Requirement (准入人数): how many of a unit must join, and which clause asks it.

    Attributes:
        persons: Least number of workers.
        clause: Clause that asks it.
    """

    persons: int
    clause: str


@attrs.frozen(kw_only=True)
class CountedOn:
    """Roster date (名册日期) by which a unit is judged.

    Attributes:
        unit_id: The unit.
        day: The roster date.
        judged_on: Day on which the unit is judged.
        period: Days of the period that it joins.
        window: Days on which one joins the period; ``None`` where there is no window.
    """

    unit_id: UnitId
    day: datetime.date
    judged_on: datetime.date
    period: DayRange
    window: DayRange | None = None


@implements("HN-4.1.2a")
def roster_day_faults(counted: CountedOn, newest: datetime.date | None) -> tuple[Fault, ...]:
    """Why a unit is not judged by the roster of a day: it is of a day to come, too old, or replaced.

    Else a unit could choose among its rosters the one on which its few joiners are enough. One of
    before the window and the twelve months before the period counted the workers for another period.

    Args:
        counted: By which roster, and when.
        newest: Day of the newest roster that the unit has of the window; ``None`` for none.

    Clause:
        HN-4.1.2a
    """
    first = add_months(counted.period.first_day, -12, MonthEnd.NEXT_FIRST)
    if counted.window is not None:
        first = min(first, counted.window.first_day)
    if counted.day > counted.judged_on:
        rule = f"must be counted on or before {counted.judged_on.isoformat()}"
    elif counted.day < first:
        rule = f"must be counted on or after {first.isoformat()}, or it counts for another period"
    elif newest is not None and counted.day < newest:
        rule = f"must be judged by its newest roster, of {newest.isoformat()}"
    else:
        return ()
    found = counted.day.isoformat()
    return (Fault(subject=counted.unit_id, rule=rule, found=found, clause="HN-4.1.2a"),)


@implements("HN-4.1.2a", "HN-4.1.2b")
def participation_required(eligible: int, gate: ParticipationGate) -> int:
    """Least number of workers that must join, counted in whole persons; none where no policy asks.

    Args:
        eligible: Eligible workers of the unit on the roster date.
        gate: The policy's gate.

    Clause:
        HN-4.1.2a, HN-4.1.2b
    """
    if gate.all_below is not None and eligible < gate.all_below:
        return eligible
    return 0 if gate.ratio_min is None else _least(eligible, gate.ratio_min)


@implements("HN-4.1.2a", "HN-4.1.2b")
def participation_reached(eligible: int, enrolled: int, gate: ParticipationGate) -> bool:
    """Whether enough workers of a unit join.

    A unit without eligible workers has nobody to admit and does not pass.

    Args:
        eligible: Eligible workers of the unit on the roster date.
        enrolled: Those of them who join.
        gate: The policy's gate.

    Clause:
        HN-4.1.2a, HN-4.1.2b
    """
    return eligible > 0 and enrolled >= participation_required(eligible, gate)


@implements("HN-4.1.2a", "HN-4.1.2b")
def gate_requirement(eligible: int, gate: ParticipationGate, bands: tuple[GateBand, ...]) -> Requirement:
    """What gate of the policy and gate of the scheme ask of a unit: the stricter one holds.

    Args:
        eligible: Eligible workers of the unit on the roster date.
        gate: The policy's gate.
        bands: The scheme's gate; the first band that fits is the one that applies.

    Clause:
        HN-4.1.2a, HN-4.1.2b
    """
    own = participation_required(eligible, gate)
    is_small = eligible < (gate.all_below or 0)
    policy = Requirement(persons=own, clause="HN-4.1.2b" if is_small else "HN-4.1.2a")
    band = band_for(eligible, bands)
    if band is None or (asked := band_requires(eligible, band)) <= own:
        return policy
    clause = band.source if band.source in CLAUSES else "HN-4.1.2a"
    return Requirement(persons=asked, clause=clause)


def band_for(eligible: int, bands: tuple[GateBand, ...]) -> GateBand | None:
    """The band of a scheme's gate that applies to a unit of that size."""
    fitting = (band for band in bands if band.eligible_below is None or eligible < band.eligible_below)
    return next(fitting, None)


@implements("HN-4.1.2a")
def band_requires(eligible: int, band: GateBand) -> int:
    """Least number of workers that a band asks of a unit.

    Args:
        eligible: Eligible workers of the unit on the roster date.
        band: The band.

    Clause:
        HN-4.1.2a
    """
    return max(_least(eligible, band.ratio_min), band.persons_min)


def _least(eligible: int, ratio: Ratio) -> int:
    """The least n for which ``n * denominator >= numerator * eligible``."""
    return -(-eligible * ratio.numerator // ratio.denominator)
