"""Hypothesis strategies for batches and their parts, the nasty values first."""

import datetime
from typing import Final, Literal

from hypothesis import strategies as st

from mutualaid_core.ports.batch import (
    INT64_MAX,
    INT64_MIN,
    KEY_BYTES_MAX,
    Add,
    Batch,
    Bound,
    Check,
    Event,
    Put,
    Ref,
)
from mutualaid_core.ports.kinds import JOURNAL_INDEX, KINDS, IndexType, IndexValue, Kind
from mutualaid_core.testing.builders import Part, batch, bound, event

NASTY_TEXTS: Final = (
    *("A", "a", "a ", " a", "\uff41", "é", "e\u0301", "\uff11\uff12\uff13", "123", "ß", "ss", "會", "会"),
    *("\u200f", "\u202eabc", "a\u200bb", "\ufeff", "\uffff", "😀", "豈", "\uf900"),
    *("'", '"', "%", "_", "\\", "a;b", "'); DROP TABLE claim; --", "NULL", "null", "true", "0", "-0"),
    *('{"n":1}', "[]", "\\u0000", "a/b", "../..", "=1+1", "@", "x" * KEY_BYTES_MAX),
)
"""Texts that some store or other has mistaken for another."""

NASTY_KEYS: Final = (*NASTY_TEXTS, "\x00", "a\x00", "a\x00b", "\n", "a\r\n", "\t", "\x1f", "\x7f")
"""Keys may hold control characters too."""

COUNTERS: Final = ("a", "A", "b")
"""Counters in the small world of ``batches``."""

CHAINS: Final = ("x", "y")
"""Chains in the small world of ``batches``."""

_NASTY_INTS: Final = (INT64_MIN, INT64_MAX, -(2**53) - 1, 2**53 + 1, -1, 0, 1)


_NO_UNICODE: Final[tuple[Literal["Cs"], ...]] = ("Cs",)


def _fits(text: str) -> bool:
    return 0 < len(text.encode()) <= KEY_BYTES_MAX


def keys() -> st.SearchStrategy[str]:
    """Keys of 1 to 200 bytes."""
    free = st.text(st.characters(exclude_categories=_NO_UNICODE), min_size=1, max_size=60)
    return st.sampled_from(NASTY_KEYS) | free.filter(_fits)


def index_texts() -> st.SearchStrategy[str]:
    """Index texts, the empty one too, without control characters."""
    alphabet = st.characters(exclude_categories=_NO_UNICODE, min_codepoint=ord(" "))
    return st.just("") | st.sampled_from(NASTY_TEXTS) | st.text(alphabet, max_size=40)


def int64() -> st.SearchStrategy[int]:
    """64-bit integers, with their edges."""
    return st.sampled_from(_NASTY_INTS) | st.integers(INT64_MIN, INT64_MAX)


def bodies() -> st.SearchStrategy[bytes]:
    """Bodies of any bytes."""
    nasty = st.sampled_from((b"", b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b"\n", b'{"a":1}', "职工".encode()))
    return nasty | st.binary(max_size=300)


def _values(index_type: IndexType) -> st.SearchStrategy[IndexValue]:
    by_type: dict[IndexType, st.SearchStrategy[IndexValue]] = {
        IndexType.INT: int64(),
        IndexType.TEXT: index_texts(),
        IndexType.DAY: st.dates(datetime.date.min, datetime.date.max),
    }
    return st.none() | by_type[index_type]


def indexes(fields: tuple[tuple[str, IndexType], ...]) -> st.SearchStrategy[dict[str, IndexValue]]:
    """Values for exactly the declared fields."""
    return st.fixed_dictionaries({name: _values(index_type) for name, index_type in fields})


def kinds() -> st.SearchStrategy[Kind]:
    """The declared kinds."""
    return st.sampled_from(KINDS)


def puts(key: st.SearchStrategy[str] | None = None) -> st.SearchStrategy[Put]:
    """Puts of new records of any kind."""

    def of(kind: Kind) -> st.SearchStrategy[Put]:
        refs = st.builds(Ref, st.just(kind.name), key or keys())
        return st.builds(Put, ref=refs, expect=st.just(0), body=bodies(), index=indexes(kind.index))

    return kinds().flatmap(of)


def events() -> st.SearchStrategy[Event]:
    """Events of any chain."""
    return st.builds(Event, chain=keys(), body=bodies(), index=indexes(JOURNAL_INDEX))


@st.composite
def batches(draw: st.DrawFn, versions: dict[Ref, int], key: str, space: str = "") -> Batch:
    """Batches on a small world, so that they meet each other: most fit, some do not.

    Args:
        draw: Given by Hypothesis.
        versions: Versions as the caller believes them to be, by reference; the world.
        key: Idempotency key.
        space: Put before every key, counter and chain, as it is in *versions* already.
    """
    names = st.sampled_from(COUNTERS).map(space.__add__)
    refs = draw(st.lists(st.sampled_from(sorted(versions)), max_size=4, unique=True))
    parts: list[Part] = [_on_record(draw, ref, versions[ref]) for ref in refs]
    counters = draw(st.lists(names, max_size=2, unique=True))
    parts += [_bounds(draw, counter) for counter in counters]
    parts += draw(st.lists(st.builds(Add, names, _amounts()), max_size=3))
    for _ in range(draw(st.integers(0, 2))):
        chain = draw(st.sampled_from(CHAINS))
        parts.append(event(draw(bodies()), space + chain, **draw(indexes(JOURNAL_INDEX))))
    return batch(
        space + key, *parts, fingerprint=draw(st.sampled_from((b"f", b"f", b"g"))), outcome=draw(bodies())
    )


def _amounts() -> st.SearchStrategy[int]:
    return st.integers(-6, 6) | int64()


def _bounds(draw: st.DrawFn, counter: str) -> Bound:
    expect = draw(st.integers(0, 2))
    lo = draw(st.sampled_from((0, -5, INT64_MIN)))
    return bound(counter, lo, draw(st.sampled_from((0, 10, INT64_MAX))), expect=expect)


def _on_record(draw: st.DrawFn, ref: Ref, version: int) -> Put | Check:
    # Mostly what is believed, at times one more or less.
    told = max(0, version + draw(st.sampled_from((0, 0, 0, 0, 1, -1))))
    (kind,) = (known for known in KINDS if known.name == ref.kind)
    if draw(st.booleans()) or (kind.append_only and told):
        return Check(ref, told)
    return Put(ref=ref, expect=told, body=draw(bodies()), index=draw(indexes(kind.index)))
