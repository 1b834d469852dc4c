"""Facts of events (事件事实) in columns: a view on some rows of the claims and their covers."""

from collections.abc import Mapping
from typing import NoReturn

import attrs
import numpy

from mutualaid_core.clauses import implements
from mutualaid_core.columnar.arithmetic.exact import Array
from mutualaid_core.columnar.arithmetic.linear import Table
from mutualaid_core.columnar.tables.columns import EVENTS, NO_DAY, Claims, Codes, Covers, merged
from mutualaid_core.domain.scheme.facts import PERSONAL_FACTS, EventKind
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.errors import InvalidValueError

Rows = slice | Array
"""Some rows of a table: a range, or their numbers."""


@attrs.frozen(kw_only=True, eq=False)
class EventFacts:
    """Facts of some events, as they stand in the columns of claims and covers.

    Attributes:
        claims: All claims.
        covers: All covers.
        version: The scheme version, for the list of designated hospitals.
        rows: Rows of the claims that are looked at.
        cover: Row of its cover for each of them; where there is none, any row.
        first_day: First day of each cover, int32.
        active: Rows that are asked about; ``None`` for all. What is not given, or of no class,
            is a fault in these rows only.
        derived: Sums of these rows that were worked out before, so that they are not again.
        tables: Broken lines of steps that were worked out before, for these rows or others.
    """

    claims: Claims
    covers: Covers
    version: SchemeVersion
    rows: Rows
    cover: Array
    first_day: Array
    active: Array | None = None
    derived: dict[tuple[str, ...], Array] = attrs.field(factory=dict)
    tables: dict[object, Table | None] = attrs.field(factory=dict)

    def __len__(self) -> int:
        """Number of events."""
        return len(self.cover)

    @property
    def began(self) -> Array:
        """First days."""
        return some(self.claims.began, self.rows)

    @property
    def ended(self) -> Array:
        """Last days."""
        return some(self.claims.ended, self.rows)

    @property
    def elsewhere(self) -> Array | None:
        """What other schemes paid, in fen; ``None`` where no claim tells of any."""
        told = self.claims.elsewhere
        return None if told is None else some(told, self.rows)

    def amount(self, name: str) -> Array:
        """Fen of one amount; -1 where nobody asks and it is not given.

        Raises:
            InvalidValueError: The facts do not say.
        """
        return self._given(name, self.told_amount(name))

    def told_amount(self, name: str) -> Array | None:
        """Fen of one amount, -1 where it is not given; ``None`` where no claim tells it."""
        told = self.claims.amounts.get(name)
        return None if told is None else some(told, self.rows)

    def count(self, name: str) -> Array:
        """One whole number; one share where the facts say nothing of shares.

        Raises:
            InvalidValueError: The facts do not say.
        """
        found = self.told_count(name)
        if name != "shares":
            return self._given(name, found)
        if found is None:
            return numpy.ones(len(self), dtype=numpy.int64)
        return numpy.where(found < 0, 1, found) if self._may_lack(name) else found

    def told_count(self, name: str) -> Array | None:
        """One whole number, -1 where it is not given; ``None`` where nobody tells it."""
        derived = None
        if name == "cover_day":
            derived = numpy.maximum(self.began - self.first_day + 1, 1)
        elif name == "age" and self.covers.born is not None:
            derived = self._age(numpy.take(self.covers.born, self.cover, mode="clip"))
        return self._told(name, self.claims.counts, self.covers.counts, derived)

    def _age(self, born: Array) -> Array:
        """Ages, or else what the cover tells, or -1."""
        told = self.covers.counts.get("age")
        other = -1 if told is None else numpy.take(told, self.cover, mode="clip")
        unknown = born == NO_DAY
        return numpy.where(
            unknown, other, numpy.maximum(age_on(numpy.where(unknown, 0, born), self.began), 0)
        )

    def code(self, name: str) -> Codes:
        """One word.

        Raises:
            InvalidValueError: The facts do not say.
        """
        told = self.told_code(name)
        values = self._given(name, None if told is None else told.values)
        return told if told is not None else Codes(values=values, words=())

    def told_code(self, name: str) -> Codes | None:
        """One word, -1 where it is not given; ``None`` where nobody tells it."""
        own, held = self.claims.codes.get(name), self.covers.codes.get(name)
        if held is not None:
            held = Codes(values=numpy.take(held.values, self.cover, mode="clip"), words=held.words)
        if own is None:
            return held
        values = some(own.values, self.rows)
        if held is None or name not in self.claims.gaps:
            return Codes(values=values, words=own.words)
        other = numpy.where(held.values < 0, -1, held.values.astype(numpy.int64) + len(own.words))
        return merged(numpy.where(values < 0, other, values), own.words + held.words)

    def flag(self, name: str) -> Array:
        """Whether it is so.

        Raises:
            InvalidValueError: The facts do not say.
        """
        told = self._told(name, self.claims.flags, self.covers.flags, None)
        if name == "designated_hospital" and (told is None or self._may_lack(name)):
            designated = is_designated(self)
            known = numpy.ones(len(self), dtype=bool) if designated is None else designated
            return known if told is None else numpy.where(told < 0, known, told > 0)
        found = self._given(name, told)
        return found if found.dtype == bool else found > 0

    def refuse(self, name: str, at: int) -> NoReturn:
        """Refuse a value for which the scheme has no class.

        Raises:
            InvalidValueError: Always.
        """
        raise InvalidValueError(name, "must be of a class that the scheme names", self._shown(name, at))

    def _shown(self, name: str, at: int) -> object:
        codes = self.told_code(name)
        if codes is None:
            return int(self.count(name)[at])
        word = codes.words[int(codes.values[at])]
        return f"{len(word)} characters" if name in PERSONAL_FACTS else word

    def _given(self, name: str, values: Array | None) -> Array:
        """*values*, if every active row has one."""
        if values is None:
            if self.active is None or bool(self.active.any()):
                _missing(name)
            return numpy.full(len(self), -1, dtype=numpy.int64)
        if self._may_lack(name):
            lacking = values < 0
            if bool((lacking if self.active is None else lacking & self.active).any()):
                _missing(name)
        return values

    def _may_lack(self, name: str) -> bool:
        return not is_given(self, name)

    def _told(
        self, name: str, own: Mapping[str, Array], held: Mapping[str, Array], derived: Array | None
    ) -> Array | None:
        """What the claim itself tells, or else what follows from its cover, or else the cover."""
        fallback = derived
        if fallback is None and name in held:
            fallback = numpy.take(held[name], self.cover, mode="clip")
        if name not in own:
            return fallback
        values = some(own[name], self.rows)
        if fallback is None or name not in self.claims.gaps:
            return values
        return numpy.where(values < 0, fallback, values)

    def among(self, rows: Array) -> "EventFacts":
        """The same facts, of which only *rows* are asked about besides what was so before."""
        return attrs.evolve(self, active=rows if self.active is None else self.active & rows)


def numbers_of(rows: Rows) -> Array:
    """The numbers of *rows*."""
    return numpy.arange(rows.start, rows.stop) if isinstance(rows, slice) else rows


def is_part_held(facts: EventFacts, part_id: str) -> Array:
    """Whether each member holds the part."""
    held = facts.covers.parts.get(part_id)
    if held is None:
        return numpy.zeros(len(facts), dtype=bool)
    return numpy.take(held, facts.cover, mode="clip")


def is_event(facts: EventFacts, kind: EventKind) -> Array | None:
    """Which rows are events of that kind; ``None`` where all are."""
    event = facts.claims.event
    if isinstance(event, EventKind):
        return None if event is kind else numpy.zeros(len(facts), dtype=bool)
    found: Array = some(event, facts.rows) == EVENTS.index(kind)
    return found


def is_given(facts: EventFacts, name: str) -> bool:
    """Whether a fact has no gap in any row of the claims and covers."""
    return name not in facts.claims.gaps and name not in facts.covers.gaps


def only(facts: EventFacts, rows: Array) -> EventFacts:
    """The facts of some of these events, by their numbers in this view."""
    return attrs.evolve(
        facts,
        rows=numbers_of(facts.rows)[rows],
        cover=facts.cover[rows],
        first_day=facts.first_day[rows],
        derived={},
        active=None if facts.active is None else facts.active[rows],
    )


@implements("HN-4.2.1c")
def is_designated(facts: EventFacts) -> Array | None:
    """Where the hospital is one of the scheme's list; ``None`` where there is no list.

    Clause:
        HN-4.2.1c
    """
    institutions = facts.version.event.institutions
    if not institutions:
        return None
    codes = facts.claims.codes.get("fixmedins_code")
    if codes is None:
        return numpy.zeros(len(facts), dtype=bool)
    listed = numpy.array([*(word in institutions for word in codes.words), False], dtype=bool)
    return numpy.take(listed, some(codes.values, facts.rows), mode="wrap")


def age_on(born: Array, day: Array) -> Array:
    """Ages in whole years (周岁) on *day*; a birthday counts from its own day on."""
    months = [dates.astype("datetime64[D]").astype("datetime64[M]") for dates in (born, day)]
    of_month = [
        days - month.astype("datetime64[D]").astype(numpy.int64)
        for days, month in zip((born, day), months, strict=True)
    ]
    passed = months[1].astype(numpy.int64) - months[0].astype(numpy.int64)
    found: Array = (passed - (of_month[1] < of_month[0])) // 12
    return found


def some(values: Array, rows: Rows) -> Array:
    """The values of *rows*."""
    if isinstance(rows, slice):
        found: Array = values[rows]
        return found
    return numpy.take(values, rows)


def _missing(name: str) -> NoReturn:
    raise InvalidValueError(name, "must be given, for the scheme asks for it", None)
