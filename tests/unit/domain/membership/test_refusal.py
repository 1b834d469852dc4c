"""Refusals: what a unit told stays on record, with a reason or with none that is known."""

import datetime

import pytest

from mutualaid_core.domain.membership.refusal import Refusal
from mutualaid_core.domain.scheme.policy.membership import RefusalReason
from mutualaid_core.domain.values.identifiers import PeriodId, SchemeId, UnitId
from mutualaid_core.errors import InvalidValueError


def refusal(reason: RefusalReason | None, refusal_id: str = "RF-1") -> Refusal:
    """A refusal of the sample unit."""
    return Refusal(
        refusal_id=refusal_id,
        scheme_id=SchemeId("SN-A"),
        period_id=PeriodId("2021"),
        unit_id=UnitId("U-1"),
        reason=reason,
        told_on=datetime.date(2021, 3, 1),
        is_valid=reason is None,
    )


@pytest.mark.parametrize("reason", [None, *RefusalReason])
def test_a_refusal_keeps_its_reason(reason: RefusalReason | None) -> None:
    """Every reason, and none, must be kept as it was told."""
    assert refusal(reason).reason is reason


def test_a_refusal_needs_an_id() -> None:
    """An empty id must be refused."""
    with pytest.raises(InvalidValueError, match="refusal_id"):
        refusal(None, "")
