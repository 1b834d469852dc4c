"""Sentences in Chinese (中文语句); ``phrases_en`` holds the same keys with the same places."""

from collections.abc import Mapping
from typing import Final

PHRASES: Final[Mapping[str, str]] = {
    # values
    "amount": "{yuan} 元",
    "amount_and_fraction": "{yuan} 元又 {numerator}/{denominator} 分",
    "day": "{year}年{month}月{day}日",
    "join": "、",
    "code": "{name}（{code}）",
    # the frame of a decision
    "opening": "申请 {claim} 于{day}审定，适用项目版本 {version}，上级政策 {policy}。",
    "step": "【{rule}】{told}。〔规则 {code}；参数 {parameter}，出处 {source}；条款 {clauses}〕",
    "reason": "理由：{text}（{name}，条款 {clause}）。{advice}",
    "remedy": "办法：{remedy}。",
    "no_remedy": "这一条没有可以补办的手续；所列事实有误的，请凭证明向经办工会申请更正。",
    # steps
    "period_inside": (
        "按{by}确定归属期间：{day}在互助期 {period}（{first}至{last}）之内，适用项目版本 {version}"
    ),
    "period_outside": (
        "按{by}确定归属期间：{day}不在互助期 {period}（{first}至{last}）之内，项目版本 {version}"
    ),
    "admission_passed": "审核通过。所查事实：{facts}",
    "admission_refused": "审核未通过，理由：{reasons}。所查事实：{facts}",
    "admission_facts": (
        "医疗类别：{care}，结算险种：{insurance}，医院：{hospital}，{admitted}入院，{discharged}出院，"
        "{filed}申请，申请截止{last_day}（出院后 {days} 天）"
    ),
    "term": "{label}{amount}",
    "base": "{formula} = {after}",
    "base_below_zero": "{formula} = {sum}，低于零，按 {after}计",
    "deductible": "{before} {minus} 起付线 {deductible} = {after}",
    "deductible_above": "{before}不超过起付线 {deductible}，余 {after}",
    "band": "第 {number} 段，超过 {above}至 {up_to}（含）的部分：{part} × {ratio} = {share}；累计 {summed}",
    "band_open": "第 {number} 段，超过 {above}的部分：{part} × {ratio} = {share}；累计 {summed}",
    "share_rounded": "{product}，舍入为 {share}",
    "rounding": "各段合计 {exact}，{place}{mode}到分，得 {after}",
    "minimum_within": "由 {before}提高到最低补助额 {minimum}，得 {after}",
    "minimum_limited": "按最低补助额 {minimum}计，但以补助基数 {base}为限，得 {after}",
    "minimum_beyond": "由 {before}提高到最低补助额 {minimum}（可以高于自负的 {base}），得 {after}",
    "indemnity": "{formula} = {after}，{before}超过此数，减为 {after}",
    "indemnity_nothing": "{formula}，已无余额，{before}减为 {after}",
    "cap_within": (
        "限额 {cap} {minus} 本期此前已核定 {granted} = {before_left}，"
        "{before}未超过，得 {after}；限额还余 {left}"
    ),
    "cap_cut": (
        "限额 {cap} {minus} 本期此前已核定 {granted} = {before_left}，"
        "{before}超过此数，减为 {after}；限额还余 {left}"
    ),
    "cap_exhausted": "本期此前已核定 {granted}，限额 {cap}已用完，{before}减为 {after}；限额还余 {left}",
    "benefit": "核定补助 {after}；处理结果：{outcome}；主要理由：{reason}",
    # conclusions, by outcome
    "conclusion_PASS": "结论：通过，核定补助 {benefit}。",
    "conclusion_PASS_nothing": "结论：通过，但没有可补助的金额，核定补助 {benefit}。",
    "conclusion_FLAG": "结论：核定补助 {benefit}，同时登记待查问题。",
    "conclusion_CRITICAL": "结论：核定补助 {benefit}，同时登记问题；问题办结之前本期不得结账。",
    "conclusion_HOLD": "结论：暂缓，目前核定补助 {benefit}；上列各项查清或办妥后继续办理，申请不必重交。",
    "conclusion_REJECT": "结论：不予给付。",
    # what became of it
    "paid": "已于{day}支付 {amount}。",
    "paid_instalment": "第 {instalment} 次已于{day}支付 {amount}。",
    "not_paid": "尚未支付。",
    # groups of a disclosure
    "group_quarter": "{year} 年第 {quarter} 季度",
    "group_first": "{up_to} 元及以下",
    "group_between": "超过 {above} 元至 {up_to} 元",
    "group_above": "超过 {above} 元",
}
"""Every sentence by its key."""
