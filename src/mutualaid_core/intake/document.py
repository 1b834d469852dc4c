"""Documents (文档): YAML read as plain text leaves, with the place of every field.

Nothing is guessed from how a scalar looks: ``50.00`` stays a text until the field that it
belongs to says that it is money. Anchors, aliases and tags are refused, and nothing is ever
evaluated.
"""

from pathlib import Path
from typing import Final

import attrs
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent, NodeEvent
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from mutualaid_core.intake.problem import Problem, Trouble

BYTES_MAX: Final = 1024 * 1024
DEPTH_MAX: Final = 20
_NOTHING: Final = frozenset({"", "null", "~"})

Plain = dict[str, "Plain"] | list["Plain"] | str | None
Path_ = tuple[str | int, ...]


@attrs.define(kw_only=True)
class Document:
    """A YAML file as it was read.

    Attributes:
        file: Name of the file.
        plain: Its content with text leaves; ``None`` where it could not be read.
        lines: Line of each field, counted from 1, by path.
        problems: Everything wrong with its form.
    """

    file: str
    plain: Plain = None
    lines: dict[Path_, int] = attrs.field(factory=dict)
    problems: list[Problem] = attrs.field(factory=list)

    def add(self, row: int, field: str, trouble: Trouble, value: str = "", detail: str = "") -> None:
        """Note a problem."""
        problem = Problem(file=self.file, row=row, field=field, trouble=trouble, value=value, detail=detail)
        self.problems.append(problem)

    def line_of(self, path: Path_) -> int:
        """Line of a field, or of the nearest field around it that stands in the file."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_document(path: Path) -> Document:
    """Read a YAML file; problems of its form are kept, and what can be read is."""
    document = Document(file=path.name)
    text = _read_text(path, document)
    if text is None:
        return document
    try:
        _refuse_features(text, document)
        node = YAML(typ="safe", pure=True).compose(text) if not document.problems else None
    except (YAMLError, RecursionError) as error:
        mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
        detail = str(error.problem) if isinstance(error, MarkedYAMLError) else "nested too deeply"
        document.add(mark.line + 1 if mark else 1, "", Trouble.YAML, "", detail)
        return document
    if isinstance(node, MappingNode):
        document.plain = _plain(node, (), document)
    elif not document.problems:
        document.add(1, "", Trouble.YAML, "", "the file must hold named fields")
    return document


def _read_text(path: Path, document: Document) -> str | None:
    if not path.is_file():
        document.add(0, "", Trouble.MISSING_FILE)
        return None
    if (size := path.stat().st_size) > BYTES_MAX:
        document.add(0, "", Trouble.TOO_LARGE, f"{size} bytes", f"limit {BYTES_MAX}")
        return None
    try:
        return path.read_bytes().decode()
    except UnicodeDecodeError as error:
        document.add(path.read_bytes().count(b"\n", 0, error.start) + 1, "", Trouble.ENCODING)
        return None


def _refuse_features(text: str, document: Document) -> None:
    """Anchors, aliases and tags would let a small file stand for a huge or a foreign object."""
    depth = 0
    for event in YAML(typ="safe", pure=True).parse(text):
        name = type(event).__name__
        depth += name.endswith("StartEvent") - name.endswith("EndEvent")
        if depth > DEPTH_MAX:
            document.add(event.start_mark.line + 1, "", Trouble.YAML, "", f"nested deeper than {DEPTH_MAX}")
            return
        is_marked = isinstance(event, NodeEvent) and (event.anchor or getattr(event, "tag", None))
        if is_marked or isinstance(event, AliasEvent):
            document.add(event.start_mark.line + 1, "", Trouble.YAML_FEATURE)


def _plain(node: Node, path: Path_, document: Document) -> Plain:
    """The node's content, noting the line of everything in it."""
    document.lines[path] = node.start_mark.line + 1
    if isinstance(node, MappingNode):
        return _mapping(node, path, document)
    if isinstance(node, SequenceNode):
        return [_plain(part, (*path, number), document) for number, part in enumerate(node.value)]
    assert isinstance(node, ScalarNode)  # noqa: S101  # the composer knows no fourth kind
    text: str = node.value
    return None if node.style is None and text in _NOTHING else text


def _mapping(node: MappingNode, path: Path_, document: Document) -> dict[str, Plain]:
    found: dict[str, Plain] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
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
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text
