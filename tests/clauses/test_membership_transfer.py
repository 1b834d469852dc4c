"""转移接续与离职: HN-4.3.5b, HN-4.3.5c, SN-1.5, and what a history must tell."""

import datetime

import attrs
import pytest

from mutualaid_core.domain.claims.claim import Claim
from mutualaid_core.domain.claims.decision import Decision
from mutualaid_core.domain.claims.reason import Outcome, Reason
from mutualaid_core.domain.fund.account import Title
from mutualaid_core.domain.fund.ledger import LedgerLine
from mutualaid_core.domain.membership.change import ChangeKind
from mutualaid_core.domain.membership.enrolment import EnrolmentState
from mutualaid_core.domain.membership.transfer import TransferState
from mutualaid_core.domain.scheme.benefit.waiting import Waiting, WaitingGrade
from mutualaid_core.domain.scheme.options import CoverEnd
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.domain.values.money import ZERO
from mutualaid_core.publication.membership.history import explain_changes
from mutualaid_core.rules.membership.history import standing_of, stretches_of
from mutualaid_core.services.adjudication import use_counter
from mutualaid_core.testing.acts.moves import FAR, FAR_POOL, NEXT, Moves
from mutualaid_core.testing.samples import (
    FOUNDING,
    PERIOD,
    POLICY,
    SCHEME,
    UNIT,
    VERSION,
    YEAR,
    YUEYANG_2014,
    member_id,
    stay,
    version_with,
    yuan,
)
from mutualaid_core.testing.world import World, balance
from mutualaid_core.work import read_all

DAY = datetime.date
MOVED, BEFORE = DAY(2014, 6, 15), DAY(2014, 6, 14)
LATER = {"begndate": DAY(2014, 9, 1), "enddate": DAY(2014, 9, 10), "setl_id": "S-2"}
LATER_FILED = DAY(2014, 9, 20)


def used(world: World) -> int:
    """Fen that person 1 used of the cap."""
    key = use_counter(SCHEME, PERIOD, member_id(1), "amount/inpatient/period")
    return world.store.get((), (key,)).counters[key].value


def ending(**ends: CoverEnd) -> World:
    """The sample scheme with two members, under another word on cover after leaving."""
    after = attrs.evolve(VERSION.open_points.cover_after, **ends)
    version = attrs.evolve(VERSION, open_points=attrs.evolve(VERSION.open_points, cover_after=after))
    world = World(founding=attrs.evolve(FOUNDING, version=version))
    world.found()
    world.join(1, 2)
    return world


@pytest.mark.clause("HN-4.3.5c")
def test_the_used_part_of_the_cap_moves_along(example: World) -> None:
    """A to B on 15 June with 8,000 of 20,000 used: 12,000 must be left, and no more be paid."""
    assert example.file(stay(17_000)).benefit == yuan(8_000)
    moves = Moves(example)
    moves.know(NEXT, enrolled=1)
    moves.move()
    # 2,000 + 7,500 + 6,000 for 30,000 self-borne would be 15,500.
    later = example.file(stay(30_000, **LATER), LATER_FILED)
    assert (later.benefit, later.reasons[0]) == (yuan(12_000), Reason.CAP_REDUCED)
    assert used(example) == yuan(20_000).fen


@pytest.mark.clause("HN-4.3.5c")
def test_cover_goes_on_without_gap_overlap_and_payment(joined: World) -> None:
    """Every day of the year must lie at one unit: A until 14 June, B from the 15th, nothing booked."""
    lines = len(list(read_all(joined.store, LedgerLine)))
    moves = Moves(joined)
    moves.know(NEXT, enrolled=1)
    moves.move()
    first, second = stretches_of(moves.enrolment(), DAY(2014, 12, 31))
    assert (first.unit_id, first.days) == (UNIT, DayRange(YEAR.first_day, BEFORE))
    assert (second.unit_id, second.days) == (NEXT, DayRange(MOVED, YEAR.last_day))
    assert len(list(read_all(joined.store, LedgerLine))) == lines


@pytest.mark.clause("HN-4.3.5c")
@pytest.mark.parametrize(
    ("end", "cover", "reasons"),
    [
        (CoverEnd.PERIOD_END, YEAR, (Reason.COMPUTED,)),
        (CoverEnd.ON_THE_DAY, DayRange(YEAR.first_day, BEFORE), (Reason.OUTSIDE_COVER,)),
    ],
)
def test_another_pool_takes_nobody_over(end: CoverEnd, cover: DayRange, reasons: tuple[Reason, ...]) -> None:
    """A unit of another pool: not transferred; cover must end or run to the period's end by policy."""
    world = ending(transfer_out=end)
    moves = Moves(world)
    moves.know(FAR, FAR_POOL)
    moves.move(to=FAR)
    after = moves.enrolment()
    assert (after.cover, after.state, after.unit_id) == (cover, EnrolmentState.ENDED, UNIT)
    assert world.file(stay(8_000, **LATER), LATER_FILED).reasons == reasons


@pytest.mark.clause("HN-4.3.5c", "HN-4.4.2b")
def test_waiting_served_moves_along() -> None:
    """Of 90 days of waiting the days at A must count at B: day 74 waits, day 92 is paid."""
    waiting = Waiting(grades=(WaitingGrade(through_day=90, pays=ZERO),), source="HN-4.4.2b")
    policy = attrs.evolve(POLICY, benefit=attrs.evolve(POLICY.benefit, waiting_days_max=90))
    version = version_with(attrs.evolve(YUEYANG_2014, waiting=waiting))
    world = World(founding=attrs.evolve(FOUNDING, version=version, policy=policy))
    world.found()
    world.join(1)
    moves = Moves(world)
    moves.know(NEXT, enrolled=1)
    moves.move(moves_on=DAY(2014, 3, 1), on=DAY(2014, 2, 20))
    early = world.file(stay(8_000, begndate=DAY(2014, 3, 15), enddate=DAY(2014, 3, 20)))
    late = stay(8_000, setl_id="S-2", begndate=DAY(2014, 4, 2), enddate=DAY(2014, 4, 5))
    assert early.reasons == (Reason.IN_WAITING_PERIOD,)
    assert world.file(late, DAY(2014, 4, 20)).reasons == (Reason.COMPUTED,)


@pytest.mark.clause("HN-4.3.5c", "HN-4.4.3b")
def test_a_stay_across_the_transfer_is_one_claim(joined: World) -> None:
    """A stay from 10 to 20 June must be judged once, by one settlement, whichever unit files it."""
    moves = Moves(joined)
    moves.know(NEXT, enrolled=1)
    moves.move()
    across = {"begndate": DAY(2014, 6, 10), "enddate": DAY(2014, 6, 20)}
    first = joined.file(stay(8_000, **across), DAY(2014, 7, 1))
    again = joined.file(stay(8_000, **across), DAY(2014, 7, 2))
    assert (first.outcome, first.benefit, again) == (Outcome.PASS, yuan(2_550), first)
    assert len(list(read_all(joined.store, Claim))) == len(list(read_all(joined.store, Decision))) == 1


@pytest.mark.clause("HN-4.3.5c")
def test_both_sides_must_agree(joined: World) -> None:
    """A proposal alone must move nobody; rejected or expired it must leave everything as it was."""
    moves = Moves(joined)
    moves.know(NEXT, enrolled=1)
    before = moves.enrolment()
    moves.propose()
    assert moves.enrolment() == before
    moves.reject()
    moves.propose(transfer_id="T-2")
    assert moves.expire(DAY(2014, 7, 1)) == ("T-2",)
    assert moves.enrolment() == before


@pytest.mark.clause("HN-4.3.5c")
def test_claims_of_both_units_add_up_to_one_cap(example: World) -> None:
    """However the member moves, decisions must add up to the cap that was used."""
    moves = Moves(example)
    moves.know(NEXT, enrolled=1)
    example.file(stay(17_000))
    moves.move()
    example.file(stay(8_000, **LATER), LATER_FILED)
    assert used(example) == sum(decision.benefit.fen for decision in read_all(example.store, Decision))


@pytest.mark.clause("HN-4.3.5b")
def test_nothing_is_refunded_after_resignation(joined: World) -> None:
    """Resignation must leave the money where it is, and there is no act that pays it back."""
    before = balance(joined.store, Title.BANK)
    told = Moves(joined).leave(kind=ChangeKind.DISMISSED)
    assert (told.outcome, balance(joined.store, Title.BANK)) == (Outcome.PASS, before)


@pytest.mark.clause("SN-1.5")
@pytest.mark.parametrize(
    ("end", "last_day"), [(CoverEnd.PERIOD_END, YEAR.last_day), (CoverEnd.ON_THE_DAY, DAY(2014, 5, 31))]
)
def test_retiring_within_a_paid_period(end: CoverEnd, last_day: datetime.date) -> None:
    """Retiring on 1 June inside a paid period: cover to its end, or to the day before, by policy flag."""
    told = Moves(ending(retirement=end)).leave(on=DAY(2014, 6, 1), told_on=DAY(2014, 6, 1))
    assert told.cover == DayRange(YEAR.first_day, last_day)


@pytest.mark.clause("SN-1.5", "HN-4.3.5c")
def test_death_ends_cover_and_no_earlier_claim(joined: World) -> None:
    """A stay up to the day of death must still be paid, whenever it is filed in time."""
    Moves(joined).leave(kind=ChangeKind.DIED, on=DAY(2014, 3, 10), told_on=DAY(2014, 3, 12))
    assert joined.file(stay(8_000)).outcome is Outcome.PASS
    later = joined.file(stay(8_000, **LATER), LATER_FILED)
    assert later.reasons == (Reason.OUTSIDE_COVER,)


@pytest.mark.clause("ACFTU-11.1b")
def test_a_back_dated_transfer_keeps_what_was_known(joined: World) -> None:
    """The unit on 31 March as known on 15 April must stay A, though B is known from September on."""
    moves = Moves(joined)
    moves.know(NEXT, enrolled=1)
    moves.move(moves_on=DAY(2014, 2, 1), on=DAY(2014, 9, 1))
    known = [
        standing_of(moves.enrolment(), on=DAY(2014, 3, 31), known_at=at)
        for at in (DAY(2014, 4, 15), DAY(2014, 9, 1))
    ]
    assert [each and each.unit_id for each in known] == [UNIT, NEXT]


@pytest.mark.clause("ACFTU-11.1b", "HN-4.3.5c")
@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("zh", "2014年6月15日起由甲单位转入乙单位，保障不间断，无需另行缴费，已用限额随同转移"),
        ("en", "moved from 甲单位 to 乙单位 on 15 June 2014: cover goes on without a gap"),
    ],
)
def test_a_member_can_read_the_history(joined: World, lang: str, sentence: str) -> None:
    """Each entry must be a sentence with its day, and no person be named."""
    moves = Moves(joined)
    moves.know(NEXT, enrolled=1)
    moves.move()
    names = {UNIT: "甲单位", NEXT: "乙单位"}
    told = explain_changes(moves.enrolment().history, names, lang)  # type: ignore[arg-type]  # one of the two
    assert sentence in told[1]
    assert member_id(1) not in "".join(told)


@pytest.mark.clause("HN-4.3.5c", "ACFTU-8.1e")
def test_a_benefit_keeps_its_ground() -> None:
    """A word of a move out of the pool from before a paid stay must be refused, with the claim."""
    world = ending(transfer_out=CoverEnd.ON_THE_DAY)
    world.file(stay(8_000))
    moves = Moves(world)
    moves.know(FAR, FAR_POOL)
    judged = moves.move(to=FAR, moves_on=DAY(2014, 3, 5))
    assert judged.transfer is not None
    assert (judged.outcome, judged.faults[0].found) == (Outcome.REJECT, "S-1")
    assert judged.transfer.state is TransferState.PROPOSED
