"""Meetings and ballots: nobody is there twice, and nobody votes twice."""

import datetime

import pytest

from mutualaid_core.domain.governance.meeting import Ballot, Meeting
from mutualaid_core.errors import InvalidValueError


def meeting(present: int) -> Meeting:
    """A meeting of a body of ten."""
    return Meeting(
        meeting_id="M", body="会员代表大会", held_on=datetime.date(2026, 3, 1), members=10, present=present
    )


def test_no_more_are_present_than_there_are() -> None:
    """Eleven of ten must be refused."""
    with pytest.raises(InvalidValueError, match="present must be <= 10"):
        meeting(11)


def test_no_more_votes_than_persons() -> None:
    """Five in favour and five against of nine present must be refused."""
    with pytest.raises(InvalidValueError, match="against must be <= 9"):
        Ballot(proposal_id="P", meeting=meeting(9), in_favour=5, against=5)
