"""Payroll lists: whose pay is deducted, and who declared what by which paper."""

import datetime
from pathlib import Path

import pytest

from mutualaid_core.domain.values.identifiers import MemberId
from mutualaid_core.errors import IntakeError
from mutualaid_core.intake.membership.payrolls import Stated, read_consent_list, read_payroll_list
from mutualaid_core.intake.problem import Problem
from mutualaid_core.testing.samples import id_number

DAY = datetime.date(2013, 12, 13)
ONE, TWO = id_number(1).reveal(), id_number(2).reveal()


def put(folder: Path, *lines: str) -> Path:
    """Write a list."""
    path = folder / "list.csv"
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return path


def problems(caught: pytest.ExceptionInfo[IntakeError]) -> list[tuple[int, str, str]]:
    """Row, field and code of every problem."""
    found = [each for each in caught.value.problems if isinstance(each, Problem)]
    return [(each.row, each.field, each.trouble.code) for each in found]


def test_each_row_tells_its_own_day_and_paper(tmp_path: Path) -> None:
    """Rows of the unit are taken, those of others and of who does not join are counted."""
    path = put(
        tmp_path,
        "单位编号,会员编号,是否参加,声明日期,授权书编号",
        "U-1,m-1,1,2013-12-13,授权书1号",
        "U-2,m-2,1,2013-12-13,授权书2号",
        "U-1,m-3,0,2013-12-13,授权书3号",
    )
    read = read_consent_list(path, "U-1", Stated())
    assert [(row.row, row.person, row.on, row.paper) for row in read.rows] == [
        (2, MemberId("m-1"), DAY, "授权书1号")
    ]
    assert (read.others, read.not_joining, read.flags) == (1, 1, ())


def test_what_a_row_does_not_tell_is_stated_for_all(tmp_path: Path) -> None:
    """A blank cell and an absent column take what is stated; a cell that is filled goes before."""
    path = put(tmp_path, "member_id,declared_on", "m-1,", "m-2,2013-12-01")
    read = read_consent_list(path, "U-1", Stated(on=DAY, paper="名册1号"))
    assert [(row.on, row.paper) for row in read.rows] == [
        (DAY, "名册1号"),
        (datetime.date(2013, 12, 1), "名册1号"),
    ]


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    """Blank, damaged and doubled cells of all rows come together, with nothing personal shown."""
    path = put(
        tmp_path,
        "id_number,declared_on,paper",
        f"{ONE},,1",
        f"{ONE},2013-12-32,{TWO}",
        ",2013-12-13,",
    )
    with pytest.raises(IntakeError) as caught:
        read_consent_list(path, "U-1", Stated())
    assert sorted(problems(caught)) == [
        (2, "declared_on", "IN011"),
        (3, "declared_on", "IN015"),
        (3, "id_number", "IN010"),
        (3, "paper", "IN018"),
        (4, "id_number", "IN011"),
        (4, "paper", "IN011"),
    ]
    assert not any(number in str(caught.value) for number in (ONE, TWO))


def test_a_missing_column_is_told_where_nothing_is_stated(tmp_path: Path) -> None:
    """Day and paper must come from somewhere."""
    with pytest.raises(IntakeError) as caught:
        read_consent_list(put(tmp_path, "member_id", "m-1"), "U-1", Stated())
    assert problems(caught) == [(1, "declared_on", "IN006"), (1, "paper", "IN006")]


def test_the_list_of_a_remittance_is_a_payroll_list(tmp_path: Path) -> None:
    """Money and consents may stand beside the persons; only the persons count, each once."""
    path = put(
        tmp_path, "member_id,contribution,paid_by_member,paper", "m-1,50.00,50.00,1号", "m-2,50.00,50.00,"
    )
    assert read_payroll_list(path, "U-1").persons == (MemberId("m-1"), MemberId("m-2"))
    with pytest.raises(IntakeError) as caught:
        read_payroll_list(put(tmp_path, "member_id", "m-1", "m-2", "m-1"), "U-1")
    assert problems(caught) == [(4, "member_id", "IN010")]
    with pytest.raises(IntakeError) as caught:
        read_payroll_list(put(tmp_path, "unit_code,member_id", "U-2,m-1"), "U-1")
    assert problems(caught) == [(0, "", "IN116")]
