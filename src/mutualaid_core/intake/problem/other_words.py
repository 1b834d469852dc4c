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
