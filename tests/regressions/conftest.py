"""The command as a test runs it, on the small schemes of this folder."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest

from mutualaid_core.cli.app import run

SCHEMES = Path(__file__).parent / "schemes"


@attrs.frozen
class Answer:
    """What a command answered: exit status, standard output, standard error."""

    status: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, str]]:
        """Standard output as rows by column."""
        return list(csv.DictReader(io.StringIO(self.out)))

    def told(self, *columns: str) -> list[tuple[str, ...]]:
        """The cells of *columns*, row by row."""
        return [tuple(row[column] for column in columns) for row in self.rows]


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str]) -> Callable[..., Answer]:
    """Runs the command in this process."""

    def call(*arguments: object) -> Answer:
        capsys.readouterr()
        status = run([str(each) for each in arguments])
        said = capsys.readouterr()
        return Answer(status, said.out, said.err)

    return call


@pytest.fixture
def calculate(cli: Callable[..., Answer], tmp_path: Path) -> Callable[..., Answer]:
    """Calculates claims under a scheme of this folder, by name."""

    def call(scheme: str, claims: str, *options: object, members: str | None = None) -> Answer:
        arguments: list[object] = ["--scheme", SCHEMES / f"{scheme}.yaml"]
        for name, text in (("claims", claims), ("members", members)):
            if text is not None:
                path = tmp_path / f"{name}.csv"
                path.write_text(text, "utf-8")
                arguments += [f"--{name}", path]
        return cli("calculate", *arguments, *options)

    return call
