"""Enrolment: at least one share."""

import datetime

import pytest

from mutualaid_core.domain.membership.enrolment import Enrolment
from mutualaid_core.domain.scheme.eligibility import Employment, InsuranceType
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.errors import InvalidValueError


@pytest.mark.parametrize("shares", [0, -1])
def test_an_enrolment_holds_a_share(shares: int) -> None:
    """An enrolment without a share must be refused."""
    with pytest.raises(InvalidValueError, match=f"shares must be >= 1, got {shares}"):
        Enrolment(
            scheme_id="A",
            period_id="2014",
            member_id="M-1",
            unit_id="U-1",
            insurance_type=InsuranceType.EMPLOYEE,
            employment=Employment.REGULAR,
            shares=shares,
            cover=DayRange(datetime.date(2014, 1, 1), datetime.date(2014, 12, 31)),
        )
