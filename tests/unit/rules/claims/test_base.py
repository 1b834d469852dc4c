"""Base: amounts, days or the event, from which the steps of a benefit start."""

import datetime

import attrs
import pytest

from mutualaid_core.domain.scheme.benefit.base import AmountsBase, DayCount, DaysBase, EventBase
from mutualaid_core.domain.scheme.facts import EventKind
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.rules.claims.base import base_of, is_below_zero, own_fen, payable_of
from mutualaid_core.rules.claims.facts import EventFacts

BASE = AmountsBase(add=("inscp_scp_amt",), subtract=("hifp_pay", "hifob_pay"), source="HN-4.2.1e")
SECOND = AmountsBase(
    add=("inscp_scp_amt",),
    subtract=("hifp_pay",),
    less_benefits=("first",),
    less_elsewhere=True,
    source="HN-4.2.1e",
)
NIGHTS = DaysBase(counted=DayCount.NIGHTS, first_payable_day=1, source="HN-4.2.1b")
EVENT = EventFacts(
    event=EventKind.INPATIENT_STAY,
    began=datetime.date(2014, 3, 1),
    ended=datetime.date(2014, 3, 9),
    amounts={"inscp_scp_amt": 1_700_000, "hifp_pay": 1_100_000, "hifob_pay": 100_000},
    elsewhere=5_000,
)


def test_the_base_is_what_others_left_in_scope() -> None:
    """17,000 in scope less 11,000 and 1,000 paid before must leave 5,000 (HN-4.2.1e)."""
    assert base_of(BASE, EVENT, {}) == 500_000


def test_amounts_that_count_are_added_up() -> None:
    """17,000 in scope and 300 of one's own before it, less 11,000 and 1,000, must leave 5,300."""
    more = attrs.evolve(BASE, add=("inscp_scp_amt", "preselfpay_amt"))
    known = attrs.evolve(EVENT, amounts={**EVENT.amounts, "preselfpay_amt": 30_000})
    assert base_of(more, known, {}) == 530_000


def test_the_base_is_never_below_nothing() -> None:
    """Funds that paid more than was in scope must leave nothing."""
    poor = attrs.evolve(EVENT, amounts={**EVENT.amounts, "inscp_scp_amt": 1})
    assert (base_of(BASE, poor, {}), own_fen(BASE, poor)) == (0, -1_199_999)


def test_a_second_layer_takes_off_what_was_paid_before() -> None:
    """6,000 less 1,234.56 of the first benefit and 50 of another scheme must leave 4,715.44."""
    assert base_of(SECOND, EVENT, {"first": 123_456, "other": 1}) == 471_544


def test_a_second_layer_of_a_benefit_that_did_not_fit_takes_off_nothing_for_it() -> None:
    """Where the first benefit did not fit, only the other scheme's 50 must be taken off."""
    assert base_of(SECOND, EVENT, {}) == 595_000


@pytest.mark.parametrize(("in_scope", "below"), [(1_200_000, False), (1_199_999, True)])
def test_insurance_that_paid_more_than_counts_is_noticed(
    in_scope: int,
    below: bool,  # noqa: FBT001  # the expected answer
) -> None:
    """A fen less in scope than was paid must be noticed, equal amounts must not."""
    facts = attrs.evolve(EVENT, amounts={**EVENT.amounts, "inscp_scp_amt": in_scope})
    assert is_below_zero(BASE, facts) is below


def test_days_and_events_are_never_below_zero() -> None:
    """A base that is no cost cannot contradict itself."""
    assert not is_below_zero(NIGHTS, EVENT)


@pytest.mark.parametrize(("counted", "days"), [(DayCount.NIGHTS, 8), (DayCount.BOTH_DAYS, 9)])
def test_days_are_counted_as_the_scheme_says(counted: DayCount, days: int) -> None:
    """A stay from 1 to 9 March must count eight nights or nine days."""
    assert base_of(attrs.evolve(NIGHTS, counted=counted), EVENT, {}) == days


@pytest.mark.parametrize(("first", "paid"), [(1, 8), (4, 5), (8, 1), (9, 0), (30, 0)])
def test_days_before_the_first_payable_one_are_left_out(first: int, paid: int) -> None:
    """Of eight days those from the first payable one on must be left, never less than none."""
    assert payable_of(attrs.evolve(NIGHTS, first_payable_day=first), 8) == paid


def test_amounts_are_payable_as_they_are() -> None:
    """Of an amount nothing must be left out."""
    assert payable_of(BASE, 500_000) == 500_000


def test_days_that_are_told_go_before_the_calendar() -> None:
    """Where the claim tells its days, those must count."""
    assert base_of(NIGHTS, attrs.evolve(EVENT, counts={"days": 3}), {}) == 3


def test_an_event_counts_once() -> None:
    """The event itself must be one."""
    assert base_of(EventBase(source="HN-4.2.1b"), EVENT, {}) == 1


def test_an_amount_that_is_not_told_is_refused() -> None:
    """A base that asks for an amount that the claim does not tell must be refused by its name."""
    with pytest.raises(InvalidValueError, match="psn_part_amt must be given"):
        own_fen(attrs.evolve(BASE, add=("psn_part_amt",)), EVENT)
