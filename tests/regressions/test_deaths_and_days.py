"""Deaths told late, cover begun too early, and acts dated before what they rest on."""

import datetime
from collections.abc import Callable

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Outcome, Reason
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.change import ChangeKind
from mutualaid_core.domain.membership.enrolment import EnrolmentState, JoinedAs
from mutualaid_core.domain.membership.paying.remittance import RefundGround
from mutualaid_core.domain.membership.unit import Unit
from mutualaid_core.domain.scheme.benefit.waiting import Waiting, WaitingGrade
from mutualaid_core.domain.scheme.joining import CoverStart, LateJoining
from mutualaid_core.domain.values.identifiers import EntryId
from mutualaid_core.domain.values.money import ZERO
from mutualaid_core.rules.membership.cover import CoverReason
from mutualaid_core.rules.membership.history import last_standing
from mutualaid_core.services.membership import leaving
from mutualaid_core.services.membership.admission import AdmitUnit, admit_unit
from mutualaid_core.services.membership.correction.correcting import CorrectEnrolment, correct_enrolment
from mutualaid_core.services.membership.correction.restoring import RestoreMember, restore_member
from mutualaid_core.services.membership.enrolment import EnrolWorkers, enrol_workers
from mutualaid_core.services.membership.paying.corrections import CorrectContribution, correct_contribution
from mutualaid_core.services.membership.paying.remittances import SettleRemittance, settle_remittance
from mutualaid_core.services.membership.queries.member import MemberCover, member_cover
from mutualaid_core.services.membership.transfer import later as following
from mutualaid_core.testing.acts.mending import Mending
from mutualaid_core.testing.acts.moves import FAR, FAR_POOL, NEXT, Moves
from mutualaid_core.testing.acts.planting import cover_planted
from mutualaid_core.testing.acts.years import LATER, RENEWED_ON, Years, two_years
from mutualaid_core.testing.joining import JOINING, OPEN_JOINING, joining_world, open_policy
from mutualaid_core.testing.samples import (
    CHINA_TIME,
    COLLECTED_ON,
    FOUNDING,
    REGION,
    SCHEME,
    UNIT,
    VERSION,
    YEAR,
    YUEYANG_2014,
    dues,
    joiner,
    member_id,
    stay,
    yuan,
)
from mutualaid_core.testing.world import World

DAY = datetime.date
DIED_ON, TOLD_ON = DAY(2014, 12, 20), DAY(2015, 1, 5)
WAITING = Waiting(grades=(WaitingGrade(through_day=90, pays=ZERO),), source="HN-4.4.2b")


def found(faults: tuple[Fault, ...]) -> list[str]:
    """What each fault found."""
    return [fault.found for fault in faults]


def clauses(faults: tuple[Fault, ...]) -> list[str]:
    """The clause of each fault."""
    return [fault.clause for fault in faults]


def joined_on(world: World, on: datetime.date, **changes: object) -> World:
    """Person 1 joins and pays on a day."""
    unit = Unit(unit_id=UNIT, name="单位", pool_id=REGION.pool_id)
    admit_unit(
        world.host,
        world.act(COLLECTED_ON),
        AdmitUnit(
            scheme_id=SCHEME,
            period_id=world.period_id,
            unit=unit,
            eligible=2,
            enrolled=2,
            counted_on=COLLECTED_ON,
        ),
    )
    command = EnrolWorkers(
        scheme_id=SCHEME,
        period_id=world.period_id,
        unit_id=UNIT,
        joiners=(attrs.evolve(joiner(1), **changes),),
    )
    assert enrol_workers(world.host, world.act(on), command).result.outcome is Outcome.PASS
    return world


def cover(world: World, on: datetime.date, known_at: datetime.date, number: int = 1) -> MemberCover:
    """Cover of a person."""
    return member_cover(world.store, SCHEME, member_id(number), on=on, known_at=known_at)


def stay_of_2015(number: int) -> dict[str, object]:
    """Days of a stay in January 2015."""
    left = datetime.datetime(2015, 1, 15, 9, tzinfo=CHINA_TIME)
    return {"number": number, "begndate": DAY(2015, 1, 5), "enddate": DAY(2015, 1, 15), "setl_time": left}


@pytest.fixture
def years() -> Years:
    """Two members who renewed into 2015; the second has paid for it."""
    made = two_years()
    made.world.grant(10_000)
    made.admit_later()
    assert made.renew(1, 2).outcome is Outcome.PASS
    assert made.remit_later(dues(2)).outcome is Outcome.PASS
    return made


# ------------------------------------------------------------------ the first day of cover


@pytest.mark.clause("HN-4.3.5d")
def test_a_half_term_is_not_corrected_to_the_whole_year() -> None:
    """Who joined for the second half at half the dues must not be covered from January."""
    world = joined_on(joining_world(OPEN_JOINING, open_policy()), DAY(2014, 7, 5), hired_on=DAY(2014, 7, 1))
    assert world.remit(dues(1, 25), on=DAY(2014, 7, 5)).outcome is Outcome.PASS
    done = Mending(world).correct(1, DAY(2014, 7, 10), cover_from=YEAR.first_day)
    assert (done.outcome, clauses(done.faults)) == (Outcome.REJECT, ["HN-4.3.5d"])
    assert not cover(world, DAY(2014, 3, 1), DAY(2014, 7, 10)).is_covered


@pytest.mark.clause("ACFTU-2.3b")
def test_cover_is_not_corrected_to_before_the_payment() -> None:
    """Who paid late, on 1 April, is covered from 2 April: no day before it and none after it may be told."""
    joining = attrs.evolve(JOINING, late=LateJoining.ACCEPT, cover_start=CoverStart.DAY_AFTER_PAYMENT)
    world = joined_on(joining_world(joining, open_policy()), DAY(2014, 4, 1))
    assert world.remit(dues(1), on=DAY(2014, 4, 1)).outcome is Outcome.PASS
    tries = [YEAR.first_day, DAY(2014, 4, 1), DAY(2014, 4, 2), DAY(2014, 5, 1)]
    outcomes = [Mending(world).correct(1, DAY(2014, 4, 2), cover_from=day).outcome for day in tries]
    assert outcomes == [Outcome.REJECT, Outcome.REJECT, Outcome.PASS, Outcome.REJECT]


# ------------------------------------------------------------------ deaths


@pytest.mark.clause("HN-4.3.5c")
def test_a_death_ends_the_places_of_later_periods(years: Years) -> None:
    """Dead on 20 December 2014: no dues, no transfer, no cover and no benefit of 2015."""
    world, moves = years.world, Moves(years.world)
    moves.know(NEXT, enrolled=1)
    told = moves.leave(2, ChangeKind.DIED, on=DIED_ON, told_on=TOLD_ON)
    assert (told.outcome, found(told.faults)) == (Outcome.FLAG, ["2015"])
    assert moves.leave(1, ChangeKind.DIED, on=DIED_ON, told_on=TOLD_ON).outcome is Outcome.FLAG
    world.period_id = LATER
    assert world.remit(dues(1), on=TOLD_ON).outcome is not Outcome.PASS
    assert moves.propose(2, moves_on=DAY(2015, 3, 1), on=DAY(2015, 2, 1)).outcome is Outcome.REJECT
    claim = world.file(stay(1_000, **stay_of_2015(2)), on=DAY(2015, 2, 1))
    assert (claim.outcome, claim.reasons[0]) == (Outcome.REJECT, Reason.NOT_A_MEMBER)
    answer = cover(world, DAY(2015, 4, 1), DAY(2015, 4, 1), 2)
    assert not answer.is_covered
    assert answer.periods[-1].answer.reasons == (CoverReason.AFTER_COVER, CoverReason.DIED)


@pytest.mark.clause("HN-4.3.5c")
def test_a_place_that_a_death_ended_gives_none(years: Years) -> None:
    """It must be ended and no place, as known from the day of the report, and keep its history."""
    Moves(years.world).leave(2, ChangeKind.DIED, on=DIED_ON, told_on=TOLD_ON)
    place = years.enrolment(2, LATER)
    assert (place.state, place.is_active, len(place.history)) == (EnrolmentState.ENDED, False, 2)
    told = [last_standing(place, day) for day in (RENEWED_ON, TOLD_ON)]
    assert [each is not None and each.is_active for each in told] == [True, False]


@pytest.mark.clause("SN-1.5")
def test_a_benefit_of_a_later_period_is_a_grave_finding(years: Years) -> None:
    """A benefit granted for January 2015 must be named once the death of December is told."""
    years.world.period_id = LATER
    claim = years.world.file(stay(1_000, **stay_of_2015(2)), on=DAY(2015, 2, 1))
    assert claim.outcome is Outcome.PASS
    years.world.period_id = FOUNDING.period.period_id
    told = Moves(years.world).leave(2, ChangeKind.DIED, on=DIED_ON, told_on=DAY(2015, 4, 2))
    assert (told.outcome, told.faults[0].subject) == (Outcome.CRITICAL, claim.claim_id)


@pytest.mark.clause("HN-4.3.5c")
def test_a_death_is_not_noted_before_the_renewal_was_known(years: Years) -> None:
    """An act dated before the renewal must be refused, and a death told twice must change nothing."""
    moves = Moves(years.world)
    early = moves.leave(2, ChangeKind.DIED, on=DIED_ON, told_on=DAY(2014, 12, 30))
    assert (early.outcome, clauses(early.faults)) == (Outcome.REJECT, ["ACFTU-11.1b"])
    twice = [moves.leave(2, ChangeKind.DIED, on=DIED_ON, told_on=TOLD_ON).outcome for _ in range(2)]
    assert (twice, len(years.enrolment(2, LATER).history)) == ([Outcome.FLAG] * 2, 2)


@pytest.mark.clause("HN-4.3.5b")
def test_a_death_that_never_was_is_taken_back_with_all_that_it_ended(years: Years) -> None:
    """The later place must come back with the earlier one, and never before it or by a correction."""
    world = years.world
    Moves(world).leave(2, ChangeKind.DIED, on=DIED_ON, told_on=TOLD_ON)
    later = RestoreMember(named=years.named(2, LATER), kind=ChangeKind.DIED, paper="P-4")
    wrong = CorrectEnrolment(named=years.named(2, LATER), cover_from=DAY(2015, 1, 1), paper="P-3")
    refused = restore_member(world.host, world.act(TOLD_ON), later).result
    corrected = correct_enrolment(world.host, world.act(TOLD_ON), wrong).result
    assert (found(refused.faults), found(corrected.faults)) == (["died 2014-12-20 in 2014"], ["died"])
    assert years.mend.restore(2, on=TOLD_ON).outcome is Outcome.PASS
    assert restore_member(world.host, world.act(TOLD_ON), later).result.outcome is Outcome.REJECT
    assert cover(world, DAY(2015, 4, 1), TOLD_ON, 2).is_covered


@pytest.mark.clause("SN-1.5")
def test_nobody_is_noted_to_die_tomorrow() -> None:
    """A death of 30 November must be refused on 1 June, and noted on its day."""
    world = World()
    world.found()
    world.join(1)
    moves, on = Moves(world), DAY(2014, 11, 30)
    outcomes = [moves.leave(1, ChangeKind.DIED, on=on, told_on=day).outcome for day in (DAY(2014, 6, 1), on)]
    assert outcomes == [Outcome.REJECT, Outcome.PASS]


@pytest.mark.clause("HN-4.3.5c")
@pytest.mark.parametrize("dies", [True, False])
def test_a_renewal_meanwhile_is_seen(monkeypatch: pytest.MonkeyPatch, *, dies: bool) -> None:
    """A place of 2015 that is taken while a move or a death is noted must follow it."""
    years = two_years()
    years.admit_later(5, 5)
    moves = Moves(years.world)
    moves.know(NEXT, enrolled=1)
    other = Years(World(years.world.store, years.world.founding, name="other"))
    module, name = (leaving, "other_places") if dies else (following, "later_places")
    monkeypatch.setattr(module, name, once_after(getattr(module, name), lambda: other.renew(1)))
    if dies:
        moves.leave(1, ChangeKind.DIED, on=DIED_ON, told_on=RENEWED_ON)
        assert not years.enrolment(1, LATER).is_active
    else:
        moves.propose(moves_on=DAY(2014, 12, 30), on=RENEWED_ON, expires_on=RENEWED_ON)
        moves.accept(on=RENEWED_ON)
        assert [years.enrolment(1, each).unit_id for each in (None, LATER)] == [NEXT, NEXT]


def once_after(read: Callable[..., object], act: Callable[[], object]) -> Callable[..., object]:
    """A reading after which something else happens, the first time."""
    acts = [act]

    def reading(*arguments: object) -> object:
        answer = read(*arguments)
        if acts:
            acts.pop()()
        return answer

    return reading


@pytest.mark.clause("HN-4.3.5c")
def test_who_left_a_later_unit_is_not_flagged_by_a_move_out(years: Years) -> None:
    """Only places at a unit must be named: person 1 retired in 2015."""
    moves = Moves(years.world)
    moves.know(FAR, FAR_POOL)
    assert years.retire_later(1, DAY(2015, 2, 1)).outcome is Outcome.PASS
    moves.propose(to=FAR, moves_on=DAY(2014, 12, 31), on=DAY(2015, 2, 1), expires_on=DAY(2015, 2, 1))
    assert moves.accept(by=FAR, on=DAY(2015, 2, 1)).faults == ()


# ------------------------------------------------------------------ later places follow


def waiting_years() -> Years:
    """Person 1 renewed from 2014 into 2015 in a scheme with 90 days of waiting."""
    version = attrs.evolve(VERSION, benefits=(attrs.evolve(YUEYANG_2014, waiting=WAITING),))
    world = World(founding=attrs.evolve(FOUNDING, policy=open_policy(), version=version))
    assert world.found().faults == ()
    world.join(1)
    world.grant(10_000)
    made = Years(world)
    made.open_later()
    made.admit_later()
    assert made.renew(1).outcome is Outcome.PASS
    assert made.remit_later(dues(1)).outcome is Outcome.PASS
    return made


@pytest.mark.clause("HN-4.3.5d")
def test_a_void_place_serves_no_waiting_for_the_next() -> None:
    """2014 is void: 2015 must wait from its own first day and be no renewal, and pay nothing on day 15."""
    years = waiting_years()
    assert years.mend.void(1, TOLD_ON).outcome is Outcome.HOLD
    place = years.enrolment(1, LATER)
    assert (place.waits_from, place.joined_as) == (None, JoinedAs.NEW)
    assert place.history[-1].kind is ChangeKind.CORRECTED
    years.world.period_id = LATER
    claim = years.world.file(stay(1_000, **stay_of_2015(1)), on=DAY(2015, 2, 1))
    assert claim.reasons == (Reason.IN_WAITING_PERIOD,)


@pytest.mark.clause("HN-4.3.5d")
def test_a_corrected_first_day_moves_the_waiting_of_the_next() -> None:
    """Cover of 2014 put right to 1 November must have 2015 wait from that day; shares move nothing."""
    years = waiting_years()
    cover_planted(years.world, years.enrolment(1), DAY(2014, 12, 1))
    assert years.mend.correct(1, RENEWED_ON, cover_from=DAY(2014, 11, 1)).outcome is Outcome.PASS
    place = years.enrolment(1, LATER)
    assert (place.waits_from, place.joined_as) == (DAY(2014, 11, 1), JoinedAs.RENEWAL)
    assert years.mend.correct(1, RENEWED_ON, shares=1).outcome is Outcome.PASS
    assert years.enrolment(1, LATER) == place


@pytest.mark.clause("HN-4.3.5b")
def test_a_place_on_which_a_later_claim_rests_is_not_void() -> None:
    """A benefit of 2015 that was due by the waiting of 2014 must keep 2014 as it is, and be named."""
    years = waiting_years()
    years.world.period_id = LATER
    claim = years.world.file(stay(1_000, **stay_of_2015(1)), on=DAY(2015, 2, 1))
    assert claim.outcome is Outcome.PASS
    years.world.period_id = FOUNDING.period.period_id
    done = years.mend.void(1, DAY(2015, 2, 2))
    assert (done.outcome, found(done.faults)) == (Outcome.REJECT, [f"{claim.claim_id} at 2015"])
    corrected = years.mend.correct(1, DAY(2015, 2, 2), cover_from=DAY(2014, 12, 1))
    assert found(corrected.faults) == ["2014-12-01", *found(done.faults)]
    assert years.enrolment(1).state is EnrolmentState.ENROLLED


# ------------------------------------------------------------------ order of the days


@pytest.mark.clause("ACFTU-11.1b")
def test_a_place_is_not_void_before_its_payment_was_known() -> None:
    """Paid on 30 December: an act of 25 December must be refused, for it would change an answer given."""
    world = joined_on(joining_world(None), COLLECTED_ON)
    assert world.remit(dues(1), on=DAY(2013, 12, 30)).outcome is Outcome.PASS
    done = Mending(world).void(1, DAY(2013, 12, 25))
    assert (done.outcome, clauses(done.faults)) == (Outcome.REJECT, ["ACFTU-11.1b"])
    assert cover(world, DAY(2014, 3, 1), DAY(2013, 12, 30)).is_covered


@pytest.mark.clause("HN-3.1.2b")
def test_money_is_not_booked_before_a_part_of_it_went_back() -> None:
    """120 came for 50, and 70 went back on 28 December: it must not be settled as of 22 December."""
    world = joined_on(joining_world(None), COLLECTED_ON)
    world.remit(dues(1), received=yuan(120), entry="R-1")
    back = CorrectContribution(
        scheme_id=SCHEME,
        remittance_id=EntryId("R-1"),
        entry_id=EntryId("C-1"),
        ground=RefundGround.OVERPAID,
        amount=yuan(70),
        cause="P-1",
    )
    assert correct_contribution(world.host, world.act(DAY(2013, 12, 28)), back).result.outcome is Outcome.PASS
    settle = SettleRemittance(scheme_id=SCHEME, remittance_id=EntryId("R-1"), entry_id=EntryId("S-1"))
    days = (DAY(2013, 12, 22), DAY(2013, 12, 28))
    outcomes = [settle_remittance(world.host, world.act(day), settle).result.outcome for day in days]
    assert outcomes == [Outcome.REJECT, Outcome.PASS]


# ------------------------------------------------------------------ a move that is still to come


@pytest.fixture
def moving() -> Moves:
    """Person 1, whose move of 15 June was accepted on 1 June."""
    world = World()
    world.found()
    world.join(1)
    moves = Moves(world)
    moves.know(NEXT, enrolled=1)
    assert moves.move().outcome is not Outcome.REJECT
    return moves


@pytest.mark.clause("HN-4.3.5c")
@pytest.mark.parametrize("kind", [ChangeKind.RETIRED, ChangeKind.DISMISSED, ChangeKind.DIED])
def test_who_leaves_before_the_move_leaves_the_old_unit(moving: Moves, kind: ChangeKind) -> None:
    """On 10 June the old unit must report it, and the new one not; the old one is the last unit."""
    on, told_on = DAY(2014, 6, 10), DAY(2014, 6, 11)
    outcomes = [moving.leave(1, kind, by=by, on=on, told_on=told_on).outcome for by in (NEXT, UNIT)]
    assert outcomes == [Outcome.REJECT, Outcome.PASS]
    assert (moving.enrolment().unit_id, moving.enrolment().state) == (UNIT, EnrolmentState.ENDED)


@pytest.mark.clause("HN-4.3.5c")
def test_a_retirement_that_never_was_lets_the_move_hold_again(moving: Moves) -> None:
    """The member must be at the old unit until 14 June and at the new one from 15 June on."""
    moving.leave(1, ChangeKind.RETIRED, on=DAY(2014, 6, 10), told_on=DAY(2014, 6, 11))
    done = Mending(moving.world).restore(1, ChangeKind.RETIRED, DAY(2014, 6, 12))
    assert (done.outcome, moving.enrolment().unit_id) == (Outcome.PASS, NEXT)
    days = (DAY(2014, 6, 14), DAY(2014, 6, 15))
    units = [cover(moving.world, day, DAY(2014, 6, 12)).periods[0].answer.unit_id for day in days]
    assert units == [UNIT, NEXT]


@pytest.mark.clause("HN-4.3.5c")
def test_who_is_dismissed_before_the_move_is_taken_up_earlier(moving: Moves) -> None:
    """Dismissed from 10 June, the member must be able to go to the new unit from 12 June on."""
    moving.leave(1, ChangeKind.DISMISSED, on=DAY(2014, 6, 10), told_on=DAY(2014, 6, 11))
    done = moving.move(moves_on=DAY(2014, 6, 12), on=DAY(2014, 6, 11), transfer_id="T-2")
    assert (done.outcome is Outcome.REJECT, moving.enrolment().unit_id) == (False, NEXT)
