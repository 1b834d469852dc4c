"""Documents (文档): YAML read as plain text leaves, with the place of every field.

Nothing is guessed from how a scalar looks: ``50.00`` stays a text until the field that it
belongs to says that it is money. Anchors, aliases and tags are refused, and nothing is ever
evaluated.
"""

import re
from bisect import bisect_right
from pathlib import Path
from typing import Any, Final

import attrs
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent, NodeEvent
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from mutualaid_core.intake.problem import Problem, Problems, Trouble
from mutualaid_core.intake.reading import read_text

BYTES_MAX: Final = 256 * 1024
DEPTH_MAX: Final = 20
_NOTHING: Final = frozenset({"", "null", "~"})
_FIELD_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,39}", re.ASCII)
_LINE_END: Final = re.compile(r"\r\n|\r|\n")

Plain = dict[str, "Plain"] | list["Plain"] | str | None
Path_ = tuple[str | int, ...]


@attrs.define(kw_only=True)
class Document:
    """A YAML file as it was read.

    Attributes:
        file: Name of the file.
        plain: Its content with text leaves; ``None`` where it could not be read.
        lines: Line of each field, counted from 1, by path.
    """

    file: str
    plain: Plain = None
    lines: dict[Path_, int] = attrs.field(factory=dict)
    _problems: Problems = attrs.field(init=False)
    _noted: dict[tuple[int, str, Trouble, str, str], Path_] = attrs.field(init=False, factory=dict)
    _starts: list[int] = attrs.field(init=False, factory=lambda: [0])

    def __attrs_post_init__(self) -> None:
        """Start without problems."""
        self._problems = Problems(file=self.file)

    @property
    def problems(self) -> list[Problem]:
        """Everything wrong with its form."""
        return self._problems.found

    @property
    def log(self) -> Problems:
        """Where problems are noted."""
        return self._problems

    def add(self, row: int, field: str, trouble: Trouble, value: str = "", detail: str = "") -> None:
        """Note a problem."""
        self._problems.add(row, field, trouble, value, detail)

    def add_at(self, path: Path_, trouble: Trouble, value: str = "", detail: str = "") -> None:
        """Note a problem of a field, once."""
        problem = (self.line_of(path), path_text(path), trouble, value, detail)
        if problem not in self._noted:
            self._noted[problem] = path
            self.add(*problem)

    def noted(self, trouble: Trouble) -> list[Path_]:
        """Paths of the fields with problems of that kind."""
        return [path for problem, path in self._noted.items() if problem[2] is trouble]

    def line_of(self, path: Path_) -> int:
        """Line of a field, or of the nearest field around it that stands in the file."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def number_lines(self, text: str) -> None:
        """Learn where the lines begin, as an editor counts them."""
        self._starts = [0, *(end.end() for end in _LINE_END.finditer(text))]

    def line_at(self, index: int) -> int:
        """Line of the character at *index*."""
        return bisect_right(self._starts, index)


def read_document(path: Path) -> Document:
    """Read a YAML file; problems of its form are kept, and what can be read is."""
    document = Document(file=path.name)
    text = read_text(path, BYTES_MAX, document.log)
    if text is None:
        return document
    document.number_lines(text)
    if not text.strip():
        document.add(0, "", Trouble.EMPTY_FILE)
        return document
    try:
        node = None if _has_features(text, document) else YAML(typ="safe", pure=True).compose(text)
    except (YAMLError, ValueError, RecursionError) as error:
        document.add(*_place_of(error, document))
        return document
    if isinstance(node, MappingNode):
        document.plain = _plain(node, (), document)
    elif not document.problems:
        document.add(1, "", Trouble.YAML, "", "the file must hold named fields")
    return document


def _place_of(error: Exception, document: Document) -> tuple[int, str, Trouble, str, str]:
    """A problem for what the reader of YAML refused."""
    if isinstance(error, MarkedYAMLError) and error.problem_mark is not None:
        return document.line_at(error.problem_mark.index), "", Trouble.YAML, "", str(error.problem)
    if isinstance(error, ReaderError):
        return document.line_at(error.position), "", Trouble.YAML, "", str(error.reason)
    return 1, "", Trouble.YAML, "", "it cannot be read at all"


def _has_features(text: str, document: Document) -> bool:
    """Whether there are anchors, aliases, tags, or a nesting too deep; each is noted.

    They would let a small file stand for a huge or a foreign object.
    """
    depth, before = 0, len(document.problems)
    for event in YAML(typ="safe", pure=True).parse(text):
        name = type(event).__name__
        depth += name.endswith("StartEvent") - name.endswith("EndEvent")
        line = document.line_at(event.start_mark.index)
        if depth > DEPTH_MAX:
            document.add(line, "", Trouble.YAML, "", f"nested deeper than {DEPTH_MAX}")
            break
        if isinstance(event, AliasEvent) or (isinstance(event, NodeEvent) and _is_marked(event)):
            document.add(line, "", Trouble.YAML_FEATURE)
    return len(document.problems) > before


def _is_marked(event: Any) -> bool:  # noqa: ANN401  # the library types no attribute of its events
    return bool(event.anchor or getattr(event, "tag", None))


def _plain(node: Node, path: Path_, document: Document) -> Plain:
    """The node's content, noting the line of everything in it."""
    document.lines[path] = document.line_at(node.start_mark.index)
    if isinstance(node, MappingNode):
        return _mapping(node, path, document)
    if isinstance(node, SequenceNode):
        return [_plain(part, (*path, number), document) for number, part in enumerate(node.value)]
    assert isinstance(node, ScalarNode)  # the composer knows no fourth kind
    text: str = node.value
    return None if node.style is None and text in _NOTHING else text


def _mapping(node: MappingNode, path: Path_, document: Document) -> dict[str, Plain]:
    found: dict[str, Plain] = {}
    for key_node, value_node in node.value:
        line = document.line_at(key_node.start_mark.index)
        if not isinstance(key_node, ScalarNode):
            document.add(line, path_text(path), Trouble.YAML, "", "a field's name must be a text")
            continue
        name = str(key_node.value)
        if name in found:
            document.add(line, path_text((*path, name)), Trouble.DOUBLED_FIELD)
            continue
        found[name] = _plain(value_node, (*path, name), document)
        document.lines[*path, name] = line
    return found


def path_text(path: Path_) -> str:
    """A path as it is written: ``benefit.steps[0].bands[1].ratio``."""
    text = ""
    for part in path:
        # A name that cannot be a field's may be anything, a person's too.
        named = part if isinstance(part, int) or _FIELD_NAME.fullmatch(part) else "?"
        text += f"[{named}]" if isinstance(named, int) else f".{named}" if text else named
    return text


def leaves_of(plain: Plain, path: Path_ = ()) -> list[tuple[Path_, str | None]]:
    """Every single value of a document with its path, in the order of the file."""
    if isinstance(plain, dict):
        return [leaf for name, part in plain.items() for leaf in leaves_of(part, (*path, name))]
    if isinstance(plain, list):
        return [leaf for number, part in enumerate(plain) for leaf in leaves_of(part, (*path, number))]
    return [(path, plain)]


def part_of(plain: Plain, path: Path_) -> Plain:
    """What stands at *path*; ``None`` where nothing does."""
    for part in path:
        if isinstance(plain, dict) and isinstance(part, str):
            plain = plain.get(part)
        elif isinstance(plain, list) and isinstance(part, int) and part < len(plain):
            plain = plain[part]
        else:
            return None
    return plain
