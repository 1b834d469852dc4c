"""Recorded (已登记的离开): what stands against whoever joins anew, for a person to look at."""

from collections.abc import Iterable, Iterator

from mutualaid_core.clauses import implements
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.change import ChangeKind
from mutualaid_core.domain.membership.enrolment import Enrolment, EnrolmentState
from mutualaid_core.domain.values.identifiers import MemberId, SchemeId
from mutualaid_core.rules.membership.history import in_force
from mutualaid_core.rules.membership.renewal import DUE_TEXTS, DueReason, has_died
from mutualaid_core.rules.membership.transfer import CLAUSE, gone_as
from mutualaid_core.rules.membership.transfer.order import LEAVING

_STOOD = frozenset({EnrolmentState.ENROLLED, EnrolmentState.ENDED})


@implements("HN-4.3.5c", "HN-4.1.1c")
def recorded_flags(
    member_id: MemberId, scheme_id: SchemeId, places: Iterable[Enrolment]
) -> tuple[Fault, ...]:
    """What a person should look at before somebody is a member again, each finding with its day.

    Whoever retired, or left the pool, is not renewed, and a list that brings the person in all the
    same may be right: the last place that stands tells. A death told in another scheme of the store
    is told here; one of the same scheme refuses.

    Args:
        member_id: Who joins.
        scheme_id: Scheme that is joined.
        places: Places of the person in every scheme of the store, in other periods than the one joined.

    Clause:
        HN-4.3.5c, HN-4.1.1c
    """
    own: list[Enrolment] = []
    others: list[Enrolment] = []
    for each in places:
        (own if each.scheme_id == scheme_id else others).append(each)
    return (*_left(member_id, own), *_died(member_id, others))


def _left(member_id: MemberId, places: list[Enrolment]) -> Iterator[Fault]:
    """How the person left, by the last place that stood."""
    stood = [each for each in places if each.state in _STOOD]
    last = max(stood, key=lambda each: each.cover.last_day, default=None)
    kind = None if last is None else gone_as(last)
    clauses = {
        ChangeKind.RETIRED: DUE_TEXTS[DueReason.RETIRED].clause,
        ChangeKind.LEFT_POOL: DUE_TEXTS[DueReason.LEFT_POOL].clause,
    }
    if last is None or kind not in clauses:
        return
    rule, found = "should still work at a unit of the pool; look at what is on record", _told(last)
    yield Fault(subject=member_id, rule=rule, found=found, clause=clauses[kind])


def _died(member_id: MemberId, places: list[Enrolment]) -> Iterator[Fault]:
    for each in places:
        if has_died(each):
            rule = "should be alive; look at what is on record in another scheme"
            yield Fault(subject=member_id, rule=rule, found=_told(each), clause=CLAUSE)
            return


def _told(place: Enrolment) -> str:
    """The last leaving of a place with its day, as ``retired at 2014-09-01``."""
    last = [each for each in in_force(place.history).values() if each.kind in LEAVING][-1]
    return f"{last.kind.value} at {last.holds_from.isoformat()}"
