"""Made-up people, rows and files of rosters."""

import datetime
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import attrs
import pytest

from mutualaid_core.domain.values.personal import id_check_character
from mutualaid_core.intake.rosters.check import Asked, RosterCheck, check_rosters

HEAD = "unit_code,name,id_number,sex,birth_date,insurance_type,employment,shares"


@pytest.fixture
def person() -> Callable[..., str]:
    """Makes a valid ID number; different numbers below 500 are different people."""

    def make(number: int, *, born: str = "19800307", region: str = "430529") -> str:
        body = f"{region}{born}{number * 2 + 1:03}"
        return body + id_check_character(body)

    return make


@pytest.fixture
def row(person: Callable[..., str]) -> Callable[..., str]:
    """Makes a sound row of a man born on 7 March 1980; cells may be put otherwise or added."""

    def make(number: int, unit: str = "U1", **cells: str) -> str:
        sound = {"unit_code": unit, "name": "张三", "id_number": person(number), "sex": "1"}
        sound |= {"birth_date": "1980-03-07", "insurance_type": "310", "employment": "regular", "shares": "1"}
        return ",".join((sound | cells).values())

    return make


@pytest.fixture
def put(tmp_path: Path) -> Callable[..., Path]:
    """Writes a file of lines below a head."""

    def write(lines: Iterable[str], name: str = "roster.csv", *, head: str = HEAD) -> Path:
        path = tmp_path / name
        path.write_text("".join(f"{line}\n" for line in (head, *lines)), "utf-8")
        return path

    return write


@pytest.fixture
def check() -> Callable[..., RosterCheck]:
    """Checks files, counted on 1 January 2014 unless told otherwise."""

    def run(*files: Path, **others: Any) -> RosterCheck:  # noqa: ANN401  # any field of what is asked
        asked = attrs.evolve(Asked(files=files, counted_on=datetime.date(2014, 1, 1)), **others)
        return check_rosters(asked, lambda _step, _done, _whole: None)

    return run


@pytest.fixture
def codes(
    put: Callable[..., Path], check: Callable[..., RosterCheck]
) -> Callable[..., list[tuple[int, str, str]]]:
    """Row, field and code of every fault of a roster of these rows."""

    def of(*lines: str, head: str = HEAD, **others: Any) -> list[tuple[int, str, str]]:  # noqa: ANN401  # as above
        found = check(put(lines, head=head), **others).faults
        return [(problem.row, problem.field, problem.trouble.code) for problem in found]

    return of
