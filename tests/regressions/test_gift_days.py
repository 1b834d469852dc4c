"""No place is given before there is something to give, or somebody through whom."""

import datetime

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.membership.enrolment import Enrolment
from mutualaid_core.domain.membership.gift import GiftProgramme
from mutualaid_core.rules.membership.gifts import giving_day_faults
from mutualaid_core.services.membership.gifts.giving import (
    EnrolGifted,
    GiftedPerson,
    GiftsGiven,
    enrol_gifted,
)
from mutualaid_core.testing.acts.mending import COURIER, Gifts
from mutualaid_core.testing.samples import COLLECTED_ON, SCHEME, UNIT, joiner
from mutualaid_core.testing.world import World
from mutualaid_core.work import read_all, read_one

DAY_BEFORE = COLLECTED_ON - datetime.timedelta(days=1)


@pytest.fixture
def world() -> World:
    """A world with an admitted unit, and a programme that was founded on the day of collection."""
    made = World()
    made.found()
    made.admit(5, 5)
    assert Gifts(made).found().outcome is Outcome.PASS
    return made


def give(world: World, on: datetime.date) -> GiftsGiven:
    """Give the first person a place on a day."""
    person = GiftedPerson(joiner=joiner(1), group=COURIER)
    command = EnrolGifted(scheme_id=SCHEME, programme_id="GIFT", unit_id=UNIT, persons=(person,))
    return enrol_gifted(world.host, world.act(on), command).result


@pytest.mark.clause("SN-2.1.5")
def test_nothing_is_given_before_the_programme_is_founded(world: World) -> None:
    """The day before is refused by name of the programme, and nobody is enrolled; the day itself passes."""
    early = give(world, DAY_BEFORE)
    assert early.outcome is Outcome.REJECT
    assert ("GIFT", "SN-2.1.5") in [(fault.subject, fault.clause) for fault in early.faults]
    assert not list(read_all(world.store, Enrolment))
    assert give(world, COLLECTED_ON).outcome is Outcome.PASS


@pytest.mark.clause("HN-4.1.2a")
def test_nothing_is_given_before_the_unit_is_judged(world: World) -> None:
    """A unit judged on 10 December takes nobody on the 9th; both days are told."""
    programme = read_one(world.store, GiftProgramme, f"{SCHEME}/GIFT")
    judged, early = datetime.date(2013, 12, 10), datetime.date(2013, 12, 9)
    found = giving_day_faults(attrs.evolve(programme, founded_on=early), UNIT, judged, early)
    assert [(fault.subject, fault.rule, fault.found) for fault in found] == [
        (UNIT, "must be given on or after 2013-12-10", "2013-12-09")
    ]
    assert giving_day_faults(programme, UNIT, judged, COLLECTED_ON) == ()


@pytest.mark.clause("HN-4.1.2a")
def test_a_programme_of_an_older_form_is_held_to_the_judgement_alone(world: World) -> None:
    """Where the day of founding is not on record, the day of the judgement stands for both."""
    programme = attrs.evolve(read_one(world.store, GiftProgramme, f"{SCHEME}/GIFT"), founded_on=None)
    judged, early = datetime.date(2013, 12, 10), datetime.date(2013, 12, 9)
    assert [fault.subject for fault in giving_day_faults(programme, UNIT, judged, early)] == ["GIFT", UNIT]
    assert giving_day_faults(programme, UNIT, judged, judged) == ()
