"""Transfer (转移接续) and leaving (离职): when a member may go, and what becomes of the cover."""

from mutualaid_core.rules.membership.transfer.leaving import (
    Leaving,
    cover_after_leaving,
    cover_before_death,
    cut_faults,
    death_of,
    granted_flags,
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
    known_faults,
    place_of,
)
from mutualaid_core.rules.membership.transfer.restoring import (
    Left,
    left_as,
    restored_change,
    restoring_faults,
)

__all__ = [
    "CLAUSE",
    "Leaving",
    "Left",
    "Move",
    "answer_faults",
    "cover_after_leaving",
    "cover_before_death",
    "cut_faults",
    "death_of",
    "gone_as",
    "granted_flags",
    "is_inside",
    "known_faults",
    "later_flags",
    "leaving_faults",
    "left_as",
    "left_change",
    "move_faults",
    "moved_change",
    "place_of",
    "proposal_faults",
    "receiving_flags",
    "receiving_later_flags",
    "restored_change",
    "restoring_faults",
]
