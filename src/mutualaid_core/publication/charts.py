"""Geometry of the charts (图形尺寸): whole numbers, no drawing.

A bar lies on a scale from 0 to ``SCALE``; the template draws it and writes the text beside it.
"""

from collections.abc import Iterable
from typing import Final

import attrs

from mutualaid_core.domain.oversight.disclosure import Disclosure
from mutualaid_core.domain.values.money import ZERO, Money

SCALE: Final = 400
"""Length of the longest bar, in units of the drawing."""


@attrs.frozen(kw_only=True)
class Bar:
    """A bar (条形) from ``start`` over ``length`` units.

    Attributes:
        start: Distance from the left edge, 0 to ``SCALE``.
        length: Length; 0 for nothing, at least 1 for anything.
    """

    start: int
    length: int

    @property
    def end(self) -> int:
        """Distance of its end from the left edge."""
        return self.start + self.length


def bars(amounts: Iterable[Money | None]) -> tuple[Bar, ...]:
    """A bar from the left edge for each amount, the largest over the full length.

    Args:
        amounts: Not negative; ``None`` for a hidden figure, which gets no length.
    """
    fens = [0 if amount is None else amount.fen for amount in amounts]
    return tuple(_bar(0, fen, max(fens)) for fen in fens)


@attrs.frozen(kw_only=True)
class Move:
    """A step of the reserve's movement (结余变动).

    Attributes:
        zh: What it is, in Chinese; ``{minus}`` is the place of a minus.
        en: The same in English.
        amount: How much.
        bar: Its bar.
        kind: ``stock`` for a balance, ``flow`` for what came in or went out.
    """

    zh: str
    en: str
    amount: Money
    bar: Bar
    kind: str


def movement(disclosure: Disclosure) -> tuple[Move, ...]:
    """How the reserve moved: opening, grants and income after it, benefits back from there, closing.

    Grants are left out where none came in within the period.
    """
    opening, granted, income = disclosure.opening, disclosure.granted, disclosure.income_total
    closing, whole = disclosure.closing, opening + granted + income
    after_grants = opening + granted

    def move(zh: str, en: str, amount: Money, start: Money, kind: str) -> Move:
        return Move(zh=zh, en=en, amount=amount, bar=_bar(start.fen, amount.fen, whole.fen), kind=kind)

    return (
        move("期初结余", "Opening balance", opening, ZERO, "stock"),
        *((move("＋ 本期注入", "+ Grants received", granted, opening, "flow"),) if granted else ()),
        move("＋ 本期收入", "+ Income", income, after_grants, "flow"),
        move("{minus} 本期补助", "{minus} Benefits", disclosure.benefits, closing, "flow"),
        move("期末结余", "Closing balance", closing, ZERO, "stock"),
    )


def _bar(start: int, length: int, whole: int) -> Bar:
    """A bar on the scale; both ends are rounded alike, so that bars that meet do so in the drawing."""
    if not length:
        return Bar(start=start * SCALE // whole if whole else 0, length=0)
    left = min(start * SCALE // whole, SCALE - 1)
    return Bar(start=left, length=max((start + length) * SCALE // whole - left, 1))
