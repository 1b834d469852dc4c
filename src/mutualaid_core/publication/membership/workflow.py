"""Workflows (办理流程) as one JSON document for those who build screens, and as diagrams for pages."""

from typing import Any, Final

from mutualaid_core.domain.membership.workflow import WORKFLOWS, Action, Side, Step, Workflow

SIDES_ZH: Final = {
    Side.UNIT: "单位工会",
    Side.FROM_UNIT: "转出单位",
    Side.TO_UNIT: "接收单位",
    Side.OFFICE: "经办机构",
    Side.CALENDAR: "日期",
}
"""Chinese names of the sides (经办方)."""

ACTIONS_ZH: Final = {
    Action.JOIN: "参加",
    Action.GIFT: "受赠",
    Action.RENEW: "续保",
    Action.PAY: "缴费",
    Action.TRANSFER: "转移接续",
    Action.LEAVE_POOL: "转出统筹区域",
    Action.RETIRE: "退休",
    Action.DISMISS: "解除劳动关系",
    Action.DIE: "死亡",
    Action.CORRECT: "更正",
    Action.RESTORE: "撤销离开",
    Action.WITHDRAW: "撤回",
    Action.VOID: "作废",
    Action.PROPOSE: "提出转移",
    Action.ACCEPT: "接收",
    Action.REJECT: "拒绝",
    Action.EXPIRE: "过期",
}
"""Chinese names of the actions (办理事项)."""


def workflow_json() -> dict[str, Any]:
    """Every workflow of membership as plain data for one JSON document.

    Under ``workflows`` each has its ``states`` and its ``steps``; a step says from which state
    (``null`` for the beginning) which action leads where, which side may do it, why no other
    may, what must hold besides, and on which clause that rests.
    """
    return {
        "form": 1,
        "sides": [{"side": side.value, "zh": zh} for side, zh in SIDES_ZH.items()],
        "actions": [{"action": action.value, "zh": zh} for action, zh in ACTIONS_ZH.items()],
        "workflows": [_plain(workflow) for workflow in WORKFLOWS],
    }


def _plain(workflow: Workflow) -> dict[str, Any]:
    return {
        "name": workflow.name,
        "zh": workflow.zh,
        "states": [{"state": word, "zh": zh} for word, zh in workflow.states],
        "steps": [_plain_step(step) for step in workflow.steps],
    }


def _plain_step(step: Step) -> dict[str, Any]:
    return {
        "from": step.from_state,
        "action": step.action.value,
        "to": step.to_state,
        "by": step.by.value,
        "clause": step.clause,
        "condition": {"zh": step.condition_zh, "en": step.condition_en},
        "only": {"zh": step.only_zh, "en": step.only_en},
    }


def workflow_diagram(workflow: Workflow, lang: str = "en") -> str:
    """A workflow as a Mermaid state diagram; actions between the same two states share an arrow.

    Args:
        workflow: The workflow.
        lang: ``zh`` or ``en``.
    """
    zh = lang == "zh"
    names = [f"    {word} : {name if zh else word}" for word, name in workflow.states]
    arrows: dict[tuple[str, str], list[str]] = {}
    for step in workflow.steps:
        action = ACTIONS_ZH[step.action] if zh else step.action.value
        side = SIDES_ZH[step.by] if zh else step.by.value
        arrows.setdefault((step.from_state or "[*]", step.to_state), []).append(f"{action} ({side})")
    lines = [f"    {before} --> {after} : {', '.join(told)}" for (before, after), told in arrows.items()]
    return "\n".join(["stateDiagram-v2", *names, *lines]) + "\n"


def workflow_table(workflow: Workflow, lang: str = "en") -> tuple[tuple[str, str], ...]:
    """A workflow as rows for people: the step, and who may do it under which conditions.

    Args:
        workflow: The workflow.
        lang: ``zh`` or ``en``.
    """
    return tuple(_row(workflow, step, zh=lang == "zh") for step in workflow.steps)


def _row(workflow: Workflow, step: Step, *, zh: bool) -> tuple[str, str]:
    if zh:
        names: dict[str | None, str] = {None: "尚无记录", **dict(workflow.states)}
        way = f"{names[step.from_state]} → {ACTIONS_ZH[step.action]} → {names[step.to_state]}"
        why = "；".join(filter(None, (step.only_zh, step.condition_zh)))
        return way, f"{SIDES_ZH[step.by]}：{why}〔{step.clause}〕"
    way = f"{step.from_state or 'nothing'} -> {step.action.value} -> {step.to_state}"
    why = "; ".join(filter(None, (step.only_en, step.condition_en)))
    return way, f"{step.by.value}: {why} [{step.clause}]"
