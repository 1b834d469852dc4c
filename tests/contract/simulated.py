"""A folder on a simulated disk: it keeps a page cache apart from the platter and loses power on demand.

What POSIX allows, it does: unflushed writes vanish, tear at any byte, lose their first
sector or come back as zeros; names are durable only after the folder was flushed; a failed
flush drops what was written and the next one succeeds.
"""

import errno
import random
from typing import Final

import attrs

SECTOR: Final = 512


class Crash(BaseException):
    """The process is gone in the middle of a call."""


@attrs.define
class Faults:
    """How often what goes wrong, each between 0 and 1."""

    crash: float = 0.0
    short_write: float = 0.0
    write_error: float = 0.0
    sync_error: float = 0.0
    folder_error: float = 0.0


@attrs.define(eq=False)
class File:
    """A file: what programs see, and what is on the platter."""

    cache: bytes = b""
    durable: bytes = b""
    # Bytes that a failed flush left marked as written, though they are not.
    stuck: int = 0


@attrs.define
class SimulatedFolder:
    """The folder; one per history, over all lives of the process."""

    chance: random.Random
    faults: Faults = attrs.field(factory=Faults)
    calls: int = 0
    crash_at: int | None = None
    _files: dict[str, File] = attrs.field(factory=dict)
    _durable: dict[str, File] = attrs.field(factory=dict)
    _pending: list[tuple[str, str, File]] = attrs.field(factory=list)

    def names(self) -> list[str]:
        """Names that programs see."""
        return list(self._files)

    def size(self, name: str) -> int:
        """Size that programs see."""
        return len(self._files[name].cache)

    def read(self, name: str, start: int = 0) -> bytes:
        """Content that programs see."""
        return self._files[name].cache[start:]

    def create(self, name: str) -> None:
        """Make an empty file."""
        self._call()
        assert name not in self._files
        self._files[name] = File()
        self._pending.append(("", name, self._files[name]))
        self._call()

    def append(self, name: str, content: bytes) -> int:
        """Write at the end, at times not all or nothing."""
        self._call()
        file = self._files[name]
        if self._happens(self.faults.write_error):
            file.cache += content[: self.chance.randrange(len(content) + 1)]
            raise OSError(errno.ENOSPC, "disk full")
        if self._happens(self.faults.short_write):
            content = content[: self.chance.randrange(1, len(content) + 1)]
        if self.crash_at == self.calls:
            file.cache += content[: self.chance.randrange(len(content) + 1)]
        self._call()
        file.cache += content
        return len(content)

    def truncate(self, name: str, size: int) -> None:
        """Cut a file."""
        self._call()
        if self._happens(self.faults.write_error):
            raise OSError(errno.EIO, "cannot truncate")
        file = self._files[name]
        file.cache = file.cache[:size]
        file.stuck = min(file.stuck, size)
        self._call()

    def rename(self, name: str, new_name: str) -> None:
        """Give a file another name."""
        self._call()
        file = self._files.pop(name)
        self._files[new_name] = file
        self._pending.append((name, new_name, file))
        self._call()

    def sync(self, name: str) -> None:
        """Flush a file, or fail and drop what was not flushed."""
        self._call()
        file = self._files[name]
        if self._happens(self.faults.sync_error):
            if self._happens(0.5):
                file.cache = file.durable
            else:
                file.stuck = len(file.cache)
            raise OSError(errno.EIO, "flush failed")
        file.durable = self._flushed(file)
        self._call()

    @staticmethod
    def _flushed(file: File) -> bytes:
        if file.stuck <= len(file.durable):
            return file.cache
        return file.durable.ljust(file.stuck, b"\x00") + file.cache[file.stuck :]

    def sync_folder(self) -> None:
        """Flush the names."""
        self._call()
        if self._happens(self.faults.folder_error):
            self._pending.clear()
            raise OSError(errno.EIO, "flush failed")
        self._durable = dict(self._files)
        self._pending.clear()
        self._call()

    def close(self) -> None:
        """Nothing is held."""

    def lose_power(self) -> None:
        """Keep what is durable, and of the rest what chance leaves."""
        names = dict(self._durable)
        for old, new, file in self._pending:
            if self._happens(0.5):
                names.pop(old, None)
                names[new] = file
        for file in names.values():
            file.durable = file.cache = self._left_of(file)
            file.stuck = 0
        self._durable, self._pending = names, []
        self._files = dict(names)

    def _left_of(self, file: File) -> bytes:
        if file.stuck > len(file.durable):
            return file.durable
        same = 0
        while same < min(len(file.cache), len(file.durable)) and file.cache[same] == file.durable[same]:
            same += 1
        tail = file.cache[same:]
        torn = tail[: self.chance.randrange(len(tail) + 1)]
        return self.chance.choice(
            (
                file.durable,
                file.cache,
                file.cache[:same] + torn,
                file.cache[:same] + bytes(len(torn)),
                file.cache[:same] + bytes(min(SECTOR, len(tail))) + tail[SECTOR:],
            )
        )

    def _happens(self, often: float) -> bool:
        return self.chance.random() < often

    def _call(self) -> None:
        self.calls += 1
        if self.crash_at == self.calls or self._happens(self.faults.crash):
            raise Crash


@attrs.define
class CarelessFolder(SimulatedFolder):
    """A disk that says it flushed files, and did not: what a backend without flushes would get."""

    def sync(self, name: str) -> None:
        """Do nothing."""


@attrs.define
class NamelessFolder(SimulatedFolder):
    """A disk whose folder is never flushed."""

    def sync_folder(self) -> None:
        """Do nothing."""
