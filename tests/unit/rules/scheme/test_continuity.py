"""Periods follow each other; the first one follows none."""

from mutualaid_core.rules.scheme.continuity import period_faults
from mutualaid_core.testing.samples import PERIOD_RECORD


def test_a_first_period_follows_none() -> None:
    """A period without earlier ones must have nothing to follow."""
    assert period_faults(PERIOD_RECORD, ()) == ()
