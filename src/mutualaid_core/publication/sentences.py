"""Sentences (决定说明): the trace of a decision, for a member with a pocket calculator.

A sentence per step, in the order in which the rules ran, with every amount that a step used;
then every reason with its clause and what can be done about it; then the conclusion. Only what
the decision keeps is said: nothing is computed anew from the facts.
"""

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Final

import attrs

from mutualaid_core.domain.claims.decision import Decision
from mutualaid_core.domain.claims.reason import Outcome, Reason
from mutualaid_core.domain.claims.trace import Rule, TraceStep
from mutualaid_core.domain.fund.payment import Payment
from mutualaid_core.domain.scheme.benefit import RoundingPlace
from mutualaid_core.domain.scheme.eligibility import InsuranceType
from mutualaid_core.domain.scheme.version import EventDate
from mutualaid_core.domain.values.dates import add_days, parse_day
from mutualaid_core.domain.values.money import ZERO, Money, Rounding
from mutualaid_core.domain.values.ratio import parse_ratio
from mutualaid_core.publication.labels import KINDS_OF_CARE, SETTLEMENT_AMOUNTS, Language
from mutualaid_core.publication.wording import MINUS, Words


def explain(decision: Decision, lang: Language) -> tuple[str, ...]:
    """Explain a decision in numbered sentences.

    Amounts are in yuan with thousands marks; a fraction of a fen is shown exactly. Each step
    names its rule, the parameter of the scheme with its source, and the clauses. The text
    names the claim, never the member.

    Args:
        decision: Decision with its trace.
        lang: ``zh`` or ``en``; both say the same.

    Returns:
        The sentences in order, each beginning with its number.

    Clause:
        ACFTU-2.4b, ACFTU-14.2b
    """
    words = Words(lang)
    opening = words.say(
        "opening",
        claim=decision.claim_id,
        day=words.day(decision.decided_on),
        version=decision.version_id,
        policy=decision.policy_id,
    )
    steps = (_sentence(telling) for telling in _tellings(decision.trace.steps, words))
    reasons = (_reason(reason, words) for reason in decision.reasons)
    told = (opening, *steps, *reasons, _conclusion(decision, words))
    return tuple(f"{number}. {sentence}" for number, sentence in enumerate(told, start=1))


def explain_payments(decision: Decision, payments: Iterable[Payment], lang: Language) -> tuple[str, ...]:
    """Say what was paid on a decision: a line for each payment, or that there is none yet.

    The decision is not the payment: the bank may be short, or the transfer of another day. Nothing
    is said of a claim that was refused, or passed without a benefit.

    Args:
        decision: Decision.
        payments: Payments of its claim in its scheme.
        lang: ``zh`` or ``en``; both say the same.

    Clause:
        ACFTU-12.1b, ACFTU-14.2b
    """
    words = Words(lang)
    made = sorted(payments, key=lambda payment: payment.instalment)
    if not made:
        is_due = bool(decision.benefit) or decision.outcome is Outcome.HOLD
        return (words.say("not_paid"),) if is_due else ()
    key = "paid" if len(made) == 1 else "paid_instalment"
    return tuple(
        words.say(
            key,
            instalment=payment.instalment,
            day=words.day(payment.paid_on),
            amount=words.amount(payment.amount),
        )
        for payment in made
    )


@attrs.frozen(kw_only=True)
class _Telling:
    """A step with what came before it.

    Attributes:
        step: The step.
        words: Language.
        number: Number of the band, counted from 1; 0 before the first.
        summed: Exact sum of the bands up to this step, in fen.
    """

    step: TraceStep
    words: Words
    number: int
    summed: Fraction

    def amount(self, name: str) -> str:
        return self.words.amount(self.step.amount(name))

    def day(self, name: str) -> str:
        return self.words.day(parse_day(self.step.fact(name)))

    @property
    def ends(self) -> dict[str, str]:
        """What came in and what went out."""
        before, after = self.step.before, self.step.after
        return {"before": self.words.amount(before or ZERO), "after": self.words.amount(after or ZERO)}


def _tellings(steps: tuple[TraceStep, ...], words: Words) -> tuple[_Telling, ...]:
    number, summed, found = 0, Fraction(0), []
    for step in steps:
        if step.rule is Rule.BAND:
            number, summed = number + 1, summed + _share(step)
        found.append(_Telling(step=step, words=words, number=number, summed=summed))
    return tuple(found)


def _share(step: TraceStep) -> Fraction:
    """Exact share of a band in fen."""
    return Fraction(dict(step.facts).get("exact_fen") or (step.after or ZERO).fen)


def _sentence(telling: _Telling) -> str:
    step, words = telling.step, telling.words
    return words.say(
        "step",
        rule=words.name(step.rule),
        told=_TELLERS[step.rule](telling),
        code=step.rule.value,
        parameter=step.parameter,
        source=step.source,
        clauses=words.join(step.clauses),
    )


def _period(telling: _Telling) -> str:
    step, words = telling.step, telling.words
    first, day, last = (parse_day(step.fact(name)) for name in ("first_day", "event_day", "last_day"))
    return words.say(
        "period_inside" if first <= day <= last else "period_outside",
        by=words.name(EventDate(step.fact("period_by"))),
        day=words.day(day),
        period=step.fact("period"),
        first=words.day(first),
        last=words.day(last),
        version=step.fact("version"),
    )


def _admission(telling: _Telling) -> str:
    step, words = telling.step, telling.words
    care, days = step.fact("med_type"), int(step.fact("filing_days_max"))
    name = KINDS_OF_CARE.get(care)
    facts = words.say(
        "admission_facts",
        care=words.say("code", name=name.text(words.lang), code=care) if name else care,
        insurance=words.named(InsuranceType, step.fact("insutype")),
        hospital=step.fact("hospital"),
        admitted=telling.day("admitted_on"),
        discharged=telling.day("discharged_on"),
        filed=telling.day("filed_on"),
        last_day=words.day(add_days(parse_day(step.fact("discharged_on")), days)),
        days=days,
    )
    if step.fact("result") == "passed":
        return words.say("admission_passed", facts=facts)
    reasons = tuple(_text(Reason[name], words) for name in step.fact("reasons").split(", "))
    return words.say("admission_refused", reasons=words.join(reasons), facts=facts)


def _formula(terms: tuple[tuple[str, Money], ...], words: Words) -> str:
    """Amounts of the settlement in a row; a name with a leading hyphen is subtracted."""
    parts = []
    for name, amount in terms:
        field = name.removeprefix("-")
        label = words.say("code", name=SETTLEMENT_AMOUNTS[field].text(words.lang), code=field)
        term = words.say("term", label=label, amount=words.amount(amount))
        parts.append(f"{MINUS if name != field else '+'} {term}")
    return " ".join(parts).removeprefix("+ ")


def _base(telling: _Telling) -> str:
    step, words = telling.step, telling.words
    left = sum(-amount.fen if name.startswith("-") else amount.fen for name, amount in step.amounts)
    key = "base" if Money(left) == step.after else "base_below_zero"
    return words.say(
        key, formula=_formula(step.amounts, words), sum=words.amount(Money(left)), **telling.ends
    )


def _deductible(telling: _Telling) -> str:
    above = (telling.step.before or ZERO) > telling.step.amount("deductible")
    key = "deductible" if above or not telling.step.amount("deductible") else "deductible_above"
    return telling.words.say(key, minus=MINUS, deductible=telling.amount("deductible"), **telling.ends)


def _band(telling: _Telling) -> str:
    step, words = telling.step, telling.words
    ratio, part = parse_ratio(step.fact("ratio")), step.before or ZERO
    share, product = _share(step), part.fen * Fraction(ratio.numerator, ratio.denominator)
    shown = words.exact(share)
    if share != product:
        shown = words.say("share_rounded", product=words.exact(product), share=shown)
    up_to = dict(step.amounts).get("up_to")
    return words.say(
        "band_open" if up_to is None else "band",
        number=telling.number,
        above=telling.amount("above"),
        up_to=words.amount(up_to or ZERO),
        part=words.amount(part),
        ratio=step.fact("ratio"),
        share=shown,
        summed=words.exact(telling.summed),
    )


def _rounding(telling: _Telling) -> str:
    step, words = telling.step, telling.words
    return words.say(
        "rounding",
        exact=words.exact(Fraction(step.fact("exact_fen"))),
        place=words.name(RoundingPlace(step.fact("place"))),
        mode=words.name(Rounding(step.fact("mode"))),
        **telling.ends,
    )


def _minimum(telling: _Telling) -> str:
    step = telling.step
    key = "minimum_within" if step.after == step.amount("minimum") else "minimum_limited"
    if step.fact("may_exceed_base") == "yes":
        key = "minimum_beyond"
    amounts = {"minimum": telling.amount("minimum"), "base": telling.amount("base")}
    return telling.words.say(key, **amounts, **telling.ends)


def _indemnity(telling: _Telling) -> str:
    step, after = telling.step, telling.step.after or ZERO
    expense, funds = step.amount("expense"), step.amount("funds")
    terms = [("medfee_sumamt", expense), ("-fund_pay_sumamt", funds)]
    # The step keeps what is left, not what the hospital bears: that is the difference.
    if (hospital := expense - funds - after).fen > 0:
        terms.append(("-hosp_part_amt", hospital))
    formula = _formula(tuple(terms), telling.words)
    return telling.words.say("indemnity" if after else "indemnity_nothing", formula=formula, **telling.ends)


def _period_cap(telling: _Telling) -> str:
    step, before, after = telling.step, telling.step.before, telling.step.after
    before_left = max(step.amount("cap") - step.amount("granted"), ZERO)
    key = "cap_within" if before == after else "cap_cut" if before_left else "cap_exhausted"
    amounts = {name: telling.amount(name) for name in ("cap", "granted", "left")}
    left = telling.words.amount(before_left)
    return telling.words.say(key, minus=MINUS, before_left=left, **amounts, **telling.ends)


def _benefit(telling: _Telling) -> str:
    words, reason = telling.words, Reason[telling.step.fact("reason")]
    outcome = words.name(Outcome(telling.step.fact("outcome")))
    return words.say("benefit", outcome=outcome, reason=_text(reason, words), **telling.ends)


_TELLERS: Final[Mapping[Rule, Callable[[_Telling], str]]] = {
    Rule.PERIOD: _period,
    Rule.ADMISSION: _admission,
    Rule.BASE: _base,
    Rule.DEDUCTIBLE: _deductible,
    Rule.BAND: _band,
    Rule.ROUNDING: _rounding,
    Rule.MINIMUM: _minimum,
    Rule.INDEMNITY: _indemnity,
    Rule.PERIOD_CAP: _period_cap,
    Rule.BENEFIT: _benefit,
}


def _text(reason: Reason, words: Words) -> str:
    return reason.zh if words.lang == "zh" else reason.en


def _reason(reason: Reason, words: Words) -> str:
    remedy = reason.remedy_zh if words.lang == "zh" else reason.remedy_en
    if remedy:
        advice = words.say("remedy", remedy=remedy)
    else:
        advice = "" if reason.outcome is Outcome.PASS else words.say("no_remedy")
    told = words.say(
        "reason", text=_text(reason, words), name=reason.name, clause=reason.clause, advice=advice
    )
    return told.rstrip()


def _conclusion(decision: Decision, words: Words) -> str:
    nothing = decision.outcome is Outcome.PASS and not decision.benefit
    key = f"conclusion_{decision.outcome.value}" + ("_nothing" if nothing else "")
    return words.say(key, benefit=words.amount(decision.benefit))
