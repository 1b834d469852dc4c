"""The unit of work (工作单元): written once, on top of the storage port.

A ``Work`` collects what an act reads and writes and commits it as one batch: entities,
counters, ledger lines and one journal event together, or none. What was read and not
written is checked at commit, so a decision never rests on something that changed meanwhile.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from types import TracebackType
from typing import Any, Final, Generic, Self, TypeVar

import attrs

from mutualaid_core.domain.fund.ledger import LedgerEntry, lines_of
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.event import JournalEvent, RecordChange
from mutualaid_core.domain.values.money import FEN_MAX
from mutualaid_core.errors import (
    BoundExceededError,
    ConflictError,
    InvalidValueError,
    KeyReusedError,
    NotFoundError,
    StoreBusyError,
)
from mutualaid_core.ports.batch import Add, Batch, Bound, Check, Event, Put, Ref
from mutualaid_core.ports.clock import Clock
from mutualaid_core.ports.keys import Keys
from mutualaid_core.ports.kinds import IndexValue, kind_named
from mutualaid_core.ports.store import Query, Receipt, Record, Store
from mutualaid_core.serialization.codec import canonical, decode, encode, from_plain, to_plain
from mutualaid_core.serialization.records import form_of

Entity = TypeVar("Entity")
Result = TypeVar("Result")

TRIES_MAX: Final = 20
"""How often an act is decided anew when others were faster."""


@attrs.frozen(kw_only=True)
class Host:
    """What an act needs of the host application.

    Attributes:
        store: Where records are kept.
        clock: Tells the moment of recording.
        keys: Makes pseudonyms and keyed digests.
    """

    store: Store
    clock: Clock
    keys: Keys


@attrs.frozen(kw_only=True)
class Done(Generic[Result]):
    """What an act answers.

    Attributes:
        result: The act's own result, the same for every repetition of its key.
        replayed: Whether the act had been done before, so that nothing happened now.
    """

    result: Result
    replayed: bool


@attrs.frozen(kw_only=True)
class Purpose:
    """What an act is, for the journal.

    Attributes:
        name: Name of the act, for example ``adjudicate``.
        subject: What it is about: a unit, a claim, a period.
        chain: Chain of the journal, the scheme's id.
    """

    name: str
    subject: str
    chain: str


class Work:
    """One unit of work; leaving its ``with`` block without ``commit`` leaves no trace."""

    def __init__(self, host: Host, act: Act, purpose: Purpose) -> None:
        """Start with nothing read and nothing to write."""
        self._host = host
        self._act = act
        self._purpose = purpose
        self._seen: dict[Ref, int] = {}
        self._puts: dict[Ref, Put] = {}
        self._counters: dict[str, tuple[int, int]] = {}
        self._bounds: dict[str, Bound] = {}
        self._adds: list[Add] = []

    def __enter__(self) -> Self:
        """The work itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Forget what was not committed."""
        self._puts.clear()
        self._adds.clear()
        self._bounds.clear()

    def find_many(self, cls: type[Entity], keys: Iterable[str]) -> dict[str, Entity]:
        """Entities by key; a missing one is absent from the answer."""
        refs = [Ref(form_of(cls).kind, key) for key in keys]
        records = self._host.store.get(refs).records
        for ref in refs:
            self._seen.setdefault(ref, records[ref].version if ref in records else 0)
        return {ref.key: decode(records[ref].body, cls) for ref in refs if ref in records}

    def find(self, cls: type[Entity], key: str) -> Entity | None:
        """The entity of that key, or ``None``."""
        return self.find_many(cls, (key,)).get(key)

    def get(self, cls: type[Entity], key: str) -> Entity:
        """The entity of that key.

        Raises:
            NotFoundError: There is none.
        """
        found = self.find(cls, key)
        if found is None:
            raise NotFoundError(form_of(cls).kind, key)
        return found

    def add(self, entity: object) -> None:
        """Write an entity that must not exist yet."""
        self._write(entity, expect=0)

    def replace(self, entity: object) -> None:
        """Write an entity over the version that this work has read.

        Raises:
            InvalidValueError: It was not read here before.
        """
        form = form_of(type(entity))
        seen = self._seen.get(Ref(form.kind, form.key(entity)), 0)
        if not seen:
            raise InvalidValueError("entity", "must have been read before it is replaced", form.kind)
        self._write(entity, expect=seen)

    def _write(self, entity: object, *, expect: int) -> None:
        form = form_of(type(entity))
        ref = Ref(form.kind, form.key(entity))
        self._puts[ref] = Put(ref=ref, expect=expect, body=encode(entity), index=form.index(entity))

    def counter(self, key: str) -> int:
        """Present value of a counter, with what this work adds; 0 if it does not exist."""
        if key not in self._counters:
            counter = self._host.store.get((), (key,)).counters[key]
            self._counters[key] = (counter.value, counter.version)
        return self._counters[key][0]

    def count(self, key: str, delta: int, *, hi: int = FEN_MAX) -> None:
        """Add to a counter that never falls below zero nor rises above *hi*.

        A counter that does not exist yet is bounded first.
        """
        value = self.counter(key)
        if self._counters[key][1] == 0 and key not in self._bounds:
            self._bounds[key] = Bound(counter=key, expect=0, lo=0, hi=hi)
        self._adds.append(Add(key, delta))
        self._counters[key] = (value + delta, self._counters[key][1])

    def post(self, entry: LedgerEntry) -> None:
        """Append a ledger entry: its lines, and the change of every account's balance."""
        for line in lines_of(entry):
            self.add(line)
        for posting in entry.postings:
            self.count(entry.account(posting).counter, posting.change)

    def commit(self, fingerprint: bytes, outcome: bytes = b"") -> Receipt:
        """Write everything at once, with one journal event.

        Args:
            fingerprint: Keyed digest of the command.
            outcome: What a repetition of the act's key is answered.

        Raises:
            ConflictError: Something read or written here has changed.
            BoundExceededError: A counter would leave its bounds.
        """
        checks = tuple(Check(ref, version) for ref, version in self._seen.items() if ref not in self._puts)
        batch = Batch(
            key=self._act.key,
            fingerprint=fingerprint,
            checks=checks,
            puts=tuple(self._puts.values()),
            bounds=tuple(self._bounds.values()),
            adds=tuple(self._adds),
            events=(self._event(),),
            outcome=outcome,
        )
        return self._host.store.commit(batch)

    def _event(self) -> Event:
        now = self._host.clock.now_us()
        event = JournalEvent(
            act=self._purpose.name,
            actor=self._act.actor,
            business_on=self._act.business_on,
            recorded_at_us=now,
            subject=self._purpose.subject,
            records=tuple(self._change(put) for put in self._puts.values()),
            bounds=tuple((bound.counter, bound.lo, bound.hi) for bound in self._bounds.values()),
            adds=tuple((add.counter, add.delta) for add in self._adds),
        )
        index: dict[str, IndexValue] = {
            "act": event.act,
            "actor": event.actor.actor_id,
            "business_on": event.business_on,
            "recorded_at_us": now,
            "subject": event.subject,
        }
        return Event(chain=self._purpose.chain, body=canonical(to_plain(event)), index=index)

    def _change(self, put: Put) -> RecordChange:
        digest = record_digest(self._host.keys, put.ref.kind, put.body)
        return RecordChange(kind=put.ref.kind, key=put.ref.key, version=put.expect + 1, digest=digest)


def record_digest(keys: Keys, kind: str, body: bytes) -> str:
    """Hexadecimal digest of a body for the journal; keyed where the kind is personal."""
    if kind_named(kind).personal:
        return keys.digest("record", body).hex()
    return hashlib.sha256(body).hexdigest()


def perform(
    host: Host,
    act: Act,
    purpose: Purpose,
    command: object,
    result_type: type[Result],
    decide: Callable[[Work], Result],
) -> Done[Result]:
    """Do an act once: decide on a snapshot, commit, and decide anew when others were faster.

    Args:
        host: Store, clock and keys.
        act: Who, when, under which idempotency key.
        purpose: Name and subject for the journal.
        command: Content of the act; a repetition of the key must bring the same.
        result_type: Class of the result.
        decide: Reads and writes through the work, and answers the result. It may be called
            several times and must not change anything outside the work.

    Raises:
        KeyReusedError: The key was used with other content.
        StoreBusyError: Others were faster too often.
    """
    fingerprint = _fingerprint(host.keys, act, purpose, command)
    for _ in range(TRIES_MAX):
        known = host.store.receipt(act.key)
        if known is not None:
            return _answer(known, fingerprint, result_type)
        with Work(host, act, purpose) as work:
            outcome = canonical(to_plain(decide(work)))
            try:
                return _answer(work.commit(fingerprint, outcome), fingerprint, result_type)
            except (ConflictError, BoundExceededError):
                continue
    raise StoreBusyError("perform", f"others were faster {TRIES_MAX} times", hint="try again")


def _fingerprint(keys: Keys, act: Act, purpose: Purpose, command: object) -> bytes:
    content = {"act": to_plain(act), "name": purpose.name, "command": to_plain(command)}
    return keys.digest("command", canonical(content))


def _answer(receipt: Receipt, fingerprint: bytes, result_type: type[Result]) -> Done[Result]:
    if receipt.fingerprint != fingerprint:
        raise KeyReusedError(receipt.key)
    return Done(result=from_plain(json.loads(receipt.outcome), result_type), replayed=receipt.replayed)


def read_one(store: Store, cls: type[Entity], key: str) -> Entity:
    """An entity by key, outside any work.

    Raises:
        NotFoundError: There is none.
    """
    ref = Ref(form_of(cls).kind, key)
    record = store.get((ref,)).records.get(ref)
    if record is None:
        raise NotFoundError(ref.kind, ref.key)
    return decode(record.body, cls)


def read_many(store: Store, cls: type[Entity], keys: Sequence[str]) -> dict[str, Entity]:
    """Entities by key, outside any work; a missing one is absent."""
    records = store.get([Ref(form_of(cls).kind, key) for key in keys]).records
    return {ref.key: decode(record.body, cls) for ref, record in records.items()}


def read_all(store: Store, cls: type[Entity], field: str | None = None, value: IndexValue = None) -> Iterator[Entity]:
    """Every entity of a class whose index *field* equals *value*, in the order of the key."""
    for record in records_of(store, form_of(cls).kind, field, value):
        yield decode(record.body, cls)


def records_of(store: Store, kind: str, field: str | None = None, value: IndexValue = None) -> Iterator[Record]:
    """Every record of a kind whose index *field* equals *value*, page by page."""
    query: Any = Query(kind=kind, field=field, low=value, high=value)
    while True:
        page = store.scan(query)
        yield from page.records
        if page.next is None:
            return
        query = attrs.evolve(query, after=page.next)
