"""Correcting (更正): what was typed wrongly of an enrolment is set right by a further entry."""

import datetime

import attrs

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.change import Change, ChangeKind
from mutualaid_core.domain.membership.enrolment import Enrolment, EnrolmentState
from mutualaid_core.domain.membership.workflow import Action, Side
from mutualaid_core.domain.scheme.eligibility import Employment, InsuranceType
from mutualaid_core.domain.scheme.policy import EffectivePolicy
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.domain.values.personal import paper_number
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.rules.membership.eligibility import check_eligible
from mutualaid_core.rules.membership.history import history_of, with_change
from mutualaid_core.rules.membership.joining import holding_faults, holding_outcome
from mutualaid_core.rules.membership.renewal import is_continued
from mutualaid_core.rules.membership.terms import first_cover_day
from mutualaid_core.rules.membership.workflow import decided_faults, fee_faults
from mutualaid_core.services.membership.continuity.dependants import dependants, own_waiting, replace_all
from mutualaid_core.services.membership.continuity.resting import claims_on, order_faults
from mutualaid_core.services.membership.correction.fees import Terms, facts_now, fee_now
from mutualaid_core.services.membership.correction.judged import (
    EnrolmentJudged,
    Known,
    Named,
    judged,
    known_of,
    table_faults,
)
from mutualaid_core.services.membership.ruling import ruling_of
from mutualaid_core.services.standing import version_for
from mutualaid_core.work import Done, Host, Purpose, Work, perform


@attrs.frozen(kw_only=True)
class CorrectEnrolment:
    """Command: what was typed wrongly of an enrolment; ``None`` for what was right.

    Attributes:
        named: Which enrolment.
        insurance_type: Basic insurance.
        employment: Form of employment.
        shares: Shares held.
        parts: Parts of the scheme that are held.
        cover_from: First day of cover.
        paper: Paper on which it rests; no name and no ID number.
    """

    named: Named
    insurance_type: InsuranceType | None = None
    employment: Employment | None = None
    shares: int | None = None
    parts: tuple[str, ...] | None = None
    cover_from: datetime.date | None = None
    paper: str = attrs.field(validator=paper_number)


def correct_enrolment(host: Host, act: Act, command: CorrectEnrolment) -> Done[EnrolmentJudged]:
    """Set an enrolment right by a further entry; what stood before stays in its history.

    Refused where the corrected facts cost something else than what was paid, and where a claim
    rests on what would change. A main item cancelled beside its rider is held for a person.
    Where all of it stood so before, nothing is noted.

    Raises:
        NotFoundError: There is no such period.
        VersionGapError: Not exactly one version is in force when the period begins.

    Clause:
        HN-4.3.5b, HN-4.3.4b, HN-4.3.5d, SN-2.2.2a
    """
    named = command.named

    def decide(work: Work) -> EnrolmentJudged:
        known = known_of(work, named)
        before = known.enrolment
        faults = (
            *table_faults(known, named, Action.CORRECT, Side.OFFICE),
            *order_faults(act, before, known.paid),
            *_cover_faults(command, known),
        )
        if faults or before is None:
            return judged(before, faults)
        after = _corrected(command, before)
        if after.cover != before.cover:
            after = attrs.evolve(after, waits_from=own_waiting(work, host, before, after.cover.first_day))
        if stands_so(command, before):
            # Nothing was wrong: an entry in the history would tell of a correction that was none.
            return judged(before, ())
        version = version_for(work, host.store, named.scheme_id, known.period.cover.first_day)
        policy = ruling_of(work, named.scheme_id, act.business_on)
        faults = (
            *_start_faults(command, known, policy),
            *_first_day_faults(command, known, version),
            *_terms_faults(work, after, known, version),
            *_claim_faults(work, host, before, after),
        )
        is_moved = (after.cover, after.waits_from) != (before.cover, before.waits_from)
        later, unmoved = dependants(work, host, act, before, after) if is_moved else ((), ())
        faults = (*faults, *unmoved)
        parts = holding_faults(named.member_id, after.parts, version.parts, policy)
        if faults or parts:
            held = holding_outcome(parts, is_enrolled=True)
            return judged(before, (*faults, *parts), outcome=Outcome.REJECT if faults else held)
        noted = _noted(command, act, before, after)
        replace_all(work, (noted, *later))
        return judged(noted, ())

    purpose = Purpose(
        name="correct_enrolment", subject=named.member_id, chain=named.scheme_id, answer=EnrolmentJudged
    )
    return perform(host, act, purpose, command, decide)


def stands_so(command: CorrectEnrolment, enrolment: Enrolment) -> bool:
    """Whether all that a correction tells is how the enrolment stands.

    Args:
        command: What is told.
        enrolment: The enrolment.
    """
    return _corrected(command, enrolment) == attrs.evolve(enrolment, history=())


def _corrected(command: CorrectEnrolment, before: Enrolment) -> Enrolment:
    """The enrolment as it was right all along; only what it says is looked at, never its history."""
    cover = DayRange(command.cover_from or before.cover.first_day, before.cover.last_day)
    waits_from = min(before.waits_from, cover.first_day) if before.waits_from else None
    return attrs.evolve(
        before,
        insurance_type=command.insurance_type or before.insurance_type,
        employment=command.employment or before.employment,
        shares=before.shares if command.shares is None else command.shares,
        parts=before.parts if command.parts is None else command.parts,
        cover=cover,
        waits_from=waits_from,
        history=(),
    )


def _cover_faults(command: CorrectEnrolment, known: Known) -> tuple[Fault, ...]:
    """Why cover cannot begin on that day, whatever the terms."""
    first, enrolment = command.cover_from, known.enrolment
    if enrolment is not None and enrolment.state is EnrolmentState.ENDED and not enrolment.is_active:
        who = command.named.member_id
        return (Fault(subject=who, rule="must be alive", found="died", clause="HN-4.3.5c"),)
    if first is None or enrolment is None:
        return ()
    days = DayRange(known.period.cover.first_day, enrolment.cover.last_day)
    if first in days:
        return ()
    rule = f"must be covered from a day of {days.first_day.isoformat()} to {days.last_day.isoformat()}"
    who = command.named.member_id
    return (Fault(subject=who, rule=rule, found=first.isoformat(), clause="HN-4.3.5d"),)


def _start_faults(command: CorrectEnrolment, known: Known, policy: EffectivePolicy) -> tuple[Fault, ...]:
    """Why cover cannot begin late: where nobody waits it begins with the period (HN-4.4.2b)."""
    first, begins = command.cover_from, known.period.cover.first_day
    if first is None or first == begins or policy.policy.benefit.waiting_days_max != 0:
        return ()
    rule, who = f"must be covered from {begins.isoformat()}", command.named.member_id
    return (Fault(subject=who, rule=rule, found=first.isoformat(), clause="HN-4.3.5d"),)


def _first_day_faults(command: CorrectEnrolment, known: Known, version: SchemeVersion) -> tuple[Fault, ...]:
    """Why cover cannot begin so early, or so late: not on the day that term, window and payment give.

    The dues pay for the whole of the term from that day on, so that no correction takes days of it
    away (ACFTU-2.3b). Days that stand already may stay.
    """
    first, before = command.cover_from, known.enrolment
    if first is None or before is None:
        return ()
    begins = _due_first_day(before, known, version)
    own = before.cover.first_day
    if first < min(begins, own):
        rule = f"must be covered from {min(begins, own).isoformat()} or later, by term, window and payment"
        return (Fault(subject=before.member_id, rule=rule, found=first.isoformat(), clause="HN-4.3.5d"),)
    if first > max(begins, own):
        rule = f"must be covered from {max(begins, own).isoformat()} or earlier: dues pay for the whole term"
        return (Fault(subject=before.member_id, rule=rule, found=first.isoformat(), clause="ACFTU-2.3b"),)
    return ()


def _due_first_day(before: Enrolment, known: Known, version: SchemeVersion) -> datetime.date:
    """First day of cover by the term, the window, the day of joining and that of the payment."""
    period, joining = known.period.cover, version.joining
    if joining is None:
        return period.first_day
    days = (known.paid.received_on if known.paid else None, before.joined_on)
    renews, months = is_continued(before), before.term_months
    allowed = [
        first_cover_day(joining, period, day, months=months, renews=renews) for day in days if day is not None
    ]
    return max(allowed, default=period.first_day)


def _terms_faults(work: Work, after: Enrolment, known: Known, version: SchemeVersion) -> tuple[Fault, ...]:
    """Why the corrected facts do not fit the terms, or cost something else than what was paid."""
    terms = Terms(period=known.period, version=version)
    facts = facts_now(work, after, terms)
    try:
        check_eligible(after.insurance_type, after.employment, version.eligibility, facts)
        fee = fee_now(after, facts, terms)
    except InvalidValueError as error:
        rule, found = f"{error.field} {error.rule}", str(error.value)
        clause = error.clause or "ACFTU-2.1a"
        return (Fault(subject=after.member_id, rule=rule, found=found, clause=clause),)
    return fee_faults(after.member_id, known.paid.amount if known.paid else None, fee)


def _claim_faults(work: Work, host: Host, before: Enrolment, after: Enrolment) -> tuple[Fault, ...]:
    """Why that on which claims rest may not change: shares, parts and days of cover."""
    rests_on = (after.shares, after.parts, after.cover) != (before.shares, before.parts, before.cover)
    return decided_faults(before.member_id, claims_on(work, host, before)) if rests_on else ()


def _noted(command: CorrectEnrolment, act: Act, before: Enrolment, after: Enrolment) -> Enrolment:
    """The corrected enrolment with the entry that tells what was wrong.

    The entry holds from the latest day from which something holds, so that the units before stay
    in the history as they were.
    """
    ended = before.state is EnrolmentState.ENDED
    change = Change(
        kind=ChangeKind.CORRECTED,
        holds_from=max(each.holds_from for each in history_of(before)),
        known_on=act.business_on,
        unit_id=None if ended else before.unit_id,
        cover=after.cover,
        cause=f"{command.paper}: {_told(before, after)}",
        held=after.held,
    )
    facts = attrs.evolve(before, insurance_type=after.insurance_type, employment=after.employment)
    return with_change(facts, change)


def _told(before: Enrolment, after: Enrolment) -> str:
    """What was corrected, as short words; nothing of it is personal."""
    pairs = (
        ("insurance_type", before.insurance_type.value, after.insurance_type.value),
        ("employment", before.employment.value, after.employment.value),
        ("shares", str(before.shares), str(after.shares)),
        ("parts", ",".join(before.parts) or "none", ",".join(after.parts) or "none"),
        ("cover_from", before.cover.first_day.isoformat(), after.cover.first_day.isoformat()),
    )
    changed = [f"{name} {old} -> {new}" for name, old, new in pairs if old != new]
    return "; ".join(changed) or "nothing"
