"""One benefit for one event: the waiting period, the bounds, the limits, what is used, the reasons."""

import datetime

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Reason
from mutualaid_core.domain.claims.trace import Rule
from mutualaid_core.domain.scheme.benefit.base import DayCount, DaysBase
from mutualaid_core.domain.scheme.benefit.conditions import FlagIs
from mutualaid_core.domain.scheme.benefit.limits import AmountLimit, DaysLimit, Excess, PaymentsLimit, Per
from mutualaid_core.domain.scheme.benefit.steps import PerDay, TimesShares
from mutualaid_core.domain.scheme.benefit.terms import Basis, Benefit
from mutualaid_core.domain.scheme.benefit.waiting import Waiting, WaitingGrade
from mutualaid_core.domain.scheme.facts import EventKind
from mutualaid_core.domain.values.money import FEN_MAX, Money
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.rules.claims.benefit import Line, benefit_line
from mutualaid_core.rules.claims.facts import EventFacts
from mutualaid_core.rules.claims.plan.compile import compile_benefit
from mutualaid_core.rules.claims.working.log import Log
from mutualaid_core.testing.samples import YUEYANG_2014, stay, yuan

CAP = "amount/inpatient/period"
SOURCE = "HN-4.4.3c"


def facts_of(base: int | str = 8_000, amounts: dict[str, int] | None = None, **facts: object) -> EventFacts:
    """A stay that leaves *base* yuan, with other amounts in fen."""
    settlement = stay(base)
    told = {
        name: settlement.amount(name).fen
        for name in (
            *("inscp_scp_amt", "medfee_sumamt", "fund_pay_sumamt", "hosp_part_amt"),
            *("hifp_pay", "hifob_pay", "cvlserv_pay", "hifes_pay", "hifmi_pay", "maf_pay", "oth_pay"),
        )
    }
    given = {"counts": {"cover_day": 40}, "flags": {"first_time": True}, **facts}
    return EventFacts(
        event=EventKind.INPATIENT_STAY,
        began=datetime.date(2014, 3, 1),
        ended=datetime.date(2014, 3, 10),
        amounts={**told, **(amounts or {})},
        **given,
    )


def line_of(
    benefit: Benefit, facts: EventFacts, used: dict[str, int] | None = None, log: Log | None = None
) -> Line:
    """The line of one benefit."""
    return benefit_line(compile_benefit(benefit, "benefits[0]", frozenset()), facts, used or {}, {}, log)


@pytest.mark.parametrize(
    ("base", "granted", "amount", "reasons"),
    [
        ("0", "0", "0", (Reason.NOTHING_SELF_BORNE,)),
        ("8000", "0", "2550", ()),  # 1,500 + 35 % of 3,000
        ("120", "0", "50", (Reason.MINIMUM_APPLIED,)),
        ("8000", "49000", "1000", (Reason.CAP_REDUCED,)),
        ("8000", "50000", "0", (Reason.CAP_EXHAUSTED,)),
        ("120", "49990", "10", (Reason.MINIMUM_APPLIED, Reason.CAP_REDUCED)),
    ],
)
def test_the_reasons_tell_what_shaped_the_amount(
    base: str, granted: str, amount: str, reasons: tuple[Reason, ...]
) -> None:
    """Everything that changed the amount must be among the reasons."""
    line = line_of(YUEYANG_2014, facts_of(base), {CAP: yuan(granted).fen})
    assert (line.amount, line.reasons) == (yuan(amount).fen, reasons)


def test_what_is_paid_is_what_the_cap_loses() -> None:
    """A benefit of 2,550 must use 2,550 of the cap, a benefit of nothing none of it."""
    paid, nothing = line_of(YUEYANG_2014, facts_of()), line_of(YUEYANG_2014, facts_of("0"))
    assert (paid.uses, nothing.uses) == (((CAP, 255_000),), ())


def test_the_line_keeps_base_and_result_apart_from_the_amount() -> None:
    """A line cut by the cap must still tell its base and what the steps came to."""
    line = line_of(YUEYANG_2014, facts_of(), {CAP: 4_900_000})
    assert (line.base, line.result, line.amount) == (800_000, 255_000, 100_000)


def test_the_steps_stand_in_the_order_of_the_terms() -> None:
    """Base, deductible, bands, minimum, rounding and cap must follow each other."""
    log = Log()
    line_of(YUEYANG_2014, facts_of(120), log=log)
    assert [step.rule for step in log.steps] == [
        Rule.BASE,
        Rule.DEDUCTIBLE,
        Rule.BAND,
        Rule.MINIMUM,
        Rule.ROUNDING,
        Rule.PERIOD_CAP,
    ]


def test_taking_note_changes_nothing() -> None:
    """With and without a log the line must be the same."""
    facts = facts_of(120)
    assert line_of(YUEYANG_2014, facts, log=Log()) == line_of(YUEYANG_2014, facts)


WAITING = Waiting(
    grades=(
        WaitingGrade(through_day=30, pays=Money(0)),
        WaitingGrade(through_day=60, pays=yuan(500), times_shares=True),
    ),
    source="HN-4.4.2b",
)
WOMEN = attrs.evolve(YUEYANG_2014, waiting=WAITING, basis=Basis.FIXED)


@pytest.mark.parametrize(
    ("day", "paid", "reasons"),
    [
        (-3, 0, (Reason.IN_WAITING_PERIOD,)),
        (1, 0, (Reason.IN_WAITING_PERIOD,)),
        (30, 0, (Reason.IN_WAITING_PERIOD,)),
        (31, 100_000, (Reason.WAITING_GRADE,)),
        (60, 100_000, (Reason.WAITING_GRADE,)),
        (61, 255_000, ()),
    ],
)
def test_waiting_goes_by_the_day_of_cover(day: int, paid: int, reasons: tuple[Reason, ...]) -> None:
    """Through day 30 nothing, through day 60 500 a share, then the benefit; before the cover nothing."""
    line = line_of(WOMEN, facts_of(counts={"cover_day": day, "shares": 2}))
    assert (line.amount, line.reasons) == (paid, reasons)


def test_a_first_day_that_does_not_count_moves_every_grade() -> None:
    """Where the day after the first of cover is day 1, the 31st day of cover must still wait."""
    later = attrs.evolve(WOMEN, waiting=attrs.evolve(WAITING, first_day_counts=False))
    paid = [line_of(later, facts_of(counts={"cover_day": day})).amount for day in (31, 32, 61, 62)]
    assert paid == [0, 50_000, 50_000, 255_000]


@pytest.mark.parametrize(("first", "paid"), [(True, 0), (False, 255_000)])
def test_waiting_is_waived_where_its_conditions_hold(first: bool, paid: int) -> None:  # noqa: FBT001  # the fact
    """Whoever renews must not wait; whoever is new must."""
    waived = (FlagIs(fact="first_time", holds=False),)
    renewing = attrs.evolve(WOMEN, waiting=attrs.evolve(WAITING, waived_when=waived))
    facts = facts_of(counts={"cover_day": 1}, flags={"first_time": first})
    assert line_of(renewing, facts).amount == paid


def test_shares_in_the_waiting_period_are_bounded_like_others() -> None:
    """Where at most 2 shares count, 5 shares in the second grade must pay twice 500."""
    bounded = attrs.evolve(WOMEN, steps=(*WOMEN.steps, TimesShares(most=2, source=SOURCE)))
    assert line_of(bounded, facts_of(counts={"cover_day": 40, "shares": 5})).amount == 100_000


def test_a_grade_that_is_not_per_share_is_paid_once() -> None:
    """A grade without shares must pay its sum once, whatever is held."""
    grade = WaitingGrade(through_day=60, pays=yuan(500))
    once = attrs.evolve(WOMEN, waiting=attrs.evolve(WAITING, grades=(grade,)))
    assert line_of(once, facts_of(counts={"cover_day": 40, "shares": 5})).amount == 50_000


def test_all_payers_together_keep_to_the_expense() -> None:
    """8,000 in scope, but 7,000 of it borne by the hospital: 2,550 are cut to the 1,500 left."""
    line = line_of(YUEYANG_2014, facts_of(amounts={"hosp_part_amt": 700_000}))
    assert (line.amount, line.reasons) == (150_000, (Reason.INDEMNITY_LIMIT,))


def test_nothing_is_paid_where_others_paid_too_much() -> None:
    """Where funds and hospital paid more than the cost, nothing must be left to pay."""
    line = line_of(YUEYANG_2014, facts_of(amounts={"hosp_part_amt": FEN_MAX}))
    assert line.amount == 0


def test_what_other_schemes_paid_is_no_expense() -> None:
    """With 8,500 left to the member and 8,000 paid elsewhere, 500 must be the most."""
    assert line_of(YUEYANG_2014, facts_of(elsewhere=800_000)).amount == 50_000


def test_a_fixed_benefit_does_not_look_at_the_cost() -> None:
    """A benefit that does not compensate must be paid whatever others paid."""
    fixed = attrs.evolve(YUEYANG_2014, basis=Basis.FIXED)
    assert line_of(fixed, facts_of(elsewhere=99_000_000)).amount == 255_000


def test_without_a_cost_the_base_is_the_most() -> None:
    """Where the claim tells no cost, what is paid elsewhere must come off the base."""
    facts = facts_of(elsewhere=700_000)
    untold = attrs.evolve(facts, amounts={k: v for k, v in facts.amounts.items() if k != "medfee_sumamt"})
    assert line_of(YUEYANG_2014, untold).amount == 100_000


def test_what_compensates_never_exceeds_its_base() -> None:
    """Twice a base of 100, which shares would make it, must be cut to 100."""
    doubled = attrs.evolve(YUEYANG_2014, steps=(TimesShares(most=2, source=SOURCE),))
    line = line_of(doubled, facts_of(100, counts={"shares": 2}))
    assert (line.result, line.amount, line.reasons) == (20_000, 10_000, (Reason.INDEMNITY_LIMIT,))


def test_a_minimum_may_pay_more_than_the_base_where_the_scheme_says_so() -> None:
    """A minimum of 50 that may exceed the base must pay 50 on 20, within the cost of 520."""
    minimum = attrs.evolve(YUEYANG_2014.steps[2], may_exceed_base=True)
    line = line_of(attrs.evolve(YUEYANG_2014, steps=(*YUEYANG_2014.steps[:2], minimum)), facts_of(20))
    assert line.amount == 5_000


def test_claims_beyond_the_number_of_payments_are_paid_nothing() -> None:
    """Of at most two payments a period the third must be nothing, and use nothing."""
    two = attrs.evolve(YUEYANG_2014, limits=(PaymentsLimit(most=2, per=Per.PERIOD, source=SOURCE),))
    key = "payments/inpatient/period"
    second, third = (line_of(two, facts_of(), {key: used}) for used in (1, 2))
    assert (second.amount, second.uses) == (255_000, ((key, 1),))
    assert (third.amount, third.reasons, third.uses) == (0, (Reason.PAYMENTS_USED_UP,), ())


def test_limits_are_used_in_their_order() -> None:
    """2,550 cut to 2,000 for the claim exceed the 1,900 left of a limit that refuses what exceeds it."""
    cut = AmountLimit(most=yuan(2_000), per=Per.CLAIM, source=SOURCE)
    refuse = AmountLimit(most=yuan(1_900), per=Per.PERIOD, excess=Excess.REFUSE, source=SOURCE)
    line = line_of(attrs.evolve(YUEYANG_2014, limits=(cut, refuse)), facts_of())
    assert (line.amount, line.reasons) == (0, (Reason.CLAIM_CAP_REDUCED, Reason.LIMIT_EXCEEDED))


def test_all_limits_lose_what_is_paid_in_the_end() -> None:
    """Where a later limit cuts more, an earlier one must lose no more than what is paid."""
    wide = AmountLimit(most=yuan(10_000), per=Per.LIFETIME, counter="all", source=SOURCE)
    tight = AmountLimit(most=yuan(1_000), per=Per.PERIOD, source=SOURCE)
    line = line_of(attrs.evolve(YUEYANG_2014, limits=(wide, tight)), facts_of())
    assert line.uses == (("amount/all/lifetime", 100_000), (CAP, 100_000))


def per_diem(*limits: DaysLimit) -> Benefit:
    """50 a day within limits on days."""
    return attrs.evolve(
        YUEYANG_2014,
        basis=Basis.FIXED,
        base=DaysBase(counted=DayCount.NIGHTS, first_payable_day=1, source=SOURCE),
        steps=(PerDay(amount=yuan(50), source=SOURCE),),
        limits=limits,
    )


@pytest.mark.parametrize(
    ("used", "days", "paid", "reasons"),
    [
        (0, 120, 120, ()),
        (120, 80, 60, (Reason.DAYS_REDUCED,)),
        (180, 80, 0, (Reason.DAYS_USED_UP,)),
    ],
)
def test_days_beyond_the_limit_are_not_paid(
    used: int, days: int, paid: int, reasons: tuple[Reason, ...]
) -> None:
    """Of 180 days a year at 50 each, only those that are left must be paid (Chongqing 2015)."""
    key = "days/inpatient/period"
    limit = DaysLimit(most=180, per=Per.PERIOD, source=SOURCE)
    line = line_of(per_diem(limit), facts_of(counts={"days": days}), {key: used})
    assert (line.amount, line.reasons) == (paid * 5_000, reasons)
    assert line.uses == (((key, paid),) if paid else ())


def test_a_wider_limit_on_days_loses_what_a_narrower_one_lets_through() -> None:
    """Of 30 days a claim limit of 10 leaves 10, and the year must lose 10, not 30."""
    year = DaysLimit(most=180, per=Per.PERIOD, source=SOURCE)
    claim = DaysLimit(most=10, per=Per.CLAIM, source=SOURCE)
    line = line_of(per_diem(year, claim), facts_of(counts={"days": 30}))
    assert (line.amount, line.uses) == (50_000, (("days/inpatient/period", 10),))


def test_days_that_are_compensated_need_the_cost() -> None:
    """A sum per day that compensates must ask for the cost, since days tell nothing of it."""
    benefit = attrs.evolve(per_diem(), basis=Basis.INDEMNITY)
    facts = facts_of(counts={"days": 3})
    untold = attrs.evolve(facts, amounts={k: v for k, v in facts.amounts.items() if k != "medfee_sumamt"})
    with pytest.raises(InvalidValueError, match="medfee_sumamt must be given"):
        line_of(benefit, untold)


def test_days_may_be_limited_for_each_word() -> None:
    """A limit on days for each level must be kept under the level's own name."""
    limit = DaysLimit(most=180, per=Per.PERIOD, each="hosp_lv", source=SOURCE)
    line = line_of(per_diem(limit), facts_of(counts={"days": 3}, codes={"hosp_lv": "2"}))
    assert line.uses == (("days/inpatient/period/2", 3),)


def test_the_whole_working_of_a_stay_is_told_step_by_step() -> None:
    """Rule, amounts, parameter, source and clauses of every step must be those of the terms."""
    log = Log()
    line_of(YUEYANG_2014, facts_of(6_000, amounts={"hosp_part_amt": 500_000}), {CAP: 4_990_000}, log)
    told = [
        (step.rule, step.before, step.after, step.parameter, step.source, step.clauses) for step in log.steps
    ]
    bands = "benefits[0].steps[1].bands"
    scope = ("HN-4.2.1d", "HN-4.2.1e", "HN-4.2.1f")
    assert told == [
        (Rule.BASE, None, yuan(6_000), "benefits[0].base", "HN-4.2.1e", scope),
        (
            Rule.DEDUCTIBLE,
            yuan(6_000),
            yuan(6_000),
            "benefits[0].steps[0]",
            "HN-4.4.2a",
            ("HN-4.4.2a",),
        ),
        (Rule.BAND, yuan(5_000), yuan(1_500), f"{bands}[0]", "HN-4.4.2c", ("HN-4.4.2c",)),
        (Rule.BAND, yuan(1_000), yuan(350), f"{bands}[1]", "HN-4.4.2c", ("HN-4.4.2c",)),
        (Rule.ROUNDING, None, yuan(1_850), "benefits[0].rounding", "HN-4.4.3b", ("HN-4.4.3b",)),
        (Rule.INDEMNITY, yuan(1_850), yuan(1_500), "benefits[0]", "ACFTU-3.2a", ("ACFTU-3.2a",)),
        (Rule.PERIOD_CAP, yuan(1_500), yuan(100), "benefits[0].limits[0]", "HN-4.4.3c", ("HN-4.4.3c",)),
    ]
    assert log.steps[5].facts == ()


@pytest.mark.parametrize(("counts", "day"), [(True, "40"), (False, "39")])
def test_the_log_tells_the_day_of_cover_as_the_scheme_counts_it(counts: bool, day: str) -> None:  # noqa: FBT001  # the term
    """The 40th day of cover must be told as the 39th where the first does not count."""
    log = Log()
    later = attrs.evolve(WOMEN, waiting=attrs.evolve(WAITING, first_day_counts=counts))
    line_of(later, facts_of(counts={"cover_day": 40}), log=log)
    assert [step.fact("cover_day") for step in log.steps if step.rule is Rule.WAITING] == [day]


def test_the_waiting_step_is_whole() -> None:
    """Parameter, source and clause of the step must be those of the waiting period."""
    log = Log()
    line_of(WOMEN, facts_of(), log=log)
    (step,) = (step for step in log.steps if step.rule is Rule.WAITING)
    assert (step.before, step.after, step.parameter, step.source, step.clauses) == (
        None,
        yuan(500),
        "benefits[0].waiting",
        "HN-4.4.2b",
        ("HN-4.4.2b",),
    )
