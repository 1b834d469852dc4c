"""Hostile workbooks: whatever their bytes say, they end in one clear problem or in a right reading."""

import io
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mutualaid_core.intake.problem import Problems
from mutualaid_core.intake.workbook import look_at, read_grid
from mutualaid_core.intake.workbook.bounds import RefusedError, Texts
from mutualaid_core.intake.workbook.xls.container import Compound
from mutualaid_core.intake.workbook.xls.records import book_of

MEMORY_MAX: Final = 600
"""Mebibytes that a refused file may take, the program's own with it."""

SECONDS_MAX: Final = 60
SECTOR: Final = 512
NUMBERS: Final = (0, 1, 2, 4096, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFA, 0xFFFFFFFE, 0xFFFFFFFF)
SNIPPETS: Final = (
    *(b"<", b'"', b"&amp;", b"99999999999", b"-1", b"<row>", b"</row>", b"<![CDATA[", b"<!--", b"\0"),
    *(b"<!DOCTYPE a []>", b'<c r="XFD1048576"><v>1</v></c>', b"<c><v>1</v></c>"),
)
READ: Final = """
import sys
from pathlib import Path
from mutualaid_core.intake.problem import Problems
from mutualaid_core.intake.workbook import look_at, read_grid
log = Problems(file="")
sheet = look_at(Path(sys.argv[1]), log)
rows = 0 if sheet is None else sum(1 for _ in read_grid(Path(sys.argv[1]), sheet.name, log))
# The process's own peak: what the system counts for a child includes what its parent held.
told = open("/proc/self/status").read()
most = int(told.partition("VmHWM:")[2].split()[0]) // 1024
print(rows, most, *(each.trouble.code for each in log.found))
"""


def ends_well(path: Path) -> None:
    """Read a file to its end: it must give rows or say why there are none."""
    log = Problems(file=path.name)
    sheet = look_at(path, log)
    rows = [] if sheet is None else list(read_grid(path, sheet.name, log))
    assert rows or log.found


Change = tuple[float, int, int]


def changes(kinds: int) -> st.SearchStrategy[list[Change]]:
    """Changes: where, of which kind, and which of its values."""
    one = st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, kinds - 1), st.integers(0, 255))
    return st.lists(one, min_size=1, max_size=6)


def changed(raw: bytes, told: list[Change], snippets: tuple[bytes, ...] = ()) -> bytes:
    """Bytes with some of them overwritten, cut out, doubled, or with others put in."""
    body = bytearray(raw)
    for where, kind, value in told:
        at = int(where * len(body))
        if kind == 0:
            body[at : at + 1] = bytes((value,))
        elif kind == 1:
            body[at : at + 4] = struct.pack("<I", NUMBERS[value % len(NUMBERS)])
        elif kind == 2:  # the third kind
            del body[at : at + value]
        elif kind == 3:  # the fourth kind
            body[at:at] = body[at // 2 : at // 2 + value]
        else:
            body[at:at] = snippets[value % len(snippets)]
    return bytes(body)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=changes(4))
def test_any_change_to_an_old_workbook_ends_well(xls: Callable[..., Path], told: list[Change]) -> None:
    """Sectors, counts, sizes and places that lie must never raise, nor go on for ever."""
    path = xls()
    path.write_bytes(changed(path.read_bytes(), told))
    ends_well(path)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=changes(5), part=st.integers(0, 30))
def test_any_change_to_a_part_ends_well(xlsx: Callable[..., Path], told: list[Change], part: int) -> None:
    """Markup that is cut, doubled or mixed up must never raise."""
    path = xlsx()
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    name = sorted(parts)[part % len(parts)]
    parts[name] = changed(parts[name], told, SNIPPETS)
    path.write_bytes(archive(parts))
    ends_well(path)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=changes(4))
def test_any_change_to_an_archive_ends_well(xlsx: Callable[..., Path], told: list[Change]) -> None:
    """A directory, sizes and packed bytes that lie must never raise."""
    path = xlsx()
    path.write_bytes(changed(path.read_bytes(), told))
    ends_well(path)


def archive(parts: dict[str, bytes], form: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of these parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", form) as package:
        for name, body in parts.items():
            package.writestr(name, body)
    return made.getvalue()


def book(sheet: bytes, texts: bytes = b"<sst/>", form: int = zipfile.ZIP_STORED) -> bytes:
    """A workbook with one sheet, which is not packed so that no ratio betrays it."""
    index = b'<sheets><sheet name="a" r:id="r1"/></sheets>'
    return archive(
        {
            "xl/workbook.xml": b'<workbook xmlns:r="r">' + index + b"</workbook>",
            "xl/_rels/workbook.xml.rels": b'<R><Relationship Id="r1" Target="worksheets/sheet1.xml"/></R>',
            "xl/worksheets/sheet1.xml": sheet,
            "xl/sharedStrings.xml": texts,
        },
        form,
    )


def data(rows: bytes) -> bytes:
    """A sheet with these rows."""
    return b"<worksheet><sheetData>" + rows + b"</sheetData></worksheet>"


def many_names() -> bytes:
    """Elements of which each has another name."""
    return b"".join(b"<n%d a%d=''/>" % (at, at) for at in range(500_000))


def directory_of_many() -> bytes:
    """An archive that lists four hundred thousand parts."""
    entry = b"PK\x01\x02" + bytes(42) + b"a"
    count = 400_000
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 0xFFFF, 0xFFFF, count * len(entry), 0, 0)
    return b"PK\x03\x04" + entry * count + end


def many_rows() -> bytes:
    """Rows that all name one text of a mebibyte."""
    row = b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>'
    return b"".join(row % (at, at) for at in range(1, 50_000))


MEGA: Final = 1 << 20
BOMBS: Final[dict[str, tuple[Callable[[], bytes], str]]] = {
    "deep": (lambda: book(data(b"<a>" * (8 * MEGA))), "IN100"),
    "names": (lambda: book(data(many_names())), "IN100"),
    "attribute": (lambda: book(data(b'<row r="' + b"1" * (30 * MEGA) + b'"/>')), "IN100"),
    "comment": (lambda: book(data(b"<!--" + b"<x>" * (9 * MEGA) + b"-->")), "IN100"),
    "cell": (lambda: book(data(b'<row><c t="str"><v>' + b"x" * (30 * MEGA) + b"</v></c></row>")), "IN039"),
    "runs": (lambda: book(data(b""), b"<sst><si>" + b"<t>x</t>" * (3 * MEGA) + b"</si></sst>"), "IN100"),
    "entities": (lambda: book(b'<!DOCTYPE a [<!ENTITY b "c">]>' + data(b"")), "IN084"),
    "texts": (lambda: book(data(b""), b"<sst>" + b"<si/>" * (5 * MEGA) + b"</sst>"), "IN025"),
    "table": (lambda: book(data(b""), b'<sst uniqueCount="4000000000"/>'), "IN025"),
    "far": (lambda: book(data(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')), "IN099"),
    "nameless": (lambda: book(data(b'<row r="1048576"><c r="XFC1048576"/><c><v>1</v></c></row>')), "IN099"),
    "shared": (lambda: book(data(many_rows()), b"<sst><si><t>" + b"x" * 900_000 + b"</t></si></sst>"), ""),
    "packed": (lambda: book(data(b" " * (99 * MEGA)), form=zipfile.ZIP_DEFLATED), "IN100"),
    "directory": (directory_of_many, "IN100"),
}
"""Workbooks of .xlsx that would take all memory or time, each with the code that it gets."""


def in_child(path: Path) -> tuple[int, int, list[str]]:
    """Rows, mebibytes and codes of a reading by a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", READ, str(path)],
        capture_output=True,
        text=True,
        timeout=SECONDS_MAX,
        check=True,
    )
    rows, most, *codes = done.stdout.split()
    return int(rows), int(most), codes


@pytest.mark.parametrize("name", BOMBS)
def test_a_workbook_that_grows_is_refused_in_little_memory(tmp_path: Path, name: str) -> None:
    """Depth, names, tags, texts, cells and parts must each have a bound that holds while reading."""
    path = tmp_path / "bomb.xlsx"
    make, code = BOMBS[name]
    path.write_bytes(make())
    rows, most, codes = in_child(path)
    assert (codes, rows > 0) == ([code] if code else [], not code)
    assert most < MEMORY_MAX


def head_of(whole: bytes, at: int, value: int) -> bytes:
    """A compound file with another number in its head."""
    return whole[:at] + struct.pack("<I", value) + whole[at + 4 :]


def old_bombs(xls: Callable[..., Path], raw: Callable[..., bytes]) -> Iterator[tuple[str, bytes, list[str]]]:
    """Name, content and codes of old workbooks whose numbers are huge."""
    whole = xls().read_bytes()
    everything = raw(0x0200, struct.pack("<IIHHH", 0, 0xFFFFFFFF, 0, 0xFFFF, 0))
    yield "dimensions", xls(everything).read_bytes(), []
    yield "counts", xls(extra=raw(0x00FC, struct.pack("<II", 0xFFFFFFFF, 0xFFFFFFFF))).read_bytes(), []
    last = raw(0x0204, struct.pack("<HHHHB", 0xFFFF, 0xFFFF, 0, 1, 0) + b"x")
    yield "far", xls(last).read_bytes(), ["IN099"]
    more = (0x003C).to_bytes(2, "little") + bytes(2)
    texts = struct.pack("<HH", 0x00FC, 8) + bytes(8) + more * 1_000_000
    yield "continued", xls(extra=texts).read_bytes(), []
    yield "fat", head_of(whole, 44, 0xFFFFFFFF), []
    yield "more", head_of(head_of(whole, 68, 0), 72, 0xFFFFFFFF) + bytes(8_000_000), []
    yield "loop", head_of(whole, 48, 0), ["IN084"]
    yield "cutoff", head_of(whole, 56, 0xFFFFFFFF), ["IN084"]


NAMES: Final = ("dimensions", "counts", "far", "continued", "fat", "more", "loop", "cutoff")


@pytest.mark.parametrize("name", NAMES)
def test_numbers_of_an_old_workbook_take_no_memory(
    xls: Callable[..., Path], raw: Callable[..., bytes], tmp_path: Path, name: str
) -> None:
    """A size that a record or a head tells must never be believed."""
    content, codes = next((body, told) for each, body, told in old_bombs(xls, raw) if each == name)
    path = tmp_path / "bomb.xls"
    path.write_bytes(content)
    rows, most, found = in_child(path)
    assert (found, rows > 0) == (codes, not codes)
    assert most < MEMORY_MAX


def test_sheets_over_each_other_are_refused(xls: Callable[..., Path], raw: Callable[..., bytes]) -> None:
    """Sheets that all begin at one place would be read as often as there are of them."""

    def write(place: int) -> Path:
        names = (f"{at:03}".encode() for at in range(900))
        return xls(
            extra=b"".join(raw(0x0085, struct.pack("<IBBBB", place, 0, 0, 3, 0) + name) for name in names)
        )

    place = book_of(Compound(write(0).read_bytes()).stream("Workbook")).sheets[-1].place
    log = Problems(file="")
    assert look_at(write(place), log) is None
    assert [each.trouble.code for each in log.found] == ["IN084"]


def test_limits_are_told_with_what_was_found() -> None:
    """Whoever is refused must read the limit, and what the file has, in both languages."""
    texts = Texts()
    for _ in range(4):
        texts.add("x" * (16 << 20))
    with pytest.raises(RefusedError) as caught:
        texts.add("x" * (16 << 20))
    log = Problems(file="r.xlsx")
    log.add(0, "", caught.value.trouble, "", caught.value.detail)
    assert "limit 2000000 texts and 67108864 characters, found at least 5 and 83886080" in str(log.found[0])
    assert "文本至多 2000000 条、67108864 字，实有 5 条、83886080 字" in log.found[0].to_text("zh")
