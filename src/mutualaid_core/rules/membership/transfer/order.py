"""Order (变动次序): on which day something may still change, and how a member left before."""

import datetime
from collections.abc import Iterator
from typing import Final

from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.change import Change, ChangeKind
from mutualaid_core.domain.membership.enrolment import Enrolment, EnrolmentState
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.domain.values.identifiers import UnitId
from mutualaid_core.rules.membership.history import history_of, in_force, standing_of

CLAUSE: Final = "HN-4.3.5c"

LEAVING: Final = frozenset({ChangeKind.LEFT_POOL, ChangeKind.RETIRED, ChangeKind.DISMISSED, ChangeKind.DIED})
"""Changes after which a member is at no unit of the pool any more."""


def day_faults(
    enrolment: Enrolment,
    day: datetime.date,
    acted_on: datetime.date,
    *,
    death: DayRange | None = None,
    leaves: bool = False,
) -> Iterator[Fault]:
    """What is against a change of an enrolment: out of the cover, or out of order.

    Args:
        enrolment: The enrolment.
        day: First day on which it would hold.
        acted_on: Business day on which it would become known.
        death: Days on which a death can be noted, from the joining on; it is as it was and so
            keeps no order. ``None`` for every other change, which keeps within the cover and in order.
        leaves: Whether the member leaves work: that may come before a move that is still to come.
    """
    who = enrolment.member_id
    if day not in (death or enrolment.cover):
        rule = _span_rule(enrolment, day, death, leaves=leaves)
        yield Fault(subject=who, rule=rule, found=day.isoformat(), clause=CLAUSE)
    if death is not None and day > acted_on:
        rule = f"must have happened by {acted_on.isoformat()}, the day on which it is noted"
        yield Fault(subject=who, rule=rule, found=day.isoformat(), clause=CLAUSE)
    latest = _latest_day(enrolment, acted_on if leaves else None)
    if death is None and day < latest:
        rule = f"must change on or after {latest.isoformat()}, the day of the latest change"
        yield Fault(subject=who, rule=rule, found=day.isoformat(), clause=CLAUSE)
    yield from known_faults(enrolment, acted_on)


def _span_rule(enrolment: Enrolment, day: datetime.date, death: DayRange | None, *, leaves: bool) -> str:
    """Within which days a change must be, and what to do about a leaving before them."""
    if death is not None and day < death.first_day:
        joined = death.first_day.isoformat()
        return f"must have happened by joining, {joined}, or later; void the place of who had died before"
    first, last = enrolment.cover.first_day, (death or enrolment.cover).last_day
    within = "the cover" if death is None else "the period"
    rule = f"must change within {within}, {first.isoformat()} to {last.isoformat()}"
    return f"{rule}; void the place of who had left before" if leaves and day < first else rule


def known_faults(enrolment: Enrolment, acted_on: datetime.date) -> Iterator[Fault]:
    """Why an act of a day cannot be noted: the last change became known on a later one.

    Args:
        enrolment: The enrolment.
        acted_on: Business day of the act.
    """
    if enrolment.history and acted_on < enrolment.history[-1].known_on:
        rule = f"must be known on or after {enrolment.history[-1].known_on.isoformat()}, as the change before"
        yield Fault(subject=enrolment.member_id, rule=rule, found=acted_on.isoformat(), clause="ACFTU-11.1b")


def _latest_day(enrolment: Enrolment, begun_by: datetime.date | None) -> datetime.date:
    """The latest day from which something holds since the member joined, corrections left out.

    A correction tells how it always was, so it puts nothing in order. Nor does a move that had
    not begun by *begun_by*, where that is given.
    """
    latest = enrolment.cover.first_day
    for change in in_force(history_of(enrolment)).values():
        if change.kind is ChangeKind.JOINED or change.kind in LEAVING - {ChangeKind.DIED}:
            # Who leaves before a move that was still to come is not held to the day of that move.
            latest = change.holds_from
        elif change.kind is not ChangeKind.CORRECTED and not _is_to_come(change, begun_by):
            latest = max(latest, change.holds_from)
    return latest


def _is_to_come(change: Change, begun_by: datetime.date | None) -> bool:
    """Whether a change is a move to another unit that begins after a day."""
    return change.kind is ChangeKind.TRANSFERRED and begun_by is not None and change.holds_from > begun_by


def unit_on(enrolment: Enrolment, on: datetime.date, known_at: datetime.date) -> UnitId:
    """The unit of the member on a day, by what is known; the last one where there is none.

    A move that is still to come leaves the member where he is until its first day.

    Args:
        enrolment: The enrolment.
        on: Day that is asked about.
        known_at: Day of the knowledge.
    """
    standing = standing_of(enrolment, on=on, known_at=known_at)
    return enrolment.unit_id if standing is None or standing.unit_id is None else standing.unit_id


def place_of(enrolment: Enrolment) -> int:
    """Which place of the member in the period an enrolment is: 1, or more after joining anew.

    Args:
        enrolment: The enrolment.
    """
    return sum(change.kind is ChangeKind.JOINED for change in history_of(enrolment))


def gone_as(enrolment: Enrolment) -> ChangeKind | None:
    """How a member left for whom it ended; ``None`` for everybody else.

    Args:
        enrolment: The enrolment.
    """
    if enrolment.state is not EnrolmentState.ENDED:
        return None
    told = reversed(in_force(enrolment.history).values())
    return next((change.kind for change in told if change.kind in LEAVING), None)


def standing_word(enrolment: Enrolment) -> str:
    """How an enrolment stands, in one word; for one who left, the way in which.

    Args:
        enrolment: The enrolment.
    """
    gone = gone_as(enrolment)
    return enrolment.state.value if gone is None else gone.value
