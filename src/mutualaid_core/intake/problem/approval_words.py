"""Wording of approvals (审批措辞): what the life of a scheme asks, in Chinese.

The stages of a scheme share some of their words with the states of a transfer and mean others, so
they have a table of their own.
"""

import re
from collections.abc import Mapping
from typing import Final

STAGES: Final[Mapping[str, str]] = {
    "new": "尚未拟订",
    "draft": "拟订",
    "proposed": "已申报",
    "approved": "已批准",
    "filed": "已备案",
    "active": "运行",
    "suspended": "暂停",
    "run_off": "清理",
    "closed": "终止",
}
"""Stages of a scheme; ``new`` is one that nobody has drafted."""

STEPS: Final[Mapping[str, str]] = {
    "draft": "拟订项目",
    "propose": "申报",
    "send_back": "退回修改",
    "approve": "批准",
    "file": "备案",
    "activate": "启动",
    "register": "补办启动手续",
    "adjust": "调整缴费标准",
    "suspend": "暂停",
    "resume": "恢复",
    "stop": "停办",
    "close": "终止",
    "establish": "设立",
    "dissolve": "撤销",
}
"""What is done with a scheme, or with an organisation."""

PAPERS: Final[Mapping[str, str]] = {
    "approval": "本级工会批复",
    "filing": "备案回执",
    "resolution": "决议",
    "basis": "参数测算依据",
    "pricing_memo": "定价备忘录",
    "checklist": "启动条件核对表",
    "run_off_plan": "清理方案",
    "surplus_disposal": "结余处置方案",
    "legal_person": "经办机构法人资格",
    "account": "互助金专户",
    "staff": "经办人员",
    "system": "信息系统",
    "pool_size": "互助规模",
}
"""Papers that a step rests on, and what a region shows before a start."""

FOUND: Final[Mapping[str, str]] = {
    "on file": "已归档",
    "not in being": "未设立",
    "not estimated": "未测算",
    "distribute": "分配",
}
"""What the rules of approvals find, besides stages."""

_WORDS: Final[Mapping[str, str]] = {
    **STEPS,
    **PAPERS,
    **STAGES,
    "pool": "统筹区",
    "province": "省级",
    "not estimated": "未测算的",
}
_STAGE: Final = "|".join(STAGES)
_STEP: Final = "|".join(STEPS)
_DAY: Final = r"([0-9-]+)"

_OF_STAGE: Final = (
    (rf"must be ((?:{_STAGE})(?: or (?:{_STAGE}))*) for ({_STEP})", "应处于“{0}”阶段方可{1}"),
    (r"must have started, with its approval and the papers of a start", "应先凭批复和启动材料启动"),
    (r"must be active", "应处于运行状态"),
    (r"must be approved by the union at the same level first", "应先经本级工会批准"),
)
"""What asks for a stage of a scheme, and finds another."""

_FORMS: Final = (
    *_OF_STAGE,
    (r"must come with its ([a-z_]+) for ([a-z_]+)", "{1}应附{0}"),
    (r"must be (\S+), as on file", "应为档案所载的 {0}"),
    (r"must be of the level (\w+) of the pool (\S+)", "应为统筹区 {1} 的{0}工会"),
    (r"must be the sponsoring union of (\S+)", "应为 {0} 的主办工会"),
    (rf"must be issued by {_DAY}", "签发日应不晚于 {0}"),
    (r"must be issued by (\S+), the union at the same level", "应由本级工会 {0} 签发"),
    (r"must be an approval on file", "应为档案中的批复"),
    (
        r"must have a run-off plan for (\d+) open claims and (.+) not yet reported",
        "应有清理方案，含未结申请 {0} 笔、未报告 {1}",
    ),
    (r"must estimate what is not yet reported", "应测算已发生未报告的金额"),
    (r"must say what becomes of the surplus", "应写明结余如何处置"),
    (r"must not be distributed to a sponsor, an operator or a person", "不得分配给主办方、经办方或个人"),
    (r"must be rolled forward", "应滚存留用"),
    (r"must have no open claim to be closed", "终止前不应有未结申请"),
    (r"must have at least (\d+) persons", "应有至少 {0} 人"),
    (r"must show its ([a-z_]+)", "应具备{0}"),
    (r"must have a checklist of its own", "应有本统筹区的启动条件核对表"),
    (r"must have a set of parameters in force", "应有有效的参数"),
    (r"must have a note on what its parameters rest on", "应有参数测算依据"),
    (r"must have a note on its own parameters, those of (\S+)", "应有本统筹区参数（{0}）的测算依据"),
    (r"must have a pricing memo of its own", "应有本版本的定价备忘录"),
    (r"must have a pricing memo", "应有定价备忘录"),
    (r"must price one of its contributions: (.+)", "应以本版本的缴费标准之一定价：{0}"),
    (r"must expect benefits of (\S+) to (\S+) of the contribution", "预计给付应为互助金的 {0} 至 {1}"),
    (rf"must begin after {_DAY}", "应在 {0} 之后开始"),
    (rf"must begin on {_DAY}", "应自 {0} 开始"),
    (r"must be closed before (\S+)", "应先于 {0} 结转"),
    (r"must come with the version that has the other contribution", "应附载明新缴费标准的版本"),
    (r"must follow a published version", "应接在已公布的版本之后"),
    (r"must be given for an approval", "批复应写明"),
    (r"must be given for what is kept", "留用的应写明"),
    (r"must be given, or an organisation, and not both", "应与组织二者写明其一"),
    (r"must be in the order of their days", "应按日期先后排列，业务日期不得早于上一步"),
    (r"must name each item once", "每项只列一次"),
    (r"must be <= (\S+) collected", "应不超过代收的 {0}"),
    (r"must be written R-1=150\.00", "应写成 R-1=150.00"),
)


def rule_of_approval(rule: str) -> str | None:
    """What a rule of approvals asks, in Chinese; ``None`` where it has none of these forms."""
    for form, words in _FORMS:
        if (match := re.fullmatch(form, rule)) is not None:
            return words.format(*(_word(each) for each in match.groups()))
    return None


def stage_found(rule: str, found: str) -> str | None:
    """The stage that a rule found instead of what it asks; ``None`` where it asks for none.

    Args:
        rule: The rule, in English.
        found: What it found.
    """
    is_of_stage = any(re.fullmatch(form, rule) for form, _ in _OF_STAGE)
    return STAGES.get(found) if is_of_stage else None


def _word(text: str) -> str:
    """One or several words; what is none of them is a name or a figure."""
    return " 或 ".join(_WORDS.get(each, each) for each in text.split(" or "))
