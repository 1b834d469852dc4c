"""Sentences (决定说明): the trace of a decision, for a member with a pocket calculator.

A sentence per step, in the order in which the rules ran, with every amount that a step used;
then every reason with its clause and what can be done about it; then the conclusion. Only what
the decision keeps is said: nothing is computed anew from the facts.
"""

from collections.abc import Iterable, Sequence

from mutualaid_core.domain.claims.decision import Decision
from mutualaid_core.domain.claims.reason import Outcome, Reason
from mutualaid_core.domain.claims.trace import Trace
from mutualaid_core.domain.fund.payment import Payment
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.publication.explanation.frame import text_of
from mutualaid_core.publication.explanation.step import sentence
from mutualaid_core.publication.explanation.telling import NO_TITLES, tellings, titles_of
from mutualaid_core.publication.labels import Language
from mutualaid_core.publication.wording import Words


def explain(decision: Decision, lang: Language, version: SchemeVersion | None = None) -> tuple[str, ...]:
    """Explain a decision in numbered sentences.

    Amounts are in yuan with thousands marks; a fraction of a fen is shown exactly. Each step
    names its rule, the parameter of the scheme with its source, and the clauses. The text
    names the claim, never the member.

    Args:
        decision: Decision with its trace.
        lang: ``zh`` or ``en``; both say the same.
        version: The scheme version of the decision, which has the titles of the facts that it declares;
            without it they are told by their names.

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
    reasons = (_reason(reason, words) for reason in decision.reasons)
    return _numbered(
        (opening, *_steps(decision.trace, words, version), *reasons, _conclusion(decision, words))
    )


def explain_trace(trace: Trace, lang: Language, version: SchemeVersion | None = None) -> tuple[str, ...]:
    """Explain a computation that is no decision, in numbered sentences.

    Args:
        trace: What was computed, step by step.
        lang: ``zh`` or ``en``; both say the same.
        version: The scheme version of it, which has the titles of the facts that it declares.

    Clause:
        ACFTU-2.4b, ACFTU-14.2b
    """
    words = Words(lang)
    opening = words.say("trace_opening", version=trace.version_id, policy=trace.policy_id)
    return _numbered((opening, *_steps(trace, words, version)))


def _steps(trace: Trace, words: Words, version: SchemeVersion | None) -> tuple[str, ...]:
    titles = NO_TITLES if version is None else titles_of(version)
    return tuple(sentence(telling) for telling in tellings(trace.steps, words, titles))


def _numbered(told: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"{number}. {each}" for number, each in enumerate(told, start=1))


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


def _reason(reason: Reason, words: Words) -> str:
    remedy = reason.remedy_zh if words.lang == "zh" else reason.remedy_en
    if remedy:
        advice = words.say("remedy", remedy=remedy)
    else:
        advice = "" if reason.outcome is Outcome.PASS else words.say("no_remedy")
    told = words.say(
        "reason", text=text_of(reason, words), name=reason.name, clause=reason.clause, advice=advice
    )
    return told.rstrip()


def _conclusion(decision: Decision, words: Words) -> str:
    nothing = decision.outcome is Outcome.PASS and not decision.benefit
    key = f"conclusion_{decision.outcome.value}" + ("_nothing" if nothing else "")
    return words.say(key, benefit=words.amount(decision.benefit))
