"""The command as a test runs it, and small years for it to run."""

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest

from mutualaid_core.cli.app import run

EXAMPLE = Path(__file__).parents[2] / "examples" / "chengbu_2014"
SMALL = frozenset({"CB003", "CB065", "CB067", "CB074"})
TABLES = ("units.csv", "roster.csv", "settlements.csv")


@attrs.frozen
class Answer:
    """What a command answered: exit status, standard output, standard error."""

    status: int
    out: str
    err: str

    @property
    def document(self) -> Any:  # noqa: ANN401  # plain data
        """Standard output as one JSON document."""
        return json.loads(self.out)


@attrs.frozen
class Folder:
    """A year's folder that a test changes."""

    path: Path

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace the first *old*, which must be there."""
        text = (self.path / name).read_text("utf-8")
        assert old in text
        (self.path / name).write_text(text.replace(old, new, 1), "utf-8")

    def rows(self, name: str) -> list[dict[str, str]]:
        """The rows of a table by column."""
        return list(csv.DictReader(io.StringIO((self.path / name).read_text("utf-8"))))

    def put(self, name: str, rows: list[dict[str, str]]) -> None:
        """Write the rows of a table."""
        text = io.StringIO()
        writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        (self.path / name).write_text(text.getvalue(), "utf-8")

    def change(self, name: str, key: str, **cells: str) -> None:
        """Put *cells* into the rows whose first cell is *key*."""
        rows = self.rows(name)
        for row in rows:
            if next(iter(row.values())) == key:
                row.update(cells)
        self.put(name, rows)


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str]) -> Callable[..., Answer]:
    """Runs the command in this process."""

    def call(*arguments: object) -> Answer:
        capsys.readouterr()
        status = run([str(each) for each in arguments])
        said = capsys.readouterr()
        return Answer(status, said.out, said.err)

    return call


def part_of_example(path: Path, units: frozenset[str]) -> Folder:
    """The example year of some units only."""
    shutil.copytree(EXAMPLE, path)
    folder = Folder(path)
    for name in TABLES:
        folder.put(name, [row for row in folder.rows(name) if row["unit_code"] in units])
    return folder


@pytest.fixture
def small(tmp_path: Path) -> Folder:
    """Four units, 81 workers, four settlements."""
    return part_of_example(tmp_path / "year", SMALL)


@pytest.fixture(scope="session")
def medium(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """Fifteen units: a run that lasts long enough to be cut off."""
    units = frozenset(f"CB{number:03}" for number in range(1, 16))
    return part_of_example(tmp_path_factory.mktemp("medium") / "year", units)


@pytest.fixture(scope="session")
def whole(medium: Folder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What comes out of the medium year in one go."""
    out = tmp_path_factory.mktemp("whole")
    assert run(["run", str(medium.path), "--store", "memory:", "--out", str(out), "--json"]) == 0
    return out


@pytest.fixture(params=["sqlite", "file"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A durable store that does not exist yet, in a folder that does not either."""
    return f"{request.param}:///{tmp_path}/books/{request.param}"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """An output folder that does not exist yet."""
    return tmp_path / "made" / "out"


@pytest.fixture
def content(tmp_path: Path) -> Callable[..., dict[str, bytes]]:
    """Every file below the test's folder but the year's, with its bytes."""

    def of(*below: str) -> dict[str, bytes]:
        roots = [tmp_path / each for each in below] or [tmp_path]
        return {
            str(path.relative_to(tmp_path)): path.read_bytes()
            for root in roots
            for path in sorted(root.rglob("*"))
            if path.is_file() and not path.is_relative_to(tmp_path / "year")
        }

    return of


CLERKS_YEAR = Path(__file__).parents[2] / "examples" / "clerks_year"


@attrs.frozen
class Office:
    """The desk of a clerk: a store of its own, the files of the clerk's year, and its commands."""

    run: Callable[..., Answer]
    store: str
    folder: Path
    path: Path

    def __call__(self, *arguments: object) -> Answer:
        """Run a command on the store."""
        return self.run(*arguments, "--store", self.store)

    def open(self, year: int, *more: object) -> Answer:
        """Open the period of a year in the November before it."""
        files = ("--scheme", self.folder / "scheme.yaml", "--policy", EXAMPLE / "policy.yaml")
        days = ("--first-day", f"{year}-01-01", "--on", f"{year - 1}-11-20")
        return self("period", "open", year, *files, *days, *more)

    def roster(self, year: int) -> Path:
        """The roster of the December before a year."""
        return self.folder / f"roster-{year - 1}-12-10.csv"

    def put(self, name: str, *lines: str) -> Path:
        """Write a list of its own."""
        (self.path / name).write_text("".join(f"{line}\n" for line in lines), "utf-8")
        return self.path / name

    def member(self, id_number: str) -> str:
        """The pseudonym of a person, from the store's own answer."""
        named = ("--id-file", self.put("id.txt", id_number), "--on", "2014-02-01", "--json")
        return str(self("member", "show", *named).document["member"])


@pytest.fixture
def office(cli: Callable[..., Answer], tmp_path: Path) -> Office:
    """A clerk with an empty SQLite store."""
    return Office(cli, f"sqlite:///{tmp_path}/clerk.db", CLERKS_YEAR, tmp_path)


@pytest.fixture
def joined(office: Office) -> Office:
    """A clerk whose units joined 2014: five of EX101, three of EX102; EX103 is admitted alone."""
    assert office.open(2014, "--new").status == 0
    units = ("--units", office.folder / "units.csv", "--counted-on", "2013-12-10")
    assert office("roster", "import", office.roster(2014), *units).status == 0
    named = ("--scheme", "hn-example-inpatient", "--period", "2014")
    days = ("--counted-on", "2013-12-10", "--on", "2013-12-12")
    assert office("unit", "enrol", "EX101", "EX102", *named, *days).status == 0
    assert office("unit", "admit", "EX103", *named, *days).status == 0
    return office
