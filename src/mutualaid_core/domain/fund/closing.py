"""Closing (期末结转): how a period's surplus or deficit went into the reserve."""

import datetime

import attrs

from mutualaid_core.domain.values.checks import checked, identifier, not_negative
from mutualaid_core.domain.values.identifiers import PeriodId, SchemeId
from mutualaid_core.domain.values.money import ZERO, Money
from mutualaid_core.errors import InvalidValueError


@attrs.frozen(kw_only=True, field_transformer=checked)
class Closing:
    """Closing (期末结转) of one period of one scheme's book.

    Attributes:
        scheme_id: Scheme.
        period_id: Period.
        closed_on: Business day.
        reserve_before: Reserve rolled forward from earlier periods.
        grant_before: Reserve granted from outside before the period (HN-4.3.3).
        granted: Reserve granted from outside within the period (HN-4.3.3).
        income: Contributions of every source, in the period.
        benefits: Benefits of the period.
        surplus: What income leaves after benefits; negative for a deficit.
        from_reserve: Part of a deficit that the rolled reserve bears.
        from_grant: Part of a deficit that the grant bears, after the rolled reserve.
        reserve_after: Rolled reserve with which the next period opens.
        grant_after: Grant with which the next period opens.

    Clause:
        HN-4.3.2, HN-4.3.3, ACFTU-10.4a
    """

    scheme_id: SchemeId = attrs.field(validator=identifier)
    period_id: PeriodId = attrs.field(validator=identifier)
    closed_on: datetime.date
    reserve_before: Money = attrs.field(validator=not_negative)
    grant_before: Money = attrs.field(validator=not_negative)
    granted: Money = attrs.field(validator=not_negative)
    income: Money = attrs.field(validator=not_negative)
    benefits: Money = attrs.field(validator=not_negative)
    surplus: Money
    from_reserve: Money = attrs.field(validator=not_negative)
    from_grant: Money = attrs.field(validator=not_negative)
    reserve_after: Money = attrs.field(validator=not_negative)
    grant_after: Money = attrs.field(validator=not_negative)

    def __attrs_post_init__(self) -> None:
        """Refuse figures in which money appears or vanishes."""
        if self.surplus != self.income - self.benefits:
            raise InvalidValueError(
                "surplus", "must be income less benefits", str(self.surplus), clause="HN-4.3.2"
            )
        borne = self.from_reserve + self.from_grant
        if borne != max(-self.surplus, ZERO):
            raise InvalidValueError("from_reserve", "must bear a deficit with from_grant", str(borne))
        if self.from_grant and self.from_reserve != self.reserve_before:
            rule = "must be 0 while the rolled reserve is not used up"
            raise InvalidValueError("from_grant", rule, str(self.from_grant), clause="HN-4.3.3")
        if self.reserve_after != self.reserve_before + max(self.surplus, ZERO) - self.from_reserve:
            rule = "must be reserve_before plus surplus less from_reserve"
            raise InvalidValueError("reserve_after", rule, str(self.reserve_after), clause="HN-4.3.2")
        if self.grant_after != self.grant_before + self.granted - self.from_grant:
            rule = "must be grant_before plus granted less from_grant"
            raise InvalidValueError("grant_after", rule, str(self.grant_after), clause="HN-4.3.3")

    @property
    def closing_balance(self) -> Money:
        """What the next period opens with."""
        return self.reserve_after + self.grant_after

    @property
    def opening_balance(self) -> Money:
        """What this period opened with; what was granted within it is not part of this."""
        return self.reserve_before + self.grant_before
