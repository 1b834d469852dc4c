"""Burden: what is left after all payers, and whether the insurance has settled."""

import pytest
from hypothesis import given

from mutualaid_core.domain.claims.settlement import FUND_FIELDS
from mutualaid_core.domain.scheme.eligibility import InsuranceType
from mutualaid_core.domain.values.money import ZERO, Money
from mutualaid_core.rules.claims.burden import residual_burden, self_pay_of, unsettled_faults
from mutualaid_core.testing import strategies as values
from mutualaid_core.testing.samples import stay, yuan

UNPAID = stay(800, fund_pay_sumamt=ZERO, **dict.fromkeys(FUND_FIELDS, ZERO))
"""11,800 in scope, of which no fund has paid anything."""


@pytest.mark.parametrize(
    ("insured", "deductible", "waits"),
    [
        (InsuranceType.EMPLOYEE, 0, True),
        (InsuranceType.EMPLOYEE, 11_799, True),
        (InsuranceType.EMPLOYEE, 11_800, False),
        (None, 0, False),
    ],
    ids=["insured", "just above the deductible", "below the deductible", "not insured"],
)
def test_a_stay_waits_for_the_insurance(insured: InsuranceType | None, deductible: int, waits: bool) -> None:  # noqa: FBT001  # the fact itself
    """Only a stay of the insured for which the insurance had something to pay must wait."""
    settlement = stay(
        800, fund_pay_sumamt=ZERO, act_pay_dedc=yuan(deductible), **dict.fromkeys(FUND_FIELDS, ZERO)
    )
    assert bool(unsettled_faults(settlement, insured)) is waits


@given(benefit=values.money(0, 10**7))
def test_what_is_left_is_never_below_nothing(benefit: Money) -> None:
    """What is left must be what was borne less the benefit, and at least nothing."""
    found = self_pay_of(UNPAID, benefit)
    assert found.after == max(found.before - benefit, ZERO)
    assert residual_burden((found, found)) == found.after + found.after
