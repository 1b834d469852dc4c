"""Facts that the terms name (事实字段): known, of the right kind, with words that exist."""

from collections.abc import Iterator, Mapping
from typing import Final

import attrs

from mutualaid_core.domain.scheme.benefit.base import AmountsBase
from mutualaid_core.domain.scheme.benefit.conditions import AmountWithin, CodeIs, CountWithin, FlagIs, Match
from mutualaid_core.domain.scheme.benefit.limits import AmountLimit, DaysLimit, PaymentsLimit
from mutualaid_core.domain.scheme.benefit.steps import ByClass
from mutualaid_core.domain.scheme.benefit.terms import Accumulation
from mutualaid_core.domain.scheme.facts import KINDS_OF_CARE, KNOWN_AMOUNTS, FactKind, is_kind_of_care
from mutualaid_core.domain.scheme.version import EventTerms
from mutualaid_core.rules.scheme.soundness.finding import Finding, Flaw
from mutualaid_core.rules.scheme.soundness.terms import Terms

OF_EVENT: Final = frozenset(
    {
        *KNOWN_AMOUNTS,
        "days",
        "cover_day",
        "stay_ordinal",
        "designated_hospital",
        "hosp_lv",
        "med_type",
        "fixmedins_code",
        "dise_code",
    }
)
"""Facts that only an event has; of a member who joins nobody knows them."""

_FIELD: Final[Mapping[type, tuple[str, tuple[FactKind, ...]]]] = {
    CodeIs: ("fact", (FactKind.CODE,)),
    FlagIs: ("fact", (FactKind.FLAG,)),
    CountWithin: ("fact", (FactKind.COUNT,)),
    ByClass: ("fact", (FactKind.CODE, FactKind.COUNT)),
    AmountLimit: ("each", (FactKind.CODE,)),
    PaymentsLimit: ("each", (FactKind.CODE,)),
    DaysLimit: ("each", (FactKind.CODE,)),
    Accumulation: ("cause", (FactKind.CODE,)),
}
"""The field in which an entity names a fact, and the kinds that it may have."""

_CARE: Final = "med_type"

_OF_MEMBER: Final = ("eligibility.when[", "dues.rates[")


@attrs.frozen
class Use:
    """A fact named somewhere: the path of the name, the name, and the kinds that it may have."""

    path: str
    fact: str
    kinds: tuple[FactKind, ...]


def uses(terms: Terms) -> Iterator[Use]:
    """Every place at which a fact is named."""
    for path, each in terms.entities.items():
        if isinstance(each, AmountWithin | AmountsBase):
            for side in ("add", "subtract"):
                for number, name in enumerate(getattr(each, side)):
                    yield Use(f"{path}.{side}[{number}]", name, (FactKind.AMOUNT,))
        elif (field := _FIELD.get(type(each))) is not None:
            name, kinds = field
            if (fact := getattr(each, name)) is not None:
                yield Use(f"{path}.{name}", fact, kinds)


def fact_findings(terms: Terms) -> Iterator[Finding]:
    """Facts that are not known, of another kind, or of the event where only the member is known."""
    kinds = terms.kinds
    for use in uses(terms):
        kind = kinds.get(use.fact)
        wanted = " or ".join(each.value for each in use.kinds)
        if use.fact not in kinds:
            right = tuple(name for name, each in kinds.items() if each is None or each in use.kinds)
            rule = f"must name {_article(wanted)} that is known or declared"
            yield Finding(flaw=Flaw.UNKNOWN_FACT, path=use.path, rule=rule, found=use.fact, known=right)
        elif kind is not None and kind not in use.kinds:
            found = f"{use.fact}, {_article(kind.value)}"
            yield Finding(
                flaw=Flaw.KIND_OF_FACT, path=use.path, rule=f"must name {_article(wanted)}", found=found
            )
        elif use.fact in OF_EVENT and use.path.startswith(_OF_MEMBER):
            rule = "must be known of a member without an event"
            yield Finding(flaw=Flaw.FACT_OF_EVENT, path=use.path, rule=rule, found=use.fact)


def _article(kind: str) -> str:
    return f"an {kind}" if kind.startswith("a") else f"a {kind}"


def word_findings(terms: Terms) -> Iterator[Finding]:
    """Words that a fact does not have."""
    words = terms.words
    yield from _care_findings(terms)
    for path, each in terms.every(CodeIs):
        if each.fact in words:
            for number, word in enumerate(each.one_of):
                if not any(_meets(known, word, each.match) for known in words[each.fact]):
                    yield _no_word(f"{path}.one_of[{number}]", word, words[each.fact])
    for path, by_class in terms.every(ByClass):
        for at, choice in enumerate(by_class.choices):
            for number, word in enumerate(choice.one_of):
                if by_class.fact in words and word not in words[by_class.fact]:
                    place = f"{path}.choices[{at}].one_of[{number}]"
                    yield _no_word(place, word, words[by_class.fact])


def _care_findings(terms: Terms) -> Iterator[Finding]:
    """Codes that are no kind of care, where kinds of care are listed or asked for."""
    listed = [(f"{path}.kinds_of_care", each.kinds_of_care) for path, each in terms.every(EventTerms)]
    for path, each in terms.every(CodeIs):
        if each.fact == _CARE and each.match is Match.EXACT:
            listed.append((f"{path}.one_of", each.one_of))
    for path, by_class in terms.every(ByClass):
        if by_class.fact == _CARE:
            choices = enumerate(by_class.choices)
            listed += [(f"{path}.choices[{at}].one_of", choice.one_of) for at, choice in choices]
    for path, codes in listed:
        for number, code in enumerate(codes):
            if not is_kind_of_care(code):
                rule = f"must be a kind of care such as {', '.join(KINDS_OF_CARE)}, or a local one"
                place = f"{path}[{number}]"
                yield Finding(flaw=Flaw.UNKNOWN_WORD, path=place, rule=rule, found=code, known=KINDS_OF_CARE)


def _meets(known: str, word: str, match: Match) -> bool:
    return known == word if match is Match.EXACT else known.startswith(word)


def _no_word(path: str, word: str, known: tuple[str, ...]) -> Finding:
    rule = f"must be one of {', '.join(known)}"
    return Finding(flaw=Flaw.UNKNOWN_WORD, path=path, rule=rule, found=word, known=known)
