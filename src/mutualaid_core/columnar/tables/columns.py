"""Tables (数据表): claims, covers and prior use as columns of equal length.

Every column is a one-dimensional array. Money is int64 fen, a day is int32 days since
1970-01-01, a word is a small whole number with its list of words. Where a column allows
"not given", the number is -1; a name that no row gives has no column at all. Columns are never
changed here.
"""

from collections.abc import Iterator, Mapping
from typing import Final

import attrs
import numpy

from mutualaid_core.columnar.arithmetic.exact import Array
from mutualaid_core.domain.scheme.facts import EventKind
from mutualaid_core.domain.values.money import FEN_MAX
from mutualaid_core.errors import InvalidValueError

EVENTS: Final = tuple(EventKind)
"""Kinds of events; a column of events holds places in this list."""

PERIODS_MAX: Final = 256
"""Periods that one call may span."""

EPOCH: Final = 719_163
"""``date.toordinal`` of 1970-01-01, which is day 0 of every column of days."""

NO_DAY: Final = -(2**31)
"""A day of birth that is not given; it may lie before 1970."""

INT32_MAX: Final = 2**31 - 1
"""Persons and rows of one call are fewer."""

USED_MAX: Final = 2**62
"""Nobody used more before, so that a claim's own use and this together are numbers of 64 bits."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Codes:
    """Words of a code.

    Attributes:
        values: Any integer type, shape (n,): place of the word in ``words``; -1 not given.
        words: The words.
    """

    values: Array
    words: tuple[str, ...]


def merged(values: Array, words: tuple[str, ...]) -> Codes:
    """Words of a code of which some may stand twice in the list, each once.

    Args:
        values: Any integer type, shape (n,): place of the word in *words*; -1 not given.
        words: The words; one that stands twice would have two counters.
    """
    known: dict[str, int] = {}
    places = [known.setdefault(word, len(known)) for word in words]
    if len(known) == len(words):
        return Codes(values=values, words=words)
    # The last place is that of -1.
    return Codes(values=numpy.array([*places, -1])[values], words=tuple(known))


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Claims:
    """Claims (补助申请), one a row, in any order.

    Attributes:
        person: Any integer type: number of the person, from 0.
        order: int64: rank of the claim's id, no two alike; claims of one day go by it.
        event: int8: place in ``EVENTS``, or one kind for all rows.
        began: int32: first day.
        ended: int32: last day, not before the first.
        settled: int32: day of settlement, -1 not given; ``None`` where no row gives it.
        filed: int32: day of filing, -1 not given; ``None`` where no row gives it.
        amounts: int64, fen, by name, at most ``FEN_MAX``; -1 not given.
        counts: Any integer type, by name; -1 not given.
        codes: Words by name.
        flags: bool by name, or int8 with 1, 0 and -1 for not given.
        elsewhere: int64: fen that other schemes paid for the event; ``None`` for nothing.
        is_reversed: bool: whether the settlement was reversed; ``None`` for none of them.
    """

    person: Array
    order: Array
    event: Array | EventKind
    began: Array
    ended: Array
    settled: Array | None = None
    filed: Array | None = None
    amounts: Mapping[str, Array] = attrs.field(factory=dict)
    counts: Mapping[str, Array] = attrs.field(factory=dict)
    codes: Mapping[str, Codes] = attrs.field(factory=dict)
    flags: Mapping[str, Array] = attrs.field(factory=dict)
    elsewhere: Array | None = None
    is_reversed: Array | None = None
    gaps: frozenset[str] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        """Refuse columns of different lengths or wrong types, and note which have gaps."""
        _refuse_lengths(self)
        _refuse_numbers(self)
        for name in ("began", "ended", "settled", "filed"):
            _refuse_type(name, getattr(self, name), numpy.int32)
        _refuse_before("ended", self.ended, "began", self.began)
        if self.is_reversed is not None:
            _refuse_type("is_reversed", self.is_reversed, numpy.bool_)
        for name, values in self.amounts.items():
            _refuse_type(name, values, numpy.int64)
            _refuse_outside(name, values, FEN_MAX)
        if self.elsewhere is not None:
            _refuse_type("elsewhere", self.elsewhere, numpy.int64)
            _refuse_outside("elsewhere", self.elsewhere, FEN_MAX, least=0)
        _refuse_facts(self.counts, self.flags)
        _refuse_codes(self.codes)
        object.__setattr__(self, "gaps", _gaps(self.amounts, self.counts, self.codes, self.flags))

    def __len__(self) -> int:
        """Number of claims."""
        return len(self.person)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Covers:
    """Covers (保障), one a person and period, in any order.

    Attributes:
        person: Any integer type: number of the person, from 0.
        period: Any integer type: number of the period whose limits are used up, 0 to 255.
        first_day: int32: first day of cover; no two covers of one person share a day.
        last_day: int32: last day of cover, included, not before the first.
        born: int32: day of birth, may be below zero, ``NO_DAY`` not given; ``None`` where no age
            is asked for.
        counts: Any integer type, by name (``shares``, ``age``); -1 not given.
        codes: Words by name.
        flags: bool by name (``first_time``), or int8 with -1 for not given.
        parts: bool by id: whether the member holds the part.
    """

    person: Array
    period: Array
    first_day: Array
    last_day: Array
    born: Array | None = None
    counts: Mapping[str, Array] = attrs.field(factory=dict)
    codes: Mapping[str, Codes] = attrs.field(factory=dict)
    flags: Mapping[str, Array] = attrs.field(factory=dict)
    parts: Mapping[str, Array] = attrs.field(factory=dict)
    gaps: frozenset[str] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        """Refuse columns of different lengths or wrong types, and note which have gaps."""
        _refuse_lengths(self)
        _refuse_numbers(self)
        for name in ("first_day", "last_day", "born"):
            _refuse_type(name, getattr(self, name), numpy.int32)
        _refuse_before("last_day", self.last_day, "first_day", self.first_day)
        for name, values in self.parts.items():
            _refuse_type(name, values, numpy.bool_)
        _refuse_facts(self.counts, self.flags)
        _refuse_codes(self.codes)
        gaps = _gaps(self.counts, self.codes, self.flags)
        unborn = self.born is not None and bool((self.born == NO_DAY).any())
        object.__setattr__(self, "gaps", gaps | {"age"} if unborn else gaps)

    def __len__(self) -> int:
        """Number of covers."""
        return len(self.person)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Prior:
    """What claims before this batch used of one counter.

    Attributes:
        person: Any integer type: number of the person; no two rows of one person and period.
        period: Any integer type: number of the period; ``None`` for a counter over a lifetime.
        used: int64: fen, days or payments, not below zero; for the end of a stay its day, counted
            as ``date.toordinal`` counts.
    """

    person: Array
    used: Array
    period: Array | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse columns of different lengths or wrong types, a person twice, and impossible use."""
        _refuse_lengths(self)
        _refuse_numbers(self)
        _refuse_type("used", self.used, numpy.int64)
        if len(self.used) and not 0 <= int(self.used.min()) <= int(self.used.max()) <= USED_MAX:
            raise InvalidValueError("used", f"must be within 0 and {USED_MAX:,}", None)
        place = self.person.astype(numpy.int64) * PERIODS_MAX
        place += 0 if self.period is None else self.period.astype(numpy.int64)
        if len(numpy.unique(place)) < len(place):
            raise InvalidValueError("person", "must be there once for each counter and period", None)


def columns_of(owner: attrs.AttrsInstance) -> Iterator[tuple[str, Array]]:
    """Every column of a table with its name, those of its facts too."""
    for field in attrs.fields(type(owner)):
        value = getattr(owner, field.name, None)
        for name, part in value.items() if isinstance(value, Mapping) else ((field.name, value),):
            values = part.values if isinstance(part, Codes) else part
            if isinstance(values, numpy.ndarray):
                yield name, values


def _refuse_lengths(owner: attrs.AttrsInstance) -> None:
    """Refuse columns that are not one-dimensional, or not equally long."""
    length = None
    for name, values in columns_of(owner):
        if values.ndim != 1:
            raise InvalidValueError(name, "must be a column of one dimension", values.ndim)
        length = len(values) if length is None else length
        if len(values) != length:
            raise InvalidValueError(name, f"must have {length} rows, as the first column", len(values))


def _refuse_numbers(owner: Claims | Covers | Prior) -> None:
    """Refuse persons and periods that are not counted from 0, and claims without an order."""
    _refuse_range("person", owner.person, INT32_MAX)
    if isinstance(owner, Claims):
        _refuse_type("order", owner.order, numpy.int64)
        if not isinstance(owner.event, EventKind):
            _refuse_type("event", owner.event, numpy.int8)
            _refuse_range("event", owner.event, len(EVENTS) - 1)
    elif owner.period is not None:
        _refuse_range("period", owner.period, PERIODS_MAX - 1)


def _refuse_range(name: str, values: Array, most: int) -> None:
    _refuse_kind(name, values, "iu")
    if len(values) and not 0 <= int(values.min()) <= int(values.max()) <= most:
        raise InvalidValueError(name, f"must be counted from 0, up to {most:,}", None)


def _refuse_facts(counts: Mapping[str, Array], flags: Mapping[str, Array]) -> None:
    for name, values in counts.items():
        _refuse_kind(name, values, "iu")
        _refuse_outside(name, values, FEN_MAX)
    for name, values in flags.items():
        _refuse_kind(name, values, "b" if values.dtype == bool else "i")


def _refuse_codes(codes: Mapping[str, Codes]) -> None:
    """Refuse a number without a word."""
    for name, told in codes.items():
        _refuse_kind(name, told.values, "iu")
        low, high = (int(told.values.min()), int(told.values.max())) if len(told.values) else (0, -1)
        if low < -1 or high >= len(told.words):
            raise InvalidValueError(name, "must be places in the list of words, or -1", len(told.words))


def _refuse_type(name: str, values: Array | None, kind: type) -> None:
    if values is not None and values.dtype != kind:
        raise InvalidValueError(name, f"must be a column of {kind.__name__}", str(values.dtype))


def _refuse_kind(name: str, values: Array, kinds: str) -> None:
    if values.dtype.kind not in kinds:
        raise InvalidValueError(name, "must be a column of whole numbers", str(values.dtype))


def _refuse_before(name: str, later: Array, other: str, earlier: Array) -> None:
    """Refuse a last day before the first."""
    early = later < earlier
    if early.any():
        row = int(numpy.argmax(early))
        raise InvalidValueError(name, f"must not be before {other}", f"an earlier day in row {row}")


def _refuse_outside(name: str, values: Array, most: int, least: int = -1) -> None:
    if len(values) and (int(values.min()) < least or int(values.max()) > most):
        gap = ", or -1 where it is not given" if least < 0 else ""
        row = int(numpy.argmax((values < least) | (values > most)))
        raise InvalidValueError(name, f"must be within 0 and {most:,}{gap}", f"another in row {row}")


def _gaps(*groups: Mapping[str, Array] | Mapping[str, Codes]) -> frozenset[str]:
    """Names of the columns in which a value is not given."""
    named = ((name, part) for group in groups for name, part in group.items())
    plain = ((name, part.values if isinstance(part, Codes) else part) for name, part in named)
    return frozenset(name for name, values in plain if _has_gap(values))


def _has_gap(values: Array) -> bool:
    return values.dtype.kind == "i" and len(values) > 0 and int(values.min()) < 0
