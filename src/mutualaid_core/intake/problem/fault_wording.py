"""Wording of faults (违规项措辞): what rules of membership ask and find, in Chinese.

A rule says in English what it asks, in one form with other names, days and figures. Each form
has its Chinese here, and so have the words that a rule finds. A test walks the rules and fails
where one of them has no Chinese.
"""

import re
from collections.abc import Mapping
from typing import Final

from mutualaid_core.intake.problem.approval_words import FOUND, rule_of_approval
from mutualaid_core.intake.problem.other_words import LEAVING, OTHERS

_DAY: Final = r"([0-9-]+)"
_STATE: Final = r"(?:none|enrolled|ended|withdrawn|voided|proposed|accepted|rejected|expired)"

WORDS: Final[Mapping[str, str]] = {
    "enrolled": "已参加",
    "ended": "已终止",
    "withdrawn": "已撤回",
    "voided": "已作废",
    "proposed": "待接收",
    "accepted": "已接收",
    "rejected": "已拒绝",
    "expired": "已过期",
    "unit": "单位",
    "from_unit": "转出单位",
    "to_unit": "接收单位",
    "office": "经办机构",
    "calendar": "日期",
    "join": "参加",
    "gift": "受赠",
    "renew": "续保",
    "pay": "缴费",
    "transfer": "转移接续",
    "leave_pool": "转出统筹区域",
    "retire": "退休",
    "dismiss": "解除劳动关系",
    "die": "死亡",
    "correct": "更正",
    "restore": "撤销离开",
    "retired": "退休",
    "dismissed": "解除劳动关系",
    "died": "死亡",
    "transferred": "转移接续",
    "left_pool": "转出统筹区域",
    "withdraw": "撤回",
    "void": "作废",
    "propose": "提出转移",
    "accept": "接收",
    "reject": "拒绝",
    "expire": "过期",
    "booked": "已入账",
    "held": "待核对",
    "returned": "已退回",
    "national": "全国",
    "province": "省级",
    "pool": "统筹区",
    "county": "县级",
    "agency": "经办、代办机构",
    "member": "个人",
    "union": "工会",
    "employer": "用人单位",
    "fund": "互助基金",
    "individual": "个人",
    "granted": "已补助",
    "none": "无",
    "nothing": "无",
    "not enrolled": "未参加",
    "enrolled already": "已经参加",
    "at another unit": "在其他单位",
    "another unit": "另一单位",
    "the same unit": "同一单位",
    "another group": "其他群体",
    "no group": "无群体",
    "no class": "无类别",
    "no day of cover left": "没有剩余的保障日",
    "not admitted to the period": "未准入该互助期",
    "an earlier place": "此前的参加",
    "not confirmed": "未确认",
    "not judged": "未判定",
    "refused": "未准入",
    "unknown": "没有记录",
    "not there": "没有记录",
    "not returned": "未退回",
    "not paid": "未缴费",
    "paid already": "已缴费",
    "objects": "不同意",
    "the cover": "保障期间",
    "the period": "互助期",
    "after the term": "在参保期之后",
    "a death on record": "已登记死亡",
    "a wholly different name": "姓名完全不同",
    "persons alone": "个人单独参加",
    "the day of return": "退款日",
    "the receiving unit decides": "由接收单位确认",
    "the leaving unit proposes and takes back": "由转出单位办理",
    "the day alone decides": "过期由日期决定",
    "membership runs through the unit": "参加由单位统一办理",
    "the unit's union collects and remits": "互助金由单位工会统一收缴",
    "the unit tells that the employment ended": "劳动关系变动由所在单位申报",
    "the unit that enrolled takes it back": "由申报参加的单位撤回",
    "gifts are given out by programme": "赠送由经办机构按项目办理",
    "whoever runs the scheme corrects errors": "差错由经办机构更正",
    "due for renewal": "可续保",
    "took the place back": "上期参加已撤回",
    "was enrolled in error": "上期参加系差错，已作废",
    "has died": "会员已死亡",
    "has retired: no new period": "已退休，保障至期满，不再续保",
    "has left work: no new period": "已解除劳动关系，不再续保",
    "has left the pool: no new period": "已转出统筹区域，不再续保",
    "has left": "上期参加已终止",
    "never paid: had no cover": "上期未缴费，没有保障",
    "was not covered at the end of the period": "上期末已不在保",
    "was given one period only": "赠送仅限当期",
    "is at a unit outside the pool": "所在单位不在本统筹区域",
    "does not meet the conditions of the new period": "不符合新一期参加条件",
    "has joined the new period already": "已参加新一期",
}
"""Words that a rule finds, or that stand within one: states, sides, actions, reasons."""

_FOUND: Final = (
    (r"(\d+) lines?", "{0} 行"),
    (r"(\d+) periods?", "{0} 期"),
    (r"(\d+) times", "{0} 次"),
    (r"number (\d+)", "第 {0} 人"),
    (r"(\d+) characters", "{0} 个字符"),
    (r"paid (\S+)", "{0} 已缴费"),
    (r"(\S+) not returned", "{0} 未退回"),
    (r"(\S+) not standing", "{0} 未设立"),
    (r"(\S+) unknown", "{0} 没有记录"),
    (r"died (\S+) in (\S+)", "{0} 死亡（{1} 期）"),
    (r"(\S+) at (\S+)", "{0}（{1}）"),
    (r"(\S+) for (\S+)", "{0}（{1}）"),
    (r"(\S+), a county", "{0}（县级）"),
    (r"(\d+): (\S+) after (\S+)", "{0} 年 {1}，此前 {2}"),
    (r"(\S+) does not exist", "{0} 不存在"),
)
"""What a rule finds, in forms with names and figures."""

FAULTS: Final = (
    *LEAVING,
    (rf"must be after {_DAY}, or be left out", "应晚于 {0}，或不填"),
    (r"must stay (\S+): the unit (\S+) has members", "应仍为 {0}：单位 {1} 已有会员"),
    (
        r"must get the contribution of the void place back before the period stops",
        "停止入账前，应先退回作废参加的互助金",
    ),
    (r"must add terms after those that it has", "新任期应排在已有任期之后"),
    (r"must add up to the (\S+) received", "合计应等于收到的 {0}"),
    (r"must be a known organisation", "应为已登记的组织"),
    (r"must be a known unit", "应为已登记的单位"),
    (r"must be a member of the period before", "应为上一期的会员"),
    (r"must be a new transfer of its own", "应使用新的转移编号"),
    (r"must be settled or go back before the period stops", "停止入账前，应先核对入账或退回"),
    (r"must be passed on by (\S+)", "应由 {0} 上缴"),
    (r"must be looked at: was on a list that was held", "请核实：此人原在待核对的名单上"),
    (
        r"must be at most (\S+): whoever was listed owes (\S+) of the (\S+) held",
        "应不超过 {0}：待核对 {2}，列入名单的人应缴 {1}",
    ),
    (rf"must be made by {_DAY}", "应最迟于 {0} 制定"),
    (r"must be a pool", "应为统筹区"),
    (r"must be above 0.00 and at most the (\S+) due", "应大于 0.00 且不超过应缴的 {0}"),
    (r"must be above 0.00 and at most the (\S+) held", "应大于 0.00 且不超过待核对的 {0}"),
    (rf"must be acted on from {_DAY} on, when it was proposed", "应在 {0} 提出之日起办理"),
    (rf"must be declared on or before {_DAY}", "应最迟于 {0} 声明"),
    (rf"must be recorded on or after {_DAY}", "登记日应不早于 {0}"),
    (r"must have authorised the deduction", "应已授权代扣"),
    (r"must hold to be withdrawn", "应已有授权才可撤销"),
    (r"must not hold already", "不应已有授权"),
    (r"must be a day of which (\S+) has a roster: there is none", "{0} 没有任何名册"),
    (r"must be a day of which (\S+) has a roster: (.+)", "应为 {0} 有名册的日期：{1}"),
    (
        r"must be the day on which (\S+) was judged by this roster: (.+)",
        "应为 {0} 按该名册判定准入的日期：{1}",
    ),
    (r"must be the day on which the unit was judged", "应为单位判定准入的日期"),
    (r"must not have been judged for this period by such a roster", "本期不应已按该类名册判定过"),
    (r"must not be (an ID number|a bank card number|a mobile number)", "不得为{0}"),
    (r"must not stand beside (\S+)", "不得与 {0} 同时填写"),
    (r"must be a file that can be read \((.+)\)", "应为可以读取的文件（{0}）"),
    (r"must not be a file that is read", "不得为所读取的文件"),
    (r"must lie in a folder that is there", "所在文件夹应存在"),
    (rf"must be given on or after {_DAY}", "应在 {0} 或之后赠送"),
    (r"must be given: the store keeps no keys of its own", "应提供：账簿未保存密钥"),
    (r"must not be given: the store keeps its own keys", "不应提供：账簿已保存密钥"),
    (r"must be the one the store was begun with", "应为账簿开始使用时的密钥文件"),
    (r"must be admitted first", "单位应先准入"),
    (rf"must be <= {_DAY}, or for the next period", "应不晚于 {0}，或参加下一期"),
    (r"must be alive", "应在世"),
    (r"must bring its workers in together, by its roster", "应按名单集体组织职工参加"),
    (r"must follow the period that is renewed, with none between", "应紧接所续的一期，不得间隔其他期"),
    (r"should have the name on record for the number", "姓名应与该号码已登记的一致，请核对身份证"),
    (r"must be an agency", "应为代办机构"),
    (r"must be an error: a contribution is not refunded", "只有差错可以退回，互助金不予退还"),
    (r"must be another unit than the one that is left", "接收单位应与转出单位不同"),
    (rf"must be answered until {_DAY}; a new proposal may be made", "应最迟于 {0} 答复，可重新提出"),
    (r"must be at a unit", "应在某一单位"),
    (r"must be at the unit that is left", "应在转出单位"),
    (r"must be at least one, each once", "应至少一个，且各列一次"),
    (r"must be confirmed by the union of the unit", "应由单位工会确认"),
    (rf"must be counted on or before {_DAY}", "统计日应不晚于 {0}"),
    (r"must be covered by the (\S+) in the account", "账户余额 {0} 应足够"),
    (rf"must be covered from a day of {_DAY} to {_DAY}", "保障起始日应在 {0} 至 {1} 之间"),
    (
        rf"must be covered from {_DAY} or later, by term, window and payment",
        "按参保期、时限和缴费日，保障应不早于 {0} 开始",
    ),
    (rf"must be covered from {_DAY}", "保障应自 {0} 开始"),
    (r"must be done by one of its two units", "应由转出单位或接收单位办理"),
    (r"must be done by (\S+): (.+)", "应由{0}办理（{1}）"),
    (r"must be due for renewal", "应可续保"),
    (r"must be enrolled in the period", "应已参加本期"),
    (r"must be enrolled through the unit", "应由该单位参加"),
    (r"must be from_unit or to_unit", "应为 from_unit 或 to_unit"),
    (r"must be given one period", "赠送只限一期"),
    (r"must be given", "应提供"),
    (r"must be held", "应为待核对"),
    (r"must be in one of the (\d+) groups of (\S+)", "应属于 {1} 的 {0} 个群体之一"),
    (rf"must be known on or after {_DAY}, as the change before", "登记日应不早于上次变动的 {0}"),
    (r"must be listed once", "应只列一次"),
    (r"must be named once", "应只列一次"),
    (
        rf"must be for an event by {_DAY}, the day of death; look into the benefit granted",
        "应为死亡日 {0} 及之前的事件，请核查已作出的补助",
    ),
    (rf"must be noted on or after {_DAY}", "登记日应不早于 {0}"),
    (r"must be of a class among (.+)", "应属于以下类别之一：{0}"),
    (r"must be of a person who has paid with it", "应为已通过该笔汇款缴费的人员"),
    (r"must be of a person who has paid", "应为已缴费的人员"),
    (r"must be of the units that were counted", "应属于已统计的单位"),
    (r"must be of (\S+) for (\S+)", "应属于 {0} 的 {1} 期"),
    (r"must be paid by (.+), never by the fund", "应由{0}支付，不得由互助基金支付"),
    (r"must be paid by (\S+) in (\d+)", "{1} 年应由{0}支付"),
    (r"must be paid by (.+)", "应由{0}支付"),
    (r"must be paid wholly by (\S+), by (\S+)", "应按 {1} 全部由{0}支付"),
    (r"must be registered or at work in (\S+)", "注册地或工作地应在 {0}"),
    (r"must be registered in (\S+)", "注册地应在 {0}"),
    (r"must be renewed by the member's own unit", "应由会员所在单位续保"),
    (r"must be renewed for one period; a term of several is joined anew", "续保只限一期，多期须重新参加"),
    (r"must be reported by the member's own unit", "应由会员所在单位申报"),
    (r"must be shared as the scheme says: (.+)", "应按项目规定分担：{0}"),
    (r"must be shared by member, union and employer alone", "只能由个人、工会和用人单位分担"),
    (
        r"must be taken back before it is paid; a valid contribution is not refunded",
        "缴费前才可撤回，有效的互助金不予退还",
    ),
    (r"must be taken back by the member's own unit", "应由会员所在单位撤回"),
    (r"must be the token of a page", "应为续页标记"),
    (r"must be the (\S+) that was paid", "应等于已缴的 {0}"),
    (r"must be the (\d+) that were counted", "应等于已统计的 {0} 人"),
    (r"must be void: a contribution is not refunded", "参加应已作废，互助金不予退还"),
    (r"must be within a term of the period", "应在本期的参保期内"),
    (r"must be within a term of (\d+) months", "应在 {0} 个月的参保期内"),
    (r"must be within the (\d+) persons of (\S+)", "应在 {1} 的 {0} 人名额内"),
    (r"must be of another kind for (\S+)", "不能办理{0}"),
    (rf"must be ({_STATE}(?: or {_STATE})*) for (\S+)", "应为“{0}”方可办理{1}"),
    (rf"must begin after {_DAY}, the end of (\S+)", "应在 {1} 期末日 {0} 之后开始"),
    (rf"must begin by {_DAY}", "应最迟于 {0} 开始"),
    (r"must belong to the pool (\S+)", "应属于统筹区 {0}"),
    (rf"must change on or after {_DAY}, the day of the latest change", "变动日应不早于最近一次变动的 {0}"),
    (rf"must change within the cover, {_DAY} to {_DAY}", "变动日应在保障期间 {0} 至 {1} 内"),
    (rf"must change within (.+), {_DAY} to {_DAY}", "变动日应在{0} {1} 至 {2} 内"),
    (rf"must change within the period, {_DAY} to {_DAY}", "死亡日应在本期 {0} 至 {1} 内"),
    (
        r"must be for the place that the member has now; it may be proposed anew",
        "应针对该会员现在的参加，可重新提出转移",
    ),
    (
        r"should take part in the later periods too; the cover of the member stands",
        "接收单位在后续各期也应参加，会员的保障不受影响",
    ),
    (r"must cite the resolution by which the union pays", "应注明工会负担的决议"),
    (r"must come to whole fen at (.+)", "按 {0} 应折成整分"),
    (
        r"must cost the (\S+) that was paid; void the enrolment and join anew",
        "应缴额应等于已缴的 {0}，否则请作废后重新参加",
    ),
    (r"must enrol at most the (\d+) that .+", "应不超过准入判定的 {0} 人；新入职的须填 hired_on"),
    (r"must enrol (\d+) of (\d+)", "{1} 名职工中应有 {0} 人参加"),
    (r"must have an eligible worker on its roster", "名册上应有符合条件的职工"),
    (r"must get the contribution back as an error correction", "互助金应作为差错更正退回"),
    (r"must get the contribution of the void place back first", "应先退回作废参加的互助金"),
    (rf"must give cover by {_DAY}", "应最迟于 {0} 起有保障"),
    (r"must give to at most (\d+) persons in (\d+)", "{1} 年至多赠送 {0} 人"),
    (r"must have a division code as a geographic organisation", "地方组织应有行政区划代码"),
    (r"must have a division code below (\S+), where its parent is", "行政区划代码应在上级 {0} 之下"),
    (rf"must have a division code that holds on {_DAY}", "行政区划代码在 {0} 应有效"),
    (r"must have a parent that exists", "上级组织应存在"),
    (rf"must have a parent that stands on {_DAY}", "上级组织在 {0} 应已设立"),
    (r"must have a rate that applies", "应有适用的缴费标准"),
    (r"must have employer and member bear a part", "用人单位和个人应各承担一部分"),
    (
        rf"must have no benefit granted for an event after {_DAY}; settle these claims first, or name a later day",  # noqa: E501  # one form
        "{0} 之后的事件不应已有补助，请先处理这些申请，或改报较晚日期",
    ),
    (
        r"must have no claim that rests on it; settle these claims first",
        "不应有依此作出的补助决定，请先处理这些申请",
    ),
    (r"must have been reported as (\S+)", "应已登记为{0}"),
    (rf"must have happened by {_DAY}, the day on which it is noted", "应不晚于登记日 {0} 发生"),
    (r"must have no later act that rests on it", "其后不应有依此办理的事项"),
    (
        r"must have no other transfer open; withdraw it or wait for the answer",
        "不应有其他待接收的转移，请先撤回或等待答复",
    ),
    (r"must have paid through (\S+)", "应通过 {0} 缴费"),
    (rf"must be paid anew on or after {_DAY}", "重新缴费应不早于 {0}"),
    (r"must have the code of a province", "应为省级代码"),
    (r"must have the member bear a part", "个人应承担一部分"),
    (r"must have the union bear more than the member", "工会承担的应多于个人"),
    (r"must have (\d+) open periods without a gap", "应有 {0} 个连续的开放互助期"),
    (r"must hold (.+) with (\S+)", "参加 {1} 时应同时参加 {0}"),
    (r"must join a period once, whatever the unit", "每期只能参加一次，不论哪个单位"),
    (rf"must join anew on or after {_DAY}", "重新参加应不早于 {0}"),
    (rf"must keep its term from {_DAY}, or end it", "应保留自 {0} 起的任期，或将其终止"),
    (rf"must keep its term from {_DAY}", "应保留自 {0} 起的任期"),
    (r"must be held with the other parts of its list", "应与同一名单的其余各批一并暂存"),
    (
        r"must keep to the (\d+) persons left of (\d+) in (\d+) by (\S+)",
        "{3} 定的 {2} 年 {1} 人名额只剩 {0} 人",
    ),
    (
        r"must leave after the first day of cover; a place never used is withdrawn or voided",
        "离开应在保障首日之后；未使用的参加请撤回或作废",
    ),
    (r"must leave nothing to the member", "个人不应承担"),
    (r"must lie in (\S+), where its parent is", "应位于上级所在的 {0}"),
    (r"must list its persons", "应列出人员"),
    (r"must meet every condition", "应符合全部条件"),
    (r"must name allowed payers", "付款方应在允许范围内"),
    (r"must name at most (\d+) groups", "至多列 {0} 个群体"),
    (r"must name each member once", "每名会员只列一次"),
    (r"must name each part once", "每个参加项目只列一次"),
    (r"must name the record of the workers' consultation", "应注明征求职工意见的记录"),
    (r"must name the resolution on which it rests", "应注明所依据的决议"),
    (r"must name what it passes on", "应列出所上缴的款项"),
    (r"must not be on the list of those who object", "不应在不同意参加的名单上"),
    (r"must not be the reason of a refusal", "不得作为拒绝的理由"),
    (rf"must not expire before {_DAY} is over", "{0} 过后才可过期"),
    (r"must not hold (.+) with (\S+)", "参加 {1} 时不得同时参加 {0}"),
    (r"must not hold (.+)", "不得含有{0}"),
    (r"must not let the member's share fall", "个人负担不得下降"),
    (r"must not stand under itself", "不得隶属于自身"),
    (r"must pass on what it collected", "应上缴所收款项"),
    (r"must pay once a period", "每期只缴费一次"),
    (r"must pool at the level of a prefecture or a province", "应在市级或省级统筹"),
    (rf"must stand on {_DAY}", "在 {0} 应已设立"),
    (r"must stand under (.+)", "应隶属于 {0}"),
    (rf"must stay open until {_DAY} or later", "答复期限应不早于 {0}"),
    (r"must stay (\S+)", "应仍为 {0}"),
)
"""What the rules of membership ask."""

SUBJECTS: Final[Mapping[str, str]] = {
    "business_on": "业务日期",
    "joined_on": "参加日期",
    "joined_by": "参加方式",
    "paid_on": "缴费日期",
    "collected_on": "代收日期",
    "cover": "保障期间",
    "refusal": "不参加的原因",
}
"""Fields that a fault is about."""


def rule_in_chinese(rule: str) -> str | None:
    """What a rule of membership or of approvals asks, in Chinese; ``None`` where it has no such form."""
    return rule_of_approval(rule) or _told(rule, FAULTS)


def found_in_chinese(found: str) -> str:
    """What a rule found, in Chinese; names and figures stay as they are.

    >>> found_in_chinese("at another unit"), found_in_chinese("3 lines"), found_in_chinese("2014-01-01")
    ('在其他单位', '3 行', '2014-01-01')
    """
    if found in FOUND:
        return FOUND[found]
    return _word(found) if found in WORDS else _told(found, _FOUND) or _word(found)


def _told(text: str, forms: tuple[tuple[str, str], ...]) -> str | None:
    for form, words in forms:
        if (match := re.fullmatch(form, text)) is not None:
            return words.format(*map(_word, match.groups()))
    return None


def _word(text: str) -> str:
    """One or several words; what is none of them is a name or a figure."""
    if text in WORDS or text in OTHERS:
        return WORDS.get(text) or OTHERS[text]
    for mark, chinese in ((", ", "、"), (" or ", " 或 ")):
        if mark in text:
            return chinese.join(map(_word, text.split(mark)))
    return text
