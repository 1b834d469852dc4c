"""Leaving work: cover ends as the scheme says, nothing is refunded and nothing decided undone."""

import datetime
from collections.abc import Callable
from typing import Any

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Outcome, Reason
from mutualaid_core.domain.fund.account import Title
from mutualaid_core.domain.membership.change import ChangeKind
from mutualaid_core.domain.membership.enrolment import EnrolmentState
from mutualaid_core.domain.membership.workflow import Action
from mutualaid_core.domain.scheme.options import CoverEnd
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.domain.values.identifiers import PeriodId, UnitId, VersionId
from mutualaid_core.errors import InvalidValueError, NotFoundError
from mutualaid_core.ports.batch import Batch
from mutualaid_core.ports.store import Receipt, Store
from mutualaid_core.rules.membership.history import stretches_of
from mutualaid_core.services.founding import open_period
from mutualaid_core.services.membership.leaving import LeaveWork
from mutualaid_core.services.verification import verify
from mutualaid_core.testing.acts.moves import MOVES_ON, NEXT, PROPOSED_ON, Moves
from mutualaid_core.testing.acts.years import Years
from mutualaid_core.testing.samples import (
    CLOSED_ON,
    FOUNDING,
    PERIOD,
    SCHEME,
    UNIT,
    VERSION,
    YEAR,
    id_number,
    joiner,
    member_id,
    stay,
)
from mutualaid_core.testing.world import World, balance

DAY = datetime.date
KINDS = [ChangeKind.RETIRED, ChangeKind.DISMISSED]
STRICT = attrs.evolve(
    FOUNDING,
    version=attrs.evolve(
        VERSION,
        open_points=attrs.evolve(
            VERSION.open_points,
            cover_after=attrs.evolve(
                VERSION.open_points.cover_after,
                retirement=CoverEnd.ON_THE_DAY,
                dismissal=CoverEnd.ON_THE_DAY,
            ),
        ),
    ),
)


def strict_world(store: Store | None = None, name: str = "act") -> World:
    """A world in which cover ends with work."""
    return World(store, STRICT, name=name)


@pytest.fixture
def moves(joined: World) -> Moves:
    """Two members with paid cover, under a version that lets cover run on."""
    return Moves(joined)


@pytest.fixture
def strict() -> Moves:
    """Two members with paid cover, under a version that ends it with work."""
    world = strict_world()
    world.found()
    world.join(1, 2)
    return Moves(world)


@pytest.mark.parametrize("kind", KINDS)
def test_cover_runs_to_the_end_of_the_period(moves: Moves, kind: ChangeKind) -> None:
    """Under PERIOD_END cover must stay, the state be ended, and a later stay be paid."""
    told = moves.leave(kind=kind)
    assert (told.outcome, told.cover) == (Outcome.PASS, YEAR)
    assert moves.enrolment().state is EnrolmentState.ENDED
    later = {"begndate": DAY(2014, 9, 1), "enddate": DAY(2014, 9, 10)}
    assert moves.world.file(stay(8_000, **later), DAY(2014, 9, 20)).outcome is Outcome.PASS


@pytest.mark.parametrize("kind", KINDS)
def test_cover_ends_with_work(strict: Moves, kind: ChangeKind) -> None:
    """Under ON_THE_DAY cover must end on the day before, and a later stay be refused."""
    told = strict.leave(kind=kind)
    assert told.cover == DayRange(YEAR.first_day, DAY(2014, 6, 14))
    later = {"begndate": DAY(2014, 6, 10), "enddate": DAY(2014, 6, 15)}
    assert Reason.OUTSIDE_COVER in strict.world.file(stay(8_000, **later), DAY(2014, 6, 20)).reasons


def test_death_ends_cover_with_its_day(moves: Moves) -> None:
    """A stay that ended on the day of death must be paid, one that ended later refused."""
    assert moves.leave(kind=ChangeKind.DIED).cover == DayRange(YEAR.first_day, MOVES_ON)
    last = {"begndate": DAY(2014, 6, 1), "enddate": MOVES_ON}
    after = {"begndate": DAY(2014, 6, 1), "enddate": DAY(2014, 6, 16), "setl_id": "S-2"}
    assert moves.world.file(stay(8_000, **last), DAY(2014, 7, 1)).outcome is Outcome.PASS
    assert Reason.OUTSIDE_COVER in moves.world.file(stay(8_000, **after), DAY(2014, 7, 1)).reasons


def test_nothing_is_refunded(moves: Moves) -> None:
    """The bank must hold what it held."""
    before = balance(moves.world.store, Title.BANK)
    moves.leave(kind=ChangeKind.DISMISSED)
    assert balance(moves.world.store, Title.BANK) == before


def test_the_entry_names_the_paper(moves: Moves) -> None:
    """History must tell the day, the day of knowing, no unit, and the paper."""
    moves.leave()
    entry = moves.enrolment().history[-1]
    assert (entry.kind, entry.holds_from, entry.known_on) == (ChangeKind.RETIRED, MOVES_ON, PROPOSED_ON)
    assert (entry.unit_id, entry.cause) == (None, "P-1")


def test_what_may_be_done_next_is_told(moves: Moves) -> None:
    """After leaving a death can still be told, and the other side may take the member up, as it says."""
    told = {each.action: each for each in moves.leave().allowed_actions}
    assert [told[each].is_allowed for each in (Action.DIE, Action.TRANSFER, Action.RETIRE)] == [
        True,
        True,
        False,
    ]
    assert "after dismissal or leaving the pool" in told[Action.TRANSFER].reason_en


def test_who_retired_may_die(moves: Moves) -> None:
    """Cover that ran on must end with the day of death."""
    moves.leave(on=DAY(2014, 6, 15))
    told = moves.leave(kind=ChangeKind.DIED, on=DAY(2014, 8, 1), told_on=DAY(2014, 8, 5))
    assert (told.outcome, told.cover) == (Outcome.PASS, DayRange(YEAR.first_day, DAY(2014, 8, 1)))


@pytest.mark.parametrize("kind", [ChangeKind.RETIRED, ChangeKind.DISMISSED])
def test_nobody_leaves_after_death(moves: Moves, kind: ChangeKind) -> None:
    """After a death every other word must be refused by that word."""
    moves.leave(kind=ChangeKind.DIED, on=DAY(2014, 6, 1))
    told = moves.leave(kind=kind, on=DAY(2014, 6, 1))
    assert (told.outcome, told.faults[0].found) == (Outcome.REJECT, "died")


@pytest.mark.clause("SN-1.5")
def test_a_death_told_twice_is_told_once(moves: Moves) -> None:
    """The same death under another key must be answered alike and write nothing."""
    first = moves.leave(kind=ChangeKind.DIED, told_on=DAY(2014, 6, 20))
    noted = moves.enrolment()
    again = moves.leave(kind=ChangeKind.DIED, told_on=DAY(2014, 6, 18))
    assert (again, moves.enrolment()) == (first, noted)


@pytest.mark.clause("SN-1.5")
@pytest.mark.parametrize("on", [DAY(2014, 6, 10), DAY(2014, 6, 25)])
def test_a_wrong_day_of_death_is_corrected(moves: Moves, on: datetime.date) -> None:
    """Cover must end with the day that was told last, be it earlier or later; the first word stays."""
    moves.leave(kind=ChangeKind.DIED, told_on=DAY(2014, 6, 28))
    told = moves.leave(kind=ChangeKind.DIED, on=on, told_on=DAY(2014, 7, 5))
    assert (told.outcome, told.cover) == (Outcome.PASS, DayRange(YEAR.first_day, on))
    enrolment = moves.enrolment()
    assert [change.holds_from for change in enrolment.history[1:]] == [MOVES_ON, on]
    now, before = DAY(2014, 7, 5), DAY(2014, 6, 30)
    ends = [stretches_of(enrolment, known_at)[0].days.last_day for known_at in (before, now)]
    assert ends == [MOVES_ON - datetime.timedelta(days=1), on - datetime.timedelta(days=1)]


@pytest.mark.clause("SN-1.5")
def test_a_day_of_death_before_a_benefit_is_a_grave_finding(moves: Moves) -> None:
    """A death of 9 March must be noted, and the benefit for a stay until 10 March be named."""
    moves.world.file(stay(8_000))
    moves.leave(kind=ChangeKind.DIED)
    told = moves.leave(kind=ChangeKind.DIED, on=DAY(2014, 3, 9), told_on=DAY(2014, 7, 1))
    assert (told.outcome, [fault.subject for fault in told.faults]) == (Outcome.CRITICAL, ["S-1"])
    assert told.cover == DayRange(YEAR.first_day, DAY(2014, 3, 9))


@pytest.mark.clause("SN-1.5")
@pytest.mark.parametrize("kind", KINDS)
def test_a_death_after_the_cover_is_noted(strict: Moves, kind: ChangeKind) -> None:
    """Cover that ended on 14 June must stay so, and the death of August be on record."""
    strict.leave(kind=kind)
    told = strict.leave(kind=ChangeKind.DIED, on=DAY(2014, 8, 1), told_on=DAY(2014, 8, 5))
    assert (told.outcome, told.cover) == (Outcome.PASS, DayRange(YEAR.first_day, DAY(2014, 6, 14)))
    assert strict.enrolment().history[-1].kind is ChangeKind.DIED


@pytest.mark.clause("SN-1.5")
def test_a_death_before_the_dismissal_ends_the_cover_with_its_day(moves: Moves) -> None:
    """Whoever was dismissed on 15 June and had died on 10 June must be covered until 10 June."""
    moves.leave(kind=ChangeKind.DISMISSED)
    told = moves.leave(kind=ChangeKind.DIED, on=DAY(2014, 6, 10), told_on=DAY(2014, 7, 1))
    assert told.cover == DayRange(YEAR.first_day, DAY(2014, 6, 10))


def test_a_stranger_does_not_leave(moves: Moves) -> None:
    """Somebody without an enrolment must be refused."""
    told = moves.leave(3)
    assert (told.faults[0].found, told.cover) == ("not enrolled", None)


def test_only_the_own_unit_reports(moves: Moves) -> None:
    """Another unit must not end somebody's work."""
    assert moves.leave(by=UnitId("U-7")).faults[0].found == "another unit"


def test_a_closed_period_is_past(moves: Moves) -> None:
    """After the period closed nothing must be noted in it."""
    moves.world.stop()
    moves.world.close()
    assert "closed" in [fault.found for fault in moves.leave(told_on=CLOSED_ON).faults]


def test_a_retirement_before_the_latest_change_is_refused(moves: Moves) -> None:
    """A retirement before the last move must be refused: one of the two days is wrong."""
    moves.know(NEXT, enrolled=1)
    moves.move()
    told = moves.leave(kind=ChangeKind.RETIRED, by=UNIT, on=DAY(2014, 6, 14), told_on=DAY(2014, 6, 20))
    assert "2014-06-15" in told.faults[0].rule


def test_a_death_before_a_move_ends_the_cover_with_its_day(moves: Moves) -> None:
    """Whoever dies on 14 June, before the first day at the new unit, must be covered until that day."""
    moves.know(NEXT, enrolled=1)
    moves.move()
    told = moves.leave(kind=ChangeKind.DIED, by=NEXT, on=DAY(2014, 6, 14), told_on=DAY(2014, 6, 20))
    assert told.cover == DayRange(YEAR.first_day, DAY(2014, 6, 14))


def test_the_first_day_of_cover_is_no_day_to_cut(strict: Moves) -> None:
    """Where nothing would be left of the cover, withdrawal or voiding must be named."""
    told = strict.leave(on=YEAR.first_day)
    assert (told.outcome, told.faults[0].found) == (Outcome.REJECT, "no day of cover left")


def test_death_on_the_first_day_leaves_that_day(moves: Moves) -> None:
    """One day of cover must be left."""
    told = moves.leave(kind=ChangeKind.DIED, on=YEAR.first_day)
    assert told.cover == DayRange(YEAR.first_day, YEAR.first_day)


@pytest.mark.parametrize("kind", KINDS)
def test_a_benefit_stands_in_the_way(strict: Moves, kind: ChangeKind) -> None:
    """A word that comes late must not take the ground from a benefit, which is named; a death is no word."""
    strict.world.file(stay(8_000))
    told = strict.leave(kind=kind, on=DAY(2014, 3, 1))
    assert (told.outcome, told.faults[0].found, told.cover) == (Outcome.REJECT, "S-1", YEAR)


def test_a_benefit_of_another_member_does_not(strict: Moves) -> None:
    """Only the member's own claims must count."""
    strict.world.file(stay(8_000, 2))
    assert strict.leave(on=DAY(2014, 3, 1)).outcome is Outcome.PASS


def test_a_store_stays_whole(strict: Moves) -> None:
    """Journal, counters and records must agree after cover was cut."""
    strict.world.file(stay(8_000))
    strict.leave()
    assert verify(strict.world.host).faults == ()


def test_what_was_used_stays_used(strict: Moves) -> None:
    """Holding the limits must change no figure: a second claim finds the first."""
    strict.world.file(stay(150_000))
    strict.leave()
    assert Reason.CAP_EXHAUSTED in strict.world.file(stay(8_000, setl_id="S-2")).reasons


def test_a_place_in_a_later_period_is_flagged(moves: Moves) -> None:
    """A death must name the period for which the member is enrolled already, and be noted all the same."""
    later_year(moves.world)
    told = moves.leave(kind=ChangeKind.DIED)
    assert (told.outcome, told.faults[0].found) == (Outcome.FLAG, "2015")
    assert told.cover == DayRange(YEAR.first_day, MOVES_ON)


def test_a_death_told_twice_flags_a_later_period_still(moves: Moves) -> None:
    """As long as the place of 2015 stands, whoever tells the death anew must hear of it."""
    later_year(moves.world)
    moves.leave(kind=ChangeKind.DIED)
    told = moves.leave(kind=ChangeKind.DIED)
    assert (told.outcome, told.faults[0].found) == (Outcome.FLAG, "2015")


def later_year(world: World) -> None:
    """Person 1 is enrolled for 2015 too."""
    days = DayRange(DAY(2015, 1, 1), DAY(2015, 12, 31))
    founding = attrs.evolve(
        FOUNDING,
        version=attrs.evolve(
            VERSION, version_id=VersionId("V-2015"), first_day=days.first_day, last_day=days.last_day
        ),
        period=attrs.evolve(FOUNDING.period, period_id=PeriodId("2015"), cover=days),
    )
    assert open_period(world.host, world.act(PROPOSED_ON), founding).result.outcome is Outcome.PASS
    Years(world).admit_later(1, 1)
    world.period_id = PeriodId("2015")
    world.enrol(joiner(1))
    world.period_id = PERIOD


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


@pytest.mark.parametrize("earlier", [False, True])
def test_a_claim_at_the_same_time_is_seen(strict: Moves, *, earlier: bool) -> None:
    """A benefit granted between reading and commit must still stand in the way."""
    if earlier:
        strict.world.file(stay(1_000, setl_id="S-0", begndate=DAY(2014, 1, 3), enddate=DAY(2014, 1, 5)))
    slow = Meanwhile(strict.world.store, lambda: strict.world.file(stay(8_000)))
    late = Moves(strict_world(slow, name="late"))
    told = late.leave(on=DAY(2014, 3, 1))
    assert (told.outcome, told.faults[0].found) == (Outcome.REJECT, "S-1")


def test_a_leaving_at_the_same_time_is_seen(strict: Moves) -> None:
    """A claim judged while cover is cut must be judged by the cover that is left."""
    slow = Meanwhile(strict.world.store, lambda: strict.leave(on=DAY(2014, 3, 1)))
    late = strict_world(slow, name="late")
    assert Reason.OUTSIDE_COVER in late.file(stay(8_000)).reasons


def command(**changes: Any) -> LeaveWork:  # noqa: ANN401  # any field
    """A command to retire person 1."""
    return LeaveWork(
        **{
            "scheme_id": SCHEME,
            "period_id": PERIOD,
            "member_id": member_id(1),
            "by_unit": UNIT,
            "kind": ChangeKind.RETIRED,
            "on": MOVES_ON,
            "paper": "P-1",
            **changes,
        }
    )


@pytest.mark.parametrize("kind", [ChangeKind.LEFT_POOL, ChangeKind.TRANSFERRED, ChangeKind.JOINED])
def test_a_unit_reports_three_ways(kind: ChangeKind) -> None:
    """Whatever is no retirement, dismissal or death must be refused."""
    with pytest.raises(InvalidValueError, match="kind must be one of retired, dismissed, died"):
        command(kind=kind)


@pytest.mark.parametrize("field", ["paper", "member_id"])
def test_no_id_number_in_a_command(field: str) -> None:
    """An ID number must be refused, and not be shown."""
    with pytest.raises(InvalidValueError) as caught:
        command(**{field: id_number(1).reveal()})
    assert id_number(1).reveal() not in str(caught.value)


def test_an_unknown_period_is_not_found(moves: Moves) -> None:
    """A period that does not exist must raise."""
    moves.world.period_id = "2013"  # type: ignore[assignment]  # an id is a text
    with pytest.raises(NotFoundError):
        moves.leave()
