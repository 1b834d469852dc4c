"""Names (名称): what codes and national field names are called, in Chinese and English.

The one table of such names. Sentences are in ``phrases_zh`` and ``phrases_en``; the texts of
reasons and of account titles stand at those in the domain.
"""

import enum
from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

import attrs

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.claims.settlement import HospitalLevel
from mutualaid_core.domain.claims.trace import Rule
from mutualaid_core.domain.fund.ledger import EntryKind
from mutualaid_core.domain.oversight.disclosure import Dimension
from mutualaid_core.domain.scheme.benefit.base import DayCount
from mutualaid_core.domain.scheme.benefit.limits import Per
from mutualaid_core.domain.scheme.benefit.rounding import RoundingPlace
from mutualaid_core.domain.scheme.benefit.terms import Basis, Over
from mutualaid_core.domain.scheme.dues import FundingSource
from mutualaid_core.domain.scheme.eligibility import InsuranceType
from mutualaid_core.domain.scheme.facts import EventKind
from mutualaid_core.domain.scheme.version import EventDate
from mutualaid_core.domain.values.money import Rounding

Language: TypeAlias = Literal["zh", "en"]
"""Language of a text: ``zh`` (简体中文) or ``en``."""


@attrs.frozen
class Label:
    """A name in both languages (中英文名称).

    Attributes:
        zh: In Chinese.
        en: In English, as it reads within a sentence.
    """

    zh: str
    en: str

    def text(self, lang: Language) -> str:
        """The name in one language.

        >>> Label("起付线", "deductible").text("en")
        'deductible'
        """
        return self.zh if lang == "zh" else self.en


SETTLEMENT_AMOUNTS: Final[Mapping[str, Label]] = {
    "medfee_sumamt": Label("医疗费总额", "total medical cost"),
    "fulamt_ownpay_amt": Label("全自费金额", "cost outside the insurance catalogue"),
    "overlmt_selfpay": Label("超限价自费费用", "cost above a price limit"),
    "preselfpay_amt": Label("先行自付金额", "share paid in advance by the patient"),
    "inscp_scp_amt": Label("符合政策范围金额", "cost within insurance policy"),
    "act_pay_dedc": Label("实际支付起付线", "insurance threshold paid"),
    "hifp_pay": Label("统筹基金支出", "paid by the pooled basic fund"),
    "cvlserv_pay": Label("公务员医疗补助支出", "paid by the civil-servant subsidy"),
    "hifes_pay": Label("企业补充医疗保险支出", "paid by the employer's supplementary insurance"),
    "hifmi_pay": Label("居民大病保险支出", "paid by residents' critical-illness insurance"),
    "hifob_pay": Label("职工大额医疗费用补助支出", "paid by the employees' large-cost subsidy"),
    "maf_pay": Label("医疗救助支出", "paid by medical assistance"),
    "oth_pay": Label("其他支出", "paid by others"),
    "fund_pay_sumamt": Label("基金支付总额", "paid by all funds together"),
    "psn_part_amt": Label("个人负担总金额", "borne by the patient in all"),
    "acct_pay": Label("个人账户支出", "paid from the personal account"),
    "acct_mulaid_pay": Label("个人账户共济支付金额", "paid from a relative's account"),
    "psn_cash_pay": Label("个人现金支出", "paid in cash by the patient"),
    "hosp_part_amt": Label("医院负担金额", "borne by the hospital"),
}
"""Every amount of a settlement by its national field name."""

KINDS_OF_CARE: Final[Mapping[str, Label]] = {"21": Label("普通住院", "inpatient stay")}
"""Kinds of care (``med_type``) that have a name here; any other is shown by its national code."""

OTHER_AMOUNTS: Final[Mapping[str, Label]] = {
    "elsewhere": Label("其他互助项目已付", "paid by other schemes"),
    "benefits": Label("本项目其他补助已付", "paid by earlier benefits of this scheme"),
    "funds": Label("基金支付总额", "paid by all funds together"),
    "expense": Label("医疗费总额", "total medical cost"),
    "hospital": Label("医院负担金额", "borne by the hospital"),
    "base": Label("补助基数", "base"),
    "deductible": Label("起付线", "deductible"),
    "above": Label("下限", "lower edge"),
    "up_to": Label("上限", "upper edge"),
    "below": Label("起点", "lowest edge"),
    "top": Label("终点", "highest edge"),
    "most": Label("本段限额", "most of the band"),
    "sum": Label("定额", "sum"),
    "at_most": Label("封顶额", "upper bound"),
    "minimum": Label("最低补助额", "minimum"),
    "base_up_to": Label("适用的最高基数", "highest base it holds for"),
    "per_day": Label("每日定额", "sum per day"),
    "pays": Label("免责期给付", "sum of the waiting period"),
    "earlier": Label("此前已算得", "earlier claims came to"),
    "cap": Label("限额", "cap"),
    "granted": Label("此前已核定", "granted before"),
    "left": Label("限额余额", "left of the cap"),
    "per_share": Label("每份限额", "cap of a share"),
}
"""What amounts of a step are called that are no national fields."""

FACTS: Final[Mapping[str, Label]] = {
    "hosp_lv": Label("医院等级", "level of the hospital"),
    "insutype": Label("险种", "insurance"),
    "med_type": Label("医疗类别", "kind of care"),
    "fixmedins_code": Label("医院", "hospital"),
    "stay_ordinal": Label("本期第几次住院", "number of the stay in the period"),
    "days": Label("天数", "days"),
    "shares": Label("份数", "shares"),
    "cover_day": Label("参保第几天", "day of cover"),
    "age": Label("年龄", "age"),
    "sex": Label("性别", "sex"),
    "psn_type": Label("人员类别", "kind of person"),
    "class": Label("分类依据", "fact of the class"),
    "class_is": Label("所属类别", "class"),
    "ratio": Label("比例", "ratio"),
    "stay_days": Label("住院天数", "days of the stay"),
    "first_payable_day": Label("起付日", "first day that counts"),
    "counted": Label("天数算法", "way of counting"),
    "paid_days": Label("给付天数", "days paid"),
    "first": Label("档起", "first day of the row"),
    "last": Label("档止", "last day of the row"),
    "pays": Label("该档给付天数", "days that the row pays"),
    "most": Label("最多", "most"),
    "used": Label("此前已用", "used before"),
    "per": Label("限额范围", "runs over"),
    "through_day": Label("免责期至第几天", "last day of the grade"),
    "times_shares": Label("是否乘份数", "times shares"),
    "held": Label("持有份数", "shares held"),
    "over": Label("累计方式", "adds up"),
    "base": Label("本次", "this claim"),
    "earlier": Label("此前", "earlier claims"),
    "sum": Label("合计", "together"),
    "times": Label("次数", "times"),
    "mode": Label("舍入方式", "rounding"),
    "place": Label("舍入位置", "place of rounding"),
    "unit_fen": Label("舍入单位（分）", "unit in fen"),
    "may_exceed_base": Label("可否高于基数", "may exceed the base"),
    "excess": Label("超额处理", "excess"),
    "benefit": Label("补助项目", "benefit"),
    "name": Label("名称", "name"),
    "event": Label("事项", "event"),
    "basis": Label("给付性质", "basis"),
    "unit": Label("单位", "unit"),
    "period_by": Label("归属依据", "day that decides"),
    "event_day": Label("归属日", "day of the event"),
    "period": Label("互助期", "period"),
    "first_day": Label("起", "first day"),
    "last_day": Label("止", "last day"),
    "version": Label("项目版本", "scheme version"),
    "result": Label("审核结果", "result"),
    "reasons": Label("理由", "reasons"),
    "reason": Label("主要理由", "leading reason"),
    "outcome": Label("处理结果", "outcome"),
    "hospital": Label("医院", "hospital"),
    "admitted_on": Label("入院", "admitted on"),
    "discharged_on": Label("出院", "discharged on"),
    "filed_on": Label("申请", "filed on"),
    "filing_days_max": Label("申请时限（天）", "days for filing"),
}
"""What facts of a step are called."""

CODES: Final[Mapping[enum.Enum, Label]] = {
    Rule.PERIOD: Label("归属互助期", "Period"),
    Rule.ADMISSION: Label("资格审核", "Admission"),
    Rule.APPLIES: Label("适用项目", "Benefit that applies"),
    Rule.WAITING: Label("免责期", "Waiting period"),
    Rule.BASE: Label("补助基数", "Base"),
    Rule.DAYS: Label("住院天数", "Days"),
    Rule.EVENT: Label("定额事项", "Event"),
    Rule.ACCUMULATION: Label("累计", "Adding up"),
    Rule.DEDUCTIBLE: Label("起付线", "Deductible"),
    Rule.BAND: Label("分段补助", "Band"),
    Rule.BANDS: Label("各段之外", "Outside the bands"),
    Rule.SLAB: Label("全额按档", "Slab"),
    Rule.FIXED_SUM_BY_BAND: Label("分档定额", "Sum by band"),
    Rule.SHARE: Label("给付比例", "Share"),
    Rule.AT_MOST: Label("封顶", "Upper bound"),
    Rule.TIMES_SHARES: Label("份数", "Shares"),
    Rule.DAY_TABLE: Label("天数档", "Table of days"),
    Rule.DAYS_LIMIT: Label("给付天数限额", "Limit on days"),
    Rule.PER_DAY: Label("每日定额", "Sum per day"),
    Rule.FIXED_SUM: Label("定额", "Fixed sum"),
    Rule.ROUNDING: Label("舍入", "Rounding"),
    Rule.MINIMUM: Label("最低补助额", "Minimum"),
    Rule.LESS_EARLIER: Label("扣减此前", "Less earlier claims"),
    Rule.INDEMNITY: Label("不超过实际费用", "Actual expense"),
    Rule.CLAIM_CAP: Label("单次最高限额", "Cap of the claim"),
    Rule.PERIOD_CAP: Label("本期最高限额", "Cap of the period"),
    Rule.LIFETIME_CAP: Label("终身最高限额", "Cap of a lifetime"),
    Rule.PAYMENTS_LIMIT: Label("给付次数限额", "Limit on payments"),
    Rule.BENEFIT: Label("补助金额", "Benefit"),
    EventKind.INPATIENT_STAY: Label("住院", "inpatient stay"),
    EventKind.OUTPATIENT_VISIT: Label("门诊", "outpatient visit"),
    EventKind.DIAGNOSIS: Label("确诊", "diagnosis"),
    EventKind.CRITICAL_ILLNESS: Label("重大疾病", "critical illness"),
    EventKind.ACCIDENT: Label("意外伤害", "accident"),
    EventKind.DISABILITY: Label("伤残", "disability"),
    EventKind.DEATH: Label("死亡", "death"),
    EventKind.ACCIDENTAL_DEATH: Label("意外死亡", "death by accident"),
    EventKind.MATERNITY: Label("生育", "maternity"),
    EventKind.PROPERTY_LOSS: Label("财产损失", "loss of property"),
    EventKind.HARDSHIP: Label("困难", "hardship"),
    Basis.INDEMNITY: Label("费用补偿", "compensation of a cost"),
    Basis.FIXED: Label("定额给付", "a fixed sum"),
    DayCount.NIGHTS: Label("算入不算出", "the day of discharge not counted"),
    DayCount.BOTH_DAYS: Label("入院日和出院日都算", "the days of admission and discharge both counted"),
    Over.CLAIM: Label("每次单独计算", "each claim by itself"),
    Over.PERIOD: Label("本期各次累计", "all claims of the period"),
    Over.SAME_CAUSE: Label("同一原因各次累计", "all claims for the same cause"),
    Per.CLAIM: Label("单次", "a claim"),
    Per.PERIOD: Label("本期", "the period"),
    Per.LIFETIME: Label("终身", "a lifetime"),
    Outcome.REJECT: Label("不予给付", "refused"),
    Outcome.HOLD: Label("暂缓，待处理", "held for a person"),
    Outcome.CRITICAL: Label("通过，另有须先办结的问题", "allowed, with a finding that blocks closing"),
    Outcome.FLAG: Label("通过，另有待查问题", "allowed, with a finding"),
    Outcome.PASS: Label("通过", "passed"),
    EventDate.ADMISSION: Label("入院日", "day of admission"),
    EventDate.DISCHARGE: Label("出院日", "day of discharge"),
    EventDate.SETTLEMENT: Label("结算日", "day of settlement"),
    InsuranceType.EMPLOYEE: Label("职工基本医疗保险", "employees' basic insurance"),
    InsuranceType.CIVIL_SERVANT_SUBSIDY: Label("公务员医疗补助", "civil-servant subsidy"),
    InsuranceType.BIG_SUM: Label("大额医疗费用补助", "large-cost subsidy"),
    InsuranceType.RESIDENT: Label("城乡居民基本医疗保险", "residents' basic insurance"),
    Rounding.HALF_UP: Label("四舍五入", "rounded half up"),
    Rounding.HALF_EVEN: Label("四舍六入五成双", "rounded half to even"),
    Rounding.DOWN: Label("舍去尾数", "rounded down"),
    Rounding.UP: Label("尾数进一", "rounded up"),
    RoundingPlace.EACH_BAND: Label("每段分别", "in each band"),
    RoundingPlace.EACH_STEP: Label("每步分别", "after each step"),
    RoundingPlace.END_OF_BENEFIT: Label("各段相加后一次", "once, after the bands are added"),
    HospitalLevel.FIRST: Label("一级医院", "first-level hospitals"),
    HospitalLevel.SECOND: Label("二级医院", "second-level hospitals"),
    HospitalLevel.THIRD: Label("三级医院", "third-level hospitals"),
    HospitalLevel.NONE: Label("未定级医院", "hospitals without a level"),
    FundingSource.MEMBER: Label("会员个人", "members"),
    FundingSource.UNION: Label("工会经费", "unions"),
    FundingSource.EMPLOYER: Label("单位行政", "employers"),
    FundingSource.GOVERNMENT: Label("政府补助", "government"),
    FundingSource.DONATION: Label("社会捐赠", "donations"),
    FundingSource.INTEREST: Label("利息", "interest"),
    FundingSource.OTHER: Label("其他", "other sources"),
    Dimension.HOSPITAL_LEVEL: Label("医院等级", "level of the hospital"),
    Dimension.DISCHARGE_QUARTER: Label("出院季度", "quarter of discharge"),
    Dimension.BENEFIT_BAND: Label("单笔金额", "size of the benefit"),
    EntryKind.GRANT: Label("注入储备金", "grant"),
    EntryKind.CONTRIBUTION: Label("收到互助金", "contributions received"),
    EntryKind.APPROVAL: Label("审定补助", "benefit approved"),
    EntryKind.PAYMENT: Label("给付补助", "benefit paid"),
    EntryKind.CLOSING: Label("期末结转", "closing of the period"),
    EntryKind.HOLDING: Label("收到待核对款", "money received to be matched"),
    EntryKind.CORRECTION: Label("缴费更正退回", "error corrected, money returned"),
    EntryKind.PASSED_ON: Label("代办机构上缴", "passed on by an agency"),
}
"""Every code that a published text may show."""
