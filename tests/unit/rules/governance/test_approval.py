"""Approvals: the union at the same level alone approves, and a stop says how it ends."""

import datetime
from typing import Any

import attrs
import pytest

from mutualaid_core.domain.fund.inflow import SurplusDisposal
from mutualaid_core.domain.governance.approval import Approval, ApprovalFile, PaperOnFile
from mutualaid_core.domain.governance.lifecycle import LifeAct, Paper, Stage
from mutualaid_core.domain.membership.organisation import (
    Organisation,
    OrganisationKind,
    OrganisationLevel,
    OrganisationTerm,
)
from mutualaid_core.domain.scheme.policy.fund import SurplusUse
from mutualaid_core.domain.scheme.region import PoolLevel
from mutualaid_core.rules.governance.approval import (
    closing_faults,
    issuer_faults,
    start_faults,
    stop_faults,
    union_faults,
)
from mutualaid_core.rules.scheme.layers import effective_policy
from mutualaid_core.testing.samples import POLICY, REGION, SCHEME_RECORD, yuan

DAY = datetime.date(2014, 1, 2)
TERM = OrganisationTerm(
    first_day=datetime.date(2000, 1, 1), last_day=None, name="市总工会", parent_id="P", division=None
)
CITY = Organisation(
    organisation_id="C", level=OrganisationLevel.POOL, kind=OrganisationKind.GEOGRAPHIC, terms=(TERM,)
)
APPROVAL = PaperOnFile(paper=Paper.APPROVAL, document="批复1号", issued_on=DAY, issuer_id="C")
PLAN = PaperOnFile(paper=Paper.RUN_OFF_PLAN, document="方案1号", issued_on=DAY)
KEPT = SurplusDisposal(use=SurplusUse.ROLL_FORWARD, purpose="medical_benefit", document="方案2号")
RULING = effective_policy((POLICY,), DAY)


@pytest.mark.parametrize(
    ("union", "level", "found"),
    [
        ({}, PoolLevel.CITY, []),
        ({}, PoolLevel.PROVINCE, ["pool"]),
        ({"level": OrganisationLevel.COUNTY}, PoolLevel.CITY, ["county"]),
        ({"terms": (attrs.evolve(TERM, name="他市总工会"),)}, PoolLevel.CITY, ["他市总工会"]),
        (
            {"terms": (attrs.evolve(TERM, last_day=datetime.date(2010, 1, 1)),)},
            PoolLevel.CITY,
            ["not in being"],
        ),
    ],
    ids=["sponsor", "pool of a province", "county", "another name", "ended"],
)
def test_the_union_is_the_sponsor_at_the_level_of_the_pool(
    union: dict[str, Any], level: PoolLevel, found: list[str]
) -> None:
    """Another level, another name and a union that ended must be refused."""
    region = attrs.evolve(REGION, level=level)
    faults = union_faults(attrs.evolve(CITY, **union), SCHEME_RECORD, region, DAY)
    assert [fault.found for fault in faults] == found


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, []),
        ({"issuer_id": "X"}, ["X"]),
        ({"issued_on": datetime.date(2014, 1, 3)}, ["2014-01-03"]),
        ({"paper": Paper.FILING, "issuer_id": "X"}, []),
    ],
)
def test_an_approval_is_issued_by_the_union_in_time(changes: dict[str, Any], found: list[str]) -> None:
    """Approvals of others and of later days must be refused; other papers may come from anybody."""
    faults = issuer_faults((attrs.evolve(APPROVAL, **changes),), "C", DAY, "ACFTU-4.4b")
    assert [fault.found for fault in faults] == found


@pytest.mark.parametrize(("known", "count"), [((APPROVAL,), 0), ((), 1)])
def test_a_start_rests_on_the_approval_on_file(known: tuple[PaperOnFile, ...], count: int) -> None:
    """The approval of the file must be taken, and none where the file has none."""
    entry = Approval(act=LifeAct.APPROVE, stage=Stage.APPROVED, on=DAY, papers=known)
    file = ApprovalFile(scheme_id="HN-A", union_id="C", approvals=(entry,))
    assert len(start_faults(file, (APPROVAL, PLAN))) == count


def test_a_stop_without_anything_tells_all_that_is_missing() -> None:
    """A stop without plan, estimate and disposal must name the three at once."""
    rules = [fault.rule for fault in stop_faults(SCHEME_RECORD, (), None, (3, None), RULING)]
    assert rules == [
        "must have a run-off plan for 3 open claims and not estimated not yet reported",
        "must estimate what is not yet reported",
        "must say what becomes of the surplus",
    ]


def test_a_stop_with_everything_is_free() -> None:
    """A stop with plan, estimate and a surplus that is kept must pass."""
    assert stop_faults(SCHEME_RECORD, (APPROVAL, PLAN), KEPT, (0, yuan(0)), RULING) == ()


@pytest.mark.parametrize(("claims", "found"), [(0, []), (2, ["2"])])
def test_open_claims_keep_a_scheme_from_closing(claims: int, found: list[str]) -> None:
    """A scheme must have no open claim to be closed."""
    assert [fault.found for fault in closing_faults(SCHEME_RECORD, claims)] == found
