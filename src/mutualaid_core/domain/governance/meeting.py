"""Meeting (会议): the delegates of the members come together and vote."""

import datetime
import enum

import attrs

from mutualaid_core.domain.values.checks import checked, identifier, not_blank, not_negative, positive
from mutualaid_core.errors import InvalidValueError


class ResolutionState(enum.Enum):
    """What became of a proposal (表决结果)."""

    CARRIED = "carried"
    """通过"""
    LOST = "lost"
    """未通过"""
    INVALID = "invalid"
    """无效: too few were present."""
    OPEN = "open"
    """待定: the charter names no quorum or no majority."""


@attrs.frozen(kw_only=True, field_transformer=checked)
class Meeting:
    """Meeting (会议) of a body.

    Attributes:
        meeting_id: Its number.
        body: Which body, for example 会员代表大会.
        held_on: Day.
        members: Members of the body.
        present: Members who were present.

    Clause:
        ACFTU-2.4a
    """

    meeting_id: str = attrs.field(validator=identifier)
    body: str = attrs.field(validator=not_blank)
    held_on: datetime.date
    members: int = attrs.field(validator=positive)
    present: int = attrs.field(validator=not_negative)

    def __attrs_post_init__(self) -> None:
        """Refuse more present than there are."""
        if self.present > self.members:
            raise InvalidValueError("present", f"must be <= {self.members}", self.present)


@attrs.frozen(kw_only=True, field_transformer=checked)
class Ballot:
    """Ballot (表决) on one proposal of a meeting.

    Attributes:
        proposal_id: Number of the proposal.
        meeting: The meeting.
        in_favour: Votes for it.
        against: Votes against it; those present who did neither abstained.

    Clause:
        ACFTU-2.4a
    """

    proposal_id: str = attrs.field(validator=identifier)
    meeting: Meeting
    in_favour: int = attrs.field(validator=not_negative)
    against: int = attrs.field(validator=not_negative)

    def __attrs_post_init__(self) -> None:
        """Refuse more votes than there were persons."""
        if self.in_favour + self.against > self.meeting.present:
            rule = f"must be <= {self.meeting.present} with those in favour"
            raise InvalidValueError("against", rule, self.against)
