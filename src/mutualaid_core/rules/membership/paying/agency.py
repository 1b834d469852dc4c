"""Agency money (代收款): who may collect, what may be passed on, and which agency is flagged."""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping

import attrs

from mutualaid_core.clauses import implements
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.organisation import Organisation, OrganisationLevel
from mutualaid_core.domain.membership.paying.agency import AgencyCollection
from mutualaid_core.domain.values.identifiers import EntryId, PeriodId
from mutualaid_core.domain.values.money import ZERO, Money, total
from mutualaid_core.rules.membership.organisation.tree import organisation_on


@attrs.frozen(kw_only=True)
class PassedPart:
    """What an agency passes on of one collection (上缴明细).

    Attributes:
        remittance_id: The collection.
        amount: How much of it.
    """

    remittance_id: EntryId
    amount: Money


@attrs.frozen(kw_only=True)
class PassingOn:
    """What an agency passes on at once (上缴).

    Attributes:
        agency_id: The agency.
        period_id: Period whose contributions they were.
        received: What the bank shows.
        on: Business day.
        parts: Of which collections it is.
    """

    agency_id: str
    period_id: PeriodId
    received: Money
    on: datetime.date
    parts: tuple[PassedPart, ...]


@attrs.frozen(kw_only=True)
class AgencyDue:
    """What an agency owes (代办机构在途款).

    Attributes:
        agency_id: The agency.
        amount: What it still has of all its collections.
        since: Day of the oldest of them.
        days: Days from that one to the day that is asked about.
        collections: The collections, the oldest first.
    """

    agency_id: str
    amount: Money
    since: datetime.date
    days: int
    collections: tuple[AgencyCollection, ...]


@implements("ACFTU-2.3b", "SN-1.1")
def collecting_faults(
    agency: Organisation | None, agency_id: str, collected_on: datetime.date, on: datetime.date
) -> tuple[Fault, ...]:
    """Why somebody may not have collected for the fund: no agency on that day, or a day to come.

    Args:
        agency: The organisation of that id; ``None`` where there is none.
        agency_id: Its id.
        collected_on: Day on which it is said to have had the money.
        on: Business day.

    Clause:
        ACFTU-2.3b, SN-1.1
    """
    faults = []
    if agency is None:
        faults.append(_agency_fault(agency_id, "must be a known organisation", "none"))
    elif agency.level is not OrganisationLevel.AGENCY:
        faults.append(_agency_fault(agency_id, "must be an agency", agency.level.value))
    elif organisation_on(agency, collected_on) is None:
        rule = f"must stand on {collected_on.isoformat()}"
        faults.append(_agency_fault(agency_id, rule, "not there"))
    if collected_on > on:
        rule, found = f"must be <= {on.isoformat()}", collected_on.isoformat()
        faults.append(Fault(subject="collected_on", rule=rule, found=found, clause="ACFTU-2.3b"))
    return tuple(faults)


def _agency_fault(agency_id: str, rule: str, found: str) -> Fault:
    return Fault(subject=agency_id, rule=rule, found=found, clause="SN-1.1")


@implements("ACFTU-2.3b")
def passing_faults(passing: PassingOn, collections: Mapping[EntryId, AgencyCollection]) -> tuple[Fault, ...]:
    """Why money cannot be booked as passed on: it must be owed, and its parts must add up to it.

    Args:
        passing: What the agency passes on.
        collections: The collections that it names, by their remittances.

    Clause:
        ACFTU-2.3b
    """
    faults = []
    if not passing.parts:
        faults.append(_fault(passing.agency_id, "must name what it passes on", "none"))
    elif (named := total(part.amount for part in passing.parts)) != passing.received:
        rule = f"must add up to the {passing.received} received"
        faults.append(_fault(passing.agency_id, rule, str(named)))
    times = Counter(part.remittance_id for part in passing.parts)
    faults += [
        _fault(remittance_id, "must be named once", f"{count} times")
        for remittance_id, count in times.items()
        if count > 1
    ]
    for part in passing.parts:
        faults += _part_faults(part, passing, collections[part.remittance_id])
    return tuple(faults)


def _part_faults(part: PassedPart, passing: PassingOn, collection: AgencyCollection) -> list[Fault]:
    faults = []
    own = (collection.agency_id, collection.period_id)
    if own != (passing.agency_id, passing.period_id):
        rule = f"must be of {passing.agency_id} for {passing.period_id}"
        faults.append(_fault(part.remittance_id, rule, f"{own[0]} for {own[1]}"))
    if not ZERO < part.amount <= collection.due:
        rule = f"must be above 0.00 and at most the {collection.due} due"
        faults.append(_fault(part.remittance_id, rule, str(part.amount)))
    if passing.on < collection.told_on:
        rule = f"must be >= {collection.told_on.isoformat()}"
        faults.append(_fault("business_on", rule, passing.on.isoformat()))
    return faults


def _fault(subject: str, rule: str, found: str) -> Fault:
    return Fault(subject=subject, rule=rule, found=found, clause="ACFTU-2.3b")


@implements("HN-4.3.5b", "ACFTU-2.3b")
def giving_back_faults(collection: AgencyCollection | None, on: datetime.date) -> tuple[Fault, ...]:
    """Why money of a collection may not go back on a day: some of it was passed on later.

    Args:
        collection: The collection; ``None`` for money that came through no agency.
        on: Business day.

    Clause:
        HN-4.3.5b, ACFTU-2.3b
    """
    parts = () if collection is None else collection.parts
    last = max((part.on for part in parts), default=on)
    if on >= last:
        return ()
    rule = f"must be >= {last.isoformat()}"
    return (Fault(subject="business_on", rule=rule, found=on.isoformat(), clause="HN-4.3.5b"),)


@implements("HN-4.3.5b", "ACFTU-2.3b")
def share_of_agency(collection: AgencyCollection | None, amount: Money) -> Money:
    """What of money that goes back comes out of what an agency still has; the bank gives the rest.

    Args:
        collection: The collection; ``None`` for money that came through no agency.
        amount: What goes back in all.

    Clause:
        HN-4.3.5b, ACFTU-2.3b
    """
    return ZERO if collection is None else min(amount, collection.due)


@implements("ACFTU-2.3b")
def agency_dues(collections: Iterable[AgencyCollection], on: datetime.date) -> tuple[AgencyDue, ...]:
    """What each agency owes on a day, by days and amounts; an agency that owes nothing is left out.

    Args:
        collections: Collections of one scheme, in any order.
        on: The day; what was collected later is not owed yet.

    Clause:
        ACFTU-2.3b
    """
    by_agency: dict[str, list[AgencyCollection]] = {}
    for each in collections:
        if each.due and each.collected_on <= on:
            by_agency.setdefault(each.agency_id, []).append(each)
    return tuple(_due_of(agency_id, by_agency[agency_id], on) for agency_id in sorted(by_agency))


def _due_of(agency_id: str, own: list[AgencyCollection], on: datetime.date) -> AgencyDue:
    ordered = sorted(own, key=lambda each: (each.collected_on, each.remittance_id))
    since = ordered[0].collected_on
    return AgencyDue(
        agency_id=agency_id,
        amount=total(each.due for each in ordered),
        since=since,
        days=(on - since).days,
        collections=tuple(ordered),
    )


@implements("ACFTU-2.3b")
def due_faults(dues: Iterable[AgencyDue]) -> tuple[Fault, ...]:
    """The finding against each agency that has money of the fund; cover stands all the same.

    Args:
        dues: What each agency owes.

    Clause:
        ACFTU-2.3b
    """
    return tuple(
        _fault(
            due.agency_id,
            "must pass on what it collected",
            f"{due.amount} due, the oldest since {due.since.isoformat()}, {due.days} days",
        )
        for due in dues
    )
