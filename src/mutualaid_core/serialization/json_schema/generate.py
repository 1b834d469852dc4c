"""Generation (生成): from an attrs class to a JSON Schema of draft 2020-12.

The classes say what there is; the rules that tie several fields to each other are not in a
schema but in the classes and in ``mutualaid scheme check``. So what a schema accepts may still
be refused there. What it refuses is refused there too, but for a text that YAML takes for a
number or a truth: a title such as ``2014`` belongs into quotation marks.
"""

import enum
import inspect
import sys
import types
import typing
from collections.abc import Mapping
from typing import Any, Final

import attrs

from mutualaid_core.domain.scheme.benefit.base import AmountsBase
from mutualaid_core.domain.scheme.benefit.conditions import AmountWithin, CodeIs, CountWithin, FlagIs
from mutualaid_core.domain.scheme.benefit.steps import ByClass
from mutualaid_core.domain.scheme.facts import KNOWN_AMOUNTS, KNOWN_CODES, KNOWN_COUNTS, KNOWN_FLAGS
from mutualaid_core.domain.values.checks import identifier, not_blank, not_empty
from mutualaid_core.domain.values.money import Money
from mutualaid_core.serialization.codec import to_plain
from mutualaid_core.serialization.json_schema.docstrings import (
    attribute_texts,
    field_title,
    first_line,
    member_texts,
    title_of,
    union_title,
)
from mutualaid_core.serialization.json_schema.leaves import NO_BOUNDS, Bounds, Form, Schema, leaf, words_of
from mutualaid_core.serialization.wire import TAG, UNIONS

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_REF: Final = "#/$defs/"

_OFFERED: Final[Mapping[tuple[type, str], tuple[str, ...]]] = {
    (AmountsBase, "add"): KNOWN_AMOUNTS,
    (AmountsBase, "subtract"): KNOWN_AMOUNTS,
    (AmountWithin, "add"): KNOWN_AMOUNTS,
    (AmountWithin, "subtract"): KNOWN_AMOUNTS,
    (CodeIs, "fact"): tuple(KNOWN_CODES),
    (CountWithin, "fact"): KNOWN_COUNTS,
    (FlagIs, "fact"): KNOWN_FLAGS,
    (ByClass, "fact"): (*KNOWN_CODES, *KNOWN_COUNTS),
}
"""Names that an editor offers; a scheme may declare others."""


def schema_of(cls: type, *, name: str, edition: int, form: Form) -> Schema:
    """The JSON Schema of what an attrs class is written as.

    Args:
        cls: The class at the top of the file or record.
        name: Short name, for the schema's id.
        edition: Number of the schema; raised when what was accepted is no longer.
        form: Whether people write it in YAML, or this library in JSON.

    >>> from mutualaid_core.domain.claims.trace import Trace
    >>> schema_of(Trace, name="trace", edition=1, form=Form.WIRE)["$id"]
    'urn:mutualaid-core:schema:trace:1'
    """
    parts = _Parts(form)
    top = parts.object_of(cls)
    head = {"$schema": DIALECT, "$id": f"urn:mutualaid-core:schema:{name}:{edition}"}
    return head | top | {"$defs": dict(sorted(parts.definitions.items()))}


class _Parts:
    """The definitions of one schema, each made when it is first met."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.definitions: dict[str, Schema] = {}

    def object_of(self, cls: type) -> Schema:
        """An attrs class as an object with exactly its fields."""
        fields = attrs.fields(cls)
        tag = _tag_of(cls)
        properties = {} if tag is None else {TAG: {"title": field_title(cls, TAG), "const": tag}}
        properties |= {field.name: self._field(cls, field) for field in fields}
        required = [] if tag is None else [TAG]
        required += [field.name for field in fields if field.default is attrs.NOTHING]
        return {
            "title": title_of(cls),
            "description": first_line(cls),
            "type": "object",
            "properties": properties,
            "required": required,
            "additionalProperties": False,
        }

    def _field(self, owner: type, field: "attrs.Attribute[Any]") -> Schema:
        """A field with its title, its text and its default; what a definition says it says again."""
        schema = self._typed(field.type, _bounds_of(field), _OFFERED.get((owner, field.name), ()))
        texts: Schema = {"title": field_title(owner, field.name)}
        if text := attribute_texts(owner).get(field.name):
            texts["description"] = text
        if field.default is not attrs.NOTHING and not hasattr(field.default, "factory"):
            texts["default"] = self._default(field.default)
        return texts | schema

    def _default(self, value: object) -> object:
        """A default as it is written; an amount in a file as a person would write it."""
        return str(value) if self.form is Form.FILE and isinstance(value, Money) else to_plain(value)

    def _typed(self, declared: object, bounds: Bounds, offered: tuple[str, ...]) -> Schema:
        """What a declared type is written as."""
        if (single := leaf(declared, bounds, self.form)) is not None:
            return {"anyOf": [{"enum": list(offered)}, single]} if offered else single
        if isinstance(declared, typing.NewType):
            return self._typed(declared.__supertype__, bounds, offered)
        if typing.get_origin(declared) is Mapping:
            value = self._typed(typing.get_args(declared)[1], NO_BOUNDS, ())
            return {"type": "object", "additionalProperties": value}
        if typing.get_origin(declared) is tuple:
            return self._list(typing.get_args(declared), bounds, offered)
        if typing.get_origin(declared) in {types.UnionType, typing.Union}:
            return self._union(declared, bounds, offered)
        assert isinstance(declared, type)  # whatever else a field may be declared as is handled above
        return self._reference(declared.__name__, declared)

    def _list(self, arguments: tuple[Any, ...], bounds: Bounds, offered: tuple[str, ...]) -> Schema:
        """A list of one kind of part, or a short row of named kinds."""
        if arguments[-1] is not ...:
            row = [self._typed(each, NO_BOUNDS, ()) for each in arguments]
            return {"type": "array", "prefixItems": row, "minItems": len(row), "maxItems": len(row)}
        least = {"minItems": 1} if bounds.is_filled else {}
        return {"type": "array", "items": self._typed(arguments[0], NO_BOUNDS, offered), **least}

    def _union(self, declared: Any, bounds: Bounds, offered: tuple[str, ...]) -> Schema:  # noqa: ANN401  # a union
        """A union of kinds, or something that may be left open."""
        for union, kinds in UNIONS:
            if union == declared:
                return self._kinds(declared, kinds)
        given = [each for each in typing.get_args(declared) if each is not types.NoneType]
        assert len(given) == 1  # every union of classes has its kinds
        return _or_nothing(self._typed(given[0], bounds, offered))

    def _kinds(self, declared: object, kinds: dict[type, str]) -> Schema:
        name = _union_name(declared, next(iter(kinds)))
        if name not in self.definitions:
            self.definitions[name] = {}
            choices = [self._reference(kind.__name__, kind) for kind in kinds]
            self.definitions[name] = {"title": union_title(name), "type": "object", "oneOf": choices}
        return {"$ref": f"{_REF}{name}"}

    def _reference(self, name: str, cls: type) -> Schema:
        """A reference to the definition of a class, made if it is the first."""
        if name not in self.definitions:
            self.definitions[name] = {}
            is_enum = issubclass(cls, enum.Enum)
            self.definitions[name] = self._enumeration(cls) if is_enum else self.object_of(cls)
        return {"$ref": f"{_REF}{name}"}

    def _enumeration(self, cls: type[enum.Enum]) -> Schema:
        texts = member_texts(cls)
        told = " ".join(f"`{member.value}`: {texts[member.name]}" for member in cls if member.name in texts)
        description = f"{first_line(cls)} {told}".strip()
        return {"title": title_of(cls), "description": description, "enum": words_of(cls, self.form)}


def _tag_of(cls: type) -> str | None:
    """What the kind of a class is called; ``None`` where it is a member of no union."""
    found = {kinds[cls] for _, kinds in UNIONS if cls in kinds}
    assert len(found) <= 1  # one class has one name
    return found.pop() if found else None


def _union_name(declared: object, member: type) -> str:
    """Name under which the module of its first member keeps a union."""
    names = vars(sys.modules[member.__module__])
    return next(name for name, value in names.items() if value == declared)


def _or_nothing(schema: Schema) -> Schema:
    """*schema*, or an open place."""
    kinds = schema.get("type")
    if kinds is None:
        return {"anyOf": [schema, {"type": "null"}]}
    listed = kinds if isinstance(kinds, list) else [kinds]
    return schema | {"type": [*listed, "null"]}


def _bounds_of(field: "attrs.Attribute[Any]") -> Bounds:
    """What the checks of a field ask, read from the checks themselves."""
    least, checks = None, _checks_of(field.validator)
    for check in checks:
        bound = inspect.getclosurevars(check).nonlocals.get("least")
        least = bound if isinstance(bound, int) else least
    return Bounds(
        least=least,
        is_id=identifier in checks,
        is_text=not_blank in checks,
        is_filled=not_empty in checks,
    )


def _checks_of(validator: Any) -> list[Any]:  # noqa: ANN401  # attrs types no attribute of its validators
    """The single checks that a validator is made of, those of an optional value too."""
    if validator is None:
        return []
    found = []
    for check in getattr(validator, "_validators", (validator,)):
        inner = inspect.getclosurevars(check).nonlocals.get("check")
        found += [check] if inner is None else _checks_of(inner)
    return found
