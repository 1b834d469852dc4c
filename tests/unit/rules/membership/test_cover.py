"""Cover: yes or no with every reason, as known on a day, and the waiting that is left."""

import datetime
from typing import Any

import attrs
import pytest

from mutualaid_core.domain.membership.change import Change, ChangeKind
from mutualaid_core.domain.membership.contribution import Contribution, PayerShare
from mutualaid_core.domain.membership.enrolment import Enrolment, EnrolmentState
from mutualaid_core.domain.scheme.benefit.waiting import Waiting, WaitingGrade
from mutualaid_core.domain.scheme.dues import FundingSource
from mutualaid_core.domain.scheme.eligibility import Employment, InsuranceType
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.domain.values.identifiers import EntryId, UnitId
from mutualaid_core.domain.values.money import ZERO
from mutualaid_core.rules.membership.cover import CoverAnswer, CoverReason, WaitingLeft, cover_answer
from mutualaid_core.rules.membership.history import joined_change, with_change
from mutualaid_core.testing.samples import (
    PERIOD,
    SCHEME,
    UNIT,
    VERSION,
    YEAR,
    YUEYANG_2014,
    member_id,
    version_with,
    yuan,
)

JOINED_ON = datetime.date(2013, 12, 1)
PAID_ON = datetime.date(2013, 12, 20)
LAST = YEAR.last_day
B = UnitId("U-B")


def day(month: int, number: int = 1) -> datetime.date:
    """A day of 2014."""
    return datetime.date(2014, month, number)


def enrolled(**changes: Any) -> Enrolment:  # noqa: ANN401  # any field of an enrolment
    """An enrolment at the sample unit, known from 1 December 2013 on."""
    cover = changes.get("cover", YEAR)
    entry = joined_change(unit_id=UNIT, cover=cover, known_on=JOINED_ON)
    made = Enrolment(
        scheme_id=SCHEME,
        period_id=PERIOD,
        member_id=member_id(1),
        unit_id=UNIT,
        insurance_type=InsuranceType.EMPLOYEE,
        employment=Employment.REGULAR,
        shares=1,
        cover=cover,
        history=(entry,),
    )
    return attrs.evolve(made, **changes)


def paid(on: datetime.date = PAID_ON) -> Contribution:
    """Its contribution."""
    return Contribution(
        scheme_id=SCHEME,
        period_id=PERIOD,
        member_id=member_id(1),
        unit_id=UNIT,
        amount=yuan(50),
        split=(PayerShare(payer=FundingSource.MEMBER, amount=yuan(50)),),
        received_on=on,
        entry_id=EntryId("R-1"),
    )


def answer(
    enrolment: Enrolment | None,
    contribution: Contribution | None,
    *,
    on: datetime.date = YEAR.first_day,
    known_at: datetime.date = LAST,
) -> CoverAnswer:
    """The answer under the sample version."""
    return cover_answer(enrolment, contribution, VERSION, on=on, known_at=known_at)


def changed(kind: ChangeKind, cover: DayRange | None = YEAR, unit_id: UnitId | None = None) -> Enrolment:
    """The enrolment with one change that holds and is known from 1 July on."""
    entry = Change(kind=kind, holds_from=day(7), known_on=day(7), unit_id=unit_id, cover=cover)
    return with_change(enrolled(), entry)


def test_who_is_enrolled_and_paid_is_covered() -> None:
    """From 00:00 of the first day to 24:00 of the last there must be cover."""
    for on in (YEAR.first_day, LAST):
        found = answer(enrolled(), paid(), on=on)
        assert (found.is_covered, found.reasons) == (True, (CoverReason.COVERED,))
        assert (found.unit_id, found.cover) == (UNIT, YEAR)


def test_nobody_without_enrolment_is_covered() -> None:
    """Without an enrolment the only reason must be that."""
    found = answer(None, None)
    assert found == CoverAnswer(is_covered=False, reasons=(CoverReason.NOT_ENROLLED,))


def test_what_was_not_known_gives_no_cover() -> None:
    """On the day before the enrolment was written down it must not be known."""
    found = answer(enrolled(), paid(), known_at=datetime.date(2013, 11, 30))
    assert found == CoverAnswer(is_covered=False, reasons=(CoverReason.NOT_ENROLLED,))


def test_a_payment_counts_from_the_day_of_its_receipt() -> None:
    """Between enrolment and payment there must be no cover by what was known."""
    before = answer(enrolled(), paid(), known_at=datetime.date(2013, 12, 19))
    assert (before.is_covered, before.reasons) == (False, (CoverReason.NOT_PAID,))
    assert answer(enrolled(), paid(), known_at=PAID_ON).is_covered
    assert answer(enrolled(), None).reasons == (CoverReason.NOT_PAID,)


def test_days_around_the_cover_are_not_covered() -> None:
    """The day before the first and the day after the last must be outside, each for its reason."""
    before = answer(enrolled(), paid(), on=datetime.date(2013, 12, 31))
    after = answer(enrolled(), paid(), on=datetime.date(2015, 1, 1))
    assert before.reasons == (CoverReason.BEFORE_COVER,)
    assert after.reasons == (CoverReason.AFTER_COVER,)
    assert not before.is_covered
    assert not after.is_covered


def test_every_reason_is_told_at_once() -> None:
    """Who has not paid and asks for a day after the cover must be told both."""
    found = answer(enrolled(), None, on=datetime.date(2015, 1, 1))
    assert found.reasons == (CoverReason.NOT_PAID, CoverReason.AFTER_COVER)


@pytest.mark.parametrize(
    ("kind", "reason"),
    [(ChangeKind.WITHDRAWN, CoverReason.WITHDRAWN), (ChangeKind.VOIDED, CoverReason.VOIDED)],
)
def test_a_void_enrolment_never_covered(kind: ChangeKind, reason: CoverReason) -> None:
    """Once it is known, no day must be covered; by what was known before, the days must be."""
    member = changed(kind, cover=None)
    found = answer(member, paid(), on=day(3))
    assert found == CoverAnswer(is_covered=False, reasons=(reason,))
    assert answer(member, paid(), on=day(3), known_at=day(6, 30)).is_covered


@pytest.mark.parametrize(
    ("kind", "note"),
    [
        (ChangeKind.LEFT_POOL, CoverReason.LEFT_POOL),
        (ChangeKind.RETIRED, CoverReason.RETIRED),
        (ChangeKind.DISMISSED, CoverReason.DISMISSED),
        (ChangeKind.DIED, CoverReason.DIED),
    ],
)
def test_leaving_is_told_whether_cover_goes_on_or_not(kind: ChangeKind, note: CoverReason) -> None:
    """Cover that goes on must be told with the leaving, and so must cover that ended with it."""
    kept = answer(changed(kind), paid(), on=day(9))
    assert (kept.is_covered, kept.reasons, kept.unit_id) == (True, (CoverReason.COVERED, note), None)
    cut = DayRange(YEAR.first_day, day(6, 30))
    ended = answer(changed(kind, cover=cut), paid(), on=day(7))
    assert (ended.is_covered, ended.reasons) == (False, (CoverReason.AFTER_COVER, note))
    assert answer(changed(kind, cover=cut), paid(), on=day(6, 30)).reasons == (CoverReason.COVERED,)


def test_an_ended_enrolment_without_a_leaving_is_told_too() -> None:
    """Where a correction ended it, the answer must say that the member left."""
    entry = Change(kind=ChangeKind.CORRECTED, holds_from=day(7), known_on=day(7), unit_id=None, cover=YEAR)
    member = with_change(enrolled(), entry)
    assert member.state is EnrolmentState.ENDED
    assert answer(member, paid(), on=day(8)).reasons == (CoverReason.COVERED, CoverReason.LEFT)


def test_a_transfer_moves_the_unit_and_keeps_the_cover() -> None:
    """After the move the unit must be the other one, and cover the same to the day."""
    member = changed(ChangeKind.TRANSFERRED, unit_id=B)
    before, after = answer(member, paid(), on=day(6, 30)), answer(member, paid(), on=day(7))
    assert (before.unit_id, after.unit_id) == (UNIT, B)
    assert before.is_covered
    assert after.is_covered
    assert before.cover == after.cover == YEAR


@pytest.mark.parametrize(
    ("first_day_counts", "last_day", "day_number"), [(True, day(1, 30), 30), (False, day(1, 31), 29)]
)
def test_waiting_is_counted_from_the_cover(
    first_day_counts: bool,  # noqa: FBT001  # the parameter
    last_day: datetime.date,
    day_number: int,
) -> None:
    """30 days from 1 January must end on the 30th, or on the 31st where the first day does not count."""
    waiting = Waiting(
        grades=(WaitingGrade(through_day=30, pays=ZERO),),
        first_day_counts=first_day_counts,
        source="HN-4.4.2b",
    )
    version = version_with(attrs.evolve(YUEYANG_2014, waiting=waiting))
    found = cover_answer(enrolled(), paid(), version, on=day(1, 30), known_at=LAST)
    assert found.waiting == (
        WaitingLeft(
            benefit_id="inpatient", day=day_number, last_day=last_day, is_over=False, may_be_waived=False
        ),
    )
    next_day = last_day + datetime.timedelta(days=1)
    assert cover_answer(enrolled(), paid(), version, on=next_day, known_at=LAST).waiting[0].is_over


def test_waiting_served_before_is_not_served_again() -> None:
    """Where cover goes on from the year before, 30 days from 1 December 2013 must be over in 2014."""
    waiting = Waiting(grades=(WaitingGrade(through_day=30, pays=ZERO),), source="HN-4.4.2b")
    version = version_with(attrs.evolve(YUEYANG_2014, waiting=waiting))
    member = enrolled(waits_from=datetime.date(2013, 12, 1))
    (left,) = cover_answer(member, paid(), version, on=YEAR.first_day, known_at=LAST).waiting
    assert (left.day, left.last_day, left.is_over) == (32, datetime.date(2013, 12, 30), True)


def test_no_waiting_and_parts_not_held() -> None:
    """Without grades waiting must be over; a benefit of a part that is not held must not be told."""
    (left,) = answer(enrolled(), paid()).waiting
    assert (left.last_day, left.is_over) == (None, True)
    rider = version_with(attrs.evolve(YUEYANG_2014, part="rider"))
    assert cover_answer(enrolled(), paid(), rider, on=day(1), known_at=LAST).waiting == ()
    held = cover_answer(enrolled(parts=("rider",)), paid(), rider, on=day(1), known_at=LAST)
    assert len(held.waiting) == 1


def test_no_waiting_is_told_without_a_version() -> None:
    """Where no version is known, the answer must still say whether there is cover."""
    found = cover_answer(enrolled(), paid(), None, on=day(1), known_at=LAST)
    assert (found.is_covered, found.waiting) == (True, ())


def test_numbers_are_stable() -> None:
    """Numbers of reasons must not move, for hosts store them."""
    assert [(reason.number, reason.name) for reason in CoverReason] == [
        (1, "COVERED"),
        (2, "NOT_ENROLLED"),
        (4, "NOT_PAID"),
        (5, "BEFORE_COVER"),
        (6, "AFTER_COVER"),
        (7, "WITHDRAWN"),
        (8, "VOIDED"),
        (9, "LEFT"),
        (10, "LEFT_POOL"),
        (11, "RETIRED"),
        (12, "DISMISSED"),
        (13, "DIED"),
    ]


def test_a_contribution_that_was_given_back_gives_no_cover_from_then_on() -> None:
    """Money given back on 1 March as an error was cover by what was known the day before, and none after."""
    returned = attrs.evolve(paid(), returned_on=day(3))
    known = [
        cover_answer(enrolled(), returned, VERSION, on=day(6), known_at=known_at).is_covered
        for known_at in (day(2, 28), day(3))
    ]
    assert known == [True, False]
