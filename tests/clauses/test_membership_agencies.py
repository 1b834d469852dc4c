"""总工发〔2018〕28号 二 and 陕工发〔2021〕10号 二: money at an agency, and deductions from the pay."""

import datetime

import pytest

from mutualaid_core.domain.claims.reason import Outcome, Reason
from mutualaid_core.domain.fund.account import Title
from mutualaid_core.domain.membership.paying.consent import ConsentStep
from mutualaid_core.domain.membership.paying.funding import FundingPlan, PlanPattern, PlanYear
from mutualaid_core.domain.scheme.dues import FundingSource, PayerShare
from mutualaid_core.domain.values.identifiers import MemberId
from mutualaid_core.domain.values.money import ZERO
from mutualaid_core.services.membership.paying.funding import RecordFundingPlan, record_funding_plan
from mutualaid_core.testing.acts.agencies import Agencies, agency
from mutualaid_core.testing.samples import PERIOD, SCHEME, UNIT, dues, joiner, member_id, stay, yuan
from mutualaid_core.testing.world import World, balance

DAY = datetime.date


@pytest.mark.clause("ACFTU-2.3b")
def test_a_member_is_not_harmed_by_an_agency_that_has_not_remitted(world: World) -> None:
    """Paid by the union and not yet remitted: cover must stand, and the agency be flagged by days and sum."""
    world.admit(2, 2)
    world.enrol(joiner(1), joiner(2))
    agencies = Agencies(world)
    agencies.put(agency())
    agencies.collect(dues(1, union=50), collected_on=DAY(2013, 12, 20), on=DAY(2014, 1, 5))
    paid, unpaid = world.file(stay(1_000, 1)), world.file(stay(1_000, 2))
    held = agencies.holding(DAY(2014, 1, 20))
    assert (paid.outcome, paid.benefit) == (Outcome.PASS, yuan(300))
    assert (unpaid.outcome, unpaid.reasons) == (Outcome.REJECT, (Reason.NO_PAID_COVER,))
    assert (held.outcome, [fault.subject for fault in held.faults]) == (Outcome.FLAG, ["AG-1"])
    assert [(due.amount, due.since, due.days) for due in held.dues] == [(yuan(50), DAY(2013, 12, 20), 31)]
    assert (balance(world.store, Title.AGENCY), balance(world.store, Title.BANK)) == (yuan(50), ZERO)


@pytest.mark.clause("SN-2.3.5d")
def test_a_payroll_is_judged_by_the_consents_on_record(world: World) -> None:
    """Of 100 with 98 consents 98 must be deducted and 2 listed; who withdrew before the cut-off is out."""
    world.admit(100, 100)
    members = tuple(MemberId(f"m-{number}") for number in range(100))
    payroll, cut_off = Agencies(world), DAY(2013, 12, 25)
    payroll.declare(ConsentStep.GIVEN, *members[:98], declared_on=DAY(2013, 12, 1))
    first = payroll.payroll(*members, cut_off=cut_off, on=DAY(2013, 12, 23))
    assert (first.outcome, len(first.deducted), first.listed) == (Outcome.FLAG, 98, members[98:])
    payroll.declare(ConsentStep.WITHDRAWN, members[0], declared_on=DAY(2013, 12, 24))
    second = payroll.payroll(*members, cut_off=cut_off)
    assert (len(second.deducted), second.listed) == (97, (members[0], *members[98:]))


@pytest.mark.clause("SN-2.3.5d", "HN-3.1.2b")
def test_a_payroll_is_booked_by_the_consents_on_record(world: World) -> None:
    """100 remitted with 98 consents must be held with 2 named; without these two 98 are booked."""
    world.admit(100, 100)
    numbers = range(1, 101)
    world.enrol(*(joiner(number) for number in numbers))
    plan = FundingPlan(
        scheme_id=SCHEME,
        unit_id=UNIT,
        pattern=PlanPattern.PAYROLL_VOLUNTARY,
        years=(PlanYear(year=2014, split=(PayerShare(payer=FundingSource.MEMBER),)),),
        made_on=DAY(2013, 12, 1),
    )
    recorded = RecordFundingPlan(period_id=PERIOD, plan=plan)
    record_funding_plan(world.host, world.act(DAY(2013, 12, 1)), recorded)
    payroll = Agencies(world)
    payroll.declare(
        ConsentStep.GIVEN, *(member_id(number) for number in numbers[:98]), declared_on=DAY(2013, 12, 1)
    )
    day = DAY(2013, 12, 25)
    held = world.remit(*(dues(number) for number in numbers), entry="R-1", on=day)
    named = (member_id(99), member_id(100))
    assert (held.outcome, held.booked, tuple(fault.subject for fault in held.faults)) == (
        Outcome.HOLD,
        ZERO,
        named,
    )
    booked = world.remit(*(dues(number) for number in numbers[:98]), entry="R-2", on=day)
    assert (booked.outcome, booked.booked) == (Outcome.PASS, yuan(4_900))
    payroll.declare(ConsentStep.GIVEN, *named, declared_on=DAY(2013, 12, 1), on=day)
    payroll.declare(ConsentStep.WITHDRAWN, named[0], declared_on=DAY(2013, 12, 24), on=day)
    again = world.remit(dues(99), dues(100), entry="R-3", on=day)
    assert (again.outcome, [fault.subject for fault in again.faults]) == (Outcome.HOLD, [named[0]])
