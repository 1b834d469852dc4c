"""Pricing memos: a band allows something."""

import pytest

from mutualaid_core.domain.governance.pricing import BenefitBand
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.errors import InvalidValueError


def test_a_band_allows_something() -> None:
    """A highest share below the least must be refused; equal ones are a band."""
    BenefitBand(low=Ratio(70, 100), high=Ratio(7, 10), source="办法")
    with pytest.raises(InvalidValueError, match="high must be >= 70%"):
        BenefitBand(low=Ratio(70, 100), high=Ratio(69, 100), source="办法")
