"""Journal event: what it records, and its form."""

import datetime

import attrs
import pytest

from mutualaid_core.domain.governance.actor import Actor, Role
from mutualaid_core.domain.governance.event import JournalEvent, RecordChange
from mutualaid_core.errors import InvalidValueError


@pytest.fixture
def event() -> JournalEvent:
    """An event with one record, one bound and one add."""
    return JournalEvent(
        act="adjudicate",
        actor=Actor(actor_id="clerk-7", role=Role.CLERK),
        business_on=datetime.date(2014, 3, 21),
        recorded_at_us=1_395_360_000_000_000,
        subject="C-1",
        records=(RecordChange(kind="claim", key="A/C-1", version=1, digest="ab"),),
        bounds=(("cap/A/2014/M-1", 0, 2_000_000),),
        adds=(("cap/A/2014/M-1", 275_000),),
    )


def test_the_form_is_the_first(event: JournalEvent) -> None:
    """The form of an event must be 1 until it changes."""
    assert event.form == 1


@pytest.mark.parametrize(
    "change",
    [{"bounds": (("cap", 0),)}, {"adds": (("cap", True),)}, {"adds": [("cap", 1)]}, {"records": ("claim",)}],
    ids=str,
)
def test_parts_have_their_exact_form(event: JournalEvent, change: dict[str, object]) -> None:
    """A bound without its greatest value, a truth value as difference and a list must be refused."""
    with pytest.raises(InvalidValueError, match=f"{next(iter(change))} must be tuple"):
        attrs.evolve(event, **change)


def test_a_version_counts_from_one() -> None:
    """A written record must have a version above zero."""
    with pytest.raises(InvalidValueError, match="version must be >= 1"):
        RecordChange(kind="claim", key="A/C-1", version=0, digest="ab")
