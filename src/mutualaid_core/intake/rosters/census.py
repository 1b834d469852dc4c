"""Census (名册统计): rows, units and joiners counted, and everybody who stands twice found.

Of each person one number is kept, and one place: a million of them take a tenth of a
gigabyte, and the rows themselves are not kept.
"""

from typing import Final

import attrs

from mutualaid_core.intake.cells import mask_id
from mutualaid_core.intake.problem import Problem, Problems, Trouble
from mutualaid_core.services.membership.rosters.lines import Line

_UNIT_BITS: Final = 22
_ROW_BITS: Final = 22
_ROW: Final = (1 << _ROW_BITS) - 1


@attrs.define
class Unit:
    """What was counted of a unit.

    Attributes:
        place: Its place among the units, in the order met.
        persons: Rows.
        joining: Those of them who join.
    """

    place: int
    persons: int = 0
    joining: int = 0


class Census:
    """Counts the lines of all files of one roster date."""

    def __init__(self) -> None:
        """Start with nobody."""
        self.units: dict[str, Unit] = {}
        self.files: list[str] = []
        self._seen: dict[int, int] = {}

    @property
    def persons(self) -> int:
        """Rows of all units."""
        return sum(unit.persons for unit in self.units.values())

    @property
    def joining(self) -> int:
        """Those of them who join."""
        return sum(unit.joining for unit in self.units.values())

    def begin(self, file: str) -> None:
        """Go on with another file."""
        self.files.append(file)

    def add(self, line: Line, faults: Problems, flags: Problems) -> None:
        """Count a line.

        Args:
            line: The line.
            faults: Takes a person who stands twice in one unit.
            flags: Takes a person who stands in two units.
        """
        unit = self.units.get(line.unit_id)
        if unit is None:
            unit = self.units[line.unit_id] = Unit(len(self.units))
        unit.persons += 1
        unit.joining += line.common.joins
        place = ((len(self.files) << _ROW_BITS | line.row) << _UNIT_BITS) | unit.place
        # The check character follows from the rest, so seventeen digits are the person.
        first = self._seen.setdefault(int(line.id_number[:17]), place)
        if first != place:
            self._note(line, first, unit, faults, flags)

    def _note(self, line: Line, first: int, unit: Unit, faults: Problems, flags: Problems) -> None:
        in_same_unit = first & ((1 << _UNIT_BITS) - 1) == unit.place
        row, file = first >> _UNIT_BITS & _ROW, self.files[(first >> _UNIT_BITS + _ROW_BITS) - 1]
        where = "" if file == self.files[-1] else f" of {file}"
        log, trouble = (faults, Trouble.DOUBLED_PERSON) if in_same_unit else (flags, Trouble.TWO_UNITS)
        log.add(line.row, "id_number", trouble, mask_id(line.id_number), f"see row {row}{where}")


def merged(logs: list[Problems]) -> tuple[Problem, ...]:
    """The problems of several files, by file in the order given, then by row."""
    return tuple(
        problem for log in logs for problem in sorted(log.found, key=lambda each: (each.row, each.column))
    )
