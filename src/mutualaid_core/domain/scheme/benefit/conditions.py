"""Conditions (适用条件): when a benefit, a rate of dues or a limit applies."""

import enum
from typing import TypeAlias

import attrs

from mutualaid_core.domain.values.checks import (
    checked,
    identifier,
    not_empty,
    not_negative,
    optional,
    positive,
)
from mutualaid_core.domain.values.money import Money
from mutualaid_core.errors import InvalidValueError


class Match(enum.Enum):
    """How a code is compared: as a whole, or by its beginning (as the chapters of ICD-10)."""

    EXACT = "exact"
    PREFIX = "prefix"


@attrs.frozen(kw_only=True, field_transformer=checked)
class CodeIs:
    """The fact is one of these words.

    Attributes:
        fact: Name of a code.
        one_of: The words.
        match: Whole words, or beginnings of words.
    """

    fact: str = attrs.field(validator=identifier)
    one_of: tuple[str, ...] = attrs.field(validator=not_empty)
    match: Match = Match.EXACT


@attrs.frozen(kw_only=True, field_transformer=checked)
class FlagIs:
    """The fact is so, or is not.

    Attributes:
        fact: Name of a flag.
        holds: What it must be.
    """

    fact: str = attrs.field(validator=identifier)
    holds: bool


@attrs.frozen(kw_only=True, field_transformer=checked)
class CountWithin:
    """The whole number lies between two ends, both included.

    Attributes:
        fact: Name of a count.
        least: Lower end; ``None`` for none.
        most: Upper end; ``None`` for none.
    """

    fact: str = attrs.field(validator=identifier)
    least: int | None = attrs.field(default=None, validator=optional(not_negative))
    most: int | None = attrs.field(default=None, validator=optional(not_negative))

    def __attrs_post_init__(self) -> None:
        """Refuse a condition that says nothing, or that nothing can meet."""
        if self.least is None and self.most is None:
            raise InvalidValueError("least", "must be given, or most", None)
        if self.least is not None and self.most is not None and self.most < self.least:
            raise InvalidValueError("most", f"must be >= {self.least}", self.most)


@attrs.frozen(kw_only=True, field_transformer=checked)
class AmountWithin:
    """A sum of amounts, never below zero, lies between two ends.

    Attributes:
        add: Amounts that count.
        subtract: Amounts that are taken off.
        above: Lower end, not included.
        at_least: Lower end, included.
        below: Upper end, not included.
        up_to: Upper end, included.
    """

    add: tuple[str, ...] = attrs.field(validator=not_empty)
    subtract: tuple[str, ...] = ()
    above: Money | None = attrs.field(default=None, validator=optional(not_negative))
    at_least: Money | None = attrs.field(default=None, validator=optional(not_negative))
    below: Money | None = attrs.field(default=None, validator=optional(positive))
    up_to: Money | None = attrs.field(default=None, validator=optional(not_negative))

    def __attrs_post_init__(self) -> None:
        """Refuse two lower ends, two upper ends, none at all, and a range without an amount."""
        for one, other in (("above", "at_least"), ("below", "up_to")):
            if getattr(self, one) is not None and getattr(self, other) is not None:
                raise InvalidValueError(one, f"must not stand beside {other}", str(getattr(self, one)))
        if self.least_fen is None and self.most_fen is None:
            raise InvalidValueError("above", "must be given, or at_least, below or up_to", None)
        if self.least_fen is not None and self.most_fen is not None and self.most_fen < self.least_fen:
            raise InvalidValueError("up_to", "must leave an amount between both ends", self.most_fen)

    @property
    def least_fen(self) -> int | None:
        """Lowest fen that meets the condition."""
        if self.above is not None:
            return self.above.fen + 1
        return None if self.at_least is None else self.at_least.fen

    @property
    def most_fen(self) -> int | None:
        """Highest fen that meets the condition."""
        if self.below is not None:
            return self.below.fen - 1
        return None if self.up_to is None else self.up_to.fen


Condition: TypeAlias = CodeIs | FlagIs | CountWithin | AmountWithin
"""One condition; where several stand in a list, all must hold."""
