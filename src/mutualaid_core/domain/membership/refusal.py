"""Refusal (拒绝办理): a unit would not enrol its workers, and says why."""

import datetime

import attrs

from mutualaid_core.domain.scheme.policy.membership import RefusalReason
from mutualaid_core.domain.values.checks import checked, identifier
from mutualaid_core.domain.values.identifiers import PeriodId, SchemeId, UnitId
from mutualaid_core.domain.values.personal import pseudonym


@attrs.frozen(kw_only=True, field_transformer=checked)
class Refusal:
    """Refusal (拒绝办理) of a unit for one period; valid or not, it stays on record.

    Attributes:
        refusal_id: Id, given by the host.
        scheme_id: Scheme.
        period_id: Period.
        unit_id: Unit.
        reason: Why; ``None`` for a reason that no document names.
        told_on: Business day on which it was told.
        is_valid: Whether it stands; otherwise the unit is flagged.

    Clause:
        SN-2.1.4c
    """

    refusal_id: str = attrs.field(validator=pseudonym)
    scheme_id: SchemeId = attrs.field(validator=identifier)
    period_id: PeriodId = attrs.field(validator=identifier)
    unit_id: UnitId = attrs.field(validator=pseudonym)
    reason: RefusalReason | None
    told_on: datetime.date
    is_valid: bool
