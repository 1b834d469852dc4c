"""Transfer (转移接续) and leaving (离职): when a member may go, and what becomes of the cover."""

from mutualaid_core.rules.membership.transfer.leaving import (
    cover_after_leaving,
    cut_faults,
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
)
from mutualaid_core.rules.membership.transfer.order import (
    CLAUSE,
    gone_as,
)

__all__ = [
    "CLAUSE",
    "Move",
    "answer_faults",
    "cover_after_leaving",
    "cut_faults",
    "gone_as",
    "is_inside",
    "later_flags",
    "leaving_faults",
    "left_change",
    "move_faults",
    "moved_change",
    "proposal_faults",
    "receiving_flags",
]
