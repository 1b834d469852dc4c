"""Naming: whoever a later list names has paid on its day; whoever it leaves out is told."""

import datetime

import pytest

from mutualaid_core.domain.membership.paying.remittance import Remittance, RemittanceState
from mutualaid_core.rules.membership.paying.naming import held_payment, left_out_faults
from mutualaid_core.testing.samples import COLLECTED_ON, PERIOD, SCHEME, UNIT, dues, member_id, yuan

NEXT = COLLECTED_ON + datetime.timedelta(days=1)
HELD = Remittance(
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
)


@pytest.mark.clause("HN-3.1.2b", "HN-4.3.5d")
def test_who_is_named_later_has_paid_later() -> None:
    """Of 1 and 3, only person 3 is new on the next day."""
    payment = held_payment(HELD.with_list((dues(1), dues(3)), NEXT), NEXT)
    assert (payment.paid_on, payment.known_on) == (COLLECTED_ON, NEXT)
    assert payment.named_on == {member_id(3): NEXT}


@pytest.mark.clause("HN-3.1.2b", "HN-4.3.5d")
def test_who_is_chosen_has_paid_on_the_day_of_the_choice() -> None:
    """Where person 2, who could be booked, is left out, person 1 must have paid on the next day."""
    fewer = HELD.with_list((dues(1),), NEXT)
    owing = frozenset({member_id(2)})
    assert held_payment(fewer, NEXT, owing).named_on == {member_id(1): NEXT}
    assert held_payment(fewer, NEXT).named_on == {}
    assert held_payment(HELD, NEXT, owing).named_on == {}
    assert held_payment(HELD, NEXT, late=owing).named_on == {member_id(2): NEXT}


@pytest.mark.clause("HN-3.1.2b")
def test_who_is_left_out_is_told() -> None:
    """Person 2 must be named once; the same list leaves nobody out."""
    faults = left_out_faults(HELD, (dues(1), dues(3)))
    assert [(fault.subject, fault.found, fault.clause) for fault in faults] == [
        (member_id(2), "left out", "HN-3.1.2b")
    ]
    assert left_out_faults(HELD, HELD.lines) == ()
