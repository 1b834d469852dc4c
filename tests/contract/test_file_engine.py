"""What is the file backend's own: its folder, its segments, torn ends, damage, and who may write."""

import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from filelock import FileLock, SoftFileLock

from mutualaid_backends.file import lines
from mutualaid_backends.file.store import FileStore, open_file
from mutualaid_backends.place import KernelLock
from mutualaid_core.errors import InvalidValueError, StoreBrokenError, StoreBusyError
from mutualaid_core.testing.builders import CHAIN, batch, bound, event, put

SMALL = 400
"""Segments of one or two lines."""


@pytest.fixture
def folder(place: Path) -> Path:
    """Where the store lies."""
    return place / "year"


def opened(folder: Path, *, read_only: bool = False) -> FileStore:
    """The store in *folder*, with small segments."""
    return open_file(f"file:///{folder}", read_only=read_only, wait_ms=50, segment_bytes=SMALL)


@pytest.fixture
def filled(folder: Path) -> Iterator[Path]:
    """A folder with six batches in several segments."""
    with closing(opened(folder)) as store:
        for number in range(6):
            store.commit(batch(f"k{number}", put(f"{number}", body=b"x" * 80), event(b"%d" % number)))
    return folder


def segments(folder: Path) -> list[Path]:
    """The segments in order."""
    return sorted(folder.glob("seg-*.jsonl"))


def test_folder_is_for_its_owner_alone(filled: Path) -> None:
    """Nobody but the owner may look into the folder."""
    assert filled.stat().st_mode & 0o777 == 0o700


def test_log_is_cut_into_segments(filled: Path) -> None:
    """Segments are numbered without gap, and a further one begins where one is full."""
    names = [segment.name for segment in segments(filled)]
    assert names == [f"seg-{number:06}.jsonl" for number in range(1, len(names) + 1)]
    assert len(names) > 2


def test_line_can_be_read_by_eye(filled: Path) -> None:
    """Bodies that are text stand as text."""
    assert '"claim","0",0,"xxxx' in segments(filled)[0].read_text(encoding="utf-8")


def test_large_batch_gets_a_segment_of_its_own(folder: Path) -> None:
    """A line that is larger than a segment is kept whole."""
    with closing(opened(folder)) as store:
        store.commit(batch("small", put("a")))
        store.commit(batch("large", put("b", body=b"y" * 5_000)))
        store.commit(batch("after", put("c")))
    with closing(opened(folder)) as store:
        assert store.verify(deep=True).checked["records"] == 3


@pytest.mark.parametrize("rest", [b'{"n":7,"prev":"', b"\x00" * 512, b"garbage\n", b"\n", b"\xff\xfe"])
def test_torn_end_is_cut_and_kept(filled: Path, rest: bytes) -> None:
    """Garbage at the end of the last segment is moved into a file of its own."""
    last = segments(filled)[-1]
    whole = last.read_bytes()
    last.write_bytes(whole + rest)
    with closing(opened(filled)) as store:
        assert store.head(CHAIN).position == 6
        store.commit(batch("next", event(b"next")))
    assert (filled / "torn-001").read_bytes() == rest
    with closing(opened(filled)) as store:
        assert store.verify(deep=True).is_whole


def test_every_torn_end_is_kept(filled: Path) -> None:
    """A second torn end does not overwrite the evidence of the first."""
    for number in (1, 2):
        with segments(filled)[-1].open("ab") as file:
            file.write(b"torn %d" % number)
        opened(filled).close()
    assert (filled / "torn-002").read_bytes() == b"torn 2"


def test_reader_leaves_a_torn_end_alone(filled: Path) -> None:
    """A reader looks past a torn end and repairs nothing."""
    last = segments(filled)[-1]
    last.write_bytes(last.read_bytes() + b"torn")
    before = last.read_bytes()
    with closing(opened(filled, read_only=True)) as reader:
        assert reader.head(CHAIN).position == 6
    assert (before, list(filled.glob("torn-*"))) == (last.read_bytes(), [])


def test_half_a_line_is_torn_at_any_byte(filled: Path) -> None:
    """A last line that is cut anywhere was never acknowledged, and the rest is whole."""
    last = segments(filled)[-1]
    whole = last.read_bytes()
    start = whole.rstrip(b"\n").rfind(b"\n") + 1
    for cut in range(start, len(whole), 7):
        last.write_bytes(whole[:cut])
        with closing(opened(filled)) as store:
            assert (store.head(CHAIN).position, store.receipt("k5")) == (5, None)


@pytest.mark.parametrize("segment", [0, 1])
@pytest.mark.parametrize("at", [0, 40, 150, -3])
def test_damage_in_a_sealed_segment_is_refused(filled: Path, segment: int, at: int) -> None:
    """One flipped bit in a sealed segment is refused, and nothing is repaired."""
    sealed = segments(filled)[segment]
    content = bytearray(sealed.read_bytes())
    content[at] ^= 1
    sealed.write_bytes(content)
    for read_only in (True, False):
        with pytest.raises(StoreBrokenError):
            opened(filled, read_only=read_only)
    assert sealed.read_bytes() == content


def test_damage_before_a_valid_line_is_refused(folder: Path) -> None:
    """A bad line with a valid one after it is no torn end."""
    with closing(open_file(f"file:///{folder}")) as store:
        for number in range(3):
            store.commit(batch(f"k{number}"))
    (last,) = segments(folder)
    last.write_bytes(last.read_bytes().replace(b'"k1"', b'"kX"'))
    with pytest.raises(StoreBrokenError, match="line 2"):
        opened(folder)


def test_missing_segment_is_refused(filled: Path) -> None:
    """A segment that is gone from the middle is noticed."""
    segments(filled)[1].unlink()
    with pytest.raises(StoreBrokenError, match="missing"):
        opened(filled)


def test_swapped_segments_are_refused(filled: Path) -> None:
    """Segments in another order do not continue each other."""
    one, two = segments(filled)[:2]
    content = one.read_bytes(), two.read_bytes()
    one.write_bytes(content[1])
    two.write_bytes(content[0])
    with pytest.raises(StoreBrokenError):
        opened(filled)


def test_line_that_breaks_the_rules_is_refused(filled: Path) -> None:
    """A well-formed line that no commit could have written is refused."""
    last = segments(filled)[-1]
    text = last.read_bytes().rstrip(b"\n").split(b"\n")[-1]
    line, _ = lines.encode(7, lines.decode(text).digest, batch("k6", put("0", expect=3)))
    with last.open("ab") as file:
        file.write(line)
    with pytest.raises(StoreBrokenError, match="k6"):
        opened(filled)


def test_tampering_under_an_open_store_is_found(filled: Path) -> None:
    """A log that changes under an open handle is reported by the deep look-over."""
    with closing(opened(filled)) as store:
        first = segments(filled)[0]
        first.write_bytes(first.read_bytes().replace(b"xxxx", b"yyyy", 1))
        assert store.verify().is_whole
        assert not store.verify(deep=True).is_whole


def test_cut_off_lines_under_an_open_store_are_found(filled: Path) -> None:
    """Whole lines that vanish under an open handle are reported by the deep look-over."""
    with closing(opened(filled)) as store:
        segments(filled)[-1].write_bytes(b"")
        assert not store.verify(deep=True).is_whole


def test_foreign_folder_is_refused(folder: Path) -> None:
    """A folder that holds something else is left alone."""
    folder.mkdir()
    (folder / "invoices.csv").write_text("a,b\n", encoding="utf-8")
    with pytest.raises(StoreBrokenError, match="something else"):
        opened(folder)
    assert segments(folder) == []


def test_other_form_is_refused(filled: Path) -> None:
    """A store of another form is refused."""
    (filled / "FORMAT").write_text('{"format":"mutualaid-file","version":2}\n', encoding="utf-8")
    with pytest.raises(StoreBrokenError, match="another form"):
        opened(filled)


def test_half_made_store_is_made_anew(folder: Path) -> None:
    """A store whose making was interrupted holds nothing yet and is made."""
    folder.mkdir()
    (folder / "FORMAT.new").write_bytes(b'{"form')
    with closing(opened(folder)) as store:
        assert store.verify(deep=True).is_whole


def test_copied_folder_is_the_same_store(filled: Path, place: Path) -> None:
    """A copy of a closed folder opens as the same store."""
    shutil.copytree(filled, place / "copy")
    with closing(opened(filled)) as one, closing(opened(place / "copy")) as two:
        assert one.head(CHAIN) == two.head(CHAIN)


def test_second_writer_waits_and_gives_up(filled: Path) -> None:
    """A second writer is told that the store is busy; once the first has closed it may write."""
    with closing(opened(filled)):
        with pytest.raises(StoreBusyError):
            opened(filled)
        opened(filled, read_only=True).close()
    opened(filled).close()


def test_reader_needs_no_lock_file(filled: Path) -> None:
    """A reader neither needs nor makes the lock's file."""
    (filled / "LOCK").unlink()
    opened(filled, read_only=True).close()
    assert not (filled / "LOCK").exists()


def test_soft_lock_is_refused(place: Path) -> None:
    """A lock that is only a file's existence is not taken for one."""
    lock = KernelLock.at(place / "LOCK", wait_ms=50)
    assert isinstance(lock._lock, FileLock)
    soft = KernelLock(SoftFileLock(place / "SOFT"), lock._thread, 50)
    with pytest.raises(StoreBrokenError, match="no kernel locks"):
        soft.take("open")


def test_forked_handle_is_refused(folder: Path) -> None:
    """A handle that was copied by a fork refuses."""
    with closing(opened(folder)) as store:
        store._pid = os.getpid() + 1
        with pytest.raises(StoreBrokenError, match="another process"):
            store.commit(batch("k"))
        store._pid = os.getpid()


@pytest.mark.parametrize(
    "url", ["file:", "file:year", "file://year", "file:///", "sqlite:///a", "file:///a\x00"]
)
def test_other_urls_are_refused(url: str) -> None:
    """A URL of another form is refused before anything is touched."""
    with pytest.raises(InvalidValueError):
        open_file(url)


def test_three_slashes_are_relative(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``file:///out/year`` lies below the working folder, which is made."""
    monkeypatch.chdir(place)
    open_file("file:///out/2014/year").close()
    assert (place / "out" / "2014" / "year" / "FORMAT").is_file()


def test_full_disk_decides_nothing(folder: Path) -> None:
    """A line that the disk refuses is taken back, and the store works on."""
    with closing(opened(folder)) as store:
        store.commit(batch("k0", bound("n", 0, 9)))
        real = store._folder.append
        store._folder = store._log.folder = _FullFolder(store._folder)
        with pytest.raises(StoreBrokenError):
            store.commit(batch("k1", event(b"e")))
        store._folder.append = real
        assert (store.receipt("k1"), store.commit(batch("k1", event(b"e"))).replayed) == (None, False)
    with closing(opened(folder)) as store:
        assert store.head(CHAIN).position == 1


class _FullFolder:
    """A folder that writes half of what it is given and then no more."""

    def __init__(self, real: object) -> None:
        self._real = real

    def append(self, name: str, content: bytes) -> int:
        """Half, then an error."""
        self._real.append(name, content[: len(content) // 2])
        raise OSError(28, "No space left on device")

    def __getattr__(self, name: str) -> object:
        return getattr(self._real, name)
