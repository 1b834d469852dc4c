"""Deaths that were lost, objections passed over, the way around the gate, and names exchanged."""

import datetime
from typing import Any

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.membership.change import ChangeKind
from mutualaid_core.domain.membership.contribution import Contribution
from mutualaid_core.domain.membership.member import Member
from mutualaid_core.domain.membership.paying.remittance import RefundGround
from mutualaid_core.domain.membership.unit import Unit
from mutualaid_core.domain.scheme.policy.membership import JoinedBy, UnitKind
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.domain.values.identifiers import EntryId, PeriodId, UnitId
from mutualaid_core.domain.values.personal import PersonName
from mutualaid_core.services.founding import open_period
from mutualaid_core.services.membership.admission import AdmitUnit, admit_unit
from mutualaid_core.services.membership.correction.taking_back import (
    VoidCause,
    VoidEnrolment,
    void_enrolment,
)
from mutualaid_core.services.membership.enrolment import EnrolWorkers, WorkersEnrolled, enrol_workers
from mutualaid_core.services.membership.joiner import Joiner
from mutualaid_core.services.membership.paying.corrections import CorrectContribution, correct_contribution
from mutualaid_core.services.membership.renewal.renewing import (
    RENEWALS_MAX,
    RenewalLine,
    RenewWorkers,
    WorkersRenewed,
    renew_workers,
)
from mutualaid_core.testing.acts.meanwhile import Meanwhile
from mutualaid_core.testing.acts.mending import named_in
from mutualaid_core.testing.acts.moves import FAR, FAR_POOL, Moves
from mutualaid_core.testing.acts.years import LATER, RENEWED_ON, Years, two_years
from mutualaid_core.testing.joining import OPEN_JOINING, joining_world, open_policy
from mutualaid_core.testing.samples import (
    COLLECTED_ON,
    FOUNDING,
    PERIOD,
    REGION,
    SCHEME,
    UNIT,
    VERSION,
    YEAR,
    dues,
    joiner,
    member_id,
)
from mutualaid_core.testing.world import World
from mutualaid_core.work import read_all, read_one

DAY = datetime.date
THIRD = PeriodId("2016")
BEFORE_THIRD = DAY(2015, 12, 31)


@pytest.fixture
def three() -> World:
    """A world with the periods 2014 to 2016, two members in 2014, and only the second paid for."""
    world = World(founding=attrs.evolve(FOUNDING, version=attrs.evolve(VERSION, last_day=None)))
    world.found()
    world.admit(3, 3)
    world.enrol(joiner(1), joiner(2))
    world.remit(dues(2))
    for year in (2015, 2016):
        cover = DayRange(DAY(year, 1, 1), DAY(year, 12, 31))
        period = attrs.evolve(world.founding.period, period_id=PeriodId(str(year)), cover=cover)
        open_period(world.host, world.act(COLLECTED_ON), attrs.evolve(world.founding, period=period))
    admitted(world, RENEWED_ON, LATER)
    admitted(world, BEFORE_THIRD, THIRD)
    return world


def admitted(world: World, on: datetime.date, period: PeriodId, **changes: Any) -> Outcome:  # noqa: ANN401  # any field
    """What becomes of the sample unit when it is judged for a period, by five workers of five."""
    command = AdmitUnit(
        scheme_id=SCHEME,
        period_id=period,
        unit=Unit(unit_id=UNIT, name="单位", pool_id=REGION.pool_id),
        eligible=5,
        enrolled=5,
        counted_on=on,
    )
    return admit_unit(world.host, world.act(on), attrs.evolve(command, **changes)).result.outcome


def enrolled(
    world: World,
    *joiners: Joiner,
    on: datetime.date = RENEWED_ON,
    period: PeriodId = LATER,
    unit: UnitId = UNIT,
    way: JoinedBy | None = None,
) -> WorkersEnrolled:
    """Enrol persons through a unit."""
    command = EnrolWorkers(scheme_id=SCHEME, period_id=period, unit_id=unit, joiners=joiners, way=way)
    return enrol_workers(world.host, world.act(on), command).result


def renewed(world: World, before: PeriodId, *numbers: int) -> WorkersRenewed:
    """Renew persons from a period into 2016."""
    command = RenewWorkers(
        scheme_id=SCHEME,
        from_period=before,
        to_period=THIRD,
        unit_id=UNIT,
        lines=tuple(RenewalLine(member_id=member_id(number)) for number in numbers),
    )
    return renew_workers(world.host, world.act(BEFORE_THIRD), command).result


def found(result: object) -> list[str]:
    """What the faults of an answer found."""
    return [fault.found for fault in result.faults]  # type: ignore[attr-defined]


@pytest.mark.clause("HN-4.3.5c")
@pytest.mark.parametrize(("period", "on"), [(LATER, RENEWED_ON), (THIRD, BEFORE_THIRD)])
def test_who_died_joins_no_later_period(three: World, period: PeriodId, on: datetime.date) -> None:
    """A death of 2014 must stand in the way of 2015 and of 2016, whether 2014 was paid for or not."""
    for number in (1, 2):
        Moves(three).leave(number, ChangeKind.DIED)
    done = enrolled(three, joiner(1), joiner(2), joiner(3), period=period, on=on)
    assert (done.enrolled, found(done)) == ((member_id(3),), ["a death on record"] * 2)


def void(world: World, cause: VoidCause, on: datetime.date) -> None:
    """Find the place of person 1 in 2014 void, and give the money back."""
    command = VoidEnrolment(named=named_in(world, 1), cause=cause, paper="P-2")
    void_enrolment(world.host, world.act(on), command)
    paid = read_one(world.store, Contribution, named_in(world, 1).key)
    back = CorrectContribution(
        scheme_id=SCHEME,
        remittance_id=paid.entry_id,
        entry_id=EntryId("C-1"),
        ground=RefundGround.VOIDED_ENROLMENT,
        amount=paid.amount,
        member_id=member_id(1),
        cause="P-1",
    )
    assert correct_contribution(world.host, world.act(on), back).result.outcome is Outcome.PASS


@pytest.mark.clause("HN-4.3.5c")
@pytest.mark.parametrize(
    ("cause", "expected"),
    [
        (VoidCause.DUPLICATE, ["a death on record"]),
        (VoidCause.NOT_ELIGIBLE, ["a death on record"]),
        (VoidCause.WRONG_PERSON, []),
    ],
)
def test_a_void_place_keeps_its_death(cause: VoidCause, expected: list[str]) -> None:
    """Whoever died stays dead when the place is void, unless it was that of another person."""
    world = World()
    world.found()
    world.join(1, 2, 3)
    first = YEAR.first_day
    Moves(world).leave(1, ChangeKind.DIED, on=first, told_on=first)
    void(world, cause, first)
    assert found(enrolled(world, joiner(1), on=first, period=PERIOD)) == expected


@pytest.mark.clause("HN-4.3.5c")
def test_a_death_in_the_new_place_stands_against_the_renewal() -> None:
    """Who died in 2015 and was void there must not be renewed into it from 2014 again."""
    years = two_years()
    years.admit_later()
    years.renew(1)
    years.world.period_id = LATER
    first = DAY(2015, 1, 1)
    Moves(years.world).leave(1, ChangeKind.DIED, on=first, told_on=first)
    years.world.period_id = PERIOD
    years.mend.void_of(years.named(1, LATER), on=first)
    assert "a death on record" in found(years.renew(1, on=first))


@pytest.mark.clause("HN-4.3.5c")
def test_a_death_told_meanwhile_has_the_list_judged_anew() -> None:
    """The death of 2014 is committed between the reading and the commit of the list for 2015."""
    years = two_years()
    years.admit_later(3, 3)
    world = years.world
    other = World(world.store, world.founding, name="other")
    told = Meanwhile(world.store, lambda: Moves(other).leave(1, ChangeKind.DIED, told_on=RENEWED_ON))
    command = EnrolWorkers(scheme_id=SCHEME, period_id=LATER, unit_id=UNIT, joiners=(joiner(1), joiner(2)))
    host = attrs.evolve(world.host, store=told)
    done = enrol_workers(host, world.act(RENEWED_ON), command).result
    assert (done.enrolled, found(done)) == ((member_id(2),), ["a death on record"])


@pytest.mark.clause("HN-4.3.5d")
def test_nobody_is_renewed_past_a_period(three: World) -> None:
    """From 2014 into 2016 nobody must be renewed: 2015 lies between; from 2015 whoever paid is."""
    enrolled(three, joiner(2))
    past = renewed(three, PERIOD, 2)
    assert (past.outcome, found(past)) == (Outcome.REJECT, ["2015"])
    assert found(renewed(three, LATER, 2)) == ["never paid: had no cover"]


@pytest.mark.clause("HN-2.1a")
def test_a_renewal_carries_over_nobody_who_objects() -> None:
    """Who objects on the list by which the unit was judged for 2015 must stay out, the other renew."""
    years = two_years()
    admitted(years.world, RENEWED_ON, LATER, eligible=100, enrolled=99, objections=(member_id(1),))
    done = years.renew(1, 2)
    assert (done.outcome, found(done)) == (Outcome.FLAG, ["objects"])
    assert [each.member_id for each in done.renewed] == [member_id(2)]


def test_as_many_renew_at_once_as_is_promised() -> None:
    """The largest act must fit one commit."""
    world = World()
    world.found()
    numbers = range(1, RENEWALS_MAX + 1)
    world.join(*numbers)
    years = Years(world)
    years.open_later()
    years.admit_later(RENEWALS_MAX, RENEWALS_MAX)
    assert len(years.renew(*numbers).renewed) == RENEWALS_MAX


@pytest.mark.clause("HN-4.1.2a")
def test_a_refused_unit_brings_nobody_in_alone() -> None:
    """Three of 33 are refused; the same list must not pass as persons, nor more than were judged."""
    world = joining_world(OPEN_JOINING, open_policy())
    assert admitted(world, COLLECTED_ON, PERIOD, eligible=33, enrolled=3) is Outcome.REJECT
    listed = [joiner(number) for number in (1, 2, 3)]
    done = enrolled(world, *listed, on=COLLECTED_ON, period=PERIOD, way=JoinedBy.PERSON)
    assert (done.outcome, found(done)) == (Outcome.REJECT, ["persons alone"])
    later = joining_world(OPEN_JOINING, open_policy())
    admitted(later, COLLECTED_ON, PERIOD, eligible=1, enrolled=1)
    over = enrolled(later, *listed, on=COLLECTED_ON, period=PERIOD, way=JoinedBy.PERSON)
    assert (over.outcome, found(over)) == (Outcome.REJECT, ["persons alone"])


@pytest.mark.clause("HN-3.2.1a")
def test_persons_come_through_a_known_unit_of_the_pool() -> None:
    """A unit that nobody knows, or of another pool, must take in no person."""
    world = joining_world(OPEN_JOINING, open_policy())
    Moves(world).know(FAR, FAR_POOL)
    answers = [
        enrolled(world, joiner(5), on=COLLECTED_ON, period=PERIOD, unit=unit, way=JoinedBy.PERSON)
        for unit in (FAR, UnitId("U-nobody"))
    ]
    assert [found(each) for each in answers] == [["430200"], ["unknown"]]


@pytest.mark.clause("HN-2.1a")
def test_who_objects_does_not_join_as_a_person_either() -> None:
    """The list of those who object must hold for persons who come through the same union."""
    world = joining_world(OPEN_JOINING, open_policy())
    riders = Unit(unit_id=UNIT, name="骑手工会", pool_id=REGION.pool_id, kind=UnitKind.PLATFORM_UNION)
    against = (member_id(1),)
    admitted(world, COLLECTED_ON, PERIOD, unit=riders, eligible=100, enrolled=99, objections=against)
    done = enrolled(world, joiner(1), joiner(2), on=COLLECTED_ON, period=PERIOD, way=JoinedBy.PERSON)
    assert (done.enrolled, found(done)) == ((member_id(2),), ["objects"])


@pytest.mark.clause("HN-3.1.2a")
def test_another_name_for_a_number_is_flagged_and_not_taken() -> None:
    """A wholly different name must leave the first on record, and the fault must name nobody."""
    years = two_years()
    years.admit_later()
    first = read_one(years.world.store, Member, member_id(1)).name
    done = enrolled(years.world, joiner(1, name=PersonName("李四")), joiner(2))
    assert (done.outcome, found(done)) == (Outcome.FLAG, ["a wholly different name"])
    assert [line.outcome for line in done.lines] == [Outcome.FLAG, Outcome.PASS]
    assert read_one(years.world.store, Member, member_id(1)).name == first
    assert "李四" not in repr(done)
    assert len(list(read_all(years.world.store, Member))) == 2
