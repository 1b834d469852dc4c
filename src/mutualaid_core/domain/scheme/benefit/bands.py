"""Bands (分段): edges are exact, without gap or overlap; a table says what each band pays."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol

import attrs

from mutualaid_core.domain.values.checks import at_least, checked, optional, positive
from mutualaid_core.domain.values.money import Money
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.errors import InvalidValueError


class _Edged(Protocol):
    @property
    def above(self) -> Money: ...
    @property
    def up_to(self) -> Money | None: ...


@attrs.frozen(kw_only=True, field_transformer=checked)
class Band:
    """One band (分段) of ratios: the slice above ``above`` up to ``up_to``.

    Attributes:
        above: Lower edge, not included.
        up_to: Upper edge, included; ``None`` for the last band without an upper edge.
        ratio: Share that is paid.
        most: The most that this band pays (分段限额); ``None`` for no such limit.
    """

    above: Money = attrs.field(validator=at_least(0))
    up_to: Money | None
    ratio: Ratio
    most: Money | None = attrs.field(default=None, validator=optional(positive))

    def __attrs_post_init__(self) -> None:
        """Refuse a band without width."""
        refuse_no_width(self.above, self.up_to)


@attrs.frozen(kw_only=True, field_transformer=checked)
class SumBand:
    """One band (分段) of fixed sums: an amount above ``above`` up to ``up_to`` gives ``pays``.

    Attributes:
        above: Lower edge, not included.
        up_to: Upper edge, included; ``None`` for the last band.
        pays: What is paid.
    """

    above: Money = attrs.field(validator=at_least(0))
    up_to: Money | None
    pays: Money = attrs.field(validator=at_least(0))

    def __attrs_post_init__(self) -> None:
        """Refuse a band without width."""
        refuse_no_width(self.above, self.up_to)


@attrs.frozen(kw_only=True, field_transformer=checked)
class DayBand:
    """One band (分段) of days: a stay of ``first`` to ``last`` days is paid as so many days.

    Attributes:
        first: Least number of days, included.
        last: Largest number of days, included; ``None`` for the last band.
        pays: Days that are paid; ``None`` for the actual days.
        most: The most days that are paid where the actual days are; ``None`` for all of them.
    """

    first: int = attrs.field(validator=positive)
    last: int | None
    pays: int | None = attrs.field(default=None, validator=optional(at_least(0)))
    most: int | None = attrs.field(default=None, validator=optional(positive))

    def __attrs_post_init__(self) -> None:
        """Refuse a band without days, and one that says both a number and the actual days."""
        if self.last is not None and self.last < self.first:
            raise InvalidValueError("last", f"must be >= {self.first}", self.last)
        if self.pays is not None and self.most is not None:
            raise InvalidValueError("most", "must stand only where the actual days are paid", self.most)


def refuse_no_width(above: Money, up_to: Money | None) -> None:
    """Refuse a band without width.

    Raises:
        InvalidValueError: The upper edge is not above the lower one.
    """
    if up_to is not None and up_to <= above:
        raise InvalidValueError("up_to", f"must be > {above}", str(up_to), clause="HN-4.4.2c")


def refuse_gaps(bands: Sequence[_Edged]) -> None:
    """Refuse bands that leave a gap or overlap.

    Raises:
        InvalidValueError: A band does not begin where the one before it ends.
    """
    for lower, upper in pairwise(bands):
        if lower.up_to != upper.above:
            edge = "no upper edge" if lower.up_to is None else str(lower.up_to)
            rule = f"must follow without gap or overlap on a band with {edge}"
            raise InvalidValueError("bands", rule, str(upper.above), clause="HN-4.4.2c")


def refuse_end(bands: Sequence[_Edged]) -> None:
    """Refuse bands that do not say what is paid above the last edge.

    Raises:
        InvalidValueError: The last band has an upper edge.
    """
    if bands[-1].up_to is not None:
        rule = "must end with a band without an upper edge"
        raise InvalidValueError("bands", rule, str(bands[-1].up_to), clause="HN-4.4.2c")
