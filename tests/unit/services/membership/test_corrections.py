"""Corrections: what came in error goes back and leaves cover alone; what is valid stays."""

import datetime
from typing import Any

import pytest

from mutualaid_core.domain.claims.reason import Outcome, Reason
from mutualaid_core.domain.fund.account import Title
from mutualaid_core.domain.fund.ledger import EntryKind, LedgerLine
from mutualaid_core.domain.membership.contribution import Contribution
from mutualaid_core.domain.membership.enrolment import Enrolment
from mutualaid_core.domain.membership.paying.receipt import ReceiptLine
from mutualaid_core.domain.membership.paying.remittance import (
    CorrectionKind,
    RefundGround,
    Remittance,
    RemittanceState,
)
from mutualaid_core.domain.scheme.dues import FundingSource
from mutualaid_core.domain.values.identifiers import EntryId
from mutualaid_core.domain.values.money import ZERO
from mutualaid_core.errors import AlreadyExistsError, NotFoundError
from mutualaid_core.services.membership.correction.judged import Named
from mutualaid_core.services.membership.correction.taking_back import VoidCause, VoidEnrolment, void_enrolment
from mutualaid_core.services.membership.enrolment import EnrolWorkers, enrol_workers
from mutualaid_core.services.membership.paying.corrections import (
    CorrectContribution,
    Corrected,
    correct_contribution,
)
from mutualaid_core.services.membership.paying.funding import sources_of
from mutualaid_core.services.membership.paying.remittances import receipt_of
from mutualaid_core.services.verification import verify
from mutualaid_core.testing.samples import (
    CLOSED_ON,
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
from mutualaid_core.work import read_all, read_one

LATER = COLLECTED_ON + datetime.timedelta(days=5)


@pytest.fixture
def paid(world: World) -> World:
    """Two members who paid with R-1; another 50 came as R-2 without a list and is held."""
    world.admit(2, 2)
    world.enrol(joiner(1), joiner(2))
    world.remit(dues(1, member=20, employer=30), dues(2), entry="R-1")
    world.remit(received=yuan(50), entry="R-2")
    return world


def correct(world: World, on: datetime.date = LATER, **told: Any) -> Corrected:  # noqa: ANN401  # any field
    """Give 50 of R-2 back as a duplicate of person 1, unless told otherwise."""
    command = CorrectContribution(
        **{
            "scheme_id": SCHEME,
            "remittance_id": EntryId("R-2"),
            "entry_id": EntryId("C-1"),
            "ground": RefundGround.DUPLICATE,
            "amount": yuan(50),
            "member_id": member_id(1),
            "cause": "退款单1号",
            **told,
        }
    )
    return correct_contribution(world.host, world.act(on), command).result


def void(world: World, number: int = 1) -> None:
    """Find an enrolment void."""
    named = Named(scheme_id=SCHEME, period_id=PERIOD, member_id=member_id(number))
    command = VoidEnrolment(named=named, cause=VoidCause.WRONG_PERSON, paper="P-1")
    void_enrolment(world.host, world.act(LATER), command)


def reverse(world: World, **told: Any) -> Corrected:  # noqa: ANN401  # any field
    """Give the contribution of person 1 back, its enrolment being void."""
    return correct(
        world, **{"remittance_id": EntryId("R-1"), "ground": RefundGround.VOIDED_ENROLMENT, **told}
    )


def remittance(world: World, number: str) -> Remittance:
    """The remittance of that number."""
    return read_one(world.store, Remittance, f"{SCHEME}/{number}")


def person(world: World, cls: type[Contribution] | type[Enrolment], number: int = 1) -> Any:  # noqa: ANN401  # either
    """What is kept of a person."""
    return read_one(world.store, cls, f"{SCHEME}/{PERIOD}/{member_id(number)}")


@pytest.mark.clause("HN-4.3.5b")
def test_a_duplicate_goes_back(paid: World) -> None:
    """50 that came twice must go back, and the person's payment and cover stay as they were."""
    before = (person(paid, Contribution), person(paid, Enrolment))
    done = correct(paid)
    assert (done.outcome, done.returned, done.faults) == (Outcome.PASS, yuan(50), ())
    assert (person(paid, Contribution), person(paid, Enrolment)) == before
    assert [str(balance(paid.store, title)) for title in (Title.BANK, Title.HELD_BANK, Title.HELD)] == [
        "100.00",
        "0.00",
        "0.00",
    ]
    back = remittance(paid, "R-2")
    assert (back.state, [each.kind for each in back.corrections]) == (
        RemittanceState.RETURNED,
        [CorrectionKind.DUPLICATE],
    )
    assert {line.kind for line in read_all(paid.store, LedgerLine) if line.entry_id == "C-1"} == {
        EntryKind.CORRECTION
    }
    assert verify(paid.host).faults == ()
    assert receipt_of(paid.store, SCHEME, "R-2") is None


@pytest.mark.clause("HN-4.3.5b")
@pytest.mark.parametrize("ground", [RefundGround.LEFT, RefundGround.CHANGED_MIND])
def test_a_valid_contribution_is_not_refunded(paid: World, ground: RefundGround) -> None:
    """Money back for leaving must be refused with the clause, and nothing be booked."""
    done = reverse(paid, ground=ground)
    assert (done.outcome, done.returned, [fault.clause for fault in done.faults]) == (
        Outcome.REJECT,
        ZERO,
        ["HN-4.3.5b"],
    )
    assert balance(paid.store, Title.BANK) == yuan(100)


@pytest.mark.clause("HN-4.3.5b")
def test_an_overpayment_goes_back_in_part(paid: World) -> None:
    """10 of the 50 that are held must go back, and 40 stay held for a list."""
    done = correct(paid, ground=RefundGround.OVERPAID, amount=yuan(10), member_id=None)
    assert (done.returned, remittance(paid, "R-2").balance) == (yuan(10), yuan(40))
    assert remittance(paid, "R-2").state is RemittanceState.HELD
    assert verify(paid.host).faults == ()


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ({"amount": yuan(51)}, ["51.00", "51.00"]),
        ({"amount": yuan(49)}, ["49.00"]),
        ({"member_id": None}, ["not paid"]),
        ({"member_id": member_id(3)}, ["not paid"]),
        ({"remittance_id": EntryId("R-1")}, ["booked"]),
        ({"on": COLLECTED_ON - datetime.timedelta(days=1)}, ["2013-12-19"]),
    ],
    ids=["too much", "not what was paid", "nobody", "a stranger", "booked", "too early"],
)
def test_what_is_no_duplicate_stays(paid: World, told: dict[str, Any], found: list[str]) -> None:
    """Whatever does not fit a duplicate must be refused with all that is wrong, and nothing go back."""
    done = correct(paid, **told)
    assert (done.outcome, [fault.found for fault in done.faults]) == (Outcome.REJECT, found)
    assert balance(paid.store, Title.HELD) == yuan(50)


@pytest.mark.clause("HN-4.3.5b")
def test_the_contribution_of_a_void_enrolment_goes_back(paid: World) -> None:
    """20 by the member and 30 by the employer must be taken back, and the receipt must tell."""
    void(paid)
    done = reverse(paid)
    assert (done.outcome, done.returned, done.faults) == (Outcome.PASS, yuan(50), ())
    assert person(paid, Contribution).returned_on == LATER
    assert balance(paid.store, Title.BANK) == yuan(50)
    report = sources_of(paid.store, SCHEME, PERIOD)
    assert [(line.payer, line.amount) for line in report.lines] == [(FundingSource.MEMBER, yuan(50))]
    receipt = receipt_of(paid.store, SCHEME, "R-1")
    assert receipt is not None
    assert (receipt.amount, dict.fromkeys(receipt.lines)) == (
        yuan(100),
        dict.fromkeys(
            sorted(
                (
                    ReceiptLine(member_id=member_id(1), amount=yuan(50), returned=yuan(50)),
                    ReceiptLine(member_id=member_id(2), amount=yuan(50)),
                ),
                key=lambda line: line.member_id,
            )
        ),
    )
    assert verify(paid.host).faults == ()


@pytest.mark.clause("HN-4.3.5b", "ACFTU-14.2a")
def test_what_went_back_is_no_income_of_the_period(paid: World) -> None:
    """After 50 of 100 went back, 50 must be closed and disclosed, for one member."""
    correct(paid, entry_id=EntryId("C-2"))
    void(paid)
    reverse(paid)
    paid.stop()
    closed = paid.close()
    assert (closed.faults, closed.closing and closed.closing.income) == ((), yuan(50))
    disclosed = paid.disclose().disclosure
    assert disclosed is not None
    assert (disclosed.members, disclosed.income_total) == (1, yuan(50))
    assert disclosed.income == ((FundingSource.MEMBER, yuan(50)),)
    assert verify(paid.host).faults == ()


@pytest.mark.clause("ACFTU-2.3b")
def test_who_joins_anew_pays_anew(paid: World) -> None:
    """After an error went back, the person must have no cover until a new payment, kept on both receipts."""
    void(paid)
    reverse(paid)
    anew = EnrolWorkers(scheme_id=SCHEME, period_id=PERIOD, unit_id=UNIT, joiners=(joiner(1),))
    assert enrol_workers(paid.host, paid.act(LATER), anew).result.faults == ()
    assert paid.file(stay(8_000)).reasons == (Reason.NO_PAID_COVER,)
    assert paid.remit(dues(1), entry="R-3", on=LATER).booked == yuan(50)
    assert person(paid, Contribution).is_settled
    assert paid.file(stay(8_000, setl_id="S-9")).outcome is Outcome.PASS
    receipts = [receipt_of(paid.store, SCHEME, EntryId(number)) for number in ("R-1", "R-3")]
    assert [receipt and (receipt.amount, receipt.persons) for receipt in receipts] == [
        (yuan(100), 2),
        (yuan(50), 1),
    ]
    assert verify(paid.host).faults == ()


@pytest.mark.clause("HN-4.3.5b")
def test_a_valid_enrolment_keeps_its_contribution(paid: World) -> None:
    """Without voiding first, and for nobody, nothing must go back."""
    assert [fault.found for fault in reverse(paid).faults] == ["enrolled"]
    assert [fault.found for fault in reverse(paid, member_id=None).faults] == ["not paid"]
    assert person(paid, Contribution).is_settled


def test_a_contribution_goes_back_once(paid: World) -> None:
    """A second correction of the same payment must be refused."""
    void(paid)
    reverse(paid)
    assert [fault.found for fault in reverse(paid, entry_id=EntryId("C-2")).faults] == ["not paid"]


def test_it_waits_for_the_money_of_the_fund(paid: World) -> None:
    """While the fund cannot pay it, the correction must be held."""
    paid.file(stay(200, 2))
    paid.pay("S-2")
    void(paid)
    left = balance(paid.store, Title.BANK)
    done = reverse(paid, on=CLOSED_ON)
    assert left == yuan(40)  # 100 less 30 % of 200
    assert (done.outcome, [fault.clause for fault in done.faults]) == (Outcome.HOLD, ["HN-4.3.5b"])
    paid.grant(100)
    assert reverse(paid, on=CLOSED_ON).outcome is Outcome.PASS


@pytest.mark.clause("ACFTU-S4.2b")
def test_income_is_not_changed_once_the_period_stands_still(paid: World) -> None:
    """After postings stopped, a booked contribution must stay."""
    correct(paid)
    paid.stop()
    assert [fault.clause for fault in reverse(paid, on=CLOSED_ON).faults] == ["ACFTU-S4.2b"]
    assert paid.close().outcome is Outcome.PASS
    assert verify(paid.host).faults == ()


def test_bad_numbers_are_refused(paid: World) -> None:
    """A number of the ledger in use, and a remittance that there is not, must be refused."""
    with pytest.raises(AlreadyExistsError, match="ledger_line 'HN-A/R-1/1' already exists"):
        correct(paid, entry_id=EntryId("R-1"))
    with pytest.raises(NotFoundError):
        correct(paid, remittance_id=EntryId("R-9"))
