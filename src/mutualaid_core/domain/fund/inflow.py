"""Inflow and disposal (资金流入、结余处置): what comes into the pool, and what becomes of what is left."""

import datetime
import enum

import attrs

from mutualaid_core.domain.scheme.policy.fund import SurplusUse
from mutualaid_core.domain.values.checks import checked, identifier, optional, positive
from mutualaid_core.domain.values.identifiers import PeriodId, SchemeId
from mutualaid_core.domain.values.money import Money
from mutualaid_core.domain.values.personal import impersonal_text
from mutualaid_core.errors import InvalidValueError


class InflowKind(enum.Enum):
    """What money is (资金性质)."""

    CONTRIBUTION = "contribution"
    """互助金"""
    DONATION = "donation"
    """捐赠"""
    GOVERNMENT_GRANT = "government_grant"
    """政府补助"""
    UNION_GRANT = "union_grant"
    """工会对互助金的补助; not what a union gives for the cost of the work."""
    INTEREST = "interest"
    """利息"""
    COMMERCIAL_PREMIUM = "commercial_premium"
    """商业补充医疗保险保费"""


class Book(enum.Enum):
    """Book (账套) in which money is put down."""

    FUND = "fund"
    """互助金账"""
    UNION = "union"
    """工会经费账"""
    COMMERCIAL = "commercial"
    """商业补充医疗保险账"""


@attrs.frozen(kw_only=True, field_transformer=checked)
class Inflow:
    """Inflow (资金流入).

    Attributes:
        scheme_id: Scheme for which it is meant.
        period_id: Period.
        kind: What it is.
        book: Book in which it is to be put down.
        amount: How much.
        giver: Who gave it, as it stands in the books.
        received_on: Business day.

    Clause:
        HN-2.2a, HN-3.1.4a
    """

    scheme_id: SchemeId = attrs.field(validator=identifier)
    period_id: PeriodId = attrs.field(validator=identifier)
    kind: InflowKind
    book: Book
    amount: Money = attrs.field(validator=positive)
    giver: str = attrs.field(validator=impersonal_text)
    received_on: datetime.date


@attrs.frozen(kw_only=True, field_transformer=checked)
class SurplusDisposal:
    """Disposal of a surplus (结余处置方案).

    Attributes:
        use: What is to become of it.
        purpose: Code of what it is then spent on, where it stays with the workers.
        document: Number of the plan.

    Clause:
        ACFTU-4.4b, HN-2.1b
    """

    use: SurplusUse
    purpose: str | None = attrs.field(default=None, validator=optional(identifier))
    document: str = attrs.field(validator=impersonal_text)

    def __attrs_post_init__(self) -> None:
        """Refuse a plan that does not say for what the money stays."""
        if self.use is SurplusUse.ROLL_FORWARD and self.purpose is None:
            raise InvalidValueError("purpose", "must be given for what is kept", None, clause="ACFTU-4.4b")
