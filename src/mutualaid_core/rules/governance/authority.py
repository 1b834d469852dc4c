"""Authority (分级管理): each organisation acts on itself and on what stands below it, and on nothing else."""

import datetime

from mutualaid_core.clauses import implements
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.rules.membership.organisation.tree import Tree, path_of


@implements("ACFTU-S2.1")
def scope_faults(tree: Tree, own_id: str, wanted_id: str, day: datetime.date) -> tuple[Fault, ...]:
    """Why somebody of an organisation may not see or do anything for another one; empty where it may.

    Args:
        tree: The tree of organisations.
        own_id: Organisation of who asks.
        wanted_id: Organisation that is asked about.
        day: Day on which it is asked.

    Clause:
        ACFTU-S2.1
    """
    path = path_of(tree, wanted_id, day)
    if own_id in {step.organisation.organisation_id for step in path.steps}:
        return ()
    rule = f"must stand below {own_id} on {day.isoformat()}, or be it"
    return (Fault(subject=wanted_id, rule=rule, found="elsewhere", clause="ACFTU-S2.1"),)
