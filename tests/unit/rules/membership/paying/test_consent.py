"""Payroll consent: what a worker may declare after what, and what becomes of a payroll list."""

import datetime

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.enrolment import Enrolment
from mutualaid_core.domain.membership.paying.consent import ConsentEvent, ConsentStep, PayrollConsent
from mutualaid_core.domain.membership.paying.funding import FundingPlan, PlanPattern, PlanYear
from mutualaid_core.domain.scheme.dues import FundingSource, PayerShare
from mutualaid_core.domain.scheme.eligibility import Employment, InsuranceType
from mutualaid_core.domain.values.identifiers import ActorId, EntryId, MemberId, PeriodId, SchemeId, UnitId
from mutualaid_core.rules.membership.paying.consent import (
    booking_outcome,
    consented_batch,
    declaration_faults,
    declared_day_faults,
    deducted_members,
    deducting_plan,
    listed_twice_faults,
    payroll_faults,
    payroll_outcome,
)
from mutualaid_core.rules.membership.paying.funding import PayrollBatch
from mutualaid_core.rules.membership.paying.remittance import Payment
from mutualaid_core.testing.samples import YEAR, dues, member_id

GIVEN, WITHDRAWN = ConsentStep.GIVEN, ConsentStep.WITHDRAWN
WORKER, OTHER = MemberId("m-1"), MemberId("m-2")


def day(number: int) -> datetime.date:
    """A day of December 2013."""
    return datetime.date(2013, 12, number)


def event(step: ConsentStep, on: int, told: int | None = None) -> ConsentEvent:
    """A declaration of a day of December."""
    return ConsentEvent(
        step=step, on=day(on), told_on=day(told or on), taken_by=ActorId("clerk-1"), paper="授权书1号"
    )


def known(*events: ConsentEvent) -> PayrollConsent:
    """What the worker declared before."""
    return PayrollConsent(scheme_id=SchemeId("HN-A"), unit_id=UnitId("U-1"), member_id=WORKER, events=events)


@pytest.mark.clause("SN-2.3.5d")
@pytest.mark.parametrize(
    ("before", "declared", "rules"),
    [
        (None, event(GIVEN, 5), []),
        (None, event(WITHDRAWN, 5), ["must hold to be withdrawn"]),
        (known(event(GIVEN, 1)), event(GIVEN, 5), ["must not hold already"]),
        (known(event(GIVEN, 1)), event(WITHDRAWN, 5), []),
        (known(event(GIVEN, 1), event(WITHDRAWN, 5)), event(GIVEN, 5), []),
        (known(event(GIVEN, 6)), event(WITHDRAWN, 5, 6), ["must be >= 2013-12-06"]),
        (known(event(GIVEN, 1, 7)), event(WITHDRAWN, 5, 6), ["must be recorded on or after 2013-12-07"]),
        (
            known(event(GIVEN, 6, 7)),
            event(WITHDRAWN, 5, 6),
            ["must be >= 2013-12-06", "must be recorded on or after 2013-12-07"],
        ),
    ],
    ids=["first", "nothing", "twice", "withdrawn", "anew", "earlier", "back", "both"],
)
def test_a_declaration_follows_the_one_before(
    before: PayrollConsent | None, declared: ConsentEvent, rules: list[str]
) -> None:
    """Consent and withdrawal must take turns, in the order of their days and of their records."""
    assert [fault.rule for fault in declaration_faults(WORKER, before, declared)] == rules


def test_a_declaration_is_not_of_a_day_to_come() -> None:
    """What is dated after the business day must be refused, and that of the day itself pass."""
    assert declared_day_faults(WORKER, day(5), day(5)) == ()
    assert [fault.found for fault in declared_day_faults(WORKER, day(6), day(5))] == ["2013-12-06"]


@pytest.mark.clause("SN-2.3.5d")
def test_a_withdrawal_counts_once_it_is_recorded() -> None:
    """Withdrawn on the 5th and recorded on the 7th, it must count on the 7th and not before."""
    consents = (known(event(GIVEN, 1), event(WITHDRAWN, 5, 7)),)
    found = [consented_batch((WORKER, OTHER), consents, day(6), day(on)).deducted for on in (6, 7)]
    assert found == [(WORKER,), ()]


def test_nobody_is_deducted_twice() -> None:
    """A worker whom a list names twice must be told with the number of lines."""
    faults = listed_twice_faults((WORKER, OTHER, WORKER))
    assert [(fault.subject, fault.found) for fault in faults] == [(WORKER, "2 lines")]


@pytest.mark.clause("SN-2.3.5d")
@pytest.mark.parametrize(
    ("deducted", "listed", "outcome"),
    [
        ((WORKER,), (), Outcome.PASS),
        ((WORKER,), (OTHER,), Outcome.FLAG),
        ((), (OTHER,), Outcome.REJECT),
    ],
    ids=["all", "some", "none"],
)
def test_a_list_is_told_with_who_has_not_consented(
    deducted: tuple[MemberId, ...], listed: tuple[MemberId, ...], outcome: Outcome
) -> None:
    """Everybody without consent must be named, and the others go on."""
    batch = PayrollBatch(deducted=deducted, listed=listed)
    assert payroll_outcome(batch) is outcome
    assert [fault.subject for fault in payroll_faults(batch)] == list(listed)


def place(number: int, gift: str | None = None) -> Enrolment:
    """A person who is enrolled, by a gift or not."""
    return Enrolment(
        scheme_id=SchemeId("HN-A"),
        period_id=PeriodId("2014"),
        member_id=member_id(number),
        unit_id=UnitId("U-1"),
        insurance_type=InsuranceType.EMPLOYEE,
        employment=Employment.REGULAR,
        shares=1,
        cover=YEAR,
        joined_on=day(1),
        gift_id=gift,
    )


def plan(pattern: PlanPattern, year: int) -> FundingPlan:
    """A plan by which the member bears what the employer does not."""
    return FundingPlan(
        scheme_id=SchemeId("HN-A"),
        unit_id=UnitId("U-1"),
        pattern=pattern,
        years=(PlanYear(year=year, split=(PayerShare(payer=FundingSource.MEMBER),)),),
        made_on=day(1),
    )


@pytest.mark.clause("SN-2.3.5d")
@pytest.mark.parametrize(
    ("made", "deducted"),
    [
        (None, ()),
        (plan(PlanPattern.EMPLOYER_SUBSIDY, 2014), ()),
        (plan(PlanPattern.PAYROLL_VOLUNTARY, 2015), ()),
        (plan(PlanPattern.PAYROLL_VOLUNTARY, 2014), (member_id(1), member_id(5))),
    ],
    ids=["no-plan", "another-plan", "next-year", "payroll"],
)
def test_the_members_own_part_comes_out_of_the_pay(
    made: FundingPlan | None, deducted: tuple[MemberId, ...]
) -> None:
    """Under such a plan whoever bears a part is deducted once; gifts, others' money and cash are not."""
    lines = (
        dues(1),
        dues(1),
        dues(2, employer=50),
        dues(3, member=0, employer=50),
        dues(4, member=50),
        dues(5, member=20, employer=30),
        attrs.evolve(dues(6), paid_directly=True),
    )
    places = {member_id(number): place(number) for number in (1, 2, 3, 6)}
    places[member_id(4)] = place(4, gift="GIFT")
    assert deducted_members(lines, places, made, 2014) == deducted


@pytest.mark.clause("SN-2.3.5d", "HN-3.1.2b")
def test_missing_consents_hold_and_worse_faults_refuse() -> None:
    """Alone or beside a difference they hold the batch, beside a second payment it is refused."""
    (missing,) = payroll_faults(PayrollBatch(deducted=(), listed=(WORKER,)))
    difference = Fault(subject="U-1", rule="must add up", found="49.00", clause="HN-3.1.2b")
    twice = attrs.evolve(difference, clause="HN-4.3.5a")
    split = attrs.evolve(missing, rule="split must be shared by the plan")
    cases = ((), (missing,), (difference, missing), (twice, missing), (split, missing))
    assert [
        booking_outcome(faults, tuple(each for each in faults if each is missing)) for faults in cases
    ] == [
        Outcome.PASS,
        Outcome.HOLD,
        Outcome.HOLD,
        Outcome.REJECT,
        Outcome.REJECT,
    ]
    assert booking_outcome((difference,), ()) is Outcome.HOLD


@pytest.mark.clause("SN-2.3.5d")
def test_the_plan_of_the_payment_asks_for_consents() -> None:
    """A plan made once the money is held must not undo the deduction; else the last one holds."""
    deducts, gives = (
        FundingPlan(
            scheme_id=SchemeId("HN-A"),
            unit_id=UnitId("U-1"),
            pattern=pattern,
            years=(PlanYear(year=2014, split=(PayerShare(payer=payer),)),),
            made_on=day(number),
        )
        for pattern, payer, number in (
            (PlanPattern.PAYROLL_VOLUNTARY, FundingSource.MEMBER, 1),
            (PlanPattern.GIFT, FundingSource.EMPLOYER, 3),
        )
    )
    both = deducts.with_plan(gives)
    paid = Payment(
        scheme_id=SchemeId("HN-A"),
        period_id=PeriodId("2014"),
        unit_id=UnitId("U-1"),
        entry_id=EntryId("R-1"),
        paid_on=day(4),
        known_on=day(4),
    )
    assert deducting_plan(None, paid, 2014) is None
    assert deducting_plan(both, paid, 2014) == gives
    assert deducting_plan(both, attrs.evolve(paid, came_on=day(2)), 2014) == deducts
    assert deducting_plan(gives, attrs.evolve(paid, came_on=day(2)), 2014) is None
