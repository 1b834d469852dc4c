"""Keeping: the store keeps one secret, the first that it was given."""

import attrs
import pytest

from mutualaid_core.errors import NotFoundError
from mutualaid_core.ports.keys import SecretKeys
from mutualaid_core.ports.store import Receipt
from mutualaid_core.services.keeping import keep_keys, kept_keys
from mutualaid_core.testing.world import World

FIRST, SECOND = b"1" * 32, b"2" * 32


@attrs.define
class Late:
    """A store in which somebody else keeps a secret just before the first commit."""

    world: World
    is_late: bool = False

    def get(self, *arguments: object) -> object:
        """What the store has."""
        return self.world.store.get(*arguments)

    def receipt(self, key: str) -> Receipt | None:
        """The receipt of the store; then somebody else comes first."""
        known = self.world.store.receipt(key)
        if not self.is_late:
            self.is_late = True
            keep_keys(self.world.store, self.world.host.clock, self.world.act(key="theirs"), FIRST)
        return known

    def commit(self, batch: object) -> Receipt:
        """Commit to the store."""
        return self.world.store.commit(batch)


def test_a_store_without_a_secret_has_no_keys() -> None:
    """A store in which nothing was kept must raise."""
    with pytest.raises(NotFoundError, match="secret 'keys' does not exist"):
        kept_keys(World().store)


def test_a_secret_is_kept(world: World) -> None:
    """What was kept must be the keys ever after."""
    keep_keys(world.store, world.host.clock, world.act(), FIRST)
    assert kept_keys(world.store) == SecretKeys(FIRST)


def test_the_first_secret_holds(world: World) -> None:
    """A second secret must not replace the first."""
    keep_keys(world.store, world.host.clock, world.act(), FIRST)
    assert keep_keys(world.store, world.host.clock, world.act(), SECOND) == SecretKeys(FIRST)


def test_the_faster_secret_holds(world: World) -> None:
    """Where somebody else was faster under another key, theirs must hold for both."""
    late = Late(world)
    assert keep_keys(late, world.host.clock, world.act(key="ours"), SECOND) == SecretKeys(FIRST)


def test_the_faster_secret_of_the_same_act_holds(world: World) -> None:
    """Where somebody else was faster under the same key, theirs must hold too."""
    keys = keep_keys(Late(world), world.host.clock, world.act(key="theirs"), SECOND)
    assert keys == SecretKeys(FIRST)


def test_the_secret_is_not_in_the_journal(world: World) -> None:
    """Neither the secret nor a plain digest of its record may stand in the journal."""
    keep_keys(world.store, world.host.clock, world.act(), FIRST)
    bodies = b"".join(event.body for event in world.store.feed("system"))
    assert FIRST.hex().encode() not in bodies
