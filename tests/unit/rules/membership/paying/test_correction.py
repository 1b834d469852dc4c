"""Corrections: only an error gives money back, and only as much as came in error."""

import datetime

import attrs
import pytest

from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.change import Change, ChangeKind
from mutualaid_core.domain.membership.contribution import Contribution
from mutualaid_core.domain.membership.enrolment import Enrolment, EnrolmentState
from mutualaid_core.domain.membership.paying.remittance import (
    Correction,
    CorrectionKind,
    RefundGround,
    Remittance,
    RemittanceState,
)
from mutualaid_core.domain.scheme.eligibility import Employment, InsuranceType
from mutualaid_core.domain.values.money import ZERO
from mutualaid_core.rules.membership.paying.correction import (
    contribution_faults,
    duplicate_faults,
    ground_faults,
    held_money_faults,
    overpaid_faults,
    owes_nothing,
    past_faults,
)
from mutualaid_core.testing.samples import COLLECTED_ON, PERIOD, SCHEME, UNIT, YEAR, dues, member_id, yuan

BEFORE = COLLECTED_ON - datetime.timedelta(days=1)

HELD = Remittance(
    remittance_id="R-2",
    scheme_id=SCHEME,
    period_id=PERIOD,
    unit_id=UNIT,
    received=yuan(50),
    listed=ZERO,
    persons=0,
    received_on=COLLECTED_ON,
    state=RemittanceState.HELD,
)
BOOKED = attrs.evolve(
    HELD,
    remittance_id="R-1",
    listed=yuan(50),
    persons=1,
    state=RemittanceState.BOOKED,
    settled_on=COLLECTED_ON,
    settled_by="R-1",
)
PAID = Contribution(
    scheme_id=SCHEME,
    period_id=PERIOD,
    member_id=member_id(1),
    unit_id=UNIT,
    amount=yuan(50),
    split=dues(1).split,
    received_on=COLLECTED_ON,
    entry_id="R-1",
)
BACK = attrs.evolve(PAID, returned_on=COLLECTED_ON)
VOID = Enrolment(
    scheme_id=SCHEME,
    period_id=PERIOD,
    member_id=member_id(1),
    unit_id=UNIT,
    insurance_type=InsuranceType.EMPLOYEE,
    employment=Employment.REGULAR,
    shares=1,
    cover=YEAR,
    state=EnrolmentState.VOIDED,
)


@pytest.mark.clause("HN-4.3.5b")
@pytest.mark.parametrize("ground", RefundGround, ids=lambda ground: ground.value)
def test_leaving_is_no_ground(ground: RefundGround) -> None:
    """Money back after leaving or a change of mind must be refused; an error must be looked into."""
    refused = ground in {RefundGround.LEFT, RefundGround.CHANGED_MIND}
    assert [fault.clause for fault in ground_faults("R-1", ground)] == ["HN-4.3.5b"] * refused


@pytest.mark.clause("HN-4.3.5b")
def test_held_money_goes_back_up_to_what_is_held() -> None:
    """50 held must allow 0.01 to 50.00, on or after the day on which it came."""
    assert [held_money_faults(HELD, yuan(each), COLLECTED_ON) for each in ("0.01", "50")] == [(), ()]
    assert [len(held_money_faults(HELD, yuan(each), COLLECTED_ON)) for each in ("0", "50.01")] == [1, 1]
    faults = held_money_faults(HELD, yuan(51), BEFORE)
    assert [fault.subject for fault in faults] == ["R-2", "business_on"]
    assert [fault.found for fault in held_money_faults(BOOKED, yuan(1), COLLECTED_ON)] == ["booked"]


@pytest.mark.clause("HN-4.3.5b")
def test_a_duplicate_is_what_was_paid_before() -> None:
    """Who has not paid, or paid otherwise, or elsewhere, has paid nothing twice."""
    assert duplicate_faults(HELD, PAID, yuan(50)) == ()
    assert [fault.found for fault in duplicate_faults(HELD, None, yuan(50))] == ["not paid"]
    assert [fault.found for fault in duplicate_faults(HELD, BACK, yuan(50))] == ["not paid"]
    elsewhere = attrs.evolve(PAID, unit_id="U-2")
    assert [fault.found for fault in duplicate_faults(HELD, elsewhere, yuan(49))] == ["U-2", "49.00"]


@pytest.mark.clause("HN-4.3.5b")
def test_a_duplicate_is_of_the_list_and_goes_back_once() -> None:
    """A list of others, and a return before, must each stand in the way; on the own list it may."""
    others = attrs.evolve(HELD, received=yuan(150), listed=yuan(50), persons=1, lines=(dues(2),))
    assert [fault.found for fault in duplicate_faults(others, PAID, yuan(50))] == ["not listed"]
    own = attrs.evolve(others, lines=(dues(1),))
    assert duplicate_faults(own, PAID, yuan(50)) == ()
    back = Correction(
        entry_id="C-1",
        kind=CorrectionKind.DUPLICATE,
        amount=yuan(50),
        corrected_on=COLLECTED_ON,
        member_id=member_id(1),
        cause="P-1",
    )
    again = attrs.evolve(own, corrections=(back,))
    assert [fault.found for fault in duplicate_faults(again, PAID, yuan(50))] == ["returned"]


@pytest.mark.clause("HN-4.3.5b", "HN-3.1.2b")
def test_who_can_be_booked_still_owes() -> None:
    """No place, paid already and too late owe nothing; another split is put right and owes."""
    clauses = ("HN-3.1.2b", "HN-4.3.5a", "HN-4.3.5d", "SN-2.3.4a", "SN-2.3.4b")
    faults = [Fault(subject="M", rule="must", found="x", clause=each) for each in clauses]
    assert [owes_nothing(fault) for fault in faults] == [True, True, True, False, False]


@pytest.mark.clause("HN-4.3.5b", "HN-4.3.5d")
def test_what_is_past_goes_back_whole() -> None:
    """Of 50 held for 60 owed whose rest would be late, 50 may go back and 49 may not."""
    assert overpaid_faults(HELD, yuan(60), yuan(50), is_past=True) == ()
    assert overpaid_faults(HELD, yuan(60), yuan(49), is_past=True) == past_faults(HELD, "49.00")
    assert [fault.clause for fault in past_faults(HELD, "held")] == ["HN-4.3.5d"]


@pytest.mark.clause("HN-4.3.5b")
def test_a_contribution_goes_back_where_its_enrolment_is_void() -> None:
    """A valid enrolment, none, another amount and an earlier day must each stand in the way."""
    assert contribution_faults(BOOKED, PAID, VOID, yuan(50), COLLECTED_ON) == ()
    valid = attrs.evolve(VOID, state=EnrolmentState.ENDED)
    found = [
        [fault.found for fault in contribution_faults(BOOKED, PAID, each, yuan(49), BEFORE)]
        for each in (valid, None)
    ]
    assert found == [["ended", "49.00", "2013-12-19"], ["not enrolled", "49.00", "2013-12-19"]]


@pytest.mark.clause("HN-4.3.5b", "ACFTU-11.1b")
def test_a_contribution_goes_back_no_earlier_than_it_was_void() -> None:
    """A void of the day after must stand against a return of the day before it."""
    after = COLLECTED_ON + datetime.timedelta(days=1)
    change = Change(
        kind=ChangeKind.VOIDED, holds_from=YEAR.first_day, known_on=after, unit_id=None, cover=None, cause="P"
    )
    void = attrs.evolve(VOID, history=(change,))
    (fault,) = contribution_faults(BOOKED, PAID, void, yuan(50), COLLECTED_ON)
    assert (fault.subject, fault.found) == ("business_on", COLLECTED_ON.isoformat())
    assert contribution_faults(BOOKED, PAID, void, yuan(50), after) == ()


@pytest.mark.clause("HN-4.3.5b")
@pytest.mark.parametrize("paid", [None, BACK, attrs.evolve(PAID, entry_id="R-9")])
def test_what_did_not_come_with_a_remittance_does_not_go_back_from_it(paid: Contribution | None) -> None:
    """No payment, one that went back, and one of another remittance must be refused."""
    (fault,) = contribution_faults(BOOKED, paid, VOID, yuan(50), COLLECTED_ON)
    assert (fault.subject, fault.found) == ("R-1", "not paid")


@pytest.mark.clause("HN-4.3.5b", "HN-3.1.2b")
@pytest.mark.parametrize(
    ("owed", "amount", "free"), [(0, 50, True), (20, 30, True), (20, 31, False), (60, 1, False)]
)
def test_what_is_owed_was_not_overpaid(owed: int, amount: int, free: bool) -> None:  # noqa: FBT001  # a table
    """Of 50 held, only what the listed persons do not owe may go back."""
    faults = overpaid_faults(HELD, yuan(owed), yuan(amount))
    assert [fault.clause for fault in faults] == ([] if free else ["HN-4.3.5b"])
