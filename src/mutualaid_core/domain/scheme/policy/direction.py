"""Direction (方向): which way a lower layer may move a parameter of the layer above it.

The direction stands beside the field that it rules, since it is part of what the field means.
"""

import enum
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

import attrs

from mutualaid_core.clauses import check_clause
from mutualaid_core.domain.values.checks import checked, identifier, not_blank, optional
from mutualaid_core.errors import InvalidValueError

_KEY: Final = "ruling"

YES_IS_STRICTER: Final = (False, True)
NO_IS_STRICTER: Final = (True, False)
"""Orders of a truth, the looser one first."""


class Direction(enum.Enum):
    """What a lower layer may do with a parameter (ACFTU-18.1)."""

    MIN = "min"
    """The least that is asked: a lower layer may ask more."""
    MAX = "max"
    """The most that is allowed: a lower layer may allow less."""
    SUBSET = "subset"
    """What is allowed: a lower layer may choose inside it."""
    SUPERSET = "superset"
    """What is asked: a lower layer adds to it and takes nothing away."""
    FIXED = "fixed"
    """Set once: a lower layer may only repeat it."""
    TIGHTEN_ONLY = "tighten_only"
    """Words or truths in an order of strictness: a lower layer may only go up."""
    DATED = "dated"
    """Rows with days of their own: the nearest layer that has rows holds."""
    FREE = "free"
    """A lower layer may set it as it likes."""


@attrs.frozen(kw_only=True)
class Ruling:
    """How one parameter is ruled (参数规则).

    Attributes:
        direction: Which way a lower layer may move it.
        clause: Clause that knows the parameter; cited where a layer's own source is no clause.
        order: For ``tighten_only``, the values from the loosest to the strictest.
    """

    direction: Direction
    clause: str
    order: tuple[object, ...] = ()


def ruled(direction: Direction, clause: str, *order: object) -> Mapping[str, Ruling]:
    """Metadata of a field that policies set.

    Raises:
        InvalidValueError: There is no such clause, or an order stands beside another direction.
    """
    if (direction is Direction.TIGHTEN_ONLY) != bool(order):
        raise InvalidValueError("order", "must be given for tighten_only, and only for it", len(order))
    return MappingProxyType({_KEY: Ruling(direction=direction, clause=check_clause(clause), order=order)})


@attrs.frozen(kw_only=True, field_transformer=checked)
class Cite:
    """Where one parameter is printed, where that is not the source of its whole subject.

    Attributes:
        field: Name of the parameter within its subject.
        source: Clause, or a document of the policy.
    """

    field: str = attrs.field(validator=identifier)
    source: str = attrs.field(validator=not_blank)


@attrs.frozen(kw_only=True, field_transformer=checked)
class Terms:
    """Terms (条款) on one subject; a parameter that is ``None`` is one on which the layer is silent.

    Attributes:
        source: Where the parameters are printed.
        cites: Where single parameters are printed instead.
    """

    source: str | None = attrs.field(default=None, validator=optional(not_blank))
    cites: tuple[Cite, ...] = ()

    def __attrs_post_init__(self) -> None:
        """Refuse a parameter without a source, and a source without its parameter."""
        for name in self.told:
            if self.source_of(name) is None:
                raise InvalidValueError("source", f"must be given for {name}", None)
        cited = [cite.field for cite in self.cites]
        if strangers := sorted(set(cited) - set(self.told)):
            raise InvalidValueError("cites", "must name parameters that are set", ", ".join(strangers))
        if len(set(cited)) != len(cited):
            raise InvalidValueError("cites", "must name each parameter once", ", ".join(cited))

    @property
    def told(self) -> tuple[str, ...]:
        """Names of the parameters that are set."""
        return tuple(name for name in rulings_of(type(self)) if getattr(self, name) is not None)

    def source_of(self, name: str) -> str | None:
        """Where the parameter *name* is printed."""
        return next((cite.source for cite in self.cites if cite.field == name), self.source)

    @property
    def sources(self) -> tuple[str, ...]:
        """Every source that the terms cite."""
        own = () if self.source is None else (self.source,)
        return (*own, *(cite.source for cite in self.cites))


def rulings_of(cls: type["attrs.AttrsInstance"]) -> dict[str, Ruling]:
    """How each parameter of *cls* is ruled, by name, in the order of the fields.

    Args:
        cls: Class of terms, or of rows with days of their own whose parameters lower layers may tighten.
    """
    return {field.name: field.metadata[_KEY] for field in attrs.fields(cls) if _KEY in field.metadata}


def each_once(_owner: object, field: "attrs.Attribute[Any]", value: tuple[object, ...]) -> None:
    """A list that names nothing twice."""
    if len(set(value)) != len(value):
        raise InvalidValueError(field.name, "must name each once", len(value))
