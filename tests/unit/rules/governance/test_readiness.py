"""Readiness: what is done is counted, and parameters are the region's own."""

import datetime

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.readiness import Checklist, ItemShown, ParameterBasis, ReadinessItem
from mutualaid_core.domain.scheme.policy import Policy
from mutualaid_core.rules.governance.readiness import basis_faults, readiness
from mutualaid_core.rules.scheme.layers import effective_policy
from mutualaid_core.testing.samples import POLICY, REGION

DAY = datetime.date(2014, 1, 2)
BASIS = ParameterBasis(
    pool_id=REGION.pool_id,
    policy_id=POLICY.policy_id,
    economy="统计公报",
    protection="医保公报",
    workforce="工会统计",
)


@pytest.mark.parametrize(("lives", "done", "outcome"), [(9_999, 5, Outcome.HOLD), (10_000, 6, Outcome.PASS)])
def test_the_size_of_the_pool_is_counted(lives: int, done: int, outcome: Outcome) -> None:
    """A paper must not stand for the size of the pool: the persons themselves are counted."""
    shown = tuple(ItemShown(item=item, document="附件") for item in ReadinessItem)
    checklist = Checklist(pool_id="P", shown=shown, lives=lives, lives_min=10_000, lives_source="市总工会")
    found = readiness(checklist)
    assert (found.done, found.of, found.outcome) == (done, 6, outcome)


def test_own_parameters_with_a_basis_are_free() -> None:
    """A region with parameters of its own and a note on them must pass."""
    assert basis_faults(BASIS, REGION, effective_policy((POLICY,), DAY)) == ()


@pytest.mark.parametrize(
    ("basis", "found"),
    [
        (None, "none"),
        (attrs.evolve(BASIS, policy_id="X"), "X for 430500"),
        (attrs.evolve(BASIS, pool_id="Y"), "HN-2013 for Y"),
    ],
)
def test_a_note_is_on_the_regions_own_parameters(basis: ParameterBasis | None, found: str) -> None:
    """No note, one on another policy and one of another region must be refused."""
    (fault,) = basis_faults(basis, REGION, effective_policy((POLICY,), DAY))
    assert fault.found == found


def test_a_policy_that_says_nothing_is_no_set_of_parameters() -> None:
    """A region whose policy sets nothing must be refused, whatever the note says."""
    silent = Policy(policy_id="CITY", title="市级办法", valid_from=DAY)
    basis = attrs.evolve(BASIS, policy_id="CITY")
    (fault,) = basis_faults(basis, REGION, effective_policy((silent,), DAY))
    assert fault.rule == "must have a set of parameters in force"
