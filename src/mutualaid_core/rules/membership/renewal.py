"""Renewal (续保): who is due, until when, whether cover counts as unbroken, and what it costs."""

import datetime
import enum
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

import attrs

from mutualaid_core.clauses import implements
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.change import ChangeKind
from mutualaid_core.domain.membership.enrolment import Enrolment, EnrolmentState, JoinedAs
from mutualaid_core.domain.scheme.joining import JoiningTerms, RenewalTerms
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.domain.values.identifiers import MemberId, PeriodId
from mutualaid_core.rules.membership.facts import MemberFacts
from mutualaid_core.rules.membership.terms import window_days, window_for
from mutualaid_core.rules.membership.transfer import deaths_told, gone_as


class DueReason(enum.Enum):
    """Why a member is due for renewal, or is not (续保资格)."""

    DUE = "due"
    WITHDRAWN = "withdrawn"
    VOIDED = "voided"
    DIED = "died"
    RETIRED = "retired"
    DISMISSED = "dismissed"
    LEFT_POOL = "left_pool"
    ENDED = "ended"
    NOT_PAID = "not_paid"
    COVER_OVER = "cover_over"
    GIFT_OVER = "gift_over"
    UNIT_OUTSIDE_POOL = "unit_outside_pool"
    NOT_ELIGIBLE = "not_eligible"
    RENEWED = "renewed"


@attrs.frozen(kw_only=True)
class DueText:
    """What is said of a reason, and the clause on which it rests."""

    clause: str
    zh: str
    en: str


DUE_TEXTS: Final[Mapping[DueReason, DueText]] = MappingProxyType(
    {
        reason: DueText(clause=clause, zh=zh, en=en)
        for reason, clause, zh, en in (
            (DueReason.DUE, "HN-4.3.5d", "可续保", "due for renewal"),
            (DueReason.WITHDRAWN, "HN-4.3.5b", "上期参加已撤回", "took the place back"),
            (DueReason.VOIDED, "HN-4.3.5b", "上期参加系差错，已作废", "was enrolled in error"),
            (DueReason.DIED, "HN-4.3.5c", "会员已死亡", "has died"),
            (DueReason.RETIRED, "HN-4.1.1c", "已退休，保障至期满，不再续保", "has retired: no new period"),
            (DueReason.DISMISSED, "HN-4.3.5c", "已解除劳动关系，不再续保", "has left work: no new period"),
            (
                DueReason.LEFT_POOL,
                "HN-4.3.5c",
                "已转出统筹区域，不再续保",
                "has left the pool: no new period",
            ),
            (DueReason.ENDED, "HN-4.3.5c", "上期参加已终止", "has left"),
            (DueReason.NOT_PAID, "ACFTU-2.3b", "上期未缴费，没有保障", "never paid: had no cover"),
            (DueReason.COVER_OVER, "HN-4.3.5d", "上期末已不在保", "was not covered at the end of the period"),
            (DueReason.GIFT_OVER, "SN-2.1.5", "赠送仅限当期", "was given one period only"),
            (
                *(DueReason.UNIT_OUTSIDE_POOL, "HN-4.3.5c"),
                *("所在单位不在本统筹区域", "is at a unit outside the pool"),
            ),
            (
                *(DueReason.NOT_ELIGIBLE, "ACFTU-2.1a"),
                *("不符合新一期参加条件", "does not meet the conditions of the new period"),
            ),
            (DueReason.RENEWED, "HN-4.3.4c", "已参加新一期", "has joined the new period already"),
        )
    }
)
"""Text and clause of each reason."""

_GONE: Final[Mapping[ChangeKind | None, DueReason]] = MappingProxyType(
    {
        ChangeKind.DIED: DueReason.DIED,
        ChangeKind.RETIRED: DueReason.RETIRED,
        ChangeKind.DISMISSED: DueReason.DISMISSED,
        ChangeKind.LEFT_POOL: DueReason.LEFT_POOL,
    }
)
_TAKEN_BACK: Final[Mapping[EnrolmentState, DueReason]] = MappingProxyType(
    {EnrolmentState.WITHDRAWN: DueReason.WITHDRAWN, EnrolmentState.VOIDED: DueReason.VOIDED}
)


@attrs.frozen(kw_only=True)
class Expiring:
    """What is known of a member whose period runs out (到期会员).

    Attributes:
        enrolment: Enrolment in the period that runs out.
        last_day: Last day of that period.
        is_paid: Whether its contribution was settled.
        in_pool: Whether the unit belongs to the pool of the scheme.
        gifts_continue: Whether who was given a period goes on at the own cost.
        is_eligible: Whether the terms of the new period admit the member.
        renewed: Enrolment in the new period; ``None`` where there is none.
    """

    enrolment: Enrolment
    last_day: datetime.date
    is_paid: bool
    in_pool: bool
    gifts_continue: bool = False
    is_eligible: bool = True
    renewed: Enrolment | None = None


@implements("HN-4.3.5d", "HN-4.3.5c")
def due_reasons(member: Expiring) -> tuple[DueReason, ...]:
    """Why a member is not due for renewal, all reasons at once; ``DUE`` alone for one who is.

    Due is who was covered by the period before until its end and is still at a unit of the pool.
    Whoever retired, left work or left the pool keeps at most the rest of the period.

    Args:
        member: What is known.

    Clause:
        HN-4.3.5d, HN-4.3.5c, HN-4.1.1c, ACFTU-2.3b, SN-2.1.5
    """
    return tuple(_against(member)) or (DueReason.DUE,)


def _against(member: Expiring) -> Iterator[DueReason]:
    enrolment = member.enrolment
    if enrolment.state in _TAKEN_BACK:
        yield _TAKEN_BACK[enrolment.state]
        return
    if enrolment.state is EnrolmentState.ENDED:
        yield _GONE.get(gone_as(enrolment), DueReason.ENDED)
    if not member.is_paid:
        yield DueReason.NOT_PAID
    if enrolment.cover.last_day < member.last_day:
        yield DueReason.COVER_OVER
    if enrolment.gift_id is not None and not member.gifts_continue:
        yield DueReason.GIFT_OVER
    if not member.in_pool:
        yield DueReason.UNIT_OUTSIDE_POOL
    if not member.is_eligible:
        yield DueReason.NOT_ELIGIBLE
    if member.renewed is not None and member.renewed.is_active:
        yield DueReason.RENEWED


@implements("HN-4.3.5c", "HN-4.3.5d")
def has_died(enrolment: Enrolment) -> bool:
    """Whether the death of the member is on record, whatever was paid and became of the place.

    A death that was taken back is none, nor one that was told of another person.

    Args:
        enrolment: An enrolment of any period.

    Clause:
        HN-4.3.5c, HN-4.3.5d
    """
    return bool(deaths_told(enrolment))


@implements("HN-4.3.5d")
def gap_faults(period_id: PeriodId, between: tuple[PeriodId, ...]) -> tuple[Fault, ...]:
    """Why members are not carried over into a period: another one lies between.

    What became of a member there would be passed over: whoever died, retired or stayed away in it
    is no member of the period before.

    Args:
        period_id: Period that is renewed into.
        between: Periods after the one that runs out and before that, in their order.

    Clause:
        HN-4.3.5d, HN-4.3.5c
    """
    if not between:
        return ()
    rule = "must follow the period that is renewed, with none between"
    return (Fault(subject=period_id, rule=rule, found=", ".join(between), clause="HN-4.3.5d"),)


def due_faults(member_id: MemberId, reasons: tuple[DueReason, ...]) -> tuple[Fault, ...]:
    """The reasons as faults; empty for a member who is due.

    Args:
        member_id: Member.
        reasons: What ``due_reasons`` says.
    """
    return tuple(
        Fault(
            subject=member_id,
            rule="must be due for renewal",
            found=DUE_TEXTS[reason].en,
            clause=DUE_TEXTS[reason].clause,
        )
        for reason in reasons
        if reason is not DueReason.DUE
    )


@implements("HN-4.3.5d")
def renewal_window(joining: JoiningTerms | None, period: DayRange) -> DayRange | None:
    """Days on which one renews: the window of renewal, else the general one; ``None`` for any day.

    Args:
        joining: Joining terms of the new period.
        period: Days of the new period.

    Clause:
        HN-4.3.5d
    """
    window = window_for(joining, renews=True) if joining else None
    return window_days(window, period) if window else None


class ContinuityReason(enum.Enum):
    """Why cover counts as unbroken, or not (续保连续性)."""

    UNBROKEN = "unbroken"
    """不间断: the new cover begins on the day after the last one."""
    WITHIN_GAP = "within_gap"
    """间断未超过规定天数"""
    GAP_TOO_LONG = "gap_too_long"
    """间断超过规定天数"""
    NOT_COVERED_BEFORE = "not_covered_before"
    """上期没有保障"""


@attrs.frozen(kw_only=True)
class Continuity:
    """Continuity (连续参保): whether waiting goes on from where it was.

    Attributes:
        is_kept: Whether it does.
        gap_days: Days without cover between the two; ``None`` where there was none before.
        waits_from: Day from which waiting is counted.
        reason: Why.
    """

    is_kept: bool
    gap_days: int | None
    waits_from: datetime.date
    reason: ContinuityReason


@implements("HN-4.3.5d")
def continuity_of(
    earlier: Enrolment | None, first_day: datetime.date, terms: RenewalTerms | None
) -> Continuity:
    """Whether cover from *first_day* on continues an earlier one, so that nobody waits twice.

    Args:
        earlier: Enrolment that was paid for; ``None`` where there was none.
        first_day: First day of the new cover.
        terms: What the version says of renewal; where it says nothing, no day may be missing.

    Clause:
        HN-4.3.5d
    """
    if earlier is None or not earlier.is_active:
        reason = ContinuityReason.NOT_COVERED_BEFORE
        return Continuity(is_kept=False, gap_days=None, waits_from=first_day, reason=reason)
    gap = max((first_day - earlier.cover.last_day).days - 1, 0)
    most = terms.gap_days_max if terms else 0
    if gap > most:
        reason = ContinuityReason.GAP_TOO_LONG
        return Continuity(is_kept=False, gap_days=gap, waits_from=first_day, reason=reason)
    since = earlier.waits_from or earlier.cover.first_day
    reason = ContinuityReason.WITHIN_GAP if gap else ContinuityReason.UNBROKEN
    return Continuity(is_kept=True, gap_days=gap, waits_from=min(since, first_day), reason=reason)


@implements("HN-4.3.5d")
def waits_after_payment(
    enrolment: Enrolment, first_day: datetime.date, covered_until: datetime.date, terms: RenewalTerms | None
) -> datetime.date | None:
    """Day from which waiting is counted once the payment has set the first day of cover.

    A renewal may be paid so late that more days are missing than allowed; then cover no longer
    goes on, whatever was foreseen when the place was taken.

    Args:
        enrolment: The enrolment as it was before the payment.
        first_day: First day of cover that the payment gives.
        covered_until: Last day of the cover before; the day before the period, or an earlier one.
        terms: What the version says of renewal; where it says nothing, no day may be missing.

    Returns:
        The day, as the enrolment keeps it: ``None`` for the first day of cover.

    Clause:
        HN-4.3.5d
    """
    waits_from = enrolment.waits_from
    if waits_from is None or waits_from > covered_until:
        return waits_from
    most = terms.gap_days_max if terms else 0
    return waits_from if (first_day - covered_until).days - 1 <= most else None


@implements("HN-4.3.4a", "HN-4.3.5d")
def is_of_term(place: Enrolment) -> bool:
    """Whether a place is a later one of a term of several periods, taken with the first of them.

    Its joining names that period as its cause.

    Args:
        place: The place.

    Clause:
        HN-4.3.4a, HN-4.3.5d
    """
    joined = [change for change in place.history if change.kind is ChangeKind.JOINED]
    return bool(joined) and joined[-1].cause is not None


@implements("HN-4.3.5d")
def is_continued(place: Enrolment) -> bool:
    """Whether the window of renewal is that of a place: of a renewal, and of a later one of a term.

    Args:
        place: The place.

    Clause:
        HN-4.3.5d
    """
    return place.joined_as is JoinedAs.RENEWAL or is_of_term(place)


def facts_at_entry(facts: MemberFacts, *, first_time: bool) -> MemberFacts:
    """Facts of a member with the answer to whether this is the first time.

    Rates may ask it, so that a continuing member pays another fee than a new one.

    Args:
        facts: What is known of the member.
        first_time: Whether the member joins for the first time.
    """
    return attrs.evolve(facts, flags={**facts.flags, "first_time": first_time})


def is_first_time(enrolment: Enrolment) -> bool:
    """Whether an enrolment is a first one: neither a renewal nor cover that goes on.

    Args:
        enrolment: The enrolment.
    """
    return first_time_at(enrolment.joined_as, enrolment.waits_from, enrolment.cover.first_day)


def first_time_at(joined_as: JoinedAs, waits_from: datetime.date | None, first_day: datetime.date) -> bool:
    """Whether a place is a first one; what is foretold of a fee and what is asked both rest on this.

    Args:
        joined_as: On what occasion it is taken.
        waits_from: Day from which waiting goes on; ``None`` for the first day of cover.
        first_day: First day of its cover.
    """
    from_before = waits_from is not None and waits_from < first_day
    return not from_before and joined_as is not JoinedAs.RENEWAL
