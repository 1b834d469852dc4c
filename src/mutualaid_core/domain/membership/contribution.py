"""Contribution (互助金缴纳): what was paid for one enrolment, and by whom."""

import datetime

import attrs

from mutualaid_core.domain.scheme.dues import FundingSource
from mutualaid_core.domain.values.checks import checked, identifier, not_empty, not_negative, positive
from mutualaid_core.domain.values.identifiers import EntryId, MemberId, PeriodId, SchemeId, UnitId
from mutualaid_core.domain.values.money import Money, total
from mutualaid_core.errors import InvalidValueError


@attrs.frozen(kw_only=True, field_transformer=checked)
class PayerShare:
    """What one source bears of a contribution (分担)."""

    payer: FundingSource
    amount: Money = attrs.field(validator=not_negative)


@attrs.frozen(kw_only=True, field_transformer=checked)
class Contribution:
    """Contribution (互助金缴纳), one per enrolment: paid once, never refunded (HN-4.3.5).

    Attributes:
        scheme_id: Scheme.
        period_id: Period.
        member_id: Member.
        unit_id: Unit that remitted it.
        amount: What was paid.
        split: Who bore it; the parts add up to the amount.
        received_on: Day on which the fund had it.
        entry_id: Ledger entry of the remittance.

    Clause:
        ACFTU-2.3a, HN-4.3.1, HN-4.3.5a, SN-2.3.5b
    """

    scheme_id: SchemeId = attrs.field(validator=identifier)
    period_id: PeriodId = attrs.field(validator=identifier)
    member_id: MemberId = attrs.field(validator=identifier)
    unit_id: UnitId = attrs.field(validator=identifier)
    amount: Money = attrs.field(validator=positive)
    split: tuple[PayerShare, ...] = attrs.field(validator=not_empty)
    received_on: datetime.date
    entry_id: EntryId = attrs.field(validator=identifier)

    def __attrs_post_init__(self) -> None:
        """Refuse a split that does not add up, and a payer named twice."""
        payers = [part.payer for part in self.split]
        if len(set(payers)) != len(payers):
            raise InvalidValueError("split", "must name each payer once", len(payers), clause="ACFTU-2.3a")
        if (parts := total(part.amount for part in self.split)) != self.amount:
            raise InvalidValueError("split", f"must add up to {self.amount}", str(parts), clause="ACFTU-2.3a")
