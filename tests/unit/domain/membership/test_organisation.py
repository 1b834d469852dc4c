"""Organisation: which kinds stand at which level, and which terms go together."""

import datetime
from typing import Any

import attrs
import pytest

from mutualaid_core.domain.membership.organisation import (
    KINDS_OF_LEVEL,
    Organisation,
    OrganisationKind,
    OrganisationLevel,
    OrganisationTerm,
)
from mutualaid_core.errors import InvalidValueError

DAY = datetime.date


@pytest.fixture
def ningxiang() -> Organisation:
    """The union of Ningxiang, a county until 2017 and a city since."""
    county = OrganisationTerm(
        first_day=DAY(2014, 1, 1),
        last_day=DAY(2017, 4, 9),
        name="宁乡县总工会",
        parent_id="changsha",
        division="430124",
    )
    city = attrs.evolve(
        county, first_day=DAY(2017, 4, 10), last_day=None, name="宁乡市总工会", division="430182"
    )
    return Organisation(
        organisation_id="ningxiang",
        level=OrganisationLevel.COUNTY,
        kind=OrganisationKind.GEOGRAPHIC,
        terms=(county, city),
    )


def test_every_level_has_kinds() -> None:
    """No level may be without a kind, and no kind without a level."""
    assert set(KINDS_OF_LEVEL) == set(OrganisationLevel)
    assert set().union(*KINDS_OF_LEVEL.values()) == set(OrganisationKind)


@pytest.mark.parametrize(
    ("level", "kind"),
    [
        (OrganisationLevel.NATIONAL, OrganisationKind.CORPS),
        (OrganisationLevel.PROVINCE, OrganisationKind.ORGANS),
        (OrganisationLevel.COUNTY, OrganisationKind.ORGANS),
        (OrganisationLevel.UNIT, OrganisationKind.GEOGRAPHIC),
        (OrganisationLevel.AGENCY, OrganisationKind.BASIC),
    ],
)
def test_a_kind_of_another_level_is_refused(
    ningxiang: Organisation, level: OrganisationLevel, kind: OrganisationKind
) -> None:
    """A kind that the level does not have must be refused."""
    with pytest.raises(InvalidValueError, match="kind must be one of"):
        attrs.evolve(ningxiang, level=level, kind=kind)


def test_terms_may_not_overlap(ningxiang: Organisation) -> None:
    """A term that begins on the last day of the one before, or after an open one, must be refused."""
    county, city = ningxiang.terms
    for ends in (DAY(2017, 4, 10), None):
        with pytest.raises(InvalidValueError, match="first_day must be after the last day"):
            attrs.evolve(ningxiang, terms=(attrs.evolve(county, last_day=ends), city))


def test_an_organisation_may_rest(ningxiang: Organisation) -> None:
    """Days between two terms must pass: it was dissolved and founded again."""
    county, city = ningxiang.terms
    rested = attrs.evolve(ningxiang, terms=(attrs.evolve(county, last_day=DAY(2015, 1, 1)), city))
    assert len(rested.terms) == 2


@pytest.mark.parametrize(
    ("level", "kind", "parent"),
    [
        (OrganisationLevel.COUNTY, OrganisationKind.GEOGRAPHIC, None),
        (OrganisationLevel.UNIT, OrganisationKind.BASIC, None),
        (OrganisationLevel.COUNTY, OrganisationKind.GEOGRAPHIC, "ningxiang"),
        (OrganisationLevel.NATIONAL, OrganisationKind.GEOGRAPHIC, "changsha"),
    ],
)
def test_a_parent_that_cannot_be_is_refused(
    ningxiang: Organisation, level: OrganisationLevel, kind: OrganisationKind, parent: str | None
) -> None:
    """Below a province a parent is needed, above the nation there is none, and nothing is its own."""
    term = attrs.evolve(ningxiang.terms[1], parent_id=parent)
    with pytest.raises(InvalidValueError, match="parent_id must be"):
        attrs.evolve(ningxiang, level=level, kind=kind, terms=(term,))


def test_a_province_may_be_the_root(ningxiang: Organisation) -> None:
    """A store may begin with its own province."""
    term = attrs.evolve(ningxiang.terms[1], parent_id=None, division="430000")
    root = attrs.evolve(ningxiang, level=OrganisationLevel.PROVINCE, terms=(term,))
    assert root.terms[0].parent_id is None


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"last_day": DAY(2013, 12, 31)}, "last_day"),
        ({"division": "4301"}, "division_code"),
        ({"name": " "}, "name"),
        ({"parent_id": "a/b"}, "parent_id"),
    ],
)
def test_a_term_that_cannot_be_is_refused(
    ningxiang: Organisation, changes: dict[str, Any], field: str
) -> None:
    """A term that contradicts itself must be refused by the name of its field."""
    with pytest.raises(InvalidValueError) as caught:
        attrs.evolve(ningxiang.terms[0], **changes)
    assert caught.value.field == field


def test_no_terms_are_no_organisation(ningxiang: Organisation) -> None:
    """An organisation that never stood must be refused."""
    with pytest.raises(InvalidValueError, match="terms must not be empty"):
        attrs.evolve(ningxiang, terms=())


def test_a_term_holds_its_days(ningxiang: Organisation) -> None:
    """Both ends of a term must count, and an open one go on."""
    county, city = ningxiang.terms
    days = (DAY(2013, 12, 31), DAY(2014, 1, 1), DAY(2017, 4, 9), DAY(2017, 4, 10), DAY(2999, 1, 1))
    assert [day in county for day in days] == [False, True, True, False, False]
    assert [day in city for day in days] == [False, False, False, True, True]
