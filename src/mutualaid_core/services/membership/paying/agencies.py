"""Agencies (代办机构): they collect and pass on; who holds money is flagged, and no member is harmed."""

import datetime
from typing import Final

import attrs

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.fund.account import Title
from mutualaid_core.domain.fund.closing import Closing
from mutualaid_core.domain.fund.ledger import LedgerEntry
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.organisation import Organisation
from mutualaid_core.domain.membership.paying.agency import AgencyCollection, PassedOn
from mutualaid_core.domain.membership.paying.remittance import Remittance, RemittanceLine, RemittanceState
from mutualaid_core.domain.values.entries import given_entry
from mutualaid_core.domain.values.identifiers import EntryId, PeriodId, SchemeId, UnitId
from mutualaid_core.domain.values.money import ZERO, Money
from mutualaid_core.domain.values.personal import pseudonym
from mutualaid_core.errors import TooLargeError
from mutualaid_core.rules.fund.passing import passed_on_entry
from mutualaid_core.rules.fund.postings import remittance_entry
from mutualaid_core.rules.membership.paying.agency import (
    PassedPart,
    PassingOn,
    collecting_faults,
    passing_faults,
)
from mutualaid_core.rules.membership.paying.remittance import Payment, list_faults
from mutualaid_core.serialization.records import key_of
from mutualaid_core.services.membership.contribution import check_lines, judge, settle
from mutualaid_core.services.standing import period_of, posting_faults
from mutualaid_core.work import Done, Host, Purpose, Work, perform

PARTS_MAX: Final = 400
"""Collections that one act can pass on; an agency with more passes on in several."""


@attrs.frozen(kw_only=True)
class CollectByAgency:
    """Command: an agency tells that it took one unit's money with its list of persons.

    Attributes:
        scheme_id: Scheme.
        period_id: Period.
        unit_id: Unit that paid.
        agency_id: Agency that took the money.
        entry_id: Id of the remittance and of its ledger entry.
        collected_on: Day on which the agency had the money; the members have paid on it.
        paper: Number of the agency's receipt; no person's name.
        received: What the agency had.
        lines: The list of persons, as many as any remittance can list.
    """

    scheme_id: SchemeId
    period_id: PeriodId
    unit_id: UnitId = attrs.field(validator=pseudonym)
    agency_id: str = attrs.field(validator=pseudonym)
    entry_id: EntryId = attrs.field(validator=given_entry)
    collected_on: datetime.date
    paper: str
    received: Money
    lines: tuple[RemittanceLine, ...]


@attrs.frozen(kw_only=True)
class CollectedByAgency:
    """Result: what becomes of the money, and of the agency.

    Attributes:
        outcome: ``PASS`` if the members have paid, else ``REJECT``.
        agency_outcome: ``FLAG`` for the agency that owes the money from now on; else ``PASS``.
        booked: What was booked.
        faults: Why nothing was.
    """

    outcome: Outcome
    agency_outcome: Outcome
    booked: Money
    faults: tuple[Fault, ...]


@attrs.frozen(kw_only=True)
class PassOn:
    """Command: an agency passes on what it collected.

    Attributes:
        scheme_id: Scheme.
        period_id: Period whose contributions they were; one act passes on those of one period.
        agency_id: The agency.
        entry_id: Id of the ledger entry.
        received: What the bank shows.
        parts: Of which collections it is, at most ``PARTS_MAX``.
    """

    scheme_id: SchemeId
    period_id: PeriodId
    agency_id: str = attrs.field(validator=pseudonym)
    entry_id: EntryId = attrs.field(validator=given_entry)
    received: Money
    parts: tuple[PassedPart, ...]


@attrs.frozen(kw_only=True)
class MoneyPassedOn:
    """Result: ``PASS`` with what came to the bank, else nothing was booked and the faults say why."""

    outcome: Outcome
    booked: Money
    faults: tuple[Fault, ...]


def collect_by_agency(host: Host, act: Act, command: CollectByAgency) -> Done[CollectedByAgency]:
    """Book what an agency collected: the members have paid, and the agency owes the money.

    Every line is judged as if the money had come to the fund on the day on which the agency had
    it. A list that does not agree with the money is refused and not held: the fund has nothing
    that it could hold. The agency clears it up and tells again, with the same day.

    Raises:
        NotFoundError: There is no such period.
        TooLargeError: More lines than one act can take.
        AlreadyExistsError: The ledger has an entry of that id.

    Clause:
        ACFTU-2.3b, SN-1.1, HN-3.1.2b, HN-4.3.5a, HN-4.3.5d, ACFTU-2.3a
    """
    check_lines(command.lines)

    def decide(work: Work) -> CollectedByAgency:
        period = period_of(work, command.scheme_id, command.period_id)
        agency = work.find(Organisation, command.agency_id)
        if faults := (
            *posting_faults(period),
            *collecting_faults(agency, command.agency_id, command.collected_on, act.business_on),
        ):
            return _not_collected(faults)
        judged = judge(work, host, period, _payment(command, act), command.lines)
        if faults := (*list_faults(command.unit_id, command.lines, command.received), *judged.faults):
            return _not_collected(faults)
        paid = settle(work, host, act, judged)
        work.post(remittance_entry(command.entry_id, paid, booked_on=act.business_on, into=Title.AGENCY))
        work.add(_remittance(command, act))
        work.add(_collection(command, act))
        return CollectedByAgency(
            outcome=Outcome.PASS, agency_outcome=Outcome.FLAG, booked=command.received, faults=()
        )

    purpose = Purpose(
        name="collect_by_agency", subject=command.unit_id, chain=command.scheme_id, answer=CollectedByAgency
    )
    return perform(host, act, purpose, command, decide)


def _not_collected(faults: tuple[Fault, ...]) -> CollectedByAgency:
    return CollectedByAgency(outcome=Outcome.REJECT, agency_outcome=Outcome.PASS, booked=ZERO, faults=faults)


def _payment(command: CollectByAgency, act: Act) -> Payment:
    return Payment(
        scheme_id=command.scheme_id,
        period_id=command.period_id,
        unit_id=command.unit_id,
        entry_id=command.entry_id,
        paid_on=command.collected_on,
        known_on=act.business_on,
    )


def _remittance(command: CollectByAgency, act: Act) -> Remittance:
    return Remittance(
        remittance_id=command.entry_id,
        scheme_id=command.scheme_id,
        period_id=command.period_id,
        unit_id=command.unit_id,
        received=command.received,
        listed=command.received,
        persons=len(command.lines),
        received_on=command.collected_on,
        state=RemittanceState.BOOKED,
        settled_on=act.business_on,
        settled_by=command.entry_id,
        agency_id=command.agency_id,
    )


def _collection(command: CollectByAgency, act: Act) -> AgencyCollection:
    return AgencyCollection(
        remittance_id=command.entry_id,
        scheme_id=command.scheme_id,
        period_id=command.period_id,
        unit_id=command.unit_id,
        agency_id=command.agency_id,
        paper=command.paper,
        amount=command.received,
        collected_on=command.collected_on,
        told_on=act.business_on,
    )


def pass_on(host: Host, act: Act, command: PassOn) -> Done[MoneyPassedOn]:
    """Book what an agency passed on: it owes so much less, and the bank has it.

    It is no income of any day, so the period may be closed meanwhile; only nothing is booked to
    a day before its closing.

    Raises:
        NotFoundError: There is no such period, or no such collection.
        TooLargeError: More parts than one act can take.
        AlreadyExistsError: The ledger has an entry of that id.

    Clause:
        ACFTU-2.3b, ACFTU-S4.2b
    """
    if len(command.parts) > PARTS_MAX:
        raise TooLargeError("pass_on", size=len(command.parts), limit=PARTS_MAX)

    def decide(work: Work) -> MoneyPassedOn:
        period_of(work, command.scheme_id, command.period_id)
        found = {
            part.remittance_id: work.get(AgencyCollection, key_of(command.scheme_id, part.remittance_id))
            for part in command.parts
        }
        passing = PassingOn(
            agency_id=command.agency_id,
            period_id=command.period_id,
            received=command.received,
            on=act.business_on,
            parts=command.parts,
        )
        if faults := (*passing_faults(passing, found), *_closed_faults(work, act, command)):
            return MoneyPassedOn(outcome=Outcome.REJECT, booked=ZERO, faults=faults)
        for part in command.parts:
            collection = found[part.remittance_id]
            passed = PassedOn(entry_id=command.entry_id, amount=part.amount, on=act.business_on)
            work.replace(attrs.evolve(collection, parts=(*collection.parts, passed)))
        work.post(_entry(command, act))
        return MoneyPassedOn(outcome=Outcome.PASS, booked=command.received, faults=())

    purpose = Purpose(
        name="pass_on", subject=command.agency_id, chain=command.scheme_id, answer=MoneyPassedOn
    )
    return perform(host, act, purpose, command, decide)


def _closed_faults(work: Work, act: Act, command: PassOn) -> tuple[Fault, ...]:
    closing = work.find(Closing, key_of(command.scheme_id, command.period_id))
    if closing is None or act.business_on >= closing.closed_on:
        return ()
    rule = f"must be >= {closing.closed_on.isoformat()}"
    found = act.business_on.isoformat()
    return (Fault(subject="business_on", rule=rule, found=found, clause="ACFTU-S4.2b"),)


def _entry(command: PassOn, act: Act) -> LedgerEntry:
    return passed_on_entry(
        entry_id=command.entry_id,
        scheme_id=command.scheme_id,
        period_id=command.period_id,
        booked_on=act.business_on,
        agency_id=command.agency_id,
        amount=command.received,
    )
