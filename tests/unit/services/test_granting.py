"""Granting: a grant is booked apart from contributions, and only to an open period."""

import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.fund.account import Title
from mutualaid_core.errors import AlreadyExistsError
from mutualaid_core.testing.samples import PERIOD, yuan
from mutualaid_core.testing.world import World, balance


def test_a_grant_is_kept_apart(world: World) -> None:
    """60,000 must stand at the bank and in the title of grants."""
    assert world.grant(60_000).outcome is Outcome.PASS
    assert [balance(world.store, title) for title in (Title.BANK, Title.GRANT)] == [yuan(60_000)] * 2


def test_grants_add_up(world: World) -> None:
    """Two grants must stand together."""
    world.grant(60_000, "G-1")
    world.grant(5_000, "G-2")
    assert balance(world.store, Title.GRANT) == yuan(65_000)


def test_a_number_of_an_entry_is_used_once(world: World) -> None:
    """A second grant under the number of the first must be refused."""
    world.grant(60_000, "G-1")
    with pytest.raises(AlreadyExistsError):
        world.grant(5_000, "G-1")


def test_nothing_is_granted_to_a_period_that_is_closing(world: World) -> None:
    """A grant after the period has stopped must be refused."""
    world.stop()
    done = world.grant(60_000)
    assert (done.outcome, [(fault.subject, fault.clause) for fault in done.faults]) == (
        Outcome.REJECT,
        [(PERIOD, "ACFTU-S4.2b")],
    )
