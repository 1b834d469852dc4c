"""Open points: none has a default, and none may be left empty."""

import attrs
import pytest

from mutualaid_core.domain.scheme.options import CoverAfter, LargePayment, OpenPoints
from mutualaid_core.domain.values.money import ZERO
from mutualaid_core.errors import InvalidValueError


@pytest.mark.parametrize("kind", [OpenPoints, CoverAfter, LargePayment])
def test_no_open_point_is_answered_by_silence(kind: type) -> None:
    """Whatever the documents leave open must be said by every scheme."""
    assert [field.name for field in attrs.fields(kind) if field.default is not attrs.NOTHING] == []


@pytest.mark.clause("SN-1.4b")
def test_an_heir_shows_papers(open_points: OpenPoints) -> None:
    """A scheme that asks no papers of an heir must be refused."""
    with pytest.raises(InvalidValueError, match="heir_papers must not be empty"):
        attrs.evolve(open_points, heir_papers=())


@pytest.mark.clause("ACFTU-13.5b")
@pytest.mark.parametrize("change", [{"amount": ZERO}, {"window_days": -1}], ids=str)
def test_a_large_payment_has_a_size(open_points: OpenPoints, change: dict[str, object]) -> None:
    """A large payment from nothing on, or a window of fewer days than none, must be refused."""
    with pytest.raises(InvalidValueError, match=f"{next(iter(change))} must be >= "):
        attrs.evolve(open_points.large_payment, **change)
