"""The storage port: nine methods, one of which writes.

Everything else (uniqueness, caps, balances, paying once) is derived from the rules of
``commit``, so that a backend has one thing to get right and the contract kit one thing to
prove. The rules C1 to C12 are on the page ``reference/store-contract.md``.

A store knows nothing of schemes and claims: bodies are opaque bytes, and what may be looked
up is declared per kind in ``ports/kinds.py``.
"""

import enum
from collections.abc import Mapping, Sequence
from typing import Final, Protocol

import attrs

from mutualaid_core.errors import InvalidValueError
from mutualaid_core.ports.batch import Batch, Ref, check_index_value, check_int64, check_key, size_only
from mutualaid_core.ports.chain import Head, Sealed
from mutualaid_core.ports.kinds import IndexType, IndexValue, kind_named

PAGE_ROWS_MAX: Final = 1_000
"""Most rows that one ``scan`` or ``feed`` call gives."""


def check_page(*, limit: int, after: int = 0) -> None:
    """Refuse a page that no store gives.

    Raises:
        InvalidValueError: *limit* is not 1 to 1,000, or *after* is no position.
    """
    check_int64("limit", limit)
    if not 1 <= limit <= PAGE_ROWS_MAX:
        raise InvalidValueError("limit", f"must be 1 to {PAGE_ROWS_MAX}", limit)
    check_int64("after", after)
    if after < 0:
        raise InvalidValueError("after", "must be >= 0", after)


@attrs.frozen(kw_only=True)
class Record:
    """A record as the store holds it.

    Attributes:
        ref: Kind and key.
        version: 1 for the first put, then 2, 3 …
        body: Byte for byte what was put.
        index: The declared index fields as they were put.
    """

    ref: Ref
    version: int
    body: bytes = attrs.field(repr=size_only)
    index: Mapping[str, IndexValue]


@attrs.frozen(kw_only=True)
class Counter:
    """A bounded counter as the store holds it.

    A counter that was never bounded is shown with version 0, value 0 and bounds 0 to 0.

    Attributes:
        key: Its key.
        value: Present value, within the bounds.
        lo: Least value allowed, inclusive.
        hi: Greatest value allowed, inclusive.
        version: 0 if it does not exist, else how often its bounds were put.
    """

    key: str
    value: int
    lo: int
    hi: int
    version: int


@attrs.frozen(kw_only=True)
class Snapshot:
    """What one ``get`` call saw, all of one moment (C7).

    Attributes:
        records: The records found; a missing one is absent.
        counters: Every counter that was asked for.
    """

    records: Mapping[Ref, Record]
    counters: Mapping[str, Counter]


@attrs.frozen(kw_only=True)
class Cursor:
    """Where a page ended: the field's value (``None`` without a field) and the key."""

    value: IndexValue
    key: str

    def __attrs_post_init__(self) -> None:
        """Refuse a key that no record has."""
        check_key("after", self.key)


@attrs.frozen(kw_only=True)
class Query:
    """A look-up by kind and one declared index field, in stated order.

    Rows come in ascending order of the field, then of the key (both by code point, which
    is the order of the UTF-8 bytes); rows whose field is ``None`` are left out. Without a
    field, rows come in order of the key, and the bounds are keys. The query is judged when
    it is built, so a store only ever sees one that makes sense.

    Attributes:
        kind: Kind of the records.
        field: Declared index field, or ``None`` for the key.
        low: Least value, inclusive; ``None`` for no bound.
        high: Greatest value, inclusive; ``None`` for no bound.
        after: The ``next`` of the page before, or ``None`` for the first page.
        limit: Rows a page, 1 to 1,000.
    """

    kind: str
    field: str | None = None
    low: IndexValue = None
    high: IndexValue = None
    after: Cursor | None = None
    limit: int = PAGE_ROWS_MAX

    def __attrs_post_init__(self) -> None:
        """Refuse an undeclared kind or field, a bound or cursor of another type, a wrong limit."""
        kind = kind_named(self.kind)
        check_page(limit=self.limit)
        index_type = IndexType.TEXT if self.field is None else kind.field_type(self.field)
        for bound in (self.low, self.high):
            # Bounds of a key may hold what a key may hold, control characters too.
            if self.field is not None:
                check_index_value(self.field, index_type, bound)
            elif bound is not None and bound != "":
                check_key("key", bound)  # type: ignore[arg-type]  # the check itself refuses other types
        if self.after is not None:
            if (self.after.value is None) != (self.field is None):
                raise InvalidValueError("after", "must be the cursor of a page of this query", self.after)
            check_index_value("after", index_type, self.after.value)


@attrs.frozen(kw_only=True)
class Page:
    """Rows of one ``scan`` call.

    Attributes:
        records: The rows, in the order that ``Query`` states.
        next: What to pass as ``after`` for more, or ``None`` where no more follow.
    """

    records: tuple[Record, ...]
    next: Cursor | None


@attrs.frozen(kw_only=True)
class Receipt:
    """What a commit answers, the same for every repetition of its key (C3).

    Attributes:
        key: Idempotency key.
        fingerprint: Digest of the command's content that came with it.
        outcome: The batch's own outcome bytes.
        positions: Last position of each chain that the batch appended to.
        replayed: Whether this answer repeats an earlier one.
    """

    key: str
    fingerprint: bytes
    outcome: bytes = attrs.field(repr=size_only)
    positions: Mapping[str, int]
    replayed: bool = attrs.field(default=False, eq=False)


class Durability(enum.Enum):
    """What a returned receipt survives (C2)."""

    MEMORY = "memory"
    PROCESS = "process"
    POWER = "power"


@attrs.frozen(kw_only=True)
class About:
    """What a store says of itself.

    Attributes:
        backend: Name of the backend.
        durability: What a receipt survives.
        read_only: Whether ``commit`` refuses.
        concurrent_writers: Whether several processes may write at once.
        settings: Engine settings as read back from the engine.
    """

    backend: str
    durability: Durability
    read_only: bool
    concurrent_writers: bool
    settings: Mapping[str, str]


@attrs.frozen(kw_only=True)
class Report:
    """What ``verify`` found.

    Attributes:
        checked: How much was looked at: ``events``, ``counters`` and ``records``, the last
            0 unless the look was deep.
        faults: One sentence per fault; empty when the store is whole. No body is quoted.
    """

    checked: Mapping[str, int]
    faults: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing was found."""
        return not self.faults


class Store(Protocol):
    """Where records, counters and chains are kept. One handle serves one thread.

    Every method of a closed or poisoned handle raises ``StoreBrokenError``, ``close`` alone
    excepted. A key or chain name that could not be kept (empty, above 200 bytes, no valid
    Unicode) is refused by every method with ``InvalidValueError`` or ``TooLargeError``.
    """

    def get(self, refs: Sequence[Ref], counters: Sequence[str] = ()) -> Snapshot:
        """Records and counters by key, all of one moment (C7).

        A missing record is absent from the answer; a missing counter is shown with
        version 0. Asking for nothing gives an empty snapshot. Repeated keys count once.

        Raises:
            InvalidValueError: A counter's key could not be kept.
            StoreBrokenError: The handle is closed or poisoned.
        """
        ...

    def scan(self, query: Query) -> Page:
        """One page of records, all of one moment; an empty page where nothing fits.

        Between two pages others may write: a row is then seen where it stands when its page
        is read, so a row that moves may be seen twice or not at all.

        Raises:
            StoreBrokenError: The handle is closed or poisoned.
        """
        ...

    def feed(self, chain: str, after: int = 0, limit: int = PAGE_ROWS_MAX) -> Sequence[Sealed]:
        """Events of a chain with positions above *after*, in order; empty at its end.

        An unknown chain is an empty chain.

        Raises:
            InvalidValueError: *limit* is not 1 to 1,000, or *after* is negative.
            StoreBrokenError: The handle is closed or poisoned.
        """
        ...

    def commit(self, batch: Batch) -> Receipt:
        """Apply *batch* whole, durably, once (C1 to C6, C9).

        A repeated key with the same fingerprint answers the first receipt with
        ``replayed`` set and does nothing; this is looked at before anything else, save that
        a handle opened for reading refuses even that. Of several faults the one raised is
        stated at ``Batch``.

        Raises:
            KeyReusedError: The key is known with another fingerprint.
            ConflictError: A put, a check or the bounds of a counter (kind ``counter``) name
                another version than the store has.
            BoundExceededError: An add would leave the bounds or a counter does not exist (it
                is shown with value 0 and bounds 0 to 0), or new bounds exclude the present
                value (``delta`` is 0, the bounds are the new ones). Its ``value`` counts the
                batch's own earlier adds.
            CommitUnknownError: The only error after which the effect is not known; the
                handle is poisoned, open the store again and ask ``receipt``.
            StoreBusyError: Another writer held the store for too long.
            ReadOnlyError: The store was opened for reading.
            StoreBrokenError: The handle is closed or poisoned, or the write failed cleanly
                (a full disk); nothing happened.
        """
        ...

    def receipt(self, key: str) -> Receipt | None:
        """The receipt of a committed *key* (``replayed`` set), or ``None``."""
        ...

    def head(self, chain: str) -> Head:
        """Where a chain stands; position 0 for an unknown chain."""
        ...

    def verify(self, *, deep: bool = False) -> Report:
        """Look the store over: chains whole, heads right, counters within bounds.

        With *deep*, everything stored is read again, records too. Faults are reported, not
        raised, unless the store cannot be read at all.
        """
        ...

    def about(self) -> About:
        """Backend, durability class and engine settings as read back."""
        ...

    def close(self) -> None:
        """Release the store; further work is refused. Closing twice does nothing."""
        ...
