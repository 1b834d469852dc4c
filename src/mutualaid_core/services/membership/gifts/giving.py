"""Giving (赠送): persons of the groups of a programme are enrolled at the giver's cost."""

from typing import Final

import attrs

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.enrolment import Enrolment, JoinedAs
from mutualaid_core.domain.membership.gift import GiftProgramme
from mutualaid_core.domain.membership.member import Member
from mutualaid_core.domain.membership.unit import Admission, Unit
from mutualaid_core.domain.scheme.policy.membership import JoinedBy
from mutualaid_core.domain.values.identifiers import MemberId, SchemeId, UnitId
from mutualaid_core.errors import TooLargeError
from mutualaid_core.rules.membership.gifts import giving_day_faults, group_faults, quota_faults
from mutualaid_core.rules.membership.history import joined
from mutualaid_core.rules.membership.joining import Place, way_of
from mutualaid_core.serialization.records import key_of
from mutualaid_core.services.identity import member_id_of
from mutualaid_core.services.membership.earlier import earlier_cover
from mutualaid_core.services.membership.gifts.founding import given_counter
from mutualaid_core.services.membership.joiner import Joiner, JudgedLine, Judging, judged_line, waits_from_of
from mutualaid_core.services.membership.keeping import (
    admission_faults,
    counter_of,
    keep,
    place_faults,
    places_at,
)
from mutualaid_core.services.membership.ruling import ruling_of
from mutualaid_core.services.standing import period_of, posting_faults, starting_faults, version_for
from mutualaid_core.work import Done, Host, Purpose, Work, perform, read_many

GIFTED_MAX: Final = 250
"""Persons to whom one act can give; more come in several acts."""


@attrs.frozen(kw_only=True)
class GiftedPerson:
    """A person to whom a place is to be given (受赠人).

    Attributes:
        joiner: The person, as on a roster.
        group: Group that the roster tells; empty for none.
    """

    joiner: Joiner
    group: str


@attrs.frozen(kw_only=True)
class EnrolGifted:
    """Command: give places of a programme to workers of a unit, at most ``GIFTED_MAX`` at once.

    Attributes:
        scheme_id: Scheme.
        programme_id: Programme; it names the period.
        unit_id: Unit through which they join, often the union of a platform or an industry.
        persons: The persons.
    """

    scheme_id: SchemeId
    programme_id: str
    unit_id: UnitId
    persons: tuple[GiftedPerson, ...]


@attrs.frozen(kw_only=True)
class GiftsGiven:
    """Result of giving: ``PASS`` if all were enrolled, ``FLAG`` if some.

    If none was, ``REJECT`` where somebody is refused, else ``HOLD``.

    Attributes:
        outcome: What became of the list.
        enrolled: Those enrolled, in the order of the list.
        held: Whoever comes after the quota is used up.
        faults: Why others were refused, or all of them.
    """

    outcome: Outcome
    enrolled: tuple[MemberId, ...]
    held: tuple[Fault, ...]
    faults: tuple[Fault, ...]


def enrol_gifted(host: Host, act: Act, command: EnrolGifted) -> Done[GiftsGiven]:
    """Enrol persons at the giver's cost; the quota is never exceeded, whoever else gives meanwhile.

    The persons must be in a group of the programme and meet the terms as everybody else. Nobody is
    given a place before the programme was founded and the unit judged. Cover needs the settled
    contribution, which the giver alone may bear.

    Raises:
        NotFoundError: There is no such programme.
        TooLargeError: More persons than one act can take.
        VersionGapError: Not exactly one version is in force when the period begins.

    Clause:
        SN-2.1.5, HN-4.1.2a, HN-4.3.4c
    """
    if len(command.persons) > GIFTED_MAX:
        raise TooLargeError("gifts", size=len(command.persons), limit=GIFTED_MAX)

    def decide(work: Work) -> GiftsGiven:
        programme = work.get(GiftProgramme, key_of(command.scheme_id, command.programme_id))
        period = period_of(work, command.scheme_id, programme.period_id)
        faults = (
            *posting_faults(period),
            *starting_faults(work, command.scheme_id),
            *admission_faults(work, command.scheme_id, programme.period_id, command.unit_id, 0),
            *_day_faults(work, act, programme, command.unit_id),
        )
        if faults:
            return GiftsGiven(outcome=Outcome.REJECT, enrolled=(), held=(), faults=faults)
        giving = _giving(work, host, act, command)
        return _give(work, host, command, giving, _lines(work, host, command, giving))

    purpose = Purpose(
        name="enrol_gifted", subject=command.programme_id, chain=command.scheme_id, answer=GiftsGiven
    )
    return perform(host, act, purpose, command, decide)


def _day_faults(work: Work, act: Act, programme: GiftProgramme, unit_id: UnitId) -> tuple[Fault, ...]:
    admission = work.find(Admission, key_of(programme.scheme_id, programme.period_id, unit_id))
    judged_on = act.business_on if admission is None else admission.judgement.known_on
    return giving_day_faults(programme, unit_id, judged_on, act.business_on)


@attrs.frozen(kw_only=True)
class _Giving:
    """What every person is held against."""

    programme: GiftProgramme
    judging: Judging
    way: JoinedBy


def _giving(work: Work, host: Host, act: Act, command: EnrolGifted) -> _Giving:
    programme = work.get(GiftProgramme, key_of(command.scheme_id, command.programme_id))
    period = period_of(work, command.scheme_id, programme.period_id)
    admission = work.get(Admission, key_of(command.scheme_id, period.period_id, command.unit_id))
    unit = work.find(Unit, command.unit_id)
    judging = Judging(
        on=act.business_on,
        counted_on=admission.judgement.counted_on,
        period=period,
        version=version_for(work, host.store, command.scheme_id, period.cover.first_day),
        policy=ruling_of(work, command.scheme_id, act.business_on),
        objections=frozenset(admission.judgement.objections),
    )
    return _Giving(programme=programme, judging=judging, way=way_of(unit.kind if unit else None))


@attrs.frozen(kw_only=True)
class _Line:
    """One person, as judged like everybody who joins, and by the programme."""

    judged: JudgedLine
    faults: tuple[Fault, ...]


def _lines(work: Work, host: Host, command: EnrolGifted, giving: _Giving) -> list[_Line]:
    named = [(member_id_of(host.keys, person.joiner.id_number), person) for person in command.persons]
    # The programme says who is given a place and when, whatever was held before; what was waited
    # counts for it all the same, since cover goes on whoever pays.
    earlier = earlier_cover(work, host.store, giving.judging.period, (member_id for member_id, _ in named))
    judging = attrs.evolve(giving.judging, dead=earlier.dead)
    lines = []
    for member_id, person in named:
        judged = judged_line(member_id, person.joiner, judging)
        faults = (
            *group_faults(member_id, person.group, giving.programme),
            *judged.faults,
            *_term_faults(judged),
        )
        waits_from = (
            waits_from_of(earlier.cover.get(member_id), judging.version, judged.place.cover)
            if judged.place
            else None
        )
        judged = attrs.evolve(judged, waits_from=waits_from)
        lines.append(_Line(judged=judged, faults=faults))
    return lines


def _term_faults(line: JudgedLine) -> tuple[Fault, ...]:
    if line.place is None or line.place.periods == 1:
        return ()
    rule, found = "must be given one period", f"{line.place.periods} periods"
    return (Fault(subject=line.member_id, rule=rule, found=found, clause="SN-2.1.5"),)


def _give(work: Work, host: Host, command: EnrolGifted, giving: _Giving, lines: list[_Line]) -> GiftsGiven:
    """Enrol every line that may be, in the order of the list, as long as the quota lasts."""
    programme = giving.programme
    members = [line.judged.member_id for line in lines]
    keys = {each: key_of(command.scheme_id, programme.period_id, each) for each in members}
    free = places_at(work, keys.values())
    taken: set[str] = set()
    given = work.counter(given_counter(programme))
    held: list[Fault] = []
    faults: list[Fault] = []
    places: list[Enrolment] = []
    for line in lines:
        member_id, place = line.judged.member_id, line.judged.place
        unfree = place_faults(member_id, (keys[member_id],), free, giving.judging.on, taken)
        wrong = (*line.faults, *unfree)
        if wrong or place is None:
            faults += wrong
        elif over := quota_faults(member_id, given + len(places), programme):
            held += over
        else:
            taken.add(keys[member_id])
            places.append(_enrolment(command, giving, line.judged, place))
    period_id, unit_id = programme.period_id, command.unit_id
    if many := admission_faults(work, command.scheme_id, period_id, unit_id, len(places)):
        return GiftsGiven(outcome=Outcome.REJECT, enrolled=(), held=tuple(held), faults=(*many, *faults))
    for each in places:
        keep(work, each, free)
    enrolled = tuple(each.member_id for each in places)
    _keep_members(work, host, lines, enrolled)
    if enrolled:
        work.consume(given_counter(programme), len(enrolled), hi=programme.quota)
        work.count(counter_of(command.scheme_id, period_id, unit_id), len(enrolled))
    outcome = _outcome(enrolled, held, faults)
    return GiftsGiven(outcome=outcome, enrolled=enrolled, held=tuple(held), faults=tuple(faults))


def _outcome(enrolled: tuple[MemberId, ...], held: list[Fault], faults: list[Fault]) -> Outcome:
    if enrolled:
        return Outcome.FLAG if held or faults else Outcome.PASS
    if faults:
        return Outcome.REJECT
    return Outcome.HOLD if held else Outcome.PASS


def _keep_members(work: Work, host: Host, lines: list[_Line], enrolled: tuple[MemberId, ...]) -> None:
    """Add who is not known yet; who is known stays as the roster of a unit has it."""
    known = read_many(host.store, Member, enrolled)
    joiners = {line.judged.member_id: line.judged.joiner for line in lines}
    for member_id in enrolled:
        if member_id not in known:
            joiner = joiners[member_id]
            work.add(
                Member(
                    member_id=member_id,
                    name=joiner.name,
                    id_number=joiner.id_number,
                    sex=joiner.sex,
                    birth_date=joiner.birth_date,
                )
            )


def _enrolment(command: EnrolGifted, giving: _Giving, line: JudgedLine, place: Place) -> Enrolment:
    on, joiner = giving.judging.on, line.joiner
    made = Enrolment(
        scheme_id=command.scheme_id,
        period_id=giving.programme.period_id,
        member_id=line.member_id,
        unit_id=command.unit_id,
        insurance_type=joiner.insurance_type,
        employment=joiner.employment,
        shares=joiner.shares,
        cover=place.cover,
        parts=joiner.parts,
        joined_by=giving.way,
        joined_as=JoinedAs.GIFT,
        joined_on=on,
        waits_from=line.waits_from,
        term_months=place.months,
        gift_id=giving.programme.programme_id,
    )
    return joined(made, on)
