"""Founding: a scheme that conforms is put into force whole, another one not at all."""

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.scheme.period import Period
from mutualaid_core.domain.scheme.policy import Policy
from mutualaid_core.domain.scheme.region import PoolType
from mutualaid_core.domain.scheme.scheme import Scheme
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.errors import AlreadyExistsError
from mutualaid_core.services.founding import founding_faults
from mutualaid_core.testing.samples import FOUNDING, PERIOD_RECORD, POLICY, SCHEME_RECORD, VERSION, yuan
from mutualaid_core.testing.world import World
from mutualaid_core.work import read_all

SECOND = attrs.evolve(
    FOUNDING,
    scheme=attrs.evolve(SCHEME_RECORD, scheme_id="HN-B"),
    version=attrs.evolve(VERSION, scheme_id="HN-B"),
    period=attrs.evolve(PERIOD_RECORD, scheme_id="HN-B"),
)
"""Another scheme under the same policy, in the same pool."""


def test_a_scheme_that_conforms_is_in_force() -> None:
    """Policy, scheme, version and period must be in the store."""
    world = World()
    assert world.found().outcome is Outcome.PASS
    for cls, entity in (
        (Policy, POLICY),
        (Scheme, SCHEME_RECORD),
        (SchemeVersion, VERSION),
        (Period, PERIOD_RECORD),
    ):
        assert list(read_all(world.store, cls)) == [entity]


def test_a_scheme_that_does_not_conform_leaves_no_record() -> None:
    """A version with a deductible must be refused with its fault, and nothing be stored."""
    benefit = attrs.evolve(VERSION.benefit, deductible=yuan(300))
    world = World(founding=attrs.evolve(FOUNDING, version=attrs.evolve(VERSION, benefit=benefit)))
    done = world.found()
    assert (done.outcome, [fault.clause for fault in done.faults]) == (Outcome.REJECT, ["HN-4.4.2a"])
    assert list(read_all(world.store, Scheme)) == []


def test_faults_of_every_kind_are_told_at_once() -> None:
    """Faults of version, pool and parts must come together."""
    bad = attrs.evolve(
        FOUNDING,
        version=attrs.evolve(VERSION, dues=attrs.evolve(VERSION.dues, amount=yuan(39))),
        region=attrs.evolve(FOUNDING.region, type=PoolType.INDUSTRY),
        scheme=attrs.evolve(SCHEME_RECORD, pool_id="430100"),
    )
    assert [fault.subject for fault in founding_faults(bad)] == [
        "dues.amount",
        "region.type",
        "scheme.pool_id",
    ]


def test_a_second_scheme_shares_policy_and_pool(world: World) -> None:
    """A second scheme under the same policy must be founded beside the first."""
    second = World(world.store, SECOND, name="second")
    assert second.found().outcome is Outcome.PASS
    assert len(list(read_all(world.store, Scheme))) == 2


def test_a_policy_of_other_content_is_not_overwritten(world: World) -> None:
    """A second scheme that brings the policy with another title must be refused."""
    policy = attrs.evolve(POLICY, title="另一文件")
    second = World(world.store, attrs.evolve(SECOND, policy=policy), name="second")
    with pytest.raises(AlreadyExistsError, match="policy 'HN-2013' already exists"):
        second.found()


def test_a_scheme_is_founded_once(world: World) -> None:
    """Founding the same scheme under another key must be refused."""
    with pytest.raises(AlreadyExistsError, match="scheme 'HN-A' already exists"):
        world.found()
