"""One unit of work: reads what it wrote, commits all or nothing, checks what it rests on."""

import hashlib
import json
from collections.abc import Callable

import attrs
import pytest

from mutualaid_core.domain.fund.ledger import LedgerLine
from mutualaid_core.domain.membership.unit import Unit
from mutualaid_core.domain.scheme.period import Period, PeriodState
from mutualaid_core.domain.scheme.scheme import Scheme
from mutualaid_core.domain.values.money import FEN_MAX
from mutualaid_core.errors import (
    AlreadyExistsError,
    BoundExceededError,
    ConflictError,
    InvalidValueError,
    NotFoundError,
    StaleVersionError,
)
from mutualaid_core.ports.batch import Ref
from mutualaid_core.rules.fund.postings import grant_entry
from mutualaid_core.testing.samples import COLLECTED_ON, KEYS, PERIOD, SCHEME, yuan
from mutualaid_core.testing.world import World
from mutualaid_core.work import Work, read_all, read_many, record_digest

Begin = Callable[[], Work]
PERIOD_KEY = f"{SCHEME}/{PERIOD}"
UNIT = Unit(unit_id="U-9", name="第九中学", pool_id="430500")
OTHER = attrs.evolve(UNIT, name="第十中学")


def units(world: World) -> list[Unit]:
    """Every unit of the store."""
    return list(read_all(world.store, Unit))


def value_of(world: World, key: str) -> tuple[int, int, int]:
    """Value and bounds of a counter."""
    counter = world.store.get((), (key,)).counters[key]
    return counter.value, counter.lo, counter.hi


def stop(work: Work) -> None:
    """Let the sample period stop."""
    work.replace(attrs.evolve(work.get(Period, PERIOD_KEY), state=PeriodState.CLOSING))


def test_a_commit_writes(world: World, begin: Begin) -> None:
    """What was added must be in the store after the commit."""
    with begin() as work:
        work.add(UNIT)
        work.commit(b"f")
    assert units(world) == [UNIT]


def test_without_a_commit_nothing_is_written(world: World, begin: Begin) -> None:
    """Leaving the block without a commit must leave no trace."""
    before = world.store.head(SCHEME)
    with begin() as work:
        work.add(UNIT)
        work.count("c", 1)
    assert (units(world), value_of(world, "c"), world.store.head(SCHEME)) == ([], (0, 0, 0), before)


def test_an_exception_writes_nothing(world: World, begin: Begin) -> None:
    """An exception within the block must leave no trace, and come out."""

    def fail() -> None:
        with begin() as work:
            work.add(UNIT)
            work.get(Unit, "U-none")

    with pytest.raises(NotFoundError):
        fail()
    assert units(world) == []


def test_a_block_that_was_left_commits_nothing(world: World, begin: Begin) -> None:
    """A commit after the block must not bring back what was forgotten."""
    with begin() as work:
        work.add(UNIT)
        work.count("c", 1)
    work.commit(b"f")
    assert (units(world), value_of(world, "c")) == ([], (0, 0, 0))


def test_a_work_sees_its_own_additions(begin: Begin) -> None:
    """What a work has added it must find before the commit."""
    with begin() as work:
        work.add(UNIT)
        assert work.find(Unit, UNIT.unit_id) == UNIT


def test_a_work_sees_its_own_replacements(begin: Begin) -> None:
    """What a work has replaced it must find as it wrote it."""
    with begin() as work:
        stop(work)
        assert work.get(Period, PERIOD_KEY).state is PeriodState.CLOSING


def test_an_addition_can_be_replaced_at_once(world: World, begin: Begin) -> None:
    """What a work has added it must be able to replace, and the last one must be written."""
    with begin() as work:
        work.add(UNIT)
        work.replace(OTHER)
        work.commit(b"f")
    assert units(world) == [OTHER]


def test_a_second_addition_does_not_overwrite_the_first(begin: Begin) -> None:
    """Adding two entities of one key in one work must be refused, not lose the first."""
    with begin() as work:
        work.add(UNIT)
        with pytest.raises(AlreadyExistsError, match="unit 'U-9' already exists"):
            work.add(OTHER)


def test_what_was_not_read_is_not_replaced(begin: Begin) -> None:
    """An entity must be read before it is replaced."""
    with begin() as work, pytest.raises(InvalidValueError, match="must have been read before it is replaced"):
        work.replace(UNIT)


def test_what_is_absent_is_not_replaced(begin: Begin) -> None:
    """An entity that was looked for and not found must not be replaced."""
    with begin() as work:
        work.find(Unit, UNIT.unit_id)
        with pytest.raises(InvalidValueError, match="must have been read"):
            work.replace(UNIT)


def test_a_missing_entity_is_nothing_or_an_error(begin: Begin) -> None:
    """``find`` must answer nothing for a missing entity, ``get`` must raise."""
    with begin() as work:
        assert work.find(Unit, "U-9") is None
        with pytest.raises(NotFoundError, match="unit 'U-9' does not exist"):
            work.get(Unit, "U-9")


def test_entities_come_in_the_order_asked_for(begin: Begin) -> None:
    """Several keys must be answered in their order, once each, the missing ones left out."""
    with begin() as work:
        for number in (1, 2):
            work.add(attrs.evolve(UNIT, unit_id=f"U-{number}"))
        assert list(work.find_many(Unit, ("U-2", "U-3", "U-1", "U-2"))) == ["U-2", "U-1"]


def test_what_was_read_is_checked(begin: Begin) -> None:
    """A commit must be refused where something that was only read has changed."""
    with begin() as slow, begin() as fast:
        slow.get(Period, PERIOD_KEY)
        slow.add(UNIT)
        stop(fast)
        fast.commit(b"f")
        with pytest.raises(StaleVersionError, match="period 'HN-A/2014' has version 2, expected 1"):
            slow.commit(b"s")


def test_what_was_absent_is_checked(begin: Begin) -> None:
    """A commit must be refused where something that was found missing has been added."""
    with begin() as slow, begin() as fast:
        slow.find(Unit, UNIT.unit_id)
        slow.get(Scheme, SCHEME)
        fast.add(UNIT)
        fast.commit(b"f")
        with pytest.raises(AlreadyExistsError):
            slow.commit(b"s")


def test_a_second_reading_keeps_the_first_version(begin: Begin) -> None:
    """What was read twice with a change in between must be refused at the commit."""
    with begin() as slow, begin() as fast:
        slow.get(Period, PERIOD_KEY)
        stop(fast)
        fast.commit(b"f")
        slow.get(Period, PERIOD_KEY)
        with pytest.raises(ConflictError):
            slow.commit(b"s")


def test_a_counter_counts_what_this_work_adds(begin: Begin) -> None:
    """A work must see a counter with what it has added itself."""
    with begin() as work:
        work.count("c", 3)
        work.count("c", 4)
        assert work.counter("c") == 7


def test_a_new_counter_is_bounded(world: World, begin: Begin) -> None:
    """A counter must be kept between zero and its bound from its first use."""
    with begin() as work:
        work.count("c", 3, hi=5)
        work.commit(b"f")
    assert value_of(world, "c") == (3, 0, 5)


def test_a_counter_takes_the_bound_of_its_last_use(world: World, begin: Begin) -> None:
    """Where a limit is raised, the counter must get the new bound and keep its value."""
    for number, hi in enumerate((5, 5, 9), start=1):
        with begin() as work:
            work.count("c", 2, hi=hi)
            work.commit(b"f")
        assert value_of(world, "c") == (2 * number, 0, hi)


def test_a_counter_does_not_go_beyond_its_bound(begin: Begin) -> None:
    """An addition beyond the bound must refuse the whole commit."""
    with begin() as work:
        work.count("c", 6, hi=5)
        with pytest.raises(BoundExceededError):
            work.commit(b"f")


def test_additions_to_a_counter_do_not_disturb_each_other(world: World, begin: Begin) -> None:
    """Two works that count on one counter must both be written."""
    with begin() as first:
        first.count("c", 1)
        first.commit(b"f")
    with begin() as one, begin() as two:
        one.count("c", 10)
        two.count("c", 100)
        one.commit(b"1")
        two.commit(b"2")
    assert value_of(world, "c") == (111, 0, FEN_MAX)


def test_a_limit_is_consumed_on_its_present_value(begin: Begin) -> None:
    """Of two works that rest on one value of a limit, the second must be refused, though both would fit."""
    with begin() as first:
        first.consume("c", 1, hi=1_000)
        first.commit(b"f")
    with begin() as one, begin() as two:
        one.consume("c", 10, hi=1_000)
        two.consume("c", 100, hi=1_000)
        one.commit(b"1")
        with pytest.raises(ConflictError, match="counter 'c' has version 2, expected 1"):
            two.commit(b"2")


def test_an_entry_moves_its_balances(world: World, begin: Begin) -> None:
    """A posted entry must have a line per posting, and each account its change."""
    entry = grant_entry(
        entry_id="G-1",
        scheme_id=SCHEME,
        period_id=PERIOD,
        booked_on=COLLECTED_ON,
        amount=yuan(60_000),
        giver="市财政局",
    )
    with begin() as work:
        work.post(entry)
        work.commit(b"f")
    assert [line.posting for line in read_all(world.store, LedgerLine)] == list(entry.postings)
    assert [value_of(world, f"fund/{SCHEME}/{title}")[0] for title in ("bank", "grant")] == [6_000_000] * 2


def test_a_commit_leaves_one_event(world: World, begin: Begin) -> None:
    """The journal must get one event that names the act, the records, the bounds and the sums."""
    before = world.store.head(SCHEME).position
    with begin() as work:
        work.add(UNIT)
        work.count("c", 3, hi=5)
        work.commit(b"f")
    (event,) = world.store.feed(SCHEME, before)
    told = json.loads(event.body)
    assert (told["act"], told["subject"], told["bounds"], told["adds"]) == (
        "try",
        "T-1",
        [["c", 0, 5]],
        [["c", 3]],
    )
    assert [(each["kind"], each["key"], each["version"]) for each in told["records"]] == [("unit", "U-9", 1)]


def test_a_plain_record_has_a_plain_digest() -> None:
    """Whoever has a record that is not personal must be able to check it against the journal."""
    assert record_digest(KEYS, "unit", b"{}") == hashlib.sha256(b"{}").hexdigest()


def test_a_personal_record_has_a_keyed_digest() -> None:
    """A personal record must not be found out by trying all ID numbers against the journal."""
    assert record_digest(KEYS, "member", b"{}") == KEYS.digest("record", b"{}").hex()


def test_the_index_is_written_with_the_record(world: World, begin: Begin) -> None:
    """The declared index fields must be written beside the body."""
    with begin() as work:
        work.add(UNIT)
        work.commit(b"f")
    ref = Ref("unit", "U-9")
    assert world.store.get((ref,)).records[ref].index == {"pool_id": "430500", "name": "第九中学"}
    assert read_many(world.store, Unit, ("U-9",)) == {"U-9": UNIT}
