"""Payment: what was approved leaves the fund once, if the money is there."""

import datetime

import pytest

from mutualaid_core.domain.claims.claim import Claim, ClaimState
from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.fund.account import Title
from mutualaid_core.domain.fund.payment import Payment
from mutualaid_core.domain.scheme.period import Period
from mutualaid_core.domain.values.money import ZERO
from mutualaid_core.domain.values.personal import PersonName
from mutualaid_core.errors import NotFoundError
from mutualaid_core.services.closing import PeriodStopped
from mutualaid_core.testing.samples import CLOSED_ON, FILED_ON, PERIOD, SCHEME, member_id, stay, yuan
from mutualaid_core.testing.world import World, balance
from mutualaid_core.work import Purpose, Work, read_all, read_one


def test_an_approved_claim_is_paid(funded: World) -> None:
    """2,550 must leave the bank, settle the debt, and stand on record as a payment."""
    funded.file(stay(8_000))
    done = funded.pay("S-1")
    assert (done.outcome, done.amount) == (Outcome.PASS, yuan(2_550))
    assert (balance(funded.store, Title.BANK), balance(funded.store, Title.PAYABLE)) == (
        yuan(60_100 - 2_550),
        ZERO,
    )
    (payment,) = read_all(funded.store, Payment)
    assert (payment.claim_id, payment.member_id, payment.amount) == ("S-1", member_id(1), yuan(2_550))


def test_a_claim_is_paid_once(funded: World) -> None:
    """A second payment under another key must be refused."""
    funded.file(stay(8_000))
    funded.pay("S-1")
    done = funded.pay("S-1")
    assert (done.outcome, [fault.found for fault in done.faults]) == (Outcome.REJECT, ["paid"])
    assert len(list(read_all(funded.store, Payment))) == 1


def test_a_claim_approved_at_nothing_is_settled_without_a_payment(funded: World) -> None:
    """A benefit of nothing must settle the claim and leave no payment."""
    funded.file(stay(0))
    assert funded.pay("S-1").outcome is Outcome.PASS
    assert read_one(funded.store, Claim, "HN-A/S-1").state is ClaimState.PAID
    assert list(read_all(funded.store, Payment)) == []


@pytest.mark.parametrize(
    ("changes", "state"), [({"med_type": "11"}, "refused"), ({"psn_name": PersonName("李四")}, "held")]
)
def test_what_was_not_approved_is_not_paid(funded: World, changes: dict[str, object], state: str) -> None:
    """A refused and a held claim must not be paid."""
    funded.file(stay(8_000, **changes))
    done = funded.pay("S-1")
    assert (done.outcome, done.amount, done.faults[0].found) == (Outcome.REJECT, ZERO, state)


def test_without_money_a_payment_is_held(joined: World) -> None:
    """2,550 owed with 100 at the bank must be held, and the claim stay approved."""
    joined.file(stay(8_000))
    done = joined.pay("S-1")
    assert (done.outcome, done.faults[0].clause, done.faults[0].rule) == (
        Outcome.HOLD,
        "ACFTU-10.4b",
        "must be covered by the 100.00 in the account",
    )
    assert read_one(joined.store, Claim, "HN-A/S-1").state is ClaimState.APPROVED


def test_what_was_held_is_paid_when_money_has_come(joined: World) -> None:
    """A payment that was held must be made under a new key once the money is there."""
    joined.file(stay(8_000))
    joined.pay("S-1")
    joined.grant(10_000)
    assert joined.pay("S-1").outcome is Outcome.PASS


def test_the_last_yuan_can_be_paid(joined: World) -> None:
    """A benefit of exactly the balance must be paid."""
    joined.grant(2_450)
    joined.file(stay(8_000))
    assert joined.pay("S-1").outcome is Outcome.PASS
    assert balance(joined.store, Title.BANK) == ZERO


def test_nothing_is_paid_before_payments_begin(funded: World) -> None:
    """A payment of 31 December 2013 must be refused."""
    funded.file(stay(8_000))
    done = funded.pay("S-1", on=datetime.date(2013, 12, 31))
    assert (done.outcome, done.faults[0].clause) == (Outcome.REJECT, "HN-5.2.2b")


def test_an_unknown_claim_is_an_error(funded: World) -> None:
    """A claim that does not exist must be an error, not a refusal."""
    with pytest.raises(NotFoundError, match="claim 'HN-A/S-9' does not exist"):
        funded.pay("S-9")


def _stop_by_hand(world: World, state: str) -> None:
    """Put the period into a state, as an act that was under way at the same time may find it."""
    purpose = Purpose(name="stop", subject=PERIOD, chain=SCHEME, answer=PeriodStopped)
    with Work(world.host, world.act(), purpose) as work:
        period = work.get(Period, f"{SCHEME}/{PERIOD}")
        fields = {"scheme_id": SCHEME, "period_id": PERIOD, "cover": period.cover}
        work.replace(Period(**fields, state=type(period.state)(state)))
        work.commit(b"f")


def test_what_was_approved_is_paid_while_the_period_closes(funded: World) -> None:
    """A claim approved in the moment of stopping must be paid, or the period could never close."""
    funded.file(stay(8_000))
    _stop_by_hand(funded, "closing")
    assert funded.pay("S-1", on=CLOSED_ON).outcome is Outcome.PASS


def test_nothing_is_paid_in_a_closed_period(funded: World) -> None:
    """Once the period is closed, a payment in it must be refused."""
    funded.file(stay(8_000))
    _stop_by_hand(funded, "closed")
    done = funded.pay("S-1", on=FILED_ON)
    assert (done.outcome, done.faults[0].rule) == (Outcome.REJECT, "must not be closed")
