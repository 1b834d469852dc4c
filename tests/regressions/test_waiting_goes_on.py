"""Waiting that goes on from an earlier place: each fault by the smallest case that showed it."""

import datetime
from typing import Final, cast

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Outcome, Reason
from mutualaid_core.domain.membership.change import ChangeKind
from mutualaid_core.domain.scheme.benefit.waiting import Waiting, WaitingGrade
from mutualaid_core.domain.scheme.joining import Term
from mutualaid_core.domain.scheme.options import CoverAfter, CoverEnd
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.identifiers import PeriodId
from mutualaid_core.domain.values.money import ZERO
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.errors import TooLargeError
from mutualaid_core.ports.store import Store
from mutualaid_core.services.membership.correction.correcting import CorrectEnrolment, correct_enrolment
from mutualaid_core.services.membership.enrolment import EnrolWorkers, enrol_workers
from mutualaid_core.services.verification import verify
from mutualaid_core.testing.acts.meanwhile import Meanwhile
from mutualaid_core.testing.acts.moves import FAR, FAR_POOL, Moves
from mutualaid_core.testing.acts.planting import cover_planted
from mutualaid_core.testing.acts.years import LATER, LATER_YEAR, RENEWED_ON, Years
from mutualaid_core.testing.joining import JOINING, WHOLE, open_policy
from mutualaid_core.testing.samples import (
    CHINA_TIME,
    COLLECTED_ON,
    FOUNDING,
    OPEN_POINTS,
    PERIOD,
    SCHEME,
    UNIT,
    VERSION,
    YEAR,
    YUEYANG_2014,
    dues,
    joiner,
    stay,
)
from mutualaid_core.testing.world import World

DAY = datetime.date
NINETY_DAYS: Final = (
    attrs.evolve(
        YUEYANG_2014, waiting=Waiting(grades=(WaitingGrade(through_day=90, pays=ZERO),), source="HN-4.4.2b")
    ),
)
TWO_YEARS: Final = Term(starts_after_months=0, months=24, fee=Ratio(9, 10), source="HN-4.3.4a")
CUT: Final = attrs.evolve(
    OPEN_POINTS,
    cover_after=CoverAfter(
        retirement=CoverEnd.PERIOD_END,
        dismissal=CoverEnd.ON_THE_DAY,
        transfer_out=CoverEnd.ON_THE_DAY,
        source="HN-4.3.5c",
    ),
)


def founded(version: SchemeVersion) -> Years:
    """A world under *version*, founded."""
    world = World(founding=attrs.evolve(FOUNDING, policy=open_policy(), version=version))
    assert world.found().faults == ()
    return Years(world)


@pytest.fixture
def years() -> Years:
    """Two members of 2014 who paid, ninety days of waiting, cover cut by dismissal, and 2015 open."""
    made = founded(attrs.evolve(VERSION, benefits=NINETY_DAYS, open_points=CUT))
    made.world.join(1, 2)
    made.world.grant(10_000)
    made.open_later()
    made.admit_later()
    return made


def term_of(*numbers: int) -> Years:
    """These persons joined for 24 months and paid nothing yet."""
    terms = attrs.evolve(JOINING, terms=(WHOLE, TWO_YEARS))
    made = founded(attrs.evolve(VERSION, benefits=NINETY_DAYS, joining=terms, last_day=LATER_YEAR.last_day))
    made.open_later(version_id=VERSION.version_id, first_day=YEAR.first_day)
    world = made.world
    world.admit(len(numbers), len(numbers))
    world.grant(10_000)
    joiners = tuple(attrs.evolve(joiner(number), term_months=24) for number in numbers)
    command = EnrolWorkers(scheme_id=SCHEME, period_id=PERIOD, unit_id=UNIT, joiners=joiners)
    assert enrol_workers(world.host, world.act(COLLECTED_ON), command).result.outcome is Outcome.PASS
    return made


@pytest.fixture
def term() -> Years:
    """Persons 1 and 2 joined for 24 months and paid nothing yet."""
    return term_of(1, 2)


def stay_of_january(years: Years) -> tuple[Outcome, tuple[Reason, ...]]:
    """What becomes of a stay of person 1 of 5 to 15 January 2015."""
    years.world.period_id = LATER
    told = stay(
        1000,
        number=1,
        begndate=DAY(2015, 1, 5),
        enddate=DAY(2015, 1, 15),
        setl_time=datetime.datetime(2015, 1, 15, 9, tzinfo=CHINA_TIME),
    )
    judged = years.world.file(told, on=DAY(2015, 2, 1))
    return judged.outcome, judged.reasons


WAITS: Final = (Outcome.REJECT, (Reason.IN_WAITING_PERIOD,))
PAYS: Final = (Outcome.PASS, (Reason.COMPUTED,))


@pytest.mark.clause("ACFTU-2.3b", "HN-4.3.5d")
def test_a_year_that_was_never_paid_serves_no_waiting(term: Years) -> None:
    """With 2014 unpaid and 2015 paid, the ninety days must run from the first day of 2015."""
    assert term.remit_later(dues(1, 45)).outcome is Outcome.PASS
    place = term.enrolment(1, LATER)
    assert (place.waits_from, place.history[-1].kind) == (None, ChangeKind.EFFECTIVE)
    assert stay_of_january(term) == WAITS


@pytest.mark.clause("ACFTU-2.3b", "HN-4.3.5d")
@pytest.mark.parametrize("first", [PERIOD, LATER])
def test_the_order_of_two_payments_counts_for_nothing(term: Years, first: str) -> None:
    """Whoever pays for 2014 and 2015, in whatever order, must have waited in 2014."""
    world = term.world

    def pay_earlier() -> None:
        assert world.remit(dues(1, 45), on=COLLECTED_ON).outcome is Outcome.PASS

    if first == PERIOD:
        pay_earlier()
    assert term.remit_later(dues(1, 45), on=COLLECTED_ON).outcome is Outcome.PASS
    if first == LATER:
        pay_earlier()
    assert term.enrolment(1, LATER).waits_from == YEAR.first_day
    assert (stay_of_january(term), verify(world.host).faults) == (PAYS, ())


@pytest.mark.clause("HN-4.3.5d")
def test_a_renewal_corrected_to_the_day_after_the_last_goes_on(years: Years) -> None:
    """From 1 March 2015 nothing goes on; back at 1 January waiting must go on as before."""
    years.renew(1)
    years.remit_later(dues(1))
    world = years.world
    cover_planted(world, years.enrolment(1, LATER), DAY(2015, 4, 1))
    for day, first, waits in ((2, DAY(2015, 3, 1), None), (3, LATER_YEAR.first_day, YEAR.first_day)):
        command = CorrectEnrolment(named=years.named(1, LATER), cover_from=first, paper="P-3")
        done = correct_enrolment(world.host, world.act(DAY(2015, 1, day)), command).result
        assert (done.outcome, years.enrolment(1, LATER).waits_from) == (Outcome.PASS, waits)


@pytest.mark.clause("HN-4.3.5d", "HN-4.3.5b")
def test_a_dismissal_that_never_was_gives_the_waiting_back(years: Years) -> None:
    """Whoever joined 2015 as one who was dismissed must not wait once that is taken back."""
    Moves(years.world).leave(1, ChangeKind.DISMISSED, on=DAY(2014, 12, 1), told_on=DAY(2014, 12, 2))
    world = years.world
    command = EnrolWorkers(scheme_id=SCHEME, period_id=LATER, unit_id=UNIT, joiners=(joiner(1),))
    enrol_workers(world.host, world.act(RENEWED_ON), command)
    years.remit_later(dues(1))
    assert years.enrolment(1, LATER).waits_from is None
    assert years.mend.restore(1, ChangeKind.DISMISSED, DAY(2015, 1, 5)).outcome is Outcome.PASS
    assert years.enrolment(1, LATER).waits_from == YEAR.first_day
    assert stay_of_january(years) == PAYS


@pytest.mark.clause("HN-4.3.5d", "HN-4.3.5c")
def test_a_dismissal_told_late_takes_the_waiting_with_it(years: Years) -> None:
    """With the cover of 2014 cut at the end of July, the renewed year must wait from its own first day."""
    years.renew(1)
    years.remit_later(dues(1))
    left = Moves(years.world).leave(1, ChangeKind.DISMISSED, on=DAY(2014, 8, 1), told_on=DAY(2015, 1, 3))
    assert (left.outcome, years.enrolment(1, LATER).waits_from) == (Outcome.FLAG, None)
    assert stay_of_january(years) == WAITS


@pytest.mark.clause("HN-4.3.5d", "HN-4.3.5c")
def test_leaving_the_pool_late_told_takes_the_waiting_with_it(years: Years) -> None:
    """A transfer out that cuts the cover of 2014 must have 2015 wait from its own first day."""
    years.renew(1)
    years.remit_later(dues(1))
    moves = Moves(years.world)
    moves.know(FAR, FAR_POOL)
    told = DAY(2015, 1, 3)
    assert moves.move(to=FAR, moves_on=DAY(2014, 8, 1), on=told).outcome is Outcome.FLAG
    assert years.enrolment(1, LATER).waits_from is None


@pytest.mark.clause("HN-4.3.5b", "HN-4.3.5d")
def test_what_claims_rest_on_is_not_counted_anew(years: Years) -> None:
    """With a benefit paid in 2015 that went without waiting, nothing may take the ground from it."""
    years.renew(1)
    years.remit_later(dues(1))
    assert stay_of_january(years) == PAYS
    years.world.period_id = PERIOD
    moves = Moves(years.world)
    moves.know(FAR, FAR_POOL)
    left = moves.leave(1, ChangeKind.DISMISSED, on=DAY(2014, 8, 1), told_on=DAY(2015, 2, 3))
    gone = moves.move(to=FAR, moves_on=DAY(2014, 8, 1), on=DAY(2015, 2, 3))
    assert (left.outcome, gone.outcome) == (Outcome.REJECT, Outcome.REJECT)
    assert left.faults == gone.faults
    assert years.enrolment(1, LATER).waits_from == YEAR.first_day


@pytest.mark.clause("ACFTU-2.3b", "HN-4.3.5d")
@pytest.mark.parametrize("slow", [PERIOD, LATER])
def test_two_payments_at_once_both_count(term: Years, slow: PeriodId) -> None:
    """Whichever of the payments for 2014 and 2015 is overtaken by the other, 2014 must count as waited."""

    def pay(period: PeriodId, store: Store) -> None:
        world = World(store, term.world.founding, name=f"pays-{period}")
        world.period_id = period
        assert world.remit(dues(1, 45), on=COLLECTED_ON).outcome is Outcome.PASS

    store = term.world.store
    fast = LATER if slow == PERIOD else PERIOD
    pay(slow, cast("Store", Meanwhile(store, lambda: pay(fast, store))))
    assert term.enrolment(1, LATER).waits_from == YEAR.first_day


@pytest.mark.clause("HN-3.1.2b")
def test_a_list_of_too_many_unpaid_years_is_remitted_in_parts() -> None:
    """Of 226 workers with 2014 unpaid, one list for 2015 must be refused before anything is written."""
    many = range(1, 227)
    world = term_of(*many).world
    world.period_id = LATER
    with pytest.raises(TooLargeError, match="remittance"):
        world.remit(*(dues(number, 45) for number in many), on=RENEWED_ON)
    assert world.remit(*(dues(number, 45) for number in many[:-1]), on=RENEWED_ON).outcome is Outcome.PASS
    assert world.remit(dues(226, 45), on=RENEWED_ON).outcome is Outcome.PASS
    assert verify(world.host).faults == ()
