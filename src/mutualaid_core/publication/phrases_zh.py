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
    "days_one": "{count} 天",
    "days_many": "{count} 天",
    "times_one": "{count} 次",
    "times_many": "{count} 次",
    "shares_one": "{count} 份",
    "shares_many": "{count} 份",
    "span_period": "本期此前",
    "span_lifetime": "此前历次",
    # the frame of a decision
    "opening": "申请 {claim} 于{day}审定，适用项目版本 {version}，上级政策 {policy}。",
    "step": "【{rule}】{told}。〔规则 {code}；参数 {parameter}，出处 {source}；条款 {clauses}〕",
    "reason": "理由：{text}（{name}，条款 {clause}）。{advice}",
    "remedy": "办法：{remedy}。",
    "no_remedy": "这一条没有可以补办的手续；所列事实有误的，请凭证明向经办工会申请更正。",
    "trace_opening": "适用项目版本 {version}，上级政策 {policy}。",
    "class": "按{fact}分类",
    "class_told": "按{fact}分类，本次为 {value}",
    "classed": "{told}（{chosen}）",
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
    "applies": "适用“{name}”（{benefit}），事项：{event}，给付性质：{basis}",
    "own_name": "“{name}”",
    "benefit_paid": "补助项目 {benefit} 已付",
    "waiting": (
        "事项发生在参保第 {day} 天，在第 {last} 天及以前的免责期内，不按补助标准而按分级标准给付 {pays}"
    ),
    "waiting_shares": (
        "事项发生在参保第 {day} 天，在第 {last} 天及以前的免责期内，不按补助标准而按分级标准给付：每份 "
        "{pays} × {shares} = {after}"
    ),
    "waiting_nothing": "事项发生在参保第 {day} 天，在第 {last} 天及以前的免责期内，不予给付",
    "days": "住院 {stay}（{counted}）",
    "days_first": "，从第 {first} 天起计，计 {days}",
    "days_as_told": "按申报的天数",
    "event": "按事项定额给付，计 {times}",
    "accumulation": "{over}：此前 {earlier} + 本次 {base} = {sum}，先按合计计算",
    "less_earlier": "{before} {minus} 此前各次算得 {earlier} = {after}",
    "less_earlier_above": "{before}不超过此前各次算得的 {earlier}，得 {after}",
    "bands_below": "{before}没有超过最低一段的下限 {below}，各段都不予补助，得 {after}",
    "bands_top": "超过 {top}的部分在最高一段之外，不予补助；{before}按各段合计 {after}",
    "slab": "{before}超过 {above}，不超过 {up_to}，全额按这一档：{before} × {ratio} = {share}",
    "slab_open": "{before}超过 {above}，全额按这一档：{before} × {ratio} = {share}",
    "table_below": "{before}没有超过最低一档的下限 {below}，得 {after}",
    "share_most": "{product}，不超过本段限额 {most}，计 {share}",
    "sum_band": "{before}超过 {above}，不超过 {up_to}，这一档定额 {sum}",
    "sum_band_open": "{before}超过 {above}，这一档定额 {sum}",
    "share": "{before} × {ratio} = {after}",
    "at_most_within": "{before}没有超过封顶额 {most}，得 {after}",
    "at_most_cut": "{before}超过封顶额 {most}，减为 {after}",
    "times_shares": "{before} × {shares} = {after}",
    "times_shares_void": "{before} × {shares} = {after}（持有 {held}，超出部分无效）",
    "day_table": "{days}在“{first} 天至 {last} 天”一档，按 {paid}给付",
    "day_table_open": "{days}在“{first} 天及以上”一档，按 {paid}给付",
    "day_table_nothing": "{days}，没有可给付的天数",
    "days_limit_within": "{per}限额 {most} {minus} 此前已用 {used}，{days}没有超过，按 {paid}给付",
    "days_limit_cut": "{per}限额 {most} {minus} 此前已用 {used}，{days}超过此数，按 {paid}给付",
    "per_day": "{days} × 每天 {per_day} = {after}",
    "fixed_sum": "定额 {after}",
    "deductible": "{before} {minus} 起付线 {deductible} = {after}",
    "deductible_above": "{before}不超过起付线 {deductible}，余 {after}",
    "band": "第 {number} 段，超过 {above}至 {up_to}（含）的部分：{part} × {ratio} = {share}；累计 {summed}",
    "band_open": "第 {number} 段，超过 {above}的部分：{part} × {ratio} = {share}；累计 {summed}",
    "share_rounded": "{product}，舍入为 {share}",
    "rounding": "各段合计 {exact}，{place}{mode}到{unit}，得 {after}",
    "rounding_plain": "{exact}{place}{mode}到{unit}，得 {after}",
    "rounding_end": "最后一次",
    "fen": "分",
    "minimum_within": "由 {before}提高到最低补助额 {minimum}，得 {after}",
    "minimum_limited": "按最低补助额 {minimum}计，但以补助基数 {base}为限，得 {after}",
    "minimum_beyond": "由 {before}提高到最低补助额 {minimum}（可以高于自负的 {base}），得 {after}",
    "indemnity": "{formula} = {after}，{before}超过此数，减为 {after}",
    "indemnity_nothing": "{formula}，已无余额，{before}减为 {after}",
    "cap_within": (
        "限额 {cap} {minus} {span}已核定 {granted} = {before_left}，"
        "{before}未超过，得 {after}；限额还余 {left}"
    ),
    "cap_cut": (
        "限额 {cap} {minus} {span}已核定 {granted} = {before_left}，"
        "{before}超过此数，减为 {after}；限额还余 {left}"
    ),
    "cap_exhausted": "{span}已核定 {granted}，限额 {cap}已用完，{before}减为 {after}；限额还余 {left}",
    "indemnity_base": "补助不得超过补助基数 {base}，{before}减为 {after}",
    "cap_refused": (
        "限额 {cap} {minus} {span}已核定 {granted} = {before_left}，{before}超过此数，按规定全部不予给付，"
        "得 {after}；限额还余 {left}"
    ),
    "cap_shares": "{cap}（每份 {per_share} × {shares}）",
    "claim_within": "单次限额 {cap}，{before}没有超过，得 {after}",
    "claim_cut": "单次限额 {cap}，{before}超过此数，减为 {after}",
    "claim_refused": "单次限额 {cap}，{before}超过此数，按规定全部不予给付，得 {after}",
    "payments_within": "{per}最多给付 {most}，此前已给付 {used}，{before}可以给付",
    "payments_used_up": "{per}最多给付 {most}，此前已给付 {used}，次数已用完，{before}减为 {after}",
    "benefit": "核定补助 {after}；处理结果：{outcome}；主要理由：{reason}",
    # conclusions, by outcome
    "conclusion_PASS": "结论：通过，核定补助 {benefit}。",
    "conclusion_PASS_nothing": "结论：通过，但没有可补助的金额，核定补助 {benefit}。",
    "conclusion_FLAG": "结论：核定补助 {benefit}，同时登记待查问题。",
    "conclusion_CRITICAL": "结论：核定补助 {benefit}，同时登记问题；问题办结之前本期不得结账。",
    "conclusion_HOLD": "结论：暂缓，目前核定补助 {benefit}；上列各项查清或办妥后继续办理，申请不必重交。",
    "conclusion_REJECT": "结论：不予给付。",
    # what differs between two computations
    "differ_amount": "补助由 {before}变为 {after}，{effect}。",
    "differ_same": "补助没有变化，都是 {before}。",
    "differ_version": "项目版本由 {before} 变为 {after}。",
    "differ_reasons_added": "新增理由：{reasons}。",
    "differ_reasons_left_out": "不再有的理由：{reasons}。",
    "differ_no_step": "各步骤没有不同。",
    "differ_step": "【{rule}】{changes}。〔参数 {parameter}〕",
    "differ_added": "【{rule}】新增一步：{told}。〔参数 {parameter}〕",
    "differ_left_out": "【{rule}】少了一步：{told}。〔参数 {parameter}〕",
    "differ_value": "{name}由 {before}变为 {after}",
    "differ_fact": "{name}由 {before} 变为 {after}",
    "differ_gives": "得数由 {before}变为 {after}（{effect}）",
    "differ_source": "出处",
    "differ_none": "（无）",
    "differ_more": "多 {amount}",
    "differ_less": "少 {amount}",
    "differ_join": "；",
    "yes": "是",
    "no": "否",
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
