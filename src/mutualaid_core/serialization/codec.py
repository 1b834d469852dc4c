"""Codec (编解码): entities to canonical bytes and back, with versioned forms.

Bytes are the canonical JSON of RFC 8785, so equal entities have equal bytes and digests.
"""

import json
from collections.abc import Callable
from functools import cache
from typing import Any, Final, TypeVar, cast

import cattrs
import rfc8785

from mutualaid_core.errors import SchemaVersionError, StoreBrokenError
from mutualaid_core.serialization.records import form_of
from mutualaid_core.serialization.wire import make_converter

Entity = TypeVar("Entity")
Upcaster = Callable[[dict[str, Any]], dict[str, Any]]

UPCASTERS: Final[dict[tuple[str, int], Upcaster]] = {}
"""By kind and stored form: what lifts a document to the next form."""


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
    try:
        return _converter().structure(plain, cls)
    except (cattrs.BaseValidationError, cattrs.StructureHandlerNotFoundError):
        # The faults quote stored values, which may be personal: only the class is told.
        raise StoreBrokenError("decode", f"a {cls.__name__} does not fit its form") from None


def canonical(plain: object) -> bytes:
    """Canonical JSON (RFC 8785) of plain data.

    >>> canonical({"b": 1, "a": [True, None]})
    b'{"a":[true,null],"b":1}'
    """
    return rfc8785.dumps(cast("Any", plain))


def encode(entity: object) -> bytes:
    """Canonical bytes of an entity, with the version of its form."""
    return canonical({"form": form_of(type(entity)).form, "value": to_plain(entity)})


def decode(body: bytes, cls: type[Entity]) -> Entity:
    """The entity of *cls* in *body*; older forms are lifted, newer ones refused.

    Raises:
        SchemaVersionError: The form is newer than this library knows.
        StoreBrokenError: *body* is no document of that class.
    """
    form = form_of(cls)
    try:
        document = json.loads(body)
        found, value = int(document["form"]), document["value"]
    except (ValueError, KeyError, TypeError) as error:
        raise StoreBrokenError("decode", f"a {form.kind} is no document") from error
    if found > form.form:
        raise SchemaVersionError(form.kind, found=found, known=form.form)
    for older in range(found, form.form):
        value = UPCASTERS[form.kind, older](value)
    return from_plain(value, cls)
