"""Life of schemes and organisations (准入和退出): which step may follow, with which papers."""

from typing import Final

from mutualaid_core.clauses import implements
from mutualaid_core.domain.governance.approval import ApprovalFile, PaperOnFile
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.governance.lifecycle import SCHEME_LIFE, LifeAct, LifeStep, Stage, step_of

_BEFORE_START: Final = frozenset({Stage.DRAFT, Stage.PROPOSED, Stage.APPROVED, Stage.FILED})
_BEFORE_APPROVAL: Final = frozenset({Stage.DRAFT, Stage.PROPOSED})
_STARTS: Final = frozenset({LifeAct.ACTIVATE, LifeAct.REGISTER})
"""Acts by which the papers of a start come to the file."""

_AFTERWARDS: Final = next(step for step in SCHEME_LIFE if step.act is LifeAct.REGISTER)


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


@implements("ACFTU-4.4a", "ACFTU-4.4b")
def running_faults(stage: Stage | None, subject: str) -> tuple[Fault, ...]:
    """Why a scheme takes no members and opens no period: it has not started, or goes on no more.

    Args:
        stage: Stage by its file; ``None`` where it has no file, and so ran before it could have one.
        subject: Id of the scheme.

    Clause:
        ACFTU-4.4a, ACFTU-4.4b
    """
    if stage is None or stage is Stage.ACTIVE:
        return ()
    if stage in _BEFORE_START:
        rule, clause = "must have started, with its approval and the papers of a start", "ACFTU-4.4b"
    else:
        rule, clause = "must be active", "ACFTU-4.4a"
    return (Fault(subject=subject, rule=rule, found=stage.value, clause=clause),)


@implements("ACFTU-4.4a", "ACFTU-4.4b")
def founding_stage_faults(stage: Stage | None, subject: str) -> tuple[Fault, ...]:
    """Why a scheme that has a file may not be founded: its union has not approved it.

    Args:
        stage: Stage by its file; ``None`` where it has no file.
        subject: Id of the scheme.

    Clause:
        ACFTU-4.4a, ACFTU-4.4b
    """
    if stage not in _BEFORE_APPROVAL:
        return ()
    rule = "must be approved by the union at the same level first"
    return (Fault(subject=subject, rule=rule, found=_word(stage), clause="ACFTU-4.4b"),)


@implements("ACFTU-4.4b", "ACFTU-4.1", "ACFTU-3.1c", "ACFTU-3.2d")
def launch_faults(file: ApprovalFile | None, subject: str) -> tuple[Fault, ...]:
    """The papers of a start that a running scheme never showed: a finding, since it runs already.

    A scheme that has not started lacks nothing yet: it is refused members until it has.

    Args:
        file: File of the scheme; ``None`` where it has none.
        subject: Id of the scheme.

    Clause:
        ACFTU-4.4b, ACFTU-4.1, ACFTU-3.1c, ACFTU-3.2d
    """
    if file is not None and (file.stage in _BEFORE_START or has_shown_start(file)):
        return ()
    return paper_faults(_AFTERWARDS, (), subject)


def has_shown_start(file: ApprovalFile) -> bool:
    """Whether the papers of a start are on file."""
    return any(approval.act in _STARTS for approval in file.approvals)


@implements("ACFTU-4.4b")
def registering_faults(file: ApprovalFile | None, subject: str) -> tuple[Fault, ...]:
    """Why the papers of a start may not be filed afterwards: they are on file already.

    Args:
        file: File of the scheme; ``None`` where it has none.
        subject: Id of the scheme.

    Clause:
        ACFTU-4.4b
    """
    if file is None or not has_shown_start(file):
        return ()
    rule = "must not have shown the papers of its start before"
    return (Fault(subject=subject, rule=rule, found="on file", clause="ACFTU-4.4b"),)
