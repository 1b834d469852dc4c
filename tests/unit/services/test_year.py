"""A whole year: every act once, from founding to disclosure, and nothing at a second run."""

import datetime

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Outcome, Reason
from mutualaid_core.domain.fund.account import Title
from mutualaid_core.domain.fund.payment import Payment
from mutualaid_core.domain.membership.contribution import Contribution
from mutualaid_core.domain.membership.unit import Unit
from mutualaid_core.domain.values.identifiers import UnitId
from mutualaid_core.domain.values.money import ZERO
from mutualaid_core.errors import InvalidValueError, KeyReusedError
from mutualaid_core.services.verification import verify
from mutualaid_core.services.year import Grant, RosterLine, RosterUnit, Until, Year, YearRun, run_year
from mutualaid_core.testing.samples import (
    CLOSED_ON,
    COLLECTED_ON,
    FOUNDING,
    REGION,
    VERSION,
    dues,
    joiner,
    member_id,
    rated,
    stay,
    yuan,
)
from mutualaid_core.testing.world import World, balance
from mutualaid_core.work import read_all


def unit(unit_id: str, eligible: int) -> RosterUnit:
    """A unit with so many eligible workers."""
    own = Unit(unit_id=UnitId(unit_id), name=f"单位{unit_id}", pool_id=REGION.pool_id)
    return RosterUnit(unit=own, eligible=eligible)


def roster(unit_id: str, *numbers: int, **changes: object) -> tuple[RosterLine, ...]:
    """The lines of these persons, who pay for themselves."""
    return tuple(
        RosterLine(
            unit_id=UnitId(unit_id),
            joiner=joiner(number, **changes),
            amount=dues(number).amount,
            split=dues(number).split,
        )
        for number in numbers
    )


def later(base: int, number: int, days: int) -> object:
    """A stay that ended so many days after the sample's."""
    first = stay()
    moved = datetime.timedelta(days=days)
    return stay(
        base,
        number,
        setl_id=f"S-{number}-{days}",
        enddate=first.enddate + moved,
        setl_time=first.setl_time + moved,
    )


YEAR_OF_FOUR = Year(
    founding=FOUNDING,
    grants=(Grant(giver="市财政局", amount=yuan(60_000), received_on=COLLECTED_ON),),
    units=(unit("U-1", 3), unit("U-2", 100)),
    roster=(*roster("U-1", 1, 2, 3), *roster("U-2", 4)),
    settlements=(later(8_000, 1, 5), stay(8_000, 2), stay(8_000, 4, unit_code="U-2"), later(100_000, 1, 2)),
    counted_on=COLLECTED_ON,
    received_on=COLLECTED_ON,
    closed_on=CLOSED_ON,
)
"""Three members of one unit, a worker of a unit that is refused, four stays."""


def run(year: Year, world: World | None = None) -> YearRun:
    """Run a year in a fresh world unless one is given."""
    return run_year((world or World()).host, year, lambda _step, _done, _whole: None)


def test_claims_are_judged_in_the_order_of_discharge() -> None:
    """The earlier discharge must be judged, and draw on the cap, before the later one."""
    judged = [(done.claim_id, done.benefit) for done in run(YEAR_OF_FOUR).decisions]
    assert judged == [
        ("S-2", yuan(2_550)),
        ("S-4", ZERO),
        ("S-1-2", yuan(46_750)),
        ("S-1-5", yuan(2_550)),
    ]


def test_what_was_refused_is_told() -> None:
    """The unit below the gate and its worker must be told, and the claim be refused for it."""
    done = run(YEAR_OF_FOUR)
    assert [(fault.subject, fault.clause) for fault in done.refusals] == [
        ("U-2", "HN-4.1.2a"),
        ("U-2", "HN-4.1.2a"),
    ]
    assert done.decisions[1].reasons == (Reason.UNIT_NOT_ADMITTED,)


@pytest.mark.clause("ACFTU-8.1e")
def test_an_id_that_was_given_by_hand_stops_no_run() -> None:
    """Grants and remittances named as the guides name them must leave the ids of the run alone."""
    world = World()
    run_year(world.host, YEAR_OF_FOUR, lambda _step, _done, _whole: None, Until.ENROLLED)
    world.grant(100, entry="G-2014-1")
    assert world.remit(dues(1), entry="R-2014-U-1-1").outcome is Outcome.PASS
    done = run(YEAR_OF_FOUR, world)
    assert done.disclosure is not None
    assert [fault.found for fault in done.refusals if fault.clause == "HN-4.3.5a"] == ["paid already"]
    with pytest.raises(InvalidValueError, match="must not begin with"):
        world.grant(100, entry="YG-2014-1")


def test_the_year_is_closed_and_disclosed() -> None:
    """150 of dues and 51,850 of benefits must leave 8,300 of the grant of 60,000."""
    done = run(YEAR_OF_FOUR)
    assert done.closing is not None
    assert done.disclosure is not None
    assert (done.paid, done.closing.income, done.disclosure.closing) == (
        yuan(51_850),
        yuan(150),
        yuan(8_300),
    )


def test_the_store_is_whole_after_the_year() -> None:
    """Journal, ledger, counters and caps must agree."""
    world = World()
    run(YEAR_OF_FOUR, world)
    assert verify(world.host).faults == ()


def test_a_second_run_changes_nothing() -> None:
    """The same year again must give the same answers and leave the journal as it was."""
    world = World()
    first = run(YEAR_OF_FOUR, world)
    head = world.store.head(FOUNDING.scheme.scheme_id)
    second = run(YEAR_OF_FOUR, world)
    assert (second.changed_nothing, second.decisions, second.closing) == (
        True,
        first.decisions,
        first.closing,
    )
    assert world.store.head(FOUNDING.scheme.scheme_id) == head


def test_a_run_that_was_cut_off_goes_on() -> None:
    """A run that stopped at the second claim must be finished by the next one, as if never cut."""

    class CutError(Exception):
        """The machine went down."""

    def cut(step: str, done: int, _whole: int) -> None:
        if (step, done) == ("judge", 1):
            raise CutError

    world = World()
    with pytest.raises(CutError):
        run_year(world.host, YEAR_OF_FOUR, cut)
    done = run(YEAR_OF_FOUR, world)
    assert (done.changed_nothing, done.closing) == (False, run(YEAR_OF_FOUR).closing)


def test_another_year_under_the_same_ids_is_refused() -> None:
    """A year with another grant under the same ids must not be mixed with the first."""
    world = World()
    run(YEAR_OF_FOUR, world)
    grants = (attrs.evolve(YEAR_OF_FOUR.grants[0], amount=yuan(1)),)
    with pytest.raises(KeyReusedError):
        run(attrs.evolve(YEAR_OF_FOUR, grants=grants), world)


def test_a_year_that_does_not_conform_stops_at_once() -> None:
    """Where the policy does not allow the version, no further act may be done."""
    version = attrs.evolve(VERSION, dues=rated(amount=61))
    done = run(attrs.evolve(YEAR_OF_FOUR, founding=attrs.evolve(FOUNDING, version=version)))
    assert (done.acts, done.decisions, done.closing, [fault.clause for fault in done.refusals]) == (
        1,
        (),
        None,
        ["HN-4.3.4b"],
    )


def test_a_year_without_claims_is_closed() -> None:
    """A year in which nobody claimed must close, though a unit was refused."""
    done = run(attrs.evolve(YEAR_OF_FOUR, settlements=()))
    assert done.closing is not None
    assert (done.paid, done.closing.benefits) == (ZERO, ZERO)


def test_a_person_on_two_rosters_is_covered_through_the_first() -> None:
    """A person listed by two units must be enrolled and paid for through the first, once."""
    world = World()
    year = attrs.evolve(
        YEAR_OF_FOUR,
        units=(unit("U-1", 1), unit("U-2", 2)),
        roster=(*roster("U-1", 1), *roster("U-2", 1, 2)),
        settlements=(stay(8_000, 1),),
    )
    done = run(year, world)
    assert done.decisions[0].outcome is Outcome.PASS
    paid = {part.member_id: part.unit_id for part in read_all(world.store, Contribution)}
    assert paid == {member_id(1): "U-1", member_id(2): "U-2"}


def test_a_large_unit_comes_in_portions() -> None:
    """A unit of 251 workers must be enrolled and paid for in two acts each, and all be members."""
    world = World()
    numbers = range(1, 252)
    year = attrs.evolve(
        YEAR_OF_FOUR, units=(unit("U-1", 251),), roster=roster("U-1", *numbers), settlements=(), grants=()
    )
    done = run(year, world)
    # found, admit, 2 x enrol, 2 x collect, stop, close, disclose
    assert (done.acts, len(list(read_all(world.store, Contribution)))) == (9, 251)


def test_a_year_that_cannot_pay_is_not_closed() -> None:
    """Where the fund cannot pay what was approved, the year must stay open and say why."""
    world = World()
    done = run(attrs.evolve(YEAR_OF_FOUR, grants=()), world)
    assert (done.closing, done.disclosure, done.paid) == (None, None, ZERO)
    assert {fault.clause for fault in done.refusals} >= {"ACFTU-10.4b", "ACFTU-8.1e"}
    assert balance(world.store, Title.BANK) == yuan(150)


def test_a_closing_that_is_refused_leaves_nothing_to_disclose() -> None:
    """A year closed before its end must be neither closed nor disclosed."""
    done = run(attrs.evolve(YEAR_OF_FOUR, closed_on=datetime.date(2014, 12, 31)))
    assert (done.closing, done.disclosure) == (None, None)


def test_the_progress_of_each_step_is_told() -> None:
    """Each step must begin at nothing and end at the whole."""
    told: list[tuple[str, int, int]] = []
    run_year(World().host, YEAR_OF_FOUR, lambda *progress: told.append(progress))
    assert [each for each in told if each[0] == "judge"] == [("judge", done, 4) for done in range(5)]


def test_a_year_that_ran_dry_goes_on_when_money_came() -> None:
    """Once a grant covers what was held, the next run must pay it, close and disclose."""
    world = World()
    poor = attrs.evolve(YEAR_OF_FOUR, grants=())
    first = run(poor, world)
    assert (first.closing, first.disclosure) == (None, None)
    world.grant(60_000)
    second = run(poor, world)
    assert second.disclosure is not None
    assert verify(world.host).is_whole
    assert run(poor, world).changed_nothing


def test_the_next_year_runs_in_the_same_store() -> None:
    """A second year must open with what the first one rolled forward."""
    world = World()
    first = run(YEAR_OF_FOUR, world)
    day = datetime.date
    cover = attrs.evolve(FOUNDING.period.cover, first_day=day(2015, 1, 1), last_day=day(2015, 12, 31))
    founding = attrs.evolve(
        FOUNDING,
        version=attrs.evolve(VERSION, version_id="next", first_day=day(2015, 1, 1), last_day=None),
        period=attrs.evolve(FOUNDING.period, period_id="2015", cover=cover),
    )
    next_year = attrs.evolve(
        YEAR_OF_FOUR, founding=founding, grants=(), settlements=(), closed_on=day(2016, 1, 31)
    )
    second = run(next_year, world)
    assert first.closing is not None
    assert second.closing is not None
    assert second.closing.opening_balance == first.closing.closing_balance
    assert run(next_year, world).changed_nothing


def test_nothing_is_paid_from_money_that_comes_later() -> None:
    """What a grant of a later day pays for must be paid on that day, not before."""
    late = Grant(
        giver="市财政局", amount=yuan(60_000), received_on=stay().enddate + datetime.timedelta(days=30)
    )
    world = World()
    done = run(attrs.evolve(YEAR_OF_FOUR, grants=(late,)), world)
    days = {payment.claim_id: payment.paid_on for payment in read_all(world.store, Payment)}
    assert days == dict.fromkeys(("S-1-2", "S-1-5", "S-2"), late.received_on)
    assert done.disclosure is not None
    assert verify(world.host).is_whole
    assert run(attrs.evolve(YEAR_OF_FOUR, grants=(late,)), world).changed_nothing
