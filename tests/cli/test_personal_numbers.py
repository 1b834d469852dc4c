"""No number of a person comes back: wherever one stands on a command line, in a text or in a file's name."""

import inspect
import typing
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from mutualaid_core.cli.agency.commands import group as agency_group
from mutualaid_core.cli.approving.commands import group as approval_group
from mutualaid_core.cli.membership.member.commands import member_group, unit_group
from mutualaid_core.cli.membership.organisation import group as organisation_group
from mutualaid_core.cli.membership.payroll.commands import group as payroll_group
from mutualaid_core.cli.membership.roster.commands import group as roster_group
from mutualaid_core.cli.membership.transfer import group as transfer_group
from mutualaid_core.ports.discovery import open_store
from mutualaid_core.testing.acts.moves import NEXT, Moves
from mutualaid_core.testing.samples import id_number, member_id
from mutualaid_core.testing.world import World

Cli = Callable[..., Any]
Case = tuple[str, str, Callable[..., int], str]
GROUPS = (
    member_group,
    unit_group,
    transfer_group,
    organisation_group,
    payroll_group,
    roster_group,
    agency_group,
    approval_group,
)
NUMBERS = (id_number(1).reveal(), "4" * 17 + "x", "62220200000000000")
"""A true ID number, one that was mistyped, and a bank card."""

GIVEN = {
    "scheme": "HN-A",
    "period": "2014",
    "member": member_id(1),
    "transfer": "T-1",
    "organisation": "U-1",
    "unit": "U-1",
    "units": "U-1",
    "from_unit": "U-1",
    "to_unit": NEXT,
    "moves_on": "2014-06-15",
    "expires_on": "2014-06-30",
    "counted_on": "2014-06-01",
    "cut_off": "2014-06-01",
    "on": "2014-06-01",
    "why": "other",
    "remittance": "R-1",
    "agency": "AG-1",
    "received": "50.00",
    "collected_on": "2014-05-20",
    "paper": "P-1",
    "entry": "T-1",
    "part": "R-1=50.00",
    "union": "U-1",
    "step": "register",
    "version_id": "V-2",
}
LEFT_ALONE = {"store", "lang", "why", "side"}
POSITIONAL = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.POSITIONAL_ONLY)


def texts_of(command: Callable[..., int]) -> Iterator[str]:
    """Names of the parameters of a command that take any text."""
    for name, kind in typing.get_type_hints(command).items():
        if kind in {str, str | None, list[str]} and name not in LEFT_ALONE:
            yield name


def commands() -> Iterator[Case]:
    """Group, command, function and parameter, of every text that a command of membership takes."""
    for group in GROUPS:
        for name in group:
            command = None if name.startswith("-") else group[name].default_command
            # Commands that act have further rooms of their own, with tests of their own.
            if command is not None and ".changing." not in command.__module__:
                for parameter in texts_of(command):
                    yield group.name[0], name, command, parameter


CASES = list(commands())


def arguments(command: Callable[..., int], wrong: str, number: str, files: dict[str, Path]) -> list[object]:
    """A command line that would do, but for *number* in the place of *wrong*."""
    found: list[object] = []
    for name, parameter in inspect.signature(command).parameters.items():
        needed = parameter.default is inspect.Parameter.empty
        value = number if name == wrong else files.get(name, GIVEN.get(name))
        if name == wrong or (needed and value is not None):
            option = [] if parameter.kind in POSITIONAL else [f"--{name.replace('_', '-')}"]
            found += [*option, value]
    return found


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """Files that commands take: keys, and tables without a row."""
    keys, table = tmp_path / "keys", tmp_path / "table.csv"
    keys.write_bytes(b"k" * 32)
    table.write_text("unit_code\n", "utf-8")
    return {"key_file": keys, "files": table, "file": table, "papers": table}


@pytest.fixture
def store(tmp_path: Path) -> str:
    """A store with two members at U-1 and an admitted U-2."""
    url = f"sqlite:///{tmp_path}/year.db"
    with closing(open_store(url)) as books:
        world = World(books)
        world.found()
        world.join(1, 2)
        Moves(world).know(NEXT, enrolled=1)
    return url


def test_every_command_is_tried() -> None:
    """The commands and their texts must be found, or nothing below says anything."""
    tried = {(group, name) for group, name, _, _ in CASES}
    assert {("unit", "show"), ("transfer", "propose"), ("roster", "import"), ("member", "show")} <= tried
    assert len(CASES) > 40


@pytest.mark.parametrize("number", NUMBERS, ids=["id", "mistyped", "card"])
@pytest.mark.parametrize("case", CASES, ids=[f"{case[0]}-{case[1]}-{case[3]}" for case in CASES])
def test_no_command_gives_a_number_back(
    cli: Cli, store: str, files: dict[str, Path], case: Case, number: str
) -> None:
    """A number in the place of any text must be refused, and stand in no answer."""
    group, name, command, parameter = case
    answer = cli(group, name, *arguments(command, parameter, number, files), "--store", store)
    assert answer.status == 2
    assert number not in answer.out + answer.err


def test_an_unknown_option_is_not_quoted(cli: Cli, store: str) -> None:
    """What cannot be understood must not be quoted either."""
    answer = cli("unit", "show", "U-1", NUMBERS[0], "--limit", NUMBERS[1], "--store", store)
    assert answer.status == 2
    assert not any(number in answer.out + answer.err for number in NUMBERS)


def test_a_pseudonym_with_many_figures_is_no_number(cli: Cli, store: str) -> None:
    """Fifteen figures within a pseudonym must be looked up, not be refused."""
    answer = cli("member", "show", "M123456789012345abcdef012", "--store", store)
    assert (answer.status, answer.err) == (2, "MA011: member 'M123456789012345abcdef012' does not exist\n")


def test_a_telephone_is_no_member(cli: Cli, store: str) -> None:
    """A mobile number in the place of a member must be refused; as a unit it may be an id."""
    answer = cli("member", "show", "13800138000", "--store", store)
    assert (answer.status, "13800138000" in answer.err) == (2, False)
    told = cli("transfer", "show", "--unit", "13010200012", "--store", store)
    assert (told.status, told.err) == (2, "MA011: unit '13010200012' does not exist\n")


def test_a_name_of_a_file_is_told_without_numbers(cli: Cli, tmp_path: Path) -> None:
    """A roster named after a person must be told without the number, in faults and in the result."""
    number = NUMBERS[0]
    file, result = tmp_path / f"张三{number}.csv", tmp_path / "result.csv"
    file.write_text("unit_code,name,id_number\nU-1,李四,1\n", "utf-8")
    answer = cli("roster", "check", file, "--result", result)
    assert (answer.status, f"张三***{number[-4:]}.csv" in answer.err) == (2, True)
    for argument in ("--key-file", "--result"):
        more = cli("roster", "check", file, argument, tmp_path / number / f"{number}.bin")
        assert number not in more.out + more.err
    assert number not in answer.out + answer.err + result.read_text("utf-8")


def test_hidden_rows_are_told(cli: Cli, tmp_path: Path) -> None:
    """Rows that a spreadsheet hides must be read, and be told with their number."""
    path, number = tmp_path / "roster.xlsx", id_number(1).reveal()
    rows = (
        *(("unit_code", "name", "id_number", "sex", "birth_date", "insurance_type", "employment", "shares"),),
        *(("U1", "张三", number, "1", id_number(1).birth_date.isoformat(), "310", "regular", "1"),),
    )
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("名册")
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
        sheet.set_row(1, None, None, {"hidden": True})
    answer = cli("roster", "check", path)
    assert "IN110" in answer.err
    assert "名册: the sheet has hidden rows, which were read as well, 1" in answer.err
