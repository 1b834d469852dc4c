"""Structure (结构化): a document becomes an entity, with every problem located."""

import datetime
import re
import types
import typing
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache
from typing import Any, Final, TypeVar

import attrs
import cattrs

from mutualaid_core.domain.values.checks import quotable
from mutualaid_core.domain.values.identifiers import InstitutionCode, parse_institution_code
from mutualaid_core.domain.values.money import Money, parse_yuan
from mutualaid_core.domain.values.ratio import Ratio, parse_ratio
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.intake import cells
from mutualaid_core.intake.document import Document, Path_, Plain, part_of
from mutualaid_core.intake.problem import Trouble
from mutualaid_core.serialization.wire import STEP_KINDS, make_converter

Entity = TypeVar("Entity")

_WHOLE: Final = re.compile(r"0|[1-9][0-9]{0,8}", re.ASCII)
_WORD: Final = re.compile(r"[A-Za-z][a-z_-]{0,19}", re.ASCII)
_TRUTH: Final = {"true": True, "yes": True, "false": False, "no": False}
_HINT_CHARS_MAX: Final = 40
_TAG: Final = "kind"


def structure(document: Document, cls: type[Entity]) -> Entity | None:
    """The entity of *cls* that *document* describes, or ``None`` with its problems noted.

    Amounts are yuan (``50.00``), ratios percentages or fractions (``35%``, ``1/3``), days
    ``YYYY-MM-DD``; unknown and missing fields are problems.
    """
    if document.plain is None:
        return None
    for _ in range(2):
        try:
            return _converter().structure(document.plain, cls)
        except Exception as error:  # noqa: BLE001  # what a document breaks, it breaks in any way
            _note(document, error, ())
        # Without the fields that are not known, what they hid may show as well.
        if not _drop_unknown(document):
            break
    return None


def _drop_unknown(document: Document) -> bool:
    """Take the fields that were noted as unknown out of the content; false where there are none."""
    unknown = document.noted(Trouble.UNKNOWN_FIELD)
    for path in unknown:
        around = part_of(document.plain, path[:-1])
        if isinstance(around, dict):
            around.pop(str(path[-1]), None)
    return bool(unknown)


@cache
def _converter() -> cattrs.Converter:
    converter = make_converter(
        {
            int: lambda value: _whole(_text(value)),
            bool: lambda value: _truth(_text(value)),
            str: _text,
            datetime.date: lambda value: cells.day(_text(value)),
            Money: lambda value: parse_yuan(_text(value)),
            Ratio: lambda value: parse_ratio(_text(value)),
        }
    )
    converter.register_structure_hook_func(
        lambda kind: kind is InstitutionCode, lambda value, _: parse_institution_code(_text(value))
    )
    converter.register_structure_hook_factory(_is_tuple, lambda kind: _tuple_hook(kind, converter))
    return converter


def _is_tuple(kind: Any) -> bool:  # noqa: ANN401  # cattrs asks about every kind of type
    return typing.get_origin(kind) is tuple


def _tuple_hook(kind: Any, converter: cattrs.Converter) -> Any:  # noqa: ANN401  # as cattrs has it
    """A list stays a list: a single text is not taken for the list of its characters."""
    listed: Any = types.GenericAlias(list, (typing.get_args(kind)[0],))

    def hook(value: object, _: Any) -> tuple[object, ...]:  # noqa: ANN401  # as cattrs has it
        if not isinstance(value, list):
            raise InvalidValueError("value", "must be a list", _shape(value))
        return tuple(converter.structure(value, listed))

    return hook


def _shape(value: object) -> str:
    """What stands where something else should."""
    kinds: dict[type, str] = {dict: "fields", list: "a list", str: "a single value"}
    return kinds.get(type(value), "nothing")


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise InvalidValueError("value", "must be a single value", _shape(value))
    return value


def _whole(text: str) -> int:
    if not _WHOLE.fullmatch(text):
        raise InvalidValueError("value", "must be a whole number", quotable(text))
    return int(text)


def _truth(text: str) -> bool:
    if text not in _TRUTH:
        raise InvalidValueError("value", "must be true or false", quotable(text))
    return _TRUTH[text]


def _note(document: Document, error: BaseException, path: Path_) -> None:
    """Turn what the converter raised, a tree of errors, into located problems."""
    found = part_of(document.plain, path)
    if isinstance(error, cattrs.ClassValidationError) and not isinstance(found, dict):
        document.add_at(path, Trouble.VALUE, _shape(found), "must be named fields")
    elif isinstance(error, cattrs.ClassValidationError | cattrs.IterableValidationError):
        inner, own = error.group_exceptions()
        for each, note in inner:
            _note_part(document, each, path, note.name if hasattr(note, "name") else note.index)
        for each in own:
            _note(document, each, path)
    elif isinstance(error, cattrs.ForbiddenExtraKeysError):
        known = [field.name for field in attrs.fields(error.cl)] if attrs.has(error.cl) else []
        for extra in sorted(error.extra_fields, key=lambda name: document.line_of((*path, name))):
            document.add_at((*path, extra), Trouble.UNKNOWN_FIELD, "", did_you_mean(extra, known))
    elif isinstance(error, InvalidValueError):
        _note_value(document, error, path)
    else:
        _note_step(document, path, found)


def _note_part(document: Document, error: BaseException, path: Path_, name: str | int) -> None:
    if isinstance(error, KeyError) and error.args == (name,):
        document.add_at((*path, name), Trouble.MISSING_FIELD)
    else:
        _note(document, error, (*path, name))


def _note_value(document: Document, error: InvalidValueError, path: Path_) -> None:
    is_missing = error.value is None and isinstance(part_of(document.plain, path), dict)
    if is_missing or (*path, error.field) in document.lines:
        path = (*path, error.field)
    clause = f" [{error.clause}]" if error.clause else ""
    found = part_of(document.plain, path)
    told = str(error.value)
    if isinstance(found, str) and (_WORD.fullmatch(found) or quotable(found) == found):
        told = found
    document.add_at(path, Trouble.VALUE, told, f"{error.rule}{clause}")


def _note_step(document: Document, path: Path_, found: Plain) -> None:
    """A benefit step whose kind is none; whatever else no rule foresees has the wrong shape."""
    kinds = sorted(STEP_KINDS.values())
    if not isinstance(found, dict):
        document.add_at(path, Trouble.VALUE, _shape(found), "must be named fields")
    elif "steps" in path and _TAG not in found:
        document.add_at((*path, _TAG), Trouble.MISSING_FIELD)
    elif "steps" in path and found[_TAG] not in kinds:
        value = found[_TAG] if isinstance(found[_TAG], str) else ""
        hint = did_you_mean(str(value), kinds)
        detail = f"must be {' or '.join(kinds)}{'; ' if hint else ''}{hint}"
        document.add_at((*path, _TAG), Trouble.VALUE, quotable(str(value)), detail)
    else:
        document.add_at(path, Trouble.VALUE, "", "has the wrong shape")


def did_you_mean(text: str, known: Iterable[str]) -> str:
    """A question that names the known word nearest to *text*; empty where none is near."""
    close = get_close_matches(text.strip().lower()[:_HINT_CHARS_MAX], list(known), n=1)
    return f"did you mean {close[0]}?" if close else ""
