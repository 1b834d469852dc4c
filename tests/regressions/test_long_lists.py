"""A list of more persons than one act takes is booked, held or refused whole, by its true sums."""

import attrs
import pytest

from mutualaid_core.cli.membership.paying.parts import (
    held_together,
    in_parts,
    standing,
    standing_result,
)
from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.membership.paying.remittance import RemittanceLine
from mutualaid_core.domain.values.identifiers import EntryId
from mutualaid_core.domain.values.money import total
from mutualaid_core.rules.membership.paying.remittance import held_part, list_faults
from mutualaid_core.services.membership.contribution import (
    LINES_MAX,
    ReceiveRemittance,
    RemittanceReceived,
    receive_remittance,
)
from mutualaid_core.services.membership.paying.remittances import SettleRemittance, settle_remittance
from mutualaid_core.testing.samples import COLLECTED_ON, PERIOD, SCHEME, UNIT, dues, joiner, yuan
from mutualaid_core.testing.world import World

PERSONS = LINES_MAX + 50


def command(lines: tuple[RemittanceLine, ...], received: int, entry: str = "RB") -> ReceiveRemittance:
    """What comes in with a list."""
    return ReceiveRemittance(
        scheme_id=SCHEME,
        period_id=PERIOD,
        unit_id=UNIT,
        entry_id=EntryId(entry),
        received=yuan(received),
        lines=lines,
    )


@pytest.fixture
def world() -> World:
    """A world with two workers who are enrolled and have not paid."""
    made = World()
    made.found()
    made.admit(2, 2)
    made.enrol(joiner(1), joiner(2))
    return made


def receive(world: World, part: ReceiveRemittance) -> RemittanceReceived:
    """Receive a part on the day of collection."""
    return receive_remittance(world.host, world.act(COLLECTED_ON), part).result


@pytest.mark.clause("HN-3.1.2b")
@pytest.mark.parametrize(
    ("received", "shares", "found"),
    [
        (22_500, [20_000, 2_500], []),
        (22_450, [20_000, 2_450], ["22500.00"]),
        (19_000, [19_000, 0], ["22500.00"]),
        (22_600, [20_000, 2_600], ["22500.00"]),
    ],
)
def test_the_difference_of_a_long_list_is_that_of_its_parts(
    received: int, shares: list[int], found: list[str]
) -> None:
    """450 persons of 50.00 must come in two parts, none below zero, each with the true sums."""
    parts = in_parts(command(tuple(dues(number) for number in range(1, PERSONS + 1)), received))
    assert [part.entry_id for part in parts] == ["RB-1", "RB-2"]
    assert [part.received for part in parts] == [yuan(share) for share in shares]
    assert [[fault.found for fault in part.of_list] for part in parts] == [found, found]
    assert total(part.received for part in parts) == yuan(received)


def test_a_person_who_stands_in_two_parts_is_listed_twice() -> None:
    """Whoever stands in the first part and in the second must be found before either is booked."""
    lines = (*(dues(number) for number in range(1, LINES_MAX + 1)), dues(1))
    (fault,) = in_parts(command(lines, 50 * len(lines)))[0].of_list
    assert (fault.rule, fault.clause) == ("must be listed once", "HN-4.3.5a")


def test_a_short_list_is_one_part() -> None:
    """A list that one act takes must be left as it is."""
    whole = command((dues(1),), 40)
    assert in_parts(whole) == (whole,)


@pytest.mark.clause("HN-3.1.2b")
def test_a_part_is_held_with_its_list_until_it_is_settled(world: World) -> None:
    """A part whose own sums agree must be held while the list differs, with the true sums, and then book."""
    against = list_faults(UNIT, (dues(1), dues(2)), yuan(50))
    part = attrs.evolve(command((dues(1),), 50, "RB-1"), of_list=against)
    held = receive(world, part)
    assert (held.outcome, held.faults, held.booked) == (Outcome.HOLD, against, yuan(0))
    settled = settle_remittance(
        world.host,
        world.act(COLLECTED_ON),
        SettleRemittance(scheme_id=SCHEME, remittance_id=EntryId("RB-1"), entry_id=EntryId("RB-1-S")),
    ).result
    assert (settled.outcome, settled.booked) == (Outcome.PASS, yuan(50))


def test_one_part_that_is_held_holds_the_others() -> None:
    """Where nothing stands against the first part, it must be held with the second; else nothing changes."""
    parts = (command((dues(1),), 50, "RB-1"), command((dues(2),), 50, "RB-2"))
    passed = RemittanceReceived(outcome=Outcome.PASS, booked=yuan(50), faults=())
    waits = attrs.evolve(passed, outcome=Outcome.HOLD)
    assert held_together(parts, {"RB-1": passed, "RB-2": passed}) == parts
    first, second = held_together(parts, {"RB-1": passed, "RB-2": waits})
    assert (first.of_list, second) == (held_part(UNIT), parts[1])


def test_only_the_same_part_stands(world: World) -> None:
    """A part that was booked or held must be known again; with other money or persons it is another."""
    booked, held = command((dues(1),), 50, "RB-1"), command((dues(2),), 40, "RB-2")
    assert receive(world, booked).outcome is Outcome.PASS
    assert receive(world, held).outcome is Outcome.HOLD
    found = standing(world.store, (booked, held))
    assert set(found) == {"RB-1", "RB-2"}
    assert standing_result(found[EntryId("RB-1")], booked).booked == yuan(50)
    assert standing_result(found[EntryId("RB-2")], held).outcome is Outcome.HOLD
    others = (attrs.evolve(booked, lines=(dues(2),)), attrs.evolve(held, received=yuan(45)))
    assert standing(world.store, others) == {}
