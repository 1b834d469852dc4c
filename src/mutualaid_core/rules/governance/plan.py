"""Plan (发展规划): how much of a year's target was reached, and who has no target."""

import attrs

from mutualaid_core.clauses import implements
from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.governance.plan import PlanTarget
from mutualaid_core.domain.values.identifiers import PoolId
from mutualaid_core.rules.membership.coverage.rate import Rate, rate


@attrs.frozen(kw_only=True)
class PlanJudged:
    """How far a plan was carried out (规划完成情况).

    Attributes:
        outcome: ``PASS``, or ``FLAG`` for a region without a plan for the year.
        completion: Members as a share of the target, which may be above 1.
        faults: That there is no plan.
    """

    outcome: Outcome
    completion: Rate
    faults: tuple[Fault, ...]


@implements("ACFTU-4.3b")
def plan_completion(targets: tuple[PlanTarget, ...], pool_id: PoolId, year: int, actual: int) -> PlanJudged:
    """How far a region came in a year.

    Args:
        targets: Every target that is known; one for a region and year.
        pool_id: Pooling region.
        year: The year.
        actual: Members that it had.

    Clause:
        ACFTU-4.3b
    """
    own = [each for each in targets if (each.pool_id, each.year) == (pool_id, year)]
    if len(own) == 1:
        return PlanJudged(outcome=Outcome.PASS, completion=rate(actual, own[0].persons), faults=())
    rule, found = f"must have one plan for {year}", str(len(own))
    fault = Fault(subject=pool_id, rule=rule, found=found, clause="ACFTU-4.3b")
    return PlanJudged(outcome=Outcome.FLAG, completion=rate(actual, None), faults=(fault,))
