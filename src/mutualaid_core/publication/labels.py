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
from mutualaid_core.domain.scheme.benefit import RoundingPlace
from mutualaid_core.domain.scheme.dues import FundingSource
from mutualaid_core.domain.scheme.eligibility import InsuranceType
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

CODES: Final[Mapping[enum.Enum, Label]] = {
    Rule.PERIOD: Label("归属互助期", "Period"),
    Rule.ADMISSION: Label("资格审核", "Admission"),
    Rule.BASE: Label("补助基数", "Base"),
    Rule.DEDUCTIBLE: Label("起付线", "Deductible"),
    Rule.BAND: Label("分段补助", "Band"),
    Rule.ROUNDING: Label("舍入", "Rounding"),
    Rule.MINIMUM: Label("最低补助额", "Minimum"),
    Rule.INDEMNITY: Label("不超过实际费用", "Actual expense"),
    Rule.PERIOD_CAP: Label("本期最高限额", "Cap of the period"),
    Rule.BENEFIT: Label("补助金额", "Benefit"),
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
}
"""Every code that a published text may show."""
