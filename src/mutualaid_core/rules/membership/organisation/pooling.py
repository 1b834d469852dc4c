"""Pools (统筹区) of a tree: whether one may be a pool, and how many there are."""

import datetime

import attrs

from mutualaid_core.clauses import implements
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.organisation import OrganisationLevel
from mutualaid_core.domain.scheme.region import PoolingRegion
from mutualaid_core.domain.values.divisions import DivisionLevel, level_of_code
from mutualaid_core.domain.values.identifiers import DivisionCode
from mutualaid_core.rules.membership.organisation.soundness import (
    Finding,
    Judged,
    county_pool_fault,
    doubt_findings,
    findings_of,
    judged,
)
from mutualaid_core.rules.membership.organisation.tree import Tree, path_of, standings_below
from mutualaid_core.rules.scheme.divisions import DivisionTable


@attrs.frozen(kw_only=True)
class PoolCount:
    """Count of pools (统筹区数量) below an organisation.

    Attributes:
        pools: Ids of the pools, in order.
        divisions: The different codes of prefectures among them, in order.
        without_division: Ids of the pools that have no prefecture's code of their own.
    """

    pools: tuple[str, ...]
    divisions: tuple[DivisionCode, ...]
    without_division: tuple[str, ...]


@implements("HN-3.2.1b", "ACFTU-18.2")
def pools_below(tree: Tree, organisation_id: str, day: datetime.date) -> PoolCount:
    """The pools below an organisation on *day*; those without a prefecture's code are not dropped.

    Clause:
        HN-3.2.1b, ACFTU-18.2
    """
    pools = {
        each.organisation.organisation_id: each.term.division
        for each in standings_below(tree, organisation_id, day)
        if each.organisation.level is OrganisationLevel.POOL
    }
    own = {
        pool: code
        for pool, code in pools.items()
        if code is not None and level_of_code(code) is DivisionLevel.PREFECTURE
    }
    return PoolCount(
        pools=tuple(sorted(pools)),
        divisions=tuple(sorted(set(own.values()))),
        without_division=tuple(sorted(pools.keys() - own.keys())),
    )


@implements("ACFTU-4.2a", "ACFTU-18.2", "HN-3.2.1b")
def pool_judged(tree: Tree, organisation_id: str, day: datetime.date, divisions: DivisionTable) -> Judged:
    """Judge whether an organisation may be a pool on *day*: its level, its code, and who supervises it.

    Args:
        tree: The tree.
        organisation_id: The pool.
        day: The day.
        divisions: Division codes.

    Clause:
        ACFTU-4.2a, ACFTU-18.2, HN-3.2.1b
    """
    path = path_of(tree, organisation_id, day)
    findings = [Finding(fault=fault) for fault in path.faults]
    if path.steps:
        pool = path.steps[0]
        if pool.organisation.level is not OrganisationLevel.POOL:
            rule, found = "must be a pool", pool.organisation.level.value
            fault = Fault(subject=organisation_id, rule=rule, found=found, clause="ACFTU-4.2a")
            findings.append(Finding(fault=fault))
        findings += findings_of(tree, pool.organisation, pool.term, divisions)
    return judged(findings)


@implements("ACFTU-4.2a", "ACFTU-18.2")
def region_judged(region: PoolingRegion, divisions: DivisionTable, day: datetime.date) -> Judged:
    """Judge the division code of a pooling region on *day*: no county pools, no code that has ended.

    Clause:
        ACFTU-4.2a, ACFTU-18.2
    """
    if region.division is None:
        return judged(())
    findings = [*doubt_findings(region.pool_id, divisions, region.division, day)]
    if level_of_code(region.division) is DivisionLevel.COUNTY:
        findings.append(Finding(fault=county_pool_fault(region.pool_id, region.division)))
    return judged(findings)
