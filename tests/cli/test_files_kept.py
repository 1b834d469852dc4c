"""Files that are there stay as they are; and what a workbook hides is told by what reads one."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
import xlsxwriter

from mutualaid_core.testing.samples import id_number

Cli = Callable[..., Any]
SCHEME: Final = Path(__file__).parents[1] / "unit" / "intake" / "claims" / "two_versions.yaml"
HEAD: Final = (
    *("unit_code", "name", "id_number", "sex", "birth_date"),
    *("insurance_type", "employment", "shares"),
)
CLAIMS: Final = (
    *(("claim_id", "person_id", "event", "began", "ended", "inscp_scp_amt", "hifp_pay"),),
    *(("c1", "p1", "inpatient_stay", "2015-03-01", "2015-03-08", "20000.00", "9000.00"),),
)
MEMBERS: Final = (
    ("person_id", "period_id", "first_day", "last_day", "shares", "parts", "born", "sex"),
    ("p1", "A", "2015-01-01", "2015-12-31", "2", "main;rider", "1965-06-01", "2"),
)


def person(number: int) -> tuple[str, ...]:
    """A row of a roster."""
    of = id_number(number)
    sex = "1" if int(of.reveal()[16]) % 2 else "2"
    return ("U1", "张三", of.reveal(), sex, of.birth_date.isoformat(), "310", "regular", "1")


def workbook(
    path: Path, *sheets: tuple[str, tuple[tuple[str, ...], ...]], hidden: tuple[int, ...] = ()
) -> Path:
    """Write a workbook; columns that are *hidden*, and the second row where any is, are not shown."""
    with xlsxwriter.Workbook(str(path)) as book:
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
            for column in hidden:
                sheet.set_column(column, column, None, None, {"hidden": True})
            if hidden:
                sheet.set_row(1, None, None, {"hidden": True})
    return path


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    """A roster of two."""
    path = tmp_path / "roster.csv"
    path.write_text("\n".join(",".join(row) for row in (HEAD, person(1), person(2))) + "\n", "utf-8")
    return path


@pytest.fixture
def claims(tmp_path: Path) -> Path:
    """A workbook with a sheet of claims beside another."""
    return workbook(tmp_path / "claims.xlsx", ("申请", CLAIMS), ("说明", (("x",),)))


@pytest.fixture
def imported(cli: Cli, roster: Path, tmp_path: Path, url: str) -> Callable[..., Any]:
    """Imports the roster, with a result."""
    units = tmp_path / "units.csv"
    units.write_text("unit_code,unit_name,pool_id\nU1,甲,P\n", "utf-8")

    def run(result: Path, *more: str) -> Any:  # noqa: ANN401  # an answer
        days = ("--counted-on", "2014-01-01", "--units", units)
        return cli("roster", "import", roster, "--store", url, *days, "--result", result, *more)

    return run


def test_an_import_may_write_its_own_result_anew(imported: Callable[..., Any], tmp_path: Path) -> None:
    """The same command must do the second time as well, and leave the same result."""
    result = tmp_path / "result.csv"
    assert imported(result).status == 0
    first = result.read_bytes()
    again = imported(result)
    assert (again.status, "nothing changed" in again.out, result.read_bytes()) == (0, True, first)


@pytest.mark.parametrize(
    "held",
    [
        "my notes\n",
        "",
        "file,row,unit_code,member_id,outcome,reason\nother.csv,2,U1,M1,PASS,\n",
        "file,row,unit_code,member_id,outcome,reason\n\n",
    ],
)
@pytest.mark.parametrize("command", ["check", "import"])
def test_another_file_is_not_replaced_by_a_result(  # noqa: PLR0913, PLR0917  # fixtures, and two tables
    cli: Cli, roster: Path, imported: Callable[..., Any], tmp_path: Path, held: str, command: str
) -> None:
    """What is no result of these rosters must stay as it is, and nothing may be imported."""
    result = tmp_path / "result.csv"
    result.write_text(held, "utf-8")
    if command == "check":
        answer = cli("roster", "check", roster, "--result", result, "--lang", "zh")
    else:
        answer = imported(result, "--lang", "zh")
    assert (answer.status, answer.out, result.read_text("utf-8")) == (2, "", held)
    assert "result 文件已存在，且不是这些名册的逐行结果，不予覆盖：'result.csv'" in answer.err
    assert "提示：请另用文件名，或同一名册的逐行结果文件" in answer.err
    assert not (tmp_path / "books").exists()


@pytest.mark.parametrize(
    ("options", "name"),
    [
        ((), "out.csv"),
        (("--explain",), "out.explained.txt"),
        (("--dues", "--members", "members.csv"), "out.csv"),
        (("--template",), "out.csv"),
    ],
)
def test_a_calculation_replaces_no_file(  # noqa: PLR0913, PLR0917  # fixtures, and a table
    cli: Cli,
    tmp_path: Path,
    claims: Path,
    monkeypatch: pytest.MonkeyPatch,
    options: tuple[str, ...],
    name: str,
) -> None:
    """A file that is there must stay, whatever would be written, and be named."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).write_text("mine", "utf-8")
    command = ("calculate", "--scheme", SCHEME, "--claims", claims, "--sheet", "申请", *options)
    answer = cli(*command, "--out", "out.csv", "--lang", "zh")
    assert (answer.status, f"out 文件已存在，不予覆盖：'{name}'" in answer.err) == (2, True)
    assert [path.read_text("utf-8") for path in tmp_path.glob("out*")] == ["mine"]


def test_a_schema_replaces_itself_only(cli: Cli, tmp_path: Path) -> None:
    """The same schema may be written again; another file must stay."""
    out = tmp_path / "scheme-1.json"
    assert [cli("scheme", "schema", "--out", out).status for _ in range(2)] == [0, 0]
    answer = cli("scheme", "schema", "policy", "--out", out)
    assert (answer.status, "must not be there yet" in answer.err) == (2, True)


def test_claims_may_stand_on_a_sheet_that_is_named(cli: Cli, claims: Path) -> None:
    """Of several sheets the named one must be computed; without a name, or with another, it is told."""
    members = workbook(claims.with_name("m.xlsx"), ("人员", MEMBERS))
    command = ("calculate", "--scheme", SCHEME, "--claims", claims, "--members", members)
    assert "5350.00" in cli(*command, "--sheet", "申请").out
    assert "IN093" in cli(*command).err
    assert "--sheet" in cli(*command, "--sheet", "别的").err


def test_members_of_dues_may_stand_on_a_sheet_that_is_named(cli: Cli, tmp_path: Path) -> None:
    """With --dues the sheet must be that of the members."""
    members = workbook(tmp_path / "m.xlsx", ("人员", MEMBERS), ("说明", (("x",),)))
    command = ("calculate", "--scheme", SCHEME, "--dues", "--members", members)
    assert (cli(*command).status, cli(*command, "--sheet", "人员").status) == (2, 0)


def test_what_a_workbook_of_claims_hides_is_told(cli: Cli, tmp_path: Path) -> None:
    """Beside the rows it must be told what nobody saw of the claims and of the members."""
    claims = workbook(tmp_path / "c.xlsx", ("申请", CLAIMS), hidden=(3, 4))
    members = workbook(tmp_path / "m.xlsx", ("人员", MEMBERS), hidden=(2,))
    command = ("calculate", "--scheme", SCHEME, "--members", members, "--lang", "zh")
    answer = cli(*command, "--claims", claims)
    assert (answer.status, answer.out.startswith("claim_id,")) == (0, True)
    assert answer.err.splitlines() == [
        line
        for file, sheet, columns in (("c.xlsx", "申请", 2), ("m.xlsx", "人员", 1))
        for line in (
            f"{file}:0:{sheet}: 工作表有隐藏的行，已一并读入, 1: 请取消隐藏并核对 [IN110]",
            f"{file}:0:{sheet}: 工作表有隐藏的列，已一并读入, {columns}: 请取消隐藏并核对 [IN112]",
        )
    ]
    assert "IN112" in cli(*command, "--dues").err


def test_what_a_roster_and_its_units_hide_is_told(cli: Cli, tmp_path: Path) -> None:
    """Hidden rows and columns of both must be read, and told with their number."""
    roster = workbook(tmp_path / "r.xlsx", ("名册", (HEAD, person(1))), hidden=(1, 3, 20))
    units = workbook(tmp_path / "u.xlsx", ("单位", (("unit_code", "unit_name"), ("U1", "甲"))), hidden=(1,))
    answer = cli("roster", "check", roster, "--units", units, "--pool", "P", "--json")
    found = [(each["file"], each["code"], each["value"]) for each in answer.document["flags"]]
    assert (answer.status, sorted(found)) == (
        0,
        [
            ("r.xlsx", "IN110", "1"),
            ("r.xlsx", "IN112", "2"),
            ("u.xlsx", "IN110", "1"),
            ("u.xlsx", "IN112", "1"),
        ],
    )


def test_a_sheet_that_is_named_does_not_matter_to_a_file_of_text(cli: Cli, roster: Path) -> None:
    """A roster in CSV has no sheets."""
    assert cli("roster", "check", roster, "--sheet", "名册").status == 0


def hiding(joined: Any, year: int) -> Path:  # noqa: ANN401  # the fixture's own answer
    """The roster of a year as a workbook that hides its first row and the column of shares."""
    rows = tuple(map(tuple, csv.reader(joined.roster(year).read_text("utf-8").splitlines())))
    return workbook(joined.path / "list.xlsx", ("名单", rows), hidden=(rows[0].index("shares"),))


def told(answer: Any) -> list[str]:  # noqa: ANN401  # an answer
    """The codes of what is told beside the answer."""
    return [line.rpartition("[")[2].rstrip("]") for line in answer.err.splitlines()]


def test_what_a_list_of_a_remittance_hides_is_told(joined: Any) -> None:  # noqa: ANN401  # a fixture
    """A unit's money is booked by the whole list, and what nobody saw of it is told."""
    listed = ("R-1", hiding(joined, 2014), "--unit", "EX102", "--received", "150.00")
    named = ("--scheme", "hn-example-inpatient", "--period", "2014", "--on", "2013-12-18")
    answer = joined("remittance", "receive", *listed, *named)
    assert (answer.status, told(answer)) == (0, ["IN110", "IN112"])


def test_what_a_list_of_renewals_hides_is_told(joined: Any) -> None:  # noqa: ANN401  # a fixture
    """Whoever is renewed by a row that is hidden must be looked at."""
    assert joined.open(2015).status == 0
    periods = ("--scheme", "hn-example-inpatient", "--from-period", "2014", "--to-period", "2015")
    renew = ("renewal", "renew", "EX101", hiding(joined, 2015), *periods, "--on", "2014-12-12", "--preview")
    assert told(joined(*renew)) == ["IN110", "IN112"]
    assert told(joined(*renew, "--json")) == []


def test_what_a_list_of_newcomers_hides_is_told(joined: Any) -> None:  # noqa: ANN401  # a fixture
    """Whoever is enrolled by a row that is hidden must be looked at."""
    named = ("--scheme", "hn-example-inpatient", "--period", "2014", "--on", "2013-12-13")
    listed = ("member", "enrol", hiding(joined, 2014), "--unit", "EX102", "--confirmed", *named)
    assert {"IN110", "IN112"} <= set(told(joined(*listed, "--preview")))
