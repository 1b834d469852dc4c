"""Transfer (转移接续) and leaving (离职): when a member may go, and what becomes of the cover."""

from mutualaid_core.rules.membership.transfer.leaving import (
    Leaving,
    cover_after_leaving,
    cover_before_death,
    cut_faults,
    death_of,
    later_flags,
    leaving_faults,
    left_change,
)
from mutualaid_core.rules.membership.transfer.moving import (
    Move,
    answer_faults,
    is_inside,
    move_faults,
    moved_change,
    proposal_faults,
    receiving_flags,
    receiving_later_flags,
)
from mutualaid_core.rules.membership.transfer.order import (
    CLAUSE,
    gone_as,
    place_of,
)

__all__ = [
    "CLAUSE",
    "Leaving",
    "Move",
    "answer_faults",
    "cover_after_leaving",
    "cover_before_death",
    "cut_faults",
    "death_of",
    "gone_as",
    "is_inside",
    "later_flags",
    "leaving_faults",
    "left_change",
    "move_faults",
    "moved_change",
    "place_of",
    "proposal_faults",
    "receiving_flags",
    "receiving_later_flags",
]
