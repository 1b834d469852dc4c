"""Pricing memo (定价备忘录): on what the contribution of a scheme version rests."""

import datetime

import attrs

from mutualaid_core.domain.values.checks import checked, identifier, not_blank, not_negative, positive
from mutualaid_core.domain.values.identifiers import PeriodId, SchemeId, VersionId
from mutualaid_core.domain.values.money import Money
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.errors import InvalidValueError


@attrs.frozen(kw_only=True, field_transformer=checked)
class BenefitBand:
    """Band (给付率区间) in which expected benefits must lie, as shares of the contribution.

    Attributes:
        low: Least share.
        high: Highest share.
        source: Who set it; no document prints one.
    """

    low: Ratio
    high: Ratio
    source: str = attrs.field(validator=not_blank)

    def __attrs_post_init__(self) -> None:
        """Refuse a band that allows nothing."""
        if self.high.numerator * self.low.denominator < self.low.numerator * self.high.denominator:
            raise InvalidValueError("high", f"must be >= {self.low}", str(self.high))


@attrs.frozen(kw_only=True, field_transformer=checked)
class WillingnessSurvey:
    """Survey of willingness to join (参与意愿调查).

    Attributes:
        survey_id: Its number.
        closed_on: Day on which it was closed.
        eligible: Persons who could join.
        willing: Share of them who would.

    Clause:
        GD-2.3.2c
    """

    survey_id: str = attrs.field(validator=identifier)
    closed_on: datetime.date
    eligible: int = attrs.field(validator=positive)
    willing: Ratio


@attrs.frozen(kw_only=True, field_transformer=checked)
class TakeUpRisk:
    """Relative risk of those who join (选择附加) at a take-up.

    Attributes:
        take_up: Share of the eligible who join.
        percent: Their risk as a share of that of all, in per cent: 135 is a third more.
    """

    take_up: Ratio
    percent: int = attrs.field(validator=positive)


@attrs.frozen(kw_only=True, field_transformer=checked)
class Experience:
    """Experience (经验数据) of a period.

    Attributes:
        period_id: Period.
        contributions: What came in.
        benefits: What was approved.
        lives: Members.
    """

    period_id: PeriodId = attrs.field(validator=identifier)
    contributions: Money = attrs.field(validator=not_negative)
    benefits: Money = attrs.field(validator=not_negative)
    lives: int = attrs.field(validator=positive)


@attrs.frozen(kw_only=True, field_transformer=checked)
class PricingMemo:
    """Pricing memo (定价备忘录) for one contribution of one scheme version.

    Attributes:
        memo_id: Its number.
        scheme_id: Scheme.
        version_id: Version that it is for.
        contribution: Contribution per share and period.
        benefits: Benefits that are expected in a period.
        lives: Shares for which they are expected.
        band: Where expected benefits must lie.
        survey: Willingness to join.
        risks: Relative risk of the joiners by take-up.
        experience: Experience of earlier periods; a first version has none.

    Clause:
        ACFTU-3.2d, GD-2.3.2c, HN-4.3.4d
    """

    memo_id: str = attrs.field(validator=identifier)
    scheme_id: SchemeId = attrs.field(validator=identifier)
    version_id: VersionId = attrs.field(validator=identifier)
    contribution: Money = attrs.field(validator=positive)
    benefits: Money = attrs.field(validator=not_negative)
    lives: int = attrs.field(validator=positive)
    band: BenefitBand
    survey: WillingnessSurvey | None = None
    risks: tuple[TakeUpRisk, ...] = ()
    experience: tuple[Experience, ...] = ()
