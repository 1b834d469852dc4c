"""Other words (其他用词) of faults in Chinese: grounds, payers, and numbers of persons."""

from collections.abc import Mapping
from typing import Final

OTHERS: Final[Mapping[str, str]] = {
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
