"""A command that is cut off, or whose output goes nowhere, says so once and without a traceback."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

RUN = "from mutualaid_core.cli import main; main()"
INTERRUPTED = f"""
import sys

class Stopped:
    def find_spec(self, name, path=None, target=None):
        if name == "mutualaid_core.cli.app":
            raise KeyboardInterrupt

sys.meta_path.insert(0, Stopped())
{RUN}
"""
needs_full = pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full")  # noqa: PTH110


def ran(script: str, *arguments: str, out: str | None = None) -> tuple[int, str]:
    """Run a script with arguments; exit status and standard error."""
    command = [sys.executable, "-c", script, *arguments]
    if out is None:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    else:
        with Path(out).open("w", encoding="utf-8") as file:
            done = subprocess.run(
                command, stdout=file, stderr=subprocess.PIPE, text=True, check=False, timeout=120
            )
    return done.returncode, done.stderr


def test_ctrl_c_while_the_commands_are_loaded() -> None:
    """It ends with status 130 and one line."""
    status, said = ran(INTERRUPTED, "info")
    assert (status, said.startswith("INTERRUPTED"), said.count("\n")) == (130, True, 1)


@needs_full
@pytest.mark.parametrize(
    "arguments",
    [("info",), ("info", "--json"), ("verify", "--store", "sqlite:///none.db", "--json")],
    ids=["text", "json", "json_of_an_error"],
)
def test_output_on_a_full_disk(arguments: tuple[str, ...], tmp_path: Path) -> None:
    """Status 3, the disk named in one line, and no traceback, whatever was to be written."""
    named = tuple(each.replace("none", f"/{tmp_path}/none") for each in arguments)
    status, said = ran(RUN, *named, out="/dev/full")
    assert (status, said.count("DISK"), "Traceback" in said) == (3, 1, False)


def test_closed_output() -> None:
    """Status 3 before anything is done."""
    script = f"import os, sys; sys.stdout = None\n{RUN}"
    status, said = ran(script, "info")
    assert (status, said) == (3, "DISK: standard output is closed\n")


@pytest.mark.parametrize("row", ["1048577", "9999999"])
def test_more_rows_than_a_sheet_has_are_told_as_that(tmp_path: Path, row: str) -> None:
    """A sheet with a row beyond the last is not said to be damaged: the limit is told."""
    plain, path = tmp_path / "plain.xlsx", tmp_path / "rows.xlsx"
    with xlsxwriter.Workbook(str(plain)) as book:
        book.add_worksheet("1").write_row(0, 0, ("unit_code", "name"))
    name = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w") as new:
        for part in old.namelist():
            text = old.read(part)
            if part == name:
                last = f'<row r="{row}"><c><v>2</v></c></row></sheetData>'.encode()
                text = text.replace(b"</sheetData>", last)
            new.writestr(part, text)
    status, said = ran(RUN, "roster", "check", str(path))
    assert (status, f"limit 1048576 rows, found {row}" in said, "IN084" in said) == (2, True, False)
