"""Life of schemes and organisations (准入和退出): which step may follow, with which papers."""

from mutualaid_core.clauses import implements
from mutualaid_core.domain.governance.approval import PaperOnFile
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.governance.lifecycle import LifeAct, LifeStep, Stage, step_of


@implements("ACFTU-4.4a")
def stage_faults(
    life: tuple[LifeStep, ...], stage: Stage | None, act: LifeAct, subject: str
) -> tuple[Fault, ...]:
    """Why an act may not be done in a stage; empty where the table allows it.

    Args:
        life: The table.
        stage: Present stage; ``None`` where there is nothing yet.
        act: What is to be done.
        subject: Id of the scheme or the organisation.

    Clause:
        ACFTU-4.4a
    """
    if step_of(life, stage, act) is not None:
        return ()
    before = " or ".join(_word(step.from_stage) for step in life if step.act is act)
    rule = f"must be {before or 'of another kind'} for {act.value}"
    return (Fault(subject=subject, rule=rule, found=_word(stage), clause="ACFTU-4.4a"),)


def _word(stage: Stage | None) -> str:
    return "new" if stage is None else stage.value


@implements("ACFTU-4.4b", "ACFTU-4.4c")
def paper_faults(step: LifeStep, papers: tuple[PaperOnFile, ...], subject: str) -> tuple[Fault, ...]:
    """The papers that a step still lacks; empty where all are there.

    Args:
        step: The step.
        papers: Papers that come with it.
        subject: Id of the scheme or the organisation.

    Clause:
        ACFTU-4.4b, ACFTU-4.4c
    """
    shown = {each.paper for each in papers}
    return tuple(
        Fault(
            subject=subject,
            rule=f"must come with its {paper.value} for {step.act.value}",
            found="none",
            clause=step.clause,
        )
        for paper in step.papers
        if paper not in shown
    )
