"""Fault: a sentence, and a clause that exists."""

import pytest

from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.errors import InvalidValueError


def test_a_fault_is_a_sentence() -> None:
    """The text must say what, how it must be, what was found and by which clause."""
    fault = Fault(subject="dues.amount", rule="must be 40.00 to 60.00", found="39.99", clause="HN-4.3.4b")
    assert str(fault) == "dues.amount must be 40.00 to 60.00, got 39.99 [HN-4.3.4b]"


def test_a_fault_cites_a_clause_that_exists() -> None:
    """A clause that no document has must be refused."""
    with pytest.raises(InvalidValueError, match="clause must be an id of a source document"):
        Fault(subject="dues.amount", rule="must be 40.00", found="39.99", clause="HN-9.9")
