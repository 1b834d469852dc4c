"""Reason (理由): why a claim was decided as it was.

Reasons stand in order of precedence: a decision leads with the first and keeps all. A
number is never used for another reason. Texts are those that a member reads.
"""

import enum
from typing import Self

from mutualaid_core.clauses import check_clause
from mutualaid_core.errors import InvalidValueError


@enum.unique
class Outcome(enum.Enum):
    """What a rule says of a subject (处理结果), from the gravest to the lightest."""

    REJECT = "REJECT"
    HOLD = "HOLD"
    CRITICAL = "CRITICAL"
    FLAG = "FLAG"
    PASS = "PASS"


@enum.unique
class Reason(enum.Enum):
    """Reason of a decision, in order of precedence.

    Attributes:
        number: Stable number, never reused.
        rank: Place in the order of precedence, from 0; not stable.
        outcome: What this reason alone leads to.
        clause: Clause that it rests on.
        zh: Text for the member, in Chinese.
        en: Text for the member, in English.
        remedy_zh: What can be done about it, in Chinese; empty where nothing can.
        remedy_en: What can be done about it, in English; empty where nothing can.
    """

    # fmt: off
    SETTLEMENT_REVERSED = (
        1, "REJECT", "GD-2.3.3c", "该结算单已被退费冲销", "the settlement was reversed by the insurance",
        "请凭重新结算后的结算单申请", "apply with the new settlement",
    )
    SETTLEMENT_CONTRADICTED = (
        20, "HOLD", "GD-2.3.3c",
        "同一结算ID先后数据不一致", "the same settlement id came before with other figures",
        "请由医保经办机构确认以哪份为准", "let the insurance say which one holds",
    )
    NOT_A_MEMBER = (
        2, "REJECT", "ACFTU-2.1a", "申请人未参加本期互助", "not a member of this period",
        "请向所在单位工会核实参加名单", "ask the unit's union to check the roster",
    )
    UNIT_NOT_ADMITTED = (
        3, "REJECT", "HN-4.1.2a",
        "所在单位参与率未达到要求，本期未获准入", "the unit was not admitted: too few joined",
        "单位可在下一期达到参与率后参加", "the unit may join the next period with enough members",
    )
    NO_PAID_COVER = (
        4, "REJECT", "ACFTU-2.3b", "未缴纳互助金，不享受保障", "no paid cover",
        "请向所在单位工会核实缴费", "ask the unit's union to check the payment",
    )
    NOT_INPATIENT = (
        5, "REJECT", "HN-4.2.1a", "该医疗类别不在住院互助范围内", "this kind of care is not covered",
        "", "",
    )
    OUTSIDE_PERIOD = (
        6, "REJECT", "HN-4.2.1b", "住院不在互助期内", "the stay lies outside the period",
        "请按住院所属互助期申请", "apply under the period of the stay",
    )
    OUTSIDE_COVER = (
        7, "REJECT", "HN-4.2.1b",
        "住院不在本人保障期间内", "the stay lies outside the member's days of cover",
        "", "",
    )
    IN_WAITING_PERIOD = (
        8, "REJECT", "HN-4.4.2b", "住院在免责期内", "the stay lies in the waiting period",
        "", "",
    )
    INSTITUTION_NOT_DESIGNATED = (
        9, "REJECT", "HN-4.2.1c", "就诊医院不是定点医院", "the hospital is not designated",
        "", "",
    )
    INSURANCE_NOT_COVERED = (
        10, "REJECT", "HN-4.1.1b",
        "结算险种不符合参加条件", "the stay was settled by an insurance that does not qualify",
        "", "",
    )
    FILED_TOO_LATE = (
        11, "REJECT", "HN-4.5.3a", "超过申请时限", "filed after the time limit",
        "", "",
    )
    NOT_ELIGIBLE = (
        25, "REJECT", "HN-4.1.1b", "不符合参加条件", "the member does not meet the conditions of the scheme",
        "", "",
    )
    PART_NOT_HELD = (
        24, "REJECT", "ACFTU-2.3b", "本人未参加该项目", "the member does not hold this part of the scheme",
        "请向所在单位工会核实参加项目", "ask the unit's union which parts are held",
    )
    EVENT_NOT_COVERED = (
        23, "REJECT", "HN-4.2.1a", "该事项不在保障范围内", "no benefit of the scheme covers this event",
        "", "",
    )
    SUM_PAID_BEFORE = (
        33, "REJECT", "GD-2.3.2b", "该项定额给付已按规定次数给付过，不再给付",
        "the fixed sum was paid before, as often as it is paid",
        "", "",
    )
    IDENTITIES_BROKEN = (
        12, "HOLD", "GD-1.2d", "结算单金额勾稽不符", "the figures of the settlement do not add up",
        "请由医保经办机构核对结算单", "let the insurance check the settlement",
    )
    BASE_BELOW_ZERO = (
        21, "REJECT", "HN-4.2.1f", "各方支付合计超过范围内费用，个人自负基数为负",
        "the earlier payers paid more than the costs in scope",
        "请由医保经办机构核对结算单", "let the insurance check the settlement",
    )
    NOT_SETTLED_FIRST = (
        32, "HOLD", "HN-2.3", "基本医疗保险尚未结算",
        "the basic insurance has not settled the stay yet",
        "请先办理基本医疗保险结算", "let the basic insurance settle the stay first",
    )
    NAME_DIFFERS = (
        13, "HOLD", "ACFTU-12.1c", "结算单姓名与参加名单不一致", "the name differs from the roster",
        "请提供身份证明", "show proof of identity",
    )
    FUND_INSUFFICIENT = (
        14, "HOLD", "ACFTU-10.4b", "互助金专户余额不足，暂缓支付", "the fund cannot pay this at present",
        "资金到位后支付", "it is paid when money has come in",
    )
    NOTHING_SELF_BORNE = (
        15, "PASS", "HN-4.2.1f", "范围内无个人自负金额，补助为零", "nothing in scope was left to the member",
        "", "",
    )
    CAP_EXHAUSTED = (
        16, "PASS", "HN-4.4.3c", "最高补助限额已用完，补助为零", "the cap is used up",
        "", "",
    )
    CAP_REDUCED = (
        17, "PASS", "HN-4.4.3c", "已按最高补助限额的剩余额度给付", "cut to what the cap leaves",
        "", "",
    )
    PAYMENTS_USED_UP = (
        26, "PASS", "HN-4.4.3c", "给付次数已用完，补助为零", "the number of payments is used up",
        "", "",
    )
    DAYS_USED_UP = (
        27, "PASS", "HN-4.4.3c", "给付天数已用完，补助为零", "the number of days is used up",
        "", "",
    )
    DAYS_REDUCED = (
        28, "PASS", "HN-4.4.3c", "已按剩余给付天数给付", "cut to the days that are left",
        "", "",
    )
    LIMIT_EXCEEDED = (
        29, "PASS", "HN-4.4.3c",
        "超过剩余限额，按规定不予给付", "above what the limit leaves, and so not paid",
        "", "",
    )
    CLAIM_CAP_REDUCED = (
        30, "PASS", "HN-4.4.3c", "已按单次最高补助限额给付", "cut to the most that one claim is paid",
        "", "",
    )
    INDEMNITY_LIMIT = (
        22, "PASS", "ACFTU-3.2a", "各方支付合计不得超过实际费用，已相应核减",
        "cut so that all payers together stay within the cost",
        "", "",
    )
    WAITING_GRADE = (
        31, "PASS", "HN-4.4.2b", "事项发生在免责期内，按分级标准给付",
        "in the waiting period, paid by its grade",
        "", "",
    )
    MINIMUM_APPLIED = (
        18, "PASS", "HN-4.4.2c", "已按最低补助额给付", "raised to the minimum payment",
        "", "",
    )
    COMPUTED = (
        19, "PASS", "HN-4.4.1", "已按标准计算给付", "computed by the schedule",
        "", "",
    )
    # fmt: on

    def __init__(  # noqa: PLR0913, PLR0917  # one argument per attribute
        self, number: int, outcome: str, clause: str, zh: str, en: str, remedy_zh: str, remedy_en: str
    ) -> None:
        """Keep the parts; the clause must exist."""
        self.number = number
        self.rank = len(type(self).__members__)
        self.outcome = Outcome(outcome)
        self.clause = check_clause(clause)
        self.zh, self.en = zh, en
        self.remedy_zh, self.remedy_en = remedy_zh, remedy_en

    @classmethod
    def numbered(cls, number: int) -> Self:
        """The reason with that number.

        Raises:
            InvalidValueError: There is none.
        """
        for reason in cls:
            if reason.number == number:
                return reason
        raise InvalidValueError("number", "must be that of a reason", number)

    def __repr__(self) -> str:
        """As it is written in code: ``Reason.COMPUTED``."""
        return f"{type(self).__name__}.{self.name}"


def in_order(reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """*reasons* once each, by precedence."""
    return tuple(sorted(dict.fromkeys(reasons), key=_rank))


def _rank(reason: Reason) -> int:
    return reason.rank


def gravest(reasons: tuple[Reason, ...]) -> Outcome:
    """The gravest outcome that *reasons* lead to; ``PASS`` for none."""
    outcomes = {reason.outcome for reason in reasons}
    return next((outcome for outcome in Outcome if outcome in outcomes), Outcome.PASS)
