"""Founding: a scheme that conforms is put into force whole, another one not at all."""

import datetime
from pathlib import Path

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.scheme.benefit.steps import Deductible
from mutualaid_core.domain.scheme.period import Period
from mutualaid_core.domain.scheme.policy import Cite, Policy
from mutualaid_core.domain.scheme.policy.fund import FundTerms
from mutualaid_core.domain.scheme.region import PoolType
from mutualaid_core.domain.scheme.scheme import Scheme
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.errors import AlreadyExistsError
from mutualaid_core.intake.document import read_document
from mutualaid_core.intake.structure import structure
from mutualaid_core.services.founding import (
    Founded,
    PublishPolicy,
    founding_faults,
    open_period,
    publish_policy,
)
from mutualaid_core.testing.samples import (
    FOUNDED_ON,
    FOUNDING,
    PERIOD_RECORD,
    POLICY,
    SCHEME_RECORD,
    VERSION,
    rated,
    version_with,
    yuan,
)
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
        (Period, attrs.evolve(PERIOD_RECORD, opened_on=FOUNDED_ON)),
    ):
        assert list(read_all(world.store, cls)) == [entity]


def test_a_scheme_that_does_not_conform_leaves_no_record() -> None:
    """A version with a deductible must be refused with its fault, and nothing be stored."""
    benefit = VERSION.benefits[0]
    deductible = Deductible(amount=yuan(300), source="HN-4.4.2a")
    version = version_with(attrs.evolve(benefit, steps=(deductible, *benefit.steps)))
    cites = (Cite(field="deductible_max", source="HN-4.4.2a"),)
    policy = attrs.evolve(POLICY, benefit=attrs.evolve(POLICY.benefit, cites=cites))
    world = World(founding=attrs.evolve(FOUNDING, policy=policy, version=version))
    done = world.found()
    assert (done.outcome, [fault.clause for fault in done.faults]) == (Outcome.REJECT, ["HN-4.4.2a"])
    assert list(read_all(world.store, Scheme)) == []


def test_faults_of_every_kind_are_told_at_once() -> None:
    """Faults of version, pool and parts must come together."""
    bad = attrs.evolve(
        FOUNDING,
        version=attrs.evolve(VERSION, dues=rated(amount=39)),
        region=attrs.evolve(FOUNDING.region, type=PoolType.INDUSTRY),
        scheme=attrs.evolve(SCHEME_RECORD, pool_id="430100"),
    )
    assert [fault.subject for fault in founding_faults(bad)] == [
        "dues.rates[0].amount",
        "region.type",
        "scheme.pool_id",
    ]


@pytest.mark.clause("ACFTU-4.2a")
def test_a_county_is_not_founded_as_a_pool() -> None:
    """The code of a county must be refused as that of a pool, whatever supervises it."""
    county = attrs.evolve(FOUNDING.region, division="430121")
    faults = founding_faults(attrs.evolve(FOUNDING, region=county))
    assert [fault.clause for fault in faults] == ["ACFTU-4.2a"]


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


REGULATIONS = Path(__file__).parents[3] / "src" / "mutualaid_core" / "regulations"


def regulation(name: str) -> Policy:
    """A shipped regulation."""
    policy = structure(read_document(REGULATIONS / f"{name}.yaml"), Policy)
    assert policy is not None
    return policy


FLOOR, HUNAN = regulation("ACFTU-2018"), regulation("HN-2013")
CITY = Policy(
    policy_id="CITY",
    title="市级实施办法",
    valid_from=datetime.date(2013, 10, 31),
    extends=attrs.evolve(HUNAN.extends, policy="HN-2013", from_day=datetime.date(2013, 10, 31)),
)
"""A city that says nothing of its own under the guidance."""

UNDER_CITY = attrs.evolve(
    FOUNDING,
    policy=CITY,
    scheme=attrs.evolve(SCHEME_RECORD, policy_id="CITY"),
    version=attrs.evolve(VERSION, policy_id="CITY"),
)


def published(world: World, *policies: Policy) -> list[Founded]:
    """What publishing some policies one after the other answers."""
    commands = [PublishPolicy(policy=policy) for policy in policies]
    return [publish_policy(world.host, world.act(), command).result for command in commands]


@pytest.mark.clause("ACFTU-18.1")
def test_policies_are_published_from_the_top() -> None:
    """Floor, province and city must each pass under what is there already."""
    world = World(founding=UNDER_CITY)
    assert [done.outcome for done in published(world, FLOOR, HUNAN, CITY)] == [Outcome.PASS] * 3
    assert world.found().outcome is Outcome.PASS
    assert {policy.policy_id for policy in read_all(world.store, Policy)} == {"ACFTU-2018", "HN-2013", "CITY"}


def test_a_missing_layer_is_refused() -> None:
    """A policy must be refused before the one that it extends, for itself and for a scheme."""
    world = World(founding=UNDER_CITY)
    (done,) = published(world, HUNAN)
    founded = world.found()
    assert [str(fault) for fault in done.faults] == [
        "extends.policy of HN-2013 must be another policy, published first, got ACFTU-2018 [ACFTU-18.1]"
    ]
    assert (founded.outcome, [fault.found for fault in founded.faults]) == (Outcome.REJECT, ["HN-2013"])
    assert list(read_all(world.store, Policy)) == []


@pytest.mark.clause("ACFTU-18.1", "ACFTU-12.5a")
def test_a_layer_that_loosens_is_refused() -> None:
    """A city that takes a fee under the guidance must be refused, and stored by nobody."""
    fee = attrs.evolve(CITY, fund=FundTerms(fee_rate_max=Ratio(5, 100), source="ACFTU-12.5a"))
    world = World(founding=attrs.evolve(UNDER_CITY, policy=fee))
    done = published(world, FLOOR, HUNAN, fee)[-1]
    assert (done.outcome, [fault.subject for fault in done.faults]) == (
        Outcome.REJECT,
        ["fund.fee_rate_max"],
    )
    assert world.found().faults == done.faults
    assert list(read_all(world.store, Scheme)) == []


def test_a_scheme_keeps_to_the_layers_above_its_own_policy() -> None:
    """Faults of the chain, the version and the pool must come together under a silent city."""
    bad = attrs.evolve(
        UNDER_CITY,
        version=attrs.evolve(UNDER_CITY.version, dues=rated(amount=39)),
        region=attrs.evolve(FOUNDING.region, type=PoolType.INDUSTRY),
    )
    assert [(fault.subject, fault.rule) for fault in founding_faults(bad, HUNAN, FLOOR)] == [
        ("dues.rates[0].amount", "must be 40.00 to 60.00 by HN-2013"),
        ("region.type", "must be among geographic, organs by HN-2013"),
    ]


def test_a_further_period_keeps_to_the_layers_too(world: World) -> None:
    """A period under a policy whose parent is missing must be refused."""
    policy = attrs.evolve(CITY, extends=attrs.evolve(CITY.extends, policy="GD-2022"))
    refused = open_period(world.host, world.act(), attrs.evolve(UNDER_CITY, policy=policy)).result
    assert (refused.outcome, refused.faults[0].found) == (Outcome.REJECT, "GD-2022")


def test_a_policy_is_published_once(world: World) -> None:
    """A policy of an id that is there must be refused."""
    with pytest.raises(AlreadyExistsError, match="policy 'HN-2013' already exists"):
        published(world, attrs.evolve(HUNAN, extends=None))
