"""Soundness (组织数据核查): whether terms, parents and division codes of a tree go together.

What rests on the digits of a code or on the tree itself is refused. What rests on a row of
the table of codes that is only remembered is flagged.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping

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
from mutualaid_core.domain.values.dates import add_days
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

_ALONE = frozenset({OrganisationLevel.PROVINCE, OrganisationLevel.POOL})
"""Levels at which one geographic organisation has a code; development zones share that of their county."""

_WITH_PLACE = _ALONE | {OrganisationLevel.COUNTY}


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
    every = [(tree.organisations[one], term) for one in ids for term in tree.organisations[one].terms]
    alike = _by_division(tree)
    return judged(
        finding
        for one, term in every
        for finding in (*findings_of(tree, one, term, divisions), *_alike_findings(alike, one, term))
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
    yield from _end_findings(own, term, term.division, divisions)
    if term.parent_id is None or organisation.level not in _WITH_PLACE:
        # Where a unit is registered is asked of the unit itself, under the policy of its pool (HN-4.1.1a).
        return
    for day in _days_of_parent(tree, term.parent_id, term):
        parent = standing_on(tree, term.parent_id, day)
        if parent is not None and parent.term.division is not None:
            yield from _within_findings(organisation, term, parent.term.division, divisions, day)


def _days_of_parent(tree: Tree, parent_id: str, term: OrganisationTerm) -> Iterator[datetime.date]:
    """The first day of a term, and those in it on which its parent changes."""
    yield term.first_day
    parent = tree.organisations.get(parent_id)
    for other in () if parent is None else parent.terms:
        if other.first_day != term.first_day and other.first_day in term:
            yield other.first_day


def _end_findings(
    own: str, term: OrganisationTerm, division: DivisionCode, divisions: DivisionTable
) -> Iterator[Finding]:
    """That the code of a term ends while the term goes on: a flag, however sure the end is.

    Codes are abandoned by the state and not by the union, so what was entered before stays right.
    """
    for row in divisions.rows.get(division, ()):
        last = row.valid_to
        if last is None or last not in term or last in {term.last_day, datetime.date.max}:
            continue
        for finding in doubt_findings(own, divisions, division, add_days(last, 1)):
            yield attrs.evolve(finding, certainty=Certainty.FROM_MEMORY)


_Alike = Mapping[tuple[OrganisationLevel, str], list[tuple[str, OrganisationTerm]]]


def _by_division(tree: Tree) -> _Alike:
    """The terms of geographic provinces and pools, by level and code."""
    found: dict[tuple[OrganisationLevel, str], list[tuple[str, OrganisationTerm]]] = {}
    for own, each in tree.organisations.items():
        if each.level in _ALONE and each.kind is OrganisationKind.GEOGRAPHIC:
            for term in each.terms:
                if term.division is not None:
                    found.setdefault((each.level, term.division), []).append((own, term))
    return found


def _alike_findings(alike: _Alike, organisation: Organisation, term: OrganisationTerm) -> Iterator[Finding]:
    """That another province or pool has the same code on days of a term: a flag, told once."""
    own = organisation.organisation_id
    if organisation.kind is not OrganisationKind.GEOGRAPHIC or term.division is None:
        return
    for other, others_term in alike.get((organisation.level, term.division), ()):
        if other != own and (others_term.first_day in term or term.first_day in others_term):
            rule = f"should be the only one at its level with the code {term.division}"
            fault = Fault(subject=own, rule=rule, found=other, clause="HN-3.2.1a")
            yield Finding(fault=fault, certainty=Certainty.FROM_MEMORY)
            return


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
    organisation: Organisation,
    term: OrganisationTerm,
    around: DivisionCode,
    divisions: DivisionTable,
    day: datetime.date,
) -> Iterator[Finding]:
    own, division = organisation.organisation_id, term.division or around
    clause = clause_of_place(organisation)
    within = is_within(divisions, division, around, day)
    if not within.is_so:
        rule = f"must lie in {around}, where its parent is"
        fault = Fault(subject=own, rule=rule, found=division, clause=clause)
        yield Finding(fault=fault, certainty=within.certainty)
    elif organisation.level is OrganisationLevel.COUNTY and division == around:
        rule = f"must have a division code below {around}, where its parent is"
        yield Finding(fault=Fault(subject=own, rule=rule, found=division, clause=clause))
