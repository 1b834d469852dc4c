"""Facts of a claim that nothing speaks against; a test changes the one that it is about."""

import pytest

from mutualaid_core.domain.membership.contribution import Contribution
from mutualaid_core.domain.membership.enrolment import Enrolment
from mutualaid_core.domain.membership.member import Member
from mutualaid_core.domain.scheme.eligibility import Employment, InsuranceType
from mutualaid_core.domain.values.personal import Sex
from mutualaid_core.rules.claims.admission import ClaimFacts
from mutualaid_core.testing.samples import (
    COLLECTED_ON,
    FILED_ON,
    PERIOD,
    PERIOD_RECORD,
    SCHEME,
    UNIT,
    YEAR,
    dues,
    id_number,
    member_id,
    name_of,
    stay,
)


@pytest.fixture
def facts() -> ClaimFacts:
    """An inpatient stay of March 2014, of a member with paid cover, filed in time."""
    number = id_number(1)
    line = dues(1)
    return ClaimFacts(
        settlement=stay(8_000),
        filed_on=FILED_ON,
        period=PERIOD_RECORD,
        unit_admitted=True,
        member=Member(
            member_id=member_id(1),
            name=name_of(1),
            id_number=number,
            sex=Sex.UNKNOWN,
            birth_date=number.birth_date,
        ),
        enrolment=Enrolment(
            scheme_id=SCHEME,
            period_id=PERIOD,
            member_id=member_id(1),
            unit_id=UNIT,
            insurance_type=InsuranceType.EMPLOYEE,
            employment=Employment.REGULAR,
            shares=1,
            cover=YEAR,
        ),
        contribution=Contribution(
            scheme_id=SCHEME,
            period_id=PERIOD,
            member_id=member_id(1),
            unit_id=UNIT,
            amount=line.amount,
            split=line.split,
            received_on=COLLECTED_ON,
            entry_id="R-1",
        ),
    )
