"""Faults of approvals in Chinese: every rule has its words, and a stage is told as a stage."""

import re
from pathlib import Path

import pytest

from mutualaid_core.domain.governance.lifecycle import ORGANISATION_LIFE, SCHEME_LIFE, LifeAct, Paper, Stage
from mutualaid_core.domain.governance.readiness import ReadinessItem
from mutualaid_core.intake.problem.approval_words import PAPERS, STAGES, STEPS, rule_of_approval, stage_found
from mutualaid_core.intake.problem.wording import chinese

SOURCE = Path(__file__).parents[3] / "src" / "mutualaid_core"
MODULES = (
    *(f"rules/governance/{name}.py" for name in ("lifecycle", "approval", "readiness", "pricing")),
    *(f"services/governance/{name}.py" for name in ("filing", "approvals", "adjusting")),
    *(f"domain/governance/{name}.py" for name in ("approval", "pricing", "readiness")),
    "domain/fund/inflow.py",
    "domain/membership/paying/agency.py",
    "rules/scheme/continuity.py",
)
SAMPLES = {
    "before or 'of another kind'": "filed",
    "act.value": "activate",
    "step.act.value": "activate",
    "paper.value": "basis",
    "item.value": "account",
}
"""What stands in a rule instead of a word; a figure stands elsewhere."""


def rules_of(module: str) -> set[str]:
    """What a module asks, with a word or a figure for each value that is put in."""
    texts = re.findall(r'f?"(must [^"]*)"', (SOURCE / module).read_text("utf-8"))
    return {re.sub(r"\{([^{}]*)\}", lambda found: SAMPLES.get(found[1], "7"), text) for text in texts}


@pytest.mark.parametrize("module", MODULES)
def test_every_rule_has_chinese_words(module: str) -> None:
    """Whatever approvals ask must be told in Chinese, alone and with a clause behind it."""
    rules = rules_of(module)
    assert {rule for rule in rules if "must" in chinese(rule)} == set()
    assert {rule for rule in rules if "must" in chinese(f"{rule} [ACFTU-4.4b]")} == set()


def test_every_word_of_the_tables_has_chinese() -> None:
    """Stages, acts, papers and items must each have a word."""
    assert {stage.value for stage in Stage} - set(STAGES) == {"established", "dissolved"}
    assert {act.value for act in LifeAct} == set(STEPS)
    assert {each.value for kind in (Paper, ReadinessItem) for each in kind} == set(PAPERS)
    assert {step.act for step in (*SCHEME_LIFE, *ORGANISATION_LIFE)} == set(LifeAct)


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("must be proposed for approve", "应处于“已申报”阶段方可批准"),
        ("must be active or suspended for stop", "应处于“运行 或 暂停”阶段方可停办"),
        ("must come with its run_off_plan for stop", "停办应附清理方案"),
        ("must be of the level pool of the pool 430500", "应为统筹区 430500 的统筹区工会"),
        ("must show its legal_person", "应具备经办机构法人资格"),
        ("must be enrolled", None),
    ],
)
def test_words_of_a_rule(rule: str, told: str | None) -> None:
    """A rule must be told with the words of the life of a scheme; others are left alone."""
    assert rule_of_approval(rule) == told


def test_a_stage_is_not_taken_for_the_state_of_a_transfer() -> None:
    """``proposed`` is a stage where a stage was asked for, and nothing here where it was not."""
    assert stage_found("must be approved for file", "proposed") == "已申报"
    assert stage_found("must be proposed for accept", "proposed") is None
    assert stage_found("must be at a unit", "active") is None
