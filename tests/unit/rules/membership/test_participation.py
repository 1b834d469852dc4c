"""Participation gate: whole persons, all of a small unit, nobody of an empty one."""

import datetime
from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutualaid_core.domain.scheme.joining import GateBand
from mutualaid_core.domain.scheme.policy import ParticipationGate
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.rules.membership.participation import (
    CountedOn,
    Requirement,
    band_for,
    band_requires,
    gate_requirement,
    participation_reached,
    participation_required,
    roster_day_faults,
)
from mutualaid_core.testing.samples import POLICY, UNIT, YEAR

DAY = datetime.date
GATE = POLICY.participation


@pytest.mark.parametrize(
    ("eligible", "required"),
    [
        *((0, 0), (1, 1), (29, 29), (30, 24), (31, 25), (33, 27), (34, 28), (35, 28)),
        *((99, 80), (100, 80), (101, 81), (126, 101)),
    ],
)
def test_the_least_number_is_in_whole_persons(eligible: int, required: int) -> None:
    """80 % must be rounded up to whole persons, and below 30 everybody must join."""
    assert participation_required(eligible, GATE) == required


@pytest.mark.parametrize(
    ("eligible", "enrolled", "reached"),
    [(100, 80, True), (100, 79, False), (29, 28, False), (29, 29, True), (30, 24, True), (0, 0, False)],
)
def test_the_gate_opens_at_the_least_number(
    eligible: int,
    enrolled: int,
    reached: bool,  # noqa: FBT001  # the expected answer
) -> None:
    """One person below the least number must be too few; an empty unit must not pass."""
    assert participation_reached(eligible, enrolled, GATE) == reached


def test_a_gate_without_a_small_group_asks_its_ratio_of_all() -> None:
    """Without the rule for small units, 4 of 5 must be enough."""
    assert participation_required(5, attrs.evolve(GATE, all_below=0)) == 4


def test_a_third_is_counted_exactly() -> None:
    """Two thirds of 3 must be 2 and of 4 must be 3, without a float in between."""
    gate = attrs.evolve(GATE, ratio_min=Ratio(2, 3), all_below=0)
    assert (participation_required(3, gate), participation_required(4, gate)) == (2, 3)


def test_no_gate_asks_nothing() -> None:
    """Where policies are silent, one worker of a hundred must be enough."""
    gate = ParticipationGate()
    assert (participation_required(100, gate), participation_reached(100, 1, gate)) == (0, True)


SMALL = GateBand(eligible_below=50, ratio_min=Ratio(95, 100), source="HN-4.1.2b")
LARGE = GateBand(ratio_min=Ratio(75, 100), persons_min=45, source="notice")


@pytest.mark.parametrize(
    ("eligible", "requirement"),
    [
        (29, Requirement(persons=29, clause="HN-4.1.2b")),  # the policy: all
        (30, Requirement(persons=29, clause="HN-4.1.2b")),  # the scheme: 28.5, above 24
        (49, Requirement(persons=47, clause="HN-4.1.2b")),  # the scheme: 46.55, above 40
        (50, Requirement(persons=45, clause="HN-4.1.2a")),  # the scheme: 45 persons, above 40
        (100, Requirement(persons=80, clause="HN-4.1.2a")),  # the policy: 80, above 75
    ],
)
def test_the_stricter_gate_holds(eligible: int, requirement: Requirement) -> None:
    """Of policy and scheme the one that asks more must be told, with a clause."""
    assert gate_requirement(eligible, GATE, (SMALL, LARGE)) == requirement


def test_a_gate_without_bands_is_that_of_the_policy() -> None:
    """A scheme without a gate, or without a band for a unit, must leave the policy's."""
    assert gate_requirement(100, GATE, ()) == Requirement(persons=80, clause="HN-4.1.2a")
    assert gate_requirement(100, GATE, (SMALL,)) == Requirement(persons=80, clause="HN-4.1.2a")
    assert (band_for(49, (SMALL, LARGE)), band_for(50, (SMALL, LARGE)), band_for(50, (SMALL,))) == (
        SMALL,
        LARGE,
        None,
    )


def test_a_silent_policy_leaves_the_scheme_its_gate() -> None:
    """Where policies are silent the scheme's own gate must hold."""
    assert gate_requirement(20, ParticipationGate(), (SMALL,)) == Requirement(persons=19, clause="HN-4.1.2b")


@given(st.integers(0, 3_000), st.fractions(0, 1, max_denominator=100), st.integers(0, 50))
def test_the_least_number_is_the_least(eligible: int, share: Fraction, persons: int) -> None:
    """It must reach the ratio in whole persons, and one person fewer must not."""
    band = GateBand(ratio_min=Ratio(share.numerator, share.denominator), persons_min=persons, source="x")
    least = band_requires(eligible, band)
    assert least * share.denominator >= share.numerator * eligible
    assert least >= persons
    fewer = least - 1
    assert fewer * share.denominator < share.numerator * eligible or fewer < persons


@pytest.mark.clause("HN-4.1.2a")
@pytest.mark.parametrize(
    ("day", "newest", "rule"),
    [
        (DAY(2013, 12, 10), None, None),
        (DAY(2013, 12, 10), DAY(2013, 12, 10), None),
        (DAY(2013, 12, 20), DAY(2013, 12, 10), None),
        (DAY(2013, 1, 1), None, None),
        (DAY(2013, 12, 9), DAY(2013, 12, 10), "must be judged by its newest roster, of 2013-12-10"),
        (
            DAY(2012, 12, 31),
            None,
            "must be counted on or after 2013-01-01, or it counts for another period",
        ),
        (DAY(2013, 12, 21), None, "must be counted on or before 2013-12-20"),
    ],
)
def test_a_unit_is_judged_by_its_newest_roster_for_the_period(
    day: datetime.date, newest: datetime.date | None, rule: str | None
) -> None:
    """A roster of a day to come, of another period, or older than the newest must be refused."""
    counted = CountedOn(unit_id=UNIT, day=day, judged_on=DAY(2013, 12, 20), period=YEAR)
    told = [(each.subject, each.rule, each.found) for each in roster_day_faults(counted, newest)]
    assert told == ([] if rule is None else [(UNIT, rule, day.isoformat())])


def test_a_window_that_opens_early_takes_its_own_rosters() -> None:
    """With a window from December 2012 on, a roster of its first day must be taken, one before it refused."""
    window = DayRange(DAY(2012, 12, 1), DAY(2013, 12, 31))
    counted = CountedOn(
        unit_id=UNIT, day=DAY(2012, 12, 1), judged_on=DAY(2013, 12, 20), period=YEAR, window=window
    )
    assert roster_day_faults(counted, None) == ()
    assert len(roster_day_faults(attrs.evolve(counted, day=DAY(2012, 11, 30)), None)) == 1
