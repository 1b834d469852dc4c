"""Payment (给付): money that left the fund for a claim."""

import datetime

import attrs

from mutualaid_core.domain.values.checks import checked, identifier, positive
from mutualaid_core.domain.values.identifiers import ClaimId, EntryId, MemberId, PeriodId, SchemeId
from mutualaid_core.domain.values.money import Money


@attrs.frozen(kw_only=True, field_transformer=checked)
class Payment:
    """Payment (给付) of an approved claim.

    Attributes:
        scheme_id: Scheme.
        period_id: Period of the claim.
        claim_id: Claim.
        member_id: Member.
        instalment: 1, 2, 3 …; a claim is paid in one unless a bank returns it.
        amount: What was paid.
        paid_on: Business day.
        entry_id: Ledger entry.

    Clause:
        ACFTU-12.1b, HN-5.2.2b
    """

    scheme_id: SchemeId = attrs.field(validator=identifier)
    period_id: PeriodId = attrs.field(validator=identifier)
    claim_id: ClaimId = attrs.field(validator=identifier)
    member_id: MemberId = attrs.field(validator=identifier)
    instalment: int = attrs.field(validator=positive)
    amount: Money = attrs.field(validator=positive)
    paid_on: datetime.date
    entry_id: EntryId = attrs.field(validator=identifier)
