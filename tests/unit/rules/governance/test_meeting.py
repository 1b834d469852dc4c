"""Meetings: quorum and majority in whole persons, and nothing without a charter."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutualaid_core.domain.governance.meeting import Ballot, Meeting, ResolutionState
from mutualaid_core.domain.scheme.policy.governance import GovernanceTerms
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.rules.governance.meeting import ballot_judged, quorum_of

BALLOT = Ballot(
    proposal_id="P",
    meeting=Meeting(
        meeting_id="M", body="会员代表大会", held_on=datetime.date(2026, 3, 1), members=10, present=10
    ),
    in_favour=10,
    against=0,
)


@pytest.mark.parametrize(
    "terms", [GovernanceTerms(), GovernanceTerms(quorum_min=Ratio(2, 3), source="ACFTU-6.3b")]
)
def test_without_a_charter_nothing_is_carried(terms: GovernanceTerms) -> None:
    """Where quorum or majority is not told, a proposal must stay open, even with all votes."""
    done = ballot_judged(BALLOT, terms)
    assert (done.state, len(done.faults)) == (ResolutionState.OPEN, 1)


@pytest.mark.parametrize(("members", "least"), [(300, 200), (301, 201), (1, 1)])
def test_a_quorum_is_whole_persons(members: int, least: int) -> None:
    """Two thirds must be rounded up to whole persons."""
    assert quorum_of(members, Ratio(2, 3)) == least


@given(members=st.integers(1, 5_000), parts=st.integers(1, 100))
def test_a_quorum_is_the_least_that_reaches_the_share(members: int, parts: int) -> None:
    """The quorum must reach the share, and one person fewer must not."""
    least = quorum_of(members, Ratio(parts, 100))
    assert least * 100 >= members * parts > (least - 1) * 100
