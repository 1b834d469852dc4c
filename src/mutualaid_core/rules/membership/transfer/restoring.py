"""Restoring (离开误报更正): when a leaving that never was is taken back, and what stands then."""

import datetime
from collections.abc import Mapping
from typing import Final

import attrs

from mutualaid_core.clauses import implements
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.change import Change, ChangeKind
from mutualaid_core.domain.membership.enrolment import Enrolment, EnrolmentState
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.domain.values.identifiers import MemberId
from mutualaid_core.rules.membership.history import in_force, with_change
from mutualaid_core.rules.membership.transfer.order import LEAVING, standing_word

_PLACES: Final = LEAVING | {ChangeKind.JOINED, ChangeKind.TRANSFERRED}
"""Entries that say whether the member is at a unit."""

_BESIDE: Final = frozenset({ChangeKind.CORRECTED, ChangeKind.EFFECTIVE})
"""Entries that rest on no leaving: they set days of payment, or right what was typed."""

_GONE: Final = frozenset({ChangeKind.WITHDRAWN, ChangeKind.VOIDED})
"""Entries that take a place back, which rests on no death: the report goes, the place stays void."""


@attrs.frozen(kw_only=True)
class Left:
    """A leaving in force (离开登记) with what was entered after it.

    Attributes:
        number: Number of its entry in the history, counted from 0.
        change: The entry.
        later: Acts after it that rest on it, in their order.
    """

    number: int
    change: Change
    later: tuple[Change, ...]


def left_as(enrolment: Enrolment | None, kind: ChangeKind) -> Left | None:
    """The leaving of that kind that is in force; ``None`` where there is none.

    A death that was told anew is one with the death before: who lives has no day of death at all.
    It is found in a void place too, for it was told of the person.

    Args:
        enrolment: The enrolment; ``None`` where there is none.
        kind: How the member is said to have left.
    """
    if enrolment is None:
        return None
    counted = in_force(enrolment.history)
    own = _told_as(counted, kind)
    if not own:
        return None
    first = own[0] if kind is ChangeKind.DIED else own[-1]
    skipped = _BESIDE | {kind} | (_GONE if kind is ChangeKind.DIED else frozenset())
    later = tuple(each for number, each in counted.items() if number > first and each.kind not in skipped)
    return Left(number=first, change=counted[first], later=later)


def is_left_on(enrolment: Enrolment | None, kind: ChangeKind, on: datetime.date) -> bool:
    """Whether a leaving of that kind and day is in force, by what was told last.

    Args:
        enrolment: The enrolment; ``None`` where there is none.
        kind: How the member is said to have left.
        on: First day without the unit, or the day of death.
    """
    counted = {} if enrolment is None else in_force(enrolment.history)
    own = _told_as(counted, kind)
    return bool(own) and counted[own[-1]].holds_from == on


def _told_as(counted: Mapping[int, Change], kind: ChangeKind) -> list[int]:
    """Numbers of the entries of a kind since the member joined last."""
    joined = max((number for number, each in counted.items() if each.kind is ChangeKind.JOINED), default=0)
    return [number for number, each in counted.items() if each.kind is kind and number > joined]


@implements("HN-4.3.5b", "HN-4.3.5c")
def restoring_faults(member_id: MemberId, enrolment: Enrolment | None, kind: ChangeKind) -> tuple[Fault, ...]:
    """Why a leaving may not be taken back: it was not reported, or a later act rests on it.

    Args:
        member_id: Member.
        enrolment: The enrolment; ``None`` where there is none.
        kind: How the member is said to have left.

    Clause:
        HN-4.3.5b, HN-4.3.5c
    """
    if enrolment is None:
        return ()
    left = left_as(enrolment, kind)
    if left is None:
        rule, found = f"must have been reported as {kind.value}", standing_word(enrolment)
        return (_fault(member_id, rule, found),)
    if not left.later:
        return ()
    found = ", ".join(f"{each.kind.value} at {each.holds_from.isoformat()}" for each in left.later)
    return (_fault(member_id, "must have no later act that rests on it", found),)


def _fault(subject: str, rule: str, found: str) -> Fault:
    return Fault(subject=subject, rule=rule, found=found, clause="HN-4.3.5b")


@implements("HN-4.3.5b", "HN-4.3.5c")
def restored_change(enrolment: Enrolment, left: Left, *, known_on: datetime.date, paper: str) -> Change:
    """The entry that takes a leaving back: unit, state and last day of cover as before it.

    A first day of cover that was set meanwhile, by a payment or a correction, stays. A place that
    was voided meanwhile stays void: only the report is off the record.

    Args:
        enrolment: The enrolment.
        left: The leaving.
        known_on: Business day of the act.
        paper: Paper on which it rests.

    Clause:
        HN-4.3.5b, HN-4.3.5c
    """
    before = enrolment.history[: left.number]
    cover = before[-1].cover or enrolment.cover
    # A leaving may have come before a move that was still to come, which then holds again.
    place = [each for each in in_force(before).values() if each.kind in _PLACES][-1]
    stays_void = enrolment.state is not EnrolmentState.ENDED
    return Change(
        kind=ChangeKind.CORRECTED,
        holds_from=max(left.change.holds_from, place.holds_from),
        known_on=known_on,
        unit_id=None if stays_void else place.unit_id,
        cover=None if stays_void else DayRange(enrolment.cover.first_day, cover.last_day),
        cause=f"{paper}: {left.change.kind.value} {left.change.holds_from.isoformat()} -> none",
        withdraws=left.number,
    )


@implements("HN-4.3.5c")
def without_death(enrolment: Enrolment) -> Enrolment:
    """The enrolment as it would be if no death were on record, to tell where the member was.

    Args:
        enrolment: The enrolment.

    Clause:
        HN-4.3.5c
    """
    left = left_as(enrolment, ChangeKind.DIED)
    if left is None:
        return enrolment
    known_on = enrolment.history[-1].known_on
    return with_change(enrolment, restored_change(enrolment, left, known_on=known_on, paper="-"))
