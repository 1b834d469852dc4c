"""Judgement: what measures say together, small units pooled, and never a refusal."""

from fractions import Fraction

import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.rules.membership.selection.judgement import level_together, selection_finding
from mutualaid_core.rules.membership.selection.measure import ASSUMED, Level, Measure, SelectionId
from mutualaid_core.rules.membership.selection.persons import Group, UnitWorkers, Worker, pooled


def measure(level: Level, p: Fraction | None = None) -> Measure:
    """A measure of that level."""
    return Measure(id=SelectionId.TAKE_UP, value=Fraction(1), level=level, p=p)


def unit(name: str, size: int, industry: str = "I") -> UnitWorkers:
    """A unit of so many workers."""
    return UnitWorkers(
        unit_id=name, industry=industry, was_covered=True, workers=(Worker(age=40, joins=True),) * size
    )


@pytest.mark.parametrize(
    ("measures", "level"),
    [
        ((), Level.UNKNOWN),
        ((measure(Level.UNKNOWN),), Level.UNKNOWN),
        ((measure(Level.GREEN), measure(Level.UNKNOWN)), Level.GREEN),
        ((measure(Level.GREEN), measure(Level.YELLOW)), Level.YELLOW),
        ((measure(Level.RED), measure(Level.GREEN)), Level.YELLOW),
        ((measure(Level.RED, Fraction(1, 100)),), Level.YELLOW),
        ((measure(Level.RED, Fraction(1, 101)),), Level.RED),
        ((measure(Level.YELLOW, Fraction(1, 101)),), Level.YELLOW),
        ((measure(Level.RED), measure(Level.RED)), Level.RED),
    ],
)
def test_red_needs_two_or_certainty(measures: tuple[Measure, ...], level: Level) -> None:
    """Red must need two red measures, or one with a chance below 1 in 100."""
    assert level_together(measures, ASSUMED) is level


def test_small_units_are_pooled_by_industry() -> None:
    """Units of 19 must be pooled by industry, and one of 20 be judged alone."""
    groups = pooled([unit("A", 19, "J"), unit("B", 20), unit("C", 5), unit("D", 1, "J")], ASSUMED.persons_min)
    assert [(group.name, group.unit_ids, len(group.workers)) for group in groups] == [
        ("B", ("B",), 20),
        ("I", ("C",), 5),
        ("J", ("A", "D"), 20),
    ]


def test_a_group_that_stays_small_is_not_judged() -> None:
    """Nineteen persons must give no level and no measures, but the reason why."""
    (small,) = pooled([unit("A", 19)], ASSUMED.persons_min)
    found = selection_finding(small, (), ASSUMED)
    assert (found.level, found.measures, found.why) == (Level.UNKNOWN, (), "fewer than 20 persons")
    assert found.outcome is Outcome.PASS


def test_a_unit_where_everybody_joins_shows_nothing() -> None:
    """Where all join there must be no selection, and the finding must pass."""
    (whole,) = pooled([unit("A", 20)], ASSUMED.persons_min)
    found = selection_finding(whole, (), ASSUMED)
    assert (found.level, found.outcome, found.authority) == (Level.GREEN, Outcome.PASS, ASSUMED.authority)


def test_a_finding_never_refuses() -> None:
    """Even where all that can be red is red, the outcome must be a flag."""
    old = (Worker(age=60, joins=True, claimed=True),) * 20
    young = (Worker(age=20, joins=False),) * 20
    group = Group(name="U", unit_ids=("U",), was_covered=True, workers=old + young)
    found = selection_finding(group, (), ASSUMED)
    assert (found.level, found.outcome) == (Level.RED, Outcome.FLAG)
