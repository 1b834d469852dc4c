"""Renewing (续保): a unit carries its members over into the next period."""

from typing import Final

import attrs

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.enrolment import Enrolment
from mutualaid_core.domain.membership.unit import Admission
from mutualaid_core.domain.scheme.policy import EffectivePolicy
from mutualaid_core.domain.scheme.scheme import Scheme
from mutualaid_core.domain.values.identifiers import MemberId, PeriodId, SchemeId, UnitId
from mutualaid_core.errors import TooLargeError
from mutualaid_core.rules.membership.history import joined
from mutualaid_core.rules.membership.joining import (
    Asked,
    Place,
    holding_faults,
    objection_faults,
    place_for,
)
from mutualaid_core.rules.membership.renewal import Continuity, DueReason, due_faults, gap_faults
from mutualaid_core.serialization.records import key_of
from mutualaid_core.services.membership.earlier import earlier_cover
from mutualaid_core.services.membership.joiner import alive_faults
from mutualaid_core.services.membership.keeping import (
    Places,
    admission_faults,
    counter_of,
    is_counted,
    keep,
    place_faults,
    places_at,
)
from mutualaid_core.services.membership.renewal.judging import (
    Candidate,
    Passage,
    Wanted,
    candidates,
    verdict_on,
)
from mutualaid_core.services.membership.ruling import ruling_of
from mutualaid_core.services.standing import (
    period_of,
    periods_of,
    posting_faults,
    starting_faults,
    version_for,
)
from mutualaid_core.work import Done, Host, Purpose, Work, perform

RENEWALS_MAX: Final = 150
"""Members that one act can renew; a larger unit renews in several, as ``renew_unit`` does.

Each of them takes one write and three checks of the 1,000 of an act, and one more for each further
open period in which the member holds a place.
"""


@attrs.frozen(kw_only=True)
class RenewalLine:
    """One member who renews (续保人员).

    Attributes:
        member_id: Member.
        parts: Parts wanted; those of the period before if ``None``.
        shares: Shares wanted; those of the period before if ``None``.
    """

    member_id: MemberId
    parts: tuple[str, ...] | None = None
    shares: int | None = None


@attrs.frozen(kw_only=True)
class RenewWorkers:
    """Command: a unit renews members of the period before, at most ``RENEWALS_MAX`` at once.

    Attributes:
        scheme_id: Scheme.
        from_period: Period that runs out.
        to_period: Period that follows.
        unit_id: Unit of the members.
        lines: The members.
    """

    scheme_id: SchemeId
    from_period: PeriodId
    to_period: PeriodId
    unit_id: UnitId
    lines: tuple[RenewalLine, ...]


@attrs.frozen(kw_only=True)
class Renewed:
    """One member who was renewed (续保结果).

    Attributes:
        member_id: Member.
        continuity: Whether cover counts as unbroken, and why.
    """

    member_id: MemberId
    continuity: Continuity


@attrs.frozen(kw_only=True)
class WorkersRenewed:
    """Result: ``PASS`` if all were renewed, ``FLAG`` if some, ``REJECT`` if none.

    Attributes:
        outcome: What became of the list.
        renewed: Those renewed, in the order of the list.
        faults: Every fault of the others, or of the list.
    """

    outcome: Outcome
    renewed: tuple[Renewed, ...]
    faults: tuple[Fault, ...]


def renew_workers(host: Host, act: Act, command: RenewWorkers) -> Done[WorkersRenewed]:
    """Carry members over into the next period; who may not be is named and the others go on.

    Parts and shares are taken over unless told otherwise. Waiting goes on from where it was if
    no more days are missing than the version allows. After the window, a version that accepts
    late joiners takes the member as one, and otherwise nobody renews. Nobody renews who is on the
    list of those who object, by which the unit was judged, nor past a period that lies between.

    Raises:
        NotFoundError: There is no such scheme or period.
        TooLargeError: More members than one act can take.
        VersionGapError: Not exactly one version is in force when the new period begins.

    Clause:
        HN-4.3.5d, HN-4.3.5c, HN-4.3.4c, HN-4.1.2a, HN-2.1a, SN-2.2.2a
    """
    if len(command.lines) > RENEWALS_MAX:
        raise TooLargeError("renewal", size=len(command.lines), limit=RENEWALS_MAX)

    def decide(work: Work) -> WorkersRenewed:
        policy = ruling_of(work, command.scheme_id, act.business_on)
        passage = _passage(work, host, command, policy)
        asked = Asked(on=act.business_on, renews=True)
        place, faults = place_for(asked, passage.version.joining, passage.new.cover, policy)
        faults = (*_list_faults(work, host, command, passage), *faults)
        if faults or place is None:
            return WorkersRenewed(outcome=Outcome.REJECT, renewed=(), faults=faults)
        members = [line.member_id for line in command.lines]
        renewing = _Renewing(
            act=act,
            passage=passage,
            policy=policy,
            place=place,
            places=places_at(work, [passage.new_key(member_id) for member_id in members]),
            objections=_objections(work, command),
            dead=earlier_cover(work, host.store, passage.new, members).dead,
        )
        return _renew(work, command, renewing)

    purpose = Purpose(
        name="renew_workers", subject=command.unit_id, chain=command.scheme_id, answer=WorkersRenewed
    )
    return perform(host, act, purpose, command, decide)


@attrs.frozen(kw_only=True)
class _Renewing:
    """What every line is held against."""

    act: Act
    passage: Passage
    policy: EffectivePolicy
    place: Place
    places: Places
    objections: frozenset[MemberId]
    dead: frozenset[MemberId]


def _passage(work: Work, host: Host, command: RenewWorkers, policy: EffectivePolicy) -> Passage:
    new = period_of(work, command.scheme_id, command.to_period)
    return Passage(
        old=period_of(work, command.scheme_id, command.from_period),
        new=new,
        version=version_for(work, host.store, command.scheme_id, new.cover.first_day),
        policy=policy.policy,
        pool_id=work.get(Scheme, command.scheme_id).pool_id,
    )


def _objections(work: Work, command: RenewWorkers) -> frozenset[MemberId]:
    """Who objects, by the list with which the unit was judged for the new period."""
    admission = work.find(Admission, key_of(command.scheme_id, command.to_period, command.unit_id))
    return frozenset(admission.judgement.objections if admission else ())


def _between(work: Work, host: Host, passage: Passage) -> tuple[PeriodId, ...]:
    """Periods after the one that runs out and before the one that is renewed into."""
    own = periods_of(work, host.store, passage.new.scheme_id)
    first, last = passage.old.cover.last_day, passage.new.cover.first_day
    between = [each for each in own if first < each.cover.first_day and each.cover.last_day < last]
    return tuple(each.period_id for each in sorted(between, key=lambda each: each.cover.first_day))


def _list_faults(work: Work, host: Host, command: RenewWorkers, passage: Passage) -> tuple[Fault, ...]:
    """Why nobody on the list can be renewed."""
    old, new = passage.old, passage.new
    faults = [*posting_faults(new), *starting_faults(work, command.scheme_id)]
    if new.cover.first_day <= old.cover.last_day:
        rule = f"must begin after {old.cover.last_day.isoformat()}, the end of {old.period_id}"
        found = new.cover.first_day.isoformat()
        faults.append(Fault(subject=new.period_id, rule=rule, found=found, clause="HN-4.3.4a"))
    members = {line.member_id for line in command.lines}
    if len(members) != len(command.lines):
        rule, found = "must name each member once", f"{len(command.lines)} lines"
        faults.append(Fault(subject=command.unit_id, rule=rule, found=found, clause="HN-4.3.4c"))
    faults += gap_faults(new.period_id, _between(work, host, passage))
    return (*faults, *_gate_faults(work, command, 0))


def _gate_faults(work: Work, command: RenewWorkers, joining: int) -> tuple[Fault, ...]:
    return admission_faults(work, command.scheme_id, command.to_period, command.unit_id, joining)


def _renew(work: Work, command: RenewWorkers, renewing: _Renewing) -> WorkersRenewed:
    passage = renewing.passage
    keys = [passage.old_key(line.member_id) for line in command.lines]
    enrolments = work.find_many(Enrolment, keys).values()
    known = candidates(work.find_many, passage, enrolments)
    judged = [_judged(command, line, known.get(line.member_id), renewing) for line in command.lines]
    places = [each for each in judged if isinstance(each, _NewPlace)]
    faults = tuple(fault for each in judged if isinstance(each, tuple) for fault in each)
    counted = sum(is_counted(each.enrolment) for each in places)
    if many := _gate_faults(work, command, counted):
        return WorkersRenewed(outcome=Outcome.REJECT, renewed=(), faults=(*many, *faults))
    for each in places:
        keep(work, each.enrolment, renewing.places)
    if counted:
        work.count(counter_of(command.scheme_id, command.to_period, command.unit_id), counted)
    renewed = tuple(
        Renewed(member_id=each.enrolment.member_id, continuity=each.continuity) for each in places
    )
    outcome = (Outcome.FLAG if renewed else Outcome.REJECT) if faults else Outcome.PASS
    return WorkersRenewed(outcome=outcome, renewed=renewed, faults=faults)


@attrs.frozen(kw_only=True)
class _NewPlace:
    """The enrolment that a member gets, and whether cover goes on."""

    enrolment: Enrolment
    continuity: Continuity


def _judged(
    command: RenewWorkers, line: RenewalLine, candidate: Candidate | None, renewing: _Renewing
) -> _NewPlace | tuple[Fault, ...]:
    """The place of one member in the new period, or every reason against it."""
    member_id, place = line.member_id, renewing.place
    if candidate is None:
        rule, found = "must be a member of the period before", "not enrolled"
        return (Fault(subject=member_id, rule=rule, found=found, clause="HN-4.3.5d"),)
    earlier, version = candidate.enrolment, renewing.passage.version
    wanted = Wanted(
        parts=earlier.parts if line.parts is None else line.parts,
        shares=earlier.shares if line.shares is None else line.shares,
        months=place.months,
        cover=place.cover,
        joined_on=renewing.act.business_on,
        joined_as=place.joined_as,
    )
    verdict = verdict_on(candidate, renewing.passage, wanted)
    reasons = tuple(each for each in verdict.reasons if each is not DueReason.NOT_ELIGIBLE)
    faults = (
        *_side_faults(command, earlier),
        *objection_faults(member_id, objects=member_id in renewing.objections),
        *due_faults(member_id, reasons),
        *_death_faults(member_id, reasons, renewing),
        *_place_faults(member_id, verdict.reasons, renewing),
        *_term_faults(member_id, place),
        *((verdict.terms_fault,) if verdict.terms_fault else ()),
        *holding_faults(member_id, wanted.parts, version.parts, renewing.policy),
    )
    if faults:
        return faults
    enrolment = _enrolment(command, earlier, wanted, verdict.continuity, renewing)
    return _NewPlace(enrolment=enrolment, continuity=verdict.continuity)


def _side_faults(command: RenewWorkers, earlier: Enrolment) -> tuple[Fault, ...]:
    if earlier.unit_id == command.unit_id:
        return ()
    rule = "must be renewed by the member's own unit"
    return (Fault(subject=earlier.member_id, rule=rule, found="another unit", clause="HN-3.1.2a"),)


def _death_faults(
    member_id: MemberId, reasons: tuple[DueReason, ...], renewing: _Renewing
) -> tuple[Fault, ...]:
    """Why nobody renews whose death stands in a place of another period; or void, in this one."""
    return () if DueReason.DIED in reasons else alive_faults(member_id, renewing.dead)


def _place_faults(
    member_id: MemberId, reasons: tuple[DueReason, ...], renewing: _Renewing
) -> tuple[Fault, ...]:
    """Why the new place is not free; who has it already is told so by the reasons."""
    if DueReason.RENEWED in reasons:
        return ()
    key = renewing.passage.new_key(member_id)
    return place_faults(member_id, (key,), renewing.places, renewing.act.business_on)


def _term_faults(member_id: MemberId, place: Place) -> tuple[Fault, ...]:
    if place.periods == 1:
        return ()
    rule = "must be renewed for one period; a term of several is joined anew"
    return (Fault(subject=member_id, rule=rule, found=f"{place.periods} periods", clause="HN-4.3.4a"),)


def _enrolment(
    command: RenewWorkers,
    earlier: Enrolment,
    wanted: Wanted,
    continuity: Continuity,
    renewing: _Renewing,
) -> Enrolment:
    on = renewing.act.business_on
    made = Enrolment(
        scheme_id=command.scheme_id,
        period_id=command.to_period,
        member_id=earlier.member_id,
        unit_id=command.unit_id,
        insurance_type=earlier.insurance_type,
        employment=earlier.employment,
        shares=wanted.shares,
        cover=wanted.cover,
        parts=wanted.parts,
        joined_by=earlier.joined_by,
        joined_as=renewing.place.joined_as,
        joined_on=on,
        waits_from=continuity.waits_from if continuity.is_kept else None,
        term_months=wanted.months,
    )
    return joined(made, on)
