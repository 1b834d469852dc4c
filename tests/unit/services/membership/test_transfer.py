"""Transfer: two units agree, and the member's cover goes along or ends as the scheme says."""

import datetime

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.fund.ledger import LedgerLine
from mutualaid_core.domain.membership.change import ChangeKind
from mutualaid_core.domain.membership.enrolment import EnrolmentState
from mutualaid_core.domain.membership.transfer import Transfer, TransferRefusal, TransferState
from mutualaid_core.domain.membership.unit import Admission
from mutualaid_core.domain.membership.workflow import Action, Side
from mutualaid_core.domain.scheme.options import CoverEnd
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.domain.values.identifiers import MemberId, UnitId
from mutualaid_core.errors import InvalidValueError, KeyReusedError, NotFoundError
from mutualaid_core.ports.store import Query
from mutualaid_core.rules.membership.history import stretches_of
from mutualaid_core.services.membership.correction.judged import Named
from mutualaid_core.services.membership.correction.restoring import RestoreMember, restore_member
from mutualaid_core.services.membership.enrolment import EnrolWorkers, enrol_workers
from mutualaid_core.services.membership.transfer import (
    ExpireTransfer,
    ProposeTransfer,
    RejectTransfer,
    expire_transfer,
    pending_counter,
    reject_transfer,
    transfer_history,
    unit_transfers,
)
from mutualaid_core.services.verification import verify
from mutualaid_core.testing.acts.moves import (
    EXPIRES_ON,
    FAR,
    FAR_POOL,
    MOVES_ON,
    NEXT,
    PROPOSED_ON,
    Moves,
)
from mutualaid_core.testing.acts.years import LATER, LATER_YEAR, RENEWED_ON, Years, two_years
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
from mutualaid_core.testing.world import World
from mutualaid_core.work import read_all, read_one

DAY = datetime.date
ENDS_ON_THE_DAY = attrs.evolve(
    FOUNDING,
    version=attrs.evolve(
        VERSION,
        open_points=attrs.evolve(
            VERSION.open_points,
            cover_after=attrs.evolve(VERSION.open_points.cover_after, transfer_out=CoverEnd.ON_THE_DAY),
        ),
    ),
)


def two_units(world: World) -> Moves:
    """Two members at U-1, an admitted U-2 of the same pool, and U-9 of another."""
    moves = Moves(world)
    moves.know(NEXT, enrolled=1)
    moves.know(FAR, FAR_POOL)
    return moves


@pytest.fixture
def moves(joined: World) -> Moves:
    """Two members with paid cover at U-1, and two more units."""
    return two_units(joined)


@pytest.fixture
def strict() -> Moves:
    """The same under a version that ends cover with a transfer out of the pool."""
    world = World(founding=ENDS_ON_THE_DAY)
    world.found()
    world.join(1, 2)
    return two_units(world)


def pending(moves: Moves) -> int:
    """How many transfers of person 1 wait, by the counter."""
    key = pending_counter(SCHEME, PERIOD, member_id(1))
    return moves.world.store.get((), (key,)).counters[key].value


def found_words(judged: object) -> list[str]:
    """What the faults of an answer found."""
    return [fault.found for fault in judged.faults]  # type: ignore[attr-defined]


def test_a_proposal_changes_nothing_yet(moves: Moves) -> None:
    """A proposal must be on record and the member where he was."""
    before = moves.enrolment()
    judged = moves.propose()
    assert (judged.outcome, judged.faults) == (Outcome.PASS, ())
    assert judged.transfer == read_one(moves.world.store, Transfer, "T-1")
    assert (moves.enrolment(), pending(moves)) == (before, 1)


def test_an_accepted_transfer_moves_the_member(moves: Moves) -> None:
    """Unit and history must change, the cover not, and nothing must be paid."""
    lines = len(list(read_all(moves.world.store, LedgerLine)))
    judged = moves.move()
    after = moves.enrolment()
    assert (judged.outcome, judged.transfer and judged.transfer.state) == (
        Outcome.PASS,
        TransferState.ACCEPTED,
    )
    assert (after.unit_id, after.cover, after.state) == (NEXT, YEAR, EnrolmentState.ENROLLED)
    entry = after.history[-1]
    assert (entry.kind, entry.holds_from, entry.cause) == (ChangeKind.TRANSFERRED, MOVES_ON, "T-1")
    assert (pending(moves), len(list(read_all(moves.world.store, LedgerLine)))) == (0, lines)


def test_a_transfer_leaves_a_whole_store(moves: Moves) -> None:
    """Journal, counters and records must agree after proposals and answers."""
    moves.move()
    moves.propose(2, transfer_id="T-2")
    moves.reject("T-2")
    moves.propose(2, transfer_id="T-3", to=FAR)
    moves.accept("T-3", by=FAR)
    assert verify(moves.world.host).faults == ()


def test_what_may_be_done_next_is_told(moves: Moves) -> None:
    """After a proposal each side must learn what it may do; after the answer nothing is left."""
    open_ = {each.action: each.by for each in moves.propose().allowed_actions if each.is_allowed}
    assert open_ == {
        Action.ACCEPT: Side.TO_UNIT,
        Action.REJECT: Side.TO_UNIT,
        Action.WITHDRAW: Side.FROM_UNIT,
        Action.EXPIRE: Side.CALENDAR,
    }
    assert [each for each in moves.accept().allowed_actions if each.is_allowed] == []


def test_a_rejected_transfer_leaves_the_member(moves: Moves) -> None:
    """The reason must be kept, the member stay, and another proposal be possible."""
    moves.propose()
    judged = moves.reject()
    assert judged.transfer is not None
    assert judged.transfer.refusal is TransferRefusal.NOT_EMPLOYED_HERE
    assert moves.enrolment().unit_id == UNIT
    assert moves.propose(transfer_id="T-2").outcome is Outcome.PASS


def test_a_withdrawn_transfer_is_over(moves: Moves) -> None:
    """After the leaving unit took it back the receiving one must be refused."""
    moves.propose()
    assert moves.withdraw().outcome is Outcome.PASS
    assert found_words(moves.accept()) == ["withdrawn"]
    assert moves.enrolment().unit_id == UNIT


def test_one_transfer_waits_at_a_time(moves: Moves) -> None:
    """A second proposal must be refused with the one that is open."""
    moves.propose()
    judged = moves.propose(transfer_id="T-2")
    assert (judged.outcome, judged.transfer, found_words(judged)) == (Outcome.REJECT, None, ["T-1"])


def test_a_decided_transfer_does_not_wait(moves: Moves) -> None:
    """Beside one that was rejected the open one must be found and named."""
    moves.propose()
    moves.reject()
    moves.propose(transfer_id="T-2")
    assert found_words(moves.propose(transfer_id="T-3")) == ["T-2"]


def test_a_transfer_id_is_used_once(moves: Moves) -> None:
    """An id that is taken must be refused, whoever it is for."""
    moves.propose()
    assert found_words(moves.propose(2)) == ["proposed"]


def test_to_oneself_is_refused(moves: Moves) -> None:
    """A transfer to the same unit must be refused."""
    assert found_words(moves.propose(to=UNIT)) == ["the same unit"]


def test_to_an_unknown_unit_is_refused(moves: Moves) -> None:
    """A unit that nobody knows must be refused."""
    assert found_words(moves.propose(to=UnitId("U-0"))) == ["unknown"]


def test_only_the_unit_of_the_member_proposes(moves: Moves) -> None:
    """Another unit must not move somebody."""
    assert found_words(moves.propose(by=FAR)) == ["at another unit"]


def test_a_stranger_does_not_move(moves: Moves) -> None:
    """Somebody without an enrolment must be refused."""
    assert found_words(moves.propose(3)) == ["not enrolled"]


@pytest.mark.parametrize("kind", [ChangeKind.DIED, ChangeKind.RETIRED])
def test_who_left_for_good_does_not_move(moves: Moves, kind: ChangeKind) -> None:
    """The dead and the retired must be refused by that word."""
    moves.leave(kind=kind, on=DAY(2014, 6, 1))
    assert kind.value in found_words(moves.propose())


def test_who_left_meanwhile_is_not_accepted(moves: Moves) -> None:
    """A death after the proposal must stop its acceptance, and the proposal stay open."""
    moves.propose()
    moves.leave(kind=ChangeKind.DIED, on=DAY(2014, 6, 2))
    judged = moves.accept(on=DAY(2014, 6, 3))
    assert "died" in found_words(judged)
    assert judged.transfer is not None
    assert judged.transfer.state is TransferState.PROPOSED


def test_a_closed_period_is_past(moves: Moves) -> None:
    """After the period closed nobody must move in it, whether proposed before or not."""
    moves.propose(expires_on=CLOSED_ON)
    moves.world.stop()
    moves.world.close()
    assert found_words(moves.accept(on=CLOSED_ON)) == ["closed"]
    assert "closed" in found_words(moves.propose(2, on=CLOSED_ON, expires_on=CLOSED_ON, transfer_id="T-2"))


def test_the_receiving_unit_answers(moves: Moves) -> None:
    """The leaving unit must not accept, the receiving one not withdraw, a third do nothing."""
    moves.propose()
    assert found_words(moves.accept(by=UNIT)) == ["from_unit"]
    assert found_words(moves.withdraw(by=NEXT)) == ["to_unit"]
    assert found_words(moves.reject(by=FAR)) == ["another unit"]


def test_the_last_day_counts(moves: Moves) -> None:
    """On the last day a transfer must be accepted, on the day after refused."""
    moves.propose()
    moves.propose(2, transfer_id="T-2")
    assert moves.accept(on=EXPIRES_ON).outcome is Outcome.PASS
    assert found_words(moves.accept("T-2", on=DAY(2014, 7, 1))) == ["2014-07-01"]


def test_accepting_again_under_the_same_key_answers_the_same(moves: Moves) -> None:
    """A repetition must give the first answer, a new key the reason that it is decided."""
    moves.propose()
    first = moves.accept(key="once")
    assert moves.accept(key="once") == first
    assert found_words(moves.accept(key="twice")) == ["accepted"]


def test_a_key_is_for_one_command(moves: Moves) -> None:
    """A key that comes again with another command must be refused."""
    moves.propose(key="once")
    with pytest.raises(KeyReusedError):
        moves.propose(2, key="once", transfer_id="T-2")


def test_what_nobody_answered_expires(moves: Moves) -> None:
    """After the last day the transfer must be expired once, and the member free to move."""
    moves.propose()
    assert moves.expire(EXPIRES_ON) == ()
    assert moves.expire(DAY(2014, 7, 1), key="night") == ("T-1",)
    assert moves.expire(DAY(2014, 7, 1), key="night") == ()
    transfer = read_one(moves.world.store, Transfer, "T-1")
    assert (transfer.state, transfer.decided_on) == (TransferState.EXPIRED, DAY(2014, 7, 1))
    assert pending(moves) == 0


def test_expiry_is_for_one_scheme(moves: Moves) -> None:
    """Transfers of another scheme must be left alone."""
    moves.propose()
    moves.world.scheme_id = "HN-B"  # type: ignore[assignment]  # an id is a text
    assert moves.expire(DAY(2014, 7, 1)) == ()


def test_nothing_expires_too_early(moves: Moves) -> None:
    """To expire one on its last day must be refused."""
    moves.propose()
    command = ExpireTransfer(scheme_id=SCHEME, transfer_id="T-1")
    assert (
        expire_transfer(moves.world.host, moves.world.act(EXPIRES_ON), command).result.outcome
        is Outcome.REJECT
    )


def test_a_new_proposal_takes_the_place_of_an_expired_one(moves: Moves) -> None:
    """Nobody must wait for the run of the night: the late one is closed by the new one."""
    moves.propose()
    judged = moves.propose(transfer_id="T-2", on=DAY(2014, 7, 1), expires_on=DAY(2014, 7, 31))
    assert judged.outcome is Outcome.PASS
    assert read_one(moves.world.store, Transfer, "T-1").state is TransferState.EXPIRED
    assert pending(moves) == 1


def test_an_expired_one_stays_if_the_new_one_is_refused(moves: Moves) -> None:
    """A refused proposal must change nothing."""
    moves.propose()
    moves.propose(transfer_id="T-2", to=UNIT, on=DAY(2014, 7, 1), expires_on=DAY(2014, 7, 31))
    assert read_one(moves.world.store, Transfer, "T-1").state is TransferState.PROPOSED


def test_a_unit_without_a_part_is_flagged(joined: World) -> None:
    """Where the receiving unit was not admitted, the member must move all the same, with a flag."""
    moves = Moves(joined)
    moves.know(NEXT)
    judged = moves.move()
    assert (judged.outcome, [fault.subject for fault in judged.faults]) == (Outcome.FLAG, [NEXT])
    assert moves.enrolment().unit_id == NEXT
    assert joined.file(stay(8_000)).outcome is Outcome.PASS


def test_outside_the_pool_cover_may_run_on(moves: Moves) -> None:
    """Under PERIOD_END cover must stay at the old pool to its end, and the membership be ended."""
    judged = moves.move(to=FAR)
    after = moves.enrolment()
    assert judged.transfer is not None
    assert (judged.outcome, judged.transfer.is_inside) == (Outcome.PASS, False)
    assert (after.unit_id, after.cover, after.state) == (UNIT, YEAR, EnrolmentState.ENDED)
    assert (after.history[-1].kind, after.history[-1].unit_id) == (ChangeKind.LEFT_POOL, None)


def test_outside_the_pool_cover_may_end(strict: Moves) -> None:
    """Under ON_THE_DAY cover must end on the day before."""
    assert strict.move(to=FAR).outcome is Outcome.PASS
    after = strict.enrolment()
    assert (after.cover, after.state) == (DayRange(YEAR.first_day, DAY(2014, 6, 14)), EnrolmentState.ENDED)


def test_a_benefit_stands_in_the_way_of_a_cut(strict: Moves) -> None:
    """Out of the pool from before a paid stay must be refused with the claim and what to do."""
    strict.world.file(stay(8_000))
    judged = strict.move(to=FAR, moves_on=DAY(2014, 3, 10))
    (fault,) = judged.faults
    assert (judged.outcome, fault.found) == (Outcome.REJECT, "S-1")
    assert "settle these claims first, or name a later day" in fault.rule
    assert strict.enrolment().cover == YEAR


def test_a_benefit_before_the_cut_does_not(strict: Moves) -> None:
    """A stay that ended on the last day that is left must stay paid."""
    strict.world.file(stay(8_000))
    assert strict.move(to=FAR, moves_on=DAY(2014, 3, 11)).outcome is Outcome.PASS


def test_a_refused_claim_does_not_stand_in_the_way(strict: Moves) -> None:
    """A claim that was refused rests on nothing."""
    strict.world.file(stay(8_000, med_type="11"))
    assert strict.move(to=FAR, moves_on=DAY(2014, 3, 1)).outcome is Outcome.PASS


def test_inside_the_pool_a_late_word_is_taken(moves: Moves) -> None:
    """A move told months later must pass, and the history show both days."""
    moves.world.file(stay(8_000))
    moves.move(moves_on=DAY(2014, 2, 1), on=DAY(2014, 9, 1))
    entry = moves.enrolment().history[-1]
    assert (entry.holds_from, entry.known_on) == (DAY(2014, 2, 1), DAY(2014, 9, 1))


def test_out_of_order_is_refused(moves: Moves) -> None:
    """A move to before the last one must be refused."""
    moves.move()
    judged = moves.propose(by=NEXT, to=UNIT, moves_on=DAY(2014, 6, 14), transfer_id="T-2")
    assert found_words(judged) == ["2014-06-14"]


def test_a_member_may_move_on_and_back(moves: Moves) -> None:
    """From U-1 to U-2 and back must be two entries and one cover."""
    moves.move()
    moves.move(by=NEXT, to=UNIT, moves_on=DAY(2014, 9, 1), transfer_id="T-2")
    after = moves.enrolment()
    assert [change.unit_id for change in after.history] == [UNIT, NEXT, UNIT]
    assert (after.unit_id, after.cover) == (UNIT, YEAR)


def test_an_admission_is_counted_once(moves: Moves) -> None:
    """A mover must neither void the unit that is left nor lift the other."""
    key = f"{SCHEME}/{PERIOD}/{UNIT}"
    before = read_one(moves.world.store, Admission, key)
    moves.move()
    assert read_one(moves.world.store, Admission, key) == before


def test_a_transfer_of_another_scheme_is_not_found(moves: Moves) -> None:
    """The scheme of the command must be that of the transfer."""
    moves.propose()
    command = RejectTransfer(
        scheme_id="HN-B",  # type: ignore[arg-type]  # an id is a text
        transfer_id="T-1",
        by_unit=NEXT,
        refusal=TransferRefusal.OTHER,
    )
    with pytest.raises(NotFoundError):
        reject_transfer(moves.world.host, moves.world.act(), command)


def test_an_unknown_transfer_is_not_found(moves: Moves) -> None:
    """An answer to nothing must raise."""
    with pytest.raises(NotFoundError):
        moves.accept("T-0")


def test_an_id_number_is_no_pseudonym() -> None:
    """A command must not take an ID number, nor show it."""
    number = id_number(1).reveal()
    with pytest.raises(InvalidValueError, match=r"ACFTU-11\.2h") as caught:
        ProposeTransfer(
            transfer_id="T-1",
            by_unit=UNIT,
            scheme_id=SCHEME,
            period_id=PERIOD,
            member_id=MemberId(number),
            to_unit=NEXT,
            moves_on=MOVES_ON,
            expires_on=EXPIRES_ON,
        )
    assert number not in str(caught.value)


def test_history_tells_changes_and_transfers(moves: Moves) -> None:
    """A member must find every entry and every proposal, answered or not."""
    moves.propose()
    moves.reject()
    moves.move(transfer_id="T-2")
    (history,) = transfer_history(moves.world.store, member_id(1))
    assert (history.scheme_id, history.period_id) == (SCHEME, PERIOD)
    assert [change.kind for change in history.changes] == [ChangeKind.JOINED, ChangeKind.TRANSFERRED]
    assert [each.state for each in history.transfers] == [TransferState.REJECTED, TransferState.ACCEPTED]
    assert transfer_history(moves.world.store, member_id(3)) == ()


def test_history_holds_its_own_period_only(moves: Moves) -> None:
    """Transfers of another person must not be told."""
    moves.move(2)
    (history,) = transfer_history(moves.world.store, member_id(1))
    assert history.transfers == ()


def test_transfers_of_a_unit_come_in_pages(moves: Moves) -> None:
    """Pages of one must together be all, in the order of the ids, from either side."""
    for number in (2, 1):
        moves.propose(number, transfer_id=f"T-{number}")
    first = unit_transfers(moves.world.store, NEXT, Side.TO_UNIT, limit=1)
    second = unit_transfers(moves.world.store, NEXT, Side.TO_UNIT, after=first.next, limit=1)
    ids = [each.transfer_id for page in (first, second) for each in page.transfers]
    assert (ids, second.next) == (["T-1", "T-2"], None)
    assert len(unit_transfers(moves.world.store, UNIT, Side.FROM_UNIT).transfers) == 2
    assert unit_transfers(moves.world.store, UNIT, Side.TO_UNIT).transfers == ()


def test_a_unit_has_two_sides() -> None:
    """Another side than the two must be refused."""
    with pytest.raises(InvalidValueError, match="side must be from_unit or to_unit"):
        unit_transfers(World().store, UNIT, Side.OFFICE)


def test_a_transfer_is_found_by_its_state(moves: Moves) -> None:
    """The index must follow the state."""
    moves.move()
    query = Query(kind="transfer", field="state", low="accepted", high="accepted")
    assert len(moves.world.store.scan(query).records) == 1


def test_a_member_who_has_not_paid_moves_too(world: World) -> None:
    """Whoever is enrolled and not paid for must move, and the new unit pay."""
    world.admit(1, 1)
    world.enrol(joiner(1))
    moves = two_units(world)
    moves.move(on=PROPOSED_ON)
    assert moves.enrolment().unit_id == NEXT


# ------------------------------------------------------------------ between two units


@pytest.mark.clause("HN-4.3.5c")
def test_who_was_dismissed_goes_on_at_another_unit_of_the_pool(moves: Moves) -> None:
    """The place must be active at the new unit from its first day there, and the cover be the whole year."""
    lines = len(list(read_all(moves.world.store, LedgerLine)))
    moves.leave(kind=ChangeKind.DISMISSED, on=DAY(2014, 6, 1))
    assert moves.move(on=DAY(2014, 6, 10)).outcome is Outcome.PASS
    after = moves.enrolment()
    assert (after.state, after.unit_id, after.cover) == (EnrolmentState.ENROLLED, NEXT, YEAR)
    stretches = stretches_of(after, DAY(2014, 12, 31))
    assert [(each.unit_id, each.days.first_day) for each in stretches] == [
        (UNIT, YEAR.first_day),
        (None, DAY(2014, 6, 1)),
        (NEXT, MOVES_ON),
    ]
    assert len(list(read_all(moves.world.store, LedgerLine))) == lines


@pytest.mark.clause("HN-4.3.5c")
def test_who_left_the_pool_comes_back_while_cover_runs(moves: Moves) -> None:
    """After a move to another pool, a unit of this one must be able to take the member up."""
    moves.move(to=FAR)
    assert moves.enrolment().state is EnrolmentState.ENDED
    back = moves.move(moves_on=DAY(2014, 9, 1), on=DAY(2014, 8, 20), transfer_id="T-2")
    assert back.outcome is Outcome.PASS
    assert (moves.enrolment().unit_id, moves.enrolment().cover) == (NEXT, YEAR)


@pytest.mark.clause("HN-4.3.5c")
def test_who_was_dismissed_does_not_leave_the_pool_besides(moves: Moves) -> None:
    """A unit outside the pool has nothing to take over: the place has ended already."""
    moves.leave(kind=ChangeKind.DISMISSED, on=DAY(2014, 6, 1))
    assert found_words(moves.propose(to=FAR)) == ["dismissed"]


@pytest.mark.clause("HN-4.3.5c")
def test_cover_that_ended_with_the_dismissal_does_not_begin_again() -> None:
    """Where cover ended on 31 May, nobody must be taken up on 15 June."""
    ends = attrs.evolve(VERSION.open_points.cover_after, dismissal=CoverEnd.ON_THE_DAY)
    points = attrs.evolve(VERSION.open_points, cover_after=ends)
    world = World(founding=attrs.evolve(FOUNDING, version=attrs.evolve(VERSION, open_points=points)))
    world.found()
    world.join(1, 2)
    moves = two_units(world)
    moves.leave(kind=ChangeKind.DISMISSED, on=DAY(2014, 6, 1))
    judged = moves.propose()
    assert (judged.outcome, found_words(judged)[0]) == (Outcome.REJECT, "2014-06-15")


@pytest.mark.clause("HN-4.3.5c")
def test_who_retires_later_moves_before_that_as_the_refusal_says(moves: Moves) -> None:
    """With a retirement of September on record a move of June is refused; its advice must lead to both."""
    moves.leave(kind=ChangeKind.RETIRED, on=DAY(2014, 9, 1))
    (fault,) = moves.propose().faults
    assert (fault.found, "take it back" in fault.rule) == ("retired", True)
    named = Named(scheme_id=SCHEME, period_id=PERIOD, member_id=member_id(1))
    back = RestoreMember(named=named, kind=ChangeKind.RETIRED, paper="P-2")
    assert restore_member(moves.world.host, moves.world.act(DAY(2014, 6, 2)), back).result.faults == ()
    assert moves.move(on=DAY(2014, 6, 3)).outcome is Outcome.PASS
    moves.leave(kind=ChangeKind.RETIRED, on=DAY(2014, 9, 1), by=NEXT, told_on=DAY(2014, 6, 20))
    after = moves.enrolment()
    assert (after.state, [each.unit_id for each in stretches_of(after, DAY(2014, 12, 31))]) == (
        EnrolmentState.ENDED,
        [UNIT, NEXT, None],
    )


def test_a_dismissal_after_the_proposal_does_not_stop_it(moves: Moves) -> None:
    """Whoever is dismissed between proposal and acceptance must be taken up as proposed."""
    moves.propose()
    moves.leave(kind=ChangeKind.DISMISSED, on=DAY(2014, 6, 10), told_on=DAY(2014, 6, 10))
    assert moves.accept(on=DAY(2014, 6, 12)).outcome is Outcome.PASS
    assert moves.enrolment().state is EnrolmentState.ENROLLED


# ------------------------------------------------------------------ later periods


def renewed(*, receives: bool = True, joined: bool = True) -> Years:
    """Members 1 and 2 of 2014, renewed for 2015; U-2 is known, and admitted to 2015 where it receives."""
    years = two_years()
    years.admit_later()
    if joined:
        years.renew(1, 2)
    Moves(years.world).know(NEXT, enrolled=1)
    if receives:
        years.admit_later(1, 1, NEXT)
    return years


@pytest.mark.clause("HN-4.3.5c")
def test_later_places_go_along() -> None:
    """A move of 31 December must take the place of 2015 along from its first day, unpaid as it is."""
    years = renewed()
    judged = Moves(years.world).move(moves_on=YEAR.last_day, on=RENEWED_ON)
    assert (judged.outcome, judged.faults) == (Outcome.PASS, ())
    later = years.enrolment(1, LATER)
    entry = later.history[-1]
    assert (later.unit_id, later.cover, later.state) == (NEXT, LATER_YEAR, EnrolmentState.ENROLLED)
    assert (entry.kind, entry.holds_from, entry.cause) == (
        ChangeKind.TRANSFERRED,
        LATER_YEAR.first_day,
        "T-1",
    )
    assert years.enrolment(2, LATER).unit_id == UNIT
    assert (years.joined(UNIT, LATER), years.joined(NEXT, LATER)) == (2, 0)
    assert verify(years.world.host).faults == ()


@pytest.mark.clause("HN-4.3.5c")
def test_a_later_period_without_the_receiving_unit_is_flagged() -> None:
    """The member must not be harmed by a unit that takes no part in 2015, and the unit be named."""
    years = renewed(receives=False)
    judged = Moves(years.world).move(moves_on=YEAR.last_day, on=RENEWED_ON)
    assert (judged.outcome, [(each.subject, each.found) for each in judged.faults]) == (
        Outcome.FLAG,
        [(NEXT, "2015")],
    )
    assert years.enrolment(1, LATER).unit_id == NEXT


@pytest.mark.clause("HN-4.3.5c")
def test_a_later_place_at_a_third_unit_stays_and_is_flagged() -> None:
    """Whoever joins 2015 through another unit stays there, and the move of 2014 must say so."""
    years = renewed(joined=False)
    years.admit_later(1, 1, UnitId("U-3"))
    command = EnrolWorkers(scheme_id=SCHEME, period_id=LATER, unit_id=UnitId("U-3"), joiners=(joiner(1),))
    enrol_workers(years.world.host, years.world.act(RENEWED_ON), command)
    judged = Moves(years.world).move(moves_on=YEAR.last_day, on=RENEWED_ON)
    assert (judged.outcome, found_words(judged)) == (Outcome.FLAG, ["2015"])
    assert years.enrolment(1, LATER).unit_id == "U-3"


@pytest.mark.clause("HN-4.3.5c")
def test_a_later_place_at_the_receiving_unit_is_as_it_should_be() -> None:
    """Whoever joined 2015 through the receiving unit already must cause no flag."""
    years = renewed(joined=False)
    command = EnrolWorkers(scheme_id=SCHEME, period_id=LATER, unit_id=NEXT, joiners=(joiner(1),))
    enrol_workers(years.world.host, years.world.act(RENEWED_ON), command)
    judged = Moves(years.world).move(moves_on=YEAR.last_day, on=RENEWED_ON)
    assert (judged.outcome, len(years.enrolment(1, LATER).history)) == (Outcome.PASS, 1)


@pytest.mark.clause("HN-4.3.5c")
def test_a_move_out_of_the_pool_leaves_later_places_to_a_person() -> None:
    """Out of the pool there is no place of 2015, and what was paid for it is for a person to decide."""
    years = renewed()
    moves = Moves(years.world)
    moves.know(FAR, FAR_POOL)
    judged = moves.move(to=FAR, moves_on=YEAR.last_day, on=RENEWED_ON)
    assert (judged.outcome, found_words(judged)) == (Outcome.FLAG, ["2015"])
    assert years.enrolment(1, LATER).unit_id == UNIT
