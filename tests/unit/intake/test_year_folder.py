"""A folder as a whole: files held against each other, all faults in one pass, nobody's data shown."""

import random
from pathlib import Path
from typing import Any

import pytest

from mutualaid_core.errors import IntakeError
from mutualaid_core.intake.problem import Problem, Trouble, printable
from mutualaid_core.intake.year_folder import read_year

ROSTER, UNITS, STAYS, SCHEME, YEAR = "roster.csv", "units.csv", "settlements.csv", "scheme.yaml", "year.yaml"
Folder = Any


def test_sound_folder_reads(folder: Folder) -> None:
    """A folder without faults must become a year."""
    year = read_year(folder.path)
    assert (len(year.units), len(year.roster), len(year.settlements)) == (4, 81, 4)


@pytest.mark.parametrize("name", ["nowhere", "units.csv", "units.csv/deeper", "x" * 5_000, "a\0b"])
def test_no_folder(folder: Folder, name: str) -> None:
    """A folder that is not there must be told as such, not as six missing files."""
    with pytest.raises(IntakeError) as caught:
        read_year(folder.path / name)
    (found,) = caught.value.problems
    assert isinstance(found, Problem)
    assert (found.row, found.trouble) == (0, Trouble.MISSING_FOLDER)


def test_folder_that_links_to_itself(tmp_path: Path) -> None:
    """A link that leads nowhere must be told as no folder."""
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.raises(IntakeError, match="IN041"):
        read_year(tmp_path / "loop")


@pytest.mark.parametrize(
    ("column", "text", "field", "kind"),
    [
        ("hifp_pay", "0.01", "fund_pay_sumamt", "IDENTITY"),
        ("psn_cash_pay", "0.01", "psn_part_amt", "IDENTITY"),
        ("inscp_scp_amt", "0.01", "medfee_sumamt", "IDENTITY"),
        ("hosp_part_amt", "0.01", "medfee_sumamt", "IDENTITY"),
        ("enddate", "2015-01-01", "enddate", "OUTSIDE_PERIOD"),
        ("certno", "61010319850307001X", "certno", "ID_NUMBER"),
        ("certno", "610103198503070014", "certno", "NOT_ON_ROSTER"),
    ],
)
def test_settlement_that_fits_nothing(folder: Folder, column: str, text: str, field: str, kind: str) -> None:
    """A settlement that contradicts itself, the period or the roster must be told by its place."""
    folder.cell(STAYS, 4, column, text)
    assert folder.places() == [(STAYS, 4, field, kind)]


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        ({"contribution": "49.00", "paid_by_unit": "29.00"}, "contribution"),
        ({"contribution": "100.00", "paid_by_unit": "80.00"}, "contribution"),
        ({"shares": "2", "contribution": "100.00", "paid_by_unit": "80.00"}, "shares"),
    ],
)
def test_line_that_pays_something_else(folder: Folder, cells: dict[str, str], field: str) -> None:
    """A line that pays something else than its dues must be told before its unit's money is refused."""
    for column, text in cells.items():
        folder.cell(ROSTER, 4, column, text)
    assert folder.places() == [(ROSTER, 4, field, "REFERENCE")]


@pytest.mark.parametrize(
    ("column", "text"),
    [("hifp_pay", "0.01"), ("enddate", "2015-01-01"), ("certno", "610103198503070014"), ("unit_code", "X")],
)
def test_mismatch_can_be_recorded_instead(folder: Folder, column: str, text: str) -> None:
    """A settlement that fits nothing must be let through where it shall become a recorded decision."""
    folder.cell(STAYS, 4, column, text)
    assert folder.problems(mismatches_stop=False) == ()


def test_sums_are_checked_beside_other_faults(folder: Folder) -> None:
    """A row with a wrong number must show its broken sums, its strange day and its unit as well."""
    for column, text in {
        "certno": "1",
        "hifp_pay": "0.01",
        "enddate": "2015-01-01",
        "unit_code": "X",
    }.items():
        folder.cell(STAYS, 4, column, text)
    kinds = {place[3] for place in folder.places()}
    assert kinds == {"ID_NUMBER", "IDENTITY", "OUTSIDE_PERIOD", "UNKNOWN_UNIT"}


def test_person_twice_in_two_units(folder: Folder) -> None:
    """A person on the lists of two units must be told at the second."""
    rows = folder.rows(ROSTER)
    other = next(row for row in rows[1:] if row[0] != rows[1][0])
    folder.put(ROSTER, [*rows, [other[0], *rows[1][1:]]])
    assert (ROSTER, 83, "id_number", "DOUBLED_ROW") in folder.places()


def test_unit_twice(folder: Folder) -> None:
    """A unit that stands twice must be told at the second row."""
    folder.put(UNITS, [*folder.rows(UNITS), folder.rows(UNITS)[1]])
    assert folder.places() == [(UNITS, 6, "unit_code", "DOUBLED_ROW")]


def test_everything_in_one_pass(folder: Folder) -> None:
    """Faults of every file must be told together, in the order of files and rows."""
    folder.edit("policy.yaml", "ratio_min: 80%", "ratio_min: 0.8")
    folder.edit(SCHEME, "ratio: 30%", "ratio: 0.3")
    folder.edit(SCHEME, "ratio: 35%", "ratio: 0.35")
    folder.edit(YEAR, "counted_on: 2013-12-10", "counted_on: 2013-12-32")
    folder.cell(UNITS, 2, "eligible_workers", "x")
    folder.cell(ROSTER, 9, "name", "")
    folder.cell(ROSTER, 5, "id_number", "1")
    folder.cell(STAYS, 3, "hifp_pay", "1.234")
    folder.cell(STAYS, 5, "certno", "610103198503070014")
    places = folder.places()
    assert [place[0] for place in places if place[3] != "NOT_ON_ROSTER"] == [
        *("policy.yaml", SCHEME, SCHEME, YEAR, UNITS, ROSTER, ROSTER, STAYS)
    ]
    assert [row for name, row, _, _ in places if name == ROSTER] == [5, 9]
    assert (STAYS, 5, "certno", "NOT_ON_ROSTER") in places


PERSONAL = {
    "name": "欧阳娜娜",
    "pinyin": "OuyangNana",
    "id": "610103198503070014",
    "old id": "610103850307001",
    "born": "1985-03-07",
    "born plainly": "19850307",
    "diagnosis": "E11.900",
    "card": "6222021234567890123",
    "telephone": "13912345678",
}


def texts_of(problems: tuple[Problem, ...]) -> str:
    """Everything that is said of problems, in both languages and as attributes."""
    return "\n".join(f"{each.to_text('zh')}\n{each.to_text('en')}\n{each!r}" for each in problems)


@pytest.mark.parametrize("name", [ROSTER, UNITS, STAYS])
@pytest.mark.parametrize("value", PERSONAL.values(), ids=PERSONAL)
def test_planted_value_is_never_shown(folder: Folder, name: str, value: str) -> None:
    """A personal value must not be shown, in whichever column it stands."""
    head, first, *_ = folder.rows(name)
    planted = [[f"{first[0]}{at}", *first[1:]] for at in range(len(head))]
    for at, row in enumerate(planted):
        row[at] = value
    folder.put(name, [head, *planted])
    assert {f"{name}:{row}" for row in range(2, len(head) + 2)} & {
        f"{each.file}:{each.row}" for each in folder.problems()
    }
    assert value not in texts_of(folder.problems())


@pytest.mark.parametrize("value", ["欧阳娜娜", "610103198503070014", "E11.900", "1985-03-07"])
@pytest.mark.parametrize("at", [0, 1, 4, 10])
def test_planted_head_is_never_shown(folder: Folder, at: int, value: str) -> None:
    """A personal value in the place of a column's name must be told by its place alone."""
    rows = folder.rows(ROSTER)
    rows[0][at] = value
    folder.put(ROSTER, rows)
    assert (ROSTER, 1, f"column {at + 1}", "UNKNOWN_COLUMN") in folder.places()
    assert value not in texts_of(folder.problems())


@pytest.mark.parametrize("name", [ROSTER, STAYS])
@pytest.mark.parametrize("by", [1, 2, 3, 5, -1, -2])
def test_shifted_columns_show_nothing(folder: Folder, name: str, by: int) -> None:
    """In a file whose columns have slipped, names, numbers, birth dates and diagnoses must stay hidden."""
    head, *rows = folder.rows(name)
    folder.put(name, [head, *(row[-by:] + row[:-by] for row in rows)])
    shown = texts_of(folder.problems())
    hidden = [at for at, column in enumerate(head) if column in HIDDEN]
    assert shown
    assert not [row[at] for row in rows for at in hidden if row[at] in shown]


HIDDEN = {"name", "id_number", "birth_date", "psn_name", "certno", "dise_code"}


@pytest.mark.parametrize("seed", range(10))
def test_random_damage_is_answered(folder: Folder, seed: int) -> None:
    """Files with bytes changed at random must be read or refused, with places that exist."""
    chance = random.Random(seed)  # noqa: S311  # repeatable damage, no secret
    for name in (ROSTER, UNITS, STAYS, SCHEME, YEAR):
        raw = bytearray((folder.path / name).read_bytes())
        for _ in range(chance.randrange(1, 8)):
            raw[chance.randrange(len(raw))] = chance.choice(b'\x00\n\r",;:\xff{}[]-=#&*!1')
        folder.write(name, bytes(raw))
    for name, row, _, _ in folder.places():
        assert 0 <= row <= (folder.path / name).read_bytes().count(b"\n") * 2 + 2


def test_codes_are_unique() -> None:
    """No two kinds of problem may have the same code."""
    codes = [trouble.code for trouble in Trouble]
    assert len(set(codes)) == len(codes)


def test_text_of_a_problem() -> None:
    """A problem must read as place, what, value, what to do and code, in both languages."""
    found = Problem(
        file="a.csv", row=2, field="b", trouble=Trouble.DAY, value="2014-02-30", detail="must exist"
    )
    assert str(found) == "a.csv:2:b: not a day that exists (must exist), 2014-02-30: write YYYY-MM-DD [IN015]"
    assert found.to_text("zh") == "a.csv:2:b: 日期无效 (应存在), 2014-02-30: 请按 YYYY-MM-DD 填写 [IN015]"


def test_what_a_check_found_is_told_in_chinese() -> None:
    """Words that a check of terms says in place of a value must be Chinese in a Chinese line."""
    trouble = Trouble.CONTRADICTING_AMOUNTS
    found = Problem(file="a.yaml", row=2, field="b", trouble=trouble, value="nothing ever")
    assert "任何情形都不给付" in found.to_text("zh")


def test_problem_steers_no_terminal() -> None:
    """No part of a problem may hold a control character or be without end."""
    found = Problem(
        file="a\x1b[2J", row=1, field="b\r", trouble=Trouble.VALUE, value="\x9b" * 999, detail="\u202e"
    )
    assert str(found).isprintable()
    assert len(str(found)) < 2_000
    assert printable("中文 a") == "中文 a"
