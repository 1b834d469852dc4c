"""Money and lists (资金与名单): ids of entries, held lists, plans, and what a period stops with."""

import datetime

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.membership.contribution import Contribution
from mutualaid_core.domain.membership.paying.funding import FundingPlan, PlanPattern, PlanYear
from mutualaid_core.domain.membership.paying.remittance import RefundGround, Remittance, RemittanceLine
from mutualaid_core.domain.scheme.dues import FundingSource, PayerShare
from mutualaid_core.domain.scheme.period import Period, PeriodState
from mutualaid_core.domain.values.identifiers import EntryId, UnitId
from mutualaid_core.domain.values.money import ZERO, Money
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.errors import InvalidValueError, NotFoundError
from mutualaid_core.intake.problem.fault_wording import rule_in_chinese
from mutualaid_core.services.closing import ClosePeriod, stop_postings
from mutualaid_core.services.granting import ReceiveGrant
from mutualaid_core.services.membership.contribution import RemittanceReceived
from mutualaid_core.services.membership.paying.corrections import (
    CorrectContribution,
    Corrected,
    correct_contribution,
)
from mutualaid_core.services.membership.paying.funding import (
    PlanRecorded,
    RecordFundingPlan,
    record_funding_plan,
)
from mutualaid_core.services.membership.paying.remittances import SettleRemittance, settle_remittance
from mutualaid_core.services.verification import verify
from mutualaid_core.testing.acts.agencies import Agencies, agency
from mutualaid_core.testing.acts.meanwhile import Meanwhile
from mutualaid_core.testing.samples import (
    CLOSED_ON,
    COLLECTED_ON,
    PERIOD,
    SCHEME,
    UNIT,
    dues,
    joiner,
    member_id,
    stay,
    yuan,
)
from mutualaid_core.testing.world import World
from mutualaid_core.work import read_one

DAY = datetime.date
ILL = DAY(2014, 3, 15)
"""After the sample stay in hospital, and after the window."""

OWN = pytest.mark.parametrize("entry", ["A-S-1", "P-S-1", "close-2014"])


@pytest.fixture
def world() -> World:
    """Three workers who joined in December and have not paid."""
    made = World()
    made.found()
    made.admit(3, 3)
    made.enrol(joiner(1), joiner(2), joiner(3))
    return made


def settle(
    world: World, *lines: RemittanceLine, on: datetime.date = ILL, more: Money = ZERO, entry: str = "R-2"
) -> RemittanceReceived:
    """Resolve R-1 by another list, or by the same with more money where no line is given."""
    command = SettleRemittance(
        scheme_id=SCHEME,
        remittance_id=EntryId("R-1"),
        entry_id=EntryId(entry),
        supplement=more,
        lines=lines or None,
    )
    return settle_remittance(world.host, world.act(on), command).result


def overpaid(world: World, amount: int, entry: str = "V-1") -> Corrected:
    """Give so much of R-1 back as overpaid."""
    command = CorrectContribution(
        scheme_id=SCHEME,
        remittance_id=EntryId("R-1"),
        entry_id=EntryId(entry),
        ground=RefundGround.OVERPAID,
        amount=yuan(amount),
        cause="退款单1号",
    )
    return correct_contribution(world.host, world.act(ILL), command).result


def held(world: World) -> Remittance:
    """R-1 as it is kept."""
    return read_one(world.store, Remittance, f"{SCHEME}/R-1")


def told(done: RemittanceReceived | Corrected) -> list[tuple[str, str, str]]:
    """Subject, what was found, and clause of each fault; each rule of its own must have Chinese."""
    assert all(rule_in_chinese(each.rule) for each in done.faults if each.rule.startswith("must"))
    return [(fault.subject, fault.found, fault.clause) for fault in done.faults]


@OWN
@pytest.mark.clause("ACFTU-8.1e")
def test_no_host_takes_the_id_of_an_entry_that_is_made_here(entry: str, world: World) -> None:
    """Ids of an approval, a payment and a closing must be refused from a host, for every kind of entry."""
    rule = "entry_id must not begin with A-, P-, close-, Y- or YG-"
    with pytest.raises(InvalidValueError, match=rule) as raised:
        world.remit(dues(1), entry=entry)
    assert raised.value.clause == "ACFTU-8.1e"
    with pytest.raises(InvalidValueError, match=rule):
        settle(world, entry=entry)
    with pytest.raises(InvalidValueError, match=rule):
        overpaid(world, 1, entry)
    with pytest.raises(InvalidValueError, match=rule):
        ReceiveGrant(
            scheme_id=SCHEME, period_id=PERIOD, entry_id=EntryId(entry), giver="省总", amount=yuan(1)
        )
    with pytest.raises(InvalidValueError, match=rule):
        Agencies(world).collect(dues(1), entry=entry)
    with pytest.raises(InvalidValueError, match=rule):
        Agencies(world).pass_on(("R-1", 1), entry=entry)


@pytest.mark.clause("HN-3.1.2b", "HN-4.3.5d")
def test_nobody_is_named_once_the_illness_is_known(world: World) -> None:
    """100.00 held for one person must not cover another who is named after the window."""
    world.remit(dues(1), received=yuan(100), entry="R-1")
    done = settle(world, dues(3), dues(2))
    assert (done.outcome, told(done)) == (
        Outcome.REJECT,
        [
            (member_id(3), "2014-03-15", "HN-4.3.5d"),
            (member_id(2), "2014-03-15", "HN-4.3.5d"),
            (member_id(1), "left out", "HN-3.1.2b"),
        ],
    )
    assert (held(world).lines, held(world).earlier) == ((dues(1),), ())
    assert not world.file(stay(1_000, 3)).benefit


@pytest.mark.clause("HN-3.1.2b")
def test_an_empty_list_names_nobody(world: World) -> None:
    """Whoever is named after a list without persons must be late too."""
    world.remit(received=yuan(50), entry="R-1")
    assert told(settle(world, dues(1))) == [(member_id(1), "2014-03-15", "HN-4.3.5d")]


@pytest.mark.clause("HN-3.1.2b", "ACFTU-11.1b")
def test_each_has_paid_on_the_day_of_the_naming(world: World) -> None:
    """In the window, who was listed must have paid with the money, who is new five days later."""
    world.remit(dues(1), dues(9), received=yuan(100), entry="R-1")
    later = COLLECTED_ON + datetime.timedelta(days=5)
    done = settle(world, dues(1), dues(2), on=later)
    assert (done.outcome, told(done)) == (Outcome.FLAG, [(member_id(9), "left out", "HN-3.1.2b")])
    paid = [read_one(world.store, Contribution, f"{SCHEME}/{PERIOD}/{member_id(who)}") for who in (1, 2)]
    assert [(each.received_on, each.known_on) for each in paid] == [(COLLECTED_ON, later), (later, later)]
    assert [each.lines for each in held(world).earlier] == [(dues(1), dues(9))]
    assert verify(world.host).faults == ()


@pytest.mark.clause("HN-3.1.2b")
def test_who_is_left_out_of_what_is_booked_is_named(world: World) -> None:
    """50.00 for a list of two, settled in the window with one of them, must be flagged with the other."""
    world.remit(dues(1), dues(2), received=yuan(50), entry="R-1")
    done = settle(world, dues(1), on=COLLECTED_ON)
    assert (done.outcome, done.booked) == (Outcome.FLAG, yuan(50))
    assert told(done) == [(member_id(2), "left out", "HN-3.1.2b")]


@pytest.mark.clause("HN-4.3.5b", "HN-3.1.2b")
def test_only_what_nobody_owes_was_overpaid(world: World) -> None:
    """Of 170.00 for three who owe 150.00, 20.00 may go back and 20.01 must not."""
    world.remit(dues(1), dues(2), dues(3), received=yuan(170), entry="R-1")
    done = overpaid(world, 100)
    assert (done.outcome, done.returned, told(done)) == (
        Outcome.REJECT,
        ZERO,
        [("R-1", "100.00", "HN-4.3.5b")],
    )
    assert "must be at most 20.00: whoever was listed owes 150.00 of the 170.00 held" in done.faults[0].rule
    assert overpaid(world, 20).outcome is Outcome.PASS
    assert overpaid(world, 1, "V-2").outcome is Outcome.REJECT
    assert settle(world).booked == yuan(150)


@pytest.mark.clause("HN-4.3.5b", "HN-3.1.2b")
def test_money_of_who_is_dropped_from_the_list_stays_held(world: World) -> None:
    """Two of three who fell not ill must not be dropped to have their 100.00 back."""
    world.remit(dues(1), dues(2), dues(3), received=yuan(160), entry="R-1")
    assert settle(world, dues(1), on=COLLECTED_ON).outcome is Outcome.HOLD
    assert told(overpaid(world, 110)) == [("R-1", "110.00", "HN-4.3.5b")]
    assert overpaid(world, 10).outcome is Outcome.PASS


def test_who_can_owe_nothing_leaves_the_money_free(world: World) -> None:
    """Money for a person who is not enrolled must go back whole."""
    world.remit(dues(9), received=yuan(50), entry="R-1")
    assert overpaid(world, 50).returned == yuan(50)


def record(world: World, made_on: datetime.date, number: str, percent: int) -> PlanRecorded:
    """Record a plan of a day, by which the union bears so much; told on 20 December."""
    return record_funding_plan(
        world.host,
        world.act(COLLECTED_ON),
        RecordFundingPlan(period_id=PERIOD, plan=plan(made_on, number, percent)),
    ).result


def plan(made_on: datetime.date, number: str, percent: int, unit: UnitId = UNIT) -> FundingPlan:
    """A plan by which the union bears the most."""
    union = PayerShare(payer=FundingSource.UNION, ratio=Ratio(percent, 100))
    split = (union, PayerShare(payer=FundingSource.MEMBER))
    return FundingPlan(
        scheme_id=SCHEME,
        unit_id=unit,
        pattern=PlanPattern.UNION_MAJOR,
        years=(PlanYear(year=2014, split=split),),
        resolution=number,
        made_on=made_on,
    )


@pytest.mark.clause("SN-2.3.5c", "ACFTU-11.1b")
def test_a_plan_told_later_of_an_earlier_day_replaces_none(world: World) -> None:
    """The plan of 14 December must go on to bind after one of 1 December is told; both stay."""
    for day, number, percent in ((14, "2013-9", 80), (1, "2013-1", 70), (12, "2013-7", 60)):
        assert record(world, DAY(2013, 12, day), number, percent).outcome is Outcome.PASS
    kept = read_one(world.store, FundingPlan, f"{SCHEME}/{UNIT}")
    assert [each.resolution for each in kept.plans] == ["2013-1", "2013-7", "2013-9"]
    assert world.remit(dues(1, union=35, member=15)).outcome is Outcome.REJECT
    assert world.remit(dues(1, union=40, member=10)).outcome is Outcome.PASS


@pytest.mark.clause("ACFTU-11.1b")
def test_a_plan_is_of_a_known_unit_and_of_no_day_to_come(world: World) -> None:
    """A plan of the day after must be refused, and one of a unit that there is not."""
    refused = record(world, COLLECTED_ON + datetime.timedelta(days=1), "2013-9", 80)
    assert [(fault.found, fault.clause) for fault in refused.faults] == [("2013-12-21", "ACFTU-11.1b")]
    assert rule_in_chinese(refused.faults[0].rule)
    command = RecordFundingPlan(period_id=PERIOD, plan=plan(COLLECTED_ON, "2013-9", 80, UnitId("U-9")))
    with pytest.raises(NotFoundError, match="unit 'U-9' does not exist"):
        record_funding_plan(world.host, world.act(COLLECTED_ON), command)


@pytest.mark.clause("ACFTU-11.1b")
def test_what_is_paid_is_not_known_before_its_place(world: World) -> None:
    """Money of November for places of December must count from its day, known with the places."""
    paid_on = DAY(2013, 11, 16)
    assert world.remit(dues(1), on=paid_on).outcome is Outcome.PASS
    paid = read_one(world.store, Contribution, f"{SCHEME}/{PERIOD}/{member_id(1)}")
    assert paid.received_on == paid_on
    assert not paid.is_settled_as_known(paid.known_on - datetime.timedelta(days=1))
    assert paid.known_on > paid_on
    assert verify(world.host).faults == ()


@pytest.mark.clause("HN-3.1.2b")
def test_a_period_does_not_stop_while_money_is_held(world: World) -> None:
    """60.00 held for one person must be named and keep the period open, until 10.00 went back."""
    world.remit(dues(1), received=yuan(60), entry="R-1")
    stopped = world.stop()
    assert (stopped.outcome, [(each.subject, each.found, each.clause) for each in stopped.faults]) == (
        Outcome.REJECT,
        [("R-1", "held", "HN-3.1.2b")],
    )
    assert rule_in_chinese(stopped.faults[0].rule)
    assert read_one(world.store, Period, f"{SCHEME}/{PERIOD}").state is PeriodState.OPEN
    overpaid(world, 10)
    assert settle(world).outcome is Outcome.PASS
    assert world.stop().outcome is Outcome.PASS


@pytest.mark.clause("HN-3.1.2b")
def test_money_held_meanwhile_keeps_the_period_open(world: World) -> None:
    """The stop read that nothing is held; before its commit money is held: it must decide anew."""
    other = World(world.store, world.founding, name="other")
    meanwhile = Meanwhile(world.store, lambda: other.remit(dues(1), received=yuan(60), entry="R-1"))
    host = attrs.evolve(world.host, store=meanwhile)
    command = ClosePeriod(scheme_id=SCHEME, period_id=PERIOD)
    stopped = stop_postings(host, world.act(CLOSED_ON), command).result
    assert (stopped.outcome, [each.subject for each in stopped.faults]) == (Outcome.REJECT, ["R-1"])


@pytest.mark.clause("ACFTU-2.3b")
def test_a_period_tells_what_agencies_owe_when_it_stops(world: World) -> None:
    """An agency that has 100.00 of the period must be flagged; the members have paid, and it stops."""
    agencies = Agencies(world)
    agencies.put(agency())
    agencies.collect(dues(1), dues(2))
    stopped = world.stop()
    assert (stopped.outcome, [(each.subject, each.found, each.clause) for each in stopped.faults]) == (
        Outcome.FLAG,
        [("R-1", "100.00", "ACFTU-2.3b")],
    )
    assert rule_in_chinese(stopped.faults[0].rule)
    assert world.close().outcome is Outcome.PASS
