"""Transfer: what cannot be written down of a move from one unit to another."""

import datetime
from typing import Any

import pytest

from mutualaid_core.domain.membership.transfer import Transfer, TransferRefusal, TransferState
from mutualaid_core.domain.values.identifiers import PoolId, UnitId
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.testing.samples import PERIOD, SCHEME, UNIT, member_id

PROPOSED_ON = datetime.date(2014, 6, 10)


def transfer(**changes: Any) -> Transfer:  # noqa: ANN401  # any field
    """A proposal of 10 June to move on 15 June, open until 10 July."""
    fields: dict[str, Any] = {
        "transfer_id": "T-1",
        "scheme_id": SCHEME,
        "period_id": PERIOD,
        "member_id": member_id(1),
        "from_unit": UNIT,
        "to_unit": UnitId("U-B"),
        "to_pool": PoolId("430500"),
        "is_inside": True,
        "moves_on": datetime.date(2014, 6, 15),
        "proposed_on": PROPOSED_ON,
        "expires_on": datetime.date(2014, 7, 10),
    }
    return Transfer(**(fields | changes))


def test_a_proposal_is_open() -> None:
    """A transfer must begin as a proposal that nobody has decided."""
    made = transfer()
    assert (made.state, made.decided_on, made.refusal) == (TransferState.PROPOSED, None, None)


@pytest.mark.clause("HN-4.3.5c")
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"to_unit": UNIT}, "to_unit"),
        ({"expires_on": datetime.date(2014, 6, 9)}, "expires_on"),
        ({"decided_on": PROPOSED_ON}, "decided_on"),
        ({"state": TransferState.ACCEPTED}, "decided_on"),
        ({"refusal": TransferRefusal.WRONG_DAY}, "refusal"),
        ({"state": TransferState.REJECTED, "decided_on": PROPOSED_ON}, "refusal"),
    ],
)
def test_a_transfer_that_contradicts_itself_is_refused(changes: dict[str, Any], field: str) -> None:
    """The same unit, days out of order, and a state without its day or reason must be refused."""
    with pytest.raises(InvalidValueError) as caught:
        transfer(**changes)
    assert caught.value.field == field
