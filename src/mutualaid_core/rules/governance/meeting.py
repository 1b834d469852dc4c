"""Meetings (会议): whether enough were present, and whether a proposal was carried."""

import attrs

from mutualaid_core.clauses import implements
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.governance.meeting import Ballot, ResolutionState
from mutualaid_core.domain.scheme.policy.governance import GovernanceTerms
from mutualaid_core.domain.values.ratio import Ratio


@attrs.frozen(kw_only=True)
class BallotJudged:
    """What became of a proposal (表决认定).

    Attributes:
        state: What became of it.
        faults: Why it is not carried.
    """

    state: ResolutionState
    faults: tuple[Fault, ...]


@implements("ACFTU-2.4a")
def quorum_of(members: int, quorum: Ratio) -> int:
    """The least number that must be present; a part of a person counts as one.

    Args:
        members: Members of the body.
        quorum: Share of them that must be present.

    Clause:
        ACFTU-2.4a
    """
    return -(-members * quorum.numerator // quorum.denominator)


@implements("ACFTU-2.4a")
def ballot_judged(ballot: Ballot, terms: GovernanceTerms) -> BallotJudged:
    """What became of a proposal: invalid, open, carried or lost.

    The charter names quorum and majority. Where it is silent nothing is assumed.

    Args:
        ballot: The ballot.
        terms: How is decided, as the policies above ask.

    Clause:
        ACFTU-2.4a
    """
    quorum, majority, meeting = terms.quorum_min, terms.majority_min, ballot.meeting
    if quorum is None or majority is None:
        rule = "must be judged by a quorum and a majority of the charter"
        return _judged(ResolutionState.OPEN, ballot, rule, "none")
    least = quorum_of(meeting.members, quorum)
    if meeting.present < least:
        rule = f"must have {least} of {meeting.members} present"
        return _judged(ResolutionState.INVALID, ballot, rule, str(meeting.present))
    if ballot.in_favour * majority.denominator <= meeting.present * majority.numerator:
        rule = f"must have more than {majority} of {meeting.present} in favour"
        return _judged(ResolutionState.LOST, ballot, rule, str(ballot.in_favour))
    return BallotJudged(state=ResolutionState.CARRIED, faults=())


def _judged(state: ResolutionState, ballot: Ballot, rule: str, found: str) -> BallotJudged:
    fault = Fault(subject=ballot.proposal_id, rule=rule, found=found, clause="ACFTU-2.4a")
    return BallotJudged(state=state, faults=(fault,))
