"""Steps (计算步骤): small typed operations on the running quantity, each passing the rest on.

The kind of a step is declared in the file, never guessed from its figures. A step takes one
unit and gives one; a benefit whose steps do not fit together is refused when it is built.
"""

from typing import ClassVar, TypeAlias

import attrs

from mutualaid_core.domain.scheme.benefit.bands import Band, DayBand, SumBand, refuse_end, refuse_gaps
from mutualaid_core.domain.scheme.benefit.base import Unit
from mutualaid_core.domain.values.checks import (
    at_least,
    checked,
    identifier,
    not_blank,
    not_empty,
    optional,
    positive,
)
from mutualaid_core.domain.values.money import Money
from mutualaid_core.domain.values.ratio import Ratio, common_denominator
from mutualaid_core.errors import InvalidValueError


@attrs.frozen(kw_only=True, field_transformer=checked)
class Deductible:
    """Deductible (起付线): what is left to the member first; zero where the rule says none.

    Clause:
        HN-4.4.2a
    """

    TAKES: ClassVar = Unit.MONEY
    GIVES: ClassVar = Unit.MONEY

    amount: Money = attrs.field(validator=at_least(0))
    source: str = attrs.field(validator=not_blank)


@attrs.frozen(kw_only=True, field_transformer=checked)
class MarginalBands:
    """Marginal tiers (分段累加): each band pays its ratio on its own slice.

    What lies below the first band, or above a closed last one, pays nothing.

    Attributes:
        bands: In ascending order, without gap or overlap; only the last may be open.
        source: Where the rule is printed.

    Clause:
        HN-4.4.2c, HN-4.4.3b
    """

    TAKES: ClassVar = Unit.MONEY
    GIVES: ClassVar = Unit.MONEY

    bands: tuple[Band, ...] = attrs.field(validator=not_empty)
    source: str = attrs.field(validator=not_blank)

    def __attrs_post_init__(self) -> None:
        """Refuse gaps, overlaps, and ratios without a small common denominator."""
        refuse_gaps(self.bands)
        common_denominator(tuple(band.ratio for band in self.bands))


@attrs.frozen(kw_only=True, field_transformer=checked)
class SlabBands:
    """Slab (全额按档): the whole amount at the ratio of the band in which it lies.

    Attributes:
        bands: In ascending order, without gap or overlap, the last one open; what lies below
            the first pays nothing.
        source: Where the rule is printed.
    """

    TAKES: ClassVar = Unit.MONEY
    GIVES: ClassVar = Unit.MONEY

    bands: tuple[Band, ...] = attrs.field(validator=not_empty)
    source: str = attrs.field(validator=not_blank)

    def __attrs_post_init__(self) -> None:
        """Refuse gaps, overlaps, an end, and ratios without a small common denominator."""
        refuse_gaps(self.bands)
        refuse_end(self.bands)
        common_denominator(tuple(band.ratio for band in self.bands))


@attrs.frozen(kw_only=True, field_transformer=checked)
class SumBands:
    """Fixed sum by band (分档定额): an amount in a band gives the band's sum.

    Attributes:
        bands: In ascending order, without gap or overlap, the last one open; what lies below
            the first pays nothing.
        source: Where the rule is printed.
    """

    TAKES: ClassVar = Unit.MONEY
    GIVES: ClassVar = Unit.MONEY

    bands: tuple[SumBand, ...] = attrs.field(validator=not_empty)
    source: str = attrs.field(validator=not_blank)

    def __attrs_post_init__(self) -> None:
        """Refuse gaps, overlaps and an end."""
        refuse_gaps(self.bands)
        refuse_end(self.bands)


@attrs.frozen(kw_only=True, field_transformer=checked)
class Share:
    """Share (给付比例): the running amount times one ratio."""

    TAKES: ClassVar = Unit.MONEY
    GIVES: ClassVar = Unit.MONEY

    ratio: Ratio
    source: str = attrs.field(validator=not_blank)


@attrs.frozen(kw_only=True, field_transformer=checked)
class AtMost:
    """Upper bound (封顶) of the running amount at this place of the calculation."""

    TAKES: ClassVar = Unit.MONEY
    GIVES: ClassVar = Unit.MONEY

    amount: Money = attrs.field(validator=positive)
    source: str = attrs.field(validator=not_blank)


@attrs.frozen(kw_only=True, field_transformer=checked)
class MinimumPayment:
    """Minimum (最低补助额): an amount above nothing is raised to it.

    Attributes:
        amount: The least that is paid.
        base_up_to: Applies where the base after its deductibles is not above this; ``None``
            for every base.
        may_exceed_base: Whether more than that base may be paid; the scheme must say.
        source: Where the rule is printed.
    """

    TAKES: ClassVar = Unit.MONEY
    GIVES: ClassVar = Unit.MONEY

    amount: Money = attrs.field(validator=positive)
    base_up_to: Money | None = attrs.field(validator=optional(positive))
    may_exceed_base: bool
    source: str = attrs.field(validator=not_blank)


@attrs.frozen(kw_only=True, field_transformer=checked)
class TimesShares:
    """Shares (份数): the running amount times the shares held; surplus shares are void.

    Attributes:
        most: Shares that count at most.
        source: Where the rule is printed.
    """

    TAKES: ClassVar = Unit.MONEY
    GIVES: ClassVar = Unit.MONEY

    most: int = attrs.field(validator=positive)
    source: str = attrs.field(validator=not_blank)


@attrs.frozen(kw_only=True, field_transformer=checked)
class DayTable:
    """Table of days (天数档): a stay of so many days is paid as so many days.

    Attributes:
        bands: In ascending order from day 1, without gap or overlap, the last one open.
        source: Where the rule is printed.
    """

    TAKES: ClassVar = Unit.DAYS
    GIVES: ClassVar = Unit.DAYS

    bands: tuple[DayBand, ...] = attrs.field(validator=not_empty)
    source: str = attrs.field(validator=not_blank)

    def __attrs_post_init__(self) -> None:
        """Refuse gaps, overlaps, and a table that does not say what any stay is paid."""
        if self.bands[0].first != 1:
            raise InvalidValueError("bands", "must begin with day 1", self.bands[0].first)
        for lower, upper in zip(self.bands, self.bands[1:], strict=False):
            if lower.last is None or lower.last + 1 != upper.first:
                rule = f"must follow without gap or overlap on a band up to {lower.last or 'no end'}"
                raise InvalidValueError("bands", rule, upper.first)
        if self.bands[-1].last is not None:
            raise InvalidValueError("bands", "must end with a band without a last day", self.bands[-1].last)


@attrs.frozen(kw_only=True, field_transformer=checked)
class PerDay:
    """Sum per day (每日定额): the days times an amount."""

    TAKES: ClassVar = Unit.DAYS
    GIVES: ClassVar = Unit.MONEY

    amount: Money = attrs.field(validator=positive)
    source: str = attrs.field(validator=not_blank)


@attrs.frozen(kw_only=True, field_transformer=checked)
class FixedSum:
    """Fixed sum (定额): the event gives an amount; zero where a class is paid nothing."""

    TAKES: ClassVar = Unit.EVENT
    GIVES: ClassVar = Unit.MONEY

    amount: Money = attrs.field(validator=at_least(0))
    source: str = attrs.field(validator=not_blank)


PlainStep: TypeAlias = (
    Deductible
    | MarginalBands
    | SlabBands
    | SumBands
    | Share
    | AtMost
    | MinimumPayment
    | TimesShares
    | DayTable
    | PerDay
    | FixedSum
)
"""A step that is the same for everybody."""


@attrs.frozen(kw_only=True, field_transformer=checked)
class Choice:
    """What applies to some classes (分类标准).

    Attributes:
        one_of: Words of a code; empty where the class is a range of numbers, or the rest.
        least: Lower end of a count, included.
        most: Upper end of a count, included; ``None`` for no end.
        step: What applies.

    A choice without words and ends takes whatever no other takes, and stands last.
    """

    one_of: tuple[str, ...] = ()
    least: int | None = attrs.field(default=None, validator=optional(at_least(0)))
    most: int | None = attrs.field(default=None, validator=optional(at_least(0)))
    step: PlainStep

    def __attrs_post_init__(self) -> None:
        """Refuse words beside ends, and ends without a number between them."""
        if self.one_of and (self.least is not None or self.most is not None):
            raise InvalidValueError("one_of", "must not stand beside least and most", ", ".join(self.one_of))
        if self.least is not None and self.most is not None and self.most < self.least:
            raise InvalidValueError("most", f"must be >= {self.least}", self.most)

    @property
    def takes_rest(self) -> bool:
        """Whether it takes what no other choice takes."""
        return not self.one_of and self.least is None and self.most is None


@attrs.frozen(kw_only=True, field_transformer=checked)
class ByClass:
    """Variation by class (分类): one of several steps of the same units, by a fact.

    Attributes:
        fact: Name of a code or of a count.
        choices: One for every class; the words of a code must all be named once, the numbers
            of a count follow without gap or overlap, or a last choice takes the rest.
        source: Where the rule is printed.
    """

    fact: str = attrs.field(validator=identifier)
    choices: tuple[Choice, ...] = attrs.field(validator=not_empty)
    source: str = attrs.field(validator=not_blank)

    def __attrs_post_init__(self) -> None:
        """Refuse words told twice, a rest that is not last, and steps of different units."""
        words = [word for choice in self.choices for word in choice.one_of]
        if len(set(words)) != len(words):
            raise InvalidValueError("choices", "must name each word once", ", ".join(words))
        if any(choice.takes_rest for choice in self.choices[:-1]):
            raise InvalidValueError("choices", "must name the rest last", self.fact)
        if len({(choice.step.TAKES, choice.step.GIVES) for choice in self.choices}) > 1:
            raise InvalidValueError("choices", "must all be steps of the same units", self.fact)

    @property
    def TAKES(self) -> Unit:  # noqa: N802  # as every step tells it
        """Unit that comes in."""
        return self.choices[0].step.TAKES

    @property
    def GIVES(self) -> Unit:  # noqa: N802  # as every step tells it
        """Unit that goes out."""
        return self.choices[0].step.GIVES


Step: TypeAlias = PlainStep | ByClass
"""A step, the same for everybody or by class."""
