"""Quotas of gifts by layer, one ruling for joining and for money, and plans judged by their fen."""

import datetime

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.membership.contribution import PayerShare
from mutualaid_core.domain.membership.paying.funding import FundingPlan, PlanPattern, PlanYear
from mutualaid_core.domain.membership.paying.remittance import RemittanceLine
from mutualaid_core.domain.scheme.dues import Dues, FundingSource
from mutualaid_core.domain.scheme.dues import PayerShare as SharePart
from mutualaid_core.domain.scheme.policy import Policy
from mutualaid_core.domain.scheme.policy.fund import Gift
from mutualaid_core.domain.scheme.policy.layer import Extends
from mutualaid_core.domain.values.identifiers import PolicyId, SchemeId
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.ports.discovery import open_store
from mutualaid_core.ports.store import Store
from mutualaid_core.rules.scheme.layers import chain_faults, effective_policy, ruling_on, terms_on
from mutualaid_core.services.founding import FoundScheme, PublishPolicy, publish_policy
from mutualaid_core.services.membership.paying.funding import RecordFundingPlan, record_funding_plan
from mutualaid_core.testing.acts.mending import Gifts
from mutualaid_core.testing.samples import (
    COLLECTED_ON,
    FOUNDED_ON,
    FOUNDING,
    PERIOD,
    POLICY,
    SCHEME,
    UNIT,
    VERSION,
    dues,
    joiner,
    member_id,
    yuan,
)
from mutualaid_core.testing.world import World

DAY = datetime.date
MEMBER, UNION, EMPLOYER = FundingSource.MEMBER, FundingSource.UNION, FundingSource.EMPLOYER
GIFT = Gift(year=2014, persons=3, groups=8, payer=UNION, source="SN-2.1.5")
PROVINCE = attrs.evolve(POLICY, policy_id=PolicyId("PROVINCE"), gifts=(GIFT,))
THIRD = Ratio(1, 3)


def city(name: str, **changes: object) -> Policy:
    """A city below the province, which says nothing of gifts unless told."""
    above = Extends(policy=PROVINCE.policy_id, from_day=POLICY.valid_from)
    return attrs.evolve(
        POLICY,
        policy_id=PolicyId(name),
        extends=above,
        gifts=(),
        **changes,  # type: ignore[arg-type]  # any field
    )


def founding(policy: Policy, scheme: str) -> FoundScheme:
    """A scheme of its own below a policy."""
    scheme_id = SchemeId(scheme)
    return attrs.evolve(
        FOUNDING,
        policy=policy,
        scheme=attrs.evolve(FOUNDING.scheme, scheme_id=scheme_id, policy_id=policy.policy_id),
        version=attrs.evolve(
            VERSION, scheme_id=scheme_id, policy_id=policy.policy_id, version_id=f"V-{scheme}"
        ),
        period=attrs.evolve(FOUNDING.period, scheme_id=scheme_id),
    )


def world_below(store: Store, policy: Policy, scheme: str) -> World:
    """A scheme below a city, with five workers at a unit."""
    made = World(store, founding(policy, scheme), name=scheme)
    assert made.found().outcome is Outcome.PASS
    made.admit(5, 5)
    return made


@pytest.fixture
def store() -> Store:
    """A store with the policy of the province."""
    made = World(open_store("memory:"), name="province")
    published = publish_policy(made.host, made.act(FOUNDED_ON), PublishPolicy(policy=PROVINCE)).result
    assert published.outcome is Outcome.PASS
    return made.store


@pytest.mark.clause("SN-2.1.5", "ACFTU-18.1")
def test_cities_share_the_quota_of_their_province(store: Store) -> None:
    """Two of the province's three places taken by one city must leave one for the other."""
    first, second = (Gifts(world_below(store, city(name), name)) for name in ("A", "B"))
    assert first.found(quota=2).outcome is Outcome.PASS
    (fault,) = second.found(quota=2).faults
    assert (fault.rule, fault.clause) == (
        "must keep to the 1 persons left of 3 in 2014 by PROVINCE",
        "SN-2.1.5",
    )
    assert second.found(quota=1).outcome is Outcome.PASS


@pytest.mark.clause("SN-2.1.5", "ACFTU-18.1")
def test_a_city_may_keep_to_fewer(store: Store) -> None:
    """A city that gives to two at most must have its own quota, and that of the province besides."""
    fewer = attrs.evolve(city("A"), gifts=(attrs.evolve(GIFT, persons=2),))
    first = Gifts(world_below(store, fewer, "A"))
    assert [fault.found for fault in first.found(quota=3).faults] == ["3"]
    assert first.found(quota=2).outcome is Outcome.PASS
    second = Gifts(world_below(store, city("B"), "B"))
    assert [fault.found for fault in second.found(quota=2).faults] == ["2"]


@pytest.mark.clause("SN-2.1.5", "ACFTU-18.1")
def test_a_lower_layer_never_loosens_a_gift() -> None:
    """More persons, more groups and another payer must be three faults, and none of them hold."""
    loose = attrs.evolve(GIFT, persons=50_000, groups=80, payer=EMPLOYER, source="HN-4.6.3")
    chain = (attrs.evolve(city("A"), gifts=(loose,)), PROVINCE)
    assert [str(fault) for fault in chain_faults(chain)] == [
        "gifts[0].persons must be <= 3 (PROVINCE, SN-2.1.5), got 50000 in A [ACFTU-18.1]",
        "gifts[0].groups must be <= 8 (PROVINCE, SN-2.1.5), got 80 in A [ACFTU-18.1]",
        "gifts[0].payer must be union (PROVINCE, SN-2.1.5), got employer in A [ACFTU-18.1]",
    ]
    (held,) = effective_policy(chain, DAY(2014, 1, 1)).policy.gifts
    assert (held.persons, held.groups, held.payer) == (3, 8, UNION)


@pytest.mark.clause("SN-2.1.5", "ACFTU-18.1")
def test_each_year_is_ruled_by_itself() -> None:
    """A city's gift of 2015 must stand beside that of the province for 2014; no year may stand twice."""
    later = attrs.evolve(GIFT, year=2015, persons=900)
    chain = (attrs.evolve(city("A"), gifts=(later,)), PROVINCE)
    assert chain_faults(chain) == ()
    assert effective_policy(chain, DAY(2014, 1, 1)).policy.gifts == (GIFT, later)
    twice = (attrs.evolve(PROVINCE, gifts=(GIFT, later, GIFT)),)
    assert [(fault.rule, fault.found) for fault in chain_faults(twice)] == [
        ("must name each year once", "2014")
    ]


@pytest.mark.clause("HN-5.2.2a", "ACFTU-18.1")
@pytest.mark.parametrize("below", [True, False], ids=["below a province", "by itself"])
def test_the_first_day_of_collection_binds_before_the_policy_begins(store: Store, below: bool) -> None:  # noqa: FBT001  # a parameter
    """Money of 12-24 must be refused and that of 12-25 be taken, though the city begins on 2014-01-01."""
    terms = attrs.evolve(POLICY.contribution, collect_from=DAY(2013, 12, 25))
    own = attrs.evolve(city("A"), valid_from=DAY(2014, 1, 1), contribution=terms)
    own = own if below else attrs.evolve(own, extends=None)
    made = world_below(store, own, "A")
    made.enrol(joiner(1))
    early = made.remit(dues(1), on=DAY(2013, 12, 24))
    assert (early.outcome, [fault.clause for fault in early.faults]) == (Outcome.REJECT, ["HN-5.2.2a"])
    assert made.remit(dues(1), on=DAY(2013, 12, 25)).outcome is Outcome.PASS


@pytest.mark.clause("HN-5.2.2a", "ACFTU-18.1")
def test_a_ruling_before_the_first_day_is_that_of_the_first_day() -> None:
    """Who asks on a day before the nearest policy must be answered as on its first day."""
    late = attrs.evolve(city("A"), valid_from=DAY(2014, 1, 1))
    begun = ruling_on((late, PROVINCE), DAY(2014, 1, 1))
    assert ruling_on((late, PROVINCE), DAY(2013, 1, 1)) == begun
    assert terms_on((late, PROVINCE), DAY(2013, 1, 1)) == begun.policy
    assert terms_on((late,), DAY(2013, 1, 1)) == late


def split(*parts: tuple[FundingSource, Ratio | None]) -> tuple[SharePart, ...]:
    """Shares in their order."""
    return tuple(SharePart(payer=payer, ratio=ratio) for payer, ratio in parts)


THIRDS = split((MEMBER, THIRD), (UNION, THIRD), (EMPLOYER, THIRD))


def planned(world: World, pattern: PlanPattern, shares: tuple[SharePart, ...]) -> tuple[Outcome, list[str]]:
    """What becomes of a plan of the unit, and what was found wrong."""
    plan = FundingPlan(
        scheme_id=SCHEME,
        unit_id=UNIT,
        pattern=pattern,
        years=(PlanYear(year=2014, split=shares),),
        resolution="2013-1",
        made_on=COLLECTED_ON,
    )
    command = RecordFundingPlan(period_id=PERIOD, plan=plan)
    done = record_funding_plan(world.host, world.act(COLLECTED_ON), command).result
    return done.outcome, [fault.found for fault in done.faults]


def paid(**amounts: str) -> RemittanceLine:
    """A line of the first member with who bore what."""
    parts = tuple(
        PayerShare(payer=FundingSource(payer), amount=yuan(amount)) for payer, amount in amounts.items()
    )
    return RemittanceLine(member_id=member_id(1), amount=yuan(50), split=parts)


def world_with(dues_: Dues) -> World:
    """A scheme with these dues, and a worker who has not paid."""
    made = World(founding=attrs.evolve(FOUNDING, version=attrs.evolve(VERSION, dues=dues_)))
    assert made.found().outcome is Outcome.PASS
    made.admit(1, 1)
    made.enrol(joiner(1))
    return made


@pytest.mark.clause("SN-2.3.5b")
@pytest.mark.parametrize(
    "shares",
    [
        THIRDS,
        split((MEMBER, THIRD), (UNION, THIRD), (EMPLOYER, None)),
        tuple(reversed(THIRDS)),
        split((EMPLOYER, None), (UNION, THIRD), (MEMBER, THIRD)),
    ],
    ids=["alike", "rest", "other order", "rest first"],
)
def test_a_plan_that_repeats_the_scheme_can_be_paid(shares: tuple[SharePart, ...]) -> None:
    """However thirds are written, 16.67, 16.67 and 16.66 in the order of the scheme must be booked."""
    world = world_with(attrs.evolve(VERSION.dues, split=THIRDS))
    assert planned(world, PlanPattern.THREE_WAY, shares)[0] is Outcome.PASS
    assert world.remit(paid(member="16.66", union="16.66", employer="16.68")).outcome is Outcome.REJECT
    assert world.remit(paid(member="16.67", union="16.67", employer="16.66")).outcome is Outcome.PASS


@pytest.mark.clause("SN-2.3.5b")
def test_thirds_with_a_rest_are_thirds() -> None:
    """By a plan alone, a third, a third and the rest of 50.00 must be 16.67, 16.67 and 16.66."""
    world = world_with(VERSION.dues)
    shares = split((MEMBER, THIRD), (UNION, THIRD), (EMPLOYER, None))
    assert planned(world, PlanPattern.THREE_WAY, shares)[0] is Outcome.PASS
    assert world.remit(paid(member="16.66", union="16.66", employer="16.68")).outcome is Outcome.REJECT
    assert world.remit(paid(member="16.67", union="16.67", employer="16.66")).outcome is Outcome.PASS


@pytest.mark.clause("SN-2.3.5c")
def test_the_larger_part_is_judged_in_fen() -> None:
    """A union of 50.001 percent bears 25.00 of 50.00 and is refused; one of 50.01 percent bears 25.01."""
    world = world_with(VERSION.dues)
    equal = split((UNION, Ratio(50_001, 100_000)), (MEMBER, None))
    assert planned(world, PlanPattern.UNION_MAJOR, equal) == (
        Outcome.REJECT,
        ["2014: union 25.00, member 25.00"],
    )
    larger = split((UNION, Ratio(5_001, 10_000)), (MEMBER, None))
    assert planned(world, PlanPattern.UNION_MAJOR, larger)[0] is Outcome.PASS
    assert world.remit(paid(union="25.00", member="25.00")).outcome is Outcome.REJECT
    assert world.remit(paid(union="25.01", member="24.99")).outcome is Outcome.PASS
