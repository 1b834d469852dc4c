"""Enrolment (参加): a person's place in a scheme for one period."""

import attrs

from mutualaid_core.domain.scheme.eligibility import Employment, InsuranceType
from mutualaid_core.domain.values.checks import checked, identifier, positive
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.domain.values.identifiers import MemberId, PeriodId, SchemeId, UnitId


@attrs.frozen(kw_only=True, field_transformer=checked)
class Enrolment:
    """Enrolment (参加). One per person, scheme and period, whatever the unit (HN-4.3.4c).

    An enrolment alone gives no cover: cover needs the settled contribution (ACFTU-2.3b).

    Attributes:
        scheme_id: Scheme.
        period_id: Period.
        member_id: Member.
        unit_id: Unit through which the person joined.
        insurance_type: Basic insurance on the enrolment date.
        employment: Form of employment on the enrolment date.
        shares: Shares held.
        cover: Days of cover, from 00:00 of the first to 24:00 of the last.

    Clause:
        ACFTU-2.1a, HN-3.1.2a, HN-4.1.1b, HN-4.1.1c, HN-4.3.4c
    """

    scheme_id: SchemeId = attrs.field(validator=identifier)
    period_id: PeriodId = attrs.field(validator=identifier)
    member_id: MemberId = attrs.field(validator=identifier)
    unit_id: UnitId = attrs.field(validator=identifier)
    insurance_type: InsuranceType
    employment: Employment
    shares: int = attrs.field(validator=positive)
    cover: DayRange
