"""Worlds at three moments: founded, joined by two members with paid cover, and with money to pay."""

import pytest

from mutualaid_core.testing.world import World


@pytest.fixture
def world() -> World:
    """A host with the sample scheme, founded."""
    made = World()
    made.found()
    return made


@pytest.fixture
def joined(world: World) -> World:
    """Two members with paid cover."""
    world.join(1, 2)
    return world


@pytest.fixture
def funded(joined: World) -> World:
    """Two members with paid cover, and a grant of 60,000."""
    joined.grant(60_000)
    return joined
