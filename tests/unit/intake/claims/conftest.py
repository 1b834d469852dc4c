"""Files of claims, members and prior use that a test writes, and what reading them finds."""

import csv
from pathlib import Path

import attrs
import pytest

from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.errors import IntakeError
from mutualaid_core.intake.claims.batch import Batch, read_batch
from mutualaid_core.intake.problem import Problem
from mutualaid_core.intake.scheme_file import read_scheme_file

SCHEME = Path(__file__).parent / "two_versions.yaml"
Cells = dict[str, str]
Place = tuple[str, int, str, str]

STAY: Cells = {
    "claim_id": "c1",
    "person_id": "p1",
    "event": "inpatient_stay",
    "began": "2015-03-01",
    "ended": "2015-03-08",
    "parts": "main",
    "inscp_scp_amt": "20000.00",
    "hifp_pay": "9000.00",
}
MEMBER: Cells = {
    "person_id": "p1",
    "period_id": "A",
    "first_day": "2015-01-01",
    "last_day": "2015-12-31",
    "parts": "main",
}


@attrs.frozen
class Files:
    """A folder with the files of one batch."""

    path: Path
    versions: tuple[SchemeVersion, ...]

    @staticmethod
    def stay(**changes: str) -> Cells:
        """A stay of seven nights in the first version, with other cells where they are given."""
        return STAY | changes

    @staticmethod
    def member(**changes: str) -> Cells:
        """A year's cover, with other cells where they are given."""
        return MEMBER | changes

    def put(self, name: str, *rows: Cells) -> Path:
        """Write rows, which may fill different columns."""
        head = list(dict.fromkeys(column for row in rows for column in row))
        with (self.path / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, head, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        return self.path / name

    def read(self, *, members: bool = False, prior: bool = False, claims: str = "claims.csv") -> Batch:
        """Read what was written."""
        return read_batch(
            self.versions,
            self.path / claims,
            self.path / "members.csv" if members else None,
            self.path / "prior.csv" if prior else None,
        )

    def problems(
        self, *, members: bool = False, prior: bool = False, claims: str = "claims.csv"
    ) -> tuple[Problem, ...]:
        """What reading finds; nothing where it reads."""
        try:
            self.read(members=members, prior=prior, claims=claims)
        except IntakeError as error:
            return tuple(each for each in error.problems if isinstance(each, Problem))
        return ()

    def places(
        self, *, members: bool = False, prior: bool = False, claims: str = "claims.csv"
    ) -> list[Place]:
        """File, row, field and kind of every problem."""
        found = self.problems(members=members, prior=prior, claims=claims)
        return [(each.file, each.row, each.field, each.trouble.name) for each in found]


@pytest.fixture(scope="session")
def versions() -> tuple[SchemeVersion, ...]:
    """The two versions of the made-up scheme."""
    file, problems = read_scheme_file(SCHEME)
    assert file is not None, problems
    return file.versions


@pytest.fixture
def files(tmp_path: Path, versions: tuple[SchemeVersion, ...]) -> Files:
    """An empty folder."""
    return Files(tmp_path, versions)
