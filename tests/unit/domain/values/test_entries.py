"""Ids of entries: what is made here begins as nothing that a host can give."""

import attrs
import pytest

from mutualaid_core.domain.values.checks import checked
from mutualaid_core.domain.values.entries import (
    OWN_PREFIXES,
    approval_entry_id,
    closing_entry_id,
    given_entry,
    grant_of_year_id,
    payment_entry_id,
    remittance_of_year_id,
)
from mutualaid_core.domain.values.identifiers import ClaimId, EntryId, PeriodId, UnitId
from mutualaid_core.errors import InvalidValueError


@attrs.frozen(kw_only=True, field_transformer=checked)
class Given:
    """Something with the id of an entry."""

    entry_id: EntryId = attrs.field(validator=given_entry)


MADE = (
    approval_entry_id(ClaimId("S-1")),
    payment_entry_id(ClaimId("S-1")),
    closing_entry_id(PeriodId("2014")),
    remittance_of_year_id(PeriodId("2014"), UnitId("EX101"), 1),
    grant_of_year_id(PeriodId("2014"), 1),
)


@pytest.mark.clause("ACFTU-8.1e")
@pytest.mark.parametrize("made", MADE)
def test_what_is_made_here_cannot_be_given(made: EntryId) -> None:
    """Ids of approvals, payments, closings and runs must be refused, with what to do."""
    assert made.startswith(OWN_PREFIXES)
    with pytest.raises(InvalidValueError, match="must not begin with A-, P-, close-, Y- or YG-") as raised:
        Given(entry_id=made)
    assert (raised.value.clause, raised.value.hint[:15]) == ("ACFTU-8.1e", "give another id")


@pytest.mark.parametrize("given", ["R-2014-EX101-1", "G-2014-1", "AG-1", "PAY-1", "closed-1", "Y1"])
def test_other_ids_can_be_given(given: str) -> None:
    """Ids that only look alike must pass."""
    assert Given(entry_id=EntryId(given)).entry_id == given


def test_it_is_a_pseudonym() -> None:
    """An id with a blank must be refused as any other."""
    with pytest.raises(InvalidValueError, match="entry_id must be 1 to 64 bytes"):
        Given(entry_id=EntryId("R 1"))
