"""Layout (排版): a scheme file in its one canonical form, with every comment where it belongs.

Fields stand in the order of the classes, amounts have two decimals, the rows of a table stand
on one line each, and words that another reader of YAML would take for numbers are quoted.
"""

import datetime
import enum
import re
import tempfile
import types
import typing
import unicodedata
from pathlib import Path
from typing import Any, Final, TypeVar

import attrs
from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from mutualaid_core.domain.scheme.benefit import conditions
from mutualaid_core.domain.scheme.benefit.bands import Band, DayBand, SumBand
from mutualaid_core.domain.scheme.benefit.waiting import WaitingGrade
from mutualaid_core.domain.scheme.dues import PayerShare
from mutualaid_core.domain.scheme.joining import GateBand, NewHires, PeriodDay, Term, Window
from mutualaid_core.domain.values.money import Money, parse_yuan
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.errors import IntakeError, InvalidValueError
from mutualaid_core.intake.document import Path_, read_document
from mutualaid_core.intake.problem import in_file_order
from mutualaid_core.intake.schemes.comments import Comments, comment_texts, comments_of
from mutualaid_core.intake.structure import structure
from mutualaid_core.serialization.wire import TAG, UNIONS

Entity = TypeVar("Entity")

WIDTH: Final = 110
"""Columns of a line; a Chinese character takes two."""

ROWS: Final = frozenset(
    {
        *(Band, SumBand, DayBand, WaitingGrade, PayerShare),
        *(Term, GateBand, NewHires, Window),
        *(conditions.CodeIs, conditions.FlagIs, conditions.CountWithin, conditions.AmountWithin),
    }
)
"""Classes that read as rows of a table: each on one line where it fits."""

_LINE_END: Final = re.compile(r"\r\n|\r")
_NUMBER_LIKE: Final = re.compile(r"[-+.]?[0-9][0-9_.,:xXoOa-fA-F+-]*|\.(inf|nan)", re.ASCII | re.IGNORECASE)
_WORD_LIKE: Final = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null", "~"})
_UNSAFE: Final = re.compile(r"^[-?:,\[\]{}#&*!|>'\"%@`=<\s]|: |:$| #|\s$|[,\[\]{}]")
_TRUE: Final = frozenset({"true", "yes"})
_INDENT: Final = 2


def laid_out(path: Path, cls: type[Entity]) -> str:
    """The canonical text of a file that holds a *cls*; the file is left alone.

    Raises:
        IntakeError: With every problem of the file, if it is none.
        InvalidValueError: Its layout would change what it means, or lose a comment.
    """
    before = _entity(path, cls)
    text = _LINE_END.sub("\n", path.read_text(encoding="utf-8"))
    root = YAML(typ="safe", pure=True).compose(text)
    made = _Writer(comments_of(text, root)).document(root, cls)
    with tempfile.TemporaryDirectory() as folder:
        beside = Path(folder) / path.name
        beside.write_text(made, encoding="utf-8", newline="\n")
        after = _entity(beside, cls)
    again = YAML(typ="safe", pure=True).compose(made)
    if before != after or sorted(comment_texts(text, root)) != sorted(comment_texts(made, again)):
        rule = "must keep its meaning and its comments when it is laid out"
        raise InvalidValueError("file", rule, path.name, hint="lay it out by hand, and report this file")
    return made


def _entity(path: Path, cls: type[Entity]) -> Entity:
    document = read_document(path)
    entity = structure(document, cls)
    if entity is None or document.problems:
        raise IntakeError(in_file_order(document.problems))
    return entity


class _Writer:
    """Writes the lines of a file, field by field."""

    def __init__(self, comments: Comments) -> None:
        self.comments = comments

    def document(self, root: Node, cls: type) -> str:
        lines = [*self.comments.head, *self._mapping(root, cls, ())]
        return "".join(f"{line}\n" for line in lines)

    def _mapping(self, node: Node, cls: type, path: Path_) -> list[str]:
        """The fields of a mapping, each at the left edge."""
        lines: list[str] = []
        for name, value, declared in _fields(node, cls):
            here = (*path, name)
            lines += self._above(here, is_first=not lines)
            lines += self._field(name, value, declared, here)
            lines += self.comments.below.get(here, [])
        return lines

    def _field(self, name: str, value: Node, declared: object, path: Path_) -> list[str]:
        depth = _INDENT * len(path)
        if (short := self._short(value, declared, path, depth + len(name))) is not None:
            return [self._beside(path, f"{name}: {short}", depth - _INDENT)]
        head = self._beside(path, f"{name}:", depth - _INDENT)
        inner = (
            self._mapping(value, _class_of(declared, value), path)
            if isinstance(value, MappingNode)
            else self._list(value, _part_type(declared), path)
        )
        return [head, *_indented(inner)]

    def _list(self, node: Node, declared: object, path: Path_) -> list[str]:
        lines: list[str] = []
        for number, part in enumerate(node.value):
            here = (*path, number)
            lines += self._above(here, is_first=not lines)
            short = self._short(part, declared, here, _INDENT * len(here))
            if short is not None:
                lines.append(self._beside(here, f"- {short}", _INDENT * len(here) - _INDENT))
            else:
                if here in self.comments.beside:
                    lines.append(self.comments.beside[here][0])
                inner = _indented(self._mapping(part, _class_of(declared, part), here))
                first = next(at for at, line in enumerate(inner) if not line.lstrip().startswith("#"))
                lines += [line[_INDENT:] for line in inner[:first]]
                lines += [f"- {inner[first][_INDENT:]}", *inner[first + 1 :]]
            lines += self.comments.below.get(here, [])
        return lines

    def _above(self, path: Path_, *, is_first: bool) -> list[str]:
        """Lines above; what comes first in its block has no blank line before it."""
        lines = self.comments.above.get(path, [])
        return lines[1:] if is_first and lines[:1] == [""] else lines

    def _beside(self, path: Path_, text: str, depth: int) -> str:
        """*text* with the comment beside it, at the column where that stood if there is room."""
        if path not in self.comments.beside:
            return text
        told, column = self.comments.beside[path]
        return f"{text}{' ' * max(2, column - depth - len(text))}{told}"

    def _short(self, node: Node, declared: object, path: Path_, used: int) -> str | None:
        """A value on the line of its name; ``None`` for what takes lines of its own."""
        if isinstance(node, ScalarNode):
            return _scalar(node, declared)
        if not node.value:
            return "[]" if isinstance(node, SequenceNode) else "{}"
        if self.comments.within(path) or not _may_be_short(node, declared):
            return None
        text = _flow(node, declared)
        return text if used + _width(text) <= WIDTH else None


def _may_be_short(node: Node, declared: object) -> bool:
    """Whether a mapping or list may stand on one line."""
    if isinstance(node, SequenceNode):
        return all(isinstance(part, ScalarNode) for part in node.value)
    assert isinstance(node, MappingNode)  # single values are short, and there is no fourth kind
    return bool(node.flow_style) or _class_of(declared, node) in ROWS


def _flow(node: Node, declared: object) -> str:
    """A value on one line."""
    if isinstance(node, ScalarNode):
        return _scalar(node, declared)
    if isinstance(node, SequenceNode):
        return f"[{', '.join(_flow(part, _part_type(declared)) for part in node.value)}]"
    fields = _fields(node, _class_of(declared, node))
    return f"{{{', '.join(f'{name}: {_flow(value, inner)}' for name, value, inner in fields)}}}"


def _fields(node: Node, cls: type) -> list[tuple[str, Node, object]]:
    """The fields of a mapping with their declared types, in the order of the class."""
    declared = {field.name: field.type for field in attrs.fields(cls)}
    # The kind of a union is no field of the class, and stands first.
    declared = declared if TAG in declared else {TAG: str} | declared
    order = list(declared)
    values = {str(key.value): value for key, value in node.value}
    return [(name, values[name], declared[name]) for name in sorted(values, key=order.index)]


def _class_of(declared: Any, node: Node) -> type:  # noqa: ANN401  # whatever a field may be declared as
    """The class that a mapping describes."""
    kinds = next((kinds for union, kinds in UNIONS if union == declared), None)
    if kinds is not None:
        tag = next(str(value.value) for key, value in node.value if key.value == TAG)
        return next(cls for cls, kind in kinds.items() if kind == tag)
    if typing.get_origin(declared) in {types.UnionType, typing.Union}:
        return _class_of(_given(declared), node)
    assert isinstance(declared, type)
    return declared


def _given(declared: object) -> object:
    """A type without the nothing that it may also be."""
    if typing.get_origin(declared) not in {types.UnionType, typing.Union}:
        return declared
    return next((each for each in typing.get_args(declared) if each is not types.NoneType), declared)


def _part_type(declared: object) -> object:
    return typing.get_args(_given(declared))[0]


def _scalar(node: ScalarNode, declared: object) -> str:
    """A single value as it is written."""
    text, given = str(node.value), _given(declared)
    if node.style is None and text in {"", "null", "~"}:
        return "null"
    if given is Money:
        return str(parse_yuan(text))
    if given is bool:
        return "true" if text in _TRUE else "false"
    if given in {int, PeriodDay, Ratio, datetime.date}:
        return text
    if isinstance(given, type) and issubclass(given, enum.Enum) and not _NUMBER_LIKE.fullmatch(text):
        return text
    return _quoted(text)


def _quoted(text: str) -> str:
    """A text, in quotation marks where it could be taken for something else."""
    plain = not (_NUMBER_LIKE.fullmatch(text) or text.lower() in _WORD_LIKE or _UNSAFE.search(text))
    if plain and text:
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _indented(lines: list[str]) -> list[str]:
    return [f"{' ' * _INDENT}{line}" if line else line for line in lines]


def _width(text: str) -> int:
    """Columns that *text* takes."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
