"""Rosters that come later (后到的名册): past answers stay, and no unit moves to another pool by a roster."""

import datetime

import pytest

from mutualaid_core.domain.governance.actor import Actor, Role
from mutualaid_core.domain.membership.roster import RosterImport, RosterPerson
from mutualaid_core.domain.membership.unit import Admission, Unit
from mutualaid_core.domain.scheme.eligibility import Employment, InsuranceType
from mutualaid_core.domain.values.identifiers import ActorId, PoolId
from mutualaid_core.domain.values.personal import PersonName
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.intake.problem.fault_wording import rule_in_chinese
from mutualaid_core.services.membership.queries.gate import DifferenceKind, gate_status, unit_differences
from mutualaid_core.services.membership.queries.roster import Asked
from mutualaid_core.services.membership.rosters import ImportRosters, import_rosters, line_of
from mutualaid_core.testing.samples import PERIOD, REGION, SCHEME, UNIT, YEAR, id_number, member_id
from mutualaid_core.testing.world import World
from mutualaid_core.work import read_all, read_one

COUNTED = datetime.date(2013, 12, 1)
BROUGHT = datetime.date(2013, 12, 9)
CLERK = Actor(actor_id=ActorId("clerk"), role=Role.CLERK)


@pytest.fixture
def world() -> World:
    """A world whose scheme is founded."""
    made = World()
    made.found()
    return made


def bring(
    world: World,
    known_on: datetime.date | None = BROUGHT,
    pool: str = REGION.pool_id,
    counted_on: datetime.date = COUNTED,
) -> RosterImport:
    """Import a roster of one worker who joins."""
    own = id_number(1)
    person = RosterPerson(
        member_id=member_id(1), name=PersonName("张三"), id_number=own, sex=own.sex,
        birth_date=own.birth_date, insurance_type=InsuranceType.EMPLOYEE, employment=Employment.REGULAR,
        joins=True, row=2,
    )  # fmt: skip
    unit = Unit(unit_id=UNIT, name="单位", pool_id=PoolId(pool))
    command = ImportRosters(
        import_id=f"R-{counted_on}", counted_on=counted_on, file="a.csv", units=(unit,), persons={UNIT: 1},
        joining=1, known_on=known_on,
    )  # fmt: skip
    return import_rosters(world.host, CLERK, command, [line_of(UNIT, person)], lambda *_: None).record


def asked(known_at: datetime.date) -> Asked:
    """The unit on the first day of the period, as known on a day."""
    return Asked(scheme_id=SCHEME, period_id=PERIOD, unit_id=UNIT, on=YEAR.first_day, known_at=known_at)


@pytest.mark.clause("HN-4.1.2a")
def test_a_roster_is_known_from_its_import_on(world: World) -> None:
    """A roster of 1 December that came on the 9th must change nothing that was known on the 8th."""
    eve = BROUGHT - datetime.timedelta(days=1)
    before = gate_status(world.store, asked(eve))
    bring(world)
    assert gate_status(world.store, asked(eve)) == before
    assert unit_differences(world.store, asked(eve)).rows == ()
    assert gate_status(world.store, asked(BROUGHT)).differences == ((DifferenceKind.JOINS_NOT_ENROLLED, 1),)


@pytest.mark.clause("HN-4.1.2a")
def test_the_roster_of_the_admission_is_known_from_its_import_on(world: World) -> None:
    """Also the roster by which the unit was judged must be known only once it was imported."""
    world.admit(1, 1)
    judged = max(each.judgement.known_on for each in _admissions(world))
    counted = max(each.judgement.counted_on for each in _admissions(world))
    known = judged + datetime.timedelta(days=5)
    bring(world, known, counted_on=counted)
    assert gate_status(world.store, asked(known - datetime.timedelta(days=1))).differences == ()
    assert gate_status(world.store, asked(known)).differences == ((DifferenceKind.JOINS_NOT_ENROLLED, 1),)


@pytest.mark.clause("HN-4.1.2a")
def test_without_a_day_a_roster_is_known_on_its_own(world: World) -> None:
    """An import that names no day, or the roster date, must be known from the roster date on."""
    record = bring(world, None)
    assert (record.known_on, record.known_from) == (None, COUNTED)
    assert gate_status(world.store, asked(COUNTED)).differences == ((DifferenceKind.JOINS_NOT_ENROLLED, 1),)


@pytest.mark.clause("HN-4.1.2a")
def test_an_import_that_comes_again_keeps_its_day(world: World) -> None:
    """The same roster on a later day must change nothing, its day included."""
    first = bring(world)
    assert bring(world, BROUGHT + datetime.timedelta(days=3)) == first


@pytest.mark.clause("HN-4.1.2a")
def test_no_roster_is_known_before_it_was_counted(world: World) -> None:
    """A business day before the roster date must be refused, with nothing written."""
    with pytest.raises(InvalidValueError, match="must be after 2013-12-01, or be left out"):
        bring(world, COUNTED - datetime.timedelta(days=1))
    assert list(read_all(world.store, RosterImport)) == []


@pytest.mark.clause("HN-3.2.1a")
def test_a_unit_with_members_stays_in_its_pool(world: World) -> None:
    """A roster that names another pool must be refused, with nothing written and the words in Chinese."""
    world.join(1)
    with pytest.raises(InvalidValueError, match="has members") as caught:
        bring(world, pool="430200")
    assert (caught.value.clause, rule_in_chinese(caught.value.rule) is None) == ("HN-3.2.1a", False)
    assert read_one(world.store, Unit, UNIT).pool_id == REGION.pool_id
    assert list(read_all(world.store, RosterImport)) == []


@pytest.mark.clause("HN-3.2.1a")
def test_a_unit_without_members_may_be_put_right(world: World) -> None:
    """A unit that nobody joined through may be given its right pool by a later roster."""
    bring(world, pool="430200")
    bring(world, None, counted_on=BROUGHT)
    assert read_one(world.store, Unit, UNIT).pool_id == REGION.pool_id


def _admissions(world: World) -> list[Admission]:
    """Every admission of the world."""
    return list(read_all(world.store, Admission))
