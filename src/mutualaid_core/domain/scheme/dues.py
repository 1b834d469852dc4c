"""Dues (互助金): what members pay, and who may bear a part of it."""

import enum

import attrs

from mutualaid_core.domain.values.checks import checked, not_blank, not_empty, positive
from mutualaid_core.domain.values.money import Money


class FundingSource(enum.Enum):
    """Who brings money into the fund (资金来源, HN-4.3.1); each is a sub-account."""

    MEMBER = "member"
    UNION = "union"
    EMPLOYER = "employer"
    GOVERNMENT = "government"
    DONATION = "donation"
    INTEREST = "interest"
    OTHER = "other"


@attrs.frozen(kw_only=True, field_transformer=checked)
class Dues:
    """Dues (互助金缴费标准) per share and period.

    Attributes:
        amount: What one share costs for one period.
        shares_max: Shares that one person may hold.
        payers: Who may bear a part.
        source: Where the rule is printed.

    Clause:
        HN-4.3.4b, HN-4.3.4c, HN-4.3.5a, ACFTU-2.3a
    """

    amount: Money = attrs.field(validator=positive)
    shares_max: int = attrs.field(validator=positive)
    payers: tuple[FundingSource, ...] = attrs.field(validator=not_empty)
    source: str = attrs.field(validator=not_blank)
