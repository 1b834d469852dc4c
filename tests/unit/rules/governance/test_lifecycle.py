"""Life of a scheme: acts of another stage are refused with what would lead there, papers are named."""

import datetime

import pytest

from mutualaid_core.domain.governance.approval import PaperOnFile
from mutualaid_core.domain.governance.lifecycle import (
    ORGANISATION_LIFE,
    SCHEME_LIFE,
    LifeAct,
    LifeStep,
    Paper,
    Stage,
    step_of,
)
from mutualaid_core.rules.governance.lifecycle import paper_faults, stage_faults


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
