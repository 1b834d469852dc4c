"""Enrolment (参加): workers join through their admitted unit, each once, or alone where that is allowed."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet

import attrs

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.enrolment import Enrolment
from mutualaid_core.domain.membership.member import Member
from mutualaid_core.domain.membership.unit import Admission, Unit
from mutualaid_core.domain.scheme.joining import JoiningTerms
from mutualaid_core.domain.scheme.period import Period
from mutualaid_core.domain.scheme.policy.membership import JoinedBy
from mutualaid_core.domain.scheme.scheme import Scheme
from mutualaid_core.domain.values.identifiers import MemberId, PeriodId, SchemeId, UnitId
from mutualaid_core.domain.values.personal import pseudonym
from mutualaid_core.errors import TooLargeError
from mutualaid_core.rules.membership.history import joined
from mutualaid_core.rules.membership.joining import Place, confirmation_faults, way_faults, way_of
from mutualaid_core.serialization.records import key_of
from mutualaid_core.services.identity import member_id_of
from mutualaid_core.services.membership.continuity.on_record import flags_on_record
from mutualaid_core.services.membership.earlier import Earlier, earlier_cover
from mutualaid_core.services.membership.joiner import Joiner, JudgedLine, Judging, judged_line
from mutualaid_core.services.membership.keeping import (
    Places,
    admission_faults,
    counter_of,
    is_counted,
    keep,
    place_faults,
    places_at,
)
from mutualaid_core.services.membership.persons import keep_members, through_faults
from mutualaid_core.services.membership.ruling import ruling_of
from mutualaid_core.services.standing import (
    period_of,
    periods_of,
    posting_faults,
    starting_faults,
    version_for,
)
from mutualaid_core.work import Done, Host, Purpose, Work, perform, read_many

JOINERS_MAX = 400
"""Workers that one act can enrol for one period; a larger roster comes in several acts."""


@attrs.frozen(kw_only=True)
class EnrolWorkers:
    """Command: enrol workers of an admitted unit, at most ``JOINERS_MAX`` at once.

    Attributes:
        scheme_id: Scheme.
        period_id: Period; the first one for who joins for several.
        unit_id: Unit; for persons who join alone, the office that takes them in.
        joiners: The workers.
        way: Who brings them in; ``None`` for what follows from the kind of the unit.
        confirmed: Whether the unit's union confirmed this list; ``None`` for what it said when
            the unit was judged.
        consultation: Record of the workers' consultation, where this list has one of its own.
        from_roster: Whether the list is the unit's roster: whoever has a place at the unit already,
            as after a renewal, is counted as such and is no fault.
    """

    scheme_id: SchemeId
    period_id: PeriodId
    unit_id: UnitId = attrs.field(validator=pseudonym)
    joiners: tuple[Joiner, ...]
    way: JoinedBy | None = None
    confirmed: bool | None = None
    consultation: str | None = None
    from_roster: bool = False


@attrs.frozen(kw_only=True)
class LineJudged:
    """What became of one line of a list (参加结果)."""

    member_id: MemberId
    outcome: Outcome
    faults: tuple[Fault, ...]


@attrs.frozen(kw_only=True)
class WorkersEnrolled:
    """Result: pseudonyms of those enrolled; every fault of a worker who was not.

    The outcome is ``PASS`` if all were enrolled or present, ``FLAG`` if some, or if somebody's name
    is another than on record or a leaving is, ``REJECT`` if none, and ``HOLD`` if the list lacks
    something.

    Attributes:
        outcome: What became of the list.
        enrolled: Those enrolled, in the order of the list.
        faults: What is wrong with the list, or with a member.
        refused: Those not enrolled, in the order of the list.
        present: Those of a roster who had a place at the unit already, in its order.
    """

    outcome: Outcome
    enrolled: tuple[MemberId, ...]
    faults: tuple[Fault, ...]
    refused: tuple[MemberId, ...] = ()
    present: tuple[MemberId, ...] = ()

    @property
    def lines(self) -> tuple[LineJudged, ...]:
        """What became of each line: first those who have a place, then the others."""
        placed = (*self.enrolled, *self.present)
        passed = (self._line(each, Outcome.FLAG) for each in placed)
        return (*passed, *(self._line(each, Outcome.REJECT) for each in self.refused))

    def _line(self, member_id: MemberId, wrong: Outcome) -> LineJudged:
        faults = tuple(fault for fault in self.faults if fault.subject == member_id)
        is_passed = wrong is Outcome.FLAG and not faults
        return LineJudged(member_id=member_id, outcome=Outcome.PASS if is_passed else wrong, faults=faults)


def enrol_workers(host: Host, act: Act, command: EnrolWorkers) -> Done[WorkersEnrolled]:
    """Enrol workers by the joining terms; who may not join is named and the others go on.

    Whoever joined and was taken back before anything was paid may join anew. Who retired or left the
    pool by record, or died by that of another scheme, is enrolled and flagged: a person looks at it.

    Raises:
        NotFoundError: There is no such period.
        TooLargeError: More joiners, or more periods of them, than one act can take.
        VersionGapError: Not exactly one version is in force when the period begins.

    Clause:
        HN-2.1a, HN-3.1.2a, HN-3.1.2c, HN-4.1.1b, HN-4.1.1c, HN-4.3.4c, HN-4.3.5c, HN-4.3.5d,
        SN-2.1.4b, SN-2.2.2a, GD-2.3.1b, GD-2.3.1c
    """
    if len(command.joiners) > JOINERS_MAX:
        raise TooLargeError("roster", size=len(command.joiners), limit=JOINERS_MAX)

    def decide(work: Work) -> WorkersEnrolled:
        period = period_of(work, command.scheme_id, command.period_id)
        if closed := (*posting_faults(period), *starting_faults(work, command.scheme_id)):
            return _none(Outcome.REJECT, closed)
        batch = _batch(work, host, act, command, period)
        if isinstance(batch, WorkersEnrolled):
            return batch
        named = [(member_id_of(host.keys, joiner.id_number), joiner) for joiner in command.joiners]
        earlier = earlier_cover(work, host.store, period, (member_id for member_id, _ in named))
        judging = attrs.evolve(batch.judging, earlier=earlier.cover, dead=earlier.dead)
        lines = [judged_line(member_id, joiner, judging) for member_id, joiner in named]
        return _enrol(work, host, command, batch, lines, earlier)

    purpose = Purpose(
        name="enrol_workers", subject=command.unit_id, chain=command.scheme_id, answer=WorkersEnrolled
    )
    return perform(host, act, purpose, command, decide)


def joined_counter(command: EnrolWorkers) -> str:
    """Key of the counter of a unit's workers who joined in a period."""
    return counter_of(command.scheme_id, command.period_id, command.unit_id)


@attrs.frozen(kw_only=True)
class _Batch:
    """A list that may be judged line by line."""

    way: JoinedBy
    judging: Judging


def _none(outcome: Outcome, faults: tuple[Fault, ...]) -> WorkersEnrolled:
    return WorkersEnrolled(outcome=outcome, enrolled=(), faults=faults)


def _batch(
    work: Work, host: Host, act: Act, command: EnrolWorkers, period: Period
) -> _Batch | WorkersEnrolled:
    """What the lines are held against; or why nobody on the list can join, or not yet."""
    version = version_for(work, host.store, command.scheme_id, period.cover.first_day)
    policy = ruling_of(work, command.scheme_id, act.business_on)
    unit, pool_id = work.find(Unit, command.unit_id), work.get(Scheme, command.scheme_id).pool_id
    way = command.way or way_of(unit.kind if unit else None)
    admission = work.find(Admission, key_of(command.scheme_id, command.period_id, command.unit_id))
    through = through_faults(command.unit_id, unit, pool_id, admission=admission, way=way)
    faults = way_faults(way, policy, version.joining) or through
    lacking: tuple[Fault, ...] = ()
    if way is not JoinedBy.PERSON:
        faults = (*faults, *_gate_faults(work, command, 0))
        lacking = _lacking(command, version.joining, admission)
    if faults or lacking:
        return _none(Outcome.REJECT if faults else Outcome.HOLD, (*faults, *lacking))
    judging = Judging(
        on=act.business_on,
        counted_on=admission.judgement.counted_on if admission else None,
        period=period,
        version=version,
        policy=policy,
        objections=frozenset(admission.judgement.objections if admission else ()),
    )
    return _Batch(way=way, judging=judging)


def _gate_faults(work: Work, command: EnrolWorkers, joining: int) -> tuple[Fault, ...]:
    return admission_faults(work, command.scheme_id, command.period_id, command.unit_id, joining)


def _lacking(
    command: EnrolWorkers, joining: JoiningTerms | None, admission: Admission | None
) -> tuple[Fault, ...]:
    """What the list lacks; what the unit showed when it was judged holds for its lists too."""
    confirmed, consultation = command.confirmed, command.consultation
    if admission is not None:
        confirmed = admission.judgement.confirmed if confirmed is None else confirmed
        consultation = consultation or admission.judgement.consultation
    return confirmation_faults(command.unit_id, joining, confirmed=confirmed, consultation=consultation)


@attrs.frozen(kw_only=True)
class _Sorted:
    """A list, sorted into those who are enrolled and those who are not, each in its order."""

    made: tuple[tuple[JudgedLine, tuple[Enrolment, ...]], ...]
    faults: tuple[Fault, ...]
    refused: tuple[MemberId, ...]
    present: tuple[MemberId, ...]

    @property
    def counted(self) -> int:
        """How many of those who are enrolled stand in the counter of the unit."""
        return sum(is_counted(each) for _, enrolments in self.made for each in enrolments)


def _enrol(  # noqa: PLR0913, PLR0917  # an act, and all that its list is judged by
    work: Work, host: Host, command: EnrolWorkers, batch: _Batch, lines: list[JudgedLine], earlier: Earlier
) -> WorkersEnrolled:
    """Enrol every line that may be; the faults of the others stand in the order of the list."""
    periods = _periods(work, host, command, batch.judging.period, lines)
    # Who is known is no part of the work: the one thing that changes is a name, read again there.
    known = read_many(host.store, Member, [line.member_id for line in lines])
    _refuse_too_large(lines, known, earlier)
    places = places_at(work, [key for line in lines for key in _keys(command, line, periods)])
    done = _sorted(command, batch, lines, periods, places)
    if batch.way is not JoinedBy.PERSON and (many := _gate_faults(work, command, done.counted)):
        return _none(Outcome.REJECT, many)
    flags = flags_on_record(host.store, batch.judging.period, (line.member_id for line, _ in done.made))
    faults = (*done.faults, *keep_members(work, (line for line, _ in done.made), known), *flags)
    for _, enrolments in done.made:
        for each in enrolments:
            keep(work, each, places)
    if done.counted:
        work.count(joined_counter(command), done.counted)
    partly = Outcome.FLAG if done.made or done.present else Outcome.REJECT
    return WorkersEnrolled(
        outcome=partly if faults else Outcome.PASS,
        enrolled=tuple(line.member_id for line, _ in done.made),
        faults=faults,
        refused=done.refused,
        present=done.present,
    )


def _sorted(
    command: EnrolWorkers,
    batch: _Batch,
    lines: list[JudgedLine],
    periods: tuple[Period, ...],
    places: Places,
) -> _Sorted:
    """Every line with the enrolments that it gets, or with why it gets none."""
    given: set[str] = set()
    made: list[tuple[JudgedLine, tuple[Enrolment, ...]]] = []
    faults: list[Fault] = []
    refused: list[MemberId] = []
    present: list[MemberId] = []
    for line in lines:
        keys = _keys(command, line, periods)
        if command.from_roster and places.is_at(command.unit_id, keys[0]):
            present.append(line.member_id)
            continue
        wrong = _line_faults(line, keys, places, given, batch.judging)
        if wrong or line.place is None:
            faults += wrong
            refused.append(line.member_id)
            continue
        given.update(keys)
        made.append((line, tuple(_enrolments(command, batch, line, line.place, periods))))
    return _Sorted(made=tuple(made), faults=tuple(faults), refused=tuple(refused), present=tuple(present))


def _periods(
    work: Work, host: Host, command: EnrolWorkers, first: Period, lines: list[JudgedLine]
) -> tuple[Period, ...]:
    """The first period, and the open ones that follow it without a gap where a term needs them."""
    if all(line.place is None or line.place.periods == 1 for line in lines):
        return (first,)
    later = sorted(
        (each for each in periods_of(work, host.store, command.scheme_id) if not posting_faults(each)),
        key=lambda each: each.cover.first_day,
    )
    found = [first]
    for each in later:
        if (each.cover.first_day - found[-1].cover.last_day).days == 1:
            found.append(each)
    return tuple(found)


def _refuse_too_large(lines: list[JudgedLine], known: Mapping[str, Member], earlier: Earlier) -> None:
    placed = [line for line in lines if line.place is not None]
    new = sum(line.member_id not in known for line in placed)
    size = sum(line.place.periods for line in placed if line.place is not None) + new + earlier.checked
    if size > 2 * JOINERS_MAX:
        raise TooLargeError("roster", size=size, limit=2 * JOINERS_MAX)


def _keys(command: EnrolWorkers, line: JudgedLine, periods: tuple[Period, ...]) -> list[str]:
    count = 1 if line.place is None else line.place.periods
    return [key_of(command.scheme_id, each.period_id, line.member_id) for each in periods[:count]]


def _line_faults(
    line: JudgedLine, keys: list[str], places: Places, given: AbstractSet[str], judging: Judging
) -> tuple[Fault, ...]:
    """What is wrong with a line, its place in the records taken into account.

    Who has a place already is told so alone: the rest of the line is beside the point.
    """
    unfree = place_faults(line.member_id, keys, places, judging.on, given)
    if given & set(keys) or places.any_taken(keys):
        return unfree
    faults = list(line.faults)
    if line.place is not None and len(keys) < line.place.periods:
        rule, found = f"must have {line.place.periods} open periods without a gap", str(len(keys))
        faults.append(Fault(subject=line.member_id, rule=rule, found=found, clause="HN-4.3.4a"))
    return (*faults, *unfree)


def _enrolments(
    command: EnrolWorkers, batch: _Batch, line: JudgedLine, place: Place, periods: tuple[Period, ...]
) -> Iterable[Enrolment]:
    """The enrolment of each period of the term; waiting is counted once, from the first of them."""
    on = batch.judging.on
    for number, period in enumerate(periods[: place.periods]):
        cover = period.cover if number else place.cover
        made = Enrolment(
            scheme_id=command.scheme_id,
            period_id=period.period_id,
            member_id=line.member_id,
            unit_id=command.unit_id,
            insurance_type=line.joiner.insurance_type,
            employment=line.joiner.employment,
            shares=line.joiner.shares,
            cover=cover,
            parts=line.joiner.parts,
            joined_by=batch.way,
            joined_as=place.joined_as,
            joined_on=on,
            waits_from=line.waits_from or (place.cover.first_day if number else None),
            term_months=place.months,
        )
        yield joined(made, on, cause=command.period_id if number else None)
