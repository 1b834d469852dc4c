"""Contribution (缴费): a unit's remittance is matched to its enrolments and booked, or held."""

import datetime
from collections.abc import Mapping

import attrs

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.contribution import Contribution
from mutualaid_core.domain.membership.enrolment import Enrolment
from mutualaid_core.domain.membership.gift import GiftProgramme
from mutualaid_core.domain.membership.member import Member
from mutualaid_core.domain.membership.paying.consent import PayrollConsent
from mutualaid_core.domain.membership.paying.funding import FundingPlan
from mutualaid_core.domain.membership.paying.remittance import (
    Remittance,
    RemittanceLine,
    RemittanceState,
    held_counter,
)
from mutualaid_core.domain.scheme.dues import Dues
from mutualaid_core.domain.scheme.period import Period
from mutualaid_core.domain.values.entries import given_entry
from mutualaid_core.domain.values.identifiers import EntryId, MemberId, PeriodId, SchemeId, UnitId
from mutualaid_core.domain.values.money import FEN_MAX, ZERO, Money, total
from mutualaid_core.domain.values.personal import pseudonym
from mutualaid_core.errors import InvalidValueError, TooLargeError
from mutualaid_core.ports.store import Store
from mutualaid_core.rules.fund.postings import holding_entry, remittance_entry
from mutualaid_core.rules.membership.facts import NO_FACTS, MemberFacts, facts_of
from mutualaid_core.rules.membership.paying.consent import (
    booking_outcome,
    consented_batch,
    deducted_members,
    deducting_plan,
    payroll_faults,
)
from mutualaid_core.rules.membership.paying.remittance import (
    Payer,
    Payment,
    PaymentTerms,
    Settled,
    judged_line,
    list_faults,
    resolution_faults,
)
from mutualaid_core.rules.membership.renewal import facts_at_entry, is_first_time
from mutualaid_core.serialization.records import key_of
from mutualaid_core.services.membership.continuity.going_on import carry_on, places_before, unpaid_before
from mutualaid_core.services.standing import period_of, policy_of, posting_faults, version_for
from mutualaid_core.work import Done, Host, Purpose, Work, perform, read_many

LINES_MAX = 400
"""Persons that one remittance can list; a larger unit remits in several."""


@attrs.frozen(kw_only=True)
class ReceiveRemittance:
    """Command: one unit's money came in with its list of persons.

    Attributes:
        scheme_id: Scheme.
        period_id: Period.
        unit_id: Unit.
        entry_id: Id of the remittance and of its ledger entry.
        received: What the bank shows; of a part, as much of it as is set against the part.
        lines: The list of persons, at most ``LINES_MAX``.
        of_list: What stands against a longer list of which this is a part, with the true sums of
            all of it. A part is not booked by itself while there is anything.
    """

    scheme_id: SchemeId
    period_id: PeriodId
    unit_id: UnitId = attrs.field(validator=pseudonym)
    entry_id: EntryId = attrs.field(validator=given_entry)
    received: Money
    lines: tuple[RemittanceLine, ...]
    of_list: tuple[Fault, ...] = ()


@attrs.frozen(kw_only=True)
class RemittanceReceived:
    """Result: ``PASS`` with the sum booked, else nothing is booked and nobody is covered by it.

    ``FLAG`` books as ``PASS`` does, and names whom the list before had. ``HOLD`` keeps money and
    list for a further act, ``REJECT`` does not take them.
    """

    outcome: Outcome
    booked: Money
    faults: tuple[Fault, ...]


def receive_remittance(host: Host, act: Act, command: ReceiveRemittance) -> Done[RemittanceReceived]:
    """Book a remittance if bank and list agree and every line is what that person owes.

    A difference between bank and list holds the whole batch: the money stands on accounts of its
    own until ``settle_remittance`` or a correction resolves it. A list that is longer than one act
    takes comes in parts, which are held together. Money that may not be taken (too
    early, after the window, twice, another amount, from another payer) has it refused. Every line
    at fault is named: nobody is covered twice or dropped silently. Where the scheme lets the
    payment set the first day of cover, the enrolments are changed by it.

    Where the unit's plan has the members' part deducted from their pay, each of them must have
    authorised it by the day of the payment; who has not is named, and the batch is held.

    A scheme that is suspended takes no members, but still takes the dues of those it has: whoever
    is enrolled was enrolled before, and owes them since (ACFTU-4.4a).

    Raises:
        NotFoundError: There is no such period.
        TooLargeError: More lines than one act can take.
        AlreadyExistsError: The ledger has an entry of that id.
        InvalidValueError: No money came; only a part of a longer list may have none.

    Clause:
        HN-3.1.2b, HN-4.3.5a, HN-4.3.5d, HN-5.2.2a, ACFTU-2.3a, ACFTU-2.3b, SN-2.3.4b, SN-2.3.5d
    """
    check_lines(command.lines)
    if not command.of_list:
        check_money(command.received)

    def decide(work: Work) -> RemittanceReceived:
        period = period_of(work, command.scheme_id, command.period_id)
        if closed := posting_faults(period):
            return refused(closed)
        payment = _payment(command, act)
        judged = judge(work, host, period, payment, command.lines)
        own = list_faults(command.unit_id, command.lines, command.received)
        faults = (*(command.of_list or own), *judged.faults)
        outcome = booking_outcome(faults, judged.unauthorised)
        if outcome is Outcome.PASS:
            _book(work, host, command, judged, act)
        elif outcome is Outcome.HOLD:
            _hold(work, command, act)
        booked = command.received if outcome is Outcome.PASS else ZERO
        return RemittanceReceived(outcome=outcome, booked=booked, faults=faults)

    purpose = Purpose(
        name="receive_remittance",
        subject=command.unit_id,
        chain=command.scheme_id,
        answer=RemittanceReceived,
    )
    return perform(host, act, purpose, command, decide)


def check_money(received: Money) -> None:
    """Refuse a remittance with which nothing came: there is nothing to hold or to book.

    Raises:
        InvalidValueError: It is nothing, or less.
    """
    if received <= ZERO:
        hint = "receive it once the money is there"
        raise InvalidValueError(
            "received", "must be above 0.00", str(received), clause="HN-3.1.2b", hint=hint
        )


def check_lines(lines: tuple[RemittanceLine, ...]) -> None:
    """Refuse more lines than one act can take.

    Raises:
        TooLargeError: There are more than ``LINES_MAX``.
    """
    if len(lines) > LINES_MAX:
        raise TooLargeError("remittance", size=len(lines), limit=LINES_MAX)


def refused(faults: tuple[Fault, ...]) -> RemittanceReceived:
    """The result that nothing was taken."""
    return RemittanceReceived(outcome=Outcome.REJECT, booked=ZERO, faults=faults)


@attrs.frozen(kw_only=True)
class Judged:
    """A list that was held against the enrolments (核对结果).

    Attributes:
        settled: What every line settles; complete where there are no faults.
        faults: The fault of each line that has one, then those of the payers.
        unauthorised: Those of them against workers who have not authorised the deduction.
        paid: Keys of contributions that went back before and are paid anew.
        period: Period that is paid for.
        enrolments: Enrolments of the listed persons as they were, by member.
        unpaid: Places of the period before that were not paid for, from which others go on.
    """

    settled: tuple[Settled, ...]
    faults: tuple[Fault, ...]
    unauthorised: tuple[Fault, ...]
    paid: frozenset[str]
    period: Period
    enrolments: Mapping[MemberId, Enrolment]
    unpaid: tuple[Enrolment, ...] = ()


def judge(
    work: Work, host: Host, period: Period, payment: Payment, lines: tuple[RemittanceLine, ...]
) -> Judged:
    """Hold every line of a list against what the person owes on the day of the payment.

    Args:
        work: Work in which the enrolments are read, so that they are checked at commit.
        host: Store, clock and keys; members and their consents are looked up outside the work.
        period: Period that is paid for.
        payment: What the lines share.
        lines: The list.

    Raises:
        TooLargeError: More lines that hang on other periods than one act can take.
    """
    store = host.store
    keys = [key_of(payment.scheme_id, payment.period_id, line.member_id) for line in lines]
    enrolments, paid = work.find_many(Enrolment, keys), work.find_many(Contribution, keys)
    version = version_for(work, store, payment.scheme_id, period.cover.first_day)
    plans, year = _plans(work, payment), period.cover.first_day.year
    terms = PaymentTerms(
        dues=version.dues,
        joining=version.joining,
        policy=policy_of(work, payment.scheme_id, payment.known_on),
        period=period.cover,
        # It may be made after the money came.
        plan=None if plans is None else plans.held_on(payment.known_on, year),
        gifts=_gifts(work, enrolments),
    )
    facts = _facts(store, version.dues, enrolments)
    before = unpaid_before(work, host, period, enrolments.values())
    earlier = places_before(work, store, period, (each.member_id for each in enrolments.values()))
    payers = {
        line.member_id: Payer(
            enrolment=enrolments.get(key),
            paid=paid.get(key),
            facts=facts.get(line.member_id, NO_FACTS),
            goes_on=line.member_id not in before.members,
            covered_until=before.until.get(line.member_id),
            before=earlier.get(line.member_id, ()),
        )
        for key, line in zip(keys, lines, strict=True)
    }
    judged = [judged_line(line, payment, payers[line.member_id], terms) for line in lines]
    faults = tuple(each for each in judged if isinstance(each, Fault))
    listed = {each.member_id: each for each in enrolments.values()}
    deducted = deducted_members(lines, listed, deducting_plan(plans, payment, year), year)
    unauthorised = consent_faults(store, payment, deducted)
    return Judged(
        settled=tuple(each for each in judged if isinstance(each, Settled)),
        faults=(*faults, *resolution_faults(payment.unit_id, lines, payers, terms), *unauthorised),
        unauthorised=unauthorised,
        paid=frozenset(paid),
        period=period,
        enrolments=listed,
        unpaid=before.places,
    )


def consent_faults(store: Store, payment: Payment, members: tuple[MemberId, ...]) -> tuple[Fault, ...]:
    """The finding against each worker whose pay was deducted without consent.

    The day of the payment is the last on which the unit can have deducted, so a consent counts if
    it held on that day, by what is recorded up to the business day of the act.

    Read outside the work, since a batch has no room for it beside the enrolments: a withdrawal
    that is recorded at the same moment comes after the booking, and so changes nothing of it.

    Args:
        store: Where records are kept.
        payment: The payment.
        members: The workers.

    Clause:
        SN-2.3.5d
    """
    if not members:
        return ()
    keys = [key_of(payment.scheme_id, payment.unit_id, member_id) for member_id in members]
    consents = read_many(store, PayrollConsent, keys).values()
    return payroll_faults(consented_batch(members, consents, payment.paid_on, payment.known_on))


def _plans(work: Work, payment: Payment) -> FundingPlan | None:
    """All plans of the unit."""
    return work.find(FundingPlan, key_of(payment.scheme_id, payment.unit_id))


def _gifts(work: Work, enrolments: dict[str, Enrolment]) -> dict[str, GiftProgramme]:
    """The programmes that gave any of the enrolments, by their ids."""
    keys = sorted(
        {key_of(each.scheme_id, each.gift_id) for each in enrolments.values() if each.gift_id is not None}
    )
    return {each.programme_id: each for each in work.find_many(GiftProgramme, keys).values()}


def _facts(store: Store, dues: Dues, enrolments: dict[str, Enrolment]) -> dict[MemberId, MemberFacts]:
    """Facts of the listed members, where what they owe hangs on who they are; else nobody is looked up.

    Read outside the work: sex and day of birth of a member never change.
    """
    if not any(rate.when for rate in dues.rates):
        return {}
    members = read_many(store, Member, [each.member_id for each in enrolments.values()])
    return {
        each.member_id: facts_at_entry(
            facts_of(
                members[each.member_id].sex,
                members[each.member_id].birth_date,
                each.insurance_type,
                each.shares,
                each.cover.first_day,
            ),
            first_time=is_first_time(each),
        )
        for each in enrolments.values()
    }


def settle(work: Work, host: Host, act: Act, judged: Judged) -> tuple[Contribution, ...]:
    """Write what a list settles: each contribution, and each enrolment that the payment changes.

    Raises:
        TooLargeError: More later places change by it than one act can take.
    """
    enrolments = dict(judged.enrolments)
    for each in judged.settled:
        contribution = each.contribution
        key = key_of(contribution.scheme_id, contribution.period_id, contribution.member_id)
        if key in judged.paid:
            work.replace(contribution)
        else:
            work.add(contribution)
        if each.enrolment is not None:
            work.replace(each.enrolment)
            enrolments[contribution.member_id] = each.enrolment
    for place in judged.unpaid:
        work.replace(place)
    carry_on(work, host, act, judged.period, enrolments)
    return tuple(each.contribution for each in judged.settled)


def _payment(command: ReceiveRemittance, act: Act) -> Payment:
    return Payment(
        scheme_id=command.scheme_id,
        period_id=command.period_id,
        unit_id=command.unit_id,
        entry_id=command.entry_id,
        paid_on=act.business_on,
        known_on=act.business_on,
    )


def _book(work: Work, host: Host, command: ReceiveRemittance, judged: Judged, act: Act) -> None:
    work.post(remittance_entry(command.entry_id, settle(work, host, act, judged)))
    day = act.business_on
    work.add(_remittance(command, RemittanceState.BOOKED, day, settled_on=day))


def _hold(work: Work, command: ReceiveRemittance, act: Act) -> None:
    held = _remittance(command, RemittanceState.HELD, act.business_on)
    if command.received:
        work.post(holding_entry(command.entry_id, held, command.received, act.business_on))
    work.add(held)
    tell_held(work, held)


def tell_held(work: Work, held: Remittance) -> None:
    """Count money that is held, so that a stop of the period under way decides anew.

    Args:
        work: The work that holds it.
        held: The remittance.
    """
    work.consume(held_counter(held.scheme_id, held.period_id), 1, hi=FEN_MAX)


def _remittance(
    command: ReceiveRemittance,
    state: RemittanceState,
    received_on: datetime.date,
    settled_on: datetime.date | None = None,
) -> Remittance:
    return Remittance(
        remittance_id=command.entry_id,
        scheme_id=command.scheme_id,
        period_id=command.period_id,
        unit_id=command.unit_id,
        received=command.received,
        listed=total(line.amount for line in command.lines),
        persons=len(command.lines),
        received_on=received_on,
        state=state,
        settled_on=settled_on,
        settled_by=command.entry_id if settled_on else None,
        lines=command.lines if state is RemittanceState.HELD else (),
    )
