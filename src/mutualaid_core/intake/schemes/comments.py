"""Comments (注释) of a YAML file, each with the field or the part of a list that it belongs to.

A comment beside something belongs to what stands last on its line. A comment on lines of its
own belongs to what follows, unless it is indented deeper than that: then it belongs below what
came before. What heads the file heads it for good. Blank lines stay with what they stand above.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import takewhile
from typing import Final

import attrs
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from mutualaid_core.intake.document import Path_

_MARK: Final = re.compile(r"(?:^|(?<=[ \t\n]))#[^\n]*")
_Gap = list[tuple[int, str]]
"""Lines between two lines of content: column and comment, an empty one for a blank line."""


@attrs.define(kw_only=True)
class Comments:
    """Comments by place; an empty text among lines is a blank line.

    Attributes:
        head: Lines above everything.
        above: Lines above a field or a part of a list.
        beside: Comment on the line of a field or part, with its column.
        below: Lines below a field or part.
    """

    head: list[str] = attrs.field(factory=list)
    above: dict[Path_, list[str]] = attrs.field(factory=dict)
    beside: dict[Path_, tuple[str, int]] = attrs.field(factory=dict)
    below: dict[Path_, list[str]] = attrs.field(factory=dict)

    def within(self, path: Path_) -> bool:
        """Whether a comment stands anywhere inside of what is at *path*."""
        size = len(path)
        lines = (place for found in (self.above, self.below) for place, told in found.items() if any(told))
        return any(len(place) > size and place[:size] == path for place in (*lines, *self.beside))


@attrs.frozen(kw_only=True)
class _Place:
    """Where a field or a part of a list begins."""

    path: Path_
    index: int
    row: int
    column: int
    end: int


def comment_texts(text: str, root: Node) -> list[str]:
    """Every comment of a file, in order."""
    return [found.group().rstrip() for found in _marks(text, root)]


def comments_of(text: str, root: Node) -> Comments:
    """The comments of a file and its blank lines, each at its place.

    Args:
        text: The file, with line feeds only.
        root: Its content as composed.
    """
    comments, places, gap = Comments(), list(_places(root, (), text)), _Gap()
    starts = [place.index for place in places]
    first_on: dict[int, int] = {}
    for number, place in enumerate(places):
        first_on.setdefault(place.row, number)
    marks = {text.count("\n", 0, found.start()): found for found in _marks(text, root)}
    for row, line in enumerate(text.split("\n")):
        mark = marks.get(row)
        told, column = (mark.group().rstrip(), line.index(mark.group())) if mark else ("", 0)
        if not line[:column].strip() and (mark or not line.strip()):
            gap.append((column, told))
            continue
        if row in first_on:
            _settle(gap, places, first_on[row], comments)
            gap = []
        if mark:
            owner = _owner_beside(places[: bisect_right(starts, mark.start())], mark.start())
            comments.beside[owner.path] = (told, column)
    _settle(gap, places, len(places), comments)
    return comments


def _marks(text: str, root: Node) -> Iterator[re.Match[str]]:
    """Every comment: a mark that stands in no value."""
    spans = sorted((each.start_mark.index, each.end_mark.index) for each in _scalars(root))
    begins = [begin for begin, _ in spans]
    for found in _MARK.finditer(text):
        at = bisect_right(begins, found.start()) - 1
        if at < 0 or found.start() >= spans[at][1]:
            yield found


def _scalars(node: Node) -> Iterator[ScalarNode]:
    if isinstance(node, ScalarNode):
        yield node
    elif isinstance(node, MappingNode):
        for key, value in node.value:
            yield from _scalars(key)
            yield from _scalars(value)
    elif isinstance(node, SequenceNode):
        for part in node.value:
            yield from _scalars(part)


def _places(node: Node, path: Path_, text: str) -> Iterator[_Place]:
    """Every field and part of a list in order, the outer one first where two begin together."""
    if isinstance(node, MappingNode):
        for key, value in node.value:
            here = (*path, str(key.value))
            mark = key.start_mark
            end = value.end_mark.index
            yield _Place(path=here, index=mark.index, row=mark.line, column=mark.column, end=end)
            yield from _places(value, here, text)
    elif isinstance(node, SequenceNode):
        for number, part in enumerate(node.value):
            mark = part.start_mark
            index, row, column = mark.index, mark.line, mark.column
            if not node.flow_style:
                # The part begins at its dash, which belongs to no node.
                dash = text.rfind("-", 0, index)
                row -= text.count("\n", dash, index)
                index, column = dash, dash - text.rfind("\n", 0, dash) - 1
            end = part.end_mark.index
            yield _Place(path=(*path, number), index=index, row=row, column=column, end=end)
            yield from _places(part, (*path, number), text)


def _owner_beside(before: list[_Place], index: int) -> _Place:
    """Whose line ends at *index*: the last field or part that begins before, or what it closes."""
    owner = before[-1]
    for place in reversed(before):
        is_around = place.path == owner.path[:-1]
        if is_around and place.end <= index and place.row == owner.row:
            owner = place
    return owner


def _settle(gap: _Gap, places: list[_Place], at: int, comments: Comments) -> None:
    """Give the lines before the place number *at* to it, or to what they stand below."""
    level = places[at].column if at < len(places) else -1
    rest: list[str] = []
    for column, told in gap:
        inner = takewhile(lambda each: each.column > level, reversed(places[:at]))
        fitting = (each for each in inner if each.column <= column)
        owner = next(fitting, None) if told and not any(rest) else None
        if owner is None:
            rest.append(told)
        else:
            comments.below.setdefault(owner.path, []).extend([*rest[:1], told])
            rest = []
    lines = [told for number, told in enumerate(rest) if told or number == 0 or rest[number - 1]]
    if at == 0:
        comments.head, lines = _head_and_rest(lines)
    if lines and at < len(places):
        comments.above[places[at].path] = lines


def _head_and_rest(lines: list[str]) -> tuple[list[str], list[str]]:
    """What heads the file, and what of several paragraphs touches the first field."""
    lines = lines[1:] if lines[:1] == [""] else lines
    cut = 0 if "" not in lines else len(lines) - lines[::-1].index("")
    return (lines[:cut], lines[cut:]) if cut else (lines, [])
