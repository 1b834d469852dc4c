"""Wording (用语规则): the region's word for a code, and words that public texts must not use."""

import re
from typing import Final

from mutualaid_core.clauses import implements
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.scheme.policy import EffectivePolicy
from mutualaid_core.rules.scheme.allowed import asked
from mutualaid_core.rules.scheme.directions import value_text

_TITLE: Final = re.compile(r"《[^《》]*》")


@implements("GD-2.1c")
def word_for(code: str, policy: EffectivePolicy) -> str | None:
    """The region's word for *code*; ``None`` where no layer has one.

    Clause:
        GD-2.1c
    """
    words = policy.policy.terms.words or ()
    return next((term.word for term in words if term.code == code), None)


@implements("ACFTU-1.2b", "GD-2.1c")
def wording_faults(text: str, policy: EffectivePolicy) -> tuple[Fault, ...]:
    """The banned words in a public text, each with what to write instead; quoted titles are exempt.

    Clause:
        ACFTU-1.2b, GD-2.1c
    """
    plain = _TITLE.sub("", text)
    banned = policy.policy.terms.banned or ()
    return tuple(
        asked(policy.cited("terms.banned", value_text(each)), "text", _advice(each.instead), each.word)
        for each in banned
        if each.word in plain
    )


def _advice(instead: str | None) -> str:
    return "must not hold the word" if instead is None else f"must say {instead} instead of the word"
