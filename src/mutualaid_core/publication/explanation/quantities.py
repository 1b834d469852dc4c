"""Quantities (计算步骤): from the base of a benefit to its rounding, a sentence for each rule."""

from fractions import Fraction

from mutualaid_core.domain.scheme.benefit.base import DayCount
from mutualaid_core.domain.scheme.benefit.rounding import RoundingPlace
from mutualaid_core.domain.scheme.benefit.terms import Over
from mutualaid_core.domain.values.money import ZERO, Money, Rounding
from mutualaid_core.domain.values.ratio import parse_ratio
from mutualaid_core.publication.explanation.telling import Telling, formula
from mutualaid_core.publication.wording import MINUS

# ------------------------------------------------------------------- base


def base(telling: Telling) -> str:
    """Amounts that count less what was paid before."""
    step, words = telling.step, telling.words
    left = sum(-amount.fen if name.startswith("-") else amount.fen for name, amount in step.amounts)
    key = "base" if Money(left) == step.after else "base_below_zero"
    told = formula(step.amounts, words, telling.titles)
    return words.say(key, formula=told, sum=words.amount(Money(left)), **telling.ends)


def days(telling: Telling) -> str:
    """Days in hospital that count."""
    words, way = telling.words, telling.step.fact("counted")
    ways = {each.value: words.name(each) for each in DayCount}
    counted = ways.get(way) or words.say("days_as_told")
    told = words.say("days", stay=telling.counted("days", "stay_days"), counted=counted)
    return told + _first_days(telling)


def _first_days(telling: Telling) -> str:
    """From which day days count, where the step leaves out the first ones."""
    if "first_payable_day" not in dict(telling.step.facts):
        return ""
    first, left = telling.count("first_payable_day"), telling.counted("days", "days")
    return telling.words.say("days_first", first=first, days=left)


def event(telling: Telling) -> str:
    """The event itself."""
    return telling.words.say("event", times=telling.counted("times", "times"))


def waiting(telling: Telling) -> str:
    """The grade of the waiting period instead of the benefit."""
    step, words = telling.step, telling.words
    key = "waiting" if step.fact("times_shares") == "no" else "waiting_shares"
    if not step.amount("pays"):
        key = "waiting_nothing"
    shares = telling.counted("shares", "shares") if key == "waiting_shares" else ""
    places = {"day": telling.count("cover_day"), "last": telling.count("through_day")}
    return words.say(key, pays=telling.amount("pays"), shares=shares, **places, **telling.ends)


def accumulation(telling: Telling) -> str:
    """Bases of earlier claims added to this one."""
    over = telling.words.name(Over(telling.step.fact("over")))
    parts = {name: telling.quantity(name) for name in ("earlier", "base", "sum")}
    return telling.words.say("accumulation", over=over, **parts) + _first_days(telling)


def less_earlier(telling: Telling) -> str:
    """What earlier claims came to, taken off."""
    above = telling.came_in > telling.step.amount("earlier").fen
    key = "less_earlier" if above or not telling.step.amount("earlier") else "less_earlier_above"
    return telling.words.say(key, minus=MINUS, earlier=telling.amount("earlier"), **telling.ends)


# ------------------------------------------------------------------ bands


def deductible(telling: Telling) -> str:
    """What the member bears first."""
    above = telling.came_in > telling.step.amount("deductible").fen
    key = "deductible" if above or not telling.step.amount("deductible") else "deductible_above"
    return telling.words.say(key, minus=MINUS, deductible=telling.amount("deductible"), **telling.ends)


def band(telling: Telling) -> str:
    """One band: its slice at its ratio, and the sum so far."""
    words, up_to = telling.words, telling.maybe("up_to")
    return words.say(
        "band_open" if up_to is None else "band",
        number=telling.number,
        above=telling.amount("above"),
        up_to=words.amount(up_to or ZERO),
        part=words.exact(telling.came_in),
        ratio=telling.step.fact("ratio"),
        share=_share_shown(telling),
        summed=words.exact(telling.summed),
    )


def _share_shown(telling: Telling) -> str:
    """Share of a band: with the product before it where the band's own limit or a rounding changed it."""
    words, share, most = telling.words, telling.went_out, telling.maybe("most")
    shown, product = words.exact(share), _product(telling)
    if most is not None and most.fen < product:
        parts = {"product": words.exact(product), "most": words.amount(most)}
        return words.say("share_most", share=shown, **parts)
    if share != product:
        return words.say("share_rounded", product=words.exact(product), share=shown)
    return shown


def _product(telling: Telling) -> Fraction:
    ratio = parse_ratio(telling.step.fact("ratio"))
    return telling.came_in * Fraction(ratio.numerator, ratio.denominator)


def bands(telling: Telling) -> str:
    """What lies below or above all bands."""
    words, below, top = telling.words, telling.maybe("below"), telling.maybe("top")
    if below is not None:
        return words.say("bands_below", below=words.amount(below), **telling.ends)
    return words.say("bands_top", top=words.amount(top or ZERO), **telling.ends)


def slab(telling: Telling) -> str:
    """The whole amount at the ratio of its band."""
    words, up_to = telling.words, telling.maybe("up_to")
    if telling.maybe("below") is not None:
        return words.say("table_below", below=telling.amount("below"), **telling.ends)
    return words.say(
        "slab_open" if up_to is None else "slab",
        above=telling.amount("above"),
        up_to=words.amount(up_to or ZERO),
        ratio=telling.step.fact("ratio"),
        share=_share_shown(telling),
        **telling.ends,
    )


def fixed_sum_by_band(telling: Telling) -> str:
    """The sum of the band in which the amount lies."""
    words, up_to = telling.words, telling.maybe("up_to")
    if telling.maybe("below") is not None:
        return words.say("table_below", below=telling.amount("below"), **telling.ends)
    return words.say(
        "sum_band_open" if up_to is None else "sum_band",
        above=telling.amount("above"),
        up_to=words.amount(up_to or ZERO),
        sum=telling.amount("sum"),
        **telling.ends,
    )


# ---------------------------------------------------------- simple steps


def share(telling: Telling) -> str:
    """One ratio of the amount."""
    return telling.words.say("share", ratio=telling.step.fact("ratio"), **telling.ends)


def at_most(telling: Telling) -> str:
    """An upper bound in the middle of the calculation."""
    within = telling.came_in <= telling.step.amount("at_most").fen
    key = "at_most_within" if within else "at_most_cut"
    return telling.words.say(key, most=telling.amount("at_most"), **telling.ends)


def times_shares(telling: Telling) -> str:
    """Times the shares held, as far as they count."""
    shares, held = (telling.counted("shares", name) for name in ("shares", "held"))
    key = "times_shares" if shares == held else "times_shares_void"
    return telling.words.say(key, shares=shares, held=held, **telling.ends)


def day_table(telling: Telling) -> str:
    """Days that are paid for a stay of so many days."""
    facts = dict(telling.step.facts)
    places = {
        "days": telling.counted("days", "days"),
        "paid": telling.counted("days", "paid_days"),
        "first": facts.get("first", ""),
        "last": facts.get("last", ""),
    }
    key = "day_table" if places["last"] else "day_table_open" if places["first"] else "day_table_nothing"
    return telling.words.say(key, **places)


def per_day(telling: Telling) -> str:
    """Days times an amount."""
    days_paid, amount = telling.counted("days", "days"), telling.amount("per_day")
    return telling.words.say("per_day", days=days_paid, per_day=amount, **telling.ends)


def fixed_sum(telling: Telling) -> str:
    """A sum for the event."""
    return telling.words.say("fixed_sum", **telling.ends)


def rounding(telling: Telling) -> str:
    """Where, how and to what a fraction is rounded."""
    step, words = telling.step, telling.words
    place, unit = RoundingPlace(step.fact("place")), dict(step.facts).get("unit_fen")
    at_end = place is RoundingPlace.END_OF_BENEFIT and not telling.after_bands
    return words.say(
        "rounding" if telling.after_bands else "rounding_plain",
        exact=words.exact(Fraction(step.fact("exact_fen"))),
        place=words.say("rounding_end") if at_end else words.name(place),
        mode=words.name(Rounding(step.fact("mode"))),
        unit=words.say("fen") if unit is None else words.amount(Money(int(unit))),
        after=words.exact(telling.went_out),
    )


def minimum(telling: Telling) -> str:
    """An amount raised to the least that is paid."""
    step = telling.step
    key = "minimum_within" if step.after == step.amount("minimum") else "minimum_limited"
    if step.fact("may_exceed_base") == "yes":
        key = "minimum_beyond"
    amounts = {"minimum": telling.amount("minimum"), "base": telling.amount("base")}
    return telling.words.say(key, **amounts, **telling.ends)
