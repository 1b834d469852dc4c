"""Gifts (赠送互助保障): who may give, to whom, and that the giver bears the whole of the dues."""

import datetime
from collections.abc import Iterator
from typing import Final

import attrs

from mutualaid_core.clauses import implements
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.contribution import PayerShare
from mutualaid_core.domain.membership.gift import GIVERS, GiftProgramme
from mutualaid_core.domain.scheme.dues import FundingSource
from mutualaid_core.domain.scheme.policy.fund import Gift
from mutualaid_core.domain.values.identifiers import MemberId, PolicyId, UnitId

CLAUSE: Final = "SN-2.1.5"


@attrs.frozen(kw_only=True)
class GiftTerms:
    """What a gift programme is to be (赠送方案), before it is judged.

    Attributes:
        programme_id: Id.
        payer: Who is to pay; ``None`` for the mutual fund itself.
        groups: Groups of workers.
        quota: Most persons.
        year: Calendar year in which its period begins.
    """

    programme_id: str
    payer: FundingSource | None
    groups: tuple[str, ...]
    quota: int
    year: int


@implements("SN-2.1.5")
def programme_faults(
    terms: GiftTerms, allowed: tuple[Gift, ...], payers: tuple[FundingSource, ...]
) -> tuple[Fault, ...]:
    """Why a gift programme may not be founded; empty where it may.

    Where the policy has a gift for the year, the programme keeps to its payer, its number of
    groups and its quota; a policy that says nothing of the year sets none of these.

    Args:
        terms: What the programme is to be.
        allowed: The policy's gifts, of all years.
        payers: Who may bear dues of the scheme.

    Clause:
        SN-2.1.5
    """
    gift = next((each for each in allowed if each.year == terms.year), None)
    found = [*_payer_faults(terms, payers)]
    if gift is not None:
        found += _policy_faults(terms, gift)
    return tuple(found)


def _payer_faults(terms: GiftTerms, payers: tuple[FundingSource, ...]) -> Iterator[Fault]:
    name = _name(terms)
    if terms.payer not in GIVERS:
        rule = "must be paid by " + " or ".join(giver.value for giver in GIVERS) + ", never by the fund"
        yield _fault(terms.programme_id, rule, name)
    elif terms.payer not in payers:
        rule = "must be paid by " + " or ".join(payer.value for payer in payers)
        yield Fault(subject=terms.programme_id, rule=rule, found=name, clause="HN-4.3.1")


def _policy_faults(terms: GiftTerms, gift: Gift) -> Iterator[Fault]:
    if terms.payer in GIVERS and terms.payer is not gift.payer:
        yield _fault(terms.programme_id, f"must be paid by {gift.payer.value} in {gift.year}", _name(terms))
    if len(terms.groups) > gift.groups:
        yield _fault(terms.programme_id, f"must name at most {gift.groups} groups", str(len(terms.groups)))
    if terms.quota > gift.persons:
        rule = f"must give to at most {gift.persons} persons in {gift.year}"
        yield _fault(terms.programme_id, rule, str(terms.quota))


def _name(terms: GiftTerms) -> str:
    return terms.payer.value if terms.payer else "mutual_fund"


def _fault(subject: str, rule: str, found: str) -> Fault:
    return Fault(subject=subject, rule=rule, found=found, clause=CLAUSE)


@attrs.frozen(kw_only=True)
class YearQuota:
    """Quota of a year (年度名额) that one layer of the policy sets, for all schemes below that layer.

    Attributes:
        policy_id: The layer.
        persons: Most persons of the year.
        taken: Places that the programmes founded before take of it.
    """

    policy_id: PolicyId
    persons: int
    taken: int


@implements("SN-2.1.5", "ACFTU-18.1")
def year_faults(terms: GiftTerms, quotas: tuple[YearQuota, ...]) -> tuple[Fault, ...]:
    """Why a programme asks for more places than a layer has left for the year.

    Args:
        terms: What the programme is to be.
        quotas: What each layer sets for its year.

    Clause:
        SN-2.1.5, ACFTU-18.1
    """
    return tuple(
        _fault(
            terms.programme_id,
            f"must keep to the {each.persons - each.taken} persons left of {each.persons} "
            f"in {terms.year} by {each.policy_id}",
            str(terms.quota),
        )
        for each in quotas
        if each.taken and terms.quota + each.taken > each.persons
    )


@implements("SN-2.1.5", "SN-2.3.4b")
def resolution_faults(terms: GiftTerms, resolution: str | None) -> tuple[Fault, ...]:
    """Why a programme is held: whoever gives names the decision on which that rests.

    Args:
        terms: What the programme is to be.
        resolution: Number of the decision; ``None`` where none is named.

    Clause:
        SN-2.1.5, SN-2.3.4b
    """
    if resolution is not None:
        return ()
    rule = "must name the resolution on which it rests"
    return (Fault(subject=terms.programme_id, rule=rule, found="none", clause="SN-2.3.4b"),)


@implements("SN-2.1.5", "HN-4.1.2a")
def giving_day_faults(
    programme: GiftProgramme, unit_id: UnitId, judged_on: datetime.date, on: datetime.date
) -> tuple[Fault, ...]:
    """Why no place may be given on a day: the programme was not founded yet, or the unit not judged.

    Args:
        programme: The programme.
        unit_id: Unit through which places are given.
        judged_on: Day on which the unit was judged, by a roster of that or an earlier day.
        on: Business day of the act.

    Clause:
        SN-2.1.5, HN-4.1.2a
    """
    first_days = (
        (programme.programme_id, programme.founded_on or judged_on, CLAUSE),
        (unit_id, judged_on, "HN-4.1.2a"),
    )
    return tuple(
        Fault(
            subject=subject,
            rule=f"must be given on or after {first.isoformat()}",
            found=on.isoformat(),
            clause=clause,
        )
        for subject, first, clause in first_days
        if on < first
    )


@implements("SN-2.1.5")
def group_faults(member_id: MemberId, group: str, programme: GiftProgramme) -> tuple[Fault, ...]:
    """Why a person may not be given; empty where the person is tagged in one of the groups.

    Args:
        member_id: The person.
        group: Group on the roster; empty for none.
        programme: The programme.

    Clause:
        SN-2.1.5
    """
    if group in programme.groups:
        return ()
    rule = f"must be in one of the {len(programme.groups)} groups of {programme.programme_id}"
    return (_fault(member_id, rule, "another group" if group else "no group"),)


@implements("SN-2.1.5")
def quota_faults(member_id: MemberId, given: int, programme: GiftProgramme) -> tuple[Fault, ...]:
    """Why one more person is held; empty while the quota lasts.

    Args:
        member_id: The person.
        given: Persons who hold a place of the programme already.
        programme: The programme.

    Clause:
        SN-2.1.5
    """
    if given < programme.quota:
        return ()
    rule = f"must be within the {programme.quota} persons of {programme.programme_id}"
    return (_fault(member_id, rule, f"number {given + 1}"),)


@implements("SN-2.1.5")
def gift_split_faults(
    member_id: MemberId, split: tuple[PayerShare, ...], programme: GiftProgramme
) -> tuple[Fault, ...]:
    """Why a contribution does not pay for a gift; empty where the giver bears all of it.

    Args:
        member_id: The member to whom the place was given.
        split: Who bore the contribution; who bore nothing may be named.
        programme: The programme that gave the place.

    Clause:
        SN-2.1.5
    """
    others = [part.payer.value for part in split if part.amount and part.payer is not programme.payer]
    if not others:
        return ()
    rule = f"must be paid wholly by {programme.payer.value}, by {programme.programme_id}"
    return (_fault(member_id, rule, ", ".join(others)),)
