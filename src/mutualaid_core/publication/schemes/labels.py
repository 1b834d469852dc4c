"""Names (名称) of the words of the scheme language; those that other texts share are in ``labels`` above."""

import enum
from collections.abc import Mapping
from typing import Final

from mutualaid_core.domain.claims.settlement import HospitalLevel
from mutualaid_core.domain.scheme.benefit.base import DayCount
from mutualaid_core.domain.scheme.benefit.conditions import Match
from mutualaid_core.domain.scheme.benefit.limits import Excess, Per
from mutualaid_core.domain.scheme.benefit.rounding import RoundingPlace
from mutualaid_core.domain.scheme.benefit.terms import Basis, Over
from mutualaid_core.domain.scheme.eligibility import Employment, InsuranceType
from mutualaid_core.domain.scheme.facts import EventKind, FactKind
from mutualaid_core.domain.scheme.joining import AgeDay, CoverStart, LateJoining
from mutualaid_core.domain.scheme.options import CoverEnd, LaterPayment, UseOrder
from mutualaid_core.domain.scheme.policy.membership import JoinedBy, RefusalReason
from mutualaid_core.domain.scheme.region import PoolLevel, PoolType
from mutualaid_core.domain.scheme.scheme import SchemeKind
from mutualaid_core.domain.scheme.source import Grade
from mutualaid_core.domain.values.dates import MonthEnd
from mutualaid_core.publication.labels import SETTLEMENT_AMOUNTS, Label

WORDS: Final[Mapping[enum.Enum, Label]] = {
    EventKind.INPATIENT_STAY: Label("住院", "inpatient stay"),
    EventKind.OUTPATIENT_VISIT: Label("门诊", "outpatient visit"),
    EventKind.DIAGNOSIS: Label("确诊", "diagnosis"),
    EventKind.CRITICAL_ILLNESS: Label("重大疾病", "critical illness"),
    EventKind.ACCIDENT: Label("意外伤害", "accident"),
    EventKind.DISABILITY: Label("伤残", "disability"),
    EventKind.DEATH: Label("死亡", "death"),
    EventKind.ACCIDENTAL_DEATH: Label("意外死亡", "accidental death"),
    EventKind.MATERNITY: Label("生育", "maternity"),
    EventKind.PROPERTY_LOSS: Label("财产损失", "loss of property"),
    EventKind.HARDSHIP: Label("生活困难", "hardship"),
    Basis.INDEMNITY: Label("补偿", "compensation"),
    Basis.FIXED: Label("定额", "a fixed sum"),
    Over.CLAIM: Label("每次申请", "each claim"),
    Over.PERIOD: Label("互助期", "the period"),
    Over.SAME_CAUSE: Label("同一病因", "the same cause"),
    DayCount.NIGHTS: Label("出院日不计", "the day of discharge does not count"),
    DayCount.BOTH_DAYS: Label("入院日和出院日都计", "the days of admission and of discharge both count"),
    Match.EXACT: Label("整码", "whole words"),
    Match.PREFIX: Label("前缀", "beginnings of words"),
    Per.CLAIM: Label("每次申请", "a claim"),
    Per.PERIOD: Label("每人每期", "a person and period"),
    Per.LIFETIME: Label("每人终身", "a person and lifetime"),
    Excess.CUT: Label("超出部分不付", "what is above it is not paid"),
    Excess.REFUSE: Label("超出的整笔不付", "a payment above it is refused as a whole"),
    RoundingPlace.EACH_BAND: Label("每段分别", "in each band"),
    RoundingPlace.EACH_STEP: Label("每步分别", "after each step"),
    RoundingPlace.END_OF_BENEFIT: Label("最后一次", "once, at the end"),
    Employment.REGULAR: Label("在编在岗", "regular"),
    Employment.DISPATCHED: Label("劳务派遣", "dispatched"),
    Employment.FLEXIBLE: Label("灵活就业", "flexible"),
    Employment.RETIRED: Label("退休", "retired"),
    FactKind.AMOUNT: Label("金额", "amount"),
    FactKind.COUNT: Label("整数", "whole number"),
    FactKind.CODE: Label("代码", "code"),
    FactKind.FLAG: Label("是否", "yes or no"),
    UseOrder.ADMISSION: Label("入院日", "day of admission"),
    UseOrder.DISCHARGE: Label("出院日", "day of discharge"),
    UseOrder.SETTLEMENT: Label("结算日", "day of settlement"),
    UseOrder.FILING: Label("申请日", "day of filing"),
    UseOrder.APPROVAL: Label("审定日", "day of approval"),
    LaterPayment.RECALCULATE_BOTH_WAYS: Label("重新计算，多退少补", "computed anew, both ways"),
    LaterPayment.RECOVER_ONLY: Label("只追回多付", "only what was paid too much is taken back"),
    LaterPayment.LEAVE: Label("不再变动", "left as it is"),
    CoverEnd.PERIOD_END: Label("保障至互助期末", "cover lasts to the end of the period"),
    CoverEnd.ON_THE_DAY: Label("保障至当日", "cover ends on the day"),
    JoinedBy.UNIT: Label("单位", "a unit"),
    JoinedBy.PLATFORM: Label("平台或产业工会", "the union of a platform or an industry"),
    JoinedBy.PERSON: Label("个人", "a person alone"),
    LateJoining.REFUSE: Label("不予受理", "refused"),
    LateJoining.NEXT_PERIOD: Label("转入下一互助期", "referred to the next period"),
    LateJoining.ACCEPT: Label("予以受理，自缴费起保障", "taken in, covered from the payment on"),
    CoverStart.TERM_START: Label("参保期首日", "the first day of the term"),
    CoverStart.PAYMENT_DAY: Label("缴费当日", "the day of the payment"),
    CoverStart.DAY_AFTER_PAYMENT: Label("缴费次日", "the day after the payment"),
    CoverStart.MONTH_AFTER_PAYMENT: Label("缴费次月首日", "the first day of the month after the payment"),
    AgeDay.COVER_START: Label("保障首日", "the first day of cover"),
    AgeDay.PERIOD_START: Label("互助期首日", "the first day of the period"),
    AgeDay.JOINING: Label("参加当日", "the day of joining"),
    RefusalReason.SIMILAR_FUND: Label("本单位已有类似医疗基金", "the unit has a similar fund"),
    RefusalReason.COMMERCIAL_INSURANCE: Label("已购买商业保险", "commercial insurance was bought"),
    RefusalReason.ILLNESS: Label("职工患病", "the worker is ill"),
    PoolType.GEOGRAPHIC: Label("行政区域", "geographic"),
    PoolType.ORGANS: Label("省直机关", "organs of the province"),
    PoolType.INDUSTRY: Label("产业", "industry"),
    PoolType.CORPS: Label("兵团", "corps"),
    PoolLevel.PROVINCE: Label("省级统筹", "province"),
    PoolLevel.CITY: Label("市级统筹", "city"),
    SchemeKind.INPATIENT: Label("住院医疗互助", "inpatient mutual aid"),
    SchemeKind.OUTPATIENT: Label("门诊医疗互助", "outpatient mutual aid"),
    SchemeKind.CRITICAL_ILLNESS: Label("重大疾病互助", "mutual aid for critical illness"),
    SchemeKind.WOMENS_ILLNESS: Label("女职工特殊疾病互助", "mutual aid for women's illnesses"),
    SchemeKind.ACCIDENT: Label("意外伤害互助", "mutual aid for accidents"),
    SchemeKind.COMPOSITE: Label("综合互助", "mutual aid of several kinds"),
    Grade.F1: Label("一级（本单位或报社官网）", "F1 (the organisation's or newspaper's own site)"),
    Grade.F2: Label("二级（署名转载）", "F2 (re-posted with the publisher's name)"),
    Grade.F3: Label("三级（未署名）", "F3 (unattributed)"),
    Grade.F4: Label("四级（公开源码）", "F4 (published source code)"),
    Grade.MADE_UP: Label("自拟", "made up"),
    MonthEnd.LAST_DAY: Label("取当月末日", "the last day of the month"),
    MonthEnd.NEXT_FIRST: Label("取次月首日", "the first of the next month"),
    MonthEnd.REFUSE: Label("不予计算", "refused"),
}
"""Every word of a scheme file that has a name of its own here."""

FACTS: Final[Mapping[str, Label]] = {
    **SETTLEMENT_AMOUNTS,
    "days": Label("住院天数", "days in hospital"),
    "shares": Label("参加份数", "shares held"),
    "age": Label("周岁年龄", "age in years"),
    "cover_day": Label("保障第几天", "day of cover"),
    "stay_ordinal": Label("本期第几次住院", "number of the stay in the period"),
    "first_time": Label("首次参加", "joining for the first time"),
    "designated_hospital": Label("定点医院", "designated hospital"),
    "hosp_lv": Label("医院等级", "level of the hospital"),
    "insutype": Label("结算险种", "insurance of the settlement"),
    "sex": Label("性别", "sex"),
    "med_type": Label("医疗类别", "kind of care"),
    "psn_type": Label("人员类别", "type of person"),
    "fixmedins_code": Label("医疗机构编码", "code of the hospital"),
    "dise_code": Label("病种编码", "code of the disease"),
}
"""Every fact that needs no declaration."""

CODES_OF: Final[Mapping[str, type[enum.Enum]]] = {"hosp_lv": HospitalLevel, "insutype": InsuranceType}
"""Facts whose codes are named by an enumeration."""

SEXES: Final[Mapping[str, Label]] = {"1": Label("男", "male"), "2": Label("女", "female")}
"""Codes of ``sex``."""
