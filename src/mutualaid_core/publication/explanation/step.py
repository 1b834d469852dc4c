"""Step (步骤): the sentence of a step, with its rule, parameter, source and clauses."""

from collections.abc import Callable, Mapping
from typing import Final

from mutualaid_core.domain.claims.trace import Rule
from mutualaid_core.publication.explanation import frame, limits, quantities
from mutualaid_core.publication.explanation.telling import Telling, own_name
from mutualaid_core.publication.labels import FACTS

TELLERS: Final[Mapping[Rule, Callable[[Telling], str]]] = {
    Rule.PERIOD: frame.period,
    Rule.ADMISSION: frame.admission,
    Rule.APPLIES: frame.applies,
    Rule.WAITING: quantities.waiting,
    Rule.BASE: quantities.base,
    Rule.DAYS: quantities.days,
    Rule.EVENT: quantities.event,
    Rule.ACCUMULATION: quantities.accumulation,
    Rule.DEDUCTIBLE: quantities.deductible,
    Rule.BAND: quantities.band,
    Rule.BANDS: quantities.bands,
    Rule.SLAB: quantities.slab,
    Rule.FIXED_SUM_BY_BAND: quantities.fixed_sum_by_band,
    Rule.SHARE: quantities.share,
    Rule.AT_MOST: quantities.at_most,
    Rule.TIMES_SHARES: quantities.times_shares,
    Rule.DAY_TABLE: quantities.day_table,
    Rule.DAYS_LIMIT: limits.days_limit,
    Rule.PER_DAY: quantities.per_day,
    Rule.FIXED_SUM: quantities.fixed_sum,
    Rule.ROUNDING: quantities.rounding,
    Rule.MINIMUM: quantities.minimum,
    Rule.LESS_EARLIER: quantities.less_earlier,
    Rule.INDEMNITY: limits.indemnity,
    Rule.CLAIM_CAP: limits.claim_cap,
    Rule.PERIOD_CAP: limits.counted_cap,
    Rule.LIFETIME_CAP: limits.counted_cap,
    Rule.PAYMENTS_LIMIT: limits.payments_limit,
    Rule.BENEFIT: frame.benefit,
}
"""How each rule is told."""


def sentence(telling: Telling) -> str:
    """The sentence of a step."""
    step, words = telling.step, telling.words
    return words.say(
        "step",
        rule=words.name(step.rule),
        told=told(telling),
        code=step.rule.value,
        parameter=step.parameter,
        source=step.source,
        clauses=words.join(step.clauses),
    )


def told(telling: Telling) -> str:
    """What a step says, with the class of which its parameter is."""
    words, facts = telling.words, dict(telling.step.facts)
    text = TELLERS[telling.step.rule](telling)
    name = facts.get("class")
    if name is None:
        return text
    fact = FACTS[name].text(words.lang) if name in FACTS else own_name(name, words, telling.titles)
    value = facts.get("class_is")
    chosen = (
        words.say("class", fact=fact) if value is None else words.say("class_told", fact=fact, value=value)
    )
    return words.say("classed", told=text, chosen=chosen)
