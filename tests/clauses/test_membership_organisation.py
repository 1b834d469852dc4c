"""Organisations and division codes: ACFTU-4.2a, ACFTU-18.2, HN-3.2.1b, HN-4.1.1a, SN-1.1."""

import datetime

import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.membership.organisation import (
    Organisation,
    OrganisationKind,
    OrganisationLevel,
    OrganisationTerm,
)
from mutualaid_core.domain.scheme.region import PoolingRegion, PoolLevel, PoolType
from mutualaid_core.domain.values.divisions import Certainty, DivisionLevel
from mutualaid_core.intake.membership.divisions import shipped_divisions
from mutualaid_core.rules.membership.organisation.pooling import (
    pool_judged,
    pools_below,
    region_judged,
)
from mutualaid_core.rules.membership.organisation.soundness import tree_judged
from mutualaid_core.rules.membership.organisation.tree import tree_of
from mutualaid_core.rules.scheme.divisions import DivisionTable, division_on, is_within

START, ON = datetime.date(2014, 1, 1), datetime.date(2014, 6, 1)
LEVEL, KIND = OrganisationLevel, OrganisationKind


@pytest.fixture(scope="module")
def divisions() -> DivisionTable:
    """The shipped table of division codes."""
    return shipped_divisions()


def union(
    own: str,
    level: OrganisationLevel,
    parent: str | None,
    division: str | None = None,
    kind: OrganisationKind = KIND.GEOGRAPHIC,
) -> Organisation:
    """An organisation from 2014 on."""
    term = OrganisationTerm(
        first_day=START, last_day=None, name=f"{own}总工会", parent_id=parent, division=division
    )
    return Organisation(organisation_id=own, level=level, kind=kind, terms=(term,))


NATION = union("nation", LEVEL.NATIONAL, None)
HUNAN = union("hunan", LEVEL.PROVINCE, "nation", "430000")


@pytest.mark.clause("ACFTU-4.2a")
@pytest.mark.parametrize(
    ("parent", "division", "outcome"),
    [
        ("hunan", "430121", Outcome.REJECT),
        ("hunan", "430100", Outcome.PASS),
        ("nobody", "430100", Outcome.REJECT),
        ("nation", "430100", Outcome.REJECT),
    ],
)
def test_a_city_pools_under_its_province(
    divisions: DivisionTable, parent: str, division: str, outcome: Outcome
) -> None:
    """430121 must be refused, 430100 pass under 430000 and be refused without a provincial supervisor."""
    tree = tree_of((NATION, HUNAN, union("pool", LEVEL.POOL, parent, division)))
    found = pool_judged(tree, "pool", ON, divisions)
    assert found.outcome is outcome
    assert {fault.clause for fault in found.faults} == ({"ACFTU-4.2a"} if found.faults else set())


@pytest.mark.clause("ACFTU-4.2a")
@pytest.mark.parametrize(("division", "outcome"), [("430121", Outcome.REJECT), ("430100", Outcome.PASS)])
def test_a_county_is_no_pooling_region(divisions: DivisionTable, division: str, outcome: Outcome) -> None:
    """A pooling region at 430121 must be refused though it calls itself one of a city."""
    region = PoolingRegion(
        pool_id="P",
        name="长沙",
        type=PoolType.GEOGRAPHIC,
        level=PoolLevel.CITY,
        division=division,
        supervisor="湖南省总工会",
    )
    assert region_judged(region, divisions, ON).outcome is outcome


@pytest.mark.clause("ACFTU-18.2")
@pytest.mark.parametrize(
    ("own", "parent", "kind", "outcome"),
    [
        ("NAT-RAIL", "nation", KIND.INDUSTRY, Outcome.PASS),
        ("NAT-AIR", "nation", KIND.INDUSTRY, Outcome.PASS),
        ("NAT-FINANCE", "nation", KIND.INDUSTRY, Outcome.PASS),
        ("XPCC", "nation", KIND.CORPS, Outcome.PASS),
        ("CITY", "hunan", KIND.GEOGRAPHIC, Outcome.REJECT),
    ],
)
def test_pools_need_not_be_geographic(
    divisions: DivisionTable, own: str, parent: str, kind: OrganisationKind, outcome: Outcome
) -> None:
    """Railway, civil aviation, finance and the corps must pass without a code, a city must not."""
    tree = tree_of((NATION, HUNAN, union(own, LEVEL.POOL, parent, kind=kind)))
    found = pool_judged(tree, own, ON, divisions)
    assert (found.outcome, "ACFTU-18.2" in {fault.clause for fault in found.faults}) == (
        outcome,
        outcome is Outcome.REJECT,
    )
    assert own in pools_below(tree, "nation", ON).pools


@pytest.mark.clause("HN-3.2.1b")
def test_hunan_has_fifteen_pools_and_fourteen_codes(divisions: DivisionTable) -> None:
    """14 prefectures (13 cities and an autonomous one) and the provincial organs must be 15 pools."""
    codes = [code for code in divisions.rows if code.startswith("43")]
    located = [each for code in codes if (each := division_on(divisions, code, ON)) is not None]
    prefectures = [each.division for each in located if each.division.level is DivisionLevel.PREFECTURE]
    pools = [union(f"P{each.code}", LEVEL.POOL, "hunan", each.code) for each in prefectures]
    organs = union("organs", LEVEL.POOL, "hunan", "430000", KIND.ORGANS)
    tree = tree_of((NATION, HUNAN, *pools, organs))
    count = pools_below(tree, "hunan", ON)
    assert (len(count.pools), len(count.divisions), count.without_division) == (15, 14, ("organs",))
    assert sum(each.name.endswith("市") for each in prefectures) == 13
    assert "湘西土家族苗族自治州" in {each.name for each in prefectures}
    assert tree_judged(tree, divisions).outcome is Outcome.PASS


@pytest.mark.clause("HN-4.1.1a")
@pytest.mark.parametrize(("division", "is_so"), [("440100", False), ("430529", True), ("430124", True)])
def test_the_territory_of_hunan(divisions: DivisionTable, division: str, is_so: bool) -> None:  # noqa: FBT001  # the fact
    """440100 must lie outside 430000 for sure; Chengbu inside, and Ningxiang by its old code too."""
    within = is_within(divisions, division, "430000", datetime.date(2018, 1, 1))
    assert (within.is_so, within.certainty) == (is_so, Certainty.FOUND)


@pytest.mark.clause("SN-1.1")
def test_operator_office_and_agency_are_apart(divisions: DivisionTable) -> None:
    """The society's office must stand beside the province and the agency beside a pool, and not above."""
    shaanxi = union("shaanxi", LEVEL.PROVINCE, "nation", "610000")
    xian = union("xian", LEVEL.POOL, "shaanxi", "610100")
    society = union("society", LEVEL.AGENCY, "nation", kind=KIND.OPERATOR)
    office = union("office", LEVEL.AGENCY, "shaanxi", kind=KIND.OPERATOR)
    agency = union("agency", LEVEL.AGENCY, "xian", kind=KIND.AGENT)
    whole = (NATION, shaanxi, xian, society, office, agency)
    assert tree_judged(tree_of(whole), divisions).outcome is Outcome.PASS
    unit = union("U-1", LEVEL.UNIT, "agency", kind=KIND.BASIC)
    assert tree_judged(tree_of((*whole, unit)), divisions).outcome is Outcome.REJECT
