"""Receipt (收据): what was booked of a remittance, by source and by member."""

import datetime

import attrs

from mutualaid_core.domain.membership.contribution import PayerShare
from mutualaid_core.domain.values.checks import checked, identifier, positive
from mutualaid_core.domain.values.identifiers import EntryId, MemberId, PeriodId, SchemeId, UnitId
from mutualaid_core.domain.values.money import ZERO, Money, total
from mutualaid_core.domain.values.personal import pseudonym
from mutualaid_core.errors import InvalidValueError


@attrs.frozen(kw_only=True, field_transformer=checked)
class ReceiptLine:
    """Line of a receipt (收据明细): one member by the pseudonym.

    Attributes:
        member_id: Member.
        amount: What was paid.
        returned: What of it went back as an error.
    """

    member_id: MemberId = attrs.field(validator=pseudonym)
    amount: Money
    returned: Money = ZERO


@attrs.frozen(kw_only=True, field_transformer=checked)
class Receipt:
    """Receipt (收据) for a remittance that was booked.

    Attributes:
        receipt_id: Number of the receipt: the id of the remittance.
        scheme_id: Scheme.
        period_id: Period.
        unit_id: Unit.
        received_on: Day on which the last of the money came.
        amount: What was booked.
        by_source: What each source bore; adds up to the amount.
        lines: Members, in the order of the pseudonym; add up to the amount.

    Clause:
        HN-3.1.2b, ACFTU-2.3a, HN-4.3.1
    """

    receipt_id: EntryId = attrs.field(validator=pseudonym)
    scheme_id: SchemeId = attrs.field(validator=identifier)
    period_id: PeriodId = attrs.field(validator=pseudonym)
    unit_id: UnitId = attrs.field(validator=pseudonym)
    received_on: datetime.date
    amount: Money = attrs.field(validator=positive)
    by_source: tuple[PayerShare, ...]
    lines: tuple[ReceiptLine, ...]

    def __attrs_post_init__(self) -> None:
        """Refuse sources or members that do not add up to the amount."""
        for name, parts in (("by_source", self.by_source), ("lines", self.lines)):
            if (found := total(part.amount for part in parts)) != self.amount:
                rule = f"must add up to {self.amount}"
                raise InvalidValueError(name, rule, str(found), clause="HN-3.1.2b")

    @property
    def persons(self) -> int:
        """Number of members."""
        return len(self.lines)
