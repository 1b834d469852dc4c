"""Verification: a store that is whole says so, and each planted fault is found."""

import json

import attrs
import pytest

from mutualaid_core.domain.claims.decision import Decision
from mutualaid_core.domain.fund.account import Side, Title
from mutualaid_core.domain.fund.ledger import EntryKind, LedgerLine, Posting
from mutualaid_core.domain.membership.unit import Unit
from mutualaid_core.ports.batch import Add, Batch, Bound, Event, Put, Ref
from mutualaid_core.serialization.codec import encode
from mutualaid_core.serialization.records import form_of
from mutualaid_core.services.adjudication import use_counter
from mutualaid_core.services.founding import Founded
from mutualaid_core.services.verification import Verified, verify
from mutualaid_core.testing.samples import CLOSED_ON, COLLECTED_ON, PERIOD, SCHEME, member_id, stay, yuan
from mutualaid_core.testing.world import World
from mutualaid_core.work import Purpose, Work, read_one

PURPOSE = Purpose(name="plant", subject="fault", chain=SCHEME, answer=Founded)
BANK = f"fund/{SCHEME}/bank"
UNIT = Unit(unit_id="U-9", name="第九中学", pool_id="430500")


@pytest.fixture
def paid(funded: World) -> World:
    """A claim that was approved and paid."""
    funded.file(stay(8_000))
    funded.pay("S-1")
    return funded


def planted(world: World, **parts: object) -> Verified:
    """What a verification says after somebody wrote past the library."""
    world.store.commit(Batch(key="planted", fingerprint=b"f", **parts))
    return verify(world.host)


def put(entity: object, *, expect: int = 0) -> Put:
    """An entity to be written without an event."""
    form = form_of(type(entity))
    return Put(
        ref=Ref(form.kind, form.key(entity)), expect=expect, body=encode(entity), index=form.index(entity)
    )


def test_a_year_that_was_run_is_whole(paid: World) -> None:
    """After ordinary acts nothing must be found, and what was looked at must be told."""
    found = verify(paid.host)
    assert (found.is_whole, found.faults) == (True, ())
    checked = dict(found.checked)
    # found, admit, enrol, remit, grant, file, pay
    assert (checked["journal events"], checked["ledger lines"]) == (7, 8)


def test_an_empty_store_is_whole() -> None:
    """A store in which nothing was done must be whole."""
    assert verify(World().host).heads == (("system", 0, verify(World().host).heads[0][2]),)


def test_heads_are_told(paid: World) -> None:
    """Position and root of each chain must be told, so that they can be printed."""
    head = paid.store.head(SCHEME)
    assert verify(paid.host).heads[1] == (SCHEME, 7, head.root.hex())


def test_a_record_that_the_journal_does_not_know_is_found(paid: World) -> None:
    """A record that was written past the journal must be named."""
    assert planted(paid, puts=(put(UNIT),)).faults == ("unit U-9 is not in the journal",)


def test_a_record_that_was_changed_is_found(paid: World) -> None:
    """A decision that was rewritten past the journal must be named."""
    decision = read_one(paid.store, Decision, "HN-A/S-1")
    later = attrs.evolve(decision, decided_on=COLLECTED_ON)
    assert planted(paid, puts=(put(later, expect=1),)).faults == (
        "decision HN-A/S-1 differs from the journal",
    )


def test_a_record_that_is_missing_is_found(paid: World) -> None:
    """A record that the journal tells of and the store has not must be named."""
    change = {"kind": "unit", "key": "U-9", "version": 1, "digest": "00"}
    assert planted(paid, events=(_event(paid, records=[change]),)).faults == (
        "unit U-9 is in the journal but not in the store",
    )


def test_a_counter_that_was_moved_is_found(paid: World) -> None:
    """A balance that was moved past the journal must be named, against journal and ledger."""
    assert planted(paid, adds=(Add(BANK, 1),)).faults == (
        f"counter {BANK} is 5755001, the journal adds up to 5755000",
        f"counter {BANK} is 5755001, the ledger says 5755000",
    )


def test_a_cap_that_was_moved_is_found(paid: World) -> None:
    """A person's use of the cap that was moved must be named, against journal and decisions."""
    key = use_counter(SCHEME, PERIOD, member_id(1), "amount/inpatient/period")
    assert planted(paid, adds=(Add(key, -1),)).faults == (
        f"counter {key} is 254999, the journal adds up to 255000",
        f"counter {key} is 254999, the decisions add up to 255000",
    )


def test_an_event_that_cannot_be_read_is_found(paid: World) -> None:
    """An event that is no journal event must be named by its place."""
    index = dict.fromkeys(("act", "actor", "business_on", "recorded_at_us", "subject"))
    for number, body in enumerate((b"{", b"{}")):
        event = Event(chain=SCHEME, body=body, index=index)
        paid.store.commit(Batch(key=f"planted-{number}", fingerprint=b"f", events=(event,)))
    assert verify(paid.host).faults == (
        f"event 8 of chain {SCHEME} cannot be read",
        f"event 9 of chain {SCHEME} cannot be read",
    )


def test_an_entry_without_all_its_lines_is_found(paid: World) -> None:
    """A ledger line without its counterpart must be named by its entry."""
    line = LedgerLine(
        entry_id="X-1",
        line=1,
        lines=2,
        scheme_id=SCHEME,
        period_id=PERIOD,
        booked_on=COLLECTED_ON,
        kind=EntryKind.GRANT,
        subject="X",
        posting=Posting(title=Title.BANK, side=Side.DEBIT, amount=yuan(1)),
    )
    with Work(paid.host, paid.act(), PURPOSE) as work:
        work.add(line)
        work.commit(b"f")
    assert verify(paid.host).faults == ("ledger entry X-1: lines must be every line of one entry, got (1,)",)


def test_more_counters_than_a_page_are_verified(world: World) -> None:
    """Every counter of the journal must be looked at, however many there are."""
    for part in range(3):
        with Work(world.host, world.act(), PURPOSE) as work:
            for number in range(400):
                work.count(f"c-{part}-{number:03d}", 1)
            work.commit(b"f")
    moved = planted(world, adds=(Add("c-2-399", 1),))
    assert moved.faults == ("counter c-2-399 is 2, the journal adds up to 1",)


def _event(world: World, *, records: list[dict[str, object]]) -> Event:
    """The last event of the journal again, with other records and without sums."""
    last = world.store.feed(SCHEME)[-1]
    body = json.loads(last.body) | {"records": records, "bounds": [], "adds": []}
    return Event(chain=SCHEME, body=json.dumps(body).encode(), index=last.index)


def test_bounds_alone_are_no_fault(paid: World) -> None:
    """A counter that was bounded and never added to must not be held against the journal."""
    assert planted(paid, bounds=(Bound(counter="c", expect=0, lo=0, hi=1),)).faults == ()


def test_money_that_was_paid_before_it_came_is_found(joined: World) -> None:
    """A payment of a day on which the bank account held less must be named with that day."""
    joined.grant(60_000, on=CLOSED_ON)
    joined.file(stay(8_000))
    joined.pay("S-1")
    faults = verify(joined.host).faults
    assert [fault.partition(" on ")[0] for fault in faults] == ["the bank account stood at -2450.00"]


def test_a_disclosure_prints_the_root_of_its_journal(paid: World) -> None:
    """A root that the journal never had must be named."""
    paid.stop()
    paid.close()
    disclosure = paid.disclose().disclosure
    assert disclosure is not None
    assert verify(paid.host).faults == ()
    forged = attrs.evolve(disclosure, period_id="2013", head_root="00" * 32)
    told = planted(paid, puts=(put(forged),)).faults
    assert "disclosure HN-A/2013 prints a root that the journal never had" in told


def test_a_record_that_cannot_be_read_does_not_stop_the_rest(paid: World) -> None:
    """A body that is no document must be named, and everything else still be looked at."""
    broken = attrs.evolve(put(read_one(paid.store, Decision, "HN-A/S-1"), expect=1), body=b"{")
    faults = planted(paid, puts=(broken,)).faults
    assert "decision HN-A/S-1 cannot be read" in faults
    assert "decision HN-A/S-1 differs from the journal" in faults
