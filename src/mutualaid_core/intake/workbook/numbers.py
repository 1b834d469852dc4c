"""Numbers (数字) of a workbook as a person would have typed them; days are numbers there too."""

import datetime
import enum
import re
from typing import Final

_EXACT_MAX: Final = 10**11
"""A number of twelve digits and more is an id; a spreadsheet keeps fifteen of them."""

_LAST_DAY: Final = 2_958_465
"""The last day of the year 9999, as spreadsheets count days."""

_NO_DAY: Final = 60
"""29 February 1900, which spreadsheets count and no calendar has."""

_OF_1904: Final = 1462
"""Days between the two beginnings from which spreadsheets count."""

_SECONDS: Final = 86_400
_DAYS: Final = frozenset({*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)})
_SPANS: Final = frozenset({46})
"""Numbers of formats that every spreadsheet has, those of Chinese ones among them."""

_SPAN: Final = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_ASIDE: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|general', re.IGNORECASE | re.DOTALL)
_OF_DAY: Final = re.compile(r"[dmyhs]|a/p", re.IGNORECASE)


class Shape(enum.Enum):
    """What a number stands for by its format (数字格式)."""

    NUMBER = "number"
    DAY = "day"
    SPAN = "span"


def shape_of(number: int, formats: dict[int, str]) -> Shape:
    """What the format of a number says, by what the workbook itself declares first.

    >>> shape_of(31, {}), shape_of(164, {164: "yyyy-mm-dd"}), shape_of(164, {164: '0.00"d"'})
    (<Shape.DAY: 'day'>, <Shape.DAY: 'day'>, <Shape.NUMBER: 'number'>)
    """
    if number in formats:
        first = formats[number][:255].partition(";")[0]
        if _SPAN.search(first):
            return Shape.SPAN
        return Shape.DAY if _OF_DAY.search(_ASIDE.sub("", first)) else Shape.NUMBER
    if number in _SPANS:
        return Shape.SPAN
    return Shape.DAY if number in _DAYS else Shape.NUMBER


def number_text(value: float, shape: Shape, *, is_1904: bool) -> str:
    """What a person would have typed; a rounded id stays recognisable as one.

    >>> number_text(31103, Shape.DAY, is_1904=False), number_text(0.1 + 0.2, Shape.NUMBER, is_1904=False)
    ('1985-02-25', '0.3')
    """
    counted = value + _OF_1904 if is_1904 else value
    if shape is Shape.SPAN and abs(value) <= _LAST_DAY:
        return str(datetime.timedelta(seconds=round(value * _SECONDS)))
    if shape is Shape.DAY and 0 <= counted <= _LAST_DAY and int(counted) != _NO_DAY:
        return _moment(counted)
    # Fifteen digits are what a spreadsheet shows; a float's tail beyond them is none of its own.
    return f"{value:.5E}" if abs(value) >= _EXACT_MAX else f"{value:.15g}"


def _moment(counted: float) -> str:
    """A day, a moment of a day, or a time of day alone."""
    first = datetime.datetime(1899, 12, 30 if counted > _NO_DAY else 31)  # noqa: DTZ001  # of no place
    moment = first + datetime.timedelta(seconds=round(counted * _SECONDS))
    if counted < 1:
        return moment.time().isoformat()
    return moment.date().isoformat() if moment.time() == datetime.time() else moment.isoformat()
