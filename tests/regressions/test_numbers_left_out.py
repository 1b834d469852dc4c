"""Numbers of persons in groups, parts, pools and names of sheets: refused, or told without the figures."""

from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from mutualaid_core.cli.app import run
from mutualaid_core.domain.membership.unit import Unit
from mutualaid_core.domain.values.identifiers import PoolId, UnitId
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.intake import cells
from mutualaid_core.testing.samples import id_number

ID = id_number(1).reveal()
HEAD = "unit_code,unit_name,pool_id,kind,division,parent_id"
ROSTER = "unit_code,name,id_number,sex,birth_date,insurance_type,employment,shares"

Cli = Callable[..., tuple[int, str]]


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str]) -> Cli:
    """Runs a command; status, and all that it said."""

    def call(*arguments: object) -> tuple[int, str]:
        status = run([str(each) for each in arguments])
        said = capsys.readouterr()
        return status, said.out + said.err

    return call


def person(unit: str = "EX201") -> tuple[str, ...]:
    """A row of a roster."""
    born = id_number(1).birth_date
    return (unit, "张三", ID, "1", born.isoformat(), "310", "regular", "1")


@pytest.mark.clause("ACFTU-11.2h")
@pytest.mark.parametrize("row", [f"EX201,示例厂,{ID},enterprise,430529,", f"EX201,示例厂,430500,,,{ID}"])
def test_a_file_of_units_takes_no_number_as_pool_or_parent(cli: Cli, tmp_path: Path, row: str) -> None:
    """It is refused with status 2, and the number is not told."""
    units, roster = tmp_path / "units.csv", tmp_path / "roster.csv"
    units.write_text(f"{HEAD}\n{row}\n", "utf-8")
    roster.write_text(f"{ROSTER}\n{','.join(person())}\n", "utf-8")
    status, said = cli("roster", "check", roster, "--units", units)
    assert (status, ID in said) == (2, False)


@pytest.mark.clause("ACFTU-11.2h")
def test_an_id_of_no_person_holds_no_number() -> None:
    """A unit, and any cell with the id of a group, a part or a pool, refuses one."""
    with pytest.raises(InvalidValueError, match="pool_id must not be an ID number"):
        Unit(unit_id=UnitId("U-1"), name="示例厂", pool_id=PoolId(ID))
    with pytest.raises(InvalidValueError, match="parent_id must not be an ID number"):
        Unit(unit_id=UnitId("U-1"), name="示例厂", pool_id=PoolId("430500"), parent_id=ID)
    with pytest.raises(InvalidValueError, match="must not be an ID number"):
        cells.impersonal_id(ID)
    assert cells.impersonal_id("courier") == "courier"


@pytest.mark.clause("ACFTU-11.2h")
@pytest.mark.parametrize(
    "arguments",
    [
        ("member", "correct", "M" + "0" * 24, "--parts", ID, "--paper", "p"),
        ("gift", "found", "G1", "--payer", "union", "--groups", ID, "--quota", "2", "--source", "HN"),
    ],
    ids=["parts", "groups"],
)
def test_parts_and_groups_are_no_numbers(cli: Cli, arguments: tuple[str, ...]) -> None:
    """They are refused before the store is opened, whether it is there or not."""
    status, said = cli(*arguments, "--scheme", "S", "--period", "2014", "--store", "sqlite:///none.db")
    assert (status, "must not be an ID number" in said, ID in said) == (2, True, False)


@pytest.mark.clause("ACFTU-11.2h")
def test_names_of_sheets_are_told_without_numbers(cli: Cli, tmp_path: Path) -> None:
    """Whether there are several sheets, another was asked for, or one has hidden rows."""
    path, hidden = tmp_path / "two.xlsx", tmp_path / "hidden.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name in (f"张三{ID}", "名册"):
            book.add_worksheet(name).write_row(0, 0, ROSTER.split(","))
    with xlsxwriter.Workbook(str(hidden)) as book:
        sheet = book.add_worksheet(f"张三{ID}")
        sheet.write_row(0, 0, ROSTER.split(","))
        sheet.write_row(1, 0, person())
        sheet.set_row(1, None, None, {"hidden": True})
    for arguments in ((path,), (path, "--sheet", ID), (path, "--sheet", "other"), (hidden,)):
        _, said = cli("roster", "check", *arguments)
        assert (ID in said, f"***{ID[-4:]}" in said) == (False, True)
