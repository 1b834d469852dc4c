"""One unit of work: what an act reads and writes, committed as one batch or not at all.

Entities, counters, ledger lines and one journal event are written together. A record that
was read and not written is checked at commit, and so is a counter that a decision rests on,
so that no decision rests on something that changed meanwhile.
"""

import hashlib
from collections.abc import Iterable, Mapping
from types import TracebackType
from typing import Generic, Self, TypeVar

import attrs

from mutualaid_core.domain.fund.ledger import LedgerEntry, lines_of
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.event import JournalEvent, RecordChange
from mutualaid_core.domain.values.money import FEN_MAX
from mutualaid_core.errors import AlreadyExistsError, InvalidValueError, NotFoundError
from mutualaid_core.ports.batch import Add, Batch, Bound, Check, Event, Put, Ref
from mutualaid_core.ports.clock import Clock
from mutualaid_core.ports.keys import Keys
from mutualaid_core.ports.kinds import IndexValue, kind_named
from mutualaid_core.ports.store import Counter, Receipt, Store
from mutualaid_core.serialization.codec import canonical, decode, encode, to_plain
from mutualaid_core.serialization.records import form_of

Entity = TypeVar("Entity")
Result_co = TypeVar("Result_co", covariant=True)


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
class Purpose(Generic[Result_co]):
    """What an act is for.

    Attributes:
        name: Name of the act in the journal, for example ``adjudicate``.
        subject: What it is about: a unit, a claim, a period.
        chain: Chain of the journal, the scheme's id.
        answer: Class of the act's result.
    """

    name: str
    subject: str
    chain: str
    answer: type[Result_co]


class Work:
    """One unit of work; leaving its ``with`` block without ``commit`` leaves no trace."""

    def __init__(self, host: Host, act: Act, purpose: Purpose[object]) -> None:
        """Start with nothing read and nothing to write."""
        self._host = host
        self._act = act
        self._purpose = purpose
        self._seen: dict[Ref, int] = {}
        self._puts: dict[Ref, Put] = {}
        self._counters: dict[str, Counter] = {}
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
        """Entities by key, as this work has written them; a missing one is absent."""
        refs = [Ref(form_of(cls).kind, key) for key in dict.fromkeys(keys)]
        records = self._host.store.get([ref for ref in refs if ref not in self._puts]).records
        bodies = {ref: put.body for ref, put in self._puts.items()}
        for ref in refs:
            if ref not in self._puts:
                self._seen.setdefault(ref, records[ref].version if ref in records else 0)
        bodies |= {ref: record.body for ref, record in records.items()}
        return {ref.key: decode(bodies[ref], cls) for ref in refs if ref in bodies}

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
        """Write an entity that must not exist yet.

        Raises:
            AlreadyExistsError: This work has written it before.
        """
        self.add_body(_ref_of(entity), encode(entity), form_of(type(entity)).index(entity))

    def add_body(self, ref: Ref, body: bytes, index: Mapping[str, IndexValue]) -> None:
        """Write a record that must not exist yet, and whose bytes its caller has made.

        It is for records that come by the thousand: the caller answers for it that *body* is,
        byte for byte, what ``encode`` makes of the entity.

        Args:
            ref: Kind and key.
            body: The record.
            index: Values of the kind's index fields.

        Raises:
            AlreadyExistsError: This work has written it before.
        """
        if ref in self._puts:
            raise AlreadyExistsError(ref.kind, ref.key, expected=0, actual=self._puts[ref].expect + 1)
        self._puts[ref] = Put(ref=ref, expect=0, body=body, index=index)

    def replace(self, entity: object) -> None:
        """Write an entity over the version that this work has read or written.

        Raises:
            InvalidValueError: It was neither read nor written here before.
        """
        ref = _ref_of(entity)
        if ref in self._puts:
            self._write(ref, entity, expect=self._puts[ref].expect)
            return
        seen = self._seen.get(ref, 0)
        if not seen:
            raise InvalidValueError("entity", "must have been read before it is replaced", ref.kind)
        self._write(ref, entity, expect=seen)

    def _write(self, ref: Ref, entity: object, *, expect: int) -> None:
        index = form_of(type(entity)).index(entity)
        self._puts[ref] = Put(ref=ref, expect=expect, body=encode(entity), index=index)

    def counter(self, key: str) -> int:
        """Present value of a counter, with what this work adds; 0 if it does not exist."""
        return self._counter(key).value

    def _counter(self, key: str) -> Counter:
        if key not in self._counters:
            self._counters[key] = self._host.store.get((), (key,)).counters[key]
        return self._counters[key]

    def count(self, key: str, delta: int, *, hi: int = FEN_MAX) -> None:
        """Add to a counter that never falls below zero nor rises above *hi*.

        Others may add to it meanwhile. Bounds are put where there are none, or others.
        """
        counter = self._counter(key)
        if counter.version == 0 or (counter.lo, counter.hi) != (0, hi):
            self._bound(counter, hi)
        self._add(key, delta)

    def consume(self, key: str, delta: int, *, hi: int) -> None:
        """Add to a limit on whose present value this work's decision rests.

        The bounds are put anew each time: if others consumed of it meanwhile, the commit is
        refused, and the decision made anew on what they left.
        """
        self._bound(self._counter(key), hi)
        self._add(key, delta)

    def _bound(self, counter: Counter, hi: int) -> None:
        self._bounds[counter.key] = Bound(counter=counter.key, expect=counter.version, lo=0, hi=hi)
        # The version stays that of the store: it is what the one bound of the batch expects.
        self._counters[counter.key] = attrs.evolve(counter, lo=0, hi=hi)

    def _add(self, key: str, delta: int) -> None:
        self._adds.append(Add(key, delta))
        counter = self._counters[key]
        self._counters[key] = attrs.evolve(counter, value=counter.value + delta)

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


def _ref_of(entity: object) -> Ref:
    form = form_of(type(entity))
    return Ref(form.kind, form.key(entity))


def record_digest(keys: Keys, kind: str, body: bytes) -> str:
    """Hexadecimal digest of a body for the journal; keyed where the kind is personal."""
    if kind_named(kind).personal:
        return keys.digest("record", body).hex()
    return hashlib.sha256(body).hexdigest()
