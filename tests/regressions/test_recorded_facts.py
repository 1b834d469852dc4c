"""What is on record and was passed over: leavings, fees, moves to come; each by the smallest case."""

import datetime

import attrs
import pytest

from mutualaid_core.cli.membership.acting.anew import judged_before
from mutualaid_core.cli.telling import tell
from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.membership.change import ChangeKind
from mutualaid_core.domain.membership.contribution import Contribution
from mutualaid_core.domain.membership.enrolment import EnrolmentState, JoinedAs
from mutualaid_core.domain.membership.roster import RosterPage, RosterPerson
from mutualaid_core.domain.membership.transfer import Transfer, TransferState
from mutualaid_core.domain.scheme.benefit.conditions import FlagIs
from mutualaid_core.domain.scheme.dues import DuesRate
from mutualaid_core.domain.scheme.period import Period
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.domain.values.identifiers import PeriodId, SchemeId
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.rules.membership.history import joined, with_change
from mutualaid_core.rules.membership.transfer import left_change
from mutualaid_core.services.membership.correction.restoring import RestoreMember
from mutualaid_core.services.membership.enrolment import EnrolWorkers, WorkersEnrolled, enrol_workers
from mutualaid_core.services.membership.group import EnrolRoster
from mutualaid_core.services.membership.queries.gate import DifferenceKind, gate_status, unit_differences
from mutualaid_core.services.membership.queries.roster import Asked
from mutualaid_core.services.verification import verify
from mutualaid_core.testing.acts.moves import FAR, FAR_POOL, MOVES_ON, NEXT, Moves
from mutualaid_core.testing.acts.years import LATER, LATER_YEAR, RENEWED_ON, Years, two_years
from mutualaid_core.testing.joining import open_policy
from mutualaid_core.testing.samples import (
    COLLECTED_ON,
    FOUNDING,
    PERIOD,
    SCHEME,
    UNIT,
    VERSION,
    YEAR,
    dues,
    joiner,
    member_id,
    yuan,
)
from mutualaid_core.testing.world import World
from mutualaid_core.work import Purpose, Work, read_one

DAY = datetime.date


@pytest.fixture
def years() -> Years:
    """Two members of 2014 who paid; 2015 is open and their unit judged for it."""
    made = two_years()
    made.admit_later()
    return made


def joined_2015(years: Years, *numbers: int) -> WorkersEnrolled:
    """What becomes of a list that brings persons into 2015."""
    joiners = tuple(joiner(number) for number in numbers)
    command = EnrolWorkers(scheme_id=SCHEME, period_id=LATER, unit_id=UNIT, joiners=joiners)
    return enrol_workers(years.world.host, years.world.act(RENEWED_ON), command).result


@pytest.mark.clause("HN-4.1.1c")
def test_who_retired_by_record_is_not_enrolled_again_without_a_word(years: Years) -> None:
    """The list must be taken, and the retirement told with its day for a person to look at."""
    Moves(years.world).leave(1, ChangeKind.RETIRED, on=DAY(2014, 9, 1))
    done = joined_2015(years, 1, 2)
    assert (done.outcome, len(done.enrolled)) == (Outcome.FLAG, 2)
    assert [(each.subject, each.found, each.clause) for each in done.faults] == [
        (member_id(1), "retired at 2014-09-01", "HN-4.1.1c")
    ]
    assert [line.outcome for line in done.lines] == [Outcome.FLAG, Outcome.PASS]


@pytest.mark.clause("HN-4.3.5c")
def test_who_left_the_pool_by_record_is_flagged_by_a_later_list(years: Years) -> None:
    """A transfer out in June must be told by the list of the next year; who was dismissed may work again."""
    moves = Moves(years.world)
    moves.know(FAR, FAR_POOL)
    moves.move(1, to=FAR)
    moves.leave(2, ChangeKind.DISMISSED)
    done = joined_2015(years, 1, 2)
    assert (done.outcome, [each.found for each in done.faults]) == (
        Outcome.FLAG,
        [f"left_pool at {MOVES_ON.isoformat()}"],
    )


@pytest.mark.clause("HN-4.3.5c")
def test_a_death_in_another_scheme_of_the_store_is_told(years: Years) -> None:
    """Who died by the records of another scheme must be flagged; who lives there is none of it."""
    world, other, period = years.world, SchemeId("HN-OTHER"), PeriodId("2013")
    days = DayRange(DAY(2013, 1, 1), DAY(2013, 12, 31))
    purpose = Purpose(name="write", subject=UNIT, chain=SCHEME, answer=WorkersEnrolled)
    with Work(world.host, world.act(), purpose) as work:
        work.add(Period(scheme_id=other, period_id=period, cover=days))
        for number in (1, 2):
            own = attrs.evolve(years.enrolment(number), history=(), cover=days)
            place = joined(attrs.evolve(own, scheme_id=other, period_id=period), DAY(2012, 12, 1))
            on = DAY(2013, 5, 1)
            death = left_change(ChangeKind.DIED, on=on, known_on=on, left=days, cause="P-1")
            work.add(with_change(place, death) if number == 1 else place)
        work.commit(b"f")
    done = joined_2015(years, 1, 2)
    assert [(each.subject, each.found) for each in done.faults] == [(member_id(1), "died at 2013-05-01")]
    assert len(done.enrolled) == 2


@pytest.mark.clause("HN-4.3.5b", "HN-4.3.5c")
def test_a_transfer_out_that_was_an_error_is_taken_back(years: Years) -> None:
    """Unit and cover must be as before; the transfer stays on record, and another may be proposed."""
    world = years.world
    moves = Moves(world)
    moves.know(FAR, FAR_POOL)
    moves.know(NEXT, enrolled=1)
    moves.move(to=FAR)
    assert moves.enrolment().state is EnrolmentState.ENDED
    back = years.mend.restore(1, ChangeKind.LEFT_POOL, DAY(2014, 6, 20))
    place = moves.enrolment()
    assert (back.outcome, place.state, place.unit_id, place.cover) == (
        Outcome.PASS,
        EnrolmentState.ENROLLED,
        UNIT,
        YEAR,
    )
    assert read_one(world.store, Transfer, "T-1").state is TransferState.ACCEPTED
    assert moves.move(to=NEXT, on=DAY(2014, 6, 20), transfer_id="T-2").outcome is Outcome.PASS
    again = years.mend.restore(1, ChangeKind.LEFT_POOL, DAY(2014, 6, 21))
    assert (again.outcome, verify(world.host).faults) == (Outcome.REJECT, ())


@pytest.mark.clause("HN-4.3.5b")
def test_only_a_leaving_is_taken_back(years: Years) -> None:
    """A move inside the pool must not be named to be taken back so."""
    with pytest.raises(InvalidValueError, match="left_pool"):
        RestoreMember(named=years.named(1), kind=ChangeKind.TRANSFERRED, paper="P-1")


@pytest.mark.clause("HN-4.3.4b", "HN-4.3.5b")
@pytest.mark.parametrize(
    ("fee", "told"), [(40, ["50.00 not returned", "40.00"]), (50, ["50.00 not returned"])]
)
def test_a_void_place_tells_that_the_next_one_costs_another_fee(fee: int, told: list[str]) -> None:
    """Who paid 40 as a renewing member must be named when 2014 is void and a first place costs 50."""
    rates = tuple(
        DuesRate(
            amount=yuan(amount),
            shares_max=1,
            source="HN-4.3.4b",
            when=(FlagIs(fact="first_time", holds=is_first),),
        )
        for amount, is_first in ((50, True), (fee, False))
    )
    version = attrs.evolve(VERSION, dues=attrs.evolve(VERSION.dues, rates=rates))
    world = World(founding=attrs.evolve(FOUNDING, policy=open_policy(), version=version))
    world.found()
    world.join(1)
    years = Years(world)
    years.open_later()
    years.admit_later()
    years.renew(1)
    years.remit_later(dues(1, fee))
    done = years.mend.void(1, DAY(2015, 1, 5))
    assert (done.outcome, [each.found for each in done.faults]) == (Outcome.HOLD, told)
    assert years.enrolment(1, LATER).joined_as is JoinedAs.NEW


@pytest.mark.clause("HN-4.3.5b", "HN-4.3.5c")
@pytest.mark.parametrize(
    ("is_paid", "advice"), [(False, "withdraw it"), (True, "give the contribution back")]
)
def test_what_is_advised_of_a_later_place_can_be_done(years: Years, is_paid: bool, advice: str) -> None:  # noqa: FBT001  # a case
    """Whoever left the pool with 2015 unpaid must be withdrawn there, and with 2015 paid be void there."""
    years.renew(1)
    if is_paid:
        years.remit_later(dues(1))
    moves = Moves(years.world)
    moves.know(FAR, FAR_POOL)
    (flag,) = moves.move(to=FAR, moves_on=DAY(2014, 12, 31), on=RENEWED_ON).faults
    assert (flag.found, flag.rule.endswith(advice)) == (LATER, True)
    named = years.named(1, LATER)
    done = (
        years.mend.void_of(named, on=RENEWED_ON) if is_paid else years.mend.withdraw_of(named, on=RENEWED_ON)
    )
    assert done.outcome is (Outcome.HOLD if is_paid else Outcome.PASS)


@pytest.fixture
def moving() -> Moves:
    """Person 1 of U-1 has not paid, and moves to U-2 on 1 February 2014, as both units agreed in December."""
    world = World()
    world.found()
    world.admit(2, 2)
    world.enrol(joiner(1))
    moves = Moves(world)
    moves.know(NEXT, enrolled=1)
    moves.move(moves_on=DAY(2014, 2, 1), on=COLLECTED_ON)
    return moves


@pytest.mark.clause("HN-3.1.2b", "HN-4.3.5c")
def test_until_a_move_begins_the_unit_that_is_left_pays(moving: Moves) -> None:
    """In December the list of U-1 must be taken for its member, and the move go on as agreed."""
    world = moving.world
    assert world.remit(dues(1), on=COLLECTED_ON).outcome is Outcome.PASS
    paid = read_one(world.store, Contribution, f"{SCHEME}/{PERIOD}/{member_id(1)}")
    assert (paid.unit_id, moving.enrolment().unit_id, verify(world.host).faults) == (UNIT, NEXT, ())


@pytest.mark.clause("HN-3.1.2b")
def test_the_unit_that_is_gone_to_may_pay_too(moving: Moves) -> None:
    """Whoever is to come may stand on the list of the new unit; a third one has no say."""
    third = moving.world.remit(dues(1), on=COLLECTED_ON, unit=FAR)
    assert [each.found for each in third.faults] == ["of another unit"]
    assert moving.world.remit(dues(1), on=COLLECTED_ON, unit=NEXT).outcome is Outcome.PASS


@pytest.mark.clause("HN-3.1.2a", "HN-4.3.5b")
def test_a_move_to_come_gives_no_right_to_withdraw(moving: Moves) -> None:
    """Before 1 February U-1 takes the place back and U-2 does not."""
    mending = Years(moving.world).mend
    denied = mending.withdraw(1, NEXT)
    assert [each.found for each in denied.faults] == ["another unit"]
    assert mending.withdraw(1).outcome is Outcome.PASS
    assert moving.enrolment().state is EnrolmentState.WITHDRAWN


def roster_brought(world: World, counted_on: datetime.date, *numbers: int) -> None:
    """The unit's roster of a day lists these persons."""
    purpose = Purpose(name="bring", subject=UNIT, chain=SCHEME, answer=WorkersEnrolled)
    own = {number: joiner(number) for number in numbers}
    persons = tuple(
        RosterPerson(
            member_id=member_id(number),
            name=each.name,
            id_number=each.id_number,
            sex=each.sex,
            birth_date=each.birth_date,
            insurance_type=each.insurance_type,
            employment=each.employment,
            joins=True,
            row=number + 1,
        )
        for number, each in own.items()
    )
    with Work(world.host, world.act(), purpose) as work:
        page = RosterPage(unit_id=UNIT, counted_on=counted_on, import_id="I-1", page=1, persons=persons)
        work.add(page)
        work.commit(b"f")


@pytest.mark.clause("HN-3.1.2a")
def test_a_member_whom_the_newest_roster_leaves_out_is_a_difference(years: Years) -> None:
    """Person 2 must be told from the roster of 1 March on; one who was no member then is none of it."""
    world = years.world
    day = DAY(2014, 3, 1)
    asked = Asked(scheme_id=SCHEME, period_id=PERIOD, unit_id=UNIT, on=day, known_at=day)
    before = attrs.evolve(asked, known_at=DAY(2014, 2, 28))
    roster_brought(world, DAY(2013, 12, 1))
    roster_brought(world, day, 1)
    assert unit_differences(world.store, before).rows == ()
    (found,) = unit_differences(world.store, asked).rows
    assert (found.kind, found.subject) == (DifferenceKind.ENROLLED_NOT_LISTED, member_id(2))
    assert gate_status(world.store, asked).differences == ((DifferenceKind.ENROLLED_NOT_LISTED, 1),)
    late = attrs.evolve(asked, period_id=LATER, on=LATER_YEAR.first_day, known_at=LATER_YEAR.first_day)
    joined_2015(years, 2)
    assert DifferenceKind.ENROLLED_NOT_LISTED not in {
        each.kind for each in unit_differences(world.store, late).rows
    }


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_corrected_roster_is_told_what_to_do_instead(lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever enrols by a second roster must be told the commands that are left, in either language."""
    command = EnrolRoster(scheme_id=SCHEME, period_id=PERIOD, unit_id=UNIT, counted_on=DAY(2013, 12, 15))
    assert tell(judged_before(command), ("unit", "enrol", "--lang", lang)) != 0
    said = capsys.readouterr().err
    assert ("提示" in said) == (lang == "zh")
    assert [name for name in ("enrol", "withdraw", "void") if f"member {name}" not in said] == []
