"""Limits (限额): cost, caps, payments and days, a sentence for each rule."""

from typing import Final

from mutualaid_core.domain.claims.trace import Rule
from mutualaid_core.domain.scheme.benefit.limits import Excess, Per
from mutualaid_core.domain.values.money import ZERO, Money
from mutualaid_core.publication.explanation.telling import Telling, formula
from mutualaid_core.publication.wording import MINUS

_OTHERS: Final = ("elsewhere", "benefits")
_COST: Final = (("medfee_sumamt", "expense"), ("-fund_pay_sumamt", "funds"), ("-hosp_part_amt", "hospital"))


def indemnity(telling: Telling) -> str:
    """What the other payers leave of the cost, or the base, where the benefit would be above it."""
    words, base, terms = telling.words, telling.maybe("base"), _cost(telling)
    left = sum(-amount.fen if name.startswith("-") else amount.fen for name, amount in terms)
    if base is not None and base.fen <= left:
        return words.say("indemnity_base", base=words.amount(base), **telling.ends)
    key = "indemnity" if left > 0 else "indemnity_nothing"
    return words.say(key, formula=formula(terms, words), **telling.ends)


def _cost(telling: Telling) -> tuple[tuple[str, Money], ...]:
    """The cost, or what is known of it where it is not told, and what others pay of it."""
    amounts = dict(telling.step.amounts)
    names = _COST if "expense" in amounts else (("base", "known_cost"),)
    told = [(name, amounts.get(own, ZERO)) for name, own in names]
    told += [(f"-{name}", amounts[name]) for name in _OTHERS if name in amounts]
    # A hospital that bore nothing is not worth a term.
    return tuple((name, amount) for name, amount in told if amount or name != "-hosp_part_amt")


def claim_cap(telling: Telling) -> str:
    """The most that one claim is paid."""
    key = "claim_within" if telling.step.before == telling.step.after else _excess(telling, "claim")
    return telling.words.say(key, cap=_cap_shown(telling), **telling.ends)


def counted_cap(telling: Telling) -> str:
    """A cap over a period or a lifetime, with what earlier claims used of it."""
    step, words = telling.step, telling.words
    room = max(step.amount("cap") - step.amount("granted"), ZERO)
    key = "cap_within" if step.before == step.after else _excess(telling, "cap") if room else "cap_exhausted"
    return words.say(
        key,
        minus=MINUS,
        cap=_cap_shown(telling),
        span=words.say("span_lifetime" if step.rule is Rule.LIFETIME_CAP else "span_period"),
        granted=telling.amount("granted"),
        before_left=words.amount(room),
        left=telling.amount("left"),
        **telling.ends,
    )


def _excess(telling: Telling, kind: str) -> str:
    refuses = ("excess", Excess.REFUSE.value) in telling.step.facts
    return f"{kind}_refused" if refuses else f"{kind}_cut"


def _cap_shown(telling: Telling) -> str:
    """The cap, with the shares by which it was multiplied."""
    cap, per_share = telling.amount("cap"), telling.maybe("per_share")
    if per_share is None:
        return cap
    shares = telling.counted("shares", "shares")
    return telling.words.say("cap_shares", cap=cap, per_share=telling.words.amount(per_share), shares=shares)


def payments_limit(telling: Telling) -> str:
    """How many payments there may be."""
    key = "payments_within" if telling.step.before == telling.step.after else "payments_used_up"
    return telling.words.say(key, **_counted(telling, "times"), **telling.ends)


def days_limit(telling: Telling) -> str:
    """How many days may be paid."""
    days, paid = telling.counted("days", "days"), telling.counted("days", "paid_days")
    key = "days_limit_within" if days == paid else "days_limit_cut"
    return telling.words.say(key, minus=MINUS, days=days, paid=paid, **_counted(telling, "days"))


def _counted(telling: Telling, unit: str) -> dict[str, str]:
    return {
        "per": telling.words.name(Per(telling.step.fact("per"))),
        "most": telling.counted(unit, "most"),
        "used": telling.counted(unit, "used"),
    }
