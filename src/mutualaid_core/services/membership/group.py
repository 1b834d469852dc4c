"""Group enrolment (团体参加): a unit and its workers join straight from the imported roster."""

import datetime
from collections.abc import Callable, Iterator
from typing import Final

import attrs

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.roster import RosterPage, RosterPerson
from mutualaid_core.domain.membership.unit import Unit
from mutualaid_core.domain.values.identifiers import MemberId, PeriodId, SchemeId, UnitId
from mutualaid_core.errors import NotFoundError
from mutualaid_core.ports.store import Store
from mutualaid_core.serialization.codec import canonical, to_plain
from mutualaid_core.serialization.records import form_of, key_of
from mutualaid_core.services.membership.admission import AdmitUnit, UnitJudged, admit_unit
from mutualaid_core.services.membership.enrolment import (
    JOINERS_MAX,
    EnrolWorkers,
    WorkersEnrolled,
    enrol_workers,
)
from mutualaid_core.services.membership.joiner import Counted, Joiner, Judging, counted_line
from mutualaid_core.services.membership.rosters.reading import roster_of
from mutualaid_core.services.membership.ruling import ruling_of
from mutualaid_core.services.standing import period_of, version_for
from mutualaid_core.work import Host, Purpose, Work, read_one

PORTION: Final = 200
"""Workers of one act; fewer where a term takes several periods.

Who is enrolled for other open periods too takes a check for each of them.
"""

_KEY_CHARACTERS: Final = 16
"""Of the digest of a command in its keys; enough to tell the commands of one unit and period apart."""

ActMaker = Callable[[str], Act]
"""Makes the act of a step from its idempotency key, the same for each repetition."""


@attrs.frozen(kw_only=True)
class EnrolRoster:
    """Command: enrol a unit with those of its imported roster who join.

    Attributes:
        scheme_id: Scheme.
        period_id: Period.
        unit_id: Unit, known already.
        counted_on: Roster date.
        confirmed: Whether the unit's union confirmed the roster.
        consultation: Record of the workers' consultation.
        objections: Workers who object.
    """

    scheme_id: SchemeId
    period_id: PeriodId
    unit_id: UnitId
    counted_on: datetime.date
    confirmed: bool | None = None
    consultation: str | None = None
    objections: tuple[MemberId, ...] = ()


@attrs.frozen(kw_only=True)
class PersonJudged:
    """What became of one person of a roster who joins (参加结果).

    Attributes:
        member_id: Pseudonym.
        row: Row of the file.
        outcome: What became of the person.
        faults: Why the person was not enrolled.
        is_present: Whether the person had a place at the unit already, as after a renewal.
    """

    member_id: MemberId
    row: int
    outcome: Outcome
    faults: tuple[Fault, ...]
    is_present: bool = False


@attrs.frozen(kw_only=True)
class RosterEnrolled:
    """Result: how the unit was judged, and what became of each person who joins."""

    judged: UnitJudged
    persons: tuple[PersonJudged, ...]


def enrol_roster(host: Host, make: ActMaker, command: EnrolRoster) -> RosterEnrolled:
    """Judge a unit by its imported roster, then enrol those who join, in portions.

    Whoever has a place at the unit already, as after a renewal, is counted so and is no fault; a
    place at another unit is one, and does not count for the gate.

    Each step has a key that follows from the command, so that a run that was cut off is done again
    from the start, and nothing is done twice. A roster that was held is another command once it is
    confirmed.

    Args:
        host: Store, clock and keys.
        make: Makes the act of a step from its key.
        command: Which roster.

    Raises:
        NotFoundError: There is no such unit, period, or roster of that day.

    Clause:
        HN-3.1.2a, HN-4.1.2a, HN-4.1.2b, HN-2.1a, HN-4.3.4c
    """
    people = _people(host.store, command)
    prefix = _key(host, command)
    first = make(f"{prefix}/admit")
    counting = _counting(host, first, command)
    judged = _admit(host, first, command, people, counting)
    if judged.outcome is not Outcome.PASS:
        return RosterEnrolled(judged=judged, persons=())
    portion = min(PORTION, 2 * JOINERS_MAX // (1 + counting.periods))
    joining = [person for person in people if person.joins]
    persons: list[PersonJudged] = []
    for number, start in enumerate(range(0, len(joining), portion), start=1):
        listed = joining[start : start + portion]
        done = enrol_workers(host, make(f"{prefix}/{number:06}"), _portion(command, listed)).result
        persons += _judged(listed, done)
    return RosterEnrolled(judged=judged, persons=tuple(persons))


def admit_roster(host: Host, make: ActMaker, command: EnrolRoster) -> UnitJudged:
    """Judge a unit by its imported roster and enrol nobody: its members renew, or are given places.

    The act is that with which ``enrol_roster`` begins, so that the same command enrols afterwards.

    Args:
        host: Store, clock and keys.
        make: Makes the act from its key.
        command: Which roster.

    Raises:
        NotFoundError: There is no such unit, period, or roster of that day.
        AlreadyExistsError: The unit was admitted to this period before, or refused by a roster of
            the same or a later day.

    Clause:
        HN-4.1.2a, HN-4.1.2b
    """
    people = _people(host.store, command)
    act = make(f"{_key(host, command)}/admit")
    return _admit(host, act, command, people, _counting(host, act, command))


def _admit(
    host: Host, act: Act, command: EnrolRoster, people: list[RosterPerson], counting: "_Counting"
) -> UnitJudged:
    unit = read_one(host.store, Unit, command.unit_id)
    return admit_unit(host, act, _admission(command, unit, people, counting)).result


def _key(host: Host, command: EnrolRoster) -> str:
    """What the keys of all acts of a command begin with."""
    content = host.keys.digest("enrol_roster", canonical(to_plain(command))).hex()
    return key_of("roster", command.scheme_id, command.period_id, command.unit_id, content[:_KEY_CHARACTERS])


@attrs.frozen(kw_only=True)
class _Counting:
    """By what the workers of a roster are counted."""

    judging: Judging

    @property
    def periods(self) -> int:
        """The most periods that a term takes."""
        joining = self.judging.version.joining
        return max((term.periods for term in joining.terms), default=1) if joining else 1

    def of(self, person: RosterPerson) -> Counted:
        """How somebody counts for the gate, whether joining or not."""
        return counted_line(person.member_id, joiner_of(person), self.judging)


def _people(store: Store, command: EnrolRoster) -> list[RosterPerson]:
    """The persons of a roster, each once, in the order of its pages.

    Raises:
        NotFoundError: There is no roster of that unit and day, or its import has not come to its end.
    """
    found: dict[MemberId, RosterPerson] = {}
    for person in roster_of(store, command.unit_id, command.counted_on):
        found.setdefault(person.member_id, person)
    if not found:
        day = command.counted_on.isoformat()
        raise NotFoundError(form_of(RosterPage).kind, key_of(command.unit_id, day))
    return list(found.values())


def _counting(host: Host, act: Act, command: EnrolRoster) -> _Counting:
    """The terms by which the workers are counted; read alone, and checked by each act again."""
    purpose = Purpose(name="count", subject=command.unit_id, chain=command.scheme_id, answer=UnitJudged)
    with Work(host, act, purpose) as work:
        period = period_of(work, command.scheme_id, command.period_id)
        judging = Judging(
            on=act.business_on,
            counted_on=command.counted_on,
            period=period,
            version=version_for(work, host.store, command.scheme_id, period.cover.first_day),
            policy=ruling_of(work, command.scheme_id, act.business_on),
        )
        return _Counting(judging=judging)


def _admission(
    command: EnrolRoster, unit: Unit, people: list[RosterPerson], counting: _Counting
) -> AdmitUnit:
    told = [(person, counting.of(person)) for person in people]
    eligible = [person for person, counted in told if counted.is_eligible]
    against = set(command.objections)
    wanting = [
        (person.member_id, counted.faults)
        for person, counted in told
        if counted.is_eligible and person.joins and person.member_id not in against
    ]
    joiners = tuple(member_id for member_id, faults in wanting if not faults)
    return AdmitUnit(
        scheme_id=command.scheme_id,
        period_id=command.period_id,
        unit=unit,
        eligible=len(eligible),
        enrolled=len(joiners),
        counted_on=command.counted_on,
        confirmed=command.confirmed,
        consultation=command.consultation,
        objections=tuple(person.member_id for person in eligible if person.member_id in against),
        joiners=joiners,
        uncounted=tuple(fault for _, faults in wanting for fault in faults),
    )


def _portion(command: EnrolRoster, people: list[RosterPerson]) -> EnrolWorkers:
    return EnrolWorkers(
        scheme_id=command.scheme_id,
        period_id=command.period_id,
        unit_id=command.unit_id,
        joiners=tuple(joiner_of(person) for person in people),
        from_roster=True,
    )


def joiner_of(person: RosterPerson) -> Joiner:
    """Somebody of a roster as one who joins."""
    return Joiner(
        name=person.name,
        id_number=person.id_number,
        sex=person.sex,
        birth_date=person.birth_date,
        insurance_type=person.insurance_type,
        employment=person.employment,
        shares=person.shares,
        parts=person.parts,
        hired_on=person.hired_on,
        classes=person.classes,
    )


def _judged(people: list[RosterPerson], done: WorkersEnrolled) -> Iterator[PersonJudged]:
    """What became of each, in the order of the roster; where the list was refused, why it was."""
    lines = {line.member_id: line for line in done.lines}
    present = set(done.present)
    for person in people:
        line = lines.get(person.member_id)
        yield PersonJudged(
            member_id=person.member_id,
            row=person.row,
            outcome=line.outcome if line else done.outcome,
            faults=line.faults if line else done.faults,
            is_present=person.member_id in present,
        )
