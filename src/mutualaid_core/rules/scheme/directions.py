"""Directions (方向检查): whether a lower layer loosens a parameter of the layer above it."""

import datetime
import enum
from fractions import Fraction
from typing import Protocol, Self, cast

from mutualaid_core.clauses import implements
from mutualaid_core.domain.scheme.policy import Direction, Ruling
from mutualaid_core.domain.scheme.policy.governance import BannedWord, Term
from mutualaid_core.domain.values.money import Money
from mutualaid_core.domain.values.ratio import Ratio


class _Ordered(Protocol):
    def __lt__(self, other: Self, /) -> bool: ...


@implements("ACFTU-18.1")
def is_loosened(ruling: Ruling, upper: object, lower: object) -> bool:
    """Whether *lower* allows what *upper* does not, or does not ask what *upper* asks.

    A lower layer cannot take anything from what is asked in a list, since lists of that kind
    add up; nor is anything loosened where every layer may set what it likes.

    Args:
        ruling: How the parameter is ruled.
        upper: Value of the layer above.
        lower: Value of the layer below.

    Clause:
        ACFTU-18.1
    """
    match ruling.direction:
        case Direction.MIN:
            return _key(lower) < _key(upper)
        case Direction.MAX:
            return _key(upper) < _key(lower)
        case Direction.SUBSET:
            return not set(_parts(lower)) <= set(_parts(upper))
        case Direction.FIXED:
            return lower != upper
        case Direction.TIGHTEN_ONLY:
            return ruling.order.index(lower) < ruling.order.index(upper)
        case _:
            return False


def binding(ruling: Ruling, upper: object, lower: object) -> object:
    """What holds of a parameter that both layers set: the stricter, or for lists that add up, both.

    What loosens does not hold, so that a faulty layer never lets anything through.

    Clause:
        ACFTU-18.1
    """
    if ruling.direction is Direction.SUPERSET:
        above = _parts(upper)
        return (*above, *(part for part in _parts(lower) if part not in above))
    return upper if is_loosened(ruling, upper, lower) else lower


def demand(ruling: Ruling, upper: object) -> str:
    """What a lower layer must keep to, for a message."""
    words = {
        Direction.MIN: "must be >=",
        Direction.MAX: "must be <=",
        Direction.SUBSET: "must be within",
        Direction.TIGHTEN_ONLY: "must be as strict as",
    }
    return f"{words.get(ruling.direction, 'must be')} {value_text(upper)}"


def value_text(value: object) -> str:
    """A value of a policy as its file has it."""
    if isinstance(value, tuple):
        return ", ".join(value_text(part) for part in value) or "nothing"
    if isinstance(value, enum.Enum):
        return str(value.value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Term | BannedWord):
        return value.word
    return str(value).lower() if isinstance(value, bool) else str(value)


def _key(value: object) -> _Ordered:
    """What a number, an amount, a ratio or a day is compared by."""
    if isinstance(value, Ratio):
        return Fraction(value.numerator, value.denominator)
    return value.fen if isinstance(value, Money) else cast("_Ordered", value)


def _parts(value: object) -> tuple[object, ...]:
    """The parts of a list; every parameter that is ruled as one is a tuple."""
    return cast("tuple[object, ...]", value)
