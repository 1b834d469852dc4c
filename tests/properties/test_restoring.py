"""Taking a leaving back: whatever was reported, every day stands afterwards as it stood before."""

import datetime

from hypothesis import given
from hypothesis import strategies as st

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.membership.change import ChangeKind
from mutualaid_core.domain.values.dates import add_days
from mutualaid_core.rules.membership.history import standing_of
from mutualaid_core.testing.acts.mending import Mending
from mutualaid_core.testing.acts.moves import NEXT, Moves
from mutualaid_core.testing.samples import UNIT, YEAR, joiner
from mutualaid_core.testing.world import World

KNOWN = datetime.date(2014, 1, 1)
KINDS = st.sampled_from((ChangeKind.RETIRED, ChangeKind.DISMISSED, ChangeKind.DIED))
DAYS = st.integers(0, YEAR.days - 1).map(lambda number: add_days(YEAR.first_day, number))


@given(kind=KINDS, moved=st.none() | DAYS, days=st.lists(DAYS, min_size=1, max_size=3))
def test_every_day_stands_as_before(
    kind: ChangeKind, moved: datetime.date | None, days: list[datetime.date]
) -> None:
    """A leaving that was told once or more, and taken back, must change no day, and no earlier answer."""
    world = World()
    world.found()
    world.admit(2, 2)
    world.enrol(joiner(1))
    moves = Moves(world)
    moves.know(NEXT, enrolled=1)
    if moved is not None:
        moves.move(moves_on=moved, on=KNOWN)
    unit = UNIT if moved is None else NEXT
    before = moves.enrolment()
    told = [moves.leave(kind=kind, by=unit, on=day, told_on=KNOWN).outcome for day in days]
    left = moves.enrolment()
    done = Mending(world).restore(1, kind, add_days(KNOWN, 1))
    assert (done.outcome is Outcome.PASS) == (Outcome.PASS in told)
    after = moves.enrolment()
    later = add_days(KNOWN, 1)
    for number in range(YEAR.days):
        day = add_days(YEAR.first_day, number)
        assert standing_of(after, on=day, known_at=later) == standing_of(before, on=day, known_at=later)
        assert standing_of(after, on=day, known_at=KNOWN) == standing_of(left, on=day, known_at=KNOWN)
