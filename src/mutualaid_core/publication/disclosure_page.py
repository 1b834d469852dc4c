"""Disclosure page (公示页): one HTML file for the public, in Chinese and English.

The file needs nothing else: no script, no foreign host, its style and drawings inside. Both
languages are in it; a link shows one or the other, and a reader without style sees both. What it
shows comes from the disclosure alone, and so nothing can be in it that the disclosure hides.
"""

import base64
import datetime
import enum
import hashlib
from importlib import resources
from typing import Final

import attrs
import jinja2

from mutualaid_core.domain.claims.settlement import HospitalLevel
from mutualaid_core.domain.oversight.disclosure import Breakdown, Dimension, Disclosure
from mutualaid_core.domain.values.money import ZERO, Money, Rounding, round_fen
from mutualaid_core.publication import charts
from mutualaid_core.publication.labels import Language
from mutualaid_core.publication.wording import MINUS, Words

HIDDEN: Final = "\N{EM DASH}"
"""What stands for a hidden figure."""

_TEMPLATES: Final = resources.files("mutualaid_core.publication") / "templates"


def disclosure_page(disclosure: Disclosure) -> str:
    """The disclosure as one self-contained HTML page.

    All text is escaped, and the page's own policy lets a browser load nothing and run nothing:
    only the style with the stated hash applies. ``#en`` and ``#zh`` choose the language.

    Args:
        disclosure: Figures of a closed period.

    Returns:
        The page; to be written as UTF-8.

    Clause:
        HN-4.5.5, ACFTU-14.2a, ACFTU-14.2c
    """
    environment = jinja2.Environment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    style = (_TEMPLATES / "disclosure.css").read_text(encoding="utf-8")
    template = environment.from_string((_TEMPLATES / "disclosure.html.j2").read_text(encoding="utf-8"))
    return template.render(
        d=disclosure,
        texts=(_Texts(words=Words("zh")), _Texts(words=Words("en"))),
        style=style,
        style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        surplus=disclosure.income_total - disclosure.benefits,
        rolled=disclosure.opening - disclosure.grants,
        moves=charts.movement(disclosure),
        income_bars=charts.bars(amount for _, amount in disclosure.income),
        cell_bars={
            each.dimension: charts.bars(c.amount for c in each.cells) for each in disclosure.breakdowns
        },
        scale=charts.SCALE,
        minus=MINUS,
        hidden=HIDDEN,
    )


@attrs.frozen(kw_only=True)
class _Texts:
    """What the template says in one language."""

    words: Words

    @property
    def lang(self) -> Language:
        """``zh`` or ``en``, also the anchor of the language."""
        return self.words.lang

    @property
    def tag(self) -> str:
        """Language tag for ``lang`` attributes."""
        return "zh-CN" if self.lang == "zh" else "en"

    def say(self, zh: str, en: str, **parts: object) -> str:
        """The text of this language with its places filled."""
        return (zh if self.lang == "zh" else en).format(**parts)

    def yuan(self, amount: Money | None) -> str:
        """An amount without unit, as tables show it."""
        return HIDDEN if amount is None else amount.to_text().replace("-", MINUS)

    def amount(self, amount: Money) -> str:
        """An amount with its unit."""
        return self.words.amount(amount).replace("-", MINUS)

    def count(self, count: int | None) -> str:
        """A count with thousands marks."""
        return HIDDEN if count is None else f"{count:,}"

    def day(self, day: datetime.date) -> str:
        """A day written out."""
        return self.words.day(day)

    def name(self, code: enum.Enum) -> str:
        """What a code is called, as it begins a cell."""
        name = self.words.name(code)
        return name[:1].upper() + name[1:]

    def share(self, part: int, whole: int) -> str:
        """Percentage with one decimal, rounded half up."""
        tenths = round_fen(part * 1000, whole, Rounding.HALF_UP) if whole else 0
        return f"{tenths // 10:,}.{tenths % 10}%"

    def mean(self, amount: Money, count: int) -> str:
        """Amount by one of *count*, rounded half up to the fen."""
        return self.amount(Money(round_fen(amount.fen, count, Rounding.HALF_UP)))

    def groups(self, breakdown: Breakdown) -> tuple[str, ...]:
        """What the groups of a breakdown are called; a code without a name stands as it is."""
        codes = tuple(cell.group for cell in breakdown.cells)
        if breakdown.dimension is Dimension.BENEFIT_BAND:
            names = tuple(map(self._band, codes, ("", *codes)))
        elif breakdown.dimension is Dimension.DISCHARGE_QUARTER:
            names = tuple(self._quarter(code) for code in codes)
        else:
            levels = {level.value: self.name(level) for level in HospitalLevel}
            names = tuple(levels.get(code, code) for code in codes)
        return tuple(name[:1].upper() + name[1:] for name in names)

    def shown(self, breakdown: Breakdown) -> tuple[int, Money]:
        """Claims and benefits of the groups that are shown."""
        cells = [cell for cell in breakdown.cells if not cell.is_hidden]
        return sum(cell.claims or 0 for cell in cells), sum((cell.amount or ZERO for cell in cells), ZERO)

    def _band(self, code: str, before: str) -> str:
        above = f"{int(before):,}" if before.isdecimal() else ""
        if code == "above" and above:
            return self.words.say("group_above", above=above)
        if not code.isdecimal():
            return code
        up_to = f"{int(code):,}"
        return self.words.say("group_between" if above else "group_first", above=above, up_to=up_to)

    def _quarter(self, code: str) -> str:
        year, mark, quarter = code.partition("Q")
        known = mark and year.isdecimal() and quarter.isdecimal()
        return self.words.say("group_quarter", year=year, quarter=quarter) if known else code
