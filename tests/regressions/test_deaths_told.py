"""Deaths told twice, in vain, late, early, and for a period that was closed."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest

from mutualaid_core.cli.membership.acting.telling import How, say_outcome
from mutualaid_core.cli.output import Output
from mutualaid_core.domain.claims.reason import Outcome, Reason
from mutualaid_core.domain.fund.account import Title
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.change import ChangeKind
from mutualaid_core.domain.membership.enrolment import EnrolmentState
from mutualaid_core.domain.oversight.disclosure import Disclosure
from mutualaid_core.domain.scheme.dues import FundingSource
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.domain.values.identifiers import PeriodId
from mutualaid_core.ports.batch import Batch
from mutualaid_core.ports.store import Receipt, Store
from mutualaid_core.serialization.records import key_of
from mutualaid_core.services.membership.correction.judged import EnrolmentJudged
from mutualaid_core.services.membership.correction.restoring import RestoreMember, restore_member
from mutualaid_core.services.membership.leaving import LeaveWork, WorkLeft, leave_work
from mutualaid_core.services.membership.queries.member import member_cover
from mutualaid_core.services.membership.queries.roster import Asked, unit_roster
from mutualaid_core.services.verification import verify
from mutualaid_core.testing.acts.moves import NEXT, Moves
from mutualaid_core.testing.acts.years import LATER, RENEWED_ON, Years, two_years
from mutualaid_core.testing.samples import (
    CHINA_TIME,
    CLOSED_ON,
    PERIOD,
    SCHEME,
    UNIT,
    YEAR,
    dues,
    joiner,
    member_id,
    stay,
)
from mutualaid_core.testing.world import World, balance
from mutualaid_core.work import read_one

DAY = datetime.date
DIED, RETIRED = ChangeKind.DIED, ChangeKind.RETIRED
DIED_ON, TOLD_ON, MENDED_ON = DAY(2014, 12, 20), DAY(2015, 1, 5), DAY(2015, 3, 1)


@pytest.fixture
def years() -> Years:
    """Two members who renewed into 2015 and paid for it."""
    made = two_years()
    made.world.grant(10_000)
    made.admit_later()
    made.renew(1, 2)
    assert made.remit_later(dues(1), dues(2)).outcome is Outcome.PASS
    return made


def leave(
    years: Years,
    period: PeriodId = PERIOD,
    *,
    on: datetime.date = DIED_ON,
    told_on: datetime.date = TOLD_ON,
    kind: ChangeKind = DIED,
) -> WorkLeft:
    """Report that person 1 left, in a period."""
    command = LeaveWork(
        scheme_id=SCHEME,
        period_id=period,
        member_id=member_id(1),
        by_unit=UNIT,
        kind=kind,
        on=on,
        paper="P-1",
    )
    return leave_work(years.world.host, years.world.act(told_on), command).result


def restore(years: Years, period: PeriodId = PERIOD, on: datetime.date = MENDED_ON) -> EnrolmentJudged:
    """Take the death of person 1 back, in a period."""
    command = RestoreMember(named=years.named(1, period), kind=DIED, paper="P-2")
    return restore_member(years.world.host, years.world.act(on), command).result


def found(faults: tuple[Fault, ...]) -> list[str]:
    """What each fault found."""
    return [fault.found for fault in faults]


def is_covered(world: World, on: datetime.date, known_at: datetime.date = MENDED_ON) -> bool:
    """Whether person 1 is covered on a day."""
    return member_cover(world.store, SCHEME, member_id(1), on=on, known_at=known_at).is_covered


def claim_of_2015(years: Years) -> tuple[Outcome, Reason]:
    """File a stay of February 2015 and say what became of it."""
    years.world.period_id = LATER
    left = datetime.datetime(2015, 2, 15, 9, tzinfo=CHINA_TIME)
    days: dict[str, Any] = {"begndate": DAY(2015, 2, 5), "enddate": DAY(2015, 2, 15), "setl_time": left}
    decided = years.world.file(stay(1_000, **days), on=MENDED_ON)
    years.world.period_id = PERIOD
    return decided.outcome, decided.reasons[0]


# ------------------------------------------------------------------ one death


@pytest.mark.clause("HN-4.3.5c", "SN-1.5")
def test_nobody_dies_in_two_periods(years: Years) -> None:
    """Dead on 20 December 2014: a death of March 2015 must be refused, and give no benefit of January."""
    leave(years)
    again = leave(years, LATER, on=MENDED_ON, told_on=MENDED_ON)
    assert (again.outcome, found(again.faults)) == (Outcome.REJECT, ["died 2014-12-20 in 2014"])
    assert claim_of_2015(years) == (Outcome.REJECT, Reason.NOT_A_MEMBER)


@pytest.mark.clause("HN-4.3.5c", "SN-1.5")
def test_a_day_of_death_goes_to_another_period_by_two_acts(years: Years) -> None:
    """A death told for 2015 stands against one of 2014 until it is taken back."""
    leave(years, LATER, on=DAY(2015, 2, 1), told_on=DAY(2015, 2, 2))
    assert found(leave(years, told_on=MENDED_ON).faults) == ["died 2015-02-01 in 2015"]
    assert restore(years, LATER).outcome is Outcome.PASS
    assert leave(years, told_on=MENDED_ON).outcome is Outcome.FLAG
    assert not is_covered(years.world, DAY(2015, 1, 5))


def test_a_retirement_before_the_death_is_noted_still(years: Years) -> None:
    """Retired in November and dead in February must both stand."""
    leave(years, LATER, on=DAY(2015, 2, 1), told_on=DAY(2015, 2, 2))
    assert leave(years, on=DAY(2014, 11, 1), told_on=MENDED_ON, kind=RETIRED).outcome is Outcome.PASS


@pytest.mark.clause("HN-4.3.5c")
def test_a_death_is_told_where_the_member_held_a_place(years: Years) -> None:
    """A death of December 2014 told for 2015 must be refused, and 2014 be named."""
    told = leave(years, LATER)
    assert (told.outcome, told.faults[0].rule.split(",")[0]) == (Outcome.REJECT, "must be told for 2014")
    assert is_covered(years.world, DAY(2015, 2, 1))


# ------------------------------------------------------------------ a death that never was


@pytest.mark.clause("HN-4.3.5b", "HN-4.3.5c")
def test_a_wrong_death_is_taken_back_in_all_places_that_it_ended(years: Years) -> None:
    """Both places must be as before in one act, also where the day of death was told anew."""
    before = [years.enrolment(1, period) for period in (PERIOD, LATER)]
    leave(years)
    leave(years, on=DAY(2014, 12, 22))
    assert restore(years).outcome is Outcome.PASS
    after = [years.enrolment(1, period) for period in (PERIOD, LATER)]
    assert [(each.state, each.cover, each.unit_id) for each in after] == [
        (each.state, each.cover, each.unit_id) for each in before
    ]
    assert claim_of_2015(years) == (Outcome.PASS, Reason.COMPUTED)
    assert verify(years.world.host).faults == ()


@pytest.mark.clause("HN-4.3.5b")
@pytest.mark.parametrize("first", [PERIOD, LATER])
def test_who_lives_is_not_dead_for_good_by_a_void_place(first: PeriodId) -> None:
    """2015 was voided for the death: once that is taken back the member must join 2015 anew."""
    years = two_years()
    years.admit_later()
    years.renew(1)
    leave(years, told_on=RENEWED_ON)
    assert years.mend.void_of(years.named(1, LATER), on=RENEWED_ON).outcome is Outcome.PASS
    if first == LATER:
        assert found(restore(years, LATER, RENEWED_ON).faults) == ["died 2014-12-20 in 2014"]
    done = restore(years, on=RENEWED_ON)
    assert (done.outcome, done.state, found(done.faults)) == (Outcome.FLAG, EnrolmentState.ENROLLED, ["2015"])
    assert years.enrolment(1, LATER).state is EnrolmentState.VOIDED
    assert years.renew(1).outcome is Outcome.PASS


@pytest.mark.clause("HN-4.3.5b")
def test_the_own_void_place_stays_void_without_its_death() -> None:
    """The report must be off the record, the place stay void, and the member join anew."""
    years = two_years()
    years.world.admit(unit="U-B")
    years.world.enrol(joiner(3), unit="U-B")
    command = LeaveWork(
        scheme_id=SCHEME,
        period_id=PERIOD,
        member_id=member_id(3),
        by_unit=years.enrolment(3).unit_id,
        kind=DIED,
        on=YEAR.first_day,
        paper="P-1",
    )
    leave_work(years.world.host, years.world.act(YEAR.first_day), command)
    years.mend.void(3, on=YEAR.first_day)
    done = years.mend.restore(3, on=YEAR.first_day)
    assert (done.outcome, done.state, found(done.faults)) == (Outcome.FLAG, EnrolmentState.VOIDED, ["2014"])
    assert verify(years.world.host).faults == ()


@pytest.mark.clause("ACFTU-11.1b")
def test_a_death_is_taken_back_after_all_that_it_ended(years: Years) -> None:
    """An act before the day on which the later place ended must be refused, and change neither place."""
    leave(years)
    early = restore(years, on=RENEWED_ON)
    assert (early.outcome, {fault.clause for fault in early.faults}) == (Outcome.REJECT, {"ACFTU-11.1b"})
    assert years.enrolment(1, LATER).state is EnrolmentState.ENDED


# ------------------------------------------------------------------ a period that was stopped


def figures(world: World) -> tuple[object, ...]:
    """What was posted and disclosed of 2014."""
    disclosed = read_one(world.store, Disclosure, key_of(SCHEME, PERIOD))
    paid = (balance(world.store, Title.CONTRIBUTION, source) for source in FundingSource)
    return disclosed, balance(world.store, Title.BANK), *paid


def closed(years: Years) -> World:
    """The world with 2014 closed and disclosed."""
    world = years.world
    world.stop()
    world.close()
    world.disclose()
    return world


@pytest.mark.clause("HN-4.3.5c", "ACFTU-S4.2b")
def test_a_death_in_a_closed_period_ends_the_later_place(years: Years) -> None:
    """No cover and no benefit of 2015, and not a figure of 2014 may be another."""
    world = closed(years)
    before = figures(world)
    told = leave(years, told_on=CLOSED_ON)
    assert (told.outcome, found(told.faults)) == (Outcome.FLAG, ["2015", "closed already"])
    assert claim_of_2015(years) == (Outcome.REJECT, Reason.NOT_A_MEMBER)
    assert restore(years).faults[-1].found == "closed already"
    assert claim_of_2015(years)[0] is Outcome.REJECT
    assert is_covered(world, DAY(2015, 2, 1))
    assert figures(world) == before
    assert verify(world.host).faults == ()


@pytest.mark.clause("ACFTU-S4.2b")
def test_a_retirement_in_a_closed_period_is_refused(years: Years) -> None:
    """Only a death is told late; its member may be dead, while a retirement moves no later place."""
    closed(years)
    assert found(leave(years, kind=RETIRED, told_on=CLOSED_ON).faults)[0] == "closed"


class Meanwhile:
    """A store on which something else happens just before the first commit of somebody."""

    def __init__(self, store: Store, act: Callable[[], object]) -> None:
        """Wait for the first commit."""
        self._store, self._acts = store, [act]

    def commit(self, batch: Batch) -> Receipt:
        """Let the other act come first, once."""
        while self._acts:
            self._acts.pop()()
        return self._store.commit(batch)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # whatever the store has
        """Everything else is the store's."""
        return getattr(self._store, name)


@pytest.mark.clause("HN-4.3.5c")
def test_who_joins_while_a_death_of_a_closed_period_is_told_is_seen() -> None:
    """The list of 2015 must be judged anew, and the dead be left out of it."""
    years = two_years()
    years.admit_later()
    closed(years)
    slow = Meanwhile(years.world.store, lambda: leave(years, told_on=CLOSED_ON))
    other = World(slow, years.world.founding, name="other")
    other.period_id = LATER
    assert found(other.enrol(joiner(1)).faults) == ["a death on record"]


# ------------------------------------------------------------------ the day of death


@pytest.mark.clause("HN-4.3.5c", "SN-1.5")
def test_a_death_before_the_first_day_of_cover_is_told() -> None:
    """Joined on 20 December and dead on the 25th: no day of cover, no refund, and no way to join again."""
    years = two_years()
    before, died_on = balance(years.world.store, Title.BANK), DAY(2013, 12, 25)
    told = leave(years, on=died_on, told_on=DAY(2014, 1, 2))
    assert (told.outcome, told.cover) == (Outcome.PASS, None)
    assert leave(years, on=died_on, told_on=DAY(2014, 1, 2)).cover is None
    assert not is_covered(years.world, YEAR.first_day)
    assert balance(years.world.store, Title.BANK) == before
    years.admit_later()
    assert "has died" in found(years.renew(1).faults)
    moved = leave(years, on=DAY(2014, 1, 3), told_on=DAY(2014, 1, 5))
    assert moved.cover == DayRange(YEAR.first_day, DAY(2014, 1, 3))


@pytest.mark.clause("SN-1.5")
def test_a_death_before_a_benefit_is_noted_and_the_benefit_named() -> None:
    """A stay that was paid must not keep the dead covered, and not be forgotten."""
    years = two_years()
    years.world.grant(10_000)
    claim = years.world.file(stay(1_000))
    told = leave(years, on=DAY(2014, 3, 5), told_on=DAY(2014, 4, 1))
    assert (told.outcome, [fault.subject for fault in told.faults]) == (Outcome.CRITICAL, [claim.claim_id])
    assert not is_covered(years.world, DAY(2014, 6, 1))


@pytest.mark.clause("HN-4.3.5b")
def test_who_left_before_the_cover_is_told_to_be_void(years: Years) -> None:
    """A retirement of December for a place of January must name what to do: void it."""
    told = leave(years, LATER, on=DIED_ON, kind=RETIRED)
    assert (told.outcome, "void the place" in told.faults[0].rule) == (Outcome.REJECT, True)


# ------------------------------------------------------------------ moves to come


@pytest.fixture
def moving() -> Moves:
    """Person 1 moves to another unit on 15 June, which is known from 1 June."""
    years = two_years()
    moves = Moves(years.world)
    moves.know(NEXT, enrolled=1)
    moves.move()
    return moves


@pytest.mark.clause("HN-4.3.5c")
@pytest.mark.parametrize("kind", [ChangeKind.DISMISSED, DIED])
def test_an_earlier_answer_knows_who_was_to_come(moving: Moves, kind: ChangeKind) -> None:
    """What was known on 1 June of 1 August must stay so, whatever became known of the member later."""
    asked = Asked(
        scheme_id=SCHEME, period_id=PERIOD, unit_id=NEXT, on=DAY(2014, 8, 1), known_at=DAY(2014, 6, 1)
    )
    before = unit_roster(moving.world.store, asked)
    moving.leave(kind=kind, on=DAY(2014, 6, 10), told_on=DAY(2014, 7, 1))
    assert unit_roster(moving.world.store, asked) == before
    assert member_id(1) in {row.member_id for row in before.rows}


@pytest.mark.clause("HN-4.3.5c")
def test_a_day_of_death_is_told_anew_by_the_unit_of_that_day(moving: Moves) -> None:
    """Dead on 10 June by error, and truly on 1 July: the unit to which the member moved must tell it."""
    moving.leave(kind=DIED, on=DAY(2014, 6, 10), told_on=DAY(2014, 7, 1))
    told = moving.leave(kind=DIED, by=NEXT, on=DAY(2014, 7, 1), told_on=DAY(2014, 7, 5))
    assert (told.outcome, told.cover) == (Outcome.PASS, DayRange(YEAR.first_day, DAY(2014, 7, 1)))
    assert moving.enrolment().unit_id == NEXT


# ------------------------------------------------------------------ what is told


@pytest.mark.parametrize("is_preview", [False, True])
def test_a_grave_finding_has_its_words(capsys: pytest.CaptureFixture[str], *, is_preview: bool) -> None:
    """The command must not break off where a benefit was granted after a death."""
    fault = Fault(subject="S-1", rule="must be held", found="granted", clause="HN-4.3.5c")
    say_outcome(Output(lang="en", as_json=False), Outcome.CRITICAL, (fault,), How(is_preview=is_preview))
    assert "must" in capsys.readouterr().out.splitlines()[0]
