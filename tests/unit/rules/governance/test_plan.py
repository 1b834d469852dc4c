"""Plan: one target for a region and year."""

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.plan import PlanTarget
from mutualaid_core.rules.governance.plan import plan_completion

TARGET = PlanTarget(pool_id="P", year=2025, persons=100, document="规划")


def test_more_than_the_target_is_told() -> None:
    """A region above its target must be told with more than 100 %."""
    assert plan_completion((TARGET,), "P", 2025, 150).completion.shown(1) == "150.0 %"


def test_two_plans_of_a_year_are_flagged() -> None:
    """Two targets for one region and year must be flagged, for nobody knows which holds."""
    done = plan_completion((TARGET, TARGET), "P", 2025, 150)
    assert (done.outcome, [fault.found for fault in done.faults]) == (Outcome.FLAG, ["2"])
