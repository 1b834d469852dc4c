"""Index (工作簿索引) of an .xlsx: its sheets, its table of texts and the formats of its numbers."""

import re
from typing import Final

import attrs

from mutualaid_core.intake.problem import Trouble
from mutualaid_core.intake.workbook.bounds import TEXTS_MAX, RefusedError, Texts, refuse_beyond
from mutualaid_core.intake.workbook.numbers import Shape, shape_of
from mutualaid_core.intake.workbook.xlsx.markup import Elements, Text, Told, read_whole
from mutualaid_core.intake.workbook.xlsx.package import Package

BOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_TEXTS, _STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
_SHEETS_MAX: Final = 1_000
_FORMATS_MAX: Final = 70_000
"""More than the cell formats that a spreadsheet can tell apart."""

_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_HALVES: Final = range(0xD800, 0xE000)
"""Halves of characters, which are none by themselves."""


@attrs.frozen(kw_only=True)
class ListedSheet:
    """A sheet as the index tells it: its name, whether it is hidden, and the name of its part."""

    name: str
    is_hidden: bool
    part: str


@attrs.define
class Index:
    """The index of a workbook.

    Attributes:
        sheets: Its sheets, in their order.
        is_1904: Whether its days are counted from 1904.
        texts: Part with the table of texts; empty where there is none.
        styles: Part with the formats.
    """

    sheets: tuple[ListedSheet, ...] = ()
    is_1904: bool = False
    texts: str = ""
    styles: str = ""


def index_of(package: Package) -> Index:
    """Read the index.

    Raises:
        ValueError: Its parts do not fit together.
        LookupError: A part, or what it must tell, is missing.
    """
    relations, book = _Relations(), _Book()
    read_whole(package.pieces(RELATIONS), relations)
    read_whole(package.pieces(BOOK), book)
    sheets = tuple(
        ListedSheet(name=name, is_hidden=is_hidden, part=relations.targets[relation])
        for name, is_hidden, relation in book.sheets
    )
    parts = {sheet.part for sheet in sheets}
    names = {sheet.name for sheet in sheets}
    if not sheets or not len(sheets) == len(parts) == len(names) or not all(map(package.has, parts)):
        raise ValueError
    return Index(
        sheets=sheets,
        is_1904=book.is_1904,
        texts=_part(relations.kinds.get("sharedStrings", _TEXTS), package),
        styles=_part(relations.kinds.get("styles", _STYLES), package),
    )


def _part(name: str, package: Package) -> str:
    return name if package.has(name) else ""


class _Relations(Elements):
    """What other parts the workbook has, by their ids and by their kinds."""

    def __init__(self) -> None:
        super().__init__({"Relationship": self._take})
        self.targets: dict[str, str] = {}
        self.kinds: dict[str, str] = {}

    def _take(self, told: Told) -> None:
        if told.get("TargetMode") == "External":
            return
        target = told["Target"]
        path = target.removeprefix("/") if target.startswith("/") else f"xl/{target}".replace("xl/../", "")
        self.targets[told["Id"]] = path
        self.kinds[told.get("Type", "").rpartition("/")[2]] = path
        refuse_beyond(2 * _SHEETS_MAX, "relations", len(self.targets))


class _Book(Elements):
    """The sheets by name, with the ids of their parts."""

    def __init__(self) -> None:
        super().__init__({"sheet": self._take, "workbookPr": self._take_manner})
        self.sheets: list[tuple[str, bool, str]] = []
        self.is_1904 = False

    def _take_manner(self, told: Told) -> None:
        self.is_1904 = told.get("date1904") in {"1", "true"}

    def _take(self, told: Told) -> None:
        (relation,) = (told[each] for each in told if each.endswith(":id"))
        self.sheets.append((told["name"], told.get("state", "visible") != "visible", relation))
        refuse_beyond(_SHEETS_MAX, "sheets", len(self.sheets))


class _TextTable(Elements):
    """The texts, of which a table that promises too many is refused at once."""

    def __init__(self, texts: Texts) -> None:
        super().__init__({})
        self._texts, self._text = texts, Text(self.pieces)
        self.begins = {
            "t": self._text.begin,
            "rPh": self._text.begin_aside,
            "si": self._begin_text,
            "sst": self._begin_table,
        }
        self.ends = {"t": self._text.end, "rPh": self._text.end_aside, "si": self._end_text}

    def _begin_table(self, told: Told) -> None:
        count = int(told.get("uniqueCount", "0"))
        if count > TEXTS_MAX:
            raise RefusedError(Trouble.TOO_LARGE, "", f"limit {TEXTS_MAX} texts, found {count}")

    def _begin_text(self, _: Told) -> None:
        self._text.take()

    def _end_text(self) -> None:
        self._texts.add(unescaped(self._text.take()))


def texts_of(package: Package, index: Index) -> list[str]:
    """The table of texts.

    Raises:
        RefusedError: It is larger than what is held in memory.
    """
    texts = Texts()
    if index.texts:
        read_whole(package.pieces(index.texts), _TextTable(texts), with_text=True)
    return texts.found


def unescaped(text: str) -> str:
    """A text with its escaped characters.

    >>> unescaped("a_x0041_b_xD800_")
    'aAb_xD800_'
    """
    return _ESCAPED.sub(_character, text) if "_x" in text else text


def _character(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    return found[0] if code in _HALVES else chr(code)


class _Styles(Elements):
    """The formats that cells name by their place in the list."""

    def __init__(self) -> None:
        super().__init__(
            {"numFmt": self._take_format, "xf": self._take, "cellXfs": self._begin}, {"cellXfs": self._end}
        )
        self.formats: dict[int, str] = {}
        self.numbers: list[int] = []
        self._is_inside = False

    def _begin(self, _: Told) -> None:
        self._is_inside = True

    def _end(self) -> None:
        self._is_inside = False

    def _take_format(self, told: Told) -> None:
        self.formats[int(told["numFmtId"])] = told["formatCode"]
        refuse_beyond(_FORMATS_MAX, "formats", len(self.formats))

    def _take(self, told: Told) -> None:
        if self._is_inside:
            self.numbers.append(int(told.get("numFmtId", "0")))
        refuse_beyond(_FORMATS_MAX, "formats", len(self.numbers))


def shapes_of(package: Package, index: Index) -> list[Shape]:
    """What the numbers of each cell format stand for."""
    styles = _Styles()
    if index.styles:
        read_whole(package.pieces(index.styles), styles)
    return [shape_of(number, styles.formats) for number in styles.numbers]
