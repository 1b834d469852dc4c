"""Showing the file of a scheme (查看审批档案): what was done, what is owed, what may come next."""

from mutualaid_core.cli.host import opened
from mutualaid_core.cli.membership.acting.telling import plain_of
from mutualaid_core.cli.membership.doing import DONE
from mutualaid_core.cli.membership.faults import say_faults
from mutualaid_core.cli.membership.known import known_scheme
from mutualaid_core.cli.membership.persons import impersonal
from mutualaid_core.cli.output import Output
from mutualaid_core.domain.governance.approval import Approval, ApprovalFile
from mutualaid_core.domain.governance.lifecycle import SCHEME_LIFE, Stage, acts_from
from mutualaid_core.domain.governance.pricing import PricingMemo
from mutualaid_core.domain.values.identifiers import SchemeId
from mutualaid_core.intake.problem.approval_words import PAPERS, STAGES, STEPS
from mutualaid_core.services.governance.approvals import LaunchJudged, file_of_scheme, launch_of


def show(store_url: str, scheme: str, output: Output) -> int:
    """Show the file of a scheme.

    Raises:
        InvalidValueError: Something personal stands on the command line.
        NotFoundError: There is no such scheme.
    """
    scheme_id = SchemeId(impersonal("scheme", scheme))
    with opened(store_url, read_only=True) as store:
        file = file_of_scheme(store, scheme_id)
        if file is None:
            known_scheme(store, scheme)
        launch = launch_of(store, scheme_id)
    stage = Stage.ACTIVE if file is None else file.stage
    following = [act.value for act in acts_from(SCHEME_LIFE, stage)]
    output.document(
        {
            "scheme": scheme_id,
            "stage": stage.value,
            "file": None if file is None else plain_of(file),
            "launch": plain_of(launch),
            "next": following,
        }
    )
    zh, en = STAGES[stage.value], stage.value
    output.say(f"{scheme_id}：{zh}", f"{scheme_id}: {en}")
    _say_file(file, output)
    _say_owed(launch, output)
    told = "、".join(STEPS[each] for each in following) or "无"
    output.say(f"可办理：{told}", f"next: {', '.join(following) or 'none'}")
    return DONE


def _say_file(file: ApprovalFile | None, output: Output) -> None:
    if file is None:
        output.say("没有审批档案", "it has no file")
        return
    output.say(f"本级工会：{file.union_id}", f"union at the same level: {file.union_id}")
    for approval in file.approvals:
        _say_step(approval, output)


def _say_step(approval: Approval, output: Output) -> None:
    """One line for a step with its papers, and one for what it prices."""
    day, act = approval.on.isoformat(), approval.act.value
    zh = "；".join(f"{PAPERS[each.paper.value]} {each.document}" for each in approval.papers)
    en = "; ".join(f"{each.paper.value} {each.document}" for each in approval.papers)
    output.say(
        f"{day} {STEPS[act]}" + (f"：{zh}" if zh else ""),
        f"{day} {act}" + (f": {en}" if en else ""),
    )
    if approval.memo is not None:
        _say_memo(approval.memo, output)


def _say_memo(memo: PricingMemo, output: Output) -> None:
    version, amount, benefits = memo.version_id, memo.contribution, memo.benefits
    output.say(
        f"  {memo.memo_id}：版本 {version} 每份 {amount} 元，{memo.lives} 份预计给付 {benefits} 元",
        f"  {memo.memo_id}: {amount} yuan a share in {version}, {benefits} expected for {memo.lives} shares",
    )


def _say_owed(launch: LaunchJudged, output: Output) -> None:
    """Which papers of its start a running scheme never showed; nothing where it owes none."""
    if launch.faults:
        output.say("启动手续未补办：", "papers of its start that it still owes:")
        say_faults(output, launch.faults)
