"""A founded world, and works in it."""

from collections.abc import Callable

import pytest

from mutualaid_core.services.founding import Founded
from mutualaid_core.testing.samples import SCHEME
from mutualaid_core.testing.world import World
from mutualaid_core.work import Purpose, Work


@pytest.fixture
def purpose() -> Purpose[Founded]:
    """What the acts of these tests are for."""
    return Purpose(name="try", subject="T-1", chain=SCHEME, answer=Founded)


@pytest.fixture
def world() -> World:
    """A host with the sample scheme, founded."""
    made = World()
    made.found()
    return made


@pytest.fixture
def begin(world: World, purpose: Purpose[Founded]) -> Callable[[], Work]:
    """Begins a work under a key of its own."""
    return lambda: Work(world.host, world.act(), purpose)
