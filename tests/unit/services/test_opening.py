"""Further periods: they follow without gap, under one version a day, and open with what was rolled."""

import datetime

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.scheme.period import Period, PeriodState
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.errors import NotFoundError
from mutualaid_core.services.founding import Founded, FoundScheme, open_period
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
