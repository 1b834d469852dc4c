"""Leaves (单值): how each type of a single value is written, in files and in records.

A tool that reads YAML without the schema takes ``50.00`` for a number and ``"50.00"`` for a
text. The reader of this library takes both for the same amount, so the schema does too; what a
number must keep to is then told twice, as a bound for numbers and as a pattern for texts.
"""

import datetime
import enum
from collections.abc import Callable, Mapping
from typing import Any, Final

import attrs

from mutualaid_core.domain.claims.reason import Reason
from mutualaid_core.domain.fund.account import Title
from mutualaid_core.domain.scheme.joining import PeriodDay
from mutualaid_core.domain.values.checks import ID_BYTES_MAX
from mutualaid_core.domain.values.identifiers import DivisionCode, InstitutionCode
from mutualaid_core.domain.values.money import FEN_MAX, Money
from mutualaid_core.domain.values.personal import BankCard, Diagnosis, PersonName, ResidentId
from mutualaid_core.domain.values.ratio import Ratio

Schema = dict[str, Any]
"""A JSON Schema, or a part of one."""

_FRACTION: Final = "(0|[1-9][0-9]{0,6})/[1-9][0-9]{0,6}"
_PERCENT: Final = r"(0|[1-9][0-9]?)(\.[0-9]{1,4})?%|100(\.0{1,4})?%"
_YUAN: Final = r"(0|[1-9][0-9]{0,10})(\.[0-9]{1,2})?"
_ABOVE_NOTHING: Final = r"(?!0(\.0{1,2})?$)"
_CODES: Final[Mapping[object, Schema]] = {
    DivisionCode: {"type": ["string", "integer"], "pattern": "^[1-9][0-9]{5}$"},
    InstitutionCode: {"type": "string", "pattern": "^[HP][0-9]{11}$"},
    PeriodDay: {"type": ["integer", "string"], "pattern": "^(0|-?[1-9][0-9]{0,8})$"},
}
"""Identifiers whose form a standard fixes, and days that may lie before a period."""


@attrs.frozen(kw_only=True)
class Bounds:
    """What a field asks of its value besides the type.

    Attributes:
        least: Least whole number, or least fen of an amount; ``None`` for no bound.
        is_id: Whether it is an opaque id.
        is_text: Whether it is a text that says something.
        is_filled: Whether a list must have a part.
    """

    least: int | None = None
    is_id: bool = False
    is_text: bool = False
    is_filled: bool = False


NO_BOUNDS: Final = Bounds()
"""Nothing besides the type."""


class Form(enum.Enum):
    """Form (书写形式) in which the same entities are written.

    Attributes:
        FILE: By people, in YAML: yuan, percentages, days, codes.
        WIRE: By this library, in JSON: whole fen, fractions, numbers of reasons.
    """

    FILE = "file"
    WIRE = "wire"


def leaf(declared: object, bounds: Bounds, form: Form) -> Schema | None:
    """How a single value of a type is written; ``None`` for what is no single value."""
    if declared in _CODES:
        return dict(_CODES[declared])
    if (maker := _MAKERS.get(declared)) is not None:
        return maker(bounds, form)
    return None


def words_of(cls: type[enum.Enum], form: Form) -> list[object]:
    """The values of an enumeration as they are written.

    In a file a word of digits only may stand without quotation marks.
    """
    if cls is Reason:
        return [reason.number for reason in Reason]
    if cls is Title:
        return [title.code for title in Title]
    words: list[object] = [member.value for member in cls]
    digits = [int(word) for word in words if isinstance(word, str) and word.isdecimal()]
    return words + digits if form is Form.FILE else words


def _text(bounds: Bounds, form: Form) -> Schema:
    """A text; in a file an id or a code of digits only may stand without quotation marks."""
    if bounds.is_text:
        return {"type": "string", "minLength": 1, "pattern": r"^\S(.*\S)?$"}
    kinds = ["string", "integer"] if form is Form.FILE else "string"
    if bounds.is_id:
        return {"type": kinds, "minLength": 1, "maxLength": ID_BYTES_MAX, "pattern": r"^[^\s/]+$"}
    return {"type": kinds}


def _least(bounds: Bounds) -> Schema:
    return {} if bounds.least is None else {"minimum": bounds.least}


def _whole(bounds: Bounds, form: Form) -> Schema:
    if form is Form.WIRE:
        return {"type": "integer", **_least(bounds)}
    pattern = "^(0|[1-9][0-9]{0,8})$" if not bounds.least else "^[1-9][0-9]{0,8}$"
    least = max(bounds.least or 0, 0)
    return {"type": ["integer", "string"], "minimum": least, "pattern": pattern}


def _amount(bounds: Bounds, form: Form) -> Schema:
    """Fen; in a file yuan with at most two decimals.

    There is no ``multipleOf``: tools compute that with binary fractions.
    """
    if form is Form.WIRE:
        return {"type": "integer", **_least(bounds)}
    sign = "-?" if bounds.least is None else ""
    above = _ABOVE_NOTHING if bounds.least else ""
    written: Schema = {"type": ["number", "string"], "pattern": f"^{above}{sign}{_YUAN}$"}
    if bounds.least == 0:
        written["minimum"] = 0
    elif bounds.least:
        written["exclusiveMinimum"] = 0
    return written | {"maximum": FEN_MAX // 100}


def _truth(_bounds: Bounds, form: Form) -> Schema:
    return {"enum": [True, False, "yes", "no"]} if form is Form.FILE else {"type": "boolean"}


def _ratio(_bounds: Bounds, form: Form) -> Schema:
    pattern = f"{_PERCENT}|{_FRACTION}" if form is Form.FILE else _FRACTION
    return {"type": "string", "pattern": f"^({pattern})$"}


def _day(_bounds: Bounds, _form: Form) -> Schema:
    return {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}


def _instant(_bounds: Bounds, _form: Form) -> Schema:
    return {"type": "string", "format": "date-time"}


def _personal(_bounds: Bounds, _form: Form) -> Schema:
    """A person's number or name: no pattern, since a fault would quote what does not fit."""
    return {"type": "string"}


_MAKERS: Final[Mapping[object, Callable[[Bounds, Form], Schema]]] = {
    datetime.date: _day,
    datetime.datetime: _instant,
    str: _text,
    bool: _truth,
    int: _whole,
    Money: _amount,
    Ratio: _ratio,
    **dict.fromkeys((PersonName, ResidentId, Diagnosis, BankCard), _personal),
}
"""What makes the schema of a leaf, by its type."""
