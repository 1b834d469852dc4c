"""Structure (结构化): a document becomes an entity, with every problem located.

Every part is built by itself, so that a fault in one place hides none in another: all fields of
an entity are looked at before the entity is, and what could be built is kept beside what could not.
"""

import datetime
import enum
import re
import types
import typing
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from functools import cache, partial
from typing import Final, TypeVar

import attrs

from mutualaid_core.domain.scheme.joining import PeriodDay
from mutualaid_core.domain.values.checks import quotable
from mutualaid_core.domain.values.identifiers import InstitutionCode, parse_institution_code
from mutualaid_core.domain.values.money import Money, parse_yuan
from mutualaid_core.domain.values.ratio import Ratio, parse_ratio
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.intake import cells
from mutualaid_core.intake.document import Document, Path_, Plain, part_of
from mutualaid_core.intake.problem import Trouble
from mutualaid_core.intake.problem.wide import half_width, rule_for, wide_in, without_quotes
from mutualaid_core.serialization.wire import TAG, UNIONS

Entity = TypeVar("Entity")
Kind = type[attrs.AttrsInstance]

FAILED: Final = object()
"""Stands for what could not be built; why is noted."""

_WHOLE: Final = re.compile(r"0|[1-9][0-9]{0,8}", re.ASCII)
_SIGNED: Final = re.compile(r"0|-?[1-9][0-9]{0,8}", re.ASCII)
_WORD: Final = re.compile(r"[A-Za-z][a-z_-]{0,19}", re.ASCII)
_DECIMAL: Final = re.compile(r"0\.([0-9]{1,6})", re.ASCII)
_PLACE: Final = re.compile(r"([A-Za-z_]+)(?:\[([0-9]+)\])?", re.ASCII)
_WRAPPED: Final = re.compile("[“”].*[“”]|[‘’].*[‘’]")
_TRUTH: Final = {"true": True, "yes": True, "false": False, "no": False}
_HINT_CHARS_MAX: Final = 40

_LOOK_ALIKE: Final = str.maketrans("oil", "011")
"""Letters that are typed for figures: too large a part of a short code for a search by nearness."""


@attrs.define
class Hints:
    """Finds the names that were meant, a limited number of times: a hostile file has thousands.

    Attributes:
        left: How often it still looks.
    """

    left: int = 300

    def nearest(self, text: str, known: Iterable[str]) -> str:
        """The known word nearest to *text*; empty where none is near, or after too many."""
        self.left -= 1
        return _nearest(text, known) if self.left >= 0 else ""

    def ask(self, text: str, known: Iterable[str]) -> str:
        """A question that names it; empty where there is none."""
        return _question(self.nearest(text, known))


def structure(document: Document, cls: type[Entity]) -> Entity | None:
    """The entity of *cls* that *document* describes, or ``None`` with its problems noted.

    Amounts are yuan (``50.00``), ratios percentages or fractions (``35%``, ``1/3``), days
    ``YYYY-MM-DD``; unknown and missing fields are problems.
    """
    return Builder(document=document).whole(cls)


@attrs.define
class Builder:
    """Builds entities out of a document, part by part.

    Attributes:
        document: The document; takes the problems.
        built: Every entity that could be built, by its path, whatever became of what is around it.
        hints: Finds the names that were meant.
    """

    document: Document
    built: dict[Path_, object] = attrs.field(factory=dict)
    hints: Hints = attrs.field(factory=Hints)

    def whole(self, cls: type[Entity]) -> Entity | None:
        """The document as an entity of *cls*; ``None`` where a part of it could not be built."""
        if self.document.plain is None:
            return None
        noted = len(self.document.problems)
        entity = self._build(cls, self.document.plain, ())
        if entity is FAILED or len(self.document.problems) > noted:
            return None
        return typing.cast("Entity", entity)

    def _build(self, kind: object, plain: Plain, path: Path_) -> object:
        """A value of the declared type *kind*."""
        if (leaf := _leaves().get(kind)) is not None:
            return self._leaf(leaf, plain, path)
        if isinstance(kind, typing.NewType):
            return self._build(kind.__supertype__, plain, path)
        origin = typing.get_origin(kind)
        if origin in {typing.Union, types.UnionType}:
            return self._union(typing.get_args(kind), plain, path)
        if origin is tuple:
            return self._tuple(typing.get_args(kind)[0], plain, path)
        if isinstance(kind, type) and issubclass(kind, enum.Enum):
            return self._leaf(lambda value: _word(kind, value), plain, path)
        return self._entity(typing.cast("Kind", kind), plain, path)

    def _leaf(self, leaf: Callable[[str], object], plain: Plain, path: Path_) -> object:
        try:
            return leaf(_text(plain))
        except InvalidValueError as error:
            if not self._note_wide(leaf, plain, path):
                self._note_value(error, path)
            return FAILED

    def _note_wide(self, reads: Callable[[str], object], plain: Plain, path: Path_) -> bool:
        """Note wide signs where with half-width ones the value would be good; whether it is so."""
        if not isinstance(plain, str) or (half := half_width(plain)) == plain:
            return False
        try:
            reads(without_quotes(half))
        except InvalidValueError:
            return False
        self.document.add_at(path, Trouble.WIDE_SIGN, wide_in(plain), _question(half))
        return True

    def _shape(self, plain: Plain, path: Path_, rule: str) -> None:
        """Note that a list or fields should stand where something else does."""
        if isinstance(plain, str) and (wide := wide_in(plain[:1])):
            self.document.add_at(path, Trouble.WIDE_SIGN, wide, rule_for(wide))
        else:
            self.document.add_at(path, Trouble.VALUE, _shape(plain), rule)

    def _tuple(self, kind: object, plain: Plain, path: Path_) -> object:
        """A list stays a list: a single text is not taken for the list of its characters."""
        if not isinstance(plain, list):
            self._shape(plain, path, "must be a list")
            return FAILED
        parts = [self._build(kind, part, (*path, number)) for number, part in enumerate(plain)]
        return FAILED if any(part is FAILED for part in parts) else tuple(parts)

    def _union(self, kinds: tuple[object, ...], plain: Plain, path: Path_) -> object:
        """A value of one of several types: nothing, or entities told apart by their tag."""
        if plain is None and types.NoneType in kinds:
            return None
        real = [kind for kind in kinds if kind is not types.NoneType]
        if len(real) == 1:
            return self._build(real[0], plain, path)
        return self._tagged({_kind_names()[kind]: typing.cast("Kind", kind) for kind in real}, plain, path)

    def _tagged(self, kinds: Mapping[str, Kind], plain: Plain, path: Path_) -> object:
        """One of several entities, by the name of its kind."""
        if not isinstance(plain, dict):
            self._shape(plain, path, "must be named fields")
            return FAILED
        named = plain.get(TAG)
        if TAG not in plain:
            self.document.add_at(
                (*path, TAG), Trouble.MISSING_FIELD, "", f"one of {', '.join(sorted(kinds))}"
            )
            return FAILED
        name, near = (named if isinstance(named, str) else ""), ""
        if name not in kinds:
            near = self.hints.nearest(name, kinds)
            detail = with_hint(f"must be one of {', '.join(sorted(kinds))}", _question(near))
            self.document.add_at((*path, TAG), Trouble.VALUE, _told(name), detail)
        # A kind that is only misspelt is taken as meant, so that its fields are looked at too.
        meant = kinds.get(name) or kinds.get(near)
        entity = FAILED if meant is None else self._entity(meant, plain, path, kinds)
        return entity if name in kinds else FAILED

    def _entity(
        self, cls: Kind, plain: Plain, path: Path_, kinds: Mapping[str, Kind] | None = None
    ) -> object:
        """An entity, once all its fields are looked at; *kinds* are those it is one of, by name."""
        if not isinstance(plain, dict):
            self._shape(plain, path, "must be named fields")
            return FAILED
        fields = {field.alias or field.name: field for field in attrs.fields(cls) if field.init}
        given = {name: name for name in fields if name in plain}
        given |= self._misspelt(fields, plain, path, kinds)
        values: dict[str, object] = {}
        for name, field in fields.items():
            if name in given:
                values[name] = self._field(field, plain[given[name]], (*path, given[name]))
            elif field.default is attrs.NOTHING:
                self.document.add_at((*path, name), Trouble.MISSING_FIELD)
                values[name] = FAILED
        if any(value is FAILED for value in values.values()):
            return FAILED
        try:
            self.built[path] = cls(**values)
        except InvalidValueError as error:
            self._note_value(error, path)
            return FAILED
        return self.built[path]

    def _field(self, field: "attrs.Attribute[object]", plain: Plain, path: Path_) -> object:
        """The value of a field, held against the field's own rule as well."""
        value = self._build(field.type, plain, path)
        if value is FAILED:
            return value
        if isinstance(value, str) and _WRAPPED.fullmatch(value) and str(path[-1]).endswith("id"):
            self._note_wide(str, plain, path)  # marks of YAML, which would become a part of the id
            return FAILED
        if field.validator is None:
            return value
        try:
            field.validator(None, field, value)
        except InvalidValueError as error:
            if not self._note_wide(partial(field.validator, None, field), plain, path):
                self._note_value(error, path)
            return FAILED
        return value

    def _misspelt(
        self,
        fields: Mapping[str, object],
        plain: dict[str, Plain],
        path: Path_,
        kinds: Mapping[str, Kind] | None,
    ) -> dict[str, str]:
        """Note the fields that are not known; answers which of the known ones they were meant for."""
        meant: dict[str, str] = {}
        for name in plain:
            if name in fields or (kinds is not None and name == TAG):
                continue
            owners = [owner for owner, cls in (kinds or {}).items() if name in attrs.fields_dict(cls)]
            near = self.hints.nearest(name, fields)
            hint = f"it belongs to {' or '.join(sorted(owners))}" if owners else _question(near)
            self.document.add_at((*path, name), Trouble.UNKNOWN_FIELD, "", hint)
            if near and not owners and near not in plain:
                meant.setdefault(near, name)
        return meant

    def _note_value(self, error: InvalidValueError, path: Path_) -> None:
        """Note what a value, or an entity as a whole, has wrong; once it is not told of its parts."""
        found = part_of(self.document.plain, path)
        if isinstance(found, dict):
            inner = self._inside(error, found, path)
            if inner != path and self.document.has_problem(inner):
                return
            path = inner
            found = part_of(self.document.plain, path)
        clause = f" [{error.clause}]" if error.clause else ""
        told = str(error.value)
        if isinstance(found, str) and (_WORD.fullmatch(found) or quotable(found) == found):
            told = found
        self.document.add_at(path, Trouble.VALUE, told, f"{error.rule}{clause}")

    def _inside(self, error: InvalidValueError, found: dict[str, Plain], path: Path_) -> Path_:
        """Path of what the error of an entity is about: the entity, a field of it, or a part of a list."""
        match = _PLACE.fullmatch(error.field)
        if match is None or (match[1] not in found and error.value is not None):
            return path
        field: Path_ = (*path, match[1])
        return field if match[2] is None else (*field, int(match[2]))


@cache
def _leaves() -> dict[object, Callable[[str], object]]:
    """What reads a single value, by its declared type."""
    return {
        int: _whole,
        PeriodDay: _signed,
        bool: _truth,
        str: lambda text: text,
        datetime.date: cells.day,
        Money: parse_yuan,
        Ratio: _ratio,
        InstitutionCode: parse_institution_code,
    }


@cache
def _kind_names() -> dict[object, str]:
    """The name of each kind of every union."""
    return {cls: name for _, kinds in UNIONS for cls, name in kinds.items()}


def _shape(value: object) -> str:
    """What stands where something else should."""
    kinds: dict[type, str] = {dict: "fields", list: "a list", str: "a single value"}
    return kinds.get(type(value), "nothing")


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise InvalidValueError("value", "must be a single value", _shape(value))
    return value


def _told(text: str) -> str:
    """What a problem shows of a text from outside: a plain word, or short figures."""
    return text if _WORD.fullmatch(text) else quotable(text)


def _whole(text: str) -> int:
    if not _WHOLE.fullmatch(text):
        raise InvalidValueError("value", "must be a whole number", quotable(text))
    return int(text)


def _signed(text: str) -> int:
    if not _SIGNED.fullmatch(text):
        raise InvalidValueError(
            "value", "must be a whole number, with a minus for days before", quotable(text)
        )
    return int(text)


def _truth(text: str) -> bool:
    if text not in _TRUTH:
        raise InvalidValueError("value", "must be true or false", quotable(text))
    return _TRUTH[text]


def _ratio(text: str) -> Ratio:
    """A ratio; of a bare decimal it is told what percentage it may mean."""
    try:
        return parse_ratio(text)
    except InvalidValueError as error:
        match = _DECIMAL.fullmatch(text)
        if match is None:
            raise
        meant = Ratio(int(match[1]), 10 ** len(match[1]))
        raise InvalidValueError("ratio", f"{error.rule}; did you mean {meant}?", text) from error


def _word(kind: type[enum.Enum], text: str) -> enum.Enum:
    """The member of *kind* that is written so."""
    known = [str(member.value) for member in kind]
    if text not in known:
        detail = with_hint(f"must be one of {', '.join(known)}", did_you_mean(text, known))
        raise InvalidValueError(kind.__name__, detail, _told(text))
    return list(kind)[known.index(text)]


def did_you_mean(text: str, known: Iterable[str]) -> str:
    """A question that names the known word nearest to *text*; empty where none is near."""
    return _question(_nearest(text, known))


def with_hint(detail: str, hint: str) -> str:
    """A detail with a question behind it, if there is one."""
    return f"{detail}; {hint}" if hint else detail


def _nearest(text: str, known: Iterable[str]) -> str:
    """The known word nearest to *text*, in whatever case; empty where none is near."""
    by_form = {word.lower(): word for word in known}
    if (figures := text.strip().lower().translate(_LOOK_ALIKE)) in by_form:
        return by_form[figures]
    close = get_close_matches(text.strip().lower()[:_HINT_CHARS_MAX], list(by_form), n=1)
    return by_form[close[0]] if close else ""


def _question(near: str) -> str:
    return f"did you mean {near}?" if near else ""
