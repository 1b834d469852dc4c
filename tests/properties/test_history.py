"""After any history of acts the books agree, and no repetition changes anything."""

from collections import defaultdict
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from mutualaid_core.domain.claims.decision import Decision
from mutualaid_core.domain.fund.account import Side, Title
from mutualaid_core.domain.fund.closing import Closing
from mutualaid_core.domain.fund.ledger import LedgerLine
from mutualaid_core.domain.scheme.dues import FundingSource
from mutualaid_core.domain.values.money import Money, total
from mutualaid_core.ports.store import Store
from mutualaid_core.services.adjudication import use_counter
from mutualaid_core.services.verification import verify
from mutualaid_core.testing.samples import CLOSED_ON, PERIOD, SCHEME, dues, joiner, member_id, stay
from mutualaid_core.testing.strategies import money
from mutualaid_core.testing.world import World, balance
from mutualaid_core.work import read_all

Step = Callable[[World], object]
PEOPLE = st.integers(min_value=1, max_value=4)
CLAIMS = st.integers(min_value=1, max_value=8)


def stays(claim: int) -> int:
    """Whose claim it is: each of the four people has two."""
    return (claim + 1) // 2


STEPS: st.SearchStrategy[Step] = st.one_of(
    st.builds(lambda n: lambda w: w.enrol(joiner(n)), PEOPLE),
    st.builds(lambda n: lambda w: w.remit(dues(n, member=20, employer=30)), PEOPLE),
    st.builds(
        lambda n, base: lambda w: w.file(stay(base, stays(n), setl_id=f"S-{n}")), CLAIMS, money(0, 12_000_000)
    ),
    st.builds(lambda n: lambda w: pay(w, n), CLAIMS),
    st.builds(lambda amount: lambda w: grant(w, amount), st.integers(1, 100_000)),
    st.just(lambda w: w.stop(CLOSED_ON)),
    st.just(lambda w: w.close(CLOSED_ON)),
)
# A free draw rarely pays and closes a claim, so half of the histories begin with a year that does.
ORDINARY: tuple[Step, ...] = (
    lambda w: w.enrol(joiner(1), joiner(2)),
    lambda w: w.remit(dues(1), dues(2, member=20, employer=30)),
    lambda w: grant(w, 60_000),
    lambda w: w.file(stay(8_000, 1, setl_id="S-1")),
    lambda w: w.file(stay(56_100, 2, setl_id="S-3")),
    lambda w: pay(w, 1),
    lambda w: pay(w, 3),
)
HISTORIES = st.builds(
    lambda first, then, last: [*first, *then, *last],
    st.sampled_from(((), ORDINARY)),
    st.lists(STEPS, max_size=20),
    st.sampled_from(((), (lambda w: w.stop(CLOSED_ON), lambda w: w.close(CLOSED_ON)))),
)


def pay(world: World, number: int) -> object:
    """Pay a claim; nothing is done where there is none."""
    known = {decision.claim_id for decision in read_all(world.store, Decision)}
    return world.pay(f"S-{number}") if f"S-{number}" in known else None


def grant(world: World, amount: int) -> object:
    """Receive a grant under a number of its own."""
    return world.grant(amount, f"G-{world.act().key}")


def begun(store: Store | None = None) -> World:
    """A world whose scheme is founded and whose one unit is admitted."""
    world = World(store)
    world.found()
    world.admit(4, 4)
    return world


def lived(history: list[Step]) -> World:
    """A world in which the history happened."""
    world = begun()
    for step in history:
        step(world)
    return world


@settings(max_examples=settings().max_examples * 3 // 5)
@given(HISTORIES)
def test_debits_equal_credits(history: list[Step]) -> None:
    """Over all lines of the ledger, debits must equal credits."""
    lines = list(read_all(lived(history).store, LedgerLine))
    sides = {side: total(x.posting.amount for x in lines if x.posting.side is side) for side in Side}
    assert sides[Side.DEBIT] == sides[Side.CREDIT]


@settings(max_examples=settings().max_examples * 3 // 5)
@given(HISTORIES)
def test_balances_are_what_the_lines_add_up_to(history: list[Step]) -> None:
    """Every account's balance must be the sum of its lines, and none below nothing."""
    world = lived(history)
    folded: dict[tuple[Title, FundingSource | None], int] = defaultdict(int)
    for line in read_all(world.store, LedgerLine):
        folded[line.posting.title, line.posting.source] += line.posting.change
    assert {key: balance(world.store, *key).fen for key in folded} == folded
    assert all(value >= 0 for value in folded.values())


@settings(max_examples=settings().max_examples * 3 // 5)
@given(HISTORIES)
def test_the_bank_holds_what_is_owed_and_kept(history: list[Step]) -> None:
    """The bank must hold reserve, grant, income less benefits, and what is owed."""
    store = lived(history).store
    income = total(balance(store, Title.CONTRIBUTION, source) for source in FundingSource)
    kept = balance(store, Title.RESERVE) + balance(store, Title.GRANT) + income
    assert balance(store, Title.BANK) == kept - balance(store, Title.BENEFIT) + balance(store, Title.PAYABLE)


@settings(max_examples=settings().max_examples * 3 // 5)
@given(HISTORIES)
def test_the_cap_counts_what_was_decided(history: list[Step]) -> None:
    """Each person's use of the cap must be the sum of the decided benefits, within the cap."""
    world = lived(history)
    decided: dict[str, int] = defaultdict(int)
    for decision in read_all(world.store, Decision):
        decided[decision.member_id] += decision.benefit.fen
    for number in range(1, 5):
        key = use_counter(SCHEME, PERIOD, member_id(number), "amount/inpatient/period")
        assert world.store.get((), (key,)).counters[key].value == decided[member_id(number)] <= 5_000_000


@settings(max_examples=settings().max_examples * 3 // 5)
@given(HISTORIES)
def test_a_closing_adds_up(history: list[Step]) -> None:
    """Opening plus granted plus income less benefits must be the closing, and the bank hold it."""
    world = lived(history)
    for closing in read_all(world.store, Closing):
        assert closing.opening_balance + closing.granted + closing.surplus == closing.closing_balance
        assert balance(world.store, Title.BANK) == closing.closing_balance


@settings(max_examples=settings().max_examples * 3 // 5)
@given(HISTORIES)
def test_a_store_stays_whole(history: list[Step]) -> None:
    """Journal, records, counters, ledger and caps must agree after any history."""
    assert verify(lived(history).host).faults == ()


@settings(max_examples=settings().max_examples * 3 // 5)
@given(HISTORIES)
def test_repetitions_change_nothing(history: list[Step]) -> None:
    """The same acts again under their own keys must leave every chain and balance as it was."""
    world = begun()
    done = [step for step in history if step(world) is not None]
    before = (world.store.head(SCHEME), balance(world.store, Title.BANK))
    again = begun(world.store)
    for step in done:
        step(again)
    assert (world.store.head(SCHEME), balance(world.store, Title.BANK)) == before


@given(st.lists(money(0, 10_000_000), min_size=1, max_size=6))
def test_a_total_is_the_sum_of_its_parts(parts: list[Money]) -> None:
    """A total must be the sum of its parts in any order."""
    assert total(parts) == total(reversed(parts))
