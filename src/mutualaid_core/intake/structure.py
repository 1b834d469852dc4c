"""Structure (结构化): a document becomes an entity, with every problem located."""

import datetime
import re
from difflib import get_close_matches
from functools import cache
from typing import Final, TypeVar

import attrs
import cattrs
from cattrs import transform_error

from mutualaid_core.domain.values.checks import quotable
from mutualaid_core.domain.values.dates import parse_day
from mutualaid_core.domain.values.money import Money, parse_yuan
from mutualaid_core.domain.values.ratio import Ratio, parse_ratio
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.intake.document import Document, Path_, path_text
from mutualaid_core.intake.problem import Trouble
from mutualaid_core.serialization.wire import make_converter

Entity = TypeVar("Entity")

_WHOLE: Final = re.compile(r"0|[1-9][0-9]{0,8}", re.ASCII)
_PART: Final = re.compile(r"\.([^.\[\]]+)|\[([0-9]+)\]")
_TRUTH: Final = {"true": True, "yes": True, "false": False, "no": False}
_MARK: Final = "\x1f"
"""Separates the parts of a message on its way through the library that adds the path."""


def structure(document: Document, cls: type[Entity]) -> Entity | None:
    """The entity of *cls* that *document* describes, or ``None`` with its problems noted.

    Amounts are yuan (``50.00``), ratios percentages or fractions (``35%``, ``1/3``), days
    ``YYYY-MM-DD``; unknown and missing fields are problems.
    """
    if document.plain is None:
        return None
    try:
        return _converter().structure(document.plain, cls)
    except Exception as error:  # noqa: BLE001  # what a document breaks, it breaks in any way
        for line in transform_error(error, path="$", format_exception=_message):
            _note(document, line)
        return None


@cache
def _converter() -> cattrs.Converter:
    return make_converter(
        {
            int: lambda value: _whole(_text(value)),
            bool: lambda value: _truth(_text(value)),
            str: _text,
            datetime.date: lambda value: parse_day(_text(value)),
            Money: lambda value: parse_yuan(_text(value)),
            Ratio: lambda value: parse_ratio(_text(value)),
        }
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        kind = {dict: "fields", list: "a list"}.get(type(value), "nothing")
        raise InvalidValueError("value", "must be a single value", kind)
    return value


def _whole(text: str) -> int:
    if not _WHOLE.fullmatch(text):
        raise InvalidValueError("value", "must be a whole number", quotable(text))
    return int(text)


def _truth(text: str) -> bool:
    if text not in _TRUTH:
        raise InvalidValueError("value", "must be true or false", quotable(text))
    return _TRUTH[text]


def _message(error: BaseException, _kind: type | None) -> str:
    """The parts of a problem: trouble, field below the path, value, detail."""
    if isinstance(error, InvalidValueError):
        clause = f" [{error.clause}]" if error.clause else ""
        return _MARK.join((Trouble.VALUE.name, error.field, str(error.value), f"{error.rule}{clause}"))
    if isinstance(error, cattrs.ForbiddenExtraKeysError):
        known = tuple(field.name for field in attrs.fields(error.cl)) if attrs.has(error.cl) else ()
        return _MARK.join((Trouble.UNKNOWN_FIELD.name, ",".join(sorted(error.extra_fields)), ",".join(known), ""))
    if isinstance(error, KeyError):
        return _MARK.join((Trouble.MISSING_FIELD.name, str(error.args[0]), "", ""))
    return _MARK.join((Trouble.VALUE.name, "", "", "has the wrong shape"))


def _note(document: Document, line: str) -> None:
    """Turn one line of the library, message and path, into located problems."""
    message, _, place = line.rpartition(" @ ")
    path = _parse_path(place.removeprefix("$"))
    name, field, value, detail = message.split(_MARK)
    trouble = Trouble[name]
    if trouble is Trouble.UNKNOWN_FIELD:
        for extra in field.split(","):
            close = get_close_matches(extra, value.split(","), n=1)
            hint = f"did you mean {close[0]}?" if close else ""
            document.add(document.line_of((*path, extra)), path_text((*path, extra)), trouble, "", hint)
        return
    inner: Path_ = (*path, field) if trouble is Trouble.MISSING_FIELD or (*path, field) in document.lines else path
    document.add(document.line_of(inner), path_text(inner), trouble, value, detail)


def _parse_path(text: str) -> Path_:
    return tuple(name or int(number) for name, number in _PART.findall(text))


