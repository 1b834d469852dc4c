"""Joining (参加): by which way, on what occasion, for which days, and with which parts."""

import datetime
from typing import Final

import attrs

from mutualaid_core.clauses import implements
from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.enrolment import JoinedAs
from mutualaid_core.domain.membership.unit import UnitKind
from mutualaid_core.domain.scheme.joining import MONTHS_A_PERIOD, AgeDay, JoiningTerms, LateJoining
from mutualaid_core.domain.scheme.parts import Part
from mutualaid_core.domain.scheme.policy import EffectivePolicy
from mutualaid_core.domain.scheme.policy.membership import JoinedBy, RefusalReason
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.rules.membership.dues import check_parts
from mutualaid_core.rules.membership.terms import cover_of, term_days, term_for, window_days, window_for
from mutualaid_core.rules.scheme.joining import (
    joining_faults,
    late_joining_faults,
    refusal_faults,
    rider_faults,
)

_WITHOUT_EMPLOYER: Final = frozenset({UnitKind.INDUSTRY_UNION, UnitKind.PLATFORM_UNION})


@attrs.frozen(kw_only=True)
class Asked:
    """What somebody who joins asks for (参加申请).

    Attributes:
        on: Day of joining, or of the payment once there is one.
        hired_on: First day of work, where it is told.
        counted_on: Roster date of the unit; who was hired after it is a new hire.
        months: Length of the term that is asked for; ``None`` for the one that applies.
        renews: Whether the period before was covered.
    """

    on: datetime.date
    hired_on: datetime.date | None = None
    counted_on: datetime.date | None = None
    months: int | None = None
    renews: bool = False


@attrs.frozen(kw_only=True)
class Place:
    """Place (参加安排): on what occasion, for how long, and with which days of cover.

    Attributes:
        joined_as: On what occasion.
        months: Length of the term.
        periods: Periods that it takes.
        cover: Days of cover in the first of them; the others are covered as a whole.
    """

    joined_as: JoinedAs
    months: int
    periods: int
    cover: DayRange


@implements("HN-3.1.2c", "GD-2.3.1c")
def way_of(kind: UnitKind | None) -> JoinedBy:
    """Who brings a member in through a unit: the union of a platform or an industry has no employer.

    Clause:
        HN-3.1.2c, GD-2.3.1c
    """
    return JoinedBy.PLATFORM if kind in _WITHOUT_EMPLOYER else JoinedBy.UNIT


@implements("HN-3.1.2c", "GD-2.3.1c")
def way_faults(way: JoinedBy, policy: EffectivePolicy, joining: JoiningTerms | None) -> tuple[Fault, ...]:
    """Why nobody may be brought in that way: the policy and the scheme must both allow it.

    Clause:
        HN-3.1.2c, GD-2.3.1c
    """
    faults = joining_faults(way, policy)
    if faults or joining is None or way in joining.ways:
        return faults
    rule = "must be " + " or ".join(own.value for own in joining.ways)
    clause = "HN-3.1.2c" if joining.ways == (JoinedBy.UNIT,) else "GD-2.3.1c"
    return (Fault(subject="joined_by", rule=rule, found=way.value, clause=clause),)


@implements("HN-3.1.2a", "SN-2.1.4b")
def confirmation_faults(
    subject: str, joining: JoiningTerms | None, *, confirmed: bool | None, consultation: str | None
) -> tuple[Fault, ...]:
    """What a list still lacks before it can be judged; it is held until then.

    Args:
        subject: The unit.
        joining: The joining terms; ``None`` where the version has none.
        confirmed: Whether the unit's union confirmed the list.
        consultation: Record of the workers' consultation.

    Clause:
        HN-3.1.2a, SN-2.1.4b
    """
    if joining is None:
        return ()
    faults = []
    if joining.needs_confirmation and not confirmed:
        rule = "must be confirmed by the union of the unit"
        faults.append(Fault(subject=subject, rule=rule, found="not confirmed", clause="HN-3.1.2a"))
    if joining.needs_consultation and consultation is None:
        rule = "must name the record of the workers' consultation"
        faults.append(Fault(subject=subject, rule=rule, found="none", clause="SN-2.1.4b"))
    return tuple(faults)


@implements("HN-2.1a")
def objection_faults(member_id: str, *, objects: bool) -> tuple[Fault, ...]:
    """Why somebody may not be enrolled with the others: nobody joins against their will.

    Clause:
        HN-2.1a
    """
    if not objects:
        return ()
    rule = "must not be on the list of those who object"
    return (Fault(subject=member_id, rule=rule, found="objects", clause="HN-2.1a"),)


@implements("HN-4.3.5d", "HN-4.4.2b")
def place_for(
    asked: Asked, joining: JoiningTerms | None, period: DayRange, policy: EffectivePolicy
) -> tuple[Place | None, tuple[Fault, ...]]:
    """The place that somebody gets in a period, or every reason why there is none.

    A version without joining terms takes everybody at any time, for the whole period. Where the
    policy lets nobody wait, it takes them up to the first day of the period alone: cover runs from
    00:00 of that day, so whoever comes on a later one could come from the hospital. The first day
    itself counts until its 24:00, as the last day of every window does.

    Args:
        asked: What is asked for.
        joining: The joining terms.
        period: Days of the period.
        policy: What the layers ask on the day.

    Returns:
        The place and no faults, or ``None`` with at least one.

    Clause:
        HN-4.3.5d, HN-4.4.2b
    """
    if joining is None:
        return _place_without_terms(asked, period, policy)
    window = window_for(joining, renews=asked.renews)
    days = None if window is None else window_days(window, period)
    occasion, is_late, faults = _occasion(asked, joining, days)
    term = term_for(joining, period, asked.on, is_late=is_late, months=asked.months)
    if term is None:
        return None, (*faults, _no_term(asked))
    own = term_days(term, period)
    cover = cover_of(joining.cover_start, own, asked.on, is_late=is_late)
    if cover is None:
        return None, (*faults, _no_cover(own))
    if not faults:
        last = asked.on if days is None else days.last_day
        faults = tuple(
            _about_joining(each) for each in late_joining_faults(cover, period, asked.on, last, policy)
        )
    place = Place(joined_as=occasion, months=term.months, periods=term.periods, cover=cover)
    return (None, faults) if faults else (place, ())


def _place_without_terms(
    asked: Asked, period: DayRange, policy: EffectivePolicy
) -> tuple[Place | None, tuple[Fault, ...]]:
    """The whole period; where nobody waits, for those alone who join by its first day."""
    occasion = JoinedAs.NEW_HIRE if _is_after_count(asked) else _at_the_window(asked)
    place = Place(joined_as=occasion, months=MONTHS_A_PERIOD, periods=1, cover=period)
    late = late_joining_faults(period, period, asked.on, period.first_day, policy)
    return (None if late else place), tuple(_about_joining(each) for each in late)


def _occasion(
    asked: Asked, joining: JoiningTerms, days: DayRange | None
) -> tuple[JoinedAs, bool, tuple[Fault, ...]]:
    """On what occasion, whether after the window, and why the day is none on which one joins."""
    at_window = JoinedAs.NEW_HIRE if _is_after_count(asked) else _at_the_window(asked)
    if days is None or asked.on in days:
        return at_window, False, ()
    if asked.on < days.first_day:
        return at_window, False, (_wrong_day(asked, f"must be >= {days.first_day.isoformat()}"),)
    if _joins_as_new_hire(asked, joining):
        return JoinedAs.NEW_HIRE, True, ()
    if joining.late is LateJoining.ACCEPT:
        return JoinedAs.LATE, True, ()
    rule = f"must be <= {days.last_day.isoformat()}"
    rule += ", or for the next period" if joining.late is LateJoining.NEXT_PERIOD else ""
    return JoinedAs.LATE, True, (_wrong_day(asked, rule),)


def _at_the_window(asked: Asked) -> JoinedAs:
    return JoinedAs.RENEWAL if asked.renews else JoinedAs.NEW


def _is_after_count(asked: Asked) -> bool:
    """Whether somebody was hired after the roster was counted."""
    if asked.hired_on is None or asked.counted_on is None:
        return False
    return asked.hired_on > asked.counted_on


def _joins_as_new_hire(asked: Asked, joining: JoiningTerms) -> bool:
    if joining.new_hires is None or asked.hired_on is None:
        return False
    return 0 <= (asked.on - asked.hired_on).days <= joining.new_hires.days_max


def _wrong_day(asked: Asked, rule: str) -> Fault:
    return Fault(subject="joined_on", rule=rule, found=asked.on.isoformat(), clause="HN-4.3.5d")


def _no_term(asked: Asked) -> Fault:
    rule = "must be within a term of the period"
    if asked.months is not None:
        rule = f"must be within a term of {asked.months} months"
    return _wrong_day(asked, rule)


def _no_cover(days: DayRange) -> Fault:
    rule = f"must begin by {days.last_day.isoformat()}"
    return Fault(subject="cover", rule=rule, found="after the term", clause="HN-4.3.5d")


def _about_joining(fault: Fault) -> Fault:
    """A fault of the payment as one of the day of joining, on which nothing is paid yet."""
    return attrs.evolve(fault, subject="joined_on") if fault.subject == "paid_on" else fault


@implements("ACFTU-2.1a")
def age_day(
    joining: JoiningTerms | None, *, cover: DayRange, period: DayRange, joined_on: datetime.date
) -> datetime.date:
    """The day on which ages are counted for who joins.

    Args:
        joining: The joining terms; without any, the first day of cover counts.
        cover: Days of cover.
        period: Days of the period.
        joined_on: Day of joining.

    Clause:
        ACFTU-2.1a
    """
    day = joining.age_on if joining else AgeDay.COVER_START
    if day is AgeDay.JOINING:
        return joined_on
    return period.first_day if day is AgeDay.PERIOD_START else cover.first_day


@implements("SN-2.2.2a", "SN-2.2.3a")
def holding_faults(
    member_id: str, held: tuple[str, ...], parts: tuple[Part, ...], policy: EffectivePolicy
) -> tuple[Fault, ...]:
    """Why somebody may not hold these parts together; each is about the member.

    Args:
        member_id: The member.
        held: Parts that are asked for.
        parts: Parts of the scheme.
        policy: What the layers ask on the day.

    Clause:
        SN-2.2.2a, SN-2.2.3a
    """
    asked = rider_faults(held, parts, policy)
    if asked:
        return tuple(
            attrs.evolve(each, subject=member_id, rule=f"{each.subject} {each.rule}") for each in asked
        )
    try:
        check_parts(held, parts)
    except InvalidValueError as error:
        rule, found = f"{error.field} {error.rule}", str(error.value)
        return (Fault(subject=member_id, rule=rule, found=found, clause="SN-2.2.3a"),)
    return ()


@implements("SN-2.2.2a")
def holding_outcome(faults: tuple[Fault, ...], *, is_enrolled: bool) -> Outcome:
    """What becomes of parts that may not be held so.

    Who joins is refused. Who is enrolled already, and whose main item was cancelled, is held: the
    rider stands until a person decides.

    Args:
        faults: What ``holding_faults`` found.
        is_enrolled: Whether the parts are held already.

    Clause:
        SN-2.2.2a
    """
    if not faults:
        return Outcome.PASS
    return Outcome.HOLD if is_enrolled else Outcome.REJECT


@implements("SN-2.1.4c")
def refusal_reason_faults(
    reason: RefusalReason, policy: EffectivePolicy, joining: JoiningTerms | None
) -> tuple[Fault, ...]:
    """Why a unit may not refuse its workers for that reason: policy and scheme may ban more than illness.

    Clause:
        SN-2.1.4c
    """
    faults = refusal_faults(reason, policy)
    if faults or joining is None or reason not in joining.refusals_banned:
        return faults
    rule = "must not be the reason of a refusal"
    return (Fault(subject="refusal", rule=rule, found=reason.value, clause="SN-2.1.4c"),)
