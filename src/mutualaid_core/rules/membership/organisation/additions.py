"""Additions (续期): an organisation changes by further terms, and what was written stays."""

import datetime

import attrs

from mutualaid_core.clauses import implements
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.organisation import Organisation, OrganisationTerm
from mutualaid_core.domain.values.dates import add_days


@implements("ACFTU-11.1b")
def addition_faults(before: Organisation, after: Organisation) -> tuple[Fault, ...]:
    """What *after* alters of *before*; empty where it only adds terms or ends the last one.

    Clause:
        ACFTU-11.1b
    """
    changed = [
        (f"must stay {old.value}", new.value)
        for old, new in ((before.level, after.level), (before.kind, after.kind))
        if old is not new
    ]
    kept = [term for term in before.terms if term.last_day is not None]
    lost = [term for term in kept if term not in after.terms]
    changed += [(f"must keep its term from {term.first_day.isoformat()}", "another one") for term in lost]
    going_on = before.terms[-1]
    if going_on.last_day is None and not any(_ends(going_on, term) for term in after.terms):
        rule = f"must keep its term from {going_on.first_day.isoformat()}, or end it"
        changed.append((rule, "another one"))
    first_new = before.terms[-1].first_day
    inserted = [term for term in after.terms if term.first_day < first_new and term not in kept]
    changed += [("must add terms after those that it has", term.first_day.isoformat()) for term in inserted]
    own = before.organisation_id
    return tuple(Fault(subject=own, rule=rule, found=found, clause="ACFTU-11.1b") for rule, found in changed)


def _ends(term: OrganisationTerm, other: OrganisationTerm) -> bool:
    """Whether *other* is *term*, with or without a last day."""
    return attrs.evolve(other, last_day=None) == term


def moved(organisation: Organisation, term: OrganisationTerm) -> Organisation:
    """The organisation with a further term; the one that goes on ends on the day before it.

    Raises:
        InvalidValueError: The new term does not begin after all others.
    """
    last = organisation.terms[-1]
    if last.last_day is None:
        last = attrs.evolve(last, last_day=add_days(term.first_day, -1))
    return attrs.evolve(organisation, terms=(*organisation.terms[:-1], last, term))


def closed(organisation: Organisation, last_day: datetime.date) -> Organisation:
    """The organisation with its last term ended.

    Raises:
        InvalidValueError: *last_day* is before the first day of that term.
    """
    last = attrs.evolve(organisation.terms[-1], last_day=last_day)
    return attrs.evolve(organisation, terms=(*organisation.terms[:-1], last))
