"""Checking rosters: every fault of every row at once, with its place and masked."""

import datetime
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest
import xlsxwriter

from mutualaid_core.domain.membership.enrolment import Enrolment, EnrolmentState
from mutualaid_core.errors import IntakeError
from mutualaid_core.intake.rosters.check import RosterCheck
from mutualaid_core.testing.samples import UNIT, VERSION, YEAR, id_number
from mutualaid_core.testing.world import World
from mutualaid_core.work import Purpose, Work, read_all

HEAD = "unit_code,name,id_number,sex,birth_date,insurance_type,employment,shares"
Row = Callable[..., str]
Put = Callable[..., Path]
Check = Callable[..., RosterCheck]
Codes = Callable[..., list[tuple[int, str, str]]]


def flags(found: RosterCheck) -> list[tuple[int, str, str]]:
    """Row, code and detail of everything that is told."""
    return [(problem.row, problem.trouble.code, problem.detail) for problem in found.flags]


@pytest.mark.clause("HN-4.1.2a")
def test_rows_units_and_joiners_are_counted(put: Put, check: Check, row: Row) -> None:
    """A sound roster must be counted by unit, those who join and those who do not."""
    head = f"{HEAD},joins"
    lines = (f"{row(1)},1", f"{row(2)},0", f"{row(3, 'U2')},")
    found = check(put(lines, head=head))
    counted = {name: (unit.persons, unit.joining) for name, unit in found.census.units.items()}
    assert (found.is_sound, counted) == (True, {"U1": (2, 1), "U2": (1, 1)})


def test_every_fault_is_told_at_once(codes: Codes, row: Row) -> None:
    """Faults of several rows and cells must all be told, each with its row and field."""
    lines = (
        row(1, sex="2"),
        row(2, birth_date="1980-03-08", shares="0"),
        row(3, insurance_type="31O", employment=""),
        row(4, name="=1+1"),
    )
    assert codes(*lines) == [
        (2, "sex", "IN111"),
        (3, "shares", "IN018"),
        (3, "birth_date", "IN111"),
        (4, "insurance_type", "IN018"),
        (4, "employment", "IN011"),
        (5, "name", "IN012"),
    ]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("430529198003070011", "IN017"),
        ("430529198013070013", "IN017"),
        ("430529198003070000", "IN014"),
        ("4.30529E+17", "IN014"),
        ("4305291980030700", "IN017"),
        ("", "IN011"),
    ],
)
def test_wrong_id_numbers_are_told_apart(codes: Codes, row: Row, cell: str, code: str) -> None:
    """A wrong check character or day, a rounded number and a blank must each have its own code."""
    assert [found[2] for found in codes(row(1, id_number=cell))] == [code]


@pytest.mark.parametrize("region", ["430529", "710000", "810000", "820000", "830000", "911124"])
def test_every_kind_of_id_number_is_taken(
    codes: Codes, row: Row, person: Callable[..., str], region: str
) -> None:
    """Mainland numbers, residence permits of Hong Kong, Macao and Taiwan, and foreigners' cards must pass."""
    assert codes(row(1, id_number=person(1, region=region))) == []


def test_the_old_and_the_new_number_are_one_person(codes: Codes, row: Row) -> None:
    """The 15-digit form must count as the same person as the 18-digit one."""
    lines = (
        row(1, id_number="610103850307001", birth_date="1985-03-07"),
        row(1, id_number="610103198503070014", birth_date="1985-03-07"),
    )
    assert codes(*lines) == [(3, "id_number", "IN101")]


@pytest.mark.clause("HN-4.3.4c")
def test_the_same_person_in_two_units_is_told(put: Put, check: Check, row: Row) -> None:
    """Somebody on the roster of two units stands against no import, but both rows are named."""
    found = check(put((row(1), row(2), row(1, "U2"))))
    assert (found.is_sound, flags(found)) == (True, [(4, "IN102", "see row 2")])


@pytest.mark.clause("HN-4.3.4c")
def test_the_same_person_in_two_files_is_told_with_the_file(put: Put, check: Check, row: Row) -> None:
    """The earlier row must be named with its file where that is another one."""
    first, second = put((row(1),), "a.csv"), put((row(1, "U2"),), "b.csv")
    assert flags(check(first, second)) == [(2, "IN102", "see row 2 of a.csv")]


@pytest.mark.parametrize(
    ("born", "faults"), [("1998-01-01", []), ("1998-01-02", [(2, "id_number", "IN103")])]
)
def test_nobody_below_sixteen_is_employed(
    codes: Codes, row: Row, person: Callable[..., str], born: str, faults: list[tuple[int, str, str]]
) -> None:
    """Sixteen years must be full on the roster date, the birthday itself counted."""
    number = person(1, born=born.replace("-", ""))
    assert codes(row(1, id_number=number, birth_date=born)) == faults


@pytest.mark.parametrize(("born", "faults"), [("19130101", 1), ("19130102", 0)])
def test_nobody_above_a_hundred_works(
    codes: Codes, row: Row, person: Callable[..., str], born: str, faults: int
) -> None:
    """A hundred years is the oldest: an earlier century is an error of writing."""
    day = f"{born[:4]}-{born[4:6]}-{born[6:]}"
    assert len(codes(row(1, id_number=person(1, born=born), birth_date=day))) == faults


def test_ages_are_not_judged_without_a_day(
    put: Put, check: Check, row: Row, person: Callable[..., str]
) -> None:
    """Without a roster date nobody is too young."""
    path = put((row(1, id_number=person(1, born="20100101"), birth_date="2010-01-01"),))
    assert check(path, counted_on=None).is_sound


def test_nobody_is_hired_after_the_roster_date(codes: Codes, row: Row) -> None:
    """A first day of work after the roster date must be refused."""
    lines = f"{row(1)},2014-01-01", f"{row(2)},2014-01-02"
    assert codes(*lines, head=f"{HEAD},hired_on") == [(3, "hired_on", "IN018")]


def test_columns_have_chinese_names_too(codes: Codes, row: Row) -> None:
    """A head of Chinese names must be read like the English one, and faults name it as it stands."""
    head = "单位编码,姓名,身份证号,性别,出生日期,险种类型,用工形式,份数"
    assert codes(row(1), row(2, sex="3"), head=head) == [(3, "性别", "IN018")]


def test_columns_of_money_are_left_alone(codes: Codes, row: Row) -> None:
    """The file of ``mutualaid run`` must pass as it is."""
    head = f"{HEAD},contribution,paid_by_member,paid_by_unit"
    assert codes(f"{row(1)},50.00,20.00,30.00", head=head) == []


def test_a_second_head_is_refused(codes: Codes, row: Row) -> None:
    """A head among the rows must be told as such, and not as eight faults."""
    assert codes(row(1), HEAD, row(2)) == [(3, "", "IN095")]


def test_heads_that_lack_or_double_a_column_are_refused(codes: Codes, row: Row) -> None:
    """Missing, doubled and unknown columns must all be told."""
    head = HEAD.replace("shares", "sex").replace("employment", "wages")
    assert codes(row(1), head=head) == [
        (1, "wages", "IN007"),
        (1, "sex", "IN008"),
        (1, "employment", "IN006"),
        (1, "shares", "IN006"),
    ]


def test_rows_of_other_length_and_blank_rows_are_told(codes: Codes, row: Row) -> None:
    """A short, a long, a blank and a cut-off row must each be told, and the others go on."""
    lines = row(1), row(2)[:-2], f"{row(3)},", "", ",,,,,,,", row(4, sex="2")
    assert codes(*lines) == [
        (3, "", "IN009"),
        (4, "", "IN009"),
        (5, "", "IN036"),
        (6, "", "IN036"),
        (7, "sex", "IN111"),
    ]


def test_a_listed_unit_must_be_there(codes: Codes, put: Put, row: Row) -> None:
    """With a file of units, a unit that is not in it must be told once."""
    units = put(["U1,甲单位,P1"], "units.csv", head="unit_code,unit_name,pool_id")
    assert codes(row(1), row(2, "U2"), row(3, "U2"), units=units) == [(0, "U2", "IN109")]


@pytest.mark.clause("HN-4.1.2a")
def test_counts_of_a_unit_must_be_those_of_the_roster(codes: Codes, put: Put, row: Row) -> None:
    """Eligible workers of another number than the roster has must be refused: the gate counts them."""
    head = "单位编码,单位名称,统筹区,职工人数"
    units = put(["U1,甲单位,P1,3", "U2,乙单位,P1,1"], "units.csv", head=head)
    assert codes(row(1), row(2), row(3, "U2"), units=units) == [(2, "eligible_workers", "IN023")]


def test_a_unit_needs_a_name_and_a_pool(codes: Codes, put: Put, row: Row) -> None:
    """A unit that no store knows must tell its name and pool, or the pool be given for all."""
    units = put(["U1,", "U2,乙"], "units.csv", head="unit_code,unit_name")
    assert codes(row(1), row(2, "U2"), units=units) == [
        (2, "unit_name", "IN011"),
        (2, "pool_id", "IN011"),
        (3, "pool_id", "IN011"),
    ]
    assert codes(row(1), row(2, "U2"), units=units, pool_id="P1") == [(2, "unit_name", "IN011")]


@pytest.mark.clause("HN-4.3.4c")
def test_people_with_cover_elsewhere_are_told(put: Put, check: Check) -> None:
    """Who is covered through another unit on the roster date must be told, and nobody else."""
    world = World()
    world.found()
    world.join(1, 2)
    rows = []
    for number, unit in ((1, "OTHER"), (2, UNIT), (3, "OTHER")):
        own = id_number(number)
        cells = (unit, "张三", own.reveal(), str(own.sex.value), own.birth_date.isoformat())
        rows.append(",".join((*cells, "310", "regular", "1")))
    found = check(put(rows), store=world.store, keys=world.host.keys, counted_on=YEAR.first_day)
    assert flags(found) == [(2, "IN106", f"unit {UNIT}")]


@pytest.mark.clause("HN-4.3.4c")
def test_cover_that_was_taken_back_is_no_cover_elsewhere(put: Put, check: Check) -> None:
    """An enrolment that was withdrawn must not be told as cover through another unit."""
    world = World()
    world.found()
    world.join(1)
    own = id_number(1)
    record = next(read_all(world.store, Enrolment))
    withdrawn = attrs.evolve(record, state=EnrolmentState.WITHDRAWN)
    purpose = Purpose(name="test", subject="U", chain="system", answer=Enrolment)
    with Work(world.host, world.act(), purpose) as work:
        work.get(Enrolment, f"{record.scheme_id}/{record.period_id}/{record.member_id}")
        work.replace(withdrawn)
        work.commit(b"x")
    cells = ("OTHER", "张三", own.reveal(), str(own.sex.value), own.birth_date.isoformat())
    path = put([",".join((*cells, "310", "regular", "1"))])
    found = check(path, store=world.store, keys=world.host.keys, counted_on=YEAR.first_day)
    assert flags(found) == []


def test_no_fault_shows_a_person(put: Put, check: Check, row: Row, person: Callable[..., str]) -> None:
    """No text of a fault may hold a name, a whole ID number or a day of birth."""
    lines = (
        row(1, name="李四9", sex="2", birth_date="1981-01-01", shares=person(7)),
        row(2, unit="王五王五", employment="赵六"),
        row(2, unit="王五王五"),
        row(3, hired="2020-01-01"),
    )
    found = check(put(lines))
    texts = "".join(f"{each}{each.to_text('zh')}" for each in (*found.faults, *found.flags))
    plain = (person(1), person(2), person(7), "李四", "赵六", "1981-01-01", "1980-03-07")
    assert [each for each in plain if each in texts] == []


def test_more_faults_are_counted_than_kept(put: Put, check: Check, row: Row) -> None:
    """Beyond the limit faults must be counted on."""
    found = check(put(row(1, sex="3") for _ in range(10_050)))
    assert (found.fault_count, len(found.faults)) == (10_050, 10_001)


@pytest.mark.parametrize(
    ("raw", "codes_expected"),
    [
        (b"", ["IN002"]),
        (b"\xef\xbb\xbf", ["IN004"]),
        (HEAD.encode() + b"\n", ["IN002"]),
        (b"PK\x03\x04rest", ["IN098"]),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", ["IN098"]),
    ],
)
def test_files_without_rows_are_told(
    tmp_path: Path, check: Check, raw: bytes, codes_expected: list[str]
) -> None:
    """Empty files, a bare mark, a bare head and workbooks in disguise must each be told."""
    path = tmp_path / "roster.csv"
    path.write_bytes(raw)
    assert [problem.trouble.code for problem in check(path).faults] == codes_expected


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda raw: b"\xef\xbb\xbf" + raw, "IN004"),
        (lambda raw: raw.replace(b",", b";"), "IN005"),
        (lambda raw: raw.replace(b",", b"\t"), "IN005"),
        (lambda raw: raw.decode().encode("gb18030"), "IN003"),
        (lambda raw: raw.decode().encode("utf-16"), "IN003"),
        (lambda raw: raw.replace(b"regular", b"reg\0ular"), "IN013"),
        (lambda raw: raw.replace(b"310,", b'"310,'), "IN026"),
        (lambda raw: raw.replace(b"310", b"3" * 200_000), "IN039"),
    ],
)
def test_files_in_another_form_are_told_with_their_other_faults(
    put: Put, check: Check, row: Row, change: Callable[[bytes], bytes], code: str
) -> None:
    """A mark, other separators, other encodings, NUL bytes and broken quotes must be told."""
    path = put((row(1), row(2, sex="3")))
    path.write_bytes(change(path.read_bytes()))
    assert code in [problem.trouble.code for problem in check(path).faults]


def test_line_ends_of_every_kind_are_taken(put: Put, check: Check, row: Row) -> None:
    """CR LF, and a last line without an end, must be read like any other."""
    path = put((row(1), row(2)))
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n").rstrip())
    assert check(path).census.persons == 2


def test_a_missing_file_is_told(tmp_path: Path, check: Check) -> None:
    """A file that is not there, and a folder, must be told like any fault."""
    found = check(tmp_path / "none.csv", tmp_path)
    assert [problem.trouble.code for problem in found.faults] == ["IN001", "IN033"]


def test_a_scheme_tells_who_does_not_fit(put: Put, check: Check, row: Row) -> None:
    """Surplus shares and employments that do not qualify must be told of those who join alone."""
    head = f"{HEAD},joins"
    lines = f"{row(1, shares='2')},1", f"{row(2, shares='2')},0", f"{row(3)},1"
    found = check(put(lines, head=head), versions=(VERSION,), counted_on=datetime.date(2014, 1, 1))
    assert [(each[0], each[1]) for each in flags(found)] == [(2, "IN108")]


def test_a_file_of_too_many_rows_is_refused_before_any_is_read(tmp_path: Path, check: Check) -> None:
    """More than two million rows must be one fault that names the limit."""
    path = tmp_path / "roster.csv"
    path.write_bytes(b"x\n" * 2_000_002)
    told = "the file has too many rows or columns (limit 2000000 rows, found at least 2000001): split it"
    assert [str(problem) for problem in check(path).faults] == [f"roster.csv:0:: {told} [IN099]"]


def test_a_file_that_changes_while_it_is_read_is_refused(put: Put, check: Check, row: Row) -> None:
    """The second reading must be of the bytes that were checked."""
    path = put((row(1), row(2)))
    found = check(path)
    put((row(3), row(4), row(5)))
    with pytest.raises(IntakeError, match="IN107"):
        list(found.lines())


def test_workbooks_give_the_same_lines(put: Put, check: Check, row: Row, tmp_path: Path) -> None:
    """A workbook must be checked like a CSV file of the same cells."""
    lines = [HEAD, row(1), row(2, sex="3"), row(1)]
    with xlsxwriter.Workbook(str(tmp_path / "roster.xlsx")) as book:
        sheet = book.add_worksheet()
        for number, line in enumerate(lines):
            sheet.write_row(number, 0, line.split(","))
    both = check(put(lines[1:])), check(tmp_path / "roster.xlsx")
    first, second = ([(each.row, each.trouble) for each in found.faults] for found in both)
    assert first == second
    assert list(both[0].lines()) == list(both[1].lines())


def test_files_of_units_may_be_workbooks_without_formulas(
    put: Put, check: Check, row: Row, tmp_path: Path
) -> None:
    """A file of units must be held to the same as a roster where it is a workbook."""
    path = tmp_path / "units.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["unit_code", "unit_name", "pool_id"])
        sheet.write_row(1, 0, ["U1", "甲", "P1"])
    roster = put((row(1),))
    assert [unit.name for unit in check(roster, units=path).units] == ["甲"]
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet().write_formula(0, 0, "=1+1")
    assert "IN012" in [problem.trouble.code for problem in check(roster, units=path).faults]
