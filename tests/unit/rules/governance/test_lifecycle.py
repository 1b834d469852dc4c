"""Life of a scheme: acts of another stage are refused with what would lead there, papers are named."""

import datetime

import pytest

from mutualaid_core.domain.governance.approval import Approval, ApprovalFile, PaperOnFile
from mutualaid_core.domain.governance.lifecycle import (
    ORGANISATION_LIFE,
    SCHEME_LIFE,
    LifeAct,
    LifeStep,
    Paper,
    Stage,
    step_of,
)
from mutualaid_core.rules.governance.lifecycle import (
    founding_stage_faults,
    launch_faults,
    paper_faults,
    registering_faults,
    running_faults,
    stage_faults,
)


@pytest.mark.parametrize(
    ("life", "stage", "act", "rules"),
    [
        (SCHEME_LIFE, Stage.FILED, LifeAct.ACTIVATE, []),
        (SCHEME_LIFE, Stage.DRAFT, LifeAct.ACTIVATE, ["must be filed for activate"]),
        (SCHEME_LIFE, None, LifeAct.STOP, ["must be active or suspended for stop"]),
        (SCHEME_LIFE, Stage.ACTIVE, LifeAct.DRAFT, ["must be new for draft"]),
        (SCHEME_LIFE, Stage.ACTIVE, LifeAct.DISSOLVE, ["must be of another kind for dissolve"]),
        (ORGANISATION_LIFE, None, LifeAct.ESTABLISH, []),
    ],
)
def test_an_act_of_another_stage_is_refused(
    life: tuple[LifeStep, ...], stage: Stage | None, act: LifeAct, rules: list[str]
) -> None:
    """What the table does not have must be refused, with the stages from which it can be done."""
    assert [fault.rule for fault in stage_faults(life, stage, act, "HN-A")] == rules


def test_missing_papers_are_all_named() -> None:
    """Every paper that a stop lacks must be named at once."""
    step = step_of(SCHEME_LIFE, Stage.ACTIVE, LifeAct.STOP)
    assert step is not None
    plan = PaperOnFile(
        paper=Paper.RUN_OFF_PLAN, document="方案", issued_on=datetime.date(2014, 1, 2), issuer_id=None
    )
    rules = [fault.rule for fault in paper_faults(step, (plan,), "HN-A")]
    assert rules == ["must come with its approval for stop", "must come with its surplus_disposal for stop"]


def file_with(*acts: LifeAct, stage: Stage = Stage.ACTIVE) -> ApprovalFile:
    """A file with these acts, which has come to a stage."""
    day = datetime.date(2014, 1, 2)
    approvals = tuple(Approval(act=act, stage=stage, on=day) for act in acts)
    return ApprovalFile(scheme_id="HN-A", union_id="市总工会", approvals=approvals)


@pytest.mark.clause("ACFTU-4.4a", "ACFTU-4.4b")
@pytest.mark.parametrize(
    ("stage", "clauses"),
    [
        (None, []),
        (Stage.ACTIVE, []),
        (Stage.DRAFT, ["ACFTU-4.4b"]),
        (Stage.FILED, ["ACFTU-4.4b"]),
        (Stage.SUSPENDED, ["ACFTU-4.4a"]),
        (Stage.RUN_OFF, ["ACFTU-4.4a"]),
        (Stage.CLOSED, ["ACFTU-4.4a"]),
    ],
)
def test_members_join_while_a_scheme_runs(stage: Stage | None, clauses: list[str]) -> None:
    """Before the start the approval must be named, and after the end that the scheme is not active."""
    assert [fault.clause for fault in running_faults(stage, "HN-A")] == clauses


@pytest.mark.clause("ACFTU-4.4b")
@pytest.mark.parametrize(
    ("stage", "found"),
    [(None, []), (Stage.APPROVED, []), (Stage.DRAFT, ["draft"]), (Stage.PROPOSED, ["proposed"])],
)
def test_what_is_not_approved_is_not_founded(stage: Stage | None, found: list[str]) -> None:
    """A file that is a draft, or proposed, must keep the scheme from being founded."""
    assert [fault.found for fault in founding_stage_faults(stage, "HN-A")] == found


@pytest.mark.clause("ACFTU-4.4b")
@pytest.mark.parametrize(
    ("file", "owed", "known"),
    [
        (None, 4, 0),
        (file_with(LifeAct.FILE, stage=Stage.FILED), 0, 0),
        (file_with(LifeAct.SUSPEND, stage=Stage.SUSPENDED), 4, 0),
        (file_with(LifeAct.FILE, LifeAct.ACTIVATE), 0, 1),
        (file_with(LifeAct.SUSPEND, LifeAct.RESUME, LifeAct.REGISTER), 0, 1),
    ],
    ids=["no file", "not started", "begun late", "started", "registered"],
)
def test_the_papers_of_a_start_are_owed_once(file: ApprovalFile | None, owed: int, known: int) -> None:
    """A scheme that runs without having shown them must owe four papers, and show them only once."""
    assert (len(launch_faults(file, "HN-A")), len(registering_faults(file, "HN-A"))) == (owed, known)
