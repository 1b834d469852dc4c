"""``mutualaid roster``: check, import and template; imports that are killed go on and double nobody."""

import csv
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import pytest

from mutualaid_core.domain.values.personal import id_check_character

EXAMPLE: Final = Path(__file__).parents[2] / "examples" / "chengbu_2014"
HEAD: Final = "unit_code,name,id_number,sex,birth_date,insurance_type,employment,shares"
FULL: Final = os.environ.get("MUTUALAID_PROFILE") == "full"
KILLS, ROWS = (10, 20_000) if FULL else (3, 5_000)

Cli = Callable[..., Any]


def lines_of(count: int, *, in_unit: int = 5) -> Iterator[str]:
    """Rows of made-up men, born one a day from 1960 on."""
    for number in range(count):
        year, rest = 1960 + number // 336 % 30, number % 336
        day = f"{year}-{rest // 28 + 1:02}-{rest % 28 + 1:02}"
        body = f"430529{day.replace('-', '')}{number // 10_080 * 2 + 1:03}"
        cells = f"U{number // in_unit},张三,{body}{id_check_character(body)},1,{day}"
        yield f"{cells},310,regular,1"


@pytest.fixture
def roster(tmp_path: Path) -> Callable[..., Path]:
    """Writes a roster."""

    def write(count: int = 12, name: str = "roster.csv", edit: tuple[str, str] = ("", "")) -> Path:
        path = tmp_path / name
        text = "\n".join((HEAD, *lines_of(count))) + "\n"
        path.write_text(text.replace(*edit, 1) if edit[0] else text, "utf-8")
        return path

    return write


@pytest.fixture
def few(tmp_path: Path) -> Path:
    """A file of the units of a small roster."""
    path = tmp_path / "few.csv"
    path.write_text("单位编码,单位名称,统筹区\nU0,甲,P\nU1,乙,P\nU2,丙,P\n", "utf-8")
    return path


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """A file of units that has them all."""
    path = tmp_path / "units.csv"
    rows = "".join(f"U{number},单位{number},430529\n" for number in range(ROWS // 5))
    path.write_text(f"unit_code,unit_name,pool_id\n{rows}", "utf-8")
    return path


def test_a_sound_roster_is_told_with_its_units(cli: Cli, roster: Callable[..., Path]) -> None:
    """A sound file must answer 0, with rows, units and joiners."""
    answer = cli("roster", "check", roster(), "--counted-on", "2014-01-01", "--json")
    told = answer.document
    assert (answer.status, told["sound"], told["rows"], told["unit_count"]) == (0, True, 12, 3)
    assert told["units"][2] == {"unit_id": "U2", "persons": 2, "joining": 2}


def test_the_example_roster_is_sound(cli: Cli) -> None:
    """The roster of the example year must pass as ``mutualaid run`` takes it."""
    assert cli("roster", "check", EXAMPLE / "roster.csv", "--counted-on", "2013-12-31").status == 0


@pytest.mark.parametrize(("lang", "words"), [("zh", "单元格为空"), ("en", "the cell is blank")])
def test_faults_answer_two_and_are_listed(
    cli: Cli, roster: Callable[..., Path], lang: str, words: str
) -> None:
    """Faults must stand on standard error in the language asked for."""
    answer = cli("roster", "check", roster(edit=("310", "")), "--lang", lang)
    assert (answer.status, words in answer.err) == (2, True)


def test_no_more_faults_are_listed_than_wanted(cli: Cli, roster: Callable[..., Path]) -> None:
    """Of many faults the first must be listed and all be counted."""
    path = roster()
    path.write_text(path.read_text("utf-8").replace(",1,19", ",2,19"), "utf-8")
    answer = cli("roster", "check", path, "--show", "3")
    assert answer.err.splitlines()[-1] == "12 faults, 3 listed"
    assert len(answer.err.splitlines()) == 4


def test_an_import_writes_and_tells_each_row(
    cli: Cli, roster: Callable[..., Path], few: Path, url: str, tmp_path: Path
) -> None:
    """An import must answer its figures, and name everybody by pseudonym in the result."""
    result = tmp_path / "result.csv"
    answer = cli(
        *("roster", "import", roster(), "--store", url, "--counted-on", "2014-01-01"),
        *("--units", few, "--result", result, "--json"),
    )
    assert (answer.status, answer.document["rows"], answer.document["pages"]) == (0, 12, 3)
    rows = list(csv.DictReader(result.read_text("utf-8").splitlines()))
    assert {(row["outcome"], row["member_id"][0], len(row["member_id"])) for row in rows} == {
        ("PASS", "M", 25)
    }
    assert [int(row["row"]) for row in rows] == list(range(2, 14))
    assert cli("verify", "--store", url).status == 0


def test_a_second_import_changes_nothing(cli: Cli, roster: Callable[..., Path], few: Path, url: str) -> None:
    """The same command again must say that nothing changed."""
    arguments = ("roster", "import", roster(), "--store", url, "--counted-on", "2014-01-01", "--units", few)
    cli(*arguments)
    assert "nothing changed" in cli(*arguments).out


def test_one_fault_keeps_everything_out(
    cli: Cli, roster: Callable[..., Path], few: Path, url: str, tmp_path: Path
) -> None:
    """With one fault no store must come to be, and the result tells of each row why."""
    result = tmp_path / "result.csv"
    answer = cli(
        *("roster", "import", roster(edit=("regular", "regula")), "--store", url),
        *("--counted-on", "2014-01-01", "--units", few, "--result", result),
    )
    outcomes = [row["outcome"] for row in csv.DictReader(result.read_text("utf-8").splitlines())]
    assert (answer.status, outcomes) == (2, ["REJECT", *["HOLD"] * 11])
    assert not (tmp_path / "books").exists()


def test_units_must_be_known(cli: Cli, roster: Callable[..., Path], url: str) -> None:
    """Without a file of units, and in an empty store, every unit must be told as unknown."""
    answer = cli("roster", "import", roster(), "--store", url, "--counted-on", "2014-01-01")
    assert (answer.status, answer.err.count("IN109")) == (2, 3)


def test_another_roster_of_the_day_is_told(
    cli: Cli, roster: Callable[..., Path], few: Path, url: str
) -> None:
    """Other content for a unit and day must be refused, and taken for a later day."""
    cli("roster", "import", roster(), "--store", url, "--counted-on", "2014-01-01", "--units", few)
    other = roster(edit=("张三", "李四"), name="other.csv")
    again = cli("roster", "import", other, "--store", url, "--counted-on", "2014-01-01")
    assert (again.status, again.err.count("IN104")) == (2, 3)
    later = cli("roster", "import", other, "--store", url, "--counted-on", "2014-06-01")
    assert later.status == 0


@pytest.mark.parametrize(
    "case", [("2014-01-09", 0, ""), ("2013-12-31", 2, "must be after 2014-01-01"), ("1/9", 2, "")]
)
def test_an_import_has_a_business_day(
    cli: Cli, roster: Callable[..., Path], few: Path, url: str, case: tuple[str, int, str]
) -> None:
    """A day after the roster date must be taken, and one before it, or one that is none, be refused."""
    day, status, words = case
    answer = cli(
        *("roster", "import", roster(), "--store", url, "--counted-on", "2014-01-01"),
        *("--units", few, "--on", day),
    )
    assert (answer.status, words in answer.err) == (status, True)


def test_a_check_against_a_store_tells_who_stands_there(
    cli: Cli, roster: Callable[..., Path], few: Path, url: str, tmp_path: Path
) -> None:
    """People on another unit's roster of the day must be told, and the store stay as it is."""
    cli("roster", "import", roster(), "--store", url, "--counted-on", "2014-01-01", "--units", few)
    moved = tmp_path / "moved.csv"
    moved.write_text(roster().read_text("utf-8").replace("U", "V"), "utf-8")
    answer = cli(
        *("roster", "check", moved, "--store", url, "--counted-on", "2014-01-01", "--json"),
    )
    assert {flag["code"] for flag in answer.document["flags"]} == {"IN105"}
    assert answer.document["flag_count"] == 12


def test_the_template_tells_every_column(cli: Cli) -> None:
    """The first line must be a head that a file can have."""
    assert cli("roster", "template").out.splitlines()[0].startswith(HEAD)
    told = cli("roster", "template", "--units", "--json").document["columns"]
    assert [each["column"] for each in told if each["required"]] == ["unit_code", "unit_name"]


WORKER: Final = """
import datetime, sys
from pathlib import Path
from mutualaid_core.domain.governance.actor import Actor, Role
from mutualaid_core.intake.rosters.check import Asked, check_rosters
from mutualaid_core.ports.clock import FixedClock
from mutualaid_core.ports.discovery import open_store
from mutualaid_core.ports.keys import SecretKeys
from mutualaid_core.services.membership.rosters import ImportRosters, import_rosters
from mutualaid_core.work import Host

def tell(step, done, whole):
    print(step, done, flush=True)

day, keys = datetime.date(2014, 1, 1), SecretKeys(b"a secret of thirty-two bytes ...")
store = open_store(sys.argv[1])
asked = Asked(files=(Path(sys.argv[2]),), counted_on=day, units=Path(sys.argv[3]), store=store, keys=keys)
check = check_rosters(asked, tell)
assert check.is_sound, check.faults[:3]
persons = {name: unit.persons for name, unit in check.census.units.items()}
command = ImportRosters(
    import_id=check.import_id(keys), counted_on=day, file="roster.csv", units=check.units,
    persons=persons, joining=check.census.joining,
)
host = Host(store=store, clock=FixedClock(1_400_000_000_000_000), keys=keys)
import_rosters(host, Actor(actor_id="clerk", role=Role.CLERK), command, check.lines(), tell)
"""


def dump(path: Path) -> list[tuple[Any, ...]]:
    """Every row of every table, in order."""
    with closing(sqlite3.connect(path)) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return [
            (name, *row)
            for name in sorted(tables)
            for row in sorted(database.execute(f'SELECT * FROM "{name}"'), key=repr)  # noqa: S608  # our own tables
        ]


@pytest.mark.parametrize("seed", range(2 if FULL else 1))
def test_a_killed_import_ends_like_an_undisturbed_one(
    roster: Callable[..., Path], units: Path, tmp_path: Path, seed: int
) -> None:
    """Killed at any moment and started again, an import must end in the same rows of all tables."""
    path, chance = roster(ROWS), random.Random(seed)  # noqa: S311  # moments, no secrets
    script = tmp_path / "worker.py"
    script.write_text(WORKER, "utf-8")

    def command(name: str) -> list[str]:
        return [sys.executable, str(script), f"sqlite:///{tmp_path / name}", str(path), str(units)]

    said = subprocess.run(command("whole.db"), check=True, stdout=subprocess.PIPE).stdout.splitlines()
    for _ in range(KILLS):
        worker = subprocess.Popen(command("killed.db"), stdout=subprocess.PIPE)
        assert worker.stdout is not None
        # After any of its signs of life but the last, and a moment more.
        for _ in range(chance.randrange(1, len(said))):
            worker.stdout.readline()
        time.sleep(chance.uniform(0, 0.03))
        worker.send_signal(signal.SIGKILL)
        worker.communicate()
    subprocess.run(command("killed.db"), check=True, stdout=subprocess.DEVNULL)
    assert dump(tmp_path / "killed.db") == dump(tmp_path / "whole.db")
