"""Facts of a workbook (工作簿情况): what a look at its bytes shows before any cell is read."""

import attrs

from mutualaid_core.domain.values.numbers import file_shown
from mutualaid_core.intake.problem import Problems, Trouble
from mutualaid_core.intake.workbook.bounds import CELLS_MAX, COLUMNS_MAX


@attrs.define(kw_only=True)
class SheetFacts:
    """What a look shows of one sheet.

    Attributes:
        name: Its name, which may be that of a person and is told by ``shown`` alone.
        is_hidden: Whether it is hidden.
        rows: Last row with a value, counted from 1; 0 where there is none.
        columns: Last column with a value, counted from 1.
        formula: First cell with a formula; empty where there is none.
        error: First cell with a spreadsheet's error.
        merged: First range of merged cells.
        hidden_rows: Rows with a value that the spreadsheet does not show.
        hidden_columns: Columns with a value that it does not show.
    """

    name: str
    is_hidden: bool = False
    rows: int = 0
    columns: int = 0
    formula: str = ""
    error: str = ""
    merged: str = ""
    hidden_rows: int = 0
    hidden_columns: int = 0

    @property
    def shown(self) -> str:
        """Its name as it may be told, numbers of persons starred out."""
        return file_shown(self.name)

    def tell_hidden(self, flags: Problems) -> None:
        """Note rows and columns that a person does not see; they are read like the others."""
        for count, trouble in (
            (self.hidden_rows, Trouble.HIDDEN_ROWS),
            (self.hidden_columns, Trouble.HIDDEN_COLUMNS),
        ):
            if count:
                flags.add(0, self.shown, trouble, str(count))

    def meet(self, row: int, column: int) -> None:
        """Take note of a cell with a value, both counted from 1."""
        self.rows, self.columns = max(self.rows, row), max(self.columns, column)


@attrs.define(kw_only=True)
class WorkbookFacts:
    """What a look shows of a workbook.

    Attributes:
        sheets: Its sheets, in their order.
        macros: Where its macros are; empty where there are none.
        links: Where its links to other files are.
    """

    sheets: list[SheetFacts] = attrs.field(factory=list)
    macros: str = ""
    links: str = ""


class HiddenColumns:
    """Hidden columns (隐藏的列): which of them hold a value, in two numbers with a bit for each column.

    However often a file hides the same columns, this takes no more room and hardly more time.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._hidden = self._met = 0

    @property
    def any(self) -> bool:
        """Whether any column is hidden."""
        return bool(self._hidden)

    @property
    def count(self) -> int:
        """How many hidden columns hold a value."""
        return (self._hidden & self._met).bit_count()

    def hide(self, first: int, last: int) -> None:
        """Columns that are hidden, counted from 1, both ends among them."""
        last = min(last, COLUMNS_MAX)
        if first <= last:
            self._hidden |= (1 << (last + 1)) - (1 << first)

    def meet(self, column: int) -> None:
        """A column that has a cell with a value."""
        if column <= COLUMNS_MAX:
            self._met |= 1 << column


def cell_name(row: int, column: int) -> str:
    """Name of a cell as spreadsheets show it, both counted from 1.

    >>> cell_name(3, 28)
    'AB3'
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


def row_of(cell: str) -> int:
    """Row of a cell or a range by its name.

    >>> row_of("AB3:AC4")
    3
    """
    return int("".join(char for char in cell.partition(":")[0] if char.isdigit()) or 0)


def chosen_sheet(facts: WorkbookFacts, wanted: str | None, log: Problems) -> SheetFacts | None:
    """The sheet that is read; ``None`` where something forbids it, which is noted.

    Args:
        facts: The workbook.
        wanted: Name of the sheet that was asked for; ``None`` for the only one with rows.
        log: Takes every fault.
    """
    before = log.noted
    if facts.macros:
        log.add(0, facts.macros, Trouble.MACROS)
    if facts.links:
        log.add(0, facts.links, Trouble.LINKS)
    filled = [sheet for sheet in facts.sheets if sheet.rows]
    if wanted is not None:
        filled = [sheet for sheet in facts.sheets if sheet.name == wanted]
        if not filled:
            names = ", ".join(sheet.shown for sheet in facts.sheets)
            log.add(0, "--sheet", Trouble.UNKNOWN_NAME, file_shown(wanted), f"one of {names}")
    for sheet in filled:
        if sheet.is_hidden:
            log.add(0, sheet.shown, Trouble.HIDDEN_SHEET)
    shown = [sheet for sheet in filled if not sheet.is_hidden]
    if len(shown) > 1:
        log.add(0, "", Trouble.SHEETS, "", ", ".join(sheet.shown for sheet in shown))
    for sheet in shown:
        _judge(sheet, log)
    if not filled and wanted is None:
        log.add(0, "", Trouble.EMPTY_FILE)
    return shown[0] if log.noted == before else None


def _judge(sheet: SheetFacts, log: Problems) -> None:
    """Note what makes a sheet no plain table."""
    for cell, trouble in (
        (sheet.formula, Trouble.FORMULA),
        (sheet.error, Trouble.ERROR_CELL),
        (sheet.merged, Trouble.MERGED),
    ):
        if cell:
            log.add(row_of(cell), cell, trouble)
    if sheet.columns > COLUMNS_MAX or sheet.rows * sheet.columns > CELLS_MAX:
        limit = f"limit {CELLS_MAX} cells and {COLUMNS_MAX} columns"
        found = f"{sheet.rows} rows of {sheet.columns} columns"
        log.add(0, sheet.shown, Trouble.TOO_MANY_ROWS, "", f"{limit}, found {found}")
