"""Enrolment (参加): a unit passes the gate, then its workers join."""

import datetime

import attrs

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.enrolment import Enrolment
from mutualaid_core.domain.membership.member import Member
from mutualaid_core.domain.membership.unit import Admission, Unit
from mutualaid_core.domain.scheme.eligibility import Employment, InsuranceType
from mutualaid_core.domain.scheme.period import Period
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.identifiers import MemberId, PeriodId, SchemeId, UnitId
from mutualaid_core.domain.values.personal import PersonName, ResidentId, Sex
from mutualaid_core.errors import InvalidValueError, TooLargeError
from mutualaid_core.rules.membership.dues import dues_for
from mutualaid_core.rules.membership.eligibility import check_eligible
from mutualaid_core.rules.membership.facts import facts_of
from mutualaid_core.rules.membership.participation import participation_reached, participation_required
from mutualaid_core.serialization.records import key_of
from mutualaid_core.services.identity import member_id_of
from mutualaid_core.services.standing import period_of, policy_of, posting_faults, version_for
from mutualaid_core.work import Done, Host, Purpose, Work, perform

JOINERS_MAX = 400
"""Workers that one act can enrol; a larger roster comes in several acts."""


@attrs.frozen(kw_only=True)
class AdmitUnit:
    """Command: judge a unit by its roster.

    Attributes:
        scheme_id: Scheme.
        period_id: Period.
        unit: The unit.
        eligible: Eligible workers on the roster date.
        enrolled: Those who join.
        counted_on: Roster date.
    """

    scheme_id: SchemeId
    period_id: PeriodId
    unit: Unit
    eligible: int
    enrolled: int
    counted_on: datetime.date


@attrs.frozen(kw_only=True)
class UnitJudged:
    """Result: ``PASS`` or ``REJECT``, and how many had to join."""

    outcome: Outcome
    required: int
    faults: tuple[Fault, ...]


def admit_unit(host: Host, act: Act, command: AdmitUnit) -> Done[UnitJudged]:
    """Admit a unit to a period if enough of its workers join; a refusal is recorded too.

    Raises:
        NotFoundError: There is no such period.
        AlreadyExistsError: The unit was judged for this period before.
        InvalidValueError: More workers join than are eligible.

    Clause:
        HN-4.1.2a, HN-4.1.2b, HN-3.1.2a
    """

    def decide(work: Work) -> UnitJudged:
        faults = posting_faults(period_of(work, command.scheme_id, command.period_id))
        gate = policy_of(work, command.scheme_id, act.business_on).participation
        required = participation_required(command.eligible, gate)
        if faults:
            return UnitJudged(outcome=Outcome.REJECT, required=required, faults=faults)
        admitted = participation_reached(command.eligible, command.enrolled, gate)
        work.add(_admission(command, required, admitted=admitted))
        if work.find(Unit, command.unit.unit_id) is None:
            work.add(command.unit)
        if admitted:
            return UnitJudged(outcome=Outcome.PASS, required=required, faults=())
        rule = f"must enrol {required} of {command.eligible}"
        clause = "HN-4.1.2b" if command.eligible < (gate.all_below or 0) else "HN-4.1.2a"
        fault = Fault(subject=command.unit.unit_id, rule=rule, found=str(command.enrolled), clause=clause)
        return UnitJudged(outcome=Outcome.REJECT, required=required, faults=(fault,))

    purpose = Purpose(
        name="admit_unit", subject=command.unit.unit_id, chain=command.scheme_id, answer=UnitJudged
    )
    return perform(host, act, purpose, command, decide)


def _admission(command: AdmitUnit, required: int, *, admitted: bool) -> Admission:
    return Admission(
        scheme_id=command.scheme_id,
        period_id=command.period_id,
        unit_id=command.unit.unit_id,
        eligible=command.eligible,
        enrolled=command.enrolled,
        required=required,
        admitted=admitted,
        counted_on=command.counted_on,
    )


@attrs.frozen(kw_only=True)
class Joiner:
    """A worker on the roster who joins.

    Attributes:
        name: Name.
        id_number: Resident ID number.
        sex: Sex.
        birth_date: Day of birth.
        insurance_type: Basic insurance.
        employment: Form of employment.
        shares: Shares wanted.
    """

    name: PersonName
    id_number: ResidentId
    sex: Sex
    birth_date: datetime.date
    insurance_type: InsuranceType
    employment: Employment
    shares: int


@attrs.frozen(kw_only=True)
class EnrolWorkers:
    """Command: enrol workers of an admitted unit, at most ``JOINERS_MAX`` at once."""

    scheme_id: SchemeId
    period_id: PeriodId
    unit_id: UnitId
    joiners: tuple[Joiner, ...]


@attrs.frozen(kw_only=True)
class WorkersEnrolled:
    """Result: pseudonyms of those enrolled; a fault per worker who was not.

    The outcome is ``PASS`` if all were enrolled, ``FLAG`` if some, ``REJECT`` if none.
    """

    outcome: Outcome
    enrolled: tuple[MemberId, ...]
    faults: tuple[Fault, ...]


def enrol_workers(host: Host, act: Act, command: EnrolWorkers) -> Done[WorkersEnrolled]:
    """Enrol workers through their unit; who may not join is named and the others go on.

    Raises:
        NotFoundError: There is no such period.
        TooLargeError: More joiners than one act can take.

    Clause:
        HN-3.1.2a, HN-4.1.1b, HN-4.1.1c, HN-4.3.4c
    """
    if len(command.joiners) > JOINERS_MAX:
        raise TooLargeError("roster", size=len(command.joiners), limit=JOINERS_MAX)

    def decide(work: Work) -> WorkersEnrolled:
        period = period_of(work, command.scheme_id, command.period_id)
        faults = posting_faults(period) or _unit_faults(work, command)
        if faults:
            return WorkersEnrolled(outcome=Outcome.REJECT, enrolled=(), faults=faults)
        joiners = tuple((member_id_of(host.keys, joiner.id_number), joiner) for joiner in command.joiners)
        version = version_for(work, host.store, command.scheme_id, period.cover.first_day)
        return _enrol(work, command, joiners, period, version)

    purpose = Purpose(
        name="enrol_workers", subject=command.unit_id, chain=command.scheme_id, answer=WorkersEnrolled
    )
    return perform(host, act, purpose, command, decide)


def _unit_faults(work: Work, command: EnrolWorkers) -> tuple[Fault, ...]:
    admission = work.find(Admission, key_of(command.scheme_id, command.period_id, command.unit_id))
    if admission is None or not admission.admitted:
        found = "refused" if admission else "not judged"
        rule = "must be admitted first"
        return (Fault(subject=command.unit_id, rule=rule, found=found, clause="HN-4.1.2a"),)
    together = work.counter(joined_counter(command)) + len(command.joiners)
    if together <= admission.enrolled:
        return ()
    rule = f"must enrol at most the {admission.enrolled} that it was judged by"
    return (Fault(subject=command.unit_id, rule=rule, found=str(together), clause="HN-4.1.2a"),)


def joined_counter(command: EnrolWorkers) -> str:
    """Key of the counter of a unit's workers who joined in a period, bounded by the admission."""
    return f"joined/{command.scheme_id}/{command.period_id}/{command.unit_id}"


def _enrol(
    work: Work,
    command: EnrolWorkers,
    joiners: tuple[tuple[MemberId, Joiner], ...],
    period: Period,
    version: SchemeVersion,
) -> WorkersEnrolled:
    known = work.find_many(Member, [member_id for member_id, _ in joiners])
    keys = {key_of(command.scheme_id, command.period_id, member_id): member_id for member_id, _ in joiners}
    taken = {keys[key] for key in work.find_many(Enrolment, keys)}
    faults, enrolled = [], []
    for member_id, joiner in joiners:
        fault = _joiner_fault(member_id, joiner, version, period.cover.first_day, is_taken=member_id in taken)
        if fault:
            faults.append(fault)
            continue
        taken.add(member_id)
        member = _member(member_id, joiner)
        if member_id not in known:
            work.add(member)
        elif known[member_id].name != member.name:
            # The newest roster corrects a name that was written otherwise before.
            work.replace(attrs.evolve(known[member_id], name=member.name))
        work.add(_enrolment(command, member_id, joiner, period))
        enrolled.append(member_id)
    if enrolled:
        work.count(joined_counter(command), len(enrolled))
    outcome = (Outcome.FLAG if enrolled else Outcome.REJECT) if faults else Outcome.PASS
    return WorkersEnrolled(outcome=outcome, enrolled=tuple(enrolled), faults=tuple(faults))


def _joiner_fault(
    member_id: MemberId, joiner: Joiner, version: SchemeVersion, on: datetime.date, *, is_taken: bool
) -> Fault | None:
    if is_taken:
        rule = "must join a period once, whatever the unit"
        return Fault(subject=member_id, rule=rule, found="enrolled already", clause="HN-4.3.4c")
    facts = facts_of(joiner.sex, joiner.birth_date, joiner.insurance_type, joiner.shares, on)
    try:
        check_eligible(joiner.insurance_type, joiner.employment, version.eligibility, facts)
        dues_for(joiner.shares, version.dues, facts)
    except InvalidValueError as error:
        clause = error.clause or "ACFTU-2.1a"
        return Fault(
            subject=member_id, rule=f"{error.field} {error.rule}", found=str(error.value), clause=clause
        )
    return None


def _member(member_id: MemberId, joiner: Joiner) -> Member:
    return Member(
        member_id=member_id,
        name=joiner.name,
        id_number=joiner.id_number,
        sex=joiner.sex,
        birth_date=joiner.birth_date,
    )


def _enrolment(command: EnrolWorkers, member_id: MemberId, joiner: Joiner, period: Period) -> Enrolment:
    return Enrolment(
        scheme_id=command.scheme_id,
        period_id=command.period_id,
        member_id=member_id,
        unit_id=command.unit_id,
        insurance_type=joiner.insurance_type,
        employment=joiner.employment,
        shares=joiner.shares,
        cover=period.cover,
    )
