"""Terms (条款): what could be read of a version, each entity with its path."""

import re
import typing
from collections.abc import Iterator, Mapping
from typing import Final, TypeVar

import attrs

from mutualaid_core.domain.scheme.benefit.conditions import Condition
from mutualaid_core.domain.scheme.benefit.terms import Benefit
from mutualaid_core.domain.scheme.dues import Dues
from mutualaid_core.domain.scheme.eligibility import Eligibility
from mutualaid_core.domain.scheme.facts import KNOWN_CODES, KNOWN_FACTS, FactKind, FactTerm
from mutualaid_core.domain.scheme.parts import Part
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.money import Money
from mutualaid_core.domain.values.ratio import Ratio

Entity = TypeVar("Entity")
Placed = tuple[str, Entity]
"""An entity with its path."""

_IN_LIST: Final = re.compile(r"(.*)\[[0-9]+\]")


@attrs.frozen(kw_only=True)
class Terms:
    """What could be read of a version (已读条款).

    Attributes:
        entities: Every entity that could be read, by its path.
        is_whole: Whether everything could; what is never used is told only then.
        facts_besides: Names of declared facts of which more could not be read.
        parts_besides: Ids of such parts.
        benefits_besides: Ids of such benefits.
    """

    entities: Mapping[str, object]
    is_whole: bool = True
    facts_besides: tuple[str, ...] = ()
    parts_besides: tuple[str, ...] = ()
    benefits_besides: tuple[str, ...] = ()

    @classmethod
    def of(cls, version: SchemeVersion) -> "Terms":
        """Everything of a version."""
        return cls(entities=dict(_inside("", version)))

    def every(self, kind: type[Entity]) -> list[Placed[Entity]]:
        """Every entity of *kind* in the order of the file."""
        return [(path, each) for path, each in self.entities.items() if isinstance(each, kind)]

    def one(self, kind: type[Entity]) -> Entity | None:
        """The entity of *kind*, of which a version has one; ``None`` where it could not be read."""
        return next((each for each in self.entities.values() if isinstance(each, kind)), None)

    @property
    def conditions(self) -> dict[str, list[Placed[Condition]]]:
        """Every list of conditions by its path."""
        lists: dict[str, list[Placed[Condition]]] = {}
        for path, each in self.entities.items():
            if isinstance(each, Condition):
                lists.setdefault(list_of(path), []).append((path, each))
        return lists

    @property
    def kinds(self) -> dict[str, FactKind | None]:
        """Kind of every fact that may be named; ``None`` where its declaration could not be read."""
        declared = {fact.name: fact.kind for _, fact in self.every(FactTerm)}
        return {**dict.fromkeys(self.facts_besides), **declared, **KNOWN_FACTS}

    @property
    def words(self) -> dict[str, tuple[str, ...]]:
        """The words of every code that takes no others."""
        declared = {fact.name: fact.codes for _, fact in self.every(FactTerm) if fact.codes}
        known = {name: words for name, words in KNOWN_CODES.items() if words}
        return {**declared, **known}

    @property
    def part_ids(self) -> tuple[str, ...]:
        """Ids of all parts."""
        return (*(part.part_id for _, part in self.every(Part)), *self.parts_besides)

    @property
    def benefits(self) -> list[Placed[Benefit]]:
        """The benefits."""
        return self.every(Benefit)

    @property
    def benefit_ids(self) -> tuple[str, ...]:
        """Ids of all benefits."""
        return (*(benefit.benefit_id for _, benefit in self.benefits), *self.benefits_besides)

    @property
    def dues(self) -> Dues | None:
        """The dues."""
        return self.one(Dues)

    @property
    def eligibility(self) -> Eligibility | None:
        """Who may join."""
        return self.one(Eligibility)


def list_of(path: str) -> str:
    """Path of the list in which the part at *path* stands; empty where it stands in none.

    >>> list_of("benefits[0].when[1]")
    'benefits[0].when'
    """
    match = _IN_LIST.fullmatch(path)
    return match[1] if match else ""


def _inside(path: str, value: object) -> Iterator[tuple[str, object]]:
    """*value* and every entity in it, with their paths."""
    if isinstance(value, tuple):
        for number, part in enumerate(value):
            yield from _inside(f"{path}[{number}]", part)
    elif attrs.has(type(value)) and not isinstance(value, Money | Ratio):
        yield path, value
        for field in attrs.fields(typing.cast("type[attrs.AttrsInstance]", type(value))):
            inner = f"{path}.{field.name}" if path else field.name
            yield from _inside(inner, getattr(value, field.name))
