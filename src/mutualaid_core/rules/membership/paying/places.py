"""Places (缴费对应的参加): whether a unit pays for somebody who has a place through it."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from mutualaid_core.clauses import implements
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.change import Change, ChangeKind
from mutualaid_core.domain.membership.enrolment import Enrolment
from mutualaid_core.domain.values.identifiers import MemberId, UnitId
from mutualaid_core.rules.membership.history import history_of, in_force
from mutualaid_core.rules.membership.transfer import deaths_told, gone_as, unit_on

_LEFT: Final[Mapping[ChangeKind | None, str]] = MappingProxyType(
    {
        ChangeKind.RETIRED: "HN-4.1.1c",
        ChangeKind.DISMISSED: "HN-4.3.5c",
        ChangeKind.LEFT_POOL: "HN-4.3.5c",
    }
)
"""Who has left so is a member of no later period, and by which clause."""


@implements("HN-3.1.2b", "HN-4.3.5c")
def paid_place(
    member_id: MemberId,
    enrolment: Enrolment | None,
    *,
    unit_id: UnitId,
    paid_on: datetime.date,
    known_on: datetime.date,
) -> Enrolment | Fault:
    """The place that a unit paid for, or why it cannot have paid: there is none through the unit.

    Where it ended by death before any cover, the death is told as what it is, so that nobody looks for
    an enrolment that was forgotten.

    Args:
        member_id: The person.
        enrolment: Enrolment in the period; ``None`` where there is none.
        unit_id: The unit that paid.
        paid_on: Day of the payment.
        known_on: Business day up to which records count.

    Clause:
        HN-3.1.2b, HN-4.3.5c
    """
    if enrolment is None:
        return _not_enrolled(member_id, "not enrolled")
    if not _is_of_unit(enrolment, unit_id, paid_on, known_on):
        return _not_enrolled(member_id, "of another unit")
    if enrolment.is_active:
        return enrolment
    if died := deaths_told(enrolment):
        rule = "must be alive when cover begins; leave the person out, and return the money"
        found = f"died {died[-1].isoformat()} in {enrolment.period_id}"
        return Fault(subject=member_id, rule=rule, found=found, clause="HN-3.1.2b")
    return _not_enrolled(member_id, enrolment.state.value)


@implements("HN-4.1.1c", "HN-4.3.5c")
def left_faults(place: Enrolment, before: Iterable[Enrolment]) -> tuple[Fault, ...]:
    """Why nothing is paid for a place that was taken before its member left in an earlier period.

    Who takes a place anew after the leaving was told was looked at then; and who was dismissed, or left
    the pool, may have a place of another employer.

    Args:
        place: The place that is paid for.
        before: Places of the member in earlier periods.

    Clause:
        HN-4.1.1c, HN-4.3.5c
    """
    return tuple(fault for each in before for fault in _left(place, each))


def _left(place: Enrolment, before: Enrolment) -> Iterator[Fault]:
    """Why a place does not outlast the one of an earlier period."""
    kind = gone_as(before)
    if kind not in _LEFT:
        return
    left = [change for change in in_force(history_of(before)).values() if change.kind is kind][-1]
    elsewhere = kind is not ChangeKind.RETIRED and before.unit_id != place.unit_id
    if elsewhere or left.known_on < _taken_on(place):
        return
    rule = "must still work when cover begins; withdraw the place, and return the money"
    found = f"{left.kind.value} at {left.holds_from.isoformat()}"
    yield Fault(subject=place.member_id, rule=rule, found=found, clause=_LEFT[kind])


def _taken_on(place: Enrolment) -> datetime.date:
    """The business day on which a place was taken last."""
    joined: list[Change] = [each for each in history_of(place) if each.kind is ChangeKind.JOINED]
    return joined[-1].known_on


def _is_of_unit(
    enrolment: Enrolment, unit_id: UnitId, paid_on: datetime.date, known_on: datetime.date
) -> bool:
    """Whether the unit may pay for the member: the one of that day, or the one that is gone to.

    Until the first day of a move the member is one of the unit that is left, and on its list.
    """
    return unit_id in {unit_on(enrolment, paid_on, known_on), enrolment.unit_id}


def _not_enrolled(member_id: MemberId, found: str) -> Fault:
    rule = "must be enrolled through the unit"
    return Fault(subject=member_id, rule=rule, found=found, clause="HN-3.1.2b")
