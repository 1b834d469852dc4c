"""One line of a segment: a whole batch with its number, the line before it, and its own digest.

``{"n": 7, "prev": "<digest of line 6>", "batch": {...}, "h": "<digest>"}``. The digest
covers every byte before it, so a line is whole or it is nothing. Bodies that are UTF-8 stand
as text, so that the log can be read by eye; others as a list with one base64 text.
"""

import base64
import binascii
import datetime
import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final

import attrs

from mutualaid_core.errors import MutualAidError
from mutualaid_core.ports.batch import Add, Batch, Bound, Check, Event, Put, Ref
from mutualaid_core.ports.kinds import JOURNAL_INDEX, IndexType, IndexValue, kind_named

NO_LINE: Final = "0" * 64
"""What the first line names as the line before it."""

_TAG: Final = b"mutualaid-line-1\x00"
_BEFORE: Final = b',"h":"'
_AFTER: Final = b'"}'
_DIGEST_CHARS: Final = 64
_END_BYTES: Final = len(_BEFORE) + _DIGEST_CHARS + len(_AFTER)


class BadLineError(Exception):
    """A line is not what was written."""


@attrs.frozen
class Line:
    """A line that was read and found whole."""

    number: int
    prev: str
    digest: str
    batch: Batch


def encode(number: int, prev: str, batch: Batch) -> tuple[bytes, str]:
    """The line of *batch* with its line break, and its digest.

    Args:
        number: 1 for the first line of the store, then 2, 3 …
        prev: Digest of the line before.
        batch: What is kept.
    """
    start = _compact({"n": number, "prev": prev, "batch": _batch_to(batch)})[:-1].encode()
    digest = _digest(start)
    return start + _BEFORE + digest.encode() + _AFTER + b"\n", digest


def is_whole(line: bytes) -> bool:
    """Whether a line's digest fits its bytes."""
    start, end = line[:-_END_BYTES], line[-_END_BYTES:]
    return end == _BEFORE + _digest(start).encode() + _AFTER


def decode(line: bytes) -> Line:
    """The batch in a line, without its line break.

    Raises:
        BadLineError: The digest does not fit, or the content is none that was ever written.
    """
    if not is_whole(line):
        message = "its digest does not fit"
        raise BadLineError(message)
    try:
        document = json.loads(line)
        return Line(document["n"], document["prev"], document["h"], _batch_from(document["batch"]))
    except (ValueError, KeyError, TypeError, binascii.Error, MutualAidError) as error:
        message = f"it holds no batch ({type(error).__name__})"
        raise BadLineError(message) from error


def _digest(start: bytes) -> str:
    return hashlib.sha256(_TAG + start).hexdigest()


def _compact(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _batch_to(batch: Batch) -> dict[str, object]:
    return {
        "key": batch.key,
        "fingerprint": _bytes_to(batch.fingerprint),
        "checks": [[check.ref.kind, check.ref.key, check.version] for check in batch.checks],
        "puts": [
            [put.ref.kind, put.ref.key, put.expect, _bytes_to(put.body), _index_to(put.index)]
            for put in batch.puts
        ],
        "bounds": [[bound.counter, bound.expect, bound.lo, bound.hi] for bound in batch.bounds],
        "adds": [[add.counter, add.delta] for add in batch.adds],
        "events": [[event.chain, _bytes_to(event.body), _index_to(event.index)] for event in batch.events],
        "outcome": _bytes_to(batch.outcome),
    }


def _batch_from(document: dict[str, Any]) -> Batch:
    return Batch(
        key=document["key"],
        fingerprint=_bytes_from(document["fingerprint"]),
        checks=tuple(Check(Ref(kind, key), version) for kind, key, version in document["checks"]),
        puts=tuple(_put_from(*parts) for parts in document["puts"]),
        bounds=tuple(
            Bound(counter=counter, expect=expect, lo=lo, hi=hi)
            for counter, expect, lo, hi in document["bounds"]
        ),
        adds=tuple(Add(counter, delta) for counter, delta in document["adds"]),
        events=tuple(
            Event(chain=chain, body=_bytes_from(body), index=_index_from(JOURNAL_INDEX, index))
            for chain, body, index in document["events"]
        ),
        outcome=_bytes_from(document["outcome"]),
    )


def _put_from(kind: str, key: str, expect: int, body: str | list[str], index: dict[str, Any]) -> Put:
    fields = kind_named(kind).index
    return Put(ref=Ref(kind, key), expect=expect, body=_bytes_from(body), index=_index_from(fields, index))


def _bytes_to(content: bytes) -> str | list[str]:
    try:
        return content.decode()
    except UnicodeDecodeError:
        return [base64.b64encode(content).decode()]


def _bytes_from(shown: str | list[str]) -> bytes:
    if isinstance(shown, str):
        return shown.encode()
    (text,) = shown
    return base64.b64decode(text, validate=True)


def _index_to(index: Mapping[str, IndexValue]) -> dict[str, int | str | None]:
    return {
        name: value.isoformat() if isinstance(value, datetime.date) else value
        for name, value in index.items()
    }


def _index_from(fields: tuple[tuple[str, IndexType], ...], shown: dict[str, Any]) -> dict[str, IndexValue]:
    # A field that was declared after the line was written is empty there.
    names = dict.fromkeys((*shown, *(name for name, _ in fields)))
    days = {name for name, index_type in fields if index_type is IndexType.DAY}
    return {
        name: datetime.date.fromisoformat(shown[name])
        if name in days and shown.get(name)
        else shown.get(name)
        for name in names
    }
