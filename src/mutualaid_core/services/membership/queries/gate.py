"""Gate (准入情况查询): how a unit was judged, how it stands now, and what differs."""

import datetime
import enum
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from heapq import merge
from itertools import groupby

import attrs

from mutualaid_core.domain.membership.change import ChangeKind
from mutualaid_core.domain.membership.contribution import Contribution
from mutualaid_core.domain.membership.enrolment import Enrolment, EnrolmentState
from mutualaid_core.domain.membership.paying.remittance import Remittance
from mutualaid_core.domain.membership.unit import Admission
from mutualaid_core.domain.scheme.period import Period
from mutualaid_core.domain.scheme.policy.membership import JoinedBy
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.ports.store import PAGE_ROWS_MAX, Store
from mutualaid_core.rules.membership.history import history_of, last_standing, standing_of
from mutualaid_core.rules.scheme.joining import goal_gap
from mutualaid_core.serialization.codec import decode
from mutualaid_core.serialization.records import key_of
from mutualaid_core.services.membership.queries.pages import admission_of, roster_day
from mutualaid_core.services.membership.queries.paging import By, RowPage, check_asked, keyed, page_of
from mutualaid_core.services.membership.queries.roster import Asked, ever_at, rejoined_from, whole_roster
from mutualaid_core.services.membership.queries.scheme import policy_read
from mutualaid_core.services.membership.rosters.reading import latest_roster_day, roster_pages
from mutualaid_core.work import read_many, read_one, records_of


class DifferenceKind(enum.Enum):
    """What does not fit together (差异类型); the value is its place in the order."""

    JOINS_NOT_ENROLLED = 1
    """名册上参加而未登记: the roster says that the worker joins, and there is no enrolment."""
    ENROLLED_NOT_PAID = 2
    """已登记而未缴费"""
    PAID_NOT_ENROLLED = 3
    """已缴费而未登记: money came for somebody who holds no place."""
    REMITTANCE_HELD = 4
    """汇款待核对"""
    ENROLLED_NOT_LISTED = 5
    """已登记而不在最新名册: a newer roster of the unit leaves a member out who was at it on that day."""


CLAUSES = {
    DifferenceKind.JOINS_NOT_ENROLLED: "HN-3.1.2a",
    DifferenceKind.ENROLLED_NOT_PAID: "ACFTU-2.3b",
    DifferenceKind.PAID_NOT_ENROLLED: "HN-3.1.2b",
    DifferenceKind.REMITTANCE_HELD: "HN-3.1.2b",
    DifferenceKind.ENROLLED_NOT_LISTED: "HN-3.1.2a",
}
"""Clause that a difference runs against."""


@attrs.frozen(kw_only=True)
class Difference:
    """Difference (差异) between what belongs together.

    Attributes:
        kind: What differs.
        subject: Pseudonym of the member, or id of the remittance.
        place: Row of the roster's file; 0 where it comes from no file.
    """

    kind: DifferenceKind
    subject: str
    place: int = 0

    @property
    def clause(self) -> str:
        """Clause that it runs against."""
        return CLAUSES[self.kind]


@attrs.frozen(kw_only=True)
class GateStatus:
    """Gate of a unit (单位准入情况): as judged, and counted anew.

    Attributes:
        admission: As judged on the roster date; ``None`` where the unit was not judged.
        present: Members at the unit on the day.
        covered: Those of them who are covered on the day.
        missing: Persons by whom those of *present* who were on the roster of the judgement fall
            short of what was required; ``None`` where the unit was not judged. All of *present*
            count where it was judged by no imported roster. An admission stands when members leave
            later.
        goal_gap: Persons who are missing from the goal; ``None`` where there is none.
        differences: How many of each kind, of those that there are.
    """

    admission: Admission | None
    present: int
    covered: int
    missing: int | None
    goal_gap: int | None
    differences: tuple[tuple[DifferenceKind, int], ...]


def gate_status(store: Store, asked: Asked) -> GateStatus:
    """How a unit stands in a period.

    All of it is by what was known on the day asked, so that the answer stays the same. Cost: every
    member of the unit is read once for the recount and twice for the differences, and its rosters
    once.

    Args:
        store: Where to read.
        asked: Scheme, period, unit and days.

    Raises:
        NotFoundError: There is no such period.

    Clause:
        HN-4.1.2a, HN-4.1.2b, SN-2.1.4a
    """
    admission = admission_of(store, asked)
    counted = _counted(store, asked, admission)
    present = covered = of_roster = 0
    for member in whole_roster(store, asked):
        present += 1
        covered += member.answer.is_covered
        of_roster += not counted or member.member_id in counted
    policy = policy_read(store, asked.scheme_id, asked.on)
    counts = Counter(difference.kind for _, difference in _placed(store, asked, None))
    return GateStatus(
        admission=admission,
        present=present,
        covered=covered,
        missing=None if admission is None else max(admission.judgement.required - of_roster, 0),
        goal_gap=None if admission is None else goal_gap(admission.judgement.eligible, present, policy),
        differences=tuple((kind, counts[kind]) for kind in DifferenceKind if counts[kind]),
    )


def _counted(store: Store, asked: Asked, admission: Admission | None) -> frozenset[str]:
    """Workers of the roster by which a unit was judged; nobody else fills the places that were counted."""
    if admission is None:
        return frozenset()
    day = admission.judgement.counted_on
    pages = roster_pages(store, asked.unit_id, day, known_at=asked.known_at)
    return frozenset(person.member_id for page in pages for person in page.persons)


def unit_differences(
    store: Store, asked: Asked, *, after: str | None = None, limit: int = PAGE_ROWS_MAX
) -> RowPage[Difference]:
    """What differs at a unit by what was known on the day asked, each difference once.

    Order: by kind, then by the place in the roster or by the key. Cost: a page reads the records
    of its kinds from the token on until it is full, and a read by key for each of them.

    Args:
        store: Where to read.
        asked: Scheme, period, unit, and the day of the knowledge.
        after: Token of the page before.
        limit: Rows a page, 1 to 1,000.

    Raises:
        InvalidValueError: *limit* or *after* cannot be.

    Clause:
        HN-3.1.2a, HN-3.1.2b, ACFTU-2.3b
    """
    check_asked(after, limit)
    return page_of(_placed(store, asked, after), limit)


def _placed(store: Store, asked: Asked, after: str | None) -> Iterator[tuple[str, Difference]]:
    """Differences with their tokens: the kind's number, a bar, the place within the kind."""
    first, place = _place(after)
    for kind, found_by in _SOURCES.items():
        if kind.value < first:
            continue
        start = place if kind.value == first else ""
        for own, subject, row in found_by(store, asked, start):
            yield f"{kind.value}|{own}", Difference(kind=kind, subject=subject, place=row)


def _place(after: str | None) -> tuple[int, str]:
    if after is None:
        return 0, ""
    number, bar, place = after.partition("|")
    if not bar or number not in {str(kind.value) for kind in DifferenceKind}:
        raise InvalidValueError("after", "must be the token of a page", f"{len(after)} characters")
    return int(number), place


_Found = Iterator[tuple[str, str, int]]


def _not_enrolled(store: Store, asked: Asked, after: str) -> _Found:
    """Workers who join by the roster and have no enrolment; placed by page and row of the page."""
    day = roster_day(store, asked)
    if day is None:
        return
    # Begins a few pages early rather than to count page numbers back; rows up to the token are passed by.
    early = after.partition("/")[0][:-1]
    for page in roster_pages(store, asked.unit_id, day, early, asked.known_at):
        taken = _taken(store, asked, tuple(person.member_id for person in page.persons if person.joins))
        for number, person in enumerate(page.persons):
            place = f"{page.page:06}/{number:06}"
            if place > after and person.joins and person.member_id not in taken:
                yield place, person.member_id, person.row


def _taken(store: Store, asked: Asked, member_ids: tuple[str, ...]) -> set[str]:
    """Those who held a place in the period, at this unit or another, by what was known."""
    found: set[str] = set()
    for first in range(0, len(member_ids), PAGE_ROWS_MAX):
        keys = [_key(asked, each) for each in member_ids[first : first + PAGE_ROWS_MAX]]
        for each in read_many(store, Enrolment, keys).values():
            standing = last_standing(each, asked.known_at)
            if standing is not None and standing.is_active:
                found.add(each.member_id)
    return found


def _not_paid(store: Store, asked: Asked, after: str) -> _Found:
    """Members of the unit who held a place and had not paid; placed by pseudonym."""
    enrolled = (each.member_id for each in ever_at(store, asked, after) if _is_enrolled(each, asked))
    for chunk in _chunks(enrolled):
        paid = _paid(store, asked, chunk)
        for member_id in chunk:
            if member_id not in paid:
                yield member_id, member_id, 0


def _is_enrolled(enrolment: Enrolment, asked: Asked) -> bool:
    """Whether the member was enrolled at the unit after all that was known."""
    standing = last_standing(enrolment, asked.known_at)
    if standing is None or standing.state is not EnrolmentState.ENROLLED:
        return False
    return standing.unit_id == asked.unit_id


def _not_held(store: Store, asked: Asked, after: str) -> _Found:
    """Members for whom the unit had paid and who held no place; placed by pseudonym.

    Who joined anew may have paid through another unit since, so that those who stood here before
    are looked at, too.
    """
    parts = (asked.scheme_id, asked.period_id)
    records = keyed(store, "contribution", parts, by=By(field="unit_id", value=asked.unit_id), after=after)
    here = (str(record.index["member_id"]) for record in records)
    before = (each.member_id for each in rejoined_from(store, asked, after))
    ordered = (member_id for member_id, _ in groupby(merge(here, before)))
    for chunk in _chunks(ordered):
        paid = _paid(store, asked, chunk)
        taken = _taken(store, asked, tuple(chunk))
        for member_id in chunk:
            if paid.get(member_id) == asked.unit_id and member_id not in taken:
                yield member_id, member_id, 0


def _paid(store: Store, asked: Asked, member_ids: Sequence[str]) -> dict[str, str]:
    """Unit that had paid for each of the members whose contribution stood by what was known."""
    found = read_many(store, Contribution, [_key(asked, each) for each in member_ids])
    spans = ((each.member_id, each.paid_as_known(asked.known_at)) for each in found.values())
    return {member_id: span.unit_id for member_id, span in spans if span is not None}


def _not_listed(store: Store, asked: Asked, after: str) -> _Found:
    """Members whom the newest roster of the period leaves out; placed by pseudonym.

    Persons who came alone, and those who were given a place, stand on no roster of a unit; and whoever
    came after it was counted cannot stand on it.
    """
    period = read_one(store, Period, key_of(asked.scheme_id, asked.period_id))
    until = min(period.cover.last_day, asked.known_at)
    day = latest_roster_day(store, asked.unit_id, until, asked.known_at)
    if day is None:
        return
    pages = roster_pages(store, asked.unit_id, day, known_at=asked.known_at)
    listed = {person.member_id for page in pages for person in page.persons}
    for each in ever_at(store, asked, after):
        if each.member_id not in listed and _is_enrolled(each, asked) and _was_on(each, asked, day):
            yield each.member_id, each.member_id, 0


def _was_on(enrolment: Enrolment, asked: Asked, day: datetime.date) -> bool:
    """Whether a member was one of the unit's workers on a day, with a place that was taken by then."""
    if enrolment.joined_by is JoinedBy.PERSON or enrolment.gift_id is not None:
        return False
    standing = standing_of(enrolment, on=day, known_at=asked.known_at)
    joined = [each.known_on for each in history_of(enrolment) if each.kind is ChangeKind.JOINED]
    return standing is not None and standing.unit_id == asked.unit_id and joined[-1] <= day


def _held(store: Store, asked: Asked, after: str) -> _Found:
    """Remittances of the unit that were held; placed by key."""
    wanted = {"scheme_id": asked.scheme_id, "period_id": asked.period_id}
    for record in records_of(store, "remittance", "unit_id", asked.unit_id):
        if record.ref.key <= after or any(record.index[name] != value for name, value in wanted.items()):
            continue
        if decode(record.body, Remittance).is_held_as_known(asked.known_at):
            yield record.ref.key, record.ref.key.rpartition("/")[2], 0


_SOURCES: dict[DifferenceKind, Callable[[Store, Asked, str], _Found]] = {
    DifferenceKind.JOINS_NOT_ENROLLED: _not_enrolled,
    DifferenceKind.ENROLLED_NOT_PAID: _not_paid,
    DifferenceKind.PAID_NOT_ENROLLED: _not_held,
    DifferenceKind.REMITTANCE_HELD: _held,
    DifferenceKind.ENROLLED_NOT_LISTED: _not_listed,
}


def _chunks(member_ids: Iterator[str]) -> Iterator[list[str]]:
    """Pseudonyms in pages, so that they are looked up together."""
    chunk: list[str] = []
    for member_id in member_ids:
        chunk.append(member_id)
        if len(chunk) == PAGE_ROWS_MAX:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _key(asked: Asked, last: str) -> str:
    return key_of(asked.scheme_id, asked.period_id, last)
