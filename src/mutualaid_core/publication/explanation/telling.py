"""Telling (讲述): a step with what came before it, and the values that its sentence shows."""

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Final

import attrs

from mutualaid_core.domain.claims.trace import Rule, TraceStep
from mutualaid_core.domain.scheme.benefit.base import Unit
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.dates import parse_day
from mutualaid_core.domain.values.money import ZERO, Money
from mutualaid_core.publication.labels import OTHER_AMOUNTS, SETTLEMENT_AMOUNTS
from mutualaid_core.publication.wording import MINUS, Words

Titles = Mapping[str, str]
"""What the scheme file calls its facts and, with ``benefit:`` before the id, its benefits."""

NO_TITLES: Final[Titles] = MappingProxyType({})


def titles_of(version: SchemeVersion) -> Titles:
    """The titles that a version gives to the facts that it declares."""
    return {fact.name: fact.title for fact in version.facts}


@attrs.frozen(kw_only=True)
class Telling:
    """A step with what came before it (步骤及其前文).

    Attributes:
        step: The step.
        words: Language.
        number: Number of the band in its table, counted from 1; 0 for other steps.
        summed: Exact sum of the table's bands up to this step, in fen.
        after_bands: Whether the step before it was a band.
        titles: What the scheme file calls its facts and benefits.
    """

    step: TraceStep
    words: Words
    number: int = 0
    summed: Fraction = Fraction(0)
    after_bands: bool = False
    titles: Titles = NO_TITLES

    def amount(self, name: str) -> str:
        """An amount of the step, in yuan."""
        return self.words.amount(self.step.amount(name))

    def maybe(self, name: str) -> Money | None:
        """An amount of the step; ``None`` where it does not tell it."""
        return dict(self.step.amounts).get(name)

    def day(self, name: str) -> str:
        """A day of the step, written out."""
        return self.words.day(parse_day(self.step.fact(name)))

    def count(self, name: str) -> int:
        """A whole number of the step."""
        return int(self.step.fact(name))

    def counted(self, unit: str, name: str) -> str:
        """A whole number of the step with its unit: ``days``, ``times`` or ``shares``."""
        return self.words.counted(unit, self.count(name))

    def quantity(self, name: str) -> str:
        """A base of the step in the step's own unit: money, days or events."""
        if self.step.fact("unit") == Unit.MONEY.value:
            return self.words.amount(Money(self.count(name)))
        return self.counted("days" if self.step.fact("unit") == Unit.DAYS.value else "times", name)

    @property
    def came_in(self) -> Fraction:
        """Exact fen that came in; nothing where the step takes none."""
        return _exact(self.step, "exact_before", self.step.before)

    @property
    def went_out(self) -> Fraction:
        """Exact fen that went out; nothing where the step gives none."""
        # What a rounding tells exactly is what came in.
        name = "" if self.step.rule is Rule.ROUNDING else "exact_fen"
        return _exact(self.step, name, self.step.after)

    @property
    def ends(self) -> dict[str, str]:
        """What came in and what went out."""
        return {"before": self.words.exact(self.came_in), "after": self.words.exact(self.went_out)}


def _exact(step: TraceStep, name: str, whole: Money | None) -> Fraction:
    return Fraction(dict(step.facts).get(name) or (whole or ZERO).fen)


def tellings(steps: tuple[TraceStep, ...], words: Words, titles: Titles = NO_TITLES) -> tuple[Telling, ...]:
    """Each step with what came before it; bands are counted and summed within their table.

    Args:
        steps: The steps.
        words: Language.
        titles: What the scheme file calls its facts; the steps themselves tell how benefits are called.
    """
    titles = {**_titles_of_benefits(steps), **titles}
    number, summed, table, found = 0, Fraction(0), "", []
    for step in steps:
        after_bands, is_band = bool(table), step.rule is Rule.BAND
        own = (step.parameter.rpartition(".bands[")[0] or step.parameter) if is_band else ""
        if own != table or not is_band:
            number, summed, table = 0, Fraction(0), own
        telling = Telling(step=step, words=words, after_bands=after_bands, titles=titles)
        if is_band:
            number, summed = number + 1, summed + telling.went_out
            telling = attrs.evolve(telling, number=number, summed=summed)
        found.append(telling)
    return tuple(found)


def _titles_of_benefits(steps: tuple[TraceStep, ...]) -> Titles:
    facts = (dict(step.facts) for step in steps if step.rule is Rule.APPLIES)
    return {f"benefit:{told['benefit']}": told["name"] for told in facts}


def formula(terms: tuple[tuple[str, Money], ...], words: Words, titles: Titles = NO_TITLES) -> str:
    """Amounts in a row with their names; a name with a leading hyphen is subtracted."""
    parts = []
    for name, amount in terms:
        field = name.removeprefix("-")
        term = words.say("term", label=label_of(field, words, titles), amount=words.amount(amount))
        parts.append(f"{MINUS if name != field else '+'} {term}")
    return " ".join(parts).removeprefix("+ ")


def label_of(field: str, words: Words, titles: Titles = NO_TITLES) -> str:
    """What an amount is called, with its national or declared name behind it."""
    if field in SETTLEMENT_AMOUNTS:
        return words.say("code", name=SETTLEMENT_AMOUNTS[field].text(words.lang), code=field)
    if field.startswith("benefit:"):
        return words.say("benefit_paid", benefit=_titled(field, words, titles))
    if field in OTHER_AMOUNTS:
        return OTHER_AMOUNTS[field].text(words.lang)
    return own_name(field, words, titles)


def own_name(name: str, words: Words, titles: Titles) -> str:
    """What the scheme file calls a fact that it declares, with its name behind it; else its name alone."""
    return _titled(name, words, titles) if name in titles else words.say("own_name", name=name)


def _titled(name: str, words: Words, titles: Titles) -> str:
    code = name.removeprefix("benefit:")
    return words.say("code", name=titles[name], code=code) if name in titles else code
