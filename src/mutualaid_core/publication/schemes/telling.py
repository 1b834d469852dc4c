"""Telling (用语): names and values of one scheme version in one language."""

import enum
from collections.abc import Iterable
from typing import Final

import attrs

from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.money import Money
from mutualaid_core.publication.labels import CODES, KINDS_OF_CARE, Label, Language
from mutualaid_core.publication.schemes.labels import CODES_OF, FACTS, SEXES, WORDS
from mutualaid_core.publication.schemes.phrases import en, zh
from mutualaid_core.publication.wording import MINUS, Words

PHRASES: Final = {"zh": zh.PHRASES, "en": en.PHRASES}
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

    def fact(self, name: str) -> str:
        """What a fact is called: by the declaration of the version, or as everywhere."""
        declared = next((fact.title for fact in self.version.facts if fact.name == name), None)
        label = FACTS.get(name)
        if declared is not None:
            return self.named(declared, name)
        return label.text(self.lang) if label else name

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
        name = next((part.name for part in self.version.parts if part.part_id == part_id), None)
        return part_id if name is None else self.named(name, part_id)

    def benefits(self, benefit_ids: Iterable[str]) -> str:
        """Names of benefits in a row."""
        names = {benefit.benefit_id: benefit.name for benefit in self.version.benefits}
        return self.join(self.named(names[each], each) if each in names else each for each in benefit_ids)

    def sum(self, add: tuple[str, ...], subtract: tuple[str, ...]) -> str:
        """Amounts that are added and subtracted."""
        plus = (f" + {self.fact(name)}" for name in add)
        minus = (f" {MINUS} {self.fact(name)}" for name in subtract)
        return "".join((*plus, *minus)).removeprefix(" + ")
