"""Telling (用语): names, values and conditions of one scheme version in one language."""

import enum
from collections.abc import Iterable
from typing import Final, assert_never

import attrs

from mutualaid_core.domain.scheme.benefit.conditions import (
    AmountWithin,
    CodeIs,
    Condition,
    CountWithin,
    FlagIs,
    Match,
)
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.money import Money
from mutualaid_core.publication.labels import CODES, KINDS_OF_CARE, Label, Language
from mutualaid_core.publication.schemes import phrases_en, phrases_zh
from mutualaid_core.publication.schemes.labels import CODES_OF, FACTS, SEXES, WORDS
from mutualaid_core.publication.wording import MINUS, Words

PHRASES: Final = {"zh": phrases_zh.PHRASES, "en": phrases_en.PHRASES}
"""Sentences on schemes by language and key."""


@attrs.frozen
class Telling:
    """How one version is told in one language (用语).

    Attributes:
        lang: ``zh`` or ``en``.
        version: Whose facts, parts and benefits are named.
    """

    lang: Language
    version: SchemeVersion

    def say(self, key: str, **parts: object) -> str:
        """The sentence of that key with its places filled."""
        return PHRASES[self.lang][key].format(**parts)

    def join(self, parts: Iterable[str]) -> str:
        """*parts* in a row; the word for none where there are none."""
        return self.say("join").join(parts) or self.say("none")

    def named(self, name: str, code: str) -> str:
        """A name with its code behind it."""
        return self.say("named", name=name, code=code)

    def amount(self, amount: Money) -> str:
        """An amount in yuan with its unit."""
        return Words(self.lang).amount(amount)

    def truth(self, holds: bool) -> str:  # noqa: FBT001  # the value that is told
        """Yes or no."""
        return self.say("yes" if holds else "no")

    def word(self, word: enum.Enum) -> str:
        """What a word of the file is called."""
        label = WORDS.get(word) or CODES.get(word)
        return label.text(self.lang) if label else str(word.value)

    def words(self, words: Iterable[enum.Enum]) -> str:
        """What words of the file are called, in a row."""
        return self.join(self.word(word) for word in words)

    def fact(self, name: str) -> str:
        """What a fact is called: by the declaration of the version, or as everywhere."""
        declared = next((fact.title for fact in self.version.facts if fact.name == name), None)
        label = FACTS.get(name)
        return declared or (label.text(self.lang) if label else name)

    def code(self, fact: str, code: str) -> str:
        """A code of a fact with its name, where it has one."""
        named: Label | None = None
        if fact in CODES_OF:
            named = next((CODES.get(each) for each in CODES_OF[fact] if each.value == code), None)
        elif fact == "sex":
            named = SEXES.get(code)
        elif fact == "med_type":
            named = KINDS_OF_CARE.get(code)
        return self.named(named.text(self.lang), code) if named else code

    def codes(self, fact: str, codes: Iterable[str]) -> str:
        """Codes of a fact in a row."""
        return self.join(self.code(fact, code) for code in codes)

    def part(self, part_id: str) -> str:
        """What a part of the scheme is called."""
        return next((part.name for part in self.version.parts if part.part_id == part_id), part_id)

    def parts(self, part_ids: Iterable[str]) -> str:
        """Parts of the scheme in a row."""
        return self.join(map(self.part, part_ids))

    def benefits(self, benefit_ids: Iterable[str]) -> str:
        """Names of benefits in a row."""
        names = {benefit.benefit_id: benefit.name for benefit in self.version.benefits}
        return self.join(names.get(each, each) for each in benefit_ids)

    def sum(self, add: tuple[str, ...], subtract: tuple[str, ...]) -> str:
        """Amounts that are added and subtracted."""
        plus = (f" + {self.fact(name)}" for name in add)
        minus = (f" {MINUS} {self.fact(name)}" for name in subtract)
        return "".join((*plus, *minus)).removeprefix(" + ")

    def conditions(self, conditions: tuple[Condition, ...]) -> str:
        """Conditions that must all hold, in a row."""
        return self.say("and").join(map(self.condition, conditions))

    def condition(self, condition: Condition) -> str:
        """One condition."""
        match condition:
            case CodeIs():
                key = "code_begins" if condition.match is Match.PREFIX else "code_is"
                codes = self.codes(condition.fact, condition.one_of)
                return self.say(key, fact=self.fact(condition.fact), codes=codes)
            case FlagIs():
                return self.say("flag", fact=self.fact(condition.fact), holds=self.truth(condition.holds))
            case CountWithin():
                return self._count(condition)
            case AmountWithin():
                return self._amount(condition)
            case _:
                assert_never(condition)

    def _count(self, condition: CountWithin) -> str:
        key = "between"
        if condition.least is None:
            key = "at_most"
        elif condition.most is None:
            key = "at_least"
        elif condition.least == condition.most:
            key = "exactly"
        return self.say(key, fact=self.fact(condition.fact), least=condition.least, most=condition.most)

    def _amount(self, condition: AmountWithin) -> str:
        total = self.sum(condition.add, condition.subtract)
        ends = (
            ("sum_above", condition.above),
            ("sum_at_least", condition.at_least),
            ("sum_below", condition.below),
            ("sum_up_to", condition.up_to),
        )
        told = [self.say(key, sum=total, amount=self.amount(end)) for key, end in ends if end is not None]
        return self.say("and").join(told)
