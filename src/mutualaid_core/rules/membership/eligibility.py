"""Eligibility (参加资格): whether a worker may join."""

from mutualaid_core.clauses import implements
from mutualaid_core.domain.scheme.eligibility import Eligibility, Employment, InsuranceType
from mutualaid_core.errors import InvalidValueError


@implements("HN-4.1.1b", "HN-4.1.1c", "SN-1.5")
def check_eligible(insurance_type: InsuranceType, employment: Employment, terms: Eligibility) -> None:
    """Refuse a worker whose basic insurance or employment does not qualify.

    Raises:
        InvalidValueError: With the field that is wrong and its clause.

    Clause:
        HN-4.1.1b, HN-4.1.1c, SN-1.5
    """
    if insurance_type not in terms.insurance_types:
        allowed = ", ".join(each.value for each in terms.insurance_types)
        raise InvalidValueError(
            "insurance_type", f"must be {allowed}", insurance_type.value, clause="HN-4.1.1b"
        )
    if employment not in terms.employments:
        allowed = ", ".join(each.value for each in terms.employments)
        raise InvalidValueError("employment", f"must be {allowed}", employment.value, clause="HN-4.1.1c")
