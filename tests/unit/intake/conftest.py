"""A small year's folder that a test spoils in one place: four units of the example year."""

import csv
import io
import shutil
from pathlib import Path

import attrs
import pytest

from mutualaid_core.errors import IntakeError
from mutualaid_core.intake.problem import Problem
from mutualaid_core.intake.year_folder import read_year

EXAMPLE = Path(__file__).parents[3] / "examples" / "chengbu_2014"
UNITS = frozenset({"CB003", "CB065", "CB067", "CB074"})
Place = tuple[str, int, str, str]


@attrs.frozen
class Folder:
    """A year's folder, with the few ways in which tests spoil it."""

    path: Path

    def text(self, name: str) -> str:
        """A file's text, line ends as they are."""
        return (self.path / name).read_bytes().decode()

    def write(self, name: str, content: str | bytes) -> None:
        """Put other content into a file."""
        raw = content.encode() if isinstance(content, str) else content
        (self.path / name).write_bytes(raw)

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace the first *old*, which must be there."""
        text = self.text(name)
        assert old in text
        self.write(name, text.replace(old, new, 1))

    def rows(self, name: str) -> list[list[str]]:
        """The cells of a table, the head first."""
        return list(csv.reader(io.StringIO(self.text(name))))

    def put(self, name: str, rows: list[list[str]]) -> None:
        """Write a table."""
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(rows)
        self.write(name, text.getvalue())

    def cell(self, name: str, row: int, column: str, text: str) -> None:
        """Put *text* into the cell of an editor's *row*."""
        rows = self.rows(name)
        rows[row - 1][rows[0].index(column)] = text
        self.put(name, rows)

    def problems(self, *, mismatches_stop: bool = True) -> tuple[Problem, ...]:
        """What reading the folder finds; nothing where it reads."""
        try:
            read_year(self.path, mismatches_stop=mismatches_stop)
        except IntakeError as error:
            return tuple(each for each in error.problems if isinstance(each, Problem))
        return ()

    def places(self) -> list[Place]:
        """File, row, field and kind of every problem."""
        return [(each.file, each.row, each.field, each.trouble.name) for each in self.problems()]


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small folder without faults: 4 units, 81 workers, 4 settlements."""
    path = tmp_path_factory.mktemp("sound")
    for name in ("policy.yaml", "scheme.yaml", "year.yaml"):
        shutil.copy(EXAMPLE / name, path)
    for name in ("units.csv", "roster.csv", "settlements.csv"):
        rows = Folder(EXAMPLE).rows(name)
        at = rows[0].index("unit_code")
        Folder(path).put(name, [rows[0], *(row for row in rows[1:] if row[at] in UNITS)])
    return path


@pytest.fixture
def folder(sound: Path, tmp_path: Path) -> Folder:
    """A folder of its own that a test may spoil."""
    return Folder(shutil.copytree(sound, tmp_path / "year"))
