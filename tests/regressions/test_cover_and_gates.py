"""Faults that an attack found in cover and at the gate: each by the smallest case that showed it."""

import datetime
from typing import Any, Final

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.change import ChangeKind
from mutualaid_core.domain.membership.roster import RosterPage, RosterPerson
from mutualaid_core.domain.membership.unit import Unit
from mutualaid_core.domain.scheme.benefit.conditions import CountWithin, FlagIs
from mutualaid_core.domain.scheme.benefit.waiting import Waiting, WaitingGrade
from mutualaid_core.domain.scheme.joining import AgeDay, JoiningTerms, LateJoining, RenewalTerms, Term, Window
from mutualaid_core.domain.scheme.options import CoverAfter, CoverEnd
from mutualaid_core.domain.scheme.policy.membership import RefusalReason
from mutualaid_core.domain.values.money import ZERO
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.rules.scheme.soundness import unsoundnesses
from mutualaid_core.services.membership.enrolment import EnrolWorkers, WorkersEnrolled, enrol_workers
from mutualaid_core.services.membership.group import EnrolRoster, RosterEnrolled, enrol_roster
from mutualaid_core.services.membership.queries.gate import gate_status
from mutualaid_core.services.membership.queries.roster import Asked
from mutualaid_core.services.membership.refusals import TellRefusal, tell_refusal
from mutualaid_core.services.membership.renewal.due import RenewalAsked, due_for_renewal
from mutualaid_core.testing.acts.moves import Moves
from mutualaid_core.testing.acts.years import LATER, LATER_YEAR, RENEWED_ON, Years
from mutualaid_core.testing.joining import IN_TIME, JOINING, SECOND_HALF, WHOLE, joining_world, open_policy
from mutualaid_core.testing.samples import (
    COLLECTED_ON,
    OPEN_POINTS,
    PERIOD,
    REGION,
    SCHEME,
    UNIT,
    VERSION,
    YEAR,
    YUEYANG_2014,
    dues,
    joiner,
    member_id,
    rated,
    yuan,
)
from mutualaid_core.testing.world import World
from mutualaid_core.work import Purpose, Work

DAY = datetime.date
ACCEPTING: Final = attrs.evolve(JOINING, late=LateJoining.ACCEPT)
NINETY_DAYS: Final = attrs.evolve(
    YUEYANG_2014, waiting=Waiting(grades=(WaitingGrade(through_day=90, pays=ZERO),), source="HN-4.4.2b")
)
CUT: Final = attrs.evolve(
    OPEN_POINTS,
    cover_after=CoverAfter(
        retirement=CoverEnd.PERIOD_END,
        dismissal=CoverEnd.ON_THE_DAY,
        transfer_out=CoverEnd.ON_THE_DAY,
        source="HN-4.3.5c",
    ),
)


def clauses(faults: tuple[Fault, ...]) -> list[tuple[str, str]]:
    """What was found, and the clause, of each fault."""
    return [(each.found, each.clause) for each in faults]


def years_of(joining: JoiningTerms, **changes: Any) -> Years:  # noqa: ANN401  # any field of a version
    """Persons 1 and 2 have paid for 2014, and 2015 is open under the same joining terms."""
    world = joining_world(joining, open_policy(), **changes)
    world.join(1, 2)
    years = Years(world)
    years.open_later(joining=joining, **changes)
    years.admit_later()
    return years


# ------------------------------------------------------------------ cover


@pytest.mark.clause("ACFTU-2.3b", "HN-4.3.5d")
@pytest.mark.parametrize("late", [LateJoining.REFUSE, LateJoining.ACCEPT])
def test_a_gift_that_is_paid_after_the_window_covers_from_then_on(late: LateJoining) -> None:
    """Given in December and paid for on 18 November, a place must not be covered on 1 February."""
    world = joining_world(attrs.evolve(JOINING, late=late), open_policy())
    world.admit(2, 2)
    years = Years(world)
    years.gifts.found()
    assert years.gifts.give(1).outcome is Outcome.PASS
    line = dues(1, union=50)
    assert world.remit(line, on=DAY(2014, 11, 18)).outcome is Outcome.PASS
    assert years.enrolment(1).cover.first_day == DAY(2014, 11, 18)


@pytest.mark.clause("HN-4.3.5d")
@pytest.mark.parametrize(("paid_on", "waits_from"), [(11, YEAR.first_day), (25, None)])
def test_days_without_cover_count_from_its_true_end(paid_on: int, waits_from: datetime.date | None) -> None:
    """Cover ended on 11 December and 30 days may be missing: 11 January goes on, 25 January waits anew."""
    renewal = RenewalTerms(gap_days_max=30, source="HN-4.3.5d")
    joining = attrs.evolve(ACCEPTING, renewal=renewal)
    years = years_of(joining, benefits=(NINETY_DAYS,), open_points=CUT)
    Moves(years.world).leave(1, ChangeKind.DISMISSED, on=DAY(2014, 12, 12), told_on=DAY(2014, 12, 12))
    assert enrolled(years.world, joiner(1), on=RENEWED_ON).outcome is Outcome.PASS
    assert years.remit_later(dues(1), on=DAY(2015, 1, paid_on)).outcome is Outcome.PASS
    assert years.enrolment(1, LATER).waits_from == waits_from


def enrolled(world: World, *joiners: Any, on: datetime.date) -> WorkersEnrolled:  # noqa: ANN401  # joiners
    """Enrol workers of the sample unit for 2015."""
    command = EnrolWorkers(scheme_id=SCHEME, period_id=LATER, unit_id=UNIT, joiners=joiners)
    return enrol_workers(world.host, world.act(on), command).result


@pytest.mark.clause("HN-4.1.1c", "HN-4.3.5c")
@pytest.mark.parametrize(
    ("kind", "clause"), [(ChangeKind.RETIRED, "HN-4.1.1c"), (ChangeKind.DISMISSED, "HN-4.3.5c")]
)
def test_who_left_after_the_renewal_is_not_booked(kind: ChangeKind, clause: str) -> None:
    """Whoever renewed and then left must be held with what to do, and the others wait with it."""
    years = years_of(JOINING)
    on = DAY(2014, 12, 20)
    enrolled(years.world, joiner(1), joiner(2), on=RENEWED_ON)
    Moves(years.world).leave(1, kind, on=on, told_on=RENEWED_ON)
    told = years.remit_later(dues(1), dues(2))
    assert told.outcome is Outcome.HOLD
    assert clauses(told.faults) == [(f"{kind.value} at 2014-12-20", clause)]
    assert "withdraw the place" in told.faults[0].rule


@pytest.mark.clause("HN-4.3.5c")
def test_who_joined_anew_after_a_dismissal_is_booked() -> None:
    """A place that was taken after the leaving was told must be paid for."""
    years = years_of(JOINING)
    Moves(years.world).leave(1, ChangeKind.DISMISSED, on=DAY(2014, 12, 1), told_on=DAY(2014, 12, 2))
    enrolled(years.world, joiner(1), on=RENEWED_ON)
    assert years.remit_later(dues(1)).outcome is Outcome.PASS


@pytest.mark.clause("ACFTU-2.3b")
def test_no_correction_takes_paid_cover_away() -> None:
    """Who paid in time for the year must not be covered from June on by a correction."""
    years = years_of(ACCEPTING)
    done = years.mend.correct(1, cover_from=DAY(2014, 6, 1))
    assert (done.outcome, clauses(done.faults)) == (Outcome.REJECT, [("2014-06-01", "ACFTU-2.3b")])


# ------------------------------------------------------------------ renewals


@pytest.mark.clause("HN-4.3.4b", "HN-4.3.5d")
@pytest.mark.parametrize(("on", "fee"), [(RENEWED_ON, 50), (DAY(2015, 3, 1), 60)])
def test_the_fee_that_is_foretold_is_the_one_that_is_asked(on: datetime.date, fee: int) -> None:
    """A renewal by year's end costs 50; on 1 March it is a first time again and costs 60, as foretold."""
    (rate,) = rated(amount=60).rates
    first = attrs.evolve(rate, when=(FlagIs(fact="first_time", holds=True),))
    rates = (first, attrs.evolve(rate, amount=yuan(50)))
    world = joining_world(ACCEPTING, open_policy(), dues=attrs.evolve(VERSION.dues, rates=rates))
    world.admit(1, 1)
    world.enrol(joiner(1))
    assert world.remit(dues(1, 60)).outcome is Outcome.PASS
    years = Years(world)
    years.open_later()
    years.admit_later()
    asked = RenewalAsked(scheme_id=SCHEME, from_period=PERIOD, to_period=LATER, on=on)
    (row,) = due_for_renewal(world.store, asked).rows
    assert row.fee == yuan(fee)
    assert years.renew(1, on=on).outcome is Outcome.PASS
    assert years.remit_later(dues(1, fee), on=on).outcome is Outcome.PASS


@pytest.mark.clause("HN-4.3.5d", "HN-4.3.4a")
@pytest.mark.parametrize(("day", "outcome"), [(15, Outcome.PASS), (16, Outcome.REJECT)])
def test_a_later_year_of_a_term_is_paid_until_the_renewal_window_closes(day: int, outcome: Outcome) -> None:
    """With renewals open until 15 January, the second year of a term must be booked until then."""
    window = Window(opens=-47, closes=14, source="HN-4.3.5d")
    two = Term(starts_after_months=0, months=24, fee=Ratio(9, 10), source="HN-4.3.4a")
    renewal = RenewalTerms(window=window, gap_days_max=0, source="HN-4.3.5d")
    joining = attrs.evolve(JOINING, terms=(WHOLE, two), renewal=renewal)
    world = joining_world(joining, open_policy(), last_day=LATER_YEAR.last_day)
    years = Years(world)
    years.open_later(version_id=VERSION.version_id, first_day=YEAR.first_day)
    world.admit(1, 1)
    world.enrol(attrs.evolve(joiner(1), term_months=24))
    assert world.remit(dues(1, 45)).outcome is Outcome.PASS
    assert years.remit_later(dues(1, 45), on=DAY(2015, 1, day)).outcome is outcome


# ------------------------------------------------------------------ the gate


def imported(world: World, *people: RosterPerson, on: datetime.date = IN_TIME) -> None:
    """The sample unit with a roster of a day."""
    purpose = Purpose(name="import", subject=UNIT, chain=SCHEME, answer=WorkersEnrolled)
    with Work(world.host, world.act(), purpose) as work:
        if work.find(Unit, UNIT) is None:
            work.add(Unit(unit_id=UNIT, name="单位", pool_id=REGION.pool_id))
        work.add(RosterPage(unit_id=UNIT, counted_on=on, import_id="I-1", page=1, persons=people))
        work.commit(b"f")


def person(number: int, **changes: Any) -> RosterPerson:  # noqa: ANN401  # any field of the person
    """A worker of the roster who joins."""
    own = joiner(number, **changes)
    return RosterPerson(
        member_id=member_id(number),
        name=own.name,
        id_number=own.id_number,
        sex=own.sex,
        birth_date=own.birth_date,
        insurance_type=own.insurance_type,
        employment=own.employment,
        shares=own.shares,
        parts=own.parts,
        joins=True,
        row=number + 1,
    )


def judged(world: World, counted_on: datetime.date = IN_TIME, on: datetime.date = IN_TIME) -> RosterEnrolled:
    """What becomes of the roster of a day."""

    def make(key: str) -> Act:
        return world.act(on, key)

    command = EnrolRoster(scheme_id=SCHEME, period_id=PERIOD, unit_id=UNIT, counted_on=counted_on)
    return enrol_roster(world.host, make, command)


@pytest.mark.clause("HN-4.1.2b", "HN-4.3.4c")
def test_who_wants_what_nobody_may_hold_is_no_joiner() -> None:
    """Of five who must all join one wants two shares: four count, the unit is refused, and the one named."""
    world = joining_world(JOINING)
    imported(world, *(person(number, shares=1 + (number == 5)) for number in range(1, 6)))
    done = judged(world)
    assert (done.judged.outcome, done.persons) == (Outcome.REJECT, ())
    assert [(each.subject, each.found) for each in done.judged.faults] == [(UNIT, "4"), (member_id(5), "2")]


@pytest.mark.clause("HN-4.1.2a", "HN-4.1.2b")
def test_strangers_fill_no_place_of_those_who_were_counted() -> None:
    """Person 9 was not on the roster of the three: with person 1 there, two must still be missing."""
    world = joining_world(JOINING)
    world.admit(3, 3)
    assert world.enrol(joiner(1), joiner(9)).outcome is Outcome.PASS
    asked = Asked(scheme_id=SCHEME, period_id=PERIOD, unit_id=UNIT, on=YEAR.first_day, known_at=YEAR.last_day)
    assert gate_status(world.store, asked).missing == 1  # There is no roster to tell who was counted.
    imported(world, *(person(number) for number in range(1, 4)), on=COLLECTED_ON)
    assert gate_status(world.store, asked).missing == 2


@pytest.mark.clause("ACFTU-2.1a", "HN-4.1.2b")
def test_ages_count_at_the_gate_on_the_day_that_the_version_names() -> None:
    """With ages counted at joining, workers who turn 34 on 1 January must count as 33 on 20 December."""
    young = CountWithin(fact="age", least=16, most=33)
    eligibility = attrs.evolve(VERSION.eligibility, when=(young,))
    world = joining_world(attrs.evolve(JOINING, age_on=AgeDay.JOINING), eligibility=eligibility)
    imported(world, person(1), person(2))
    done = judged(world)
    assert (done.judged.outcome, done.judged.required, len(done.persons)) == (Outcome.PASS, 2, 2)


@pytest.mark.clause("HN-4.1.2a")
def test_a_unit_is_judged_by_its_newest_roster() -> None:
    """With a roster of 10 and one of 20 December, the earlier must be refused and the later named."""
    world = joining_world(JOINING)
    imported(world, person(1), on=DAY(2013, 12, 10))
    imported(world, person(1))
    done = judged(world, DAY(2013, 12, 10))
    assert clauses(done.judged.faults) == [("2013-12-10", "HN-4.1.2a")]
    assert "2013-12-20" in done.judged.faults[0].rule
    assert judged(world).judged.outcome is Outcome.PASS


# ------------------------------------------------------------------ refusals and terms


@pytest.mark.clause("ACFTU-1.1c")
def test_illness_is_no_reason_of_a_refusal() -> None:
    """A policy that bans no reason must not let a unit refuse the ill."""
    world = joining_world(JOINING)
    command = TellRefusal(
        refusal_id="RF-1", scheme_id=SCHEME, period_id=PERIOD, unit_id=UNIT, reason=RefusalReason.ILLNESS
    )
    told = tell_refusal(world.host, world.act(), command).result
    assert (told.outcome, clauses(told.faults)) == (Outcome.REJECT, [("illness", "ACFTU-1.1c")])


@pytest.mark.clause("ACFTU-2.3b")
def test_a_term_that_costs_nothing_is_unsound() -> None:
    """Nobody is covered without a contribution, so a half term at 0 % must be refused."""
    free = attrs.evolve(SECOND_HALF, fee=Ratio(0, 1))
    version = attrs.evolve(VERSION, joining=attrs.evolve(ACCEPTING, terms=(WHOLE, free)))
    assert [each.subject for each in unsoundnesses(version)] == ["joining.terms[1].fee"]
    paid = attrs.evolve(version, joining=attrs.evolve(ACCEPTING, terms=(WHOLE, SECOND_HALF)))
    assert unsoundnesses(paid) == ()
