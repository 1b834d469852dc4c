"""Reading outside any work: by key, in order, over all pages."""

import attrs
import pytest

from mutualaid_core.domain.membership.unit import Unit
from mutualaid_core.errors import NotFoundError
from mutualaid_core.ports.batch import Batch, Put, Ref
from mutualaid_core.ports.store import PAGE_ROWS_MAX
from mutualaid_core.serialization.codec import encode
from mutualaid_core.testing.world import World
from mutualaid_core.work import read_all, read_each, read_many, read_one, records_of

UNIT = Unit(unit_id="U-0001", name="单位", pool_id="430500")


@pytest.fixture
def units(world: World) -> list[Unit]:
    """A unit more than two pages hold, in the store."""
    made = [attrs.evolve(UNIT, unit_id=f"U-{number:04d}") for number in range(2 * PAGE_ROWS_MAX + 1)]
    for start in range(0, len(made), 500):
        puts = tuple(
            Put(
                ref=Ref("unit", unit.unit_id),
                expect=0,
                body=encode(unit),
                index={"pool_id": "430500", "name": "单位"},
            )
            for unit in made[start : start + 500]
        )
        world.store.commit(Batch(key=f"B-{start}", fingerprint=b"f", puts=puts))
    return made


def test_a_missing_entity_is_an_error(world: World) -> None:
    """``read_one`` must raise for a missing entity."""
    with pytest.raises(NotFoundError, match="unit 'U-9' does not exist"):
        read_one(world.store, Unit, "U-9")


def test_an_entity_is_read_by_its_key(world: World, units: list[Unit]) -> None:
    """``read_one`` must give the entity of the key."""
    assert read_one(world.store, Unit, "U-0007") == units[7]


def test_entities_are_read_in_the_order_asked_for(world: World, units: list[Unit]) -> None:
    """``read_many`` must keep the order, leave out the missing, and name each once."""
    found = read_many(world.store, Unit, ("U-0009", "U-none", "U-0007", "U-0009"))
    assert list(found.values()) == [units[9], units[7]]


def test_every_page_is_read(world: World, units: list[Unit]) -> None:
    """``read_all`` must go through every page, in the order of the key."""
    assert list(read_all(world.store, Unit, "pool_id", "430500")) == units


def test_only_what_fits_is_read(world: World, units: list[Unit]) -> None:
    """``records_of`` must give nothing for a value that no record has."""
    assert units
    assert list(records_of(world.store, "unit", "pool_id", "430100")) == []


def test_each_that_is_asked_for_must_be_there(world: World) -> None:
    """Where one of several is missing, it must be named."""
    with pytest.raises(NotFoundError, match="unit 'U-9' does not exist"):
        read_each(world.store, Unit, ("U-9",))
