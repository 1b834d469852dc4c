"""Damage (损坏): what went wrong with a cell on its way into the file, and what may be shown of it."""

import enum
import re
import unicodedata
from typing import Final

from mutualaid_core.domain.values.dates import parse_day
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.intake.problem import Trouble
from mutualaid_core.intake.reading import REPLACEMENT

CELL_CHARS_MAX: Final = 200
"""Longest cell that is looked at."""

LONG_CELL: Final = f"limit {CELL_CHARS_MAX} characters"
"""What is told of a longer one."""


class Form(enum.Enum):
    """How the cells of a column are written (书写形式)."""

    TEXT = "text"
    """As printed; full-width letters may be part of it."""
    NAME = "name"
    """A person's name; rare characters may have only a private place in Unicode."""
    CODE = "code"
    """An id or a code."""
    FIGURES = "figures"
    """A number, an ID number or a day: ASCII alone."""
    AMOUNT = "amount"
    """Money: ASCII alone."""


_FORMULA_MARKS: Final = frozenset(
    "=+@\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}\N{FULLWIDTH COMMERCIAL AT}"
)
_MINUS_MARKS: Final = frozenset("-\N{FULLWIDTH HYPHEN-MINUS}\N{MINUS SIGN}")
_APOSTROPHES: Final = frozenset("'\N{RIGHT SINGLE QUOTATION MARK}\N{FULLWIDTH APOSTROPHE}")
_PLAIN_NUMBER: Final = re.compile(r"[0-9][0-9.,]*", re.ASCII)
_SPREADSHEET_FLOAT: Final = re.compile(r"[0-9](\.[0-9]+)?[eE]\+[0-9]+", re.ASCII)
_ANY_FLOAT: Final = re.compile(r"[0-9]+(\.[0-9]+)?[eE]\+?[0-9]+", re.ASCII)
_LONG_FLOAT: Final = re.compile(r"[0-9]{11,}\.[0-9]*", re.ASCII)
_ROUNDED_ID: Final = re.compile(r"[0-9]{15}000", re.ASCII)
_ODD: Final = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp", "Zs"))
_ASCII_ALONE: Final = frozenset((Form.FIGURES, Form.AMOUNT))
_FIGURES: Final = re.compile(r"-?[0-9][0-9.,]{0,11}(?:[eE]\+?[0-9]{1,2})?%?", re.ASCII)
_LONG_NUMBER: Final = re.compile(r"[0-9]{7}", re.ASCII)
_ISO_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_DIGIT: Final = re.compile(r"[0-9]", re.ASCII)
_DAY_MARKS: Final = re.compile(r"[-0-9./: TZ+]{6,25}", re.ASCII)


def damage_of(cell: str, form: Form) -> Trouble | None:
    """What went wrong on the way into the file, before any meaning; ``None`` where nothing did.

    Args:
        cell: The cell, not blank.
        form: How its column is written.
    """
    if len(cell) > CELL_CHARS_MAX:
        return Trouble.LONG_CELL
    bare = cell.strip()
    damages = (
        (REPLACEMENT in cell, Trouble.DAMAGED_TEXT),
        (_is_formula(bare), Trouble.FORMULA),
        (cell[0] in _APOSTROPHES, Trouble.APOSTROPHE),
        (_is_float(bare, form), Trouble.DAMAGED_NUMBER),
        (cell != bare, Trouble.BLANKS_AROUND),
        (_is_odd(cell, form), Trouble.WIDE_CHARACTERS),
    )
    return next((trouble for is_so, trouble in damages if is_so), None)


def is_rounded_id(cell: str) -> bool:
    """Whether a wrong ID number looks as if a spreadsheet had kept fifteen digits of it."""
    return _ROUNDED_ID.fullmatch(cell) is not None


def _is_formula(cell: str) -> bool:
    """Whether a spreadsheet would compute the cell; a plain negative number it would not."""
    if cell[:1] in _FORMULA_MARKS:
        return True
    return cell[:1] in _MINUS_MARKS and _PLAIN_NUMBER.fullmatch(cell[1:]) is None


def _is_float(cell: str, form: Form) -> bool:
    match form:
        case Form.TEXT | Form.NAME:
            return False
        case Form.CODE:
            return _SPREADSHEET_FLOAT.fullmatch(cell) is not None
        case Form.AMOUNT:
            return _ANY_FLOAT.fullmatch(cell) is not None
        case Form.FIGURES:
            return any(form.fullmatch(cell) for form in (_ANY_FLOAT, _LONG_FLOAT))


def _is_odd(cell: str, form: Form) -> bool:
    if cell.isascii():
        return not cell.isprintable()
    if form in _ASCII_ALONE or any(char != " " and unicodedata.category(char) in _ODD for char in cell):
        return True
    full_width = any(unicodedata.east_asian_width(char) == "F" and char.isalnum() for char in cell)
    return form is Form.CODE and full_width


def shown_figures(cell: str) -> str:
    """What a problem may show of a cell that should not be personal: short figures, else its length.

    In a column that has slipped stand names, telephone and ID numbers, days of birth, diagnoses.

    >>> shown_figures("12.345"), shown_figures("1957-04-15"), shown_figures("E11.900")
    ('12.345', '10 characters', '7 characters')
    """
    is_short = _FIGURES.fullmatch(cell) and not _LONG_NUMBER.search(cell)
    return cell if is_short else f"{len(cell)} characters"


def shown_day(cell: str) -> str:
    """What a problem may show of a cell that should be a day: its form, and a day that cannot be.

    A day that exists may be somebody's birth date.

    >>> shown_day("2014/02/28"), shown_day("2014-02-30")
    ('####/##/##', '2014-02-30')
    """
    if _ISO_DAY.fullmatch(cell):
        try:
            parse_day(cell)
        except InvalidValueError:
            return cell
    return _DIGIT.sub("#", cell) if _DAY_MARKS.fullmatch(cell) else f"{len(cell)} characters"
