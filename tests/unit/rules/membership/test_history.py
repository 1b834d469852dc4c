"""History: what was known of an enrolment on a day follows from the entries known by then."""

import datetime
import itertools

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mutualaid_core.domain.membership.change import Change, ChangeKind, JoinedAs
from mutualaid_core.domain.membership.enrolment import Enrolment, EnrolmentState
from mutualaid_core.domain.scheme.eligibility import Employment, InsuranceType
from mutualaid_core.domain.values.dates import DayRange, add_days
from mutualaid_core.domain.values.identifiers import UnitId
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.rules.membership.history import (
    Standing,
    Stretch,
    history_of,
    joined,
    joined_anew,
    joined_change,
    last_standing,
    standing_of,
    stretches_of,
    with_change,
)
from mutualaid_core.testing.samples import PERIOD, SCHEME, YEAR, member_id

A, B, C = UnitId("U-A"), UnitId("U-B"), UnitId("U-C")
JOINED_ON = datetime.date(2013, 12, 1)
LAST = YEAR.last_day


def day(month: int, number: int = 1) -> datetime.date:
    """A day of 2014."""
    return datetime.date(2014, month, number)


def old() -> Enrolment:
    """An enrolment of the first form: no history."""
    return Enrolment(
        scheme_id=SCHEME,
        period_id=PERIOD,
        member_id=member_id(1),
        unit_id=A,
        insurance_type=InsuranceType.EMPLOYEE,
        employment=Employment.REGULAR,
        shares=1,
        cover=YEAR,
    )


def fresh() -> Enrolment:
    """An enrolment at unit A that was known from 1 December 2013 on."""
    return attrs.evolve(old(), history=(joined_change(unit_id=A, cover=YEAR, known_on=JOINED_ON),))


def change(
    kind: ChangeKind,
    holds_from: datetime.date,
    known_on: datetime.date,
    unit_id: UnitId | None = None,
    cover: DayRange | None = YEAR,
) -> Change:
    """One entry."""
    return Change(kind=kind, holds_from=holds_from, known_on=known_on, unit_id=unit_id, cover=cover)


def moved(month: int, unit_id: UnitId, known_on: datetime.date | None = None) -> Change:
    """A transfer from the first of a month on."""
    return change(ChangeKind.TRANSFERRED, day(month), known_on or day(month), unit_id)


def stands(unit_id: UnitId | None, cover: DayRange | None, state: EnrolmentState) -> Standing:
    """A standing of whoever holds what the sample holds."""
    return Standing(unit_id=unit_id, cover=cover, state=state, held=old().held)


def spans(enrolment: Enrolment, known_at: datetime.date = LAST) -> list[tuple[UnitId | None, DayRange]]:
    """Stretches as pairs."""
    return [(stretch.unit_id, stretch.days) for stretch in stretches_of(enrolment, known_at)]


def test_nothing_is_known_before_the_first_entry() -> None:
    """On the day before the act there must be no standing and no stretch."""
    known_at = add_days(JOINED_ON, -1)
    assert standing_of(fresh(), on=day(3), known_at=known_at) is None
    assert stretches_of(fresh(), known_at) == ()


def test_joining_is_known_from_its_act_on() -> None:
    """On the day of the act, unit, cover and state must be there."""
    found = standing_of(fresh(), on=day(3), known_at=JOINED_ON)
    assert found == stands(A, YEAR, EnrolmentState.ENROLLED)
    assert stretches_of(fresh(), JOINED_ON) == (Stretch(unit_id=A, days=YEAR),)


def test_a_record_without_history_is_known_from_its_cover_on() -> None:
    """A record of the first form must say how it stands, from the first day of cover on."""
    assert standing_of(old(), on=day(3), known_at=JOINED_ON) is None
    found = standing_of(old(), on=day(3), known_at=YEAR.first_day)
    assert found == stands(A, YEAR, EnrolmentState.ENROLLED)
    assert history_of(old())[0].known_on == YEAR.first_day


def test_a_transfer_parts_the_cover_without_gap() -> None:
    """With a move on 1 July, A must hold until 30 June and B from 1 July on."""
    member = with_change(fresh(), moved(7, B))
    assert spans(member) == [(A, DayRange(day(1), day(6, 30))), (B, DayRange(day(7), LAST))]
    assert (member.unit_id, member.cover, member.state) == (B, YEAR, EnrolmentState.ENROLLED)


def test_a_transfer_is_not_known_before_its_act() -> None:
    """What was answered in June must be answered again: the member at A until the end."""
    member = with_change(fresh(), moved(7, B, known_on=day(7, 15)))
    asked = standing_of(member, on=day(8), known_at=day(7, 14))
    assert asked == stands(A, YEAR, EnrolmentState.ENROLLED)
    assert spans(member, day(7, 14)) == [(A, YEAR)]
    now = standing_of(member, on=day(8), known_at=day(7, 15))
    assert now is not None
    assert now.unit_id == B


def test_retirement_may_leave_the_cover() -> None:
    """Where cover goes on, the last stretch must have no unit and the state must be ended."""
    member = with_change(fresh(), change(ChangeKind.RETIRED, day(9), day(8, 20)))
    assert spans(member) == [(A, DayRange(day(1), day(8, 31))), (None, DayRange(day(9), LAST))]
    assert (member.unit_id, member.state) == (A, EnrolmentState.ENDED)
    before = standing_of(member, on=day(8, 31), known_at=LAST)
    assert before == stands(A, YEAR, EnrolmentState.ENROLLED)
    after = standing_of(member, on=day(9), known_at=LAST)
    assert after == stands(None, YEAR, EnrolmentState.ENDED)


def test_dismissal_may_cut_the_cover() -> None:
    """Where cover ends with the work, no stretch must reach beyond."""
    cut = DayRange(day(1), day(8, 31))
    member = with_change(fresh(), change(ChangeKind.DISMISSED, day(9), day(9), cover=cut))
    assert spans(member) == [(A, cut)]
    assert member.cover == cut
    assert spans(member, day(8, 31)) == [(A, YEAR)]


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        (ChangeKind.WITHDRAWN, EnrolmentState.WITHDRAWN),
        (ChangeKind.VOIDED, EnrolmentState.VOIDED),
    ],
)
def test_a_void_enrolment_never_was(kind: ChangeKind, state: EnrolmentState) -> None:
    """After withdrawal or voiding there must be no unit and no cover on any day, earlier ones too."""
    member = with_change(fresh(), change(kind, day(5), day(5), cover=None))
    assert standing_of(member, on=day(2), known_at=LAST) == stands(None, None, state)
    assert spans(member) == []
    assert (member.unit_id, member.cover, member.state) == (A, YEAR, state)


def test_joining_anew_starts_over() -> None:
    """Who withdrew and joined at another unit must be there alone."""
    away = with_change(fresh(), change(ChangeKind.WITHDRAWN, day(1), day(1, 5), cover=None))
    again = with_change(away, joined_change(unit_id=B, cover=YEAR, known_on=day(1, 10)))
    assert spans(again) == [(B, YEAR)]
    assert again.state is EnrolmentState.ENROLLED


def test_a_payment_sets_the_first_day_and_moves_nobody() -> None:
    """Cover from the payment on must start there, at the unit of that day."""
    paid = DayRange(day(3), LAST)
    member = with_change(
        with_change(fresh(), moved(2, B)), change(ChangeKind.EFFECTIVE, day(3), day(2, 27), B, paid)
    )
    assert spans(member) == [(B, paid)]
    found = standing_of(member, on=day(1, 15), known_at=LAST)
    assert found == stands(A, paid, EnrolmentState.ENROLLED)


def test_a_correction_replaces_what_was_said_from_its_day_on() -> None:
    """A transfer to B that was wrong must be undone by a correction back to A."""
    wrong = with_change(fresh(), moved(7, B))
    right = with_change(wrong, change(ChangeKind.CORRECTED, day(7), day(8), A))
    assert spans(right) == [(A, YEAR)]
    assert spans(right, day(7, 31)) == [(A, DayRange(day(1), day(6, 30))), (B, DayRange(day(7), LAST))]


@pytest.mark.parametrize(
    ("unit_id", "cover", "state"),
    [
        (A, YEAR, EnrolmentState.ENROLLED),
        (None, YEAR, EnrolmentState.ENDED),
        (None, None, EnrolmentState.VOIDED),
    ],
)
def test_a_correction_says_how_it_is(
    unit_id: UnitId | None, cover: DayRange | None, state: EnrolmentState
) -> None:
    """With a unit it must be enrolled, without one ended, and without cover void."""
    gone = with_change(fresh(), change(ChangeKind.DISMISSED, day(7), day(7)))
    member = with_change(gone, change(ChangeKind.CORRECTED, day(7), day(8), unit_id, cover))
    assert member.state is state
    found = standing_of(member, on=day(9), known_at=LAST)
    assert found == stands(unit_id, cover, state)


def test_a_change_before_the_cover_of_an_old_record_is_taken() -> None:
    """A record without history must take a change that is known before its cover."""
    member = with_change(old(), moved(2, B, known_on=day(1)))
    assert [entry.known_on for entry in member.history] == [day(1), day(1)]
    early = with_change(old(), moved(2, B, known_on=JOINED_ON))
    assert [entry.known_on for entry in early.history] == [JOINED_ON, JOINED_ON]


def test_waiting_never_starts_after_the_cover() -> None:
    """Where an entry moves the cover forward, the day from which one waits must go along."""
    late = DayRange(day(3), LAST)
    member = attrs.evolve(fresh(), cover=late, waits_from=day(2))
    assert with_change(member, moved(7, B)).waits_from == day(1)
    kept = with_change(member, change(ChangeKind.EFFECTIVE, day(3), day(3), A, late))
    assert kept.waits_from == day(2)


def test_an_entry_is_never_known_before_the_last_one() -> None:
    """A history out of order must be refused."""
    member = with_change(fresh(), moved(7, B))
    with pytest.raises(InvalidValueError, match="history"):
        with_change(member, moved(8, C, known_on=day(6)))


_DAYS = st.dates(min_value=YEAR.first_day, max_value=LAST)


@settings(max_examples=60)
@given(st.lists(st.tuples(_DAYS, st.sampled_from([A, B, C]), st.booleans()), max_size=6), _DAYS, _DAYS)
def test_stretches_fill_the_cover_and_agree_with_the_standing(
    entries: list[tuple[datetime.date, UnitId, bool]], on: datetime.date, known_at: datetime.date
) -> None:
    """Every day of cover must lie in one stretch, whose unit is that of the standing."""
    member = fresh()
    for number, (holds_from, unit_id, is_fix) in enumerate(entries, start=1):
        kind = ChangeKind.CORRECTED if is_fix else ChangeKind.TRANSFERRED
        member = with_change(member, change(kind, holds_from, day(number), unit_id))
    found = stretches_of(member, known_at)
    assert sum(stretch.days.days for stretch in found) == YEAR.days
    assert all(
        add_days(one.days.last_day, 1) == two.days.first_day and one.unit_id != two.unit_id
        for one, two in itertools.pairwise(found)
    )
    there = [stretch.unit_id for stretch in found if on in stretch.days]
    standing = standing_of(member, on=on, known_at=known_at)
    assert standing is not None
    assert there == [standing.unit_id]


@settings(max_examples=60)
@given(st.lists(st.tuples(_DAYS, st.sampled_from([A, B, C])), min_size=1, max_size=6), _DAYS)
def test_later_entries_never_change_an_earlier_answer(
    entries: list[tuple[datetime.date, UnitId]], on: datetime.date
) -> None:
    """What was answered by the knowledge of a day must be answered again after more entries."""
    member = fresh()
    answers: list[tuple[datetime.date, Standing | None]] = [
        (JOINED_ON, standing_of(member, on=on, known_at=JOINED_ON))
    ]
    for number, (holds_from, unit_id) in enumerate(entries, start=1):
        member = with_change(member, change(ChangeKind.TRANSFERRED, holds_from, day(number), unit_id))
        answers.append((day(number), standing_of(member, on=on, known_at=day(number))))
    assert all(standing_of(member, on=on, known_at=known_at) == said for known_at, said in answers)


def test_what_was_held_is_known_by_its_entry() -> None:
    """Two shares from a correction in May must not be known in April; parts and terms alike."""
    first = joined(old(), JOINED_ON)
    two = attrs.evolve(first.held, shares=2, parts=("main",), term_months=6, joined_as=JoinedAs.LATE)
    entry = attrs.evolve(change(ChangeKind.CORRECTED, day(1), day(5), A), held=two)
    member = with_change(first, entry)
    assert (member.shares, member.parts, member.held) == (2, ("main",), two)
    held = {}
    for month in (4, 5):
        standing = standing_of(member, on=LAST, known_at=day(month))
        assert standing is not None
        held[month] = standing.held
    assert held == {4: first.held, 5: two}


def test_an_entry_tells_what_is_held_only_where_it_changes() -> None:
    """A transfer must leave what is held to the entries before it."""
    member = with_change(joined(old(), JOINED_ON), moved(7, B))
    assert [entry.held for entry in member.history] == [old().held, None]


def test_an_older_record_is_told_what_it_held_before_it_changes() -> None:
    """A record whose entries do not tell it must keep one share in April, though two are held in May."""
    two = attrs.evolve(fresh().held, shares=2)
    entry = attrs.evolve(change(ChangeKind.CORRECTED, day(1), day(5), A), held=two)
    for member in (with_change(fresh(), entry), with_change(old(), entry)):
        standing = standing_of(member, on=LAST, known_at=day(4))
        assert standing is not None
        assert (standing.held.shares, member.shares) == (1, 2)


def test_a_place_taken_anew_keeps_what_was_held_before() -> None:
    """Withdrawn with one share and joined anew with two, one share must be known in between."""
    away = with_change(fresh(), change(ChangeKind.WITHDRAWN, day(1), day(1, 5), cover=None))
    anew = joined_anew(joined(attrs.evolve(old(), shares=2, unit_id=B), day(1, 10)), away)
    before, after = last_standing(anew, day(1, 9)), last_standing(anew, day(1, 10))
    assert before is not None
    assert after is not None
    assert (before.held.shares, before.is_active) == (1, False)
    assert (after.held.shares, after.unit_id, after.is_active) == (2, B, True)
    assert last_standing(anew, add_days(JOINED_ON, -1)) is None


def test_who_was_dismissed_is_enrolled_again_where_he_moves() -> None:
    """A transfer after a dismissal must give a unit and the state of a member again."""
    gone = with_change(fresh(), change(ChangeKind.DISMISSED, day(7), day(7)))
    member = with_change(gone, moved(8, B))
    assert (member.unit_id, member.state) == (B, EnrolmentState.ENROLLED)
    standing = standing_of(member, on=day(7, 15), known_at=LAST)
    assert standing is not None
    assert (standing.unit_id, standing.state) == (None, EnrolmentState.ENDED)
