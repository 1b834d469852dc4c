"""Transfer (转移接续): a member changes the unit, or leaves it."""

import datetime
import enum

import attrs

from mutualaid_core.domain.values.checks import checked, identifier, positive
from mutualaid_core.domain.values.identifiers import MemberId, PeriodId, PoolId, SchemeId, UnitId
from mutualaid_core.errors import InvalidValueError


class TransferState(enum.Enum):
    """Where a transfer stands (转移状态)."""

    PROPOSED = "proposed"
    """待接收"""
    ACCEPTED = "accepted"
    """已接收"""
    REJECTED = "rejected"
    """已拒绝"""
    WITHDRAWN = "withdrawn"
    """已撤回"""
    EXPIRED = "expired"
    """已过期"""


class TransferRefusal(enum.Enum):
    """Why a receiving unit rejects a transfer (拒绝接收的理由)."""

    NOT_EMPLOYED_HERE = "not_employed_here"
    WRONG_PERSON = "wrong_person"
    WRONG_DAY = "wrong_day"
    OTHER = "other"


@attrs.frozen(kw_only=True, field_transformer=checked)
class Transfer:
    """Transfer (转移接续) of one member from one unit to another, with two sides.

    Attributes:
        transfer_id: Id, given by the host.
        scheme_id: Scheme in which the member is enrolled.
        period_id: Period.
        member_id: Member.
        from_unit: The unit that is left.
        to_unit: The unit that receives the member.
        to_pool: Pooling region of that unit.
        is_inside: Whether both units are of the pool of the scheme.
        moves_on: First day at the receiving unit.
        proposed_on: Business day of the proposal.
        expires_on: Last day on which it can be accepted.
        state: Where it stands.
        decided_on: Business day on which it was accepted, rejected, withdrawn or found expired.
        refusal: Why it was rejected.
        place: Which place of the member in the period it is for: 1, or one more for each time that
            the member joined anew after a withdrawal or an error.

    Clause:
        HN-4.3.5c
    """

    transfer_id: str = attrs.field(validator=identifier)
    scheme_id: SchemeId = attrs.field(validator=identifier)
    period_id: PeriodId = attrs.field(validator=identifier)
    member_id: MemberId = attrs.field(validator=identifier)
    from_unit: UnitId = attrs.field(validator=identifier)
    to_unit: UnitId = attrs.field(validator=identifier)
    to_pool: PoolId = attrs.field(validator=identifier)
    is_inside: bool
    moves_on: datetime.date
    proposed_on: datetime.date
    expires_on: datetime.date
    state: TransferState = TransferState.PROPOSED
    decided_on: datetime.date | None = None
    refusal: TransferRefusal | None = None
    place: int = attrs.field(default=1, validator=positive)

    def __attrs_post_init__(self) -> None:
        """Refuse a transfer to the same unit, days out of order, and a state that contradicts itself."""
        if self.from_unit == self.to_unit:
            raise InvalidValueError("to_unit", "must be another unit", self.to_unit, clause="HN-4.3.5c")
        if self.expires_on < self.proposed_on:
            rule = f"must be >= {self.proposed_on.isoformat()}"
            raise InvalidValueError("expires_on", rule, self.expires_on.isoformat())
        if (self.decided_on is None) != (self.state is TransferState.PROPOSED):
            rule = "must be given once the transfer is decided, and only then"
            raise InvalidValueError("decided_on", rule, self.state.value)
        if (self.refusal is not None) != (self.state is TransferState.REJECTED):
            rule = "must be given for a rejected transfer, and only then"
            raise InvalidValueError("refusal", rule, self.state.value)
