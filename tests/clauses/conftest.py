"""Worlds in which the clauses are tried."""

import attrs
import pytest

from mutualaid_core.testing.samples import EXAMPLE_TERMS, FOUNDING, version_with
from mutualaid_core.testing.world import World


@pytest.fixture
def world() -> World:
    """The sample scheme, founded."""
    made = World()
    made.found()
    return made


@pytest.fixture
def joined(world: World) -> World:
    """The sample scheme with two members who have paid, and a grant of 60,000."""
    world.join(1, 2)
    world.grant(60_000)
    return world


@pytest.fixture
def example() -> World:
    """A scheme with the terms of the worked examples (40, 50 and 60 %, cap 20,000), and two members."""
    made = World(founding=attrs.evolve(FOUNDING, version=version_with(EXAMPLE_TERMS)))
    made.found()
    made.join(1, 2)
    return made
