"""Judging a renewal (续保审核): the same for the list of who is due and for the act itself."""

import datetime
from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

import attrs

from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.contribution import Contribution
from mutualaid_core.domain.membership.enrolment import Enrolment, JoinedAs
from mutualaid_core.domain.membership.member import Member
from mutualaid_core.domain.membership.unit import Unit
from mutualaid_core.domain.scheme.period import Period
from mutualaid_core.domain.scheme.policy import Policy
from mutualaid_core.domain.scheme.policy.product import FundingPattern
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.domain.values.identifiers import MemberId, PoolId
from mutualaid_core.domain.values.money import Money
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.rules.membership.dues import dues_of, holdings_of
from mutualaid_core.rules.membership.eligibility import check_eligible
from mutualaid_core.rules.membership.facts import MemberFacts, facts_of
from mutualaid_core.rules.membership.joining import age_day
from mutualaid_core.rules.membership.renewal import (
    Continuity,
    DueReason,
    Expiring,
    continuity_of,
    due_reasons,
    facts_at_entry,
    first_time_at,
)
from mutualaid_core.rules.membership.terms import fee_of
from mutualaid_core.serialization.records import key_of

Entity = TypeVar("Entity")


class Finder(Protocol):
    """Finds entities by key: inside a work, so that they are checked at commit, or outside."""

    def __call__(self, cls: type[Entity], keys: Sequence[str], /) -> dict[str, Entity]:
        """Entities by key; a missing one is absent."""
        ...


@attrs.frozen(kw_only=True)
class Passage:
    """Passage (换期) from one period of a scheme to the next.

    Attributes:
        old: Period that runs out.
        new: Period that follows.
        version: Version in force when the new one begins.
        policy: What the policies ask.
        pool_id: Pooling region of the scheme.
    """

    old: Period
    new: Period
    version: SchemeVersion
    policy: Policy
    pool_id: PoolId

    def old_key(self, member_id: MemberId) -> str:
        """Key of what a member has in the old period."""
        return key_of(self.old.scheme_id, self.old.period_id, member_id)

    def new_key(self, member_id: MemberId) -> str:
        """Key of what a member has in the new period."""
        return key_of(self.new.scheme_id, self.new.period_id, member_id)


@attrs.frozen(kw_only=True)
class Candidate:
    """What is known of one member (续保对象).

    Attributes:
        enrolment: Enrolment in the old period.
        paid: Its contribution; ``None`` where nothing was settled.
        member: The member; ``None`` where nobody of that pseudonym is known.
        unit: Unit of the member; ``None`` where it is not known.
        renewed: Enrolment in the new period; ``None`` where there is none.
    """

    enrolment: Enrolment
    paid: Contribution | None
    member: Member | None
    unit: Unit | None
    renewed: Enrolment | None


def candidates(find: Finder, passage: Passage, enrolments: Iterable[Enrolment]) -> dict[MemberId, Candidate]:
    """What is known of the members of these enrolments, read in four look-ups.

    Args:
        find: Finds entities by key.
        passage: From which period to which.
        enrolments: Their enrolments in the old period.
    """
    own = {each.member_id: each for each in enrolments}
    paid = find(Contribution, [passage.old_key(member_id) for member_id in own])
    settled = {key: each for key, each in paid.items() if each.is_settled}
    renewed = find(Enrolment, [passage.new_key(member_id) for member_id in own])
    members = find(Member, list(own))
    units = find(Unit, sorted({each.unit_id for each in own.values()}))
    return {
        member_id: Candidate(
            enrolment=each,
            paid=settled.get(passage.old_key(member_id)),
            member=members.get(member_id),
            unit=units.get(each.unit_id),
            renewed=renewed.get(passage.new_key(member_id)),
        )
        for member_id, each in own.items()
    }


@attrs.frozen(kw_only=True)
class Wanted:
    """What a member is to hold in the new period (续保内容).

    Attributes:
        parts: Parts of the scheme.
        shares: Shares.
        months: Length of the term.
        cover: Days of cover.
        joined_on: Day of the renewal.
        joined_as: On what occasion: a renewal, or late after its window.
    """

    parts: tuple[str, ...]
    shares: int
    months: int
    cover: DayRange
    joined_on: datetime.date
    joined_as: JoinedAs


@attrs.frozen(kw_only=True)
class Verdict:
    """Verdict (续保结论) on one member.

    Attributes:
        reasons: Why the member is due, or is not; all of them.
        continuity: Whether cover counts as unbroken.
        fee: What the new period costs this member; ``None`` where its terms do not admit the member.
        terms_fault: Which of the terms does not.
    """

    reasons: tuple[DueReason, ...]
    continuity: Continuity
    fee: Money | None
    terms_fault: Fault | None


def verdict_on(candidate: Candidate, passage: Passage, wanted: Wanted) -> Verdict:
    """Whether a member is due, whether cover goes on, and what it costs.

    Where the rates tell new members from others, the fee is that of a continuing one for a renewal
    in its window, and for whose cover goes on; it is what the payment is held against.

    Args:
        candidate: What is known of the member.
        passage: From which period to which.
        wanted: What the member is to hold.
    """
    joining = passage.version.joining
    earlier = candidate.enrolment if candidate.paid else None
    first_day = wanted.cover.first_day
    continuity = continuity_of(earlier, first_day, joining.renewal if joining else None)
    waits_from = continuity.waits_from if continuity.is_kept else None
    is_first = first_time_at(wanted.joined_as, waits_from, first_day)
    fee = _fee(candidate, passage, wanted, is_first=is_first)
    return Verdict(
        reasons=due_reasons(
            Expiring(
                enrolment=candidate.enrolment,
                last_day=passage.old.cover.last_day,
                is_paid=candidate.paid is not None,
                in_pool=candidate.unit is not None and candidate.unit.pool_id == passage.pool_id,
                gifts_continue=_gifts_continue(passage.policy),
                is_eligible=isinstance(fee, Money),
                renewed=candidate.renewed,
            )
        ),
        continuity=continuity,
        fee=fee if isinstance(fee, Money) else None,
        terms_fault=fee if isinstance(fee, Fault) else None,
    )


def _gifts_continue(policy: Policy) -> bool:
    return FundingPattern.GIFT_THEN_INDIVIDUAL in (policy.contribution.patterns or ())


def _fee(candidate: Candidate, passage: Passage, wanted: Wanted, *, is_first: bool) -> Money | Fault:
    """What the member would pay, or why the new terms do not admit the member."""
    enrolment, version = candidate.enrolment, passage.version
    facts = facts_at_entry(_facts(candidate, passage, wanted), first_time=is_first)
    holdings = holdings_of(wanted.parts, wanted.shares)
    try:
        check_eligible(enrolment.insurance_type, enrolment.employment, version.eligibility, facts)
        return fee_of(dues_of(holdings, version.dues, facts), version.joining, wanted.months)
    except InvalidValueError as error:
        return Fault(
            subject=enrolment.member_id,
            rule=f"{error.field} {error.rule}",
            found=str(error.value),
            clause=error.clause or "ACFTU-2.1a",
        )


def _facts(candidate: Candidate, passage: Passage, wanted: Wanted) -> MemberFacts:
    """What the rates of the new period may ask of a member."""
    member = candidate.member
    facts = MemberFacts()
    if member is not None:
        on = age_day(
            passage.version.joining,
            cover=wanted.cover,
            period=passage.new.cover,
            joined_on=wanted.joined_on,
        )
        insurance_type = candidate.enrolment.insurance_type
        facts = facts_of(member.sex, member.birth_date, insurance_type, wanted.shares, on)
    return facts
