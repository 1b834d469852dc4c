"""Renewal: who is due, the window, whether cover counts as unbroken, and the first-time flag."""

import datetime
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutualaid_core.domain.membership.change import Change, ChangeKind
from mutualaid_core.domain.membership.enrolment import Enrolment, EnrolmentState, JoinedAs
from mutualaid_core.domain.scheme.eligibility import Employment, InsuranceType
from mutualaid_core.domain.scheme.joining import PeriodDay, RenewalTerms, Window
from mutualaid_core.domain.values.dates import DayRange, add_days
from mutualaid_core.domain.values.identifiers import PeriodId
from mutualaid_core.rules.membership.facts import MemberFacts
from mutualaid_core.rules.membership.history import joined, with_change
from mutualaid_core.rules.membership.renewal import (
    DUE_TEXTS,
    ContinuityReason,
    DueReason,
    Expiring,
    continuity_of,
    due_faults,
    due_reasons,
    facts_at_entry,
    gap_faults,
    has_died,
    is_continued,
    is_first_time,
    is_of_term,
    renewal_window,
    waits_after_payment,
)
from mutualaid_core.testing.acts.years import BY_YEAR_END, LATER_YEAR
from mutualaid_core.testing.samples import PERIOD, SCHEME, UNIT, YEAR, member_id

DAY = datetime.date
TERMS = RenewalTerms(gap_days_max=30, source="HN-4.3.5d")


def enrolment() -> Enrolment:
    """A member who is covered for the whole of the sample year."""
    return Enrolment(
        scheme_id=SCHEME,
        period_id=PERIOD,
        member_id=member_id(1),
        unit_id=UNIT,
        insurance_type=InsuranceType.EMPLOYEE,
        employment=Employment.REGULAR,
        shares=1,
        cover=YEAR,
    )


def gone(kind: ChangeKind) -> Enrolment:
    """A member who left in June and is covered until the end of the period."""
    on = DAY(2014, 6, 1)
    change = Change(kind=kind, holds_from=on, known_on=on, unit_id=None, cover=YEAR, cause="P-1")
    return with_change(enrolment(), change)


def expiring(**changes: Any) -> Expiring:  # noqa: ANN401  # any field
    """A member who has paid and is covered until the end, with changes."""
    fields: dict[str, Any] = {
        "enrolment": enrolment(),
        "last_day": YEAR.last_day,
        "is_paid": True,
        "in_pool": True,
    }
    return Expiring(**(fields | changes))


def test_a_covered_member_is_due() -> None:
    """Whoever paid, is covered to the end and is at a unit of the pool must be due."""
    assert due_reasons(expiring()) == (DueReason.DUE,)
    assert due_faults(enrolment().member_id, (DueReason.DUE,)) == ()


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        (ChangeKind.RETIRED, DueReason.RETIRED),
        (ChangeKind.DISMISSED, DueReason.DISMISSED),
        (ChangeKind.DIED, DueReason.DIED),
        (ChangeKind.LEFT_POOL, DueReason.LEFT_POOL),
    ],
)
def test_who_left_gets_no_new_period(kind: ChangeKind, reason: DueReason) -> None:
    """Cover to the end of the period must not make anybody due who left the unit."""
    assert due_reasons(expiring(enrolment=gone(kind))) == (reason,)


def test_who_ended_in_another_way_is_not_due() -> None:
    """An enrolment that ended without telling how must not be due either."""
    ended = attrs.evolve(enrolment(), state=EnrolmentState.ENDED)
    assert due_reasons(expiring(enrolment=ended)) == (DueReason.ENDED,)


@pytest.mark.parametrize(
    ("state", "reason"),
    [(EnrolmentState.WITHDRAWN, DueReason.WITHDRAWN), (EnrolmentState.VOIDED, DueReason.VOIDED)],
)
def test_a_place_that_was_taken_back_is_told_alone(state: EnrolmentState, reason: DueReason) -> None:
    """Nothing else must be held against whoever never had cover."""
    taken = attrs.evolve(enrolment(), state=state)
    assert due_reasons(expiring(enrolment=taken, is_paid=False, in_pool=False)) == (reason,)


def test_every_reason_is_told_at_once() -> None:
    """Not paid, a half term, a gift, outside the pool, not eligible and renewed must all be told."""
    half = DayRange(YEAR.first_day, DAY(2014, 6, 30))
    given_half = attrs.evolve(enrolment(), cover=half, gift_id="GIFT")
    member = expiring(
        enrolment=given_half, is_paid=False, in_pool=False, is_eligible=False, renewed=enrolment()
    )
    reasons = due_reasons(member)
    assert reasons == (
        DueReason.NOT_PAID,
        DueReason.COVER_OVER,
        DueReason.GIFT_OVER,
        DueReason.UNIT_OUTSIDE_POOL,
        DueReason.NOT_ELIGIBLE,
        DueReason.RENEWED,
    )
    faults = due_faults(given_half.member_id, reasons)
    assert [fault.clause for fault in faults] == [DUE_TEXTS[reason].clause for reason in reasons]


def test_a_gift_goes_on_where_the_region_says_so() -> None:
    """Where gifts are followed by own dues, the person who was given must be due."""
    given_ = attrs.evolve(enrolment(), gift_id="GIFT")
    assert due_reasons(expiring(enrolment=given_, gifts_continue=True)) == (DueReason.DUE,)


def test_a_place_taken_back_in_the_new_period_leaves_one_due() -> None:
    """Whoever took the new place back may still renew."""
    taken = attrs.evolve(enrolment(), state=EnrolmentState.WITHDRAWN)
    assert due_reasons(expiring(renewed=taken)) == (DueReason.DUE,)


def test_every_reason_has_its_text_and_clause() -> None:
    """No reason may be without a text in both languages."""
    assert set(DUE_TEXTS) == set(DueReason)
    assert all(text.zh and text.en and text.clause for text in DUE_TEXTS.values())


def test_the_window_of_renewal_comes_before_the_general_one() -> None:
    """A window of its own must hold, else the general one; without terms any day is right."""
    own = Window(opens=PeriodDay(-30), closes=PeriodDay(9), source="HN-4.3.5d")
    renewal = attrs.evolve(TERMS, window=own)
    assert renewal_window(attrs.evolve(BY_YEAR_END, renewal=renewal), LATER_YEAR) == DayRange(
        DAY(2014, 12, 2), DAY(2015, 1, 10)
    )
    assert renewal_window(BY_YEAR_END, LATER_YEAR) == DayRange(DAY(2014, 11, 2), DAY(2014, 12, 31))
    assert renewal_window(attrs.evolve(BY_YEAR_END, window=None), LATER_YEAR) is None
    assert renewal_window(None, LATER_YEAR) is None


@pytest.mark.parametrize(
    ("first_day", "gap", "waits_from", "reason"),
    [
        (DAY(2014, 12, 1), 0, YEAR.first_day, ContinuityReason.UNBROKEN),
        (DAY(2015, 1, 1), 0, YEAR.first_day, ContinuityReason.UNBROKEN),
        (DAY(2015, 1, 2), 1, YEAR.first_day, ContinuityReason.WITHIN_GAP),
        (DAY(2015, 1, 31), 30, YEAR.first_day, ContinuityReason.WITHIN_GAP),
        (DAY(2015, 2, 1), 31, DAY(2015, 2, 1), ContinuityReason.GAP_TOO_LONG),
    ],
)
def test_a_gap_up_to_the_limit_keeps_continuity(
    first_day: datetime.date, gap: int, waits_from: datetime.date, reason: ContinuityReason
) -> None:
    """With 30 days allowed, the 30th day without cover must still keep it and the 31st lose it."""
    found = continuity_of(enrolment(), first_day, TERMS)
    assert (found.gap_days, found.waits_from, found.reason) == (gap, waits_from, reason)
    assert found.is_kept == (waits_from == YEAR.first_day)


def test_without_terms_no_day_may_be_missing() -> None:
    """A version that says nothing of renewal must keep unbroken cover and no other."""
    assert continuity_of(enrolment(), DAY(2015, 1, 1), None).is_kept
    assert not continuity_of(enrolment(), DAY(2015, 1, 2), None).is_kept


def test_waiting_goes_back_to_the_first_period_of_all() -> None:
    """What an earlier renewal carried over must be carried on."""
    earlier = attrs.evolve(enrolment(), waits_from=DAY(2012, 1, 1))
    assert continuity_of(earlier, DAY(2015, 1, 1), TERMS).waits_from == DAY(2012, 1, 1)


@pytest.mark.parametrize("earlier", [None, attrs.evolve(enrolment(), state=EnrolmentState.VOIDED)])
def test_who_had_no_cover_before_starts_anew(earlier: Enrolment | None) -> None:
    """Without an earlier enrolment that stands there is nothing to go on."""
    found = continuity_of(earlier, DAY(2015, 1, 1), TERMS)
    assert (found.is_kept, found.gap_days, found.reason) == (False, None, ContinuityReason.NOT_COVERED_BEFORE)


@given(gap=st.integers(0, 400), most=st.integers(0, 400))
def test_continuity_is_kept_exactly_up_to_the_limit(gap: int, most: int) -> None:
    """For any gap and limit: kept if and only if the gap is not above it, and never waiting later."""
    first_day = add_days(YEAR.last_day, gap + 1)
    found = continuity_of(enrolment(), first_day, attrs.evolve(TERMS, gap_days_max=most))
    assert (found.is_kept, found.gap_days) == (gap <= most, gap)
    assert found.waits_from <= first_day


@pytest.mark.parametrize(
    ("waits_from", "first_day", "terms", "kept"),
    [
        (None, DAY(2015, 3, 1), TERMS, None),
        (LATER_YEAR.first_day, DAY(2015, 3, 1), TERMS, LATER_YEAR.first_day),
        (YEAR.first_day, DAY(2015, 1, 31), TERMS, YEAR.first_day),
        (YEAR.first_day, DAY(2015, 2, 1), TERMS, None),
        (YEAR.first_day, DAY(2015, 1, 1), None, YEAR.first_day),
        (YEAR.first_day, DAY(2015, 1, 2), None, None),
    ],
)
def test_a_late_payment_loses_what_was_carried_over(
    waits_from: datetime.date | None,
    first_day: datetime.date,
    terms: RenewalTerms | None,
    kept: datetime.date | None,
) -> None:
    """With 30 days allowed, cover from the 31st day on must go on, and a day later start anew."""
    place = attrs.evolve(enrolment(), cover=LATER_YEAR, waits_from=waits_from)
    assert waits_after_payment(place, first_day, YEAR.last_day, terms) == kept


@pytest.mark.clause("HN-4.3.5d")
@pytest.mark.parametrize(
    ("first_day", "kept"), [(DAY(2015, 1, 11), YEAR.first_day), (DAY(2015, 1, 12), None)]
)
def test_days_without_cover_count_from_the_end_of_the_cover_before(
    first_day: datetime.date, kept: datetime.date | None
) -> None:
    """With cover until 11 December and 30 days allowed, 11 January must go on and 12 January not."""
    place = attrs.evolve(enrolment(), cover=LATER_YEAR, waits_from=YEAR.first_day)
    assert waits_after_payment(place, first_day, DAY(2014, 12, 11), TERMS) == kept


@pytest.mark.clause("HN-4.3.5d")
def test_renewals_and_later_years_of_a_term_are_continued() -> None:
    """The window of renewal must be theirs, and not that of who joins."""
    place = joined(enrolment(), YEAR.first_day)
    later = joined(enrolment(), YEAR.first_day, cause="2014")
    renewal = joined(attrs.evolve(enrolment(), joined_as=JoinedAs.RENEWAL), YEAR.first_day)
    assert [is_continued(each) for each in (place, later, renewal)] == [False, True, True]


@pytest.mark.parametrize(("cause", "is_later"), [(None, False), ("2014", True)])
def test_a_later_period_of_a_term_names_the_first(cause: str | None, *, is_later: bool) -> None:
    """The joining of the second period of a term must tell it from a place of its own."""
    place = joined(enrolment(), YEAR.first_day, cause=cause)
    assert is_of_term(place) == is_later
    assert not is_of_term(attrs.evolve(place, history=()))


def test_the_first_time_is_a_fact_among_others() -> None:
    """The flag must join what was known before."""
    facts = facts_at_entry(MemberFacts(flags={"other": True}), first_time=False)
    assert (facts.flag("first_time"), facts.flag("other")) == (False, True)


@pytest.mark.parametrize(
    "changes", [{}, {"waits_from": YEAR.first_day}, {"joined_as": JoinedAs.LATE}, {"gift_id": "GIFT"}]
)
def test_a_new_enrolment_is_a_first_one(changes: dict[str, Any]) -> None:
    """Whoever neither renews nor goes on must be there for the first time."""
    assert is_first_time(attrs.evolve(enrolment(), **changes))


@pytest.mark.parametrize("changes", [{"waits_from": DAY(2013, 1, 1)}, {"joined_as": JoinedAs.RENEWAL}])
def test_cover_that_goes_on_is_no_first_one(changes: dict[str, Any]) -> None:
    """Renewals, and cover that goes on, must not be taken for a first time."""
    assert not is_first_time(attrs.evolve(enrolment(), **changes))


def told(kind: ChangeKind, cause: str | None = None, withdraws: int | None = None) -> Change:
    """An entry of that kind, known on 1 June."""
    day = DAY(2014, 6, 1)
    return Change(
        kind=kind, holds_from=day, known_on=day, unit_id=None, cover=YEAR, cause=cause, withdraws=withdraws
    )


@pytest.mark.clause("HN-4.3.5c")
@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ((), False),
        ((told(ChangeKind.RETIRED),), False),
        ((told(ChangeKind.DIED),), True),
        ((told(ChangeKind.DIED), told(ChangeKind.VOIDED, "duplicate: P-2")), True),
        ((told(ChangeKind.DIED), told(ChangeKind.VOIDED)), True),
        ((told(ChangeKind.DIED), told(ChangeKind.VOIDED, "wrong_person: P-2")), False),
        ((told(ChangeKind.DIED), told(ChangeKind.CORRECTED, "P-4", withdraws=1)), False),
    ],
    ids=["lives", "retired", "died", "duplicate", "void", "wrong person", "restored"],
)
def test_a_death_stays_on_record(changes: tuple[Change, ...], expected: bool) -> None:  # noqa: FBT001  # a column
    """A death stands whatever became of the place, unless it was taken back or told of another."""
    made = enrolment()
    for change in changes:
        made = with_change(made, change)
    assert has_died(made) is expected


@pytest.mark.clause("HN-4.3.5d")
def test_a_period_between_is_told() -> None:
    """Periods between must be named in their order; without any there is no fault."""
    assert gap_faults(PERIOD, ()) == ()
    between = (PeriodId("2012"), PeriodId("2013"))
    assert [fault.found for fault in gap_faults(PERIOD, between)] == ["2012, 2013"]
