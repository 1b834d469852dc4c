"""Limits: what is left, what becomes of the excess, and how shares and words count."""

import datetime

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Reason
from mutualaid_core.domain.scheme.benefit.limits import (
    AmountLimit,
    DaysLimit,
    Excess,
    Limit,
    PaymentsLimit,
    Per,
)
from mutualaid_core.domain.scheme.benefit.steps import TimesShares
from mutualaid_core.domain.scheme.facts import EventKind
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.rules.claims.facts import EventFacts
from mutualaid_core.rules.claims.limits import Cut, expense_of, reason_of, shares_of, within_limit
from mutualaid_core.rules.claims.plan.compile import compile_benefit
from mutualaid_core.rules.claims.plan.terms import limit_plan
from mutualaid_core.testing.samples import YUEYANG_2014, yuan

SOURCE = "HN-4.4.3c"
EVENT = EventFacts(
    event=EventKind.INPATIENT_STAY,
    began=datetime.date(2014, 3, 1),
    ended=datetime.date(2014, 3, 9),
    codes={"illness": "breast"},
)
CAP = AmountLimit(most=yuan(200), per=Per.PERIOD, source=SOURCE)
TIMES = PaymentsLimit(most=2, per=Per.PERIOD, source=SOURCE)
DAYS = DaysLimit(most=30, per=Per.PERIOD, source=SOURCE)


def cut(limit: Limit, amount: int, used: int = 0, shares: int = 1) -> Cut:
    """What a limit does to an amount."""
    plan = limit_plan(limit, YUEYANG_2014, "benefits[0].limits[0]")
    key = plan.key(EVENT)
    return within_limit(plan, amount, shares, EVENT, {} if key is None else {key: used})


@pytest.mark.parametrize(
    ("used", "after", "reason"),
    [
        (0, 15_500, None),
        (4_500, 15_500, None),
        (4_501, 15_499, Reason.CAP_REDUCED),
        (19_999, 1, Reason.CAP_REDUCED),
        (20_000, 0, Reason.CAP_EXHAUSTED),
        (21_000, 0, Reason.CAP_EXHAUSTED),  # a later version may have lowered the cap
    ],
)
def test_a_cap_leaves_what_was_not_used_before(used: int, after: int, reason: Reason | None) -> None:
    """With a cap of 200 an amount of 155 must be cut to what is left."""
    found = cut(CAP, 15_500, used)
    assert (found.after, reason_of(found)) == (after, reason)


@pytest.mark.parametrize(
    ("amount", "after", "reason"),
    [(20_000, 20_000, None), (20_001, 0, Reason.LIMIT_EXCEEDED)],
)
def test_a_cap_may_refuse_what_exceeds_it(amount: int, after: int, reason: Reason | None) -> None:
    """A limit that refuses must pay all of 200 and nothing of 200.01."""
    found = cut(attrs.evolve(CAP, excess=Excess.REFUSE), amount)
    assert (found.after, reason_of(found)) == (after, reason)


def test_a_cap_of_one_claim_keeps_no_counter() -> None:
    """A cap per claim must cut, whatever was used, and name no counter."""
    found = cut(attrs.evolve(CAP, per=Per.CLAIM), 30_000)
    assert (found.after, found.key, reason_of(found)) == (20_000, None, Reason.CLAIM_CAP_REDUCED)


def test_a_cap_of_one_claim_may_refuse() -> None:
    """A cap per claim that refuses must pay nothing above it, for that reason."""
    found = cut(attrs.evolve(CAP, per=Per.CLAIM, excess=Excess.REFUSE), 30_000)
    assert (found.after, reason_of(found)) == (0, Reason.LIMIT_EXCEEDED)


@pytest.mark.parametrize(("times", "after"), [(True, 60_000), (False, 20_000)])
def test_a_cap_may_count_for_each_share(times: bool, after: int) -> None:  # noqa: FBT001  # the term
    """Three shares must have three times 200 where the cap says so, once where it does not."""
    assert cut(attrs.evolve(CAP, times_shares=times), 99_000, shares=3).after == after


@pytest.mark.parametrize(("used", "after"), [(0, 500), (1, 500), (2, 0), (9, 0)])
def test_a_number_of_payments_is_used_up(used: int, after: int) -> None:
    """Two payments must be made in full, and no third."""
    found = cut(TIMES, 500, used)
    assert (found.after, reason_of(found)) == (after, None if after else Reason.PAYMENTS_USED_UP)


@pytest.mark.parametrize(
    ("used", "after", "reason"),
    [
        (0, 20, None),
        (15, 15, Reason.DAYS_REDUCED),
        (30, 0, Reason.DAYS_USED_UP),
        (31, 0, Reason.DAYS_USED_UP),
    ],
)
def test_a_number_of_days_is_used_up(used: int, after: int, reason: Reason | None) -> None:
    """Of 30 days 20 must be paid as far as they are left."""
    found = cut(DAYS, 20, used)
    assert (found.after, reason_of(found)) == (after, reason)


@pytest.mark.parametrize(
    ("limit", "key"),
    [
        (CAP, "amount/inpatient/period"),
        (attrs.evolve(CAP, counter="all", per=Per.LIFETIME), "amount/all/lifetime"),
        (attrs.evolve(CAP, each="illness"), "amount/inpatient/period/breast"),
        (TIMES, "payments/inpatient/period"),
        (DAYS, "days/inpatient/period"),
    ],
)
def test_a_counter_is_named_by_what_it_counts(limit: Limit, key: str) -> None:
    """Kind, name, period or lifetime, and the word of each must make the key."""
    assert limit_plan(limit, YUEYANG_2014, "benefits[0].limits[0]").key(EVENT) == key


def test_a_limit_for_each_word_needs_the_word() -> None:
    """A claim that does not tell the word must be refused by the name of the fact."""
    plan = limit_plan(attrs.evolve(CAP, each="wing"), YUEYANG_2014, "benefits[0].limits[0]")
    with pytest.raises(InvalidValueError, match="wing must be given"):
        plan.key(EVENT)


@pytest.mark.parametrize(("most", "counted"), [(None, 5), (3, 3), (9, 5)])
def test_surplus_shares_do_not_count(most: int | None, counted: int) -> None:
    """Of five shares those must count that the scheme lets count."""
    steps = () if most is None else (TimesShares(most=most, source=SOURCE),)
    benefit = attrs.evolve(YUEYANG_2014, steps=(*YUEYANG_2014.steps, *steps))
    plan = compile_benefit(benefit, "benefits[0]", frozenset())
    assert shares_of(plan, attrs.evolve(EVENT, counts={"shares": 5})) == counted


@pytest.mark.parametrize(
    ("amounts", "left"),
    [
        ({"medfee_sumamt": 1_000, "fund_pay_sumamt": 700, "hosp_part_amt": 100}, 200),
        ({"medfee_sumamt": 1_000, "fund_pay_sumamt": 1_001}, 0),
        ({"medfee_sumamt": 1_000}, 1_000),
        ({"fund_pay_sumamt": 700}, 55),  # no cost is told: the base is all that is known
    ],
)
def test_the_expense_is_what_others_left_of_the_cost(amounts: dict[str, int], left: int) -> None:
    """Cost less funds and hospital must be left, never below nothing; without a cost the base."""
    assert expense_of(attrs.evolve(EVENT, amounts=amounts), 55) == left


def test_a_flag_that_is_not_told_is_refused_by_its_name() -> None:
    """A scheme that asks for a flag which the claim does not tell must be answered with its name."""
    with pytest.raises(InvalidValueError, match=r"^surgery must be given, for the scheme asks for it"):
        EVENT.flag("surgery")
