"""Eligibility: somebody must be able to join."""

import attrs
import pytest

from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.errors import InvalidValueError


@pytest.mark.parametrize("field", ["insurance_types", "employments"])
def test_somebody_may_join(version: SchemeVersion, field: str) -> None:
    """An empty list of those who qualify must be refused."""
    with pytest.raises(InvalidValueError, match=f"{field} must not be empty"):
        attrs.evolve(version.eligibility, **{field: ()})
