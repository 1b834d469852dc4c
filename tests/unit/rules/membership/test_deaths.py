"""Deaths: what of a death is on record, and what it does to the places of a member."""

import datetime

import attrs
import pytest

from mutualaid_core.domain.membership.change import Change, ChangeKind
from mutualaid_core.domain.membership.enrolment import Enrolment, EnrolmentState
from mutualaid_core.domain.scheme.eligibility import Employment, InsuranceType
from mutualaid_core.domain.scheme.period import PeriodState
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.domain.values.identifiers import PeriodId, UnitId
from mutualaid_core.rules.membership.history import in_force, joined_change, standing_of, with_change
from mutualaid_core.rules.membership.transfer import (
    deaths_told,
    ended_flags,
    first_place_faults,
    granted_flags,
    is_left_on,
    left_as,
    left_change,
    lives_flags,
    living_faults,
    other_death_faults,
    past_flags,
    restored_change,
    restoring_faults,
    without_death,
)
from mutualaid_core.testing.samples import COLLECTED_ON, FOUNDING, PERIOD, SCHEME, YEAR, member_id

A, WHO = UnitId("U-A"), member_id(1)
LATER = PeriodId("2015")
LATER_YEAR = DayRange(datetime.date(2015, 1, 1), datetime.date(2015, 12, 31))
DIED_ON, TOLD_ON = datetime.date(2014, 6, 15), datetime.date(2014, 6, 20)
DIED = ChangeKind.DIED


def place(period_id: PeriodId = PERIOD, cover: DayRange = YEAR) -> Enrolment:
    """A member at unit A, joined in December."""
    return Enrolment(
        scheme_id=SCHEME,
        period_id=period_id,
        member_id=WHO,
        unit_id=A,
        insurance_type=InsuranceType.EMPLOYEE,
        employment=Employment.REGULAR,
        shares=1,
        cover=cover,
        history=(joined_change(unit_id=A, cover=cover, known_on=COLLECTED_ON),),
    )


def dead(enrolment: Enrolment, on: datetime.date = DIED_ON) -> Enrolment:
    """The place after a death of that day was told."""
    first = enrolment.cover.first_day
    left = DayRange(first, on) if on >= first else None
    return with_change(enrolment, left_change(DIED, on=on, known_on=TOLD_ON, left=left, cause="P-1"))


def void(enrolment: Enrolment, cause: str = "not_eligible: P-2") -> Enrolment:
    """The place after it was found void."""
    change = Change(
        kind=ChangeKind.VOIDED,
        holds_from=enrolment.cover.first_day,
        known_on=TOLD_ON,
        unit_id=None,
        cover=None,
        cause=cause,
    )
    return with_change(enrolment, change)


def restored(enrolment: Enrolment) -> Enrolment:
    """The place after its death was taken back."""
    left = left_as(enrolment, DIED)
    assert left is not None
    return with_change(enrolment, restored_change(enrolment, left, known_on=TOLD_ON, paper="P-4"))


@pytest.mark.clause("HN-4.3.5c")
def test_the_last_day_that_was_told_is_the_day() -> None:
    """A place must tell of every day in its order, and of none that was told of another person."""
    later = datetime.date(2014, 6, 18)
    assert deaths_told(place()) == ()
    assert deaths_told(dead(dead(place()), later)) == (DIED_ON, later)
    assert deaths_told(void(dead(place()))) == (DIED_ON,)
    assert deaths_told(void(dead(place()), "wrong_person: P-2")) == ()


@pytest.mark.clause("HN-4.3.5b")
def test_a_void_place_stays_void_without_its_death() -> None:
    """The report must be off the record, and the state, the unit and the cover be those of a void place."""
    gone = restored(void(dead(place())))
    assert (deaths_told(gone), gone.state, gone.is_active) == ((), EnrolmentState.VOIDED, False)
    standing = standing_of(gone, on=DIED_ON, known_at=TOLD_ON)
    assert standing is not None
    assert (standing.unit_id, standing.cover, standing.state) == (None, None, EnrolmentState.VOIDED)
    kinds = [change.kind for change in in_force(gone.history).values()]
    assert kinds == [ChangeKind.JOINED, ChangeKind.VOIDED]


@pytest.mark.clause("HN-4.3.5b")
def test_a_retirement_is_not_taken_back_in_a_void_place() -> None:
    """Only a death was told of the person; every other report goes with the place."""
    retired = left_change(ChangeKind.RETIRED, on=DIED_ON, known_on=TOLD_ON, left=YEAR, cause="P-1")
    gone = void(with_change(place(), retired))
    (fault,) = restoring_faults(WHO, gone, ChangeKind.RETIRED)
    assert fault.found == "voided at 2014-01-01"
    assert restoring_faults(WHO, void(dead(place())), DIED) == ()


@pytest.mark.clause("HN-4.3.5c")
def test_nobody_lives_after_a_death_on_record() -> None:
    """Each earlier death must be named with its day and period, in a void place too."""
    assert living_faults(WHO, (place(),)) == ()
    (fault,) = living_faults(WHO, (place(), void(dead(place()))))
    assert (fault.rule, fault.found) == ("must be alive", "died 2014-06-15 in 2014")


@pytest.mark.clause("HN-4.3.5c", "SN-1.5")
@pytest.mark.parametrize(
    ("kind", "on", "refused"),
    [
        (DIED, datetime.date(2015, 3, 1), True),
        (ChangeKind.RETIRED, datetime.date(2014, 6, 15), True),
        (ChangeKind.RETIRED, datetime.date(2014, 6, 14), False),
    ],
)
def test_nobody_leaves_after_a_death_in_another_period(
    kind: ChangeKind, on: datetime.date, *, refused: bool
) -> None:
    """A second death, and a leaving from the day of death on, must be refused; one before it stands."""
    faults = other_death_faults(place(LATER, LATER_YEAR), kind, on, (dead(place()),))
    assert [fault.found for fault in faults] == ["died 2014-06-15 in 2014"] * refused


@pytest.mark.clause("SN-1.5")
def test_a_later_place_follows_the_day_of_death() -> None:
    """A day may be told anew where it was told, and not where another day was told for a later place."""
    own, after = dead(place()), dead(place(LATER, LATER_YEAR))
    on = datetime.date(2014, 6, 18)
    assert other_death_faults(own, DIED, on, (place(), after)) == ()
    other = dead(place(LATER, LATER_YEAR), datetime.date(2015, 3, 1))
    assert [fault.found for fault in other_death_faults(place(), DIED, on, (other,))] == [
        "died 2015-03-01 in 2015"
    ]


def test_a_death_is_told_for_the_first_place_from_its_day_on() -> None:
    """An earlier place on that day must be named; without one there is no fault."""
    own = place(LATER, LATER_YEAR)
    assert first_place_faults(own, ()) == ()
    (fault,) = first_place_faults(own, (place(),))
    assert (fault.rule.split(",")[0], fault.found) == ("must be told for 2014", "2015")


def test_what_a_death_leaves_to_be_looked_at() -> None:
    """Later periods must be named together, and a period that was stopped with its state."""
    assert ended_flags(WHO, ()) == ()
    assert [flag.found for flag in ended_flags(WHO, (LATER, PeriodId("2016")))] == ["2015, 2016"]
    assert past_flags(FOUNDING.period) == ()
    for state in (PeriodState.CLOSING, PeriodState.CLOSED):
        (flag,) = past_flags(attrs.evolve(FOUNDING.period, state=state))
        assert (flag.subject, flag.found) == (PERIOD, f"{state.value} already")


def test_benefits_after_a_death_are_named_in_their_order() -> None:
    """Each claim must be named with the day of death."""
    flags = granted_flags(("S-2", "S-1"), DIED_ON)
    assert [flag.subject for flag in flags] == ["S-1", "S-2"]
    assert {flag.rule.split(",")[0] for flag in flags} == {"must be for an event by 2014-06-15"}


def test_what_is_left_to_be_done_for_who_lives() -> None:
    """A void place must be joined anew, and another report be named with its day."""
    flags = lives_flags(WHO, (restored(void(dead(place()))), dead(place(LATER, LATER_YEAR))))
    assert [flag.found for flag in flags] == ["2014", "died 2014-06-15 in 2015"]


def test_a_leaving_is_in_force_by_its_last_day() -> None:
    """Only the day that was told last must count, and none of who is not enrolled."""
    twice = dead(dead(place()), TOLD_ON)
    assert [is_left_on(twice, DIED, on) for on in (DIED_ON, TOLD_ON)] == [False, True]
    assert not is_left_on(restored(twice), DIED, TOLD_ON)
    assert (is_left_on(None, DIED, TOLD_ON), left_as(None, DIED)) == (False, None)


def test_who_did_not_die_is_where_the_place_says() -> None:
    """A place without a death must stay as it is, and one with a death be at its unit again."""
    assert without_death(place()) == place()
    assert (without_death(dead(place())).state, without_death(dead(place())).cover) == (
        EnrolmentState.ENROLLED,
        YEAR,
    )
