"""A tree in part: the nation, Hunan, two pools, two counties, units and agencies."""

import datetime
from collections.abc import Callable

import pytest

from mutualaid_core.domain.membership.organisation import (
    Organisation,
    OrganisationKind,
    OrganisationLevel,
    OrganisationTerm,
)
from mutualaid_core.domain.values.divisions import (
    Certainty,
    Division,
    ancestors_of_code,
    level_of_code,
)
from mutualaid_core.rules.membership.organisation.tree import Tree, tree_of
from mutualaid_core.rules.scheme.divisions import DivisionTable, division_table

START = datetime.date(2014, 1, 1)
LEVEL, KIND = OrganisationLevel, OrganisationKind
KINDS = {LEVEL.UNIT: KIND.BASIC, LEVEL.AGENCY: KIND.AGENT}

Union = Callable[..., Organisation]


def _union(
    organisation_id: str,
    level: OrganisationLevel,
    parent: str | None = None,
    division: str | None = None,
    **changes: object,
) -> Organisation:
    term = {"first_day": START, "last_day": None, "name": f"{organisation_id}总工会"} | changes
    kind = term.pop("kind", KINDS.get(level, KIND.GEOGRAPHIC))
    return Organisation(
        organisation_id=organisation_id,
        level=level,
        kind=kind,
        terms=(OrganisationTerm(parent_id=parent, division=division, **term),),
    )


@pytest.fixture
def union() -> Union:
    """Makes an organisation with one term, from 2014 on unless told otherwise."""
    return _union


@pytest.fixture
def unions() -> tuple[Organisation, ...]:
    """Organisations that go together."""
    return (
        _union("nation", LEVEL.NATIONAL),
        _union("hunan", LEVEL.PROVINCE, "nation", "430000"),
        _union("rail", LEVEL.POOL, "nation", kind=KIND.INDUSTRY),
        _union("changsha", LEVEL.POOL, "hunan", "430100"),
        _union("organs", LEVEL.POOL, "hunan", kind=KIND.ORGANS),
        _union("wangcheng", LEVEL.COUNTY, "changsha", "430112"),
        _union("county", LEVEL.COUNTY, "changsha", "430121"),
        _union("U-1", LEVEL.UNIT, "county", "430121"),
        _union("U-2", LEVEL.UNIT, "changsha"),
        _union("U-3", LEVEL.UNIT, "organs", kind=KIND.JOINT),
        _union("office", LEVEL.AGENCY, "hunan", kind=KIND.OPERATOR),
        _union("agent", LEVEL.AGENCY, "county"),
    )


@pytest.fixture
def tree(unions: tuple[Organisation, ...]) -> Tree:
    """Their tree."""
    return tree_of(unions)


def _row(
    code: str,
    first: datetime.date,
    last: datetime.date | None = None,
    successor: str | None = None,
    certainty: Certainty = Certainty.FOUND,
) -> Division:
    return Division(
        code=code,
        name=f"N{code}",
        level=level_of_code(code),
        parent=next(iter(ancestors_of_code(code)), None),
        valid_from=first,
        valid_to=last,
        successor=successor,
        seen_to=None,
        certainty=certainty,
        source="made up",
    )


@pytest.fixture
def divisions() -> DivisionTable:
    """Codes of the tree, one that ended for sure, and one that ended from memory."""
    early, wangcheng = datetime.date(2003, 1, 1), datetime.date(2011, 5, 20)
    codes = ("430000", "430100", "430121", "430500")
    remembered = Certainty.FROM_MEMORY
    return division_table(
        (
            *(_row(code, early) for code in codes),
            _row("430122", early, datetime.date(2011, 5, 19), "430112"),
            _row("430112", wangcheng),
            _row("430521", early, datetime.date(2012, 7, 14), "430582", remembered),
            _row("430582", datetime.date(2012, 7, 15), certainty=remembered),
        )
    )
