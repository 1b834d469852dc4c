"""Recorded leavings: what is told of whoever joins anew, by the last place of each scheme."""

import datetime

import attrs
import pytest

from mutualaid_core.domain.membership.change import ChangeKind
from mutualaid_core.domain.membership.enrolment import Enrolment, EnrolmentState
from mutualaid_core.domain.scheme.eligibility import Employment, InsuranceType
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.domain.values.identifiers import PeriodId, SchemeId
from mutualaid_core.rules.membership.history import joined, with_change
from mutualaid_core.rules.membership.recorded import recorded_flags
from mutualaid_core.rules.membership.transfer import left_change, unit_on
from mutualaid_core.testing.samples import COLLECTED_ON, PERIOD, SCHEME, UNIT, YEAR, member_id

DAY = datetime.date
WHO = member_id(1)
OTHER = SchemeId("HN-OTHER")
ON = DAY(2014, 9, 1)
PLACE = joined(
    Enrolment(
        scheme_id=SCHEME,
        period_id=PERIOD,
        member_id=WHO,
        unit_id=UNIT,
        insurance_type=InsuranceType.EMPLOYEE,
        employment=Employment.REGULAR,
        shares=1,
        cover=YEAR,
    ),
    COLLECTED_ON,
)


def left(kind: ChangeKind, place: Enrolment = PLACE) -> Enrolment:
    """The place of somebody who left on 1 September."""
    return with_change(place, left_change(kind, on=ON, known_on=ON, left=place.cover, cause="P-1"))


def elsewhere(place: Enrolment) -> Enrolment:
    """The same place in another scheme."""
    return attrs.evolve(place, scheme_id=OTHER)


def before(place: Enrolment) -> Enrolment:
    """The same place a year before."""
    cover = DayRange(DAY(2013, 1, 1), DAY(2013, 12, 31))
    return attrs.evolve(place, period_id=PeriodId("2013"), cover=cover)


@pytest.mark.parametrize(
    ("places", "told"),
    [
        ((), []),
        ((PLACE,), []),
        ((left(ChangeKind.DISMISSED),), []),
        ((left(ChangeKind.DIED),), []),
        ((left(ChangeKind.RETIRED),), [("retired at 2014-09-01", "HN-4.1.1c")]),
        ((left(ChangeKind.LEFT_POOL),), [("left_pool at 2014-09-01", "HN-4.3.5c")]),
        ((before(left(ChangeKind.RETIRED)), PLACE), []),
        ((attrs.evolve(left(ChangeKind.RETIRED), state=EnrolmentState.VOIDED),), []),
        ((elsewhere(left(ChangeKind.RETIRED)), elsewhere(PLACE)), []),
        (
            (elsewhere(PLACE), elsewhere(left(ChangeKind.DIED)), before(elsewhere(left(ChangeKind.DIED)))),
            [("died at 2014-09-01", "HN-4.3.5c")],
        ),
    ],
)
def test_what_is_on_record_is_told_with_its_day(
    places: tuple[Enrolment, ...], told: list[tuple[str, str]]
) -> None:
    """Retirement and leaving the pool count by the last own place, a death by any other scheme."""
    found = recorded_flags(WHO, SCHEME, places)
    assert [(each.found, each.clause) for each in found] == told
    assert {each.subject for each in found} <= {WHO}


def test_the_unit_of_a_day_is_the_last_one_where_there_is_none() -> None:
    """Before anything was known, and after leaving, the unit that the enrolment names must stand."""
    gone = left(ChangeKind.RETIRED)
    assert {unit_on(gone, ON, known) for known in (DAY(2013, 1, 1), COLLECTED_ON, ON)} == {UNIT}
