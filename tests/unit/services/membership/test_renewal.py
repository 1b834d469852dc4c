"""Renewal: the list of who is due, reminders, and the acts that carry members over."""

import datetime
from typing import Any

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.membership.change import ChangeKind
from mutualaid_core.domain.membership.enrolment import Enrolment, JoinedAs
from mutualaid_core.domain.scheme.benefit.conditions import FlagIs
from mutualaid_core.domain.scheme.dues import Dues, DuesRate
from mutualaid_core.domain.scheme.eligibility import Employment
from mutualaid_core.domain.scheme.joining import CoverStart, LateJoining, RenewalTerms
from mutualaid_core.domain.scheme.parts import Part
from mutualaid_core.domain.values.identifiers import PeriodId, UnitId
from mutualaid_core.errors import InvalidValueError, NotFoundError, TooLargeError
from mutualaid_core.rules.membership.renewal import ContinuityReason, DueReason
from mutualaid_core.services.closing import ClosePeriod, stop_postings
from mutualaid_core.services.membership.renewal.due import (
    RenewalAsked,
    RenewalRow,
    due_for_renewal,
    reminders_of,
)
from mutualaid_core.services.membership.renewal.renewing import (
    RENEWALS_MAX,
    RenewalLine,
    RenewWorkers,
    renew_workers,
)
from mutualaid_core.services.membership.renewal.units import renew_unit
from mutualaid_core.testing.acts.moves import Moves
from mutualaid_core.testing.acts.years import (
    BY_YEAR_END,
    LATER,
    LATER_YEAR,
    RENEWED_ON,
    WITH_WAITING,
    Years,
    two_years,
)
from mutualaid_core.testing.samples import (
    COLLECTED_ON,
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
from mutualaid_core.work import read_all

DAY = datetime.date
ACCEPTS_LATE = attrs.evolve(
    BY_YEAR_END,
    late=LateJoining.ACCEPT,
    cover_start=CoverStart.DAY_AFTER_PAYMENT,
    renewal=RenewalTerms(gap_days_max=10, source="HN-4.3.5d"),
)


def asked(unit: UnitId | None = None) -> RenewalAsked:
    """Who of 2014 is due for 2015."""
    return RenewalAsked(scheme_id=SCHEME, from_period=PERIOD, to_period=LATER, on=RENEWED_ON, unit_id=unit)


def rows(years: Years, unit: UnitId | None = None) -> tuple[RenewalRow, ...]:
    """The first page."""
    return due_for_renewal(years.world.store, asked(unit)).rows


def row_of(years: Years, number: int) -> RenewalRow:
    """The row of one person."""
    return next(row for row in rows(years) if row.member_id == member_id(number))


def told(faults: Any) -> list[tuple[str, str]]:  # noqa: ANN401  # a tuple of faults
    """What was found, and the clause, of each fault."""
    return [(fault.found, fault.clause) for fault in faults]


def for_newcomers(amount: int, others: int) -> Dues:
    """Dues that ask newcomers for another amount than those who go on."""
    rate = VERSION.dues.rates[0]
    first = FlagIs(fact="first_time", holds=True)
    newcomers: DuesRate = attrs.evolve(rate, when=(first,), amount=yuan(amount))
    return attrs.evolve(VERSION.dues, rates=(newcomers, attrs.evolve(rate, amount=yuan(others))))


def test_members_who_paid_are_due_until_the_window_closes() -> None:
    """Both members must be due until the last day of the year, for 50, with unbroken cover."""
    found = rows(two_years(joining=BY_YEAR_END))
    assert [(row.is_due, row.reasons, row.due_by, row.fee) for row in found] == [
        (True, (DueReason.DUE,), RENEWED_ON, yuan(50))
    ] * 2
    assert {row.continuity.reason for row in found} == {ContinuityReason.UNBROKEN}


def test_reminders_are_data_for_those_who_are_due() -> None:
    """Who is due must be reminded of day, fee and continuity; who left must not be."""
    years = two_years(joining=BY_YEAR_END)
    Moves(years.world).leave(2, ChangeKind.RETIRED)
    (reminder,) = reminders_of(rows(years))
    assert (reminder.member_id, reminder.unit_id, reminder.due_by) == (member_id(1), UNIT, RENEWED_ON)
    assert (reminder.fee, reminder.text_keys) == (yuan(50), ("renewal.due", "renewal.continuity.unbroken"))


def test_a_changed_fee_and_a_missing_window_are_told() -> None:
    """58 instead of 50, at any day, must be said in the reminder."""
    dearer = attrs.evolve(VERSION.dues.rates[0], amount=yuan(58))
    years = two_years(dues=attrs.evolve(VERSION.dues, rates=(dearer,)))
    assert reminders_of(rows(years))[0].text_keys == (
        "renewal.no_window",
        "renewal.fee_changed",
        "renewal.continuity.unbroken",
    )


def test_who_goes_on_pays_the_fee_of_a_continuing_member() -> None:
    """Where newcomers pay 60 and others 45, a renewal must cost 45."""
    years = two_years(dues=for_newcomers(60, 45))
    assert {(row.fee, row.fee_before) for row in rows(years)} == {(yuan(45), yuan(50))}


def test_whoever_has_retired_is_not_due_and_told_why() -> None:
    """A member who retired in June must keep the period and get no new one."""
    years = two_years()
    Moves(years.world).leave(1, ChangeKind.RETIRED)
    row = row_of(years, 1)
    assert (row.is_due, row.reasons) == (False, (DueReason.RETIRED,))


def test_whoever_never_paid_was_never_covered() -> None:
    """An enrolment without a contribution must not be due, and has nothing to go on."""
    world = World()
    world.found()
    world.admit(1, 1)
    world.enrol(joiner(1))
    years = Years(world)
    years.open_later()
    row = row_of(years, 1)
    assert row.reasons == (DueReason.NOT_PAID,)
    assert (row.fee_before, row.continuity.reason) == (None, ContinuityReason.NOT_COVERED_BEFORE)


def test_new_terms_that_do_not_admit_a_member_are_a_reason() -> None:
    """Whoever the new version does not admit must not be due, at no fee."""
    dispatched = attrs.evolve(VERSION.eligibility, employments=(Employment.DISPATCHED,))
    row = rows(two_years(eligibility=dispatched))[0]
    assert (row.reasons, row.fee) == ((DueReason.NOT_ELIGIBLE,), None)
    assert reminders_of((row,)) == ()


def test_pages_follow_each_other_without_a_gap() -> None:
    """Pages of two must together be the whole list, each member once and in order."""
    world = World()
    world.found()
    world.join(1, 2, 3, 4, 5)
    world.join(6, unit="U-2")
    years = Years(world)
    years.open_later()
    found: list[str] = []
    after = None
    while True:
        page = due_for_renewal(world.store, asked(), after=after, limit=2)
        found += [row.member_id for row in page.rows]
        after = page.next
        if after is None:
            break
    assert found == sorted(member_id(number) for number in range(1, 7))
    assert [row.member_id for row in rows(years, UnitId("U-2"))] == [member_id(6)]


@pytest.mark.parametrize("limit", [0, 1_001])
def test_a_page_of_another_size_is_refused(limit: int) -> None:
    """A page must have 1 to 1,000 rows."""
    with pytest.raises(InvalidValueError, match="limit must be 1 to 1000"):
        due_for_renewal(two_years().world.store, asked(), limit=limit)


def test_a_renewal_goes_on_from_the_first_day_of_all() -> None:
    """The new enrolment must run over the new year, and waiting be counted from the old one."""
    years = two_years(joining=BY_YEAR_END)
    years.admit_later()
    done = years.renew(1, 2)
    assert (done.outcome, [each.member_id for each in done.renewed], done.faults) == (
        Outcome.PASS,
        [member_id(1), member_id(2)],
        (),
    )
    new = years.enrolment(1, LATER)
    assert (new.joined_as, new.cover, new.waits_from, new.joined_on) == (
        JoinedAs.RENEWAL,
        LATER_YEAR,
        YEAR.first_day,
        RENEWED_ON,
    )
    assert [change.kind for change in new.history] == [ChangeKind.JOINED]
    assert years.joined(period=LATER) == 2


def test_a_second_renewal_carries_waiting_on() -> None:
    """What the first period served must still be told in the second enrolment of one renewed late."""
    years = two_years(WITH_WAITING, joining=ACCEPTS_LATE)
    years.admit_later()
    years.renew(1, on=DAY(2015, 1, 5))
    new = years.enrolment(1, LATER)
    assert (new.joined_as, new.cover.first_day, new.waits_from) == (
        JoinedAs.LATE,
        DAY(2015, 1, 6),
        YEAR.first_day,
    )


def test_a_late_renewal_beyond_the_gap_starts_anew() -> None:
    """With ten days allowed, cover from the 12th of January must lose continuity."""
    years = two_years(WITH_WAITING, joining=ACCEPTS_LATE)
    years.admit_later()
    (renewed,) = years.renew(1, on=DAY(2015, 1, 11)).renewed
    assert (renewed.continuity.is_kept, renewed.continuity.gap_days) == (False, 11)
    assert years.enrolment(1, LATER).waits_from is None


def test_late_joiners_do_not_count_against_the_judged_roster() -> None:
    """Who comes after the window was not on the roster by which the unit was judged."""
    years = two_years(WITH_WAITING, joining=ACCEPTS_LATE)
    years.admit_later()
    years.renew(1, on=DAY(2015, 1, 5))
    assert years.joined(period=LATER) == 0


def test_one_bad_line_does_not_stop_the_others() -> None:
    """A stranger must be named, and the member renewed."""
    years = two_years()
    years.admit_later()
    done = years.renew(1, 9)
    assert (done.outcome, told(done.faults)) == (Outcome.FLAG, [("not enrolled", "HN-4.3.5d")])
    assert [each.member_id for each in done.renewed] == [member_id(1)]


def test_nobody_is_renewed_twice() -> None:
    """A second renewal of the same person must be refused, and the count stay."""
    years = two_years()
    years.admit_later()
    years.renew(1)
    done = years.renew(1)
    assert (done.outcome, told(done.faults)) == (
        Outcome.REJECT,
        [("has joined the new period already", "HN-4.3.4c")],
    )
    assert years.joined(period=LATER) == 1


def test_a_member_of_another_unit_is_refused() -> None:
    """Only the member's own unit may renew."""
    years = two_years()
    years.admit_later(unit=UnitId("U-2"))
    assert told(years.renew(1, unit=UnitId("U-2")).faults) == [("another unit", "HN-3.1.2a")]


@pytest.mark.parametrize("judged", [False, True])
def test_the_unit_must_pass_the_gate_of_the_new_period(judged: bool) -> None:  # noqa: FBT001  # a case
    """Nobody must be renewed through a unit that was not judged, or was refused."""
    years = two_years()
    if judged:
        years.admit_later(eligible=100, enrolled=2)
    assert told(years.renew(1).faults) == [("refused" if judged else "not judged", "HN-4.1.2a")]


def test_no_more_are_renewed_than_the_unit_was_judged_by() -> None:
    """A unit that was judged by one joiner must not renew two."""
    years = two_years()
    years.admit_later(eligible=1, enrolled=1)
    assert told(years.renew(1, 2).faults) == [("2", "HN-4.1.2a")]
    assert not list(read_all(years.world.store, Enrolment, "period_id", LATER))


def test_a_list_names_each_member_once() -> None:
    """A member listed twice must have the whole list refused."""
    years = two_years()
    years.admit_later()
    assert told(years.renew(1, 1).faults) == [("2 lines", "HN-4.3.4c")]


def test_a_period_does_not_follow_itself() -> None:
    """Renewing into the same period must be refused."""
    years = two_years()
    command = RenewWorkers(
        scheme_id=SCHEME,
        from_period=PERIOD,
        to_period=PERIOD,
        unit_id=UNIT,
        lines=(RenewalLine(member_id=member_id(1)),),
    )
    done = renew_workers(years.world.host, years.world.act(COLLECTED_ON), command).result
    assert ("2014-01-01", "HN-4.3.4a") in told(done.faults)


def test_who_is_no_longer_admitted_is_told_by_the_term() -> None:
    """The fault must be that of the new version, with its clause."""
    dispatched = attrs.evolve(VERSION.eligibility, employments=(Employment.DISPATCHED,))
    years = two_years(eligibility=dispatched)
    years.admit_later()
    assert told(years.renew(1).faults) == [("regular", "HN-4.1.1c")]


def test_a_place_taken_back_is_renewed_again() -> None:
    """Whoever took the new place back must be renewed again, with the whole history."""
    years = two_years()
    years.admit_later()
    years.renew(1)
    again = attrs.evolve(years.named(1), period_id=LATER)
    years.mend.withdraw_of(again, on=RENEWED_ON)
    assert years.renew(1).outcome is Outcome.PASS
    kinds = [change.kind for change in years.enrolment(1, LATER).history]
    assert kinds == [ChangeKind.JOINED, ChangeKind.WITHDRAWN, ChangeKind.JOINED]
    assert years.joined(period=LATER) == 1


def test_a_place_is_not_renewed_before_the_day_it_was_taken_back() -> None:
    """Entries must stand in the order in which they became known."""
    years = two_years()
    years.admit_later()
    years.renew(1, on=COLLECTED_ON)
    years.mend.withdraw_of(attrs.evolve(years.named(1), period_id=LATER), on=RENEWED_ON)
    assert told(years.renew(1, on=COLLECTED_ON).faults) == [(COLLECTED_ON.isoformat(), "HN-4.3.4c")]


def test_parts_are_taken_over_unless_told_otherwise() -> None:
    """A rider without its main item must be refused; both together be carried over."""
    parts = (
        Part(part_id="main", name="主险", source="HN-4.2.1a"),
        Part(part_id="rider", name="副险", needs=("main",), source="HN-4.2.1a"),
    )
    rate = VERSION.dues.rates[0]
    rates = tuple(attrs.evolve(rate, part=part.part_id) for part in parts)
    years = two_years(parts=parts, dues=attrs.evolve(VERSION.dues, rates=rates))
    years.admit_later()
    alone = years.renew(1, parts=("rider",))
    assert [clause for _, clause in told(alone.faults)] == ["SN-2.2.3a"]
    assert years.renew(1, parts=("main", "rider"), shares=1).outcome is Outcome.PASS
    assert years.enrolment(1, LATER).parts == ("main", "rider")


def test_a_long_list_comes_in_several_acts() -> None:
    """More than 250 members in one act must be refused."""
    years = two_years()
    with pytest.raises(TooLargeError, match=str(RENEWALS_MAX)):
        years.renew(*[1] * (RENEWALS_MAX + 1))


def test_an_unknown_period_is_told() -> None:
    """Asking for a period that was never opened must say that there is none."""
    unknown = attrs.evolve(asked(), to_period=PeriodId("2099"))
    with pytest.raises(NotFoundError, match="period 'HN-A/2099' does not exist"):
        due_for_renewal(two_years().world.store, unknown)


def test_a_period_that_takes_nothing_more_takes_nobody() -> None:
    """Nobody must be renewed into a period whose postings were stopped."""
    years = two_years()
    years.admit_later()
    years.world.stop()
    years.world.close()
    stopped = ClosePeriod(scheme_id=SCHEME, period_id=LATER)
    stop_postings(years.world.host, years.world.act(DAY(2016, 1, 31)), stopped)
    assert [clause for _, clause in told(years.renew(1).faults)] == ["ACFTU-S4.2b"]


def test_a_unit_is_renewed_as_a_whole_and_once() -> None:
    """All who are due must be renewed, the others named; done again nothing changes."""
    world = World()
    world.found()
    world.join(1, 2, 3)
    years = Years(world)
    years.open_later()
    years.admit_later(eligible=3, enrolled=3)
    Moves(world).leave(2, ChangeKind.RETIRED)
    act = world.act(RENEWED_ON, key="renewal-U-1")
    first = renew_unit(world.host, act, asked(UNIT))
    assert first.renewed == tuple(sorted((member_id(1), member_id(3))))
    assert told(first.faults) == [("has retired: no new period", "HN-4.1.1c")]
    assert renew_unit(world.host, act, asked(UNIT)) == first
    assert years.joined(period=LATER) == 2


def test_a_unit_that_was_cut_off_goes_on() -> None:
    """Members renewed by an act of their own before must be told as renewed, the rest be renewed."""
    years = two_years()
    years.admit_later()
    years.renew(1)
    done = renew_unit(years.world.host, years.world.act(RENEWED_ON), asked(UNIT))
    assert (done.renewed, done.faults) == (tuple(sorted((member_id(1), member_id(2)))), ())


def test_renewing_a_unit_needs_its_name() -> None:
    """Without a unit nobody can be renewed as a whole."""
    years = two_years()
    with pytest.raises(InvalidValueError, match="unit_id must be given"):
        renew_unit(years.world.host, years.world.act(RENEWED_ON), asked())


def test_renewed_members_pay_for_the_new_period() -> None:
    """The new enrolment must take its own contribution, beside the old one."""
    years = two_years()
    years.admit_later()
    years.renew(1)
    done = years.remit_later(dues(1))
    assert (done.outcome, done.booked) == (Outcome.PASS, yuan(50))
