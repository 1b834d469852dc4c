"""Accumulation: claims of a period, or for one cause, that are computed together."""

import datetime

import attrs
import pytest

from mutualaid_core.domain.claims.trace import Rule, TraceStep
from mutualaid_core.domain.scheme.benefit.base import DayCount, DaysBase
from mutualaid_core.domain.scheme.benefit.limits import PaymentsLimit, Per
from mutualaid_core.domain.scheme.benefit.steps import Deductible, PerDay
from mutualaid_core.domain.scheme.benefit.terms import Accumulation, Basis, Benefit, Over
from mutualaid_core.domain.scheme.facts import EventKind
from mutualaid_core.domain.values.dates import MonthEnd
from mutualaid_core.rules.claims.accumulation import joins
from mutualaid_core.rules.claims.benefit import benefit_line
from mutualaid_core.rules.claims.facts import EventFacts
from mutualaid_core.rules.claims.plan.compile import compile_benefit
from mutualaid_core.rules.claims.working.log import Log
from mutualaid_core.testing.samples import EXAMPLE_BANDS, YUEYANG_2014, yuan

DAY = datetime.date
SOURCE = "HN-4.4.3b"
PERIOD = Accumulation(over=Over.PERIOD, source=SOURCE)
CAUSE = Accumulation(
    over=Over.SAME_CAUSE, cause="cause", within_months=3, month_end=MonthEnd.LAST_DAY, source=SOURCE
)
ANNUAL = attrs.evolve(
    YUEYANG_2014,
    basis=Basis.FIXED,
    accumulate=PERIOD,
    steps=(Deductible(amount=yuan(1_000), source=SOURCE), EXAMPLE_BANDS),
    limits=(),
)
RELIEF = attrs.evolve(
    YUEYANG_2014,
    basis=Basis.FIXED,
    accumulate=CAUSE,
    base=DaysBase(counted=DayCount.NIGHTS, first_payable_day=4, source=SOURCE),
    steps=(PerDay(amount=yuan(50), source=SOURCE),),
    limits=(PaymentsLimit(most=1, per=Per.PERIOD, source=SOURCE),),
)
"""50 a day from the fourth day of a stay, once a period; one cause within three months is one stay."""


def paid(benefit: Benefit, *events: EventFacts) -> list[int]:
    """What events in a row are paid."""
    plan, used, amounts = compile_benefit(benefit, "benefits[0]", frozenset()), {}, []
    for event in events:
        line = benefit_line(plan, event, used, {})
        for key, added in line.uses:
            used[key] = used.get(key, 0) + added
        amounts.append(line.amount)
    return amounts


def costing(base: int) -> EventFacts:
    """An event that leaves so many yuan."""
    amounts = dict.fromkeys(YUEYANG_2014.base.subtract, 0) | {"inscp_scp_amt": base * 100}
    return EventFacts(
        event=EventKind.INPATIENT_STAY, began=DAY(2014, 3, 1), ended=DAY(2014, 3, 9), amounts=amounts
    )


def staying(first: datetime.date, nights: int, cause: str = "fracture") -> EventFacts:
    """A stay of so many nights."""
    return EventFacts(
        event=EventKind.INPATIENT_STAY,
        began=first,
        ended=first + datetime.timedelta(days=nights),
        codes={"cause": cause},
    )


def test_the_deductible_of_a_period_is_borne_once() -> None:
    """600, 600 and 5,000 over a deductible of 1,000 at 40 and 50 %: 0, 80, and 2,200 less 80 is 2,020."""
    # 6,200 - 1,000 = 5,200: 5,000 at 40 % and 200 at 50 % are 2,100; less 80 are 2,020.
    assert paid(ANNUAL, costing(600), costing(600), costing(5_000)) == [0, 8_000, 202_000]


def test_claims_of_a_period_come_to_what_one_would() -> None:
    """However a cost is spread over claims, the sum must be that of one claim over all of it."""
    parts = paid(ANNUAL, *(costing(base) for base in (100, 2_900, 7_000, 14_000)))
    assert sum(parts) == paid(ANNUAL, costing(24_000))[0]


def test_a_claim_without_a_base_brings_nothing_more() -> None:
    """A further claim that leaves nothing must be paid nothing and change nothing."""
    assert paid(ANNUAL, costing(6_000), costing(0), costing(100)) == [200_000, 0, 5_000]


def test_stays_for_one_cause_are_one_stay() -> None:
    """Of 5 nights 2 are paid; 7 more are paid in full: the first days are the member's own only once."""
    assert paid(RELIEF, staying(DAY(2015, 3, 1), 5), staying(DAY(2015, 5, 1), 7)) == [10_000, 35_000]


def test_stays_for_another_cause_stand_alone() -> None:
    """A second stay for another cause is a second payment, of which the scheme makes only one."""
    events = staying(DAY(2015, 3, 1), 5), staying(DAY(2015, 4, 1), 5, "hernia")
    assert paid(RELIEF, *events) == [10_000, 0]


def test_a_stay_joins_up_to_the_last_day_of_the_time() -> None:
    """Three months after 6 March end on 6 June: a stay begun then joins, a day later it does not."""
    first = staying(DAY(2015, 3, 1), 5)
    assert paid(RELIEF, first, staying(DAY(2015, 6, 6), 4)) == [10_000, 20_000]
    assert paid(RELIEF, first, staying(DAY(2015, 6, 7), 5)) == [10_000, 0]


def test_each_stay_of_a_chain_counts_from_the_one_before() -> None:
    """Stays in March, June and September are one, though March and September are six months apart."""
    chain = (staying(DAY(2015, month, 1), 4) for month in (3, 6, 9))
    assert paid(RELIEF, *chain) == [5_000, 20_000, 20_000]


def test_an_unpaid_stay_leaves_the_payment_to_the_next_of_its_cause() -> None:
    """A first stay of 2 nights is paid nothing; the second, with 5, is the one payment."""
    events = staying(DAY(2015, 3, 1), 2), staying(DAY(2015, 4, 1), 5), staying(DAY(2015, 5, 1), 1)
    assert paid(RELIEF, *events) == [0, 20_000, 5_000]


@pytest.mark.parametrize(
    ("began", "joined"), [(DAY(2015, 3, 31), True), (DAY(2015, 4, 1), False), (DAY(2015, 3, 1), True)]
)
def test_days_between_stays_are_counted_too(
    began: datetime.date,
    joined: bool,  # noqa: FBT001  # the expected answer
) -> None:
    """30 days after 1 March end on 31 March."""
    terms = Accumulation(over=Over.SAME_CAUSE, cause="cause", within_days=30, source=SOURCE)
    assert joins(terms, began, DAY(2015, 3, 1).toordinal()) is joined


def test_a_first_stay_joins_nothing() -> None:
    """Where no stay went before there is nothing to join."""
    assert not joins(CAUSE, DAY(2015, 3, 1), 0)


def test_claims_of_a_period_are_payments_each() -> None:
    """Claims that add up over a period are no one stay: of one payment the second must be nothing."""
    once = attrs.evolve(ANNUAL, limits=(PaymentsLimit(most=1, per=Per.PERIOD, source=SOURCE),))
    assert paid(once, costing(2_000), costing(2_000)) == [40_000, 0]


def test_a_stay_for_a_cause_keeps_four_counters() -> None:
    """Base, result, payment and last day must be kept under the cause, the last day as its number."""
    plan = compile_benefit(RELIEF, "benefits[0]", frozenset())
    line = benefit_line(plan, staying(DAY(2015, 3, 1), 5), {}, {})
    assert dict(line.uses) == {
        "payments/inpatient/period": 1,
        "cause-base/inpatient/lifetime/fracture": 5,
        "cause-result/inpatient/lifetime/fracture": 10_000,
        "cause-paid/inpatient/lifetime/fracture": 1,
        "cause-ended/inpatient/lifetime/fracture": DAY(2015, 3, 6).toordinal(),
    }


def test_a_period_keeps_two_counters() -> None:
    """Base and result must be kept for the period, and nothing of a payment or a day."""
    plan = compile_benefit(ANNUAL, "benefits[0]", frozenset())
    line = benefit_line(plan, costing(2_000), {}, {})
    assert dict(line.uses) == {"base/inpatient/period": 200_000, "result/inpatient/period": 40_000}


def test_what_was_added_up_is_told_step_by_step() -> None:
    """The steps of adding up and of taking off must name parameter, source and clause."""
    log = Log()
    plan = compile_benefit(ANNUAL, "benefits[0]", frozenset())
    used = {"base/inpatient/period": 200_000, "result/inpatient/period": 40_000}
    benefit_line(plan, costing(1_000), used, {}, log)
    told = {step.rule: step for step in log.steps}
    assert told[Rule.LESS_EARLIER] == TraceStep(
        rule=Rule.LESS_EARLIER,
        before=yuan(800),
        after=yuan(400),
        amounts=(("earlier", yuan(400)),),
        parameter="benefits[0].accumulate",
        source=SOURCE,
        clauses=("HN-4.4.3b",),
    )
    added = told[Rule.ACCUMULATION]
    assert (added.parameter, added.source, added.clauses, added.amounts) == (
        "benefits[0].accumulate",
        SOURCE,
        ("HN-4.4.3b",),
        (),
    )
    assert (added.fact("base"), added.fact("earlier"), added.fact("sum")) == ("100000", "200000", "300000")
