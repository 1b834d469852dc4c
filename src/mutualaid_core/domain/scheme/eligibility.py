"""Eligibility (参加条件): who may join a scheme."""

import enum

import attrs

from mutualaid_core.domain.scheme.benefit.conditions import Condition
from mutualaid_core.domain.values.checks import checked, not_blank, not_empty


class InsuranceType(enum.Enum):
    """Basic insurance of a member (险种类型), by the national code."""

    EMPLOYEE = "310"
    CIVIL_SERVANT_SUBSIDY = "320"
    BIG_SUM = "330"
    RESIDENT = "390"


class Employment(enum.Enum):
    """Form of employment (用工形式)."""

    REGULAR = "regular"
    DISPATCHED = "dispatched"
    FLEXIBLE = "flexible"
    RETIRED = "retired"


@attrs.frozen(kw_only=True, field_transformer=checked)
class Eligibility:
    """Who may join (参加条件).

    Attributes:
        insurance_types: Basic insurances that qualify.
        employments: Forms of employment that qualify.
        when: Further conditions on the member on the first day of cover, such as age.
        source: Where the rule is printed.

    Clause:
        HN-4.1.1b, HN-4.1.1c
    """

    insurance_types: tuple[InsuranceType, ...] = attrs.field(validator=not_empty)
    employments: tuple[Employment, ...] = attrs.field(validator=not_empty)
    when: tuple[Condition, ...] = ()
    source: str = attrs.field(validator=not_blank)
