"""Award: all benefits of a scheme for one event, in their order, and what they use together."""

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Reason
from mutualaid_core.domain.scheme.benefit.base import EventBase
from mutualaid_core.domain.scheme.benefit.conditions import CodeIs
from mutualaid_core.domain.scheme.benefit.limits import AmountLimit, PaymentsLimit, Per
from mutualaid_core.domain.scheme.benefit.steps import FixedSum
from mutualaid_core.domain.scheme.benefit.terms import Basis, Benefit
from mutualaid_core.domain.scheme.benefit.waiting import WaitingGrade
from mutualaid_core.domain.scheme.facts import EventKind
from mutualaid_core.domain.values.money import Money
from mutualaid_core.rules.claims.admission import ClaimFacts, facts_of
from mutualaid_core.rules.claims.award import Award, award, fitting
from mutualaid_core.rules.claims.facts import EventFacts
from mutualaid_core.rules.claims.plan.compile import compile_version
from mutualaid_core.rules.claims.working.log import Log
from mutualaid_core.testing.samples import VERSION, YUEYANG_2014, bands, yuan

SOURCE = "HN-4.4.1"
STAY = YUEYANG_2014


@pytest.fixture
def event(facts: ClaimFacts) -> EventFacts:
    """A stay of a member that leaves 8,000: the sample benefit is 2,550."""
    return facts_of(facts, VERSION)


def given(*benefits: Benefit, event: EventFacts, used: dict[str, int] | None = None) -> Award:
    """The award of these benefits."""
    return award(compile_version(attrs.evolve(VERSION, benefits=benefits)), event, used or {})


def grant(name: str, amount: int, **changes: object) -> Benefit:
    """A fixed sum for every stay."""
    fixed = {
        "benefit_id": name,
        "basis": Basis.FIXED,
        "base": EventBase(source=SOURCE),
        "steps": (FixedSum(amount=yuan(amount), source=SOURCE),),
        "limits": (),
        **changes,
    }
    return attrs.evolve(YUEYANG_2014, **fixed)


def test_benefits_that_fit_are_added(event: EventFacts) -> None:
    """2,550 and a grant of 300 must be 2,850, with a line each."""
    made = given(STAY, grant("grant", 300), event=event)
    assert (made.amount, [line.amount for line in made.lines]) == (285_000, [255_000, 30_000])


def test_what_does_not_fit_keeps_nothing_after_it_from_being_paid(event: EventFacts) -> None:
    """A benefit of a part that is not held, and one whose condition fails, must not end the award."""
    rider = grant("rider", 100, part="rider")
    other = grant("other", 200, when=(CodeIs(fact="hosp_lv", one_of=("9",)),))
    made = given(rider, other, grant("grant", 300), event=event)
    assert [(line.benefit_id, line.amount) for line in made.lines] == [("grant", 30_000)]


def test_one_cap_of_two_benefits_holds_what_was_used_before_once(event: EventFacts) -> None:
    """Of 500 with 150 used, a grant of 300 must leave 50 for the next grant of 300."""
    cap = AmountLimit(most=yuan(500), per=Per.PERIOD, counter="both", source=SOURCE)
    first, second = (grant(name, 300, limits=(cap,)) for name in ("first", "second"))
    made = given(first, second, event=event, used={"amount/both/period": 15_000})
    assert [line.amount for line in made.lines] == [30_000, 5_000]


def test_a_benefit_for_another_event_has_no_line(event: EventFacts) -> None:
    """A stay must not be paid what a diagnosis is."""
    made = given(STAY, grant("grant", 300, event=EventKind.DIAGNOSIS), event=event)
    assert [line.benefit_id for line in made.lines] == ["inpatient"]


def test_a_benefit_whose_condition_fails_has_no_line(event: EventFacts) -> None:
    """What is paid at level 1 must not be paid at level 3."""
    level = (CodeIs(fact="hosp_lv", one_of=("1",)),)
    assert given(grant("grant", 300, when=level), event=event).reasons == (Reason.EVENT_NOT_COVERED,)


@pytest.mark.parametrize(("parts", "amount"), [({"main"}, 255_000), ({"main", "rider"}, 285_000)])
def test_a_part_must_be_held(event: EventFacts, parts: set[str], amount: int) -> None:
    """A rider must be paid to those who hold it, besides the main item."""
    benefits = attrs.evolve(STAY, part="main"), grant("grant", 300, part="rider")
    assert given(*benefits, event=attrs.evolve(event, parts=frozenset(parts))).amount == amount


def test_a_member_without_the_part_is_told_so(event: EventFacts) -> None:
    """Who holds no part that fits must be told that, not that the event is not covered."""
    assert given(grant("grant", 300, part="rider"), event=event).reasons == (Reason.PART_NOT_HELD,)


def test_a_benefit_that_another_excludes_is_not_paid_beside_it(event: EventFacts) -> None:
    """What excludes the first benefit must be paid only where the first pays nothing."""
    second = grant("grant", 300, excludes=("inpatient",))
    beside = given(STAY, second, event=event)
    alone = given(STAY, second, event=event, used={"amount/inpatient/period": 5_000_000})
    assert (beside.amount, alone.amount) == (255_000, 30_000)


def test_a_second_layer_rests_on_what_the_first_left(event: EventFacts) -> None:
    """8,000 less 2,550 leave 5,450: 1,500 + 35 % of 450 are 1,657.50 more."""
    base = attrs.evolve(STAY.base, less_benefits=("inpatient",))
    second = attrs.evolve(STAY, benefit_id="second", base=base)
    assert [line.amount for line in given(STAY, second, event=event).lines] == [255_000, 165_750]


def test_benefits_that_compensate_keep_to_the_expense_together(event: EventFacts) -> None:
    """With 8,500 left to the member, four benefits of 2,550 must be 8,500 together."""
    copies = (attrs.evolve(STAY, benefit_id=f"copy-{number}") for number in range(4))
    made = given(*copies, event=event)
    assert [line.amount for line in made.lines] == [255_000, 255_000, 255_000, 85_000]


def test_benefits_of_one_counter_use_it_up_together(event: EventFacts) -> None:
    """Of 2,700 for both, the second must be left 150, and the counter must lose 2,700."""
    shared = (AmountLimit(most=yuan(2_700), per=Per.PERIOD, counter="all", source=SOURCE),)
    made = given(attrs.evolve(STAY, limits=shared), grant("grant", 300, limits=shared), event=event)
    assert (made.amount, made.uses) == (270_000, {"amount/all/period": 270_000})


def test_what_was_used_before_is_not_touched(event: EventFacts) -> None:
    """The mapping of what was used must be as before, and added to."""
    used = {"amount/inpatient/period": 100_000}
    made = given(STAY, STAY, event=event, used=used)
    assert (used, made.uses) == ({"amount/inpatient/period": 100_000}, {"amount/inpatient/period": 510_000})


def test_an_event_that_leaves_nothing_has_one_reason(event: EventFacts) -> None:
    """Where nothing was self-borne under any benefit, that must be the one reason."""
    free = attrs.evolve(event, amounts={**event.amounts, "inscp_scp_amt": 1_100_000})
    assert given(STAY, event=free).reasons == (Reason.NOTHING_SELF_BORNE,)


def test_what_keeps_one_benefit_back_is_no_reason_where_another_pays(event: EventFacts) -> None:
    """A stay that is paid under one benefit must not be told that it waits under another."""
    grades = (WaitingGrade(through_day=365, pays=Money(0)),)
    waiting = attrs.evolve(STAY, benefit_id="late", waiting=attrs.evolve(STAY.waiting, grades=grades))
    assert given(STAY, waiting, event=event).reasons == (Reason.COMPUTED,)
    assert given(waiting, event=event).reasons == (Reason.IN_WAITING_PERIOD,)


ONCE = PaymentsLimit(most=1, per=Per.LIFETIME, source="GD-2.3.2b")
USED = {"payments/grant/lifetime": 1}


@pytest.mark.clause("GD-2.3.2b")
def test_a_sum_for_an_event_that_was_paid_is_refused(event: EventFacts) -> None:
    """A further claim for a sum that was paid as often as it is must be refused for that alone."""
    made = given(grant("grant", 300, limits=(ONCE,)), event=event, used=USED)
    assert (made.amount, made.reasons) == (0, (Reason.SUM_PAID_BEFORE,))
    first = given(grant("grant", 300, limits=(ONCE,)), event=event)
    assert (first.amount, first.reasons) == (30_000, (Reason.COMPUTED,))


@pytest.mark.clause("GD-2.3.2b")
def test_a_sum_that_was_paid_does_not_refuse_what_else_is_paid(event: EventFacts) -> None:
    """Beside another benefit of the event the sum must only be used up."""
    made = given(STAY, grant("grant", 300, limits=(ONCE,)), event=event, used=USED)
    assert (made.amount, made.reasons) == (255_000, (Reason.PAYMENTS_USED_UP, Reason.COMPUTED))


@pytest.mark.clause("GD-2.3.2b")
def test_a_sum_that_was_paid_is_refused_where_nothing_else_is_paid(event: EventFacts) -> None:
    """Beside a sum that still waits the one reason must be that it was paid."""
    once = grant("grant", 300, limits=(ONCE,))
    grades = (WaitingGrade(through_day=365, pays=Money(0)),)
    late = grant("late", 300, waiting=attrs.evolve(STAY.waiting, grades=grades))
    for benefits in ((once, late), (late, once)):
        made = given(*benefits, event=event, used=USED)
        assert (made.amount, made.reasons) == (0, (Reason.SUM_PAID_BEFORE,))


@pytest.mark.clause("GD-2.3.2b", "HN-4.4.3c")
def test_a_stay_whose_cap_is_used_up_is_told_so_beside_a_sum_that_was_paid(event: EventFacts) -> None:
    """A stay that was computed and cut to nothing must not be refused for a sum that was paid."""
    made = given(
        STAY,
        grant("grant", 300, limits=(ONCE,)),
        event=event,
        used={**USED, "amount/inpatient/period": 5_000_000},
    )
    expected = (Reason.CAP_EXHAUSTED, Reason.PAYMENTS_USED_UP, Reason.COMPUTED)
    assert (made.amount, made.reasons) == (0, expected)


def test_reasons_stand_by_precedence(event: EventFacts) -> None:
    """A cut and a plain computation must be told in the order of their ranks."""
    made = given(STAY, grant("grant", 300), event=event, used={"amount/inpatient/period": 4_900_000})
    assert made.reasons == (Reason.CAP_REDUCED, Reason.COMPUTED)


def test_a_note_is_taken_of_each_benefit(event: EventFacts) -> None:
    """The log must name both benefits before their steps."""
    log = Log()
    award(compile_version(attrs.evolve(VERSION, benefits=(STAY, grant("grant", 300)))), event, {}, log)
    assert [step.fact("benefit") for step in log.steps if step.rule.value == "applies"] == [
        "inpatient",
        "grant",
    ]


def test_fitting_tells_what_could_be_paid(event: EventFacts) -> None:
    """Benefits must fit by event, part and conditions, whatever they come to."""
    benefits = STAY, grant("rider", 300, part="rider"), grant("death", 1, event=EventKind.DEATH)
    plan = compile_version(attrs.evolve(VERSION, benefits=benefits))
    assert [each.terms.benefit_id for each in fitting(plan, event)] == ["inpatient"]


def test_a_member_without_the_part_need_not_tell_its_facts(event: EventFacts) -> None:
    """Conditions of a rider must not be asked of those who do not hold it."""
    rider = grant("grant", 300, part="rider", when=(CodeIs(fact="illness", one_of=("listed",)),))
    assert given(STAY, rider, event=event).amount == 255_000


def test_a_second_layer_without_a_cost_takes_the_first_off_once(event: EventFacts) -> None:
    """Where no cost is told, 8,000 less 2,550 must leave 5,450 to be paid in full, not 2,900."""
    amounts = {name: fen for name, fen in event.amounts.items() if name != "medfee_sumamt"}
    base = attrs.evolve(STAY.base, less_benefits=("inpatient",))
    whole = attrs.evolve(STAY, benefit_id="second", base=base, steps=(bands((None, 100)),))
    made = given(STAY, whole, event=attrs.evolve(event, amounts=amounts))
    assert [line.amount for line in made.lines] == [255_000, 545_000]
