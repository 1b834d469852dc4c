"""Ids of ledger entries (凭证号): some are made here, all others are given by whoever acts.

Both stand in one ledger. What is made here cannot be given, so that no entry of a host ever takes
the place of one that an approval, a payment, a closing or a run of a year will need.
"""

from typing import Final

from mutualaid_core.domain.values.checks import Field, public_name
from mutualaid_core.domain.values.identifiers import ClaimId, EntryId, PeriodId, UnitId
from mutualaid_core.domain.values.personal import pseudonym
from mutualaid_core.errors import InvalidValueError

_APPROVAL, _PAYMENT, _CLOSING = "A-", "P-", "close-"
_REMITTANCE_OF_YEAR, _GRANT_OF_YEAR = "Y-", "YG-"

OWN_PREFIXES: Final = (_APPROVAL, _PAYMENT, _CLOSING, _REMITTANCE_OF_YEAR, _GRANT_OF_YEAR)
"""How the ids begin that are made here: of approvals, payments, closings, and of a year that is run."""


def approval_entry_id(claim_id: ClaimId) -> EntryId:
    """Id of the entry by which the benefit of a claim is owed."""
    return EntryId(f"{_APPROVAL}{claim_id}")


def payment_entry_id(claim_id: ClaimId) -> EntryId:
    """Id of the entry by which the benefit of a claim is paid."""
    return EntryId(f"{_PAYMENT}{claim_id}")


def closing_entry_id(period_id: PeriodId) -> EntryId:
    """Id of the entry by which a period is rolled into the reserve."""
    return EntryId(f"{_CLOSING}{period_id}")


def remittance_of_year_id(period_id: PeriodId, unit_id: UnitId, number: int) -> EntryId:
    """Id of a remittance of a unit in a year that is run from its files."""
    return EntryId(f"{_REMITTANCE_OF_YEAR}{period_id}-{unit_id}-{number}")


def grant_of_year_id(period_id: PeriodId, number: int) -> EntryId:
    """Id of a grant in a year that is run from its files."""
    return EntryId(f"{_GRANT_OF_YEAR}{period_id}-{number}")


def given_entry(owner: object, field: Field, value: str) -> None:
    """The id of an entry, as whoever acts gives it: a ``pseudonym`` that is none of those made here.

    Raises:
        InvalidValueError: It is no pseudonym, or begins as an id that is made here.

    Clause:
        ACFTU-8.1e
    """
    pseudonym(owner, field, value)
    if value.startswith(OWN_PREFIXES):
        rule = "must not begin with A-, P-, close-, Y- or YG-, as the ids that are made for other entries"
        hint = "give another id, such as one that begins with R-"
        raise InvalidValueError(public_name(field), rule, value, clause="ACFTU-8.1e", hint=hint)
