"""Comparison (比较): the differences of two schemes, parameter by parameter."""

import enum
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import attrs

from mutualaid_core.domain.scheme.benefit.bands import Band, DayBand, SumBand
from mutualaid_core.domain.scheme.benefit.limits import AmountLimit, DaysLimit, PaymentsLimit
from mutualaid_core.domain.scheme.benefit.steps import Choice
from mutualaid_core.domain.scheme.benefit.terms import Benefit
from mutualaid_core.domain.scheme.dues import DuesRate, PayerShare
from mutualaid_core.domain.scheme.facts import FactTerm
from mutualaid_core.domain.scheme.joining import GateBand, Term
from mutualaid_core.domain.scheme.parts import Part
from mutualaid_core.domain.scheme.source import SourceDocument
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.money import Money
from mutualaid_core.domain.values.ratio import Ratio

_KEYS: Final[Mapping[type, Callable[[Any], object]]] = {
    SchemeVersion: lambda each: each.version_id,
    SourceDocument: lambda each: each.id,
    FactTerm: lambda each: each.name,
    Part: lambda each: each.part_id,
    Benefit: lambda each: each.benefit_id,
    DuesRate: lambda each: (each.part, each.when),
    PayerShare: lambda each: each.payer,
    Term: lambda each: (each.starts_after_months, each.months),
    GateBand: lambda each: each.eligible_below,
    Band: lambda each: each.above,
    SumBand: lambda each: each.above,
    DayBand: lambda each: each.first,
    AmountLimit: lambda each: (each.per, each.each, each.counter),
    PaymentsLimit: lambda each: (each.per, each.each, each.counter),
    DaysLimit: lambda each: (each.per, each.each, each.counter),
    Choice: lambda each: (each.one_of, each.least, each.most),
}
"""By what two parts of a list are the same part; others by kind and number."""

_THEMSELVES: Final = frozenset({SourceDocument, FactTerm, Part, Benefit})
"""Classes whose parts are never taken for changed others: a new benefit is a new one."""


class Kind(enum.Enum):
    """Kind of a difference (差异类型)."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"


@attrs.frozen(kw_only=True)
class Place:
    """One part of a path (路径).

    Attributes:
        owner: Class that has the field.
        field: Name of the field.
        number: Number in a list, from 0; ``None`` for a field that is no list.
        part: What stands at that number.
    """

    owner: type
    field: str
    number: int | None = None
    part: object = None


@attrs.frozen(kw_only=True)
class Difference:
    """Difference (差异) of one parameter.

    Attributes:
        kind: What happened to it.
        places: Where it stands, in the new scheme unless it was removed.
        old: What stood there; ``None`` where it was added.
        new: What stands there; ``None`` where it was removed.
        old_version: Version around it on the old side; ``None`` outside of any.
        new_version: Version around it on the new side.
    """

    kind: Kind
    places: tuple[Place, ...]
    old: object
    new: object
    old_version: SchemeVersion | None = None
    new_version: SchemeVersion | None = None

    @property
    def path(self) -> str:
        """The path as it is written: ``versions[0].dues.rates[1].amount``."""
        parts = (
            place.field if place.number is None else f"{place.field}[{place.number}]" for place in self.places
        )
        return ".".join(parts)

    @property
    def last(self) -> Place:
        """The innermost part of the path."""
        return self.places[-1]


def differences(old: object, new: object) -> tuple[Difference, ...]:
    """Every difference of two entities of one class, in the order of their fields."""
    return tuple(_of_fields(old, new, (), (None, None)))


_Versions = tuple[SchemeVersion | None, SchemeVersion | None]


def _of_fields(old: Any, new: Any, places: tuple[Place, ...], around: _Versions) -> Iterator[Difference]:  # noqa: ANN401  # entities of any class
    if isinstance(old, SchemeVersion):
        around = (old, new)
    for field in attrs.fields(type(old)):
        here = Place(owner=type(old), field=field.name)
        yield from _of_values(getattr(old, field.name), getattr(new, field.name), (*places, here), around)


def _of_values(
    old: object, new: object, places: tuple[Place, ...], around: _Versions
) -> Iterator[Difference]:
    if old == new:
        return
    if type(old) is type(new) and _is_entity(old):
        yield from _of_fields(old, new, places, around)
    elif _is_entity_list(old, new):
        assert isinstance(old, tuple)
        assert isinstance(new, tuple)
        yield from _of_lists(old, new, places, around)
    else:
        yield _difference(Kind.CHANGED, places, old, new, around)


def _difference(
    kind: Kind, places: tuple[Place, ...], old: object, new: object, around: _Versions
) -> Difference:
    return Difference(
        kind=kind, places=places, old=old, new=new, old_version=around[0], new_version=around[1]
    )


def _is_entity(value: object) -> bool:
    return attrs.has(type(value)) and not isinstance(value, Money | Ratio)


def _is_entity_list(old: object, new: object) -> bool:
    if isinstance(old, tuple) and isinstance(new, tuple):
        return all(map(_is_entity, (*old, *new)))
    return False


def _of_lists(
    old: tuple[Any, ...], new: tuple[Any, ...], places: tuple[Place, ...], around: _Versions
) -> Iterator[Difference]:
    pairs = _paired(old, new)
    for at_old, at_new in pairs:
        at = at_new if at_new is not None else at_old
        assert at is not None  # a pair has one side at least
        part = new[at] if at_new is not None else old[at]
        here = (*places[:-1], attrs.evolve(places[-1], number=at, part=part))
        if at_old is None:
            yield _difference(Kind.ADDED, here, None, part, around)
        elif at_new is None:
            yield _difference(Kind.REMOVED, here, part, None, around)
        else:
            # Parts are paired with parts of their own class only.
            yield from _of_fields(old[at_old], part, here, around)
    order = [at_old for at_old, at_new in pairs if at_old is not None and at_new is not None]
    if order != sorted(order):
        yield _difference(Kind.MOVED, places, old, new, around)


def _paired(old: tuple[Any, ...], new: tuple[Any, ...]) -> list[tuple[int | None, int | None]]:
    """Numbers of the parts that belong together, in the new order, then what is gone."""
    old_keys, new_keys = _keys(old), _keys(new)
    by_key = {key: number for number, key in enumerate(old_keys)}
    found = {number: by_key.get(key) for number, key in enumerate(new_keys)}
    left = [number for number, key in enumerate(old_keys) if key not in set(new_keys)]
    for number, at_old in found.items():
        if at_old is None and type(new[number]) not in _THEMSELVES:
            alike = (each for each in left if type(old[each]) is type(new[number]))
            if (other := next(alike, None)) is not None:
                found[number] = other
                left.remove(other)
    pairs: list[tuple[int | None, int | None]] = [(at_old, number) for number, at_old in found.items()]
    return pairs + [(number, None) for number in left]


def _keys(parts: tuple[Any, ...]) -> list[object]:
    """What each part is known by; equal ones are told apart by their number."""
    seen: dict[object, int] = {}
    keys: list[object] = []
    for part in parts:
        known = _KEYS.get(type(part))
        key = (type(part), known(part) if known else None)
        seen[key] = seen.get(key, -1) + 1
        keys.append((key, seen[key]))
    return keys
