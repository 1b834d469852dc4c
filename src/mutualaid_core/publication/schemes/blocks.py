"""Blocks (版块): headings, lines and tables, and how they look as plain text and as Markdown."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final, TypeAlias

import attrs

_MARKUP: Final = re.compile(r"([\\`*_{}\[\]<>|#])")


@attrs.frozen
class Heading:
    """Heading (标题).

    Attributes:
        level: 1 for the whole text, 2 and 3 for its parts.
        text: Its words.
    """

    level: int
    text: str


@attrs.frozen
class Line:
    """Line (语句) of a list.

    Attributes:
        text: The sentence, without a full stop.
        source: Where it is printed, with its brackets; empty where another line says it.
        depth: 1 for a line that belongs to the one before it.
    """

    text: str
    source: str = ""
    depth: int = 0


@attrs.frozen
class Table:
    """Table (表格).

    Attributes:
        head: Names of the columns.
        rows: Cells of each row.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block: TypeAlias = Heading | Line | Table
"""One part of a text."""


def to_text(blocks: Iterable[Block]) -> str:
    """Plain text: headings on lines of their own, tables in columns."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Heading):
            lines += ["", block.text, *(["=" * width(block.text)] if block.level == 1 else [])]
        elif isinstance(block, Line):
            lines.append(f"{'  ' * block.depth}- {block.text}{block.source}")
        else:
            lines += _columns(block)
    return "\n".join(lines[1:]) + "\n"


def to_markdown(blocks: Iterable[Block]) -> str:
    """Markdown, whose marks in names and titles stand for themselves."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Heading):
            lines += ["", f"{'#' * block.level} {_escaped(block.text)}", ""]
        elif isinstance(block, Line):
            # Below a table a deeper line would be taken for code.
            depth = block.depth if lines[-1:] != [""] else 0
            lines.append(f"{'    ' * depth}- {_escaped(block.text)}{_escaped(block.source)}")
        else:
            cells = (block.head, tuple("---" for _ in block.head), *block.rows)
            rows = [f"| {' | '.join(map(_cell, row))} |" for row in cells]
            lines += ["", *rows, ""]
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip() + "\n"


_BLANK_LINES: Final = re.compile(r"\n{3,}")


def width(text: str) -> int:
    """Columns that *text* takes in a terminal; a Chinese character takes two.

    >>> width("免责期 30")
    9
    """
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _columns(table: Table) -> list[str]:
    rows = (table.head, *table.rows)
    widths = [max(width(row[number]) for row in rows) for number in range(len(table.head))]
    ruled = (table.head, tuple("-" * size for size in widths), *table.rows)
    return [
        "    "
        + "  ".join(
            f"{cell}{' ' * (size - width(cell))}" for cell, size in zip(row, widths, strict=True)
        ).rstrip()
        for row in ruled
    ]


def _cell(text: str) -> str:
    return text if text == "---" else _escaped(text)


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)
