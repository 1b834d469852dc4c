"""Work subsidy: so much by the head, in the years of the policy alone."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutualaid_core.domain.scheme.policy.fund import Subsidy
from mutualaid_core.domain.values.money import ZERO, Money
from mutualaid_core.rules.membership.paying.subsidy import SubsidyReason, work_subsidy
from mutualaid_core.testing.samples import POLICY, yuan

HUNAN = attrs.evolve(
    POLICY,
    subsidies=(Subsidy(per_head=Money(50), first_year=2014, last_year=2016, source="HN-4.6.3"),),
)


@pytest.mark.clause("HN-4.6.3")
@pytest.mark.parametrize(
    ("persons", "year", "amount"),
    [
        (1_000_000, 2014, "500000.00"),
        (71_301, 2015, "35650.50"),
        (1, 2016, "0.50"),
    ],
)
def test_half_a_yuan_a_head(persons: int, year: int, amount: str) -> None:
    """1,000,000 persons must give 500,000.00, 71,301 must give 35,650.50, to the fen."""
    due = work_subsidy(persons, year, HUNAN)
    assert (due.amount, due.reason, due.sources) == (yuan(amount), None, ("HN-4.6.3",))


@pytest.mark.clause("HN-4.6.3")
@pytest.mark.parametrize("year", [2013, 2017])
def test_nothing_outside_the_years(year: int) -> None:
    """2013 and 2017 must give 0.00, and say that they lie outside the years."""
    due = work_subsidy(71_301, year, HUNAN)
    assert (due.amount, due.reason, due.reason and due.reason.value) == (
        ZERO,
        SubsidyReason.OUTSIDE_YEARS,
        "outside years",
    )


def test_nobody_is_a_reason_of_its_own() -> None:
    """A year of the subsidy in which nobody takes part must not be said to lie outside."""
    assert work_subsidy(0, 2014, HUNAN).reason is SubsidyReason.NOBODY


@given(st.integers(0, 10**7), st.integers(0, 10**7))
def test_a_subsidy_adds_up_over_groups(one: int, other: int) -> None:
    """Two groups counted together must give what they give apart."""
    together = work_subsidy(one + other, 2015, HUNAN).amount
    assert together == work_subsidy(one, 2015, HUNAN).amount + work_subsidy(other, 2015, HUNAN).amount
