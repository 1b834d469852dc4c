"""Held money: whatever comes, is settled or goes back, books and remittances tell the same."""

import itertools
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from mutualaid_core.domain.fund.account import Title
from mutualaid_core.domain.membership.contribution import Contribution
from mutualaid_core.domain.membership.paying.remittance import RefundGround, Remittance, RemittanceState
from mutualaid_core.domain.values.identifiers import EntryId
from mutualaid_core.domain.values.money import Money, total
from mutualaid_core.services.membership.paying.corrections import CorrectContribution, correct_contribution
from mutualaid_core.services.membership.paying.owed import held_remittances
from mutualaid_core.services.membership.paying.remittances import (
    SettleRemittance,
    receipt_of,
    settle_remittance,
)
from mutualaid_core.services.verification import verify
from mutualaid_core.testing.samples import COLLECTED_ON, PERIOD, SCHEME, dues, joiner, member_id, yuan
from mutualaid_core.testing.world import World, balance
from mutualaid_core.work import read_all

PERSONS = 4
Step = Callable[[World, str], object]
LISTS = st.lists(st.integers(1, PERSONS), max_size=3)
NUMBERS = st.integers(0, 5)


def remit(persons: list[int], received: int) -> Step:
    """So many yuan come with this list."""
    return lambda world, entry: world.remit(
        *(dues(number) for number in persons), received=yuan(received), entry=entry
    )


def held(world: World, number: int) -> EntryId:
    """One of the remittances that are held; a number that there is not where none is."""
    found = [each.remittance_id for each in held_remittances(world.store, SCHEME, PERIOD)]
    return found[number % len(found)] if found else EntryId("none")


def settle(number: int, supplement: int, persons: list[int] | None) -> Step:
    """More money comes for a held remittance, or another list."""

    def step(world: World, entry: str) -> object:
        remittance_id = held(world, number)
        if remittance_id == "none":
            return None
        lines = None if persons is None else tuple(dues(each) for each in persons)
        command = SettleRemittance(
            scheme_id=SCHEME,
            remittance_id=remittance_id,
            entry_id=EntryId(entry),
            supplement=yuan(supplement),
            lines=lines,
        )
        return settle_remittance(world.host, world.act(COLLECTED_ON), command).result

    return step


def give_back(number: int, amount: int, ground: RefundGround, person: int) -> Step:
    """So much is asked back of a held remittance."""

    def step(world: World, entry: str) -> object:
        remittance_id = held(world, number)
        if remittance_id == "none":
            return None
        command = CorrectContribution(
            scheme_id=SCHEME,
            remittance_id=remittance_id,
            entry_id=EntryId(entry),
            ground=ground,
            amount=yuan(amount),
            member_id=member_id(person),
            cause="P-1",
        )
        return correct_contribution(world.host, world.act(COLLECTED_ON), command).result

    return step


AMOUNTS = st.sampled_from((1, 49, 50, 100, 101, 150))
STEPS: st.SearchStrategy[Step] = st.one_of(
    st.builds(remit, LISTS, AMOUNTS),
    st.builds(settle, NUMBERS, st.sampled_from((0, 1, 50)), st.none() | LISTS),
    st.builds(
        give_back,
        NUMBERS,
        st.sampled_from((1, 50, 100)),
        st.sampled_from(RefundGround),
        st.integers(1, PERSONS),
    ),
)


@settings(max_examples=settings().max_examples * 3 // 5, deadline=None)
@given(st.lists(STEPS, min_size=1, max_size=12))
def test_books_and_remittances_tell_the_same(history: list[Step]) -> None:
    """Held accounts must hold what is held, the bank what was paid, and receipts add up to it."""
    world = World()
    world.found()
    world.admit(PERSONS, PERSONS)
    world.enrol(*(joiner(number) for number in range(1, PERSONS + 1)))
    for step, number in zip(history, itertools.count(1), strict=False):
        step(world, f"E-{number}")
    remittances = tuple(read_all(world.store, Remittance))
    kept = total(each.balance for each in remittances if each.state is RemittanceState.HELD)
    paid = tuple(read_all(world.store, Contribution))
    assert [balance(world.store, title) for title in (Title.HELD_BANK, Title.HELD)] == [kept, kept]
    assert balance(world.store, Title.BANK) == Money(5_000 * len(paid))
    receipts = [receipt_of(world.store, SCHEME, each.remittance_id) for each in remittances]
    assert total(each.amount for each in receipts if each) == balance(world.store, Title.BANK)
    assert verify(world.host).faults == ()
