"""Claim (补助申请) and what may happen to it."""

import datetime
import enum
from collections.abc import Mapping
from typing import Final

import attrs

from mutualaid_core.domain.values.checks import checked, identifier
from mutualaid_core.domain.values.identifiers import ClaimId, MemberId, PeriodId, SchemeId, SettlementId
from mutualaid_core.errors import InvalidValueError


class ClaimState(enum.Enum):
    """Where a claim stands (申请状态)."""

    HELD = "held"
    REFUSED = "refused"
    APPROVED = "approved"
    PAID = "paid"


TRANSITIONS: Final[Mapping[ClaimState, frozenset[ClaimState]]] = {
    ClaimState.HELD: frozenset({ClaimState.APPROVED, ClaimState.REFUSED}),
    ClaimState.APPROVED: frozenset({ClaimState.PAID}),
    ClaimState.REFUSED: frozenset(),
    ClaimState.PAID: frozenset(),
}
"""From each state, the states that may follow."""


@attrs.frozen(kw_only=True, field_transformer=checked)
class Claim:
    """Claim (补助申请) for one hospital stay.

    Attributes:
        claim_id: Id.
        scheme_id: Scheme.
        period_id: Period that the stay belongs to.
        member_id: Member.
        settlement_id: Settlement; one settlement is one stay.
        filed_on: Day of filing.
        discharged_on: Last day of the stay.
        state: Where it stands.

    Clause:
        HN-4.4.3a, HN-4.4.3b, ACFTU-8.1d
    """

    claim_id: ClaimId = attrs.field(validator=identifier)
    scheme_id: SchemeId = attrs.field(validator=identifier)
    period_id: PeriodId = attrs.field(validator=identifier)
    member_id: MemberId = attrs.field(validator=identifier)
    settlement_id: SettlementId = attrs.field(validator=identifier)
    filed_on: datetime.date
    discharged_on: datetime.date
    state: ClaimState

    def moved_to(self, state: ClaimState) -> "Claim":
        """The claim in its next state.

        Raises:
            InvalidValueError: The state cannot follow the present one.
        """
        if state not in TRANSITIONS[self.state]:
            allowed = ", ".join(sorted(each.value for each in TRANSITIONS[self.state])) or "nothing"
            raise InvalidValueError(
                "state", f"must follow {self.state.value} by {allowed}", state.value, clause="ACFTU-8.1d"
            )
        return attrs.evolve(self, state=state)
