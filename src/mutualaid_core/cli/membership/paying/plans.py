"""Showing plans (查看分担方案): how a unit shares the dues, now and before."""

import itertools
from typing import Final

from mutualaid_core.cli.host import opened
from mutualaid_core.cli.membership.acting.telling import plain_of
from mutualaid_core.cli.membership.doing import DONE
from mutualaid_core.cli.membership.known import known_scheme, known_unit
from mutualaid_core.cli.membership.paying.showing import PAYERS
from mutualaid_core.cli.membership.persons import impersonal
from mutualaid_core.cli.output import Output
from mutualaid_core.domain.membership.paying.funding import EarlierPlan, FundingPlan, PlanPattern, PlanYear
from mutualaid_core.domain.scheme.dues import PayerShare
from mutualaid_core.serialization.records import key_of
from mutualaid_core.work import read_many

_PATTERNS: Final = {
    PlanPattern.GIFT: "赠送",
    PlanPattern.GIFT_THEN_INDIVIDUAL: "单位赠送支持、个人逐步承担",
    PlanPattern.THREE_WAY: "单位、工会、个人各出一点",
    PlanPattern.UNION_MAJOR: "经费出大头、个人拿小头",
    PlanPattern.PAYROLL_VOLUNTARY: "自愿工资集中支付",
    PlanPattern.EMPLOYER_SUBSIDY: "行政补贴",
}


def show_plans(store_url: str, unit: str, scheme: str, output: Output) -> int:
    """Show every plan of a unit, in the order of their days.

    Raises:
        InvalidValueError: Something personal stands on the command line.
        NotFoundError: There is no such unit or scheme.
    """
    unit_id = impersonal("unit", unit)
    with opened(store_url, read_only=True) as store:
        key = key_of(known_scheme(store, scheme), known_unit(store, "unit", unit_id))
        made = read_many(store, FundingPlan, (key,)).get(key)
    plans = () if made is None else made.plans
    output.document({"plans": [plain_of(each) for each in plans]})
    if not plans:
        output.say("没有分担方案", "there is none")
    for each, following in itertools.zip_longest(plans, plans[1:]):
        _say(each, following, output)
    return DONE


def _say(plan: EarlierPlan, following: EarlierPlan | None, output: Output) -> None:
    """One plan in a line, with the days on which it held, and a line for each year of it."""
    first = plan.made_on.isoformat()
    zh, en = f"{first} 起", f"from {first}"
    if following is not None:
        zh, en = (
            f"{zh}，至 {following.made_on.isoformat()} 改定",
            f"{en} until {following.made_on.isoformat()}",
        )
    zh, en = f"{zh}：{_PATTERNS[plan.pattern]}", f"{en}: {plan.pattern.value}"
    if plan.resolution is not None:
        zh, en = f"{zh}，决议 {plan.resolution}", f"{en}, resolution {plan.resolution}"
    output.say(zh, en)
    for each in plan.years:
        output.say(f"  {each.year} 年起：{_shares(each, is_zh=True)}", f"  from {each.year}: {_shares(each)}")


def _shares(year: PlanYear, *, is_zh: bool = False) -> str:
    """Who bears which share."""
    told = (f"{PAYERS[each.payer][0 if is_zh else 1]} {_share(each, is_zh=is_zh)}" for each in year.split)
    return ("、" if is_zh else ", ").join(told)


def _share(share: PayerShare, *, is_zh: bool) -> str:
    if share.ratio is not None:
        return str(share.ratio)
    return "其余" if is_zh else "the rest"
