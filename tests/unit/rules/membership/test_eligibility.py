"""Eligibility: whose insurance and employment qualify."""

import attrs
import pytest

from mutualaid_core.domain.scheme.benefit.conditions import CountWithin
from mutualaid_core.domain.scheme.eligibility import Employment, InsuranceType
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.rules.membership.eligibility import check_eligible
from mutualaid_core.rules.membership.facts import MemberFacts
from mutualaid_core.testing.samples import VERSION

TERMS = VERSION.eligibility


def test_a_regular_worker_on_employees_insurance_qualifies() -> None:
    """Employees' insurance and regular employment must qualify."""
    check_eligible(InsuranceType.EMPLOYEE, Employment.REGULAR, TERMS)


@pytest.mark.parametrize(
    "insurance", [InsuranceType.RESIDENT, InsuranceType.BIG_SUM, InsuranceType.CIVIL_SERVANT_SUBSIDY]
)
def test_another_insurance_does_not_qualify(insurance: InsuranceType) -> None:
    """Residents' insurance and supplements alone must be refused with the clause."""
    with pytest.raises(InvalidValueError) as caught:
        check_eligible(insurance, Employment.REGULAR, TERMS)
    assert (caught.value.field, caught.value.value, caught.value.clause) == (
        "insurance_type",
        insurance.value,
        "HN-4.1.1b",
    )


@pytest.mark.parametrize("employment", [Employment.RETIRED, Employment.FLEXIBLE, Employment.DISPATCHED])
def test_another_employment_does_not_qualify(employment: Employment) -> None:
    """Retired, flexible and dispatched workers must be refused where the version admits regular ones."""
    with pytest.raises(InvalidValueError) as caught:
        check_eligible(InsuranceType.EMPLOYEE, employment, TERMS)
    assert (caught.value.field, caught.value.value, caught.value.clause) == (
        "employment",
        employment.value,
        "HN-4.1.1c",
    )


@pytest.mark.parametrize(("age", "qualifies"), [(15, False), (16, True), (60, True), (61, False)])
def test_further_conditions_must_hold(age: int, *, qualifies: bool) -> None:
    """Where a scheme asks for an age from 16 to 60, both ends must qualify and their neighbours not."""
    terms = attrs.evolve(TERMS, when=(CountWithin(fact="age", least=16, most=60),))
    facts = MemberFacts(counts={"age": age})
    if qualifies:
        check_eligible(InsuranceType.EMPLOYEE, Employment.REGULAR, terms, facts)
        return
    with pytest.raises(
        InvalidValueError, match=r"eligibility must meet every condition, got None \[ACFTU-2.1a\]"
    ):
        check_eligible(InsuranceType.EMPLOYEE, Employment.REGULAR, terms, facts)
