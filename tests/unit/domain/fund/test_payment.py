"""Payment: above zero, counted from the first instalment."""

import datetime

import attrs
import pytest

from mutualaid_core.domain.fund.payment import Payment
from mutualaid_core.domain.values.money import ZERO, Money
from mutualaid_core.errors import InvalidValueError


@pytest.fixture
def payment() -> Payment:
    """A payment in one instalment."""
    return Payment(
        scheme_id="A",
        period_id="2014",
        claim_id="C-1",
        member_id="M-1",
        instalment=1,
        amount=Money(275_000),
        paid_on=datetime.date(2014, 3, 25),
        entry_id="E-9",
    )


@pytest.mark.parametrize("change", [{"amount": ZERO}, {"amount": Money(-1)}, {"instalment": 0}], ids=str)
def test_a_payment_of_nothing_is_refused(payment: Payment, change: dict[str, object]) -> None:
    """A payment must be above zero and have a number from one."""
    with pytest.raises(InvalidValueError, match=f"{next(iter(change))} must be >= (1|0.01), got"):
        attrs.evolve(payment, **change)
