"""Further periods: they follow without gap, under one version a day, and open with what was rolled."""

import datetime

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.scheme.period import Period, PeriodState
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.errors import NotFoundError
from mutualaid_core.services.founding import Founded, FoundScheme, open_period
from mutualaid_core.services.verification import verify
from mutualaid_core.testing.samples import CLOSED_ON, FOUNDING, PERIOD_RECORD, VERSION, stay, yuan
from mutualaid_core.testing.world import World
from mutualaid_core.work import read_all

DAY = datetime.date
NEXT_YEAR = DayRange(DAY(2015, 1, 1), DAY(2015, 12, 31))
NEXT = attrs.evolve(
    FOUNDING,
    version=attrs.evolve(
        VERSION, version_id="HN-A-2015", first_day=DAY(2015, 1, 1), last_day=DAY(2015, 12, 31)
    ),
    period=attrs.evolve(PERIOD_RECORD, period_id="2015", cover=NEXT_YEAR),
)
"""The year after the sample's, under a version of its own."""
ENDLESS = attrs.evolve(VERSION, last_day=None)
"""The sample's version without a last day."""


def opened(world: World, founding: FoundScheme) -> Founded:
    """Open a further period in the sample world."""
    return open_period(world.host, world.act(DAY(2015, 1, 1)), founding).result


@pytest.mark.clause("HN-4.3.4a")
def test_a_period_that_follows_without_gap_is_opened(world: World) -> None:
    """The year after the last one must be opened beside it."""
    assert opened(world, NEXT).outcome is Outcome.PASS
    assert [each.period_id for each in read_all(world.store, Period)] == ["2014", "2015"]


@pytest.mark.clause("HN-4.3.4a")
@pytest.mark.parametrize("first_day", [DAY(2014, 7, 1), DAY(2015, 1, 2), DAY(2016, 1, 1)])
def test_a_gap_or_an_overlap_is_refused(world: World, first_day: datetime.date) -> None:
    """A year that overlaps the last one, or leaves a day out, must be refused whole."""
    last_day = first_day.replace(year=first_day.year + 1) - datetime.timedelta(days=1)
    period = attrs.evolve(NEXT.period, cover=DayRange(first_day, last_day))
    version = attrs.evolve(NEXT.version, first_day=DAY(2015, 1, 1), last_day=None)
    done = opened(world, attrs.evolve(NEXT, period=period, version=version))
    assert "HN-4.3.4a" in [fault.clause for fault in done.faults]
    assert len(list(read_all(world.store, Period))) == 1


@pytest.mark.clause("ACFTU-4.3c")
def test_two_versions_of_one_day_are_refused(world: World) -> None:
    """A version that holds together with an earlier one must be refused, naming that one."""
    version = attrs.evolve(NEXT.version, first_day=DAY(2014, 12, 31))
    done = opened(world, attrs.evolve(NEXT, version=version))
    assert [(fault.clause, VERSION.version_id in fault.rule) for fault in done.faults] == [
        ("ACFTU-4.3c", True)
    ]


@pytest.fixture
def endless() -> World:
    """The sample scheme under a version without a last day."""
    world = World(founding=attrs.evolve(FOUNDING, version=ENDLESS))
    world.found()
    return world


def last_days(world: World) -> list[datetime.date | None]:
    """Last days of the published versions, in the order of their first days."""
    versions = sorted(read_all(world.store, SchemeVersion), key=lambda each: each.first_day)
    return [each.last_day for each in versions]


@pytest.mark.clause("ACFTU-4.3c")
def test_a_version_without_an_end_is_followed_by_another(endless: World) -> None:
    """A further version of 2015 must end the one before with 2014, and a repeat change nothing."""
    done = opened(endless, NEXT)
    assert (done.outcome, done.faults) == (Outcome.PASS, ())
    assert last_days(endless) == [DAY(2014, 12, 31), DAY(2015, 12, 31)]
    assert verify(endless.host).faults == ()


@pytest.mark.clause("ACFTU-4.3c")
def test_no_version_ends_within_a_period(endless: World) -> None:
    """A further version inside 2014 must be refused with the day after which it may begin."""
    version = attrs.evolve(NEXT.version, first_day=DAY(2014, 12, 31))
    (fault,) = opened(endless, attrs.evolve(NEXT, version=version)).faults
    assert fault.rule.endswith("begin after 2014-12-31")
    assert last_days(endless) == [None]


@pytest.mark.clause("ACFTU-4.3c")
def test_an_end_may_be_told_with_a_further_period(endless: World) -> None:
    """The same version with a last day must be ended by it; told again without one, it keeps the end."""
    same = attrs.evolve(ENDLESS, last_day=DAY(2016, 12, 31))
    assert opened(endless, attrs.evolve(NEXT, version=same)).outcome is Outcome.PASS
    assert last_days(endless) == [DAY(2016, 12, 31)]
    cover = DayRange(DAY(2016, 1, 1), DAY(2016, 12, 31))
    period = attrs.evolve(NEXT.period, period_id="2016", cover=cover)
    assert opened(endless, attrs.evolve(NEXT, version=ENDLESS, period=period)).outcome is Outcome.PASS
    cover = DayRange(DAY(2017, 1, 1), DAY(2017, 12, 31))
    period = attrs.evolve(NEXT.period, period_id="2017", cover=cover)
    done = opened(endless, attrs.evolve(NEXT, version=ENDLESS, period=period))
    assert [fault.found for fault in done.faults] == ["not on 2017-01-01"]


def test_a_period_needs_its_scheme() -> None:
    """A further period of a scheme that was never founded must be an error."""
    with pytest.raises(NotFoundError):
        opened(World(), NEXT)


def test_a_period_is_opened_once(world: World) -> None:
    """The same period under another key must be refused: its days are taken."""
    opened(world, NEXT)
    assert opened(world, NEXT).faults[0].clause == "HN-4.3.4a"


@pytest.mark.clause("HN-4.3.2")
def test_periods_close_in_their_order(world: World) -> None:
    """A year whose forerunner is still open must not be closed."""
    opened(world, NEXT)
    later = World(world.store, NEXT, name="later")
    done = later.stop(DAY(2016, 1, 31))
    assert (done.outcome, done.faults[0].subject, done.faults[0].clause) == (
        Outcome.REJECT,
        "2014",
        "HN-4.3.2",
    )


@pytest.mark.clause("HN-4.3.2")
def test_a_period_opens_with_what_the_one_before_rolled_forward(funded: World) -> None:
    """The reserve after the first year must be the reserve before the second."""
    funded.file(stay(8_000))
    funded.pay("S-1")
    funded.stop()
    first = funded.close().closing
    opened(funded, NEXT)
    later = World(funded.store, NEXT, name="later")
    later.stop(DAY(2016, 1, 31))
    second = later.close(DAY(2016, 1, 31)).closing
    assert first is not None
    assert second is not None
    assert (second.opening_balance, second.surplus) == (first.closing_balance, yuan(0))
    assert [each.state for each in read_all(funded.store, Period)] == [PeriodState.CLOSED] * 2
    assert CLOSED_ON < DAY(2016, 1, 31)
