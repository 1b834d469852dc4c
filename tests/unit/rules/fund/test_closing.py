"""Closing: a surplus rolls into the reserve, a deficit is borne by it, then by the grant."""

import pytest

from mutualaid_core.domain.fund.closing import Closing
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.rules.fund.closing import closing_figures
from mutualaid_core.testing.samples import CLOSED_ON, PERIOD, SCHEME, yuan


def closed(
    *, reserve: int = 0, grant: int = 0, granted: int = 0, income: int = 0, benefits: int = 0
) -> Closing:
    """The closing of a period with these balances in yuan."""
    return closing_figures(
        scheme_id=SCHEME,
        period_id=PERIOD,
        closed_on=CLOSED_ON,
        reserve=yuan(reserve),
        grant=yuan(grant),
        granted=yuan(granted),
        income=yuan(income),
        benefits=yuan(benefits),
    )


@pytest.mark.parametrize(
    ("reserve", "grant", "income", "benefits", "after"),
    [
        (4_000, 0, 50_000, 45_000, (0, 0, 9_000, 0)),  # a surplus of 5,000 goes into the reserve
        (4_000, 2_000, 50_000, 45_000, (0, 0, 9_000, 2_000)),  # and leaves the grant alone
        (4_000, 2_000, 50_000, 50_000, (0, 0, 4_000, 2_000)),  # neither surplus nor deficit
        (4_000, 2_000, 50_000, 53_000, (3_000, 0, 1_000, 2_000)),  # the reserve bears a deficit
        (4_000, 2_000, 50_000, 55_000, (4_000, 1_000, 0, 1_000)),  # then the grant bears the rest
        (4_000, 2_000, 50_000, 56_000, (4_000, 2_000, 0, 0)),  # to the last yuan
        (0, 0, 0, 0, (0, 0, 0, 0)),
    ],
)
def test_reserve_and_grant_bear_a_deficit_in_this_order(
    reserve: int, grant: int, income: int, benefits: int, after: tuple[int, ...]
) -> None:
    """A deficit must be borne by the reserve, then by the grant; a surplus must go into the reserve."""
    done = closed(reserve=reserve, grant=grant, income=income, benefits=benefits)
    assert (done.from_reserve, done.from_grant, done.reserve_after, done.grant_after) == tuple(
        yuan(part) for part in after
    )


def test_a_grant_within_the_period_bears_a_deficit_too() -> None:
    """What was granted within the period must bear a deficit like an earlier grant, and not be opening."""
    done = closed(reserve=4_000, grant=500, granted=1_500, income=50_000, benefits=55_000)
    assert (done.opening_balance, done.granted) == (yuan(4_500), yuan(1_500))
    assert (done.from_reserve, done.from_grant, done.grant_after) == (yuan(4_000), yuan(1_000), yuan(1_000))


def test_a_deficit_that_nobody_bears_is_refused() -> None:
    """A deficit one yuan above reserve and grant together must be refused."""
    with pytest.raises(InvalidValueError) as caught:
        closed(reserve=4_000, grant=2_000, income=50_000, benefits=56_001)
    assert (caught.value.field, caught.value.value, caught.value.clause) == (
        "deficit",
        "6001.00",
        "ACFTU-10.4b",
    )
