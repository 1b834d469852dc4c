"""Hostile tables: files of text beyond every limit, each told by the limit and what was found."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from mutualaid_core.intake.claims.sheet import read_sheet
from mutualaid_core.intake.damage import Form
from mutualaid_core.intake.membership.divisions import DIVISION_COLUMNS
from mutualaid_core.intake.problem import Problems
from mutualaid_core.intake.reading import LINE_MAX, LINES_MAX, table_lines
from mutualaid_core.intake.rosters.check import Asked, check_rosters
from mutualaid_core.intake.table import Column, read_table

MEMORY_MAX: Final = 600
"""Mebibytes that a refused file may take, the program's own with it."""

COLUMNS: Final = (Column(name="a", form=Form.CODE), Column(name="b"))
MEGA: Final = 1 << 20
READ: Final = """
import sys
from pathlib import Path
from mutualaid_core.intake.claims.sheet import read_sheet
from mutualaid_core.intake.table import Column
log = read_sheet(Path(sys.argv[1]), (Column(name="a"), Column(name="b")), {}).log
# The process's own peak: what the system counts for a child includes what its parent held.
told = open("/proc/self/status").read()
print(int(told.partition("VmHWM:")[2].split()[0]) // 1024, *(each.trouble.name for each in log.found))
"""


def roster(path: Path) -> list[str]:
    """What a roster's check tells of a file."""
    return [
        str(each) for each in check_rosters(Asked(files=(path,), counted_on=None), lambda *_: None).faults
    ]


def claims(path: Path) -> list[str]:
    """What the reader of claims tells of a file."""
    return [str(each) for each in read_sheet(path, COLUMNS, {}).log.found]


def table(path: Path) -> list[str]:
    """What the reader of a year's tables tells of a file."""
    return [str(each) for each in read_table(path, DIVISION_COLUMNS, key=None).problems]


READERS: Final = (roster, claims, table)


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"x" * (LINE_MAX + 1), "1:: the cell is too long (limit 1048576 characters in a row"),
        (
            b"," * (LINE_MAX + 1),
            "1:: the cell is too long (limit 1048576 characters in a row, found 1048577)",
        ),
        (b"\r" * (LINES_MAX + 1), "0:: the file has too many rows or columns (limit 2000000 rows"),
        (
            b"a," * 257 + b"b\n1,2\n",
            "1:: the file has too many rows or columns (limit 256 columns, found 258)",
        ),
    ],
)
def test_what_is_beyond_a_limit_is_told_once(
    tmp_path: Path, read: Callable[[Path], list[str]], content: bytes, told: str
) -> None:
    """A row, a file or a head that is too long must be one problem that names limit and found."""
    path = tmp_path / "t.csv"
    path.write_bytes(content)
    found = read(path)
    assert len(found) == 1
    assert found[0].startswith(f"t.csv:{told}")


@pytest.mark.parametrize("read", READERS)
def test_a_file_of_a_gibibyte_is_refused_at_once(tmp_path: Path, read: Callable[[Path], list[str]]) -> None:
    """A line of a gibibyte must be refused by the size of the file."""
    path = tmp_path / "t.csv"
    with path.open("wb") as file:
        file.truncate(1 << 30)
    (told,) = read(path)
    assert "the file is too large (limit " in told
    assert "found 1073741824)" in told


@pytest.mark.parametrize(
    ("content", "kinds"),
    [
        (lambda: b"a,b\n" + b"," * (60 * MEGA), ["LONG_CELL"]),
        (lambda: b"a,b\n" + b"\n" * (60 * MEGA), ["TOO_MANY_ROWS"]),
        (lambda: b'a,b\n"' + b"x\n" * (30 * MEGA), ["TOO_MANY_ROWS"]),
        (lambda: b"a,b\n" + "\N{GRINNING FACE}".encode() * (15 * MEGA), ["LONG_CELL"]),
        (lambda: ("a,b\n" + "x" * (30 * MEGA)).encode("utf-16"), ["ENCODING", "LONG_CELL"]),
        (lambda: b"a,b\n" + b"\xff" * (20 * MEGA), ["ENCODING", "LONG_CELL"]),
    ],
)
def test_a_hostile_table_takes_little_memory(
    tmp_path: Path, content: Callable[[], bytes], kinds: list[str]
) -> None:
    """Whatever fills a file up to its limit, its refusal must take little memory."""
    path = tmp_path / "t.csv"
    path.write_bytes(content())
    done = subprocess.run(
        [sys.executable, "-c", READ, str(path)], capture_output=True, text=True, timeout=90, check=True
    )
    most, *found = done.stdout.split()
    assert found == kinds
    assert int(most) < MEMORY_MAX


@pytest.mark.parametrize("read", READERS)
def test_a_workbook_under_the_name_of_a_table_is_told(
    tmp_path: Path, read: Callable[[Path], list[str]]
) -> None:
    """A workbook whose name ends with .csv must be told as such, not read as damaged text."""
    path = tmp_path / "t.csv"
    path.write_bytes(b"PK\x03\x04" + bytes(99))
    assert [each.rpartition("[")[2] for each in read(path)] == ["IN098]"]


def test_a_mark_in_the_middle_is_told_by_its_cell(tmp_path: Path) -> None:
    """Two files put together leave a byte order mark between rows; it must be told where it is."""
    path = tmp_path / "t.csv"
    path.write_text("a,b\n1,2\n\ufeff3,4\n", "utf-8")
    assert [each.partition(": ")[0] for each in claims(path)] == ["t.csv:3:a"]


def test_zero_bytes_are_told_by_their_cell(tmp_path: Path) -> None:
    """A few zero bytes must be told where they are, and all else be read."""
    path = tmp_path / "t.csv"
    path.write_bytes(b"a,b\n1,2\n3\0,4\n5,6\n7,8\n")
    assert [each.partition(": ")[0] for each in claims(path)] == ["t.csv:3:a"]


def test_lines_before_a_long_one_are_answered() -> None:
    """Rows above the one that is too long must be read, so that their problems show."""
    log = Problems(file="")
    assert table_lines("a\nb\n" + "x" * (LINE_MAX + 1) + "\nc\n", log) == ["a\n", "b\n"]
    assert [each.row for each in log.found] == [3]
