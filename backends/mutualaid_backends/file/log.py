"""The log: numbered segments of lines, appended, flushed, and never overwritten.

Opening checks every line. The one thing that is repaired is a torn end of the last segment,
which no commit was ever acknowledged for: its bytes are kept in a ``torn`` file and left out
when the last segment is written anew. Anything else that is wrong is refused, a person decides.
"""

import re
from collections.abc import Iterator
from typing import Final

import attrs

from mutualaid_backends.file.lines import NO_LINE, BadLineError, decode, encode, is_whole
from mutualaid_backends.file.operations import FileOperations
from mutualaid_core.errors import CommitUnknownError, StoreBrokenError
from mutualaid_core.ports.batch import Batch

FORMAT: Final = "FORMAT"
FORMAT_TEXT: Final = b'{"format":"mutualaid-file","version":1}\n'
LOCK: Final = "LOCK"
SEGMENT_BYTES: Final = 4 * 1024 * 1024
"""Size from which on a further segment is begun, in bytes."""

_STRAY: Final = "it does not continue the line before"
_CUT: Final = "it is cut off"
_NEW: Final = ".new"
_SEGMENT: Final = re.compile(r"seg-(\d{6,})\.jsonl")
_TORN: Final = re.compile(r"torn-(\d{3,})")


def is_made(folder: FileOperations) -> bool:
    """Whether the folder holds a store of this form.

    Raises:
        StoreBrokenError: It holds something else, or a store of another form.
    """
    names = set(folder.names()) - {LOCK, FORMAT + _NEW}
    if FORMAT not in names:
        if names:
            raise StoreBrokenError("open", "the folder holds something else", hint="name a folder of its own")
        return False
    if folder.read(FORMAT) != FORMAT_TEXT:
        raise StoreBrokenError("open", "the store has another form", hint="upgrade mutualaid-core")
    return True


def make(folder: FileOperations) -> None:
    """Write ``FORMAT``.

    Raises:
        OSError: The disk refused; nothing was made.
    """
    write_whole(folder, FORMAT, FORMAT_TEXT)


def write_whole(folder: FileOperations, name: str, content: bytes) -> None:
    """Write a file so that its name leads to all of *content*, or to what was there before.

    Raises:
        OSError: The disk refused; the name leads to what was there before.
    """
    new = name + _NEW
    if new in folder.names():
        folder.truncate(new, 0)
    else:
        folder.create(new)
    _write_all(folder, new, content)
    folder.sync(new)
    folder.rename(new, name)
    folder.sync_folder()


def _write_all(folder: FileOperations, name: str, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        written = folder.append(name, bytes(rest))
        if not written:
            message = "nothing was written"
            raise OSError(message)
        rest = rest[written:]


@attrs.define
class Log:
    """Where the log stands, and the only place that writes to it.

    Attributes:
        folder: The disk below.
        segment_bytes: Size from which on a further segment is begun.
        refusal: Why no further work is done; empty while all is well.
    """

    folder: FileOperations
    segment_bytes: int = SEGMENT_BYTES
    refusal: str = ""
    _segment: int = 0
    _size: int = 0
    _lines: int = 0
    _digest: str = NO_LINE
    # What was read of the last segment, until it is settled.
    _content: bytes = b""

    def read(self) -> Iterator[Batch]:
        """Every batch that was not read yet, in order; stops before a torn end.

        Raises:
            StoreBrokenError: A line is bad that is not the torn end of the last segment, or
                a segment is missing.
        """
        newest = self._newest()
        for number in range(max(self._segment, 1), newest + 1):
            start = self._size if number == self._segment else 0
            self._segment, self._size = number, start
            self._content = self.folder.read(_name(number), start)
            yield from self._read_segment(self._content, is_last=number == newest)

    def _newest(self) -> int:
        found = sorted(int(match[1]) for match in map(_SEGMENT.fullmatch, self.folder.names()) if match)
        if found != list(range(1, len(found) + 1)):
            raise StoreBrokenError("open", "a segment is missing")
        return len(found)

    def _read_segment(self, content: bytes, *, is_last: bool) -> Iterator[Batch]:
        *whole, torn = content.split(b"\n")
        for at, text in enumerate(whole):
            try:
                line = decode(text)
            except BadLineError as error:
                # At most one line was under way when power failed: more bad ones are damage.
                if is_last and at == len(whole) - 1 and not is_whole(torn):
                    return
                raise self._damaged(str(error)) from error
            if (line.number, line.prev) != (self._lines + 1, self._digest):
                raise self._damaged(_STRAY)
            self._lines, self._digest = line.number, line.digest
            self._size += len(text) + 1
            yield line.batch
        if torn and not is_last:
            raise self._damaged(_CUT)

    def _damaged(self, what: str) -> StoreBrokenError:
        return StoreBrokenError(
            "open",
            f"line {self._lines + 1} in {_name(self._segment)} is damaged: {what}",
            hint="keep the folder as it is and restore a backup beside it",
        )

    @property
    def torn_bytes(self) -> int:
        """Bytes at the end of the log that make up no whole line."""
        return len(self._content[self._size :]) if self._content else 0

    def settle(self) -> None:
        """Write the last segment anew without its torn end, which is kept as evidence.

        A dead process may have left a line that is only in the page cache, and after a failed
        flush the cache counts as clean: flushing it again would succeed and write nothing. So
        the bytes that were checked are written to a further file that takes the name over.
        No answer may be given before.

        Raises:
            OSError: The disk refused.
        """
        if self._content:
            if self._content[self._size :]:
                self._keep(self._content[self._size :])
            name = _name(self._segment)
            write_whole(self.folder, name, self._content[: self._size])
            self._content = b""
        self.folder.sync_folder()

    def _keep(self, torn: bytes) -> None:
        numbers = [int(match[1]) for match in map(_TORN.fullmatch, self.folder.names()) if match]
        name = f"torn-{max(numbers, default=0) + 1:03}"
        self.folder.create(name)
        _write_all(self.folder, name, torn)
        self.folder.sync(name)
        self.folder.sync_folder()

    def append(self, batch: Batch) -> None:
        """Write *batch* and return when it is on the disk.

        Raises:
            StoreBrokenError: The disk refused the line and it was taken back; nothing happened.
            CommitUnknownError: The disk failed in a way that leaves the line in doubt.
        """
        line, digest = encode(self._lines + 1, self._digest, batch)
        self._make_room(len(line))
        name = _name(self._segment)
        try:
            _write_all(self.folder, name, line)
        except OSError as error:
            self._take_back(name, batch.key, error)
            raise StoreBrokenError("commit", "the disk refused the line") from error
        try:
            self.folder.sync(name)
        except OSError as error:
            # What a failed flush left behind is unknown, and a second flush would not tell either.
            raise self._doubt(batch.key) from error
        self._lines, self._digest = self._lines + 1, digest
        self._size += len(line)

    def _make_room(self, size: int) -> None:
        if self._segment and (not self._size or self._size + size <= self.segment_bytes):
            return
        try:
            self.folder.create(_name(self._segment + 1))
            # A line in a segment whose name is not durable would vanish with the name.
            self.folder.sync_folder()
        except OSError as error:
            self.refusal = "a segment could not be begun; open the store again"
            raise StoreBrokenError("commit", "the disk refused a further segment") from error
        self._segment, self._size = self._segment + 1, 0

    def _take_back(self, name: str, key: str, error: OSError) -> None:
        try:
            self.folder.truncate(name, self._size)
            self.folder.sync(name)
        except OSError:
            raise self._doubt(key) from error

    def _doubt(self, key: str) -> CommitUnknownError:
        self.refusal = "a commit ended in doubt; open the store again"
        return CommitUnknownError(key)


def _name(segment: int) -> str:
    return f"seg-{segment:06}.jsonl"
