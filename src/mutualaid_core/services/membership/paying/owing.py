"""Owing (名单应缴): who of those that a held remittance ever listed could be booked by it."""

import attrs

from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.paying.remittance import Remittance, RemittanceLine
from mutualaid_core.domain.scheme.period import Period
from mutualaid_core.domain.values.identifiers import MemberId
from mutualaid_core.domain.values.money import Money, total
from mutualaid_core.rules.membership.paying.correction import owes_nothing, past_faults
from mutualaid_core.rules.membership.paying.naming import held_payment
from mutualaid_core.rules.membership.paying.remittance import Payment
from mutualaid_core.services.membership.contribution import RemittanceReceived, judge
from mutualaid_core.services.standing import period_of, posting_faults
from mutualaid_core.work import Host, Purpose, Work


@attrs.frozen(kw_only=True)
class Owing:
    """What can be booked for those whom its lists named (名单应缴情况).

    Attributes:
        owed: What they owe; nothing for whom nothing can be booked, or no more.
        is_past: Whether the money is less, and the rest would come too late.
    """

    owed: Money
    is_past: bool


def owing_of(work: Work, host: Host, act: Act, held: Remittance) -> Owing:
    """What those owe whom a held remittance ever listed, so that nobody is dropped silently.

    A split that keeps to another plan, or a resolution that is missing, can be put right, so that
    the person owes all the same.

    Args:
        work: Work in which the enrolments are read.
        host: Store, clock and keys.
        act: The act.
        held: The remittance.

    Raises:
        TooLargeError: The lists name more persons than one act can judge.

    Clause:
        HN-4.3.5b, HN-3.1.2b
    """
    period = period_of(work, held.scheme_id, held.period_id)
    if posting_faults(period):
        return Owing(owed=total(()), is_past=False)
    payment, lines = held_payment(held, act.business_on), held.ever_listed
    owing = _owing(work, host, period, payment, lines)
    owed = total(line.amount for line in lines if line.member_id in owing)
    if held.balance >= owed:
        return Owing(owed=owed, is_past=False)
    today = attrs.evolve(payment, paid_on=act.business_on, named_on={})
    return Owing(owed=owed, is_past=not owing.issubset(_owing(work, host, period, today, lines)))


def past_findings(host: Host, act: Act, held: Remittance) -> tuple[Fault, ...]:
    """That the money can only go back, where it is too little and the rest would come too late.

    Clause:
        HN-4.3.5b, HN-4.3.5d
    """
    if not held.balance:
        return ()
    with Work(host, act, _looking(held)) as look:
        is_past = owing_of(look, host, act, held).is_past
    return past_faults(held, held.state.value) if is_past else ()


@attrs.frozen(kw_only=True)
class LeftOut:
    """What leaving persons out of the last list means for the others (未列入的影响).

    Attributes:
        owing: Whom it leaves out though they could be booked.
        late: Who is kept by a consent that was told after the money came, where others are left
            out for want of one: papers may not choose either.
    """

    owing: frozenset[MemberId]
    late: frozenset[MemberId]


def left_out(host: Host, act: Act, period: Period, payment: Payment, told: Remittance) -> LeftOut:
    """Whom the last list leaves out, and what that means for the others.

    Looked at in a work of its own, since a batch has no room for them beside those who are booked.

    Args:
        host: Store, clock and keys.
        act: The act.
        period: Period that is paid for.
        payment: The payment.
        told: The remittance with its last list.

    Clause:
        HN-3.1.2b, SN-2.3.5d
    """
    kept = {line.member_id for line in told.lines}
    gone = tuple(line for line in told.ever_listed if line.member_id not in kept)
    with Work(host, act, _looking(told)) as look:
        late: frozenset[MemberId] = frozenset()
        if judge(look, host, period, payment, gone).unauthorised:
            late = _told_late(look, host, period, payment, told.lines)
        return LeftOut(owing=_owing(look, host, period, payment, gone), late=late)


def _looking(held: Remittance) -> Purpose[RemittanceReceived]:
    """The purpose of a work that only reads."""
    return Purpose(
        name="look_at_list", subject=held.remittance_id, chain=held.scheme_id, answer=RemittanceReceived
    )


def _told_late(
    work: Work, host: Host, period: Period, payment: Payment, lines: tuple[RemittanceLine, ...]
) -> frozenset[MemberId]:
    """Who of the lines had no consent by what was known when the first of the money came."""
    then = attrs.evolve(payment, known_on=payment.came_on or payment.paid_on)
    return frozenset(MemberId(each.subject) for each in judge(work, host, period, then, lines).unauthorised)


def _owing(
    work: Work, host: Host, period: Period, payment: Payment, lines: tuple[RemittanceLine, ...]
) -> frozenset[MemberId]:
    """Who of the lines could be booked, all of them together.

    Where somebody has not consented, whoever did so by a paper that was told later owes nothing
    either: the one is not chosen before the other.
    """
    judged = judge(work, host, period, payment, lines)
    free = {fault.subject for fault in judged.faults if fault in judged.unauthorised or owes_nothing(fault)}
    if judged.unauthorised:
        free |= _told_late(work, host, period, payment, lines)
    return frozenset(line.member_id for line in lines if line.member_id not in free)
