"""Pools: what may be one, and how many there are."""

import datetime
from collections.abc import Callable

import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.membership.organisation import (
    Organisation,
    OrganisationKind,
    OrganisationLevel,
)
from mutualaid_core.domain.scheme.region import PoolingRegion, PoolLevel, PoolType
from mutualaid_core.rules.membership.organisation.pooling import (
    pool_judged,
    pools_below,
    region_judged,
)
from mutualaid_core.rules.membership.organisation.tree import Tree, tree_of
from mutualaid_core.rules.scheme.divisions import DivisionTable

ON = datetime.date(2014, 6, 1)
LEVEL, KIND = OrganisationLevel, OrganisationKind


def test_pools_without_a_code_are_counted(tree: Tree) -> None:
    """The pools of a province and of the nation must be told apart by code, and none be dropped."""
    hunan, nation = (pools_below(tree, above, ON) for above in ("hunan", "nation"))
    assert (hunan.pools, hunan.divisions, hunan.without_division) == (
        ("changsha", "organs"),
        ("430100",),
        ("organs",),
    )
    assert nation.pools == ("changsha", "organs", "rail")


def test_organs_with_the_code_of_their_province_have_none_of_their_own(
    unions: tuple[Organisation, ...], union: Callable[..., Organisation]
) -> None:
    """A province's code must not count as that of a prefecture."""
    organs = union("organs", LEVEL.POOL, "hunan", "430000", kind=KIND.ORGANS)
    count = pools_below(tree_of((*unions, organs)), "hunan", ON)
    assert (count.divisions, count.without_division) == (("430100",), ("organs",))


@pytest.mark.parametrize(
    ("own", "outcome", "clauses"),
    [
        ("changsha", Outcome.PASS, []),
        ("rail", Outcome.PASS, []),
        ("county", Outcome.REJECT, ["ACFTU-4.2a"]),
        ("nobody", Outcome.REJECT, ["HN-3.2.1a"]),
    ],
)
def test_what_may_be_a_pool(
    tree: Tree, divisions: DivisionTable, own: str, outcome: Outcome, clauses: list[str]
) -> None:
    """A pool must pass, anything else and nothing at all be refused."""
    found = pool_judged(tree, own, ON, divisions)
    assert (found.outcome, [fault.clause for fault in found.faults]) == (outcome, clauses)


@pytest.mark.parametrize(
    ("division", "outcome"),
    [
        ("430100", Outcome.PASS),
        ("430121", Outcome.REJECT),
        ("430122", Outcome.REJECT),
        ("439900", Outcome.FLAG),
        (None, Outcome.PASS),
    ],
)
def test_the_code_of_a_region(divisions: DivisionTable, division: str | None, outcome: Outcome) -> None:
    """A county and a code that ended must be refused, one that is not known be flagged."""
    kind = PoolType.INDUSTRY if division is None else PoolType.GEOGRAPHIC
    region = PoolingRegion(
        pool_id="P", name="池", type=kind, level=PoolLevel.CITY, division=division, supervisor="省总工会"
    )
    assert region_judged(region, divisions, ON).outcome is outcome
