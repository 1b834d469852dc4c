"""The agreement machine: one random history for many stores, every answer and refusal compared.

A history is made of a seed alone, so a seed that fails is the report of the fault. Steps
are commits and reads on a small world of nasty keys, in which most batches fit and some do
not; after each step all stores must have said the same, to the attributes of the error.
"""

import datetime
import random
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, TypeAlias

import attrs

from mutualaid_core.errors import MutualAidError
from mutualaid_core.ports.batch import INT64_MAX, INT64_MIN, Add, Batch, Check, Ref
from mutualaid_core.ports.kinds import KINDS, IndexType, IndexValue, kind_named
from mutualaid_core.ports.store import Counter, Cursor, Page, Query, Store
from mutualaid_core.testing.builders import Part, batch, bound, event, put

Answer: TypeAlias = tuple[str, object]
"""What a call gave: ``("answer", value)``, or the name of an error and its attributes."""

KINDS_USED: Final = ("claim", "unique", "payment", "decision")
KEYS_USED: Final = ("a", "A", "a ", "é", "e\u0301", "\uff11", "a\x00", "k" * 190)
COUNTERS_USED: Final = ("n", "N", "n ", "full")
CHAINS_USED: Final = ("x", "X")
_TEXTS: Final = (None, "", "open", "Open", "open ", "é", "中", "'; --", "😀")
_INTS: Final = (None, INT64_MIN, -1, 0, 1, 2**53 + 1, INT64_MAX)
_DAYS: Final = (None, datetime.date(2014, 1, 1), datetime.date(2016, 2, 29))
_VALUES: Final[dict[IndexType, Sequence[IndexValue]]] = {
    IndexType.TEXT: _TEXTS,
    IndexType.INT: _INTS,
    IndexType.DAY: _DAYS,
}
_DELTAS: Final = (0, 1, 1, 2, 3, 5, -1, -2, -4, INT64_MAX, INT64_MIN)
_BOUNDS: Final = ((0, 10), (0, 5), (-5, 5), (0, 0), (INT64_MIN, INT64_MAX), (0, INT64_MAX), (2, 8))
_WISE: Final = 0.9
"""How often a step rests on what is there, and so is likely to fit."""

_BODIES: Final = (b"", b"{}", b"\x00\xff", "职工".encode(), b'{"a":"\\u0000"}\n')


class DisagreementError(AssertionError):
    """Two stores answered the same step differently.

    Attributes:
        seed: Seed of the history.
        step: Number of the step in it, from 0.
        said: What each store said, in the order of the stores.
    """

    def __init__(self, seed: int, step: int, what: str, said: Sequence[object]) -> None:
        """Show the step and every answer."""
        self.seed, self.step, self.said = seed, step, tuple(said)
        told = "".join(f"\n  store {number}: {one!r}" for number, one in enumerate(said))
        super().__init__(f"history {seed}, step {step}, {what}:{told}")


def answer(call: Callable[[], object]) -> Answer:
    """What *call* gives, an error of the library with all its attributes included."""
    try:
        given = call()
    except MutualAidError as error:
        return type(error).__name__, vars(error)
    replayed = getattr(given, "replayed", None)
    return ("answer", given) if replayed is None else (f"answer, replayed {replayed}", given)


@attrs.frozen
class World:
    """What a history can touch.

    Attributes:
        refs: Records.
        counters: Counters.
        chains: Chains.
        keys: Idempotency keys.
    """

    refs: Sequence[Ref]
    counters: Sequence[str]
    chains: Sequence[str]
    keys: Sequence[str]


def picture(store: Store, world: World) -> list[object]:
    """Everything that a store says of a world."""
    seen: list[object] = [store.get(world.refs, world.counters)]
    for chain in world.chains:
        seen += [store.head(chain), list(store.feed(chain))]
    return [*seen, [store.receipt(key) for key in world.keys]]


@attrs.define
class History:
    """A random history; the same for the same seed.

    Attributes:
        seed: What it is made of.
        space: Put before every key, so that histories can share a store.
    """

    seed: int
    space: str
    _random: random.Random = attrs.field(init=False)
    _versions: dict[Ref, int] = attrs.field(factory=dict, init=False)
    _held: dict[str, Counter] = attrs.field(factory=dict, init=False)
    _cursors: dict[tuple[str, str | None], Cursor | None] = attrs.field(factory=dict, init=False)
    _commits: int = attrs.field(default=0, init=False)

    def __attrs_post_init__(self) -> None:
        """Begin the stream of chances."""
        self._random = random.Random(self.seed)  # noqa: S311 - a history must repeat, not surprise

    def step(self) -> tuple[str, Callable[[Store], object]]:
        """The next step: its name and what to do to each store."""
        makers: dict[Callable[[], tuple[str, Callable[[Store], object]]], int] = {
            self._commit: 50,
            self._get: 8,
            self._scan: 20,
            self._feed: 8,
            self._head: 6,
            self._receipt: 6,
            self._verify: 2,
        }
        (maker,) = self._random.choices(tuple(makers), tuple(makers.values()))
        return maker()

    def learn(self, store: Store) -> None:
        """Take over from *store* which versions there are now."""
        refs, counters = self.refs(), self.counters()
        snapshot = store.get(refs, counters)
        self._versions = {ref: record.version for ref, record in snapshot.records.items()}
        self._held = dict(snapshot.counters)

    def refs(self) -> list[Ref]:
        """Every record of this history's world."""
        return [Ref(kind, self.space + key) for kind in KINDS_USED for key in KEYS_USED]

    def counters(self) -> list[str]:
        """Every counter of this history's world."""
        return [self.space + name for name in COUNTERS_USED]

    def chains(self) -> list[str]:
        """Every chain of this history's world."""
        return [self.space + name for name in CHAINS_USED]

    def keys(self) -> list[str]:
        """Every idempotency key that was used so far, and one that was not."""
        return [f"{self.space}k{number}" for number in range(self._commits + 2)]

    def _near(self, version: int) -> int:
        return max(0, version + self._random.choice((0,) * 30 + (1, -1)))

    def _index(self, fields: tuple[tuple[str, IndexType], ...]) -> dict[str, IndexValue]:
        return {name: self._random.choice(_VALUES[index_type]) for name, index_type in fields}

    def _body(self) -> bytes:
        return self._random.choice(_BODIES)

    def _commit(self) -> tuple[str, Callable[[Store], object]]:
        made = self._batch()
        return f"commit {made!r}", lambda store: store.commit(made)

    def _batch(self) -> Batch:
        chance = self._random
        # One commit in six comes with a key that was used before.
        if self._commits and chance.random() < 1 / 6:
            key = f"{self.space}k{chance.randrange(self._commits)}"
        else:
            key, self._commits = f"{self.space}k{self._commits}", self._commits + 1
        refs = chance.sample(self.refs(), chance.choice((0, 1, 1, 2, 3, 6)))
        parts = [self._on_record(ref) for ref in refs]
        parts += [self._on_bounds(key) for key in chance.sample(self.counters(), chance.choice((0, 0, 1, 2)))]
        for _ in range(chance.choice((0, 0, 1, 2, 4))):
            parts.append(self._on_value())
        for _ in range(chance.choice((0, 1, 1, 3))):
            parts.append(event(self._body(), chance.choice(self.chains()), act=chance.choice(_TEXTS)))
        fingerprint = chance.choice((b"f", b"f", b"f", b"g"))
        return batch(key, *parts, fingerprint=fingerprint, outcome=self._body())

    def _on_record(self, ref: Ref) -> Part:
        kind = kind_named(ref.kind)
        told = self._near(self._versions.get(ref, 0))
        if self._random.random() < 1 / 4 or (kind.append_only and told):
            return Check(ref, told)
        return put(ref.key, ref.kind, expect=told, body=self._body(), **self._index(kind.index))

    def _on_bounds(self, counter: str) -> Part:
        held = self._held.get(counter)
        expect = self._near(held.version if held else 0)
        value = held.value if held and self._random.random() < _WISE else 0
        fitting = [one for one in _BOUNDS if one[0] <= value <= one[1]]
        if not fitting or (value and not expect):
            return Add(counter, 0)
        return bound(counter, *self._random.choice(fitting), expect=expect)

    def _on_value(self) -> Part:
        there = [key for key, counter in self._held.items() if counter.version]
        if not there or self._random.random() > _WISE:
            return Add(self._random.choice(self.counters()), self._random.choice(_DELTAS))
        held = self._held[self._random.choice(there)]
        room = self._random.choice((held.hi - held.value, held.lo - held.value, 3, -3))
        return Add(held.key, max(INT64_MIN, min(INT64_MAX, room // 2)))

    def _get(self) -> tuple[str, Callable[[Store], object]]:
        refs = self._random.sample(self.refs(), 5)
        return "get", lambda store: store.get(refs, self.counters())

    def _scan(self) -> tuple[str, Callable[[Store], object]]:
        kind = self._random.choice([known for known in KINDS if known.name in KINDS_USED])
        field = self._random.choice((None, *(name for name, _ in kind.index)))
        values = (None, *KEYS_USED) if field is None else _VALUES[kind.field_type(field)]
        query = Query(
            kind=kind.name,
            field=field,
            low=self._random.choice(values) if self._random.random() < 1 / 3 else None,
            high=self._random.choice(values) if self._random.random() < 1 / 3 else None,
            after=self._cursors.get((kind.name, field)),
            limit=self._random.choice((1, 2, 3, 7, 1_000)),
        )

        def scan(store: Store) -> Page:
            # The next look-up of this field goes on where this page ended, whatever happened since.
            page = store.scan(query)
            self._cursors[kind.name, field] = page.next
            return page

        return f"scan {query!r}", scan

    def _feed(self) -> tuple[str, Callable[[Store], object]]:
        chain, after = self._random.choice(self.chains()), self._random.choice((0, 0, 1, 3, 10))
        limit = self._random.choice((1, 2, 1_000))
        return f"feed {chain!r} after {after}", lambda store: list(store.feed(chain, after, limit))

    def _head(self) -> tuple[str, Callable[[Store], object]]:
        chain = self._random.choice(self.chains())
        return f"head {chain!r}", lambda store: store.head(chain)

    def _receipt(self) -> tuple[str, Callable[[Store], object]]:
        key = self._random.choice(self.keys())
        return f"receipt {key!r}", lambda store: store.receipt(key)

    def _verify(self) -> tuple[str, Callable[[Store], object]]:
        return "verify", lambda store: store.verify()


def compare(stores: Sequence[Store], history: History, steps: int) -> None:
    """Send *history* to all *stores*.

    Args:
        stores: Stores that hold the same; the first one is asked which versions there are.
        history: What is sent.
        steps: How many steps.

    Raises:
        DisagreementError: Two stores answered differently.
    """
    for number in range(steps):
        what, call = history.step()
        _agree(history.seed, number, what, [answer(partial(call, store)) for store in stores])
        if what.startswith("commit"):
            history.learn(stores[0])
    world = World(history.refs(), history.counters(), history.chains(), history.keys())
    _agree(history.seed, steps, "all there is", [picture(store, world) for store in stores])


def _agree(seed: int, step: int, what: str, said: Sequence[object]) -> None:
    if any(one != said[0] for one in said[1:]):
        raise DisagreementError(seed, step, what, said)


def run(stores: Sequence[Store], *, seed: int, histories: int, steps: int) -> None:
    """Send many histories to fresh *stores*, then compare the deep look-over.

    Args:
        stores: Fresh stores of any backends.
        seed: Seed of the first history; the others count on.
        histories: How many, each in a key space of its own.
        steps: How many steps each.

    Raises:
        DisagreementError: Two stores answered differently.
    """
    for number in range(seed, seed + histories):
        compare(stores, History(number, f"{number}/"), steps)
    _agree(seed, steps, "verify", [store.verify(deep=True) for store in stores])
