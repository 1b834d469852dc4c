"""Rows (名册逐行读取): cells become a line, by a short way for rows like most, else by the careful one.

The short way looks up what it has seen before and never says what is wrong. Whatever it does
not take goes the careful way, which reads every cell as other tables are read and notes every
problem. Both give the same line for the same cells.
"""

import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from operator import itemgetter
from typing import Any, Final

from mutualaid_core.domain.values.dates import age_on
from mutualaid_core.domain.values.numbers import has_known_place
from mutualaid_core.domain.values.personal import ResidentId, Sex
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.intake.damage import LONG_CELL, damage_of, is_rounded_id
from mutualaid_core.intake.problem import Problems, Trouble
from mutualaid_core.intake.rosters.columns import LEFT_ALONE, PERSONAL, ROSTER_ALIASES, ROSTER_COLUMNS
from mutualaid_core.intake.table import Column, shown
from mutualaid_core.services.membership.rosters.lines import Common, Line

AGE_MIN: Final = 16
"""Nobody younger is employed."""

AGE_MAX: Final = 100
"""Nobody older works; the century of the birth date is then wrong."""

_NAME: Final = re.compile("[\u4e00-\u9fa5]{1,12}(?:·[\u4e00-\u9fa5]{1,12})?")
_REGION: Final = re.compile(r"(?:[1-6][0-9]|71|8[1-3]|9[0-9])[0-9]{4}", re.ASCII)
_BORN: Final = re.compile(r"[0-9]{8}", re.ASCII)
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS: Final = "10X98765432"
_YEAR_MIN, _YEAR_MAX = 1850, 2199
_KEPT_MAX: Final = 100_000
"""Different combinations of the recurring cells that are kept."""

_RECURRING_MAX: Final = 5_000
"""Different texts of one column whose values are kept."""

_SOUND: Final = re.compile(
    r"[0-9]{1,17}[0-9X]?|[A-Za-z][A-Za-z0-9_]{0,63}|[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII
)
"""Plain figures, words and days: what no damage looks like."""

_COLUMNS: Final = {column.name: column for column in ROSTER_COLUMNS}
_EXPECTED: Final = tuple(name for name in _COLUMNS if name not in PERSONAL)


def _weighed(digits: str, at: int) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS[at:], strict=False))


_SERIALS: Final = {f"{n:03}": (_weighed(f"{n:03}", 14), "1" if n % 2 else "2") for n in range(1000)}
"""Of the digits 15 to 17: their share of the check, and the sex that the last one tells."""


class RowReader:
    """Reads the rows of one file, whose head is known.

    Attributes:
        problems: Takes what is wrong.
    """

    def __init__(self, places: Mapping[str, int], head: list[str], counted_on: datetime.date | None) -> None:
        """Prepare the look-ups.

        Args:
            places: Where each column stands.
            head: The head row as it is.
            counted_on: Day on which ages are judged; ``None`` where none was told.
        """
        self._places, self._head, self._on = places, head, counted_on
        self._commons: dict[Any, Common] = {}
        self._kept: dict[str, dict[str, Any]] = {name: {} for name in places}
        self._units: set[str] = set()
        recurring = [places[name] for name in _EXPECTED if name in places]
        self._recurring: Callable[[list[str]], Any] = itemgetter(*recurring)
        self.short = self._short_way()

    def read(self, number: int, cells: list[str], problems: Problems) -> Line | None:
        """The line of a row; ``None`` where something is wrong with it, which is noted."""
        return self.short(number, cells) or self.careful(number, cells, problems)

    def _short_way(self) -> Callable[[int, list[str]], Line | None]:
        """What takes the rows that are like most."""
        width, units, commons, recurring = len(self._head), self._units, self._commons, self._recurring
        personal = itemgetter(*(self._places[name] for name in PERSONAL))
        regions, born_days, serials, checks = _Regions(), _BirthDays(self._on), _SERIALS, _CHECKS
        is_name = _NAME.fullmatch

        def short(number: int, cells: list[str]) -> Line | None:
            if len(cells) != width:
                return None
            unit_id, name, id_number, sex, born = personal(cells)
            try:
                day, second = born_days[id_number[6:14]]
                third, told_sex = serials[id_number[14:17]]
                common = commons[recurring(cells)]
                rest = (regions[id_number[:6]] + second + third) % 11
            except KeyError:
                return None
            if (
                checks[rest] == id_number[17:]
                and day == born
                and told_sex == sex
                and unit_id in units
                and is_name(name)
            ):
                return Line(unit_id, id_number, day, sex, name, common, number)
            return None

        return short

    def careful(self, number: int, cells: list[str], problems: Problems) -> Line | None:
        """The line of a row, with every problem of every cell noted."""
        before = problems.noted
        if not any(cell.strip() for cell in cells):
            problems.add(number, "", Trouble.BLANK_ROW)
            return None
        if len(cells) != len(self._head):
            problems.add(
                number, "", Trouble.CELL_COUNT, f"{len(cells)} cells", f"the head has {len(self._head)}"
            )
            return None
        if is_head(cells):
            problems.add(number, "", Trouble.SECOND_HEAD)
            return None
        values: dict[str, Any] = {}
        for name, column in _COLUMNS.items():
            if name in self._places:
                at = self._places[name]
                self._read_cell(number, (self._head[at], column), cells[at], values, problems)
        for field, value, trouble, rule in self._contradictions(values):
            problems.add(number, self._field(field), trouble, value, rule)
        if problems.noted != before:
            return None
        return self._line(number, cells, values)

    def _field(self, name: str) -> str:
        return self._head[self._places[name]]

    def _read_cell(  # a cell, its place, and where its value or its fault goes
        self, number: int, field: tuple[str, Column], cell: str, values: dict[str, Any], problems: Problems
    ) -> None:
        name, column = field
        kept = self._kept[column.name]
        if cell in kept:
            values[column.name] = kept[cell]
            return
        if not cell.strip() and column.default is not None:
            return
        trouble = _damage(cell, column)
        detail = LONG_CELL if trouble is Trouble.LONG_CELL else ""
        if trouble is None:
            try:
                values[column.name] = column.parse(cell)
                if len(kept) < _RECURRING_MAX:
                    kept[cell] = values[column.name]
            except InvalidValueError as error:
                trouble, detail = column.trouble, error.rule
                if trouble is Trouble.ID_NUMBER and is_rounded_id(cell):
                    trouble, detail = Trouble.DAMAGED_NUMBER, ""
        if trouble is not None:
            problems.add(number, name, trouble, shown(column, cell), detail)

    def _contradictions(self, values: Mapping[str, Any]) -> Iterator[tuple[str, str, Trouble, str]]:
        """Field, what may be shown of it, trouble and rule of cells that do not go together."""
        id_number: ResidentId | None = values.get("id_number")
        if id_number is not None:
            if values.get("birth_date", id_number.birth_date) != id_number.birth_date:
                yield "birth_date", "***", Trouble.NOT_OF_PERSON, "must agree with the ID number"
            stated = values.get("sex") in {Sex.MALE, Sex.FEMALE}
            if stated and values["sex"] is not id_number.sex:
                yield "sex", str(values["sex"].value), Trouble.NOT_OF_PERSON, "must agree with the ID number"
            if self._on is not None and not _is_of_age(id_number.birth_date, self._on):
                rule = f"must be {AGE_MIN} to {AGE_MAX} years on {self._on.isoformat()}"
                yield "id_number", id_number.masked(), Trouble.AGE, rule
        hired_on: datetime.date | None = values.get("hired_on")
        if hired_on is not None and self._on is not None and hired_on > self._on:
            yield "hired_on", "***", Trouble.VALUE, f"must not be after {self._on.isoformat()}"

    def _line(self, number: int, cells: list[str], values: Mapping[str, Any]) -> Line:
        common = Common(**{name: values[name] for name in _EXPECTED if name in values})
        if len(self._commons) < _KEPT_MAX:
            common = self._commons.setdefault(self._recurring(cells), common)
        self._units.add(values["unit_code"])
        id_number = values["id_number"]
        return Line(
            values["unit_code"],
            id_number.reveal(),
            values["birth_date"].isoformat(),
            str(values["sex"].value),
            values["name"].reveal(),
            common,
            number,
        )


def _damage(cell: str, column: Column) -> Trouble | None:
    if _SOUND.fullmatch(cell):
        return None
    return damage_of(cell, column.form) if cell.strip() else Trouble.BLANK


def is_head(cells: list[str]) -> bool:
    """Whether a row is a head: most of its cells are names of columns."""
    known = sum(cell in _COLUMNS or cell in ROSTER_ALIASES or cell in LEFT_ALONE for cell in cells)
    return known * 2 > len(cells)


def _is_of_age(born: datetime.date, on: datetime.date) -> bool:
    return AGE_MIN <= age_on(born, on) <= AGE_MAX


class _Regions(dict[str, int]):
    """Share of the check of the first six digits, worked out when they are first asked for."""

    def __missing__(self, digits: str) -> int:
        if not (_REGION.fullmatch(digits) and has_known_place(digits)):
            raise KeyError(digits)
        self[digits] = _weighed(digits, 0)
        return self[digits]


class _BirthDays(dict[str, tuple[str, int]]):
    """Of the digits 7 to 14: the ISO day, where it is that of a worker, and their share of the check."""

    def __init__(self, on: datetime.date | None) -> None:
        super().__init__()
        self._on = on

    def __missing__(self, digits: str) -> tuple[str, int]:
        if not _BORN.fullmatch(digits):
            raise KeyError(digits)
        try:
            born = datetime.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
        except ValueError as error:
            raise KeyError(digits) from error
        is_of_age = _YEAR_MIN <= born.year <= _YEAR_MAX if self._on is None else _is_of_age(born, self._on)
        if not is_of_age:
            raise KeyError(digits)
        self[digits] = born.isoformat(), _weighed(digits, 6)
        return self[digits]
