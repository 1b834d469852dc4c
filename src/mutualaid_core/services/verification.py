"""Verification (核验): the store is whole, and its figures agree with each other.

Beyond what a store checks itself, every journal event is read again: record bodies must
have the digests that the journal tells, counters must be what the journal added up to, the
ledger must balance, and balances must be what the ledger says.
"""

import json
from collections import defaultdict
from collections.abc import Iterator

import attrs

from mutualaid_core.domain.claims.decision import Decision
from mutualaid_core.domain.fund.ledger import LedgerLine, entry_of
from mutualaid_core.domain.governance.event import JournalEvent
from mutualaid_core.domain.scheme.scheme import Scheme
from mutualaid_core.domain.values.identifiers import SchemeId
from mutualaid_core.errors import MutualAidError
from mutualaid_core.ports.batch import Ref
from mutualaid_core.ports.kinds import KINDS
from mutualaid_core.ports.store import Store
from mutualaid_core.serialization.codec import from_plain
from mutualaid_core.services.adjudication import cap_counter
from mutualaid_core.work import Host, read_all, record_digest, records_of

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
    store = host.store
    report = store.verify(deep=True)
    chains = (SYSTEM_CHAIN, *(scheme.scheme_id for scheme in read_all(store, Scheme)))
    journal = _Journal()
    faults = [*report.faults, *(fault for chain in chains for fault in journal.read(store, chain))]
    faults += _digest_faults(host, journal.digests)
    faults += _counter_faults(store, journal.counters)
    counted = [_ledger_faults(store, SchemeId(chain)) for chain in chains[1:]]
    faults += [fault for _, found in counted for fault in found]
    faults += [fault for chain in chains[1:] for fault in _cap_faults(store, SchemeId(chain))]
    checked = {**report.checked, "journal events": journal.events, "ledger lines": sum(n for n, _ in counted)}
    heads = tuple((chain, store.head(chain).position, store.head(chain).root.hex()) for chain in chains)
    return Verified(checked=tuple(checked.items()), faults=tuple(faults), heads=heads)


class _Journal:
    """What the journal says: the last digest of each record, the sum of each counter."""

    def __init__(self) -> None:
        self.events = 0
        self.digests: dict[Ref, tuple[int, str]] = {}
        self.counters: dict[str, int] = defaultdict(int)

    def read(self, store: Store, chain: str) -> Iterator[str]:
        """Fold a chain; yields a fault for an event that cannot be read."""
        after = 0
        while page := store.feed(chain, after, PAGE):
            for sealed in page:
                self.events += 1
                try:
                    self._fold(from_plain(json.loads(sealed.body), JournalEvent))
                except (ValueError, MutualAidError):
                    yield f"event {sealed.position} of chain {chain} cannot be read"
            after = page[-1].position

    def _fold(self, event: JournalEvent) -> None:
        for change in event.records:
            self.digests[Ref(change.kind, change.key)] = (change.version, change.digest)
        for counter, delta in event.adds:
            self.counters[counter] += delta


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


def _counter_faults(store: Store, told: dict[str, int]) -> Iterator[str]:
    keys = sorted(told)
    for start in range(0, len(keys), PAGE):
        page = keys[start : start + PAGE]
        counters = store.get((), page).counters
        for key in page:
            if counters[key].value != told[key]:
                yield f"counter {key} is {counters[key].value}, the journal adds up to {told[key]}"


def _ledger_faults(store: Store, scheme_id: SchemeId) -> tuple[int, list[str]]:
    """Number of lines, and where entries do not balance or balances do not follow from them."""
    entries: dict[str, list[LedgerLine]] = defaultdict(list)
    for line in read_all(store, LedgerLine, "scheme_id", scheme_id):
        entries[line.entry_id].append(line)
    balances: dict[str, int] = defaultdict(int)
    faults = []
    for entry_id, lines in entries.items():
        try:
            entry = entry_of(tuple(lines))
        except MutualAidError as error:
            faults.append(f"ledger entry {entry_id}: {error}")
            continue
        for posting in entry.postings:
            balances[entry.account(posting).counter] += posting.change
    counters = store.get((), sorted(balances)).counters
    faults += [
        f"counter {key} is {counters[key].value}, the ledger says {value}"
        for key, value in balances.items()
        if counters[key].value != value
    ]
    return sum(len(lines) for lines in entries.values()), faults


def _cap_faults(store: Store, scheme_id: SchemeId) -> Iterator[str]:
    """Persons whose cap counter is not the sum of their decided benefits."""
    granted: dict[str, int] = defaultdict(int)
    for decision in read_all(store, Decision, "scheme_id", scheme_id):
        if decision.benefit:
            granted[cap_counter(scheme_id, decision.period_id, decision.member_id)] += decision.benefit.fen
    counters = store.get((), sorted(granted)).counters
    for key, value in granted.items():
        if counters[key].value != value:
            yield f"counter {key} is {counters[key].value}, the decisions add up to {value}"
