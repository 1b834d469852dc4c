"""Admission (单位准入): a unit is judged by its roster before its workers join."""

import datetime

import attrs

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.enrolment import Enrolment
from mutualaid_core.domain.membership.unit import Admission, Judgement, Unit
from mutualaid_core.domain.scheme.period import Period
from mutualaid_core.domain.scheme.policy import EffectivePolicy
from mutualaid_core.domain.scheme.region import PoolingRegion
from mutualaid_core.domain.scheme.scheme import Scheme
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.identifiers import MemberId, PeriodId, SchemeId
from mutualaid_core.ports.store import PAGE_ROWS_MAX
from mutualaid_core.rules.membership.eligibility import stored_unit_faults, unit_faults
from mutualaid_core.rules.membership.joining import confirmation_faults, way_faults, way_of
from mutualaid_core.rules.membership.participation import (
    CountedOn,
    Requirement,
    gate_requirement,
    roster_day_faults,
)
from mutualaid_core.rules.membership.terms import window_days
from mutualaid_core.rules.scheme.joining import goal_gap
from mutualaid_core.serialization.records import key_of
from mutualaid_core.services.membership.keeping import Places, taken_fault
from mutualaid_core.services.membership.rosters.reading import latest_roster_day
from mutualaid_core.services.membership.ruling import ruling_of
from mutualaid_core.services.standing import period_of, posting_faults, starting_faults, version_for
from mutualaid_core.work import Done, Host, Purpose, Work, perform, read_many


@attrs.frozen(kw_only=True)
class AdmitUnit:
    """Command: judge a unit by its roster.

    Attributes:
        scheme_id: Scheme.
        period_id: Period.
        unit: The unit. One that is on record already is judged by its record; a description that
            says otherwise is refused.
        eligible: Eligible workers on the roster date.
        enrolled: Those who join; none of those who object counts.
        counted_on: Roster date.
        confirmed: Whether the unit's union confirmed the list; ``None`` where nobody was asked.
        consultation: Record of the workers' consultation, such as a resolution of their congress
            or a signed list.
        objections: Workers who object, each once.
        joiners: Those who join and count, each once, where a roster names them. Whoever has a place
            of the period already, and not at this unit, is no joiner of it and does not count.
        uncounted: Why others who want to join do not count: they cannot, as the roster has it.
    """

    scheme_id: SchemeId
    period_id: PeriodId
    unit: Unit
    eligible: int
    enrolled: int
    counted_on: datetime.date
    confirmed: bool | None = None
    consultation: str | None = None
    objections: tuple[MemberId, ...] = ()
    joiners: tuple[MemberId, ...] = ()
    uncounted: tuple[Fault, ...] = ()


@attrs.frozen(kw_only=True)
class UnitJudged:
    """Result: ``PASS``, ``HOLD`` or ``REJECT``, and how many had to join.

    Attributes:
        outcome: What became of the unit.
        required: Least number of workers that must join.
        faults: Why it was not admitted; after the gate, who of those who join did not count.
        goal_gap: Workers that are missing from the goal, which refuses nobody; ``None`` without one.
    """

    outcome: Outcome
    required: int
    faults: tuple[Fault, ...]
    goal_gap: int | None = None


def admit_unit(host: Host, act: Act, command: AdmitUnit) -> Done[UnitJudged]:
    """Admit a unit to a period if enough of its workers join; a refusal by the gate is recorded too.

    A unit of another kind or place is refused without a record, and a list that lacks its
    confirmation or consultation is held without one: both can be judged once that is mended. While
    the scheme is suspended, no unit is admitted. Whoever is a member through another unit is no
    joiner of this one: nobody passes the gate by the members of others.

    Raises:
        NotFoundError: There is no such period.
        AlreadyExistsError: The unit was admitted to this period before, or refused by a roster of
            the same or a later day.
        InvalidValueError: More workers join than are eligible.
        VersionGapError: Not exactly one version is in force when the period begins.

    Clause:
        HN-4.1.1a, HN-4.1.2a, HN-4.1.2b, HN-3.1.2a, HN-3.1.2c, HN-4.3.4c, SN-2.1.4a, SN-2.1.4b,
        GD-2.3.1c, ACFTU-4.4a
    """

    def decide(work: Work) -> UnitJudged:
        period = period_of(work, command.scheme_id, command.period_id)
        version = version_for(work, host.store, command.scheme_id, period.cover.first_day)
        policy = ruling_of(work, command.scheme_id, act.business_on)
        bands = version.joining.gate if version.joining else ()
        asked = gate_requirement(command.eligible, policy.policy.participation, bands)
        # Units may be judged before the scheme starts; workers join only afterwards (ACFTU-4.4b).
        gone = (each for each in starting_faults(work, command.scheme_id) if each.clause == "ACFTU-4.4a")
        stopped = (*posting_faults(period), *gone)
        faults = (*stopped, *_roster_faults(host, _counted(command, act, version, period)))
        if faults := faults or _unit_faults(work, command, version, policy):
            return UnitJudged(outcome=Outcome.REJECT, required=asked.persons, faults=faults)
        if lacking := _lacking(command, version):
            return UnitJudged(outcome=Outcome.HOLD, required=asked.persons, faults=lacking)
        elsewhere = _elsewhere(host, command)
        counted = attrs.evolve(command, enrolled=command.enrolled - len(elsewhere))
        judged = _judge(work, counted, asked, policy, act.business_on)
        uncounted = (*command.uncounted, *elsewhere) if judged.faults else ()
        return attrs.evolve(judged, faults=(*judged.faults, *uncounted))

    purpose = Purpose(
        name="admit_unit", subject=command.unit.unit_id, chain=command.scheme_id, answer=UnitJudged
    )
    return perform(host, act, purpose, command, decide)


def _counted(command: AdmitUnit, act: Act, version: SchemeVersion, period: Period) -> CountedOn:
    window = version.joining.window if version.joining else None
    return CountedOn(
        unit_id=command.unit.unit_id,
        day=command.counted_on,
        judged_on=act.business_on,
        period=period.cover,
        window=window_days(window, period.cover) if window else None,
    )


def _roster_faults(host: Host, counted: CountedOn) -> tuple[Fault, ...]:
    """Why a unit is not judged by that roster; one that came after the window is not waited for."""
    last = counted.window.last_day if counted.window else counted.judged_on
    newest = latest_roster_day(host.store, counted.unit_id, min(last, counted.judged_on))
    return roster_day_faults(counted, newest)


def _unit_faults(
    work: Work, command: AdmitUnit, version: SchemeVersion, policy: EffectivePolicy
) -> tuple[Fault, ...]:
    """Why the unit may not join at all, whoever of its workers does."""
    pool_id = work.get(Scheme, command.scheme_id).pool_id
    stored = work.find(Unit, command.unit.unit_id)
    unit = command.unit if stored is None else stored
    wrong_copy = () if stored is None else stored_unit_faults(command.unit, stored)
    wrong_way = way_faults(way_of(unit.kind), policy, version.joining)
    wrong_pool: tuple[Fault, ...] = ()
    if unit.pool_id != pool_id:
        rule, found = f"must belong to the pool {pool_id}", unit.pool_id
        wrong_pool = (Fault(subject=unit.unit_id, rule=rule, found=found, clause="HN-3.2.1a"),)
    wrong_place = unit_faults(unit, work.find(PoolingRegion, pool_id), policy)
    return (*wrong_copy, *wrong_pool, *wrong_way, *wrong_place)


def _elsewhere(host: Host, command: AdmitUnit) -> tuple[Fault, ...]:
    """The finding against each who joins and has a place of the period already, not at this unit.

    Read outside the work, which has no room for a large unit: whoever gets a place elsewhere
    meanwhile is refused with the line, as everybody else is.
    """
    keys = [key_of(command.scheme_id, command.period_id, member_id) for member_id in command.joiners]
    found: dict[str, Enrolment] = {}
    for first in range(0, len(keys), PAGE_ROWS_MAX):
        found |= read_many(host.store, Enrolment, keys[first : first + PAGE_ROWS_MAX])
    places = Places(present=found, unreturned=frozenset())
    return tuple(
        taken_fault(each.member_id)
        for key, each in found.items()
        if places.any_taken((key,)) and not places.is_at(command.unit.unit_id, key)
    )


def _lacking(command: AdmitUnit, version: SchemeVersion) -> tuple[Fault, ...]:
    return confirmation_faults(
        command.unit.unit_id,
        version.joining,
        confirmed=command.confirmed,
        consultation=command.consultation,
    )


def _judge(
    work: Work, command: AdmitUnit, asked: Requirement, policy: EffectivePolicy, judged_on: datetime.date
) -> UnitJudged:
    joining = _joining(command)
    admitted = command.eligible > 0 and joining >= asked.persons
    _keep(work, _admission(command, asked.persons, joining, judged_on=judged_on, admitted=admitted))
    if work.find(Unit, command.unit.unit_id) is None:
        work.add(command.unit)
    gap = goal_gap(command.eligible, joining, policy)
    if admitted:
        return UnitJudged(outcome=Outcome.PASS, required=asked.persons, faults=(), goal_gap=gap)
    rule = f"must enrol {asked.persons} of {command.eligible}"
    if not command.eligible:
        # Nobody of nobody would be said to be too few.
        rule = "must have an eligible worker on its roster"
    fault = Fault(subject=command.unit.unit_id, rule=rule, found=str(joining), clause=asked.clause)
    return UnitJudged(outcome=Outcome.REJECT, required=asked.persons, faults=(fault,), goal_gap=gap)


def _keep(work: Work, admission: Admission) -> None:
    """Add the record; a unit that was refused may be judged anew by a roster of a later day."""
    before = work.find(Admission, key_of(admission.scheme_id, admission.period_id, admission.unit_id))
    if (
        before is None
        or before.judgement.admitted
        or before.judgement.counted_on >= admission.judgement.counted_on
    ):
        work.add(admission)
    else:
        work.replace(before.judged_anew(admission.judgement))


def _joining(command: AdmitUnit) -> int:
    """How many can join: those who object are no joiners, whoever counted them."""
    if not command.objections or command.enrolled > command.eligible:
        # More joiners than workers are a mistake of the caller, which the record refuses.
        return command.enrolled
    return min(command.enrolled, max(command.eligible - len(set(command.objections)), 0))


def _admission(
    command: AdmitUnit, required: int, joining: int, *, judged_on: datetime.date, admitted: bool
) -> Admission:
    judgement = Judgement(
        eligible=command.eligible,
        enrolled=joining,
        required=required,
        admitted=admitted,
        counted_on=command.counted_on,
        judged_on=judged_on,
        confirmed=command.confirmed,
        consultation=command.consultation,
        objections=tuple(dict.fromkeys(command.objections)),
    )
    return Admission(
        scheme_id=command.scheme_id,
        period_id=command.period_id,
        unit_id=command.unit.unit_id,
        judgement=judgement,
    )
