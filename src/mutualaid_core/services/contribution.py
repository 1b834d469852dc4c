"""Contribution (缴费): a unit's remittance is matched to its enrolments and booked."""

import attrs

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.contribution import Contribution, PayerShare
from mutualaid_core.domain.membership.enrolment import Enrolment
from mutualaid_core.domain.values.identifiers import EntryId, MemberId, PeriodId, SchemeId, UnitId
from mutualaid_core.domain.values.money import Money, total
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.rules.fund.postings import remittance_entry
from mutualaid_core.rules.membership.dues import check_contribution
from mutualaid_core.serialization.records import key_of
from mutualaid_core.services.standing import period_of, policy_of, posting_faults, version_for
from mutualaid_core.work import Done, Host, Purpose, Work, perform


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
        lines: The list of persons.
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

    A difference holds the whole batch: nobody is covered twice or dropped silently.

    Raises:
        NotFoundError: There is no such period.

    Clause:
        HN-3.1.2b, HN-4.3.5a, HN-5.2.2a, ACFTU-2.3a, ACFTU-2.3b
    """

    def decide(work: Work) -> RemittanceReceived:
        closed = posting_faults(period_of(work, command.scheme_id, command.period_id))
        if closed:
            return RemittanceReceived(outcome=Outcome.REJECT, booked=Money(0), faults=closed)
        contributions = tuple(_contribution(command, line, act) for line in command.lines)
        faults = _sum_faults(command) + _line_faults(work, host, command, contributions)
        if faults:
            return RemittanceReceived(outcome=Outcome.HOLD, booked=Money(0), faults=faults)
        for contribution in contributions:
            work.add(contribution)
        work.post(remittance_entry(command.entry_id, contributions))
        return RemittanceReceived(outcome=Outcome.PASS, booked=command.received, faults=())

    purpose = Purpose(name="receive_remittance", subject=command.unit_id, chain=command.scheme_id)
    return perform(host, act, purpose, command, RemittanceReceived, decide)


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


def _sum_faults(command: ReceiveRemittance) -> tuple[Fault, ...]:
    listed = total(line.amount for line in command.lines)
    if not command.lines:
        return (Fault(subject=command.unit_id, rule="must list its persons", found="none", clause="HN-3.1.2b"),)
    if listed != command.received:
        rule = f"must add up to the {command.received} received"
        return (Fault(subject=command.unit_id, rule=rule, found=str(listed), clause="HN-3.1.2b"),)
    return ()


def _line_faults(
    work: Work, host: Host, command: ReceiveRemittance, contributions: tuple[Contribution, ...]
) -> tuple[Fault, ...]:
    period = period_of(work, command.scheme_id, command.period_id)
    version = version_for(work, host.store, command.scheme_id, period.cover.first_day)
    terms = policy_of(work, command.scheme_id).contribution
    keys = [key_of(command.scheme_id, command.period_id, part.member_id) for part in contributions]
    enrolments, paid = work.find_many(Enrolment, keys), work.find_many(Contribution, keys)
    faults = [_standing_fault(key, part, enrolments, paid) for key, part in zip(keys, contributions, strict=True)]
    found = [fault for fault in faults if fault]
    for key, part in zip(keys, contributions, strict=True):
        enrolment = enrolments.get(key)
        if enrolment is None:
            continue
        try:
            check_contribution(part, enrolment.shares, version.dues, terms)
        except InvalidValueError as error:
            rule = f"{error.field} {error.rule}"
            clause = error.clause or "HN-3.1.2b"
            found.append(Fault(subject=part.member_id, rule=rule, found=str(error.value), clause=clause))
    if len(set(keys)) != len(keys):
        found.append(
            Fault(subject=command.unit_id, rule="must list each person once", found="twice", clause="HN-4.3.5a")
        )
    return tuple(found)


def _standing_fault(
    key: str, part: Contribution, enrolments: dict[str, Enrolment], paid: dict[str, Contribution]
) -> Fault | None:
    """Why a line does not fit what is known of the person; ``None`` where it does."""
    enrolment = enrolments.get(key)
    if enrolment is None or enrolment.unit_id != part.unit_id:
        found = "of another unit" if enrolment else "not enrolled"
        return Fault(subject=part.member_id, rule="must be enrolled through the unit", found=found, clause="HN-3.1.2b")
    if key in paid:
        return Fault(subject=part.member_id, rule="must pay once a period", found="paid already", clause="HN-4.3.5a")
    return None
