"""Disclosure (公示): the figures of a closed period that everybody may see."""

import datetime
import enum
from typing import Final

import attrs

from mutualaid_core.domain.scheme.dues import FundingSource
from mutualaid_core.domain.values.checks import checked, identifier, not_blank, not_negative, optional
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.domain.values.identifiers import PeriodId, SchemeId
from mutualaid_core.domain.values.money import Money, total
from mutualaid_core.errors import InvalidValueError

DISCLOSURE_FORM: Final = 1
"""Version of the disclosure's form."""


class Dimension(enum.Enum):
    """By what benefits are broken down (分组维度)."""

    HOSPITAL_LEVEL = "hospital_level"
    DISCHARGE_QUARTER = "discharge_quarter"
    BENEFIT_BAND = "benefit_band"


@attrs.frozen(kw_only=True, field_transformer=checked)
class Cell:
    """One group of a breakdown (分组); figures that could point at a person are hidden.

    Attributes:
        group: Code of the group, for example ``3`` or ``2014Q1``.
        claims: Claims paid; ``None`` where hidden.
        amount: Benefits paid; ``None`` where hidden.
    """

    group: str = attrs.field(validator=not_blank)
    claims: int | None = attrs.field(validator=optional(not_negative))
    amount: Money | None = attrs.field(validator=optional(not_negative))

    def __attrs_post_init__(self) -> None:
        """Refuse a cell that hides one figure and shows the other."""
        if (self.claims is None) != (self.amount is None):
            raise InvalidValueError("cell", "must hide both figures or none", self.group)

    @property
    def is_hidden(self) -> bool:
        """Whether the figures are hidden."""
        return self.claims is None


@attrs.frozen(kw_only=True, field_transformer=checked)
class Breakdown:
    """Benefits by one dimension (分组统计)."""

    dimension: Dimension
    cells: tuple[Cell, ...]


@attrs.frozen(kw_only=True, field_transformer=checked)
class Disclosure:
    """Disclosure (公示) of one closed period; equal to the ledger, without personal data.

    Attributes:
        form: Version of this form.
        scheme_id: Scheme.
        period_id: Period.
        scheme_name: Name of the scheme.
        region_name: Pooling region.
        sponsor: Sponsoring union.
        cover: Days of the period.
        disclosed_on: Business day.
        units: Units admitted.
        members: Distinct members covered.
        income: Contributions by source.
        income_total: All contributions.
        opening: Reserve at the start, earlier grants included.
        grants: Part of the opening that came as grants.
        granted: Grants received within the period.
        benefits: Benefits granted, all of them paid.
        closing: Reserve at the end.
        claims: Claims paid; ``None`` where too few persons stand behind it.
        claimants: Distinct members paid; ``None`` where too few.
        breakdowns: Benefits by group.
        persons_min: Fewest persons that a figure may rest on.
        head_position: Number of journal events behind these figures.
        head_root: Merkle root of the journal at that position, hexadecimal.

    Clause:
        HN-4.5.5, ACFTU-14.2a, ACFTU-14.2c, ACFTU-11.3b
    """

    form: int = DISCLOSURE_FORM
    scheme_id: SchemeId = attrs.field(validator=identifier)
    period_id: PeriodId = attrs.field(validator=identifier)
    scheme_name: str = attrs.field(validator=not_blank)
    region_name: str = attrs.field(validator=not_blank)
    sponsor: str = attrs.field(validator=not_blank)
    cover: DayRange
    disclosed_on: datetime.date
    units: int = attrs.field(validator=not_negative)
    members: int = attrs.field(validator=not_negative)
    income: tuple[tuple[FundingSource, Money], ...]
    income_total: Money = attrs.field(validator=not_negative)
    opening: Money = attrs.field(validator=not_negative)
    grants: Money = attrs.field(validator=not_negative)
    granted: Money = attrs.field(validator=not_negative)
    benefits: Money = attrs.field(validator=not_negative)
    closing: Money = attrs.field(validator=not_negative)
    claims: int | None = attrs.field(validator=optional(not_negative))
    claimants: int | None = attrs.field(validator=optional(not_negative))
    breakdowns: tuple[Breakdown, ...]
    persons_min: int = attrs.field(validator=not_negative)
    head_position: int = attrs.field(validator=not_negative)
    head_root: str = attrs.field(validator=not_blank)

    def __attrs_post_init__(self) -> None:
        """Refuse figures that do not add up."""
        sources = [source for source, _ in self.income]
        if len(set(sources)) != len(sources) or total(part for _, part in self.income) != self.income_total:
            rule = f"must be each source once, {self.income_total} in all"
            raise InvalidValueError("income", rule, len(sources), clause="HN-4.3.1")
        if self.grants > self.opening:
            raise InvalidValueError("grants", f"must be <= {self.opening}", str(self.grants))
        if self.opening + self.granted + self.income_total - self.benefits != self.closing:
            rule = "must be opening plus granted plus income less benefits"
            raise InvalidValueError("closing", rule, str(self.closing), clause="ACFTU-14.2a")
