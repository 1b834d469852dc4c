"""Remittances: what is held is resolved by a further act, what is booked gets a receipt."""

import datetime
from typing import Any

import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.fund.account import Title
from mutualaid_core.domain.membership.contribution import Contribution, PayerShare
from mutualaid_core.domain.membership.paying.receipt import ReceiptLine
from mutualaid_core.domain.membership.paying.remittance import (
    Remittance,
    RemittanceState,
)
from mutualaid_core.domain.scheme.dues import FundingSource
from mutualaid_core.domain.values.identifiers import EntryId
from mutualaid_core.domain.values.money import ZERO
from mutualaid_core.errors import AlreadyExistsError, InvalidValueError, NotFoundError, TooLargeError
from mutualaid_core.services.membership.contribution import LINES_MAX, RemittanceReceived
from mutualaid_core.services.membership.paying.owed import held_remittances
from mutualaid_core.services.membership.paying.remittances import (
    SettleRemittance,
    receipt_of,
    settle_remittance,
)
from mutualaid_core.services.verification import verify
from mutualaid_core.testing.samples import (
    COLLECTED_ON,
    PERIOD,
    SCHEME,
    UNIT,
    dues,
    joiner,
    member_id,
    stay,
    yuan,
)
from mutualaid_core.testing.world import World, balance
from mutualaid_core.work import read_all

LATER = COLLECTED_ON + datetime.timedelta(days=5)


@pytest.fixture
def held(world: World) -> World:
    """Three workers who joined; 150 are listed for them as R-1, and 149 came."""
    world.admit(3, 3)
    world.enrol(*(joiner(number) for number in (1, 2, 3)))
    world.remit(*(dues(number) for number in (1, 2, 3)), received=yuan(149), entry="R-1")
    return world


def settle(world: World, on: datetime.date = LATER, **told: Any) -> RemittanceReceived:  # noqa: ANN401  # any field
    """Resolve R-1."""
    command = SettleRemittance(
        **{"scheme_id": SCHEME, "remittance_id": EntryId("R-1"), "entry_id": EntryId("R-2"), **told}
    )
    return settle_remittance(world.host, world.act(on), command).result


def the_remittance(world: World) -> Remittance:
    """The one that there is."""
    (remittance,) = read_all(world.store, Remittance)
    return remittance


def balances(world: World) -> list[str]:
    """Bank, held bank, held."""
    return [str(balance(world.store, title)) for title in (Title.BANK, Title.HELD_BANK, Title.HELD)]


@pytest.mark.clause("HN-3.1.2b")
def test_the_missing_money_is_supplied(held: World) -> None:
    """A yuan that comes later must let the three be booked, as paid on the day on which it came."""
    done = settle(held, supplement=yuan(1))
    assert (done.outcome, done.booked, done.faults) == (Outcome.PASS, yuan(150), ())
    paid = list(read_all(held.store, Contribution))
    assert {(each.received_on, each.entry_id) for each in paid} == {(LATER, "R-1")}
    assert len(paid) == 3
    assert balances(held) == ["150.00", "0.00", "0.00"]
    assert verify(held.host).faults == ()


@pytest.mark.clause("HN-3.1.2b")
def test_the_list_is_corrected(world: World) -> None:
    """150 listed with 100 at the bank must be booked for two, on the day on which they were chosen."""
    world.admit(3, 3)
    world.enrol(*(joiner(number) for number in (1, 2, 3)))
    world.remit(*(dues(number) for number in (1, 2, 3)), received=yuan(100), entry="R-1")
    assert settle(world, lines=(dues(1), dues(2))).booked == yuan(100)
    paid = {each.member_id: each for each in read_all(world.store, Contribution)}
    assert set(paid) == {member_id(1), member_id(2)}
    assert {(each.received_on, each.known_on) for each in paid.values()} == {(LATER, LATER)}
    booked = the_remittance(world)
    assert (booked.state, booked.persons, booked.settled_on, booked.settled_by, booked.lines) == (
        RemittanceState.BOOKED,
        2,
        LATER,
        "R-2",
        (),
    )


@pytest.mark.clause("HN-3.1.2b")
def test_what_still_does_not_agree_stays_held(held: World) -> None:
    """50 fen that come in addition must be held with the rest, and a further 50 resolve it."""
    first = settle(held, supplement=yuan("0.50"))
    assert (first.outcome, first.booked) == (Outcome.HOLD, ZERO)
    assert (the_remittance(held).difference, balances(held)) == (
        -yuan("0.50"),
        ["0.00", "149.50", "149.50"],
    )
    again = settle(held, entry_id="R-3", supplement=yuan("0.50"), on=LATER + datetime.timedelta(days=1))
    assert (again.outcome, balances(held)) == (Outcome.PASS, ["150.00", "0.00", "0.00"])
    assert verify(held.host).faults == ()


def test_a_further_list_is_kept_while_it_does_not_agree(held: World) -> None:
    """A list that still differs must replace the held one, without an entry for it."""
    assert settle(held, lines=(dues(1),)).outcome is Outcome.HOLD
    assert (the_remittance(held).persons, the_remittance(held).difference) == (1, yuan(99))


def test_what_may_not_be_taken_leaves_it_as_it_was(held: World) -> None:
    """A list with a wrong amount must be refused with its person, and the remittance stay."""
    before = the_remittance(held)
    done = settle(held, lines=(dues(1), dues(2), dues(3, 49)))
    assert (done.outcome, [(fault.subject, fault.clause) for fault in done.faults]) == (
        Outcome.REJECT,
        [(member_id(3), "HN-4.3.4b")],
    )
    assert (the_remittance(held), balances(held)) == (before, ["0.00", "149.00", "149.00"])


@pytest.mark.clause("HN-4.3.5a")
def test_who_paid_meanwhile_does_not_pay_twice(held: World) -> None:
    """A person of the held list who was booked with another remittance must be named."""
    held.remit(dues(1))
    done = settle(held, supplement=yuan(1))
    assert (done.outcome, [fault.found for fault in done.faults]) == (Outcome.REJECT, ["paid already"])


@pytest.mark.clause("ACFTU-2.3b")
def test_held_money_covers_nobody(held: World) -> None:
    """A stay of somebody on a held list must be refused as unpaid, and be paid once it is settled."""
    assert held.file(stay(8_000)).outcome is Outcome.REJECT
    settle(held, supplement=yuan(1))
    assert held.file(stay(8_000, setl_id="S-9")).outcome is Outcome.PASS


def test_no_benefit_is_paid_with_held_money(held: World) -> None:
    """Money that may have to go back must not be there for a claim."""
    held.admit(1, 1, unit="U-2")
    held.enrol(joiner(9), unit="U-2")
    held.remit(dues(9), unit="U-2")
    held.file(stay(800, 9, unit_code="U-2"))
    assert held.pay("S-9").outcome is Outcome.HOLD


def test_a_remittance_is_settled_once(held: World) -> None:
    """One that is booked must not be booked again."""
    settle(held, supplement=yuan(1))
    done = settle(held, entry_id="R-3", supplement=yuan(1))
    assert (done.outcome, [fault.found for fault in done.faults]) == (Outcome.REJECT, ["booked"])


def test_it_is_not_settled_before_the_money_came(held: World) -> None:
    """A business day before the receipt must be refused."""
    done = settle(held, on=COLLECTED_ON - datetime.timedelta(days=1), supplement=yuan(1))
    assert [fault.subject for fault in done.faults] == ["business_on"]


@pytest.mark.clause("HN-3.1.2b", "ACFTU-S4.2b")
def test_a_period_stops_once_nothing_is_held(held: World) -> None:
    """Held money must keep the period open, named; once settled, nothing more is settled in it."""
    told = held.stop()
    assert [(fault.subject, fault.found) for fault in told.faults] == [("R-1", "held")]
    assert settle(held, supplement=yuan(1)).outcome is Outcome.PASS
    assert held.stop().outcome is Outcome.PASS
    assert held.close().outcome is Outcome.PASS
    assert verify(held.host).faults == ()


def test_bad_commands_are_refused(held: World) -> None:
    """A supplement below zero, too many lines, a number in use and an unknown one must be refused."""
    with pytest.raises(InvalidValueError, match="supplement must be >= 0"):
        settle(held, supplement=-yuan(1))
    with pytest.raises(TooLargeError, match="remittance has 401"):
        settle(held, lines=(dues(1),) * (LINES_MAX + 1))
    with pytest.raises(AlreadyExistsError, match="ledger_line 'HN-A/R-1/1' already exists"):
        settle(held, entry_id="R-1", supplement=yuan(1))
    with pytest.raises(NotFoundError):
        settle(held, remittance_id="R-9")


def test_the_largest_list_can_be_settled(world: World) -> None:
    """As many lines as are promised must fit one commit here too."""
    numbers = range(1, LINES_MAX + 1)
    world.admit(LINES_MAX, LINES_MAX)
    world.enrol(*(joiner(number) for number in numbers))
    world.remit(*(dues(number) for number in numbers), received=yuan(50), entry="R-1")
    assert settle(world, supplement=yuan(50 * (LINES_MAX - 1))).booked == yuan(50 * LINES_MAX)


@pytest.mark.clause("HN-3.1.2b")
def test_what_is_held_is_listed_by_period(held: World) -> None:
    """The held one must be listed under its period alone, and no more once it is settled."""
    held.remit(dues(1), entry="R-5")
    listed = [each.remittance_id for each in held_remittances(held.store, SCHEME, PERIOD)]
    assert (listed, list(held_remittances(held.store, SCHEME, "2015"))) == (["R-1"], [])
    settle(held, lines=(dues(2), dues(3)), supplement=ZERO)
    settle(held, entry_id="R-3", lines=(dues(2), dues(3)))
    assert [each.difference for each in held_remittances(held.store, SCHEME, PERIOD)] == [yuan(49)]


@pytest.mark.clause("HN-3.1.2b", "HN-4.3.1", "ACFTU-2.3a")
def test_a_receipt_tells_what_was_paid_by_whom_for_whom(held: World) -> None:
    """Sources and members must add up to what was booked; a held remittance has no receipt."""
    assert receipt_of(held.store, SCHEME, "R-1") is None
    lines = (dues(1, member=20, union=30), dues(2), dues(3, union=50))
    settle(held, lines=lines, supplement=yuan(1))
    receipt = receipt_of(held.store, SCHEME, "R-1")
    assert receipt is not None
    assert (receipt.receipt_id, receipt.unit_id, receipt.received_on, receipt.amount, receipt.persons) == (
        "R-1",
        UNIT,
        LATER,
        yuan(150),
        3,
    )
    assert receipt.by_source == (
        PayerShare(payer=FundingSource.MEMBER, amount=yuan(70)),
        PayerShare(payer=FundingSource.UNION, amount=yuan(80)),
    )
    members = sorted(member_id(number) for number in (1, 2, 3))
    assert receipt.lines == tuple(ReceiptLine(member_id=each, amount=yuan(50)) for each in members)


def test_a_receipt_needs_a_remittance(world: World) -> None:
    """A number that was never used must raise."""
    with pytest.raises(NotFoundError):
        receipt_of(world.store, SCHEME, "R-9")
