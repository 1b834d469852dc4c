"""Other words (其他用词) of faults in Chinese: grounds, payers, and numbers of persons."""

from collections.abc import Mapping
from typing import Final

OTHERS: Final[Mapping[str, str]] = {
    "closing already": "已停止入账",
    "closed already": "已关账",
    "an ID number": "身份证号码",
    "a bank card number": "银行卡号",
    "a mobile number": "手机号码",
    "left": "已离职、退休或转出",
    "changed_mind": "改变主意",
    "duplicate": "重复",
    "overpaid": "多缴",
    "voided_enrolment": "作废参加",
    "wrong_person": "人员有误",
    "not_eligible": "不符合参加条件",
    "government": "政府",
    "donation": "捐赠",
    "interest": "利息",
    "other": "其他",
    "left out": "未列入",
    "of another unit": "属于其他单位",
    "not listed": "不在名单上",
    "nothing against this part": "本批无误",
}
"""Words that a rule finds, in Chinese."""

STATUSES: Final = frozenset(
    {
        *("none", "enrolled", "ended", "withdrawn", "voided"),
        *("proposed", "accepted", "rejected", "expired", "booked", "held", "returned"),
        *("left", "died", "retired", "dismissed", "transferred", "left_pool", "refused"),
        *("not enrolled", "enrolled already", "not admitted to the period", "not confirmed", "not judged"),
        *("not returned", "not paid", "paid already", "a death on record", "on file", "not in being"),
    }
)
"""What a rule finds where it finds how something stands now, and no value that somebody gave."""

_DAY: Final = r"([0-9-]+)"

LEAVING: Final = (
    (
        rf"must change within the cover, {_DAY} to {_DAY}; void the place of who had left before",
        "变动日应在保障期间 {0} 至 {1} 内；此前已离开的，请作废其参加",
    ),
    (
        rf"must have happened by joining, {_DAY}, or later; void the place of who had died before",
        "死亡日应不早于参加登记日 {0}；参加前已死亡的，请作废其参加",
    ),
    (
        rf"must be taken back before {_DAY}, or once the money that is held for it is settled",
        "应在 {0} 前撤回，或先处理列有此人的待核对款项",
    ),
    (
        r"must go back whole, as overpaid (\S+): what is missing would come too late",
        "应以多缴整笔退回 {0}：补缴已逾期",
    ),
    (r"must be on the list of the remittance", "应在该笔汇款的名单上"),
    (r"must go back once", "应只退回一次"),
    (r"must be above 0.00", "应大于 0.00"),
    (
        r"must be alive when cover begins; leave the person out, and return the money",
        "保障开始时应在世；请将此人移出名单，并退回款项",
    ),
    (
        r"must be above 0: nobody is covered without a contribution",
        "应大于 0：未缴费即无保障",
    ),
    (
        rf"must be counted on or after {_DAY}, or it counts for another period",
        "名册日期应不早于 {0}，更早的名册属于以前的互助期",
    ),
    (
        rf"must be judged by its newest roster, of {_DAY}",
        "应按该单位最新名册（{0}）核定",
    ),
    (
        rf"must be covered from {_DAY} or earlier: dues pay for the whole term",
        "互助金对应整个参保期，保障应不晚于 {0} 开始",
    ),
    (
        r"must still work when cover begins; withdraw the place, and return the money",
        "保障开始时应仍在职；请撤回该期参加，并退回款项",
    ),
    (
        r"must have no death on record in another period; take that report back first if it is wrong",
        "其他互助期不应已登记死亡；如系误报，请先撤销该登记",
    ),
    (
        r"should have no death on record; take that report back too if it is wrong",
        "不应仍有死亡登记；如系误报，请一并撤销",
    ),
    (
        r"should be joined anew where the place was voided because of the report",
        "因该误报作废的参加，请重新参加",
    ),
    (
        rf"must move on or after {_DAY}, the day of a leaving; else take it back: the new unit tells it",
        "转移日不应早于已登记的离开日 {0}；要提前转移，请先撤销该登记，办理转移后由新单位重新申报",
    ),
    (
        r"must be of the pool (\S+), as when it was proposed; withdraw it and propose again",
        "接收单位应仍属于提出转移时的统筹区域 {0}；请撤回后重新提出",
    ),
    (
        r"must have the (\S+) that is on record, or be corrected there first",
        "{0} 应与账簿所载单位信息一致；信息有变的，请先更正",
    ),
    (
        r"must be after the last day of the term in row (\d+)",
        "应晚于第 {0} 行存续期的最后一日",
    ),
    (
        r"should be the only one at its level with the code (\S+)",
        "行政区划代码 {0} 同时由同级的其他组织使用，请核对",
    ),
    (
        r"must be told for (\S+), the first place of the member from that day on",
        "应在 {0} 期申报，即该日起会员最早的一期参加",
    ),
    (
        r"should be looked at: the death ended the places of later periods, and what they were paid stands",
        "请核查：后续各期参加已因死亡终止，所缴互助金未作变动",
    ),
    (
        r"should keep the figures with which it was stopped; a report of a death changes none of them",
        "该期数字仍以停止入账时为准，死亡登记不改变这些数字",
    ),
    (
        r"should not be left as it is in later periods; propose the transfer there too",
        "请核查后续各期参加，并在该期也提出转移",
    ),
    (
        r"should not be left as it is in later periods; withdraw it",
        "请核查后续各期参加，予以撤回",
    ),
    (
        (
            r"should not be left as it is in later periods; "
            r"void it as not eligible and give the contribution back"
        ),
        "请核查后续各期参加，以不符合条件作废，并退回互助金",
    ),
    (
        r"should still work at a unit of the pool; look at what is on record",
        "应仍在统筹区域内的单位工作，请核查已有登记",
    ),
    (
        r"should be alive; look at what is on record in another scheme",
        "应在世，请核查其他项目的登记",
    ),
    (
        r"should have cost (\S+) in (\S+), as the first place of the member; look at what was paid",
        "作为该会员的首次参加，{1} 期应缴 {0}，请核查所缴金额",
    ),
)
"""What the rules of leaving and of deaths ask."""
