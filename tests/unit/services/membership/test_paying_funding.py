"""Funding: a plan binds a unit's remittances, sources are told apart, the subsidy counts persons."""

import datetime

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.membership.paying.funding import FundingPlan, PlanPattern, PlanYear
from mutualaid_core.domain.scheme.dues import FundingSource, PayerShare
from mutualaid_core.domain.scheme.policy.fund import Subsidy
from mutualaid_core.domain.scheme.policy.product import FundingPattern
from mutualaid_core.domain.values.money import ZERO, Money
from mutualaid_core.domain.values.personal import ResidentId, id_check_character
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.errors import NotFoundError
from mutualaid_core.rules.membership.paying.funding import percent
from mutualaid_core.rules.membership.paying.subsidy import SubsidyReason
from mutualaid_core.services.identity import member_id_of
from mutualaid_core.services.membership.paying.funding import (
    PlanRecorded,
    RecordFundingPlan,
    participants,
    record_funding_plan,
    sources_of,
    subsidy_of,
)
from mutualaid_core.services.membership.paying.owed import held_remittances
from mutualaid_core.services.verification import verify
from mutualaid_core.testing.samples import (
    COLLECTED_ON,
    FOUNDING,
    KEYS,
    PERIOD,
    POLICY,
    REGION,
    SCHEME,
    UNIT,
    dues,
    joiner,
    yuan,
)
from mutualaid_core.testing.world import World
from mutualaid_core.work import read_one

DAY = datetime.date
UNION_PAYS = (
    PayerShare(payer=FundingSource.UNION, ratio=Ratio(31, 50)),
    PayerShare(payer=FundingSource.MEMBER),
)


def record(
    world: World, split: tuple[PayerShare, ...] = UNION_PAYS, resolution: str | None = "职代会2013-3号"
) -> PlanRecorded:
    """Record by which shares the sample unit's union pays the most."""
    plan = FundingPlan(
        scheme_id=SCHEME,
        unit_id=UNIT,
        pattern=PlanPattern.UNION_MAJOR,
        years=(PlanYear(year=2014, split=split),),
        resolution=resolution,
        made_on=COLLECTED_ON,
    )
    command = RecordFundingPlan(period_id=PERIOD, plan=plan)
    return record_funding_plan(world.host, world.act(COLLECTED_ON), command).result


@pytest.fixture
def enrolled(world: World) -> World:
    """Two workers who joined and have not paid."""
    world.admit(2, 2)
    world.enrol(joiner(1), joiner(2))
    return world


@pytest.mark.clause("SN-2.3.5c")
def test_a_plan_binds_the_unit(enrolled: World) -> None:
    """Under 31 to 19, a remittance of 30 to 20 must be refused; the newest plan must hold."""
    assert record(enrolled).outcome is Outcome.PASS
    refused = enrolled.remit(dues(1, union=30, member=20))
    assert (refused.outcome, refused.faults[0].clause) == (Outcome.REJECT, "SN-2.3.5c")
    assert enrolled.remit(dues(1, union=31, member=19)).outcome is Outcome.PASS
    two_thirds = (attrs.evolve(UNION_PAYS[0], ratio=Ratio(4, 5)), UNION_PAYS[1])
    assert record(enrolled, two_thirds).outcome is Outcome.PASS
    assert enrolled.remit(dues(2, union=40, member=10)).outcome is Outcome.PASS
    assert verify(enrolled.host).faults == ()


@pytest.mark.clause("SN-2.3.4b", "SN-2.3.5c")
def test_a_plan_that_may_not_hold_is_not_recorded(enrolled: World) -> None:
    """Without a resolution it must be held, with equal shares refused; neither is kept."""
    equal = (attrs.evolve(UNION_PAYS[0], ratio=Ratio(1, 2)), UNION_PAYS[1])
    outcomes = [record(enrolled, resolution=None).outcome, record(enrolled, equal).outcome]
    assert outcomes == [Outcome.HOLD, Outcome.REJECT]
    with pytest.raises(NotFoundError):
        read_one(enrolled.store, FundingPlan, f"{SCHEME}/{UNIT}")


@pytest.mark.clause("SN-2.3.4b")
def test_what_the_union_pays_is_held_until_there_is_a_plan() -> None:
    """Under a policy that lists its patterns, money of the union must be held without a resolution."""
    listed = attrs.evolve(POLICY.contribution, patterns=(FundingPattern.UNION_MAJOR,))
    world = World(founding=attrs.evolve(FOUNDING, policy=attrs.evolve(POLICY, contribution=listed)))
    world.found()
    world.admit(1, 1)
    world.enrol(joiner(1))
    done = world.remit(dues(1, union=31, member=19))
    assert (done.outcome, [fault.clause for fault in done.faults]) == (Outcome.HOLD, ["SN-2.3.4b"])
    assert [each.difference for each in held_remittances(world.store, SCHEME, PERIOD)] == [ZERO]


@pytest.mark.clause("ACFTU-2.3a", "HN-4.3.1")
def test_sources_are_those_of_the_ledger(enrolled: World) -> None:
    """20 of 50 by the member must be a share of 40.00 %, before and after the period is closed."""
    enrolled.remit(dues(1, member=20, union=30))
    for close in (False, True):
        if close:
            enrolled.stop()
            enrolled.close()
        report = sources_of(enrolled.store, SCHEME, PERIOD)
        assert (report.total, percent(report.share(FundingSource.MEMBER))) == (yuan(50), "40.00 %")
    assert sources_of(enrolled.store, SCHEME, "2015").total == ZERO


SUBSIDISED = attrs.evolve(
    FOUNDING,
    policy=attrs.evolve(
        POLICY,
        subsidies=(Subsidy(per_head=Money(50), first_year=2014, last_year=2016, source="HN-4.6.3"),),
    ),
)


@pytest.mark.clause("HN-4.6.3")
def test_the_subsidy_counts_distinct_persons() -> None:
    """Three who paid, two of them in a second scheme too, must give 1.50; who has not paid counts nothing."""
    first = World(founding=SUBSIDISED)
    first.found()
    first.join(1, 2, 3)
    first.admit(1, 1, unit="U-2")
    first.enrol(joiner(4), unit="U-2")
    second = World(
        first.store,
        attrs.evolve(
            SUBSIDISED,
            scheme=attrs.evolve(FOUNDING.scheme, scheme_id="HN-B"),
            version=attrs.evolve(FOUNDING.version, scheme_id="HN-B"),
            period=attrs.evolve(FOUNDING.period, scheme_id="HN-B"),
        ),
        name="second",
    )
    assert second.found().faults == ()
    second.join(2, 3)
    due = subsidy_of(first.store, REGION.pool_id, POLICY.policy_id, DAY(2014, 6, 30))
    assert (due.persons, due.amount, due.reason) == (3, yuan("1.50"), None)
    assert participants(first.store, REGION.pool_id, DAY(2014, 6, 30)) == 3
    assert participants(first.store, "nowhere", DAY(2014, 6, 30)) == 0


@pytest.mark.clause("HN-4.6.3")
def test_there_is_no_subsidy_outside_its_years(joined: World) -> None:
    """A count date of another year must give nothing and say why."""
    world = World(founding=SUBSIDISED)
    world.found()
    due = subsidy_of(world.store, REGION.pool_id, POLICY.policy_id, DAY(2017, 6, 30))
    assert (due.amount, due.reason) == (ZERO, SubsidyReason.OUTSIDE_YEARS)
    with pytest.raises(NotFoundError):
        subsidy_of(joined.store, REGION.pool_id, "NONE", DAY(2014, 6, 30))


def test_a_scheme_of_more_than_a_page_is_counted_whole(world: World) -> None:
    """1,002 members are more than a page of the store, and must all be counted, each once."""
    for group in range(3):
        numbers = [f"4305021980010{group + 1}{each:03d}" for each in range(1, 335)]
        own = [ResidentId(number + id_check_character(number)) for number in numbers]
        unit = f"U-{group}"
        world.admit(len(own), len(own), unit=unit)
        world.enrol(*(joiner(1, id_number=each, birth_date=each.birth_date) for each in own), unit=unit)
        lines = [attrs.evolve(dues(1), member_id=member_id_of(KEYS, each)) for each in own]
        assert world.remit(*lines, unit=unit).outcome is Outcome.PASS
    assert participants(world.store, REGION.pool_id, DAY(2014, 6, 30)) == 1_002
    assert participants(world.store, REGION.pool_id, DAY(2015, 1, 1)) == 0
