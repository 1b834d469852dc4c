"""The organisation tree: paths to the root, and what stands below, on a day."""

import datetime
from collections.abc import Callable

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutualaid_core.domain.membership.organisation import (
    Organisation,
    OrganisationKind,
    OrganisationLevel,
    OrganisationTerm,
)
from mutualaid_core.rules.membership.organisation.tree import (
    PATH_MAX,
    Tree,
    organisation_on,
    parents_of,
    path_of,
    standing_on,
    standings_below,
    tree_of,
    units_below,
)

DAY = datetime.date
ON = DAY(2014, 6, 1)
LEVEL, KIND = OrganisationLevel, OrganisationKind


def ids(tree: Tree, organisation_id: str, day: datetime.date = ON) -> list[str]:
    """The path of an organisation by ids."""
    return [step.organisation.organisation_id for step in path_of(tree, organisation_id, day).steps]


@pytest.mark.parametrize(
    ("start", "path"),
    [
        ("U-1", ["U-1", "county", "changsha", "hunan", "nation"]),
        ("U-2", ["U-2", "changsha", "hunan", "nation"]),
        ("agent", ["agent", "county", "changsha", "hunan", "nation"]),
        ("office", ["office", "hunan", "nation"]),
        ("rail", ["rail", "nation"]),
        ("nation", ["nation"]),
    ],
)
def test_a_path_leads_to_the_root(tree: Tree, start: str, path: list[str]) -> None:
    """Every organisation must lead to the nation without a fault."""
    assert (ids(tree, start), path_of(tree, start, ON).faults) == (path, ())


def test_a_path_follows_the_term_of_the_day(unions: tuple[Organisation, ...]) -> None:
    """A unit that moved must stand under its old county before, and under the new one since."""
    unit = next(each for each in unions if each.organisation_id == "U-1")
    before = attrs.evolve(unit.terms[0], last_day=DAY(2015, 12, 31))
    since = attrs.evolve(before, first_day=DAY(2016, 1, 1), last_day=None, parent_id="wangcheng")
    tree = tree_of((*unions, attrs.evolve(unit, terms=(before, since))))
    assert ids(tree, "U-1", DAY(2015, 12, 31))[1] == "county"
    assert ids(tree, "U-1", DAY(2016, 1, 1))[1] == "wangcheng"
    assert units_below(tree, "wangcheng", DAY(2015, 12, 31)) == ()
    assert units_below(tree, "wangcheng", DAY(2016, 1, 1)) == ("U-1",)


@pytest.mark.parametrize(
    ("start", "day", "found"),
    [("nobody", ON, "nobody unknown"), ("U-1", DAY(2013, 12, 31), "U-1 not standing")],
)
def test_what_does_not_stand_has_no_path(tree: Tree, start: str, day: datetime.date, found: str) -> None:
    """An unknown organisation, and one before its first day, must be told."""
    path = path_of(tree, start, day)
    assert (path.steps, [fault.found for fault in path.faults]) == ((), [found])


@pytest.mark.parametrize(
    ("ends", "found"), [(DAY(2014, 3, 31), "county not standing"), (None, "county unknown")]
)
def test_a_missing_parent_is_told(
    unions: tuple[Organisation, ...], ends: datetime.date | None, found: str
) -> None:
    """A parent that has ended, and one that never was, must be told with the child that has it."""
    county = next(each for each in unions if each.organisation_id == "county")
    others = [each for each in unions if each is not county]
    ended = attrs.evolve(county, terms=(attrs.evolve(county.terms[0], last_day=ends),))
    path = path_of(tree_of((*others, ended) if ends else others), "U-1", ON)
    fault = path.faults[0]
    assert (fault.subject, fault.found) == ("U-1", found)
    assert fault.rule == "must have a parent that stands on 2014-06-01"


def test_a_ring_is_told_and_left(unions: tuple[Organisation, ...]) -> None:
    """Two counties under each other must be told as a ring, and as counties under a county."""
    county, wangcheng = (
        next(each for each in unions if each.organisation_id == one) for one in ("county", "wangcheng")
    )
    ring = [
        attrs.evolve(each, terms=(attrs.evolve(each.terms[0], parent_id=other),))
        for each, other in ((county, "wangcheng"), (wangcheng, "county"))
    ]
    path = path_of(tree_of(ring), "county", ON)
    assert [step.organisation.organisation_id for step in path.steps] == ["county", "wangcheng"]
    assert [(fault.subject, fault.rule) for fault in path.faults] == [
        ("county", "must stand under pool"),
        ("wangcheng", "must not stand under itself"),
    ]
    assert {each.organisation.organisation_id for each in standings_below(tree_of(ring), "county", ON)} == {
        "wangcheng"
    }


def test_a_path_is_followed_to_a_limit(union: Callable[..., Organisation]) -> None:
    """A chain of units under units must be left after so many steps, with their levels told."""
    chain = [union(f"u{at}", OrganisationLevel.UNIT, f"u{at + 1}") for at in range(2 * PATH_MAX)]
    path = path_of(tree_of(chain), "u0", ON)
    assert (len(path.steps), len(path.faults)) == (PATH_MAX, PATH_MAX - 1)


@pytest.mark.parametrize(
    ("level", "kind", "levels"),
    [
        (LEVEL.NATIONAL, KIND.GEOGRAPHIC, set()),
        (LEVEL.PROVINCE, KIND.GEOGRAPHIC, {LEVEL.NATIONAL}),
        (LEVEL.POOL, KIND.GEOGRAPHIC, {LEVEL.PROVINCE}),
        (LEVEL.POOL, KIND.ORGANS, {LEVEL.PROVINCE}),
        (LEVEL.POOL, KIND.INDUSTRY, {LEVEL.PROVINCE, LEVEL.NATIONAL}),
        (LEVEL.POOL, KIND.CORPS, {LEVEL.PROVINCE, LEVEL.NATIONAL}),
        (LEVEL.COUNTY, KIND.GEOGRAPHIC, {LEVEL.POOL}),
        (LEVEL.UNIT, KIND.BASIC, {LEVEL.POOL, LEVEL.COUNTY}),
        (LEVEL.AGENCY, KIND.AGENT, {LEVEL.POOL, LEVEL.COUNTY}),
        (LEVEL.AGENCY, KIND.OPERATOR, {LEVEL.POOL, LEVEL.COUNTY, LEVEL.PROVINCE, LEVEL.NATIONAL}),
    ],
)
def test_each_level_has_its_place(
    level: OrganisationLevel, kind: OrganisationKind, levels: set[OrganisationLevel]
) -> None:
    """What may stand under what must be as stated."""
    parent = None if level is LEVEL.NATIONAL else "above"
    term = OrganisationTerm(first_day=ON, last_day=None, name="x", parent_id=parent, division=None)
    own = Organisation(organisation_id="own", level=level, kind=kind, terms=(term,))
    assert parents_of(own) == levels


@pytest.mark.parametrize(
    ("above", "units"),
    [
        ("nation", ("U-1", "U-2", "U-3")),
        ("changsha", ("U-1", "U-2")),
        ("county", ("U-1",)),
        ("wangcheng", ()),
        ("agent", ()),
        ("nobody", ()),
    ],
)
def test_units_below(tree: Tree, above: str, units: tuple[str, ...]) -> None:
    """Every unit below must be found once, through counties too, and no other organisation."""
    assert units_below(tree, above, ON) == units


def test_nothing_stands_before_its_first_day(tree: Tree) -> None:
    """On a day before all terms the tree must be empty."""
    day = DAY(2013, 12, 31)
    assert (units_below(tree, "nation", day), standing_on(tree, "nation", day)) == ((), None)


@given(st.lists(st.booleans(), min_size=1, max_size=6), st.integers(0, 2500))
def test_a_day_lies_in_one_term_at_most(stands: list[bool], offset: int) -> None:
    """Whatever the terms, an organisation must stand in exactly the term that holds the day."""
    start = DAY(2014, 1, 1)
    years = [
        OrganisationTerm(
            first_day=start.replace(year=2014 + at),
            last_day=DAY(2014 + at, 12, 31),
            name=f"N{at}",
            parent_id=None,
            division="430000",
        )
        for at, is_there in enumerate(stands)
        if is_there
    ]
    if not years:
        return
    own = Organisation(organisation_id="o", level=LEVEL.PROVINCE, kind=KIND.GEOGRAPHIC, terms=tuple(years))
    day = start + datetime.timedelta(days=offset)
    at = day.year - 2014
    found = organisation_on(own, day)
    assert (found.name if found else None) == (f"N{at}" if at < len(stands) and stands[at] else None)
