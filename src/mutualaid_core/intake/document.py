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
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.reader import ReaderError

from mutualaid_core.intake.problem import Problem, Problems, Trouble
from mutualaid_core.intake.problem.wide import name_before_colon, rule_for, slips_of
from mutualaid_core.intake.reading import read_text

BYTES_MAX: Final = 256 * 1024
DEPTH_MAX: Final = 18
"""Lists and named fields within each other; the deepest entity needs 12."""

_NOTHING: Final = frozenset({"", "null", "~"})
_FIELD_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,39}", re.ASCII)
_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_OF_NAMES: Final = frozenset({Trouble.UNKNOWN_FIELD, Trouble.DOUBLED_FIELD})
"""Troubles of a field's name, which are shown at the name and not at the value."""
_WIDE_COLON: Final = (Trouble.WIDE_SIGN, "：", rule_for("："))

Plain = dict[str, "Plain"] | list["Plain"] | str | None
Path_ = tuple[str | int, ...]
Place = tuple[int, int]
"""Line and column, both counted from 1."""


@attrs.define(kw_only=True)
class Document:
    """A YAML file as it was read.

    Attributes:
        file: Name of the file.
        plain: Its content with text leaves; ``None`` where it could not be read.
        names: Place of the name of each field, or of each part of a list, by path.
        values: Place of each single value, by path.
    """

    file: str
    plain: Plain = None
    names: dict[Path_, Place] = attrs.field(factory=dict)
    values: dict[Path_, Place] = attrs.field(factory=dict)
    _problems: Problems = attrs.field(init=False)
    _noted: set[tuple[Path_, Trouble, str, str]] = attrs.field(init=False, factory=set)
    _troubled: set[Path_] = attrs.field(init=False, factory=set)
    _starts: list[int] = attrs.field(init=False, factory=lambda: [0])

    def __attrs_post_init__(self) -> None:
        """Start without problems."""
        self._problems = Problems(file=self.file)

    @property
    def problems(self) -> list[Problem]:
        """Everything that was found wrong with it."""
        return self._problems.found

    @property
    def log(self) -> Problems:
        """Where problems are noted."""
        return self._problems

    def add(self, place: Place, field: str, trouble: Trouble, value: str = "", detail: str = "") -> None:
        """Note a problem."""
        self._problems.add(place[0], field, trouble, value, detail, place[1])

    def add_at(self, path: Path_, trouble: Trouble, value: str = "", detail: str = "") -> None:
        """Note a problem of a field, once."""
        key = (path, trouble, value, detail)
        if key in self._noted:
            return
        self._noted.add(key)
        self._troubled.update(path[:end] for end in range(len(path) + 1))
        place = self.place_of(path, names_only=trouble in _OF_NAMES)
        self.add(place, path_text(path), trouble, value, detail)

    def has_problem(self, path: Path_) -> bool:
        """Whether a problem is noted of the field, or of anything in it."""
        return path in self._troubled

    def place_of(self, path: Path_, *, names_only: bool = False) -> Place:
        """Place of a field's single value, or of its name; else of the nearest field around it."""
        while True:
            if path in self.values and not names_only:
                return self.values[path]
            if path in self.names or not path:
                return self.names.get(path, (1, 1))
            path = path[:-1]

    def number_lines(self, text: str) -> None:
        """Learn where the lines begin, as an editor counts them."""
        self._starts = [0, *(end.end() for end in _LINE_END.finditer(text))]

    def place_at(self, index: int) -> Place:
        """Line and column of the character at *index*."""
        line = bisect_right(self._starts, index)
        return line, index - self._starts[line - 1] + 1


def read_document(path: Path) -> Document:
    """Read a YAML file; problems of its form are kept, and what can be read is."""
    document = Document(file=path.name)
    text = read_text(path, BYTES_MAX, document.log)
    if text is None:
        return document
    document.number_lines(text)
    if not text.strip():
        document.add((0, 0), "", Trouble.EMPTY_DOCUMENT)
        return document
    try:
        plain = _Tree(document=document).grown(text)
    except (YAMLError, ValueError, RecursionError) as error:
        _note_unreadable(error, text, document)
        return document
    if isinstance(plain, dict):
        document.plain = plain
    elif not document.problems:
        document.add((1, 1), "", Trouble.YAML, "", "the file must hold named fields")
    return document


def _note_unreadable(error: Exception, text: str, document: Document) -> None:
    """Note why a text is no YAML: its slips, and what the reader says where none of them comes before."""
    found = _place_of(error, document)
    place = found[0]
    slips = list(slips_of(text))
    if not any((slip.line + 1, slip.column + 1) <= place or slip.line + 1 == place[0] for slip in slips):
        document.add(*found)
    for slip in slips:
        trouble = Trouble.WIDE_SIGN if slip.is_wide else Trouble.YAML
        sign = slip.sign if slip.sign.isprintable() else f"U+{ord(slip.sign):04X}"
        document.add((slip.line + 1, slip.column + 1), "", trouble, sign, slip.rule)


def _place_of(error: Exception, document: Document) -> tuple[Place, str, Trouble, str, str]:
    """A problem for what the reader of YAML refused."""
    if isinstance(error, MarkedYAMLError) and error.problem_mark is not None:
        return document.place_at(error.problem_mark.index), "", Trouble.YAML, "", str(error.problem)
    if isinstance(error, ReaderError):
        return document.place_at(error.position), "", Trouble.YAML, "", str(error.reason)
    return (1, 1), "", Trouble.YAML, "", "it cannot be read at all"


@attrs.define
class _Branch:
    """A list or named fields whose end has not come yet."""

    path: Path_
    content: dict[str, Plain] | list[Plain]
    name: str | None = None
    """Name of the field whose value comes next."""
    is_dropped: bool = False
    """Whether that value belongs to no field of its own."""
    value: str | None = None
    """What stood behind the name, with a wide colon between; it is the value where no other comes."""


@attrs.define
class _Tree:
    """Grows the content of a document out of the reader's events, in one pass and without recursion.

    Anchors, aliases and tags would let a small file stand for a huge or a foreign object. They
    are noted, and nothing is ever unfolded.
    """

    document: Document
    branches: list[_Branch] = attrs.field(factory=list)
    root: Plain = None
    documents: int = 0
    has_alias: bool = False

    def grown(self, text: str) -> Plain:
        """The content; ``None`` where a part of it is not written out."""
        for event in YAML(typ="safe", pure=True).parse(text):
            place = self.document.place_at(event.start_mark.index)
            if isinstance(event, DocumentStartEvent):
                self.documents += 1
                if self.documents > 1:
                    self.document.add(place, "", Trouble.YAML, "", "there must be one document in the file")
                    return None
            elif isinstance(event, MappingEndEvent | SequenceEndEvent):
                self.branches.pop()
            elif isinstance(event, MappingStartEvent | SequenceStartEvent | ScalarEvent | AliasEvent):
                self._take(event, place)
                if len(self.branches) > DEPTH_MAX:
                    self.document.add(place, "", Trouble.YAML, "", f"nested deeper than {DEPTH_MAX}")
                    return None
        return None if self.has_alias else self.root

    def _take(self, event: Any, place: Place) -> None:  # noqa: ANN401  # the library types no attribute of its events
        """Take a list, named fields or a single value: as a name, or as the value of what comes before."""
        if event.anchor or getattr(event, "tag", None):
            self.has_alias |= isinstance(event, AliasEvent)
            self.document.add(place, self._field(), Trouble.YAML_FEATURE)
        branch = self.branches[-1] if self.branches else None
        if branch is not None and isinstance(branch.content, dict) and branch.name is None:
            self._take_name(branch, event, place)
            return
        content = _content(event)
        path = self._put(branch, content, place)
        if isinstance(event, ScalarEvent) and content is not None:
            self.document.values[path] = place
        if isinstance(content, dict | list):
            self.branches.append(_Branch(path, content))

    def _field(self) -> str:
        return path_text(self.branches[-1].path) if self.branches else ""

    def _take_name(self, branch: _Branch, event: Any, place: Place) -> None:  # noqa: ANN401  # as above
        """Take the name of a field; a list or fields in the place of a name are let go."""
        if not isinstance(event, ScalarEvent):
            detail = "a field's name must be a text"
            self.document.add(place, path_text(branch.path), Trouble.YAML, "", detail)
            branch.name, branch.is_dropped = "", True
            content = _content(event)
            if isinstance(content, dict | list):
                self.branches.append(_Branch(branch.path, content))
            return
        branch.name, branch.value = str(event.value), None
        if (named := name_before_colon(branch.name)) is not None:
            branch.name, branch.value = named
            self.document.add(place, path_text((*branch.path, branch.name)), *_WIDE_COLON)
        path = (*branch.path, branch.name)
        branch.is_dropped = branch.name in branch.content
        if branch.is_dropped:
            self.document.add(place, path_text(path), Trouble.DOUBLED_FIELD)
        else:
            self.document.names[path] = place

    def _put(self, branch: _Branch | None, content: Plain, place: Place) -> Path_:
        """Put *content* where it belongs; answers its path."""
        if branch is None:
            self.root = content
            return ()
        if isinstance(branch.content, list):
            path: Path_ = (*branch.path, len(branch.content))
            branch.content.append(content)
            self.document.names[path] = place
            return path
        name, branch.name = str(branch.name), None
        path = (*branch.path, name)
        if branch.is_dropped:
            # A value that is let go must not tell its places as those of the one that stays.
            return (*branch.path, "?", name)
        branch.content[name] = branch.value if content is None and branch.value else content
        return path


def _content(event: Any) -> Plain:  # noqa: ANN401  # as above
    """What a list, named fields or a single value begins with."""
    if isinstance(event, MappingStartEvent):
        return {}
    if isinstance(event, SequenceStartEvent):
        return []
    if isinstance(event, AliasEvent):
        return None
    text: str = event.value
    return None if event.style is None and text in _NOTHING else text


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
