"""Fees (应缴额): what a place costs by what is known of it now, and places that were paid otherwise."""

import attrs

from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.contribution import Contribution
from mutualaid_core.domain.membership.enrolment import Enrolment
from mutualaid_core.domain.membership.member import Member
from mutualaid_core.domain.scheme.period import Period
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.money import Money
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.rules.membership.dues import dues_of, holdings_of
from mutualaid_core.rules.membership.facts import MemberFacts, facts_of
from mutualaid_core.rules.membership.joining import age_day
from mutualaid_core.rules.membership.renewal import facts_at_entry, is_first_time
from mutualaid_core.rules.membership.terms import fee_of
from mutualaid_core.rules.membership.workflow import first_fee_flags
from mutualaid_core.serialization.records import key_of
from mutualaid_core.services.standing import period_of, version_for
from mutualaid_core.work import Host, Work


@attrs.frozen(kw_only=True)
class Terms:
    """By what a place is judged (参加条件).

    Attributes:
        period: Its period.
        version: Version in force when it begins.
    """

    period: Period
    version: SchemeVersion


def facts_now(work: Work, place: Enrolment, terms: Terms) -> MemberFacts:
    """Facts of the member of a place on the day on which ages count.

    Args:
        work: The work of the act.
        place: The place as it is now.
        terms: By what it is judged.
    """
    member = work.get(Member, place.member_id)
    joining = terms.version.joining
    joined_on = place.joined_on or place.cover.first_day
    on = age_day(joining, cover=place.cover, period=terms.period.cover, joined_on=joined_on)
    facts = facts_of(member.sex, member.birth_date, place.insurance_type, place.shares, on)
    return facts_at_entry(facts, first_time=is_first_time(place))


def fee_now(place: Enrolment, facts: MemberFacts, terms: Terms) -> Money:
    """What a place costs.

    Args:
        place: The place as it is now.
        facts: Facts of its member.
        terms: By what it is judged.

    Raises:
        InvalidValueError: There is no price for it.
    """
    due = dues_of(holdings_of(place.parts, place.shares), terms.version.dues, facts)
    return fee_of(due, terms.version.joining, place.term_months)


def fee_flags(work: Work, host: Host, later: tuple[Enrolment, ...]) -> tuple[Fault, ...]:
    """Later places that cost something else than what was paid, since the earlier one is void.

    Args:
        work: The work of the act.
        host: Store, clock and keys.
        later: Later places as they are now.

    Raises:
        VersionGapError: Not exactly one version is in force when a period begins.

    Clause:
        HN-4.3.4b, HN-4.3.5b
    """
    flags: list[Fault] = []
    for place in later:
        paid = work.find(Contribution, key_of(place.scheme_id, place.period_id, place.member_id))
        if paid is None or not paid.is_settled:
            continue
        period = period_of(work, place.scheme_id, place.period_id)
        version = version_for(work, host.store, place.scheme_id, period.cover.first_day)
        terms = Terms(period=period, version=version)
        try:
            fee = fee_now(place, facts_now(work, place, terms), terms)
        except InvalidValueError as error:
            found, rule = str(error.value), f"{error.field} {error.rule}"
            flags.append(Fault(subject=place.member_id, rule=rule, found=found, clause="HN-4.3.4b"))
        else:
            flags += first_fee_flags(place.member_id, place.period_id, paid.amount, fee)
    return tuple(flags)
