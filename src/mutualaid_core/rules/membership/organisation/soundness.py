"""Soundness (组织数据核查): whether terms, parents and division codes of a tree go together.

What rests on the digits of a code or on the tree itself is refused. What rests on a row of
the table of codes that is only remembered is flagged.
"""

import datetime
from collections.abc import Iterable, Iterator

import attrs

from mutualaid_core.clauses import implements
from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.organisation import (
    Organisation,
    OrganisationKind,
    OrganisationLevel,
    OrganisationTerm,
)
from mutualaid_core.domain.values.divisions import Certainty, DivisionLevel, level_of_code
from mutualaid_core.domain.values.identifiers import DivisionCode
from mutualaid_core.rules.membership.organisation.tree import (
    Tree,
    clause_of_place,
    level_faults,
    organisation_on,
    path_of,
    standing_on,
)
from mutualaid_core.rules.scheme.divisions import DivisionTable, doubt_of, is_within

_WITH_PLACE = frozenset({OrganisationLevel.PROVINCE, OrganisationLevel.POOL, OrganisationLevel.COUNTY})


@attrs.frozen(kw_only=True)
class Finding:
    """A fault, and how sure it is."""

    fault: Fault
    certainty: Certainty = Certainty.FOUND


@attrs.frozen(kw_only=True)
class Judged:
    """Answer: ``REJECT`` for a sure fault, ``FLAG`` where all rest on memory, else ``PASS``."""

    outcome: Outcome
    faults: tuple[Fault, ...]


def judged(findings: Iterable[Finding]) -> Judged:
    """What *findings* come to; the sure ones first, each once."""
    found = sorted(findings, key=lambda finding: finding.certainty is not Certainty.FOUND)
    faults = tuple(dict.fromkeys(finding.fault for finding in found))
    if not found:
        return Judged(outcome=Outcome.PASS, faults=())
    is_sure = found[0].certainty is Certainty.FOUND
    return Judged(outcome=Outcome.REJECT if is_sure else Outcome.FLAG, faults=faults)


@implements("ACFTU-4.2a", "ACFTU-18.2", "HN-3.2.1a", "SN-1.1")
def tree_judged(tree: Tree, divisions: DivisionTable, only: Iterable[str] | None = None) -> Judged:
    """Judge every term of a tree: parents, levels, days and division codes, all faults at once.

    Args:
        tree: The tree.
        divisions: Division codes.
        only: Ids of those to be judged, with their place in the whole; ``None`` for all.

    Clause:
        ACFTU-4.2a, ACFTU-18.2, HN-3.2.1a, SN-1.1
    """
    ids = sorted(tree.organisations) if only is None else sorted(set(only))
    each = (tree.organisations[one] for one in ids)
    return judged(
        finding for one in each for term in one.terms for finding in findings_of(tree, one, term, divisions)
    )


def findings_of(
    tree: Tree, organisation: Organisation, term: OrganisationTerm, divisions: DivisionTable
) -> Iterator[Finding]:
    """What is wrong with one term of an organisation."""
    for fault in _place_faults(tree, organisation, term):
        yield Finding(fault=fault)
    yield from _division_findings(tree, organisation, term, divisions)


def _place_faults(tree: Tree, organisation: Organisation, term: OrganisationTerm) -> Iterator[Fault]:
    if term.parent_id is None:
        return
    own, clause = organisation.organisation_id, clause_of_place(organisation)
    parent = tree.organisations.get(term.parent_id)
    if parent is None:
        yield Fault(subject=own, rule="must have a parent that exists", found=term.parent_id, clause=clause)
        return
    yield from level_faults(organisation, parent)
    missing = first_day_without(parent, term)
    if missing is not None:
        rule = f"must have a parent that stands on {missing.isoformat()}"
        yield Fault(subject=own, rule=rule, found=f"{term.parent_id} not standing", clause=clause)
    elif any(
        fault.rule == "must not stand under itself" for fault in path_of(tree, own, term.first_day).faults
    ):
        yield Fault(subject=own, rule="must not stand under itself", found=term.parent_id, clause=clause)


def first_day_without(parent: Organisation, term: OrganisationTerm) -> datetime.date | None:
    """The first day of *term* on which *parent* does not stand; ``None`` where it always does."""
    day = term.first_day
    while (covering := organisation_on(parent, day)) is not None:
        if covering.last_day is None or (term.last_day is not None and term.last_day <= covering.last_day):
            return None
        day = covering.last_day + datetime.timedelta(days=1)
    return day


def _division_findings(
    tree: Tree, organisation: Organisation, term: OrganisationTerm, divisions: DivisionTable
) -> Iterator[Finding]:
    own = organisation.organisation_id
    if term.division is None:
        if organisation.kind is OrganisationKind.GEOGRAPHIC and organisation.level in _WITH_PLACE:
            rule = "must have a division code as a geographic organisation"
            yield Finding(fault=Fault(subject=own, rule=rule, found="none", clause="ACFTU-18.2"))
        return
    yield from _level_findings(organisation, term.division)
    yield from doubt_findings(own, divisions, term.division, term.first_day)
    parent = None if term.parent_id is None else standing_on(tree, term.parent_id, term.first_day)
    # Where a unit is registered is asked of the unit itself, under the policy of its pool (HN-4.1.1a).
    if parent is not None and parent.term.division is not None and organisation.level in _WITH_PLACE:
        yield from _within_findings(organisation, term, parent.term.division, divisions)


def _level_findings(organisation: Organisation, division: DivisionCode) -> Iterator[Finding]:
    own, level = organisation.organisation_id, level_of_code(division)
    if organisation.level is OrganisationLevel.POOL and level is DivisionLevel.COUNTY:
        yield Finding(fault=county_pool_fault(own, division))
    if organisation.level is OrganisationLevel.PROVINCE and level is not DivisionLevel.PROVINCE:
        rule = "must have the code of a province"
        yield Finding(fault=Fault(subject=own, rule=rule, found=division, clause="HN-3.2.1a"))


def county_pool_fault(subject: str, division: DivisionCode) -> Fault:
    """That a county is no pool."""
    rule = "must pool at the level of a prefecture or a province"
    return Fault(subject=subject, rule=rule, found=f"{division}, a county", clause="ACFTU-4.2a")


def doubt_findings(
    subject: str, divisions: DivisionTable, division: DivisionCode, day: datetime.date
) -> Iterator[Finding]:
    """What the table has against a code on *day*."""
    doubt = doubt_of(divisions, division, day)
    if doubt is not None:
        rule = f"must have a division code that holds on {day.isoformat()}"
        fault = Fault(subject=subject, rule=rule, found=f"{division} {doubt.found}", clause="ACFTU-18.2")
        yield Finding(fault=fault, certainty=doubt.certainty)


def _within_findings(
    organisation: Organisation, term: OrganisationTerm, around: DivisionCode, divisions: DivisionTable
) -> Iterator[Finding]:
    own, division = organisation.organisation_id, term.division or around
    clause = clause_of_place(organisation)
    within = is_within(divisions, division, around, term.first_day)
    if not within.is_so:
        rule = f"must lie in {around}, where its parent is"
        fault = Fault(subject=own, rule=rule, found=division, clause=clause)
        yield Finding(fault=fault, certainty=within.certainty)
    elif organisation.level is OrganisationLevel.COUNTY and division == around:
        rule = f"must have a division code below {around}, where its parent is"
        yield Finding(fault=Fault(subject=own, rule=rule, found=division, clause=clause))
