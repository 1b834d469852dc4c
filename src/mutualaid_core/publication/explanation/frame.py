"""Frame (审核框架): period, admission, the benefit that applies, and what is granted in the end."""

from mutualaid_core.domain.claims.reason import Outcome, Reason
from mutualaid_core.domain.scheme.benefit.terms import Basis
from mutualaid_core.domain.scheme.eligibility import InsuranceType
from mutualaid_core.domain.scheme.facts import EventKind
from mutualaid_core.domain.scheme.version import EventDate
from mutualaid_core.domain.values.dates import add_days, parse_day
from mutualaid_core.publication.explanation.telling import Telling
from mutualaid_core.publication.labels import KINDS_OF_CARE
from mutualaid_core.publication.wording import Words


def text_of(reason: Reason, words: Words) -> str:
    """What a member reads of a reason."""
    return reason.zh if words.lang == "zh" else reason.en


def period(telling: Telling) -> str:
    """Which day decided, and whether it lies in the period."""
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


def admission(telling: Telling) -> str:
    """What was looked at, and every reason against the claim."""
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
    reasons = tuple(text_of(Reason[name], words) for name in step.fact("reasons").split(", "))
    return words.say("admission_refused", reasons=words.join(reasons), facts=facts)


def applies(telling: Telling) -> str:
    """The benefit for which the next steps are."""
    step, words = telling.step, telling.words
    return words.say(
        "applies",
        name=step.fact("name"),
        benefit=step.fact("benefit"),
        event=words.name(EventKind(step.fact("event"))),
        basis=words.name(Basis(step.fact("basis"))),
    )


def benefit(telling: Telling) -> str:
    """What is granted in the end, and the reason that leads."""
    words, reason = telling.words, Reason[telling.step.fact("reason")]
    outcome = words.name(Outcome(telling.step.fact("outcome")))
    return words.say("benefit", outcome=outcome, reason=text_of(reason, words), **telling.ends)
