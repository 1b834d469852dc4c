"""Rows and what they mean: records, counters, receipts, heads, events.

Each record and event carries a seal, a digest over everything in its row, so that a figure
that was edited in the database is found by ``verify(deep=True)``. It protects against slips
and plain edits; against somebody who recomputes it only an anchored head does (C12).
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final, TypeAlias

from sqlalchemy import Row

from mutualaid_core.ports.batch import Put, Ref
from mutualaid_core.ports.chain import Head, Sealed
from mutualaid_core.ports.kinds import JOURNAL_INDEX, KINDS, IndexValue, Kind
from mutualaid_core.ports.store import Counter, Receipt, Record

Values: TypeAlias = dict[str, Any]
"""Column values of a row to be written."""

_HASH_BYTES: Final = 32
_SEAL_TAG: Final = b"mutualaid-row-1\x00"


_Values: TypeAlias = tuple[IndexValue, ...]


def _seal(fixed: tuple[object, ...], key: str, index: _Values, body: bytes) -> bytes:
    # Kinds, numbers and index texts hold no control characters and the key's length is told,
    # so two different rows never frame to the same bytes.
    shown = ["\x1e" if value is None else str(value) for value in index]
    framed = "\x1f".join([*map(str, fixed), str(len(key)), key, *shown]).encode()
    return hashlib.sha256(_SEAL_TAG + len(framed).to_bytes(8, "big") + framed + body).digest()


_FIELDS: Final = {kind.name: tuple(name for name, _ in kind.index) for kind in KINDS}
_EVENT_FIELDS: Final = tuple(name for name, _ in JOURNAL_INDEX)


def _values(fields: tuple[str, ...], index: Mapping[str, IndexValue]) -> _Values:
    return tuple([index[name] for name in fields])


def record_values(put: Put) -> Values:
    """The row of a record as it will stand."""
    kind, key, version = put.ref.kind, put.ref.key, put.expect + 1
    seal = _seal((kind, version), key, _values(_FIELDS[kind], put.index), put.body)
    return {"key": key.encode(), "version": version, **put.index, "body": put.body, "seal": seal}


def record_from(kind: Kind, row: Row[Any]) -> Record:
    """The record in a row of its kind's table."""
    values = row._mapping  # noqa: SLF001 - the documented access by name
    return Record(
        ref=Ref(kind.name, values["key"].decode()),
        version=values["version"],
        body=values["body"],
        index={name: values[name] for name in _FIELDS[kind.name]},
    )


def record_is_sealed(record: Record, seal: bytes) -> bool:
    """Whether a stored record still is what was put."""
    kind, key = record.ref.kind, record.ref.key
    return seal == _seal((kind, record.version), key, _values(_FIELDS[kind], record.index), record.body)


def _event_seal(event: Sealed) -> bytes:
    fixed = event.position, event.hash.hex(), len(event.chain), event.chain
    return _seal(fixed, event.batch_key, _values(_EVENT_FIELDS, event.index), event.body)


def event_values(event: Sealed) -> Values:
    """The row of an event in its place."""
    return {
        "chain": event.chain.encode(),
        "position": event.position,
        "prev": event.prev,
        "hash": event.hash,
        "batch_key": event.batch_key.encode(),
        "body": event.body,
        **event.index,
        "seal": _event_seal(event),
    }


def event_from(row: Row[Any]) -> Sealed:
    """The event in a row."""
    values = row._mapping  # noqa: SLF001 - the documented access by name
    return Sealed(
        chain=values["chain"].decode(),
        position=values["position"],
        prev=values["prev"],
        hash=values["hash"],
        batch_key=values["batch_key"].decode(),
        body=values["body"],
        index={name: values[name] for name in _EVENT_FIELDS},
    )


def event_is_sealed(event: Sealed, seal: bytes) -> bool:
    """Whether a stored event still is what was appended."""
    return seal == _event_seal(event)


def counter_from(row: Row[Any]) -> Counter:
    """The counter in a row."""
    return Counter(key=row.key.decode(), value=row.value, lo=row.lo, hi=row.hi, version=row.version)


def receipt_from(row: Row[Any]) -> Receipt:
    """The receipt in a row, marked as a repetition."""
    return Receipt(
        key=row.key.decode(),
        fingerprint=row.fingerprint,
        outcome=row.outcome,
        positions=json.loads(row.positions),
        replayed=True,
    )


def head_values(head: Head) -> Values:
    """The row of a head."""
    return {
        "chain": head.chain.encode(),
        "position": head.position,
        "hash": head.hash,
        "frontier": b"".join(head.frontier),
    }


def head_from(row: Row[Any]) -> Head:
    """The head in a row."""
    roots = range(0, len(row.frontier), _HASH_BYTES)
    return Head(
        chain=row.chain.decode(),
        position=row.position,
        hash=row.hash,
        frontier=tuple(row.frontier[at : at + _HASH_BYTES] for at in roots),
    )
