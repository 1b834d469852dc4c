"""What a membership tells a claim: place, parts, whether it is the first time, and the waiting served."""

import datetime
from typing import Any

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Outcome, Reason
from mutualaid_core.domain.membership.enrolment import Enrolment, EnrolmentState, JoinedAs
from mutualaid_core.domain.scheme.benefit.conditions import FlagIs
from mutualaid_core.domain.scheme.benefit.waiting import Waiting, WaitingGrade
from mutualaid_core.domain.scheme.parts import Part
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.domain.values.money import ZERO
from mutualaid_core.serialization.records import key_of
from mutualaid_core.services.adjudication import Adjudicated
from mutualaid_core.services.founding import Founded
from mutualaid_core.testing.samples import (
    FOUNDING,
    PERIOD,
    POLICY,
    SCHEME,
    VERSION,
    YEAR,
    YUEYANG_2014,
    member_id,
    stay,
    version_with,
    yuan,
)
from mutualaid_core.testing.world import World
from mutualaid_core.work import Purpose, Work, perform

DAY = datetime.date
OLD = DAY(2013, 1, 1)
"""The first day of the period before."""

WAITING = Waiting(grades=(WaitingGrade(through_day=90, pays=ZERO),), source="HN-4.4.2b")
EASY = attrs.evolve(POLICY, benefit=attrs.evolve(POLICY.benefit, waiting_days_max=180))


def world_of(version: SchemeVersion) -> World:
    """Person 1 with paid cover under a version, in a region that allows waiting."""
    made = World(founding=attrs.evolve(FOUNDING, version=version, policy=EASY))
    assert made.found().outcome is Outcome.PASS
    made.join(1)
    return made


def claimed(world: World, **changes: Any) -> Adjudicated:  # noqa: ANN401  # any field of an enrolment
    """The answer to a stay of March, after the enrolment was changed."""

    def decide(work: Work) -> Founded:
        key = key_of(SCHEME, PERIOD, member_id(1))
        work.replace(attrs.evolve(work.get(Enrolment, key), history=(), **changes))
        return Founded(outcome=Outcome.PASS, faults=())

    purpose = Purpose(name="set", subject=SCHEME, chain=SCHEME, answer=Founded)
    perform(world.host, world.act(), purpose, "set", decide)
    return world.file(stay(8_000))


@pytest.mark.parametrize("state", [EnrolmentState.WITHDRAWN, EnrolmentState.VOIDED])
def test_a_place_taken_back_is_none(state: EnrolmentState) -> None:
    """A withdrawn or voided enrolment must be as if there were none."""
    done = claimed(world_of(VERSION), state=state)
    assert (done.outcome, done.reasons) == (Outcome.REJECT, (Reason.NOT_A_MEMBER,))


def test_an_ended_place_has_the_cover_that_is_left() -> None:
    """An ended enrolment must pay within its cover and refuse beyond it."""
    inside = claimed(
        world_of(VERSION), state=EnrolmentState.ENDED, cover=DayRange(YEAR.first_day, DAY(2014, 3, 10))
    )
    beyond = claimed(
        world_of(VERSION), state=EnrolmentState.ENDED, cover=DayRange(YEAR.first_day, DAY(2014, 3, 9))
    )
    assert (inside.outcome, beyond.reasons) == (Outcome.PASS, (Reason.OUTSIDE_COVER,))


PARTED = version_with(
    attrs.evolve(YUEYANG_2014, part="rider"),
    parts=(
        Part(part_id="main", name="主险", source="SN-2.2.3a"),
        Part(part_id="rider", name="副险", needs=("main",), source="SN-2.2.3a"),
    ),
)


@pytest.mark.parametrize(
    ("parts", "reason"),
    [(("main", "rider"), Reason.COMPUTED), (("main",), Reason.PART_NOT_HELD), ((), Reason.PART_NOT_HELD)],
)
def test_only_parts_that_are_held_pay(parts: tuple[str, ...], reason: Reason) -> None:
    """The rider must pay whoever holds it, and nobody else."""
    assert claimed(world_of(PARTED), parts=parts).reasons[0] is reason


WAITS = version_with(attrs.evolve(YUEYANG_2014, waiting=WAITING))


@pytest.mark.parametrize(
    ("waits_from", "reason"),
    [
        (None, Reason.IN_WAITING_PERIOD),
        (YEAR.first_day, Reason.IN_WAITING_PERIOD),
        (DAY(2013, 12, 2), Reason.IN_WAITING_PERIOD),
        (DAY(2013, 12, 1), Reason.COMPUTED),
        (OLD, Reason.COMPUTED),
    ],
)
def test_waiting_served_before_counts(waits_from: datetime.date | None, reason: Reason) -> None:
    """1 March is day 60 of the cover, day 90 from 2 December on, and day 91 from 1 December on."""
    assert claimed(world_of(WAITS), waits_from=waits_from).reasons[0] is reason


WAIVED = version_with(
    attrs.evolve(
        YUEYANG_2014,
        waiting=attrs.evolve(WAITING, waived_when=(FlagIs(fact="first_time", holds=False),)),
    )
)


@pytest.mark.parametrize(
    ("joined_as", "waits_from", "waived"),
    [
        (JoinedAs.NEW, None, False),
        (JoinedAs.LATE, None, False),
        (JoinedAs.NEW_HIRE, None, False),
        (JoinedAs.GIFT, None, False),
        (JoinedAs.NEW, YEAR.first_day, False),
        (JoinedAs.RENEWAL, None, True),
        (JoinedAs.RENEWAL, OLD, True),
        (JoinedAs.NEW, DAY(2013, 12, 31), True),
    ],
)
def test_who_joins_for_the_first_time(
    joined_as: JoinedAs,
    waits_from: datetime.date | None,
    waived: bool,  # noqa: FBT001  # the fact
) -> None:
    """Whoever renews, or goes on without a gap, must not be taken for a first joiner."""
    done = claimed(world_of(WAIVED), joined_as=joined_as, waits_from=waits_from, joined_on=DAY(2013, 12, 20))
    assert (done.reasons[0] is Reason.COMPUTED) is waived
    assert done.benefit == (yuan(2_550) if waived else ZERO)
