"""Readiness (启动条件): what a region still lacks before a scheme may start there."""

import attrs

from mutualaid_core.clauses import implements
from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.governance.readiness import Checklist, ParameterBasis, ReadinessItem
from mutualaid_core.domain.scheme.policy import EffectivePolicy
from mutualaid_core.domain.scheme.region import PoolingRegion


@attrs.frozen(kw_only=True)
class ReadinessJudged:
    """How far a region is ready (启动条件核对结果).

    Attributes:
        outcome: ``PASS``, or ``HOLD`` until the last item is there.
        done: Items that are there.
        of: Items in all.
        faults: The items that are missing.
    """

    outcome: Outcome
    done: int
    of: int
    faults: tuple[Fault, ...]


@implements("ACFTU-4.1")
def readiness(checklist: Checklist) -> ReadinessJudged:
    """How far a region is ready; the size of the pool is counted, the other items are shown.

    Clause:
        ACFTU-4.1
    """
    faults = tuple(fault for item in ReadinessItem for fault in _missing(checklist, item))
    return ReadinessJudged(
        outcome=Outcome.HOLD if faults else Outcome.PASS,
        done=len(ReadinessItem) - len(faults),
        of=len(ReadinessItem),
        faults=faults,
    )


def _missing(checklist: Checklist, item: ReadinessItem) -> tuple[Fault, ...]:
    if item is ReadinessItem.POOL_SIZE:
        is_there = checklist.lives >= checklist.lives_min
        rule, found = f"must have at least {checklist.lives_min} persons", str(checklist.lives)
    else:
        is_there = item in {each.item for each in checklist.shown}
        rule, found = f"must show its {item.value}", "none"
    if is_there:
        return ()
    return (Fault(subject=checklist.pool_id, rule=rule, found=found, clause="ACFTU-4.1"),)


@implements("ACFTU-3.1c")
def basis_faults(
    basis: ParameterBasis | None, region: PoolingRegion, policy: EffectivePolicy
) -> tuple[Fault, ...]:
    """Why a scheme may not start in a region: its parameters are not its own, or rest on nothing.

    Args:
        basis: Note on what they rest on; ``None`` where there is none.
        region: The region.
        policy: What the policies above the scheme ask on the day.

    Clause:
        ACFTU-3.1c
    """
    faults = []
    if not any(origin.policy_id == policy.policy_id for origin in policy.origins):
        faults.append(_of_region(region, "must have a set of parameters in force", policy.policy_id))
    if basis is None:
        faults.append(_of_region(region, "must have a note on what its parameters rest on", "none"))
    elif (basis.pool_id, basis.policy_id) != (region.pool_id, policy.policy_id):
        rule = f"must have a note on its own parameters, those of {policy.policy_id}"
        faults.append(_of_region(region, rule, f"{basis.policy_id} for {basis.pool_id}"))
    return tuple(faults)


def _of_region(region: PoolingRegion, rule: str, found: str) -> Fault:
    return Fault(subject=region.pool_id, rule=rule, found=found, clause="ACFTU-3.1c")
