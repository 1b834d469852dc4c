"""Answers by the knowledge of a day that later acts once changed: each by its smallest case."""

import datetime
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.fund.ledger import LedgerLine
from mutualaid_core.domain.membership.paying.remittance import RefundGround
from mutualaid_core.domain.membership.unit import Unit
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.domain.values.identifiers import EntryId, PeriodId, UnitId
from mutualaid_core.domain.values.money import ZERO
from mutualaid_core.errors import NotFoundError
from mutualaid_core.ports.discovery import open_store
from mutualaid_core.services.founding import open_period
from mutualaid_core.services.membership.admission import AdmitUnit, admit_unit
from mutualaid_core.services.membership.enrolment import EnrolWorkers, enrol_workers
from mutualaid_core.services.membership.paying.corrections import CorrectContribution, correct_contribution
from mutualaid_core.services.membership.paying.remittances import (
    SettleRemittance,
    receipt_of,
    settle_remittance,
)
from mutualaid_core.services.membership.queries.gate import DifferenceKind, gate_status, unit_differences
from mutualaid_core.services.membership.queries.member import MemberCover, member_cover
from mutualaid_core.services.membership.queries.roster import Asked, unit_roster
from mutualaid_core.testing.acts.mending import Mending
from mutualaid_core.testing.acts.moves import NEXT
from mutualaid_core.testing.joining import open_policy
from mutualaid_core.testing.samples import (
    COLLECTED_ON,
    FOUNDING,
    PERIOD,
    POLICY,
    REGION,
    SCHEME,
    UNIT,
    VERSION,
    YEAR,
    dues,
    joiner,
    member_id,
    rated,
    yuan,
)
from mutualaid_core.testing.world import World
from mutualaid_core.work import read_all

DAY = datetime.date
VOID_ON, BACK_ON, ANEW_ON = DAY(2013, 12, 22), DAY(2013, 12, 23), DAY(2013, 12, 27)
BEFORE = DAY(2013, 12, 21)
"""A day on which the first place stood and was paid for."""

KINDS = ("memory", "sqlite", "file")


@pytest.fixture
def opened(tmp_path: Path) -> Callable[[str], World]:
    """A founded world in a store of each kind, with two units and person 1 who has paid through the first."""

    def made(kind: str) -> World:
        urls = {"memory": "memory:", "sqlite": f"sqlite:///{tmp_path}/a.db", "file": f"file:///{tmp_path}/a"}
        version = attrs.evolve(VERSION, dues=rated(shares_max=5))
        policy = open_policy(contribution=attrs.evolve(POLICY.contribution, shares_max=5))
        world = World(open_store(urls[kind]), attrs.evolve(FOUNDING, policy=policy, version=version))
        assert world.found().faults == ()
        for unit in (UNIT, NEXT):
            world.admit(2, 2, unit)
        world.enrol(joiner(1))
        world.remit(dues(1), entry="R-1")
        return world

    return made


def asked(unit: UnitId, known_at: DAY) -> Asked:
    """A question about a unit on the first day of the year."""
    return Asked(scheme_id=SCHEME, period_id=PERIOD, unit_id=unit, on=YEAR.first_day, known_at=known_at)


def cover(world: World, known_at: DAY) -> MemberCover:
    """The cover of person 1 on the first day of the year."""
    return member_cover(world.store, SCHEME, member_id(1), on=YEAR.first_day, known_at=known_at)


def give_back(world: World) -> None:
    """Give back the money of person 1, whose place is void."""
    command = CorrectContribution(
        scheme_id=SCHEME,
        remittance_id=EntryId("R-1"),
        entry_id=EntryId("C-1"),
        ground=RefundGround.VOIDED_ENROLMENT,
        amount=yuan(50),
        member_id=member_id(1),
        cause="P-1",
    )
    told = correct_contribution(world.host, world.act(BACK_ON), command).result
    assert told.outcome is Outcome.PASS


def join_anew(world: World, unit: UnitId, shares: int = 1) -> None:
    """Enrol person 1 anew."""
    command = EnrolWorkers(
        scheme_id=SCHEME, period_id=PERIOD, unit_id=unit, joiners=(joiner(1, shares=shares),)
    )
    assert enrol_workers(world.host, world.act(ANEW_ON), command).result.outcome is Outcome.PASS


def taken_anew(world: World, unit: UnitId, shares: int = 1) -> None:
    """Find the place of person 1 void, give the money back, and take and pay a new one."""
    Mending(world).void(1, VOID_ON)
    give_back(world)
    join_anew(world, unit, shares)
    paid = world.remit(dues(1, 50 * shares), unit=unit, on=ANEW_ON, entry="R-2")
    assert paid.outcome is Outcome.PASS


@pytest.mark.clause("ACFTU-2.3b", "HN-4.3.5b")
@pytest.mark.parametrize("unit", [UNIT, NEXT])
def test_cover_is_known_though_the_place_was_paid_anew(opened: Callable[[str], World], unit: UnitId) -> None:
    """Covered by the knowledge of 21 December must stay so after the money went back and came again."""
    world = opened("memory")
    before = cover(world, BEFORE)
    taken_anew(world, unit, shares=2)
    assert before.is_covered
    assert cover(world, BEFORE) == before
    gap = cover(world, DAY(2013, 12, 24))
    assert (gap.is_covered, gap.periods[0].shares) == (False, 1)
    now = cover(world, ANEW_ON)
    assert (now.is_covered, now.periods[0].shares, now.periods[0].answer.unit_id) == (True, 2, unit)


@pytest.mark.clause("HN-4.3.5c")
@pytest.mark.parametrize("kind", KINDS)
def test_who_joined_anew_elsewhere_is_found_where_he_was(opened: Callable[[str], World], kind: str) -> None:
    """By the knowledge of 21 December the first unit must list the member, by that of now the second."""
    world = opened(kind)
    before = (unit_roster(world.store, asked(UNIT, BEFORE)), gate_status(world.store, asked(UNIT, BEFORE)))
    between = asked(UNIT, VOID_ON)
    Mending(world).void(1, VOID_ON)
    owed = unit_differences(world.store, between)
    give_back(world)
    join_anew(world, NEXT)
    world.remit(dues(1), unit=NEXT, on=ANEW_ON, entry="R-2")
    assert [row.member_id for row in before[0].rows] == [member_id(1)]
    assert unit_roster(world.store, asked(UNIT, BEFORE)) == before[0]
    assert gate_status(world.store, asked(UNIT, BEFORE)) == before[1]
    assert [row.kind for row in owed.rows] == [DifferenceKind.PAID_NOT_ENROLLED]
    assert unit_differences(world.store, between) == owed
    assert unit_roster(world.store, asked(UNIT, ANEW_ON)).rows == ()
    assert [row.member_id for row in unit_roster(world.store, asked(NEXT, ANEW_ON)).rows] == [member_id(1)]
    world.store.close()


@pytest.mark.clause("HN-4.3.1", "HN-4.3.5b")
def test_both_payments_keep_their_receipt(opened: Callable[[str], World]) -> None:
    """The receipt of the first payment must list it as returned, that of the second as paid."""
    world = opened("memory")
    taken_anew(world, UNIT)
    first, second = (receipt_of(world.store, SCHEME, EntryId(name)) for name in ("R-1", "R-2"))
    assert first is not None
    assert second is not None
    assert [(line.amount, line.returned) for line in first.lines] == [(yuan(50), yuan(50))]
    assert [(line.amount, line.returned) for line in second.lines] == [(yuan(50), ZERO)]
    booked = {line.entry_id for line in read_all(world.store, LedgerLine)}
    assert {"R-1", "C-1", "R-2"} <= booked


@pytest.mark.clause("HN-4.3.5b")
def test_shares_are_known_as_they_were_before_a_correction(opened: Callable[[str], World]) -> None:
    """One share must stay known on 21 December though it was corrected to two on the 22nd."""
    world = opened("memory")
    world.enrol(joiner(2), unit=NEXT)
    before = unit_roster(world.store, asked(NEXT, BEFORE)).rows
    assert Mending(world).correct(2, VOID_ON, shares=2).outcome is Outcome.PASS
    assert [row.shares for row in before] == [1]
    assert unit_roster(world.store, asked(NEXT, BEFORE)).rows == before
    assert [row.shares for row in unit_roster(world.store, asked(NEXT, VOID_ON)).rows] == [2]


def test_who_joins_later_was_nobody_before(opened: Callable[[str], World]) -> None:
    """By the knowledge of the day before, the answer must be that of that day: nobody of that pseudonym."""
    world = opened("memory")
    early = DAY(2013, 12, 1)

    def asked_early() -> None:
        member_cover(world.store, SCHEME, member_id(2), on=YEAR.first_day, known_at=early)

    with pytest.raises(NotFoundError) as then:
        asked_early()
    world.enrol(joiner(2), unit=NEXT)
    Mending(world).withdraw(2, NEXT, COLLECTED_ON)
    with pytest.raises(NotFoundError) as since:
        asked_early()
    assert str(then.value) == str(since.value)


def test_who_joins_a_later_period_was_not_enrolled_in_it_before(opened: Callable[[str], World]) -> None:
    """Of a member who was known, the answer must not tell that a further period was joined since."""
    world = opened("memory")
    world.enrol(joiner(2), unit=NEXT)
    found = member_cover(world.store, SCHEME, member_id(2), on=DAY(2015, 1, 1), known_at=COLLECTED_ON)
    assert [each.period_id for each in found.periods] == [world.period_id]


@pytest.mark.clause("HN-4.1.2a")
def test_a_unit_that_is_judged_anew_was_refused_before(opened: Callable[[str], World]) -> None:
    """Refused on 5 and admitted on 20 December: each day must show its own judgement, and before it none."""
    world = opened("memory")
    for enrolled, day in ((26, DAY(2013, 12, 5)), (27, DAY(2013, 12, 20))):
        command = AdmitUnit(
            scheme_id=SCHEME,
            period_id=PERIOD,
            unit=Unit(unit_id=UnitId("U-33"), name="单位", pool_id=REGION.pool_id),
            eligible=33,
            enrolled=enrolled,
            counted_on=day - datetime.timedelta(days=1),
        )
        admit_unit(world.host, world.act(day), command)
    days = (DAY(2013, 12, 4), DAY(2013, 12, 5), DAY(2013, 12, 19), DAY(2013, 12, 20))
    shown = [gate_status(world.store, asked(UnitId("U-33"), day)).admission for day in days]
    judged = [each.judgement if each else None for each in shown]
    assert [None if each is None else (each.enrolled, each.admitted) for each in judged] == [
        None,
        (26, False),
        (26, False),
        (27, True),
    ]


@pytest.mark.clause("HN-3.1.2b")
def test_money_that_was_held_stays_known_as_held(opened: Callable[[str], World]) -> None:
    """49 of 50 held on 20 December and settled on the 23rd must still be held by the 20th's knowledge."""
    world = opened("memory")
    world.enrol(joiner(2), unit=NEXT)
    world.remit(dues(2), received=yuan(49), unit=NEXT, entry="R-3")
    before = unit_differences(world.store, asked(NEXT, BEFORE))
    settle = SettleRemittance(
        scheme_id=SCHEME, remittance_id=EntryId("R-3"), entry_id=EntryId("S-1"), supplement=yuan(1)
    )
    settle_remittance(world.host, world.act(BACK_ON), settle)
    assert [row.kind for row in before.rows] == [
        DifferenceKind.ENROLLED_NOT_PAID,
        DifferenceKind.REMITTANCE_HELD,
    ]
    assert unit_differences(world.store, asked(NEXT, BEFORE)) == before
    assert unit_differences(world.store, asked(NEXT, BACK_ON)).rows == ()


@pytest.mark.clause("HN-4.3.5a")
def test_nobody_pays_anew_before_the_return(opened: Callable[[str], World]) -> None:
    """A payment dated before the day on which the first went back must be refused, and named."""
    world = opened("memory")
    Mending(world).void(1, VOID_ON)
    give_back(world)
    join_anew(world, UNIT)
    told = world.remit(dues(1), on=VOID_ON, entry="R-2")
    assert (told.outcome, told.faults[0].clause) == (Outcome.REJECT, "HN-4.3.5a")
    assert told.faults[0].rule == "known_on must be paid anew on or after 2013-12-23"


def test_a_period_opened_later_was_not_known_before() -> None:
    """What was answered about a day of 2015 in 2013 must be the same once that year's period is open."""
    world = World(founding=attrs.evolve(FOUNDING, version=attrs.evolve(VERSION, last_day=None)))
    world.found()
    world.join(1)
    cover = DayRange(DAY(2015, 1, 1), DAY(2015, 12, 31))

    def asked(known_at: datetime.date) -> MemberCover:
        return member_cover(world.store, SCHEME, member_id(1), on=cover.first_day, known_at=known_at)

    before = asked(COLLECTED_ON)
    opened_on = DAY(2014, 12, 1)
    later = attrs.evolve(FOUNDING.period, period_id=PeriodId("2015"), cover=cover)
    open_period(world.host, world.act(opened_on), attrs.evolve(world.founding, period=later))
    assert asked(COLLECTED_ON) == before
    assert [each.period_id for each in before.periods] == [PERIOD]
    assert [each.period_id for each in asked(opened_on).periods] == [PERIOD, "2015"]
