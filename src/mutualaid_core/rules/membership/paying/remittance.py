"""Remittance (汇缴): bank against list, each line against what the person owes, and cover by payment."""

import datetime
from collections import Counter
from collections.abc import Mapping
from typing import Final

import attrs

from mutualaid_core.clauses import implements
from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.change import Change, ChangeKind
from mutualaid_core.domain.membership.contribution import Contribution
from mutualaid_core.domain.membership.enrolment import Enrolment, JoinedAs
from mutualaid_core.domain.membership.gift import GiftProgramme
from mutualaid_core.domain.membership.paying.funding import FundingPlan
from mutualaid_core.domain.membership.paying.remittance import RemittanceLine
from mutualaid_core.domain.scheme.dues import Dues, FundingSource
from mutualaid_core.domain.scheme.joining import CoverStart, JoiningTerms, LateJoining
from mutualaid_core.domain.scheme.policy import Policy
from mutualaid_core.domain.values.dates import DayRange, add_days
from mutualaid_core.domain.values.identifiers import EntryId, MemberId, PeriodId, SchemeId, UnitId
from mutualaid_core.domain.values.money import Money, total
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.rules.membership.dues import check_contribution, due_of
from mutualaid_core.rules.membership.facts import MemberFacts
from mutualaid_core.rules.membership.gifts import gift_split_faults
from mutualaid_core.rules.membership.history import with_change
from mutualaid_core.rules.membership.paying.funding import check_planned, no_resolution
from mutualaid_core.rules.membership.paying.places import left_faults, paid_place
from mutualaid_core.rules.membership.renewal import is_continued, is_of_term, waits_after_payment
from mutualaid_core.rules.membership.terms import cover_of, window_days, window_for

_FOR_A_PERSON: Final = frozenset({"HN-3.1.2b", "SN-2.3.4b", "HN-4.1.1c", "HN-4.3.5c"})
"""Clauses whose faults a person can clear up while the money is held."""

_MAY_PAY_LATE: Final = frozenset({JoinedAs.LATE, JoinedAs.NEW_HIRE, JoinedAs.GIFT})
"""Who joins after the window with leave pays after it, and so does who gives; never for a later year."""


@attrs.frozen(kw_only=True)
class PaymentTerms:
    """What a payment is held against (缴费要求).

    Attributes:
        dues: Dues of the version.
        joining: Joining terms of the version; ``None`` where it has none.
        policy: What the layers above the scheme ask together.
        period: Days of the period.
        plan: Funding plan of the unit; ``None`` where it has none.
        gifts: Gift programmes by their ids.
    """

    dues: Dues
    joining: JoiningTerms | None
    policy: Policy
    period: DayRange
    plan: FundingPlan | None = None
    gifts: Mapping[str, GiftProgramme] = attrs.field(factory=dict)


@attrs.frozen(kw_only=True)
class Payment:
    """One unit's payment (汇缴款), as far as every line shares it.

    Attributes:
        scheme_id: Scheme.
        period_id: Period.
        unit_id: Unit.
        entry_id: Id of the remittance.
        paid_on: Day on which the money was there, the last of it.
        known_on: Business day of the act.
        named_on: Days of those whom a list named only after the money was there; that is when they
            have paid.
        came_on: Day on which the first of the money was there, where it was held; else ``None``.
    """

    scheme_id: SchemeId
    period_id: PeriodId
    unit_id: UnitId
    entry_id: EntryId
    paid_on: datetime.date
    known_on: datetime.date
    named_on: Mapping[MemberId, datetime.date] = attrs.field(factory=dict)
    came_on: datetime.date | None = None


@attrs.frozen(kw_only=True)
class Payer:
    """What is known of a listed person (缴费人).

    Attributes:
        enrolment: Enrolment in the period; ``None`` where there is none.
        paid: Contribution that was booked before; ``None`` where there is none.
        facts: What is known of the member.
        goes_on: Whether what was waited before counts; not where the place before was not paid for.
        covered_until: Last day of the cover before; ``None`` for the day before the period.
        before: Places in earlier periods.
    """

    enrolment: Enrolment | None
    paid: Contribution | None
    facts: MemberFacts
    goes_on: bool = True
    covered_until: datetime.date | None = None
    before: tuple[Enrolment, ...] = ()


@attrs.frozen(kw_only=True)
class Settled:
    """A line that can be booked (核对相符).

    Attributes:
        contribution: The contribution.
        enrolment: The enrolment as the payment leaves it; ``None`` where it leaves it as it was.
    """

    contribution: Contribution
    enrolment: Enrolment | None


@implements("HN-3.1.2b", "HN-4.3.5a")
def list_faults(unit_id: UnitId, lines: tuple[RemittanceLine, ...], received: Money) -> tuple[Fault, ...]:
    """What is wrong with a list as a whole: bank and list differ, or a person is listed twice.

    Args:
        unit_id: The unit.
        lines: The list.
        received: What the bank shows.

    Clause:
        HN-3.1.2b, HN-4.3.5a
    """
    if not lines:
        rule = "must list its persons"
        return (Fault(subject=unit_id, rule=rule, found="none", clause="HN-3.1.2b"),)
    faults = []
    listed = total(line.amount for line in lines)
    if listed != received:
        rule = f"must add up to the {received} received"
        faults.append(Fault(subject=unit_id, rule=rule, found=str(listed), clause="HN-3.1.2b"))
    times = Counter(line.member_id for line in lines)
    for member_id, count in times.items():
        if count > 1:
            rule, found = "must be listed once", f"{count} lines"
            faults.append(Fault(subject=member_id, rule=rule, found=found, clause="HN-4.3.5a"))
    return tuple(faults)


@implements("HN-3.1.2b")
def held_part(unit_id: UnitId) -> tuple[Fault, ...]:
    """Why a part of a list is held against which nothing stands by itself: another part is held.

    Args:
        unit_id: The unit.

    Clause:
        HN-3.1.2b
    """
    rule, found = "must be held with the other parts of its list", "nothing against this part"
    return (Fault(subject=unit_id, rule=rule, found=found, clause="HN-3.1.2b"),)


@implements("SN-2.3.4b")
def resolution_faults(
    unit_id: UnitId, lines: tuple[RemittanceLine, ...], payers: Mapping[MemberId, Payer], terms: PaymentTerms
) -> tuple[Fault, ...]:
    """Why what the union pays is held: it needs a plan with the resolution that allows it.

    Asked where the policy names the patterns by which units share the dues. A gift has a
    programme with a resolution of its own.

    Args:
        unit_id: The unit.
        lines: The list.
        payers: What is known of each listed person, by the member's id.
        terms: What the payment is held against.

    Clause:
        SN-2.3.4b
    """
    is_told = terms.plan is not None and terms.plan.resolution is not None
    if terms.policy.contribution.patterns is None or is_told:
        return ()
    borne = sum(_is_union_paid(line, payers[line.member_id].enrolment) for line in lines)
    return (no_resolution(unit_id, f"{borne} enrolments without one"),) if borne else ()


def _is_union_paid(line: RemittanceLine, enrolment: Enrolment | None) -> bool:
    if enrolment is not None and enrolment.gift_id is not None:
        return False
    return any(part.payer is FundingSource.UNION and part.amount for part in line.split)


@implements("HN-3.1.2b", "SN-2.3.4b")
def outcome_of(faults: tuple[Fault, ...]) -> Outcome:
    """``HOLD`` where only what a person can clear up is wrong, ``PASS`` where nothing is.

    Clause:
        HN-3.1.2b, SN-2.3.4b
    """
    if not faults:
        return Outcome.PASS
    return Outcome.HOLD if all(fault.clause in _FOR_A_PERSON for fault in faults) else Outcome.REJECT


@implements("HN-3.1.2b", "HN-4.3.5a", "HN-4.3.5d", "ACFTU-2.3a", "ACFTU-2.3b", "SN-2.1.5", "ACFTU-11.1b")
def judged_line(line: RemittanceLine, payment: Payment, payer: Payer, terms: PaymentTerms) -> Settled | Fault:
    """What a line settles, or the first fault of it.

    A unit may pay before its list comes. What is paid for a place is never known before the place
    itself, so that nobody is shown as paid on a day on which no place was known.

    Args:
        line: The line.
        payment: The payment that it is part of.
        payer: What is known of the person.
        terms: What it is held against.

    Clause:
        HN-3.1.2b, HN-4.3.5a, HN-4.3.5d, ACFTU-2.3a, ACFTU-2.3b, SN-2.1.5, ACFTU-11.1b
    """
    enrolment = paid_place(
        line.member_id,
        payer.enrolment,
        unit_id=payment.unit_id,
        paid_on=payment.paid_on,
        known_on=payment.known_on,
    )
    if isinstance(enrolment, Fault):
        return enrolment
    if gone := left_faults(enrolment, payer.before):
        return gone[0]
    if payer.paid is not None and payer.paid.is_settled:
        rule = "must pay once a period"
        return Fault(subject=line.member_id, rule=rule, found="paid already", clause="HN-4.3.5a")
    paid_on = payment.named_on.get(line.member_id, payment.paid_on)
    try:
        contribution = _known_with(enrolment, _contribution(line, payment, paid_on).after(payer.paid))
        payment = attrs.evolve(payment, paid_on=paid_on, known_on=contribution.known_on)
        due = due_of(enrolment, terms.dues, terms.joining, payer.facts)
        check_contribution(contribution, due, terms.dues, terms.policy.contribution)
        if fault := _bearer_fault(contribution, enrolment, terms):
            return fault
        changed = paid_enrolment(
            enrolment, payment, terms, goes_on=payer.goes_on, covered_until=payer.covered_until
        )
    except InvalidValueError as error:
        rule, clause = f"{error.field} {error.rule}", error.clause or "HN-3.1.2b"
        return Fault(subject=line.member_id, rule=rule, found=str(error.value), clause=clause)
    return Settled(contribution=contribution, enrolment=None if changed is enrolment else changed)


def _known_with(enrolment: Enrolment, paid: Contribution) -> Contribution:
    """The contribution, known no earlier than the place for which it is paid."""
    known_on = max((paid.known_on, *(change.known_on for change in enrolment.history[-1:])))
    return attrs.evolve(paid, booked_on=known_on if known_on > paid.received_on else None)


def _contribution(line: RemittanceLine, payment: Payment, paid_on: datetime.date) -> Contribution:
    return Contribution(
        scheme_id=payment.scheme_id,
        period_id=payment.period_id,
        member_id=line.member_id,
        unit_id=payment.unit_id,
        amount=line.amount,
        split=line.split,
        received_on=paid_on,
        entry_id=payment.entry_id,
        booked_on=payment.known_on if payment.known_on > paid_on else None,
    )


def _bearer_fault(contribution: Contribution, enrolment: Enrolment, terms: PaymentTerms) -> Fault | None:
    """Whether who bears it keeps to the gift programme, or else to the unit's plan.

    Raises:
        InvalidValueError: The unit's plan shares the dues otherwise.
    """
    if enrolment.gift_id is not None:
        programme = terms.gifts.get(enrolment.gift_id)
        faults = gift_split_faults(contribution.member_id, contribution.split, programme) if programme else ()
        return faults[0] if faults else None
    if terms.plan is not None:
        check_planned(contribution, terms.plan, terms.period.first_day.year, terms.dues.split)
    return None


@implements("HN-4.3.5d", "ACFTU-2.3b")
def paid_enrolment(
    enrolment: Enrolment,
    payment: Payment,
    terms: PaymentTerms,
    *,
    goes_on: bool = True,
    covered_until: datetime.date | None = None,
) -> Enrolment:
    """The enrolment as a payment leaves it: the same, or with the first day of cover that it sets.

    Cover never begins earlier than it did by the day of joining, and its last day stays. A version
    without joining terms has no window; where nobody waits, the money must be there by the first
    day of the period, which counts until its 24:00 as for joining. A term of several periods
    foresees that waiting goes on; where the period before was not paid for, nothing goes on.

    Args:
        enrolment: The enrolment.
        payment: The payment.
        terms: What it is held against.
        goes_on: Whether what was waited before counts.
        covered_until: Last day of the cover before; ``None`` for the day before the period.

    Raises:
        InvalidValueError: The money came after the window, or when no day of cover was left.

    Clause:
        HN-4.3.5d, ACFTU-2.3b
    """
    joining = terms.joining
    if joining is None:
        if _nobody_waits(terms) and payment.paid_on > terms.period.first_day:
            raise _after(terms.period.first_day, payment.paid_on)
        return _waiting(enrolment, payment, goes_on=goes_on)
    is_late = _is_late(enrolment, payment.paid_on, joining, terms)
    if joining.cover_start is CoverStart.TERM_START and not is_late:
        return _waiting(enrolment, payment, goes_on=goes_on)
    cover = cover_of(joining.cover_start, enrolment.cover, payment.paid_on, is_late=is_late)
    if cover is None:
        rule = f"must give cover by {enrolment.cover.last_day.isoformat()}"
        raise InvalidValueError("received_on", rule, payment.paid_on.isoformat(), clause="HN-4.3.5d")
    last = covered_until or add_days(terms.period.first_day, -1)
    waits_from = waits_after_payment(enrolment, cover.first_day, last, joining.renewal)
    return _effective(enrolment, payment, cover, waits_from if goes_on else None)


def _waiting(enrolment: Enrolment, payment: Payment, *, goes_on: bool) -> Enrolment:
    """The same days of cover; waiting starts with them where nothing goes on."""
    return enrolment if goes_on else _effective(enrolment, payment, enrolment.cover, None)


def _effective(
    enrolment: Enrolment, payment: Payment, cover: DayRange, waits_from: datetime.date | None
) -> Enrolment:
    """The enrolment with the entry of the payment."""
    change = Change(
        kind=ChangeKind.EFFECTIVE,
        holds_from=cover.first_day,
        known_on=payment.known_on,
        unit_id=None,
        cover=cover,
        cause=payment.entry_id,
        held=attrs.evolve(enrolment.held, waits_from=waits_from),
    )
    return with_change(enrolment, change)


def _is_late(
    enrolment: Enrolment, paid_on: datetime.date, joining: JoiningTerms, terms: PaymentTerms
) -> bool:
    """Whether the money came after the window and still counts.

    Raises:
        InvalidValueError: It came after the window and does not count.
    """
    window = window_for(joining, renews=is_continued(enrolment))
    last = None if window is None else window_days(window, terms.period).last_day
    if last is None or paid_on <= last:
        return False
    has_leave = enrolment.joined_as in _MAY_PAY_LATE and not is_of_term(enrolment)
    if not (has_leave or joining.late is LateJoining.ACCEPT) or _nobody_waits(terms):
        raise _after(last, paid_on)
    return True


def _nobody_waits(terms: PaymentTerms) -> bool:
    """Whether the window is the only guard against paying on the way to hospital."""
    return terms.policy.benefit.waiting_days_max == 0


def _after(last: datetime.date, paid_on: datetime.date) -> InvalidValueError:
    """What is raised for money that came after the last day on which it counts."""
    rule = f"must be <= {last.isoformat()}"
    return InvalidValueError("received_on", rule, paid_on.isoformat(), clause="HN-4.3.5d")
