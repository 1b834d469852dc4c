"""Markup (标记文本): the elements of a part as they come, within bounds and without declarations.

The parser keeps each name and each element that is open, and holds a tag until it ends; so these
are bounded. Declarations, by which a part could grow, no spreadsheet writes; they are refused.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Final
from xml.parsers.expat import ParserCreate

from mutualaid_core.intake.problem import Trouble
from mutualaid_core.intake.workbook.bounds import RefusedError, refuse_beyond

_DEPTH_MAX: Final = 64
_NAMES_MAX: Final = 4_000
_BLANKS: Final = " \t\r\n"
_HELD_MAX: Final = 1 << 18
"""Bytes of one tag or comment, which the parser holds until it ends."""

_RUNS_MAX: Final = 500
"""Runs of one text, each with fonts of its own."""

_TEXT_MAX: Final = 1 << 20
"""Characters of one text; a spreadsheet writes no more than 32,767."""

Told = dict[str, str]
"""The attributes of an element."""

Begin = Callable[[Told], object]
End = Callable[[], object]


class Elements:
    """What is done with elements (元素处理), by their names without prefix.

    Attributes:
        begins: What is done where an element begins.
        ends: What is done where it ends.
        pieces: Pieces of text since somebody emptied it.
        depth: Elements that are open.
    """

    def __init__(self, begins: dict[str, Begin], ends: dict[str, End] | None = None) -> None:
        """Keep what is done."""
        self.begins, self.ends = begins, ends or {}
        self.pieces: list[str] = []
        self.depth = 0
        # Each name is cut once, not for each of a million elements.
        self._begin_by: dict[str, Begin | None] = {}
        self._end_by: dict[str, End | None] = {}

    def begin(self, name: str, told: Told) -> None:
        """An element begins."""
        self.depth += 1
        try:
            action = self._begin_by[name]
        except KeyError:
            action = self._begin_by[name] = self.begins.get(name.rpartition(":")[2])
        if action is not None:
            action(told)

    def end(self, name: str) -> None:
        """An element ends."""
        self.depth -= 1
        try:
            action = self._end_by[name]
        except KeyError:
            action = self._end_by[name] = self.ends.get(name.rpartition(":")[2])
        if action is not None:
            action()


class Text:
    """A text (文本) that is collected; what it says about its own pronunciation is none of it."""

    def __init__(self, pieces: list[str]) -> None:
        """Begin without text; *pieces* is where the parser puts it."""
        self._pieces = pieces
        self._runs: list[str] = []
        self._is_kept = False
        self._aside = 0

    def begin(self, told: Told) -> None:
        """A text begins; blanks at its ends count where it says so."""
        self._is_kept = told.get("xml:space") == "preserve"
        self._pieces.clear()

    def end(self) -> None:
        """It ends."""
        if not self._aside:
            text = "".join(self._pieces)
            self._runs.append(text if self._is_kept else text.strip(_BLANKS))
            refuse_beyond(_RUNS_MAX, "runs of one text", len(self._runs))

    def end_value(self) -> None:
        """A value ends, which is all of the text."""
        self._runs = self._pieces.copy()

    def take(self) -> str:
        """What was collected, which is let go."""
        taken = "".join(self._runs)
        self._runs.clear()
        self._pieces.clear()
        return taken

    def begin_aside(self, _: Told) -> None:
        """A pronunciation begins."""
        self._aside += 1

    def end_aside(self) -> None:
        """It ends."""
        self._aside -= 1


def parsed(pieces: Iterable[bytes], elements: Elements, *, with_text: bool = False) -> Iterator[None]:
    """Do with each element of a part what is to be done; one step for each piece.

    Args:
        pieces: The part, in UTF-8.
        elements: What is done.
        with_text: Whether the text between tags is collected too.

    Raises:
        RefusedError: It holds declarations, or goes beyond the bounds.
        ExpatError: It is no markup.
    """
    names: dict[str, str] = {}
    parser = ParserCreate("UTF-8", None, names)
    parser.buffer_text = True
    parser.StartElementHandler = elements.begin
    parser.EndElementHandler = elements.end
    parser.StartDoctypeDeclHandler = _refuse
    if with_text:
        parser.CharacterDataHandler = elements.pieces.append
    given = 0
    for piece in pieces:
        parser.Parse(piece)
        given += len(piece)
        refuse_beyond(_HELD_MAX, "bytes of one tag or comment", given - parser.CurrentByteIndex)
        refuse_beyond(_NAMES_MAX, "names of elements and attributes", len(names))
        refuse_beyond(_DEPTH_MAX, "levels of elements", elements.depth)
        text = sum(map(len, elements.pieces))
        refuse_beyond(_TEXT_MAX, "characters of one text", text, Trouble.LONG_CELL)
        yield
    parser.Parse(b"", True)  # noqa: FBT003  # the library's own form: the last piece
    yield


def read_whole(pieces: Iterable[bytes], elements: Elements, *, with_text: bool = False) -> None:
    """Do with all elements of a part what is to be done."""
    for _ in parsed(pieces, elements, with_text=with_text):
        pass


def _refuse(*_: object) -> None:
    raise RefusedError(Trouble.WORKBOOK, "", "declares a document type, as no spreadsheet does")
