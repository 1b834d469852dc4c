"""Additions: an organisation changes by further terms alone."""

import datetime
from collections.abc import Callable

import attrs
import pytest

from mutualaid_core.domain.membership.organisation import (
    Organisation,
    OrganisationKind,
    OrganisationLevel,
)
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.rules.membership.organisation.additions import addition_faults, closed, moved

DAY = datetime.date


@pytest.fixture
def county(union: Callable[..., Organisation]) -> Organisation:
    """A county with a term that has ended and one that goes on."""
    first = union("county", OrganisationLevel.COUNTY, "changsha", "430121", last_day=DAY(2015, 12, 31))
    later = attrs.evolve(first.terms[0], first_day=DAY(2016, 1, 1), last_day=None, name="new")
    return attrs.evolve(first, terms=(first.terms[0], later))


def test_what_is_the_same_alters_nothing(county: Organisation) -> None:
    """An organisation must be allowed to stay as it is."""
    assert addition_faults(county, county) == ()


def test_a_move_adds_a_term(county: Organisation) -> None:
    """The term that goes on must end on the day before the new one, which is no fault."""
    term = attrs.evolve(county.terms[1], first_day=DAY(2018, 5, 1), parent_id="other")
    after = moved(county, term)
    assert [each.last_day for each in after.terms] == [DAY(2015, 12, 31), DAY(2018, 4, 30), None]
    assert addition_faults(county, after) == ()


def test_a_closed_organisation_may_begin_again(county: Organisation) -> None:
    """A term after a gap must leave the ones before as they are."""
    ended = closed(county, DAY(2018, 4, 30))
    again = moved(ended, attrs.evolve(county.terms[1], first_day=DAY(2020, 1, 1)))
    assert [each.last_day for each in again.terms] == [DAY(2015, 12, 31), DAY(2018, 4, 30), None]
    assert (addition_faults(county, ended), addition_faults(ended, again)) == ((), ())


@pytest.mark.parametrize("day", [DAY(2016, 1, 1), DAY(2015, 6, 1)])
def test_a_move_into_the_past_is_refused(county: Organisation, day: datetime.date) -> None:
    """A term that begins no later than the last one must be refused."""
    with pytest.raises(InvalidValueError):
        moved(county, attrs.evolve(county.terms[1], first_day=day))


def test_an_end_before_the_beginning_is_refused(county: Organisation) -> None:
    """A last day before the first of the term must be refused."""
    with pytest.raises(InvalidValueError, match="last_day must be"):
        closed(county, DAY(2015, 12, 31))


def test_nothing_written_is_altered(county: Organisation) -> None:
    """An ended term, an open term, level and kind that differ must all be told."""
    first, later = county.terms
    other = attrs.evolve(
        county,
        level=OrganisationLevel.POOL,
        kind=OrganisationKind.INDUSTRY,
        terms=(attrs.evolve(first, name="x"), attrs.evolve(later, name="y")),
    )
    assert [fault.rule for fault in addition_faults(county, other)] == [
        "must stay county",
        "must stay geographic",
        "must keep its term from 2014-01-01",
        "must keep its term from 2016-01-01, or end it",
        "must add terms after those that it has",
    ]


def test_no_term_is_put_before_the_others(county: Organisation) -> None:
    """A term before all others would alter the past and must be told."""
    early = attrs.evolve(county.terms[0], first_day=DAY(2010, 1, 1), last_day=DAY(2010, 12, 31))
    found = addition_faults(county, attrs.evolve(county, terms=(early, *county.terms)))
    assert [(fault.found, fault.clause) for fault in found] == [("2010-01-01", "ACFTU-11.1b")]
