"""Soundness of a tree: every fault at once, refused where sure and flagged where only remembered."""

import datetime
from collections.abc import Callable
from typing import Any

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.membership.organisation import (
    Organisation,
    OrganisationKind,
    OrganisationLevel,
)
from mutualaid_core.rules.membership.organisation.soundness import (
    Judged,
    first_day_without,
    tree_judged,
)
from mutualaid_core.rules.membership.organisation.tree import Tree, tree_of
from mutualaid_core.rules.scheme.divisions import DivisionTable

DAY = datetime.date
LEVEL, KIND = OrganisationLevel, OrganisationKind

Union = Callable[..., Organisation]


def told(found: Judged) -> list[tuple[str, str, str]]:
    """Subject, what was found, and clause of each fault."""
    return [(fault.subject, fault.found, fault.clause) for fault in found.faults]


def test_a_sound_tree_passes(tree: Tree, divisions: DivisionTable) -> None:
    """Organisations that go together must pass."""
    assert tree_judged(tree, divisions) == Judged(outcome=Outcome.PASS, faults=())


@pytest.mark.parametrize(
    ("own", "fault"),
    [
        (("x", LEVEL.UNIT, "nobody"), ("x", "nobody", "HN-3.2.1a")),
        (("x", LEVEL.UNIT, "hunan"), ("x", "hunan at province", "HN-3.2.1a")),
        (("x", LEVEL.UNIT, "agent"), ("x", "agent at agency", "HN-3.2.1a")),
        (("x", LEVEL.COUNTY, "county", "430121"), ("x", "county at county", "HN-3.2.1a")),
        (("x", LEVEL.POOL, "nation", "430500"), ("x", "nation at national", "ACFTU-4.2a")),
        (("x", LEVEL.AGENCY, "hunan"), ("x", "hunan at province", "SN-1.1")),
        (("x", LEVEL.POOL, "hunan"), ("x", "none", "ACFTU-18.2")),
        (("x", LEVEL.COUNTY, "changsha"), ("x", "none", "ACFTU-18.2")),
        (("x", LEVEL.POOL, "hunan", "430121"), ("x", "430121, a county", "ACFTU-4.2a")),
        (("x", LEVEL.POOL, "hunan", "440100"), ("x", "440100", "ACFTU-4.2a")),
        (("x", LEVEL.PROVINCE, "nation", "430100"), ("x", "430100", "HN-3.2.1a")),
        (("x", LEVEL.COUNTY, "changsha", "430529"), ("x", "430529", "HN-3.2.1a")),
        (("x", LEVEL.COUNTY, "changsha", "430100"), ("x", "430100", "HN-3.2.1a")),
        (("x", LEVEL.COUNTY, "changsha", "430122"), ("x", "430122 ended on 2011-05-19", "ACFTU-18.2")),
    ],
)
def test_what_is_surely_wrong_is_refused(
    unions: tuple[Organisation, ...],
    union: Union,
    divisions: DivisionTable,
    own: tuple[Any, ...],
    fault: tuple[str, str, str],
) -> None:
    """A wrong parent, level or code must be refused with its clause."""
    found = tree_judged(tree_of((*unions, union(*own))), divisions, ["x"])
    assert found.outcome is Outcome.REJECT
    assert fault in told(found)


@pytest.mark.parametrize(
    ("division", "what"), [("430521", "430521 ended on 2012-07-14"), ("430599", "430599 not in the table")]
)
def test_what_is_only_remembered_is_flagged(
    unions: tuple[Organisation, ...], union: Union, divisions: DivisionTable, division: str, what: str
) -> None:
    """A code that ended from memory, or that an incomplete table lacks, must be flagged."""
    pool = union("shaoyang", LEVEL.POOL, "hunan", "430500")
    found = tree_judged(tree_of((*unions, pool, union("x", LEVEL.COUNTY, "shaoyang", division))), divisions)
    assert (found.outcome, told(found)) == (Outcome.FLAG, [("x", what, "ACFTU-18.2")])


def test_a_sure_fault_weighs_more_than_a_remembered_one(
    unions: tuple[Organisation, ...], union: Union, divisions: DivisionTable
) -> None:
    """Both must be told, the sure one first, and the whole be refused."""
    wrong = (union("a", LEVEL.COUNTY, "changsha", "430599"), union("b", LEVEL.UNIT, "nobody"))
    found = tree_judged(tree_of((*unions, *wrong)), divisions)
    assert (found.outcome, [fault.subject for fault in found.faults]) == (Outcome.REJECT, ["a", "b", "a"])


def test_where_a_unit_is_registered_is_not_asked_here(
    unions: tuple[Organisation, ...], union: Union, divisions: DivisionTable
) -> None:
    """A unit registered elsewhere must pass: its policy decides by the workplace (HN-4.1.1a)."""
    found = tree_judged(tree_of((*unions, union("x", LEVEL.UNIT, "county", "440100"))), divisions)
    assert found.outcome is Outcome.PASS


@pytest.mark.parametrize(
    ("ends", "child_ends", "missing"),
    [
        (None, None, None),
        (DAY(2015, 12, 31), None, DAY(2016, 1, 1)),
        (DAY(2015, 12, 31), DAY(2015, 12, 31), None),
        (DAY(2015, 12, 31), DAY(2016, 1, 1), DAY(2016, 1, 1)),
    ],
)
def test_a_parent_stands_as_long_as_its_child(
    union: Union,
    ends: datetime.date | None,
    child_ends: datetime.date | None,
    missing: datetime.date | None,
) -> None:
    """The first day without a parent must be found, and none where it always stands."""
    parent = union("p", LEVEL.COUNTY, "changsha", "430121", last_day=ends)
    child = union("c", LEVEL.UNIT, "p", last_day=child_ends)
    assert first_day_without(parent, child.terms[0]) == missing


def test_a_gap_between_the_terms_of_a_parent_is_found(
    unions: tuple[Organisation, ...], union: Union, divisions: DivisionTable
) -> None:
    """A county that rests for a year must be told with its unit and the first day of the gap."""
    first = union("p", LEVEL.COUNTY, "changsha", "430121", last_day=DAY(2015, 12, 31))
    again = attrs.evolve(first.terms[0], first_day=DAY(2017, 1, 1), last_day=None)
    parent = attrs.evolve(first, terms=(*first.terms, again))
    found = tree_judged(tree_of((*unions, parent, union("c", LEVEL.UNIT, "p"))), divisions)
    assert [(fault.subject, fault.rule) for fault in found.faults] == [
        ("c", "must have a parent that stands on 2016-01-01")
    ]


def test_terms_without_a_gap_are_one_parent(union: Union) -> None:
    """A parent that was renamed must count as standing throughout."""
    first = union("p", LEVEL.COUNTY, "changsha", "430121", last_day=DAY(2015, 12, 31))
    again = attrs.evolve(first.terms[0], first_day=DAY(2016, 1, 1), last_day=None)
    parent = attrs.evolve(first, terms=(*first.terms, again))
    assert first_day_without(parent, union("c", LEVEL.UNIT, "p").terms[0]) is None


def test_a_ring_is_refused(unions: tuple[Organisation, ...], union: Union, divisions: DivisionTable) -> None:
    """Counties under each other must be told for their level and as a ring."""
    ring = (union("a", LEVEL.COUNTY, "b", "430121"), union("b", LEVEL.COUNTY, "a", "430121"))
    found = tree_judged(tree_of((*unions, *ring)), divisions)
    rules = {(fault.subject, fault.rule) for fault in found.faults}
    assert found.outcome is Outcome.REJECT
    assert {("a", "must not stand under itself"), ("b", "must not stand under itself")} <= rules


def test_the_organs_of_another_province_are_refused(
    unions: tuple[Organisation, ...], union: Union, divisions: DivisionTable
) -> None:
    """Organs with the code of another province must be refused where they pool."""
    other = union("x", LEVEL.POOL, "hunan", "440000", kind=KIND.ORGANS)
    found = tree_judged(tree_of((*unions, other)), divisions)
    assert ("x", "440000", "ACFTU-4.2a") in told(found)


def with_terms(one: Organisation, **later: Any) -> Organisation:  # noqa: ANN401  # any field of a term
    """An organisation that is otherwise from 2015 on."""
    first = attrs.evolve(one.terms[0], last_day=DAY(2014, 12, 31))
    second = attrs.evolve(one.terms[0], first_day=DAY(2015, 1, 1), **later)
    return attrs.evolve(one, terms=(first, second))


@pytest.mark.clause("HN-3.2.1a", "ACFTU-18.2")
def test_a_code_is_judged_on_each_day_its_parent_changes(
    unions: tuple[Organisation, ...], divisions: DivisionTable
) -> None:
    """A pool that has another code from 2015 on must leave no county behind, nor one of no code."""
    by_id = {each.organisation_id: each for each in unions}
    pool = with_terms(by_id["changsha"], division="430500")
    found = tree_judged(tree_of((*unions, pool)), divisions, ["county"])
    assert told(found) == [("county", "430121", "HN-3.2.1a")]
    without = with_terms(by_id["changsha"], division=None)
    assert tree_judged(tree_of((*unions, without)), divisions, ["county"]).faults == ()


@pytest.mark.clause("ACFTU-18.2")
@pytest.mark.parametrize(
    ("last", "outcome"),
    [(None, Outcome.FLAG), (DAY(2011, 5, 19), Outcome.PASS), (DAY(2010, 1, 1), Outcome.PASS)],
)
def test_a_code_that_ends_while_its_term_goes_on_is_flagged(
    unions: tuple[Organisation, ...],
    divisions: DivisionTable,
    union: Union,
    last: datetime.date | None,
    outcome: Outcome,
) -> None:
    """A code that was abandoned for sure in the term must be flagged, and one that outlived it not."""
    early = DAY(2009, 1, 1)
    above = [
        attrs.evolve(each, terms=(attrs.evolve(each.terms[0], first_day=early),))
        for each in unions
        if each.organisation_id in {"nation", "hunan", "changsha"}
    ]
    own = union("x", LEVEL.COUNTY, "changsha", "430122", first_day=early, last_day=last)
    found = tree_judged(tree_of((*above, own)), divisions, ["x"])
    assert (found.outcome, [fault.found for fault in found.faults]) == (
        outcome,
        ["430122 ended on 2011-05-19"] if outcome is Outcome.FLAG else [],
    )


@pytest.mark.clause("HN-3.2.1a")
def test_two_pools_of_one_code_are_flagged_where_they_meet(
    unions: tuple[Organisation, ...], divisions: DivisionTable, union: Union
) -> None:
    """A second pool, and a second province, of one code must be flagged on common days alone."""
    pool = union("p", LEVEL.POOL, "hunan", "430100")
    province = union("q", LEVEL.PROVINCE, "nation", "430000")
    found = tree_judged(tree_of((*unions, pool, province)), divisions)
    assert (found.outcome, [(fault.subject, fault.found) for fault in found.faults]) == (
        Outcome.FLAG,
        [("changsha", "p"), ("hunan", "q"), ("p", "changsha"), ("q", "hunan")],
    )
    early = union("p", LEVEL.POOL, "hunan", "430100", first_day=DAY(2014, 1, 1), last_day=DAY(2014, 12, 31))
    later = with_terms(next(each for each in unions if each.organisation_id == "changsha"))
    later = attrs.evolve(later, terms=later.terms[1:])
    assert tree_judged(tree_of((*unions, later, early)), divisions, ["p", "changsha"]).faults == ()
