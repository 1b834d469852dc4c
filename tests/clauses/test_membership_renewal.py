"""Renewal and taking back: 湖南省总工会 指导意见 2013, 四（三）; 陕西 二（二） riders."""

import datetime

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.membership.change import ChangeKind
from mutualaid_core.domain.membership.enrolment import EnrolmentState, JoinedAs
from mutualaid_core.domain.membership.paying.remittance import RefundGround
from mutualaid_core.domain.scheme.joining import LateJoining
from mutualaid_core.domain.scheme.parts import Part
from mutualaid_core.domain.scheme.policy.product import ProductTerms
from mutualaid_core.domain.values.identifiers import EntryId
from mutualaid_core.rules.membership.renewal import ContinuityReason, DueReason
from mutualaid_core.services.membership.paying.corrections import CorrectContribution, correct_contribution
from mutualaid_core.services.membership.renewal.due import RenewalAsked, due_for_renewal
from mutualaid_core.testing.acts.mending import Gifts
from mutualaid_core.testing.acts.moves import Moves
from mutualaid_core.testing.acts.years import BY_YEAR_END, LATER, LATER_YEAR, RENEWED_ON, Years, two_years
from mutualaid_core.testing.samples import (
    FOUNDING,
    PERIOD,
    POLICY,
    SCHEME,
    VERSION,
    YEAR,
    dues,
    joiner,
    member_id,
    yuan,
)
from mutualaid_core.testing.world import World

DAY = datetime.date


@pytest.mark.clause("HN-4.3.5d")
def test_the_last_day_of_the_window_still_counts() -> None:
    """Window to 2014-12-31: renewed and paid on that day, until its 24:00, must pass."""
    years = two_years(joining=BY_YEAR_END)
    years.admit_later()
    assert years.renew(1, 2, on=RENEWED_ON).outcome is Outcome.PASS
    assert years.remit_later(dues(1), dues(2), on=RENEWED_ON).outcome is Outcome.PASS
    assert years.enrolment(1, LATER).cover == LATER_YEAR


@pytest.mark.clause("HN-4.3.5d")
def test_after_the_window_a_payment_is_refused() -> None:
    """Window to 2014-12-31: what is paid on 2015-01-05 must be refused."""
    years = two_years(joining=BY_YEAR_END)
    years.admit_later()
    years.renew(1, on=RENEWED_ON)
    done = years.remit_later(dues(1), on=DAY(2015, 1, 5))
    assert done.outcome is Outcome.REJECT
    assert "HN-4.3.5d" in {fault.clause for fault in done.faults}


@pytest.mark.clause("HN-4.3.5d")
@pytest.mark.parametrize(
    ("late", "rule"),
    [
        (LateJoining.REFUSE, "must be <= 2014-12-31"),
        (LateJoining.NEXT_PERIOD, "must be <= 2014-12-31, or for the next period"),
    ],
)
def test_late_is_what_the_joining_terms_make_of_it(late: LateJoining, rule: str) -> None:
    """On 2015-01-05 a renewal must be refused, or sent on to the next period."""
    years = two_years(joining=attrs.evolve(BY_YEAR_END, late=late))
    years.admit_later()
    done = years.renew(1, on=DAY(2015, 1, 5))
    assert (done.outcome, [(fault.rule, fault.clause) for fault in done.faults]) == (
        Outcome.REJECT,
        [(rule, "HN-4.3.5d")],
    )


@pytest.mark.clause("HN-4.3.5d")
def test_continuity_is_kept_and_the_reason_told() -> None:
    """Cover from 2015-01-01 after cover to 2014-12-31 must be unbroken, and waiting go on from 2014."""
    years = two_years(joining=BY_YEAR_END)
    years.admit_later()
    (renewed,) = years.renew(1).renewed
    assert (renewed.continuity.is_kept, renewed.continuity.gap_days, renewed.continuity.reason) == (
        True,
        0,
        ContinuityReason.UNBROKEN,
    )
    assert years.enrolment(1, LATER).waits_from == YEAR.first_day


@pytest.mark.clause("SN-2.1.5", "HN-4.3.5d")
def test_what_was_waited_counts_for_a_place_that_is_given() -> None:
    """Who paid for 2014 and is given 2015 must not wait anew; who was never in waits from 2015 on."""
    years = two_years(joining=BY_YEAR_END)
    years.admit_later()
    years.world.period_id = LATER
    gifts = Gifts(years.world)
    gifts.found()
    assert gifts.give(1, 3, on=RENEWED_ON).enrolled == (member_id(1), member_id(3))
    given = [years.enrolment(number, LATER) for number in (1, 3)]
    assert [each.joined_as for each in given] == [JoinedAs.GIFT, JoinedAs.GIFT]
    assert [each.waits_from for each in given] == [YEAR.first_day, None]


@pytest.mark.clause("HN-4.3.5c", "HN-4.3.5d")
@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        (ChangeKind.RETIRED, DueReason.RETIRED),
        (ChangeKind.DISMISSED, DueReason.DISMISSED),
        (ChangeKind.DIED, DueReason.DIED),
    ],
)
def test_who_left_keeps_the_period_and_gets_no_new_one(kind: ChangeKind, reason: DueReason) -> None:
    """A member who left must be listed with the reason, and not be renewed."""
    years = two_years()
    Moves(years.world).leave(1, kind)
    asked = RenewalAsked(scheme_id=SCHEME, from_period=PERIOD, to_period=LATER, on=RENEWED_ON)
    row = next(row for row in due_for_renewal(years.world.store, asked).rows if row.member_id == member_id(1))
    assert (row.is_due, reason in row.reasons) == (False, True)
    years.admit_later()
    assert years.renew(1).outcome is Outcome.REJECT


@pytest.mark.clause("HN-4.3.5b")
def test_nothing_is_refunded_to_who_leaves() -> None:
    """A place that is paid must not be taken back, nor its contribution be asked back on leaving."""
    years = two_years()
    assert years.mend.withdraw(1).outcome is Outcome.REJECT
    Moves(years.world).leave(1, ChangeKind.DISMISSED)
    paid = years.contribution(1)
    command = CorrectContribution(
        scheme_id=SCHEME,
        remittance_id=paid.entry_id,
        entry_id=EntryId("C-1"),
        ground=RefundGround.LEFT,
        amount=paid.amount,
        member_id=member_id(1),
        cause="P-1",
    )
    done = correct_contribution(years.world.host, years.world.act(), command).result
    assert (done.outcome, [fault.clause for fault in done.faults]) == (Outcome.REJECT, ["HN-4.3.5b"])


@pytest.mark.clause("HN-4.3.5b")
def test_an_error_is_void_and_its_money_goes_back() -> None:
    """A duplicate enrolment must be void, with 50.00 left to be returned as an error correction."""
    years = two_years()
    done = years.mend.void(1)
    assert (done.outcome, done.state) == (Outcome.HOLD, EnrolmentState.VOIDED)
    assert done.to_return is not None
    assert done.to_return.amount == yuan(50)


@pytest.mark.clause("SN-2.2.2a")
def test_a_cancelled_main_item_holds_the_rider() -> None:
    """Main cancelled: the rider must be held, and both stay as they are until a person decides."""
    policy = attrs.evolve(POLICY, product=ProductTerms(rider_requires_main=True, source="SN-2.2.3a"))
    parts = (
        Part(part_id="main", name="主险", source="SN-2.2.3a"),
        Part(part_id="rider", name="副险", needs=("main",), source="SN-2.2.3a"),
    )
    rate = VERSION.dues.rates[0]
    rates = tuple(attrs.evolve(rate, part=part.part_id) for part in parts)
    version = attrs.evolve(VERSION, parts=parts, dues=attrs.evolve(VERSION.dues, rates=rates))
    world = World(founding=attrs.evolve(FOUNDING, policy=policy, version=version))
    world.found()
    world.admit(1, 1)
    world.enrol(joiner(1, parts=("main", "rider")))
    years = Years(world)
    done = years.mend.correct(1, parts=("rider",))
    assert done.outcome is Outcome.HOLD
    assert years.enrolment(1).parts == ("main", "rider")
