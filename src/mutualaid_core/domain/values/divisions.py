"""Administrative divisions (行政区划, GB/T 2260): codes with the days on which they hold."""

import datetime
import enum
from typing import Final

import attrs

from mutualaid_core.domain.values.checks import checked, not_blank
from mutualaid_core.domain.values.identifiers import DivisionCode, parse_division_code
from mutualaid_core.errors import InvalidValueError

_MUNICIPALITIES: Final = frozenset({"11", "12", "31", "50"})
"""Beijing, Tianjin, Shanghai, Chongqing (直辖市): their districts stand directly below them."""

_DIRECT: Final = "90"
"""Third and fourth digit of counties directly below a province, as in 429004."""


class DivisionLevel(enum.Enum):
    """Level of a division (行政级别)."""

    PROVINCE = "province"
    """省级"""
    PREFECTURE = "prefecture"
    """地级"""
    COUNTY = "county"
    """县级"""


class Certainty(enum.Enum):
    """How well an answer is attested (确定程度)."""

    FOUND = "found"
    """Seen in a public source, which is named."""
    FROM_MEMORY = "from_memory"
    """To be confirmed: a check that rests on it alone may flag and not refuse."""


def level_of_code(code: DivisionCode) -> DivisionLevel:
    """Level that the digits of a code tell.

    >>> level_of_code("430100"), level_of_code("430121")
    (<DivisionLevel.PREFECTURE: 'prefecture'>, <DivisionLevel.COUNTY: 'county'>)
    """
    if code.endswith("0000"):
        return DivisionLevel.PROVINCE
    return DivisionLevel.PREFECTURE if code.endswith("00") else DivisionLevel.COUNTY


def ancestors_of_code(code: DivisionCode) -> tuple[DivisionCode, ...]:
    """Codes of the divisions around one, the nearest first; empty for a province.

    Districts of the municipalities and counties directly below a province have no prefecture.

    >>> ancestors_of_code("430529"), ancestors_of_code("429004"), ancestors_of_code("110101")
    (('430500', '430000'), ('420000',), ('110000',))
    """
    level = level_of_code(code)
    if level is DivisionLevel.PROVINCE:
        return ()
    province = DivisionCode(code[:2] + "0000")
    if level is DivisionLevel.PREFECTURE or code[:2] in _MUNICIPALITIES or code[2:4] == _DIRECT:
        return (province,)
    return (DivisionCode(code[:4] + "00"), province)


@attrs.frozen(kw_only=True, field_transformer=checked)
class Division:
    """Division (行政区划) under one code and name for some days.

    Attributes:
        code: Code.
        name: Name as printed.
        level: Level; the digits of the code say the same.
        parent: Code of the division around it; ``None`` for a province.
        valid_from: First day that the row speaks of; the code may be older.
        valid_to: Last day; ``None`` while it holds.
        successor: Code that took its place; of a split, the one that keeps the seat.
        seen_to: Last day for which the source shows it; ``None`` where it does not matter.
        certainty: How well code, name and days are attested.
        source: Where the row was seen.
    """

    code: DivisionCode
    name: str = attrs.field(validator=not_blank)
    level: DivisionLevel
    parent: DivisionCode | None
    valid_from: datetime.date
    valid_to: datetime.date | None
    successor: DivisionCode | None
    seen_to: datetime.date | None
    certainty: Certainty
    source: str = attrs.field(validator=not_blank)

    def __attrs_post_init__(self) -> None:
        """Refuse what contradicts the digits of the code, and days out of order."""
        parse_division_code(self.code)
        level = level_of_code(self.code)
        if self.level is not level:
            raise InvalidValueError("level", f"must be {level.value} by its code", self.level.value)
        parent = next(iter(ancestors_of_code(self.code)), None)
        if self.parent != parent:
            raise InvalidValueError("parent", f"must be {parent or 'blank'} by its code", self.parent)
        if self.valid_to is not None and self.valid_to < self.valid_from:
            rule = f"must be >= {self.valid_from.isoformat()}"
            raise InvalidValueError("valid_to", rule, self.valid_to.isoformat())
        if self.successor is not None:
            self._check_successor(self.successor)

    def _check_successor(self, successor: DivisionCode) -> None:
        parse_division_code(successor)
        if self.valid_to is None:
            raise InvalidValueError("successor", "must be blank while the code holds", successor)
        if successor == self.code:
            raise InvalidValueError("successor", "must be another code", successor)

    def is_valid_on(self, day: datetime.date) -> bool:
        """Whether the row speaks of *day*."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def certainty_on(self, day: datetime.date) -> Certainty:
        """How well it is attested that the division stood so on *day*."""
        if self.seen_to is not None and day > self.seen_to:
            return Certainty.FROM_MEMORY
        return self.certainty
