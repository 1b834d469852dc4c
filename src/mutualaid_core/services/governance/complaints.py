"""Complaints (投诉、申诉): received with a last day, given to somebody independent, and answered."""

import datetime
from collections.abc import Callable, Iterator

import attrs

from mutualaid_core.domain.claims.claim import Claim
from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.complaint import (
    Complaint,
    ComplaintAnswer,
    ComplaintKind,
    ComplaintState,
)
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.member import Member
from mutualaid_core.domain.scheme.scheme import Scheme
from mutualaid_core.domain.values.identifiers import ActorId, ClaimId, MemberId, SchemeId
from mutualaid_core.domain.values.workdays import WorkCalendar
from mutualaid_core.ports.store import Store
from mutualaid_core.rules.governance.complaint import (
    answering_faults,
    due_day,
    handler_faults,
    late_findings,
    step_faults,
)
from mutualaid_core.serialization.records import key_of
from mutualaid_core.services.governance.judges import judges_of
from mutualaid_core.work import Done, Host, Purpose, Work, perform, read_all


@attrs.frozen(kw_only=True)
class ReceiveComplaint:
    """Command: a member complains.

    Attributes:
        complaint_id: Id of the record.
        scheme_id: Scheme.
        member_id: Who complains.
        kind: What is asked for.
        claim_id: Claim that it is about.
        limit_days: Working days within which it must be answered.
        limit_source: Who set that limit.
        calendar: Public holidays as announced.
    """

    complaint_id: str
    scheme_id: SchemeId
    member_id: MemberId
    kind: ComplaintKind
    claim_id: ClaimId | None = None
    limit_days: int
    limit_source: str
    calendar: WorkCalendar


@attrs.frozen(kw_only=True)
class AssignComplaint:
    """Command: somebody is to handle a complaint."""

    scheme_id: SchemeId
    complaint_id: str
    handler: ActorId


@attrs.frozen(kw_only=True)
class AnswerComplaint:
    """Command: who handles a complaint answers it."""

    scheme_id: SchemeId
    complaint_id: str
    answer: ComplaintAnswer


@attrs.frozen(kw_only=True)
class WithdrawComplaint:
    """Command: the member takes a complaint back."""

    scheme_id: SchemeId
    complaint_id: str


@attrs.frozen(kw_only=True)
class ComplaintMoved:
    """Result of an act on a complaint.

    Attributes:
        outcome: ``PASS``; ``FLAG`` for an answer after the last day; ``REJECT`` with the reasons.
        complaint: The complaint as it stands; ``None`` where it was refused.
        faults: Why it was refused, or that it is late.
    """

    outcome: Outcome
    complaint: Complaint | None
    faults: tuple[Fault, ...]


def receive_complaint(host: Host, act: Act, command: ReceiveComplaint) -> Done[ComplaintMoved]:
    """Receive a complaint of a known member; an appeal must be about a claim of that member.

    Raises:
        NotFoundError: There is no such scheme.
        InvalidValueError: The calendar does not reach to the last day.

    Clause:
        ACFTU-2.4c
    """

    def decide(work: Work) -> ComplaintMoved:
        work.get(Scheme, command.scheme_id)
        if faults := _receiving_faults(work, command):
            return ComplaintMoved(outcome=Outcome.REJECT, complaint=None, faults=faults)
        complaint = Complaint(
            complaint_id=command.complaint_id,
            scheme_id=command.scheme_id,
            member_id=command.member_id,
            kind=command.kind,
            claim_id=command.claim_id,
            received_on=act.business_on,
            limit_days=command.limit_days,
            limit_source=command.limit_source,
            due_on=due_day(act.business_on, command.limit_days, command.calendar),
        )
        work.add(complaint)
        return ComplaintMoved(outcome=Outcome.PASS, complaint=complaint, faults=())

    return perform(host, act, _purpose("receive_complaint", command), command, decide)


def _receiving_faults(work: Work, command: ReceiveComplaint) -> tuple[Fault, ...]:
    faults = []
    if work.find(Member, command.member_id) is None:
        faults.append(_fault(command.member_id, "must be a known member", "none"))
    if command.claim_id is None:
        if command.kind is ComplaintKind.APPEAL:
            faults.append(_fault(command.complaint_id, "must name the claim that it is about", "none"))
        return tuple(faults)
    claim = work.find(Claim, key_of(command.scheme_id, command.claim_id))
    if claim is None or claim.member_id != command.member_id:
        found = "none" if claim is None else "another member's"
        faults.append(_fault(command.claim_id, "must be a claim of the member", found))
    return tuple(faults)


def _fault(subject: str, rule: str, found: str) -> Fault:
    return Fault(subject=subject, rule=rule, found=found, clause="ACFTU-2.4c")


def assign_complaint(host: Host, act: Act, command: AssignComplaint) -> Done[ComplaintMoved]:
    """Give a complaint to somebody who did not judge the claim that it is about.

    Raises:
        NotFoundError: There is no such complaint.

    Clause:
        ACFTU-2.4c
    """

    def judged(complaint: Complaint) -> tuple[Fault, ...]:
        actors = judges_of(host.store, complaint.scheme_id, complaint.claim_id) if complaint.claim_id else ()
        deciders = frozenset(actor.actor_id for actor in actors)
        return (
            *step_faults(complaint, ComplaintState.ASSIGNED),
            *handler_faults(complaint, command.handler, deciders),
        )

    def moved(complaint: Complaint) -> Complaint:
        return attrs.evolve(complaint, state=ComplaintState.ASSIGNED, handler=command.handler)

    return _move(host, act, _purpose("assign_complaint", command), command, judged, moved)


def answer_complaint(host: Host, act: Act, command: AnswerComplaint) -> Done[ComplaintMoved]:
    """Answer a complaint; an answer after the last day counts, and is flagged.

    Raises:
        NotFoundError: There is no such complaint.

    Clause:
        ACFTU-2.4c
    """

    def judged(complaint: Complaint) -> tuple[Fault, ...]:
        return (
            *step_faults(complaint, ComplaintState.ANSWERED),
            *answering_faults(complaint, act.actor.actor_id),
        )

    def moved(complaint: Complaint) -> Complaint:
        return attrs.evolve(
            complaint, state=ComplaintState.ANSWERED, closed_on=act.business_on, answer=command.answer
        )

    return _move(host, act, _purpose("answer_complaint", command), command, judged, moved)


def withdraw_complaint(host: Host, act: Act, command: WithdrawComplaint) -> Done[ComplaintMoved]:
    """Take a complaint back before it is answered.

    Raises:
        NotFoundError: There is no such complaint.

    Clause:
        ACFTU-2.4c
    """

    def judged(complaint: Complaint) -> tuple[Fault, ...]:
        return step_faults(complaint, ComplaintState.WITHDRAWN)

    def moved(complaint: Complaint) -> Complaint:
        return attrs.evolve(complaint, state=ComplaintState.WITHDRAWN, closed_on=act.business_on)

    return _move(host, act, _purpose("withdraw_complaint", command), command, judged, moved)


_Command = ReceiveComplaint | AssignComplaint | AnswerComplaint | WithdrawComplaint


def _purpose(name: str, command: _Command) -> Purpose[ComplaintMoved]:
    return Purpose(name=name, subject=command.complaint_id, chain=command.scheme_id, answer=ComplaintMoved)


def _move(  # noqa: PLR0913, PLR0917  # an act and its two halves
    host: Host,
    act: Act,
    purpose: Purpose[ComplaintMoved],
    command: AssignComplaint | AnswerComplaint | WithdrawComplaint,
    judged: Callable[[Complaint], tuple[Fault, ...]],
    moved: Callable[[Complaint], Complaint],
) -> Done[ComplaintMoved]:
    def decide(work: Work) -> ComplaintMoved:
        complaint = work.get(Complaint, key_of(command.scheme_id, command.complaint_id))
        if faults := judged(complaint):
            return ComplaintMoved(outcome=Outcome.REJECT, complaint=None, faults=faults)
        late = late_findings(complaint, act.business_on)
        after = moved(complaint)
        work.replace(after)
        return ComplaintMoved(outcome=Outcome.FLAG if late else Outcome.PASS, complaint=after, faults=late)

    return perform(host, act, purpose, command, decide)


def late_complaints(store: Store, scheme_id: SchemeId, on: datetime.date) -> Iterator[Fault]:
    """The findings of a scheme's complaints that are open after their last day, by their ids.

    Args:
        store: Where records are kept.
        scheme_id: Scheme.
        on: Day on which they are looked at.

    Clause:
        ACFTU-2.4c
    """
    for complaint in read_all(store, Complaint, "scheme_id", scheme_id):
        yield from late_findings(complaint, on)
