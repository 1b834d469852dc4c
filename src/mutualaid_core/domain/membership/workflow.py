"""Workflows (办理流程): what may be done with an enrolment and with a transfer, and by whom.

The tables are the published ones: services refuse what they do not allow, and those who build
screens read the same tables as JSON or as a diagram.
"""

import enum
from typing import Final, TypeAlias

import attrs

from mutualaid_core.clauses import check_clause
from mutualaid_core.domain.membership.enrolment import EnrolmentState
from mutualaid_core.domain.membership.transfer import TransferState
from mutualaid_core.domain.values.checks import checked, identifier, not_blank, not_empty
from mutualaid_core.errors import InvalidValueError

State: TypeAlias = EnrolmentState | TransferState
"""State (状态) of an enrolment or of a transfer."""


class Side(enum.Enum):
    """Side (经办方) that does something."""

    UNIT = "unit"
    """单位工会: the union of the member's unit."""
    FROM_UNIT = "from_unit"
    """转出单位"""
    TO_UNIT = "to_unit"
    """接收单位"""
    OFFICE = "office"
    """经办机构: whoever runs the scheme."""
    CALENDAR = "calendar"
    """日期: the day alone."""


class Action(enum.Enum):
    """Action (办理事项) of one of the workflows."""

    JOIN = "join"
    GIFT = "gift"
    RENEW = "renew"
    PAY = "pay"
    TRANSFER = "transfer"
    LEAVE_POOL = "leave_pool"
    RETIRE = "retire"
    DISMISS = "dismiss"
    DIE = "die"
    CORRECT = "correct"
    RESTORE = "restore"
    WITHDRAW = "withdraw"
    VOID = "void"
    PROPOSE = "propose"
    ACCEPT = "accept"
    REJECT = "reject"
    EXPIRE = "expire"


@attrs.frozen(kw_only=True, field_transformer=checked)
class Step:
    """Step (流转) from one state to another.

    Attributes:
        from_state: Word of the state before; ``None`` where there is nothing yet.
        action: What is done.
        to_state: Word of the state after.
        by: The one side that may do it.
        clause: Clause that it rests on.
        condition_zh: What must hold besides, in Chinese; empty for nothing.
        condition_en: The same in English.
        only_zh: Why no other side may, in Chinese.
        only_en: The same in English.
    """

    from_state: str | None
    action: Action
    to_state: str = attrs.field(validator=identifier)
    by: Side
    clause: str
    condition_zh: str = ""
    condition_en: str = ""
    only_zh: str = attrs.field(validator=not_blank)
    only_en: str = attrs.field(validator=not_blank)

    def __attrs_post_init__(self) -> None:
        """Refuse a clause that does not exist."""
        check_clause(self.clause)


@attrs.frozen(kw_only=True, field_transformer=checked)
class Workflow:
    """Workflow (办理流程): the states of one kind of record and all steps between them.

    Attributes:
        name: Name, such as ``enrolment``.
        zh: The same in Chinese.
        states: Words of the states with their Chinese names, in the order of the life.
        steps: Steps; from one state each action has at most one.
    """

    name: str = attrs.field(validator=identifier)
    zh: str = attrs.field(validator=not_blank)
    states: tuple[tuple[str, str], ...] = attrs.field(validator=not_empty)
    steps: tuple[Step, ...] = attrs.field(validator=not_empty)

    def __attrs_post_init__(self) -> None:
        """Refuse a step between unknown states, and two steps of one action from one state."""
        words: set[str | None] = {None, *(word for word, _ in self.states)}
        for step in self.steps:
            if step.from_state not in words or step.to_state not in words:
                raise InvalidValueError("steps", "must lead between the states", step.action.value)
        ways = {(step.from_state, step.action) for step in self.steps}
        if len(ways) != len(self.steps):
            raise InvalidValueError("steps", "must be one for each state and action", len(self.steps))

    @property
    def actions(self) -> tuple[Action, ...]:
        """Every action of the workflow, each once, in the order of the steps."""
        return tuple(dict.fromkeys(step.action for step in self.steps))

    def step_from(self, state: State | None, action: Action) -> Step | None:
        """The step that *action* takes from *state*; ``None`` where it takes none."""
        word = None if state is None else state.value
        steps = (step for step in self.steps if step.from_state == word and step.action is action)
        return next(steps, None)

    def before(self, action: Action) -> tuple[str | None, ...]:
        """Words of the states from which *action* is possible; ``None`` for the very beginning."""
        return tuple(step.from_state for step in self.steps if step.action is action)


@attrs.frozen(kw_only=True, field_transformer=checked)
class AllowedAction:
    """What may be done next (可办事项), or why not.

    Attributes:
        action: What.
        is_allowed: Whether it may be done in this state, by the side that asks if one asks.
        by: The side that may do it; ``None`` where nobody may in this state.
        to_state: Word of the state that follows; ``None`` where nobody may.
        reason_zh: What else must hold and why the others may not, in Chinese.
        reason_en: The same in English.
    """

    action: Action
    is_allowed: bool
    by: Side | None
    to_state: str | None
    reason_zh: str = attrs.field(validator=not_blank)
    reason_en: str = attrs.field(validator=not_blank)


def allowed_actions(
    workflow: Workflow, state: State | None, by: Side | None = None
) -> tuple[AllowedAction, ...]:
    """For every action of a workflow: whether it may be done in a state, by whom, and why not.

    Args:
        workflow: The workflow.
        state: Present state; ``None`` where there is nothing yet.
        by: The side that asks; ``None`` for whoever it may be.
    """
    return tuple(_judged(workflow, state, action, by) for action in workflow.actions)


_NONE: Final = "nothing"


def _judged(workflow: Workflow, state: State | None, action: Action, by: Side | None) -> AllowedAction:
    step = workflow.step_from(state, action)
    if step is None:
        now, before = None if state is None else state.value, workflow.before(action)
        zh: dict[str | None, str] = {None: "尚无记录", **dict(workflow.states)}
        return AllowedAction(
            action=action,
            is_allowed=False,
            by=None,
            to_state=None,
            reason_zh=f"仅可在“{'”“'.join(zh[word] for word in before)}”时办理，现为“{zh[now]}”",
            reason_en=f"only from {', '.join(word or _NONE for word in before)}, not from {now or _NONE}",
        )
    return AllowedAction(
        action=action,
        is_allowed=by is None or by is step.by,
        by=step.by,
        to_state=step.to_state,
        reason_zh="；".join(filter(None, (step.only_zh, step.condition_zh))),
        reason_en="; ".join(filter(None, (step.only_en, step.condition_en))),
    )


_Text: TypeAlias = tuple[str, str]
"""A text in Chinese and in English."""
_Row: TypeAlias = tuple[str | None, Action, str, Side, str, _Text, _Text]
"""State before, action, state after, side, clause, why that side alone, what must hold besides."""

_FREE: Final = ("", "")
_UNIT_JOINS: Final = ("参加由单位统一办理", "membership runs through the unit")
_UNIT_PAYS: Final = ("互助金由单位工会统一收缴", "the unit's union collects and remits")
_UNIT_TELLS: Final = ("劳动关系变动由所在单位申报", "the unit tells that the employment ended")
_UNIT_TAKES_BACK: Final = ("由申报参加的单位撤回", "the unit that enrolled takes it back")
_OFFICE_GIVES: Final = ("赠送由经办机构按项目办理", "gifts are given out by programme")
_OFFICE_CORRECTS: Final = ("差错由经办机构更正", "whoever runs the scheme corrects errors")
_TO_DECIDES: Final = ("由接收单位确认", "the receiving unit decides")
_FROM_STARTS: Final = ("由转出单位办理", "the leaving unit proposes and takes back")
_DAY_DECIDES: Final = ("过期由日期决定", "the day alone decides")

_IN_QUOTA: Final = ("名额内且属于赠送群体", "within the quota, and in one of the groups")
_DUE: Final = ("上期末在保并在续保期限内", "covered at the end of the period before, and within the window")
_ONCE: Final = ("每期一次", "once a period")
_PROPOSED: Final = ("转出单位已提出", "the leaving unit proposed it")
_BETWEEN: Final = (
    "转出单位已提出，且解除劳动关系或转出统筹区后保障尚未期满",
    "the leaving unit proposed it, after dismissal or leaving the pool, while cover lasts",
)
_COVERED: Final = ("保障尚未期满", "while cover lasts")
_UNPAID: Final = ("互助金尚未入账", "nothing has been paid for it")
_NEVER_LEFT: Final = (
    "离开系误报，且其后没有依此办理的事项",
    "the leaving never was, and no later act rests on it",
)
_NEVER_DIED: Final = (
    "死亡系误报；参加仍为作废，可重新参加",
    "the death never was; the place stays void, and the member may join anew",
)
_UNDECIDED: Final = ("尚无依此作出的补助决定", "no claim was decided on it")
_NO_OTHER: Final = ("该会员没有其他待接收的转移", "no other proposal for the member is open")
_OPEN: Final = ("在有效期内", "until the day on which it expires")
_OVER: Final = ("有效期已过", "after the last day for accepting")


def _ways_in(before: str | None) -> tuple[_Row, ...]:
    """The three ways to join: for the first time, or anew after a withdrawal or an error."""
    return (
        (before, Action.JOIN, "enrolled", Side.UNIT, "HN-3.1.2a", _UNIT_JOINS, _FREE),
        (before, Action.GIFT, "enrolled", Side.OFFICE, "SN-2.1.5", _OFFICE_GIVES, _IN_QUOTA),
        (before, Action.RENEW, "enrolled", Side.UNIT, "HN-4.3.5d", _UNIT_JOINS, _DUE),
    )


def _steps(rows: tuple[_Row, ...]) -> tuple[Step, ...]:
    return tuple(
        Step(
            from_state=before,
            action=action,
            to_state=after,
            by=by,
            clause=clause,
            only_zh=only[0],
            only_en=only[1],
            condition_zh=condition[0],
            condition_en=condition[1],
        )
        for before, action, after, by, clause, only, condition in rows
    )


# fmt: off
_ENROLMENT_ROWS: Final[tuple[_Row, ...]] = (
    *_ways_in(None),
    ("enrolled", Action.PAY, "enrolled", Side.UNIT, "HN-3.1.2b", _UNIT_PAYS, _ONCE),
    ("ended", Action.PAY, "ended", Side.UNIT, "HN-3.1.2b", _UNIT_PAYS, _ONCE),
    ("enrolled", Action.TRANSFER, "enrolled", Side.TO_UNIT, "HN-4.3.5c", _TO_DECIDES, _PROPOSED),
    ("ended", Action.TRANSFER, "enrolled", Side.TO_UNIT, "HN-4.3.5c", _TO_DECIDES, _BETWEEN),
    ("enrolled", Action.LEAVE_POOL, "ended", Side.TO_UNIT, "HN-4.3.5c", _TO_DECIDES, _PROPOSED),
    ("enrolled", Action.RETIRE, "ended", Side.UNIT, "HN-4.3.5c", _UNIT_TELLS, _FREE),
    ("enrolled", Action.DISMISS, "ended", Side.UNIT, "HN-4.3.5c", _UNIT_TELLS, _FREE),
    ("enrolled", Action.DIE, "ended", Side.UNIT, "HN-4.3.5c", _UNIT_TELLS, _FREE),
    ("ended", Action.DIE, "ended", Side.UNIT, "HN-4.3.5c", _UNIT_TELLS, _COVERED),
    ("enrolled", Action.CORRECT, "enrolled", Side.OFFICE, "HN-4.3.5b", _OFFICE_CORRECTS, _FREE),
    ("ended", Action.CORRECT, "ended", Side.OFFICE, "HN-4.3.5b", _OFFICE_CORRECTS, _FREE),
    ("ended", Action.RESTORE, "enrolled", Side.OFFICE, "HN-4.3.5b", _OFFICE_CORRECTS, _NEVER_LEFT),
    ("voided", Action.RESTORE, "voided", Side.OFFICE, "HN-4.3.5b", _OFFICE_CORRECTS, _NEVER_DIED),
    ("enrolled", Action.WITHDRAW, "withdrawn", Side.UNIT, "HN-4.3.5b", _UNIT_TAKES_BACK, _UNPAID),
    ("enrolled", Action.VOID, "voided", Side.OFFICE, "HN-4.3.5b", _OFFICE_CORRECTS, _UNDECIDED),
    ("ended", Action.VOID, "voided", Side.OFFICE, "HN-4.3.5b", _OFFICE_CORRECTS, _UNDECIDED),
    *_ways_in("withdrawn"),
    *_ways_in("voided"),
)
_TRANSFER_ROWS: Final[tuple[_Row, ...]] = (
    (None, Action.PROPOSE, "proposed", Side.FROM_UNIT, "HN-4.3.5c", _FROM_STARTS, _NO_OTHER),
    ("proposed", Action.ACCEPT, "accepted", Side.TO_UNIT, "HN-4.3.5c", _TO_DECIDES, _OPEN),
    ("proposed", Action.REJECT, "rejected", Side.TO_UNIT, "HN-4.3.5c", _TO_DECIDES, _OPEN),
    ("proposed", Action.WITHDRAW, "withdrawn", Side.FROM_UNIT, "HN-4.3.5c", _FROM_STARTS, _FREE),
    ("proposed", Action.EXPIRE, "expired", Side.CALENDAR, "HN-4.3.5c", _DAY_DECIDES, _OVER),
)
# fmt: on

ENROLMENTS: Final = Workflow(
    name="enrolment",
    zh="参加",
    states=(("enrolled", "已参加"), ("ended", "已终止"), ("withdrawn", "已撤回"), ("voided", "已作废")),
    steps=_steps(_ENROLMENT_ROWS),
)
"""Workflow of an enrolment (参加流程)."""

TRANSFERS: Final = Workflow(
    name="transfer",
    zh="转移接续",
    states=(
        ("proposed", "待接收"),
        ("accepted", "已接收"),
        ("rejected", "已拒绝"),
        ("withdrawn", "已撤回"),
        ("expired", "已过期"),
    ),
    steps=_steps(_TRANSFER_ROWS),
)
"""Workflow of a transfer (转移接续流程)."""

WORKFLOWS: Final = (ENROLMENTS, TRANSFERS)
"""Every published workflow of membership."""
