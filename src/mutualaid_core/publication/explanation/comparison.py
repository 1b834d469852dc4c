"""Comparison (比较说明): a difference in sentences, and as plain data."""

import enum
from collections.abc import Mapping
from typing import Any, Final

from mutualaid_core.domain.claims.reason import Outcome, Reason
from mutualaid_core.domain.scheme.benefit.base import DayCount
from mutualaid_core.domain.scheme.benefit.limits import Per
from mutualaid_core.domain.scheme.benefit.rounding import RoundingPlace
from mutualaid_core.domain.scheme.benefit.terms import Basis, Over
from mutualaid_core.domain.scheme.eligibility import InsuranceType
from mutualaid_core.domain.scheme.facts import EventKind
from mutualaid_core.domain.scheme.version import EventDate
from mutualaid_core.domain.values.money import Money, Rounding
from mutualaid_core.publication.explanation.difference import (
    AmountChange,
    Difference,
    FactChange,
    Kind,
    StepDifference,
)
from mutualaid_core.publication.explanation.frame import text_of
from mutualaid_core.publication.explanation.step import told
from mutualaid_core.publication.explanation.telling import label_of, tellings
from mutualaid_core.publication.labels import FACTS, OTHER_AMOUNTS, Language
from mutualaid_core.publication.wording import Words

_ANSWERS: Final = frozenset({"yes", "no"})
_KINDS: Final[Mapping[str, type[enum.Enum]]] = {
    "mode": Rounding,
    "place": RoundingPlace,
    "per": Per,
    "over": Over,
    "event": EventKind,
    "basis": Basis,
    "outcome": Outcome,
    "counted": DayCount,
    "period_by": EventDate,
    "insutype": InsuranceType,
}
"""Facts whose values have names."""


def tell_difference(found: Difference, lang: Language) -> tuple[str, ...]:
    """What differs between two computations, in sentences; the first says what it comes to.

    Args:
        found: The difference.
        lang: ``zh`` or ``en``; both say the same.

    Clause:
        ACFTU-2.4b, ACFTU-14.2b
    """
    words = Words(lang)
    steps = [_step(each, found, words) for each in found.steps if not _follows(each)]
    return (
        _amount(found, words),
        *_version(found, words),
        *_reasons("differ_reasons_left_out", found.reasons_left_out, words),
        *_reasons("differ_reasons_added", found.reasons_added, words),
        *(steps or [words.say("differ_no_step")]),
    )


def _amount(found: Difference, words: Words) -> str:
    before, after = words.amount(found.paid_before), words.amount(found.paid_after)
    if not found.effect:
        return words.say("differ_same", before=before)
    return words.say("differ_amount", before=before, after=after, effect=_effect(found.effect, words))


def _effect(effect: Money, words: Words) -> str:
    size = words.amount(Money(abs(effect.fen)))
    return words.say("differ_more" if effect.fen > 0 else "differ_less", amount=size)


def _version(found: Difference, words: Words) -> tuple[str, ...]:
    before, after = found.before.version_id, found.after.version_id
    return (words.say("differ_version", before=before, after=after),) if before != after else ()


def _reasons(key: str, reasons: tuple[Reason, ...], words: Words) -> tuple[str, ...]:
    texts = tuple(text_of(reason, words) for reason in reasons)
    return (words.say(key, reasons=words.join(texts)),) if texts else ()


def _follows(each: StepDifference) -> bool:
    """Whether only what comes in differs, which the step before it has told."""
    return each.kind is Kind.CHANGED and not each.facts and {"before"} == {one.name for one in each.amounts}


def _step(each: StepDifference, found: Difference, words: Words) -> str:
    """The sentence of one step that differs."""
    trace = found.before if each.after is None else found.after
    number = (each.before if each.after is None else each.after) or 0
    step = trace.steps[number]
    places = {"rule": words.name(step.rule), "parameter": step.parameter}
    if each.kind is Kind.CHANGED:
        changes = [_amount_change(one, words) for one in each.amounts if one.name not in {"before", "after"}]
        changes += [_fact_change(one, words) for one in each.facts]
        changes += [_result(one, each, words) for one in each.amounts if one.name == "after"]
        return words.say("differ_step", changes=words.say("differ_join").join(changes), **places)
    key = "differ_added" if each.kind is Kind.ADDED else "differ_left_out"
    return words.say(key, told=told(tellings(trace.steps, words)[number]), **places)


def _amount_change(one: AmountChange, words: Words) -> str:
    field = one.name.removeprefix("-")
    name = OTHER_AMOUNTS[field].text(words.lang) if field in OTHER_AMOUNTS else label_of(field, words)
    before, after = (_shown(amount, words) for amount in (one.before, one.after))
    return words.say("differ_value", name=name, before=before, after=after)


def _shown(amount: Money | None, words: Words) -> str:
    return words.say("differ_none") if amount is None else words.amount(amount)


def _fact_change(one: FactChange, words: Words) -> str:
    name = words.say("differ_source") if one.name == "source" else one.name
    name = FACTS[one.name].text(words.lang) if one.name in FACTS else name
    before, after = (_fact_shown(one.name, value, words) for value in (one.before, one.after))
    return words.say("differ_fact", name=name, before=before, after=after)


def _fact_shown(name: str, value: str | None, words: Words) -> str:
    if value is None:
        return words.say("differ_none")
    if value in _ANSWERS:
        return words.say(value)
    if name in {"reason", "reasons"}:
        named = tuple(each for each in value.split(", ") if each in Reason.__members__)
        return words.join(tuple(text_of(Reason[each], words) for each in named)) or words.say("differ_none")
    kind = _KINDS.get(name)
    known = {} if kind is None else {str(each.value): each for each in kind}
    return words.name(known[value]) if value in known else value


def _result(one: AmountChange, each: StepDifference, words: Words) -> str:
    before, after = (_shown(amount, words) for amount in (one.before, one.after))
    return words.say("differ_gives", before=before, after=after, effect=_effect(Money(each.effect), words))


def plain_difference(found: Difference, lang: Language) -> dict[str, Any]:
    """The difference as plain data for programs, amounts in fen, with its sentences."""
    return {
        "before_fen": found.paid_before.fen,
        "after_fen": found.paid_after.fen,
        "effect_fen": found.effect.fen,
        "versions": [found.before.version_id, found.after.version_id],
        "reasons_added": [reason.name for reason in found.reasons_added],
        "reasons_left_out": [reason.name for reason in found.reasons_left_out],
        "steps": [_plain_step(each, found) for each in found.steps],
        "sentences": list(tell_difference(found, lang)),
    }


def _plain_step(each: StepDifference, found: Difference) -> dict[str, Any]:
    before = None if each.before is None else found.before.steps[each.before]
    after = None if each.after is None else found.after.steps[each.after]
    step = after or before
    assert step is not None  # a difference is of a step on one side at least
    return {
        "kind": each.kind.value,
        "rule": step.rule.value,
        "parameter": [None if one is None else one.parameter for one in (before, after)],
        "amounts": [
            {"name": one.name, "before": _fen(one.before), "after": _fen(one.after)} for one in each.amounts
        ],
        "facts": [{"name": one.name, "before": one.before, "after": one.after} for one in each.facts],
        "effect_fen": each.effect,
    }


def _fen(amount: Money | None) -> int | None:
    return None if amount is None else amount.fen
