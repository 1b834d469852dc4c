"""What a commit carries: the batch, its parts, and the limits that are checked when it is built."""

import datetime
from collections.abc import Mapping
from typing import Final

import attrs

from mutualaid_core.errors import InvalidValueError, TooLargeError
from mutualaid_core.ports.kinds import JOURNAL_INDEX, IndexType, IndexValue, kind_named

KEY_BYTES_MAX: Final = 200
BODY_BYTES_MAX: Final = 1024 * 1024
OPERATIONS_MAX: Final = 1_000
INT64_MAX: Final = 2**63 - 1
INT64_MIN: Final = -(2**63)


def check_key(name: str, key: str) -> None:
    """Refuse a key that a backend could not keep byte for byte (C8).

    Raises:
        InvalidValueError: *key* is empty, not a text, or no valid Unicode.
        TooLargeError: *key* is longer than 200 bytes of UTF-8.
    """
    if not isinstance(key, str) or not key:
        raise InvalidValueError(name, "must be a text that is not empty", type(key).__name__)
    try:
        size = len(key.encode())
    except UnicodeEncodeError as error:
        raise InvalidValueError(name, "must be valid Unicode", f"{len(key)} characters") from error
    if size > KEY_BYTES_MAX:
        raise TooLargeError(name, size=size, limit=KEY_BYTES_MAX)


def check_bytes(name: str, body: bytes) -> None:
    """Refuse what is not bytes, or is above 1 MiB.

    Raises:
        InvalidValueError: *body* is not ``bytes``.
        TooLargeError: *body* is above the limit.
    """
    if type(body) is not bytes:
        raise InvalidValueError(name, "must be bytes", type(body).__name__)
    if len(body) > BODY_BYTES_MAX:
        raise TooLargeError(name, size=len(body), limit=BODY_BYTES_MAX)


def check_int64(name: str, value: int) -> None:
    """Refuse what is not a 64-bit integer.

    Raises:
        InvalidValueError: *value* is a bool, not an ``int``, or out of range.
    """
    if type(value) is not int or not INT64_MIN <= value <= INT64_MAX:
        raise InvalidValueError(name, "must be a 64-bit integer", type(value).__name__)


def size_only(content: bytes) -> str:
    """How a body shows in a ``repr``: bodies may hold personal data, so only their size."""
    return f"<{len(content)} bytes>"


def check_index_value(field: str, index_type: IndexType, value: IndexValue) -> None:
    """Refuse an index value of another type than declared.

    Raises:
        InvalidValueError: The type is wrong, or a text has control characters.
        TooLargeError: A text is longer than 200 bytes.
    """
    if value is None:
        return
    if index_type is IndexType.INT:
        check_int64(field, value)  # type: ignore[arg-type]  # the check itself refuses other types
    elif index_type is IndexType.DAY:
        if type(value) is not datetime.date:
            raise InvalidValueError(field, "must be a day", type(value).__name__)
    elif value != "":
        check_key(field, value)  # type: ignore[arg-type]  # the check itself refuses other types
        if any(ord(char) < ord(" ") for char in str(value)):
            raise InvalidValueError(
                field, "must not hold control characters", f"{len(str(value))} characters"
            )


def _own(index: Mapping[str, IndexValue]) -> dict[str, IndexValue]:
    # A copy: what the caller does to its own mapping later must not reach a checked batch.
    return dict(index)


def _check_index(declared: tuple[tuple[str, IndexType], ...], index: Mapping[str, IndexValue]) -> None:
    names = tuple(name for name, _ in declared)
    if set(index) != set(names):
        raise InvalidValueError("index", f"must have exactly the fields {', '.join(names)}", ", ".join(index))
    for name, index_type in declared:
        check_index_value(name, index_type, index[name])


@attrs.frozen(order=True)
class Ref:
    """Kind and key of a record."""

    kind: str
    key: str

    def __attrs_post_init__(self) -> None:
        """Refuse an undeclared kind and a key that cannot be kept."""
        kind_named(self.kind)
        check_key("key", self.key)


@attrs.frozen(kw_only=True)
class Put:
    """A record to be written.

    Attributes:
        ref: Kind and key.
        expect: Version that it replaces; 0 means that it must not exist.
        body: What to keep, opaque.
        index: A value (or ``None``) for exactly the declared index fields.
    """

    ref: Ref
    expect: int
    body: bytes = attrs.field(repr=size_only)
    index: Mapping[str, IndexValue] = attrs.field(converter=_own)

    def __attrs_post_init__(self) -> None:
        """Refuse a wrong version, an oversized body, a wrong index, a rewritten record."""
        check_int64("expect", self.expect)
        kind = kind_named(self.ref.kind)
        if self.expect < 0 or (kind.append_only and self.expect):
            rule = f"must be 0 for the append-only kind {kind.name}" if self.expect > 0 else "must be >= 0"
            raise InvalidValueError("expect", rule, self.expect)
        if self.expect == INT64_MAX:
            raise InvalidValueError("expect", "must leave room for the next version", self.expect)
        check_bytes("body", self.body)
        _check_index(kind.index, self.index)


@attrs.frozen
class Check:
    """A record that was read and not written: its version must still be this (0: still absent)."""

    ref: Ref
    version: int

    def __attrs_post_init__(self) -> None:
        """Refuse a wrong version."""
        check_int64("version", self.version)
        if self.version < 0:
            raise InvalidValueError("version", "must be >= 0", self.version)


@attrs.frozen(kw_only=True)
class Bound:
    """Bounds to be put on a counter, by version like a record of the kind ``counter``.

    Bounds take effect before the adds of the same batch. A new counter starts at 0; one that
    exists keeps its value, and bounds that exclude it are refused.

    Attributes:
        counter: Key of the counter.
        expect: Version of the bounds that this replaces; 0 means a new counter.
        lo: Least value allowed.
        hi: Greatest value allowed.
    """

    counter: str
    expect: int
    lo: int
    hi: int

    def __attrs_post_init__(self) -> None:
        """Refuse bounds that allow nothing, and a new counter that excludes its start."""
        check_key("counter", self.counter)
        for name in ("expect", "lo", "hi"):
            check_int64(name, getattr(self, name))
        if self.expect < 0 or self.lo > self.hi:
            raise InvalidValueError("bounds", "must have lo <= hi and a version >= 0", (self.lo, self.hi))
        if self.expect == 0 and not self.lo <= 0 <= self.hi:
            raise InvalidValueError(
                "bounds", "of a new counter must allow 0, where it starts", (self.lo, self.hi)
            )


@attrs.frozen
class Add:
    """An amount to be added to a counter that exists (or is bounded in the same batch).

    A counter that does not exist takes nothing, not even 0.
    """

    counter: str
    delta: int

    def __attrs_post_init__(self) -> None:
        """Refuse a key or a delta that cannot be kept."""
        check_key("counter", self.counter)
        check_int64("delta", self.delta)


@attrs.frozen(kw_only=True)
class Event:
    """An event to be appended to a chain.

    Attributes:
        chain: Name of the chain.
        body: Canonical bytes, opaque to the store; they are what is hashed.
        index: A value (or ``None``) for exactly the fields of ``JOURNAL_INDEX``.
    """

    chain: str
    body: bytes = attrs.field(repr=size_only)
    index: Mapping[str, IndexValue] = attrs.field(converter=_own)

    def __attrs_post_init__(self) -> None:
        """Refuse a chain name, a body or an index that cannot be kept."""
        check_key("chain", self.chain)
        check_bytes("body", self.body)
        _check_index(JOURNAL_INDEX, self.index)


@attrs.frozen(kw_only=True)
class Batch:
    """Everything that one act changes, committed whole or not at all.

    Order of effect: bounds, then adds in the order given, puts, events. Each record is put
    once and each counter bounded once; a record is either put or checked. Several adds to
    one counter are judged one after the other, each with the sum that the one before left.

    Order of judgement, where several things are wrong at once: checks, puts, bounds, adds,
    within each in the order given. The first fault is the one that is raised: an add that
    fails beside a stale version says nothing, for it was decided on old news.

    A batch with a key and an outcome alone is a decided refusal: it burns the key (C3).

    Attributes:
        key: Idempotency key, kept for ever.
        fingerprint: Digest of the command's content.
        checks: Versions of what was read and not written.
        puts: Records to write.
        bounds: Counter bounds to put.
        adds: Amounts to add to counters.
        events: Events to append, in order.
        outcome: What a repetition of the key is answered.
    """

    key: str
    fingerprint: bytes
    checks: tuple[Check, ...] = ()
    puts: tuple[Put, ...] = ()
    bounds: tuple[Bound, ...] = ()
    adds: tuple[Add, ...] = ()
    events: tuple[Event, ...] = ()
    outcome: bytes = attrs.field(default=b"", repr=size_only)

    def __attrs_post_init__(self) -> None:
        """Refuse doubled references and what is above the limits."""
        check_key("key", self.key)
        check_bytes("fingerprint", self.fingerprint)
        check_bytes("outcome", self.outcome)
        parts = (self.checks, self.puts, self.bounds, self.adds, self.events)
        operations = sum(len(part) for part in parts)
        if operations > OPERATIONS_MAX:
            raise TooLargeError("batch", size=operations, limit=OPERATIONS_MAX)
        refs = [check.ref for check in self.checks] + [put.ref for put in self.puts]
        counters = [bound.counter for bound in self.bounds]
        if len(set(refs)) != len(refs) or len(set(counters)) != len(counters):
            raise InvalidValueError(
                "batch", "must name each record and each bounded counter once", operations
            )
