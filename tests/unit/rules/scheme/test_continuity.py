"""Periods follow each other, the first one follows none; a version without an end ends before the next."""

import datetime

import attrs
import pytest

from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.rules.scheme.continuity import as_published, ended_by, period_faults, version_faults
from mutualaid_core.testing.samples import PERIOD_RECORD, VERSION

DAY = datetime.date
OPEN = attrs.evolve(VERSION, last_day=None)
"""Begins with 2014, without an end."""


def version(first_day: datetime.date, last_day: datetime.date | None = None) -> SchemeVersion:
    """A further version."""
    return attrs.evolve(VERSION, version_id="V-2", first_day=first_day, last_day=last_day)


def test_a_first_period_follows_none() -> None:
    """A period without earlier ones must have nothing to follow."""
    assert period_faults(PERIOD_RECORD, ()) == ()


@pytest.mark.clause("ACFTU-4.3c")
def test_a_version_without_an_end_ends_before_the_next() -> None:
    """From 2015 on the next version holds, so that the one before ends with 2014."""
    after = version(DAY(2015, 1, 1))
    assert ended_by(after, (OPEN,), (PERIOD_RECORD,)) == attrs.evolve(OPEN, last_day=DAY(2014, 12, 31))
    assert version_faults(after, (OPEN,), (PERIOD_RECORD,)) == ()


@pytest.mark.clause("ACFTU-4.3c")
@pytest.mark.parametrize(
    ("first_day", "last_day", "known", "advice"),
    [
        (DAY(2014, 7, 1), None, OPEN, "begin after 2014-12-31"),
        (VERSION.first_day, None, OPEN, "begin after 2014-12-31"),
        (DAY(2014, 12, 31), None, attrs.evolve(OPEN, last_day=DAY(2015, 3, 31)), "begin after 2015-03-31"),
        (DAY(2013, 1, 1), DAY(2014, 1, 1), OPEN, f"end before {VERSION.first_day.isoformat()}"),
    ],
    ids=["inside-a-period", "the-same-day", "before-its-end", "before-it"],
)
def test_two_versions_of_one_day_are_told_apart(
    first_day: datetime.date, last_day: datetime.date | None, known: SchemeVersion, advice: str
) -> None:
    """What would hold together with another must be refused with the day that would do."""
    later = version(first_day, last_day)
    (fault,) = version_faults(later, (known,), (PERIOD_RECORD,))
    assert (fault.rule, fault.clause) == (
        f"must not be in force together with {VERSION.version_id}; {advice}",
        "ACFTU-4.3c",
    )
    assert ended_by(later, (known,), (PERIOD_RECORD,)) is None


@pytest.mark.clause("ACFTU-4.3c")
def test_a_version_keeps_the_end_that_was_set() -> None:
    """As told without an end it is the published one; with other terms, or another end, it is not."""
    ended = attrs.evolve(OPEN, last_day=DAY(2014, 12, 31))
    others = (version(DAY(2015, 1, 1)), ended)
    assert as_published(OPEN, others) == ended
    for told in (attrs.evolve(OPEN, last_day=DAY(2015, 12, 31)), attrs.evolve(OPEN, policy_id="P-9")):
        assert as_published(told, others) == told
