"""Codec (编解码): entities to canonical bytes and back, with versioned forms.

Bytes are the canonical JSON of RFC 8785, so equal entities have equal bytes and digests.
"""

import json
from contextlib import suppress
from functools import cache
from typing import Any, Final, TypeVar, cast

import cattrs
import rfc8785

from mutualaid_core.errors import InvalidValueError, SchemaVersionError, StoreBrokenError
from mutualaid_core.serialization.records import form_of
from mutualaid_core.serialization.upcasters import UPCASTERS
from mutualaid_core.serialization.wire import make_converter

Entity = TypeVar("Entity")

FIRST_FORM: Final = 1
"""Form of the first document of every kind."""

_UNFIT: Final = (
    *(cattrs.BaseValidationError, cattrs.StructureHandlerNotFoundError),
    *(AttributeError, KeyError, TypeError, ValueError),
)
"""What the converter raises where data does not fit: its own groups, or a plain error at the top."""


@cache
def _converter() -> cattrs.Converter:
    return make_converter()


def to_plain(value: object) -> Any:  # noqa: ANN401  # plain data has no common type
    """*value* as plain data: ``dict``, ``list``, ``str``, ``int``, ``bool``, ``None``."""
    return _converter().unstructure(value)


def from_plain(plain: object, cls: type[Entity]) -> Entity:
    """An object of *cls* from plain data, checked as it is built.

    Raises:
        StoreBrokenError: The data does not fit; nothing is converted silently.
    """
    with suppress(*_UNFIT):
        return _converter().structure(plain, cls)
    # Raised outside, since the faults quote stored values, which may be personal.
    raise StoreBrokenError("decode", f"a {cls.__name__} does not fit its form")


def canonical(plain: object) -> bytes:
    """Canonical JSON (RFC 8785) of plain data.

    Raises:
        InvalidValueError: Something in it has no canonical form, such as a number above 2**53.

    >>> canonical({"b": 1, "a": [True, None]})
    b'{"a":[true,null],"b":1}'
    """
    with suppress(rfc8785.CanonicalizationError):
        return rfc8785.dumps(cast("Any", plain))
    rule = "must be plain data with whole numbers within +-(2**53 - 1)"
    raise InvalidValueError("value", rule, type(plain).__name__)


def encode(entity: object) -> bytes:
    """Canonical bytes of an entity, with the version of its form.

    Raises:
        InvalidValueError: Entities of its class are not stored, or a number in it is too large.
    """
    return canonical({"form": form_of(type(entity)).form, "value": to_plain(entity)})


def decode(body: bytes, cls: type[Entity]) -> Entity:
    """The entity of *cls* in *body*; older forms are lifted, newer ones refused.

    Raises:
        SchemaVersionError: The form is newer than this library knows.
        StoreBrokenError: *body* is no document of that class.
    """
    form = form_of(cls)
    found, value = _document(body)
    if found is None or found < FIRST_FORM:
        raise StoreBrokenError("decode", f"a {form.kind} is no document")
    if found > form.form:
        raise SchemaVersionError(form.kind, found=found, known=form.form)
    return from_plain(_lifted(value, form.kind, range(found, form.form)), cls)


def _lifted(value: Any, kind: str, forms: range) -> Any:  # noqa: ANN401  # plain data has no common type
    """*value* lifted from each of *forms* to the next."""
    with suppress(*_UNFIT):
        for older in forms:
            value = UPCASTERS[kind, older](value)
        return value
    # Raised outside, since the fault may quote stored values.
    raise StoreBrokenError("decode", f"a {kind} does not fit its older form")


def _document(body: bytes) -> tuple[int | None, Any]:
    """Form and value of a document; the form is ``None`` where *body* is none."""
    with suppress(ValueError, RecursionError):
        match json.loads(body):
            # A truth value is no number, and a document has these two parts and no others.
            case {"form": int(form), "value": value, **others} if not others and form is not True:
                return form, value
    return None, None
