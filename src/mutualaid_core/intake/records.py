"""Records (记录行): the text of a table becomes rows of cells, strictly by RFC 4180.

A row whose quotation marks are broken is a problem of its own, and reading goes on in the
line after it, so that one lost mark does not hide what else is wrong.
"""

import csv
from collections.abc import Iterator
from itertools import islice
from typing import Final

from mutualaid_core.intake.problem import Problems, Trouble
from mutualaid_core.intake.workbook.bounds import COLUMNS_MAX

BROKEN_MAX: Final = 100
"""Rows with broken marks after which reading stops; each costs a look ahead."""

_SEPARATORS: Final = {
    ";": "semicolons",
    "\t": "tabs",
    "|": "bars",
    "\N{FULLWIDTH COMMA}": "full-width commas",
}


def separator_of(head: str, problems: Problems) -> str:
    """What separates the cells of a table; anything but a comma is a problem.

    Args:
        head: First line of the table.
        problems: Takes what is wrong.
    """
    found = max(_SEPARATORS, key=head.count)
    if head.count(found) > head.count(","):
        problems.add(1, "", Trouble.SEPARATOR, "", f"found {_SEPARATORS[found]}")
        return found
    return ","


def is_too_wide(number: int, head: list[str], problems: Problems) -> bool:
    """Whether a head has more columns than any table, which is noted.

    Args:
        number: Row of the head.
        head: Its cells.
        problems: Takes that it is.
    """
    if len(head) > COLUMNS_MAX:
        found = f"limit {COLUMNS_MAX} columns, found {len(head)}"
        problems.add(number, "", Trouble.TOO_MANY_ROWS, "", found)
    return len(head) > COLUMNS_MAX


def records_of(
    lines: list[str], separator: str, problems: Problems
) -> Iterator[tuple[int, list[str] | None]]:
    """Number of the first line, counted from 1, and cells of each row; ``None`` for a broken one.

    Args:
        lines: The lines of the table with their ends.
        separator: What separates the cells.
        problems: Takes what is wrong.
    """
    at = width = broken = 0
    while at < len(lines):
        for number, cells, lines_read in _runs(lines, at, separator, problems):
            own = lines[number - 1 : number - 1 + lines_read]
            if cells is None or (width and _has_swallowed(own, cells, separator, width)):
                _note_broken(number, problems, is_noted=cells is None)
                yield number, None
                at, broken = number, broken + 1
                break
            width = width or len(cells)
            yield number, cells
        else:
            return
        if broken == BROKEN_MAX:
            problems.add(at, "", Trouble.MORE, "", "not read any further")
            return


def _has_swallowed(own: list[str], cells: list[str], separator: str, width: int) -> bool:
    """Whether a mark that was not closed in its row has taken in the rows below it.

    Args:
        own: The lines that were read for the row.
        cells: What they became.
        separator: What separates the cells.
        width: How many cells the head has.
    """
    rows_within = all(line.count(separator) >= width - 1 for line in own)
    return len(own) > 1 and (len(cells) != width or rows_within)


def _note_broken(number: int, problems: Problems, *, is_noted: bool) -> None:
    if not is_noted:
        problems.add(number, "", Trouble.QUOTING, "", "a mark is not closed in its row")


def _runs(
    lines: list[str], at: int, separator: str, problems: Problems
) -> Iterator[tuple[int, list[str] | None, int]]:
    """Number, cells and count of lines of each row from line *at* on; no cells where it is broken."""
    reader = csv.reader(islice(lines, at, None), delimiter=separator, strict=True)
    before = 0
    try:
        for cells in reader:
            yield at + before + 1, cells, reader.line_num - before
            before = reader.line_num
    except csv.Error as error:
        number = at + before + 1
        if "field larger" in str(error) and reader.line_num - before == 1:
            problems.add(number, "", Trouble.LONG_CELL, "", f"limit {csv.field_size_limit()} characters")
        else:
            problems.add(
                number, "", Trouble.QUOTING, "", "a mark is not closed in its row, or stands inside a cell"
            )
        yield number, None, 0
