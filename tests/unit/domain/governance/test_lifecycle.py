"""The life of schemes and organisations: the published tables lead from a beginning to an end."""

import pytest

from mutualaid_core.domain.governance.lifecycle import (
    ORGANISATION_LIFE,
    SCHEME_LIFE,
    LifeAct,
    LifeStep,
    Stage,
    acts_from,
    step_of,
)
from mutualaid_core.errors import InvalidValueError

LIVES = (SCHEME_LIFE, ORGANISATION_LIFE)
ENDS = {Stage.CLOSED, Stage.DISSOLVED}


@pytest.mark.parametrize("life", LIVES)
def test_one_act_leads_to_one_stage(life: tuple[LifeStep, ...]) -> None:
    """From a stage each act must lead one way."""
    assert len({(step.from_stage, step.act) for step in life}) == len(life)


@pytest.mark.parametrize("life", LIVES)
def test_every_stage_is_reached_and_ends(life: tuple[LifeStep, ...]) -> None:
    """Every stage must follow from the beginning, and only the last may have no way on."""
    reached: list[Stage | None] = [None]
    for stage in reached:
        after = [step.to_stage for step in life if step.from_stage is stage]
        reached += [each for each in dict.fromkeys(after) if each not in reached]
    assert {step.to_stage for step in life} == set(reached) - {None}
    assert {stage for stage in reached if not acts_from(life, stage)} <= ENDS


def test_a_scheme_lives_in_the_stated_order() -> None:
    """The stages must come in the order of the clause: draft to closed."""
    order = ["draft", "proposed", "approved", "filed", "active", "suspended", "run_off", "closed"]
    stages = dict.fromkeys(step.to_stage.value for step in SCHEME_LIFE)
    assert list(stages) == order


def test_a_draft_does_not_become_active() -> None:
    """There must be no step from a draft to a start, and one from filed."""
    assert step_of(SCHEME_LIFE, Stage.DRAFT, LifeAct.ACTIVATE) is None
    assert step_of(SCHEME_LIFE, Stage.FILED, LifeAct.ACTIVATE) is not None


def test_a_step_cites_a_clause() -> None:
    """A step that cites nothing known must be refused."""
    with pytest.raises(InvalidValueError, match="clause must be an id"):
        LifeStep(
            from_stage=None,
            act=LifeAct.DRAFT,
            to_stage=Stage.DRAFT,
            papers=(),
            zh="拟订",
            en="drafted",
            clause="HN-9.9",
        )
