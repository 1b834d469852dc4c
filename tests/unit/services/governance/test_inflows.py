"""Inflows: donations and grants alone are booked so, and nothing into a closed period."""

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.fund.account import Title
from mutualaid_core.domain.fund.inflow import Book, Inflow, InflowKind
from mutualaid_core.domain.values.identifiers import EntryId
from mutualaid_core.domain.values.money import ZERO
from mutualaid_core.services.governance.inflows import BookInflow, InflowBooked, book_inflow
from mutualaid_core.testing.samples import FILED_ON, PERIOD, SCHEME, yuan
from mutualaid_core.testing.world import World, balance

GIVEN = Inflow(
    scheme_id=SCHEME,
    period_id=PERIOD,
    kind=InflowKind.DONATION,
    book=Book.FUND,
    amount=yuan(100),
    giver="某公司",
    received_on=FILED_ON,
)


def booked(world: World, kind: InflowKind) -> InflowBooked:
    """100 yuan of a kind, meant for the fund."""
    inflow = attrs.evolve(GIVEN, kind=kind)
    return book_inflow(world.host, world.act(), BookInflow(entry_id=EntryId("I-1"), inflow=inflow)).result


@pytest.mark.parametrize("kind", [InflowKind.DONATION, InflowKind.GOVERNMENT_GRANT, InflowKind.UNION_GRANT])
def test_what_is_given_stands_in_the_pool(world: World, kind: InflowKind) -> None:
    """A donation or a grant must stand in the pool and at the bank."""
    assert booked(world, kind).outcome is Outcome.PASS
    assert balance(world.store, Title.GRANT) == balance(world.store, Title.BANK) == yuan(100)


@pytest.mark.parametrize("kind", [InflowKind.CONTRIBUTION, InflowKind.INTEREST])
def test_contributions_come_another_way(world: World, kind: InflowKind) -> None:
    """What is no gift must be refused here, for it has an act of its own."""
    assert [fault.found for fault in booked(world, kind).faults] == [kind.value]
    assert balance(world.store, Title.BANK) == ZERO


def test_a_period_that_is_over_takes_nothing(world: World) -> None:
    """Once postings are stopped, nothing must come in."""
    world.stop()
    assert [fault.clause for fault in booked(world, InflowKind.DONATION).faults] == ["ACFTU-S4.2b"]
