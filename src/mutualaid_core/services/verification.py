"""Verification (核验): the store is whole, and its figures agree with each other.

Beyond what a store checks itself, every journal event is read again: record bodies must
have the digests that the journal tells, counters must be what the journal added up to, the
ledger must balance, balances must be what the ledger says, no bank account may fall below
zero on any business day, and each disclosure must print the root that the journal had then.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeVar

import attrs

from mutualaid_core.domain.claims.decision import Decision
from mutualaid_core.domain.fund.account import FundAccount, Title
from mutualaid_core.domain.fund.ledger import LedgerEntry, LedgerLine, entry_of
from mutualaid_core.domain.governance.event import JournalEvent
from mutualaid_core.domain.membership.enrolment import Enrolment
from mutualaid_core.domain.oversight.disclosure import Disclosure
from mutualaid_core.domain.scheme.dues import FundingSource
from mutualaid_core.domain.scheme.period import Period
from mutualaid_core.domain.scheme.scheme import Scheme
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.identifiers import SchemeId
from mutualaid_core.domain.values.money import Money
from mutualaid_core.errors import MutualAidError
from mutualaid_core.ports.batch import Ref
from mutualaid_core.ports.chain import Head
from mutualaid_core.ports.kinds import KINDS
from mutualaid_core.ports.store import Store
from mutualaid_core.rules.claims.counters import counters_named
from mutualaid_core.rules.claims.plan.compile import compile_version
from mutualaid_core.serialization.codec import decode, from_plain
from mutualaid_core.serialization.records import form_of
from mutualaid_core.services.adjudication import use_counter
from mutualaid_core.work import Host, record_digest, records_of

if TYPE_CHECKING:
    import datetime

Entity = TypeVar("Entity")

PAGE = 1_000
SYSTEM_CHAIN = "system"
"""Chain of what belongs to no scheme."""


@attrs.frozen(kw_only=True)
class Verified:
    """What a verification looked at and found.

    Attributes:
        checked: How much was looked at, by name.
        faults: One sentence per fault; empty where everything agrees.
        heads: Position and Merkle root (hexadecimal) of each chain.
    """

    checked: tuple[tuple[str, int], ...]
    faults: tuple[str, ...]
    heads: tuple[tuple[str, int, str], ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing was found."""
        return not self.faults


def verify(host: Host) -> Verified:
    """Look everything over: chains, digests, counters, ledger, caps. Faults are results.

    Clause:
        ACFTU-8.1e, ACFTU-14.5, ACFTU-S4.2c
    """
    store, reader = host.store, _Reader(host.store)
    report = store.verify(deep=True)
    chains = (SYSTEM_CHAIN, *(scheme.scheme_id for scheme in reader.read(Scheme)))
    disclosures = tuple(reader.read(Disclosure))
    journal = _Journal(roots={(each.scheme_id, each.head_position): "" for each in disclosures})
    faults = [*report.faults, *(fault for chain in chains for fault in journal.read(store, chain))]
    faults += _digest_faults(host, journal.digests)
    faults += _counter_faults(store, journal, _counters_of(reader))
    counted = [_ledger_faults(reader, SchemeId(chain)) for chain in chains[1:]]
    faults += [fault for _, found in counted for fault in found]
    faults += [fault for chain in chains[1:] for fault in _limit_faults(reader, SchemeId(chain))]
    faults += _root_faults(disclosures, journal.roots)
    faults += reader.faults
    checked = {**report.checked, "journal events": journal.events, "ledger lines": sum(n for n, _ in counted)}
    checked["disclosures"] = len(disclosures)
    heads = tuple((chain, store.head(chain).position, store.head(chain).root.hex()) for chain in chains)
    return Verified(checked=tuple(checked.items()), faults=tuple(faults), heads=heads)


class _Reader:
    """Reads entities and keeps as faults the records that cannot be read, so that nothing stops there."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._faults: dict[Ref, str] = {}

    @property
    def faults(self) -> tuple[str, ...]:
        """One sentence per record that cannot be read."""
        return tuple(self._faults.values())

    def read(self, cls: type[Entity], field: str | None = None, value: str | None = None) -> Iterator[Entity]:
        """The entities of a class that can be read."""
        for record in records_of(self.store, form_of(cls).kind, field, value):
            try:
                entity = decode(record.body, cls)
            except MutualAidError:
                self._faults[record.ref] = f"{record.ref.kind} {record.ref.key} cannot be read"
            else:
                yield entity


class _Journal:
    """What the journal says: the last digest of each record, the sum of each counter, wanted roots."""

    def __init__(self, roots: dict[tuple[str, int], str]) -> None:
        self.events = 0
        self.roots = roots
        self.digests: dict[Ref, tuple[int, str]] = {}
        self.counters: dict[str, int] = defaultdict(int)
        self.bounds: dict[str, tuple[int, int]] = {}

    def read(self, store: Store, chain: str) -> Iterator[str]:
        """Fold a chain; yields a fault for an event that cannot be read."""
        after, head = 0, Head(chain=chain)
        while page := store.feed(chain, after, PAGE):
            for sealed in page:
                self.events += 1
                head = head.sealing(sealed.body)
                if (chain, head.position) in self.roots:
                    self.roots[chain, head.position] = head.root.hex()
                try:
                    self._fold(from_plain(json.loads(sealed.body), JournalEvent))
                except (ValueError, MutualAidError):
                    yield f"event {sealed.position} of chain {chain} cannot be read"
            after = page[-1].position

    def _fold(self, event: JournalEvent) -> None:
        for change in event.records:
            self.digests[Ref(change.kind, change.key)] = (change.version, change.digest)
        for counter, lo, hi in event.bounds:
            self.bounds[counter] = (lo, hi)
        for counter, delta in event.adds:
            self.counters[counter] += delta


def _root_faults(disclosures: tuple[Disclosure, ...], roots: dict[tuple[str, int], str]) -> Iterator[str]:
    """Disclosures whose printed root is not the one that the journal had at their position."""
    for each in disclosures:
        if roots[each.scheme_id, each.head_position] != each.head_root:
            yield f"disclosure {each.scheme_id}/{each.period_id} prints a root that the journal never had"


def _digest_faults(host: Host, told: dict[Ref, tuple[int, str]]) -> Iterator[str]:
    """Records that are not as the journal left them, and records that it does not know."""
    seen = set()
    for kind in KINDS:
        for record in records_of(host.store, kind.name):
            seen.add(record.ref)
            found = (record.version, record_digest(host.keys, kind.name, record.body))
            if told.get(record.ref) != found:
                what = "differs from the journal" if record.ref in told else "is not in the journal"
                yield f"{kind.name} {record.ref.key} {what}"
    for ref in sorted(told.keys() - seen):
        yield f"{ref.kind} {ref.key} is in the journal but not in the store"


def _counter_faults(store: Store, told: _Journal, others: set[str]) -> Iterator[str]:
    """Counters that are not what the journal added up to, within the bounds that it tells."""
    keys = sorted(told.counters.keys() | told.bounds.keys() | others)
    for start in range(0, len(keys), PAGE):
        page = keys[start : start + PAGE]
        counters = store.get((), page).counters
        for key in page:
            found = counters[key]
            if found.value != told.counters.get(key, 0):
                yield f"counter {key} is {found.value}, the journal adds up to {told.counters.get(key, 0)}"
            if (found.lo, found.hi) != told.bounds.get(key, (0, 0)):
                yield f"counter {key} is bounded by {found.lo} and {found.hi}, the journal tells otherwise"


def _counters_of(reader: "_Reader") -> set[str]:
    """Every counter that money or a cap could be kept in, whether the journal tells of it or not."""
    limits: dict[SchemeId, set[str]] = defaultdict(set)
    for version in reader.read(SchemeVersion):
        limits[version.scheme_id].update(counters_named(compile_version(version)))
    keys = {
        use_counter(each.scheme_id, each.period_id, each.member_id, name)
        for each in reader.read(Enrolment)
        for name in limits[each.scheme_id]
    }
    for period in reader.read(Period):
        for title in Title:
            own = period.period_id if title.per_period else None
            sources = FundingSource if title is Title.CONTRIBUTION else (None,)
            keys |= {
                FundAccount(scheme_id=period.scheme_id, title=title, period_id=own, source=source).counter
                for source in sources
            }
    return keys


def _ledger_faults(reader: "_Reader", scheme_id: SchemeId) -> tuple[int, list[str]]:
    """Number of lines, and where entries do not balance or balances do not follow from them."""
    by_entry: dict[str, list[LedgerLine]] = defaultdict(list)
    for line in reader.read(LedgerLine, "scheme_id", scheme_id):
        by_entry[line.entry_id].append(line)
    entries, faults = [], []
    for entry_id, lines in by_entry.items():
        try:
            entries.append(entry_of(tuple(lines)))
        except MutualAidError as error:
            faults.append(f"ledger entry {entry_id}: {error}")
    faults += _balance_faults(reader.store, entries)
    faults += _overdrawn_days(entries)
    return sum(len(lines) for lines in by_entry.values()), faults


def _balance_faults(store: Store, entries: list[LedgerEntry]) -> Iterator[str]:
    """Balance counters that are not what the entries add up to."""
    balances: dict[str, int] = defaultdict(int)
    for entry in entries:
        for posting in entry.postings:
            balances[entry.account(posting).counter] += posting.change
    counters = store.get((), sorted(balances)).counters
    for key, value in balances.items():
        if counters[key].value != value:
            yield f"counter {key} is {counters[key].value}, the ledger says {value}"


def _overdrawn_days(entries: list[LedgerEntry]) -> Iterator[str]:
    """Business days at whose end the bank account stood below zero: money was paid before it came."""
    changes: dict[datetime.date, int] = defaultdict(int)
    for entry in entries:
        changes[entry.booked_on] += sum(
            posting.change for posting in entry.postings if posting.title is Title.BANK
        )
    balance = 0
    for day in sorted(changes):
        balance += changes[day]
        if balance < 0:
            yield f"the bank account stood at {Money(balance)} on {day.isoformat()}"


def _limit_faults(reader: "_Reader", scheme_id: SchemeId) -> Iterator[str]:
    """Limits of a person of which more or less is used than the decisions say."""
    granted: dict[str, int] = defaultdict(int)
    for decision in reader.read(Decision, "scheme_id", scheme_id):
        for name, used in decision.uses:
            granted[use_counter(scheme_id, decision.period_id, decision.member_id, name)] += used
    counters = reader.store.get((), sorted(granted)).counters
    for key, value in granted.items():
        if counters[key].value != value:
            yield f"counter {key} is {counters[key].value}, the decisions add up to {value}"
