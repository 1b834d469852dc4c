"""Complaint (投诉、申诉): a member objects, and somebody who did not decide answers in time.

What is complained of is told by a claim or by the kind alone; the words of the member stay
with the host, so that nothing personal is kept here.
"""

import datetime
import enum
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import attrs

from mutualaid_core.domain.values.checks import checked, identifier, not_blank, optional, positive
from mutualaid_core.domain.values.identifiers import ActorId, ClaimId, MemberId, SchemeId
from mutualaid_core.domain.values.personal import pseudonym
from mutualaid_core.errors import InvalidValueError


class ComplaintKind(enum.Enum):
    """What a member asks for (诉求类别)."""

    COMPLAINT = "complaint"
    """投诉: about how things were done."""
    APPEAL = "appeal"
    """申诉: about the decision on a claim."""


class ComplaintState(enum.Enum):
    """Where a complaint stands (办理状态)."""

    RECEIVED = "received"
    """已受理"""
    ASSIGNED = "assigned"
    """已交办"""
    ANSWERED = "answered"
    """已答复"""
    WITHDRAWN = "withdrawn"
    """已撤回"""


class ComplaintAnswer(enum.Enum):
    """What the handler found (办理结论)."""

    UPHELD = "upheld"
    """成立"""
    PARTLY_UPHELD = "partly_upheld"
    """部分成立"""
    NOT_UPHELD = "not_upheld"
    """不成立"""


COMPLAINT_STEPS: Final[Mapping[ComplaintState, frozenset[ComplaintState]]] = MappingProxyType(
    {
        ComplaintState.RECEIVED: frozenset({ComplaintState.ASSIGNED, ComplaintState.WITHDRAWN}),
        ComplaintState.ASSIGNED: frozenset(
            {ComplaintState.ASSIGNED, ComplaintState.ANSWERED, ComplaintState.WITHDRAWN}
        ),
        ComplaintState.ANSWERED: frozenset(),
        ComplaintState.WITHDRAWN: frozenset(),
    }
)
"""From each state, the states that may follow; who has it may be changed until it is answered."""


@attrs.frozen(kw_only=True, field_transformer=checked)
class Complaint:
    """Complaint (投诉、申诉) of one member.

    Attributes:
        complaint_id: Id, given by the host.
        scheme_id: Scheme.
        member_id: Who complains.
        kind: What is asked for.
        claim_id: Claim that it is about; an appeal is always about one.
        received_on: Business day on which it came in.
        limit_days: Working days within which it must be answered.
        limit_source: Who set that limit.
        due_on: Last day for the answer.
        state: Where it stands.
        handler: Account of who handles it; ``None`` until it is assigned.
        closed_on: Business day of the answer or of the withdrawal.
        answer: What the handler found.

    Clause:
        ACFTU-2.4c
    """

    complaint_id: str = attrs.field(validator=identifier)
    scheme_id: SchemeId = attrs.field(validator=identifier)
    member_id: MemberId = attrs.field(validator=pseudonym)
    kind: ComplaintKind
    claim_id: ClaimId | None = attrs.field(default=None, validator=optional(identifier))
    received_on: datetime.date
    limit_days: int = attrs.field(validator=positive)
    limit_source: str = attrs.field(validator=not_blank)
    due_on: datetime.date
    state: ComplaintState = ComplaintState.RECEIVED
    handler: ActorId | None = attrs.field(default=None, validator=optional(pseudonym))
    closed_on: datetime.date | None = None
    answer: ComplaintAnswer | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse an appeal about nothing, and facts that the state does not have."""
        if self.kind is ComplaintKind.APPEAL and self.claim_id is None:
            raise InvalidValueError("claim_id", "must be given for an appeal", None, clause="ACFTU-2.4c")
        if self.due_on <= self.received_on:
            rule = f"must be after {self.received_on.isoformat()}"
            raise InvalidValueError("due_on", rule, self.due_on.isoformat())
        handled = {ComplaintState.ASSIGNED, ComplaintState.ANSWERED}
        if self.state in handled and self.handler is None:
            raise InvalidValueError("handler", "must fit the state", self.state.value)
        if self.is_open == (self.closed_on is not None):
            raise InvalidValueError("closed_on", "must fit the state", self.state.value)
        if (self.state is ComplaintState.ANSWERED) != (self.answer is not None):
            raise InvalidValueError("answer", "must fit the state", self.state.value)

    @property
    def is_open(self) -> bool:
        """Whether an answer is still owed."""
        return self.state in {ComplaintState.RECEIVED, ComplaintState.ASSIGNED}
