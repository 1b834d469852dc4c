"""Places taken again, moves and deaths in odd orders: each fault by the smallest case that showed it."""

import datetime

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.membership.change import ChangeKind
from mutualaid_core.domain.membership.enrolment import JoinedAs
from mutualaid_core.domain.membership.paying.remittance import RefundGround
from mutualaid_core.domain.membership.transfer import Transfer, TransferState
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.domain.values.identifiers import EntryId, PeriodId, UnitId
from mutualaid_core.services.founding import open_period
from mutualaid_core.services.membership.enrolment import EnrolWorkers, enrol_workers
from mutualaid_core.services.membership.paying.corrections import CorrectContribution, correct_contribution
from mutualaid_core.services.verification import verify
from mutualaid_core.testing.acts.moves import NEXT, Moves
from mutualaid_core.testing.acts.years import LATER, LATER_YEAR, RENEWED_ON, Years, named_in, two_years
from mutualaid_core.testing.joining import JOINING, WHOLE, joining_world
from mutualaid_core.testing.samples import (
    COLLECTED_ON,
    FOUNDING,
    PERIOD,
    SCHEME,
    UNIT,
    YEAR,
    dues,
    joiner,
    member_id,
    yuan,
)
from mutualaid_core.testing.world import World
from mutualaid_core.work import read_one

DAY = datetime.date


@pytest.fixture
def world() -> World:
    """A founded world whose unit may enrol three workers."""
    made = World()
    made.found()
    made.admit(3, 3)
    return made


def found(result: object) -> list[str]:
    """What the faults of an answer found."""
    return [fault.found for fault in result.faults]  # type: ignore[attr-defined]


@pytest.mark.clause("HN-4.3.5d")
def test_a_scheme_without_terms_does_not_take_somebody_on_the_way_to_hospital(world: World) -> None:
    """Under a policy without waiting, joining and paying in March must give no cover of the year."""
    command = EnrolWorkers(scheme_id=SCHEME, period_id=PERIOD, unit_id=UNIT, joiners=(joiner(1),))
    late = enrol_workers(world.host, world.act(DAY(2014, 3, 1)), command).result
    assert (late.outcome, found(late)) == (Outcome.REJECT, ["2014-03-01"])
    world.enrol(joiner(1))
    assert world.remit(dues(1), on=DAY(2014, 3, 1)).outcome is Outcome.REJECT


@pytest.mark.clause("HN-4.3.5d")
def test_a_renewal_after_the_first_day_is_refused() -> None:
    """A member of 2014 must not be renewed on 2 January 2015."""
    years = two_years()
    years.admit_later()
    late = years.renew(1, on=DAY(2015, 1, 2))
    assert (late.outcome, found(late)) == (Outcome.REJECT, ["2015-01-02"])


def joined_anew(world: World, moves: Moves, unit: UnitId = UNIT) -> None:
    """Person 1 is proposed to U-2, then found void, and joins anew; all on one day."""
    moves.know(NEXT, enrolled=1)
    world.enrol(joiner(1))
    moves.propose(moves_on=YEAR.first_day, on=COLLECTED_ON)
    Years(world).mend.void(1)
    if unit != UNIT:
        world.admit(1, 1, unit=unit)
    assert world.enrol(joiner(1), unit=unit).outcome is Outcome.PASS


@pytest.mark.clause("HN-4.3.5c")
def test_a_proposal_does_not_outlive_its_place(world: World) -> None:
    """What was proposed for a place that was void must not move the place after it."""
    moves = Moves(world)
    joined_anew(world, moves)
    late = moves.accept(on=COLLECTED_ON)
    assert (late.outcome, found(late)) == (Outcome.REJECT, ["an earlier place"])
    assert moves.enrolment().unit_id == UNIT


@pytest.mark.clause("HN-4.3.5c")
def test_a_proposal_of_a_place_that_is_gone_blocks_no_other(world: World) -> None:
    """The unit of the new place must be able to propose; the old proposal is closed by that."""
    moves = Moves(world)
    joined_anew(world, moves, UnitId("U-3"))
    anew = moves.propose(by=UnitId("U-3"), moves_on=YEAR.first_day, on=COLLECTED_ON, transfer_id="T-2")
    assert anew.outcome is Outcome.PASS
    assert read_one(world.store, Transfer, "T-1").state is TransferState.EXPIRED
    assert moves.accept("T-2", on=COLLECTED_ON).outcome is Outcome.PASS
    assert (moves.enrolment().unit_id, verify(world.host).faults) == (NEXT, ())


def given_back(years: Years, entry: str, period: PeriodId) -> None:
    """The contribution of person 1 for a place that is void goes back."""
    command = CorrectContribution(
        scheme_id=SCHEME,
        remittance_id=EntryId(entry),
        entry_id=EntryId(f"B-{period}"),
        ground=RefundGround.VOIDED_ENROLMENT,
        amount=yuan(50),
        member_id=member_id(1),
        cause="P-9",
    )
    world = years.world
    done = correct_contribution(world.host, world.act(RENEWED_ON), command).result
    assert done.outcome is Outcome.PASS


@pytest.mark.clause("HN-4.3.5b")
def test_a_gift_waits_for_the_money_of_the_void_place(world: World) -> None:
    """Who paid for a place that is void must get that back before a place is given."""
    years = Years(world)
    years.gifts.found()
    world.enrol(joiner(1))
    world.remit(dues(1), entry="R-1")
    years.mend.void(1)
    held = years.gifts.give(1)
    assert (held.outcome, found(held)) == (Outcome.REJECT, ["not returned"])
    given_back(years, "R-1", PERIOD)
    later = years.gifts.give(1)
    assert later.outcome is Outcome.PASS
    assert years.enrolment(1).joined_as is JoinedAs.GIFT


@pytest.mark.clause("HN-4.3.5b")
def test_a_renewal_waits_for_the_money_of_the_void_place() -> None:
    """Who paid for 2015 and was found void there must get that back before the renewal."""
    years = two_years()
    years.admit_later()
    years.renew(1)
    years.remit_later(dues(1))
    years.mend.void_of(years.named(1, LATER), on=RENEWED_ON)
    held = years.renew(1)
    assert (held.outcome, found(held)) == (Outcome.REJECT, ["not returned"])
    given_back(years, "R-later", LATER)
    assert years.renew(1).outcome is Outcome.PASS
    assert years.joined(period=LATER) == 1


@pytest.mark.clause("HN-4.3.5c")
def test_nothing_is_given_to_whoever_died_in_the_period_before() -> None:
    """A death of 2014 must stand in the way of a gift for 2015."""
    years = two_years()
    Moves(years.world).leave(1, ChangeKind.DIED)
    years.admit_later()
    years.world.period_id = LATER
    years.gifts.found()
    given = years.gifts.give(1, on=RENEWED_ON)
    assert (given.outcome, found(given)) == (Outcome.REJECT, ["a death on record"])


@pytest.mark.clause("HN-4.1.2a")
def test_a_list_sent_twice_is_told_by_the_line_and_not_by_the_gate(world: World) -> None:
    """The second list must not be counted against the roster: all of its persons are there already."""
    world.enrol(joiner(1), joiner(2), joiner(3))
    again = world.enrol(joiner(1), joiner(2), joiner(3))
    assert (again.outcome, set(found(again))) == (Outcome.REJECT, {"enrolled already"})


@pytest.mark.clause("HN-4.1.2a")
def test_the_second_year_of_a_renewed_term_is_taken_back() -> None:
    """Who came back for two years must be counted in the first alone, and the second be free to void."""
    two = attrs.evolve(WHOLE, months=24)
    world = joining_world(attrs.evolve(JOINING, terms=(WHOLE, two)), last_day=None)
    world.join(1)
    years = {PeriodId(str(year)): DayRange(DAY(year, 1, 1), DAY(year, 12, 31)) for year in (2015, 2016)}
    for period_id, cover in years.items():
        period = attrs.evolve(FOUNDING.period, period_id=period_id, cover=cover)
        open_period(world.host, world.act(COLLECTED_ON), attrs.evolve(world.founding, period=period))
    made = Years(world)
    made.admit_later(1, 1)
    command = EnrolWorkers(
        scheme_id=SCHEME, period_id=LATER, unit_id=UNIT, joiners=(joiner(1, term_months=24),)
    )
    assert enrol_workers(world.host, world.act(RENEWED_ON), command).result.outcome is Outcome.PASS
    second = named_in(world, 1, PeriodId("2016"))
    assert made.mend.void_of(second, on=RENEWED_ON).outcome is Outcome.PASS
    assert (made.joined(period=LATER), made.joined(period=PeriodId("2016"))) == (1, 0)


@pytest.mark.clause("HN-4.3.5c")
def test_a_term_of_two_years_moves_as_a_whole() -> None:
    """A move within the first year must take the second one along."""
    years = two_years()
    years.admit_later()
    years.renew(1)
    moves = Moves(years.world)
    moves.know(NEXT, enrolled=1)
    moves.move(moves_on=YEAR.last_day, on=RENEWED_ON)
    later = years.enrolment(1, LATER)
    assert (later.unit_id, later.history[-1].holds_from) == (NEXT, LATER_YEAR.first_day)


@pytest.mark.clause("HN-4.3.5c")
def test_who_was_dismissed_is_taken_up_by_another_unit_of_the_pool(world: World) -> None:
    """Cover that was paid for the year must find its unit again."""
    moves = Moves(world)
    moves.know(NEXT, enrolled=1)
    world.enrol(joiner(1))
    moves.leave(kind=ChangeKind.DISMISSED, on=DAY(2014, 6, 1))
    assert moves.move(on=DAY(2014, 6, 2)).outcome is Outcome.PASS
    assert (moves.enrolment().unit_id, moves.enrolment().cover) == (NEXT, YEAR)


@pytest.mark.clause("SN-1.5")
def test_deaths_come_in_any_order(world: World) -> None:
    """A death told twice, and then with another day, must leave the cover until the day told last."""
    moves = Moves(world)
    world.enrol(joiner(1))
    moves.leave(kind=ChangeKind.RETIRED)
    covers = [
        moves.leave(kind=ChangeKind.DIED, on=on, told_on=DAY(2014, 9, 1)).cover
        for on in (DAY(2014, 6, 10), DAY(2014, 6, 10), DAY(2014, 7, 10))
    ]
    ends = [cover.last_day for cover in covers if cover is not None]
    assert ends == [DAY(2014, 6, 10), DAY(2014, 6, 10), DAY(2014, 7, 10)]
    assert len(moves.enrolment().history) == 4
