"""Cover (保障): whether a member is covered on a day, as known on another, and why."""

import datetime
import enum
from collections.abc import Iterator, Mapping
from typing import Final, Self

import attrs

from mutualaid_core.clauses import check_clause, implements
from mutualaid_core.domain.membership.change import ChangeKind, Held
from mutualaid_core.domain.membership.contribution import Contribution
from mutualaid_core.domain.membership.enrolment import Enrolment, EnrolmentState
from mutualaid_core.domain.scheme.benefit.terms import Benefit
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.dates import DayRange, add_days
from mutualaid_core.domain.values.identifiers import UnitId
from mutualaid_core.rules.membership.history import Standing, history_of, in_force, standing_of


@enum.unique
class CoverReason(enum.Enum):
    """Why somebody is covered or not (保障理由). A number is never used for another reason.

    Attributes:
        number: Stable number, never reused.
        clause: Clause that it rests on.
        bars: Whether it stands against cover.
        zh: Text for the member, in Chinese.
        en: Text for the member, in English.
    """

    COVERED = (1, "ACFTU-2.3b", False, "在保障期内", "covered on that day")
    # One reason, whether somebody joins later or never: an answer must not change by what comes after.
    NOT_ENROLLED = (
        2, "ACFTU-2.1a", True, "截至该日未登记参加本期互助",
        "not enrolled for this period by what was known then",
    )  # fmt: skip
    NOT_PAID = (4, "ACFTU-2.3b", True, "截至该日尚未缴纳互助金", "not paid yet by what was known then")
    BEFORE_COVER = (5, "HN-4.3.5d", True, "保障尚未开始", "cover had not begun")
    AFTER_COVER = (6, "HN-4.3.4a", True, "保障已经结束", "cover had ended")
    WITHDRAWN = (7, "HN-3.1.2a", True, "参加已撤回", "the enrolment was withdrawn")
    VOIDED = (8, "HN-4.3.4c", True, "参加登记有误，已作废", "the enrolment was an error and is void")
    LEFT = (9, "HN-4.3.5c", False, "已离开原单位", "left the unit")
    LEFT_POOL = (10, "HN-4.3.5c", False, "已转出统筹区", "left the pooling region")
    RETIRED = (11, "HN-4.3.5c", False, "已退休", "retired")
    DISMISSED = (12, "HN-4.3.5c", False, "已解除劳动关系", "no longer employed")
    DIED = (13, "HN-4.3.5c", False, "已死亡", "died")

    number: int
    clause: str
    bars: bool
    zh: str
    en: str

    def __new__(cls, number: int, clause: str, bars: bool, zh: str, en: str) -> Self:  # noqa: FBT001  # a row
        """A reason with its number as the value, and its clause checked."""
        made = object.__new__(cls)
        made._value_ = number
        made.number, made.clause, made.bars = number, check_clause(clause), bars
        made.zh, made.en = zh, en
        return made


_LEAVING: Final[Mapping[ChangeKind, CoverReason]] = {
    ChangeKind.LEFT_POOL: CoverReason.LEFT_POOL,
    ChangeKind.RETIRED: CoverReason.RETIRED,
    ChangeKind.DISMISSED: CoverReason.DISMISSED,
    ChangeKind.DIED: CoverReason.DIED,
}


@attrs.frozen(kw_only=True)
class WaitingLeft:
    """Waiting (免责期) of one benefit, seen from a day.

    Attributes:
        benefit_id: Benefit.
        day: Which day of cover it is, counted from the day from which the member waits; the first
            one is 1, and an earlier day has a number below.
        last_day: Last day of waiting; ``None`` where there is no waiting.
        is_over: Whether the full benefit is due on the day.
        may_be_waived: Whether the version waives it on conditions, which a claim alone tells.
    """

    benefit_id: str
    day: int
    last_day: datetime.date | None
    is_over: bool
    may_be_waived: bool


@attrs.frozen(kw_only=True)
class CoverAnswer:
    """Answer (保障查询结果): covered or not, with every reason.

    Attributes:
        is_covered: Whether there is cover on the day.
        unit_id: Unit on the day; ``None`` for none.
        cover: Days of cover as known then; ``None`` for none at all.
        reasons: All that hold: those that stand against cover, or ``COVERED``, then whether and
            how the member has left the unit.
        waiting: Waiting of each benefit that the member holds; empty without cover.
    """

    is_covered: bool
    unit_id: UnitId | None = None
    cover: DayRange | None = None
    reasons: tuple[CoverReason, ...]
    waiting: tuple[WaitingLeft, ...] = ()


@implements("ACFTU-2.3b", "HN-4.3.5c", "HN-4.3.5d")
def cover_answer(
    enrolment: Enrolment | None,
    contribution: Contribution | None,
    version: SchemeVersion | None,
    *,
    on: datetime.date,
    known_at: datetime.date,
) -> CoverAnswer:
    """Whether somebody is covered on a day, by what was known on another.

    A contribution is known from the day on which it was booked until it was given back, a change
    from the business day of its act, an enrolment from its first entry. No cover without a settled
    contribution.

    Args:
        enrolment: The enrolment of the period; ``None`` where there is none.
        contribution: What was paid for it; ``None`` where nothing was.
        version: The scheme version of the period, for the waiting; ``None`` where none is known.
        on: Day that is asked about.
        known_at: Day of the knowledge.

    Clause:
        ACFTU-2.3b, HN-4.3.5c, HN-4.3.5d
    """
    standing = standing_of(enrolment, on=on, known_at=known_at) if enrolment else None
    if enrolment is None or standing is None:
        return CoverAnswer(is_covered=False, reasons=(CoverReason.NOT_ENROLLED,))
    is_paid = contribution is not None and contribution.is_settled_as_known(known_at)
    bars = tuple(_bars(standing, on=on, is_paid=is_paid))
    notes = _left(enrolment, standing, known_at)
    return CoverAnswer(
        is_covered=not bars,
        unit_id=standing.unit_id,
        cover=standing.cover,
        reasons=(*(bars or (CoverReason.COVERED,)), *notes),
        waiting=waiting_of(standing.held, standing.cover, version, on) if version and standing.cover else (),
    )


def _bars(standing: Standing, *, on: datetime.date, is_paid: bool) -> Iterator[CoverReason]:
    """What stands against cover."""
    if standing.state is EnrolmentState.WITHDRAWN:
        yield CoverReason.WITHDRAWN
        return
    if standing.cover is None and standing.state is EnrolmentState.ENDED:
        # Who died in an earlier period is covered on no day of this one.
        yield CoverReason.AFTER_COVER
        return
    if standing.cover is None or standing.state is EnrolmentState.VOIDED:
        yield CoverReason.VOIDED
        return
    if not is_paid:
        yield CoverReason.NOT_PAID
    if on < standing.cover.first_day:
        yield CoverReason.BEFORE_COVER
    if on > standing.cover.last_day:
        yield CoverReason.AFTER_COVER


def _left(enrolment: Enrolment, standing: Standing, known_at: datetime.date) -> tuple[CoverReason, ...]:
    """How a member left whose enrolment is ended on the day."""
    if standing.state is not EnrolmentState.ENDED:
        return ()
    known = tuple(change for change in history_of(enrolment) if change.known_on <= known_at)
    leaving = [_LEAVING[change.kind] for change in in_force(known).values() if change.kind in _LEAVING]
    return (leaving[-1] if leaving else CoverReason.LEFT,)


@implements("HN-4.4.2b")
def waiting_of(
    held: Held, cover: DayRange, version: SchemeVersion, on: datetime.date
) -> tuple[WaitingLeft, ...]:
    """Waiting of every benefit that the member holds, in the order of the version.

    It is counted from ``waits_from``, which lies before the cover where cover goes on from an
    earlier period or pool without a gap, so that waiting served before is not served again.

    Args:
        held: What is held: the parts, and the day from which it waits.
        cover: Days of cover.
        version: The scheme version.
        on: Day that is asked about.

    Clause:
        HN-4.4.2b
    """
    start = min(held.waits_from or cover.first_day, cover.first_day)
    return tuple(
        _waiting(benefit, start, on)
        for benefit in version.benefits
        if benefit.part is None or benefit.part in held.parts
    )


def _waiting(benefit: Benefit, start: datetime.date, on: datetime.date) -> WaitingLeft:
    waiting = benefit.waiting
    # Where the first day does not count, the day after it is day 1.
    day = (on - start).days + (1 if waiting.first_day_counts else 0)
    last = add_days(start, waiting.days - (1 if waiting.first_day_counts else 0)) if waiting.days else None
    return WaitingLeft(
        benefit_id=benefit.benefit_id,
        day=day,
        last_day=last,
        is_over=day > waiting.days,
        may_be_waived=bool(waiting.waived_when),
    )
