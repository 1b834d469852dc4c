"""Life of a scheme and of an organisation (准入和退出): stages, steps, and what each step rests on.

The tables are the published ones: services refuse what they do not allow, and those who build
screens read the same tables.
"""

import enum
from typing import Final

import attrs

from mutualaid_core.clauses import check_clause
from mutualaid_core.domain.values.checks import checked, not_blank


class Stage(enum.Enum):
    """Stage (阶段) of a scheme, or of an organisation."""

    DRAFT = "draft"
    """拟订"""
    PROPOSED = "proposed"
    """已申报"""
    APPROVED = "approved"
    """已批准"""
    FILED = "filed"
    """已备案"""
    ACTIVE = "active"
    """运行"""
    SUSPENDED = "suspended"
    """暂停"""
    RUN_OFF = "run_off"
    """清理"""
    CLOSED = "closed"
    """终止"""
    ESTABLISHED = "established"
    """机构已设立"""
    DISSOLVED = "dissolved"
    """机构已撤销"""


class LifeAct(enum.Enum):
    """What is done with a scheme or an organisation (办理事项)."""

    DRAFT = "draft"
    PROPOSE = "propose"
    SEND_BACK = "send_back"
    APPROVE = "approve"
    FILE = "file"
    ACTIVATE = "activate"
    REGISTER = "register"
    """补办启动手续: a scheme that ran before it had a file shows the papers of its start."""
    ADJUST = "adjust"
    """调整缴费标准: for a later period, by a new version."""
    SUSPEND = "suspend"
    RESUME = "resume"
    STOP = "stop"
    CLOSE = "close"
    ESTABLISH = "establish"
    DISSOLVE = "dissolve"


class Paper(enum.Enum):
    """Paper (文件) that a step rests on."""

    APPROVAL = "approval"
    """本级工会批复"""
    FILING = "filing"
    """备案回执"""
    RESOLUTION = "resolution"
    """决议"""
    BASIS = "basis"
    """参数测算依据"""
    PRICING_MEMO = "pricing_memo"
    """定价备忘录"""
    CHECKLIST = "checklist"
    """启动条件核对表"""
    RUN_OFF_PLAN = "run_off_plan"
    """清理方案"""
    SURPLUS_DISPOSAL = "surplus_disposal"
    """结余处置方案"""


@attrs.frozen(kw_only=True, field_transformer=checked)
class LifeStep:
    """Step (流转) from one stage to the next.

    Attributes:
        from_stage: Stage before; ``None`` where there is nothing yet.
        act: What is done.
        to_stage: Stage after.
        papers: Papers that must come with it.
        zh: What it is, in Chinese.
        en: The same in English.
        clause: Clause that it rests on.
    """

    from_stage: Stage | None
    act: LifeAct
    to_stage: Stage
    papers: tuple[Paper, ...]
    zh: str = attrs.field(validator=not_blank)
    en: str = attrs.field(validator=not_blank)
    clause: str

    def __attrs_post_init__(self) -> None:
        """Refuse a clause that does not exist."""
        check_clause(self.clause)


def _step(  # noqa: PLR0913, PLR0917  # a row of the table
    from_stage: Stage | None,
    act: LifeAct,
    to_stage: Stage,
    papers: tuple[Paper, ...],
    zh: str,
    en: str,
    clause: str,
) -> LifeStep:
    return LifeStep(
        from_stage=from_stage, act=act, to_stage=to_stage, papers=papers, zh=zh, en=en, clause=clause
    )


_START: Final = (Paper.APPROVAL, Paper.BASIS, Paper.PRICING_MEMO, Paper.CHECKLIST)
_STOP: Final = (Paper.APPROVAL, Paper.RUN_OFF_PLAN, Paper.SURPLUS_DISPOSAL)
_VOTE: Final = (Paper.RESOLUTION,)

# fmt: off
SCHEME_LIFE: Final[tuple[LifeStep, ...]] = (
    _step(None, LifeAct.DRAFT, Stage.DRAFT, (), "拟订项目", "a scheme is drafted", "ACFTU-4.4a"),
    _step(Stage.DRAFT, LifeAct.PROPOSE, Stage.PROPOSED, (), "申报", "it is proposed", "ACFTU-4.4a"),
    _step(Stage.PROPOSED, LifeAct.SEND_BACK, Stage.DRAFT, (), "退回修改", "it is sent back", "ACFTU-4.4a"),
    _step(Stage.PROPOSED, LifeAct.APPROVE, Stage.APPROVED, (Paper.APPROVAL,),
          "本级工会批准", "the union at the same level approves it", "ACFTU-4.4b"),
    _step(Stage.APPROVED, LifeAct.FILE, Stage.FILED, (Paper.FILING,), "备案", "it is filed", "ACFTU-4.4a"),
    _step(Stage.FILED, LifeAct.ACTIVATE, Stage.ACTIVE, _START, "启动", "it starts", "ACFTU-4.4b"),
    _step(Stage.ACTIVE, LifeAct.REGISTER, Stage.ACTIVE, _START,
          "补办启动手续", "the papers of its start are filed afterwards", "ACFTU-4.4b"),
    _step(Stage.ACTIVE, LifeAct.ADJUST, Stage.ACTIVE, (Paper.PRICING_MEMO,),
          "调整缴费标准", "its contribution is changed for a later period", "HN-4.3.4d"),
    _step(Stage.ACTIVE, LifeAct.SUSPEND, Stage.SUSPENDED, _VOTE, "暂停", "it is suspended", "ACFTU-4.4a"),
    _step(Stage.SUSPENDED, LifeAct.RESUME, Stage.ACTIVE, _VOTE, "恢复", "it goes on", "ACFTU-4.4a"),
    _step(Stage.ACTIVE, LifeAct.STOP, Stage.RUN_OFF, _STOP, "停办", "it stops and runs off", "ACFTU-4.4b"),
    _step(Stage.SUSPENDED, LifeAct.STOP, Stage.RUN_OFF, _STOP, "停办", "it stops and runs off", "ACFTU-4.4b"),
    _step(Stage.RUN_OFF, LifeAct.CLOSE, Stage.CLOSED, _VOTE, "终止", "it is closed", "ACFTU-4.4a"),
)
"""Life of a scheme (项目准入和退出流程)."""

ORGANISATION_LIFE: Final[tuple[LifeStep, ...]] = (
    _step(None, LifeAct.ESTABLISH, Stage.ESTABLISHED, (Paper.APPROVAL,),
          "设立", "an organisation is established", "ACFTU-4.4c"),
    _step(Stage.ESTABLISHED, LifeAct.DISSOLVE, Stage.DISSOLVED, (Paper.APPROVAL, Paper.RUN_OFF_PLAN),
          "撤销", "it is dissolved", "ACFTU-4.4c"),
)
"""Life of an organisation (机构设立和撤销流程)."""
# fmt: on


def step_of(life: tuple[LifeStep, ...], stage: Stage | None, act: LifeAct) -> LifeStep | None:
    """The step that *act* takes from *stage*; ``None`` where it takes none."""
    return next((step for step in life if step.from_stage is stage and step.act is act), None)


def acts_from(life: tuple[LifeStep, ...], stage: Stage | None) -> tuple[LifeAct, ...]:
    """What may be done from *stage*, in the order of the table; empty at the end of a life."""
    return tuple(step.act for step in life if step.from_stage is stage)
