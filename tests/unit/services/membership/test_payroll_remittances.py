"""Payroll remittances: under a plan of deduction the booking itself asks for each worker's consent."""

import datetime
from typing import Any

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.fund.account import Title
from mutualaid_core.domain.membership.contribution import Contribution
from mutualaid_core.domain.membership.paying.consent import ConsentStep
from mutualaid_core.domain.membership.paying.funding import FundingPlan, PlanPattern, PlanYear
from mutualaid_core.domain.membership.paying.remittance import RefundGround, RemittanceState
from mutualaid_core.domain.scheme.dues import FundingSource, PayerShare
from mutualaid_core.domain.values.identifiers import EntryId
from mutualaid_core.domain.values.money import ZERO
from mutualaid_core.services.membership.contribution import LINES_MAX, RemittanceReceived
from mutualaid_core.services.membership.paying.corrections import CorrectContribution, correct_contribution
from mutualaid_core.services.membership.paying.funding import RecordFundingPlan, record_funding_plan
from mutualaid_core.services.membership.paying.owed import held_remittances
from mutualaid_core.services.membership.paying.remittances import (
    SettleRemittance,
    settle_remittance,
)
from mutualaid_core.services.verification import verify
from mutualaid_core.testing.acts.agencies import TOLD_ON, Agencies, agency
from mutualaid_core.testing.samples import COLLECTED_ON, PERIOD, SCHEME, UNIT, dues, joiner, member_id, yuan
from mutualaid_core.testing.world import World, balance
from mutualaid_core.work import read_all

GIVEN, WITHDRAWN = ConsentStep.GIVEN, ConsentStep.WITHDRAWN
ONE, TWO = member_id(1), member_id(2)
BEFORE = COLLECTED_ON - datetime.timedelta(days=1)
LATER = COLLECTED_ON + datetime.timedelta(days=5)
RULE = "must have authorised the deduction"


def plan(world: World, year: int = 2014, pattern: PlanPattern = PlanPattern.PAYROLL_VOLUNTARY) -> None:
    """The unit of the sample deducts the dues from the pay, from *year* on."""
    shares = {
        PlanPattern.PAYROLL_VOLUNTARY: (PayerShare(payer=FundingSource.MEMBER),),
        PlanPattern.GIFT: (PayerShare(payer=FundingSource.EMPLOYER),),
    }
    made = FundingPlan(
        scheme_id=SCHEME,
        unit_id=UNIT,
        pattern=pattern,
        years=(PlanYear(year=year, split=shares[pattern]),),
        resolution="职代会2013-3号",
        made_on=BEFORE,
    )
    command = RecordFundingPlan(period_id=PERIOD, plan=made)
    assert record_funding_plan(world.host, world.act(BEFORE), command).result.faults == ()


@pytest.fixture
def payroll(world: World) -> Agencies:
    """Two workers who joined through a unit that deducts from the pay; nobody has consented."""
    world.admit(2, 2)
    world.enrol(joiner(1), joiner(2))
    plan(world)
    return Agencies(world)


def settle(world: World, on: datetime.date = LATER, **told: Any) -> RemittanceReceived:  # noqa: ANN401  # any field
    """Resolve R-1."""
    command = SettleRemittance(
        **{"scheme_id": SCHEME, "remittance_id": EntryId("R-1"), "entry_id": EntryId("R-2"), **told}
    )
    return settle_remittance(world.host, world.act(on), command).result


def members(done: RemittanceReceived) -> list[str]:
    """Who is named for want of a consent; nothing else may be at fault."""
    assert {(fault.rule, fault.clause) for fault in done.faults} <= {(RULE, "SN-2.3.5d")}
    return [fault.subject for fault in done.faults]


@pytest.mark.clause("SN-2.3.5d")
def test_whoever_has_not_consented_is_named_and_the_batch_held(payroll: Agencies) -> None:
    """With one consent of two nothing may be booked: the money is held, and the other worker is named."""
    payroll.declare(GIVEN, ONE, declared_on=BEFORE)
    done = payroll.world.remit(dues(1), dues(2), entry="R-1")
    assert (done.outcome, done.booked, members(done)) == (Outcome.HOLD, ZERO, [TWO])
    assert list(read_all(payroll.world.store, Contribution)) == []
    (held,) = held_remittances(payroll.world.store, SCHEME, PERIOD)
    assert (held.state, str(held.difference), balance(payroll.world.store, Title.HELD)) == (
        RemittanceState.HELD,
        "0.00",
        yuan(100),
    )
    assert verify(payroll.world.host).faults == ()


@pytest.mark.clause("SN-2.3.5d")
def test_with_all_consents_the_batch_is_booked(payroll: Agencies) -> None:
    """Two consents, one of the very day of the payment, must let both be booked."""
    payroll.declare(GIVEN, ONE, declared_on=BEFORE)
    payroll.declare(GIVEN, TWO, declared_on=COLLECTED_ON)
    done = payroll.world.remit(dues(1), dues(2))
    assert (done.outcome, done.booked, done.faults) == (Outcome.PASS, yuan(100), ())


@pytest.mark.clause("SN-2.3.5d")
@pytest.mark.parametrize(("withdrawn_on", "named"), [(BEFORE, [ONE]), (COLLECTED_ON, [])])
def test_a_withdrawal_before_the_payment_counts(
    payroll: Agencies, withdrawn_on: datetime.date, named: list[str]
) -> None:
    """A consent that was withdrawn the day before is none; on the day itself it still held."""
    payroll.declare(GIVEN, ONE, TWO, declared_on=BEFORE)
    payroll.declare(WITHDRAWN, ONE, declared_on=withdrawn_on)
    assert members(payroll.world.remit(dues(1), dues(2))) == named


@pytest.mark.clause("SN-2.3.5d")
def test_whoever_paid_by_hand_needs_no_consent(payroll: Agencies) -> None:
    """A line that says so is not judged by consents, at once or when the batch is settled by such a list."""
    payroll.declare(GIVEN, ONE, declared_on=BEFORE)
    by_hand = attrs.evolve(dues(2), paid_directly=True)
    assert members(payroll.world.remit(dues(1), dues(2), entry="R-1")) == [TWO]
    done = settle(payroll.world, lines=(dues(1), by_hand))
    assert (done.outcome, done.booked, done.faults) == (Outcome.PASS, yuan(100), ())


@pytest.mark.clause("SN-2.3.5d")
def test_a_paper_of_the_time_settles_it(payroll: Agencies) -> None:
    """A paper signed in time and brought later must let the held batch be booked, as paid on its day."""
    world = payroll.world
    payroll.declare(GIVEN, ONE, declared_on=BEFORE)
    world.remit(dues(1), dues(2), entry="R-1")
    assert (settle(world).outcome, members(settle(world))) == (Outcome.HOLD, [TWO])
    payroll.declare(GIVEN, TWO, declared_on=BEFORE, on=LATER)
    done = settle(world)
    assert (done.outcome, done.booked) == (Outcome.PASS, yuan(100))
    assert {each.received_on for each in read_all(world.store, Contribution)} == {COLLECTED_ON}


@pytest.mark.clause("SN-2.3.5d")
def test_a_paper_signed_afterwards_settles_nothing(payroll: Agencies) -> None:
    """Consent given after the payment must not make the deduction right; the money goes back instead."""
    world = payroll.world
    payroll.declare(GIVEN, ONE, declared_on=BEFORE)
    world.remit(dues(1), dues(2), entry="R-1")
    payroll.declare(GIVEN, TWO, declared_on=LATER)
    assert members(settle(world)) == [TWO]
    back = CorrectContribution(
        scheme_id=SCHEME,
        remittance_id=EntryId("R-1"),
        entry_id=EntryId("V-1"),
        ground=RefundGround.OVERPAID,
        amount=yuan(50),
        cause="退款单1号",
    )
    assert correct_contribution(world.host, world.act(LATER), back).result.outcome is Outcome.PASS
    done = settle(world, lines=(dues(1),))
    assert (done.outcome, done.booked) == (Outcome.FLAG, yuan(50))
    assert [(fault.subject, fault.found) for fault in done.faults] == [(TWO, "left out")]
    assert [each.member_id for each in read_all(world.store, Contribution)] == [ONE]
    assert verify(world.host).faults == ()


@pytest.mark.clause("SN-2.3.5d")
def test_a_withdrawal_that_was_told_late_is_judged_by_the_settling(payroll: Agencies) -> None:
    """A batch held for other money must be held still where a withdrawal in time is recorded meanwhile."""
    payroll.declare(GIVEN, ONE, TWO, declared_on=BEFORE)
    short = payroll.world.remit(dues(1), dues(2), received=yuan(99), entry="R-1")
    assert [fault.clause for fault in short.faults] == ["HN-3.1.2b"]
    payroll.declare(WITHDRAWN, ONE, declared_on=BEFORE, on=LATER)
    assert members(settle(payroll.world, supplement=yuan(1))) == [ONE]


def test_what_may_not_be_taken_is_refused_all_the_same(payroll: Agencies) -> None:
    """Another amount than owed must refuse the batch, with the missing consent told beside it."""
    done = payroll.world.remit(dues(1, 40))
    assert done.outcome is Outcome.REJECT
    assert [(fault.subject, fault.rule == RULE) for fault in done.faults] == [(ONE, False), (ONE, True)]


def test_a_person_listed_twice_is_named_once(payroll: Agencies) -> None:
    """Two lines of a worker without consent are one finding about the consent."""
    done = payroll.world.remit(dues(1), dues(1))
    assert [fault.rule for fault in done.faults].count(RULE) == 1


def test_other_plans_ask_for_no_consent(world: World) -> None:
    """Without a plan, before its first year and where the employer pays, nobody must have consented."""
    world.admit(3, 3)
    world.enrol(joiner(1), joiner(2), joiner(3))
    assert world.remit(dues(1)).outcome is Outcome.PASS
    plan(world, year=2015)
    assert world.remit(dues(2)).outcome is Outcome.PASS
    plan(world, pattern=PlanPattern.GIFT)
    assert world.remit(dues(3, employer=50)).outcome is Outcome.PASS


def test_a_full_list_is_judged(world: World) -> None:
    """As many lines as a remittance can have must fit into one act with their consents."""
    numbers = range(1, LINES_MAX + 1)
    world.admit(LINES_MAX, LINES_MAX)
    for start in range(0, LINES_MAX, 100):
        world.enrol(*map(joiner, numbers[start : start + 100]))
    plan(world)
    payroll = Agencies(world)
    payroll.declare(GIVEN, *map(member_id, numbers[:-1]), declared_on=BEFORE)
    assert members(world.remit(*map(dues, numbers))) == [member_id(LINES_MAX)]
    payroll.declare(GIVEN, member_id(LINES_MAX), declared_on=BEFORE)
    assert world.remit(*map(dues, numbers)).outcome is Outcome.PASS


@pytest.mark.clause("SN-2.3.5d")
def test_an_agency_collects_by_consents_too(payroll: Agencies) -> None:
    """Money at an agency is judged by the consents of its day, and refused without them."""
    payroll.put(agency())
    payroll.declare(GIVEN, ONE, declared_on=COLLECTED_ON)
    payroll.declare(GIVEN, TWO, declared_on=TOLD_ON)
    refused = payroll.collect(dues(1), dues(2))
    assert (refused.outcome, [fault.subject for fault in refused.faults]) == (Outcome.REJECT, [TWO])
    assert payroll.collect(dues(1)).outcome is Outcome.PASS
