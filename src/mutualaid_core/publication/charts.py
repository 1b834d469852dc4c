"""Geometry of the charts (图形尺寸): whole numbers, no drawing.

A bar lies on a scale from 0 to ``SCALE``; the template draws it and writes the text beside it.
"""

from collections.abc import Iterable
from typing import Final

import attrs

from mutualaid_core.domain.oversight.disclosure import Disclosure
from mutualaid_core.domain.values.money import Money

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


def movement(disclosure: Disclosure) -> tuple[Bar, Bar, Bar, Bar]:
    """How the reserve moved: opening, income after it, benefits back from there, closing."""
    opening, income = disclosure.opening.fen, disclosure.income_total.fen
    benefits, closing = disclosure.benefits.fen, disclosure.closing.fen
    whole = opening + income
    return (
        _bar(0, opening, whole),
        _bar(opening, income, whole),
        _bar(closing, benefits, whole),
        _bar(0, closing, whole),
    )


def _bar(start: int, length: int, whole: int) -> Bar:
    """A bar on the scale; both ends are rounded alike, so that bars that meet do so in the drawing."""
    if not length:
        return Bar(start=start * SCALE // whole if whole else 0, length=0)
    left = min(start * SCALE // whole, SCALE - 1)
    return Bar(start=left, length=max((start + length) * SCALE // whole - left, 1))
