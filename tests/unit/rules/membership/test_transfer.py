"""Transfer and leaving: when a member may go, and what is left of the cover."""

import datetime

import attrs
import pytest

from mutualaid_core.domain.membership.change import Change, ChangeKind
from mutualaid_core.domain.membership.enrolment import Enrolment, EnrolmentState
from mutualaid_core.domain.membership.transfer import Transfer, TransferState
from mutualaid_core.domain.membership.unit import Unit
from mutualaid_core.domain.membership.workflow import Action
from mutualaid_core.domain.scheme.eligibility import Employment, InsuranceType
from mutualaid_core.domain.scheme.options import CoverEnd
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.domain.values.identifiers import PeriodId, PoolId, UnitId
from mutualaid_core.rules.membership.history import joined_change, with_change
from mutualaid_core.rules.membership.transfer import (
    Leaving,
    Move,
    answer_faults,
    cover_after_leaving,
    cover_before_death,
    cut_faults,
    death_of,
    gone_as,
    is_inside,
    later_flags,
    leaving_faults,
    left_change,
    move_faults,
    moved_change,
    place_of,
    pool_faults,
    proposal_faults,
    receiving_flags,
    receiving_later_flags,
)
from mutualaid_core.testing.samples import COLLECTED_ON, OPEN_POINTS, PERIOD, REGION, SCHEME, YEAR, member_id

A, B, C = UnitId("U-A"), UnitId("U-B"), UnitId("U-C")
WHO = member_id(1)
UNIT_B = Unit(unit_id=B, name="乙单位", pool_id=REGION.pool_id)
RULE = OPEN_POINTS.cover_after
ON_THE_DAY = attrs.evolve(
    RULE, retirement=CoverEnd.ON_THE_DAY, dismissal=CoverEnd.ON_THE_DAY, transfer_out=CoverEnd.ON_THE_DAY
)


def day(month: int, number: int = 1) -> datetime.date:
    """A day of 2014."""
    return datetime.date(2014, month, number)


MOVES_ON, ACTED_ON = day(6, 15), day(6, 1)


@pytest.fixture
def enrolled() -> Enrolment:
    """A member at unit A, joined in December for the whole of 2014."""
    return Enrolment(
        scheme_id=SCHEME,
        period_id=PERIOD,
        member_id=WHO,
        unit_id=A,
        insurance_type=InsuranceType.EMPLOYEE,
        employment=Employment.REGULAR,
        shares=1,
        cover=YEAR,
        history=(joined_change(unit_id=A, cover=YEAR, known_on=COLLECTED_ON),),
    )


@pytest.fixture
def move(enrolled: Enrolment) -> Move:
    """A move from A to B on 15 June that nothing speaks against."""
    return Move(
        is_inside=True,
        member_id=WHO,
        enrolment=enrolled,
        from_unit=A,
        to_unit=B,
        receiving=UNIT_B,
        moves_on=MOVES_ON,
        acted_on=ACTED_ON,
    )


@pytest.fixture
def transfer() -> Transfer:
    """That move as proposed on 1 June, open until 30 June."""
    return Transfer(
        transfer_id="T-1",
        scheme_id=SCHEME,
        period_id=PERIOD,
        member_id=WHO,
        from_unit=A,
        to_unit=B,
        to_pool=REGION.pool_id,
        is_inside=True,
        moves_on=MOVES_ON,
        proposed_on=ACTED_ON,
        expires_on=day(6, 30),
    )


def left(enrolled: Enrolment, kind: ChangeKind, on: datetime.date = ACTED_ON) -> Enrolment:
    """The member after leaving, with the cover as it was."""
    change = left_change(kind, on=on, known_on=on, left=YEAR, cause="P-1")
    return with_change(enrolled, change)


def told(kind: ChangeKind, on: datetime.date = MOVES_ON) -> Leaving:
    """What is told of a member who left on 15 June, or on another day; a death not before its day."""
    acted_on = max(on, ACTED_ON) if kind is ChangeKind.DIED else ACTED_ON
    return Leaving(kind=kind, on=on, acted_on=acted_on, period=YEAR)


def changed(enrolled: Enrolment, kind: ChangeKind, holds_from: datetime.date) -> Enrolment:
    """The member after an entry that moves nobody."""
    entry = Change(kind=kind, holds_from=holds_from, known_on=COLLECTED_ON, unit_id=A, cover=YEAR)
    return with_change(enrolled, entry)


def test_a_plain_move_passes(move: Move) -> None:
    """A member at the leaving unit, a known receiving one and a day of the cover must do."""
    assert move_faults(move) == ()


def test_a_member_must_be_enrolled(move: Move) -> None:
    """Somebody without an enrolment has nothing that could move."""
    (fault,) = move_faults(attrs.evolve(move, enrolment=None))
    assert (fault.subject, fault.found, fault.clause) == (WHO, "not enrolled", "HN-4.3.5c")


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        (ChangeKind.DIED, "died"),
        (ChangeKind.RETIRED, "retired"),
    ],
)
def test_who_left_for_good_does_not_move(
    move: Move, enrolled: Enrolment, kind: ChangeKind, word: str
) -> None:
    """The dead and the retired must be refused, and the text must say which."""
    (fault,) = move_faults(attrs.evolve(move, enrolment=left(enrolled, kind)))
    assert (fault.rule, fault.found) == ("must be at a unit", word)


@pytest.mark.clause("HN-4.3.5c")
@pytest.mark.parametrize("kind", [ChangeKind.DISMISSED, ChangeKind.LEFT_POOL])
def test_who_is_between_two_units_moves_inside_the_pool_alone(
    move: Move, enrolled: Enrolment, kind: ChangeKind
) -> None:
    """Whoever was dismissed or left the pool may be taken up by a unit of the pool, and by no other."""
    between = attrs.evolve(move, enrolment=left(enrolled, kind))
    assert move_faults(between) == ()
    (fault,) = move_faults(attrs.evolve(between, is_inside=False))
    assert (fault.rule, fault.found) == ("must be at a unit", kind.value)


@pytest.mark.clause("HN-4.3.5c")
@pytest.mark.parametrize("kind", [ChangeKind.RETIRED, ChangeKind.DISMISSED, ChangeKind.LEFT_POOL])
def test_a_leaving_that_is_still_to_come_is_taken_back_first(
    move: Move, enrolled: Enrolment, kind: ChangeKind
) -> None:
    """A move before a leaving on record must be refused once, with its day and what to do."""
    change = left_change(kind, on=day(7, 1), known_on=ACTED_ON, left=YEAR, cause="P-1")
    (fault,) = move_faults(attrs.evolve(move, enrolment=with_change(enrolled, change)))
    assert fault.found == kind.value
    assert fault.rule == (
        "must move on or after 2014-07-01, the day of a leaving; else take it back: the new unit tells it"
    )


@pytest.mark.clause("HN-4.3.5c")
def test_a_move_is_for_the_place_that_it_was_proposed_for(move: Move, enrolled: Enrolment) -> None:
    """After joining anew the first place is gone, and with it what was proposed for it."""
    taken_back = changed(enrolled, ChangeKind.WITHDRAWN, YEAR.first_day)
    anew = changed(taken_back, ChangeKind.JOINED, YEAR.first_day)
    assert (place_of(enrolled), place_of(taken_back), place_of(anew)) == (1, 1, 2)
    (fault,) = move_faults(attrs.evolve(move, enrolment=anew, place=1))
    assert (fault.found, fault.clause) == ("an earlier place", "HN-4.3.5c")
    assert move_faults(attrs.evolve(move, enrolment=anew, place=2)) == ()


@pytest.mark.parametrize("state", [EnrolmentState.WITHDRAWN, EnrolmentState.VOIDED])
def test_a_place_taken_back_does_not_move(move: Move, enrolled: Enrolment, state: EnrolmentState) -> None:
    """A withdrawn or voided enrolment must be refused by its state."""
    (fault,) = move_faults(attrs.evolve(move, enrolment=attrs.evolve(enrolled, state=state)))
    assert fault.found == state.value


def test_an_end_without_an_entry_is_called_ended(move: Move, enrolled: Enrolment) -> None:
    """Where no entry tells how it ended, the state must be the word."""
    (fault,) = move_faults(attrs.evolve(move, enrolment=attrs.evolve(enrolled, state=EnrolmentState.ENDED)))
    assert fault.found == "ended"


def test_only_the_present_unit_can_be_left(move: Move, enrolled: Enrolment) -> None:
    """A member who is at another unit by now must be refused, without saying at which."""
    (fault,) = move_faults(attrs.evolve(move, enrolment=attrs.evolve(enrolled, unit_id=C)))
    assert (fault.subject, fault.found) == (WHO, "at another unit")


def test_a_move_goes_to_another_known_unit(move: Move) -> None:
    """A move to oneself and an unknown unit must both be told at once."""
    faults = move_faults(attrs.evolve(move, to_unit=A, receiving=None))
    assert [fault.found for fault in faults] == ["the same unit", "unknown"]


@pytest.mark.parametrize("moves_on", [datetime.date(2013, 12, 31), datetime.date(2015, 1, 1)])
def test_the_day_lies_in_the_cover(move: Move, moves_on: datetime.date) -> None:
    """The day before the cover and the day after it must be refused."""
    found = [fault.found for fault in move_faults(attrs.evolve(move, moves_on=moves_on))]
    assert moves_on.isoformat() in found


@pytest.mark.parametrize("moves_on", [YEAR.first_day, YEAR.last_day])
def test_the_ends_of_the_cover_are_in_it(move: Move, moves_on: datetime.date) -> None:
    """The first and the last day of cover must pass."""
    assert move_faults(attrs.evolve(move, moves_on=moves_on)) == ()


def test_changes_stand_in_order(move: Move, enrolled: Enrolment, transfer: Transfer) -> None:
    """A move to before the latest change must be refused; one on its day must pass."""
    moved = with_change(enrolled, moved_change(transfer, YEAR, ACTED_ON))
    again = attrs.evolve(move, enrolment=moved, from_unit=B, to_unit=A)
    assert move_faults(attrs.evolve(again, moves_on=MOVES_ON)) == ()
    (fault,) = move_faults(attrs.evolve(again, moves_on=day(6, 14)))
    assert fault.rule == "must change on or after 2014-06-15, the day of the latest change"


def test_a_correction_puts_nothing_in_order(move: Move, enrolled: Enrolment) -> None:
    """What was corrected from July on must not stop a move in June."""
    corrected = changed(enrolled, ChangeKind.CORRECTED, day(7))
    assert move_faults(attrs.evolve(move, enrolment=corrected)) == ()


def test_joining_anew_begins_a_new_order(move: Move, enrolled: Enrolment) -> None:
    """What happened before somebody joined anew must not stop a move."""
    taken_back = changed(enrolled, ChangeKind.WITHDRAWN, day(7))
    anew = changed(taken_back, ChangeKind.JOINED, YEAR.first_day)
    assert move_faults(attrs.evolve(move, enrolment=anew)) == ()


def test_knowledge_stands_in_order(move: Move, enrolled: Enrolment, transfer: Transfer) -> None:
    """An act dated before the one before it must be refused."""
    moved = with_change(enrolled, moved_change(transfer, YEAR, day(6, 20)))
    again = attrs.evolve(move, enrolment=moved, from_unit=B, to_unit=A, acted_on=day(6, 19))
    (fault,) = move_faults(again)
    assert (fault.found, fault.clause) == ("2014-06-19", "ACFTU-11.1b")


def test_a_record_of_the_first_form_may_move(move: Move, enrolled: Enrolment) -> None:
    """Without a history only the cover must speak."""
    assert move_faults(attrs.evolve(move, enrolment=attrs.evolve(enrolled, history=()))) == ()


def test_a_proposal_that_nothing_speaks_against(move: Move) -> None:
    """A proposal open until its own day must pass."""
    assert proposal_faults(move, ACTED_ON, None) == ()


def test_all_faults_of_a_proposal_at_once(move: Move) -> None:
    """An unknown unit, a last day that has passed and an open transfer must be told together."""
    faults = proposal_faults(attrs.evolve(move, receiving=None), day(5, 31), "T-0")
    assert [fault.found for fault in faults] == ["unknown", "2014-05-31", "T-0"]


@pytest.mark.parametrize(
    ("action", "unit", "acted_on"),
    [
        (Action.ACCEPT, B, day(6, 30)),
        (Action.REJECT, B, day(6, 30)),
        (Action.WITHDRAW, A, day(7, 30)),
        (Action.EXPIRE, None, day(7)),
    ],
)
def test_each_side_does_its_own(
    transfer: Transfer, action: Action, unit: UnitId | None, acted_on: datetime.date
) -> None:
    """The receiving unit answers, the leaving one takes back, the day lets expire."""
    assert answer_faults(transfer, action, unit, acted_on) == ()


@pytest.mark.parametrize(
    ("action", "unit"),
    [(Action.ACCEPT, A), (Action.REJECT, A), (Action.WITHDRAW, B), (Action.EXPIRE, B), (Action.ACCEPT, None)],
)
def test_no_side_does_the_other_s(transfer: Transfer, action: Action, unit: UnitId | None) -> None:
    """What is the other side's must be refused with the side that may."""
    rules = [fault.rule for fault in answer_faults(transfer, action, unit, day(6, 20))]
    assert rules[0].startswith("must be done by ")


def test_a_third_unit_has_no_say(transfer: Transfer) -> None:
    """A unit that is neither must be refused."""
    (fault,) = answer_faults(transfer, Action.ACCEPT, C, day(6, 20))
    assert (fault.subject, fault.found) == ("T-1", "another unit")


@pytest.mark.parametrize("action", [Action.ACCEPT, Action.REJECT, Action.WITHDRAW, Action.EXPIRE])
def test_a_decided_transfer_stays(transfer: Transfer, action: Action) -> None:
    """After an answer every further one must be refused with the state that stands."""
    accepted = attrs.evolve(transfer, state=TransferState.ACCEPTED, decided_on=day(6, 20))
    unit = {Action.WITHDRAW: A, Action.EXPIRE: None}.get(action, B)
    found = [fault.found for fault in answer_faults(accepted, action, unit, day(7, 1))]
    assert found[0] == "accepted"


@pytest.mark.parametrize("action", [Action.ACCEPT, Action.REJECT])
def test_an_answer_comes_in_time(transfer: Transfer, action: Action) -> None:
    """The day after the last one must be too late."""
    (fault,) = answer_faults(transfer, action, B, day(7))
    assert fault.found == "2014-07-01"


def test_nothing_expires_on_its_last_day(transfer: Transfer) -> None:
    """On the last day itself a transfer must not expire."""
    (fault,) = answer_faults(transfer, Action.EXPIRE, None, day(6, 30))
    assert fault.rule == "must not expire before 2014-06-30 is over"


def test_no_answer_before_the_proposal(transfer: Transfer) -> None:
    """An answer dated before the proposal must be refused."""
    (fault,) = answer_faults(transfer, Action.ACCEPT, B, day(5, 31))
    assert fault.found == "2014-05-31"


def test_inside_is_the_pool_of_the_scheme() -> None:
    """A unit of the scheme's pool is inside, one of another is not."""
    assert is_inside(UNIT_B, REGION.pool_id)
    assert not is_inside(UNIT_B, PoolId("430200"))


def test_later_periods_without_a_part_are_flagged() -> None:
    """The receiving unit must be named with the later periods to which it was not admitted."""
    assert receiving_later_flags(B, ()) == ()
    (flag,) = receiving_later_flags(B, (PeriodId("2015"), PeriodId("2016")))
    assert (flag.subject, flag.found) == (B, "2015, 2016")


def test_a_unit_without_a_part_is_flagged() -> None:
    """The receiving unit must be named if it takes no part, and only then."""
    assert receiving_flags(B, takes_part=True) == ()
    assert [fault.subject for fault in receiving_flags(B, takes_part=False)] == [B]


@pytest.mark.parametrize(
    ("stays", "advice"), [(True, "propose the transfer there too"), (False, "withdraw it")]
)
def test_later_periods_are_named(*, stays: bool, advice: str) -> None:
    """Places of later periods must be named with what to do about them; none, nothing."""
    (flag,) = later_flags(WHO, ("2015", "2016"), stays=stays)
    assert (flag.found, flag.rule.endswith(advice)) == ("2015, 2016", True)
    assert later_flags(WHO, (), stays=stays) == ()


def test_a_later_place_that_was_paid_is_voided_and_not_withdrawn() -> None:
    """Whoever left must be told apart what is withdrawn and what is void, for a paid place goes back."""
    unpaid, paid = later_flags(WHO, ("2015", "2016"), stays=False, paid={"2016"})
    assert (unpaid.found, paid.found) == ("2015", "2016")
    assert ("withdraw" in unpaid.rule, "void" in paid.rule) == (True, True)


@pytest.mark.parametrize("kind", [ChangeKind.RETIRED, ChangeKind.DISMISSED, ChangeKind.DIED])
def test_a_member_at_work_may_leave(enrolled: Enrolment, kind: ChangeKind) -> None:
    """Nothing must speak against leaving on a day of the cover."""
    assert leaving_faults(WHO, enrolled, told(kind)) == ()


def test_a_stranger_does_not_leave() -> None:
    """Somebody without an enrolment must be refused."""
    (fault,) = leaving_faults(WHO, None, told(ChangeKind.RETIRED))
    assert fault.found == "not enrolled"


@pytest.mark.parametrize(
    ("before", "kind", "found"),
    [
        (ChangeKind.RETIRED, ChangeKind.RETIRED, ["retired"]),
        (ChangeKind.RETIRED, ChangeKind.DISMISSED, ["retired"]),
        (ChangeKind.DIED, ChangeKind.RETIRED, ["died"]),
        (ChangeKind.DIED, ChangeKind.DIED, []),
        (ChangeKind.RETIRED, ChangeKind.DIED, []),
        (ChangeKind.LEFT_POOL, ChangeKind.DIED, []),
    ],
)
def test_nobody_leaves_twice_but_to_die(
    enrolled: Enrolment, before: ChangeKind, kind: ChangeKind, found: list[str]
) -> None:
    """After leaving, only a death may still be told, and its day be corrected."""
    faults = leaving_faults(WHO, left(enrolled, before), told(kind))
    assert [fault.found for fault in faults] == found


@pytest.mark.clause("SN-1.5")
@pytest.mark.parametrize(
    ("on", "refused"),
    [
        (YEAR.first_day, False),
        (day(7), False),
        (YEAR.last_day, False),
        (COLLECTED_ON, False),
        (COLLECTED_ON - datetime.timedelta(days=1), True),
        (datetime.date(2015, 1, 1), True),
    ],
)
def test_a_death_outside_the_cover_is_noted_from_the_joining_on(
    enrolled: Enrolment, on: datetime.date, *, refused: bool
) -> None:
    """Cover that ended on 14 June, or is still to begin, must not keep a death out of the records."""
    june = DayRange(YEAR.first_day, day(6, 14))
    change = left_change(ChangeKind.DISMISSED, on=MOVES_ON, known_on=ACTED_ON, left=june, cause="P-1")
    gone = with_change(enrolled, change)
    faults = leaving_faults(WHO, gone, told(ChangeKind.DIED, on))
    assert bool(faults) == refused
    late, early = "must change within the period, 2014-01-01 to ", "must have happened by joining, 2013-12-20"
    assert all(fault.rule.startswith(late if on > YEAR.last_day else early) for fault in faults)


def test_a_record_without_an_entry_of_its_end_tells_a_death(enrolled: Enrolment) -> None:
    """A record of the first form that has ended must take a death, and no retirement."""
    ended = attrs.evolve(enrolled, state=EnrolmentState.ENDED, history=())
    assert leaving_faults(WHO, ended, told(ChangeKind.DIED)) == ()
    assert [fault.found for fault in leaving_faults(WHO, ended, told(ChangeKind.RETIRED))] == ["ended"]
    assert (death_of(ended), cover_before_death(ended)) == (None, YEAR)


@pytest.mark.clause("SN-1.5")
def test_the_cover_before_a_death_is_known_after_it(enrolled: Enrolment) -> None:
    """Whatever days were told, the cover must be found as it was before the first of them."""
    gone = enrolled
    for on in (day(6, 10), day(6, 20)):
        days = DayRange(YEAR.first_day, on)
        change = left_change(ChangeKind.DIED, on=on, known_on=ACTED_ON, left=days, cause="P-1")
        gone = with_change(gone, change)
        assert (death_of(gone), cover_before_death(gone)) == (on, YEAR)


@pytest.mark.clause("SN-1.5")
def test_a_correction_after_a_death_keeps_the_cover_before_it(enrolled: Enrolment) -> None:
    """A first day that was corrected after the death must stay corrected, and the last day come back."""
    days = DayRange(YEAR.first_day, MOVES_ON)
    change = left_change(ChangeKind.DIED, on=MOVES_ON, known_on=ACTED_ON, left=days, cause="P-1")
    cut = DayRange(day(2), MOVES_ON)
    entry = Change(kind=ChangeKind.CORRECTED, holds_from=MOVES_ON, known_on=ACTED_ON, unit_id=None, cover=cut)
    corrected = with_change(with_change(enrolled, change), entry)
    assert cover_before_death(corrected) == DayRange(day(2), YEAR.last_day)


def test_a_death_after_joining_anew_has_the_cover_of_the_new_place(enrolled: Enrolment) -> None:
    """The cover of a place that was void must not come back."""
    void = changed(enrolled, ChangeKind.VOIDED, YEAR.first_day)
    half = DayRange(YEAR.first_day, day(6, 30))
    anew = with_change(void, joined_change(unit_id=A, cover=half, known_on=ACTED_ON))
    days = DayRange(YEAR.first_day, MOVES_ON)
    change = left_change(ChangeKind.DIED, on=MOVES_ON, known_on=ACTED_ON, left=days, cause="P-1")
    assert cover_before_death(with_change(anew, change)) == half


def test_who_is_at_work_has_not_gone(enrolled: Enrolment) -> None:
    """A member at work has no way of leaving, one who retired has that."""
    assert gone_as(enrolled) is None
    assert gone_as(left(enrolled, ChangeKind.RETIRED)) is ChangeKind.RETIRED


@pytest.mark.parametrize("kind", [ChangeKind.RETIRED, ChangeKind.DISMISSED, ChangeKind.LEFT_POOL])
def test_cover_runs_to_the_end_or_to_the_day_before(kind: ChangeKind) -> None:
    """The scheme's word must decide: the whole cover, or until 14 June for 15 June."""
    assert cover_after_leaving(kind, YEAR, MOVES_ON, RULE) == YEAR
    assert cover_after_leaving(kind, YEAR, MOVES_ON, ON_THE_DAY) == DayRange(YEAR.first_day, day(6, 14))


@pytest.mark.parametrize("rule", [RULE, ON_THE_DAY])
def test_death_ends_cover_with_its_day(rule: object) -> None:
    """Whatever the scheme says of others, cover must end with the day of death."""
    days = cover_after_leaving(ChangeKind.DIED, YEAR, MOVES_ON, rule)  # type: ignore[arg-type]
    assert days == DayRange(YEAR.first_day, MOVES_ON)


def test_cover_never_grows() -> None:
    """A day after the cover that was cut before must leave it as it is."""
    short = DayRange(YEAR.first_day, day(3, 31))
    assert cover_after_leaving(ChangeKind.DIED, short, MOVES_ON, RULE) == short


def test_nothing_may_be_left() -> None:
    """Leaving on the first day of cover leaves none where the scheme ends it at once."""
    assert cover_after_leaving(ChangeKind.RETIRED, YEAR, YEAR.first_day, ON_THE_DAY) is None


def test_a_cut_that_nothing_rests_on() -> None:
    """A benefit for the last day that is left must not stand in the way."""
    assert cut_faults(WHO, DayRange(YEAR.first_day, day(6, 14)), (("S-1", day(6, 14)),)) == ()


def test_a_cut_names_every_claim_in_its_way() -> None:
    """Claims of later days must be named, in order."""
    decided = (("S-9", day(8)), ("S-1", day(3)), ("S-2", day(6, 15)))
    (fault,) = cut_faults(WHO, DayRange(YEAR.first_day, day(6, 14)), decided)
    assert (fault.subject, fault.found) == (WHO, "S-2, S-9")


def test_a_cut_leaves_a_day() -> None:
    """No day left at all must be refused with what to do instead."""
    (fault,) = cut_faults(WHO, None, ())
    assert "withdrawn or voided" in fault.rule


def test_a_move_keeps_the_cover(enrolled: Enrolment, transfer: Transfer) -> None:
    """The entry must change the unit, keep the cover and name the transfer."""
    moved = with_change(enrolled, moved_change(transfer, enrolled.cover, day(6, 20)))
    assert (moved.unit_id, moved.cover, moved.state) == (B, YEAR, EnrolmentState.ENROLLED)
    entry = moved.history[-1]
    assert (entry.holds_from, entry.known_on, entry.cause) == (MOVES_ON, day(6, 20), "T-1")


def test_a_transfer_holds_for_the_pool_of_its_proposal() -> None:
    """A unit that changed its pool must be refused with what to do; nobody is judged by an unknown unit."""
    transfer = Transfer(
        transfer_id="T-1",
        scheme_id=SCHEME,
        period_id=PERIOD,
        member_id=WHO,
        from_unit=A,
        to_unit=B,
        to_pool=REGION.pool_id,
        is_inside=True,
        moves_on=MOVES_ON,
        proposed_on=ACTED_ON,
        expires_on=MOVES_ON,
    )
    assert pool_faults(transfer, UNIT_B) == ()
    assert pool_faults(transfer, None) == ()
    (fault,) = pool_faults(transfer, attrs.evolve(UNIT_B, pool_id=PoolId("430200")))
    assert (fault.subject, fault.found) == (B, "430200")
    assert fault.rule.endswith("withdraw it and propose again")
