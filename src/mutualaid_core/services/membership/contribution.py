"""Contribution (缴费): a unit's remittance is matched to its enrolments and booked."""

from collections import Counter
from collections.abc import Iterator

import attrs

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.contribution import Contribution, PayerShare
from mutualaid_core.domain.membership.enrolment import Enrolment
from mutualaid_core.domain.membership.member import Member
from mutualaid_core.domain.scheme.dues import Dues
from mutualaid_core.domain.scheme.policy import ContributionTerms
from mutualaid_core.domain.values.identifiers import EntryId, MemberId, PeriodId, SchemeId, UnitId
from mutualaid_core.domain.values.money import Money, total
from mutualaid_core.errors import InvalidValueError, TooLargeError
from mutualaid_core.rules.fund.postings import remittance_entry
from mutualaid_core.rules.membership.dues import check_contribution
from mutualaid_core.rules.membership.facts import NO_FACTS, MemberFacts, facts_of
from mutualaid_core.serialization.records import key_of
from mutualaid_core.services.standing import period_of, policy_of, posting_faults, version_for
from mutualaid_core.work import Done, Host, Purpose, Work, perform

LINES_MAX = 400
"""Persons that one remittance can list; a larger unit remits in several."""


@attrs.frozen(kw_only=True)
class RemittanceLine:
    """What was paid for one member.

    Attributes:
        member_id: Member.
        amount: What was paid.
        split: Who bore it.
    """

    member_id: MemberId
    amount: Money
    split: tuple[PayerShare, ...]


@attrs.frozen(kw_only=True)
class ReceiveRemittance:
    """Command: one unit's money came in with its list of persons.

    Attributes:
        scheme_id: Scheme.
        period_id: Period.
        unit_id: Unit.
        entry_id: Id of the ledger entry.
        received: What the bank shows.
        lines: The list of persons, at most ``LINES_MAX``.
    """

    scheme_id: SchemeId
    period_id: PeriodId
    unit_id: UnitId
    entry_id: EntryId
    received: Money
    lines: tuple[RemittanceLine, ...]


@attrs.frozen(kw_only=True)
class RemittanceReceived:
    """Result: ``PASS`` with the sum booked, else ``HOLD`` or ``REJECT`` and nothing booked."""

    outcome: Outcome
    booked: Money
    faults: tuple[Fault, ...]


def receive_remittance(host: Host, act: Act, command: ReceiveRemittance) -> Done[RemittanceReceived]:
    """Book a remittance if bank and list agree and every line is what that person owes.

    A difference between bank and list holds the whole batch; money that may not be taken (too
    early, twice, another amount, from another payer) has it refused. Every line at fault is
    named: nobody is covered twice or dropped silently.

    Raises:
        NotFoundError: There is no such period.
        TooLargeError: More lines than one act can take.
        AlreadyExistsError: The ledger has an entry of that id.

    Clause:
        HN-3.1.2b, HN-4.3.5a, HN-5.2.2a, ACFTU-2.3a, ACFTU-2.3b
    """
    if len(command.lines) > LINES_MAX:
        raise TooLargeError("remittance", size=len(command.lines), limit=LINES_MAX)

    def decide(work: Work) -> RemittanceReceived:
        period = period_of(work, command.scheme_id, command.period_id)
        if closed := posting_faults(period):
            return RemittanceReceived(outcome=Outcome.REJECT, booked=Money(0), faults=closed)
        dues = version_for(work, host.store, command.scheme_id, period.cover.first_day).dues
        checks = _Checks(
            dues=dues,
            terms=policy_of(work, command.scheme_id, act.business_on).contribution,
            enrolments=work.find_many(Enrolment, _keys(command)),
            paid=work.find_many(Contribution, _keys(command)),
            members=_members_asked_for(work, command, dues),
        )
        judged = [_judged(command, act, line, checks) for line in command.lines]
        faults = (*_list_faults(command), *(each for each in judged if isinstance(each, Fault)))
        if faults:
            return RemittanceReceived(outcome=_outcome(faults), booked=Money(0), faults=faults)
        return _book(work, command, tuple(each for each in judged if isinstance(each, Contribution)))

    purpose = Purpose(
        name="receive_remittance",
        subject=command.unit_id,
        chain=command.scheme_id,
        answer=RemittanceReceived,
    )
    return perform(host, act, purpose, command, decide)


def _outcome(faults: tuple[Fault, ...]) -> Outcome:
    """``HOLD`` where only bank and list differ, which a person can clear up; else ``REJECT``."""
    differs = all(fault.clause == "HN-3.1.2b" for fault in faults)
    return Outcome.HOLD if differs else Outcome.REJECT


@attrs.frozen(kw_only=True)
class _Checks:
    """What every line of a remittance is held against; enrolments and payments by key, members by id."""

    dues: Dues
    terms: ContributionTerms
    enrolments: dict[str, Enrolment]
    paid: dict[str, Contribution]
    members: dict[str, Member]


def _keys(command: ReceiveRemittance) -> list[str]:
    return [key_of(command.scheme_id, command.period_id, line.member_id) for line in command.lines]


def _members_asked_for(work: Work, command: ReceiveRemittance, dues: Dues) -> dict[str, Member]:
    """The members of the list, where what they owe hangs on who they are; else nobody is looked up."""
    if not any(rate.when for rate in dues.rates):
        return {}
    return work.find_many(Member, [line.member_id for line in command.lines])


def _facts(enrolment: Enrolment, member: Member | None) -> MemberFacts:
    if member is None:
        return NO_FACTS
    on = enrolment.cover.first_day
    return facts_of(member.sex, member.birth_date, enrolment.insurance_type, enrolment.shares, on)


def _book(
    work: Work, command: ReceiveRemittance, contributions: tuple[Contribution, ...]
) -> RemittanceReceived:
    for contribution in contributions:
        work.add(contribution)
    work.post(remittance_entry(command.entry_id, contributions))
    return RemittanceReceived(outcome=Outcome.PASS, booked=command.received, faults=())


def _list_faults(command: ReceiveRemittance) -> Iterator[Fault]:
    """What is wrong with the list as a whole."""
    unit_id = command.unit_id
    if not command.lines:
        yield Fault(subject=unit_id, rule="must list its persons", found="none", clause="HN-3.1.2b")
        return
    listed = total(line.amount for line in command.lines)
    if listed != command.received:
        rule = f"must add up to the {command.received} received"
        yield Fault(subject=unit_id, rule=rule, found=str(listed), clause="HN-3.1.2b")
    times = Counter(line.member_id for line in command.lines)
    for member_id in (who for who, count in times.items() if count > 1):
        rule, found = "must be listed once", f"{times[member_id]} lines"
        yield Fault(subject=member_id, rule=rule, found=found, clause="HN-4.3.5a")


def _judged(
    command: ReceiveRemittance, act: Act, line: RemittanceLine, checks: _Checks
) -> Contribution | Fault:
    """The contribution of a line, or the first fault of it."""
    key = key_of(command.scheme_id, command.period_id, line.member_id)
    enrolment = checks.enrolments.get(key)
    if enrolment is None or enrolment.unit_id != command.unit_id:
        found = "of another unit" if enrolment else "not enrolled"
        rule = "must be enrolled through the unit"
        return Fault(subject=line.member_id, rule=rule, found=found, clause="HN-3.1.2b")
    if key in checks.paid:
        rule = "must pay once a period"
        return Fault(subject=line.member_id, rule=rule, found="paid already", clause="HN-4.3.5a")
    try:
        contribution = _contribution(command, line, act)
        facts = _facts(enrolment, checks.members.get(line.member_id))
        check_contribution(contribution, enrolment.shares, checks.dues, checks.terms, facts)
    except InvalidValueError as error:
        rule, clause = f"{error.field} {error.rule}", error.clause or "HN-3.1.2b"
        return Fault(subject=line.member_id, rule=rule, found=str(error.value), clause=clause)
    return contribution


def _contribution(command: ReceiveRemittance, line: RemittanceLine, act: Act) -> Contribution:
    return Contribution(
        scheme_id=command.scheme_id,
        period_id=command.period_id,
        member_id=line.member_id,
        unit_id=command.unit_id,
        amount=line.amount,
        split=line.split,
        received_on=act.business_on,
        entry_id=command.entry_id,
    )
