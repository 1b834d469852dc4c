"""Names (字段名称): what the fields of scheme, policy and trace are called in both languages.

Schemas, the text of a scheme, the differences of two and the template all take them from here.
"""

from collections.abc import Mapping
from typing import Final

from mutualaid_core.serialization.json_schema.policy_names import POLICY_NAMES

_ZH: Final[Mapping[str, str]] = {
    # scheme and region
    "region": "统筹区域",
    "scheme": "互助项目",
    "versions": "项目版本",
    "version": "项目版本",
    "scheme_id": "项目编号",
    "policy_id": "政策编号",
    "pool_id": "统筹区域编号",
    "sponsor": "主办工会",
    "operator": "经办机构",
    "Scheme.kind": "项目类别",
    "PoolingRegion.type": "统筹类型",
    "level": "统筹层次",
    "division": "行政区划代码",
    "supervisor": "省级监管机构",
    "name": "名称",
    "title": "标题",
    "kind": "类别",
    "source": "出处",
    # version
    "version_id": "版本编号",
    "first_day": "施行首日",
    "last_day": "施行末日",
    "documents": "来源文件",
    "SourceDocument.id": "文件编号",
    "grade": "来源等级",
    "facts": "事实",
    "FactTerm.name": "事实名称",
    "FactTerm.kind": "事实类型",
    "FactTerm.title": "含义",
    "codes": "可取代码",
    "parts": "参加项目",
    "part_id": "参加项目编号",
    "needs": "须同时参加",
    "excludes": "不得同时",
    "dues": "互助金",
    "eligibility": "参加条件",
    "event": "保障事项",
    "benefits": "补助项目",
    "open_points": "待定事项",
    # dues and eligibility
    "rates": "缴费标准",
    "part": "参加项目",
    "when": "适用条件",
    "amount": "金额",
    "DuesRate.amount": "每份金额",
    "shares_max": "最多份数",
    "payers": "缴费来源",
    "payer": "缴费方",
    "split": "分担比例",
    "ratio": "比例",
    "insurance_types": "险种类型",
    "employments": "用工形式",
    # joining
    "joining": "参加办法",
    "ways": "参加渠道",
    "window": "缴费时限",
    "opens": "开始（距互助期首日天数）",
    "closes": "截止（距互助期首日天数）",
    "late": "逾期处理",
    "new_hires": "新入职职工",
    "days_max": "入职后天数",
    "JoiningTerms.terms": "参保期",
    "starts_after_months": "互助期已过月数",
    "months": "参保月数",
    "fee": "占每期互助金比例",
    "cover_start": "保障起始日",
    "gate": "参与率要求",
    "eligible_below": "适用人数（少于）",
    "GateBand.ratio_min": "最低参与率",
    "GateBand.persons_min": "最少人数",
    "needs_confirmation": "须单位工会确认",
    "needs_consultation": "须征求职工意见",
    "age_on": "年龄计算日",
    "renewal": "续保",
    "gap_days_max": "视为连续的最长中断天数",
    "refusals_banned": "不得拒绝的情形",
    # conditions
    "fact": "事实",
    "one_of": "代码之一",
    "match": "比对方式",
    "holds": "是否成立",
    "least": "不少于",
    "most": "不多于",
    "add": "计入金额",
    "subtract": "扣除金额",
    "above": "超过",
    "at_least": "不低于",
    "below": "低于",
    "up_to": "至（含）",
    # event
    "kinds_of_care": "医疗类别",
    "institutions": "定点医院",
    "period_by": "归期依据",
    "filing_days_max": "申请期限（天）",
    # benefit
    "benefit_id": "补助项目编号",
    "Benefit.name": "补助项目名称",
    "Benefit.event": "保障事件",
    "Benefit.excludes": "不与并付",
    "basis": "给付性质",
    "waiting": "免责期",
    "grades": "免责期分级",
    "through_day": "至第几天（含）",
    "pays": "给付",
    "times_shares": "按份数计",
    "first_day_counts": "首日计入",
    "waived_when": "免除条件",
    "base": "补助基数",
    "less_benefits": "扣除的其他补助",
    "less_elsewhere": "扣除其他项目已付",
    "counted": "天数算法",
    "first_payable_day": "起算日",
    "accumulate": "累计方式",
    "over": "累计范围",
    "cause": "病因依据",
    "within_days": "间隔天数",
    "within_months": "间隔月数",
    "month_end": "月末处理",
    "steps": "计算步骤",
    "step": "计算步骤",
    "bands": "分段",
    "Band.above": "下限（不含）",
    "Band.up_to": "上限（含）",
    "SumBand.above": "下限（不含）",
    "SumBand.up_to": "上限（含）",
    "Band.most": "分段限额",
    "base_up_to": "适用基数上限",
    "may_exceed_base": "可超过基数",
    "first": "首日",
    "last": "末日",
    "DayBand.most": "最多天数",
    "choices": "分类标准",
    "limits": "限额",
    "AmountLimit.most": "最高金额",
    "PaymentsLimit.most": "最多次数",
    "DaysLimit.most": "最多天数",
    "TimesShares.most": "最多份数",
    "per": "限额范围",
    "each": "分别计算依据",
    "counter": "共用限额名",
    "excess": "超限处理",
    "rounding": "舍入规则",
    "mode": "舍入方式",
    "place": "舍入位置",
    "unit": "舍入单位",
    # open points
    "use_order": "限额使用顺序",
    "preselfpay_in_base": "先行自付计入基数",
    "overlimit_in_base": "超限价自费计入基数",
    "account_is_self_borne": "个人账户支付视为自负",
    "later_payment": "事后报销处理",
    "cover_after": "离职后保障",
    "retirement": "退休后",
    "dismissal": "辞退或辞职后",
    "transfer_out": "转出统筹区域后",
    "large_payment": "大额给付",
    "LargePayment.amount": "起点金额",
    "window_days": "合并计算天数",
    "heir_papers": "继承人材料",
    # trace
    "form": "格式版本",
    "rule": "计算规则",
    "before": "计算前",
    "after": "计算后",
    "amounts": "所用金额",
    "TraceStep.facts": "所用事实",
    "parameter": "参数路径",
    "clauses": "条款",
    # claim line
    "claim_id": "申请编号",
    "person_id": "人员编号",
    "ClaimLine.event": "保障事件",
    "began": "起始日",
    "ended": "结束日",
    "settled": "结算日",
    "filed": "申请日",
    "ClaimLine.amounts": "金额（分）",
    "counts": "数量",
    "ClaimLine.codes": "代码",
    "flags": "是否",
    "is_reversed": "退费结算",
    "elsewhere": "其他项目已付（分）",
}
"""By name of the field, or by class and field where the name alone is not enough."""

_EN: Final[Mapping[str, str]] = {
    "through_day": "through day",
    "Band.above": "lower edge",
    "Band.up_to": "upper edge",
    "SumBand.above": "lower edge",
    "SumBand.up_to": "upper edge",
    "Band.most": "most that the band pays",
    "DuesRate.amount": "amount of a share",
    "heir_papers": "papers of an heir",
    "use_order": "order in which limits are used",
    "preselfpay_in_base": "share paid in advance counts in the base",
    "overlimit_in_base": "cost above a price limit counts in the base",
    "account_is_self_borne": "personal account counts as self-borne",
    "retirement": "after retirement",
    "dismissal": "after dismissal or resignation",
    "transfer_out": "after a transfer out of the region",
    "when": "conditions",
    "late": "joining after the window",
    "opens": "first day of the window, from the first day of the period",
    "closes": "last day of the window, from the first day of the period",
    "fee": "part of the dues of a period",
    "Benefit.event": "kind of event",
    "name": "name",
}
"""Where the name with blanks for its underscores does not read well."""

_CLASSES: Final[Mapping[str, str]] = {
    "CodeIs": "代码条件",
    "FlagIs": "是否条件",
    "CountWithin": "数量条件",
    "AmountWithin": "金额条件",
    "AmountsBase": "费用基数",
    "EventTerms": "保障事项",
    "Condition": "适用条件",
    "Base": "补助基数",
    "PlainStep": "计算步骤",
    "Step": "计算步骤",
    "Limit": "限额",
    "PoolType": "统筹类型",
    "PoolLevel": "统筹层次",
    "SchemeKind": "项目类别",
    "UseOrder": "限额使用顺序",
    "LaterPayment": "事后报销处理",
    "CoverEnd": "保障终止",
    "EventDate": "归期依据",
    "Match": "比对方式",
    "FactKind": "事实类型",
    "Per": "限额范围",
    "Excess": "超限处理",
    "MonthEnd": "月末处理",
    "Rule": "计算规则",
    "Cite": "参数出处",
}
"""Classes and unions whose own text carries no Chinese term."""


def field_name_zh(owner: str, field: str) -> str:
    """What a field is called in Chinese (字段中文名); empty where nobody named it yet.

    >>> field_name_zh("AmountLimit", "most"), field_name_zh("Waiting", "grades")
    ('最高金额', '免责期分级')
    """
    whole = f"{owner}.{field}"
    found = (names.get(key) for key in (whole, field) for names in (_ZH, POLICY_NAMES))
    return next((name for name in found if name), "")


def field_name_en(owner: str, field: str) -> str:
    """What a field is called in English (字段英文名).

    >>> field_name_en("Benefit", "open_points")
    'open points'
    """
    return _EN.get(f"{owner}.{field}", _EN.get(field, field.replace("_", " ")))


def class_name_zh(name: str) -> str:
    """The Chinese term of a class or union (类型中文名) that its own text does not carry."""
    return _CLASSES.get(name, "")
