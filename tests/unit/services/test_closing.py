"""Closing: a period stops taking postings, what is owed is paid, then it rolls into the reserve."""

import datetime

import attrs
import pytest

from mutualaid_core.domain.claims.claim import Claim, ClaimState
from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.fund.account import Title
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.scheme.dues import FundingSource
from mutualaid_core.domain.scheme.period import Period, PeriodState
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.domain.values.money import ZERO
from mutualaid_core.rules.fund.postings import approval_entry
from mutualaid_core.services.closing import ClosePeriod, PeriodStopped, close_period, stop_postings
from mutualaid_core.services.founding import open_period
from mutualaid_core.services.granting import ReceiveGrant, receive_grant
from mutualaid_core.testing.samples import (
    CLOSED_ON,
    FILED_ON,
    FOUNDING,
    PERIOD,
    PERIOD_RECORD,
    SCHEME,
    VERSION,
    YEAR,
    member_id,
    stay,
    yuan,
)
from mutualaid_core.testing.world import World, balance
from mutualaid_core.work import Purpose, Work, read_one

YEAR_AFTER = DayRange(datetime.date(2015, 1, 1), datetime.date(2015, 12, 31))
STOPPED = Purpose(name="by_hand", subject=PERIOD, chain=SCHEME, answer=PeriodStopped)


def state(world: World) -> PeriodState:
    """Where the period stands."""
    return read_one(world.store, Period, f"{SCHEME}/{PERIOD}").state


def told(faults: tuple[Fault, ...]) -> list[tuple[str, str, str]]:
    """Subject, value and clause of each fault."""
    return [(fault.subject, fault.found, fault.clause) for fault in faults]


def test_a_period_stops_after_its_last_day(joined: World) -> None:
    """On the day after its last one a period must stop taking postings."""
    assert joined.stop(YEAR.last_day.replace(year=2015, month=1, day=1)).outcome is Outcome.PASS
    assert state(joined) is PeriodState.CLOSING


def test_a_period_does_not_stop_on_its_last_day(joined: World) -> None:
    """On its last day a period must still be open."""
    done = joined.stop(YEAR.last_day)
    assert (done.outcome, told(done.faults)) == (
        Outcome.REJECT,
        [("business_on", "2014-12-31", "HN-4.3.2")],
    )
    assert state(joined) is PeriodState.OPEN


def test_a_period_stops_once(joined: World) -> None:
    """Stopping a period that is closing must be refused."""
    joined.stop()
    assert told(joined.stop().faults) == [(PERIOD, "closing", "ACFTU-S4.2b")]


@pytest.mark.clause("HN-4.3.3")
def test_a_grant_before_the_first_day_is_opening(world: World) -> None:
    """A grant of the day before the first must be opening, one of the first day must not."""
    world.grant(60_000, "G-1", datetime.date(2013, 12, 31))
    world.grant(7, "G-2", datetime.date(2014, 1, 1))
    world.grant(5, "G-3", datetime.date(2015, 1, 2))
    world.stop()
    found = world.close().closing
    assert found is not None
    assert (found.grant_before, found.granted, found.grant_after) == (yuan(60_000), yuan(12), yuan(60_012))


@pytest.mark.clause("HN-4.3.2")
def test_a_period_opens_with_what_the_one_before_closed_with(funded: World) -> None:
    """Grants must be counted once, where their day lies, though both periods take them at the same time."""
    later = attrs.evolve(PERIOD_RECORD, period_id="2015", cover=YEAR_AFTER)
    version = attrs.evolve(VERSION, version_id="V-2015", first_day=YEAR_AFTER.first_day, last_day=None)
    founding = attrs.evolve(FOUNDING, version=version, period=later)
    act = funded.act(datetime.date(2014, 12, 1))
    assert open_period(funded.host, act, founding).result.outcome is Outcome.PASS
    funded.grant(1, "G-2", datetime.date(2014, 6, 1))
    for number, day in enumerate((datetime.date(2014, 12, 31), datetime.date(2015, 1, 1)), start=3):
        command = ReceiveGrant(
            scheme_id=SCHEME,
            period_id="2015",
            entry_id=f"G-{number}",
            giver="市财政局",
            amount=yuan(10 * number),
        )
        assert receive_grant(funded.host, funded.act(day), command).result.outcome is Outcome.PASS
    funded.stop()
    first = funded.close().closing
    command = ClosePeriod(scheme_id=SCHEME, period_id="2015")
    on = datetime.date(2016, 1, 2)
    stop_postings(funded.host, funded.act(on), command)
    second = close_period(funded.host, funded.act(on), command).result.closing
    assert first is not None
    assert second is not None
    assert (first.granted, second.granted) == (yuan(31), yuan(40))
    assert second.opening_balance == first.closing_balance
    assert balance(funded.store, Title.BANK) == second.closing_balance


def test_a_period_does_not_stop_with_something_owed(funded: World) -> None:
    """An approved claim that is unpaid must be named, the first five of them."""
    for number in range(1, 7):
        funded.file(stay(100, 1, setl_id=f"S-{number}"))
    funded.pay("S-1")
    assert told(funded.stop().faults) == [(PERIOD, "S-2, S-3, S-4, S-5, S-6", "ACFTU-8.1e")]


def test_refused_claims_do_not_keep_a_period_open(funded: World) -> None:
    """Claims that were refused must not be in the way."""
    funded.file(stay(100, med_type="11"))
    assert funded.stop().outcome is Outcome.PASS


def test_an_open_period_is_not_closed(joined: World) -> None:
    """A period that takes postings must be stopped first."""
    done = joined.close()
    assert (done.outcome, done.closing, told(done.faults)) == (
        Outcome.REJECT,
        None,
        [(PERIOD, "open", "ACFTU-S4.2b")],
    )


def test_a_surplus_rolls_into_the_reserve(joined: World) -> None:
    """100 of dues and 30 of benefits must leave 70 in the reserve, and the grant untouched."""
    joined.grant(1_000)
    joined.file(stay(20))
    joined.file(stay(10, 2))
    joined.pay("S-1")
    joined.pay("S-2")
    joined.stop()
    closing = joined.close().closing
    assert closing is not None
    assert (closing.income, closing.benefits, closing.reserve_after, closing.grant_after) == (
        yuan(100),
        yuan(30),
        yuan(70),
        yuan(1_000),
    )
    assert (state(joined), balance(joined.store, Title.RESERVE)) == (PeriodState.CLOSED, yuan(70))


def test_closing_leaves_income_and_benefits_at_nothing(funded: World) -> None:
    """After the closing, income and benefits must be carried into reserve and grant, and the bank agree."""
    funded.file(stay(8_000))
    funded.pay("S-1")
    funded.stop()
    funded.close()
    store = funded.store
    assert balance(store, Title.CONTRIBUTION, FundingSource.MEMBER) == ZERO
    assert balance(store, Title.BENEFIT) == ZERO
    assert balance(store, Title.BANK) == balance(store, Title.RESERVE) + balance(store, Title.GRANT)


def test_an_empty_period_closes_without_an_entry(world: World) -> None:
    """A period in which nothing happened must close with all figures at nothing."""
    world.stop()
    closing = world.close().closing
    assert closing is not None
    assert (closing.income, closing.benefits, closing.closing_balance) == (ZERO, ZERO, ZERO)


def test_a_closed_period_stays_closed(joined: World) -> None:
    """Closing a second time must be refused."""
    joined.stop()
    joined.close()
    assert told(joined.close().faults) == [(PERIOD, "closed", "ACFTU-S4.2b")]


def test_what_was_approved_while_stopping_must_be_paid_first(funded: World) -> None:
    """A claim approved in the moment of stopping must hold the closing until it is paid."""
    funded.stop()
    claim = Claim(
        claim_id="S-9",
        scheme_id=SCHEME,
        period_id=PERIOD,
        member_id=member_id(1),
        settlement_id="S-9",
        filed_on=FILED_ON,
        discharged_on=FILED_ON,
        state=ClaimState.APPROVED,
    )
    with Work(funded.host, funded.act(), STOPPED) as work:
        work.add(claim)
        work.commit(b"f")
    assert told(funded.close().faults) == [(PERIOD, "S-9", "ACFTU-8.1e")]


def test_a_deficit_that_nobody_bears_keeps_the_period_open(joined: World) -> None:
    """Benefits of 500 on dues of 100 without a reserve must refuse the closing."""
    entry = approval_entry(
        entry_id="A-9",
        scheme_id=SCHEME,
        period_id=PERIOD,
        booked_on=FILED_ON,
        amount=yuan(500),
        subject="S-9",
    )
    with Work(joined.host, joined.act(), STOPPED) as work:
        work.post(entry)
        work.commit(b"f")
    joined.stop()
    done = joined.close()
    assert (done.outcome, told(done.faults)) == (Outcome.REJECT, [("deficit", "400.00", "ACFTU-10.4b")])
    assert state(joined) is PeriodState.CLOSING


@pytest.mark.parametrize("day", [CLOSED_ON, CLOSED_ON.replace(month=3)])
def test_the_closing_bears_its_day(joined: World, day: object) -> None:
    """The closing must be dated by the business day of its act."""
    joined.stop()
    closing = joined.close(day).closing
    assert closing is not None
    assert closing.closed_on == day


@pytest.mark.clause("ACFTU-8.1e")
def test_nothing_is_booked_after_the_day_of_closing(funded: World) -> None:
    """A closing dated before the period's last entry must be refused, naming that entry's day."""
    funded.file(stay(8_000))
    funded.pay("S-1", on=datetime.date(2015, 3, 1))
    done = funded.stop(datetime.date(2015, 1, 31))
    assert (done.outcome, done.faults[0].clause, "2015-03-01" in done.faults[0].rule) == (
        Outcome.REJECT,
        "ACFTU-8.1e",
        True,
    )
