"""Meanings (列说明) of the columns of claims, members and prior use, in Chinese and English."""

from typing import Final

from mutualaid_core.publication.labels import SETTLEMENT_AMOUNTS

FORMS: Final = {
    "id": ("文本，不含空格和 /", "text without blanks and /"),
    "day": ("YYYY-MM-DD", "YYYY-MM-DD"),
    "amount": ("元，至多两位小数", "yuan, at most two decimals"),
    "count": ("整数", "whole number"),
    "flag": ("1 或 0", "1 or 0"),
    "code": ("代码", "a code"),
    "elsewhere": ("元，至多两位小数", "yuan, at most two decimals"),
    "used": ("元、天数或次数", "yuan, days or times"),
    "refd_setl_flag": ("1 或 0", "1 or 0"),
}
"""How cells are written."""

MEANINGS: Final = {
    **{name: (label.zh, label.en) for name, label in SETTLEMENT_AMOUNTS.items()},
    "claim_id": ("申请编号，或以 setl_id 为列名", "id of the claim; setl_id is taken too"),
    "person_id": (
        "人员编号，同一人相同；或用 certno 列",
        "id of the person, alike for one person; or certno",
    ),
    "scheme_id": ("所属项目", "the scheme that the row speaks of; blank for all schemes"),
    "event": ("事项种类", "kind of the event"),
    "began": (
        "入院日或事项发生日，或以 begndate 为列名",
        "admission, or day of the event; begndate is taken too",
    ),
    "ended": ("出院日，或以 enddate 为列名", "discharge; enddate is taken too"),
    "settled": ("结算日，或以 setl_time 为列名", "day of settlement; setl_time is taken too"),
    "filed": ("申请日", "day of filing"),
    "parts": ("参加的项目", "parts of the scheme that the person holds"),
    "shares": ("份数，空白为 1", "shares held; 1 where blank"),
    "days": ("住院天数，空白则按日期计算", "days of the stay; counted from its days where blank"),
    "age": ("事项发生日的周岁年龄", "age in years on the day of the event"),
    "cover_day": ("保障第几天，首日为 1", "day of cover, the first one being 1"),
    "stay_ordinal": ("本期第几次住院", "which stay of the period it is, from 1"),
    "first_time": ("是否首次参加", "whether the person joins for the first time"),
    "designated_hospital": ("是否定点医院", "whether the hospital is a designated one"),
    "hosp_lv": ("医院等级", "level of the hospital"),
    "insutype": ("险种类型", "basic insurance"),
    "sex": ("性别", "sex"),
    "med_type": ("医疗类别", "kind of care"),
    "psn_type": ("人员类别", "kind of person"),
    "fixmedins_code": ("定点医药机构编码", "code of the hospital"),
    "dise_code": ("诊断编码", "code of the diagnosis"),
    "elsewhere": ("其他互助已付金额", "what other schemes paid for the event"),
    "refd_setl_flag": ("退费结算标志", "whether the settlement was reversed"),
    "period_id": ("互助期编号", "id of the period"),
    "first_day": ("保障首日", "first day of cover"),
    "last_day": ("保障末日", "last day of cover"),
    "born": ("出生日期", "day of birth"),
    "counter": ("限额计数，见 left 列", "counter of the limit, as the column left has it"),
    "used": ("此前已用", "what was used before"),
}
"""What each column holds; what a scheme declares has the title that its file gives."""

OF_FILES: Final = {
    "members": {
        "period_id": (
            "互助期编号，自定，如 2014；同一期各行相同，与已用限额文件一致",
            "id of the period, your own word such as 2014; alike in all its rows and in prior use",
        ),
        "person_id": (
            "人员编号，与申请文件相同；或用 certno 列",
            "id of the person, as in the claims; or certno, as they do",
        ),
    },
    "prior": {
        "period_id": (
            "互助期编号，与人员文件一致，无该文件时为版本编号；终身限额留空",
            "id of the period as in the members, or of the version; blank for a limit over a lifetime",
        ),
        "person_id": (
            "人员编号，与申请文件相同；或用 certno 列",
            "id of the person, as in the claims; or certno, as they do",
        ),
    },
}
"""What columns hold that mean something of their own in one of the other files."""
