"""Wording (措辞): values as people read them, in one language.

Amounts are yuan with thousands marks, fractions of a fen are exact, days are written out.
"""

import datetime
import enum
from collections.abc import Mapping
from fractions import Fraction
from typing import Final

import attrs

from mutualaid_core.domain.values.money import Money
from mutualaid_core.publication import phrases_en, phrases_zh
from mutualaid_core.publication.labels import CODES, Language

DECIMALS_MAX: Final = 8
"""More decimals than these are shown as a fraction: a pocket calculator has no more."""

MINUS: Final = "\N{MINUS SIGN}"

PHRASES: Final[Mapping[Language, Mapping[str, str]]] = {"zh": phrases_zh.PHRASES, "en": phrases_en.PHRASES}
"""Sentences by language and key."""

_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@attrs.frozen
class Words:
    """Texts in one language (语言).

    Attributes:
        lang: ``zh`` or ``en``.
    """

    lang: Language

    def say(self, key: str, **parts: object) -> str:
        """The sentence of that key with its places filled."""
        return PHRASES[self.lang][key].format(**parts)

    def amount(self, amount: Money) -> str:
        """An amount in yuan with its unit.

        >>> Words("en").amount(Money(255_000))
        '2,550.00 yuan'
        """
        return self.say("amount", yuan=amount.to_text())

    def exact(self, fen: Fraction) -> str:
        """An exact number of fen in yuan: by decimals where these end, else with a fraction.

        >>> Words("en").exact(Fraction(3333, 10))
        '3.333 yuan'
        >>> Words("en").exact(Fraction(1000, 3))
        '3.33 yuan and 1/3 fen'
        """
        for decimals in range(2, DECIMALS_MAX + 1):
            scaled = fen * 10 ** (decimals - 2)
            if scaled.denominator == 1:
                whole, rest = divmod(scaled.numerator, 10**decimals)
                return self.say("amount", yuan=f"{whole:,}.{rest:0{decimals}d}")
        whole_fen, rest_fen = divmod(fen, 1)
        yuan = Money(whole_fen).to_text()
        parts = {"numerator": rest_fen.numerator, "denominator": rest_fen.denominator}
        return self.say("amount_and_fraction", yuan=yuan, **parts)

    def day(self, day: datetime.date) -> str:
        """A day written out.

        >>> Words("en").day(datetime.date(2014, 1, 26))
        '26 January 2014'
        """
        month = day.month if self.lang == "zh" else _MONTHS[day.month - 1]
        return self.say("day", year=day.year, month=month, day=day.day)

    def name(self, code: enum.Enum) -> str:
        """What a code is called."""
        return CODES[code].text(self.lang)

    def named(self, kind: type[enum.Enum], code: str) -> str:
        """What a code that was kept as text is called, with the code; only the code if it is strange."""
        try:
            return self.say("code", name=self.name(kind(code)), code=code)
        except ValueError:
            return code

    def counted(self, unit: str, count: int) -> str:
        """A whole number with its unit: ``days``, ``times`` or ``shares``.

        >>> Words("en").counted("days", 1), Words("en").counted("days", 2)
        ('1 day', '2 days')
        """
        return self.say(f"{unit}_{'one' if count == 1 else 'many'}", count=count)

    def join(self, parts: tuple[str, ...]) -> str:
        """*parts* in a row."""
        return self.say("join").join(parts)
