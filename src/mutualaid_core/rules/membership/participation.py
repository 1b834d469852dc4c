"""Participation gate (参与率): a unit is admitted as a whole or not at all."""

from mutualaid_core.clauses import implements
from mutualaid_core.domain.scheme.policy import ParticipationGate


@implements("HN-4.1.2a", "HN-4.1.2b")
def participation_required(eligible: int, gate: ParticipationGate) -> int:
    """Least number of workers that must join, counted in whole persons; none where no policy asks.

    Args:
        eligible: Eligible workers of the unit on the roster date.
        gate: The policy's gate.

    Clause:
        HN-4.1.2a, HN-4.1.2b
    """
    if gate.all_below is not None and eligible < gate.all_below:
        return eligible
    if gate.ratio_min is None:
        return 0
    return -(-eligible * gate.ratio_min.numerator // gate.ratio_min.denominator)


@implements("HN-4.1.2a", "HN-4.1.2b")
def participation_reached(eligible: int, enrolled: int, gate: ParticipationGate) -> bool:
    """Whether enough workers of a unit join.

    A unit without eligible workers has nobody to admit and does not pass.

    Args:
        eligible: Eligible workers of the unit on the roster date.
        enrolled: Those of them who join.
        gate: The policy's gate.

    Clause:
        HN-4.1.2a, HN-4.1.2b
    """
    return eligible > 0 and enrolled >= participation_required(eligible, gate)
