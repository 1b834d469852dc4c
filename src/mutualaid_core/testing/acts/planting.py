"""Planting (既有记录): records as an older system left them, past every act."""

import datetime

import attrs

from mutualaid_core.domain.membership.enrolment import Enrolment
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.serialization.records import key_of
from mutualaid_core.services.membership.correction.judged import EnrolmentJudged
from mutualaid_core.testing.world import World
from mutualaid_core.work import Purpose, Work


def cover_planted(world: World, place: Enrolment, first_day: datetime.date) -> None:
    """Let the cover of a place begin on a day that nobody judged, and waiting with it.

    Args:
        world: Where the place is.
        place: The place as it is.
        first_day: First day of its cover from now on.
    """
    cover = DayRange(first_day, place.cover.last_day)
    purpose = Purpose(name="plant", subject=place.member_id, chain=place.scheme_id, answer=EnrolmentJudged)
    with Work(world.host, world.act(), purpose) as work:
        work.find_many(Enrolment, (key_of(place.scheme_id, place.period_id, place.member_id),))
        work.replace(attrs.evolve(place, cover=cover, waits_from=None, history=()))
        work.commit(b"planted")
