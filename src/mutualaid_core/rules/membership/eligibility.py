"""Eligibility (参加资格): whether a worker may join."""

from mutualaid_core.clauses import implements
from mutualaid_core.domain.scheme.eligibility import Eligibility, Employment, InsuranceType
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.rules.membership.facts import NO_FACTS, MemberFacts
from mutualaid_core.rules.scheme.fit import all_hold


@implements("HN-4.1.1b", "HN-4.1.1c", "SN-1.5")
def check_eligible(
    insurance_type: InsuranceType,
    employment: Employment,
    terms: Eligibility,
    facts: MemberFacts = NO_FACTS,
) -> None:
    """Refuse a worker whose basic insurance, employment or other facts do not qualify.

    Args:
        insurance_type: Basic insurance.
        employment: Form of employment.
        terms: Who may join.
        facts: What the further conditions of *terms* may ask, on the first day of cover.

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
    if not all_hold(terms.when, facts):
        raise InvalidValueError("eligibility", "must meet every condition", None, clause="ACFTU-2.1a")
