"""Remittance: its state and its figures never contradict each other."""

import datetime
from typing import Any

import attrs
import pytest

from mutualaid_core.domain.membership.contribution import PayerShare
from mutualaid_core.domain.membership.paying.receipt import Receipt, ReceiptLine
from mutualaid_core.domain.membership.paying.remittance import (
    Correction,
    CorrectionKind,
    EarlierList,
    RefundGround,
    Remittance,
    RemittanceState,
)
from mutualaid_core.domain.scheme.dues import FundingSource
from mutualaid_core.domain.values.money import ZERO
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.testing.samples import COLLECTED_ON, PERIOD, SCHEME, UNIT, dues, yuan


def held(**changes: Any) -> Remittance:  # noqa: ANN401  # any field of a remittance
    """Two persons listed with 50 each, 99 at the bank."""
    return attrs.evolve(
        Remittance(
            remittance_id="R-1",
            scheme_id=SCHEME,
            period_id=PERIOD,
            unit_id=UNIT,
            received=yuan(99),
            listed=yuan(100),
            persons=2,
            received_on=COLLECTED_ON,
            state=RemittanceState.HELD,
            lines=(dues(1), dues(2)),
        ),
        **changes,
    )


def correction(amount: int, kind: CorrectionKind = CorrectionKind.OVERPAID) -> Correction:
    """So much went back."""
    return Correction(
        entry_id="C-1", kind=kind, amount=yuan(amount), corrected_on=COLLECTED_ON, cause="退款单1号"
    )


SETTLED = {"settled_on": COLLECTED_ON, "lines": ()}
BOOKED = {"state": RemittanceState.BOOKED, "settled_by": "R-1", **SETTLED}
RETURNED = {"state": RemittanceState.RETURNED, **SETTLED}


@pytest.mark.clause("HN-3.1.2b")
def test_the_difference_is_the_money_less_the_list() -> None:
    """99 at the bank for 100 listed must be a yuan short, and 20 that went back 21 short."""
    assert (held().difference, held(corrections=(correction(20),)).difference) == (-yuan(1), -yuan(21))


def test_what_is_returned_after_booking_does_not_change_what_was_booked() -> None:
    """A void enrolment's 50 come out of the fund; the remittance of 100 must stay one of 100."""
    back = correction(50, CorrectionKind.VOIDED_ENROLMENT)
    booked = held(received=yuan(100), corrections=(back,), **BOOKED)
    assert (booked.balance, booked.returned) == (yuan(100), ZERO)


def test_all_of_it_may_go_back() -> None:
    """A remittance that went back must hold nothing any more."""
    assert held(corrections=(correction(99),), **RETURNED).balance == ZERO


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"settled_on": COLLECTED_ON}, "settled_on must be given once"),
        ({**BOOKED, "received": yuan(100), "settled_on": None}, "settled_on must be given once"),
        ({"settled_by": "R-2"}, "settled_by must be given once"),
        ({**BOOKED, "received": yuan(100), "settled_by": None}, "settled_by must be given once"),
        ({"corrections": (correction(100),)}, "corrections must be <= 99.00 received"),
        ({"lines": (dues(1),)}, "persons must be 1"),
        ({"listed": yuan(101)}, "listed must be 100.00"),
        ({**BOOKED, "received": yuan(100), "lines": (dues(1), dues(2))}, "lines must be kept only"),
        (BOOKED, "listed must be the 99.00 kept"),
        ({**RETURNED, "corrections": (correction(98),)}, "corrections must be the 99.00 received"),
        ({"received": -yuan(1)}, "received must be >= 0"),
    ],
)
def test_a_state_that_the_figures_contradict_is_refused(changes: dict[str, object], message: str) -> None:
    """Each figure, day and number that does not fit the state must be refused."""
    with pytest.raises(InvalidValueError, match=message):
        held(**changes)


@pytest.mark.clause("HN-4.3.5b")
def test_only_an_error_is_a_ground_for_money_back() -> None:
    """Leaving and a change of mind must be no error, the others each one of its own."""
    assert {ground for ground in RefundGround if ground.correction is None} == {
        RefundGround.LEFT,
        RefundGround.CHANGED_MIND,
    }
    assert {ground.correction for ground in RefundGround} == {*CorrectionKind, None}


def test_a_receipt_adds_up() -> None:
    """Sources or members that do not make up the amount must be refused."""
    receipt = Receipt(
        receipt_id="R-1",
        scheme_id=SCHEME,
        period_id=PERIOD,
        unit_id=UNIT,
        received_on=datetime.date(2013, 12, 20),
        amount=yuan(50),
        by_source=(PayerShare(payer=FundingSource.MEMBER, amount=yuan(50)),),
        lines=(ReceiptLine(member_id="m-1", amount=yuan(50)),),
    )
    assert receipt.persons == 1
    with pytest.raises(InvalidValueError, match=r"by_source must add up to 50\.00, got '0\.00'"):
        attrs.evolve(receipt, by_source=())
    with pytest.raises(InvalidValueError, match=r"lines must add up to 50\.00, got '0\.00'"):
        attrs.evolve(receipt, lines=())


def test_what_an_agency_took_is_never_held() -> None:
    """A remittance through an agency must be booked, and not have been held on any day before."""
    booked = Remittance(
        remittance_id="R-1",
        scheme_id="HN-A",
        period_id="2014",
        unit_id="U-1",
        received=yuan(50),
        listed=yuan(50),
        persons=1,
        received_on=datetime.date(2013, 12, 20),
        state=RemittanceState.BOOKED,
        settled_on=datetime.date(2013, 12, 25),
        settled_by="R-1",
        agency_id="AG-1",
    )
    assert not booked.is_held_as_known(datetime.date(2013, 12, 22))
    with pytest.raises(InvalidValueError, match="agency_id must be blank while it is held"):
        attrs.evolve(booked, state=RemittanceState.HELD, settled_on=None, settled_by=None)


def test_money_that_came_in_parts_is_held_from_the_first_day_on() -> None:
    """Held from 18 December though the rest came on the 20th, until it was settled on the 22nd."""
    first, settled = datetime.date(2013, 12, 18), datetime.date(2013, 12, 22)
    parts = held(came_on=first)
    back = Correction(
        entry_id="C-1", kind=CorrectionKind.OVERPAID, amount=yuan(99), corrected_on=settled, cause="P-1"
    )
    gone = held(
        came_on=first, state=RemittanceState.RETURNED, settled_on=settled, lines=(), corrections=(back,)
    )
    days = (datetime.date(2013, 12, 17), first, datetime.date(2013, 12, 21), settled)
    assert [parts.is_held_as_known(day) for day in days] == [False, True, True, True]
    assert [gone.is_held_as_known(day) for day in days] == [False, True, True, False]
    assert [held().is_held_as_known(day) for day in (first, COLLECTED_ON)] == [False, True]


def test_the_first_money_does_not_come_last() -> None:
    """A first day that is not before the last one must be refused."""
    with pytest.raises(InvalidValueError, match="came_on must be before 2013-12-20, or be left out"):
        held(came_on=COLLECTED_ON)


NEXT = COLLECTED_ON + datetime.timedelta(days=1)


@pytest.mark.clause("HN-3.1.2b")
def test_a_further_list_keeps_the_one_before() -> None:
    """Person 3 in the place of 2 must be named a day later; everybody's line stays, each once."""
    further = held().with_list((dues(1), dues(3)), NEXT)
    assert further.earlier == (EarlierList(told_on=COLLECTED_ON, lines=(dues(1), dues(2))),)
    assert [further.named_on(dues(who).member_id) for who in (1, 2, 3)] == [COLLECTED_ON, COLLECTED_ON, NEXT]
    assert further.ever_listed == (dues(1), dues(2), dues(3))


def test_the_same_list_is_no_further_one() -> None:
    """The list that is held, told anew, must leave the remittance as it was."""
    assert held().with_list((dues(1), dues(2)), NEXT) == held()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"listed_on": NEXT}, "listed_on must be given where there were lists before"),
        ({"earlier": (EarlierList(told_on=COLLECTED_ON, lines=()),)}, "listed_on must be given where"),
        (
            {"earlier": (EarlierList(told_on=NEXT, lines=()),), "listed_on": COLLECTED_ON},
            "earlier must be told by 2013-12-20, got '2013-12-21'",
        ),
    ],
)
def test_lists_stand_in_order(changes: dict[str, Any], message: str) -> None:
    """Lists without their days, or after the next one, must be refused."""
    with pytest.raises(InvalidValueError, match=message):
        held(**changes)


@pytest.mark.clause("HN-3.1.2b")
def test_the_day_since_which_lists_name_the_same_is_known() -> None:
    """Another split must not move the day on which persons were chosen; another person does."""
    days = [COLLECTED_ON + datetime.timedelta(days=after) for after in range(4)]
    kept = held()
    assert kept.chosen_on == days[0]
    split = kept.with_list((dues(1), dues(2, union=50)), days[1])
    assert split.chosen_on == days[0]
    fewer = split.with_list((dues(1),), days[2])
    assert fewer.chosen_on == days[2]
    assert fewer.with_list((dues(1, union=50),), days[3]).chosen_on == days[2]
