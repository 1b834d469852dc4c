"""Places that are paid for: not of those who left after they were taken."""

import datetime

import pytest

from mutualaid_core.domain.membership.change import Change, ChangeKind
from mutualaid_core.domain.membership.enrolment import Enrolment
from mutualaid_core.domain.scheme.eligibility import Employment, InsuranceType
from mutualaid_core.domain.values.identifiers import PeriodId, UnitId
from mutualaid_core.rules.membership.history import joined, with_change
from mutualaid_core.rules.membership.paying.places import left_faults
from mutualaid_core.testing.acts.years import LATER, LATER_YEAR
from mutualaid_core.testing.samples import PERIOD, SCHEME, UNIT, YEAR, member_id

DAY = datetime.date
LEFT_ON = DAY(2014, 12, 20)


def place(period: PeriodId, known_on: datetime.date, unit: UnitId = UNIT) -> Enrolment:
    """A place of person 1."""
    made = Enrolment(
        scheme_id=SCHEME,
        period_id=period,
        member_id=member_id(1),
        unit_id=unit,
        insurance_type=InsuranceType.EMPLOYEE,
        employment=Employment.REGULAR,
        shares=1,
        cover=YEAR if period == PERIOD else LATER_YEAR,
    )
    return joined(made, known_on)


def gone(kind: ChangeKind) -> Enrolment:
    """The place of 2014 of who left on 20 December."""
    change = Change(kind=kind, holds_from=LEFT_ON, known_on=LEFT_ON, unit_id=None, cover=YEAR, cause="P-1")
    return with_change(place(PERIOD, DAY(2013, 12, 1)), change)


@pytest.mark.clause("HN-4.1.1c", "HN-4.3.5c")
@pytest.mark.parametrize(
    ("kind", "clause"),
    [
        (ChangeKind.RETIRED, "HN-4.1.1c"),
        (ChangeKind.DISMISSED, "HN-4.3.5c"),
        (ChangeKind.LEFT_POOL, "HN-4.3.5c"),
    ],
)
def test_a_place_that_was_taken_before_its_member_left_is_not_paid_for(kind: ChangeKind, clause: str) -> None:
    """Taken by the day of the report it must be named; taken after it, it must be paid for."""
    (fault,) = left_faults(place(LATER, LEFT_ON), (gone(kind),))
    assert (fault.found, fault.clause) == (f"{kind.value} at 2014-12-20", clause)
    assert left_faults(place(LATER, DAY(2014, 12, 21)), (gone(kind),)) == ()


@pytest.mark.clause("HN-4.1.1c", "HN-4.3.5c")
def test_another_employer_may_pay_for_who_was_dismissed_and_never_for_who_retired() -> None:
    """A place through another unit must stand after a dismissal, and not after retirement."""
    other = place(LATER, DAY(2014, 12, 1), UnitId("U-2"))
    assert left_faults(other, (gone(ChangeKind.DISMISSED),)) == ()
    assert len(left_faults(other, (gone(ChangeKind.RETIRED),))) == 1


def test_who_is_still_there_pays() -> None:
    """Earlier places at the unit, and none at all, must stand against nothing."""
    own = place(LATER, DAY(2014, 12, 1))
    assert left_faults(own, ()) == ()
    assert left_faults(own, (place(PERIOD, DAY(2013, 12, 1)),)) == ()
    assert left_faults(own, (gone(ChangeKind.DIED),)) == ()
