"""Dues (互助金): what members pay, and who bears which part of it."""

import enum

import attrs

from mutualaid_core.domain.scheme.benefit.conditions import Condition
from mutualaid_core.domain.values.checks import checked, identifier, not_blank, not_empty, optional, positive
from mutualaid_core.domain.values.money import Money
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.errors import InvalidValueError


class FundingSource(enum.Enum):
    """Who brings money into the fund (资金来源, HN-4.3.1); each is a sub-account."""

    MEMBER = "member"
    UNION = "union"
    EMPLOYER = "employer"
    GOVERNMENT = "government"
    DONATION = "donation"
    INTEREST = "interest"
    OTHER = "other"


@attrs.frozen(kw_only=True, field_transformer=checked)
class DuesRate:
    """Rate (缴费标准): what one share of one part costs some members for one period.

    Attributes:
        part: Part of the scheme; ``None`` where the scheme has no parts.
        when: Conditions on the member, all of which must hold; empty for everybody else.
        amount: What one share costs for one period.
        shares_max: Shares that one person may hold.
        source: Where the rule is printed.
    """

    part: str | None = attrs.field(default=None, validator=optional(identifier))
    when: tuple[Condition, ...] = ()
    amount: Money = attrs.field(validator=positive)
    shares_max: int = attrs.field(validator=positive)
    source: str = attrs.field(validator=not_blank)


@attrs.frozen(kw_only=True, field_transformer=checked)
class PayerShare:
    """Part of the dues (分担比例) that one payer bears.

    Attributes:
        payer: Who.
        ratio: Which share; ``None`` for the one payer who bears the rest.
    """

    payer: FundingSource
    ratio: Ratio | None = None


@attrs.frozen(kw_only=True, field_transformer=checked)
class Dues:
    """Dues (互助金缴费标准) per share and period.

    Attributes:
        rates: For each part, the first rate whose conditions hold is the one that applies.
        payers: Who may bear a part.
        split: Who bears which share, exact to the fen by largest remainder; one payer may take
            the rest of the shares; empty where units agree on it themselves.
        source: Where the rule on payers is printed.

    Clause:
        HN-4.3.4b, HN-4.3.4c, HN-4.3.5a, ACFTU-2.3a
    """

    rates: tuple[DuesRate, ...] = attrs.field(validator=not_empty)
    payers: tuple[FundingSource, ...] = attrs.field(validator=not_empty)
    split: tuple[PayerShare, ...] = ()
    source: str = attrs.field(validator=not_blank)

    def __attrs_post_init__(self) -> None:
        """Refuse a split that is not a whole, or that names a payer who may not pay."""
        named = [share.payer for share in self.split]
        if strangers := [payer.value for payer in named if payer not in self.payers]:
            raise InvalidValueError("split", "must name payers of the list", ", ".join(strangers))
        if len(set(named)) != len(named):
            raise InvalidValueError("split", "must name each payer once", len(named))
        if self.split:
            _refuse_part_of_whole(self.split)

    @property
    def sources(self) -> tuple[str, ...]:
        """Every source that the dues cite."""
        return (self.source, *(rate.source for rate in self.rates))


def _refuse_part_of_whole(split: tuple[PayerShare, ...]) -> None:
    """Refuse shares that are not one whole: with one payer of the rest, or adding up to 1."""
    ratios = [share.ratio for share in split if share.ratio is not None]
    rest = len(split) - len(ratios)
    common = 1
    for ratio in ratios:
        common *= ratio.denominator
    told = sum(ratio.numerator * (common // ratio.denominator) for ratio in ratios)
    if rest > 1 or told > common or (rest == 0 and told != common):
        rule = "must add up to 1, or leave the rest to one payer"
        raise InvalidValueError("split", rule, f"{told}/{common}")
