"""Group enrolment: counted, judged and enrolled from the imported roster, each person with a result."""

import datetime
from typing import Any

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.membership.enrolment import Enrolment
from mutualaid_core.domain.membership.roster import ImportState, RosterImport, RosterPage, RosterPerson
from mutualaid_core.domain.membership.unit import Admission, Unit
from mutualaid_core.domain.scheme.eligibility import Employment, InsuranceType
from mutualaid_core.domain.values.identifiers import UnitId
from mutualaid_core.errors import AlreadyExistsError, NotFoundError
from mutualaid_core.services.membership.enrolment import EnrolWorkers, WorkersEnrolled, enrol_workers
from mutualaid_core.services.membership.group import (
    PORTION,
    EnrolRoster,
    RosterEnrolled,
    admit_roster,
    enrol_roster,
)
from mutualaid_core.services.verification import verify
from mutualaid_core.testing.acts.moves import Moves
from mutualaid_core.testing.joining import IN_TIME, JOINING, TOO_LATE, WHOLE, joining_world
from mutualaid_core.testing.samples import PERIOD, REGION, SCHEME, UNIT, joiner, member_id
from mutualaid_core.testing.world import World
from mutualaid_core.work import Purpose, Work, read_all

COUNTED_ON = datetime.date(2013, 12, 1)
PAGE = 100


def person(number: int, *, joins: bool = True, **changes: Any) -> RosterPerson:  # noqa: ANN401  # any field of the person
    """Person *number* on a roster."""
    own = joiner(number)
    return attrs.evolve(
        RosterPerson(
            member_id=member_id(number),
            name=own.name,
            id_number=own.id_number,
            sex=own.sex,
            birth_date=own.birth_date,
            insurance_type=own.insurance_type,
            employment=own.employment,
            joins=joins,
            row=number + 1,
        ),
        **changes,
    )


def imported(world: World, *people: RosterPerson, unit: str = UNIT, on: datetime.date = COUNTED_ON) -> None:
    """A unit with its imported roster, in pages."""
    purpose = Purpose(name="import", subject=unit, chain=SCHEME, answer=WorkersEnrolled)
    with Work(world.host, world.act(), purpose) as work:
        if work.find(Unit, unit) is None:
            work.add(Unit(unit_id=UnitId(unit), name="单位", pool_id=REGION.pool_id))
        for number, start in enumerate(range(0, len(people), PAGE), start=1):
            work.add(
                RosterPage(
                    unit_id=UnitId(unit),
                    counted_on=on,
                    import_id="I-1",
                    page=number,
                    persons=people[start : start + PAGE],
                )
            )
        work.commit(b"f")


def enrolled(world: World, on: datetime.date = IN_TIME, **changes: Any) -> RosterEnrolled:  # noqa: ANN401  # any field of the command
    """What becomes of the sample unit's roster on that day."""

    def make(key: str) -> Act:
        return world.act(on, key)

    command = EnrolRoster(scheme_id=SCHEME, period_id=PERIOD, unit_id=UNIT, counted_on=COUNTED_ON, **changes)
    return enrol_roster(world.host, make, command)


@pytest.fixture
def timed() -> World:
    """A world with a window."""
    return joining_world(JOINING)


def test_those_who_join_are_enrolled(timed: World) -> None:
    """Of 31 eligible workers 25 join: the gate must open, and each be enrolled with the row told."""
    imported(timed, *(person(number, joins=number <= 25) for number in range(1, 32)))
    done = enrolled(timed)
    assert (done.judged.outcome, done.judged.required) == (Outcome.PASS, 25)
    assert [(each.row, each.outcome) for each in done.persons] == [
        (number + 1, Outcome.PASS) for number in range(1, 26)
    ]
    assert len(list(read_all(timed.store, Enrolment))) == 25


def test_a_unit_below_the_gate_enrols_nobody(timed: World) -> None:
    """24 of 31 must be refused as a whole."""
    imported(timed, *(person(number, joins=number <= 24) for number in range(1, 32)))
    done = enrolled(timed)
    assert (done.judged.outcome, done.persons) == (Outcome.REJECT, ())
    assert list(read_all(timed.store, Enrolment)) == []


def test_only_the_eligible_are_counted(timed: World) -> None:
    """Retired workers and those on another insurance must not count, and be refused by name if they join."""
    imported(
        timed,
        person(1),
        person(2, employment=Employment.RETIRED),
        person(3, joins=False, insurance_type=InsuranceType.RESIDENT),
    )
    done = enrolled(timed)
    (admission,) = read_all(timed.store, Admission)
    assert (admission.judgement.eligible, admission.judgement.enrolled, admission.judgement.counted_on) == (
        1,
        1,
        COUNTED_ON,
    )
    assert [(each.member_id, each.outcome) for each in done.persons] == [
        (member_id(1), Outcome.PASS),
        (member_id(2), Outcome.REJECT),
    ]
    assert [fault.clause for fault in done.persons[1].faults] == ["HN-4.1.1c"]


def test_who_objects_is_not_counted_and_not_enrolled(timed: World) -> None:
    """An objection must outweigh the mark on the roster."""
    imported(timed, *(person(number) for number in range(1, 41)))
    done = enrolled(timed, objections=(member_id(1), member_id(99)))
    (admission,) = read_all(timed.store, Admission)
    assert (admission.judgement.eligible, admission.judgement.enrolled, admission.judgement.objections) == (
        40,
        39,
        (member_id(1),),
    )
    assert [each.member_id for each in done.persons if each.outcome is not Outcome.PASS] == [member_id(1)]


def test_a_person_on_two_pages_is_counted_once(timed: World) -> None:
    """The same person twice must be one worker."""
    imported(timed, *(person(1) for _ in range(PAGE + 1)))
    assert len(enrolled(timed).persons) == 1


def test_only_the_roster_of_the_unit_and_day_is_read(timed: World) -> None:
    """Rosters of other days and of units with a longer name must be left alone."""
    imported(timed, person(1))
    imported(timed, person(2), on=datetime.date(2012, 12, 1))
    imported(timed, person(3), unit="U-11")
    assert [each.member_id for each in enrolled(timed).persons] == [member_id(1)]


def test_a_large_roster_comes_in_portions_and_once(timed: World) -> None:
    """More than a portion must be enrolled in several acts, and a repetition change nothing."""
    imported(timed, *(person(number) for number in range(1, PORTION + 52)))
    first = enrolled(timed)
    assert {each.outcome for each in first.persons} == {Outcome.PASS}
    assert enrolled(timed) == first
    assert len(list(read_all(timed.store, Enrolment))) == PORTION + 51


def test_where_a_list_is_refused_each_person_is_told_why(timed: World) -> None:
    """After the window every person must be told the clause of the window."""
    imported(timed, person(1))
    (told,) = enrolled(timed, TOO_LATE).persons
    assert (told.outcome, [fault.clause for fault in told.faults]) == (Outcome.REJECT, ["HN-4.3.5d"])


def test_a_unit_that_was_judged_otherwise_is_an_error(timed: World) -> None:
    """A unit that was judged by other counts before must not be judged again."""
    imported(timed, person(1))
    timed.admit(1, 1)
    with pytest.raises(AlreadyExistsError, match="admission 'HN-A/2014/U-1' already exists"):
        enrolled(timed)


def test_a_list_without_confirmation_is_held() -> None:
    """The unit must be held, and nobody enrolled, until its union confirms."""
    world = joining_world(attrs.evolve(JOINING, needs_confirmation=True))
    imported(world, person(1))
    assert enrolled(world).judged.outcome is Outcome.HOLD
    assert enrolled(world, confirmed=True).persons[0].outcome is Outcome.PASS


def test_long_terms_come_in_smaller_portions() -> None:
    """Where a term may take three periods a portion must still fit an act."""
    three = attrs.evolve(WHOLE, months=36)
    world = joining_world(attrs.evolve(JOINING, terms=(WHOLE, three)))
    imported(world, *(person(number) for number in range(1, 211)))
    assert {each.outcome for each in enrolled(world).persons} == {Outcome.PASS}


def test_an_unknown_roster_is_an_error(timed: World) -> None:
    """Without a roster of the day there must be nothing to enrol."""
    with pytest.raises(NotFoundError, match="roster"):
        enrolled(timed)


def test_an_unknown_unit_is_an_error(timed: World) -> None:
    """A roster whose unit is not known must be refused."""
    imported(timed, person(1))
    command = EnrolRoster(scheme_id=SCHEME, period_id=PERIOD, unit_id=UnitId("U-9"), counted_on=COUNTED_ON)
    with pytest.raises(NotFoundError):
        enrol_roster(timed.host, lambda key: timed.act(IN_TIME, key), command)


def test_a_roster_whose_import_goes_on_is_no_roster_yet(timed: World) -> None:
    """Pages of an import that has not come to its end must not be counted, and nobody enrolled."""
    imported(timed, *(person(number) for number in range(1, 32)))
    purpose = Purpose(name="import", subject="I-1", chain=SCHEME, answer=WorkersEnrolled)
    with Work(timed.host, timed.act(), purpose) as work:
        work.add(
            RosterImport(
                import_id="I-1",
                counted_on=COUNTED_ON,
                file="roster.csv",
                rows=62,
                units=1,
                joining=62,
                state=ImportState.RUNNING,
            )
        )
        work.commit(b"f")
    with pytest.raises(NotFoundError):
        enrolled(timed)


@pytest.mark.clause("HN-4.3.4c")
def test_who_has_a_place_at_the_unit_is_counted_as_present(timed: World) -> None:
    """Of four on the roster two joined before: they must count as present, and only the others join."""
    imported(timed, *(person(number) for number in range(1, 5)))
    admit_roster(timed.host, lambda key: timed.act(IN_TIME, key), roster())
    enrol_workers(timed.host, timed.act(IN_TIME), joiners(timed, 1, 2))
    done = enrolled(timed)
    assert [(each.outcome, each.is_present, each.faults) for each in done.persons] == [
        (Outcome.PASS, True, ()),
        (Outcome.PASS, True, ()),
        (Outcome.PASS, False, ()),
        (Outcome.PASS, False, ()),
    ]
    assert len(list(read_all(timed.store, Enrolment))) == 4
    assert verify(timed.host).faults == ()


@pytest.mark.clause("HN-4.3.4c")
def test_who_has_a_place_at_another_unit_is_refused(timed: World) -> None:
    """Somebody of another unit, and somebody who left, must be told as enrolled already."""
    imported(timed, *(person(number) for number in range(1, 32)))
    imported(timed, person(1), unit="U-2")
    admit_roster(timed.host, lambda key: timed.act(IN_TIME, key), roster(UnitId("U-2")))
    enrol_workers(timed.host, timed.act(IN_TIME), joiners(timed, 1, unit="U-2"))
    admit_roster(timed.host, lambda key: timed.act(IN_TIME, key), roster())
    enrol_workers(timed.host, timed.act(IN_TIME), joiners(timed, 2))
    Moves(timed).leave(2, told_on=IN_TIME)
    done = enrolled(timed)
    assert [(each.outcome, each.is_present) for each in done.persons[:3]] == [
        (Outcome.REJECT, False),
        (Outcome.REJECT, False),
        (Outcome.PASS, False),
    ]
    assert [fault.found for each in done.persons for fault in each.faults] == ["enrolled already"] * 2


@pytest.mark.clause("HN-4.1.2a", "HN-4.3.4c")
@pytest.mark.parametrize(("elsewhere", "outcome"), [(6, Outcome.PASS), (7, Outcome.REJECT)])
def test_members_of_another_unit_do_not_open_the_gate(timed: World, elsewhere: int, outcome: Outcome) -> None:
    """Of 31 workers who all join, 25 must be no members elsewhere; below that nobody is enrolled."""
    other = range(1, elsewhere + 1)
    imported(timed, *(person(number) for number in range(1, 32)))
    imported(timed, *(person(number) for number in other), unit="U-2")
    admit_roster(timed.host, lambda key: timed.act(IN_TIME, key), roster(UnitId("U-2")))
    enrol_workers(timed.host, timed.act(IN_TIME), joiners(timed, *other, unit="U-2"))
    done = enrolled(timed)
    is_open = outcome is Outcome.PASS
    assert (done.judged.outcome, len(done.persons)) == (outcome, 31 if is_open else 0)
    told = [] if is_open else [UNIT, *(member_id(number) for number in other)]
    assert sorted(fault.subject for fault in done.judged.faults) == sorted(told)
    at_unit = [each for each in read_all(timed.store, Enrolment) if each.unit_id == UNIT]
    assert len(at_unit) == (25 if is_open else 0)


def test_a_list_that_is_no_roster_enrols_nobody_twice(timed: World) -> None:
    """On a list of its own who is enrolled already must be a fault, at the unit or not."""
    imported(timed, person(1), person(2))
    admit_roster(timed.host, lambda key: timed.act(IN_TIME, key), roster())
    enrol_workers(timed.host, timed.act(IN_TIME), joiners(timed, 1))
    again = enrol_workers(timed.host, timed.act(IN_TIME), joiners(timed, 1)).result
    assert (again.outcome, again.present, [fault.found for fault in again.faults]) == (
        Outcome.REJECT,
        (),
        ["enrolled already"],
    )


def roster(unit: UnitId = UNIT) -> EnrolRoster:
    """The command for the roster of a unit."""
    return EnrolRoster(scheme_id=SCHEME, period_id=PERIOD, unit_id=unit, counted_on=COUNTED_ON)


def joiners(world: World, *numbers: int, unit: str = UNIT) -> EnrolWorkers:
    """The command for a list of these persons."""
    return EnrolWorkers(
        scheme_id=world.scheme_id,
        period_id=world.period_id,
        unit_id=UnitId(unit),
        joiners=tuple(joiner(number) for number in numbers),
    )
