"""Checks that every entity's fields pass when it is built.

``checked`` reads the declared type of each field, so an entity states a type once and a
wrong value cannot get in, whether it comes from a caller or from a store. Beyond the type,
fields name their own rule (``not_negative``, ``identifier``). What a check says of a refused
value never quotes a text that may be personal.
"""

import re
import types
import typing
from collections.abc import Callable
from typing import Any, Final, TypeAlias

import attrs

from mutualaid_core.errors import InvalidValueError

Field: TypeAlias = "attrs.Attribute[Any]"
Check: TypeAlias = Callable[[object, Field, Any], None]
Matcher: TypeAlias = Callable[[object], bool]

ID_BYTES_MAX: Final = 64

_QUOTABLE: Final = re.compile(r"[0-9+\-.,_%/ ]{1,10}", re.ASCII)
_LONG_NUMBER: Final = re.compile(r"[0-9]{7}", re.ASCII)


def checked(owner: type, fields: list[Field]) -> list[Field]:
    """Field transformer: each field gets the check of its declared type, then its own.

    Types are exact: a ``bool`` is no ``int``, a subclass is not its base. Known are classes,
    ``NewType``, unions, ``None``, and tuples of these.

    Raises:
        TypeError: A field of *owner* has no type, a type in quotes, or one that holds
            something mutable; the class itself is then wrong.
    """
    return [_with_type_check(owner, field) for field in fields]


def _with_type_check(owner: type, field: Field) -> Field:
    of_type = _type_check(f"{owner.__name__}.{field.name}", field.type)
    own = field.validator
    return field.evolve(validator=of_type if own is None else attrs.validators.and_(of_type, own))


def _type_check(place: str, declared: object) -> Check:
    if declared is None:
        message = f"{place} needs a declared type"
        raise TypeError(message)
    matches = _matcher(place, declared)
    wanted = _described(declared)

    def check(_owner: object, field: Field, value: object) -> None:
        if not matches(value):
            # Only the type is told: a wrong value may be a person's number or name.
            raise InvalidValueError(public_name(field), f"must be {wanted}", type(value).__name__)

    return check


def public_name(field: Field) -> str:
    """Name under which the constructor takes *field*."""
    return field.alias or field.name


def _described(declared: object) -> str:
    origin, arguments = typing.get_origin(declared), typing.get_args(declared)
    if origin is tuple:
        return f"tuple[{', '.join('...' if each is ... else _described(each) for each in arguments)}]"
    if origin is not None:
        return " | ".join(_described(each) for each in arguments)
    return "None" if declared is types.NoneType else str(getattr(declared, "__name__", declared))


def _matcher(place: str, declared: object) -> Matcher:
    origin, arguments = typing.get_origin(declared), typing.get_args(declared)
    if origin in {types.UnionType, typing.Union}:
        choices = [_matcher(place, each) for each in arguments]
        return lambda value: any(matches(value) for matches in choices)
    if origin is tuple:
        return _tuple_matcher(place, arguments)
    if isinstance(declared, typing.NewType):
        return _matcher(place, declared.__supertype__)
    if origin is None and isinstance(declared, type) and _is_plain(declared):
        return lambda value: type(value) is declared
    message = f"{place} must be declared as an immutable class, a union or a tuple of such, not {declared!r}"
    raise TypeError(message)


def _is_plain(declared: type) -> bool:
    """Whether values of exactly *declared* can be told apart and do not change."""
    return declared not in {object, typing.Any} and declared.__hash__ is not None


def _tuple_matcher(place: str, arguments: tuple[object, ...]) -> Matcher:
    if arguments[-1:] == (...,):
        each = _matcher(place, arguments[0])
        return lambda value: type(value) is tuple and all(each(part) for part in value)
    parts = [_matcher(place, argument) for argument in arguments]
    return lambda value: (
        type(value) is tuple
        and len(value) == len(parts)
        and all(matches(part) for matches, part in zip(parts, value, strict=True))
    )


def quotable(text: str) -> str:
    """What an error may show of a *text* from outside: short figures, otherwise only its length.

    A column that has slipped puts names, telephone and ID numbers where an amount is expected.

    >>> quotable("1,234.5"), quotable("13800000000")
    ('1,234.5', '11 characters')
    """
    shown = _QUOTABLE.fullmatch(text) and not _LONG_NUMBER.search(text)
    return text if shown else f"{len(text)} characters"


def identifier(_owner: object, field: Field, value: str) -> None:
    """An opaque id: 1 to 64 bytes of printable text, no blank and no slash (slashes join keys).

    Bytes and not characters, so that three ids joined stay within the longest key of a store.
    """
    plain = value.isprintable() and not any(char.isspace() or char == "/" for char in value)
    if not (plain and 0 < len(value.encode()) <= ID_BYTES_MAX):
        rule = f"must be 1 to {ID_BYTES_MAX} bytes of printable text without blanks or '/'"
        raise InvalidValueError(public_name(field), rule, f"{len(value)} characters")


def not_blank(_owner: object, field: Field, value: str) -> None:
    """A text that says something: not empty, no control characters, no blanks around it."""
    if not value or value != value.strip() or not value.isprintable():
        raise InvalidValueError(public_name(field), "must be a printable text", f"{len(value)} characters")


def not_empty(_owner: object, field: Field, value: tuple[object, ...]) -> None:
    """A tuple with at least one part."""
    if not value:
        raise InvalidValueError(public_name(field), "must not be empty", value)


def at_least(least: int) -> Check:
    """A whole number (or an amount's fen) of at least *least*; an amount is told in yuan."""

    def check(_owner: object, field: Field, value: object) -> None:
        fen = getattr(value, "fen", None)
        if typing.cast("int", value if fen is None else fen) < least:
            told = str(least) if fen is None or not least else f"{least // 100}.{least % 100:02d}"
            raise InvalidValueError(
                public_name(field), f"must be >= {told}", value if fen is None else str(value)
            )

    return check


def optional(check: Check) -> Check:
    """*check* for a value that may also be ``None``."""

    def check_given(owner: object, field: Field, value: object) -> None:
        if value is not None:
            check(owner, field, value)

    return check_given


not_negative: Check = at_least(0)
"""An amount or a count that is not below zero."""

positive: Check = at_least(1)
"""An amount or a count above zero."""
